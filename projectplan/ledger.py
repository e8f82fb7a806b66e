"""The one door to the ledger: writing an entry down, approving it, letting it go.

Each takes the lock of the project first, then moves balances by updates that find no row when the money is not there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db import models, transaction
from django.db.models import F

from office.calendar import month_of
from office.documents import Upload, keep
from office.models import User
from office.money import baht
from projectplan.models import (
    Activity,
    ActivityBalance,
    BudgetEntry,
    BudgetFile,
    OpenEntry,
    Project,
    ProjectBalance,
    SpentMonth,
)
from projectplan.models.moves import Move, approved, held, let_go, shape_of, spent

Kind = BudgetEntry.Kind
State = BudgetEntry.State


class Short(StrEnum):
    """Where the money is not."""

    ACTIVITY = "activity"
    PROJECT = "project"
    OPEN = "open"
    USED = "used"


class NotEnough(Exception):
    """The entry would take a balance below zero; `left` is what is there, in baht."""

    def __init__(self, short: Short, left: Decimal) -> None:
        super().__init__(f"{short}: {left} left")
        self.short, self.left = short, left


class NotPending(Exception):
    """Somebody has decided on the entry already."""

    def __init__(self, entry: BudgetEntry) -> None:
        super().__init__(f"entry {entry.pk} is {entry.state}")
        self.entry = entry


class NotTheSame(Exception):
    """Whoever wrote an entry down does not approve it; nobody else withdraws it."""


class NotReversible(Exception):
    """Only an approved entry is reversed, once, and a reversal never."""


@dataclass(frozen=True)
class Paper:
    """What the document behind an entry says."""

    number: str
    dated_on: date
    payee: str = ""
    note: str = ""
    files: Iterable[Upload] = ()
    once: str = ""


def enter(
    activity: Activity,
    kind: str,
    amount: Decimal,
    paper: Paper,
    *,
    by: User,
    now: datetime,
    against: BudgetEntry | None = None,
    to_activity: Activity | None = None,
) -> BudgetEntry:
    """Write an entry down; its money is held until somebody else decides. Raises NotEnough."""
    if kind == Kind.REVERSAL:
        raise ValueError("An entry is reversed by `reverse`.")
    entry = BudgetEntry(
        activity=activity, kind=kind, amount=amount, against=against, to_activity=to_activity, reverses=None
    )
    return _write(entry, paper, by, now)


def reverse(undone: BudgetEntry, paper: Paper, *, by: User, now: datetime) -> BudgetEntry:
    """Write down that an approved entry was wrong. Raises NotReversible, and NotEnough when its money is used."""
    entry = BudgetEntry(
        activity=undone.activity, kind=Kind.REVERSAL, amount=undone.amount, reverses=undone, against=None
    )
    return _write(entry, paper, by, now)


def approve(entry: BudgetEntry, *, by: User, now: datetime, note: str = "") -> BudgetEntry:
    """Approve what another wrote down: its money moves. Raises NotPending, NotTheSame."""
    if by.pk == entry.entered_by_id:
        raise NotTheSame
    with transaction.atomic():
        current = _decide(entry, State.APPROVED, by, now, note)
        shape = shape_of(current)
        if any(move.where == "own" for move in approved(shape)):
            OpenEntry.objects.create(entry=current, amount=Decimal(0))
        _move(current, approved(shape))
        if sign := spent(shape):
            _spend(current, sign)
    return current


def turn_down(entry: BudgetEntry, *, by: User, now: datetime, note: str) -> BudgetEntry:
    """Decide against what another wrote down, with the reason; its money is free again.

    Raises NotPending, NotTheSame.
    """
    if by.pk == entry.entered_by_id:
        raise NotTheSame
    return _let_go(entry, State.TURNED_DOWN, by, now, note)


def withdraw(entry: BudgetEntry, *, by: User, now: datetime, note: str = "") -> BudgetEntry:
    """Take back what one wrote down oneself, before it is decided. Raises NotPending, NotTheSame."""
    if by.pk != entry.entered_by_id:
        raise NotTheSame
    return _let_go(entry, State.WITHDRAWN, by, now, note)


def _write(entry: BudgetEntry, paper: Paper, by: User, now: datetime) -> BudgetEntry:
    entry.document_number, entry.dated_on = paper.number, paper.dated_on
    entry.payee, entry.note = paper.payee, paper.note
    entry.entered_by, entry.entered_at = by, now
    entry.once = paper.once or entry.once
    uploads = {upload.sha256: upload for upload in paper.files}
    files = [
        BudgetFile(name=one.name, sha256=one.sha256, size=one.size, content_type=one.content_type)
        for one in uploads.values()
    ]
    for upload, file in zip(uploads.values(), files, strict=True):
        keep(upload, file.path)
    with transaction.atomic():
        lock(entry.activity.project)
        if earlier := BudgetEntry.objects.filter(once=entry.once).first():
            return earlier
        if entry.reverses:
            _check_reversible(entry.reverses)
        _move(entry, held(shape_of(entry)))
        entry.save(force_insert=True)
        for file in files:
            file.entry = entry
        BudgetFile.objects.bulk_create(files)
    return entry


def _check_reversible(undone: BudgetEntry) -> None:
    """Under the lock, so that two people cannot reverse the same entry."""
    state = BudgetEntry.objects.values_list("state", flat=True).get(pk=undone.pk)
    again = BudgetEntry.objects.filter(reverses=undone, state__in=[State.PENDING, State.APPROVED])
    if state != State.APPROVED or undone.kind == Kind.REVERSAL or again.exists():
        raise NotReversible


def _decide(entry: BudgetEntry, state: State, by: User, now: datetime, note: str) -> BudgetEntry:
    """The entry as it stands now, decided; within the caller's transaction. Raises NotPending."""
    lock(entry.activity.project)
    decided = BudgetEntry.objects.filter(pk=entry.pk, state=State.PENDING).update(
        state=state, decided_by=by, decided_at=now, decision_note=note
    )
    current = BudgetEntry.objects.with_whom().get(pk=entry.pk)
    if not decided:
        raise NotPending(current)
    return current


