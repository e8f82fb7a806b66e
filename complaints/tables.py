"""The register of petitions as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from html import escape
from typing import Any

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from complaints.models import Petition
from complaints.worklist import Listed, Row, next_step
from office.calendar import WorkCalendar
from office.register_table import RegisterTable


class PickColumn(tables.Column):
    """A box to tick in each row; its heading is for those who hear the page."""

    @property
    def header(self) -> SafeString:
        return format_html('<span class="visually-hidden">{}</span>', gettext("Choose"))


class PetitionTable(RegisterTable):
    """A `pickable` one has a box to tick in each row, which belongs to the form with the id `bulk`."""

    matters = Petition

    pick = PickColumn(empty_values=())

    class Meta(RegisterTable.Meta):
        sequence = ("pick", "...")

    def __init__(
        self, rows: Sequence[Row], *, calendar: WorkCalendar, pickable: bool = False, **kwargs: Any
    ) -> None:
        self.pickable = pickable
        self.choose = gettext("Choose %(number)s")
        self.kind = cache(lambda value: str(Petition.PetitionKind(value).label))
        self.channel = cache(lambda value: str(Petition.Channel(value).label))
        super().__init__(rows, calendar=calendar, exclude=() if pickable else ("pick",), **kwargs)

    def lines(self) -> Iterator[list[tuple[str, str]]]:
        for row in self.data:
            address = row.petition.get_absolute_url()
            pick = [("pick", self._box(row.petition))] if self.pickable else []
            yield [
                *pick,
                ("subject", self.subject_cell(row.petition, address, self._below(row.petition))),
                ("holder", row.with_whom or self.nobody),
                ("standing", self.standing_cell(row.petition.state)),
                ("time", self.time_cell(row.due_at, next_step(row.petition), address)),
            ]

    def _below(self, petition: Listed) -> str:
        kind, channel = self.kind(petition.petition_kind), self.channel(petition.channel)
        return f"{kind} · {channel} · {self.received_words(petition.received_at)}"

    def _box(self, petition: Listed) -> SafeString:
        return mark_safe(  # nosec B308, B703 # a number, and words that were escaped
            '<input class="form-check-input" type="checkbox" form="bulk" name="row"'
            f' value="{petition.pk}" aria-label="{escape(self.choose % {"number": petition.label})}">'
        )
