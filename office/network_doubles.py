"""Agencies and contacts that may have been written down twice: the same address, the same number, or nearly the same
name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any, Final

from django.utils.translation import gettext as _

from office.likeness import pieces
from office.models import Agency, Contact
from office.models.people import without_title
from office.thai import to_arabic_digits

LIKE: Final = 0.6
"""From which share of common three-letter pieces two names are offered as one."""
_NUMBERS: Final = re.compile(r"[0-9]+")
_BESIDE: Final = re.compile(r"\([^()]*\)|[\s.\-–,/]+|สำนักงาน|สำนัก")


@dataclass(frozen=True)
class Alike:
    """Two rows that may be one, and why it is thought so."""

    one: Any
    other: Any
    why: str


def core_of(name: str) -> str:
    """A name without what people write differently: brackets, spaces, dots, “สำนักงาน”."""
    return _BESIDE.sub("", to_arabic_digits(name)).casefold()


class _Named:
    """An agency's name as it is compared, worked out once."""

    def __init__(self, agency: Agency) -> None:
        self.agency = agency
        self.core = core_of(agency.name)
        self.pieces = frozenset(pieces(self.core))
        self.numbers = _NUMBERS.findall(self.core)

    def why_alike(self, other: _Named) -> str:
        """Why the two may be one; empty: they are not. District 1 is never district 2, and two education areas are
        always two."""
        one, two = self.agency, other.agency
        if (one.area_id and two.area_id) or self.numbers != other.numbers:
            return ""
        if self.core == other.core:
            return _("the same name")
        common, whole = len(self.pieces & other.pieces), len(self.pieces | other.pieces)
        if whole and common / whole >= LIKE:
            return _("nearly the same name")
        if one.email and one.email.casefold() == two.email.casefold():
            return _("the same e-mail")
        if one.telephone and _digits(one.telephone) == _digits(two.telephone):
            return _("the same telephone")
        return ""


def agencies_alike(agency: Agency) -> list[Alike]:
    """Others that may be this one. One query."""
    own = _Named(agency)
    others = Agency.objects.listed().exclude(pk=agency.pk).order_by("sort_name", "pk")
    return [Alike(agency, one, why) for one in others if (why := own.why_alike(_Named(one)))]


def all_agencies_alike() -> list[Alike]:
    """Every pair that may be one agency. One query."""
    named = [_Named(one) for one in Agency.objects.listed().order_by("sort_name", "pk")]
    return [
        Alike(one.agency, other.agency, why)
        for one, other in combinations(named, 2)
        if (why := one.why_alike(other))
    ]


def contacts_alike(today: date, *, of: Agency | None = None) -> list[Alike]:
    """Pairs of contacts in their posts that may be one person written down twice, at one agency or at two; with `of`,
    only those of an agency among each other. One query."""
    rows = Contact.objects.on(today).select_related("agency").order_by("sort_name", "pk")
    people = list(rows.filter(agency=of) if of else rows)
    found: dict[tuple[int, int], Alike] = {}
    for why, key in (
        (_("the same name"), lambda one: without_title(one.name).replace(" ", "").casefold()),
        (_("the same e-mail"), lambda one: one.email.casefold()),
        (_("the same mobile telephone"), lambda one: _digits(one.mobile)),
    ):
        for one, other in _pairs(people, key):
            if one.role != other.role and one.agency_id == other.agency_id:
                continue  # one person may have two tasks
            found.setdefault((one.pk, other.pk), Alike(one, other, why))
    return list(found.values())


def _pairs(people: Sequence[Contact], key: Any) -> Iterator[tuple[Contact, Contact]]:
    groups: dict[str, list[Contact]] = defaultdict(list)
    for one in people:
        if key(one):
            groups[key(one)].append(one)
    return (pair for group in groups.values() for pair in _each_with_the_next(group))


def _each_with_the_next(group: Iterable[Contact]) -> Iterable[tuple[Contact, Contact]]:
    return combinations(group, 2)


def _digits(telephone: str) -> str:
    """A number as it is dialled, an extension included."""
    return "".join(_NUMBERS.findall(to_arabic_digits(telephone)))
