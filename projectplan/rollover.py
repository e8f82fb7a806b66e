"""Rolling a plan over: the next fiscal year starts with the strategies, indicators and works of an earlier one."""

from __future__ import annotations

from django.db import transaction

from office.thai import to_thai_digits
from projectplan.models import Kpi, Plan, Strategy, Work


@transaction.atomic
def roll_over(plan: Plan, to_year: int) -> Plan:
    """The plan of fiscal year `to_year` (B.E.), copied from `plan`; one that is there already is left as it is.

    The results of the year before are not copied: they are the other year's own.
    """
    title = plan.title.replace(to_thai_digits(plan.fiscal_year), to_thai_digits(to_year))
    copy, is_new = Plan.objects.get_or_create(
        fiscal_year=to_year,
        defaults={
            "title": title,
            "unit": plan.unit,
            "parent_unit": plan.parent_unit,
            "rolled_over_from": plan,
        },
    )
    if is_new:
        _copy_strategies(plan, copy)
        _copy_works(plan, copy)
    return copy


def _copy_strategies(plan: Plan, copy: Plan) -> None:
    for strategy in plan.strategies.all():
        own = Strategy.objects.create(plan=copy, number=strategy.number, name=strategy.name)
        Kpi.objects.bulk_create(
            [
                Kpi(plan=copy, strategy=own, code=kpi.code, name=kpi.name, unit=kpi.unit, measure=kpi.measure)
                for kpi in strategy.kpis.all()
            ]
        )


def _copy_works(plan: Plan, copy: Plan) -> None:
    for work in plan.works.prefetch_related("responsible"):
        own = Work.objects.create(
            plan=copy,
            subgroup_id=work.subgroup_id,
            number=work.number,
            name=work.name,
            target=work.target,
            unit=work.unit,
            indicator=work.indicator,
            measure=work.measure,
        )
        own.responsible.set(work.responsible.all())
