"""How long what the office holds is kept, who agreed to its end, and what stops it."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from office.models.matter import Matter
from office.models.number import number_label
from office.models.people import Subgroup


class Shelf(models.TextChoices):
    """Personal data that hangs on no matter, by where it stands."""

    VISIT = "visit", _("Visits")
    CONTACT = "contact", _("Contacts of the network who left")
    RECIPIENT = "recipient", _("Recipients of the journal who left")
    REPORTER = "reporter", _("Reporters who left")
    SEMINAR = "seminar", _("Participants of seminars")
    SURVEY = "survey", _("Surveys: who was asked, and comments")
    PERSON_REQUEST = "person_request", _("Requests about one's own data")


SUBJECTS = [*Matter.Kind.choices, *Shelf.choices]

KEPT_FOR_EVER = (
    Matter.Kind.MEETING,
    Matter.Kind.INTERPELLATION,
    Matter.Kind.MOTION,
    Matter.Kind.BILL,
    Matter.Kind.FOLLOW_UP,
    Matter.Kind.ARTICLE,
    Matter.Kind.JOURNAL,
)
"""What parliament did and what was published: public when it was new, so there is nothing to be emptied in it."""


class RetentionRule(models.Model):
    """For one kind: after how many years its end is proposed, and whose rule that is. It acts never by itself."""

    class Treatment(models.TextChoices):
        ANONYMISE = "anonymise", _("Remove personal data")
        KEEP = "keep", _("Keep for ever")

    subject = models.CharField(_("kind of record"), max_length=20, choices=SUBJECTS, unique=True)
    treatment = models.CharField(_("what happens"), max_length=10, choices=Treatment)
    years = models.PositiveSmallIntegerField(
        _("years"),
        null=True,
        blank=True,
        help_text=_("Counted from the day it was closed, or from its last day."),
    )
    source = models.CharField(_("source of the rule"), max_length=300)
    is_confirmed = models.BooleanField(_("confirmed by the office"), default=False)
    # Where the clock has got to, so that no round walks what earlier ones have seen.
    looked_at = models.DateTimeField(null=True, editable=False)
    looked_key = models.BigIntegerField(null=True, editable=False)

    class Meta:
        verbose_name = _("rule of retention")
        verbose_name_plural = _("rules of retention")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(treatment="keep", years__isnull=True) | Q(treatment="anonymise", years__gte=1),
                name="retention_rule_years",
                violation_error_message=_(
                    "What is kept for ever has no years; what is removed is kept for at least one."
                ),
            ),
            models.CheckConstraint(
                condition=Q(treatment="keep") | ~Q(subject__in=[kind.value for kind in KEPT_FOR_EVER]),
                name="retention_rule_public_kept",
                violation_error_message=_("What is public is kept for ever."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_subject_display())


class RetentionBatch(models.Model):
    """Some records of one kind whose time is over. Two people agree to their end: the first goes through the rows,
    the second, a head or executive and never the first, confirms; until then nothing happens."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("To be gone through")
        CHECKED = "checked", _("To be confirmed")
        CONFIRMED = "confirmed", _("Confirmed, being carried out")
        DONE = "done", _("Carried out")

    subject = models.CharField(_("kind of record"), max_length=20, choices=SUBJECTS)
    subgroup = models.ForeignKey(
        Subgroup, models.PROTECT, null=True, related_name="+", verbose_name=_("subgroup")
    )
    years = models.PositiveSmallIntegerField(_("years"))
    source = models.CharField(_("source of the rule"), max_length=300)
    ended_before = models.DateField(_("ended before"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PROPOSED)
    proposed_at = models.DateTimeField(_("proposed at"))
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(_("gone through at"), null=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)
    returned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    returned_reason = models.TextField(_("why it came back"), max_length=1000, blank=True)
    done_at = models.DateTimeField(_("carried out at"), null=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("review of retention")
        verbose_name_plural = _("reviews of retention")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True)
                | Q(checked_by__isnull=False) & ~Q(confirmed_by=F("checked_by")),
                name="retention_batch_by_two",
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", checked_by__isnull=True, confirmed_by__isnull=True)
                | Q(state="checked", checked_by__isnull=False, confirmed_by__isnull=True)
                | Q(state__in=["confirmed", "done"], checked_by__isnull=False, confirmed_by__isnull=False),
                name="retention_batch_state_by_people",
            ),
        ]
        indexes = [
            # The few that wait for somebody, or for their carrying out.
            models.Index(fields=["state", "id"], condition=~Q(state="done"), name="retention_batch_open"),
        ]

    def __str__(self) -> str:
        return f"{self.get_subject_display()} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("retention:batch", args=[self.pk])


