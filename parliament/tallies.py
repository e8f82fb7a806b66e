"""The month's figures of parliament's business: what falls into a month, and whether it was in time.

Meetings, and the bills they consider, are counted by the month in which the meeting begins: that is when all must be
ready, and a meeting put off counts where it takes place. Interpellations, motions, consultations and follow-ups are
counted by the month of their receipt, as petitions are: so a month once reported gains no new questions, and those of
its last days, answered in the next, stay with the others that came then.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from typing import Any, Final

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Concat

from office import counting
from office.calendar import Period, month_of
from office.counting import received
from office.models import Deadline, Matter
from office.models.deadline import standing
from office.tallies import TOTAL, Counts, Figure, Keeper, Lines, by_key, by_month, counts_of, total
from parliament.models import (
    AgencyRequest,
    BusinessLine,
    BusinessTally,
    Consideration,
    Consultation,
    FollowUp,
    Interpellation,
    Meeting,
    Motion,
)

Kind = Matter.Kind


class Dimension(StrEnum):
    """By what the business of a month is told apart."""

    KIND = "kind"
    """Meetings by kind; interpellations by `chamber:kind`, motions by chamber, bills by stage, consultations by
    `member:chamber` or `body:`."""
    MEMBER = "member"
    BODY = "body"
    COMMITTEE = "committee"
    AGENCY = "agency"
    ASIDE = "aside"
    """Why a meeting, or a bill at one, is in none of the three: told of too late, cancelled, put off."""


class Aside(StrEnum):
    """Why something is out of the count."""

    TOLD_LATE = "told_late"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"


@dataclass(frozen=True)
class Business(counting.Business):
    """One kind of parliament's business; of some, agencies are asked for facts."""

    has_agencies: bool = False


def _meetings(month: Period) -> QuerySet[Any]:
    begun = Meeting.objects.filter(begins_at__gte=month.starts_at, begins_at__lt=month.ends_at)
    return begun.annotate(aside=_aside("", F("received_at")))


def _considerations(month: Period) -> QuerySet[Any]:
    at = "item__meeting__begins_at"
    rows = Consideration.objects.filter(**{f"{at}__gte": month.starts_at, f"{at}__lt": month.ends_at})
    return rows.annotate(aside=_aside("item__meeting__", F("known_at")))


def _aside(meeting: str, known_at: F) -> Case:
    state, begins_at = f"{meeting}state", f"{meeting}begins_at"
    return Case(
        When(**{state: Meeting.State.CANCELLED}, then=Value(Aside.CANCELLED.value)),
        When(**{state: Meeting.State.POSTPONED}, then=Value(Aside.POSTPONED.value)),
        When(**{f"{begins_at}__lte": known_at}, then=Value(Aside.TOLD_LATE.value)),
        default=Value(""),
        output_field=CharField(),
    )


def _interpellations(month: Period) -> QuerySet[Any]:
    rows = received(Interpellation, Kind.INTERPELLATION)(month)
    return rows.annotate(chamber_kind=Concat("chamber", Value(":"), "interpellation_kind"))


def _consultations(month: Period) -> QuerySet[Any]:
    by_member = Concat(Value("member:"), "chamber")
    raised = Case(When(body__isnull=False, then=Value("body:")), default=by_member, output_field=CharField())
    return received(Consultation, Kind.CONSULTATION)(month).annotate(raised=raised)


