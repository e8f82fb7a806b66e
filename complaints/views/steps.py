"""Taking a step: the form, its errors, the page that has moved on meanwhile."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.forms.steps import StepForm
from complaints.models.opinion import OpinionSteps
from complaints.views.desk import PETITIONS, RELATED, Desk
from complaints.worklist import event_words
from office.http import StaffRequest
from office.steps import Actor, ChangedMeanwhile, find_step, open_steps, perform, refuse_unless_open


def step(request: StaffRequest, pk: int, name: str) -> HttpResponse:
    """Ask for what a step of a petition needs, then take it."""
    return _step(request, pk, name, PETITIONS)


def related_step(request: StaffRequest, pk: int, name: str) -> HttpResponse:
    """The same of a related matter."""
    return _step(request, pk, name, RELATED)


def _step(request: StaffRequest, pk: int, name: str, desk: Desk) -> HttpResponse:
    matter = desk.fetch(request.user, pk)
    if name not in desk.forms:
        raise Http404
    if request.method != "POST":
        refuse_unless_open(matter, name, Actor(user=request.user))
        return _page(request, matter, name, desk, desk.form(name, matter, request.user))
    form = desk.form(name, matter, request.user, request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, matter, name, desk, form, status=422)
    return _take(request, matter, name, desk, form)


def _take(request: StaffRequest, matter: OpinionSteps, name: str, desk: Desk, form: StepForm) -> HttpResponse:
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
    messages.success(request, _("%(number)s: %(done)s.") % {"number": matter.label, "done": done})
    return redirect(matter)


def _page(
    request: StaffRequest, matter: OpinionSteps, name: str, desk: Desk, form: StepForm, *, status: int = 200
) -> HttpResponse:
    context = desk.context(matter, request.user)
    context |= {
        "form": form,
        "step": find_step(desk.model, name),
        "documents": list(matter.documents.all()),
    }
    return render(request, "complaints/step.html", context, status=status)


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
        "since": [(event_words(event, desk.model), event) for event in changed.events],
        "still_open": still_open,
        "typed": _typed(form, current),
    }
    return render(request, "complaints/changed.html", context, status=409)


def _typed(form: StepForm, current: OpinionSteps) -> list[dict[str, Any]]:
    """Field by field: what stands there now, and what was typed on the old page."""
    rows = []
    for name, value in form.cleaned_data.items():
        if name == "seen" or value in (None, ""):
            continue
        there = getattr(current, name, "") if hasattr(current, name) else ""
        rows.append({"label": form.fields[name].label, "there": str(there or ""), "typed": str(value)})
    return rows
