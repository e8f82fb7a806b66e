"""Bringing a register that an office kept before, for every room: what its rows would change, and loading them.

A room says which columns its register has and how a row is read, compared and written (`Keeper`). Everything else is
here: rows that stand in a file twice, counts and first rows for the page, batches, and going on where a killed worker
left off. Each batch is written together with how far the loading is, so no row is loaded twice.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import islice
from typing import Any, Final, Protocol

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext, override
from rules import Predicate

from office import register_files
from office.figures import thousands
from office.list_columns import Headings, normal
from office.list_files import Line
from office.making import Claim, LeaseLost
from office.models import RegisterImport, User
from office.models.making import MakingState
from office.models.register_import import DRAFT
from office.spreadsheets import Cell

PLANNED_AT_ONCE: Final = 2000
WRITTEN_AT_ONCE: Final = 500
ROWS_SHOWN: Final = 20
FORGOTTEN_AFTER: Final = timedelta(days=30)
"""What was not confirmed, and what nobody mended, in this time is thrown away."""


class What(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    WRONG = "wrong"


Fault = tuple[str, str]
"""The field of a cell, and what is wrong there."""


@dataclass
class Row:
    """One row of a file: what it says, what is wrong with it, and what becomes of it."""

    line: int
    key: Hashable = None
    label: str = ""
    """How the page calls it; nothing personal."""
    facts: list[str] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    what: What = What.NEW
    changes: dict[str, list[str]] = field(default_factory=dict)
    """Field → before, after."""
    there: Any = None
    """The row of the register that it is about."""

    def fault(self, column: str, words: str) -> None:
        self.faults.append((column, words))
        self.what = What.WRONG


class Keeper(Protocol):
    """Reading and writing one file's rows; it may remember what it has looked up."""

    def read(self, line: int, cells: dict[str, str]) -> Row:
        """A row by its own cells; no query for each."""

    def hold(self, rows: Sequence[Row]) -> None:
        """Lock what the rows are going to be compared with, within the transaction that writes them."""

    def compare(self, rows: Sequence[Row]) -> None:
        """Say which are new, changed or as they were, or wrong beside what is there; a handful of queries."""

    def write(self, rows: Sequence[Row]) -> None:
        """Write the new and the changed ones."""

    def finish(self, counts: dict[str, int]) -> None:
        """What follows the last row, in the transaction that says that it is loaded."""


@dataclass(frozen=True)
class BroughtRegister:
    """A register that can be brought as a file: its words, its columns, who may, and how its rows are kept."""

    key: str
    title: Any
    hint: Any
    headings: Headings
    sample: Sequence[Sequence[Cell]]
    may_bring: Predicate
    page: str
    """The URL name of the register itself."""
    begin: Callable[[RegisterImport, datetime], Keeper]
    personal: Collection[str] = ()
    """Fields that no page and no message quotes."""


# ── The columns ─────────────────────────────────────────────────────────────────────────────


def headings_key(header: Sequence[str]) -> str:
    """The same for files with the same headings."""
    return hashlib.sha256("\n".join(map(normal, header)).encode()).hexdigest()


def matched(register: BroughtRegister, header: Sequence[str]) -> list[str]:
    """The field of each column: as it was chosen for the last file with these headings, else by its own words."""
    before = RegisterImport.objects.filter(register=register.key, headings_key=headings_key(header))
    remembered = before.values_list("fields", flat=True).first()
    known = {column.field for column in register.headings.columns}
    if remembered and set(remembered) <= known | {""}:
        return list(remembered)
    found: list[str] = []
    for heading in header:
        of_heading = register.headings.field_of(heading)
        found.append("" if of_heading in found else of_heading)
    return found


def faults_of_columns(register: BroughtRegister, fields: Sequence[str]) -> list[str]:
    """What is wrong with a choice of columns: one that must be there and is not, one that was chosen twice."""
    columns = register.headings.columns
    missing = [
        gettext("No column is chosen for “%(heading)s”, which must be there.") % {"heading": column.heading}
        for column in columns
        if column.is_required and column.field not in fields
    ]
    twice = [
        gettext("“%(heading)s” is chosen for two columns.") % {"heading": column.heading}
        for column in columns
        if fields.count(column.field) > 1
    ]
    return missing + twice


# ── What the rows would change ──────────────────────────────────────────────────────────────


