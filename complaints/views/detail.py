"""One petition: what it is, where it stands, what is next, what has happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from complaints.access import record_access
from complaints.forms.steps import STEP_FORMS, StepForm
from complaints.models import Petition, Petitioner, Referral, State
from complaints.permissions import may_open_petitioner
from complaints.worklist import event_words, next_step
from office.http import StaffRequest
from office.models import Event, User
from office.models.calendar import current_calendar
from office.steps import Actor, open_steps

UNDER_MORE = 90  # steps of this rank and above are rare: they stand under "more"

# The line of steps on the page: what is done there, and the states in which it is the one in hand.
STAGES: list[tuple[Any, set[str], set[str]]] = [
    (_("Registration"), set(), {"receive"}),
    (_("Opinion"), {State.RECEIVED, State.RETURNED}, {"summarise"}),
    (_("Head's check"), {State.SUMMARISED}, {"submit"}),
    (_("Decision"), {State.SUBMITTED}, {"order", "note"}),
    (_("Agency"), {State.ORDERED, State.REFERRED}, {"answer", "refer"}),
    (_("Telling the petitioner"), {State.ANSWERED}, {"inform"}),
    (_("Closing"), {State.INFORMED}, {"close"}),
]


@dataclass
class Stage:
    """One place on the line: done (by whom, when), in hand (with whom), or to come."""

    name: str
    standing: str
    event: Event | None = None


def stages(petition: Petition, events: list[Event]) -> list[Stage]:
    """The path as a line. What was done before a matter was sent back counts as to come again."""
    if petition.state == State.CLOSED:
        current = len(STAGES)
    else:
        current = next(
            place for place, (_name, states, _steps) in enumerate(STAGES) if petition.state in states
        )
    line = []
    for place, (name, _states, steps) in enumerate(STAGES):
        standing = "done" if place < current else "now" if place == current else "to_come"
        event = (
            next((one for one in reversed(events) if one.step in steps), None) if standing == "done" else None
        )
        line.append(Stage(str(name), standing, event))
    return line


def fetch(user: User, pk: int) -> Petition:
    """A petition with what its page shows, if this person may see it; else not found."""
    rows = Petition.objects.visible_to(user).select_related(
        "owner", "category__parent", "province", "education_area", "agency", "petitioner"
    )
    referrals = Referral.objects.select_related("agency", "deadline")
    return get_object_or_404(rows.prefetch_related(Prefetch("referrals", queryset=referrals)), pk=pk)


def petition_context(petition: Petition, user: User) -> dict[str, Any]:
    """What the page of one petition shows to one person; also the frame of its step pages."""
    now = timezone.now()
    events = list(petition.events.select_related("actor").order_by("pk"))
    unmet = list(petition.deadlines.unmet().select_related("responsible").order_by("due_at"))
    steps = open_steps(petition, Actor(user=user))
    due = next_step(petition)
    names = [one.name for one in steps]
    primary = due if due in names else ""
    return {
        "section": "petitions",
        "petition": petition,
        "has_petitioner": hasattr(petition, "petitioner"),
        "history": [(event_words(event), event) for event in reversed(events)],
        "unmet": unmet,
        "deadline": unmet[0] if unmet else None,
        "calendar": current_calendar(),
        "stages": stages(petition, events),
        "steps": [one for one in steps if one.custom["rank"] < UNDER_MORE and one.name != primary],
        "more_steps": [one for one in steps if one.custom["rank"] >= UNDER_MORE],
        "primary": next((one for one in steps if one.name == primary), None),
        "moment": now,
    }


def step_form(name: str, petition: Petition, user: User, data: Any = None, files: Any = None) -> StepForm:
    return STEP_FORMS[name](data, files, petition=petition, user=user, now=timezone.now())


def petition(request: StaffRequest, pk: int) -> HttpResponse:
    """The page of one petition, with the form of its next step on it."""
    found = fetch(request.user, pk)
    context = petition_context(found, request.user)
    if context["primary"]:
        context["form"] = step_form(context["primary"].name, found, request.user)
    context["documents"] = list(found.documents.all())
    return render(request, "complaints/petition.html", context)


@require_POST
def petitioner(request: StaffRequest, pk: int) -> HttpResponse:
    """Open the petitioner's data: a deliberate act, written into the trail."""
    found = get_object_or_404(Petition.objects.visible_to(request.user), pk=pk)
    if not may_open_petitioner.test(request.user):
        raise PermissionDenied(gettext("The petitioner's data is open to those who handle the matter."))
    person = get_object_or_404(Petitioner, petition=found)
    record_access(request.user, found)
    context = {"petition": found, "person": person, "section": "petitions"}
    partial = bool(request.htmx)
    return render(
        request, "complaints/petitioner_card.html" if partial else "complaints/petitioner.html", context
    )
