"""What a survey says: for each question and as a whole the mean, the spread and how many gave which level.

All of it comes from the numbers of levels given, in one query, and exactly.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from django.db.models import Count

from projectplan.models import AnswerSheet, Question, Score, Survey

LEVELS: Final = (1, 2, 3, 4, 5)
FEW: Final = 5
"""Fewer answers than these are not shown apart: who gave them could be told."""
CENT: Final = Decimal("0.01")


@dataclass(frozen=True)
class Distribution:
    """How many gave each level from 1 to 5."""

    counts: tuple[int, ...]

    @classmethod
    def of(cls, counted: Mapping[int, int]) -> Distribution:
        return cls(tuple(counted.get(level, 0) for level in LEVELS))

    @property
    def number(self) -> int:
        return sum(self.counts)

    @property
    def mean(self) -> Decimal | None:
        """The mean level, not rounded; None without an answer."""
        if not self.number:
            return None
        return (
            Decimal(sum(level * count for level, count in zip(LEVELS, self.counts, strict=True)))
            / self.number
        )

    @property
    def deviation(self) -> Decimal | None:
        """The standard deviation (S.D., divided by n − 1 as in Thai reports of surveys); None for less than two."""
        mean = self.mean
        if mean is None or self.number < 2:
            return None
        squares = sum(
            (count * (level - mean) ** 2 for level, count in zip(LEVELS, self.counts, strict=True)),
            Decimal(0),
        )
        return (squares / (self.number - 1)).sqrt()

    @property
    def percent(self) -> Decimal | None:
        """ร้อยละของระดับความพึงพอใจ: the mean as a share of the highest level, mean ÷ 5 × 100."""
        return None if self.mean is None else self.mean * 100 / LEVELS[-1]

    def __add__(self, other: Distribution) -> Distribution:
        return Distribution(tuple(one + two for one, two in zip(self.counts, other.counts, strict=True)))


NOTHING: Final = Distribution((0,) * len(LEVELS))


@dataclass(frozen=True)
class Answered:
    """One question with what was answered."""

    question: Question
    spread: Distribution


@dataclass(frozen=True)
class Results:
    """A survey's questions with their answers, how many sheets came of how many asked, and the groups' means."""

    survey: Survey
    questions: Sequence[Answered]
    sheets: int
    on_paper: int
    asked: int
    groups: Sequence[tuple[str, int, Distribution]]
    """The group's name ("" for all the others together), its sheets, its answers; none where it would show a few."""

    @property
    def whole(self) -> Distribution:
        """All levels given to all questions together: each counts once, whatever was left open beside it."""
        return sum((one.spread for one in self.questions), NOTHING)

    @property
    def reaches(self) -> bool | None:
        """Whether the mean, as reports print it, is at least the threshold; None without an answer."""
        mean = rounded(self.whole.mean)
        return None if mean is None else mean >= self.survey.threshold


def rounded(value: Decimal | None) -> Decimal | None:
    """To two places, half up, as reports write means."""
    return None if value is None else value.quantize(CENT, ROUND_HALF_UP)


def results_of(survey: Survey) -> Results:
    """What a survey's sheets say; four queries, however many sheets there are."""
    sheets = AnswerSheet.objects.filter(survey=survey).order_by()
    by_group = Counter[str](dict(sheets.values_list("group").annotate(n=Count("pk"))))
    levels = Score.objects.filter(sheet__survey=survey).order_by()
    given = list(levels.values_list("question", "sheet__group", "level").annotate(n=Count("pk")))
    questions = [
        Answered(question, _spread((level, n) for key, _group, level, n in given if key == question.pk))
        for question in survey.questions.all()
    ]
    return Results(
        survey,
        questions,
        sheets=by_group.total(),
        on_paper=sheets.filter(is_paper=True).count(),
        asked=survey.invitees.count(),
        groups=[
            (name, n, _spread((level, n) for _key, group, level, n in given if group in members))
            for name, n, members in _large_enough(by_group)
        ],
    )


def _spread(counted: Iterable[tuple[int, int]]) -> Distribution:
    levels = Counter[int]()
    for level, n in counted:
        levels[level] += n
    return Distribution.of(levels)


def _large_enough(by_group: Counter[str]) -> list[tuple[str, int, set[str]]]:
    """The groups that may be shown apart, the largest first, the small ones joined to "".

    What is joined must not be few either, or the difference to the whole would show it: then the smallest of the
    large groups joins it. Nothing is shown when only one group is left.
    """
    order = sorted(by_group.items(), key=lambda item: (-item[1], item[0]))
    large = [(name, n) for name, n in order if n >= FEW and name]
    rest = by_group.total() - sum(n for _name, n in large)
    while large and 0 < rest < FEW:
        rest += large.pop()[1]
    shown = [(name, n, {name}) for name, n in large]
    if rest:
        shown.append(("", rest, set(by_group) - {name for name, _n in large}))
    return shown if len(shown) > 1 else []
