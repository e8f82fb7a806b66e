"""One search over everything a person may see, Thai without spaces included; the one difference between the databases.

Both find pieces of three letters by an index and check the whole words on the row, newest first, and stop at the
rows that are wanted; for whoever sees one subgroup only, the index gives no others. SQLite's walks newest first by
itself. PostgreSQL's does not: there the newest rows are read as they are, which finds common words at once; rare words
are asked of the index once, and what is neither, block by block of keys.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, Final

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import connection
from django.db.models import QuerySet
from django.utils.functional import cached_property

from office.calendar import fiscal_year_of
from office.database import SEARCH_BLOCK, subgroup_word
from office.listed import ListedMatter, Promise, most_urgent_promises
from office.lists import PAGE_ROWS, count_label
from office.models import Matter, NumberSeries, Role, User
from office.search_words import TooShort, Words, normalise, trigrams

__all__ = ["Results", "TooShort", "alike", "find", "newest_keys", "normalise", "numbered"]

TOTAL_CAP: Final = 100
"""Hits counted on the first page; whoever gets more narrows the search instead of paging."""
FEW_ROWS: Final = 5000
"""So few visible matters are read one by one sooner than their words are picked out of everybody's."""
NEWEST_ROWS: Final = (500, 4000)
"""PostgreSQL: the newest rows read before the index is asked; the second for words that are common in the first."""
NEWEST_BLOCKS: Final = 4
FEW_HITS: Final = 2000
"""PostgreSQL: the blocks of newest keys asked for words seen lately; the hits that are read to be put in order."""
LAST_KEY: Final = 2**63 - 1
CENTURY: Final = 2500

_NUMBER: Final = re.compile(
    r"(?P<series>.*?)\.? ?(?P<number>[0-9]{1,9})(?: ?/ ?(?P<year>[0-9]{4}|[0-9]{2}))?"
)

Sql = tuple[str, list[Any]]


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
    """A page of matters found. `total` is counted up to TOTAL_CAP + 1, on the first page only."""

    rows: list[Found]
    more: bool
    total: int | None = None

    @property
    def total_label(self) -> str:
        """`๗`, `มากกว่า ๑๐๐`, or nothing on a further page."""
        return "" if self.total is None else count_label(self.total, TOTAL_CAP)


def find(user: User, text: str, *, before: int | None = None) -> Results:
    """The matters this person may see in which every word of the text occurs, newest first, after the key `before`.

    Raises TooShort when no word has three letters.
    """
    words = Words.of(text)
    sight = Sight(user)
    wanted = PAGE_ROWS + 1 if before else TOTAL_CAP + 1
    keys = _newest(sight, words, wanted, before=before)
    return Results(
        rows=_with_what_a_row_shows(sight.scope, keys[:PAGE_ROWS]),
        more=len(keys) > PAGE_ROWS,
        total=None if before else len(keys),
    )


def alike(user: User, texts: Sequence[str], *, kind: str) -> list[Found]:
    """The matters of one kind in which all words of one of these texts occur, the newest of each text; without what
    they owe. A text whose words are too short finds none."""
    sight = Sight(user)
    keys: set[int] = set()
    for text in texts:
        with suppress(TooShort):
            keys.update(_newest(sight, Words.of(text), PAGE_ROWS, kind=kind))
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
    visible = _condition(rows)
    if visible is None:
        return []
    asked = Asked(words=words, visible=visible, wanted=wanted, subgroup=subgroup, before=before)
    return _postgresql(asked) if connection.vendor == "postgresql" else _sqlite(asked)


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


