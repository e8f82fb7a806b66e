"""The reports: which there are, a period's figures as they stand, issuing one, taking it along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from django.conf import settings
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
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods

from office.calendar import OFFICE_TZ, Period, fiscal_year, fiscal_year_of, months_back, months_of
from office.figures import percent_text
from office.models import Download, Report, User
from office.reporting import (
    FIRST_FISCAL_YEAR,
    PeriodError,
    Subject,
    code_of,
    is_month,
    period_of,
    period_words,
)
from office.tallies import Counts
from office.views.documents import word_response
from office.word import render_word
from projectplan import issuing
from projectplan.books import Book
from projectplan.forms import IssueForm
from projectplan.subjects import SUBJECTS, document_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _subject(request: HttpRequest, kind: str) -> Subject:
    """What a kind of report is about, for a person who may read it; others are told whom to ask."""
    subject = _document(request, kind)
    if isinstance(subject, Book):
        raise Http404(_("There is no such report."))
    return subject


def _document(request: HttpRequest, kind: str) -> Subject | Book:
    """The same of every kind that is issued, books among them."""
    try:
        document = document_of(kind)
    except LookupError as unknown:
        raise Http404(_("There is no such report.")) from unknown
    if not document.may_read(request.user):
        raise PermissionDenied(str(document.closed_to_others))
    return document


def _asked(request: HttpRequest, kind: str, code: str, now: datetime) -> tuple[Subject, Period]:
    """The subject and the period of an address."""
    subject = _subject(request, kind)
    try:
        return subject, period_of(kind, code, now)
    except PeriodError as wrong:
        raise Http404(str(wrong)) from wrong


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


@dataclass(frozen=True)
class SubjectRows:
    """The reports of one subject, the newest month first, the annual one above them."""

    subject: Subject
    rows: Sequence[PeriodRow]
    may_issue: bool


@require_GET
def report_list(request: HttpRequest) -> HttpResponseBase:
    """A fiscal year's reports on what this person may read about."""
    now = timezone.now()
    readable = [subject for subject in SUBJECTS if subject.may_read(request.user)]
    if not readable:
        raise PermissionDenied(
            _("The reports are open to the subgroup that carries the matters and to the executives.")
        )
    current = fiscal_year_of(now.astimezone(OFFICE_TZ).date())
    asked = request.GET.get("fiscal_year", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else current
    if not FIRST_FISCAL_YEAR <= number <= current:
        raise Http404(_("There are no reports of that year."))
    newest = _newest_editions(fiscal_year(number))
    context = {
        "section": "reports",
        "fiscal_year": number,
        "subjects": [
            SubjectRows(
                subject,
                _period_rows(subject, fiscal_year(number), newest, now),
                subject.may_issue(request.user),
            )
            for subject in readable
        ],
        "year_before": number - 1 if number > FIRST_FISCAL_YEAR else None,
        "year_after": number + 1 if number < current else None,
        "moment": now,
    }
    return render(request, "reports/list.html", context)


def _newest_editions(year: Period) -> dict[tuple[str, date], Report]:
    editions = Report.objects.filter(first__gte=year.first, last__lte=year.last).order_by("edition")
    return {(report.kind, report.first): report for report in editions}


def _period_rows(
    subject: Subject, year: Period, newest: dict[tuple[str, date], Report], now: datetime
) -> list[PeriodRow]:
    begun = [month for month in months_of(year) if month.starts_at <= now]
    counts = subject.counts(begun, now)
    lines = [
        (subject.annual, year, sum(counts, Counts())),
        *((subject.monthly, *pair) for pair in zip(begun, counts, strict=True)),
    ]
    rows = [
        PeriodRow(
            kind=kind.value,
            code=code_of(period),
            period=period,
            counts=period_counts,
            is_over=now >= period.ends_at,
            report=newest.get((kind, period.first)),
        )
        for kind, period, period_counts in lines
    ]
    return [rows[0], *reversed(rows[1:])]


# ── One period ──────────────────────────────────────────────────────────────────────────────


@require_GET
def period(request: HttpRequest, kind: str, code: str) -> HttpResponseBase:
    """The report of a month or year with its figures of this moment; every number leads to the rows it counts."""
    now = timezone.now()
    subject, chosen = _asked(request, kind, code, now)
    figures = subject.content(chosen, now)
    editions = list(Report.objects.filter(kind=kind, first=chosen.first).select_related("asked_by"))
    newest = max(editions, key=lambda one: one.edition, default=None)
    context: dict[str, Any] = {
        "section": "reports",
        "subject": subject,
        "kind": kind,
        "code": code,
        "content": figures,
        "period_words": period_words(chosen),
        "report": newest,
        "issued": [
            (one, default_storage.exists(one.source_path))
            for one in editions
            if one.state == Report.State.ISSUED
        ],
        "may_issue": subject.may_issue(request.user),
        "fiscal_year": fiscal_year_of(chosen.first),
        "before": _neighbour(chosen, -1, now),
        "after": _neighbour(chosen, +1, now),
    }
    return render(request, subject.template, context | subject.page(figures))


def _neighbour(chosen: Period, direction: int, now: datetime) -> str:
    """The code of the period before (-1) or after (+1); empty where there is nothing to show."""
    if not is_month(chosen):
        near = fiscal_year(fiscal_year_of(chosen.first) + direction)
    elif direction < 0:
        near = months_back(chosen, 2)[0]
    else:
        near = months_of(Period(chosen.first, chosen.ends_at.date()))[-1]
    is_kept = fiscal_year_of(near.first) >= FIRST_FISCAL_YEAR and near.starts_at <= now
    return code_of(near) if is_kept else ""


# ── Issuing ─────────────────────────────────────────────────────────────────────────────────


@require_http_methods(["GET", "POST"])
def issue(request: HttpRequest, kind: str, code: str) -> HttpResponseBase:
    """Ask for the report of a period; a worker makes it. A new edition of an issued one needs a reason."""
    user = cast(User, request.user)
    now = timezone.now()
    subject, chosen = _asked(request, kind, code, now)
    if not subject.may_issue(user):
        raise PermissionDenied(_("Officers and the head of the subgroup issue its reports."))
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
        "subject": subject,
        "kind": kind,
        "code": code,
        "form": form,
        "newest": newest,
        "period_words": period_words(chosen),
        "is_over": now >= chosen.ends_at,
    }
    return render(request, "reports/issue.html", context)


