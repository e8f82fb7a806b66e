"""The register of related matters as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache
from html import escape
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.models import RelatedMatter, State
from complaints.related_worklist import Listed, Row, next_step_of
from office.calendar import OFFICE_TZ, WorkCalendar
from office.steps import find_step
from office.templatetags.prasan import date_short, due_pill, moment


class RelatedTable(tables.Table):
    """A row says what it is about, when somebody is in court, who has it, what is next and how long is left."""

    subject = tables.Column(verbose_name=_("Matter"), empty_values=())
    hearing = tables.Column(verbose_name=_("Court date"), empty_values=())
    holder = tables.Column(verbose_name=_("With"), empty_values=())
    standing = tables.Column(verbose_name=_("Standing"), empty_values=())
    time = tables.Column(verbose_name=_("Time left"), empty_values=())

    class Meta:
        orderable = False
        template_name = "parts/table.html"

    def __init__(self, rows: Sequence[Row], *, calendar: WorkCalendar, **kwargs: Any) -> None:
        self.now = timezone.now()
        self.calendar = calendar
        # Each word is looked up and each day and moment put into words once a table, not once a cell.
        self.kind = cache(lambda value: str(RelatedMatter.RelatedKind(value).label))
        self.state = cache(lambda value: str(State(value).label))
        self.verb = cache(lambda name: str(find_step(RelatedMatter, name).custom["verb"]))
        self.pill = cache(lambda due_at: due_pill(due_at, self.now, self.calendar))
        self.received = gettext("received %(date)s")
        self.court = gettext("Court date")
        self.received_on = cache(lambda day: self.received % {"date": date_short(day)})
        self.nobody = format_html('<span class="muted">{}</span>', gettext("nobody yet"))
        super().__init__(rows, **kwargs)

    def lines(self) -> Iterator[list[tuple[str, str]]]:
        """Each row's cells with their column's name, written in one go and escaped as they are written."""
        page = reverse("complaints:related", args=[0])
        for row in self.data:
            address = page.replace("/0/", f"/{row.matter.pk}/")
            yield [
                ("subject", self._subject(row.matter, address)),
                ("hearing", self._hearing(row.hearing_at)),
                ("holder", row.with_whom or self.nobody),
                ("standing", mark_safe(f'<span class="state">{self.state(row.matter.state)}</span>')),
                ("time", self._time(row, address)),
            ]

    def _subject(self, matter: Listed, address: str) -> SafeString:
        origin = f" · {escape(matter.received_from)}" if matter.received_from else ""
        received = self.received_on(matter.received_at.astimezone(OFFICE_TZ).date())
        return mark_safe(
            f'<a class="t" href="{address}">{escape(matter.title)}</a>'
            f' <span class="no small">{escape(matter.label)}</span>'
            f'<div class="small muted">{self.kind(matter.related_kind)}{origin} · {received}</div>'
        )

    def _hearing(self, at: datetime | None) -> SafeString | str:
        """Empty where there is none; on a phone, where the columns have no heads, it says what it is."""
        if at is None:
            return ""
        return format_html(
            '<span class="head-on-phone muted">{} </span><span class="whole">{}</span>',
            self.court,
            moment(at),
        )

    def _time(self, row: Row, address: str) -> SafeString | str:
        if row.due_at is None:
            return "–"
        step, pill = next_step_of(row.matter.state, row.owed, self.now), self.pill(row.due_at)
        if not step:
            return pill
        link = f'<a class="no" href="{address}#next">{self.verb(step)}</a>'
        return mark_safe(f'{pill}<div class="small mt-1">{link}</div>')
