"""The register of press conferences as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from office.calendar import WorkCalendar
from office.figures import figures
from office.register_table import RegisterTable
from office.templatetags.prasan import at_spaces, moment
from publicrelations.models import PressConference
from publicrelations.press_worklist import Listed, Row, next_step_of


class PressConferenceTable(RegisterTable):
    """A row says besides when it begins, how many are invited, came and reported."""

    matters = PressConference

    class Meta(RegisterTable.Meta):
        sequence = ("subject", "holder", "standing", "time")

    def __init__(self, rows: Sequence[Row], *, calendar: WorkCalendar) -> None:
        self.invited, self.came, self.reports = gettext("invited"), gettext("came"), gettext("reports")
        self.nobody_reported = gettext("nobody reported")
        self.occasions = {value: str(label) for value, label in PressConference.Occasion.choices}
        super().__init__(rows, calendar=calendar)

    def lines(self) -> Iterator[list[tuple[str, str]]]:
        page = reverse("publicrelations:press_conference", args=[0])
        for row in self.data:
            matter = row.matter
            address = page.replace("/0/", f"/{matter.pk}/")
            yield [
                ("subject", self.subject_cell(matter, address, self._below(matter))),
                ("holder", row.with_whom or self.nobody),
                ("standing", self._standing(row)),
                ("time", self.time_cell(row.due_at, next_step_of(row, self.now), address)),
            ]

    def _below(self, matter: Listed) -> str:
        """When it begins, on which occasion and where."""
        place = f" · {at_spaces(matter.place)}" if matter.place else ""
        begins = f'<strong class="whole">{moment(matter.starts_at)}</strong>'
        return f"{begins} · {self.occasions[matter.occasion]}{place}"

    def _standing(self, row: Row) -> SafeString:
        """Its state, and below how many are invited, came and reported; nothing of what there is none of."""
        tally = row.tally
        lines = []
        if tally.chosen:
            mark, tone = ("✓", "is-told") if tally.invited == tally.chosen else ("○", "is-waiting")
            lines.append(
                format_html(
                    '<div class="small told-line"><span class="{}">{}</span> {} {}/{}</div>',
                    tone,
                    mark,
                    self.invited,
                    figures(tally.invited),
                    figures(tally.chosen),
                )
            )
        words = [
            f"{name} {figures(count)}"
            for name, count in ((self.came, tally.came), (self.reports, tally.reports))
            if count
        ]
        if row.matter.reported == PressConference.Reported.NOBODY:
            words.append(self.nobody_reported)
        if words:
            lines.append(format_html('<div class="small muted">{}</div>', " · ".join(words)))
        return format_html("{}" * (len(lines) + 1), self.standing_cell(row.matter.state), *lines)