def make_plan(register: BroughtRegister, bringing: RegisterImport, now: datetime) -> None:
    """Work out what the rows would change, and keep the counts, the first rows and what is wrong."""
    counts: Counter[str] = Counter({one.value: 0 for one in What})
    shown: dict[str, list[dict[str, Any]]] = {one.value: [] for one in What}
    wrong: dict[str, str] = {}
    with override(settings.LANGUAGE_CODE):  # what is kept is written in the office's language
        for rows in _judged(register, bringing, register.begin(bringing, now), PLANNED_AT_ONCE):
            for row in rows:
                counts[row.what] += 1
                if row.faults:
                    wrong[str(row.line)] = _fault_words(register, row)
                if row.what is not What.SAME and len(shown[row.what]) < ROWS_SHOWN:
                    shown[row.what].append(_shown(register, row))
    bringing.plan, bringing.wrong = {"counts": dict(counts), "shown": shown}, wrong


def _shown(register: BroughtRegister, row: Row) -> dict[str, Any]:
    heading = register.headings.heading_of
    changes = [
        [heading(column), *(["•••", "•••"] if column in register.personal else pair)]
        for column, pair in row.changes.items()
    ]
    faults = [f"{heading(column)}: {words}" for column, words in row.faults]
    return {"line": row.line, "label": row.label, "facts": row.facts, "changes": changes, "faults": faults}


def _fault_words(register: BroughtRegister, row: Row) -> str:
    return "; ".join(f"{register.headings.heading_of(column)}: {words}" for column, words in row.faults)


def _judged(
    register: BroughtRegister,
    bringing: RegisterImport,
    keeper: Keeper,
    at_once: int,
    *,
    compare: bool = True,
) -> Iterator[list[Row]]:
    """The rows, so many at a time, each with what becomes of it."""
    required = [column.field for column in register.headings.columns if column.is_required]
    first: dict[Hashable, tuple[int, int]] = {}
    lines = register_files.kept(bringing.rows_path)
    while some := list(islice(lines, at_once)):
        rows = [_read(keeper, bringing.fields, required, line, first) for line in some]
        if compare:
            keeper.compare([row for row in rows if row.what is What.NEW])
        yield rows


def _read(
    keeper: Keeper,
    fields: Sequence[str],
    required: Iterable[str],
    line: Line,
    first: dict[Hashable, tuple[int, int]],
) -> Row:
    """A row by itself, and beside those before it: the same once more changes nothing, another one is wrong."""
    number, cells = line
    given = {column: cell for column, cell in zip(fields, cells, strict=True) if column}
    row = keeper.read(number, given)
    said = {column for column, _words in row.faults}
    for column in required:
        if not given.get(column) and column not in said:
            row.fault(column, gettext("This must be there."))
    if row.key is None:
        return row
    own = number, hash(tuple(sorted(given.items())))
    before, words = first.setdefault(row.key, own)
    if before != number and words != own[1]:
        row.fault(required_first(required), _stands_already(before))
    elif before != number and not row.faults:
        row.what = What.SAME
    return row


def required_first(required: Iterable[str]) -> str:
    """The column that names a row."""
    return next(iter(required))


def _stands_already(line: int) -> str:
    return gettext("Line %(line)s has the same, with other words.") % {"line": thousands(line)}


# ── Loading ─────────────────────────────────────────────────────────────────────────────────


class SomeAreWrong(Exception):
    """All or nothing was chosen, and a row is wrong by now: nothing is loaded."""


def ask_to_load(bringing: RegisterImport, *, all_or_nothing: bool, by: User, now: datetime) -> bool:
    """A confirmed file is to be loaded; a second click finds it asked for. Returns whether this was the first."""
    waiting = RegisterImport.objects.filter(pk=bringing.pk, state__in=[DRAFT, MakingState.FAILED])
    return bool(
        waiting.update(
            state=MakingState.WAITING,
            all_or_nothing=all_or_nothing,
            asked_by=by,
            asked_at=now,
            progress=0,
            held_until=None,
        )
    )


def load(register: BroughtRegister, pk: int, clock: Callable[[], datetime]) -> bool:
    """Load a file that waits, if nobody else does; whether it is loaded now. Safe to run twice and beside itself."""
    claim = Claim.take(RegisterImport, pk, clock())
    if claim is None:
        return False
    bringing = RegisterImport.objects.get(pk=pk)
    with override(settings.LANGUAGE_CODE):
        loading = _Loading(register, bringing, claim, clock)
        try:
            if bringing.all_or_nothing:
                loading.whole()
            else:
                loading.batch_by_batch()
        except SomeAreWrong:
            make_plan(register, bringing, clock())
            bringing.save(update_fields=["plan", "wrong"])
            claim.finish(state=DRAFT, progress=0)
            return False
        except LeaseLost:
            return False
    return True


