"""A year's trainings as a table and a file: each person with how often, how many hours and where from that comes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from office.figures import figures, thousands
from office.spreadsheets import Cell, Sheet, workbook
from office.thai import format_numeric, format_short
from projectplan.models import Training
from projectplan.training_counts import PersonYear, TrainingYear

WIDTH: Final = 100


@dataclass(frozen=True)
class PersonLine:
    """One person's row: the bar is as long as their number, of the highest."""

    key: int
    name: str
    subgroup: str
    number: str
    hours: str
    width: int
    is_enough: bool
    note: str


def person_lines(year: TrainingYear, least_wanted: int) -> list[PersonLine]:
    """Each person in the order of the counts: the fewest first."""
    most = max((one.number for one in year.people), default=0) or 1
    return [
        PersonLine(
            one.person.pk,
            str(one.person),
            str(one.person.subgroup or ""),
            figures(one.number),
            thousands(float(one.hours)),
            round(WIDTH * one.number / most),
            is_enough=one.number >= least_wanted,
            note=_note(one),
        )
        for one in year.people
    ]


def _note(one: PersonYear) -> str:
    """Why the person does not count, or that they came in the year."""
    if one.until_on:
        return _("left %(day)s, not counted") % {"day": format_short(one.until_on)}
    if one.since_on and not one.counts:
        return _("came %(day)s, less than half a year: not counted") % {"day": format_short(one.since_on)}
    if one.since_on:
        return _("came %(day)s") % {"day": format_short(one.since_on)}
    return ""


def as_workbook(year: TrainingYear, rows: Iterable[Training]) -> bytes:
    """The people with their numbers, and every attendance."""
    people: list[list[Cell]] = [
        [str(one.person), str(one.person.subgroup or ""), one.number, float(one.hours), _note(one)]
        for one in year.people
    ]
    head = [_("Name"), _("Subgroup"), _("Trainings"), _("Hours"), _("Note")]
    above = [_("Training of each person, fiscal year %(year)s") % {"year": year.year}]
    attended = [_("Name"), _("Topic"), _("Kind"), _("Organiser"), _("From"), _("To"), _("Hours")]
    return workbook(
        [Sheet(_("People"), head, people), Sheet(_("Trainings"), attended, _attended(rows))], above=above
    )


def _attended(rows: Iterable[Training]) -> Iterator[list[Cell]]:
    for row in rows:
        yield [
            str(row.person), row.topic, row.get_kind_display(), row.organiser, _day(row.from_on),
            _day(row.to_on), float(row.hours),
        ]  # fmt: skip


def _day(day: date) -> str:
    return format_numeric(day, digits="arabic")
