"""The register of engagements as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from office.calendar import WorkCalendar
from office.models import Secrecy
from office.register_table import RegisterTable
from office.templatetags.prasan import date_short, moment
from publicrelations.engagement_worklist import Listed, Row, next_step_of
from publicrelations.models import Engagement


class EngagementTable(RegisterTable):
    """A row says besides when it begins, where, and whether its news is out."""

    matters = Engagement

    class Meta(RegisterTable.Meta):
        sequence = ("subject", "holder", "standing", "time")

    def __init__(self, rows: Sequence[Row], *, calendar: WorkCalendar) -> None:
        self.news, self.excused = gettext("news"), gettext("no news called for")
        self.closed_to_public = gettext("not public")
        self.grades = {value: str(label) for value, label in Secrecy.choices}
        self.kinds = {value: str(label) for value, label in Engagement.EngagementKind.choices}
        super().__init__(rows, calendar=calendar)

    def lines(self) -> Iterator[list[tuple[str, str]]]:
        page = reverse("publicrelations:engagement", args=[0])
        for row in self.data:
            matter = row.matter
            address = page.replace("/0/", f"/{matter.pk}/")
            step = next_step_of(matter.state, matter.ends_at, self.now)
            yield [
                ("subject", self.subject_cell(matter, address, self._below(matter))),
                ("holder", row.with_whom or self.nobody),
                ("standing", self._standing(matter)),
                ("time", self.time_cell(row.due_at, step, address)),
            ]

    def _below(self, matter: Listed) -> str:
        """When it begins, what it is, where, and who goes if not the minister."""
        parts = [self.kinds[matter.engagement_kind], escape(matter.place), escape(matter.represented_by)]
        begins = f'<strong class="whole">{moment(matter.starts_at)}</strong>'
        return " · ".join([begins, *(part for part in parts if part)])

    def _standing(self, matter: Listed) -> SafeString:
        """Its state, and below whether its news is out and whether anybody may be told of it."""
        lines = [self._news(matter)]
        if matter.secrecy:
            lines.append(
                format_html(
                    '<div class="mt-1"><span class="secrecy">{}</span></div>', self.grades[matter.secrecy]
                )
            )
        elif not matter.is_public:
            lines.append(format_html('<div class="small muted">{}</div>', self.closed_to_public))
        return format_html("{}" * (len(lines) + 1), self.standing_cell(matter.state), *lines)

    def _news(self, matter: Listed) -> SafeString | str:
        if matter.covered_at:
            said = format_html(
                '<span class="is-told">✓</span> {} <span class="no">{}</span>',
                self.news,
                date_short(matter.covered_at),
            )
            return format_html('<div class="small told-line">{}</div>', said)
        if not matter.calls_for_news:
            return format_html('<div class="small muted">{}</div>', self.excused)
        return ""
