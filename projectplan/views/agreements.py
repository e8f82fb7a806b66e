"""The list of agreements for heads and executives, one's own, one agreement, and what waits for the reader."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from office.calendar import OFFICE_TZ, fiscal_year_of
from office.http import StaffRequest
from office.models import Role, User
from office.plain_number import plain_number
from projectplan.agreement_forms import BeginForm
from projectplan.agreement_page import counts_of, history_of, parts_for, rows_of, sum_of, verbs, way_of
from projectplan.agreement_path import acts_of, begin, may_begin, possible_superiors
from projectplan.models import Agreement, Half, Side

FIRST_YEAR, LAST_YEAR = 2500, 2700
WAITING_SHOWN = 5


def this_year() -> int:
    return fiscal_year_of(timezone.now().astimezone(OFFICE_TZ).date())


def chosen_year(request: StaffRequest) -> int:
    """The fiscal year (B.E.) that the address names, else this one."""
    asked = plain_number(request.GET.get("year", ""))
    return asked if asked is not None and FIRST_YEAR <= asked <= LAST_YEAR else this_year()


def seen_agreement(request: StaffRequest, pk: int) -> Agreement:
    """The agreement, for those who may see it; to anybody else there is none."""
    rows = Agreement.objects.visible_to(request.user)
    related = ("person__subgroup", "person__position", "signer__position", "superior__position")
    return get_object_or_404(rows.select_related(*related), pk=pk)


def years(year: int) -> dict[str, Any]:
    return {"year": year, "year_before": year - 1, "year_after": year + 1 if year <= this_year() else None}


@require_GET
def everybodys(request: StaffRequest) -> HttpResponse:
    """Who has an agreement and where it stands; an officer is led to their own."""
    user = request.user
    if not (user.has_role(Role.HEAD) or user.has_role(Role.EXECUTIVE)):
        return mine(request)
    year = chosen_year(request)
    parts = parts_for(user, year)
    in_force, people = counts_of(parts)
    own = Agreement.objects.of(year, user).first() if user.subgroup_id else None
    context = {
        "section": "agreements",
        "parts": parts,
        "in_force": in_force,
        "people": people,
        "own": own,
        "may_begin_own": may_begin(user, user) and own is None,
        "group_is_missing": parts[0].rows[0].agreement is None,
        **years(year),
    }
    return render(request, "projectplan/agreements/list.html", context)


@require_GET
def mine(request: StaffRequest) -> HttpResponse:
    """The reader's own agreement of the year, or how to begin one."""
    user = request.user
    if user.subgroup_id is None:
        if user.has_role(Role.EXECUTIVE):
            return redirect("projectplan:agreements")
        raise PermissionDenied(_("Agreements are made by those who work in a subgroup."))
    year = chosen_year(request)
    agreement = Agreement.objects.of(year, user).first()
    if agreement:
        return redirect(agreement)
    return _begin_page(request, user, year)


@require_http_methods(["GET", "POST"])
def begin_own(request: StaffRequest) -> HttpResponse:
    """Begin one's own agreement."""
    return _begin_page(request, request.user, chosen_year(request))


@require_http_methods(["GET", "POST"])
def begin_group(request: StaffRequest) -> HttpResponse:
    """Begin the agreement of the whole group, as the one who signs for it."""
    return _begin_page(request, None, chosen_year(request))


def _begin_page(request: StaffRequest, person: User | None, year: int) -> HttpResponse:
    user = request.user
    if not may_begin(user, person):
        raise PermissionDenied(
            _("Heads and executives begin the agreement of the group; everybody their own.")
        )
    superiors = possible_superiors(person, user).order_by("display_name")
    form = BeginForm(request.POST if request.method == "POST" else None, superiors=superiors)
    if form.is_valid():
        superior = form.cleaned_data["superior"]
        now = timezone.now()
        agreement = begin(year=year, person=person, signer=user, superior=superior, now=now)
        return redirect("projectplan:agreement_write", agreement.pk)
    context = {
        "section": "agreements",
        "form": form,
        "for_group": person is None,
        "has_superiors": superiors.exists(),
        **years(year),
    }
    return render(request, "projectplan/agreements/begin.html", context, status=422 if form.is_bound else 200)


@require_GET
def one(request: StaffRequest, pk: int) -> HttpResponse:
    """One agreement: what it promises, where it stands, what was found, what happened."""
    agreement = seen_agreement(request, pk)
    rows = rows_of(agreement)
    names = acts_of(request.user, agreement, timezone.now())
    context = {
        "section": "agreements",
        "agreement": agreement,
        "way": way_of(agreement),
        "rows": rows,
        "weight": sum((row.line.weight for row in rows), 0),
        "half_self": sum_of(rows, Half.HALF, Side.SELF),
        "year_self": sum_of(rows, Half.YEAR, Side.SELF),
        "may_write": "propose" in names,
        "verbs": verbs(names),
        "history": history_of(agreement),
        "editions": Agreement.objects.of(agreement.fiscal_year, agreement.person),
    }
    return render(request, "projectplan/agreements/one.html", context)


@require_GET
def waiting(request: StaffRequest) -> HttpResponse:
    """What of agreements waits for the reader, as a card of the page of today; nothing when nothing does."""
    if not request.htmx:
        raise Http404
    rows = Agreement.objects.waiting_for(request.user).select_related("person")
    shown = list(rows.order_by("fiscal_year", "pk")[:WAITING_SHOWN])
    return render(request, "projectplan/agreements/waiting.html", {"agreements": shown})