# ── Keys of the newest hits ─────────────────────────────────────────────────────────────────


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is looked for: the words, what this person may see, how many keys are wanted; as far as it is narrowed, the
    subgroup, the kind, and the key before which."""

    words: Words
    visible: Sql
    wanted: int
    subgroup: int | None = None
    kind: str = ""
    before: int | None = None

    @property
    def hit(self) -> Sql:
        """The condition on a row of matters, whole."""
        return _and(_contains(self.words), self.visible, self._narrowed)

    @property
    def newest(self) -> Sql:
        """PostgreSQL: the rows it may be in, the newest first. Compared as pairs, so that only the index of subgroups,
        or of kinds, gives this order: by the key alone it walks through all that others received meanwhile."""
        params: list[Any]
        if self.kind:
            pair, params = "kind, received_at", [self.kind, "infinity"]
        elif self.subgroup:
            pair, params = "subgroup_id, id", [self.subgroup, self.before or LAST_KEY]
        else:
            pair, params = "id", [self.before or LAST_KEY]
        order = ", ".join(f"{column} DESC" for column in pair.split(", "))
        values = ", ".join(["%s"] * len(params))
        return f"WHERE ({pair}) < ({values}) ORDER BY {order}", params

    @property
    def _narrowed(self) -> Sql:
        before: Sql = ("office_matter.id < %s", [self.before]) if self.before else ("", [])
        return _and(_is("kind", self.kind), before)


class Sight:
    """What somebody may see, as searching needs it; each of it is asked once."""

    def __init__(self, user: User) -> None:
        self.scope = Matter.objects.visible_to(user)
        self.visible = _condition(self.scope)
        self.subgroup = None if user.has_role(Role.EXECUTIVE) else user.subgroup_id

    @cached_property
    def is_small(self) -> bool:
        """By the whole subgroup's matters, which an index counts alone; an executive sees those of all."""
        if self.subgroup is None:
            return False
        rows = Matter.objects.filter(subgroup=self.subgroup).order_by()
        return rows.values("pk")[: FEW_ROWS + 1].count() <= FEW_ROWS


def _newest(
    sight: Sight, words: Words, wanted: int, *, before: int | None = None, kind: str = ""
) -> list[int]:
    if sight.visible is None:
        return []
    asked = Asked(
        words=words, visible=sight.visible, wanted=wanted, subgroup=sight.subgroup, kind=kind, before=before
    )
    if connection.vendor == "postgresql":
        return _postgresql(asked)
    return _among_few(asked) if sight.is_small else _sqlite(asked)


def _condition(scope: QuerySet[Matter]) -> Sql | None:
    """The WHERE of a query over matters alone, or None when nothing can meet it."""
    try:
        sql, params = scope.query.get_compiler(connection=connection).compile(scope.query.where)
    except EmptyResultSet:
        return None
    except FullResultSet:
        return "", []
    return sql, list(params)


def _contains(words: Words) -> Sql:
    """The words as they stand. Not LIKE: it compares letter by letter, and took most of a search's time."""
    position = "strpos" if connection.vendor == "postgresql" else "instr"
    return " AND ".join([f"{position}(office_matter.search_text, %s) > 0"] * len(words.all)), list(words.all)


def _is(column: str, value: Any) -> Sql:
    return (f"office_matter.{column} = %s", [value]) if value else ("", [])


def _and(*conditions: Sql) -> Sql:
    said = [condition for condition in conditions if condition[0]]
    return " AND ".join(f"({sql})" for sql, _params in said), [one for _sql, params in said for one in params]