@require_GET
def status(request: HttpRequest, pk: int) -> HttpResponseBase:
    """How far the making of an edition is; the page asks again until it is issued or has failed."""
    report = get_object_or_404(Report, pk=pk)
    subject = _document(request, report.kind)
    context = {
        "report": report,
        "kind": report.kind,
        "code": code_of(report.period),
        "may_issue": subject.may_issue(request.user),
        "is_book": isinstance(subject, Book),
    }
    return render(request, "reports/state.html", context)


# ── Taking it along ─────────────────────────────────────────────────────────────────────────


@require_GET
def pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The PDF of an issued edition; who took a copy is written down."""
    report = get_object_or_404(Report, pk=pk, state=Report.State.ISSUED)
    _document(request, report.kind)
    Download.objects.create(report=report, user=cast(User, request.user), at=timezone.now())
    name = f"{report.kind}-{code_of(report.period)}-{report.edition}.pdf"
    response = FileResponse(default_storage.open(report.path), filename=name, content_type="application/pdf")
    response["Cache-Control"] = "private, no-store"
    return response


@require_GET
def edition_word(request: HttpRequest, pk: int) -> HttpResponseBase:
    """An issued edition as a Word file, from the very document of its PDF; who took a copy is written down.

    An edition from the time before these were kept has none, and a book is a PDF with its tables.
    """
    report = get_object_or_404(Report, pk=pk, state=Report.State.ISSUED)
    subject = _document(request, report.kind)
    if isinstance(subject, Book) or not default_storage.exists(report.source_path):
        raise Http404(_("This edition has no Word file."))
    with default_storage.open(report.source_path) as kept:
        html = kept.read().decode()
    Download.objects.create(report=report, user=cast(User, request.user), at=timezone.now())
    name = f"{report.kind}-{code_of(report.period)}-{report.edition}.docx"
    with override(settings.LANGUAGE_CODE):
        return word_response(render_word(html, title=subject.title(report.period)), name)


@require_GET
def xlsx(request: HttpRequest, kind: str, code: str) -> HttpResponseBase:
    """The figures of this moment as a workbook."""
    now = timezone.now()
    subject, chosen = _asked(request, kind, code, now)
    workbook = subject.figures_xlsx(subject.content(chosen, now))
    return attached(HttpResponse(workbook, content_type=XLSX), f"{kind}-{code}.xlsx")


@require_GET
def word(request: HttpRequest, kind: str, code: str) -> HttpResponseBase:
    """The report of this moment as a Word file: a draft of no edition, to be finished there."""
    now = timezone.now()
    subject, chosen = _asked(request, kind, code, now)
    draft = Report(kind=kind, first=chosen.first, last=chosen.last, asked_by=cast(User, request.user))
    with override(settings.LANGUAGE_CODE):  # as the edition will be
        html = subject.paper(draft, subject.content(chosen, now))
        title = subject.title(chosen)
        name = " ".join([_("Draft"), title])
    return word_response(render_word(html, title=title), f"{name}.docx")


@require_GET
def csv(request: HttpRequest, kind: str, code: str) -> HttpResponseBase:
    """The figures of this moment as one table."""
    now = timezone.now()
    subject, chosen = _asked(request, kind, code, now)
    lines = subject.figures_csv(subject.content(chosen, now))
    return attached(
        StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8"), f"{kind}-{code}.csv"
    )


@require_GET
def matters(request: HttpRequest, kind: str, code: str) -> HttpResponseBase:
    """The matters of the period that this person may see, without anything about persons."""
    now = timezone.now()
    subject, chosen = _asked(request, kind, code, now)
    lines = subject.matters_csv(cast(User, request.user), chosen, now)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    return attached(response, f"{kind}-{code}-matters.csv")


def attached(response: HttpResponseBase, name: str) -> HttpResponseBase:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
