"""Taking a step of any kind of matter: the form, its errors, the page that has moved on meanwhile."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from office.carrying import CarriedMatter
from office.desk import Desk
from office.history import told
from office.http import StaffRequest
from office.step_form import StepForm
from office.steps import Actor, ChangedMeanwhile, find_step, open_steps, perform, refuse_unless_open


def step(request: StaffRequest, pk: int, name: str, desk: Desk) -> HttpResponse:
    """Ask for what a step needs, then take it."""
    matter = desk.fetch(request.user, pk)
    if name not in desk.forms:
        raise Http404
    if request.method != "POST":
        refuse_unless_open(matter, name, Actor(user=request.user))
        form = desk.form(name, matter, request.user, address=request.GET)
        return _page(request, matter, name, desk, form)
    form = desk.form(name, matter, request.user, request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, matter, name, desk, form, status=422)
    return _take(request, matter, name, desk, form)


def _take(
    request: StaffRequest, matter: CarriedMatter, name: str, desk: Desk, form: StepForm
) -> HttpResponse:
    try:
        perform(
            matter,
            name,
            actor=Actor(user=request.user),
            seen=form.cleaned_data["seen"],
            now=timezone.now(),
            reason=form.why,
            **form.given(),
        )
    except ChangedMeanwhile as changed:
        return _changed_page(request, name, desk, form, changed)
    except ValidationError as refused:
        form.add_refusal(refused)
        return _page(request, matter, name, desk, form, status=422)
    done = find_step(desk.model, name).custom["done"]
    messages.success(
        request, _("Recorded for %(number)s: %(done)s.") % {"number": matter.label, "done": done}
    )
    return redirect(matter)


def _page(
    request: StaffRequest, matter: CarriedMatter, name: str, desk: Desk, form: StepForm, *, status: int = 200
) -> HttpResponse:
    context = desk.context(matter, request.user)
    context |= {
        "form": form,
        "step": find_step(desk.model, name),
        # Asked for by a template that draws them, and by no other.
        "documents": matter.documents.all(),
    }
    return render(request, "matter/step.html", context, status=status)


def _changed_page(
    request: StaffRequest, name: str, desk: Desk, form: StepForm, changed: ChangedMeanwhile
) -> HttpResponse:
    """Both versions side by side: what is there now, and what this person had typed, ready to be put again."""
    current = desk.fetch(request.user, changed.matter.pk)
    data = request.POST.copy()
    data["seen"] = str(current.version)
    again = desk.form(name, current, request.user, data)
    still_open = name in {one.name for one in open_steps(current, Actor(user=request.user))}
    context = desk.context(current, request.user)
    context |= {
        "form": again,
        "step": find_step(desk.model, name),
        "since": told(changed.events, desk.model),
        "still_open": still_open,
        "typed": _typed(form, current),
    }
    return render(request, "matter/changed.html", context, status=409)


def _typed(form: StepForm, current: CarriedMatter) -> list[dict[str, Any]]:
    """Field by field: what stands there now, and what was typed on the old page."""
    rows = []
    for name, value in form.cleaned_data.items():
        if name == "seen" or name not in form.fields or value in (None, ""):
            continue
        there = getattr(current, name, "") if hasattr(current, name) else ""
        typed = form.as_words(name, value)
        rows.append({"label": form.fields[name].label, "there": str(there or ""), "typed": typed})
    return rows