class _Loading:
    """One loading of one file."""

    def __init__(
        self, register: BroughtRegister, bringing: RegisterImport, claim: Claim, clock: Callable[[], datetime]
    ) -> None:
        self.register, self.bringing, self.claim, self.clock = register, bringing, claim, clock
        self.keeper = register.begin(bringing, clock())
        self.counts: Counter[str] = Counter(
            {one.value: 0 for one in What} | bringing.loaded.get("counts", {})
        )
        self.wrong: dict[str, str] = dict(bringing.loaded.get("wrong", {}))
        self.done = bringing.lines_done

    def batch_by_batch(self) -> None:
        """The right rows, batch by batch, each with how far it is."""
        seen = 0
        for rows in _judged(self.register, self.bringing, self.keeper, WRITTEN_AT_ONCE, compare=False):
            seen += len(rows)
            if seen <= self.done:
                continue  # written before the worker was killed
            try:
                self._batch(rows, seen)
            except IntegrityError:
                # Somebody registered one of them in the same moment: now it is there to be compared with.
                self._batch([self._afresh(row) for row in rows], seen)
        with transaction.atomic():
            self._finish()
        self._keep_the_wrong()

    def whole(self) -> None:
        """Every row in one transaction, or none; what is wrong is looked for before anything is written."""
        for rows in _judged(self.register, self.bringing, self.keeper, PLANNED_AT_ONCE):
            if any(row.what is What.WRONG for row in rows):
                raise SomeAreWrong
            self.claim.go_on(2, self.clock())
        self.keeper = self.register.begin(self.bringing, self.clock())
        with transaction.atomic():
            for rows in _judged(self.register, self.bringing, self.keeper, WRITTEN_AT_ONCE, compare=False):
                self._write(rows)
                if self.wrong:
                    raise SomeAreWrong
            self._finish()
        self._keep_the_wrong()

    @staticmethod
    def _afresh(row: Row) -> Row:
        if row.what in (What.NEW, What.CHANGED):
            row.what, row.there, row.changes = What.NEW, None, {}
        return row

    def _batch(self, rows: Sequence[Row], seen: int) -> None:
        counts, wrong = self.counts.copy(), dict(self.wrong)
        try:
            with transaction.atomic():
                self._write(rows)
                said = {"counts": dict(self.counts), "wrong": self.wrong}
                RegisterImport.objects.filter(pk=self.bringing.pk).update(lines_done=seen, loaded=said)
                self.claim.go_on(max(1, 99 * seen // self.bringing.lines), self.clock())
        except IntegrityError:
            self.counts, self.wrong = counts, wrong
            raise

    def _write(self, rows: Sequence[Row]) -> None:
        self.keeper.hold([row for row in rows if row.what is What.NEW])
        self.keeper.compare([row for row in rows if row.what is What.NEW])
        self.keeper.write([row for row in rows if row.what in (What.NEW, What.CHANGED)])
        for row in rows:
            self.counts[row.what] += 1
            if row.faults:
                self.wrong[str(row.line)] = _fault_words(self.register, row)

    def _finish(self) -> None:
        self.keeper.finish(dict(self.counts))
        now = self.clock()
        if not self.claim.finish(
            state=MakingState.ISSUED,
            progress=100,
            issued_at=now,
            loaded=dict(self.counts),
            wrong=self.wrong,
            lines_done=self.bringing.lines,
        ):
            raise LeaseLost

    def _keep_the_wrong(self) -> None:
        """Of the file only the rows to be mended are still needed."""
        old, path = self.bringing.rows_path, ""
        if self.wrong:
            lines = (one for one in register_files.kept(old) if str(one[0]) in self.wrong)
            path, _number = register_files.keep(lines)
        RegisterImport.objects.filter(pk=self.bringing.pk).update(rows_path=path)
        register_files.forget(old)


def wrong_lines(bringing: RegisterImport) -> Iterator[list[Cell]]:
    """The rows to be mended, as they came, each with what is wrong."""
    for line, cells in register_files.kept(bringing.rows_path):
        if words := bringing.wrong.get(str(line)):
            yield [*cells, line, words]


def forget_old(now: datetime) -> int:
    """What was not confirmed, or not mended, in a month is thrown away with its rows; returns how many."""
    old = RegisterImport.objects.filter(asked_at__lt=now - FORGOTTEN_AFTER).exclude(rows_path="")
    old = old.exclude(state__in=[MakingState.WAITING, MakingState.MAKING])
    forgotten = list(old)
    for bringing in forgotten:
        throw_away(bringing)
    return len(forgotten)


def throw_away(bringing: RegisterImport) -> None:
    """The rows of a file go; of one that was loaded stays that it was."""
    register_files.forget(bringing.rows_path)
    rows = RegisterImport.objects.filter(pk=bringing.pk)
    if bringing.is_loaded:
        rows.update(rows_path="", wrong={})
    else:
        rows.delete()
