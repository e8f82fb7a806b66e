"""The books of a fiscal year: which there are, asking for an edition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from office.calendar import OFFICE_TZ, fiscal_year, fiscal_year_of
from office.models import Report, User
from office.reporting import FIRST_FISCAL_YEAR, PeriodError, period_of
from projectplan import issuing
from projectplan.books import BOOKS, Book
from projectplan.forms import IssueForm
from projectplan.models import Plan


@dataclass(frozen=True)
class BookRow:
    """A book of the year with its newest edition; `missing` says what it cannot be made without."""

    book: Book
    report: Report | None
    missing: str


@require_GET
def books(request: HttpRequest) -> HttpResponse:
    """The books of a fiscal year."""
    user, now = cast(User, request.user), timezone.now()
    if not user.roles:
        raise PermissionDenied(_("The books are open to the people of the office."))
    current = fiscal_year_of(now.astimezone(OFFICE_TZ).date())
    asked = request.GET.get("fiscal_year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else current
    if not FIRST_FISCAL_YEAR <= year <= current + 1:
        raise Http404(_("There are no books of that year."))
    first = fiscal_year(year).first
    editions = Report.objects.filter(kind__in=[book.kind for book in BOOKS], first=first)
    newest = {one.kind: one for one in editions.order_by("edition")}
    plan = Plan.objects.filter(fiscal_year=year).select_related("project").first()
    context = {
        "section": "books",
        "fiscal_year": year,
        "rows": [BookRow(book, newest.get(book.kind), _missing(book, plan)) for book in BOOKS],
        "may_issue": any(book.may_issue(user) for book in BOOKS) and fiscal_year(year).starts_at <= now,
        "year_before": year - 1 if year > FIRST_FISCAL_YEAR else None,
        "year_after": year + 1 if year <= current else None,
    }
    return render(request, "reports/books.html", context)


def _missing(book: Book, plan: Plan | None) -> str:
    if book.kind == Report.Kind.ACTION_PLAN and plan is None:
        return _("The year has no plan yet.")
    if book.kind == Report.Kind.PROJECT_REPORT and (plan is None or not hasattr(plan, "project")):
        return _("The year has no project in the system.")
    return ""


@require_http_methods(["GET", "POST"])
def issue(request: HttpRequest, kind: str, year: str) -> HttpResponseBase:
    """Ask for a book; a worker makes it. A new edition of an issued one needs a reason."""
    user, now = cast(User, request.user), timezone.now()
    book = next((one for one in BOOKS if one.kind == kind), None)
    if book is None:
        raise Http404(_("There is no such book."))
    if not book.may_issue(user):
        raise PermissionDenied(_("Section heads and executives issue the books."))
    try:
        period = period_of(kind, year, now)
    except PeriodError as wrong:
        raise Http404(str(wrong)) from wrong
    newest = Report.objects.filter(kind=kind, first=period.first).order_by("-edition").first()
    sent = request.POST if request.method == "POST" else None
    form = IssueForm(sent, is_first=newest is None or newest.state != Report.State.ISSUED)
    if form.is_valid():
        reason = form.cleaned_data.get("reason", "")
        try:
            issuing.ask_for(kind, period, by=user, now=now, reason=reason)
        except issuing.ReasonNeeded as needed:
            messages.warning(request, " ".join(needed.messages))
            return redirect("reports:book_issue", kind, year)
        messages.success(request, _("The book is being made; it stands here as soon as it is ready."))
        return redirect(f"{reverse('reports:books')}?fiscal_year={fiscal_year_of(period.first)}")
    context = {
        "section": "books",
        "book": book,
        "title": book.title(period),
        "form": form,
        "newest": newest,
        "year": year,
        "is_over": now >= period.ends_at,
    }
    return render(request, "reports/book_issue.html", context, status=422 if form.is_bound else 200)
