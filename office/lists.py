"""Lists that stay quick at a million rows: pages by key instead of by number, counts that stop at a cap."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Generic, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from office.figures import thousands
from office.plain_number import plain_number
from office.thai import FIRST_BE_YEAR, FIRST_CE_YEAR

PAGE_ROWS = 25
COUNT_CAP = 200
_KEY: Final = re.compile(r"[0-9]{1,18}")

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Order:
    """One order of a list: the key alone, or dates with a unique tie-breaker; an index serves it."""

    column: str
    tie: str = "pk"
    descending: bool = False

    @property
    def columns(self) -> list[str]:
        return [self.column] if self.column == self.tie else [self.column, self.tie]

    def sorted(self, rows: QuerySet[M], *, backwards: bool) -> QuerySet[M]:
        sign = "-" if self.descending != backwards else ""
        return rows.order_by(*(sign + column for column in self.columns))

    def beyond(self, cursor: Sequence[Any], *, backwards: bool) -> Q:
        """The rows that come after the cursor's row in this direction."""
        relation = "lt" if self.descending != backwards else "gt"
        if len(self.columns) == 1:
            return Q(**{f"{self.column}__{relation}": cursor[0]})
        # The first half alone is a range of the index; with an OR of both, the list would be walked from its start.
        first, tie = cursor
        beyond = Q(**{f"{self.column}__{relation}": first}) | Q(**{f"{self.tie}__{relation}": tie})
        return Q(**{f"{self.column}__{relation}e": first}) & beyond

    def cursor_of(self, row: Model) -> str:
        values = [getattr(row, column) for column in self.columns]
        return "_".join(value.isoformat() if isinstance(value, datetime) else str(value) for value in values)

    def parse(self, text: str) -> list[Any] | None:
        """The cursor as values, or None when somebody typed nonsense into the address."""
        parts = text.split("_")
        if len(parts) != len(self.columns):
            return None
        key = plain_number(parts[-1])
        try:
            moments = [datetime.fromisoformat(part) for part in parts[:-1]]
        except ValueError:
            return None
        are_of_this_world = all(FIRST_CE_YEAR <= moment.year < FIRST_BE_YEAR for moment in moments)
        return [*moments, key] if key is not None and are_of_this_world else None


class ByName(Order):
    """The order of a Thai dictionary (a column of sort keys); of two of one name the one registered first."""

    def cursor_of(self, row: Model) -> str:
        return f"{row.pk}_{getattr(row, self.column)}"

    def parse(self, text: str) -> list[Any] | None:
        key, _dash, name = text.partition("_")
        return [name, int(key)] if name and _KEY.fullmatch(key) else None


@dataclass
class Page(Generic[M]):
    """One page of a list: its rows, and the cursors of its neighbours ("" where there is none)."""

    rows: list[M]
    next_cursor: str = ""
    back_cursor: str = ""


def page_of(
    rows: QuerySet[M], order: Order, *, after: str = "", upto: str = "", size: int = PAGE_ROWS
) -> Page[M]:
    """The rows after a cursor, or those just before it (`upto`); from the start without either."""
    backwards = bool(upto)
    cursor = order.parse(upto or after) if (upto or after) else None
    if cursor is not None:
        rows = rows.filter(order.beyond(cursor, backwards=backwards))
    found = list(order.sorted(rows, backwards=backwards and cursor is not None)[: size + 1])
    more = len(found) > size
    found = found[:size]
    if backwards and cursor is not None:
        found.reverse()
        return Page(
            found, order.cursor_of(found[-1]) if found else "", order.cursor_of(found[0]) if more else ""
        )
    return Page(
        found,
        order.cursor_of(found[-1]) if more else "",
        order.cursor_of(found[0]) if cursor is not None and found else "",
    )


def capped_count(rows: QuerySet[Any], cap: int = COUNT_CAP, *, in_order: bool = False) -> int:
    """How many rows there are, counted up to one more than the cap; `in_order` where the index of their order leads to
    them at once, and PostgreSQL would rather begin elsewhere."""
    counted = rows if in_order else rows.order_by()
    return counted.values("pk")[: cap + 1].count()


def in_its_order(rows: QuerySet[M]) -> QuerySet[M]:
    """Rows that are counted or summed by group, in the order their model names: Django drops it from such a query."""
    return rows.order_by(*(rows.model._meta.ordering or ()))


def count_label(count: int, cap: int = COUNT_CAP) -> str:
    """`๒๕` or `มากกว่า ๒๐๐`."""
    if count > cap:
        return _("more than %(number)s") % {"number": thousands(cap)}
    return thousands(count)
