"""Who carries how much now, who needs help today, and the promises behind each of these numbers."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from office.http import StaffRequest
from office.lists import Order, capped_count, count_label, page_of
from office.models import Deadline, Subgroup, User
from office.models.calendar import current_calendar
from office.registers import link
from office.today import lines_of
from projectplan.workload import loads, promises_of, subgroups_overseen

MOST_URGENT = Order("due_at", "pk")


def _overseen(request: StaffRequest) -> list[Subgroup]:
    subgroups = list(subgroups_overseen(request.user))
    if not subgroups:
        raise PermissionDenied(_("Who carries how much is open to section heads and executives."))
    return subgroups


@require_GET
def workload(request: StaffRequest) -> HttpResponse:
    """The load of each person, and who needs help today: a page, and the part of the dashboard that comes later."""
    subgroups = _overseen(request)
    now = timezone.now()
    is_part = request.headers.get("HX-Request") == "true"
    context = {"section": "kpis", "loads": loads(subgroups, now), "moment": now}
    return render(
        request, "projectplan/workload.html" if is_part else "projectplan/workload_page.html", context
    )


@require_GET
def promises(request: StaffRequest) -> HttpResponse:
    """The open promises behind a number of the load, the most urgent first; one's own are open to everybody."""
    if request.GET.get("person") != str(request.user.pk):
        _overseen(request)
    now = timezone.now()
    show = request.GET.get("show", "")
    person, subgroup = request.GET.get("person", ""), request.GET.get("subgroup", "")
    found = Deadline.objects.unmet().filter(
        promises_of(request.user, now, show=show, person=person, subgroup=subgroup)
    )
    page = page_of(
        found.only("pk", "due_at"),
        MOST_URGENT,
        after=request.GET.get("after", ""),
        upto=request.GET.get("upto", ""),
    )
    shown = {"late": _("Late"), "today": _("Due today")}
    context = {
        "section": "kpis",
        "heading": shown.get(show, _("Not kept yet")),
        "whose": _whose(person, subgroup),
        "oversees": bool(subgroups_overseen(request.user)),
        "lines": lines_of(request.user, Q(pk__in=[one.pk for one in page.rows])),
        "count": count_label(capped_count(found.order_by("due_at", "pk"), in_order=True)),
        "previous_url": "?" + link(request.GET, upto=page.back_cursor) if page.back_cursor else "",
        "next_url": "?" + link(request.GET, after=page.next_cursor) if page.next_cursor else "",
        "moment": now,
        "calendar": current_calendar(),
    }
    return render(request, "projectplan/promises.html", context)


def _whose(person: str, subgroup: str) -> str:
    """The name of the person or subgroup whose promises are asked for."""
    if person.isascii() and person.isdigit():
        found = User.objects.filter(pk=int(person[:18])).first()
        return str(found) if found else ""
    return str(Subgroup.objects.filter(code=subgroup).first() or "")
