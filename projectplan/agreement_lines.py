"""What a line of an agreement may be taken from: the plan's indicators and works, and the person's last agreement; and
what the system itself has counted for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from office.calendar import months_of
from office.models import User
from office.ratio import summed
from projectplan.agreement_path import period_of
from projectplan.measures import MEASURES
from projectplan.measures_agreements import LEVELS, individual_kpis_in_place
from projectplan.models import Agreement, AgreementLine, Half, Kpi, Work
from projectplan.scoring import score

FIELDS: Final = ("name", "unit", "target", *(f"level_{number}" for number in range(1, 6)))
STEPS: Final = tuple(Decimal(step) for step in ("0.6", "0.7", "0.8", "0.9", "1"))
"""Which parts of a work's target score 1 to 5 until the two agree otherwise; the plan itself names none."""
UNITS: Final = {
    "percent": _("percent"),
    "copies per month": _("copies per month"),
    "monthly reports, and one annual report": _("reports"),
}
"""The units that the plan's file writes in English."""
PEOPLE_MEASURE: Final = "projectplan.individual_kpis_in_place"


@dataclass(frozen=True)
class Offer:
    """Something of the plan that one press makes a line of; `source` says what, as the form sends it."""

    source: str
    label: str
    is_own: bool
    values: dict[str, Any]


def offers(agreement: Agreement) -> list[Offer]:
    """Everything the year's plan has, what the person is responsible for first."""
    kpis = Kpi.objects.filter(plan__fiscal_year=agreement.fiscal_year)
    works = Work.objects.filter(plan__fiscal_year=agreement.fiscal_year).prefetch_related("responsible")
    found = [
        *(of_work(work, agreement.person) for work in works),
        *(of_kpi(kpi, is_own=agreement.person_id is None) for kpi in kpis),
    ]
    return sorted(found, key=lambda offer: not offer.is_own)


def of_kpi(kpi: Kpi, *, is_own: bool) -> Offer:
    """An indicator of the plan, with the levels it is scored by there."""
    with override(settings.LANGUAGE_CODE):
        unit = str(kpi.get_unit_display())
    levels = {f"level_{number}": value for number, value in enumerate(kpi.levels, start=1)}
    values = {"name": str(kpi), "unit": unit, "target": kpi.target} | levels
    return Offer(f"kpi:{kpi.pk}", str(kpi), is_own, values)


def of_work(work: Work, person: User | None) -> Offer:
    """A standing work of the plan, by its own indicator."""
    with override(settings.LANGUAGE_CODE):
        unit = str(UNITS.get(work.unit, work.unit))
    target = Decimal(work.target)
    levels = {f"level_{number}": target * step for number, step in enumerate(STEPS, start=1)}
    values = {"name": f"{work.name}: {work.indicator}", "unit": unit, "target": target} | levels
    is_own = person is not None and any(one.pk == person.pk for one in work.responsible.all())
    return Offer(f"work:{work.pk}", work.name, is_own, values)


def of_line(line: AgreementLine) -> dict[str, Any]:
    """A line as the form holds it."""
    kind, key = ("kpi", line.kpi_id) if line.kpi_id else ("work", line.work_id)
    values = {name: getattr(line, name) for name in (*FIELDS, "weight")}
    return {"source": f"{kind}:{key}" if key else "", **values}


def of_last_year(agreement: Agreement, offered: Iterable[Offer]) -> list[dict[str, Any]]:
    """The lines of the newest agreement of the year before, each from this year's plan where that still has it."""
    last = Agreement.objects.of(agreement.fiscal_year - 1, agreement.person).first()
    if last is None:
        return []
    by_label = {offer.values["name"]: offer for offer in offered}
    lines = []
    for line in last.lines.all():
        same = by_label.get(line.name)
        lines.append(of_line(line) | {"source": same.source if same else ""})
    return lines


def stored(line: dict[str, Any], agreement: Agreement) -> dict[str, Any]:
    """What the form holds, as a row; a source that is not of the year's plan is none."""
    kind, _colon, key = line["source"].partition(":")
    values = {name: line[name] for name in (*FIELDS, "weight")}
    rows = {"kpi": Kpi.objects, "work": Work.objects}.get(kind)
    found: Any = rows and rows.filter(pk=key, plan__fiscal_year=agreement.fiscal_year).first()
    return values | ({kind: found, "measure": found.measure} if found else {})


def suggestions(agreement: Agreement, half: Half, now: datetime) -> dict[int, Decimal]:
    """What the system has counted for the lines it counts in percent, by their keys; nothing where nothing is decided.

    A line in another unit (copies, reports) is counted by hand: the measure says how often it was in time.
    """
    lines = list(agreement.lines.select_related("kpi", "work"))
    names = {line.pk: line.measure for line in lines if line.measure in MEASURES and _is_percent(line)}
    months = [month for month in months_of(period_of(agreement.fiscal_year, half)) if month.starts_at <= now]
    readings = {one.reads: one.reads(months, now) for one in {MEASURES[name] for name in names.values()}}
    values: dict[int, Decimal | None] = {}
    for key, name in names.items():
        measure = MEASURES[name]
        values[key] = summed(measure.by_month(readings[measure.reads])).percent
    for line in lines:
        if line.measure == PEOPLE_MEASURE:
            percent = individual_kpis_in_place(agreement.fiscal_year, now).value
            values[line.pk] = percent if _is_percent(line) else score(percent, LEVELS)
    return {key: value for key, value in values.items() if value is not None}


def _is_percent(line: AgreementLine) -> bool:
    if line.kpi:
        return line.kpi.unit == Kpi.Unit.PERCENT
    return line.work is not None and line.work.unit == "percent"
