"""The register of bills as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from html import escape

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from office.calendar import WorkCalendar
from office.register_table import RegisterTable
from office.templatetags.prasan import moment
from parliament.bill_worklist import Listed, Row, next_step_of
from parliament.models import Bill
from parliament.models.bill_state import LINE, BillState

ENDED = (BillState.ENDED, BillState.CLOSED)


class BillTable(RegisterTable):
    """A row says besides where on its line the bill is, and when a meeting considers it."""

    matters = Bill

    class Meta(RegisterTable.Meta):
        sequence = ("subject", "standing", "holder", "time")

    def __init__(self, rows: Sequence[Row], *, calendar: WorkCalendar) -> None:
        self.part = cache(lambda value: str(Bill.Part(value).label))
        self.proposer = cache(lambda value: str(Bill.Proposer(value).label))
        self.result = cache(lambda value: str(Bill.Result(value).label))
        self.dots = cache(_dots)
        self.considered = gettext("considered %(moment)s")
        super().__init__(rows, calendar=calendar)

    def lines(self) -> Iterator[list[tuple[str, str]]]:
        page = reverse("parliament:bill", args=[0])
        for row in self.data:
            address = page.replace("/0/", f"/{row.matter.pk}/")
            step = next_step_of(row.matter.state, row.considered_at, self.now)
            yield [
                ("subject", self.subject_cell(row.matter, address, self._below(row.matter))),
                ("standing", self._standing(row)),
                ("holder", row.with_whom or self.nobody),
                ("time", self._time(row, step, address)),
            ]

    def _below(self, matter: Listed) -> str:
        proposer = escape(matter.proposed_by) or self.proposer(matter.proposer_kind)
        part = self.part(matter.ministry_part)
        return f"{proposer} · {part} · {self.received_words(matter.received_at)}"

    def _standing(self, row: Row) -> SafeString:
        """The line in small, and in words: the result once there is one, else the stage and its meeting."""
        state, result = row.matter.state, row.matter.result
        words = self.result(result) if result else self.state(state)
        meeting = (
            format_html(
                '<div class="small muted">{}</div>',
                self.considered % {"moment": moment(row.considered_at)},
            )
            if row.considered_at
            else ""
        )
        dots = self.dots(row.last_stage, result, state in ENDED)
        return format_html('{}<span class="state">{}</span>{}', dots, words, meeting)

    def _time(self, row: Row, step: str, address: str) -> SafeString | str:
        """Where nothing is owed yet, still what the officer can do next."""
        if self.for_file or row.due_at is not None or not step:
            return self.time_cell(row.due_at, step, address)
        return format_html('<a class="no small" href="{}#next">{}</a>', address, self.verb(step))


def _dots(stage: str, result: str, is_over: bool) -> SafeString:
    """The eight stages as dots: passed, at it now, to come. The words beside them say the same."""
    here = LINE.index(BillState(stage)) if stage else -1
    enacted = result == Bill.Result.ENACTED
    kinds = []
    for place in range(len(LINE)):
        if place < here or enacted:
            kinds.append("done")
        elif place == here:
            kinds.append("fell" if is_over else "now")
        else:
            kinds.append("to-come")
    dots = format_html_join("", '<i class="{}"></i>', ((kind,) for kind in kinds))
    return format_html('<span class="bill-dots" aria-hidden="true">{}</span>', dots)