BUSINESS: Final[dict[Matter.Kind, Business]] = {
    Kind.MEETING: Business(
        rows=_meetings,
        promise=Deadline.Kind.READY,
        together=[
            {Dimension.KIND: "meeting_kind", Dimension.ASIDE: "aside"},
            {Dimension.COMMITTEE: "committee_id"},
        ],
    ),
    Kind.INTERPELLATION: Business(
        rows=_interpellations,
        promise=Deadline.Kind.HOUSE_ANSWER,
        together=[{Dimension.KIND: "chamber_kind"}, {Dimension.MEMBER: "asker_id"}],
        has_agencies=True,
    ),
    Kind.MOTION: Business(
        rows=received(Motion, Kind.MOTION),
        promise=Deadline.Kind.HOUSE_ANSWER,
        together=[{Dimension.KIND: "chamber"}, {Dimension.MEMBER: "proposer_id"}],
        has_agencies=True,
    ),
    Kind.BILL: Business(
        rows=_considerations,
        promise=Deadline.Kind.READY,
        together=[{Dimension.KIND: "stage__stage", Dimension.ASIDE: "aside"}],
        matter="stage__bill_id",
        is_open=Q(stage__outcome=""),
    ),
    Kind.CONSULTATION: Business(
        rows=_consultations,
        promise=Deadline.Kind.BOTH_TOLD,
        together=[
            {Dimension.KIND: "raised"},
            {Dimension.MEMBER: "member_id"},
            {Dimension.BODY: "body_id"},
        ],
        has_agencies=True,
    ),
    Kind.FOLLOW_UP: Business(
        rows=received(FollowUp, Kind.FOLLOW_UP),
        promise=Deadline.Kind.FOLLOW_UP,
        together=[{Dimension.AGENCY: "agency_id"}],
    ),
}
"""What the politics subgroup's reports count, in the order of the plan's works."""


def _count(kind: Matter.Kind, month: date, now: datetime) -> Lines:
    """The lines of one kind in a month, and one for each agency asked."""
    business = BUSINESS[kind]
    lines = counting.lines_of(business, month, now)
    if business.has_agencies:
        for agency, counts in _agencies(business.rows(month_of(month)), now):
            lines[Dimension.AGENCY.value, str(agency)] += counts
    return dict(lines)


def agency_answers(matters: QuerySet[Any], now: datetime) -> QuerySet[Any]:
    """Of each agency asked about some matters its last request, with `which` its answer was (in time or not) and
    whether it is `open_now`. One that was asked in vain (not ours, another was first) is in none of the three."""
    asked = AgencyRequest.objects.filter(matter__in=matters.order_by().values("pk"))
    later = AgencyRequest.objects.filter(
        matter=OuterRef("matter_id"), agency=OuterRef("agency_id"), pk__gt=OuterRef("pk")
    )
    answer = Deadline.objects.filter(pk=OuterRef("deadline_id"), dropped_at=None)
    which = Case(
        When(Q(declined_at__isnull=False) | Q(passed_over_at__isnull=False), then=Value(None)),
        default=Subquery(answer.annotate(which=standing(now)).values("which")[:1]),
        output_field=CharField(),
    )
    is_open = ExpressionWrapper(
        Q(answered_at=None, declined_at=None, passed_over_at=None, deadline__dropped_at=None),
        output_field=BooleanField(),
    )
    return asked.filter(~Exists(later)).annotate(which=which, open_now=is_open).order_by()


def _agencies(matters: QuerySet[Any], now: datetime) -> Iterable[tuple[int, Counts]]:
    """Each agency with the matters of the month it was asked about, once for each matter."""
    groups = agency_answers(matters, now).values_list("agency_id", "which", "open_now")
    for agency, which, is_open, number in groups.annotate(number=Count("pk")):
        yield agency, counts_of(which, is_open, number)


def _next_due(kind: Matter.Kind, month: date, now: datetime) -> datetime | None:
    business = BUSINESS[kind]
    besides = [Deadline.Kind.AGENCY_ANSWER] if business.has_agencies else []
    return counting.next_due(business, month, now, besides=besides)


KEEPER: Final = Keeper(
    tallies=BusinessTally,
    lines=BusinessLine,
    counted={kind: partial(_count, kind) for kind in BUSINESS},
    next_due={kind: partial(_next_due, kind) for kind in BUSINESS},
    brief={kind: partial(counting.in_brief, business) for kind, business in BUSINESS.items()},
    ahead=frozenset({Kind.MEETING, Kind.BILL}),
)

__all__ = [
    "BUSINESS",
    "KEEPER",
    "TOTAL",
    "Aside",
    "Counts",
    "Dimension",
    "Figure",
    "Kind",
    "by_key",
    "by_month",
    "total",
]
