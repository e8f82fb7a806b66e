"""Holding a matter from the removal of its personal data, and lifting that: a head's act, written in its history."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from office.calendar import OFFICE_TZ
from office.models import Event, LegalHold, Matter, User
from office.permissions import is_head_of_it

HELD, LIFTED, ANONYMISED = "hold_from_removal", "lift_hold_from_removal", "anonymise"
"""The names under which the history has them."""

may_hold = is_head_of_it


def hold(matter: Matter, *, by: User, reason: str, until: date | None, now: datetime) -> LegalHold:
    """Hold a matter, closed or not. Raises PermissionDenied, ValidationError; a second click holds it once."""
    with transaction.atomic():
        locked = _locked(matter, by)
        standing = LegalHold.objects.filter(matter=locked).first()
        if standing is not None and standing_on(standing, today_at(now)):
            return standing
        if hasattr(locked, "anonymised"):
            raise ValidationError(_("The personal data of this matter are removed already."))
        if until is not None and until <= today_at(now):
            raise ValidationError({"until": _("Choose a day to come.")})
        if standing is not None:
            standing.delete()
        placed = LegalHold(matter=locked, reason=reason, placed_by=by, placed_at=now, until=until)
        placed.clean()
        placed.save()
        note(locked, HELD, by=by, now=now, reason=reason, changes=_until(until))
    return placed


def lift(matter: Matter, *, by: User, reason: str, now: datetime) -> None:
    """Lift a hold for a reason. Raises PermissionDenied, ValidationError; what is not held stays as it is."""
    if not reason.strip():
        raise ValidationError({"reason": _("Write why.")})
    with transaction.atomic():
        locked = _locked(matter, by)
        if LegalHold.objects.filter(matter=locked).delete()[0]:
            note(locked, LIFTED, by=by, now=now, reason=reason)


def standing_on(one: LegalHold, today: date) -> bool:
    return one.until is None or one.until >= today


def today_at(now: datetime) -> date:
    return now.astimezone(OFFICE_TZ).date()


def _until(until: date | None) -> dict[str, Any]:
    """As `office.history` reads a day to come."""
    if until is None:
        return {}
    return {"until": ["", datetime(until.year, until.month, until.day, 16, 30, tzinfo=OFFICE_TZ).isoformat()]}


def _locked(matter: Matter, by: User) -> Matter:
    locked = Matter.objects.select_for_update().get(pk=matter.pk)
    if not may_hold.test(by, locked):
        raise PermissionDenied(
            _("Only the head of the subgroup holds a matter from removal, and lifts that.")
        )
    return locked


def note(
    locked: Matter,
    step: str,
    *,
    by: User | None,
    now: datetime,
    reason: str = "",
    changes: dict[str, Any] | None = None,
    label: str = "",
) -> Event:
    """Write into the history of a locked matter what is no step of its kind: its version counts up, so that whoever
    has the page open reads of it."""
    locked.version += 1
    Matter.objects.filter(pk=locked.pk).update(version=locked.version)
    return Event.objects.create(
        matter=locked,
        at=now,
        actor=by,
        actor_label=label,
        step=step,
        reason=reason,
        changes=changes or {},
        version=locked.version,
    )
