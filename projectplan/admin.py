"""The plan as administrators correct it. Plans come whole, from a file or rolled over from the year before."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import ManyToManyField, QuerySet
from django.forms import ModelMultipleChoiceField
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from office.admin_site import OfficeModelAdmin, ReadOnlyAdmin
from office.models import User
from office.templatetags.prasan import thai_digits
from projectplan.editions import record
from projectplan.models import FrameItem, Kpi, Plan, PlanEdition, Programme, Strategy, Swot, Work


class KeepsEditions(OfficeModelAdmin):
    """What is corrected here is an edition of the plan like any other act."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        assert isinstance(request.user, User)
        plan = self.plan_of(form.instance)
        record(plan, origin=PlanEdition.Origin.CORRECTED, by=request.user, now=timezone.now())

    def plan_of(self, row: Any) -> Plan:
        """The plan that a row is a part of."""
        plan: Plan = row if isinstance(row, Plan) else row.plan
        return plan


class PartOfPlanAdmin(KeepsEditions):
    """A row of a plan: found by its fiscal year, its place in the plan fixed."""

    may_add = False
    list_select_related = ["plan"]
    way_to_plan = "plan"

    @admin.display(description=_("Fiscal year (B.E.)"), ordering="plan__fiscal_year")
    def year(self, row: Any) -> str:
        return thai_digits(self.plan_of(row).fiscal_year)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related(self.way_to_plan)


@admin.register(Plan)
class PlanAdmin(KeepsEditions):
    may_add = False
    list_display = ["title", "fiscal_year", "unit"]
    fields = ["fiscal_year", "title", "unit", "parent_unit", "rolled_over_from"]
    readonly_fields = ["fiscal_year", "rolled_over_from"]


@admin.register(FrameItem)
class FrameItemAdmin(PartOfPlanAdmin):
    list_display = ["text", "kind", "number", "year"]
    list_filter = ["kind"]
    search_fields = ["text"]
    fields = ["year", "kind", "number", "text"]
    readonly_fields = ["year", "kind", "number"]
    ordering = ["-plan__fiscal_year", "kind", "number"]


@admin.register(Swot)
class SwotAdmin(PartOfPlanAdmin):
    list_display = ["text", "quadrant", "number", "year"]
    list_filter = ["quadrant"]
    search_fields = ["text"]
    fields = ["year", "quadrant", "number", "text"]
    readonly_fields = ["year", "quadrant", "number"]
    ordering = ["-plan__fiscal_year", "quadrant", "number"]


@admin.register(Strategy)
class StrategyAdmin(PartOfPlanAdmin):
    list_display = ["name", "number", "year"]
    fields = ["year", "number", "name"]
    readonly_fields = ["year", "number"]
    ordering = ["-plan__fiscal_year", "number"]


@admin.register(Programme)
class ProgrammeAdmin(PartOfPlanAdmin):
    list_display = ["name", "strategy", "number", "year"]
    list_select_related = ["strategy__plan"]
    way_to_plan = "strategy__plan"
    search_fields = ["name"]
    fields = ["year", "strategy", "number", "name"]
    readonly_fields = ["year", "strategy", "number"]
    ordering = ["-strategy__plan__fiscal_year", "strategy__number", "number"]

    @admin.display(description=_("Fiscal year (B.E.)"), ordering="strategy__plan__fiscal_year")
    def year(self, row: Programme) -> str:
        return super().year(row)

    def plan_of(self, row: Programme) -> Plan:
        return row.strategy.plan


@admin.register(Kpi)
class KpiAdmin(PartOfPlanAdmin):
    """What the system counts for an indicator is named in the code; here it is only read."""

    list_display = ["name", "code", "unit", "measure", "year"]
    list_filter = ["unit"]
    search_fields = ["code", "name"]
    fields = ["year", "code", "name", "unit", "measure", "target", "weight"]
    readonly_fields = ["year", "code", "unit", "measure"]
    ordering = ["-plan__fiscal_year", "code"]


@admin.register(Work)
class WorkAdmin(PartOfPlanAdmin):
    list_display = ["name", "subgroup", "target", "year"]
    list_filter = ["subgroup"]
    list_select_related = ["plan", "subgroup"]
    search_fields = ["name", "indicator"]
    fields = ["year", "subgroup", "number", "name", "target", "unit", "indicator", "measure", "responsible"]
    readonly_fields = ["year", "subgroup", "number", "measure"]
    ordering = ["-plan__fiscal_year", "subgroup", "number"]

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: HttpRequest, **kwargs: Any
    ) -> ModelMultipleChoiceField | None:
        kwargs["queryset"] = User.objects.filter(is_active=True)
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(PlanEdition)
class PlanEditionAdmin(ReadOnlyAdmin):
    """An edition is never changed and never deleted."""

    list_display = ["plan", "number", "made_at", "made_by", "reason"]
    list_select_related = ["plan", "made_by"]
    fields = ["plan", "number", "origin", "made_at", "made_by", "reason"]


from projectplan import (  # noqa: E402  (they register their pages)
    admin_agreements,  # noqa: F401
    admin_kpi,  # noqa: F401
    admin_project,  # noqa: F401
    admin_results,  # noqa: F401
)
