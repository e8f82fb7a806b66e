"""The registers of meetings and of follow-ups as tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from office.calendar import WorkCalendar
from office.figures import figures
from office.register_table import RegisterTable
from office.templatetags.prasan import moment
from parliament import follow_up_worklist
from parliament.meeting_worklist import Listed, Row, next_step_of
from parliament.models import FollowUp, Meeting


class MeetingTable(RegisterTable):
    """A row says besides when the meeting begins and how far its preparation is."""

    matters = Meeting

    class Meta(RegisterTable.Meta):
        sequence = ("subject", "holder", "standing", "time")

    def __init__(self, rows: Sequence[Row], *, calendar: WorkCalendar) -> None:
        self.told, self.ready = gettext("told"), gettext("ready")
        self.out = gettext("out of the count")
        self.kinds = {value: str(label) for value, label in Meeting.MeetingKind.choices}
        super().__init__(rows, calendar=calendar)

    def lines(self) -> Iterator[list[tuple[str, str]]]:
        page = reverse("parliament:meeting", args=[0])
        for row in self.data:
            meeting = row.matter
            address = page.replace("/0/", f"/{meeting.pk}/")
            yield [
                ("subject", self.subject_cell(meeting, address, self._below(meeting))),
                ("holder", row.with_whom or self.nobody),
                ("standing", self._standing(row)),
                ("time", self.time_cell(row.due_at, next_step_of(row, self.now), address)),
            ]

    def _below(self, meeting: Listed) -> str:
        """When it begins, of which kind it is and where."""
        place = f" · {escape(meeting.place)}" if meeting.place else ""
        begins = f'<strong class="whole">{moment(meeting.begins_at)}</strong>'
        return f"{begins} · {self.kinds[meeting.meeting_kind]}{place}"

    def _standing(self, row: Row) -> SafeString:
        """Its state, and below how many are told and ready; nothing of what there is none of."""
        tally = row.tally
        lines = [
            self._line(words, done, whole)
            for words, done, whole in (
                (self.told, tally.told, tally.tellings),
                (self.ready, tally.ready, tally.needs),
            )
            if whole
        ]
        if row.matter.is_out_of_the_count:
            lines.append(format_html('<div class="small muted">{}</div>', self.out))
        return format_html("{}" * (len(lines) + 1), self.standing_cell(row.matter.state), *lines)

    def _line(self, words: str, done: int, whole: int) -> SafeString:
        mark, tone = ("✓", "is-told") if done == whole else ("○", "is-waiting")
        return format_html(
            '<div class="small told-line"><span class="{}">{}</span> {} {}/{}</div>',
            tone,
            mark,
            words,
            figures(done),
            figures(whole),
        )


class FollowUpTable(RegisterTable):
    """A row says besides which meeting wants it."""

    matters = FollowUp

    class Meta(RegisterTable.Meta):
        sequence = ("subject", "holder", "standing", "time")

    def lines(self) -> Iterator[list[tuple[str, str]]]:
        page = reverse("parliament:follow_up", args=[0])
        for row in self.data:
            address = page.replace("/0/", f"/{row.matter.pk}/")
            step = "finish" if row.matter.state == FollowUp.State.OPEN else ""
            yield [
                ("subject", self.subject_cell(row.matter, address, self._below(row.matter))),
                ("holder", row.with_whom or self.nobody),
                ("standing", self.standing_cell(row.matter.state)),
                ("time", self.time_cell(row.due_at, step, address)),
            ]

    def _below(self, matter: follow_up_worklist.Listed) -> str:
        agency = f" · {escape(matter.agency)}" if matter.agency else ""
        return f"{escape(matter.meeting)}{agency}"
