"""The proof of the balances: what the ledger adds up to, counted anew, against what is kept. One query for the entries,
whatever their number: they are added up by the database, in whole satang."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.db.models.functions import Coalesce

from projectplan.models import ActivityBalance, BudgetEntry, Project, ProjectBalance
from projectplan.models.moves import Shape, all_of

Sums = dict[tuple[str, int, str], Decimal]


@dataclass(frozen=True)
class Difference:
    """A balance that is not what its entries add up to."""

    where: str
    key: int
    column: str
    kept: Decimal
    counted: Decimal


def differences(project: Project) -> Iterator[Difference]:
    """Every balance of a project and its activities that the ledger does not bear out."""
    counted = _count(project)
    for where, rows, columns in (
        ("project", ProjectBalance.objects.filter(project=project), ("reserved", "allocated")),
        (
            "activity",
            ActivityBalance.objects.filter(activity__project=project),
            ("allocated", "reserved", "committed", "paid"),
        ),
    ):
        for row in rows:
            for column in columns:
                kept = getattr(row, column)
                due = counted.get((where, row.pk, column), Decimal(0))
                if kept != due:
                    yield Difference(where, row.pk, column, kept, due)


def _count(project: Project) -> Sums:
    sums: Sums = defaultdict(Decimal)
    for line in _lines(project):
        shape = Shape(line["kind"], line["reverses__kind"] or "", _uses(line))
        places = {
            "project": ("project", project.pk),
            "from": ("activity", line["activity"]),
            "to": ("activity", line["to"]),
        }
        for move in all_of(shape, line["state"]):
            if move.where in places:
                sums[(*places[move.where], move.column)] += move.sign * line["sum"]
    return sums


def _lines(project: Project) -> Iterator[Any]:
    """The entries by all that decides what they move, with their sums."""
    rows = BudgetEntry.objects.filter(activity__project=project).order_by()
    to = Coalesce("to_activity", "reverses__to_activity")
    grouped = rows.annotate(to=to).values(
        "activity", "to", "kind", "state", "reverses__kind", "against__kind", "reverses__against__kind"
    )
    return grouped.annotate(sum=Sum("amount")).iterator()


def _uses(line: Any) -> bool:
    meant = line["reverses__kind"] or line["kind"]
    against = line["reverses__against__kind"] if line["reverses__kind"] else line["against__kind"]
    return bool(meant == BudgetEntry.Kind.PAYMENT and against)
