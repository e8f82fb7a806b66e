"""Entering the value of an indicator that the system cannot count, with its evidence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from office.documents import Upload
from office.kept_files import keep
from office.models import User
from projectplan.models import Kpi, KpiEntry, KpiEvidence


class EnteredMeanwhile(Exception):
    """Somebody else has entered a value of this indicator since the page was opened."""


def entries_of(kpi: Kpi, month: date) -> int:
    """How many editions a month has; the number a form was opened with says what its writer saw."""
    return KpiEntry.objects.filter(kpi=kpi, month=month).count()


def enter(
    kpi: Kpi,
    month: date,
    value: Decimal,
    *,
    text: str,
    files: Iterable[Upload],
    reason: str,
    seen: int,
    by: User,
    now: datetime,
) -> KpiEntry:
    """A value as it stands at the end of a month; over one that is there it is a correction and needs a reason.

    `seen` is how many entries the indicator had when the page was opened. Raises EnteredMeanwhile.
    """
    try:
        with transaction.atomic():
            if KpiEntry.objects.filter(kpi=kpi).count() != seen:
                raise EnteredMeanwhile
            edition = entries_of(kpi, month) + 1
            entry = KpiEntry.objects.create(
                kpi=kpi,
                month=month,
                edition=edition,
                value=value,
                text=text,
                reason=reason if edition > 1 else "",
                entered_by=by,
                entered_at=now,
            )
            keep(KpiEvidence, files, by=by, now=now, entry=entry)
    except IntegrityError as taken:
        raise EnteredMeanwhile from taken
    return entry
