"""Freezing a month: what every indicator and standing work came to is kept as rows on the first working day after it.

Asking twice, or in two processes, freezes once: an edition stands once in the database. Days off and days down are
caught up, for what is asked is which closed months lack a row. A month is read as the dashboard reads it, from the
tallies; one whose tally does not hold is counted in passing, each row of it once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from office.calendar import Period, WorkCalendar, fiscal_year, months_of
from office.figures import figures, plain
from office.models import User
from office.models.calendar import current_calendar
from office.ratio import Ratio
from projectplan.kpi_figures import KpiFigure, KpiReading
from projectplan.models import FrozenValue, Kpi, Plan, Work

RowKey = tuple[int | None, int | None]
"""The keys of the indicator and of the standing work, one of them None."""


class ChangedMeanwhile(Exception):
    """Somebody else has made another edition since the page was opened."""


def freezes_at(month: Period, calendar: WorkCalendar) -> datetime:
    """The opening of the first working day after the month."""
    return calendar.opening_of(calendar.next_working_day(month.last))


def freeze_due(now: datetime) -> int:
    """Freeze whatever month of any plan has come to its day and lacks a row; returns how many rows were added."""
    calendar = current_calendar()
    added = 0
    for plan in Plan.objects.order_by("fiscal_year"):
        due = [month for month in _months(plan) if freezes_at(month, calendar) <= now]
        if not due:
            continue
        held, all_of_it = _held(plan), plan.kpis.count() + plan.works.count()
        for month in due:
            if len(held[month.first]) < all_of_it:
                added += freeze_month(plan, month, now)
    return added


def freeze_month(plan: Plan, month: Period, now: datetime) -> int:
    """Freeze what the month of the plan lacks; returns how many rows were added."""
    with transaction.atomic(), override(settings.LANGUAGE_CODE):
        held = _held(plan)[month.first]
        rows = [row for row in counted(plan, month, now) if (row.kpi_id, row.work_id) not in held]
        FrozenValue.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def freeze_anew(
    row: Kpi | Work, month: Period, *, seen: int, reason: str, by: User, now: datetime
) -> FrozenValue:
    """Count a frozen month again as a new edition, with the reason; the indicators that it is a part of likewise.

    `seen` is the newest edition that the person saw; raises ChangedMeanwhile when another stands there by now.
    """
    above = [row]
    while isinstance(above[-1], Kpi) and above[-1].parent:
        above.append(above[-1].parent)
    wanted = {(one.pk, None) if isinstance(one, Kpi) else (None, one.pk) for one in above}
    try:
        with transaction.atomic(), override(settings.LANGUAGE_CODE):
            if newest_edition(row, month) != seen:
                raise ChangedMeanwhile
            anew = [one for one in counted(row.plan, month, now) if (one.kpi_id, one.work_id) in wanted]
            for one in anew:
                one.edition = newest_edition(one.kpi or one.work or row, month) + 1
                one.reason, one.frozen_by = (reason if one.edition > 1 else ""), by
            FrozenValue.objects.bulk_create(anew)
    except IntegrityError as taken:
        raise ChangedMeanwhile from taken
    return FrozenValue.objects.of(row).filter(month=month.first).order_by("-edition")[0]


def newest_edition(row: Kpi | Work, month: Period) -> int:
    """The number of the newest edition of a month; 0 while it is not frozen."""
    editions = FrozenValue.objects.of(row).filter(month=month.first).order_by("-edition")
    return editions.values_list("edition", flat=True).first() or 0


# ── What a month comes to ───────────────────────────────────────────────────────────────────


def counted(plan: Plan, month: Period, now: datetime) -> Iterator[FrozenValue]:
    """The rows of a month of the plan as they would be frozen now: of every indicator and every work."""
    kpis, works = list(plan.kpis.all()), list(plan.works.all())
    reading = KpiReading(kpis, [month], now, also={work.measure for work in works}, in_passing=True)
    for kpi in kpis:
        yield _of_kpi(reading.figure(kpi, month), month, now)
    for work in works:
        yield _of_work(work, reading.ratios.get(work.measure, {}).get(month.first), month, now)


def _of_kpi(figure: KpiFigure, month: Period, now: datetime) -> FrozenValue:
    kpi = figure.kpi
    return FrozenValue(
        kpi=kpi,
        month=month.first,
        value=figure.value,
        score=figure.score,
        definition=definition_of_kpi(kpi),
        levels=[str(level) for level in kpi.levels],
        frozen_at=now,
        **_counts(figure.ratio),
    )


def _of_work(work: Work, ratio: Ratio | None, month: Period, now: datetime) -> FrozenValue:
    return FrozenValue(
        work=work,
        month=month.first,
        value=ratio.percent if ratio else None,
        definition=definition_of_work(work),
        frozen_at=now,
        **_counts(ratio),
    )


def _counts(ratio: Ratio | None) -> dict[str, int]:
    return {} if ratio is None else {"in_time": ratio.in_time, "late": ratio.late, "pending": ratio.pending}


def _months(plan: Plan) -> list[Period]:
    return months_of(fiscal_year(plan.fiscal_year))


def _held(plan: Plan) -> defaultdict[date, set[RowKey]]:
    """Which indicators and works have a first edition, by month."""
    held: defaultdict[date, set[RowKey]] = defaultdict(set)
    rows = FrozenValue.objects.of_plan(plan).filter(edition=1).order_by()
    for month, kpi, work in rows.values_list("month", "kpi", "work"):
        held[month].add((kpi, work))
    return held


# ── Definitions ─────────────────────────────────────────────────────────────────────────────


def how_counted(measure: str) -> str:
    """How a measure comes to its value, in words."""
    if measure == Kpi.ROLLUP:
        return _(
            "The mean of the scores of its parts by their weights; parts of which nothing is decided left out."
        )
    if measure == Kpi.MANUAL:
        return _("Entered with evidence; it holds until a later month has another value.")
    if measure.startswith("projectplan."):
        return _("Counted by the system for the fiscal year up to the end of the month.")
    return _(
        "In time ÷ (in time + late) × 100, of the matters of the month; what is not due yet stands apart and never "
        "counts as success."
    )


def definition_of_kpi(kpi: Kpi) -> str:
    """What the indicator means on this day: name, how it is counted, target, weight, direction."""
    return _("%(code)s %(name)s. %(how)s Target %(target)s, weight %(weight)s, %(direction)s.") % {
        "code": figures(kpi.code),
        "name": kpi.name,
        "how": how_counted(kpi.measure),
        "target": figures(plain(kpi.target)),
        "weight": figures(plain(kpi.weight)),
        "direction": kpi.get_direction_display(),
    }


def definition_of_work(work: Work) -> str:
    """What the figure of a standing work means on this day."""
    return _("%(name)s. %(how)s Target %(target)s.") % {
        "name": work.name,
        "how": how_counted(work.measure),
        "target": figures(work.target),
    }
