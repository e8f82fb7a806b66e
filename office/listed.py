"""What lists show of matters and their promises, as plain values: a list changes nothing, and models cost the most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from typing import Final, NamedTuple

from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.translation import gettext

from office.models import Deadline, Matter
from office.models.matter import PAGES
from office.models.number import number_label
from office.templatetags.prasan import date_short

_SOME_KEY: Final = 987654321


@dataclass(frozen=True, slots=True)
class ListedMatter:
    """One matter of a list; its fields are named as the model's, to be fetched by them (`columns_of`)."""

    pk: int
    kind: str
    series: str
    number: int
    year: int
    title: str
    received_at: datetime

    @property
    def label(self) -> str:
        """The number as the register writes it."""
        return number_label(self.series, self.number, self.year)

    @property
    def received(self) -> str:
        """`รับเมื่อ ๑ ต.ค. ๕๒`."""
        return gettext("received %(date)s") % {"date": date_short(self.received_at)}

    def get_absolute_url(self) -> str:
        return address_of(PAGES[Matter.Kind(self.kind)], self.pk)


def columns_of(path: str = "") -> list[str]:
    """What is fetched of a matter that stands at `path` (`matter__`), in the order a `ListedMatter` takes it."""
    return [f"{path}{column.name}" for column in fields(ListedMatter)]


def address_of(view: str, pk: int) -> str:
    """As `reverse` with a key; the pattern is read once a process, for a list asks for its addresses in every row."""
    return _pattern(view, get_urlconf(), get_script_prefix()).replace(str(_SOME_KEY), str(pk))


@cache
def _pattern(view: str, urlconf: str | None, prefix: str) -> str:
    return reverse(view, urlconf, args=[_SOME_KEY])


class Promise(NamedTuple):
    """What a matter owes: of which kind, until when, and whose turn it is by full name ("": nobody's)."""

    kind: str
    due_at: datetime
    responsible: str


def most_urgent_promises(keys: Sequence[int]) -> dict[int, Promise]:
    """Of each of these matters that owes something, what is due first; one query."""
    unmet = Deadline.objects.unmet().filter(matter__in=keys).order_by("-due_at")
    rows = unmet.values_list("matter", "kind", "due_at", "responsible__display_name")
    return {matter: Promise(kind, due_at, name or "") for matter, kind, due_at, name in rows}
