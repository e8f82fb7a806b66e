"""The project as administrators read it. The plan's own pages change it, and only the ledger moves its money."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from office.admin_site import ReadOnlyAdmin
from office.templatetags.prasan import thai_digits
from projectplan.models import Activity, BudgetEntry, Milestone, Project


@admin.register(Project)
class ProjectAdmin(ReadOnlyAdmin):
    list_display = ["name", "year", "budget", "start_on", "end_on"]
    list_select_related = ["plan"]
    search_fields = ["name"]
    fields = ["year", "name", "budget", "start_on", "end_on"]
    readonly_fields = ["year"]

    @admin.display(description=_("Fiscal year (B.E.)"), ordering="plan__fiscal_year")
    def year(self, row: Project) -> str:
        return thai_digits(row.plan.fiscal_year)


@admin.register(Activity)
class ActivityAdmin(ReadOnlyAdmin):
    list_display = ["name", "number", "year", "budget"]
    list_select_related = ["project__plan"]
    search_fields = ["name"]
    fields = ["year", "number", "name", "target", "indicator", "threshold", "budget", "result_before"]
    readonly_fields = ["year"]
    ordering = ["-project__plan__fiscal_year", "number"]

    @admin.display(description=_("Fiscal year (B.E.)"), ordering="project__plan__fiscal_year")
    def year(self, row: Activity) -> str:
        return thai_digits(row.project.plan.fiscal_year)


@admin.register(Milestone)
class MilestoneAdmin(ReadOnlyAdmin):
    list_display = ["name", "activity", "due_on", "done_on"]
    list_select_related = ["activity"]
    search_fields = ["name"]
    fields = ["activity", "name", "due_on", "done_on", "done_by"]


@admin.register(BudgetEntry)
class BudgetEntryAdmin(ReadOnlyAdmin):
    """A wrong entry is reversed by an entry of its own, never corrected."""

    list_display = [
        "document_number", "kind", "activity", "amount", "state", "dated_on", "entered_by", "decided_by",
    ]  # fmt: skip
    list_filter = ["state", "kind"]
    list_select_related = ["activity", "entered_by", "decided_by"]
    search_fields = ["document_number"]
    fields = [
        "activity", "to_activity", "kind", "amount", "document_number", "dated_on", "payee", "note", "state",
        "entered_by", "entered_at", "decided_by", "decided_at", "decision_note",
    ]  # fmt: skip
