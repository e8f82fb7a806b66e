"""The books of a fiscal year: which there are, the editions of one, asking for another, its tables as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from office.calendar import OFFICE_TZ, Period, fiscal_year, fiscal_year_of
from office.models import Download, Report, User
from office.reporting import FIRST_FISCAL_YEAR, PeriodError, code_of, has_begun, period_of, period_words
from projectplan import issuing
from projectplan.books import BOOKS, Book
from projectplan.forms import IssueForm
from projectplan.models import Plan
from projectplan.views.reports import XLSX, attached


@dataclass(frozen=True)
class PeriodLine:
    """A period of a book with its newest edition, and whether this person may ask for one."""

    book: Book
    period: Period
    report: Report | None
    may_issue: bool

    @property
    def code(self) -> str:
        return code_of(self.period)

    @property
    def label(self) -> str:
        """Named apart only where the year has several."""
        return self.book.part_of_year(self.period)


@dataclass(frozen=True)
class BookRow:
    """A book of the year, period by period; `missing` says what it cannot be made without."""

    book: Book
    lines: Sequence[PeriodLine]
    missing: str


def _reader(request: HttpRequest) -> User:
    """Whoever asks, when they belong to the office; raises PermissionDenied."""
    user = cast(User, request.user)
    if not user.roles:
        raise PermissionDenied(_("The books are open to the people of the office."))
    return user


@require_GET
def books(request: HttpRequest) -> HttpResponse:
    """The books of a fiscal year."""
    user, now = _reader(request), timezone.now()
    current = fiscal_year_of(now.astimezone(OFFICE_TZ).date())
    asked = request.GET.get("fiscal_year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else current
    if not FIRST_FISCAL_YEAR <= year <= current + 1:
        raise Http404(_("There are no books of that year."))
    context = {
        "section": "books",
        "fiscal_year": year,
        "rows": _rows(year, user, now),
        "year_before": year - 1 if year > FIRST_FISCAL_YEAR else None,
        "year_after": year + 1 if year <= current else None,
    }
    return render(request, "reports/books.html", context)


def _rows(year: int, user: User, now: datetime) -> list[BookRow]:
    whole = fiscal_year(year)
    kinds = [book.kind for book in BOOKS]
    editions = Report.objects.filter(kind__in=kinds, first__range=(whole.first, whole.last))
    newest = {(one.kind, one.first): one for one in editions.order_by("edition")}
    plan = Plan.objects.filter(fiscal_year=year).select_related("project").first()
    has_any_plan = plan is not None or Plan.objects.exists()
    rows = []
    for book in BOOKS:
        missing = _missing(book, plan, has_any_plan)
        lines = []
        for period in book.periods_of(year):
            report = newest.get((book.kind, period.first))
            is_free = not missing and not (report and report.is_being_made)
            may_issue = is_free and book.may_issue(user) and has_begun(book.kind, period, now)
            lines.append(PeriodLine(book, period, report, may_issue))
        rows.append(BookRow(book, lines, missing))
    return rows


def _missing(book: Book, plan: Plan | None, has_any_plan: bool) -> str:
    if book.kind == Report.Kind.ACTION_PLAN and plan is None:
        return _("The year has no plan yet.")
    if book.kind == Report.Kind.KPI_QUARTERLY and not has_any_plan:
        return _("The year has no plan yet.")
    if book.kind == Report.Kind.PROJECT_REPORT and (plan is None or not hasattr(plan, "project")):
        return _("The year has no project in the system.")
    return ""


def _asked(kind: str, code: str, now: datetime) -> tuple[Book, Period]:
    """The book and the period of an address."""
    found = next((one for one in BOOKS if one.kind == kind), None)
    if found is None:
        raise Http404(_("There is no such book."))
    try:
        return found, period_of(kind, code, now)
    except PeriodError as wrong:
        raise Http404(str(wrong)) from wrong


@require_GET
def book(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """A book of a period: its editions, each with its paper and its tables, and the one that is being made."""
    user, now = _reader(request), timezone.now()
    chosen, period = _asked(kind, code, now)
    editions = list(
        Report.objects.filter(kind=kind, first=period.first).select_related("asked_by").order_by("-edition")
    )
    newest = editions[0] if editions else None
    context = {
        "section": "books",
        "book": chosen,
        "title": chosen.title(period),
        "period_words": period_words(period),
        "kind": kind,
        "code": code_of(period),
        "fiscal_year": fiscal_year_of(period.first),
        "report": newest,
        "issued": [one for one in editions if one.state == Report.State.ISSUED],
        "may_issue": chosen.may_issue(user),
        "is_over": now >= period.ends_at,
    }
    return render(request, "reports/book.html", context)


@require_http_methods(["GET", "POST"])
def issue(request: HttpRequest, kind: str, code: str) -> HttpResponseBase:
    """Ask for a book; a worker makes it. A new edition of an issued one needs a reason."""
    user, now = cast(User, request.user), timezone.now()
    chosen, period = _asked(kind, code, now)
    if not chosen.may_issue(user):
        raise PermissionDenied(_("Section heads and executives issue the books."))
    newest = Report.objects.filter(kind=kind, first=period.first).order_by("-edition").first()
    sent = request.POST if request.method == "POST" else None
    form = IssueForm(sent, is_first=newest is None or newest.state != Report.State.ISSUED)
    if form.is_valid():
        reason = form.cleaned_data.get("reason", "")
        try:
            issuing.ask_for(kind, period, by=user, now=now, reason=reason)
        except issuing.ReasonNeeded as needed:
            messages.warning(request, " ".join(needed.messages))
            return redirect("reports:book_issue", kind, code)
        messages.success(request, _("The book is being made; it stands here as soon as it is ready."))
        return redirect("reports:book", kind, code_of(period))
    context = {
        "section": "books",
        "book": chosen,
        "title": chosen.title(period),
        "form": form,
        "newest": newest,
        "kind": kind,
        "code": code_of(period),
        "is_over": now >= period.ends_at,
    }
    return render(request, "reports/book_issue.html", context, status=422 if form.is_bound else 200)


@require_GET
def tables(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The tables of an issued edition as a workbook; who took a copy is written down."""
    user = _reader(request)
    of_books = Report.objects.filter(kind__in=[one.kind for one in BOOKS], state=Report.State.ISSUED)
    report = get_object_or_404(of_books, pk=pk)
    chosen, period = next(one for one in BOOKS if one.kind == report.kind), report.period
    Download.objects.create(report=report, user=user, at=timezone.now())
    name = f"{report.kind}-{code_of(period)}-{report.edition}.xlsx"
    return attached(HttpResponse(chosen.workbook(report), content_type=XLSX), name)
