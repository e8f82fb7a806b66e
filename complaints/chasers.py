"""Letters the clock writes to agencies: one before their answer is due, then chasers while it is late."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from complaints.models import Petition, Referral, State
from office.calendar import OFFICE_TZ, WorkCalendar
from office.models import Notice
from office.models.calendar import current_calendar
from office.notices import write_outside
from office.steps import Actor, perform

REMIND_WORKING_DAYS_BEFORE = 3
CHASE_EVERY_WORKING_DAYS = 5
LETTERS_PER_ROUND = 100


def chase_late_agencies(now: datetime, *, most: int = LETTERS_PER_ROUND) -> int:
    """Chase at most `most` agencies: on the working day after the answer was due, then every fifth working day.

    The officer's own chaser counts too. Nothing is done outside office hours. Returns how many were chased.
    """
    calendar = current_calendar()
    if not calendar.is_open(now):
        return 0
    late = _to_chase(now, calendar)
    keys = list(late.order_by("deadline__due_at", "pk").values_list("pk", "petition_id")[:most])
    return sum(_chase(referral_id, petition_id, now, calendar) for referral_id, petition_id in keys)


def remind_agencies(now: datetime, *, most: int = LETTERS_PER_ROUND) -> int:
    """Remind at most `most` agencies, each once by each date, in the last working days before their answer is due.

    Who was asked as shortly before as that is left alone. Returns how many were reminded.
    """
    calendar = current_calendar()
    if not calendar.is_open(now):
        return 0
    coming = (
        _to_remind(now, calendar)
        .select_related("petition", "deadline")
        .defer("petition__search_text", "petition__story")
    )
    referrals = list(coming.order_by("deadline__due_at", "pk")[:most])
    for referral in referrals:
        write_outside(
            Notice.Kind.AGENCY_REMINDER,
            once=_once_before_due(referral),
            now=now,
            matter=referral.petition,
            subject_id=referral.pk,
        )
    return len(referrals)


def _once_before_due(referral: Referral) -> str:
    """The occasion of the reminder; a date that was put off is a new one."""
    later = f":{referral.deadline_id}" if referral.deadline.continues_id else ""
    return f"referral:{referral.pk}:before-due{later}"


def _open_referrals() -> QuerySet[Referral]:
    """Questions still owed by agencies that have an address for letters."""
    return Referral.objects.filter(
        deadline__met_at=None, deadline__dropped_at=None, answered_at=None, declined_at=None
    ).exclude(agency__email="")


def _to_chase(now: datetime, calendar: WorkCalendar) -> QuerySet[Referral]:
    today = now.astimezone(OFFICE_TZ).date()
    # Today and the four working days before it are five; who was chased in them is left alone.
    first_of_five = calendar.add_working_days(today, 1 - CHASE_EVERY_WORKING_DAYS)
    not_lately = Q(last_chased_at=None) | Q(last_chased_at__lt=_midnight(first_of_five))
    return _open_referrals().filter(
        not_lately, deadline__due_at__lt=_midnight(today), petition__state=State.REFERRED
    )


def _to_remind(now: datetime, calendar: WorkCalendar) -> QuerySet[Referral]:
    today = now.astimezone(OFFICE_TZ).date()
    last_day = calendar.add_working_days(today, REMIND_WORKING_DAYS_BEFORE)
    asked_before = _midnight(calendar.add_working_days(today, -REMIND_WORKING_DAYS_BEFORE))
    key = Concat(Value("referral:"), Cast("pk", CharField()), Value(":before-due"))
    later = Concat(key, Value(":"), Cast("deadline_id", CharField()))
    once = Case(When(deadline__continues=None, then=key), default=later)
    return (
        _open_referrals()
        .annotate(once=once)
        .filter(
            ~Exists(Notice.objects.filter(once_key=OuterRef("once"))),
            deadline__due_at__gte=now,
            deadline__due_at__lt=_midnight(last_day + timedelta(days=1)),
            deadline__start_at__lt=asked_before,
        )
    )


@transaction.atomic
def _chase(referral_id: int, petition_id: int, now: datetime, calendar: WorkCalendar) -> bool:
    """Chase one agency, unless somebody did or it answered since; the petition is locked before that is asked."""
    petition = Petition.objects.select_for_update().get(pk=petition_id)
    referral = _to_chase(now, calendar).select_related("agency").filter(pk=referral_id).first()
    if referral is None:
        return False
    clock = Actor(label=_("The clock of the office"), is_clock=True)
    perform(petition, "chase", actor=clock, seen=None, now=now, referral=referral)
    return True


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, OFFICE_TZ)
