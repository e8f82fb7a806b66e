"""The plan's indicators as other systems of the ministry may read them: each month's value as it was reported."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from office.api import Asked, Reader, Rows, answers, local, turned
from office.calendar import parse_month
from office.models import ApiScope
from projectplan.models import FrozenValue, Kpi

router = Router(tags=["plan"])


class IndicatorValue(Schema):
    """One indicator in one month. A correction is another row with a higher edition; the last one holds."""

    id: int
    fiscal_year: int = Field(description="Of the plan, Buddhist Era.")
    code: str
    name: str
    unit: Kpi.Unit
    target: Decimal
    month: date = Field(description="Its first day.")
    edition: int
    in_time: int | None
    late: int | None
    pending: int | None
    value: Decimal | None = Field(description="In the indicator's unit.")
    score: Decimal | None = Field(description="From 1 to 5.")
    frozen_at: datetime


@router.get("/indicators", auth=Reader(ApiScope.INDICATORS), response=answers(Rows[IndicatorValue]))
def indicators(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    """The monthly values of the plan's indicators, in the order in which they were frozen."""
    rows = FrozenValue.objects.filter(kpi__isnull=False).select_related("kpi__plan").order_by("pk")
    if asked.fiscal_year is not None:
        rows = rows.filter(kpi__plan__fiscal_year=asked.fiscal_year)
    if asked.month is not None:
        rows = rows.filter(month=parse_month(asked.month).first)
    if asked.changed_since is not None:
        rows = rows.filter(frozen_at__gte=asked.changed_since)
    return turned(rows, asked, indicator_value)


def indicator_value(frozen: Any) -> IndicatorValue:
    return IndicatorValue(
        id=frozen.pk,
        fiscal_year=frozen.kpi.plan.fiscal_year,
        code=frozen.kpi.code,
        name=frozen.kpi.name,
        unit=Kpi.Unit(frozen.kpi.unit),
        target=frozen.kpi.target,
        month=frozen.month,
        edition=frozen.edition,
        in_time=frozen.in_time,
        late=frozen.late,
        pending=frozen.pending,
        value=frozen.value,
        score=frozen.score,
        frozen_at=local(frozen.frozen_at),
    )
