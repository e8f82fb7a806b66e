"""The days of the calendar as a file: holidays and extra working days, a year or many at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.calendar import WorkCalendar
from office.figures import thousands
from office.list_columns import Column, Headings
from office.models import OfficeDay, RegisterImport
from office.models.calendar import current_calendar, record_edition
from office.permissions import is_administrator, is_head
from office.register_bringing import BroughtRegister, Row, What
from office.register_cells import Cells, choices
from office.thai import format_long

KINDS: Final = choices(
    {
        OfficeDay.Kind.OFF: ("วันหยุด", "หยุด", "วันหยุดราชการ", "วันหยุดพิเศษ", "holiday", "day off"),
        OfficeDay.Kind.WORKING: ("วันทำการ", "ทำการ", "ทำงาน", "วันทำงาน", "working day"),
    }
)


class HolidayKeeper:
    """Days of a file beside those of the calendar; a day is known by its date."""

    def __init__(self, bringing: RegisterImport, now: datetime) -> None:
        self.bringing, self.now = bringing, now
        self.calendar: WorkCalendar = current_calendar()

    def read(self, line: int, cells: dict[str, str]) -> Row:
        row = Row(line)
        read = Cells(cells, row.fault)
        day = read.day("date")
        name = read.text("name", 200)
        kind = read.choice("kind", KINDS, otherwise=OfficeDay.Kind.OFF)
        row.key, row.values = day, {"date": day, "name": name, "kind": kind}
        row.label = format_long(day) if day else cells.get("date", "")[:60]
        row.facts = [name, str(OfficeDay.Kind(kind).label)] if kind else [name]
        if day and kind == OfficeDay.Kind.WORKING and self._works_anyway(day):
            row.fault("kind", gettext("The office works on this day already."))
        return row

    def _works_anyway(self, day: date) -> bool:
        return day not in self.calendar.days_on and self.calendar.is_working_day(day)

    def hold(self, rows: Sequence[Row]) -> None:
        """Its dates are unique in the database; whoever comes second is compared anew."""

    def compare(self, rows: Sequence[Row]) -> None:
        there = {one.date: one for one in OfficeDay.objects.filter(date__in=[row.key for row in rows])}
        for row in rows:
            own = row.there = there.get(row.values["date"])
            if own is None:
                continue
            pairs = {name: [getattr(own, name), row.values[name]] for name in ("kind", "name")}
            row.changes = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
            if "kind" in row.changes:
                row.changes["kind"] = [str(OfficeDay.Kind(one).label) for one in pairs["kind"]]
            row.what = What.CHANGED if row.changes else What.SAME

    def write(self, rows: Sequence[Row]) -> None:
        # One by one: the trail keeps each day that was added or changed.
        for row in rows:
            day = row.there or OfficeDay(date=row.values["date"])
            day.name, day.kind = row.values["name"], row.values["kind"]
            day.save()
        if rows:
            self._new_edition(len(rows))

    def _new_edition(self, days: int) -> None:
        """Deadlines know the edition that they were computed with; each change of days makes one."""
        note = gettext("%(number)s days brought from a file: %(file)s")
        said = note % {"number": thousands(days), "file": self.bringing.file_name}
        record_edition(note=said, made_by=self.bringing.asked_by, now=self.now)

    def finish(self, counts: dict[str, int]) -> None:
        """Whether deadlines move with the new days a head sees and confirms on the page of the calendar."""


HOLIDAYS: Final = BroughtRegister(
    key="holidays",
    title=_("Days off and working days"),
    hint=_(
        "Holidays of a year as the cabinet announces them, and days on which the office works although it would be "
        "closed. Deadlines already given move only when a head confirms it."
    ),
    headings=Headings(
        (
            Column("date", "วันที่", ("วันหยุด", "วัน เดือน ปี", "date"), is_required=True),
            Column(
                "name", "ชื่อวัน", ("ชื่อวันหยุด", "โอกาส", "รายการ", "เหตุ", "name", "occasion"), is_required=True
            ),
            Column("kind", "ประเภท", ("หยุดหรือทำการ", "ชนิด", "kind")),
        )
    ),
    sample=(
        ("๑๒ สิงหาคม ๒๕๕๓", "วันเฉลิมพระชนมพรรษาสมเด็จพระบรมราชินีนาถ", "วันหยุด"),
        ("20/5/2553", "วันหยุดราชการพิเศษตามมติคณะรัฐมนตรี", "วันหยุด"),
    ),
    may_bring=is_administrator | is_head,
    page="office:calendar",
    begin=HolidayKeeper,
)
