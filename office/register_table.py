"""A register as a table; what the rows of every kind of matter have in common."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
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
from office.list_export import PART, cells_of
from office.spreadsheets import moment_cell
from office.steps import find_step
from office.templatetags.prasan import date_short, due_pill


class RegisterTable(tables.Table):
    """A row says what it is about, who has it, what is next and how long is left. A column's name is its class.

    A child names the class of its `matters` and writes the `lines`, from the cells that are written here.
    """

    matters: ClassVar[Any]
    for_file = False
    """Whether the cells are for a file: what stands below each other on the page is told apart (`list_export`)."""
    unread: Collection[int] = ()
    """The rows that somebody else has moved since the reader looked at them."""

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
        words = gettext("New since you looked")
        self.unread_mark = f'<span class="unread"><span class="visually-hidden">{escape(words)}</span></span>'
        super().__init__(rows, **kwargs)

    def file_head(self) -> list[str]:
        """The heads of a file's columns, in the order of the page's."""
        parts = {
            "subject": [gettext("Number"), gettext("Matter"), gettext("About it")],
            "time": [gettext("Due at"), gettext("Next step")],
        }
        shown = [column for column in self.columns if column.name != "pick"]
        return [head for column in shown for head in parts.get(column.name, [str(column.header)])]

    def file_rows(self) -> Iterator[list[str]]:
        """The rows as a file has them."""
        self.for_file = True
        for line in self.lines():
            yield cells_of(cell for name, cell in line if name != "pick")

    def lines(self) -> Iterator[list[tuple[str, str]]]:
        """Each row's cells with their column's name, written in one go and escaped as they are written.

        The library looks up and inspects a method for every cell, which cost as much as the rest of the page.
        """
        raise NotImplementedError

    def subject_cell(self, matter: Any, address: str, below: str) -> SafeString:
        """Title and number, and a line `below` them that is escaped already."""
        if self.for_file:
            parts = (escape(matter.label), escape(matter.title), below)
            return mark_safe(PART.join(part.replace(PART, " ") for part in parts))  # nosec B308, B703 # every part was escaped as it was written
        unread = self.unread_mark if matter.pk in self.unread else ""
        return mark_safe(  # nosec B308, B703 # every part was escaped as it was written
            f'{unread}<a class="t" href="{address}">{escape(matter.title)}</a>'
            f' <span class="no small">{escape(matter.label)}</span>'
            f'<div class="small muted">{below}</div>'
        )

    def received_words(self, received_at: datetime) -> str:
        return self.received_on(received_at.astimezone(OFFICE_TZ).date())

    def standing_cell(self, state: str) -> SafeString:
        return mark_safe(f'<span class="state">{self.state(state)}</span>')  # nosec B308, B703 # every part was escaped as it was written

    def time_cell(self, due_at: datetime | None, step: str, address: str) -> SafeString | str:
        """How long is left, and the verb of the step that is due; "–" where nothing is owed."""
        if self.for_file:
            return mark_safe(PART.join((moment_cell(due_at), self.verb(step) if step else "")))  # nosec B308, B703 # every part was escaped as it was written
        if due_at is None:
            return "–"
        pill = self.pill(due_at)
        if not step:
            return pill
        link = f'<a class="no" href="{address}#next">{self.verb(step)}</a>'
        return mark_safe(f'{pill}<div class="small mt-1">{link}</div>')  # nosec B308, B703 # every part was escaped as it was written
