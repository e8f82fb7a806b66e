"""What a measure of the plan's own room answers: a figure, what it is made of, and where its rows are.

A measure says what is to be counted (`Counts`) and, apart from that, what the counts come to. So whoever wants several
of them has everything counted in one question to the database, however many they are.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import CharField, Count, Expression, QuerySet, Value
from django.db.models.functions import Cast, Concat


@dataclass(frozen=True)
class Measured:
    """A figure of a fiscal year in the measure's unit, None while nothing is decided; what it is made of, in words;
    and the page of the very rows."""

    value: Decimal | None
    parts: str
    url: str


Counts = Callable[[int, datetime], list[QuerySet[Any, Any]]]
"""Of the fiscal year (B.E.) at a moment: queries of `counted`."""
ComesTo = Callable[[Mapping[str, int], int, datetime], Measured]
"""What the counts, by their names, come to."""


@dataclass(frozen=True)
class Counting:
    """One measure: called with a fiscal year (B.E.) and a moment it answers by itself."""

    counts: Counts
    comes_to: ComesTo

    def __call__(self, year_be: int, now: datetime) -> Measured:
        return self.comes_to(ask([("", self.counts(year_be, now))])[""], year_be, now)


def counted(rows: QuerySet[Any, Any], name: str, number: Expression | None = None) -> QuerySet[Any, Any]:
    """How many rows there are, under a name; `number` counts something else of them."""
    named = rows.order_by().annotate(counted_name=Value(name, CharField())).values("counted_name")
    return named.annotate(counted_number=number or Count("pk")).values_list("counted_name", "counted_number")


def counted_by(
    rows: QuerySet[Any, Any], field: str, number: Expression | None = None, *, before: str = ""
) -> QuerySet[Any, Any]:
    """How many rows there are of each value of a field, under that value with `before` in front."""
    name = Concat(Value(before), Cast(field, CharField()), output_field=CharField())
    named = rows.order_by().annotate(counted_name=name).values("counted_name")
    return named.annotate(counted_number=number or Count("pk")).values_list("counted_name", "counted_number")


def ask(wanted: Collection[tuple[str, list[QuerySet[Any, Any]]]]) -> dict[str, dict[str, int]]:
    """The counts of several measures by the measure's name and their own, all in one question."""
    told = [
        rows.annotate(counted_for=Value(measure, CharField())).values_list(
            "counted_for", "counted_name", "counted_number"
        )
        for measure, queries in wanted
        for rows in queries
    ]
    found: dict[str, dict[str, int]] = {measure: {} for measure, _queries in wanted}
    if told:
        for measure, name, number in told[0].union(*told[1:], all=True):
            found[measure][name] = number
    return found
