"""The editions of a plan: their list, any two compared part by part, each as a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from office.http import StaffRequest
from office.plain_number import plain_number
from office.text_changes import changes
from projectplan.models import PlanEdition
from projectplan.permissions import readers_only
from projectplan.planparts import Part, parts
from projectplan.planshape import Row
from projectplan.plantoml import dump
from projectplan.views.plan import find_plan


@readers_only
@require_GET
def editions(request: StaffRequest, year: int) -> HttpResponse:
    """Every edition, the newest first: who, when, why."""
    plan = find_plan(year)
    listed = plan.editions.select_related("made_by").defer("content")
    return render(
        request, "projectplan/plan/editions.html", {"section": "plan", "plan": plan, "editions": listed}
    )


@readers_only
@require_GET
def compare(request: StaffRequest, year: int) -> HttpResponse:
    """Two editions; without an address of both the last two. Only the parts that differ are shown."""
    plan = find_plan(year)
    listed = list(plan.editions.select_related("made_by").defer("content"))
    if not listed:
        raise Http404
    numbers = [one.number for one in listed]
    new = _chosen(request.GET.get("new", ""), numbers, numbers[0])
    old = _chosen(request.GET.get("old", ""), numbers, max(new - 1, numbers[-1]))
    found = {one.number: one for one in plan.editions.filter(number__in=[old, new])}
    context = {
        "section": "plan",
        "plan": plan,
        "editions": listed,
        "old": old,
        "new": new,
        "differing": list(differences(found[old].content, found[new].content)),
    }
    return render(request, "projectplan/plan/compare.html", context)


def _chosen(text: str, numbers: list[int], default: int) -> int:
    number = plain_number(text)
    return number if number in numbers else default


def differences(old: Row, new: Row) -> Iterator[dict[str, Any]]:
    """The parts that one of two plans says otherwise, each as one text with what is gone and what is new."""
    before, after = parts(old), parts(new)
    for key in dict.fromkeys([*after, *before]):
        one, other = before.get(key), after.get(key)
        if one != other:
            named = other or one
            assert isinstance(named, Part)
            runs = changes(one.text if one else "", other.text if other else "")
            yield {"name": named.name, "is_new": one is None, "is_gone": other is None, "runs": runs}


@readers_only
@require_GET
def export(request: StaffRequest, year: int, number: int) -> HttpResponse:
    """An edition as a plan file that `load_plan` reads."""
    found = PlanEdition.objects.filter(plan__fiscal_year=year, number=number).first()
    if found is None:
        raise Http404
    response = HttpResponse(dump(found.content), content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="plan-{year}-{number}.toml"'
    return response
