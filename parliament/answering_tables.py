"""The registers of interpellations and of motions as tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from html import escape

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.calendar import WorkCalendar
from office.figures import figures
from office.register_table import RegisterTable
from office.templatetags.prasan import date_short
from parliament.answering_worklist import Listed, Row, next_of_motion, next_of_question
from parliament.models import Chamber, Interpellation, Motion


class AnsweringTable(RegisterTable):
    """A row says besides who asks, and when it is answered in the chamber."""

    page: str

    sitting = tables.Column(verbose_name=_("Sitting"), empty_values=())

    class Meta(RegisterTable.Meta):
        sequence = ("subject", "holder", "standing", "sitting", "time")

    def __init__(self, rows: Sequence[Row], *, calendar: WorkCalendar) -> None:
        self.chamber = cache(lambda value: str(Chamber(value).label))
        self.sitting_words = gettext("Sitting")
        super().__init__(rows, calendar=calendar)

    def next_step_of(self, matter: Listed) -> str:
        raise NotImplementedError

    def what(self, matter: Listed) -> str:
        """Its kind and the chamber's own number."""
        raise NotImplementedError

    def lines(self) -> Iterator[list[tuple[str, str]]]:
        page = reverse(self.page, args=[0])
        for row in self.data:
            address = page.replace("/0/", f"/{row.matter.pk}/")
            yield [
                ("subject", self.subject_cell(row.matter, address, self._below(row.matter))),
                ("holder", row.with_whom or self.nobody),
                ("standing", self.standing_cell(row.matter.state)),
                ("sitting", self._sitting(row.matter)),
                ("time", self.time_cell(row.due_at, self.next_step_of(row.matter), address)),
            ]

    def _below(self, matter: Listed) -> str:
        party = f" ({escape(matter.party)})" if matter.party else ""
        what = f'<span class="whole">{escape(self.what(matter))}</span>'
        return f"{what} · {escape(matter.by)}{party} · {self.received_words(matter.received_at)}"

    def _sitting(self, matter: Listed) -> SafeString | str:
        """Empty where there is none; on a phone, where the columns have no heads, it says what it is."""
        if matter.sitting_on is None:
            return ""
        return format_html(
            '<span class="head-on-phone muted">{} </span><span class="whole">{}</span>',
            self.sitting_words,
            date_short(matter.sitting_on),
        )


class InterpellationTable(AnsweringTable):
    class Meta(AnsweringTable.Meta):
        """The library asks each table for its own."""

    matters = Interpellation
    page = "parliament:interpellation"

    def __init__(self, rows: Sequence[Row], *, calendar: WorkCalendar) -> None:
        self.kind = cache(lambda value: str(Interpellation.InterpellationKind(value).label))
        super().__init__(rows, calendar=calendar)

    def next_step_of(self, matter: Listed) -> str:
        return next_of_question(matter.state, matter.kind)

    def what(self, matter: Listed) -> str:
        number = gettext("no. %(number)s") % {"number": figures(matter.own_number or 0)}
        return f"{self.kind(matter.kind)} {number} · {self.chamber(matter.chamber)}"


class MotionTable(AnsweringTable):
    class Meta(AnsweringTable.Meta):
        """The library asks each table for its own."""

    matters = Motion
    page = "parliament:motion"

    def next_step_of(self, matter: Listed) -> str:
        return next_of_motion(matter.state)

    def what(self, matter: Listed) -> str:
        chamber = self.chamber(matter.chamber)
        if not matter.own_number:
            return chamber
        number = gettext("no. %(number)s") % {"number": figures(matter.own_number)}
        return f"{number} · {chamber}"
