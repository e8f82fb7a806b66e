"""The keys of the newest matters in which words stand: the one place that knows the databases apart.

Both find pieces of three letters by an index and check the whole words on the row, newest first, and stop at the
rows that are wanted; for whoever sees one subgroup only, the index gives no others. SQLite's walks newest first by
itself. PostgreSQL's does not: there the newest rows are read as they are, which finds common words at once; then the
newest keys are asked of the index, all of them once for rare words, and for what is neither, block by block.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import prod
from typing import Any, Final, NamedTuple

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.functional import cached_property

from office.database import SEARCH_BLOCK, subgroup_word
from office.models import Matter, Role, User
from office.search_words import Words, trigrams

FEW_ROWS: Final = 5000
"""So few visible matters are read one by one sooner than their words are picked out of everybody's."""
NEWEST_ROWS: Final = (500, 4000)
"""PostgreSQL: so many of the newest rows are read first; and where so many would hold what is wanted, words are read
off the rows, not looked up."""
PROBES: Final = (1_000, 4_000, 16_000)
PROBE_ROWS: Final = 100
"""PostgreSQL: so many keys behind the newest, so many rows are looked at: on the day of a campaign of letters the
newest are all alike, and say nothing of how common a word is."""
SAMPLE_ROWS: Final = 200
"""PostgreSQL: in so many rows at most, and half as many at least, each word is counted."""
NEWEST_BLOCKS: Final = 2
MORE_BLOCKS: Final = 16
"""PostgreSQL: so many blocks of the newest keys are asked first of the index; and on from there, where these hold so
much that so many more may hold the rest."""
FEW_HITS: Final = 500
MANY_HITS: Final = 10_000
"""PostgreSQL: so many hits are read to be put in order; and where words that are common each may well have so many
together, the index is not asked for all of them."""
LAST_KEY: Final = 2**63 - 1

Sql = tuple[str, list[Any]]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is looked for: the words, what this person may see, how many keys are wanted; as far as it is narrowed, the
    subgroup, the kind, and the key before which. `back` passes over so many of the newest keys."""

    words: Words
    visible: Sql
    wanted: int
    subgroup: int | None = None
    kind: str = ""
    before: int | None = None
    back: int = 0

    @property
    def hit(self) -> Sql:
        """The condition on a row of matters, whole."""
        return _and(_contains(self.words.all), self.visible, self._narrowed)

    @property
    def patterns(self) -> list[str]:
        """PostgreSQL: what its index is asked, one for each word it can look up. It compares the row's text with them
        too, so that nothing else need be compared."""
        return ["%" + re.sub(r"([%_\\])", r"\\\1", word) + "%" for word in self.words.looked_up]

    @property
    def hit_by_index(self) -> Sql:
        """PostgreSQL: what is asked of a row besides the patterns. The subgroup as the index knows it, for a number of
        another width it would leave to the rows."""
        whose: Sql = (
            ("office_matter.subgroup_id = %s::bigint", [self.subgroup]) if self.subgroup else ("", [])
        )
        return _and(whose, _contains(self.words.too_short), self.visible, self._narrowed)

    @property
    def newest(self) -> Sql:
        """PostgreSQL: the rows it may be in, the newest first. Compared as pairs, so that only the index of subgroups,
        or of kinds, gives this order: by the key alone it walks through all that others received meanwhile."""
        params: list[Any]
        last: Sql = "%s", [(self.before or LAST_KEY) - self.back]
        if self.back and not self.before:
            last = "(SELECT max(id) FROM office_matter) - %s", [self.back]
        if self.kind:
            pair, values, params = "kind, received_at", "%s, %s", [self.kind, "infinity"]
        elif self.subgroup:
            pair, values, params = "subgroup_id, id", f"%s, {last[0]}", [self.subgroup, *last[1]]
        else:
            pair, values, params = "id", *last
        order = ", ".join(f"{column} DESC" for column in pair.split(", "))
        return f"WHERE ({pair}) < ({values}) ORDER BY {order}", params

    @property
    def _narrowed(self) -> Sql:
        before: Sql = ("office_matter.id < %s", [self.before]) if self.before else ("", [])
        return _and(_is("kind", self.kind), before)


class Sight:
    """What somebody may see, as searching needs it; each of it is asked once."""

    def __init__(self, user: User, narrowed: Q | None = None, *, subgroup: int | None = None) -> None:
        """`narrowed` is asked of the matters' own columns, of others by `Exists` only; the one `subgroup` it narrows
        to is said besides, for the index knows it."""
        self.scope = Matter.objects.visible_to(user).filter(narrowed or Q())
        self.visible = condition_of(self.scope)
        self.subgroup = subgroup if user.has_role(Role.EXECUTIVE) else user.subgroup_id

    @cached_property
    def is_small(self) -> bool:
        """By the whole subgroup's matters, which an index counts alone; an executive sees those of all."""
        if self.subgroup is None:
            return False
        rows = Matter.objects.filter(subgroup=self.subgroup).order_by()
        return rows.values("pk")[: FEW_ROWS + 1].count() <= FEW_ROWS


