"""The register of journals as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from office.calendar import WorkCalendar
from office.figures import thousands
from office.register_table import RegisterTable
from office.templatetags.prasan import date_short
from publicrelations.journal_worklist import Listed, Row, next_step_of
from publicrelations.models import Journal


class JournalTable(RegisterTable):
    """A row shows the cover besides, once there is one, and the copies."""

    matters = Journal

    def __init__(self, rows: Sequence[Row], *, calendar: WorkCalendar) -> None:
        self.cover_page = reverse("publicrelations:journal_cover", args=[0])
        self.copies = gettext("%(number)s copies")
        self.mailed = gettext("mailed %(day)s")
        super().__init__(rows, calendar=calendar)

    def lines(self) -> Iterator[list[tuple[str, str]]]:
        page = reverse("publicrelations:journal", args=[0])
        for row in self.data:
            address = page.replace("/0/", f"/{row.matter.pk}/")
            yield [
                ("subject", self._subject(row.matter, address)),
                ("holder", row.with_whom or self.nobody),
                ("standing", self._standing(row.matter)),
                ("time", self.time_cell(row.due_at, next_step_of(row.matter), address)),
            ]

    def _subject(self, matter: Listed, address: str) -> SafeString:
        copies = self.copies % {"number": thousands(matter.copies)}
        words = self.subject_cell(matter, address, copies)
        if not matter.cover_sha256:
            return format_html(
                '<div class="issue"><span class="cover-none"></span><div>{}</div></div>', words
            )
        return format_html(
            '<div class="issue"><img class="cover-small" src="{}?{}" alt="" width="48" height="68" loading="lazy">'
            "<div>{}</div></div>",
            self.cover_page.replace("/0/", f"/{matter.pk}/"),
            matter.cover_sha256[:12],
            words,
        )

    def _standing(self, matter: Listed) -> SafeString:
        state = self.standing_cell(matter.state)
        if matter.mailed_at is None:
            return state
        day = self.mailed % {"day": date_short(matter.mailed_at)}
        return format_html('{}<div class="small muted mt-1">{}</div>', state, day)
