"""What the pages of meetings and of their follow-ups differ in; everything else about them is the office's."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from office.desk import Desk, StageOf
from office.models import MatterQuerySet, User
from office.there_is import there_is
from parliament.forms.follow_ups import FOLLOW_UP_STEP_FORMS
from parliament.forms.meeting_steps import MEETING_STEP_FORMS
from parliament.meeting_agenda import READINESS, agenda_card, items_of_meetings
from parliament.meeting_words import meeting_lines
from parliament.meeting_worklist import idle_steps, next_step
from parliament.models import FollowUp, Meeting

State = Meeting.State

# ── Meetings ────────────────────────────────────────────────────────────────────────────────


# What the desk fetches with a meeting, for its cards to ask no further where there is nothing.
ON_A_MEETING = READINESS | {
    "has_follow_ups": there_is(Meeting, ("parliament_followup", "from_meeting_id")),
    "has_documents": there_is(Meeting, ("office_document", "matter_id")),
}


def _meetings() -> MatterQuerySet:
    return Meeting.objects.select_related("owner", "session", "committee").annotate(**ON_A_MEETING)


def _kind_of_meeting(meeting: Meeting) -> str:
    return str(meeting.committee or meeting.get_meeting_kind_display())


MEETING_STAGES: list[StageOf] = [
    (_("Registration"), set(), {"receive"}),
    (_("Agenda"), {State.ANNOUNCED}, {"go_through"}),
    (
        _("Telling and preparing"),
        {State.PREPARING},
        {"note_told", "tell", "make_ready", "strike", "go_through"},
    ),
    (_("The meeting"), {State.READY}, {"hold"}),
    (_("Minutes"), {State.HELD}, {"keep_minutes"}),
    (_("Closing"), {State.MINUTED}, {"close"}),
]

MEETINGS = Desk(
    model=Meeting,
    rows=_meetings,
    prefetched=lambda user: [items_of_meetings(user)],
    forms=MEETING_STEP_FORMS,
    stages=MEETING_STAGES,
    next_step=next_step,
    idle=idle_steps,
    name=_("Meetings"),
    section="meetings",
    list_page="parliament:meetings",
    page="parliament:meeting",
    step_page="parliament:meeting_step",
    kind_line=_kind_of_meeting,
    template="parliament/meeting.html",
    cards=[agenda_card],
    step_aside="parliament/cards/meeting_aside.html",
    halted={State.POSTPONED, State.CANCELLED},
    event_lines=meeting_lines,
)


# ── Follow-ups ──────────────────────────────────────────────────────────────────────────────


def _follow_ups() -> MatterQuerySet:
    rows = FollowUp.objects.select_related("owner", "agency", "from_meeting", "from_item")
    return rows.defer("search_text", "from_meeting__search_text", "from_meeting__minutes")


def from_meeting_card(follow_up: FollowUp, user: User, now: datetime) -> dict[str, Any]:
    """The meeting that wants it, if this person may see that."""
    is_seen = Meeting.objects.visible_to(user).filter(pk=follow_up.from_meeting_id).exists()
    return {"seen_meeting": follow_up.from_meeting if is_seen else None}


def _next_of_follow_up(follow_up: FollowUp, now: datetime) -> str:
    return "finish" if follow_up.state == FollowUp.State.OPEN else ""


FOLLOW_UP_STAGES: list[StageOf] = [
    (_("Registration"), set(), {"receive"}),
    (_("To be done"), {FollowUp.State.OPEN}, {"finish"}),
]

FOLLOW_UPS = Desk(
    model=FollowUp,
    rows=_follow_ups,
    forms=FOLLOW_UP_STEP_FORMS,
    stages=FOLLOW_UP_STAGES,
    next_step=_next_of_follow_up,
    name=_("Follow-ups of meetings"),
    section="follow_ups",
    list_page="parliament:follow_ups",
    page="parliament:follow_up",
    step_page="parliament:follow_up_step",
    kind_line=lambda follow_up: str(_("Follow-up of a meeting")),
    template="parliament/follow_up.html",
    cards=[from_meeting_card],
)