def newest_in_sight(
    sight: Sight, words: Words, wanted: int, *, before: int | None = None, kind: str = ""
) -> list[int]:
    if sight.visible is None:
        return []
    asked = Asked(
        words=words, visible=sight.visible, wanted=wanted, subgroup=sight.subgroup, kind=kind, before=before
    )
    return _among_few(asked) if _reads_all(sight) else newest_asked(asked)


def _reads_all(sight: Sight) -> bool:
    return connection.vendor != "postgresql" and sight.is_small


def newest_asked(asked: Asked) -> list[int]:
    """The keys of the newest hits, the newest first, as many as are wanted."""
    return _postgresql(asked) if connection.vendor == "postgresql" else _sqlite(asked)


def hits_among(sight: Sight, words: Words, keys: Sequence[int]) -> list[int]:
    """Those of a few matters that this person may see and in which every word occurs, in the order of their keys."""
    if sight.visible is None or not keys:
        return []
    hit = Asked(words=words, visible=sight.visible, wanted=len(keys)).hit
    places = ", ".join(["%s"] * len(keys))
    sql = f"SELECT office_matter.id FROM office_matter WHERE office_matter.id IN ({places}) AND {hit[0]}"  # nosec B608 # the text is the code's own; what was typed are parameters
    return sorted(_keys(sql, [*keys, *hit[1]]))


def condition_of(scope: QuerySet[Matter]) -> Sql | None:
    """The WHERE of a query over matters alone, or None when nothing can meet it."""
    try:
        sql, params = scope.query.get_compiler(connection=connection).compile(scope.query.where)
    except EmptyResultSet:
        return None
    except FullResultSet:
        return "", []
    return sql, list(params)


def _contains(words: Sequence[str]) -> Sql:
    """The words as they stand. Not LIKE: it compares letter by letter, and took most of a search's time."""
    position = "strpos" if connection.vendor == "postgresql" else "instr"
    return " AND ".join([f"{position}(office_matter.search_text, %s) > 0"] * len(words)), list(words)


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
              WHERE {hit[0]} ORDER BY office_matter.id DESC LIMIT {asked.wanted}"""  # nosec B608 # the text is the code's own; what was typed are parameters
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
              ORDER BY matter_search.rowid DESC LIMIT {asked.wanted}"""  # nosec B608 # the text is the code's own; what was typed are parameters
    return _keys(sql, [match, *([asked.before] if asked.before else []), *hit[1]])


def _postgresql(asked: Asked) -> list[int]:
    """The newest rows first, where common words are; then the index, for as much as the words may well need."""
    newest = _newest(asked)
    if len(newest.found) >= asked.wanted or not newest.key:
        return newest.found
    found = _keys(*_newest_rows(asked, newest.rows)) if newest.rows else _lately(asked, newest.key)
    if len(found) < asked.wanted:
        rare = None if _stand_each_in_many(asked.words, newest.key) else _everywhere(asked)
        found = _by_blocks(asked, newest.key) if rare is None else rare
    # Of one kind the newest is what was received last: what was registered after it stands among the newest rows.
    return sorted({*newest.found, *found}, reverse=True)[: asked.wanted]


def _newest_rows(asked: Asked, rows: int) -> Sql:
    """The hits among so many of the newest rows. They come as these are read, the newest first, and are not sorted once
    more: so the reading ends with the last one wanted."""
    hit, newest = asked.hit, asked.newest
    sql = f"""SELECT office_matter.id FROM (
                SELECT * FROM office_matter {newest[0]} LIMIT {rows}) AS office_matter
              WHERE {hit[0]} LIMIT {asked.wanted}"""  # nosec B608 # the text is the code's own; what was typed are parameters
    return sql, [*newest[1], *hit[1]]


class Newest(NamedTuple):
    """What the newest rows tell: the hits among the very newest; where words stand close together there or in the rows
    behind, how many of the newest rows hold twice what is wanted, 0 where they do so nowhere; and the newest key, 0
    where there is none."""

    found: list[int]
    rows: int
    key: int


