"""Deadlines (กำหนดเวลา): promises about a matter, and the rules of the office that set them."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When
from django.utils.translation import gettext_lazy as _

from office.calendar import OFFICE_TZ, Unit, WorkCalendar, due_at
from office.models.calendar import CalendarEdition
from office.models.matter import Matter
from office.models.people import User


class DeadlineKind(models.TextChoices):
    """What is promised. Every state of a matter owes something, so nothing falls asleep."""

    OPINION = "opinion", _("Opinion before the one in authority")
    REVISION = "revision", _("Revised opinion")
    ORDER = "order", _("Decision")
    REFERRAL = "referral", _("Hand over to the agency")
    AGENCY_ANSWER = "agency_answer", _("Answer of the agency")
    INFORM = "inform", _("Tell the petitioner")
    CLOSE = "close", _("Close the matter")
    PETITIONER_ANSWER = "petitioner_answer", _("Answer of the petitioner")
    RESUME = "resume", _("Go on after the pause")
    CARRY_OUT = "carry_out", _("Carry out the order")
    HEARING = "hearing", _("Court hearing")
    LIMITATION = "limitation", _("Limitation date")
    READY = "ready", _("Everyone told and everything ready")
    MINUTES = "minutes", _("Minutes and resolutions")
    FOLLOW_UP = "follow_up", _("Follow-up of a meeting")
    DRAFT = "draft", _("Draft of the answer")
    CHECK = "check", _("Head's check of the draft")
    HOUSE_ANSWER = "house_answer", _("Answer to the chamber")
    GAZETTE = "gazette", _("Printing in the Royal Gazette")
    SCREEN = "screen", _("Screening")
    BOTH_TOLD = "both_told", _("Raiser and minister told the result")
    NEWS = "news", _("News of the engagement published")
    WRITING = "writing", _("Article written")
    PUBLISH = "publish", _("Publication")
    CONTENT = "content", _("Content of the journal closed")
    PROOF = "proof", _("Proof of the journal")
    PRINT = "print", _("Printing of the journal")
    MAIL = "mail", _("Mailing of the journal")
    INVITED = "invited", _("Media invited before it begins")
    COVERAGE = "coverage", _("Coverage recorded")
    TRANSLATE = "translate", _("Translation")
    SUMMARISE = "summarise", _("Summary and opinion")
    TO_MINISTER = "to_minister", _("Put to the minister")
    REPLY = "reply", _("Answer to the sender")


class UnitChoice(models.TextChoices):
    """The units of office.calendar.Unit, with the words for people. Minutes are what was left after a pause."""

    WORKING_DAYS = Unit.WORKING_DAYS.value, _("working days")
    CALENDAR_DAYS = Unit.CALENDAR_DAYS.value, _("calendar days")
    HOURS = Unit.HOURS.value, _("office hours")
    MINUTES = Unit.MINUTES.value, _("office minutes")


# A rule is made in units that people reckon with.
RULE_UNITS = [choice for choice in UnitChoice.choices if choice[0] != UnitChoice.MINUTES]


class DeadlineRule(models.Model):
    """How long the office gives itself, or others, for one kind of promise; of what must be ready before a meeting, how
    long before it. A change is a new row."""

    matter_kind = models.CharField(_("kind of matter"), max_length=20, choices=Matter.Kind)
    kind = models.CharField(_("promise"), max_length=20, choices=DeadlineKind)
    scope = models.CharField(
        _("only for"),
        max_length=40,
        blank=True,
        help_text=_("A chamber and kind such as senate:gazette; empty: for all of this kind."),
    )
    amount = models.PositiveSmallIntegerField(_("amount"))
    unit = models.CharField(_("unit"), max_length=20, choices=RULE_UNITS)
    in_force_from = models.DateField(_("in force from"))
    is_confirmed = models.BooleanField(
        _("confirmed by the office"),
        default=False,
        help_text=_("Unconfirmed rules are sensible defaults to be confirmed."),
    )
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("deadline rule")
        verbose_name_plural = _("deadline rules")
        ordering = ["matter_kind", "kind", "-in_force_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter_kind", "kind", "scope", "in_force_from"], name="deadline_rule_once"
            ),
            # Nought is the same day; office hours are at least one.
            models.CheckConstraint(
                condition=Q(amount__gte=1) | Q(unit__in=[UnitChoice.WORKING_DAYS, UnitChoice.CALENDAR_DAYS]),
                name="deadline_rule_positive",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.amount} {self.get_unit_display()}"

    @classmethod
    def in_force(cls, matter_kind: str, kind: str, at: datetime, *, scope: str = "") -> DeadlineRule:
        """The rule for a promise made at a moment: that of its scope, else the one for all of its kind.

        Its absence is a fault of the set-up, said loudly.
        """
        rule = (
            cls.objects.filter(
                matter_kind=matter_kind,
                kind=kind,
                scope__in={scope, ""},
                in_force_from__lte=at.astimezone(OFFICE_TZ).date(),
            )
            .order_by("-scope", "-in_force_from")
            .first()
        )
        if rule is None:
            raise LookupError(f"No deadline rule for {matter_kind}/{kind} in force at {at:%Y-%m-%d}.")
        return rule


def not_in_time(promise: str = "") -> Q:
    """Kept too late, or not yet: of promises, or of what reaches them by a name such as `promised__`."""
    return Q((f"{promise}met_at", None)) | Q((f"{promise}met_at__gt", F(f"{promise}due_at")))


def followed_by(user: User) -> Q:
    """Of unmet promises what this person waits for from somebody else: what the index `deadline_followed` holds."""
    return ~Q(responsible=F("follower")) & Q(follower=user)


def standing(now: datetime) -> Case:
    """Whether a promise was kept "in_time", is or was kept "late", or is "pending"; of a query of deadlines."""
    return Case(
        When(met_at__lte=F("due_at"), then=Value("in_time")),
        When(Q(met_at__isnull=False) | Q(due_at__lt=now), then=Value("late")),
        default=Value("pending"),
    )


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    """Promises in the words of the office."""

    def unmet(self) -> DeadlineQuerySet:
        """Still owed: neither kept nor taken back. Written as the partial indexes have it."""
        return self.filter(met_at__isnull=True, dropped_at__isnull=True)

    def late(self, now: datetime) -> DeadlineQuerySet:
        return self.unmet().filter(due_at__lt=now)

    def beside_a_calendar(self) -> DeadlineQuerySet:
        """Without what is promised for the moment a meeting or press conference begins: in a calendar that stands
        itself."""
        return self.exclude(kind=DeadlineKind.READY, matter__kind=Matter.Kind.MEETING).exclude(
            kind=DeadlineKind.INVITED
        )

    def not_in_time(self, kind: str) -> DeadlineQuerySet:
        """The promises of a kind that were kept too late or not yet: what the index `deadline_not_in_time` holds."""
        return self.filter(not_in_time(), kind=kind, dropped_at=None)

    def newest_of(self, kind: str) -> DeadlineQuerySet:
        """The promises of a kind that were not taken back, the newest first, of each row of a query of matters: the
        first is the one that the reports count."""
        return self.filter(matter=OuterRef("pk"), kind=kind, dropped_at=None).order_by("-pk")

    def newest_standing(self, kind: str, now: datetime) -> Subquery:
        """How the newest promise of a kind stands, of each row of a query of matters; None without one."""
        return Subquery(self.newest_of(kind).annotate(which=standing(now)).values("which")[:1])


class Deadline(models.Model):
    """One promise about one matter. Late is derived from the clock, never stored."""

    Kind = DeadlineKind

    class Reminder(models.TextChoices):
        """The rungs of the ladder: what the person is told next (office.reminders)."""

        BEFORE = "before", _("Due soon")
        AT_DUE = "at_due", _("Due now")
        LATE = "late", _("Late")

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="deadlines")
    kind = models.CharField(_("promise"), max_length=20, choices=DeadlineKind)
    rule = models.ForeignKey(DeadlineRule, models.PROTECT, null=True)
    continues = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
        help_text=_("The promise this one took the place of, after a pause or an extension."),
    )
    amount = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=20, choices=UnitChoice)
    calendar = models.ForeignKey(CalendarEdition, models.PROTECT)
    start_at = models.DateTimeField(_("counted from"))
    due_at = models.DateTimeField(_("due"))
    met_at = models.DateTimeField(_("met at"), null=True)
    dropped_at = models.DateTimeField(_("taken back at"), null=True)
    late_reason = models.CharField(_("why it was late"), max_length=500, blank=True)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="promises",
        verbose_name=_("whose turn it is"),
    )
    follower = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="followed_promises",
        verbose_name=_("who follows it up"),
    )
    next_reminder = models.CharField(max_length=10, choices=Reminder, blank=True)
    remind_at = models.DateTimeField(null=True)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")
        constraints = [
            models.CheckConstraint(condition=Q(due_at__gte=F("start_at")), name="deadline_after_start"),
            models.CheckConstraint(
                condition=Q(met_at__isnull=True) | Q(dropped_at__isnull=True), name="deadline_met_or_dropped"
            ),
        ]
        indexes = [
            # Today: what is mine, the most urgent first. Many are due at the same closing time: the key settles it.
            models.Index(
                fields=["responsible", "due_at", "id"],
                condition=Q(met_at=None, dropped_at=None),
                name="deadline_mine",
            ),
            # Today: what I wait for, and is not my own turn.
            models.Index(
                fields=["follower", "due_at", "id"],
                condition=Q(met_at=None, dropped_at=None) & ~Q(responsible=F("follower")),
                name="deadline_followed",
            ),
            # The head's late list, the most urgent of a list, and which deadlines a new holiday would move.
            models.Index(
                fields=["due_at", "id"], condition=Q(met_at=None, dropped_at=None), name="deadline_unmet"
            ),
            # What a matter still owes: each row of a list, and whether something of it is late.
            models.Index(
                fields=["matter", "due_at"], condition=Q(met_at=None, dropped_at=None), name="deadline_owed"
            ),
            # The one question of the reminder round.
            models.Index(
                fields=["remind_at"],
                condition=Q(met_at=None, dropped_at=None, remind_at__isnull=False),
                name="deadline_to_remind",
            ),
            # A register's late ones, of which there may be few or none among a hundred thousand.
            models.Index(
                fields=["kind", "matter"],
                condition=Q(dropped_at=None) & not_in_time(),
                name="deadline_not_in_time",
            ),
            # What the reports count: a month's opinions in time, late and pending, from the index alone.
            models.Index(
                fields=["matter", "due_at", "met_at"],
                condition=Q(kind="opinion", dropped_at=None),
                name="deadline_opinion",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.due_at:%Y-%m-%d %H:%M}"

    def is_late(self, now: datetime) -> bool:
        """Kept after its moment, or not kept although the moment has passed."""
        if self.dropped_at is not None:
            return False
        return (self.met_at or now) > self.due_at

    @property
    def is_open(self) -> bool:
        return self.met_at is None and self.dropped_at is None

    def due_in(self, calendar: WorkCalendar) -> datetime:
        """When it would be due by another calendar, all else equal."""
        return due_at(self.start_at, self.amount, Unit(self.unit), calendar)
