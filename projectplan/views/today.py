"""Today: the page that is opened forty times a day, and the acts that are taken on its rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from office.calendar import OFFICE_TZ
from office.desk import Desk
from office.file_field import FilesField
from office.http import StaffRequest
from office.models import Role, User
from office.models.calendar import current_calendar
from office.plain_number import plain_number
from office.step_form import StepForm
from office.steps import Actor, ChangedMeanwhile, find_step, open_steps, perform
from office.today import today_of
from projectplan.desks import desk_of
from projectplan.diary import happening_on
from projectplan.handing_over import handed_over
from projectplan.workload import people_of

MOST_FIELDS_IN_A_ROW = 3


@require_GET
def today(request: StaffRequest) -> HttpResponse:
    """What the person must do now; an administrator, who carries no matters, is sent to the system's pages."""
    user = request.user
    if user.roles == {Role.ADMINISTRATOR.value}:
        return redirect("admin:index")
    now = timezone.now()
    of = request.GET.get("of", "")
    whose = int(of) if of.isascii() and of.isdigit() and len(of) < 10 else None
    context = {
        "section": "today",
        "moment": now,
        "calendar": current_calendar(),
        "today": today_of(user, now, whose),
        "happening": happening_on(now.astimezone(OFFICE_TZ).date(), user, now),
        "decides": user.has_role(Role.EXECUTIVE),
        **_subgroup(request, now, whose),
    }
    return render(request, "projectplan/today.html", context)


def _subgroup(request: StaffRequest, now: datetime, of: int | None) -> dict[str, Any]:
    """The head's part besides the rows: who carries how much, and what was handed over a moment ago."""
    subgroup = request.user.subgroup
    if subgroup is None or not request.user.has_role(Role.HEAD):
        return {}
    people = people_of([subgroup], now)[subgroup.pk]
    whose = next((person for person in people if person.key == of), None)
    return {"people": people, "whose": whose, "handed_over": handed_over(request.session, now)}


# ── Acting from the row ─────────────────────────────────────────────────────────────────────


@require_GET
def act(request: StaffRequest, pk: int) -> HttpResponse:
    """The short form of the step that is due: in the row, or without scripts on a page of its own. What asks for more
    than a few fields is done on the matter's page, where one reads it."""
    desk = desk_of(request.user, pk)
    matter = desk.fetch(request.user, pk)
    name = desk.next_step(matter, timezone.now())
    in_row = request.headers.get("HX-Request") == "true"
    form = _short_form(desk, name, matter, request.user)
    if form is None:
        there = f"{matter.get_absolute_url()}#next"
        return HttpResponse(headers={"HX-Redirect": there}) if in_row else redirect(there)
    context = {"form": form, "step": find_step(desk.model, name), "back": "today"}
    if in_row:
        form.auto_id = f"id_{pk}_%s"
        return render(request, "projectplan/today/act.html", context | {"matter": matter, "desk": desk})
    context |= {"documents": matter.documents.all()}
    return render(request, "matter/step.html", desk.context(matter, request.user) | context)


def _short_form(desk: Desk, name: str, matter: Any, user: User) -> StepForm | None:
    """The form of a step that is open to this person, if it is short; it asks nothing that needs a script."""
    if name not in desk.forms or not open_steps(matter, Actor(user=user), among={name}):
        return None
    form = desk.form(name, matter, user)
    is_long = form.body or form.draft_step or form.stays or form.has_dates
    asks_for_files = any(isinstance(one, FilesField) for one in form.fields.values())
    if is_long or asks_for_files or len(form.visible_fields()) > MOST_FIELDS_IN_A_ROW:
        return None
    return form


@require_POST
def take(request: StaffRequest, pk: int) -> HttpResponse:
    """An officer takes a matter that nobody carries, by one press."""
    desk = desk_of(request.user, pk)
    matter = desk.fetch(request.user, pk)
    seen = request.POST.get("seen", "")
    try:
        perform(
            matter,
            "take",
            actor=Actor(user=request.user),
            seen=plain_number(seen) or 0,
            now=timezone.now(),
        )
    except ChangedMeanwhile as changed:
        who = changed.matter.owner
        by = (
            _("%(number)s has %(who)s meanwhile.") % {"number": matter.label, "who": who.short_name}
            if who
            else ""
        )
        changed_words = _("%(number)s has been changed meanwhile: look at it again, then take it.")
        messages.warning(request, by or changed_words % {"number": matter.label})
        return redirect("projectplan:today")
    messages.success(
        request, _("You have %(number)s now: %(title)s") % {"number": matter.label, "title": matter.title}
    )
    return redirect("projectplan:today")
