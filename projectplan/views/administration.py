"""The administrators' own pages beside Django admin: the system, what failed, the clock."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from office import clock
from office.access import only
from office.figures import figures
from office.http import StaffRequest
from office.permissions import is_administrator
from office.plain_number import plain_number
from office.queue import start_by_name_after_commit
from projectplan import failed_work, system_facts
from projectplan.administration_forms import ClockForm
from projectplan.clock_words import rhythm_words, words_of
from projectplan.system_warnings import warnings

UNPROCESSABLE: Final = 422
administrators_only = only(is_administrator, lambda: _("These pages are for administrators."))


@require_GET
@administrators_only
def system(request: StaffRequest) -> HttpResponse:
    """How the system stands, what needs somebody's hand first."""
    now = timezone.now()
    stands = system_facts.look(now)
    context = {
        "section": "system_state",
        "system": stands,
        "warnings": warnings(stands, failed_work.count(now)),
    }
    return render(request, "projectplan/administration/system.html", context)


@require_GET
@administrators_only
def failed(request: StaffRequest) -> HttpResponse:
    """What failed or hangs, and why."""
    context = {"section": "failed", "groups": failed_work.groups(timezone.now())}
    return render(request, "projectplan/administration/failed.html", context)


@require_POST
@administrators_only
@transaction.atomic
def again(request: StaffRequest) -> HttpResponse:
    """Begin one piece of work anew, or all of a kind; what was done meanwhile stays done."""
    row = request.POST.get("row", "")
    key = plain_number(row)
    if row and key is None:
        raise Http404
    try:
        count = failed_work.try_again(request.POST.get("source", ""), key, timezone.now())
    except LookupError as unknown:
        raise Http404 from unknown
    if count:
        said = ngettext(
            "%(count)s piece of work is tried again.", "%(count)s pieces of work are tried again.", count
        )
        messages.success(request, said % {"count": figures(count)})
    else:
        messages.info(request, _("That is done already, or somebody is at it."))
    return redirect("administration:failed")


@require_GET
@administrators_only
def clock_page(request: StaffRequest) -> HttpResponse:
    """What runs by itself: how often, how it last went, when it runs next."""
    now = timezone.now()
    lines = [
        {
            "entry": entry,
            "words": words_of(entry.name),
            "rhythm": rhythm_words(entry),
            "next_at": entry.next_at(now),
            "is_paused": entry.rests(now),
            "is_late": entry.is_late(now),
        }
        for entry in sorted(clock.entries(), key=lambda one: not one.is_daily)
    ]
    return render(
        request, "projectplan/administration/clock.html", {"section": "clock", "lines": lines, "now": now}
    )


@administrators_only
def clock_entry(request: StaffRequest, name: str) -> HttpResponse:
    """Another hour, or a pause, for one work that runs once a day."""
    now = timezone.now()
    entry = _entry(name, now)
    if not entry.is_daily:
        raise PermissionDenied(_("This holds the office together and runs all the time. It is not paused."))
    form = ClockForm(request.POST or None, entry=entry, now=now)
    if form.is_valid():
        form.save(request.user)
        messages.success(request, _("%(name)s is saved.") % {"name": words_of(name).title})
        return redirect("administration:clock")
    context = {"section": "clock", "entry": entry, "words": words_of(name), "form": form}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "projectplan/administration/clock_entry.html", context, status=status)


@require_POST
@administrators_only
@transaction.atomic
def clock_now(request: StaffRequest, name: str) -> HttpResponse:
    """Have a work of the clock done once now; its own turn stays."""
    entry = _entry(name, timezone.now())
    start_by_name_after_commit(entry.task)
    messages.success(request, _("“%(work)s” was given to the worker.") % {"work": words_of(name).title})
    return redirect("administration:clock")


def _entry(name: str, now: datetime) -> clock.Entry:
    found = {entry.name: entry for entry in clock.entries()}
    if name not in found:
        raise Http404
    if found[name].work is None:
        clock.know(found, now)
        found = {entry.name: entry for entry in clock.entries()}
    return found[name]
