"""Results as a page, a table and a file show them: figures in words, bars of levels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from office.figures import figures
from office.spreadsheets import Cell, Sheet, workbook
from projectplan.models import AnswerSheet, Score
from projectplan.survey_results import LEVELS, Answered, Distribution, Results, rounded

WIDTH, TALLEST, FOOT, HEAD = 224, 48, 18, 16
COLUMN: Final = WIDTH // len(LEVELS)


@dataclass(frozen=True)
class Bar:
    """A level's bar: where it stands and how high, what stands above and below."""

    level: str
    count: str
    x: int
    y: int
    height: int
    middle: int


@dataclass(frozen=True)
class Line:
    """One row of results in words."""

    name: str
    number: str
    mean: str
    deviation: str
    bars: list[Bar]
    said: str


def figure(value: Decimal | None) -> str:
    """`๔.๕๐`; a dash for nothing."""
    return "–" if value is None else figures(rounded(value))


def line(name: str, spread: Distribution, *, number: int | None = None) -> Line:
    """A question, a group or the whole as a row; `number` is how many answered, where it is not that of the levels."""
    levels = zip(LEVELS, spread.counts, strict=True)
    said = ", ".join(f"{Score.Level(level).label} {figures(count)}" for level, count in levels)
    people = spread.number if number is None else number
    return Line(name, figures(people), figure(spread.mean), figure(spread.deviation), _bars(spread), said)


def lines(results: Results) -> list[Line]:
    """The questions in their order."""
    return [line(_name(one), one.spread) for one in results.questions]


def _name(one: Answered) -> str:
    return f"{figures(one.question.number)}. {one.question.text}"


def _bars(spread: Distribution) -> list[Bar]:
    most = max(spread.counts) or 1
    bars = []
    for place, (level, count) in enumerate(zip(LEVELS, spread.counts, strict=True)):
        height = max(round(TALLEST * count / most), 2)
        bars.append(
            Bar(
                figures(level),
                figures(count),
                x=place * COLUMN + 6,
                y=HEAD + TALLEST - height,
                height=height,
                middle=place * COLUMN + COLUMN // 2,
            )
        )
    return bars


def as_workbook(results: Results, *, with_comments: bool) -> bytes:
    """The results as XLSX: questions, groups, and the comments that may be shown."""
    above = [
        results.survey.title,
        _("Answers %(n)s of %(asked)s") % {"n": results.sheets, "asked": results.asked},
    ]
    head = [_("Question"), _("Answers"), _("Mean"), _("S.D."), *map(str, LEVELS)]
    sheets = [Sheet(_("Results"), head, _rows(results))]
    if results.groups:
        group_head = [_("Group"), _("Sheets"), _("Mean"), _("S.D.")]
        sheets.append(Sheet(_("Groups"), group_head, _group_rows(results)))
    if with_comments:
        shown = AnswerSheet.objects.filter(
            survey=results.survey, comment_state=AnswerSheet.Comment.SHOWN
        ).exclude(comment="")
        sheets.append(
            Sheet(_("Comments"), [_("Comment")], ([text] for text in shown.values_list("comment", flat=True)))
        )
    return workbook(sheets, above=above)


def _rows(results: Results) -> Iterator[list[Cell]]:
    for one in results.questions:
        yield [_name(one), one.spread.number, *_means(one.spread), *one.spread.counts]
    yield [_("All together"), results.whole.number, *_means(results.whole), *results.whole.counts]


def _group_rows(results: Results) -> Iterator[list[Cell]]:
    for name, n, spread in results.groups:
        yield [name or _("The others"), n, *_means(spread)]


def _means(spread: Distribution) -> list[Cell]:
    return [
        None if value is None else float(value) for value in (rounded(spread.mean), rounded(spread.deviation))
    ]
