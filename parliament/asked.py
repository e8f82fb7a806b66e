"""Everything a member ever asked of us, in all their terms: interpellations, motions, consultations, bills.

Each kind is asked by its own index for one page of rows at most, and the newest of all of them are the page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any, Final

from office.listed import Promise, address_of, most_urgent_promises
from office.lists import PAGE_ROWS
from office.models import Matter, User
from office.models.matter import PAGES
from office.models.number import number_label
from office.models.people import short_name
from parliament.models import Bill, Consultation, Interpellation, Member, Motion

ASKED_AS: Final[dict[Matter.Kind, tuple[Any, str]]] = {
    Matter.Kind.INTERPELLATION: (Interpellation, "asker"),
    Matter.Kind.MOTION: (Motion, "proposer"),
    Matter.Kind.CONSULTATION: (Consultation, "member"),
    Matter.Kind.BILL: (Bill, "proposer"),
}
_FIELDS: Final = ("pk", "series", "number", "year", "title", "received_at", "state", "result")


@dataclass(frozen=True)
class Asked:
    """One row of the page: what, when, how it stands, and what it owes next."""

    pk: int
    kind: Matter.Kind
    label: str
    title: str
    received_at: datetime
    standing: str
    promise: Promise | None = None

    def get_absolute_url(self) -> str:
        return address_of(PAGES[self.kind], self.pk)


@dataclass(frozen=True)
class AskedPage:
    """One page, newest first; 0 where there is no neighbour."""

    rows: list[Asked]
    before: int = 0
    after: int = 0


def asked_by(
    terms: Sequence[Member], user: User, *, kind: str = "", before: int = 0, after: int = 0
) -> AskedPage:
    """What this person may see of it. `before` and `after` are keys: older than the one, or newer than the other."""
    kinds = [one for one in ASKED_AS if not kind or one == kind]
    read = _reader(terms, user, before=before, after=after)
    found = sorted(chain.from_iterable(map(read, kinds)), key=lambda row: row[0], reverse=not after)
    more, rows = len(found) > PAGE_ROWS, found[:PAGE_ROWS]
    if after:
        rows.reverse()
    promises = most_urgent_promises([row[0] for row in rows])
    page = [_asked(row, promises) for row in rows]
    if not page:
        return AskedPage([])
    older = page[-1].pk if more or after else 0
    newer = page[0].pk if (more if after else before) else 0
    return AskedPage(page, before=older, after=newer)


Row = tuple[Any, ...]


def _reader(
    terms: Sequence[Member], user: User, *, before: int, after: int
) -> Callable[[Matter.Kind], list[Row]]:
    keys = [term.pk for term in terms]

    def read(kind: Matter.Kind) -> list[Row]:
        model, role = ASKED_AS[kind]
        rows = model.objects.visible_to(user).filter(**{f"{role}__in": keys})
        if after:
            rows = rows.filter(pk__gt=after).order_by("pk")
        else:
            rows = (rows.filter(pk__lt=before) if before else rows).order_by("-pk")
        return [(*values, kind, model) for values in rows.values_list(*_FIELDS)[: PAGE_ROWS + 1]]

    return read


def _asked(row: Row, promises: dict[int, Promise]) -> Asked:
    pk, series, number, year, title, received_at, state, result, kind, model = row
    standing = model.Result(result).label if result else model.State(state).label
    label = number_label(series, number, year)
    promise = promises.get(pk)
    if promise:
        promise = promise._replace(responsible=short_name(promise.responsible))
    return Asked(pk, kind, label, title, received_at, str(standing), promise)
