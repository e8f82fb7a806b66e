"""Publishing open data: each month of each dataset once when it is over, and once more when it is long over.

What readers load are the rows made here, never a count of the moment: so a page costs the same however many matters
there are, and a published figure changes on two days only.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Min

from office.calendar import Period, WorkCalendar, fiscal_year, fiscal_year_of, months_of
from office.models import NumberSeries, OpenMonth
from office.models.calendar import current_calendar
from projectplan.freezing import freezes_at
from projectplan.opendata.datasets import DATASETS, Dataset
from publicrelations.models import SiteEdition

FINAL_AFTER: Final = timedelta(days=90)
"""So long after a month nearly all that was promised in it is due, and its petitions have a result."""
MOST_YEARS: Final = 10
"""Old registers are brought with their years; those before stay in the books."""
AT_ONCE: Final = 300
"""Months published in one round; a first round of many years goes on in the next."""


def publish_due(now: datetime, *, most: int = AT_ONCE) -> int:
    """Publish what months that are over lack, the newest first; returns how many. Asking twice publishes once."""
    published = 0
    calendar = current_calendar()
    for dataset, month, is_final in _lacking(now, calendar):
        published += _publish(dataset, month, is_final, now)
        if published >= most:
            break
    return published


def _lacking(now: datetime, calendar: WorkCalendar) -> Iterator[tuple[Dataset, Period, bool]]:
    months = [month for month in _months(now) if freezes_at(month, calendar) <= now]
    held = _held(months)
    for month in reversed(months):
        is_final = month.ends_at + FINAL_AFTER <= now
        for dataset in DATASETS:
            there = held.get((dataset.code, month.first))
            if there is None or (is_final and not there[0]):
                yield dataset, month, is_final
                continue
            moved_at = dataset.moved_at(month.first)
            if moved_at is not None and moved_at > there[1]:
                yield dataset, month, is_final


def _months(now: datetime) -> list[Period]:
    """The months of the fiscal years of which the office has a register, this one's among them."""
    this = fiscal_year_of(now.date())
    first = NumberSeries.objects.aggregate(first=Min("year"))["first"] or this
    return [
        month
        for year in range(max(first, this - MOST_YEARS), this + 1)
        for month in months_of(fiscal_year(year))
    ]


def _held(months: list[Period]) -> dict[tuple[str, date], tuple[bool, datetime]]:
    rows = OpenMonth.objects.filter(month__in=[month.first for month in months])
    return {
        (dataset, month): (is_final, counted_at)
        for dataset, month, is_final, counted_at in rows.values_list(
            "dataset", "month", "is_final", "counted_at"
        )
    }


def _publish(dataset: Dataset, month: Period, is_final: bool, now: datetime) -> int:
    """One month of one dataset; whoever reads the site sees it at once. Nothing, while there is nothing to tell."""
    rows = dataset.rows(month, now)
    if not rows:
        return 0
    with transaction.atomic():
        OpenMonth.objects.update_or_create(
            dataset=dataset.code,
            month=month.first,
            defaults={"rows": rows, "is_final": is_final, "counted_at": now},
        )
        SiteEdition.renew()
    return 1
