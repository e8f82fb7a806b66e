"""What was counted of each standing work in a fiscal year or a quarter; of a year the next plan states it as results.

The plan gives some works two figures: interpellations and motions; consultations of members and of constitutional
organisations; petitions in general and those passed on by politicians; monthly reports and the annual one. Each is
counted as the rooms' own reports count it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.functional import cached_property

from complaints import measures as complaints
from complaints import tallies as petition_tallies
from complaints.models import Petition
from office.calendar import Period, fiscal_year_of, months_of
from office.figures import thousands
from office.models import Matter, Report
from office.tallies import Figure, by_key, total
from parliament import tallies as parliament_tallies
from parliament.models import BillStage
from parliament.models.bill_state import BillState, Outcome
from projectplan.planshape import Row
from publicrelations import tallies as relations_tallies
from publicrelations.models import Journal

Kind = Matter.Kind


@dataclass(frozen=True)
class Counted:
    """A fiscal year or a quarter as counted at a moment; what several works need is fetched once."""

    period: Period
    now: datetime

    @property
    def year(self) -> int:
        """The fiscal year (B.E.) that the period is, or is in."""
        return fiscal_year_of(self.period.first)

    @cached_property
    def politics(self) -> dict[Kind, list[Figure]]:
        kinds = (Kind.MEETING, Kind.INTERPELLATION, Kind.MOTION, Kind.CONSULTATION)
        dimensions = [parliament_tallies.Dimension.KIND]
        return parliament_tallies.KEEPER.read_all(months_of(self.period), dimensions, self.now, kinds)

    @cached_property
    def relations(self) -> dict[Kind, list[Figure]]:
        kinds = (Kind.ARTICLE, Kind.PRESS_CONFERENCE, Kind.FOREIGN_DOCUMENT)
        return relations_tallies.KEEPER.read_all(months_of(self.period), [], self.now, kinds)

    @cached_property
    def petitions(self) -> dict[Kind, list[Figure]]:
        dimensions = [petition_tallies.Dimension.CHANNEL]
        kinds = (Kind.PETITION, Kind.RELATED)
        return petition_tallies.KEEPER.read_all(months_of(self.period), dimensions, self.now, kinds)

    def consultations(self) -> list[int]:
        """Those of members, and those of constitutional organisations."""
        figures = by_key(self.politics[Kind.CONSULTATION], parliament_tallies.Dimension.KIND)
        bodies = sum(counts.received for key, counts in figures.items() if key.startswith("body:"))
        return [total(self.politics[Kind.CONSULTATION]).received - bodies, bodies]

    def bills(self) -> list[int]:
        """Bills that passed the first reading in the period."""
        passed = BillStage.objects.filter(
            stage=BillState.READING_1,
            outcome__in=(Outcome.PASSED, Outcome.PASSED_AMENDED),
            ended_on__range=(self.period.first, self.period.last),
        )
        return [passed.values("bill").distinct().count()]

    def copies(self) -> list[int]:
        """Copies of an issue of the journal, on average of those of the period that were printed."""
        issues = Journal.objects.filter(month__range=(self.period.first, self.period.last))
        printed = [one for one in issues.values_list("copies_printed", flat=True) if one]
        return [round(sum(printed) / len(printed)) if printed else 0]

    def at_the_office(self) -> list[int]:
        """Petitions of every channel but the website: in general, and of politicians and political organisations."""
        channels = self._channels()
        political = channels.get(Petition.Channel.POLITICIAN.value, 0)
        return [sum(channels.get(name, 0) for name in complaints.NOT_WEB) - political, political]

    def on_the_web(self) -> list[int]:
        return [self._channels().get(complaints.WEB, 0)]

    def reports(self) -> list[int]:
        """Months whose report was issued, and the annual report."""
        issued = Report.objects.filter(state=Report.State.ISSUED, first__gte=self.period.first)
        issued = issued.filter(last__lte=self.period.last)
        kinds = (Report.Kind.COMPLAINTS_MONTHLY, Report.Kind.COMPLAINTS_ANNUAL)
        return [issued.filter(kind=kind).values("first").distinct().count() for kind in kinds]

    def _channels(self) -> dict[str, int]:
        figures = by_key(self.petitions[Kind.PETITION], petition_tallies.Dimension.CHANNEL)
        return {key: counts.received for key, counts in figures.items()}


COUNTS: Final[dict[str, Callable[[Counted], list[int]]]] = {
    "parliament.meetings_on_time": lambda counted: [total(counted.politics[Kind.MEETING]).received],
    "parliament.interpellations_handled": lambda counted: [
        total(counted.politics[kind]).received for kind in (Kind.INTERPELLATION, Kind.MOTION)
    ],
    "parliament.bills_on_time": Counted.bills,
    "parliament.consultations_answered": Counted.consultations,
    "publicrelations.agenda_covered": lambda counted: [total(counted.relations[Kind.ARTICLE]).received],
    "publicrelations.journal_issued": Counted.copies,
    "publicrelations.press_conferences_coordinated": lambda counted: [
        total(counted.relations[Kind.PRESS_CONFERENCE]).received
    ],
    "publicrelations.foreign_documents_on_time": lambda counted: [
        total(counted.relations[Kind.FOREIGN_DOCUMENT]).received
    ],
    "complaints.opinions_on_time": Counted.at_the_office,
    "complaints.related_matters_on_time": lambda counted: [total(counted.petitions[Kind.RELATED]).received],
    "complaints.web_opinions_on_time": Counted.on_the_web,
    "complaints.reports_issued": Counted.reports,
}
LABELS: Final[dict[str, list[tuple[str, str]]]] = {
    "parliament.meetings_on_time": [("ประสานการประชุม", "ครั้ง")],
    "parliament.interpellations_handled": [("กระทู้ถาม", "กระทู้"), ("ญัตติ", "ญัตติ")],
    "parliament.bills_on_time": [("ประสานเสนอร่าง พ.ร.บ. (ผ่านวาระที่ ๑ ขั้นรับหลักการ)", "ฉบับ")],
    "parliament.consultations_answered": [
        ("ข้อหารือ", "รายการ"),
        ("เรื่องประสานจากองค์กรตามรัฐธรรมนูญ", "เรื่อง"),
    ],
    "publicrelations.agenda_covered": [("ข่าวที่เผยแพร่", "ข่าว")],
    "publicrelations.journal_issued": [("สร.สาร รายเดือน ฉบับละ", "ฉบับ/เดือน")],
    "publicrelations.press_conferences_coordinated": [("ประสานสื่อมวลชนในการแถลงข่าว", "ครั้ง")],
    "publicrelations.foreign_documents_on_time": [("วิเคราะห์กลั่นกรองงานวิเทศสัมพันธ์", "เรื่อง")],
    "complaints.opinions_on_time": [
        ("เรื่องร้องทุกข์ ร้องเรียนทั่วไป", "เรื่อง"),
        ("จากบุคคล/องค์กรทางการเมือง", "เรื่อง"),
    ],
    "complaints.related_matters_on_time": [("เรื่องที่เกี่ยวข้องกับการร้องทุกข์ ร้องเรียน", "เรื่อง")],
    "complaints.web_opinions_on_time": [("เรื่องที่ยื่นผ่านเว็บไซต์", "เรื่อง")],
    "complaints.reports_issued": [("รายงานรายเดือน", "ฉบับ"), ("รายงานประจำปี", "ฉบับ")],
}
"""Labels and units of the figures, as the plan of 2553 writes them, for a work whose own plan gives none."""
ACTIVITY_WORDS: Final = {
    "publicrelations.press_conferences_coordinated": "แถลงข่าวรวม %s ครั้ง",
    "publicrelations.agenda_covered": "ประชาสัมพันธ์ข่าวสารรวม %s เรื่อง",
}
"""How the plan states the result of an activity that shares its measure with a work."""


def results(counted: Counted, measure: str, before: list[Row]) -> list[Row]:
    """The results of a work as a plan states them; `before` gives labels and units where it has as many figures.

    Nothing for a measure that no room counts.
    """
    if measure not in COUNTS:
        return []
    counts = COUNTS[measure](counted)
    labels = [(one["label"], one["unit"]) for one in before]
    if len(labels) != len(counts):
        labels = LABELS[measure]
    return [
        {"label": label, "count": count, "unit": unit}
        for (label, unit), count in zip(labels, counts, strict=True)
    ]


def activity_result(counted: Counted, measure: str) -> str:
    """The result of an activity in the plan's words, or nothing where no room counts it."""
    words = ACTIVITY_WORDS.get(measure)
    return words % thousands(sum(COUNTS[measure](counted))) if words else ""
