"""The month's figures of public relations: what falls into a month, and whether it was in time.

Engagements and press conferences are counted by the month in which they begin, for that is when there is something to
write of and to invite to; the journal by the month it is of; foreign documents and briefs by the month of receipt, as
petitions are; news by the month in which readers first had it, and only as a number.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from functools import partial
from typing import Any, Final

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When

from office import counting
from office.calendar import Period
from office.counting import Business, received
from office.models import Deadline, Matter
from office.tallies import Keeper, Lines
from publicrelations.models import (
    Article,
    ArticleState,
    Engagement,
    ForeignDocument,
    Journal,
    PressConference,
    RelationsLine,
    RelationsTally,
    SituationBrief,
)

Kind = Matter.Kind


class Dimension(StrEnum):
    """By what the matters of a month are told apart."""

    KIND = "kind"
    """Engagements by kind, news by category, press conferences by occasion, foreign documents by kind."""
    LANGUAGE = "language"
    ASIDE = "aside"
    """Why an engagement or press conference is in none of the three."""


class Aside(StrEnum):
    """Why something is out of the count."""

    EXCUSED = "excused"
    CANCELLED = "cancelled"
    POSTPONED = "postponed"


def _engagements(month: Period) -> QuerySet[Any]:
    begun = Engagement.objects.filter(starts_at__gte=month.starts_at, starts_at__lt=month.ends_at)
    return begun.annotate(aside=_aside(Q(calls_for_news=False)))


def _press_conferences(month: Period) -> QuerySet[Any]:
    begun = PressConference.objects.filter(starts_at__gte=month.starts_at, starts_at__lt=month.ends_at)
    return begun.annotate(aside=_aside(None))


def _aside(excused: Q | None) -> Case:
    """Of what does not take place that alone is said."""
    whens = [
        When(state="cancelled", then=Value(Aside.CANCELLED.value)),
        When(state="postponed", then=Value(Aside.POSTPONED.value)),
    ]
    if excused is not None:
        whens.append(When(excused, then=Value(Aside.EXCUSED.value)))
    return Case(*whens, default=Value(""), output_field=CharField())


def _news(month: Period) -> QuerySet[Any]:
    """What readers have before them; what was withdrawn is no news any more."""
    return Article.objects.filter(
        state=ArticleState.PUBLISHED, published_at__gte=month.starts_at, published_at__lt=month.ends_at
    )


def _journals(month: Period) -> QuerySet[Any]:
    return Journal.objects.filter(month__gte=month.first, month__lte=month.last)


NOT_IN_FULL: Final = Q(copies_printed__lt=F("print_run"))
"""The plan promises 2,000 copies a month: an issue in fewer is not what was promised, however early it left."""

BUSINESS: Final[dict[Matter.Kind, Business]] = {
    Kind.ENGAGEMENT: Business(
        rows=_engagements,
        promise=Deadline.Kind.NEWS,
        together=[{Dimension.KIND: "engagement_kind", Dimension.ASIDE: "aside"}],
    ),
    Kind.ARTICLE: Business(
        rows=_news,
        promise="",
        together=[{Dimension.KIND: "category_id", Dimension.LANGUAGE: "language"}],
    ),
    Kind.JOURNAL: Business(rows=_journals, promise=Deadline.Kind.MAIL, together=[{}], spoiled=NOT_IN_FULL),
    Kind.PRESS_CONFERENCE: Business(
        rows=_press_conferences,
        promise=Deadline.Kind.INVITED,
        together=[{Dimension.KIND: "occasion", Dimension.ASIDE: "aside"}],
    ),
    Kind.FOREIGN_DOCUMENT: Business(
        rows=received(ForeignDocument, Kind.FOREIGN_DOCUMENT),
        promise=Deadline.Kind.TO_MINISTER,
        together=[{Dimension.KIND: "document_kind", Dimension.LANGUAGE: "language"}],
    ),
    Kind.BRIEF: Business(
        rows=received(SituationBrief, Kind.BRIEF), promise=Deadline.Kind.TO_MINISTER, together=[{}]
    ),
}
"""What the reports of public relations count, in the order of the plan's works."""


def _count(kind: Matter.Kind, month: date, now: datetime) -> Lines:
    return dict(counting.lines_of(BUSINESS[kind], month, now))


def _next_due(kind: Matter.Kind, month: date, now: datetime) -> datetime | None:
    return counting.next_due(BUSINESS[kind], month, now)


KEEPER: Final = Keeper(
    tallies=RelationsTally,
    lines=RelationsLine,
    counted={kind: partial(_count, kind) for kind in BUSINESS},
    next_due={kind: partial(_next_due, kind) for kind in BUSINESS},
    brief={kind: partial(counting.in_brief, business) for kind, business in BUSINESS.items()},
    ahead=frozenset({Kind.ENGAGEMENT, Kind.PRESS_CONFERENCE, Kind.JOURNAL}),
)
