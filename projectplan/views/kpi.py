"""The page of an indicator, entering its value with evidence, and counting a frozen month anew."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from office.calendar import Period, fiscal_year, fiscal_year_of, month_code, months_of, parse_month
from office.figures import figures
from office.kept_files import hand_out
from office.models import Role, User
from projectplan.dashboard import Span, asked_span, chosen_period, neighbour, plan_for
from projectplan.entering import EnteredMeanwhile, enter
from projectplan.freezing import ChangedMeanwhile, freeze_anew, newest_edition
from projectplan.kpi_figures import KpiReading
from projectplan.kpi_forms import AnewForm, KpiEntryForm
from projectplan.kpi_page import KpiPage, MonthLine, kpi_address
from projectplan.models import FrozenValue, Kpi, KpiEntry, KpiEvidence
from projectplan.subjects import SUBJECTS


def opens_indicators(user: User) -> bool:
    """Whether the page of a single indicator or work is open; who is an administrator alone sees the figures only."""
    return any(user.has_role(role) for role in (Role.OFFICER, Role.HEAD, Role.EXECUTIVE))


def indicators_reader(request: HttpRequest) -> User:
    """Indicators hold no personal data: officers, heads and executives may see them."""
    user = cast(User, request.user)
    if not opens_indicators(user):
        raise PermissionDenied(_("The indicators are open to the people of the office."))
    return user


def _kpi(request: HttpRequest, code: str, year: int) -> Kpi:
    """The indicator of the year's plan, else of the newest there is."""
    plan = plan_for(year)
    return get_object_or_404(Kpi.objects.select_related("plan", "strategy", "parent"), plan=plan, code=code)


@require_GET
def kpi(request: HttpRequest, code: str) -> HttpResponse:
    """One indicator in a month, a quarter or a fiscal year; every number leads to the rows it counts."""
    user, now = indicators_reader(request), timezone.now()
    span = asked_span(request.GET.get("span", ""), Span.YEAR)
    period = chosen_period(span, request.GET.get("at", ""), now)
    found = _kpi(request, code, fiscal_year_of(period.first))
    opens = {subject.subgroup for subject in SUBJECTS if subject.may_read(user)}
    context = {
        "section": "kpis",
        "kpi": found,
        "page": KpiPage(found, list(found.plan.kpis.all()), span, period, now, opens),
        "period_label": period.label(get_language() or "th"),
        "spans": [(Span.MONTH, _("Month")), (Span.QUARTER, _("Quarter")), (Span.YEAR, _("Year"))],
        "span": span,
        "at": month_code(period),
        "before": neighbour(span, period, -1, now),
        "after": neighbour(span, period, +1, now),
        "may_enter": found.measure == Kpi.MANUAL and _may_enter(user),
        "may_correct": user.has_role(Role.HEAD),
        "moment": now,
    }
    return render(request, "projectplan/kpi.html", context)


def _may_enter(user: User) -> bool:
    return user.has_role(Role.OFFICER) or user.has_role(Role.HEAD)


@require_http_methods(["GET", "POST"])
def entry_new(request: HttpRequest, code: str) -> HttpResponseBase:
    """A value with its evidence, entered by an officer or a head; over one that is there, a correction."""
    user, now = indicators_reader(request), timezone.now()
    if not _may_enter(user):
        raise PermissionDenied(_("Officers and section heads enter values."))
    year = fiscal_year_of(chosen_period(Span.MONTH, request.GET.get("at", ""), now).first)
    found = _kpi(request, code, year)
    if found.measure != Kpi.MANUAL:
        raise Http404(_("The system counts this indicator by itself."))
    begun = [one for one in months_of(fiscal_year(found.plan.fiscal_year)) if one.starts_at <= now]
    is_sent = request.method == "POST"
    form = KpiEntryForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        kpi=found,
        months=begun,
        initial={"seen": KpiEntry.objects.filter(kpi=found).count(), "month": request.GET.get("at", "")},
    )
    if is_sent and form.is_valid() and _entered(form, found, user, now):
        messages.success(request, _("The value is entered."))
        return redirect(kpi_address(found, Span.YEAR, fiscal_year(found.plan.fiscal_year)))
    context = {
        "section": "kpis",
        "kpi": found,
        "form": form,
        "back": kpi_address(found, Span.YEAR, fiscal_year(found.plan.fiscal_year)),
    }
    return render(request, "projectplan/kpi_entry.html", context, status=422 if is_sent else 200)


def _entered(form: KpiEntryForm, found: Kpi, user: User, now: Any) -> bool:
    given = form.cleaned_data
    try:
        enter(
            found,
            given["month"],
            given["value"],
            text=given["text"],
            files=given["evidence"],
            reason=given["reason"].strip(),
            seen=given["seen"],
            by=user,
            now=now,
        )
    except EnteredMeanwhile:
        form.add_error(
            None,
            _("Somebody else has entered a value meanwhile. Open the page anew and look at it first."),
        )
        return False
    return True


@require_http_methods(["GET", "POST"])
def anew(request: HttpRequest, code: str, month: str) -> HttpResponseBase:
    """A frozen month counted again as a new edition, by a section head, with a reason."""
    user, now = indicators_reader(request), timezone.now()
    if not user.has_role(Role.HEAD):
        raise PermissionDenied(_("Section heads have a frozen month counted anew."))
    period = frozen_month(month)
    found = _kpi(request, code, fiscal_year_of(period.first))
    editions = list(FrozenValue.objects.of(found).filter(month=period.first).order_by("-edition"))
    if not editions:
        raise Http404(_("This month is not frozen yet."))
    is_sent = request.method == "POST"
    form = AnewForm(request.POST if is_sent else None, initial={"seen": newest_edition(found, period)})
    back = kpi_address(found, Span.YEAR, period)
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
    reading = KpiReading(list(found.plan.kpis.all()), [period], now)
    context = {
        "section": "kpis",
        "of": f"{figures(found.code)} {found.name}",
        "form": form,
        "line": MonthLine(period, reading.figure(found, period), editions),
        "back": back,
    }
    return render(request, "projectplan/kpi_anew.html", context, status=422 if is_sent else 200)


def frozen_month(code: str) -> Period:
    try:
        return parse_month(code)
    except ValueError as wrong:
        raise Http404(_("There is no such month.")) from wrong


@require_GET
def evidence(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A file that an entered value rests on."""
    indicators_reader(request)
    return hand_out(get_object_or_404(KpiEvidence, pk=pk))
