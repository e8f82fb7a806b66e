"""What a report tells besides the petitions: related matters, the counter's visits, how satisfied people were.

Nothing that points at a person: counts, and averages of no fewer than ANSWERS_LEAST answers; remarks are never here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Avg, Count, F, Q

from complaints import tallies
from complaints.category_families import name_of
from complaints.models import Category, Hearing, RelatedMatter, Satisfaction, Visit
from complaints.tallies import Counts, Dimension
from office.calendar import Period, months_of
from office.models import Matter

ANSWERS_LEAST = 5
"""Fewer answers than these are not averaged: one could be guessed, and none would say much."""
GOOD = 4
"""From this score on, an average of the three answers counts as satisfied."""


@dataclass(frozen=True)
class Line:
    """The counts of one value of a dimension; a main category carries its subcategories."""

    key: str
    label: str
    counts: Counts
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Related:
    """The related matters received in the period by kind, and the court hearings held in it."""

    lines: tuple[Line, ...]
    total: Counts
    hearings: int


@dataclass(frozen=True)
class Number:
    """How many of one value."""

    key: str
    label: str
    number: int


@dataclass(frozen=True)
class Visits:
    """Who came to the counter or rang up in the period; by main category, as far as one was given."""

    total: int
    made_petitions: int
    by_way: tuple[Number, ...]
    by_category: tuple[Number, ...]


@dataclass(frozen=True)
class Satisfied:
    """What petitioners answered in the period: 1 to 5 to each of three questions; None with too few answers."""

    answers: int
    speed: float | None
    clarity: float | None
    help: float | None
    average: float | None
    percent_good: int | None

    @property
    def is_too_few(self) -> bool:
        return 0 < self.answers < ANSWERS_LEAST

    @property
    def questions(self) -> list[tuple[str, float | None]]:
        """Each question in its words with its average."""
        names = ("speed", "clarity", "help")
        words = {field.name: str(field.verbose_name) for field in Satisfaction._meta.fields}
        return [(words[name], getattr(self, name)) for name in names]


def related(period: Period, now: datetime) -> Related:
    """From the tallies, and by the index of the hearings' moment. Two queries while the tallies hold."""
    figures = tallies.read(months_of(period), [Dimension.RELATED_KIND], now, Matter.Kind.RELATED)
    counts = tallies.by_key(figures, Dimension.RELATED_KIND)
    held = Hearing.objects.filter(at__gte=period.starts_at, at__lt=period.ends_at, cancelled_at=None)
    return Related(
        lines=tuple(
            Line(key, str(label), counts.get(key, Counts()))
            for key, label in RelatedMatter.RelatedKind.choices
        ),
        total=tallies.total(figures),
        hearings=held.count(),
    )


def visits(period: Period, categories: Iterable[Category]) -> Visits:
    """By the index of the counter's book. One query."""
    came = Visit.objects.filter(came_at__gte=period.starts_at, came_at__lt=period.ends_at).order_by()
    groups = list(came.values_list("way", "category_id").annotate(number=Count("*"), made=Count("petition")))
    ways: defaultdict[str, int] = defaultdict(int)
    of_category: defaultdict[int, int] = defaultdict(int)
    by_key = {one.pk: one for one in categories}
    for way, category, number, _made in groups:
        ways[way] += number
        if category is not None:
            of_category[by_key[category].parent_id or category] += number
    given = sorted(of_category.items(), key=lambda pair: (-pair[1], pair[0]))
    return Visits(
        total=sum(ways.values()),
        made_petitions=sum(made for *_values, made in groups),
        by_way=tuple(Number(key, str(label), ways.get(key, 0)) for key, label in Visit.Way.choices),
        by_category=tuple(Number(str(key), name_of(by_key[key]), number) for key, number in given),
    )


def satisfaction(period: Period) -> Satisfied:
    """By the index of the answers' moment. One query."""
    given = Satisfaction.objects.filter(given_at__gte=period.starts_at, given_at__lt=period.ends_at)
    found = given.annotate(sum=F("speed") + F("clarity") + F("help")).aggregate(
        answers=Count("*"),
        good=Count("speed", filter=Q(sum__gte=3 * GOOD)),
        speed=Avg("speed"),
        clarity=Avg("clarity"),
        help=Avg("help"),
        all=Avg("sum"),
    )
    answers = found["answers"]
    if answers < ANSWERS_LEAST:
        return Satisfied(answers, None, None, None, None, None)
    return Satisfied(
        answers=answers,
        speed=round(float(found["speed"]), 1),
        clarity=round(float(found["clarity"]), 1),
        help=round(float(found["help"]), 1),
        average=round(float(found["all"]) / 3, 1),
        percent_good=round(100 * found["good"] / answers),
    )
