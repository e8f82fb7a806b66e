"""The rows behind a figure of the reports and indicators: which they are, when each was due and done, and why late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from office.lists import Order, capped_count, count_label, page_of
from office.models import Agency, Matter, User
from office.plain_number import plain_number
from office.registers import link
from office.reporting import period_words
from parliament.counted_rows import CHAMBER, PARTY, Asked, NoSuchFigure, rows, whole
from parliament.measures import MATTERS
from parliament.models import Chamber, Committee, ConstitutionalBody, Member, Party
from parliament.permissions import may_read_reports
from parliament.reports import aside_label, choices_of, work_label
from parliament.tallies import Aside, Dimension, Kind

NEWEST = Order("pk", descending=True)


@dataclass(frozen=True)
class CountedRow:
    """One row: its matter, where it was considered if it is a bill, and how its promise stands."""

    matter: Matter
    meeting: Any
    at: datetime
    due_at: datetime | None
    met_at: datetime | None
    standing: str | None
    why: str


@require_GET
def counted(request: HttpRequest) -> HttpResponse:
    """The list behind one number."""
    user = cast(User, request.user)
    if not may_read_reports(user):
        raise PermissionDenied(
            _(
                "The reports on parliament are open to the subgroup that carries its business and to the executives."
            )
        )
    now = timezone.now()
    try:
        asked = Asked.from_query(request.GET.dict())
        found = rows(asked, user, now)
        words = _words(asked)
    except NoSuchFigure as wrong:
        raise Http404(_("There is no such figure.")) from wrong
    page = page_of(
        found.values_list("pk", named=True),
        NEWEST,
        after=request.GET.get("after", ""),
        upto=request.GET.get("upto", ""),
    )
    count = count_label(capped_count(found))
    context = {
        "section": "reports",
        "head_of_moment": _("Begins") if asked.kind in (Kind.MEETING, Kind.BILL) else _("Received"),
        "heading": work_label(asked.kind),
        "words": [period_words(asked.period) if _is_reported(asked) else asked.period.label(), *words],
        "rows": _shown(asked, [one.pk for one in page.rows], now),
        "count": count,
        "beside": [] if asked.by else _beside(request, asked, count, user, now),
        "next_link": link(request.GET, after=page.next_cursor) if page.next_cursor else "",
        "back_link": link(request.GET, upto=page.back_cursor) if page.back_cursor else "",
    }
    return render(request, "office/counted.html", context)


def _shown(asked: Asked, keys: Sequence[int], now: datetime) -> list[CountedRow]:
    """The rows of one page."""
    found = whole(asked, keys, now)
    if asked.kind is Kind.BILL:
        found = found.select_related("stage__bill", "item__meeting")
    return [_row(one, asked.kind) for one in found]


def _beside(request: HttpRequest, asked: Asked, here: str, user: User, now: datetime) -> list[dict[str, Any]]:
    """The same figure of the other works, each with its number: an indicator may count several together."""
    found = []
    for kind in MATTERS:
        others = None if kind is asked.kind else rows(replace(asked, kind=kind), user, now)
        count = here if others is None else count_label(capped_count(others))
        address = link(request.GET, kind=kind.value)
        found.append(
            {"label": work_label(kind), "count": count, "link": address, "is_here": kind is asked.kind}
        )
    return found


def _is_reported(asked: Asked) -> bool:
    return asked.period.last.month == asked.period.first.month or asked.period.last.month == 9


def _row(one: Any, kind: Kind) -> CountedRow:
    is_bill = kind is Kind.BILL
    matter = one.stage.bill if is_bill else one
    meeting = one.item.meeting if is_bill else None
    at = meeting.begins_at if meeting else matter.counted_at
    return CountedRow(matter, meeting, at, one.was_due, one.was_met, one.stands, one.why_late or "")


def _words(asked: Asked) -> list[str]:
    """What the figure is told apart by, in words."""
    words = [_value_words(asked)] if asked.by else []
    standings = {"in_time": _("In time"), "late": _("Late"), "pending": _("Not due yet")}
    if asked.standing:
        words.append(standings[asked.standing])
    if asked.is_open:
        words.append(_("Not closed"))
    return words


def _value_words(asked: Asked) -> str:
    by, key = asked.by, asked.key
    if by == Dimension.KIND:
        return dict(choices_of(asked.kind)).get(key, key)
    if by == CHAMBER:
        return str(dict(Chamber.choices).get(key, key))
    if by == Dimension.ASIDE and key in list(Aside):
        return aside_label(key)
    named: dict[str, type[Any]] = {
        PARTY: Party,
        Dimension.MEMBER: Member,
        Dimension.BODY: ConstitutionalBody,
        Dimension.COMMITTEE: Committee,
        Dimension.AGENCY: Agency,
    }
    if by == PARTY and not key:
        return _("No party")
    if by not in named:
        raise NoSuchFigure(by)
    row = named[by].objects.filter(pk=plain_number(key)).first()
    if row is None:
        raise NoSuchFigure(key)
    return str(row)
