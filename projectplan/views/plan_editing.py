"""Changing the plan: the form of each part, taking a part out, and what is said when others were sooner."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.db.models import ProtectedError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from office.http import StaffRequest
from projectplan import editions
from projectplan.editions import ChangedMeanwhile
from projectplan.models import Plan
from projectplan.permissions import changers_only
from projectplan.plan_forms import FrameForm, HeadingForm, StrategyForm, SwotForm
from projectplan.plan_kpi_form import KpiForm
from projectplan.plan_lines import ACT, act_on
from projectplan.plan_part_form import NEW, PartForm, RemovalForm
from projectplan.plan_work_forms import ProjectForm, WorkForm
from projectplan.planparts import parts
from projectplan.planshape import Row
from projectplan.snapshot import content
from projectplan.views.plan import find_plan, last_number

FORMS: Final[dict[str, type[PartForm]]] = {
    "heading": HeadingForm,
    "frame": FrameForm,
    "swot": SwotForm,
    "strategy": StrategyForm,
    "kpi": KpiForm,
    "work": WorkForm,
    "project": ProjectForm,
}
MAY_BE_ADDED: Final = ("strategy", "kpi")


@changers_only
@require_http_methods(["GET", "POST"])
def edit(request: StaffRequest, year: int, part: str) -> HttpResponse:
    """The form of one part; a button of its lines answers with the lines moved, nothing saved."""
    plan = find_plan(year)
    said = content(plan, depth="heading")
    kind, key = _of(part, said)
    make: Callable[..., PartForm] = lambda *args, **kwargs: FORMS[kind](*args, said=said, key=key, **kwargs)  # noqa: E731
    if request.method == "GET":
        return _page(request, plan, part, make(initial={"seen": last_number(plan)}))
    if ACT in request.POST:
        return _page(request, plan, part, make(initial=act_on(make(), request.POST)))
    form = make(request.POST)
    if not form.is_valid():
        return _page(request, plan, part, form, status=422)
    return _save(request, plan, part, form, form.change)


@changers_only
@require_http_methods(["GET", "POST"])
def remove(request: StaffRequest, year: int, part: str) -> HttpResponse:
    """Taking a strategy or an indicator out, with what hangs on it."""
    plan = find_plan(year)
    said = content(plan, depth="heading")
    kind, key = _of(part, said)
    if kind not in MAY_BE_ADDED or key == NEW:
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = RemovalForm(data, said=said, key=key, initial={"seen": last_number(plan)})
    if data is None or not form.is_valid():
        return _page(request, plan, part, form, status=422 if data is not None else 200)
    return _save(request, plan, part, form, lambda said: _without(said, kind, key))


def _of(part: str, said: Row) -> tuple[str, str]:
    """Which form a part has, and the part's key in it; not found for what the plan does not have."""
    kind, _dash, key = part.partition("-")
    is_new = key == NEW and kind in MAY_BE_ADDED and (kind != "kpi" or bool(said["strategy"]))
    if kind not in FORMS or not (is_new or part in parts(said)):
        raise Http404
    return kind, key


def _without(said: Row, kind: str, key: str) -> Row:
    """The plan without a strategy and its indicators, or without an indicator and its parts."""
    if kind == "kpi":
        kept = [one for one in said["kpi"] if one["code"] != key and not one["code"].startswith(f"{key}.")]
        return said | {"kpi": kept}
    number = int(key)
    return said | {
        "strategy": [one for one in said["strategy"] if one["number"] != number],
        "kpi": [one for one in said["kpi"] if one["strategy"] != number],
    }


def _save(
    request: StaffRequest, plan: Plan, part: str, form: PartForm, change: Callable[[Row], Row]
) -> HttpResponse:
    given = form.cleaned_data
    try:
        edition = editions.save(
            plan,
            change,
            part=part,
            seen=given["seen"],
            by=request.user,
            reason=given["reason"],
            now=timezone.now(),
        )
    except ChangedMeanwhile as changed:
        return _changed(request, plan, part, form, changed)
    except ProtectedError:
        form.add_error(None, _("Figures were kept of this already: it cannot be taken out of the plan."))
        return _page(request, plan, part, form, status=422)
    if edition is None:
        messages.info(request, _("Nothing was different; no edition was made."))
    else:
        messages.success(request, _("Saved as a new edition of the plan."))
    anchor = part if part in parts(content(find_plan(plan.fiscal_year))) else ""
    return redirect(f"{reverse('projectplan:plan', args=[plan.fiscal_year])}#{anchor}")


def _changed(
    request: StaffRequest, plan: Plan, part: str, form: PartForm, changed: ChangedMeanwhile
) -> HttpResponse:
    """What was typed stands in the form still, ready to be saved over what is there now."""
    data = request.POST.copy()
    data["seen"] = str(changed.editions[0].number)
    again = type(form)(data, said=form.said, key=form.key)
    there = parts(content(find_plan(plan.fiscal_year))).get(part)
    context = {"changed": changed.editions, "there": there, "since": form.cleaned_data["seen"]}
    return _page(request, plan, part, again, status=409, **context)


def _page(
    request: StaffRequest, plan: Plan, part: str, form: PartForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    is_removal = isinstance(form, RemovalForm)
    found = parts(form.said).get(part)
    context = {
        "section": "plan",
        "plan": plan,
        "part": found,
        "part_key": part,
        "form": form,
        "is_removal": is_removal,
        "may_be_removed": found is not None and part.partition("-")[0] in MAY_BE_ADDED and not is_removal,
        "back": f"{reverse('projectplan:plan', args=[plan.fiscal_year])}#{part if found else ''}",
        **more,
    }
    return render(request, "projectplan/plan/edit.html", context, status=status)
