"""What makes an office out of registers: reminders lately given, links that agencies hold, reports issued."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Final

from django.conf import settings
from django.db.models import F

from complaints.models import AgencyLink, Referral
from office.calendar import (
    OFFICE_TZ,
    Period,
    WorkCalendar,
    fiscal_year,
    fiscal_year_of,
    month_of,
    months_back,
)
from office.models import Deadline, Notice, Report, User
from office.models.calendar import current_calendar
from office.reminders import KINDS, rung_at
from office.reporting import FIRST_FISCAL_YEAR
from projectplan import issuing
from projectplan.measures import MEASURES
from projectplan.subjects import SUBJECTS

REMINDED_MOST: Final = 40
LINKS_MOST: Final = 500
REPORT_MONTHS: Final = 3
COUNTED_MONTHS: Final = 13
READ_WITHIN: Final = timedelta(days=3)
AFTER_OPENING: Final = timedelta(minutes=5)


def remind(people: list[User], now: datetime) -> None:
    """In the application: what is late or due was said as the office last opened; it has not been read yet."""
    calendar = current_calendar()
    said_at = _last_opening(now, calendar)
    rows = []
    for person in people:
        owed = Deadline.objects.unmet().filter(responsible=person, start_at__lt=said_at)
        end_of_day = calendar.closing_of(
            calendar.working_day_on_or_after(said_at.astimezone(OFFICE_TZ).date())
        )
        for deadline in owed.filter(due_at__lte=end_of_day).order_by("-due_at", "pk")[:REMINDED_MOST]:
            rung = rung_at(deadline.due_at, said_at, calendar)
            once = f"deadline:{deadline.pk}:{rung}:{said_at:%Y%m%d%H%M%S}:{person.pk}:app"
            rows.append(
                Notice(
                    way=Notice.Way.APP,
                    kind=KINDS[rung],
                    recipient=person,
                    matter_id=deadline.matter_id,
                    deadline=deadline,
                    once_key=once,
                    made_at=said_at,
                    deliver_from=said_at,
                    sent_at=said_at,
                )
            )
    Notice.objects.bulk_create(rows)


def _last_opening(now: datetime, calendar: WorkCalendar) -> datetime:
    """When the office last opened: this morning, or that of the last working day."""
    day = now.astimezone(OFFICE_TZ).date()
    while not calendar.is_working_day(day) or calendar.opening_of(day) > now:
        day -= timedelta(days=1)
    return calendar.opening_of(day)


def give_links(seed: int, now: datetime) -> list[AgencyLink]:
    """The links with which agencies answer the newest open referrals, as if sent with the first letter."""
    rng = Random(seed)  # nosec B311 # chances of the demo office, the same each time
    waiting = Referral.objects.filter(answered_at=None, declined_at=None).order_by("-pk")
    links = []
    for referral in waiting[:LINKS_MOST]:
        link = AgencyLink(
            referral=referral,
            salt=f"{rng.getrandbits(128):032x}",
            issued_at=referral.sent_at,
            expires_at=max(referral.sent_at, now) + timedelta(days=settings.AGENCY_LINK_DAYS),
        )
        link.digest = AgencyLink.digest_of(link.secret)
        links.append(link)
    return AgencyLink.objects.bulk_create(links)


def issue_reports(now: datetime) -> Iterator[Report]:
    """The last monthly reports and the last annual one, each made as the day for it began."""
    calendar = current_calendar()
    for kind, period, day_at in _reports_due(now, calendar):
        row = issuing.write_down(kind, period, by=None, now=day_at)
        made = issuing.make(row.pk, day_at)
        if made is None or made.state != Report.State.ISSUED:
            raise RuntimeError(f"The report {kind} of {period.label('en')} could not be made.")
        yield made
    hear_of_reports(now)


def hear_of_reports(now: datetime) -> None:
    """The letters about reports went out that morning, and whoever was told has read it."""
    told = Notice.objects.filter(kind=Notice.Kind.REPORT_READY)
    told.filter(way=Notice.Way.EMAIL, sent_at=None).update(sent_at=F("deliver_from"))
    told.filter(way=Notice.Way.APP, read_at=None, made_at__lt=now - READ_WITHIN).update(read_at=F("made_at"))


def _reports_due(now: datetime, calendar: WorkCalendar) -> Iterator[tuple[str, Period, datetime]]:
    today = now.astimezone(OFFICE_TZ).date()
    months = months_back(month_of(today), REPORT_MONTHS + 1)[:-1]
    year = fiscal_year(fiscal_year_of(today) - 1)
    candidates = [
        (kind, period)
        for subject in SUBJECTS
        if subject.begun_in() is not None
        for kind, periods in ((subject.monthly, months), (subject.annual, [year]))
        for period in periods
    ]
    for kind, period in candidates:
        day_at = calendar.opening_of(calendar.next_working_day(period.last)) + AFTER_OPENING
        if day_at <= now and fiscal_year_of(period.first) >= FIRST_FISCAL_YEAR:
            yield kind, period, day_at


def count_months(now: datetime) -> None:
    """Count the months that the first pages will ask for."""
    months = months_back(month_of(now.astimezone(OFFICE_TZ).date()), COUNTED_MONTHS)
    for measure in MEASURES.values():
        measure.by_month(measure.reads(months, now))
