"""Notices: what somebody must be told, written with its cause and delivered afterwards (outbox)."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from office.models.deadline import Deadline
from office.models.matter import Matter


class Notice(models.Model):
    """One message to one recipient by one way. In the application the row itself is the message."""

    class Way(models.TextChoices):
        APP = "app", _("In the application")
        EMAIL = "email", _("By e-mail")

    class Kind(models.TextChoices):
        """What it says; `office.letters` and each room's `letters.py` hold the words."""

        DUE_SOON = "due_soon", _("Due soon")
        DUE_NOW = "due_now", _("Due now")
        LATE = "late", _("Late")
        YOUR_TURN = "your_turn", _("Waiting for you")
        STEP_TAKEN = "step_taken", _("Moved on")
        CALENDAR = "calendar", _("Calendar changed")
        REPORT_READY = "report_ready", _("Report ready")
        MEMBERS_WAITING = "members_waiting", _("List of members waiting to be confirmed")
        BINDER_READY = "binder_ready", _("Minister's binder ready")
        DIGEST = "digest", _("Morning summary")
        AGENCY_REQUEST = "agency_request", _("Request to an agency")
        AGENCY_REMINDER = "agency_reminder", _("Reminder to an agency before the answer is due")
        AGENCY_CHASER = "agency_chaser", _("Chaser to an agency")
        PETITION_RECEIVED = "petition_received", _("Petition received")
        PETITIONER_RESULT = "petitioner_result", _("Result to the petitioner")
        PETITIONER_QUESTION = "petitioner_question", _("Question to the petitioner")
        OUTGOING_LETTER = "outgoing_letter", _("Outgoing letter")
        PARLIAMENT_REQUEST = "parliament_request", _("Request to an agency for parliament")
        PARLIAMENT_CHASER = "parliament_chaser", _("Chaser to an agency for parliament")
        MEETING_TOLD = "meeting_told", _("Notice of a meeting to an agency")
        CONSULTATION_RESULT = "consultation_result", _("Result of a consultation to its raiser")
        PRESS_INVITATION = "press_invitation", _("Invitation of the press")
        CONTACT_CONFIRMATION = "contact_confirmation", _("Yearly question to a contact")
        CONTACT_CORRECTED = "contact_corrected", _("A contact has sent a correction")
        SITTING_DIGEST = "sitting_digest", _("Morning summary of a sitting day")
        DOCUMENT_PASSED = "document_passed", _("A document in was passed to you")
        SURVEY_INVITATION = "survey_invitation", _("Invitation to a survey")
        SAVED_SEARCH = "saved_search", _("Fits a saved search")

    way = models.CharField(max_length=10, choices=Way)
    kind = models.CharField(max_length=30, choices=Kind)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="notices")
    matter = models.ForeignKey(Matter, models.CASCADE, null=True, related_name="notices")
    deadline = models.ForeignKey(Deadline, models.CASCADE, null=True, related_name="notices")
    subject_id = models.PositiveBigIntegerField(
        null=True, help_text=_("The row an outside letter is about: a referral, a petitioner.")
    )
    text = models.CharField(
        max_length=300, blank=True, help_text=_("A word from the sender; never personal data.")
    )
    once_key = models.CharField(max_length=120, unique=True, help_text=_("What must not be said twice."))
    made_at = models.DateTimeField()
    deliver_from = models.DateTimeField()
    held_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    digest = models.ForeignKey("self", models.CASCADE, null=True, related_name="items")
    read_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [
            models.CheckConstraint(
                condition=Q(way="email") | Q(recipient__isnull=False), name="notice_in_app_has_a_recipient"
            ),
        ]
        indexes = [
            # The bell.
            models.Index(
                fields=["recipient", "id"], condition=Q(way="app", read_at=None), name="notice_unread"
            ),
            models.Index(fields=["recipient", "id"], condition=Q(way="app"), name="notice_in_app"),
            # The outbox.
            models.Index(
                fields=["deliver_from"], condition=Q(way="email", sent_at=None), name="notice_unsent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.once_key}"

    @property
    def message_id(self) -> str:
        """The same for every try, so a mail server or a reader can tell a repeat."""
        return f"<notice-{self.pk}@{urlsplit(settings.SITE_URL).hostname}>"
