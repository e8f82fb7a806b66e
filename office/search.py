"""One search over everything a person may see, Thai without spaces included; the one difference between the databases.

Both find pieces of three letters by an index and check the whole words on the row, newest first, and stop at the
rows that are wanted. SQLite's index walks newest first by itself. PostgreSQL's does not: there the newest rows are
read as they are, which finds common words at once; rare words are asked of the index once, and what is neither, block
by block of keys.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, Final

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import connection
from django.db.models import QuerySet

from office.calendar import fiscal_year_of
from office.database import SEARCH_BLOCK
from office.listed import ListedMatter, Promise, most_urgent_promises
from office.lists import PAGE_ROWS, count_label
from office.models import Matter, NumberSeries, Role, User
from office.search_words import TooShort, Words, normalise, trigrams

__all__ = ["Results", "TooShort", "find", "normalise", "numbered"]

TOTAL_CAP: Final = 100
"""Hits counted on the first page; whoever gets more narrows the search instead of paging."""
FEW_ROWS: Final = 5000
"""So few visible matters are read one by one sooner than their words are picked out of everybody's."""
NEWEST_ROWS: Final = (500, 4000)
"""PostgreSQL: the newest rows read before the index is asked; the second for words that are common in the first."""
NEWEST_BLOCKS: Final = 4
FEW_HITS: Final = 2000
"""PostgreSQL: the blocks of newest keys asked for words seen lately; the hits that are read to be put in order."""
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


def find(user: User, text: str, *, before: int | None = None, kind: str | None = None) -> Results:
    """The matters this person may see in which every word of the text occurs, newest first, after the key `before`.

    `kind` is a Matter.Kind. Raises TooShort when no word has three letters.
    """
    words = Words.of(text)
    scope = Matter.objects.visible_to(user)
    of_kind: Sql = ("office_matter.kind = %s", [kind]) if kind else ("", [])
    wanted = PAGE_ROWS + 1 if before else TOTAL_CAP + 1
    keys = _newest(user, scope, words, of_kind, before, wanted)
    return Results(
        rows=_with_what_a_row_shows(scope, keys[:PAGE_ROWS]),
        more=len(keys) > PAGE_ROWS,
        total=None if before else len(keys),
    )


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


def _newest(
    user: User, scope: QuerySet[Matter], words: Words, also: Sql, before: int | None, wanted: int
) -> list[int]:
    visible = _condition(scope)
    if visible is None:
        return []
    hit = _and(_contains(words), visible, also, _before(before))
    if connection.vendor == "postgresql":
        return _postgresql(words, hit, before, wanted)
    if _sees_few(user):
        return _among_few(visible, hit, wanted)
    return _sqlite(words, hit, before, wanted)


def _sees_few(user: User) -> bool:
    """By the whole subgroup's matters, which an index counts alone; an executive sees those of all."""
    if user.has_role(Role.EXECUTIVE):
        return False
    rows = Matter.objects.filter(subgroup=user.subgroup_id).order_by()
    return rows.values("pk")[: FEW_ROWS + 1].count() <= FEW_ROWS


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


def _before(key: int | None) -> Sql:
    return ("office_matter.id < %s", [key]) if key else ("", [])


def _and(*conditions: Sql) -> Sql:
    said = [condition for condition in conditions if condition[0]]
    return " AND ".join(f"({sql})" for sql, _params in said), [one for _sql, params in said for one in params]


def _keys(sql: str, params: Sequence[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [row[0] for row in cursor.fetchall()]


def _among_few(visible: Sql, hit: Sql, wanted: int) -> list[int]:
    """Read the few visible rows; the inner LIMIT keeps the planner from looking anywhere else."""
    sql = f"""SELECT office_matter.id FROM (
                SELECT * FROM office_matter WHERE {visible[0]} LIMIT {FEW_ROWS + 1}) AS office_matter
              WHERE {hit[0]} ORDER BY office_matter.id DESC LIMIT {wanted}"""
    return _keys(sql, [*visible[1], *hit[1]])


def _sqlite(words: Words, hit: Sql, before: int | None, wanted: int) -> list[int]:
    """The full-text index gives keys newest first and is left as soon as enough rows are right."""
    pieces = " AND ".join('"' + piece.replace('"', '""') + '"' for piece in trigrams(words.looked_up))
    upto = "AND matter_search.rowid < %s" if before else ""
    sql = f"""SELECT office_matter.id FROM matter_search CROSS JOIN office_matter
                ON office_matter.id = matter_search.rowid
              WHERE matter_search MATCH %s {upto} AND {hit[0]}
              ORDER BY matter_search.rowid DESC LIMIT {wanted}"""
    return _keys(sql, [pieces, *([before] if before else []), *hit[1]])


def _postgresql(words: Words, hit: Sql, before: int | None, wanted: int) -> list[int]:
    """The newest rows first, where common words are; then the index, for as much as the words may well need."""
    few, many = NEWEST_ROWS
    found = _in_newest_rows(hit, before, few, wanted)
    if len(found) < wanted and len(found) * many >= wanted * few:
        found = _in_newest_rows(hit, before, many, wanted)
    if found and len(found) < wanted:
        found = _by_blocks(words, hit, before, wanted, NEWEST_BLOCKS)
    if len(found) >= wanted:
        return found
    rare = _everywhere(words, hit, wanted)
    return _by_blocks(words, hit, before, wanted) if rare is None else rare


def _in_newest_rows(hit: Sql, before: int | None, rows: int, wanted: int) -> list[int]:
    upto, key = _before(before)
    newest = f"{'WHERE ' + upto if upto else ''} ORDER BY office_matter.id DESC LIMIT {rows}"
    sql = f"""SELECT office_matter.id FROM (SELECT * FROM office_matter {newest}) AS office_matter
              WHERE {hit[0]} ORDER BY office_matter.id DESC LIMIT {wanted}"""
    return _keys(sql, [*key, *hit[1]])


def _everywhere(words: Words, hit: Sql, wanted: int) -> list[int] | None:
    """Ask the index once for all keys; None when they are too many to be read and put in order.

    As a subquery, because from a pattern that it can see the planner guesses how many rows it fits, and guesses badly.
    """
    patterns = _patterns(words)
    fits = " AND ".join(["office_matter.search_text LIKE (SELECT %s::text)"] * len(patterns))
    sql = f"SELECT office_matter.id FROM office_matter WHERE {fits} AND {hit[0]} LIMIT {FEW_HITS + 1}"
    keys = _keys(sql, [*patterns, *hit[1]])
    return None if len(keys) > FEW_HITS else sorted(keys, reverse=True)[:wanted]


def _by_blocks(
    words: Words, hit: Sql, before: int | None, wanted: int, blocks: int | None = None
) -> list[int]:
    """Ask the index for one block of keys after the other, the newest first, until enough is found.

    A nested loop keeps the order of its outer side; `id + 0` keeps the planner from walking the primary key. The
    patterns come with the block, so that the index is asked for both together.
    """
    patterns = _patterns(words)
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