class RetentionRow(models.Model):
    """One record of a batch, by its key; kept out of it for a reason, or gone through to its end."""

    class Outcome(models.TextChoices):
        ANONYMISED = "anonymised", _("Personal data removed")
        KEPT_OUT = "kept_out", _("Kept out")
        HELD = "held", _("Held from removal")
        NOT_OVER = "not_over", _("Not over after all")

    batch = models.ForeignKey(RetentionBatch, models.CASCADE, related_name="rows")
    subject = models.CharField(max_length=20, choices=SUBJECTS)
    key = models.BigIntegerField()
    label = models.CharField(_("number"), max_length=60)
    ended_on = models.DateField(_("closed on"))
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    kept_out_reason = models.CharField(_("why it is kept"), max_length=300, blank=True)
    kept_out_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    again_on = models.DateField(_("asked again on"), null=True)

    class Meta:
        verbose_name = _("record under review")
        verbose_name_plural = _("records under review")
        ordering = ["pk"]
        constraints = [
            # A record waits in one batch only.
            models.UniqueConstraint(
                fields=["subject", "key"], condition=Q(outcome=""), name="retention_row_waits_once"
            ),
            models.CheckConstraint(
                condition=~Q(outcome="kept_out") | ~Q(kept_out_reason="") & Q(kept_out_by__isnull=False),
                name="retention_row_kept_for_a_reason",
            ),
        ]
        indexes = [
            # Until when a record was kept out before.
            models.Index(
                fields=["subject", "key"], condition=Q(again_on__isnull=False), name="retention_row_again"
            ),
        ]

    def __str__(self) -> str:
        return self.label


class Anonymised(models.Model):
    """That the personal data of a record were removed, when, and by which row that two people agreed to. The guards of
    rows that are never changed let their words be emptied where this stands, and nowhere else."""

    row = models.OneToOneField(RetentionRow, models.PROTECT, related_name="anonymised")
    subject = models.CharField(max_length=20, choices=SUBJECTS)
    key = models.BigIntegerField()
    matter = models.OneToOneField(Matter, models.PROTECT, null=True, related_name="anonymised")
    at = models.DateTimeField(_("at"))
    source = models.CharField(_("by the rule"), max_length=300)

    class Meta:
        verbose_name = _("removed personal data")
        verbose_name_plural = _("removed personal data")
        constraints = [models.UniqueConstraint(fields=["subject", "key"], name="anonymised_once")]

    def __str__(self) -> str:
        return f"{self.subject} {self.key}"


class FileToRemove(models.Model):
    """Bytes that nothing needs any more: written with the emptying of their row, removed after it."""

    path = models.CharField(max_length=200, unique=True)
    asked_at = models.DateTimeField()

    class Meta:
        verbose_name = _("file to be removed")
        verbose_name_plural = _("files to be removed")

    def __str__(self) -> str:
        return self.path


class LegalHold(models.Model):
    """That a matter may not lose its personal data: a court, an inquiry or a request needs it. Lifted, the row goes;
    both stand in the history."""

    matter = models.OneToOneField(Matter, models.PROTECT, related_name="legal_hold")
    reason = models.TextField(_("reason"), max_length=1000)
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    placed_at = models.DateTimeField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("hold from removal")
        verbose_name_plural = _("holds from removal")

    def __str__(self) -> str:
        return number_label(self.matter.series, self.matter.number, self.matter.year)

    def clean(self) -> None:
        if not self.reason.strip():
            raise ValidationError({"reason": _("Write why.")})
