"""The registers of foreign documents and of situation briefs as tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from html import escape

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from office.calendar import WorkCalendar
from office.listed import address_of
from office.register_table import RegisterTable
from office.templatetags.prasan import date_short
from publicrelations.countries import country_name
from publicrelations.foreign_worklist import ListedDocument, Row, next_step_of, next_step_of_brief
from publicrelations.languages import language_name
from publicrelations.models import ForeignDocument, ForeignKind, ForeignState, SituationBrief

ANSWERED = {ForeignState.SETTLED, ForeignState.CLOSED}
"""In which nothing is owed to the sender any more."""


class ForeignDocumentTable(RegisterTable):
    """A row says besides who sent it, from where, what it is, in which language, and by when they want an answer."""

    matters = ForeignDocument

    def __init__(self, rows: Sequence[Row], *, calendar: WorkCalendar) -> None:
        self.country, self.language = cache(country_name), cache(language_name)
        self.kind = cache(lambda value: str(ForeignKind(value).label))
        self.answer_wanted = gettext("answer wanted by %(date)s")
        super().__init__(rows, calendar=calendar)

    def lines(self) -> Iterator[list[tuple[str, str]]]:
        for row in self.data:
            address = address_of("publicrelations:foreign_document", row.matter.pk)
            yield [
                ("subject", self.subject_cell(row.matter, address, self._below(row.matter))),
                ("holder", row.with_whom or self.nobody),
                ("standing", self._standing(row.matter)),
                ("time", self.time_cell(row.due_at, next_step_of(row.matter), address)),
            ]

    def _below(self, matter: ListedDocument) -> str:
        parts = (
            escape(matter.sender),
            escape(self.country(matter.country)),
            self.received_words(matter.received_at),
        )
        return " · ".join(parts)

    def _standing(self, matter: ListedDocument) -> SafeString:
        """The state; what it is and in which language; the day the sender names."""
        words = f"{self.kind(matter.document_kind)} · {self.language(matter.language)}"
        cell = format_html(
            '{}<div class="small muted mt-1">{}</div>', self.standing_cell(matter.state), words
        )
        if not matter.answer_by or matter.state in ANSWERED:
            return cell
        wanted = self.answer_wanted % {"date": date_short(matter.answer_by)}
        return format_html('{}<div class="small">{}</div>', cell, wanted)


class BriefTable(RegisterTable):
    """Briefs: what each is about, who has it, where it stands."""

    matters = SituationBrief

    def __init__(self, rows: Sequence[Row], *, calendar: WorkCalendar) -> None:
        self.begun = gettext("begun %(date)s")
        super().__init__(rows, calendar=calendar)

    def lines(self) -> Iterator[list[tuple[str, str]]]:
        for row in self.data:
            address = address_of("publicrelations:brief", row.matter.pk)
            begun = self.begun % {"date": date_short(row.matter.received_at)}
            yield [
                ("subject", self.subject_cell(row.matter, address, begun)),
                ("holder", row.with_whom or self.nobody),
                ("standing", self.standing_cell(row.matter.state)),
                ("time", self.time_cell(row.due_at, next_step_of_brief(row.matter), address)),
            ]
