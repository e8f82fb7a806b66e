"""The register of petitions as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache
from html import escape
from typing import Any

import django_tables2 as tables
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.models import Petition, State
from complaints.worklist import Listed, Row, next_step
from office.calendar import OFFICE_TZ, WorkCalendar
from office.steps import find_step
from office.templatetags.prasan import date_short, due_pill


class PickColumn(tables.Column):
    """A box to tick in each row; its heading is for those who hear the page."""

    @property
    def header(self) -> SafeString:
        return format_html('<span class="visually-hidden">{}</span>', gettext("Choose"))


class PetitionTable(tables.Table):
    """A row says what it is about, who has it, what is next and how long is left. A column's name is its class.

    A `pickable` one has a box to tick in each row, which belongs to the form with the id `bulk`.
    """

    pick = PickColumn(empty_values=())
    subject = tables.Column(verbose_name=_("Matter"), empty_values=())
    holder = tables.Column(verbose_name=_("With"), empty_values=())
    standing = tables.Column(verbose_name=_("Standing"), empty_values=())
    time = tables.Column(verbose_name=_("Time left"), empty_values=())

    class Meta:
        orderable = False
        template_name = "parts/table.html"

    def __init__(
        self, rows: Sequence[Row], *, calendar: WorkCalendar, pickable: bool = False, **kwargs: Any
    ) -> None:
        self.pickable = pickable
        self.choose = gettext("Choose %(number)s")
        self.now = timezone.now()
        self.calendar = calendar
        # Each word is looked up and each day and moment put into words once a table, not once a cell.
        self.kind = cache(lambda value: str(Petition.PetitionKind(value).label))
        self.channel = cache(lambda value: str(Petition.Channel(value).label))
        self.state = cache(lambda value: str(State(value).label))
        self.verb = cache(lambda name: str(find_step(Petition, name).custom["verb"]))
        self.pill = cache(lambda due_at: due_pill(due_at, self.now, self.calendar))
        self.received = gettext("received %(date)s")
        self.received_on = cache(lambda day: self.received % {"date": date_short(day)})
        self.nobody = format_html('<span class="muted">{}</span>', gettext("nobody yet"))
        super().__init__(rows, exclude=() if pickable else ("pick",), **kwargs)

    def lines(self) -> Iterator[list[tuple[str, str]]]:
        """Each row's cells with their column's name, written in one go and escaped as they are written.

        The library looks up and inspects a method for every cell, which cost as much as the rest of the page.
        """
        for row in self.data:
            address = row.petition.get_absolute_url()
            pick = [("pick", self._box(row.petition))] if self.pickable else []
            yield [
                *pick,
                ("subject", self._subject(row.petition, address)),
                ("holder", row.with_whom or self.nobody),
                ("standing", mark_safe(f'<span class="state">{self.state(row.petition.state)}</span>')),
                ("time", self._time(row, address)),
            ]

    def _subject(self, petition: Listed, address: str) -> SafeString:
        kind, channel = self.kind(petition.petition_kind), self.channel(petition.channel)
        return mark_safe(
            f'<a class="t" href="{address}">{escape(petition.title)}</a>'
            f' <span class="no small">{escape(petition.label)}</span>'
            f'<div class="small muted">{kind} · {channel} · {self._received(petition.received_at)}</div>'
        )

    def _box(self, petition: Listed) -> SafeString:
        return mark_safe(
            '<input class="form-check-input" type="checkbox" form="bulk" name="row"'
            f' value="{petition.pk}" aria-label="{escape(self.choose % {"number": petition.label})}">'
        )

    def _received(self, received_at: datetime) -> str:
        return self.received_on(received_at.astimezone(OFFICE_TZ).date())

    def _time(self, row: Row, address: str) -> SafeString | str:
        if row.due_at is None:
            return "–"
        step, pill = next_step(row.petition), self.pill(row.due_at)
        if not step:
            return pill
        link = f'<a class="no" href="{address}#next">{self.verb(step)}</a>'
        return mark_safe(f'{pill}<div class="small mt-1">{link}</div>')
