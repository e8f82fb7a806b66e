"""A register as a table; what the rows of every kind of matter have in common."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache
from html import escape
from typing import Any, ClassVar

import django_tables2 as tables
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.calendar import OFFICE_TZ, WorkCalendar
from office.steps import find_step
from office.templatetags.prasan import date_short, due_pill


class RegisterTable(tables.Table):
    """A row says what it is about, who has it, what is next and how long is left. A column's name is its class.

    A child names the class of its `matters` and writes the `lines`, from the cells that are written here.
    """

    matters: ClassVar[Any]

    subject = tables.Column(verbose_name=_("Matter"), empty_values=())
    holder = tables.Column(verbose_name=_("With"), empty_values=())
    standing = tables.Column(verbose_name=_("Standing"), empty_values=())
    time = tables.Column(verbose_name=_("Time left"), empty_values=())

    class Meta:
        orderable = False
        template_name = "parts/table.html"

    def __init__(self, rows: Sequence[Any], *, calendar: WorkCalendar, **kwargs: Any) -> None:
        self.now = timezone.now()
        self.calendar = calendar
        # Each word is looked up and each day and moment put into words once a table, not once a cell.
        states = dict(self.matters._meta.get_field("state").flatchoices)
        self.state = cache(lambda value: str(states[value]))
        self.verb = cache(lambda name: str(find_step(self.matters, name).custom["verb"]))
        self.pill = cache(lambda due_at: due_pill(due_at, self.now, self.calendar))
        received = gettext("received %(date)s")
        self.received_on = cache(lambda day: received % {"date": date_short(day)})
        self.nobody = format_html('<span class="muted">{}</span>', gettext("nobody yet"))
        super().__init__(rows, **kwargs)

    def lines(self) -> Iterator[list[tuple[str, str]]]:
        """Each row's cells with their column's name, written in one go and escaped as they are written.

        The library looks up and inspects a method for every cell, which cost as much as the rest of the page.
        """
        raise NotImplementedError

    def subject_cell(self, matter: Any, address: str, below: str) -> SafeString:
        """Title and number, and a line `below` them that is escaped already."""
        return mark_safe(
            f'<a class="t" href="{address}">{escape(matter.title)}</a>'
            f' <span class="no small">{escape(matter.label)}</span>'
            f'<div class="small muted">{below}</div>'
        )

    def received_words(self, received_at: datetime) -> str:
        return self.received_on(received_at.astimezone(OFFICE_TZ).date())

    def standing_cell(self, state: str) -> SafeString:
        return mark_safe(f'<span class="state">{self.state(state)}</span>')

    def time_cell(self, due_at: datetime | None, step: str, address: str) -> SafeString | str:
        """How long is left, and the verb of the step that is due; "–" where nothing is owed."""
        if due_at is None:
            return "–"
        pill = self.pill(due_at)
        if not step:
            return pill
        link = f'<a class="no" href="{address}#next">{self.verb(step)}</a>'
        return mark_safe(f'{pill}<div class="small mt-1">{link}</div>')
