"""The rows behind a figure of the reports and indicators: which they are, when each was due and done, and why late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from office.lists import Order, capped_count, count_label, page_of
from office.models import Matter, User
from office.registers import link
from publicrelations.counted_rows import Asked, NoSuchFigure, rows, whole
from publicrelations.languages import language_name
from publicrelations.permissions import may_read_reports
from publicrelations.reports import aside_label, choices_of, work_label
from publicrelations.tallies import Aside, Dimension, Kind

NEWEST = Order("pk", descending=True)


@dataclass(frozen=True)
class CountedRow:
    """One row: its matter, the moment by whose month it is counted, and how its promise stands."""

    matter: Matter
    at: datetime
    due_at: datetime | None
    met_at: datetime | None
    standing: str | None
    why: str


@require_GET
def counted(request: HttpRequest) -> HttpResponse:
    """The list behind one number."""
    user, now = cast(User, request.user), timezone.now()
    if not may_read_reports(user):
        raise PermissionDenied(
            _(
                "The reports on public relations are open to the subgroup that carries them and to the executives."
            )
        )
    try:
        asked = Asked.from_query(request.GET.dict())
        found = rows(asked, user, now)
    except NoSuchFigure as wrong:
        raise Http404(_("There is no such figure.")) from wrong
    page = page_of(
        found.only("pk"), NEWEST, after=request.GET.get("after", ""), upto=request.GET.get("upto", "")
    )
    context = {
        "section": "reports",
        "heading": work_label(asked.kind),
        "head_of_moment": _head_of_moment(asked.kind),
        "words": [asked.period.label(), *_words(asked)],
        "rows": [_row(one) for one in whole(asked, [one.pk for one in page.rows], now)],
        "count": count_label(capped_count(found)),
        "next_link": link(request.GET, after=page.next_cursor) if page.next_cursor else "",
        "back_link": link(request.GET, upto=page.back_cursor) if page.back_cursor else "",
    }
    return render(request, "office/counted.html", context)


def _head_of_moment(kind: Kind) -> str:
    if kind in (Kind.ENGAGEMENT, Kind.PRESS_CONFERENCE):
        return _("Begins")
    return {Kind.ARTICLE: _("Published"), Kind.JOURNAL: _("Month")}.get(kind, _("Received"))


def _row(one: Any) -> CountedRow:
    return CountedRow(one, one.counted_at, one.was_due, one.was_met, one.stands, one.why_late or "")


def _words(asked: Asked) -> list[str]:
    """What the figure is told apart by, in words."""
    words = [_value_words(asked)] if asked.by else []
    standings = {"in_time": _("In time"), "late": _("Late"), "pending": _("Not due yet")}
    if asked.standing:
        words.append(standings[asked.standing])
    return [*words, _("Not closed")] if asked.is_open else words


def _value_words(asked: Asked) -> str:
    if asked.by == Dimension.ASIDE and asked.key in list(Aside):
        return aside_label(asked.key)
    if asked.by == Dimension.LANGUAGE:
        return language_name(asked.key)
    return dict(choices_of(asked.kind)).get(asked.key, asked.key)
