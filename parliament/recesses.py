"""The recess switch: what waits for a sitting is not reminded of while there is none, and nothing of it is lost.

Only reminders move (`Deadline.remind_at`), never what is due: late stays late. A promise that waits for no sitting,
such as an answer for the Royal Gazette, is reminded of as ever.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from office.calendar import OFFICE_TZ, WorkCalendar
from office.models import Deadline, Matter, Notice, User
from office.models.calendar import current_calendar
from office.notices import tell
from office.reminders import Rung, rung_at, rung_since
from office.thai import format_long
from parliament.audience import concerned
from parliament.models import Interpellation, Recess

ONE_DAY: Final = timedelta(days=1)
WRITTEN_AT_ONCE: Final = 500

WAITS_FOR_A_SITTING: Final = Q(kind=Deadline.Kind.HOUSE_ANSWER) & (
    Q(matter__kind=Matter.Kind.MOTION)
    | Q(
        matter__kind=Matter.Kind.INTERPELLATION,
        matter__interpellation__interpellation_kind__in=[
            Interpellation.InterpellationKind.URGENT,
            Interpellation.InterpellationKind.SITTING,
        ],
    )
)
"""The promises that are kept in a sitting: answers given there. The Royal Gazette is printed in a recess too."""


# ── When a reminder may be given ────────────────────────────────────────────────────────────


def quiet_until(
    at: datetime, recesses: Iterable[Recess], calendar: WorkCalendar
) -> tuple[bool, datetime | None]:
    """Whether a reminder at this moment falls into a recess, and the first working morning after it (None: nobody
    knows yet). A recess that the next one follows at once is one with it."""
    moved = at
    for recess in sorted(recesses, key=lambda one: one.begins_on):
        if not recess.contains(moved.astimezone(OFFICE_TZ).date()):
            continue
        if recess.ends_on is None:
            return True, None
        moved = calendar.opening_of(calendar.working_day_on_or_after(recess.ends_on + ONE_DAY))
    return moved != at, moved


def put_off(due: Sequence[Deadline], now: datetime) -> Mapping[int, datetime | None]:
    """Of promises that are about to be reminded of: those that a recess keeps quiet, and until when.

    So what was promised during a recess, or got a new moment in it, is quiet without its step knowing of recesses.
    """
    calendar = current_calendar()
    is_quiet, until = quiet_until(now, Recess.objects.unfinished(now.astimezone(OFFICE_TZ).date()), calendar)
    if not is_quiet:
        return {}
    waiting = Deadline.objects.filter(WAITS_FOR_A_SITTING, pk__in=[deadline.pk for deadline in due])
    return dict.fromkeys(waiting.values_list("pk", flat=True), until)


# ── The switch ──────────────────────────────────────────────────────────────────────────────


def declare(*, begins_on: date, ends_on: date | None, reason: str, by: User, now: datetime) -> Recess:
    """A recess from a day on. Declared again from the same day it is the same one. Raises ValidationError where it
    would overlap another."""
    with transaction.atomic():
        # Held first: of two who declare at once, the second sees what the first has written.
        list(Recess.objects.select_for_update().values_list("pk", flat=True))
        twin = Recess.objects.filter(begins_on=begins_on).first()
        if twin and (twin.ends_on, twin.reason) == (ends_on, reason):
            return twin
        recess = Recess(begins_on=begins_on, ends_on=ends_on, reason=reason, declared_by=by, declared_at=now)
        _refuse_overlap(recess)
        recess.save()
        _plan_anew(recess.begins_on)
        _tell(recess, by=by, now=now)
    return recess


def set_end(recess: Recess, *, ends_on: date | None, by: User, now: datetime) -> Recess:
    """Its last day is another one: it ends, or lasts longer. The reminders that waited are set again."""
    with transaction.atomic():
        locked = Recess.objects.select_for_update().get(pk=recess.pk)
        if locked.ends_on == ends_on:
            return locked
        if locked.ends_on and locked.ends_on < now.astimezone(OFFICE_TZ).date():
            raise ValidationError(_("This recess is over. Declare a new one."))
        locked.ends_on = ends_on
        locked.ended_by = by if ends_on else None
        _refuse_overlap(locked)
        locked.save()
        _plan_anew(locked.begins_on)
        _tell(locked, by=by, now=now)
    return locked


def withdraw(recess: Recess, *, by: User, now: datetime) -> None:
    """One that has not begun yet is taken back as if it had never been declared; safe to repeat."""
    with transaction.atomic():
        locked = Recess.objects.select_for_update().filter(pk=recess.pk).first()
        if locked is None:
            return
        if locked.begins_on <= now.astimezone(OFFICE_TZ).date():
            raise ValidationError(_("It has begun already: write its last day instead."))
        begins_on = locked.begins_on
        locked.delete()
        _plan_anew(begins_on)


def _refuse_overlap(recess: Recess) -> None:
    others = Recess.objects.exclude(pk=recess.pk).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=recess.begins_on)
    )
    if recess.ends_on:
        others = others.filter(begins_on__lte=recess.ends_on)
    other = others.order_by("begins_on").first()
    if other:
        raise ValidationError(
            _("A recess from %(date)s is written down already; change its last day instead.")
            % {"date": format_long(other.begins_on)}
        )


# ── Reminders set anew ──────────────────────────────────────────────────────────────────────


def _plan_anew(begins_on: date) -> None:
    """Every promise that waits for a sitting gets the reminder it should have, given the recesses as they are now.

    Only what a recess from this day on can have touched: whose reminder stands before it is left alone.
    """
    calendar = current_calendar()
    begins_at = datetime.combine(begins_on, time.min, OFFICE_TZ)
    recesses = list(Recess.objects.unfinished(begins_on))
    touched = Deadline.objects.unmet().filter(
        WAITS_FOR_A_SITTING, Q(remind_at__isnull=True) | Q(remind_at__gte=begins_at)
    )
    changed = []
    for deadline in touched.select_for_update(of=("self",)).order_by("pk"):
        rung, at = _planned(deadline, max(begins_at, deadline.start_at), recesses, calendar)
        if (rung, at) != (deadline.next_reminder, deadline.remind_at):
            deadline.next_reminder, deadline.remind_at = rung, at
            changed.append(deadline)
    Deadline.objects.bulk_update(changed, ["next_reminder", "remind_at"], batch_size=WRITTEN_AT_ONCE)


def _planned(
    deadline: Deadline, since: datetime, recesses: Sequence[Recess], calendar: WorkCalendar
) -> tuple[str, datetime | None]:
    """The reminder that comes first from a moment on, or the first after the recess that it falls into."""
    planned: Rung = rung_since(deadline, since, calendar)
    is_quiet, until = quiet_until(planned[1], recesses, calendar)
    if not is_quiet:
        return planned
    return (rung_at(deadline.due_at, until, calendar), until) if until else (planned[0], None)


def _tell(recess: Recess, *, by: User, now: datetime) -> None:
    """Everybody whom the business of parliament concerns hears of it, except the one who acts."""
    with override(settings.LANGUAGE_CODE):
        begins = {"from": format_long(recess.begins_on), "reason": recess.reason}
        if recess.ends_on:
            words = _("Recess from %(from)s to %(to)s: %(reason)s") % {
                **begins,
                "to": format_long(recess.ends_on),
            }
        else:
            words = _("Recess from %(from)s on: %(reason)s") % begins
    others = [person for person in concerned() if person != by]
    tell(
        others,
        Notice.Kind.CALENDAR,
        once=f"recess:{recess.pk}:{now:%Y%m%d%H%M%S}",
        now=now,
        calendar=current_calendar(),
        text=words,
    )
