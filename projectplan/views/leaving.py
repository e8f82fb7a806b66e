"""Somebody leaves: what hangs on them by its numbers, who carries on, and how far the handing over is."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from office.http import StaffRequest
from office.models import Leaving, Role, User
from office.plain_number import plain_number
from projectplan import leaving as handing_over
from projectplan.administration_forms import LeavingForm
from projectplan.leaving_counts import lines, subgroups_hanging_on
from projectplan.views.administration import UNPROCESSABLE, administrators_only

SECTION = "leaving"
MOST_LISTED = 100


@require_GET
@administrators_only
def leavings(request: StaffRequest) -> HttpResponse:
    """Who left or is leaving, and whose work may be handed over."""
    context = {
        "section": SECTION,
        "leavings": Leaving.objects.select_related("person", "asked_by", "moves_to")[:MOST_LISTED],
        "people": User.objects.filter(is_active=True).select_related("subgroup").order_by("display_name"),
    }
    return render(request, "projectplan/administration/leavings.html", context)


@administrators_only
def leave(request: StaffRequest, pk: int) -> HttpResponse:
    """What hangs on a person, and the form that hands it over."""
    person = get_object_or_404(User.objects.select_related("subgroup"), pk=pk, is_active=True)
    going_on = Leaving.objects.filter(person=person).exclude(state=Leaving.State.ISSUED).first()
    if going_on:
        return redirect("administration:leaving", going_on.pk)
    now = timezone.now()
    counts = subgroups_hanging_on(person)
    form = LeavingForm(request.POST or None, person=person, counts=counts)
    if form.is_valid() and not _would_lock_out(person, form):
        row = Leaving(
            person=person,
            why=form.cleaned_data["why"],
            moves_to=form.cleaned_data["moves_to"],
            asked_by=request.user,
            asked_at=now,
        )
        return redirect("administration:leaving", handing_over.ask(row, form.receivers()).pk)
    context = {"section": SECTION, "person": person, "form": form, "lines": lines(person, now)}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "projectplan/administration/leave.html", context, status=status)


def _would_lock_out(person: User, form: LeavingForm) -> bool:
    """Whether nobody could look after the system any more; the form says so."""
    administrators = User.objects.with_role(Role.ADMINISTRATOR)
    moves = form.cleaned_data["why"] == Leaving.Why.MOVED
    if moves or not person.has_role(Role.ADMINISTRATOR) or administrators.exclude(pk=person.pk).exists():
        return False
    form.add_error(None, _("This is the only administrator. Give the role to somebody else first."))
    return True


@administrators_only
def leaving(request: StaffRequest, pk: int) -> HttpResponse:
    """How far one handing over is; what could not be handed over is tried again, by others if need be."""
    row = get_object_or_404(Leaving.objects.select_related("person", "asked_by", "moves_to"), pk=pk)
    if request.method == "POST":
        return _again(request, row)
    names = User.objects.in_bulk([int(key) for key in row.shares])
    context = {
        "section": SECTION,
        "leaving": row,
        "shares": [(names[int(key)], count) for key, count in row.shares.items()],
        "colleagues": _others(row) if row.state == Leaving.State.FAILED else [],
    }
    is_part = bool(request.htmx)
    template = "leaving_state.html" if is_part else "leaving.html"
    return render(request, f"projectplan/administration/{template}", context)


def _others(row: Leaving) -> list[User]:
    chosen = row.receivers.values("pk")
    active = User.objects.filter(is_active=True).exclude(pk=row.person_id).exclude(pk__in=chosen)
    carrying = active.filter(groups__name__in=[Role.OFFICER, Role.HEAD, Role.EXECUTIVE]).distinct()
    return list(carrying.select_related("subgroup").order_by("display_name"))


def _again(request: StaffRequest, row: Leaving) -> HttpResponse:
    allowed = {one.pk for one in _others(row)}
    more = [key for key in map(plain_number, request.POST.getlist("more")) if key in allowed]
    if handing_over.try_again(row, more, timezone.now()):
        messages.success(request, _("The rest is tried again."))
    return redirect("administration:leaving", row.pk)
