"""The plan as administrators correct it. Plans come whole, from a file or rolled over from the year before."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import ManyToManyField, QuerySet
from django.forms import ModelMultipleChoiceField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from office.admin_site import OfficeModelAdmin
from office.models import User
from office.templatetags.prasan import thai_digits
from projectplan.models import Kpi, Plan, Strategy, Work


class PartOfPlanAdmin(OfficeModelAdmin):
    """A row of a plan: found by its fiscal year, its place in the plan fixed."""

    may_add = False
    list_select_related = ["plan"]

    @admin.display(description=_("Fiscal year (B.E.)"), ordering="plan__fiscal_year")
    def year(self, row: Any) -> str:
        return thai_digits(row.plan.fiscal_year)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("plan")


@admin.register(Plan)
class PlanAdmin(OfficeModelAdmin):
    may_add = False
    list_display = ["title", "fiscal_year", "unit"]
    fields = ["fiscal_year", "title", "unit", "parent_unit", "rolled_over_from"]
    readonly_fields = ["fiscal_year", "rolled_over_from"]


@admin.register(Strategy)
class StrategyAdmin(PartOfPlanAdmin):
    list_display = ["name", "number", "year"]
    fields = ["year", "number", "name"]
    readonly_fields = ["year", "number"]
    ordering = ["-plan__fiscal_year", "number"]


@admin.register(Kpi)
class KpiAdmin(PartOfPlanAdmin):
    """What the system counts for an indicator is named in the code; here it is only read."""

    list_display = ["name", "code", "unit", "measure", "year"]
    list_filter = ["unit"]
    search_fields = ["code", "name"]
    fields = ["year", "code", "name", "unit", "measure"]
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
