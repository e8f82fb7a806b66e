"""The counter's book: who came, about what, what they were told; printed, and made into a petition."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from complaints.access import record_visit_access
from complaints.follow import parse_number
from complaints.forms.visit import VisitFilterForm, VisitForm
from complaints.models import Visit
from complaints.models.visit import VisitQuerySet
from complaints.permissions import carries_petitions
from complaints.taken_along import visit_file
from complaints.visit_paper import slip_context
from complaints.visit_paper import slip_pdf as paper_of
from office import seals
from office.http import StaffRequest
from office.list_export import ASKED, asks_for_file, list_file
from office.lists import Order, capped_count, count_label, page_of
from office.models import Role

NEWEST: Final = Order("came_at", descending=True)
WORDS: Final = "visits"
"""Purpose of the seal under which searched words, which may be a name, stand in an address."""

View = Callable[..., HttpResponseBase]


def for_the_counter(view: View) -> View:
    """Only for those who carry petitions; others are told whom to ask."""

    @wraps(view)
    def guarded(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not carries_petitions.test(request.user):
            raise PermissionDenied(
                _("Visits are recorded by the officers of the petitions subgroup. Send the visitor to them.")
            )
        return view(request, *args, **kwargs)

    return guarded


# ── The book ────────────────────────────────────────────────────────────────────────────────


@sensitive_post_parameters("text")
@sensitive_variables("typed")
@for_the_counter
def visits(request: StaffRequest) -> HttpResponseBase:
    """The newest first; names and telephone numbers are not in it. What narrows it is posted, words travel sealed."""
    if request.method == "POST":
        return redirect(_address(request.POST))
    typed = request.GET.copy()
    typed["text"] = _unsealed(request.GET.get("s", ""))
    form = VisitFilterForm(typed, today=timezone.localdate())
    rows = _narrowed(form) if form.is_valid() else Visit.objects.none()
    if kind := asks_for_file(request.GET):
        return list_file(request, visit_file(rows), kind)
    count = capped_count(rows)
    shown = rows.select_related("received_by", "category", "petition")
    page = page_of(shown, NEWEST, after=request.GET.get("after", ""), upto=request.GET.get("upto", ""))
    context = {
        "section": "visits",
        "form": form,
        "page": page,
        "count": count_label(count),
        "is_narrowed": form.is_valid() and any(form.cleaned_data.values()),
        "next_link": _link(request.GET, after=page.next_cursor) if page.next_cursor else "",
        "query": _link(request.GET),
        "back_link": _link(request.GET, upto=page.back_cursor) if page.back_cursor else "",
    }
    return render(request, "complaints/visits.html", context, status=200 if form.is_valid() else 422)


def _narrowed(form: VisitFilterForm) -> VisitQuerySet:
    rows, given = Visit.objects.all(), form.cleaned_data
    if period := form.period():
        rows = rows.between(*period)
    if given["officer"]:
        rows = rows.filter(received_by=given["officer"])
    if given["category"]:
        rows = rows.under(given["category"])
    if given["way"]:
        rows = rows.filter(way=given["way"])
    if number := parse_number(given["text"]):
        rows = rows.filter(number=number[0], year=number[1])
    elif given["text"]:
        rows = rows.filter(Q(subject__icontains=given["text"]) | Q(advice__icontains=given["text"]))
    return rows


def _address(typed: QueryDict) -> str:
    given = {name: typed.get(name, "") for name in ("day", "month", "officer", "category", "way")}
    if words := typed.get("text", "").strip():
        given["s"] = seals.encrypt(words, purpose=WORDS)
    return f"{reverse('complaints:visits')}?{urlencode({name: text for name, text in given.items() if text})}"


def _unsealed(sealed: str) -> str:
    try:
        return seals.decrypt(sealed, purpose=WORDS) if sealed else ""
    except ValueError:
        return ""


def _link(query: QueryDict, **cursor: str) -> str:
    kept = {name: text for name, text in query.items() if name not in ("after", "upto", ASKED)}
    return urlencode(kept | cursor)


# ── One entry ───────────────────────────────────────────────────────────────────────────────


@for_the_counter
def new(request: StaffRequest) -> HttpResponse:
    """Record a visit: two fields and Ctrl+Enter are enough."""
    now = timezone.now()
    form = VisitForm(request.POST or None, now=now)
    if form.is_valid():
        written = form.written(request.user).register()
        messages.success(request, _("Recorded as %(number)s.") % {"number": written.label})
        return redirect(written)
    status = 422 if form.is_bound else 200
    return render(request, "complaints/visit_form.html", {"form": form, "section": "visits"}, status=status)


def _found(request: StaffRequest, pk: int) -> Visit:
    rows = Visit.objects.visible_to(request.user).select_related(
        "received_by", "province", "category__parent", "petition"
    )
    return get_object_or_404(rows, pk=pk)


def _may_correct(request: StaffRequest, visit: Visit) -> bool:
    """Whoever recorded it, and the head."""
    return visit.received_by_id == request.user.pk or request.user.has_role(Role.HEAD)


@require_GET
@for_the_counter
def visit(request: StaffRequest, pk: int) -> HttpResponse:
    """One entry; who came stays closed until it is asked for."""
    found = _found(request, pk)
    context = {"section": "visits", "visit": found, "may_correct": _may_correct(request, found)}
    return render(request, "complaints/visit.html", context)


@for_the_counter
def correct(request: StaffRequest, pk: int) -> HttpResponse:
    """Put right what was written in haste; the trail keeps what it was. The form shows who came, which is a look."""
    found = _found(request, pk)
    if not _may_correct(request, found):
        raise PermissionDenied(_("A visit is corrected by whoever recorded it, or by the head."))
    form = VisitForm(request.POST or None, now=timezone.now(), visit=found)
    if form.is_valid():
        form.written(request.user).save()
        messages.success(request, _("Corrected."))
        return redirect(found)
    if not form.is_bound and found.has_person:
        record_visit_access(request.user, found)
    context = {"form": form, "section": "visits", "visit": found}
    return render(request, "complaints/visit_form.html", context, status=422 if form.is_bound else 200)


@require_POST
@for_the_counter
def person(request: StaffRequest, pk: int) -> HttpResponse:
    """Open name and telephone number: a deliberate act, written into the trail."""
    found = _found(request, pk)
    record_visit_access(request.user, found)
    context = {"visit": found, "section": "visits"}
    partial = bool(request.htmx)
    return render(
        request, "complaints/visit_person_card.html" if partial else "complaints/visit_person.html", context
    )


# ── On paper ────────────────────────────────────────────────────────────────────────────────


@require_GET
@for_the_counter
def slip(request: StaffRequest, pk: int) -> HttpResponse:
    """What they were told, as a page to print."""
    found = _found(request, pk)
    return render(request, "complaints/visit_slip.html", slip_context(found) | {"section": "visits"})


@require_GET
@for_the_counter
def slip_pdf(request: StaffRequest, pk: int) -> HttpResponse:
    """The same as PDF on A5."""
    found = _found(request, pk)
    response = HttpResponse(paper_of(found), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="visit-{found.year}-{found.number}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response
