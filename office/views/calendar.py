"""The working calendar of a fiscal year, its changes, and the deadlines that move with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from office.calendar import Period, WorkCalendar, fiscal_year, fiscal_year_of, months_of
from office.calendar_changes import (
    COUNT_CAP,
    CalendarMovedOn,
    add_day,
    confirm_moves,
    may_have_pending,
    pending_moves,
    remove_day,
)
from office.calendar_form import DayForm, RemovalForm
from office.figures import thousands
from office.http import StaffRequest
from office.lists import count_label
from office.models import CalendarEdition, OfficeDay
from office.models.calendar import current_calendar
from office.plain_number import plain_number
from office.thai import FIRST_BE_YEAR, LAST_BE_YEAR, to_arabic_digits

EDITIONS_SHOWN = 10
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class DayCell:
    """A day as the page draws it; `kind` is a class of the style sheet, `name` says why the day differs."""

    day: date
    kind: str
    name: str = ""


@dataclass(frozen=True)
class MonthSheet:
    """A month by weeks from Monday; None stands where the week belongs to another month."""

    first: date
    weeks: list[list[DayCell | None]]
    working_days: int


def calendar(request: StaffRequest) -> HttpResponse:
    """A fiscal year month by month, for everybody; who may change it finds the form beside it."""
    return _page(request, DayForm())


@require_POST
def add(request: StaffRequest) -> HttpResponse:
    """Put a day into the calendar, then show what would move."""
    _refuse_unless(request, "office.change_calendar")
    form = DayForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    day = OfficeDay(**form.cleaned_data)
    add_day(day, user=request.user, now=timezone.now())
    messages.success(request, _("The calendar is changed."))
    return _after_change(request, day.date)


@require_POST
def remove(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a day out of the calendar for a reason; no deadline comes earlier by it."""
    _refuse_unless(request, "office.change_calendar")
    day = get_object_or_404(OfficeDay, pk=pk)
    form = RemovalForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write why the day is taken out."))
        return redirect(_address_of(day.date))
    when = day.date
    remove_day(day, reason=form.cleaned_data["reason"], user=request.user, now=timezone.now())
    messages.success(request, _("The calendar is changed. Deadlines already given never come earlier."))
    return _after_change(request, when)


def moves(request: StaffRequest) -> HttpResponse:
    """The open deadlines that the calendar in force makes later; a head moves them all by one press."""
    _refuse_unless(request, "office.change_calendar")
    if request.method == "POST":
        return _confirm(request)
    pending = pending_moves(request.user, timezone.now())
    context = {
        "section": "calendar",
        "pending": pending,
        "count": count_label(pending.count, COUNT_CAP),
        "edition": CalendarEdition.objects.select_related("made_by").filter(pk=pending.edition).first(),
        "may_confirm": request.user.has_perm("office.confirm_calendar"),
    }
    return render(request, "office/calendar_moves.html", context)


def _confirm(request: StaffRequest) -> HttpResponse:
    seen = request.POST.get("edition", "")
    try:
        moved = confirm_moves(request.user, timezone.now(), plain_number(seen) or 0)
    except CalendarMovedOn:
        messages.warning(request, _("The calendar was changed again meanwhile. Look at the list once more."))
        return redirect("office:calendar_moves")
    said = ngettext("%(number)s deadline moved.", "%(number)s deadlines moved.", moved)
    messages.success(request, said % {"number": thousands(moved)})
    return redirect("office:calendar")


def _refuse_unless(request: StaffRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied(_("Heads of subgroups and administrators change the calendar."))


def _after_change(request: StaffRequest, day: date) -> HttpResponse:
    return redirect("office:calendar_moves" if may_have_pending(timezone.now()) else _address_of(day))


def _address_of(day: date) -> str:
    return f"{reverse('office:calendar')}?year={fiscal_year_of(day)}"


def _page(request: StaffRequest, form: DayForm, *, status: int = 200) -> HttpResponse:
    now = timezone.localtime()
    year = _asked_year(request) or fiscal_year_of(now.date())
    period = fiscal_year(year)
    days = list(OfficeDay.objects.filter(date__range=(period.first, period.last)).order_by("date"))
    work = current_calendar()
    may_change = request.user.has_perm("office.change_calendar")
    context: dict[str, Any] = {
        "section": "calendar",
        "period": period,
        "year_name": period.label(get_language() or "th"),
        "before": year - 1 if year > FIRST_BE_YEAR + 1 else None,
        "after": year + 1 if year < LAST_BE_YEAR else None,
        "months": _sheets(period, days, work, now.date()),
        "working_days": work.working_days_between(period.first - ONE_DAY, period.last),
        "days": days,
        "may_change": may_change,
        "pending": may_change and may_have_pending(now),
        "form": form,
        "editions": CalendarEdition.objects.select_related("made_by")[:EDITIONS_SHOWN] if may_change else [],
    }
    return render(request, "office/calendar.html", context, status=status)


def _asked_year(request: StaffRequest) -> int | None:
    """The fiscal year (B.E.) in the address, if it is one that dates can be typed for."""
    asked = to_arabic_digits(request.GET.get("year", ""))
    if not (asked.isascii() and asked.isdigit() and len(asked) == 4):
        return None
    return int(asked) if FIRST_BE_YEAR < int(asked) <= LAST_BE_YEAR else None


def _sheets(period: Period, days: list[OfficeDay], work: WorkCalendar, today: date) -> list[MonthSheet]:
    names = {day.date: day.name for day in days}
    return [_sheet(month, names, work, today) for month in months_of(period)]


def _sheet(month: Period, names: Mapping[date, str], work: WorkCalendar, today: date) -> MonthSheet:
    cells: list[DayCell | None] = [None] * month.first.weekday()
    for number in range((month.last - month.first).days + 1):
        day = month.first + number * ONE_DAY
        kind = _kind(day, work)
        cells.append(DayCell(day, f"{kind} today" if day == today else kind, names.get(day, "")))
    cells += [None] * (-len(cells) % 7)
    weeks = [cells[start : start + 7] for start in range(0, len(cells), 7)]
    return MonthSheet(month.first, weeks, work.working_days_between(month.first - ONE_DAY, month.last))


def _kind(day: date, work: WorkCalendar) -> str:
    if day in work.days_on:
        return "on"
    if day in work.days_off:
        return "off"
    return "" if work.is_working_day(day) else "rest"
