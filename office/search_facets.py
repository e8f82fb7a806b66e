"""What narrows a search: facets with their counts among what was found, never among more.

The office's own stand in the matters' columns. Who asked, and which agency has to do with a matter, the rooms know:
each says in which of its rows (`Link`), and `projectplan.searched` hands them all to the pages.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, TextChoices, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from office.figures import figures
from office.models import Deadline, Matter, Subgroup, User

LONGEST_KEY: Final = 9
MOST_OPTIONS: Final = 8
"""Of one facet; whoever looks for another writes its name into the box."""
YEARS: Final = range(2400, 2800)

KIND, SUBGROUP, OWNER, YEAR, STATE = "kind", "subgroup", "owner", "year", "state"


class Standing(TextChoices):
    """Whether a matter is carried on, and in time."""

    OPEN = "open", _("Open")
    LATE = "late", _("Late")
    CLOSED = "closed", _("Closed")


class Link(NamedTuple):
    """Rows of a room that say to whom its matters belong: which rows, and their columns of matter, value and name."""

    rows: Callable[[], QuerySet[Any]]
    matter: str
    value: str
    name: Any


class RoomFacet(NamedTuple):
    """A facet that only the rooms know of: `key` stands in the address, `named` are its values by key and name."""

    key: str
    title: Any
    links: Sequence[Link]
    named: Callable[[], QuerySet[Any, Any]]


Chosen = Mapping[str, str]
"""What a search is narrowed to, by the key of the facet."""


class Option(NamedTuple):
    """One value of a facet: how many of what was found have it, and to what the search would be narrowed by it."""

    name: str
    number: int
    leads_to: Chosen


class Facet(NamedTuple):
    """One facet as the page shows it, its most frequent values first."""

    title: str
    options: Sequence[Option]


class Narrowed(NamedTuple):
    """One value that a search is narrowed to, and what is left of the narrowing without it."""

    title: str
    name: str
    without: Chosen


TITLES: Final[Mapping[str, Any]] = {
    KIND: _("Kind"),
    STATE: _("State"),
    YEAR: _("Fiscal year"),
    SUBGROUP: _("Subgroup"),
    OWNER: _("Officer in charge"),
}


def chosen_in(given: Mapping[str, str], rooms: Sequence[RoomFacet]) -> dict[str, str]:
    """What an address narrows a search to; what nobody can have meant is left out."""
    allowed: dict[str, Callable[[str], bool]] = {
        KIND: lambda value: value in Matter.Kind.values,
        STATE: lambda value: value in Standing.values,
        YEAR: lambda value: _is_key(value) and int(value) in YEARS,
        SUBGROUP: _is_key,
        OWNER: _is_key,
        **{room.key: _is_key for room in rooms},
    }
    return {key: given[key] for key, fits in allowed.items() if given.get(key) and fits(given[key])}


def _is_key(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) <= LONGEST_KEY


def condition(chosen: Chosen, rooms: Sequence[RoomFacet], now: datetime) -> Q:
    """The matters that a search is narrowed to, asked of their own columns and of others by `Exists` only."""
    asked = Q()
    for key in (KIND, SUBGROUP, OWNER, YEAR):
        if key in chosen:
            column = key if key in (KIND, YEAR) else f"{key}_id"
            asked &= Q(**{column: chosen[key]})
    if STATE in chosen:
        asked &= Q(closed_at__isnull=chosen[STATE] != Standing.CLOSED)
    if chosen.get(STATE) == Standing.LATE:
        asked &= Q(Exists(_late(now).filter(matter=OuterRef("pk"))))
    for room in rooms:
        if room.key in chosen:
            asked &= _in_room(room, chosen[room.key])
    return asked


def _late(now: datetime) -> QuerySet[Deadline]:
    return Deadline.objects.unmet().filter(due_at__lt=now)


def _in_room(room: RoomFacet, value: str) -> Q:
    found = Q(pk__in=[])
    for link in room.links:
        rows = link.rows().filter(**{link.matter: OuterRef("pk"), link.value: value})
        found |= Q(Exists(rows))
    return found


Counted = dict[str, dict[str, tuple[str, set[int]]]]
"""By facet and value: the name, and the matters that have it."""


def narrowed_to(chosen: Chosen, rooms: Sequence[RoomFacet], counted: Counted | None = None) -> list[Narrowed]:
    """What a search is narrowed to, in words. Whatever was `counted` has its name already; else a query for each that
    is a row of the office."""
    titles, known = _titles(rooms), counted or {}
    found = []
    for key, value in chosen.items():
        name = known[key][value][0] if value in known.get(key, {}) else _name_of(key, value, rooms)
        found.append(Narrowed(titles[key], name, {one: chosen[one] for one in chosen if one != key}))
    return found


def _titles(rooms: Sequence[RoomFacet]) -> dict[str, str]:
    return {key: str(title) for key, title in (*TITLES.items(), *((room.key, room.title) for room in rooms))}


def _name_of(key: str, value: str, rooms: Sequence[RoomFacet]) -> str:
    """What a value is called; figures for a row that is no more."""
    if key in (KIND, STATE):
        return str(Matter.Kind(value).label if key == KIND else Standing(value).label)
    named: dict[str, Callable[[], QuerySet[Any, Any]]] = {
        SUBGROUP: lambda: Subgroup.objects.values_list("pk", "name"),
        OWNER: lambda: User.objects.values_list("pk", "display_name"),
        **{room.key: room.named for room in rooms},
    }
    if key in named:
        for _pk, name in named[key]().filter(pk=value):
            return str(name)
    return figures(value)


# ── Counting among what was found ───────────────────────────────────────────────────────────


def counted_among(keys: Collection[int], rooms: Sequence[RoomFacet], now: datetime) -> Counted:
    """What some matters have, by facet; two queries, however many facets."""
    counted: Counted = defaultdict(dict)
    for key, value, name, matter in _facts(keys, rooms, now) if keys else ():
        counted[key].setdefault(value, (name, set()))[1].add(matter)
    return counted


def facets(counted: Counted, chosen: Chosen, rooms: Sequence[RoomFacet]) -> list[Facet]:
    """The facets in which there is something to choose."""
    return [
        _drawn(title, counted[key], key, chosen)
        for key, title in _titles(rooms).items()
        if key not in chosen and len(counted.get(key, {})) > 1
    ]


def _drawn(title: str, values: dict[str, tuple[str, set[int]]], key: str, chosen: Chosen) -> Facet:
    most = sorted(values.items(), key=lambda pair: (-len(pair[1][1]), pair[1][0]))[:MOST_OPTIONS]
    return Facet(
        title, [Option(name, len(matters), {**chosen, key: value}) for value, (name, matters) in most]
    )


Fact = tuple[str, str, str, int]
"""Facet, value, name of the value, matter."""


def _facts(keys: Collection[int], rooms: Sequence[RoomFacet], now: datetime) -> Iterable[Fact]:
    columns = ("pk", "kind", "year", "closed_at", "subgroup_id", "subgroup__name", "owner_id")
    rows = Matter.objects.filter(pk__in=keys).order_by().values_list(*columns, "owner__display_name")
    for pk, kind, year, closed_at, subgroup, subgroup_name, owner, owner_name in rows:
        standing = Standing.OPEN if closed_at is None else Standing.CLOSED
        yield KIND, kind, str(Matter.Kind(kind).label), pk
        yield YEAR, str(year), figures(year), pk
        yield STATE, standing.value, str(standing.label), pk
        yield SUBGROUP, str(subgroup), subgroup_name, pk
        if owner:
            yield OWNER, str(owner), owner_name, pk
    late = _late(now).filter(matter__in=keys, matter__closed_at=None)
    asked = [_asked(STATE, late, "matter_id", Value(Standing.LATE.value), Value(""))]
    for room in rooms:
        for link in room.links:
            linked = link.rows().filter(**{f"{link.matter}__in": keys, f"{link.value}__isnull": False})
            asked.append(_asked(room.key, linked, link.matter, F(link.value), link.name))
    for key, value, name, pk in asked[0].union(*asked[1:], all=True):
        yield key, value, name or str(Standing.LATE.label), pk


def _asked(key: str, rows: QuerySet[Any], matter: str, value: Any, name: Any) -> QuerySet[Any, Any]:
    text = CharField()
    return rows.order_by().values_list(
        Value(key, output_field=text), Cast(value, text), Cast(name, text), F(matter)
    )
