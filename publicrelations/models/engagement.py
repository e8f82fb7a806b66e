"""Engagement (วาระงาน): something the minister does at a time and place; its facts and registration."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.calendar import OFFICE_TZ, fiscal_year_of
from office.models import Agency, Matter, RegisterQuerySet, Secrecy, Subgroup, User
from office.search import normalise
from office.steps import Actor, open_matter
from publicrelations.models.engagement_holding import HoldingSteps
from publicrelations.models.engagement_state import NOT_TAKING_PLACE, EngagementKind, EngagementState

LONGEST: Final = timedelta(days=31)
"""No engagement is longer: so what overlaps an hour is found among those that begin within a month before it."""


class EngagementQuerySet(RegisterQuerySet):
    """Engagements in the words of the office."""

    subgroup = Subgroup.Code.PUBLIC_RELATIONS
    kinds = (Matter.Kind.ENGAGEMENT,)

    def between(self, start: datetime, end: datetime) -> EngagementQuerySet:
        """Those that begin from `start` on and before `end`, in order."""
        return self.filter(starts_at__gte=start, starts_at__lt=end).order_by("starts_at", "pk")

    def taking_place(self) -> EngagementQuerySet:
        """Neither postponed without a new date nor cancelled."""
        return self.exclude(state__in=NOT_TAKING_PLACE)

    def overlapping(self, start: datetime, end: datetime) -> EngagementQuerySet:
        """Those that are on at some moment between: one that ends as another begins does not overlap it."""
        near = self.filter(starts_at__gt=start - LONGEST, starts_at__lt=end)
        return near.filter(ends_at__gt=start).order_by("starts_at", "pk")

    def public(self) -> EngagementQuerySet:
        """What anybody may be told of: never one of a grade of secrecy, whatever else it says."""
        return self.filter(is_public=True, secrecy=Secrecy.ORDINARY)


class Engagement(HoldingSteps):
    """One engagement of the minister (`received_at`: when the office was told of it), until news of it is published.

    One that calls for news owes that by the rule of the office, counted from its end; any other owes that somebody
    records that it was held. One that is postponed owes asking for its new date.
    """

    State = EngagementState
    EngagementKind = EngagementKind

    CORRECTABLE = (
        "title",
        "engagement_kind",
        "place",
        "organiser",
        "agency",
        "represented_by",
        "also_going",
        "note",
        "is_public",
        "secrecy",
    )

    is_unclosed = models.GeneratedField(
        expression=Case(
            When(state__in=["covered", "closed", "cancelled"], then=Value(False)), default=Value(True)
        ),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    engagement_kind = models.CharField(_("kind of engagement"), max_length=20, choices=EngagementKind)
    starts_at = models.DateTimeField(_("begins at"))
    ends_at = models.DateTimeField(_("ends at"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    organiser = models.CharField(_("organised by"), max_length=200, blank=True)
    agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="engagements",
        verbose_name=_("agency that organises it"),
    )
    represented_by = models.CharField(
        _("who goes in the minister's place"),
        max_length=200,
        blank=True,
        help_text=_("Empty: the minister goes himself."),
    )
    people = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="engagements",
        verbose_name=_("people of the office who go along"),
    )
    also_going = models.CharField(_("who else goes along"), max_length=500, blank=True)
    note = models.TextField(_("note"), max_length=4000, blank=True)
    is_public = models.BooleanField(
        _("may be told to the public"),
        default=True,
        help_text=_("What has a grade of secrecy is never public."),
    )
    uid = models.CharField(_("UID in the calendar it came from"), max_length=255, blank=True, editable=False)
    uid_sequence = models.PositiveIntegerField(default=0, editable=False)

    objects = EngagementQuerySet.as_manager()  # type: ignore[misc]  # the stubs take Matter's for a class variable

    class Meta:
        verbose_name = _("engagement")
        verbose_name_plural = _("engagements")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=EngagementState.values), name="engagement_state_known"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="engagement_ends_after_it_begins",
                violation_error_message=_("The engagement ends before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(calls_for_news=True) | ~Q(no_news_reason=""),
                name="engagement_no_news_for_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="covered") | Q(covered_at__isnull=False),
                name="engagement_covered_at_a_moment",
            ),
            models.UniqueConstraint(fields=["uid"], condition=~Q(uid=""), name="engagement_uid_once"),
        ]
        indexes = [
            # The calendar's month, the day on a phone, and what overlaps an hour.
            models.Index(fields=["starts_at", "matter"], name="engagement_starts"),
            # A register's filters, in the order of registration.
            models.Index(fields=["is_unclosed", "matter"], name="engagement_unclosed"),
            models.Index(fields=["state", "matter"], name="engagement_state"),
            models.Index(fields=["engagement_kind", "matter"], name="engagement_kind"),
        ]

    @property
    def counted_at(self) -> datetime:
        """Engagements are counted by the month they begin in."""
        return self.starts_at

    @property
    def came_from(self) -> EngagementState:
        """Where it stood when it was postponed or cancelled, for the line of its path."""
        return EngagementState.PLANNED

    @property
    def takes_place(self) -> bool:
        return self.state not in NOT_TAKING_PLACE

    @property
    def is_of_one_day(self) -> bool:
        """It ends on the day it begins on, as Bangkok counts days."""
        return self.starts_at.astimezone(OFFICE_TZ).date() == self.ends_at.astimezone(OFFICE_TZ).date()

    # ── Registration ────────────────────────────────────────────────────────────────────────

    @transaction.atomic(savepoint=False)
    def receive(self, *, actor: Actor, now: datetime, people: list[User] | None = None) -> Engagement:
        """Register this new engagement: its number, and the news it calls for.

        That no news is called for only the head of the subgroup says, with a reason.
        """
        received = self.received_at.astimezone(OFFICE_TZ).date()
        self.kind = Matter.Kind.ENGAGEMENT
        self.subgroup = Subgroup.objects.get(code=Subgroup.Code.PUBLIC_RELATIONS)
        self.refuse_impossible()
        if not self.calls_for_news and not self.may_excuse(actor):
            raise ValidationError(
                {"calls_for_news": gettext("Only the head of the subgroup says that no news is called for.")}
            )
        act = open_matter(
            self,
            prefix=settings.SERIES_PREFIXES["engagement"],
            year=fiscal_year_of(received),
            actor=actor,
            now=now,
        )
        self.people.set(people or [])
        self.owe(act)
        return self

    def refuse_impossible(self) -> None:
        """What the database cannot know of it: raises ValidationError beside the field that has to change."""
        if self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": gettext("The engagement ends before it begins.")})
        if self.ends_at - self.starts_at > LONGEST:
            raise ValidationError({"ends_at": gettext("An engagement lasts 31 days at most.")})
        if self.is_public and self.secrecy != Secrecy.ORDINARY:
            raise ValidationError({"is_public": gettext("What has a grade of secrecy is never public.")})

    # ── What `perform` asks of every matter ─────────────────────────────────────────────────

    def tracked(self) -> dict[str, Any]:
        """The fields whose change a step writes into its event: before and after."""
        return {
            "title": self.title,
            "owner": str(self.owner) if self.owner_id else "",
            "secrecy": str(self.get_secrecy_display()),
            "engagement_kind": str(self.get_engagement_kind_display()),
            "starts_at": self.starts_at.astimezone(OFFICE_TZ).isoformat(),
            "ends_at": self.ends_at.astimezone(OFFICE_TZ).isoformat(),
            "place": self.place,
            "organiser": self.organised_by,
            "represented_by": self.represented_by,
            "also_going": self.also_going,
            "note": self.note,
            "is_public": gettext("Yes") if self.is_public else gettext("No"),
            "calls_for_news": gettext("Yes") if self.calls_for_news else gettext("No"),
        }

    @property
    def organised_by(self) -> str:
        """Who organises it, as lists and letters name them: the agency, and what was written beside it."""
        return " · ".join(filter(None, [str(self.agency or ""), self.organiser]))

    def searchable(self) -> str:
        """The words it is found by: what it is, where, with whom."""
        return normalise(
            self.label,
            self.title,
            self.place,
            self.organised_by,
            self.represented_by,
            self.also_going,
            self.note,
        )
