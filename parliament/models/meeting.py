"""Meeting (การประชุม): a sitting of a chamber, of both, of a committee or of the whips; its facts and registration."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from office.calendar import OFFICE_TZ, fiscal_year_of
from office.models import Event, Matter, RegisterQuerySet, Subgroup
from office.search import normalise
from office.steps import Act, Actor, open_matter
from parliament.models.houses import Committee, Session
from parliament.models.meeting_holding import HoldingSteps
from parliament.models.meeting_state import TAKEN_PLACE, MeetingKind, MeetingState


class MeetingQuerySet(RegisterQuerySet):
    """Meetings in the words of the office."""

    subgroup = Subgroup.Code.POLITICS
    kinds = (Matter.Kind.MEETING,)

    def between(self, start: datetime, end: datetime) -> MeetingQuerySet:
        """Those that begin from `start` on and before `end`, in order."""
        return self.filter(begins_at__gte=start, begins_at__lt=end).order_by("begins_at", "pk")

    def taking_place(self) -> MeetingQuerySet:
        """Neither postponed without a new date nor cancelled."""
        return self.exclude(state__in=[MeetingState.POSTPONED, MeetingState.CANCELLED])


class Meeting(HoldingSteps):
    """One meeting the office was told of (`received_at`): whom to tell and what to have ready before it begins.

    Until everyone is told and everything is ready it owes that, by the moment it begins; then its minutes; then its
    close. One that is postponed owes asking for its new date.
    """

    State = MeetingState
    MeetingKind = MeetingKind

    CORRECTABLE = (
        "title",
        "meeting_kind",
        "session",
        "committee",
        "sitting_number",
        "place",
        "secrecy",
    )

    is_unclosed = models.GeneratedField(
        expression=Case(When(state__in=["closed", "cancelled"], then=Value(False)), default=Value(True)),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    meeting_kind = models.CharField(_("kind of meeting"), max_length=20, choices=MeetingKind)
    session = models.ForeignKey(
        Session, models.PROTECT, null=True, blank=True, related_name="meetings", verbose_name=_("session")
    )
    committee = models.ForeignKey(
        Committee, models.PROTECT, null=True, blank=True, related_name="meetings", verbose_name=_("committee")
    )
    sitting_number = models.CharField(
        _("number of the meeting"), max_length=20, blank=True, help_text=_("As its notice has it: 12/2553.")
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    begins_at = models.DateTimeField(_("begins at"))
    began_at = models.DateTimeField(_("began in fact at"), null=True, blank=True, editable=False)
    ends_at = models.DateTimeField(_("ends at"), null=True, blank=True)
    minutes = models.TextField(_("minutes"), max_length=40000, blank=True)

    objects = MeetingQuerySet.as_manager()  # type: ignore[misc]  # the stubs take Matter's for a class variable

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=MeetingState.values), name="meeting_state_known"),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True)
                | Q(began_at__isnull=True, ends_at__gt=F("begins_at"))
                | Q(began_at__isnull=False, ends_at__gt=F("began_at")),
                name="meeting_ends_after_it_begins",
                violation_error_message=_("The meeting ends before it begins."),
            ),
            # A sitting is registered once: of a chamber by its session, of a committee by itself.
            models.UniqueConstraint(
                fields=["meeting_kind", "session", "sitting_number"],
                condition=~Q(sitting_number="") & Q(committee__isnull=True),
                name="meeting_sitting_once",
            ),
            models.UniqueConstraint(
                fields=["committee", "sitting_number"],
                condition=~Q(sitting_number="") & Q(committee__isnull=False),
                name="meeting_of_committee_once",
            ),
        ]
        indexes = [
            # The calendar's month and the board's day.
            models.Index(fields=["begins_at", "matter"], name="meeting_begins"),
            # A register's filters, in the order of registration.
            models.Index(fields=["is_unclosed", "matter"], name="meeting_unclosed"),
            models.Index(fields=["state", "matter"], name="meeting_state"),
            models.Index(fields=["meeting_kind", "matter"], name="meeting_kind"),
            models.Index(fields=["committee", "matter"], name="meeting_committee"),
        ]

    @property
    def came_from(self) -> MeetingState:
        """Where it stood when it was postponed or cancelled, for the line of its path."""
        return MeetingState.PREPARING if self.agenda_checked_at else MeetingState.ANNOUNCED

    @property
    def counted_at(self) -> datetime:
        """Meetings are counted by the month they begin in, which is when all must be ready."""
        return self.begins_at

    @property
    def ends_next_day(self) -> bool:
        """It goes on past midnight."""
        if self.ends_at is None:
            return False
        began = self.began_at or self.begins_at
        return self.ends_at.astimezone(OFFICE_TZ).date() > began.astimezone(OFFICE_TZ).date()

    @property
    def is_out_of_the_count(self) -> bool:
        """Told of only after it had begun: nobody could have been told in time, so no indicator counts it."""
        return self.received_at >= self.begins_at

    # ── Registration ────────────────────────────────────────────────────────────────────────

    @transaction.atomic(savepoint=False)
    def receive(self, *, actor: Actor, now: datetime) -> Meeting:
        """Register this new meeting: number, and the promise that all is ready before it begins."""
        received = self.received_at.astimezone(OFFICE_TZ).date()
        self.kind = Matter.Kind.MEETING
        self.subgroup = Subgroup.objects.get(code=Subgroup.Code.POLITICS)
        open_matter(
            self,
            prefix=settings.SERIES_PREFIXES["meeting"],
            year=fiscal_year_of(received),
            actor=actor,
            now=now,
        )
        return self

    # ── What `perform` asks of every matter ─────────────────────────────────────────────────

    def tracked(self) -> dict[str, Any]:
        """The fields whose change a step writes into its event: before and after."""
        return {
            "title": self.title,
            "owner": str(self.owner) if self.owner_id else "",
            "secrecy": str(self.get_secrecy_display()),
            "meeting_kind": str(self.get_meeting_kind_display()),
            "session": str(self.session) if self.session_id else "",
            "committee": str(self.committee) if self.committee_id else "",
            "sitting_number": self.sitting_number,
            "place": self.place,
            "received_at": self.received_at.astimezone(OFFICE_TZ).isoformat(),
            "begins_at": self.begins_at.astimezone(OFFICE_TZ).isoformat(),
            "ends_at": self.ends_at.astimezone(OFFICE_TZ).isoformat() if self.ends_at else "",
            "minutes": self.minutes,
        }

    def searchable(self) -> str:
        """The words it is found by: its number, what it is called, its agenda and its minutes."""
        items = self.items.values_list("number", "title") if self.pk else []
        return normalise(
            self.label,
            self.title,
            self.sitting_number,
            str(self.committee or ""),
            self.place,
            " ".join(f"{number} {title}" for number, title in items),
            self.minutes,
        )

    def after_step(self, act: Act, event: Event) -> None:
        """What follows every step: its promises, and those of the bills it considers, are as it stands now."""
        from parliament import readiness

        super().after_step(act, event)
        if self.state not in TAKEN_PLACE:
            readiness.settle(self, act)
