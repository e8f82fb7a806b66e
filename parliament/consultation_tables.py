"""The register of consultations as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from html import escape

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from office.calendar import WorkCalendar
from office.register_table import RegisterTable
from office.templatetags.prasan import date_short
from parliament.consultation_worklist import Listed, Row, next_step_of
from parliament.models import Consultation
from parliament.models.consultation_state import ConsultationState as State

TELLING = {State.ORDERED, State.TOLD, State.CLOSED}


class ConsultationTable(RegisterTable):
    """A row says besides which of the two has been told, and when."""

    matters = Consultation

    def __init__(self, rows: Sequence[Row], *, calendar: WorkCalendar) -> None:
        self.raiser, self.minister = gettext("Raiser"), gettext("Minister")
        self.not_yet, self.on_its_way = gettext("not told yet"), gettext("e-mail on its way")
        super().__init__(rows, calendar=calendar)

    def lines(self) -> Iterator[list[tuple[str, str]]]:
        page = reverse("parliament:consultation", args=[0])
        for row in self.data:
            address = page.replace("/0/", f"/{row.matter.pk}/")
            yield [
                ("subject", self.subject_cell(row.matter, address, self._below(row.matter))),
                ("holder", row.with_whom or self.nobody),
                ("standing", self._standing(row.matter)),
                ("time", self.time_cell(row.due_at, next_step_of(row.matter), address)),
            ]

    def _below(self, matter: Listed) -> str:
        party = f" ({escape(matter.party)})" if matter.party else ""
        return f"{escape(matter.raiser)}{party} · {self.received_words(matter.received_at)}"

    def _standing(self, matter: Listed) -> SafeString:
        """The state, and from the decision on two lines: one for each who is to be told."""
        state = self.standing_cell(matter.state)
        if matter.state not in TELLING:
            return state
        waits = self.on_its_way if matter.mail_at and not matter.raiser_told_at else self.not_yet
        return format_html(
            '{}<div class="small told-line mt-1">{}</div><div class="small told-line">{}</div>',
            state,
            self._line(self.raiser, matter.raiser_told_at, waits),
            self._line(self.minister, matter.minister_told_at, self.not_yet),
        )

    def _line(self, who: str, at: datetime | None, waits: str) -> SafeString:
        if at:
            return format_html(
                '<span class="is-told">✓</span> {} <span class="no">{}</span>', who, date_short(at)
            )
        return format_html('<span class="is-waiting">○</span> {} <span class="muted">{}</span>', who, waits)
