"""The registers of interpellations and of motions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from office.models import User
from office.models.calendar import current_calendar
from office.registers import Register
from parliament import answering_worklist
from parliament.answering_filters import InterpellationFilter, MotionFilter
from parliament.answering_tables import InterpellationTable, MotionTable
from parliament.models import Interpellation, Motion
from parliament.permissions import may_register


def _interpellations(keys: Sequence[int], user: User) -> InterpellationTable:
    return InterpellationTable(answering_worklist.questions(keys), calendar=current_calendar())


def _motions(keys: Sequence[int], user: User) -> MotionTable:
    return MotionTable(answering_worklist.motions(keys), calendar=current_calendar())


def _registering(user: User) -> dict[str, Any]:
    return {"may_register": may_register.test(user)}


INTERPELLATION_REGISTER = Register(
    model=Interpellation,
    filter=InterpellationFilter,
    table=_interpellations,
    name=_("Interpellations"),
    section="interpellations",
    page="parliament:interpellations",
    filter_page="parliament:interpellation_filter",
    none_fits=_("No interpellation fits these filters. Take one away, or show all."),
    none_yet=_(
        "What members ask the minister stands here, from its receipt until the chamber has its answer."
    ),
    template="parliament/interpellations.html",
    more=_registering,
    is_costly_to_count=lambda query: bool(query.get("answer") or query.get("late")),
)

MOTION_REGISTER = Register(
    model=Motion,
    filter=MotionFilter,
    table=_motions,
    name=_("Motions"),
    section="motions",
    page="parliament:motions",
    filter_page="parliament:motion_filter",
    none_fits=_("No motion fits these filters. Take one away, or show all."),
    none_yet=_("Motions on which the ministry makes a statement stand here, until the chamber has resolved."),
    template="parliament/motions.html",
    more=_registering,
    is_costly_to_count=lambda query: bool(query.get("answer") or query.get("late")),
)
