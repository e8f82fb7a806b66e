"""Registering what a form tells of what parliament brings."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from office.models import User
from office.registration import register_once
from office.steps import Actor, perform
from parliament.forms.bills import BillForm
from parliament.forms.consultations import ConsultationForm
from parliament.forms.interpellations import InterpellationForm
from parliament.forms.meetings import MeetingForm
from parliament.forms.motions import MotionForm
from parliament.models import Bill, Consultation, Interpellation, Meeting, Motion


def register_bill(form: BillForm, *, user: User, now: datetime) -> Bill:
    """Register a valid form's bill; what was sent twice from one opening of the form is registered once."""
    return register_once(
        form, form.matter(), "bill", ("title", "parliament_number", "bill_number"), user=user, now=now
    )


def register_consultation(form: ConsultationForm, *, user: User, now: datetime) -> Consultation:
    """Register a valid form's consultation; what was sent twice from one opening is registered once."""
    same = ("title", "member", "body", "raised_on", "text")
    return register_once(form, form.matter(), "consultation", same, user=user, now=now)


def register_interpellation(form: InterpellationForm, *, user: User, now: datetime) -> Interpellation:
    """Register a valid form's question. Raises IntegrityError when its number was taken in the same moment."""
    same = ("parliament_number", "chamber", "interpellation_kind", "question_number", "title", "text")
    return register_once(form, form.matter(), "interpellation", same, user=user, now=now)


def register_motion(form: MotionForm, *, user: User, now: datetime) -> Motion:
    """Register a valid form's motion. Raises IntegrityError when its number was taken in the same moment."""
    same = ("parliament_number", "chamber", "motion_number", "title", "proposer", "text")
    return register_once(form, form.matter(), "motion", same, user=user, now=now)


@transaction.atomic
def register_meeting(form: MeetingForm, *, user: User, now: datetime) -> Meeting:
    """Register a valid form's meeting with its agenda; what was sent twice from one opening is registered once."""
    same = ("meeting_kind", "session", "committee", "sitting_number", "begins_at")
    meeting: Meeting = register_once(form, form.matter(), "meeting", same, user=user, now=now)
    if form.lines and not meeting.items.exists():
        actor = Actor(user=user)
        perform(meeting, "write_agenda", actor=actor, seen=meeting.version, now=now, lines=form.lines)
    return meeting
