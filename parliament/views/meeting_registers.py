"""The registers of meetings and of their follow-ups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from office.lists import Order
from office.models import User
from office.models.calendar import current_calendar
from office.registers import DUE, Register
from parliament import follow_up_worklist, meeting_worklist
from parliament.meeting_filters import FollowUpFilter, MeetingFilter
from parliament.meeting_tables import FollowUpTable, MeetingTable
from parliament.models import FollowUp, Meeting
from parliament.permissions import may_register


def _meeting_table(keys: Sequence[int], user: User) -> MeetingTable:
    return MeetingTable(meeting_worklist.rows_of(keys), calendar=current_calendar())


def _follow_up_table(keys: Sequence[int], user: User) -> FollowUpTable:
    return FollowUpTable(follow_up_worklist.rows_of(keys, user), calendar=current_calendar())


def _registering(user: User) -> dict[str, Any]:
    return {"may_register": may_register.test(user)}


def meeting_orders(filterset: MeetingFilter) -> dict[str, Order]:
    """Of a month or year by the moment they begin, whose index leads to them: by the key an old one would lie at the
    end of a walk through all that came after it."""
    column = "begins_at" if filterset.data.get("month") or filterset.data.get("fiscal_year") else "pk"
    return {"newest": Order(column, tie="pk", descending=True), "oldest": Order(column, tie="pk"), "due": DUE}


MEETING_REGISTER = Register(
    model=Meeting,
    filter=MeetingFilter,
    table=_meeting_table,
    name=_("Meetings"),
    section="meetings",
    page="parliament:meetings",
    filter_page="parliament:meeting_filter",
    none_fits=_("No meeting fits these filters. Take one away, or show all."),
    none_yet=_(
        "Meetings the office is told of stand here: who is told and what is ready before they begin, "
        "then their minutes."
    ),
    template="parliament/meetings.html",
    more=_registering,
    orders=meeting_orders,
    key_columns=["begins_at"],
    is_costly_to_count=lambda query: bool(query.get("promise") or query.get("late")),
)

FOLLOW_UP_REGISTER = Register(
    model=FollowUp,
    filter=FollowUpFilter,
    table=_follow_up_table,
    name=_("Follow-ups of meetings"),
    section="follow_ups",
    page="parliament:follow_ups",
    filter_page="parliament:follow_up_filter",
    none_fits=_("No follow-up fits these filters. Take one away, or show all."),
    none_yet=_("What meetings want done stands here, each with its officer and its day."),
    is_costly_to_count=lambda query: bool(query.get("promise") or query.get("late")),
)
