"""The page of a standing work, and counting a frozen month of it anew."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from office.calendar import OFFICE_TZ, fiscal_year, fiscal_year_of, month_code, month_of
from office.models import Role
from projectplan.dashboard import Span, asked_span, chosen_period, neighbour
from projectplan.freezing import ChangedMeanwhile, freeze_anew, newest_edition
from projectplan.kpi_forms import AnewForm
from projectplan.measures import ratios_by_month
from projectplan.models import FrozenValue, Work
from projectplan.subjects import SUBJECTS
from projectplan.views.kpi import frozen_month, indicators_reader
from projectplan.work_page import WorkMonth, WorkPage, work_address


def _work(pk: int) -> Work:
    return get_object_or_404(Work.objects.select_related("plan", "subgroup"), pk=pk)


@require_GET
def work(request: HttpRequest, pk: int) -> HttpResponse:
    """One standing work in a month, a quarter or a fiscal year; every number leads to the rows it counts."""
    user, now = indicators_reader(request), timezone.now()
    found = _work(pk)
    span = asked_span(request.GET.get("span", ""), Span.YEAR)
    year = fiscal_year(found.plan.fiscal_year)
    today = now.astimezone(OFFICE_TZ).date()
    usual = "" if year.contains(today) else month_code(month_of(year.last))
    period = chosen_period(span, request.GET.get("at", "") or usual, now)
    opens = {subject.subgroup for subject in SUBJECTS if subject.may_read(user)}
    context = {
        "section": "kpis",
        "work": found,
        "page": WorkPage(found, span, period, now, opens),
        "period_label": period.label(get_language() or "th"),
        "spans": [(Span.MONTH, _("Month")), (Span.QUARTER, _("Quarter")), (Span.YEAR, _("Year"))],
        "span": span,
        "at": month_code(period),
        "before": neighbour(span, period, -1, now),
        "after": neighbour(span, period, +1, now),
        "may_correct": user.has_role(Role.HEAD),
        "moment": now,
    }
    return render(request, "projectplan/work.html", context)


@require_http_methods(["GET", "POST"])
def anew(request: HttpRequest, pk: int, month: str) -> HttpResponseBase:
    """A frozen month of a work counted again as a new edition, by a section head, with a reason."""
    user, now = indicators_reader(request), timezone.now()
    if not user.has_role(Role.HEAD):
        raise PermissionDenied(_("Section heads have a frozen month counted anew."))
    found, period = _work(pk), frozen_month(month)
    editions = list(FrozenValue.objects.of(found).filter(month=period.first).order_by("-edition"))
    if not editions or fiscal_year_of(period.first) != found.plan.fiscal_year:
        raise Http404(_("This month is not frozen yet."))
    is_sent = request.method == "POST"
    form = AnewForm(request.POST if is_sent else None, initial={"seen": newest_edition(found, period)})
    back = work_address(found, Span.YEAR, period)
    if is_sent and form.is_valid():
        try:
            freeze_anew(found, period, **form.cleaned_data, by=user, now=now)
        except ChangedMeanwhile:
            form.add_error(
                None,
                _("Somebody else has made another edition meanwhile. Open the page anew and look at it."),
            )
        else:
            messages.success(request, _("The new edition stands beside the old one."))
            return redirect(back)
    counted = ratios_by_month([found.measure], [period], now).get(found.measure, {})
    context = {
        "section": "kpis",
        "of": found.name,
        "form": form,
        "line": WorkMonth(found, period, counted.get(period.first), editions),
        "back": back,
    }
    return render(request, "projectplan/kpi_anew.html", context, status=422 if is_sent else 200)
