"""Letters the clock writes to agencies about parliament's business: one before their date, chasers while it is late."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from office.calendar import OFFICE_TZ, WorkCalendar
from office.models import Notice
from office.models.calendar import current_calendar
from office.notices import write_outside
from office.steps import Actor, perform
from parliament.kinds import ASKING
from parliament.models import AgencyRequest

REMIND_WORKING_DAYS_BEFORE: Final = 1
"""Agencies have a week or less: the word before its date comes on the working day before."""
CHASE_EVERY_WORKING_DAYS: Final = 2
LETTERS_PER_ROUND: Final = 100


def chase_late_agencies(now: datetime, *, most: int = LETTERS_PER_ROUND) -> int:
    """Chase at most `most` agencies: on the working day after the answer was due, then every second working day.

    The officer's own chaser counts too. Nothing is done outside office hours. Returns how many were chased.
    """
    calendar = current_calendar()
    if not calendar.is_open(now):
        return 0
    late = _to_chase(now, calendar).order_by("deadline__due_at", "pk").select_related("matter")
    late = late.defer("matter__search_text")
    return sum(_chase(request, now, calendar) for request in list(late[:most]))


def remind_agencies(now: datetime, *, most: int = LETTERS_PER_ROUND) -> int:
    """Remind at most `most` agencies, each once, in the last working days before their answer is due.

    Who was asked as shortly before as that is left alone. Returns how many were reminded.
    """
    calendar = current_calendar()
    if not calendar.is_open(now):
        return 0
    coming = _to_remind(now, calendar).select_related("matter").defer("matter__search_text")
    requests = list(coming.order_by("deadline__due_at", "pk")[:most])
    for request in requests:
        write_outside(
            Notice.Kind.PARLIAMENT_CHASER,
            once=f"parliament-request:{request.pk}:before-due",
            now=now,
            matter=request.matter,
            subject_id=request.pk,
        )
    return len(requests)


def _awaited() -> QuerySet[AgencyRequest]:
    """Answers still owed by agencies that have an address for letters."""
    return AgencyRequest.objects.open().filter(deadline__met_at=None).exclude(agency__email="")


def _to_chase(now: datetime, calendar: WorkCalendar) -> QuerySet[AgencyRequest]:
    today = now.astimezone(OFFICE_TZ).date()
    # Today and the working days before it are as many; who was chased in them is left alone.
    first = calendar.add_working_days(today, 1 - CHASE_EVERY_WORKING_DAYS)
    not_lately = Q(last_chased_at=None) | Q(last_chased_at__lt=_midnight(first))
    return _awaited().filter(not_lately, deadline__due_at__lt=_midnight(today))


def _to_remind(now: datetime, calendar: WorkCalendar) -> QuerySet[AgencyRequest]:
    today = now.astimezone(OFFICE_TZ).date()
    last_day = calendar.add_working_days(today, REMIND_WORKING_DAYS_BEFORE)
    asked_before = _midnight(calendar.add_working_days(today, -REMIND_WORKING_DAYS_BEFORE))
    once = Concat(Value("parliament-request:"), Cast("pk", CharField()), Value(":before-due"))
    return (
        _awaited()
        .annotate(once=once)
        .filter(
            ~Exists(Notice.objects.filter(once_key=OuterRef("once"))),
            deadline__due_at__gte=now,
            deadline__due_at__lt=_midnight(last_day + timedelta(days=1)),
            deadline__start_at__lt=asked_before,
        )
    )


@transaction.atomic
def _chase(request: AgencyRequest, now: datetime, calendar: WorkCalendar) -> bool:
    """Chase one agency, unless somebody did or it answered since; the matter is locked before that is asked."""
    matter = ASKING[request.matter.kind].objects.select_for_update().get(pk=request.matter_id)
    if not _to_chase(now, calendar).filter(pk=request.pk).exists():
        return False
    clock = Actor(label=_("The clock of the office"), is_clock=True)
    perform(matter, "chase_request", actor=clock, seen=None, now=now, request=request)
    return True


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, OFFICE_TZ)
