"""Taking a step: the form, its errors, the page that has moved on meanwhile."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.forms.steps import STEP_FORMS, StepForm
from complaints.models import Petition
from complaints.views.detail import fetch, petition_context, step_form
from complaints.worklist import event_words
from office.http import StaffRequest
from office.steps import Actor, ChangedMeanwhile, StepRefused, find_step, open_steps, perform


def step(request: StaffRequest, pk: int, name: str) -> HttpResponse:
    """Ask for what a step needs, then take it."""
    petition = fetch(request.user, pk)
    if name not in STEP_FORMS:
        raise Http404
    if request.method != "POST":
        if name not in {one.name for one in open_steps(petition, Actor(user=request.user))}:
            raise StepRefused(_("This step is not open to you now."))
        return _page(request, petition, name, step_form(name, petition, request.user))
    form = step_form(name, petition, request.user, request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, petition, name, form, status=422)
    return _take(request, petition, name, form)


def _take(request: StaffRequest, petition: Petition, name: str, form: StepForm) -> HttpResponse:
    try:
        perform(
            petition,
            name,
            actor=Actor(user=request.user),
            seen=form.cleaned_data["seen"],
            now=timezone.now(),
            reason=form.why,
            **form.given(),
        )
    except ChangedMeanwhile as changed:
        return _changed_page(request, name, form, changed)
    except ValidationError as refused:
        form.add_error(None, refused)
        return _page(request, petition, name, form, status=422)
    done = find_step(Petition, name).custom["done"]
    messages.success(request, _("%(number)s: %(done)s.") % {"number": petition.label, "done": done})
    return redirect(petition)


def _page(
    request: StaffRequest, petition: Petition, name: str, form: StepForm, *, status: int = 200
) -> HttpResponse:
    context = petition_context(petition, request.user)
    context |= {"form": form, "step": find_step(Petition, name), "documents": list(petition.documents.all())}
    return render(request, "complaints/step.html", context, status=status)


def _changed_page(
    request: StaffRequest, name: str, form: StepForm, changed: ChangedMeanwhile
) -> HttpResponse:
    """Both versions side by side: what is there now, and what this person had typed, ready to be put again."""
    current = fetch(request.user, changed.matter.pk)
    data = request.POST.copy()
    data["seen"] = str(current.version)
    again = step_form(name, current, request.user, data)
    still_open = name in {one.name for one in open_steps(current, Actor(user=request.user))}
    context = petition_context(current, request.user)
    context |= {
        "form": again,
        "step": find_step(Petition, name),
        "since": [(event_words(event), event) for event in changed.events],
        "still_open": still_open,
        "typed": _typed(form, current),
    }
    return render(request, "complaints/changed.html", context, status=409)


def _typed(form: StepForm, current: Petition) -> list[dict[str, Any]]:
    """Field by field: what stands there now, and what was typed on the old page."""
    rows = []
    for name, value in form.cleaned_data.items():
        if name == "seen" or value in (None, ""):
            continue
        there = getattr(current, name, "") if hasattr(current, name) else ""
        rows.append({"label": form.fields[name].label, "there": str(there or ""), "typed": str(value)})
    return rows
