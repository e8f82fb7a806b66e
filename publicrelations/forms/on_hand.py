"""What a form lays ready to be chosen from, of several kinds: asked of the database at once, when it is drawn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db.models import CharField, DateTimeField, F, Value
from django.db.models.functions import Cast
from django.utils.functional import cached_property


class Laid(NamedTuple):
    """One thing to choose: its key, its place among others of its kind, its moment if it has one, its words."""

    key: int
    rank: int
    at: Any
    words: str


def laid(rows: Any, rank: str, words: str, at: str = "") -> Any:
    """The four values of a queryset's rows, by the names of their columns."""
    moment = F(at) if at else Cast(Value(None), DateTimeField())
    values = rows.order_by().annotate(laid_rank=F(rank), laid_at=moment, laid_words=F(words))
    return values.values_list("pk", "laid_rank", "laid_at", "laid_words")


class OnHand:
    """Lists of key, rank, moment and words, each brought under a name; all of them are read at once."""

    def __init__(self) -> None:
        self._parts: list[Any] = []

    def bring(self, what: str, parts: Iterable[Any]) -> None:
        """More rows under a name, from querysets of four values without an order of their own."""
        self._parts += [part.annotate(what=Value(what, output_field=CharField())) for part in parts]

    def rows(self, what: str) -> list[Laid]:
        """What was brought under a name."""
        return list(self._read.get(what, []))

    @cached_property
    def _read(self) -> Mapping[str, list[Laid]]:
        found: defaultdict[str, list[Laid]] = defaultdict(list)
        first, *others = self._parts
        for key, rank, at, words, what in first.union(*others, all=True):
            found[what].append(Laid(key, rank, at, words))
        return found
