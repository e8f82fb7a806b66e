"""The register of related matters as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache
from html import escape
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.models import RelatedMatter
from complaints.related_worklist import Listed, Row, next_step_of
from office.calendar import WorkCalendar
from office.register_table import RegisterTable
from office.templatetags.prasan import moment


class RelatedTable(RegisterTable):
    """A row says besides when somebody is in court."""

    matters = RelatedMatter

    hearing = tables.Column(verbose_name=_("Court date"), empty_values=())

    class Meta(RegisterTable.Meta):
        sequence = ("subject", "hearing", "...")

    def __init__(self, rows: Sequence[Row], *, calendar: WorkCalendar, **kwargs: Any) -> None:
        self.kind = cache(lambda value: str(RelatedMatter.RelatedKind(value).label))
        self.court = gettext("Court date")
        super().__init__(rows, calendar=calendar, **kwargs)

    def lines(self) -> Iterator[list[tuple[str, str]]]:
        page = reverse("complaints:related", args=[0])
        for row in self.data:
            address = page.replace("/0/", f"/{row.matter.pk}/")
            step = next_step_of(row.matter.state, row.owed, self.now)
            yield [
                ("subject", self.subject_cell(row.matter, address, self._below(row.matter))),
                ("hearing", self._hearing(row.hearing_at)),
                ("holder", row.with_whom or self.nobody),
                ("standing", self.standing_cell(row.matter.state)),
                ("time", self.time_cell(row.due_at, step, address)),
            ]

    def _below(self, matter: Listed) -> str:
        origin = f" · {escape(matter.received_from)}" if matter.received_from else ""
        return f"{self.kind(matter.related_kind)}{origin} · {self.received_words(matter.received_at)}"

    def _hearing(self, at: datetime | None) -> SafeString | str:
        """Empty where there is none; on a phone, where the columns have no heads, it says what it is."""
        if at is None:
            return ""
        return format_html(
            '<span class="head-on-phone muted">{} </span><span class="whole">{}</span>',
            self.court,
            moment(at),
        )
