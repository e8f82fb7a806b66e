"""The register of petitions as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

import django_tables2 as tables
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.models import Petition, State
from complaints.worklist import Row, next_step
from office.calendar import OFFICE_TZ, WorkCalendar
from office.steps import find_step
from office.templatetags.prasan import date_short, due_pill


class PetitionTable(tables.Table):
    """A row says what it is about, who has it, what is next and how long is left. A column's name is its class."""

    subject = tables.Column(verbose_name=_("Matter"), empty_values=())
    holder = tables.Column(verbose_name=_("With"), empty_values=())
    standing = tables.Column(verbose_name=_("Standing"), empty_values=())
    time = tables.Column(verbose_name=_("Time left"), empty_values=())

    class Meta:
        orderable = False
        template_name = "parts/table.html"

    def __init__(self, rows: Sequence[Row], *, calendar: WorkCalendar, **kwargs: Any) -> None:
        self.now = timezone.now()
        self.calendar = calendar
        # Translated once a table instead of once a cell.
        self.kinds = {value: str(label) for value, label in Petition.PetitionKind.choices}
        self.channels = {value: str(label) for value, label in Petition.Channel.choices}
        self.states = {value: str(label) for value, label in State.choices}
        self.received = gettext("received %(date)s")
        self.nobody = gettext("nobody yet")
        # Rows of one list share their days and moments: each is put into words once.
        self._pill = lru_cache(maxsize=None)(lambda due_at: due_pill(due_at, self.now, self.calendar))
        self._received_on = lru_cache(maxsize=None)(lambda day: self.received % {"date": date_short(day)})
        super().__init__(rows, **kwargs)

    def lines(self) -> Iterator[list[tuple[str, str]]]:
        """Each row's cells with their column's name, written in one go.

        The library looks up and inspects a method for every cell, which cost as much as the rest of the page.
        """
        for row in self.data:
            address = row.petition.get_absolute_url()
            yield [
                ("subject", self._subject(row.petition, address)),
                ("holder", row.with_whom or format_html('<span class="muted">{}</span>', self.nobody)),
                ("standing", format_html('<span class="state">{}</span>', self.states[row.petition.state])),
                ("time", self._time(row, address)),
            ]

    def _subject(self, petition: Petition, address: str) -> SafeString:
        return format_html(
            '<a class="t" href="{}">{}</a> <span class="no small">{}</span>'
            '<div class="small muted">{} · {} · {}</div>',
            address,
            petition.title,
            petition.label,
            self.kinds[petition.petition_kind],
            self.channels[petition.channel],
            self._received(petition.received_at),
        )

    def _received(self, received_at: datetime) -> str:
        return self._received_on(received_at.astimezone(OFFICE_TZ).date())

    def _time(self, row: Row, address: str) -> SafeString | str:
        if row.due_at is None:
            return "–"
        return format_html(
            '{}<div class="small mt-1"><a class="no" href="{}#next">{}</a></div>',
            self._pill(row.due_at),
            address,
            find_step(Petition, next_step(row.petition)).custom["verb"],
        )
