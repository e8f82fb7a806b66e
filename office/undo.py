"""Taking back what was just done, where the path has a step that does so: it is a step like any other.

Nothing is rolled back and no event goes: the history says that it was done, and that it was undone. The offer stands in
the message of the act, for some minutes, for who acted, and only while nothing else has happened to the matter.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.apps import apps
from django.utils.translation import gettext

from office import seals
from office.models import Event, Matter, User
from office.steps import Actor, open_steps, perform

PURPOSE: Final = "undo"
OFFERED_FOR: Final = timedelta(minutes=10)
TAG: Final = "undo:"
"""How a message carries the offer among its tags."""


class TooLate(Exception):
    """The offer is no more: its time is over, or it was not made for this person."""


@dataclass(frozen=True)
class Reverse:
    """The step that undoes another, and the person or matter it is given."""

    step: str
    field: str = ""
    key: int = 0


def reverse_of(name: str, owner_before: int | None, given: dict[str, Any]) -> Reverse | None:
    """The step that undoes a step of this name, as the matter's officer was before; None where there is none."""
    other = given.get("other")
    match name:
        case "take":
            return Reverse("release")
        case "assign" | "hand_over" if owner_before:
            return Reverse("assign", "to", owner_before)
        case "assign":
            return Reverse("release")
        case "release" if owner_before:
            return Reverse("take")
        case "pause":
            return Reverse("resume")
        case "link" if isinstance(other, Matter):
            return Reverse("unlink", "other", other.pk)
    return None


def offer(before: Matter, event: Event, given: dict[str, Any], actor: User, *, now: datetime) -> str:
    """The tag of a message that offers to undo a step just taken; "" where it cannot be undone by this person.

    `before` is the matter as it was when the step was asked for.
    """
    reverse = reverse_of(event.step, before.owner_id, given)
    if reverse is None or (event.step == "release" and before.owner_id != actor.pk):
        return ""
    after: Any = type(before)._default_manager.get(pk=before.pk)
    if after.version != event.version or reverse.key == after.owner_id:
        return ""
    if not open_steps(after, Actor(user=actor), among={reverse.step}):
        return ""
    told = [actor.pk, before._meta.label, before.pk, event.version, reverse.step, reverse.field, reverse.key]
    text = json.dumps([*told, (now + OFFERED_FOR).isoformat()])
    return TAG + seals.encrypt(text, purpose=PURPOSE)


def take_back(sealed: str, actor: User, *, now: datetime) -> Matter:
    """Take the step that undoes, on what the offer was made for. Raises TooLate, and whatever `perform` raises."""
    try:
        text = json.loads(seals.decrypt(sealed, purpose=PURPOSE))
    except ValueError as nonsense:
        raise TooLate from nonsense
    who, label, pk, version, step, field, key, until = text
    model: Any = apps.get_model(label)
    matter = model.objects.visible_to(actor).filter(pk=pk).first()
    if who != actor.pk or datetime.fromisoformat(until) < now or matter is None:
        raise TooLate
    given: dict[str, Any] = {}
    if field:
        rows: Any = User.objects if field == "to" else model.objects.visible_to(actor)
        given[field] = rows.filter(pk=key).first()
        if given[field] is None:
            raise TooLate
    perform(matter, step, actor=Actor(user=actor), seen=version, now=now, reason=gettext("Undone"), **given)
    return model.objects.get(pk=pk)