def _newest(asked: Asked) -> Newest:
    few, many = NEWEST_ROWS
    sql, params = _newest_rows(asked, few)
    places = [(0, few, "newest")]
    for back in () if asked.kind else PROBES:
        behind, given = _newest_rows(replace(asked, back=back, wanted=PROBE_ROWS), PROBE_ROWS)
        places.append((back, PROBE_ROWS, f"({behind}) AS behind"))
        params = [*params, *given]
    close = " UNION ALL ".join(
        f"""(SELECT 'rows', {back} + {2 * asked.wanted * rows} / count(*) FROM {place}
             HAVING count(*) * {many} >= {max(asked.wanted * rows, 1)})"""  # nosec B608 # the text is the code's own; what was typed are parameters
        for back, rows, place in places
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"""WITH newest AS MATERIALIZED ({sql}) SELECT 'hit', id FROM newest
                UNION ALL (SELECT * FROM ({close}) AS close LIMIT 1)
                UNION ALL SELECT 'key', (SELECT id FROM office_matter {asked.newest[0]} LIMIT 1)""",  # nosec B608 # the text is the code's own; what was typed are parameters
            [*params, *asked.newest[1]],
        )
        answered = cursor.fetchall()
    said = dict(answered)
    found = sorted((key for what, key in answered if what == "hit"), reverse=True)
    return Newest(found, said.get("rows", 0), said["key"] or 0)


def _lately(asked: Asked, newest: int) -> list[int]:
    """The hits in the newest blocks of keys; and more, where these promise the rest not far behind."""
    found = _by_blocks(asked, newest, NEWEST_BLOCKS)
    missing = asked.wanted - len(found)
    behind = (newest // SEARCH_BLOCK - NEWEST_BLOCKS + 1) * SEARCH_BLOCK - 1
    if behind >= 0 and 0 < missing * NEWEST_BLOCKS <= len(found) * MORE_BLOCKS:
        found += _by_blocks(replace(asked, wanted=missing), behind, 2 * MORE_BLOCKS)
    return found


def _stand_each_in_many(words: Words, newest: int) -> bool:
    """Whether of several words each is so common that the index would compare long lists, however few rows have them
    all. Counted in rows far apart, the same ones until there are twice as many."""
    if len(words.all) == 1:
        return False
    apart = 1 << (newest // SAMPLE_ROWS).bit_length()
    counts = ", ".join(["count(*) FILTER (WHERE strpos(search_text, %s) > 0)"] * len(words.all))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*), {counts} FROM office_matter WHERE id = ANY(%s)",  # nosec B608 # the text is the code's own; what was typed are parameters
            [*words.all, list(range(apart, newest + 1, apart))],
        )
        rows, *with_the_word = cursor.fetchone()
    return bool(rows) and newest * prod(count / rows for count in with_the_word) > MANY_HITS


def _everywhere(asked: Asked) -> list[int] | None:
    """Ask the index once for all keys; None when they are too many to be read and put in order.

    As a subquery, because from a pattern that it can see the planner guesses how many rows it fits, and guesses badly.
    """
    fits = " AND ".join(["office_matter.search_text LIKE (SELECT %s::text)"] * len(asked.patterns))
    hit = _and((fits, asked.patterns), asked.hit_by_index)
    keys = _keys(f"SELECT office_matter.id FROM office_matter WHERE {hit[0]} LIMIT {FEW_HITS + 1}", hit[1])  # nosec B608 # the text is the code's own; what was typed are parameters
    return None if len(keys) > FEW_HITS else sorted(keys, reverse=True)[: asked.wanted]


def _by_blocks(asked: Asked, newest: int, blocks: int | None = None) -> list[int]:
    """Ask the index for one block of keys after the other, from that of the newest key on, until enough is found or so
    many blocks were asked.

    A nested loop keeps the order of its outer side; `id + 0` keeps the planner from walking the primary key. The
    patterns come with the block, so that the index is asked for both together.
    """
    patterns, wanted, first = asked.patterns, asked.wanted, newest // SEARCH_BLOCK
    last = max(first - blocks + 1, 0) if blocks else 0
    given = "".join(f", %s::text AS fits{number}" for number in range(len(patterns)))
    fits = " AND ".join(f"office_matter.search_text LIKE fits{number}" for number in range(len(patterns)))
    hit = _and((f"office_matter.id / {SEARCH_BLOCK} = key", []), (fits, []), asked.hit_by_index)
    sql = f"""SELECT hit.id FROM (
                SELECT key{given} FROM generate_series(%s::bigint, %s, -1) AS key OFFSET 0) AS block
              CROSS JOIN LATERAL (
                SELECT office_matter.id FROM office_matter
                WHERE {hit[0]} ORDER BY office_matter.id + 0 DESC LIMIT {wanted}) AS hit LIMIT {wanted}"""  # nosec B608 # the text is the code's own; what was typed are parameters
    return _keys(sql, [*patterns, first, last, *hit[1]])
