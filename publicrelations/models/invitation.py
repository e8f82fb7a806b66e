"""Whom of the media a press conference invites, what they answered, and who came."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from office.models.secret_link import SecretLink
from publicrelations.models.outlet import MediaOutlet, Reporter
from publicrelations.models.press_conference import PressConference

LINK_LASTS_AFTER = timedelta(days=1)
"""How long after its beginning the link of an invitation still shows what it was."""


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations in the words of the office."""

    def standing(self) -> InvitationQuerySet:
        """Those that have not been withdrawn."""
        return self.filter(withdrawn_at=None)


class Invitation(models.Model):
    """An outlet, or one reporter of it, to be invited. Invited is who was told: by a letter that has left, or by a
    way that somebody noted."""

    class Way(models.TextChoices):
        EMAIL = "email", _("E-mail from the system")
        TELEPHONE = "telephone", _("Telephone")
        LINE = "line", _("LINE")
        FAX = "fax", _("Fax")
        LETTER = "letter", _("Letter")
        IN_PERSON = "in_person", _("In person")

    class Answer(models.TextChoices):
        YES = "yes", _("Comes")
        NO = "no", _("Does not come")

    conference = models.ForeignKey(PressConference, models.CASCADE, related_name="invitations")
    outlet = models.ForeignKey(
        MediaOutlet, models.PROTECT, related_name="invitations", verbose_name=_("media outlet")
    )
    reporter = models.ForeignKey(
        Reporter,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="invitations",
        verbose_name=_("reporter"),
    )
    way = models.CharField(_("how"), max_length=20, choices=Way, blank=True)
    message = models.TextField(_("what they are told"), max_length=4000, blank=True)
    mail_at = models.DateTimeField(_("letter written at"), null=True)
    invited_at = models.DateTimeField(_("invited at"), null=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reminded_at = models.DateTimeField(_("reminded at"), null=True)
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True)
    people = models.PositiveSmallIntegerField(_("how many come"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation of the press")
        verbose_name_plural = _("invitations of the press")
        ordering = ["conference", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "outlet"],
                condition=Q(reporter__isnull=True),
                name="invitation_outlet_once",
            ),
            models.UniqueConstraint(
                fields=["conference", "reporter"],
                condition=Q(reporter__isnull=False),
                name="invitation_reporter_once",
            ),
            models.CheckConstraint(
                condition=Q(invited_at__isnull=True) | ~Q(way=""), name="invitation_invited_somehow"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="invitation_answered_at",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True)
                | Q(mail_at__isnull=False)
                | Q(invited_at__isnull=False),
                name="invitation_withdrawn_once_told",
            ),
        ]
        indexes = [
            # Letters that have not been confirmed as sent yet.
            models.Index(
                fields=["mail_at"],
                condition=Q(mail_at__isnull=False, invited_at__isnull=True),
                name="invitation_mail_waits",
            ),
        ]

    def __str__(self) -> str:
        return self.whom

    @property
    def whom(self) -> str:
        """Who is invited, as a list shows it: `ไทยรัฐ · สมศรี ข่าวดี`."""
        return f"{self.outlet} · {self.reporter}" if self.reporter else str(self.outlet)

    @property
    def addressee(self) -> str:
        """Who is invited, as a letter has it."""
        return f"{self.reporter} {self.outlet}" if self.reporter else str(self.outlet)

    @property
    def address(self) -> str:
        """Where an e-mail goes; empty when nobody knows one."""
        return (self.reporter.email if self.reporter else "") or self.outlet.email

    @property
    def is_silent(self) -> bool:
        """Was written to and has not said whether they come."""
        return self.way == self.Way.EMAIL and self.mail_at is not None and not self.answer

    def forget(self) -> None:
        """To be invited, as if nobody had yet: a mark taken back, another day set, or chosen anew."""
        self.way, self.message, self.answer = "", "", ""
        self.mail_at = self.invited_at = self.invited_by = None
        self.reminded_at = self.answered_at = self.people = self.withdrawn_at = None
        self.save()


class InvitationLink(SecretLink):
    """A key to the page on which somebody who is invited says whether they come."""

    PURPOSE = "press-invitation-link"
    SUBJECT = "invitation"
    FETCHED = ("invitation__conference", "invitation__outlet", "invitation__reporter")

    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="links")

    class Meta:
        verbose_name = _("link of an invitation")
        verbose_name_plural = _("links of invitations")

    @classmethod
    def expires(cls, subject: Invitation, now: datetime) -> datetime:
        """The day after the conference begins, as it stands when the letter is written."""
        return max(subject.conference.starts_at, now) + LINK_LASTS_AFTER


class Attendance(models.Model):
    """Somebody of the media who came: one who was invited, or a walk-in by the name of the outlet."""

    conference = models.ForeignKey(PressConference, models.CASCADE, related_name="attendances")
    invitation = models.OneToOneField(
        Invitation, models.SET_NULL, null=True, blank=True, related_name="attendance"
    )
    outlet = models.ForeignKey(
        MediaOutlet,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="attendances",
        verbose_name=_("media outlet"),
    )
    reporter = models.ForeignKey(
        Reporter,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="attendances",
        verbose_name=_("reporter"),
    )
    outlet_name = models.CharField(_("outlet, if not in the list"), max_length=160, blank=True)
    name = models.CharField(_("name"), max_length=160, blank=True)
    came_at = models.DateTimeField(_("came at"))
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("attendance of the press")
        verbose_name_plural = _("attendances of the press")
        ordering = ["conference", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outlet__isnull=False) | ~Q(outlet_name=""), name="attendance_of_an_outlet"
            ),
        ]

    def __str__(self) -> str:
        return self.whom

    @property
    def whom(self) -> str:
        """Who came, as a list shows it."""
        person = str(self.reporter) if self.reporter else self.name
        return f"{self.outlet_words} · {person}" if person else self.outlet_words

    @property
    def outlet_words(self) -> str:
        """Of which outlet, for the history, which names no person."""
        return str(self.outlet) if self.outlet else self.outlet_name

    @property
    def is_walk_in(self) -> bool:
        """Came without having been invited."""
        return self.invitation_id is None
