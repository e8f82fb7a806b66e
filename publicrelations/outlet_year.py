"""What an outlet did in a fiscal year: to how many press conferences it was invited, came, and what it reported in
which tone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q

from office.calendar import OFFICE_TZ, fiscal_year, fiscal_year_of
from office.models import User
from office.plain_number import plain_number
from publicrelations.models import Attendance, Coverage, Invitation, MediaOutlet, PressConference
from publicrelations.models.press_state import TAKEN_PLACE

SHOWN: Final = 25
"""Press conferences and reports on the page; the register has all."""


@dataclass
class Line:
    """One press conference with what the outlet had to do with it."""

    conference: PressConference
    invited: bool = False
    came: bool = False
    reports: list[Coverage] = field(default_factory=list)


@dataclass(frozen=True)
class OutletYear:
    """A fiscal year of an outlet, of what the reader may see."""

    year: int
    invited: int
    came: int
    reports: int
    tones: Sequence[tuple[str, str, int]]
    """Each tone: its value, its words, how many."""
    lines: Sequence[Line]


def outlet_year(outlet: MediaOutlet, user: User, year: int) -> OutletYear:
    """The year of an outlet; a fixed number of queries."""
    period = fiscal_year(year)
    seen: Any = PressConference.objects.visible_to(user).filter(
        starts_at__gte=period.starts_at, starts_at__lt=period.ends_at, state__in=TAKEN_PLACE
    )
    invited = Invitation.objects.standing().filter(
        outlet=outlet, conference=OuterRef("pk"), invited_at__isnull=False
    )
    came = Attendance.objects.filter(outlet=outlet, conference=OuterRef("pk"))
    reports = Coverage.objects.filter(outlet=outlet, conference__in=seen)
    # Press conferences are counted, not people: of three reporters who came, the outlet came once.
    counts = seen.order_by().aggregate(
        invited=Count("pk", filter=Exists(invited)), came=Count("pk", filter=Exists(came))
    )
    tones: Any = reports.order_by().values("tone").annotate(n=Count("pk")).values_list("tone", "n")
    by_tone = dict(tones)
    rows = seen.annotate(was_invited=Exists(invited), has_come=Exists(came))
    return OutletYear(
        year=year,
        invited=counts["invited"],
        came=counts["came"],
        reports=sum(by_tone.values()),
        tones=[(value, str(words), by_tone.get(value, 0)) for value, words in Coverage.Tone.choices],
        lines=_lines(rows, reports),
    )


def _lines(rows: Any, reports: Any) -> list[Line]:
    """The last of them that the outlet had anything to do with, the newest first."""
    reported = Q(pk__in=reports.order_by().values("conference"))
    concerned = rows.filter(Q(was_invited=True) | Q(has_come=True) | reported)
    shown = concerned.defer("search_text").order_by("-starts_at", "-pk")[:SHOWN]
    lines = {one.pk: Line(one, invited=one.was_invited, came=one.has_come) for one in shown}
    for report in reports.filter(conference__in=list(lines)).order_by("reported_on", "pk"):
        lines[report.conference_id].reports.append(report)
    return list(lines.values())


def year_asked(typed: str, now: datetime) -> int:
    """The fiscal year of an address (B.E.); this one where there is none."""
    current = fiscal_year_of(_today(now))
    asked = plain_number(typed)
    return asked if asked is not None and 2500 <= asked <= current + 1 else current


def _today(now: datetime) -> date:
    return now.astimezone(OFFICE_TZ).date()
