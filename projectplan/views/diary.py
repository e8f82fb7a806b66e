"""The office's diary by month and week, of one day, and of the days ahead."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from office.by_day import SHOWN_A_DAY, asked_day, before_and_after, period_of, weeks_of
from office.calendar import Period
from office.http import StaffRequest
from office.models import OfficeDay
from office.models.calendar import current_calendar
from projectplan.diary import Asked, Line, Source, chosen, lines_of, sources_of
from projectplan.diary_whose import Whose, whose_of

ONE_DAY: Final = timedelta(days=1)
AHEAD: Final = timedelta(days=14)
MOST_OF_A_DAY: Final = 60


@require_GET
def diary(request: StaffRequest) -> HttpResponse:
    """A month or a week; the month of today unless the address says otherwise."""
    view = "week" if request.GET.get("view") == "week" else "month"
    context = _asked(request)
    period = period_of(view, context["day"])
    lines = _lines(request, context, period, SHOWN_A_DAY[view])
    before, after = before_and_after(view, period)
    context |= {
        "view": view,
        "period": period,
        "weeks": weeks_of(period, lines, current_calendar()),
        "is_empty": not lines,
        "before": before,
        "after": after,
        "day_card": "projectplan/diary_cell.html" if view == "month" else "projectplan/diary_line.html",
        "day_page": reverse("projectplan:diary_day"),
    }
    return render(request, "projectplan/diary.html", context)


@require_GET
def one_day(request: StaffRequest) -> HttpResponse:
    """Whatever takes place or falls due on one day."""
    context = _asked(request)
    return _list(request, context, "day", Period(context["day"], context["day"]))


@require_GET
def ahead(request: StaffRequest) -> HttpResponse:
    """The days ahead on which there is anything, one after the other."""
    context = _asked(request)
    return _list(request, context, "ahead", Period(context["day"], context["day"] + AHEAD))


def _list(request: StaffRequest, context: dict[str, Any], view: str, period: Period) -> HttpResponse:
    step, most = (ONE_DAY, MOST_OF_A_DAY) if view == "day" else (AHEAD, SHOWN_A_DAY["week"])
    lines = _lines(request, context, period, most)
    context |= {
        "view": view,
        "period": period,
        "days": _days(period, lines),
        "before": context["day"] - step,
        "after": context["day"] + step,
    }
    return render(request, "projectplan/diary_list.html", context)


def _lines(request: StaffRequest, context: dict[str, Any], period: Period, most: int) -> list[Line]:
    whose = context["whose"]
    asked = Asked(period, request.user, timezone.now(), most, whose.person, whose.subgroup)
    return lines_of(asked, context["shown_sources"])


def _days(period: Period, lines: list[Line]) -> list[dict[str, Any]]:
    """Each day that has lines, with its own name if the office does not work on it, and how many are not shown."""
    named = OfficeDay.objects.filter(date__range=(period.first, period.last)).values_list("date", "name")
    names: dict[date, str] = dict(named)
    found = []
    for day, of_day in groupby(lines, key=lambda line: line.day):
        shown = list(of_day)
        found.append(
            {"day": day, "name": names.get(day, ""), "lines": shown, "more": shown[0].of_day - len(shown)}
        )
    return found


def _asked(request: StaffRequest) -> dict[str, Any]:
    """What every view of the diary takes from the address: the day, and which sorts of line are wanted."""
    today = timezone.localdate()
    sources = sources_of(request.user)
    asked = request.GET.getlist("only")
    names = [source.name for source in sources if source.name in asked]
    whose = whose_of(request.user, request.GET)
    return {
        "section": "diary",
        "today": today,
        "day": asked_day(request.GET.get("day", "")) or today,
        "sources": [(source, source.name in names, _toggled(source, names, whose)) for source in sources],
        "is_all": not names,
        "shown_sources": chosen(sources, names),
        "kept": _only(names, whose),
        "all_kept": _only([], whose),
        "names": names,
        "whose": whose,
    }


def _toggled(source: Source, names: list[str], whose: Whose) -> str:
    """The end of the address with this sort of line added to those wanted, or taken from them."""
    rest = [name for name in names if name != source.name]
    return _only(rest if source.name in names else [*names, source.name], whose)


def _only(names: list[str], whose: Whose) -> str:
    """The end of an address that keeps the sorts of line and whose they are."""
    query = [("only", name) for name in names] + whose.query
    return f"&{urlencode(query)}" if query else ""
