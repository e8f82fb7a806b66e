"""The reports on petitions: which there are, a period's figures as they stand, issuing one, taking it along."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from complaints import issuing, tallies
from complaints.forms.reports import IssueForm
from complaints.models import Petition
from complaints.permissions import may_issue_reports, may_read_reports
from complaints.report_exports import figures_csv, figures_xlsx, matters_csv
from complaints.report_tables import (
    percent_text,
    period_query,
    period_words,
    related_table,
    tables,
    total_row,
    trend_table,
)
from complaints.reports import category_chart, content, trend_chart
from complaints.tallies import Counts
from office.calendar import OFFICE_TZ, Period, fiscal_year, fiscal_year_of, months_back, months_of
from office.models import Download, Report, User
from office.models.matter import matters_visible_to

MONTHLY, ANNUAL = issuing.MONTHLY, issuing.ANNUAL
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

View = Callable[..., HttpResponseBase]


def for_readers(view: View) -> View:
    """Only for those who may read the reports; others are told whom to ask."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_read_reports(request.user):
            raise PermissionDenied(
                _(
                    "The reports on petitions are open to the subgroup that carries them and to the executives."
                )
            )
        return view(request, *args, **kwargs)

    return guarded


# ── Which reports there are ─────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class PeriodRow:
    """One line of the list: a month or the year, its figures now, and its newest edition if there is one."""

    kind: str
    code: str
    period: Period
    counts: Counts
    is_over: bool
    report: Report | None

    @property
    def percent(self) -> str:
        return percent_text(self.counts.ratio.percent)


