"""Handing matters over within a subgroup, several at once: looked over, done by the step `assign`, and handed back."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.utils.translation import gettext as _

from office import seals
from office.bulk import Outcome, RowResult, perform_each, perform_many, why_not
from office.models import Matter, Role, User
from office.steps import Actor
from projectplan.desks import DESKS, keys_by_kind

PURPOSE: Final = "hand-over"
MOST: Final = 60
"""At once; who leaves has more than that handed over by an administrator."""
UNDO_FOR: Final = timedelta(minutes=15)
SESSION_KEY: Final = "handed_over"


@dataclass(frozen=True)
class Chosen:
    """What one head looked over: to whom, and the version of each matter that stood on the page."""

    user_id: int
    to: int
    seen: Mapping[int, int]

    def seal(self) -> str:
        """The text for the hidden field; nobody outside can read or make one."""
        return seals.encrypt(json.dumps([self.user_id, self.to, list(self.seen.items())]), purpose=PURPOSE)

    @classmethod
    def unseal(cls, text: str, user: User) -> Chosen | None:
        """What a hidden field says, or None when it was not made here for this person."""
        try:
            user_id, to, seen = json.loads(seals.decrypt(text, purpose=PURPOSE))
        except ValueError:
            return None
        return cls(user_id, to, dict(seen)) if user_id == user.pk else None


@dataclass(frozen=True)
class LookedOver:
    """One chosen matter, and why it cannot be handed over (empty: it can)."""

    matter: Any
    trouble: str


def officers_of(user: User) -> list[User]:
    """To whom a head may hand over: the active officers of the subgroup."""
    rows = User.objects.with_role(Role.OFFICER).filter(subgroup=user.subgroup_id, is_active=True)
    return list(rows.order_by("display_name"))


def look_over(user: User, keys: Iterable[int], to: User) -> list[LookedOver]:
    """The chosen matters that this person may see, each with what stands in the way; one query a kind."""
    found = []
    for kind, of_kind in keys_by_kind(user, keys).items():
        rows = DESKS[kind].model.objects.filter(pk__in=of_kind).select_related("owner", "subgroup")
        for matter in rows.order_by("pk"):
            has_it = matter.owner_id == to.pk
            trouble = (
                _("This officer has the matter already.")
                if has_it
                else why_not(matter, "assign", Actor(user=user))
            )
            found.append(LookedOver(matter, trouble))
    return found


@dataclass(frozen=True)
class HandedOver:
    """What was handed over a moment ago, as the session keeps it: matter, version since, who had it before."""

    to: str
    rows: list[tuple[int, int, int | None]]


def hand_over(user: User, chosen: Chosen, to: User, now: datetime) -> tuple[list[RowResult], HandedOver]:
    """The step `assign` on each that stands as it was looked over; what became of each, and what undoes it."""
    before = _owners(user, chosen.seen)
    results = _assign(user, chosen.seen, to, now)
    done = [one for one in results if one.outcome is Outcome.DONE]
    rows = [(one.key, one.matter.version, before.get(one.key)) for one in done]
    return results, HandedOver(to.short_name, rows)


def hand_back(user: User, handed: HandedOver, now: datetime) -> list[RowResult]:
    """Each to whom it belonged before, by the same step; what nobody had is given up again. What others have moved
    since stays where it is."""
    to_whom: defaultdict[int | None, dict[int, int]] = defaultdict(dict)
    for key, version, owner in handed.rows:
        to_whom[owner][key] = version
    results = []
    for owner, seen in to_whom.items():
        if owner is None:
            results += _release(user, seen, now)
        else:
            results += _assign(user, seen, User.objects.get(pk=owner), now)
    return results


def _assign(user: User, seen: Mapping[int, int], to: User, now: datetime) -> list[RowResult]:
    results = []
    for rows, of_kind in _by_kind(user, seen):
        results += perform_many(rows, "assign", seen=of_kind, actor=Actor(user=user), now=now, to=to)
    return results


def _release(user: User, seen: Mapping[int, int], now: datetime) -> list[RowResult]:
    results = []
    for rows, of_kind in _by_kind(user, seen):
        results += perform_each(
            rows, "release", seen=of_kind, actor=Actor(user=user), now=now, reason=_("Handing over undone")
        )
    return results


def _by_kind(user: User, seen: Mapping[int, int]) -> Iterator[tuple[Any, dict[int, int]]]:
    """The rows of each kind that this person may see, and the versions seen of those asked for."""
    for kind, keys in keys_by_kind(user, seen).items():
        yield DESKS[kind].rows().visible_to(user), {key: seen[key] for key in keys}


def _owners(user: User, seen: Mapping[int, int]) -> dict[int, int | None]:
    rows = Matter.objects.visible_to(user).filter(pk__in=list(seen))
    return dict(rows.values_list("pk", "owner"))


# ── What can be undone, for a while ─────────────────────────────────────────────────────────


def remember(session: MutableMapping[str, Any], handed: HandedOver, now: datetime) -> None:
    """Keep in the session what undoes the last handing over."""
    session[SESSION_KEY] = {"to": handed.to, "rows": handed.rows, "at": now.timestamp()}


def handed_over(session: Mapping[str, Any], now: datetime) -> HandedOver | None:
    """What was handed over last, if that is not long ago."""
    kept = session.get(SESSION_KEY)
    if not kept or now.timestamp() - kept["at"] > UNDO_FOR.total_seconds():
        return None
    return HandedOver(kept["to"], [tuple(row) for row in kept["rows"]])
