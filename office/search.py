"""One search over everything a person may see, Thai without spaces included; where the hits stand, the keys tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Final

from django.db.models import Q, QuerySet

from office.calendar import fiscal_year_of
from office.listed import ListedMatter, Promise, most_urgent_promises
from office.lists import PAGE_ROWS, count_label
from office.models import Matter, NumberSeries, User
from office.search_keys import Asked, Sight, condition_of, newest_asked, newest_in_sight
from office.search_words import TooShort, Words, normalise

__all__ = ["Results", "TooShort", "alike", "find", "newest_keys", "normalise", "numbered"]

TOTAL_CAP: Final = 100
"""Hits counted on the first page; whoever gets more narrows the search instead of paging."""
CENTURY: Final = 2500

_NUMBER: Final = re.compile(
    r"(?P<series>.*?)\.? ?(?P<number>[0-9]{1,9})(?: ?/ ?(?P<year>[0-9]{4}|[0-9]{2}))?"
)


@dataclass(frozen=True, slots=True)
class Found(ListedMatter):
    """One matter as a row of results."""

    closed_at: datetime | None
    secrecy: int
    search_text: str
    owner_name: str | None
    promise: Promise | None = None


@dataclass(frozen=True)
class Results:
    """A page of matters found. `total` is counted up to one more than `counted_to`, on the first page only."""

    rows: list[Found]
    more: bool
    total: int | None = None
    keys: Sequence[int] = ()
    """All that were found, as far as they were counted: what facets are counted among."""
    counted_to: int = TOTAL_CAP

    @property
    def total_label(self) -> str:
        """`๗`, `มากกว่า ๑๐๐`, or nothing on a further page."""
        return "" if self.total is None else count_label(self.total, self.counted_to)


def find(
    user: User,
    text: str,
    *,
    before: int | None = None,
    narrowed: Q | None = None,
    subgroup: int | None = None,
    counted: bool = True,
) -> Results:
    """The matters this person may see in which every word of the text occurs, newest first, after the key `before`.

    `narrowed` and `subgroup` as `Sight` takes them. On the first page they are counted up to TOTAL_CAP; not `counted`,
    as far as the rows need. Raises TooShort when no word has three letters.
    """
    words = Words.of(text)
    sight = Sight(user, narrowed, subgroup=subgroup)
    counted_to = TOTAL_CAP if counted and not before else PAGE_ROWS
    keys = newest_in_sight(sight, words, counted_to + 1, before=before)
    return Results(
        keys=keys,
        rows=_with_what_a_row_shows(sight.scope, keys[:PAGE_ROWS]),
        more=len(keys) > PAGE_ROWS,
        total=None if before else len(keys),
        counted_to=counted_to,
    )


def alike(user: User, texts: Sequence[str], *, kind: str = "") -> list[Found]:
    """The matters of one kind, or of all, in which all words of one of these texts occur, the newest of each text;
    without what they owe. A text whose words are too short finds none."""
    sight = Sight(user)
    keys: set[int] = set()
    for text in texts:
        with suppress(TooShort):
            keys.update(newest_in_sight(sight, Words.of(text), PAGE_ROWS, kind=kind))
    rows = sight.scope.filter(pk__in=keys).order_by("-pk").values_list(*COLUMNS, "owner__display_name")
    return [Found(*values) for values in rows]


def newest_keys(
    rows: QuerySet[Matter],
    text: str,
    *,
    subgroup: int | None = None,
    before: int | None = None,
    wanted: int = PAGE_ROWS + 1,
) -> list[int]:
    """The keys of the newest of these matters in which every word of the text occurs, after the key `before`.

    `rows` are asked of the matters' own columns, of others by `Exists` only; where all are of one subgroup it is said,
    so that no others are read. Raises TooShort.
    """
    words = Words.of(text)
    visible = condition_of(rows)
    if visible is None:
        return []
    return newest_asked(Asked(words=words, visible=visible, wanted=wanted, subgroup=subgroup, before=before))


def shown(user: User, keys: Sequence[int]) -> list[Found]:
    """These matters as rows, in the order of the keys, as far as this person may see them."""
    found = {row.pk: row for row in _with_what_a_row_shows(Matter.objects.visible_to(user), keys[:PAGE_ROWS])}
    return [found[key] for key in keys if key in found]


def numbered(user: User, typed: str, today: date) -> list[Found]:
    """The visible matters whose register number was typed: `รท ๑๒๓/๒๕๕๓`, `123/53`, or `123` of the fiscal year.

    More than one when several registers have the number and none was named.
    """
    written = _NUMBER.fullmatch(normalise(typed))
    if not written:
        return []
    year = int(written["year"] or fiscal_year_of(today))
    year += CENTURY if year < 100 else 0
    series = NumberSeries.objects.filter(year=year).values("prefix")
    rows = Matter.objects.visible_to(user).filter(series__in=series, year=year, number=int(written["number"]))
    found = _with_what_a_row_shows(rows, None)
    asked = _bare(written["series"])
    return [matter for matter in found if not asked or _bare(normalise(matter.series)) == asked]


def _bare(series: str) -> str:
    return series.replace(".", "").replace(" ", "")


COLUMNS = [column.name for column in fields(Found)][:-2]


def _with_what_a_row_shows(scope: QuerySet[Matter], keys: Sequence[int] | None) -> list[Found]:
    """The matters with their officer and what they owe first; once more only those visible."""
    rows = scope if keys is None else scope.filter(pk__in=keys)
    found = rows.order_by("-pk").values_list(*COLUMNS, "owner__display_name")[:PAGE_ROWS]
    promises = most_urgent_promises([values[0] for values in found])
    return [
        Found(*values, promises.get(values[0]))  # type: ignore[call-arg]  # a row of columns by a list of names
        for values in found
    ]
