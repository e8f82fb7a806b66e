"""Which meetings may consider a bill where it stands, and the items of their agendas: to choose from, or to add to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from office.models import User
from office.templatetags.prasan import moment
from parliament.models import AgendaItem, Bill, Meeting
from parliament.models.bill_state import BillState

LOOKS_BACK: Final = timedelta(days=45)
LOOKS_AHEAD: Final = timedelta(days=120)
MEETINGS_OFFERED: Final = 40
COMING_SHOWN: Final = 4
NEW: Final = "new-"

Kind = Meeting.MeetingKind
AT_STAGE: Final[dict[str, tuple[str, ...]]] = {
    BillState.AGENDA: (Kind.WHIPS, Kind.HOUSE, Kind.JOINT),
    BillState.READING_1: (Kind.HOUSE, Kind.JOINT),
    BillState.COMMITTEE: (Kind.COMMITTEE,),
    BillState.READING_2: (Kind.HOUSE, Kind.JOINT),
    BillState.READING_3: (Kind.HOUSE, Kind.JOINT),
    BillState.SENATE: (Kind.SENATE, Kind.COMMITTEE, Kind.JOINT),
}
"""The kinds of meeting that consider a bill at each stage."""


@dataclass(frozen=True)
class ItemChoice:
    """What was chosen: an item that is there, or a meeting whose agenda gets a new one."""

    item: AgendaItem | None
    meeting: Meeting


def coming(bill: Bill, user: User, now: datetime) -> list[Meeting]:
    """The next meetings that may consider it and do not yet, as far as this person sees them: one press puts it on
    their agenda."""
    kinds = AT_STAGE.get(bill.state, ())
    rows = Meeting.objects.visible_to(user).filter(
        meeting_kind__in=kinds, begins_at__gte=now, begins_at__lt=now + LOOKS_AHEAD
    )
    rows = rows.filter(_takes_place()).exclude(items__about=bill.pk)
    return list(rows.order_by("begins_at", "pk")[:COMING_SHOWN])


def _free_items(bill: Bill) -> QuerySet[AgendaItem]:
    """The items that are about nothing else and that no bill is considered under.

    As one value compared: said as "none or this one", every item about nothing was looked for in the index.
    """
    items = AgendaItem.objects.annotate(about_this=Coalesce("about", Value(bill.pk)))
    return items.filter(about_this=bill.pk, consideration=None)


def choices_for(bill: Bill, user: User, now: datetime) -> Sequence[tuple[Any, Any]]:
    """For a list to choose from: each meeting with its free items, and a new item at the end."""
    rows = Meeting.objects.visible_to(user).filter(
        _takes_place(),
        meeting_kind__in=AT_STAGE.get(bill.state, ()),
        begins_at__gte=now - LOOKS_BACK,
        begins_at__lt=now + LOOKS_AHEAD,
    )
    meetings = rows.order_by("-begins_at", "pk").values_list("pk", "title", "begins_at")[:MEETINGS_OFFERED]
    found = {}
    for key, title, begins_at in meetings:
        found[key] = (f"{title} · {moment(begins_at)}", [(f"{NEW}{key}", _("Add the bill as a new item"))])
    items = _free_items(bill).filter(meeting__in=list(found)).only("meeting", "number", "title")
    for item in items.order_by("-position"):
        found[item.meeting_id][1].insert(0, (str(item.pk), str(item)))
    return list(found.values())


def chosen(value: str, user: User) -> ItemChoice | None:
    """What a value of that list stands for now; None when it is gone."""
    if value.startswith(NEW):
        seen = Meeting.objects.visible_to(user)
        meeting = seen.filter(_takes_place(), pk=value.removeprefix(NEW)).first()
        return ItemChoice(None, meeting) if meeting else None
    seen = Meeting.objects.visible_to(user)
    item = AgendaItem.objects.select_related("meeting").filter(meeting__in=seen, pk=value).first()
    return ItemChoice(item, item.meeting) if item else None


def _takes_place() -> Q:
    return ~Q(state__in=[Meeting.State.POSTPONED, Meeting.State.CANCELLED])