def _keys(sql: str, params: Sequence[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [row[0] for row in cursor.fetchall()]


def _among_few(asked: Asked) -> list[int]:
    """Read the few visible rows; the inner LIMIT keeps the planner from looking anywhere else."""
    visible, hit = asked.visible, asked.hit
    sql = f"""SELECT office_matter.id FROM (
                SELECT * FROM office_matter WHERE {visible[0]} LIMIT {FEW_ROWS + 1}) AS office_matter
              WHERE {hit[0]} ORDER BY office_matter.id DESC LIMIT {asked.wanted}"""
    return _keys(sql, [*visible[1], *hit[1]])


def _sqlite(asked: Asked) -> list[int]:
    """The full-text index gives keys newest first and is left as soon as enough rows are right."""
    pieces = trigrams(asked.words.looked_up)
    whose = [subgroup_word(asked.subgroup)] if asked.subgroup else []
    match = " AND ".join('"' + piece.replace('"', '""') + '"' for piece in [*pieces, *whose])
    upto = "AND matter_search.rowid < %s" if asked.before else ""
    hit = asked.hit
    sql = f"""SELECT office_matter.id FROM matter_search CROSS JOIN office_matter
                ON office_matter.id = matter_search.rowid
              WHERE matter_search MATCH %s {upto} AND {hit[0]}
              ORDER BY matter_search.rowid DESC LIMIT {asked.wanted}"""
    return _keys(sql, [match, *([asked.before] if asked.before else []), *hit[1]])


def _postgresql(asked: Asked) -> list[int]:
    """The newest rows first, where common words are; then the index, for as much as the words may well need."""
    few, many = NEWEST_ROWS
    wanted = asked.wanted
    found = _in_newest_rows(asked, few)
    if len(found) < wanted and len(found) * many >= wanted * few:
        found = _in_newest_rows(asked, many)
    if found and len(found) < wanted:
        found = _by_blocks(asked, NEWEST_BLOCKS)
    if len(found) >= wanted:
        return found
    rare = _everywhere(asked)
    return _by_blocks(asked) if rare is None else rare


def _in_newest_rows(asked: Asked, rows: int) -> list[int]:
    hit, newest = asked.hit, asked.newest
    sql = f"""SELECT office_matter.id FROM (
                SELECT * FROM office_matter {newest[0]} LIMIT {rows}) AS office_matter
              WHERE {hit[0]} ORDER BY office_matter.id DESC LIMIT {asked.wanted}"""
    return _keys(sql, [*newest[1], *hit[1]])


def _everywhere(asked: Asked) -> list[int] | None:
    """Ask the index once for all keys; None when they are too many to be read and put in order.

    As a subquery, because from a pattern that it can see the planner guesses how many rows it fits, and guesses badly.
    """
    patterns, hit = _patterns(asked.words), asked.hit
    fits = " AND ".join(["office_matter.search_text LIKE (SELECT %s::text)"] * len(patterns))
    sql = f"SELECT office_matter.id FROM office_matter WHERE {fits} AND {hit[0]} LIMIT {FEW_HITS + 1}"
    keys = _keys(sql, [*patterns, *hit[1]])
    return None if len(keys) > FEW_HITS else sorted(keys, reverse=True)[: asked.wanted]


def _by_blocks(asked: Asked, blocks: int | None = None) -> list[int]:
    """Ask the index for one block of keys after the other, the newest first, until enough is found.

    A nested loop keeps the order of its outer side; `id + 0` keeps the planner from walking the primary key. The
    patterns come with the block, so that the index is asked for both together.
    """
    patterns, hit, before, wanted = _patterns(asked.words), asked.hit, asked.before, asked.wanted
    newest = "%s" if before else "(SELECT max(id) FROM office_matter)"
    last = f"greatest({newest} / {SEARCH_BLOCK} - {blocks - 1}, 0)" if blocks else "0"
    given = "".join(f", %s::text AS fits{number}" for number in range(len(patterns)))
    fits = " AND ".join(f"office_matter.search_text LIKE fits{number}" for number in range(len(patterns)))
    sql = f"""SELECT hit.id FROM (
                SELECT key{given} FROM generate_series({newest} / {SEARCH_BLOCK}, {last}, -1) AS key OFFSET 0) AS block
              CROSS JOIN LATERAL (
                SELECT office_matter.id FROM office_matter
                WHERE office_matter.id / {SEARCH_BLOCK} = key AND {fits} AND {hit[0]}
                ORDER BY office_matter.id + 0 DESC LIMIT {wanted}) AS hit LIMIT {wanted}"""
    start = [before] if before else []
    return _keys(sql, [*patterns, *start, *(start if blocks else []), *hit[1]])


def _patterns(words: Words) -> list[str]:
    """What PostgreSQL's index is asked of each word: every third piece of three letters; the row is checked after."""
    cut = ([word[start : start + 3] for start in range(0, len(word) - 2, 3)] for word in words.looked_up)
    return ["%" + "%".join(re.sub(r"([%_\\])", r"\\\1", piece) for piece in pieces) + "%" for pieces in cut]
