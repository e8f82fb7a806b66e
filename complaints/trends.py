"""Trends (แนวโน้ม): twelve or twenty-four months by category, channel, kind or province, and what changed in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from complaints import tallies
from complaints.category_families import Family, main_families
from complaints.models import Category, Petition
from complaints.tallies import Counts, Dimension, Figure
from complaints.trend_words import (
    Change,
    Compared,
    from_the_first,
    month_sentence,
    part_sentence,
    with_average,
    with_year_before,
    year_sentence,
)
from office.calendar import OFFICE_TZ, Period, month_of, months_back
from office.figures import is_english, thousands
from office.models import Province
from office.thai import format_month

NOT_GIVEN = "null"  # how the register's filter asks for rows without a value
MONTHS = 12
PANELS_MOST = 12

BY = {
    Dimension.CATEGORY.value: gettext_lazy("Category"),
    Dimension.CHANNEL.value: gettext_lazy("Channel"),
    Dimension.KIND.value: gettext_lazy("Kind"),
    Dimension.PROVINCE.value: gettext_lazy("Province"),
}
"""The dimensions a trend is drawn by."""


@dataclass(frozen=True)
class Panel:
    """One value over the months: this window's, and for 24 months the same months a year before."""

    keys: tuple[str, ...]
    label: str
    note: str
    counts: tuple[int, ...]
    before: tuple[int, ...]
    compared: Compared
    sentence: str

    @property
    def value(self) -> str:
        """How the register is asked for its rows; empty for several categories that count as one."""
        return "" if self.note else self.keys[0] or NOT_GIVEN

    @property
    def is_worth_saying(self) -> bool:
        return self.compared.change in (Change.MORE, Change.FEWER)


@dataclass(frozen=True)
class Trends:
    """The whole and its parts over the months up to one, oldest first."""

    by: str
    months: tuple[Period, ...]
    over_two_years: bool
    is_interim: bool
    whole: Panel
    panels: tuple[Panel, ...]
    not_shown: int
    counts: tuple[Counts, ...]

    @property
    def month(self) -> Period:
        return self.months[-1]

    @property
    def is_empty(self) -> bool:
        """Whether nothing came in any month that is shown."""
        return not any(self.whole.counts) and not any(self.whole.before)

    @property
    def bars(self) -> list[tuple[date, Counts]]:
        """Each month's first day with its counts, for the chart of the whole."""
        return [(month.first, counts) for month, counts in zip(self.months, self.counts, strict=True)]

    @property
    def part_sentence(self) -> str:
        if self.is_interim:
            return ""
        return part_sentence(
            ((panel.label, panel.compared) for panel in self.panels), self.whole.compared.change
        )


def latest_month(now: datetime) -> Period:
    """The last month that is over: one that is not cannot be compared."""
    return months_back(month_of(now.astimezone(OFFICE_TZ).date()), 2)[0]


def trends(by: str, month: Period, now: datetime, *, over_two_years: bool = False) -> Trends:
    """Three or four queries while the tallies hold."""
    window = months_back(month, MONTHS)
    earlier = months_back(months_back(month, MONTHS + 1)[0], MONTHS)
    months = [*earlier, *window]
    figures = tallies.read(months, [by], now)
    counted = _counted(figures, by)
    families = _families(by, month.last)
    totals = [one.received for one in tallies.by_month(figures, months)]
    unknown = from_the_first(totals)
    is_interim = now < month.ends_at

    def panel(family: Family) -> Panel:
        row = [sum(counted.get((one.first, key), 0) for key in family.keys) for one in months]
        return _panel(family, row, month, unknown, over_two_years=over_two_years, is_interim=is_interim)

    panels = [panel(family) for family in families]
    panels = [one for one in panels if any(one.counts) or (over_two_years and any(one.before))]
    shown = _most_telling(panels) if by == Dimension.PROVINCE else panels
    whole = _panel(
        Family(("",), _("All petitions")),
        totals,
        month,
        unknown,
        over_two_years=over_two_years,
        is_interim=is_interim,
    )
    return Trends(
        by=by,
        months=tuple(window),
        over_two_years=over_two_years,
        is_interim=is_interim,
        whole=whole,
        panels=tuple(shown),
        not_shown=len(panels) - len(shown),
        counts=tuple(tallies.by_month(figures, window)),
    )


def _panel(
    family: Family,
    row: Sequence[int],
    month: Period,
    unknown: int,
    *,
    over_two_years: bool,
    is_interim: bool,
) -> Panel:
    now, before = tuple(row[MONTHS:]), tuple(row[:MONTHS])
    is_beside = over_two_years and unknown == 0
    if is_beside:
        compared = with_year_before(sum(now), sum(before))
        sentence = year_sentence(compared)
    else:
        compared = with_average(row[-1], row[max(unknown, MONTHS - 1) : -1])
        sentence = month_sentence(_month_words(month.first), compared)
    if is_interim:
        compared = Compared(row[-1], 0.0, Change.UNKNOWN, 0)
        sentence = _("So far this month: %(count)s. A month is compared when it is over.") % {
            "count": thousands(row[-1])
        }
    return Panel(family.keys, family.label, family.note, now, before if is_beside else (), compared, sentence)


def _families(by: str, upto: date) -> list[Family]:
    """The values of a dimension in the order in which the reports have them; what was not given comes last."""
    if by == Dimension.CATEGORY:
        return [*main_families(list(Category.objects.all()), upto=upto), Family(("",), _("Not given"))]
    if by == Dimension.PROVINCE:
        names = Province.objects.order_by("name").values_list("code", "name_en" if is_english() else "name")
        return [*(Family((code,), name) for code, name in names), Family(("",), _("Not given"))]
    choices = Petition.Channel.choices if by == Dimension.CHANNEL else Petition.PetitionKind.choices
    return [Family((key,), str(label)) for key, label in choices]


def _counted(figures: Sequence[Figure], by: str) -> dict[tuple[date, str], int]:
    return {(one.month, one.key): one.counts.received for one in figures if one.dimension == by}


def _most_telling(panels: Sequence[Panel]) -> list[Panel]:
    """Those with a change worth saying, the greatest first, then those with most petitions."""
    ordered = sorted(
        panels,
        key=lambda one: (
            not one.is_worth_saying,
            -abs(one.compared.difference) if one.is_worth_saying else 0,
            -sum(one.counts),
        ),
    )
    return ordered[:PANELS_MOST]


def _month_words(first: date) -> str:
    return _("the month of %(month)s") % {"month": format_month(first, language=get_language() or "th")}
