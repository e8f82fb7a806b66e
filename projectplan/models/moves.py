"""What an entry does to the balances when it is written down, approved or let go: one table, for the ledger and for its
proof alike. Every move is a balance, one of its columns, and plus or minus the entry's amount."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from projectplan.models.budget import BudgetEntry

Kind = BudgetEntry.Kind


class Move(NamedTuple):
    """`where` is `project`, `from` or `to` (activities), `own`, `against` or `undone` (what is open of an entry)."""

    where: str
    column: str
    sign: int


@dataclass(frozen=True)
class Shape:
    """What of an entry decides its moves: its kind, the kind of what it reverses, whether these use a commitment."""

    kind: str
    reverses: str = ""
    has_commitment: bool = False


def shape_of(entry: BudgetEntry) -> Shape:
    """The shape of an entry, whose `reverses` is at hand."""
    undone = entry.reverses
    meant = undone or entry
    uses = meant.kind == Kind.PAYMENT and meant.against_id is not None
    return Shape(entry.kind, undone.kind if undone else "", uses)


# Written down: the amount is taken from what is free at once, so that an approval never finds the money gone.
_HELD: Final[dict[Shape, list[Move]]] = {
    Shape(Kind.ALLOCATION): [Move("project", "reserved", 1)],
    Shape(Kind.COMMITMENT): [Move("from", "reserved", 1)],
    Shape(Kind.PAYMENT): [Move("from", "reserved", 1)],
    Shape(Kind.PAYMENT, "", True): [Move("against", "amount", -1)],
    Shape(Kind.RELEASE): [Move("against", "amount", -1)],
    Shape(Kind.REFUND): [Move("against", "amount", -1)],
    Shape(Kind.TRANSFER): [Move("from", "reserved", 1)],
    Shape(Kind.REVERSAL, Kind.ALLOCATION): [Move("from", "reserved", 1)],
    Shape(Kind.REVERSAL, Kind.COMMITMENT): [Move("undone", "amount", -1)],
    Shape(Kind.REVERSAL, Kind.PAYMENT): [Move("undone", "amount", -1)],
    Shape(Kind.REVERSAL, Kind.PAYMENT, True): [Move("undone", "amount", -1)],
    Shape(Kind.REVERSAL, Kind.RELEASE): [Move("from", "reserved", 1)],
    Shape(Kind.REVERSAL, Kind.REFUND): [Move("from", "reserved", 1)],
    Shape(Kind.REVERSAL, Kind.TRANSFER): [Move("to", "reserved", 1)],
}

# Approved: what the amount becomes, besides what was held for it.
_BECOMES: Final[dict[Shape, list[Move]]] = {
    Shape(Kind.ALLOCATION): [Move("project", "allocated", 1), Move("from", "allocated", 1)],
    Shape(Kind.COMMITMENT): [Move("from", "committed", 1), Move("own", "amount", 1)],
    Shape(Kind.PAYMENT): [Move("from", "paid", 1), Move("own", "amount", 1)],
    Shape(Kind.PAYMENT, "", True): [
        Move("from", "committed", -1),
        Move("from", "paid", 1),
        Move("own", "amount", 1),
    ],
    Shape(Kind.RELEASE): [Move("from", "committed", -1)],
    Shape(Kind.REFUND): [Move("from", "paid", -1)],
    Shape(Kind.TRANSFER): [Move("from", "allocated", -1), Move("to", "allocated", 1)],
    Shape(Kind.REVERSAL, Kind.ALLOCATION): [Move("from", "allocated", -1), Move("project", "allocated", -1)],
    Shape(Kind.REVERSAL, Kind.COMMITMENT): [Move("from", "committed", -1)],
    Shape(Kind.REVERSAL, Kind.PAYMENT): [Move("from", "paid", -1)],
    Shape(Kind.REVERSAL, Kind.PAYMENT, True): [
        Move("from", "paid", -1),
        Move("from", "committed", 1),
        Move("against", "amount", 1),
    ],
    Shape(Kind.REVERSAL, Kind.RELEASE): [Move("from", "committed", 1), Move("against", "amount", 1)],
    Shape(Kind.REVERSAL, Kind.REFUND): [Move("from", "paid", 1), Move("against", "amount", 1)],
    Shape(Kind.REVERSAL, Kind.TRANSFER): [Move("to", "allocated", -1), Move("from", "allocated", 1)],
}


def held(shape: Shape) -> list[Move]:
    """When it is written down."""
    return _HELD[shape]


def let_go(shape: Shape) -> list[Move]:
    """When it is turned down or withdrawn: what was held is free again."""
    return [move._replace(sign=-move.sign) for move in _HELD[shape]]


def approved(shape: Shape) -> list[Move]:
    """When it is approved. What was taken from an open amount stays taken; what was only reserved becomes something."""
    freed = [move for move in let_go(shape) if move.column == "reserved"]
    return [*freed, *_BECOMES[shape]]


def spent(shape: Shape) -> int:
    """Whether an approved entry raises (1), lowers (-1) or leaves (0) what its month has paid."""
    return sum(move.sign for move in _BECOMES[shape] if move.column == "paid")


def all_of(shape: Shape, state: str) -> Iterator[Move]:
    """Everything that an entry in this state has moved by now."""
    if state in (BudgetEntry.State.PENDING, BudgetEntry.State.APPROVED):
        yield from held(shape)
    if state == BudgetEntry.State.APPROVED:
        yield from approved(shape)
