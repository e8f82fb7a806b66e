"""How the result of an activity is measured: the measure, its value against the threshold, and the rows behind it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from office.calendar import fiscal_year, fiscal_year_of, months_of
from office.figures import figures, percent_text, plain, thousands
from office.ratio import Ratio, summed
from projectplan.dashboard import Part
from projectplan.measure_words import measure_words
from projectplan.measures import MEASURES, ratios_by_month
from projectplan.models import Activity
from projectplan.own_measures import OWN
from projectplan.scoring import light


@dataclass(frozen=True)
class ActivityResult:
    """What an activity came to in its fiscal year so far; no value while nothing is decided."""

    measure: str
    value: str
    threshold: str
    tone: str
    parts: Sequence[Part]
    unit: str = ""

    @property
    def words(self) -> str:
        """The light in words: it says the same as the colour."""
        words = {
            "ok": _("Reaches the target"),
            "soon": _("Nearly reaches the target"),
            "late": _("Below the target"),
        }
        return words.get(self.tone, _("Nothing is decided yet"))


def result_of(activity: Activity, now: datetime, opens: Collection[str]) -> ActivityResult | None:
    """The result of an activity as it stands at a moment; None where the system does not count it.

    One query while the tallies hold. `opens` are the subgroups whose registers this person may open.
    """
    year = fiscal_year_of(activity.project.start_on)
    if activity.measure in OWN:
        measured = OWN[activity.measure].count(year, min(now, fiscal_year(year).ends_at))
        return ActivityResult(
            measure_words(activity.measure),
            "–" if measured.value is None else figures(plain(measured.value)),
            figures(plain(activity.threshold)),
            light(measured.value, activity.threshold),
            [Part(measured.parts, measured.url if opens else "")],
        )
    return _counted(activity, year, now, opens) if activity.measure in MEASURES else None


def _counted(activity: Activity, year: int, now: datetime, opens: Collection[str]) -> ActivityResult:
    """By the promises of a room: in time of every hundred decided in the year."""
    period = fiscal_year(year)
    measure = MEASURES[activity.measure]
    counted = ratios_by_month([activity.measure], months_of(period), now)
    ratio = summed(counted[activity.measure].values())
    behind = measure.rows_behind if measure.subgroup in opens else None
    parts = [
        Part(f"{label} {thousands(count)}", behind(period, standing) if behind and count else "")
        for label, count, standing in _standings(ratio)
    ]
    threshold = percent_text(activity.threshold.quantize(Decimal(1)))
    return ActivityResult(
        measure_words(activity.measure),
        percent_text(ratio.percent),
        threshold,
        light(ratio.exact, activity.threshold),
        parts,
        str(measure.unit),
    )


def _standings(ratio: Ratio) -> list[tuple[str, int, str]]:
    return [
        (_("in time"), ratio.in_time, "in_time"),
        (_("late"), ratio.late, "late"),
        (_("not due yet"), ratio.pending, "pending"),
    ]
