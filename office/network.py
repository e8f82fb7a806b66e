"""The coordination network as the directory (ทำเนียบเครือข่าย) prints it: agencies with those who work for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from office.calendar import OFFICE_TZ
from office.models import Agency, Contact


@dataclass(frozen=True)
class DirectoryContact:
    """Somebody of an agency, as printed; `is_unconfirmed`: nobody has said for a year that this is right."""

    name: str
    position: str
    role: str
    telephone: str
    mobile: str
    email: str
    is_unconfirmed: bool


@dataclass(frozen=True)
class DirectoryAgency:
    """An agency as printed. `depth` is 0 for one that stands by itself in its part, 1 for what belongs to the one
    above it; `parent` names what it belongs to, wherever that stands."""

    pk: int
    name: str
    short_name: str
    parent: str
    depth: int
    address: str
    postcode: str
    telephone: str
    email: str
    website: str
    contacts: Sequence[DirectoryContact] = ()


@dataclass(frozen=True)
class DirectoryPart:
    """All agencies of one kind, in print order."""

    kind: str
    heading: str
    agencies: list[DirectoryAgency] = field(default_factory=list)


def directory(on: date) -> list[DirectoryPart]:
    """The network on a day: the kinds in their order, each with its agencies in use and who had their posts then.

    Two queries. A kind that has no agency is left out.
    """
    people = _contacts(on)
    agencies = list(Agency.objects.in_use().select_related("parent").order_by("rank", "sort_name", "pk"))
    parts = []
    for kind in Agency.Kind:
        own = [one for one in agencies if one.kind == kind]
        if own:
            printed = [_printed(one, depth, people[one.pk]) for one, depth in in_tree_order(own)]
            parts.append(DirectoryPart(kind.value, str(kind.label), printed))
    return parts


def in_tree_order(agencies: Sequence[Agency]) -> Iterator[tuple[Agency, int]]:
    """Each agency with its depth, followed by its parts; the order among equals is that of the sequence. One whose
    parent is not in the sequence stands by itself."""
    there = {one.pk for one in agencies}
    parts: dict[int | None, list[Agency]] = defaultdict(list)
    for one in agencies:
        parts[one.parent_id if one.parent_id in there else None].append(one)

    def below(key: int | None, depth: int) -> Iterator[tuple[Agency, int]]:
        for one in parts[key]:
            yield one, depth
            yield from below(one.pk, depth + 1)

    return below(None, 0)


def _contacts(on: date) -> dict[int, list[DirectoryContact]]:
    """Who had their posts on a day, by agency: in the order of their tasks, then by name."""
    ends = datetime.combine(on, time.max, OFFICE_TZ)
    order = {role.value: place for place, role in enumerate(_ROLES)}
    rows = Contact.objects.on(on).order_by("sort_name", "pk")
    found: dict[int, list[DirectoryContact]] = defaultdict(list)
    for one in sorted(rows, key=lambda row: order[row.role]):
        found[one.agency_id].append(
            DirectoryContact(
                name=one.name,
                position=one.position,
                role=str(Contact.Role(one.role).label),
                telephone=one.telephone,
                mobile=one.mobile,
                email=one.email,
                is_unconfirmed=one.is_unconfirmed(ends),
            )
        )
    return found


_ROLES = (
    Contact.Role.LEADER,
    Contact.Role.GENERAL,
    Contact.Role.PARLIAMENT,
    Contact.Role.PRESS,
    Contact.Role.PETITIONS,
)
"""In which order the people of one agency are printed."""


def _printed(one: Agency, depth: int, contacts: Sequence[DirectoryContact]) -> DirectoryAgency:
    return DirectoryAgency(
        pk=one.pk,
        name=one.name,
        short_name=one.short_name,
        parent=one.parent.name if one.parent else "",
        depth=depth,
        address=" ".join(one.address.split()),
        postcode=one.postcode,
        telephone=one.telephone,
        email=one.email,
        website=one.website,
        contacts=contacts,
    )
