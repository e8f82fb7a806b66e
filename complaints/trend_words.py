"""What changed, in a plain sentence: when a change is worth saying, and how exactly it may be said.

A count that comes by chance varies by about its square root, so a change is worth saying only when it is at least
LEAST_DIFFERENCE matters and at least SPREADS times the square root of what was to be expected. From 1 to 2, or from
100 to 110, is nothing to report; from 100 to 125 is. Percentages are said only of an average of PERCENT_FROM or
more, in steps of five below a few hundred; what doubled is said to have doubled. Nothing is compared with fewer than
LEAST_MONTHS months, and the months before the first petition of all count as none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from math import sqrt

from django.utils.translation import gettext as _

from office.figures import thousands

LEAST_DIFFERENCE = 5
SPREADS = 2
LEAST_MONTHS = 3
PERCENT_FROM = 20
EXACT_FROM = 200
TWICE = 1.95


class Change(Enum):
    """How a count stands against what was to be expected."""

    MORE = 1
    FEWER = -1
    USUAL = 0
    UNKNOWN = None


@dataclass(frozen=True)
class Compared:
    """A count beside what it is compared with: the average of some months before, or the same months a year before."""

    count: int
    expected: float
    change: Change
    months: int

    @property
    def difference(self) -> float:
        return self.count - self.expected


def with_average(count: int, before: Sequence[int]) -> Compared:
    """A month beside the average of the months before it."""
    if len(before) < LEAST_MONTHS:
        return Compared(count, 0.0, Change.UNKNOWN, len(before))
    average = sum(before) / len(before)
    return Compared(count, average, _change(count - average, sqrt(average)), len(before))


def with_year_before(count: int, before: int) -> Compared:
    """Twelve months beside the twelve before them; both vary by chance."""
    return Compared(count, before, _change(count - before, sqrt(count + before)), 12)


def _change(difference: float, spread: float) -> Change:
    if abs(difference) < max(LEAST_DIFFERENCE, SPREADS * spread):
        return Change.USUAL
    return Change.MORE if difference > 0 else Change.FEWER


def from_the_first(totals: Sequence[int]) -> int:
    """How many of the months at the start lie before the first petition of all."""
    return next((index for index, total in enumerate(totals) if total), len(totals))


# ── Sentences ───────────────────────────────────────────────────────────────────────────────


def month_sentence(period: str, one: Compared) -> str:
    """`เดือนพฤศจิกายน ๒๕๕๒ รับ ๑๑๘ เรื่อง มากกว่าค่าเฉลี่ย …`; `period` as it stands in a sentence."""
    words = {
        "period": period,
        "count": thousands(one.count),
        "average": about(one.expected),
        "months": thousands(one.months),
        **_sizes(one),
    }
    return _month_words(one) % words


def _month_words(one: Compared) -> str:
    if one.change is Change.UNKNOWN:
        return _("In %(period)s %(count)s matters came; there are too few months before it to compare.")
    if not one.count and one.change is Change.USUAL:
        return _("In %(period)s nothing came; the average of %(months)s months is %(average)s a month.")
    if not one.count:
        return _(
            "In %(period)s nothing came, although the average of %(months)s months is %(average)s a month."
        )
    return {
        (Change.USUAL, ""): _(
            "In %(period)s %(count)s matters came, about as usual (average of %(months)s months: %(average)s)."
        ),
        (Change.MORE, ""): _(
            "In %(period)s %(count)s matters came, more than the average of %(months)s months (%(average)s)."
        ),
        (Change.FEWER, ""): _(
            "In %(period)s %(count)s matters came, fewer than the average of %(months)s months (%(average)s)."
        ),
        (Change.MORE, "times"): _(
            "In %(period)s %(count)s matters came, about %(times)s times the average of %(months)s months "
            "(%(average)s)."
        ),
        (Change.MORE, "percent"): _(
            "In %(period)s %(count)s matters came, about %(percent)s%% more than the average of %(months)s months "
            "(%(average)s)."
        ),
        (Change.FEWER, "percent"): _(
            "In %(period)s %(count)s matters came, about %(percent)s%% fewer than the average of %(months)s months "
            "(%(average)s)."
        ),
    }[one.change, _how_exactly(one)]


def year_sentence(one: Compared) -> str:
    """`๑๒ เดือนนี้รับ ๑,๒๓๔ เรื่อง น้อยกว่า …`."""
    words = {"count": thousands(one.count), "before": thousands(round(one.expected)), **_sizes(one)}
    if not one.count:
        return _("Nothing in these twelve months; %(before)s in the twelve before.") % words
    if one.change is Change.USUAL:
        return (
            _("%(count)s matters in these twelve months, about as many as the twelve before (%(before)s).")
            % words
        )
    said = {
        (Change.MORE, ""): _(
            "%(count)s matters in these twelve months, more than the twelve before (%(before)s)."
        ),
        (Change.FEWER, ""): _(
            "%(count)s matters in these twelve months, fewer than the twelve before (%(before)s)."
        ),
        (Change.MORE, "times"): _(
            "%(count)s matters in these twelve months, about %(times)s times the twelve before (%(before)s)."
        ),
        (Change.MORE, "percent"): _(
            "%(count)s matters in these twelve months, about %(percent)s%% more than the twelve before (%(before)s)."
        ),
        (Change.FEWER, "percent"): _(
            "%(count)s matters in these twelve months, about %(percent)s%% fewer than the twelve before (%(before)s)."
        ),
    }
    return said[one.change, _how_exactly(one)] % words


def part_sentence(parts: Iterable[tuple[str, Compared]], whole: Change) -> str:
    """Which part changed most, the way the whole did; of a whole as usual, any part. "" when none is worth saying."""
    found = [(label, one) for label, one in parts if one.change in (Change.MORE, Change.FEWER)]
    if whole in (Change.MORE, Change.FEWER):
        found = [(label, one) for label, one in found if one.change is whole]
    if not found:
        return ""
    label, one = max(found, key=lambda pair: (abs(pair[1].difference), pair[0]))
    words = {"label": label, "before": about(one.expected), "count": thousands(one.count)}
    if one.change is Change.MORE:
        return _("Grew most: “%(label)s”, from %(before)s to %(count)s.") % words
    return _("Fell most: “%(label)s”, from %(before)s to %(count)s.") % words


def change_words(one: Compared) -> str:
    """For a table: `เพิ่มจาก ๑๒ เป็น ๓๑`, `ใกล้เคียงเดิม (๑๒)`, `ไม่เคยมี`."""
    words = {"before": about(one.expected), "count": thousands(one.count)}
    if one.change is Change.MORE:
        return _("more: from %(before)s to %(count)s") % words
    if one.change is Change.FEWER:
        return _("fewer: from %(before)s to %(count)s") % words
    return _("about the same (%(before)s)") % words


def about(number: float) -> str:
    """An average in whole matters; less than one half is said in words."""
    if 0 < number < 0.5:
        return _("less than one")
    return thousands(round(number))


def _how_exactly(one: Compared) -> str:
    """How a change may be said: in "percent", in "times", or ("") no more exactly than more or fewer."""
    if one.change is Change.USUAL or one.expected < PERCENT_FROM:
        return ""
    return "times" if one.count >= TWICE * one.expected else "percent"


def _sizes(one: Compared) -> dict[str, str]:
    """How much above or below, no more exactly than the numbers bear."""
    if not one.expected:
        return {"times": "", "percent": ""}
    exact = abs(one.difference) / one.expected * 100
    percent = round(exact) if one.expected >= EXACT_FROM else max(5, 5 * round(exact / 5))
    return {"times": thousands(round(one.count / one.expected)), "percent": thousands(percent)}
