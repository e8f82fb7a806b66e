"""The page of the project, its budget table as a file, its calendar, and its milestones."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from office.calendar import fiscal_year_of
from office.http import StaffRequest
from office.permissions import is_officer
from office.views.form_page import form_page
from projectplan import gantt
from projectplan.budget import overview
from projectplan.budget_access import enterers_only, may_approve, readers_only
from projectplan.budget_exports import budget_workbook
from projectplan.budget_forms import MilestoneForm
from projectplan.burn_chart import burn_chart
from projectplan.models import Activity, BudgetEntry, Milestone, Project
from projectplan.views.ledger import SECTION, XLSX


def _project(year: int | None) -> Project | None:
    """The project of a fiscal year (B.E.); without one this year's, else the newest."""
    projects = Project.objects.select_related("plan").order_by("-plan__fiscal_year")
    if year:
        found = projects.filter(plan__fiscal_year=year).first()
        if found is None:
            raise Http404
        return found
    this_year = fiscal_year_of(timezone.localdate())
    return projects.filter(plan__fiscal_year=this_year).first() or projects.first()


def _existing(year: int) -> Project:
    found = _project(year)
    assert found is not None  # a year that has none is a 404
    return found


@require_GET
@readers_only
def project(request: StaffRequest, year: int | None = None) -> HttpResponse:
    """The project of a fiscal year: its money by activity, its months, what waits, what must be reached."""
    found, now = _project(year), timezone.now()
    if found is None:
        return render(request, "projectplan/project/none.html", {"section": SECTION})
    today = timezone.localdate(now)
    budget = overview(found, now)
    waiting = (
        BudgetEntry.objects.pending().filter(activity__project=found).select_related("activity", "entered_by")
    )
    milestones = Milestone.objects.filter(activity__project=found).select_related("activity", "done_by")
    years = Project.objects.order_by("-plan__fiscal_year").values_list("plan__fiscal_year", flat=True)
    context = {
        "section": SECTION,
        "project": found,
        "year": found.plan.fiscal_year,
        "years": list(years),
        "budget": budget,
        "rows": [(part, _bar(part)) for part in budget.activities],
        "chart": burn_chart(_("Spending by month against the plan"), budget.months, now),
        "waiting": list(waiting[:20]),
        "milestones": [(one, one.is_late(today)) for one in milestones],
        "may_approve": may_approve.test(request.user),
        "may_plan": is_officer(request.user),
        "moment": now,
    }
    return render(request, "projectplan/project/project.html", context)


def _bar(part: object) -> list[tuple[str, str, str]]:
    """The pieces of a bar: class, where it begins, how long it is, of 100."""
    whole = part.allocated or 1  # type: ignore[attr-defined]
    pieces, start = [], 0.0
    for name in ("paid", "committed", "reserved"):
        length = float(100 * getattr(part, name) / whole)
        pieces.append((name, f"{start:.2f}", f"{length:.2f}"))
        start += length
    return pieces


@require_GET
@readers_only
def budget_xlsx(request: StaffRequest, year: int) -> HttpResponse:
    """The budget table as a file."""
    found = _existing(year)
    response = HttpResponse(budget_workbook(overview(found, timezone.now())), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="budget-{year}.xlsx"'
    response["Cache-Control"] = "private, no-store"
    return response


@readers_only
def calendar(request: StaffRequest, year: int) -> HttpResponse:
    """The months of each activity: to read and print, and for officers to set."""
    found, today = _existing(year), timezone.localdate()
    rows = gantt.rows_of(found, today)
    may_plan = is_officer(request.user)
    if request.method == "POST":
        if not may_plan:
            raise PermissionDenied(_("Entries are written down by officers. Ask one of your subgroup."))
        return _keep_calendar(request, found, rows)
    context = _calendar_context(found, rows, gantt.edition_of(rows), "", may_plan=may_plan)
    return render(request, "projectplan/project/calendar.html", context)


def _keep_calendar(request: StaffRequest, found: Project, rows: list[gantt.Row]) -> HttpResponse:
    today, edition, trouble = timezone.localdate(), request.POST.get("edition", ""), ""
    year = found.plan.fiscal_year
    if gantt.typed_into(rows, request.POST):
        try:
            gantt.keep(found, rows, edition, today)
        except gantt.ChangedMeanwhile:
            trouble = _(
                "Somebody changed the calendar meanwhile. Yours stands below; save again to put it in place."
            )
            edition = gantt.edition_of(gantt.rows_of(found, today))
        else:
            messages.success(request, _("The calendar is saved."))
            return redirect("projectplan:budget_calendar", year)
    context = _calendar_context(found, rows, edition, trouble, may_plan=True)
    return render(request, "projectplan/project/calendar.html", context, status=422)


def _calendar_context(
    found: Project, rows: list[gantt.Row], edition: str, trouble: str, *, may_plan: bool
) -> dict[str, object]:
    return {
        "section": SECTION,
        "project": found,
        "year": found.plan.fiscal_year,
        "rows": rows,
        "months": [cell.month for cell in rows[0].cells] if rows else [],
        "edition": edition,
        "trouble": trouble,
        "has_faults": bool(trouble) or any(row.fault for row in rows),
        "may_plan": may_plan,
    }


@enterers_only
def milestone_new(request: StaffRequest, pk: int) -> HttpResponse:
    """A milestone of an activity is written down."""
    activity = get_object_or_404(Activity, pk=pk)
    form = MilestoneForm(request.POST or None, instance=Milestone(activity=activity))
    back = reverse("projectplan:budget_activity", args=[pk])
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The milestone is written down."))
        return redirect(back)
    heading = _("New milestone")
    return form_page(request, form, heading=f"{heading} · {activity}", back=back, section=SECTION)


@require_POST
@enterers_only
def milestone_done(request: StaffRequest, pk: int) -> HttpResponse:
    """A milestone is reached today; a second click changes nothing."""
    found = get_object_or_404(Milestone, pk=pk)
    Milestone.objects.filter(pk=pk, done_on=None).update(done_on=timezone.localdate(), done_by=request.user)
    messages.success(request, _("“%(name)s” is reached.") % {"name": found.name})
    return redirect("projectplan:budget_activity", found.activity_id)
