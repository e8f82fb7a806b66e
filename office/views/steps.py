"""Taking a step of any kind of matter: the form, its errors, the page that has moved on meanwhile."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from office.carrying import CarriedMatter
from office.coming_back import kept_way, way_back
from office.desk import Desk
from office.history import told
from office.http import StaffRequest
from office.recent_sign_in import ask_unless_recent
from office.step_form import StepForm
from office.steps import Actor, ChangedMeanwhile, find_step, open_steps, perform, refuse_unless_open
from office.two_versions import BEGUN, chosen, meet, put
from office.undo import offer


def step(request: StaffRequest, pk: int, name: str, desk: Desk) -> HttpResponse:
    """Ask for what a step needs, then take it."""
    matter = desk.fetch(request.user, pk)
    if name not in desk.forms:
        raise Http404
    if request.method != "POST":
        refuse_unless_open(matter, name, Actor(user=request.user))
        form = desk.form(name, matter, request.user, address=request.GET)
        return _page(request, matter, name, desk, form)
    form = desk.form(name, matter, request.user, _as_chosen(request, matter, name, desk), request.FILES)
    if not form.is_valid():
        return _page(request, matter, name, desk, form, status=422)
    if find_step(desk.model, name).custom["reaches_far"]:
        ask_unless_recent(request)
    return _take(request, matter, name, desk, form)


def _take(
    request: StaffRequest, matter: CarriedMatter, name: str, desk: Desk, form: StepForm
) -> HttpResponse:
    now = timezone.now()
    try:
        event = perform(
            matter,
            name,
            actor=Actor(user=request.user),
            seen=form.cleaned_data["seen"],
            now=now,
            reason=form.why,
            **form.given(),
        )
    except ChangedMeanwhile as changed:
        return _changed_page(request, name, desk, form, changed)
    except ValidationError as refused:
        form.add_refusal(refused)
        return _page(request, matter, name, desk, form, status=422)
    done = find_step(desk.model, name).custom["done"]
    words = _("Recorded for %(number)s: %(done)s.") % {"number": matter.label, "done": done}
    messages.success(request, words, extra_tags=offer(matter, event, form.given(), request.user, now=now))
    return redirect(way_back(request.POST) or matter)


def _page(
    request: StaffRequest, matter: CarriedMatter, name: str, desk: Desk, form: StepForm, *, status: int = 200
) -> HttpResponse:
    context = desk.context(matter, request.user)
    context |= {
        "form": form,
        "step": find_step(desk.model, name),
        # Asked for by a template that draws them, and by no other.
        "documents": matter.documents.all(),
        **kept_way(request.POST),
    }
    return render(request, "matter/step.html", context, status=status)


def _as_chosen(request: StaffRequest, matter: CarriedMatter, name: str, desk: Desk) -> QueryDict:
    """What was sent; of a field that two had changed, what this person chose."""
    taken = chosen(request.POST)
    if not taken:
        return request.POST
    data, there = request.POST.copy(), desk.form(name, matter, request.user)
    for field in taken:
        if field in there.fields:
            put(there, field, data)
    return data


def _changed_page(
    request: StaffRequest, name: str, desk: Desk, form: StepForm, changed: ChangedMeanwhile
) -> HttpResponse:
    """Both versions field by field: what one side alone changed is brought together by itself, the rest is asked.
    Nothing that was typed is lost, and nothing is saved."""
    current = desk.fetch(request.user, changed.matter.pk)
    there = desk.form(name, current, request.user)
    data = request.POST.copy()
    versions = list(meet(form, there, data))
    data["seen"], data[BEGUN] = str(current.version), there.begun
    still_open = bool(open_steps(current, Actor(user=request.user), among={name}))
    context = desk.context(current, request.user)
    context |= {
        "form": desk.form(name, current, request.user, data),
        "step": find_step(desk.model, name),
        "since": told(changed.events, desk.model),
        "still_open": still_open,
        "versions": versions,
        **kept_way(request.POST),
    }
    return render(request, "matter/changed.html", context, status=409)
