"""What the pages of bills and of consultations differ in; everything else about them is the office's."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from office.desk import Desk, StageOf
from office.models import MatterQuerySet, User
from office.permissions import carries_it, is_executive
from parliament import bill_worklist, consultation_worklist
from parliament.bill_line import line_card
from parliament.event_words import bill_lines, consultation_lines
from parliament.forms.bill_steps import BILL_STEP_FORMS
from parliament.forms.consultation_steps import CONSULTATION_STEP_FORMS
from parliament.models import AgencyRequest, Bill, Consultation
from parliament.models.consultation_state import ConsultationState

State = ConsultationState

# ── Bills ───────────────────────────────────────────────────────────────────────────────────


def _bills() -> MatterQuerySet:
    rows = Bill.objects.select_related("owner", "proposer__party", "proposer__province")
    return bill_worklist.with_its_meetings(rows)


def _kind_of_bill(bill: Bill) -> str:
    return f"{bill.get_ministry_part_display()} · {bill.proposed_by}"


BILLS = Desk(
    model=Bill,
    rows=_bills,
    forms=BILL_STEP_FORMS,
    stages=[],
    next_step=bill_worklist.next_step,
    name=_("Bills"),
    section="bills",
    list_page="parliament:bills",
    page="parliament:bill",
    step_page="parliament:bill_step",
    kind_line=_kind_of_bill,
    template="parliament/bill.html",
    cards=[line_card],
    step_aside="parliament/cards/bill_aside.html",
    event_lines=bill_lines,
)


# ── Consultations ───────────────────────────────────────────────────────────────────────────


def _consultations() -> MatterQuerySet:
    return Consultation.objects.select_related(
        "owner",
        "member__party",
        "member__province",
        "body",
        "decided_by",
        "raiser_told_evidence",
        "minister_told_evidence",
    )


def _kind_of_consultation(consultation: Consultation) -> str:
    words = _("From a member") if consultation.member_id else _("From a constitutional organisation")
    return f"{words} · {consultation.raiser}"


def told_card(consultation: Consultation, user: User, now: datetime) -> dict[str, Any]:
    """The two who are to be told, and whether this person tells them or is the one who takes note."""
    is_decided = consultation.decided_at is not None
    is_telling = consultation.state == State.ORDERED and bool(consultation.told_text)
    return {
        "consultation": consultation,
        "is_decided": is_decided,
        "may_tell": is_telling and carries_it.test(user, consultation),
        "may_note": is_telling and is_executive.test(user),
        "may_mail": consultation.raiser_mail_at is None and not consultation.secrecy,
    }


def requests_card(consultation: Consultation, user: User, now: datetime) -> dict[str, Any]:
    """The agencies asked, and what they answered."""
    return {"requests": list(AgencyRequest.objects.with_whom().filter(matter=consultation.pk))}


CONSULTATION_STAGES: list[StageOf] = [
    (_("Registration"), set(), {"receive"}),
    (_("Screening"), {State.RECEIVED}, {"accept", "find_not_ours", "pass_on"}),
    (_("Agencies and opinion"), {State.SCREENED, State.ASKED, State.ANSWERED}, {"summarise"}),
    (_("Head's check"), {State.CHECKING}, {"submit", "confirm_screening"}),
    (_("The minister's order"), {State.ON_DESK}, {"order", "note"}),
    (_("Telling both"), {State.ORDERED}, {"tell_raiser", "tell_minister", "confirm_mail", "note_result"}),
    (_("Closing"), {State.TOLD}, {"close"}),
]

CONSULTATIONS = Desk(
    model=Consultation,
    rows=_consultations,
    forms=CONSULTATION_STEP_FORMS,
    stages=CONSULTATION_STAGES,
    next_step=consultation_worklist.next_step,
    name=_("Consultations"),
    section="consultations",
    list_page="parliament:consultations",
    page="parliament:consultation",
    step_page="parliament:consultation_step",
    kind_line=_kind_of_consultation,
    template="parliament/consultation.html",
    cards=[told_card, requests_card],
    step_aside="parliament/cards/consultation_aside.html",
    event_lines=consultation_lines,
)