@require_GET
@for_readers
def report_list(request: HttpRequest) -> HttpResponseBase:
    """A fiscal year's reports, the newest month first, the annual one above them."""
    now = timezone.now()
    current = fiscal_year_of(now.astimezone(OFFICE_TZ).date())
    asked = request.GET.get("fiscal_year", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else current
    if not issuing.FIRST_FISCAL_YEAR <= number <= current:
        raise Http404(_("There are no reports of that year."))
    context = {
        "section": "reports",
        "fiscal_year": number,
        "rows": _period_rows(fiscal_year(number), now),
        "year_before": number - 1 if number > issuing.FIRST_FISCAL_YEAR else None,
        "year_after": number + 1 if number < current else None,
        "may_issue": may_issue_reports(request.user),
        "moment": now,
    }
    return render(request, "complaints/reports.html", context)


def _period_rows(year: Period, now: datetime) -> list[PeriodRow]:
    begun = [month for month in months_of(year) if month.starts_at <= now]
    counts = tallies.by_month(tallies.read(begun, [], now), begun)
    newest: dict[tuple[str, Any], Report] = {}
    for report in Report.objects.filter(first__gte=year.first, last__lte=year.last).order_by("edition"):
        newest[report.kind, report.first] = report
    lines = [
        (ANNUAL, year, sum(counts, Counts())),
        *((MONTHLY, *pair) for pair in zip(begun, counts, strict=True)),
    ]
    rows = [
        PeriodRow(
            kind=kind.value,
            code=issuing.code_of(period),
            period=period,
            counts=period_counts,
            is_over=now >= period.ends_at,
            report=newest.get((kind, period.first)),
        )
        for kind, period, period_counts in lines
    ]
    return [rows[0], *reversed(rows[1:])]


# ── One period ──────────────────────────────────────────────────────────────────────────────


def _period(kind: str, code: str, now: datetime) -> Period:
    if kind not in Report.Kind.values:
        raise Http404(_("There is no such report."))
    try:
        return issuing.period_of(kind, code, now)
    except issuing.PeriodError as wrong:
        raise Http404(str(wrong)) from wrong


@require_GET
@for_readers
def period(request: HttpRequest, kind: str, code: str) -> HttpResponseBase:
    """The report of a month or year with its figures of this moment; every number leads to the rows it counts."""
    now = timezone.now()
    chosen = _period(kind, code, now)
    figures = content(chosen, now)
    editions = list(Report.objects.filter(kind=kind, first=chosen.first).select_related("asked_by"))
    newest = max(editions, key=lambda one: one.edition, default=None)
    context = {
        "section": "reports",
        "kind": kind,
        "code": code,
        "content": figures,
        "period_words": period_words(chosen),
        "percent": percent_text(figures.total.ratio.percent),
        "percent_before": percent_text(figures.before.ratio.percent) if figures.before else "",
        "fewer": -figures.difference,
        "total": total_row(figures),
        "tables": tables(figures),
        "trend": trend_table(figures),
        "related": related_table(figures),
        "related_register": reverse("complaints:related_list"),
        "map_query": urlencode(period_query(chosen)),
        "category_chart": category_chart(figures),
        "trend_chart": trend_chart(figures),
        "register": reverse("complaints:petitions"),
        "report": newest,
        "issued": [one for one in editions if one.state == Report.State.ISSUED],
        "may_issue": may_issue_reports(request.user),
        "fiscal_year": fiscal_year_of(chosen.first),
        "before": _neighbour(kind, chosen, -1, now),
        "after": _neighbour(kind, chosen, +1, now),
    }
    return render(request, "complaints/report.html", context)


def _neighbour(kind: str, chosen: Period, direction: int, now: datetime) -> str:
    """The code of the period before (-1) or after (+1); empty where there is nothing to show."""
    if kind == ANNUAL:
        near = fiscal_year(fiscal_year_of(chosen.first) + direction)
    elif direction < 0:
        near = months_back(chosen, 2)[0]
    else:
        near = months_of(Period(chosen.first, chosen.ends_at.date()))[-1]
    is_kept = fiscal_year_of(near.first) >= issuing.FIRST_FISCAL_YEAR and near.starts_at <= now
    return issuing.code_of(near) if is_kept else ""


# ── Issuing ─────────────────────────────────────────────────────────────────────────────────


@require_http_methods(["GET", "POST"])
@for_readers
def issue(request: HttpRequest, kind: str, code: str) -> HttpResponseBase:
    """Ask for the report of a period; a worker makes it. A new edition of an issued one needs a reason."""
    user = cast(User, request.user)
    if not may_issue_reports(user):
        raise PermissionDenied(_("Officers and the head of the petitions subgroup issue its reports."))
    now = timezone.now()
    chosen = _period(kind, code, now)
    newest = Report.objects.filter(kind=kind, first=chosen.first).order_by("-edition").first()
    sent = request.POST if request.method == "POST" else None
    form = IssueForm(sent, is_first=newest is None or newest.state != Report.State.ISSUED)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data.get("reason", "")
        try:
            issuing.ask_for(kind, chosen, by=user, now=now, reason=reason)
        except issuing.ReasonNeeded as needed:
            messages.warning(request, " ".join(needed.messages))
            return redirect("reports:issue", kind, code)
        messages.success(request, _("The report is being made; it stands here as soon as it is ready."))
        return redirect("reports:period", kind, code)
    context = {
        "section": "reports",
        "kind": kind,
        "code": code,
        "form": form,
        "newest": newest,
        "period_words": period_words(chosen),
        "is_over": now >= chosen.ends_at,
    }
    return render(request, "complaints/report_issue.html", context)


@require_GET
@for_readers
def status(request: HttpRequest, pk: int) -> HttpResponseBase:
    """How far the making of an edition is; the page asks again until it is issued or has failed."""
    report = get_object_or_404(Report, pk=pk)
    context = {
        "report": report,
        "kind": report.kind,
        "code": issuing.code_of(report.period),
        "may_issue": may_issue_reports(request.user),
    }
    return render(request, "complaints/report_state.html", context)


# ── Taking it along ─────────────────────────────────────────────────────────────────────────


@require_GET
@for_readers
def pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The PDF of an issued edition; who took a copy is written down."""
    report = get_object_or_404(Report, pk=pk, state=Report.State.ISSUED)
    Download.objects.create(report=report, user=cast(User, request.user), at=timezone.now())
    name = f"{report.kind}-{issuing.code_of(report.period)}-{report.edition}.pdf"
    response = FileResponse(default_storage.open(report.path), filename=name, content_type="application/pdf")
    response["Cache-Control"] = "private, no-store"
    return response


@require_GET
@for_readers
def xlsx(request: HttpRequest, kind: str, code: str) -> HttpResponseBase:
    """The figures of this moment as a workbook."""
    now = timezone.now()
    workbook = figures_xlsx(content(_period(kind, code, now), now))
    return _attached(HttpResponse(workbook, content_type=XLSX), f"{kind}-{code}.xlsx")


@require_GET
@for_readers
def csv(request: HttpRequest, kind: str, code: str) -> HttpResponseBase:
    """The figures of this moment as one table."""
    now = timezone.now()
    lines = figures_csv(content(_period(kind, code, now), now))
    return _attached(
        StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8"), f"{kind}-{code}.csv"
    )


@require_GET
@for_readers
def matters(request: HttpRequest, kind: str, code: str) -> HttpResponseBase:
    """The petitions of the period that this person may see, without anything about persons."""
    now = timezone.now()
    months = [month.first for month in months_of(_period(kind, code, now))]
    rows = Petition.objects.filter(matters_visible_to(cast(User, request.user)), month__in=months)
    response = StreamingHttpResponse(matters_csv(rows, now), content_type="text/csv; charset=utf-8")
    return _attached(response, f"{kind}-{code}-matters.csv")


def _attached(response: HttpResponseBase, name: str) -> HttpResponseBase:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
