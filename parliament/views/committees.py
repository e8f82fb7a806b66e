"""Committees with their members and their meetings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.contrib import messages
from django.db.models import Case, Count, QuerySet, Value, When
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from office.http import StaffRequest
from office.list_export import ListFile, asks_for_file, list_file
from office.lists import Order, page_of
from office.models.calendar import current_calendar
from office.plain_number import plain_number
from office.spreadsheets import Cell
from office.thai import format_numeric
from office.views.form_page import form_page
from parliament.forms.houses import CommitteeForm, SeatForm
from parliament.models import Committee, CommitteeSeat, Meeting
from parliament.permissions import may_register
from parliament.views.access import carriers_only, readers_only

MOST: Final = 200
"""More committees than the chambers of one parliament have together."""
NEWEST: Final = Order("pk", descending=True)
BY_OFFICE: Final = Case(
    *(When(office=office, then=Value(rank)) for rank, office in enumerate(CommitteeSeat.Office.values)),
    default=Value(9),
)


@readers_only
def committees(request: StaffRequest) -> HttpResponseBase:
    """The committees of the newest parliament, or of one asked for; dissolved ones behind the others."""
    numbers = list(
        Committee.objects.order_by("-parliament_number")
        .values_list("parliament_number", flat=True)
        .distinct()
    )
    asked = plain_number(request.GET.get("parliament", ""))
    shown = asked if asked in numbers else (numbers[0] if numbers else 0)
    rows = Committee.objects.filter(parliament_number=shown).annotate(seats_taken=Count("seats"))
    if form := asks_for_file(request.GET):
        return list_file(request, _file(rows.order_by("chamber", "name"), shown), form)
    context = {
        "section": "committees",
        "query": f"parliament={shown}",
        "committees": rows.order_by("chamber", "name")[:MOST],
        "numbers": numbers,
        "number": shown,
        "today": timezone.localdate(),
        "may_register": may_register.test(request.user),
    }
    return render(request, "parliament/houses/committees.html", context)


def _file(rows: QuerySet[Committee], number: int) -> ListFile:
    """The committees that the page shows."""
    head = [_("Committee"), _("Chamber"), _("Kind"), _("Members"), _("Dissolved")]
    found = {one.pk: one for one in rows[:MOST]}

    def lines(keys: Sequence[int]) -> Iterator[list[Cell]]:
        for one in (found[key] for key in keys):
            until = format_numeric(one.until_on, digits="arabic") if one.until_on else ""
            seats = getattr(one, "seats_taken", 0)
            yield [str(one), str(one.get_chamber_display()), str(one.get_kind_display()), seats, until]

    return ListFile(Committee, f"committees-{number}", head, list(found), lines)


@readers_only
def committee(request: StaffRequest, pk: int) -> HttpResponse:
    """Who sits on it, and its meetings as far as the reader may see them."""
    return _page(request, get_object_or_404(Committee, pk=pk))


def _page(request: StaffRequest, found: Committee, *, form: SeatForm | None = None) -> HttpResponse:
    query = request.GET
    meetings = (
        Meeting.objects.visible_to(request.user).filter(committee=found).defer("minutes", "search_text")
    )
    page = page_of(meetings, NEWEST, after=query.get("after", ""), upto=query.get("upto", ""))
    may_keep = may_register.test(request.user)
    context: dict[str, Any] = {
        "section": "committees",
        "committee": found,
        "seats": _seats(found),
        "page": page,
        "moment": timezone.now(),
        "today": timezone.localdate(),
        "calendar": current_calendar(),
        "may_register": may_keep,
        "form": form or (SeatForm(committee=found) if may_keep else None),
    }
    status = 422 if form is not None else 200
    return render(request, "parliament/houses/committee.html", context, status=status)


def _seats(found: Committee) -> QuerySet[CommitteeSeat]:
    """The chair first, then the others by name."""
    seats = found.seats.select_related("member__party")
    return seats.annotate(rank=BY_OFFICE).order_by("rank", "member__sort_name")


@carriers_only
@require_POST
def seat_add(request: StaffRequest, pk: int) -> HttpResponse:
    """A member takes a place on the committee."""
    found = get_object_or_404(Committee, pk=pk)
    form = SeatForm(request.POST, committee=found)
    if not form.is_valid():
        return _page(request, found, form=form)
    CommitteeSeat.objects.create(committee=found, member=form.member, office=form.cleaned_data["office"])
    messages.success(request, _("%(name)s has a seat on the committee.") % {"name": form.member.full_name})
    return redirect("parliament:committee", pk)


@carriers_only
@require_POST
def seat_remove(request: StaffRequest, pk: int, seat: int) -> HttpResponse:
    """A place is given up; a second click finds nothing left to do."""
    CommitteeSeat.objects.filter(pk=seat, committee=pk).delete()
    messages.success(request, _("The seat is given up."))
    return redirect("parliament:committee", pk)


@carriers_only
def committee_new(request: StaffRequest) -> HttpResponse:
    """A committee is written down."""
    form = CommitteeForm(request.POST or None)
    return _form(request, form, heading=_("New committee"), back=reverse("parliament:committees"))


@carriers_only
def committee_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """A committee's row is put right; one that is dissolved gets a last day."""
    found = get_object_or_404(Committee, pk=pk)
    form = CommitteeForm(request.POST or None, instance=found)
    return _form(request, form, heading=found.name, back=reverse("parliament:committee", args=[pk]))


def _form(request: StaffRequest, form: CommitteeForm, *, heading: str, back: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        messages.success(request, _("%(name)s is saved.") % {"name": saved.name})
        return redirect("parliament:committee", saved.pk)
    return form_page(request, form, heading=heading, back=back, section="committees")