def _let_go(entry: BudgetEntry, state: State, by: User, now: datetime, note: str) -> BudgetEntry:
    with transaction.atomic():
        current = _decide(entry, state, by, now, note)
        _move(current, let_go(shape_of(current)))
    return current


def lock(project: Project) -> ProjectBalance:
    """Hold the project's ledger until the transaction ends; its balances are there from now on."""
    rows = ProjectBalance.objects.select_for_update()
    found = rows.filter(pk=project.pk).first()
    if found is None:
        ProjectBalance.objects.get_or_create(project=project, defaults={"budget": project.budget})
        found = rows.get(pk=project.pk)
    if ActivityBalance.objects.filter(activity__project=project).count() < project.activities.count():
        ActivityBalance.objects.bulk_create(
            [ActivityBalance(activity=one) for one in project.activities.all()], ignore_conflicts=True
        )
    if found.budget != project.budget:  # the plan was loaded anew; never below what is given already
        given = F("reserved") + F("allocated")
        ProjectBalance.objects.filter(pk=project.pk).alias(given=given).filter(
            given__lte=baht(project.budget)
        ).update(budget=project.budget)
    return found


def _move(entry: BudgetEntry, moves: Iterable[Move]) -> None:
    """Move the entry's amount, one update for each balance. Raises NotEnough, which undoes the transaction."""
    changes: dict[str, dict[str, int]] = defaultdict(dict)
    for move in moves:
        changes[move.where][move.column] = move.sign
    for where, columns in changes.items():
        rows, short = _balance(entry, where)
        moved = {column: F(column) + baht(sign * entry.amount) for column, sign in columns.items()}
        if not _covering(rows, columns, entry.amount).update(**moved):
            raise NotEnough(short, _left(rows))


def _balance(entry: BudgetEntry, where: str) -> tuple[models.QuerySet[Any], Short]:
    """The row that a move means, and what is short when it does not cover it."""
    meant = entry.reverses or entry
    if where == "project":
        return ProjectBalance.objects.filter(pk=meant.activity.project_id), Short.PROJECT
    if where == "from":
        return ActivityBalance.objects.filter(pk=meant.activity_id), Short.ACTIVITY
    if where == "to":
        return ActivityBalance.objects.filter(pk=meant.to_activity_id), Short.ACTIVITY
    if where == "against":
        return OpenEntry.objects.filter(pk=meant.against_id), Short.OPEN
    key = entry.pk if where == "own" else entry.reverses_id
    return OpenEntry.objects.filter(pk=key), Short.USED


def _covering(rows: models.QuerySet[Any], columns: dict[str, int], amount: Decimal) -> models.QuerySet[Any]:
    """The same row, if it stays at zero or above once the columns have moved."""
    for column, sign in columns.items():
        if sign < 0:
            rows = rows.filter(**{f"{column}__gte": amount})
    if rows.model is OpenEntry:
        return rows
    is_activity = rows.model is ActivityBalance
    whole = "allocated" if is_activity else "budget"
    parts = ("reserved", "committed", "paid") if is_activity else ("reserved", "allocated")
    change = sum(columns.get(part, 0) for part in parts) - columns.get(whole, 0)
    used: Any = F(parts[0])
    for part in parts[1:]:
        used = used + F(part)
    return rows.filter(**{f"{whole}__gte": used + baht(change * amount)}) if change > 0 else rows


def _left(rows: models.QuerySet[Any]) -> Decimal:
    found = rows.first()
    if found is None:
        return Decimal(0)
    left: Decimal = found.amount if isinstance(found, OpenEntry) else found.left
    return left


def _spend(entry: BudgetEntry, sign: int) -> None:
    """The month of the document has paid more or less; the lock of the project is held."""
    meant = entry.reverses or entry
    first_on = month_of(entry.dated_on).first
    month, _is_new = SpentMonth.objects.get_or_create(activity_id=meant.activity_id, first_on=first_on)
    SpentMonth.objects.filter(pk=month.pk).update(paid=F("paid") + baht(sign * entry.amount))
