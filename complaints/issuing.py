"""Issuing a report: asked for as a row, made by whoever claims it, and never changed once it is issued.

A row waits, is claimed for LEASE, and becomes issued or failed in one update. A maker that was killed leaves a row
whose lease runs out; the next round claims it anew.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import Min, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from complaints.models import Petition
from complaints.report_paper import paper, title_of
from complaints.reports import content
from office.calendar import (
    OFFICE_TZ,
    Period,
    WorkCalendar,
    fiscal_year,
    fiscal_year_of,
    month_code,
    month_of,
    months_back,
    months_of,
    parse_month,
)
from office.models import Notice, Report, Role, Subgroup, User
from office.models.calendar import current_calendar
from office.notices import tell
from office.paper import render_pdf
from office.queue import start_by_name_after_commit
from office.thai import format_long, to_arabic_digits

logger = logging.getLogger(__name__)

MAKE_TASK = "complaints.tasks.make_report"
LEASE = timedelta(minutes=5)
FIRST_FISCAL_YEAR = 2552
"""The oldest year that is registered here (complaints.reference)."""

MONTHLY, ANNUAL = Report.Kind.COMPLAINTS_MONTHLY, Report.Kind.COMPLAINTS_ANNUAL
ASKED = [Report.State.WAITING, Report.State.MAKING]


class PeriodError(ValueError):
    """A text that names no month or year a report can be made for; the message says what is wrong."""


class ReasonNeeded(ValidationError):
    """An edition is issued already: another one needs a reason."""


def period_of(kind: str, code: str, now: datetime) -> Period:
    """The period a code means: `2552-11` for a monthly report, `2552` for an annual one. Raises PeriodError."""
    try:
        text = to_arabic_digits(code.strip())
        period = parse_month(text) if kind == MONTHLY else fiscal_year(int(text))
    except ValueError as wrong:
        example = (
            _("a month is written like 2552-11")
            if kind == MONTHLY
            else _("a fiscal year is written like 2552")
        )
        raise PeriodError(f"{code}: {example}") from wrong
    if fiscal_year_of(period.first) < FIRST_FISCAL_YEAR:
        raise PeriodError(
            _("The registers kept here begin with fiscal year %(year)s.") % {"year": FIRST_FISCAL_YEAR}
        )
    if period.starts_at > now:
        raise PeriodError(_("%(period)s has not begun yet.") % {"period": period.label()})
    return period


def code_of(period: Period) -> str:
    """`2552-11` for a month, `2552` for a fiscal year; `period_of` reads it back."""
    return month_code(period) if period == month_of(period.first) else str(fiscal_year_of(period.first))


# ── Asking ──────────────────────────────────────────────────────────────────────────────────


def ask_for(kind: str, period: Period, *, by: User | None, now: datetime, reason: str = "") -> Report:
    """Have a report made by the worker; `by` None means that its day has come. See `write_down`."""
    report = write_down(kind, period, by=by, now=now, reason=reason)
    start_by_name_after_commit(MAKE_TASK, report.pk)
    return report


def write_down(kind: str, period: Period, *, by: User | None, now: datetime, reason: str = "") -> Report:
    """The row of a report to be made: the one that waits already, the failed one once more, or the next edition.

    So a second click asks for nothing new. Raises ReasonNeeded when an edition is issued and no reason is given.
    """
    editions = Report.objects.filter(kind=kind, first=period.first)
    newest = editions.order_by("-edition").first()
    if newest and newest.state in ASKED:
        return newest
    if newest and newest.state == Report.State.FAILED:
        asked = {"asked_at": now, "asked_by": by}
        editions.filter(pk=newest.pk, state=Report.State.FAILED).update(state=Report.State.WAITING, **asked)
        newest.refresh_from_db()
        return newest
    if newest and not reason.strip():
        raise ReasonNeeded(_("This report is issued already. Write why a new edition is needed."))
    return _next_edition(kind, period, newest, by=by, now=now, reason=reason.strip())


def _next_edition(
    kind: str, period: Period, newest: Report | None, *, by: User | None, now: datetime, reason: str
) -> Report:
    edition = newest.edition + 1 if newest else 1
    dates = {"first": period.first, "last": period.last}
    reason = reason if newest else ""
    try:
        with transaction.atomic():
            return Report.objects.create(
                kind=kind, edition=edition, asked_at=now, asked_by=by, reason=reason[:300], **dates
            )
    except IntegrityError:
        # Somebody asked at the same moment: theirs is the edition.
        return Report.objects.get(kind=kind, first=period.first, edition=edition)


# ── Making ──────────────────────────────────────────────────────────────────────────────────


def waiting(now: datetime) -> QuerySet[Report]:
    """Reports that nobody is making: asked for, or left by a maker whose lease ran out. The oldest first."""
    return Report.objects.filter(_free(now)).order_by("asked_at", "pk")


def _free(now: datetime) -> Q:
    return Q(state=Report.State.WAITING) | Q(state=Report.State.MAKING, held_until__lt=now)


def make(report_id: int, now: datetime) -> Report | None:
    """Claim a report, count, draw, print and issue it; None when it is not there to be claimed.

    It takes seconds, so call it from a task or a command. What goes wrong leaves the row failed, to be asked for
    again; a maker whose lease was taken over by another changes nothing.
    """
    lease = now + LEASE
    claimed = Report.objects.filter(_free(now), pk=report_id)
    if not claimed.update(state=Report.State.MAKING, held_until=lease, progress=5):
        return None
    own = Report.objects.filter(pk=report_id, state=Report.State.MAKING, held_until=lease)
    try:
        _make(own, Report.objects.select_related("asked_by").get(pk=report_id), now)
    except Exception:
        logger.exception("Report %s could not be made", report_id)
        own.update(state=Report.State.FAILED, held_until=None, progress=0)
    return Report.objects.get(pk=report_id)


def _make(own: QuerySet[Report], report: Report, now: datetime) -> None:
    with override(settings.LANGUAGE_CODE):  # a paper of the office is written in the office's language
        figures = content(report.period, now)
        own.update(progress=40)
        html = paper(report, figures)
        own.update(progress=60)
        pdf = render_pdf(html, title=title_of(report))
        own.update(progress=90)
        kept = {"as_of": now, "content": figures.as_json(), "sha256": _store(pdf), "issued_at": now}
        with transaction.atomic():
            if own.update(state=Report.State.ISSUED, progress=100, held_until=None, **kept):
                _tell(report, now)


def _store(pdf: bytes) -> str:
    """Keep the bytes under their own checksum in the private storage; returns it."""
    sha256 = hashlib.sha256(pdf).hexdigest()
    path = Report(sha256=sha256).path
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(pdf))
    return sha256


def _tell(report: Report, now: datetime) -> None:
    """Whoever asked hears of it; of one that came by itself the heads of the subgroup and the executives."""
    people = {report.asked_by} if report.asked_by else {*_heads(), *User.objects.with_role(Role.EXECUTIVE)}
    once = f"report:{report.pk}:ready"
    tell(
        people,
        Notice.Kind.REPORT_READY,
        once=once,
        now=now,
        calendar=current_calendar(),
        text=title_of(report),
    )


def _heads() -> list[User]:
    return list(User.objects.with_role(Role.HEAD).filter(subgroup__code=Subgroup.Code.COMPLAINTS))


# ── By itself ───────────────────────────────────────────────────────────────────────────────


def issue_due(now: datetime) -> list[Report]:
    """Ask for every report whose day has come and that is not there with the figures of its whole period.

    Asking again finds nothing to do. A day on which nothing ran is caught up with, back to the start of the fiscal
    year of last month; an edition of an unfinished period is followed by the whole one.
    """
    today = now.astimezone(OFFICE_TZ).date()
    begun = Petition.objects.aggregate(first=Min("month"))["first"]
    if begun is None:
        return []
    due = [
        (kind, period)
        for kind, period in _whose_day_has_come(now, current_calendar())
        if period.last >= begun and not _is_taken_care_of(kind, period)
    ]
    with override(settings.LANGUAGE_CODE):
        why = _("The figures of the whole period, to %(day)s") % {"day": format_long(today)}
    return [ask_for(kind, period, by=None, now=now, reason=why) for kind, period in due]


def _whose_day_has_come(now: datetime, calendar: WorkCalendar) -> Iterator[tuple[str, Period]]:
    """The monthly reports of the year that last month is in, and the annual one of the last year that is over.

    Each on the first working day after its period (the plan: work 4 of the subgroup; the day is the office's).
    """
    today = now.astimezone(OFFICE_TZ).date()
    last_month = months_back(month_of(today), 2)[0]
    year = fiscal_year(fiscal_year_of(last_month.first))
    over = fiscal_year(fiscal_year_of(today) - 1)
    candidates = [(MONTHLY, month) for month in months_of(year) if month <= last_month] + [(ANNUAL, over)]
    for kind, period in candidates:
        if today >= calendar.next_working_day(period.last):
            yield kind, period


def _is_taken_care_of(kind: str, period: Period) -> bool:
    """Whether the whole period's report is issued, or one is about to be."""
    editions = Report.objects.filter(kind=kind, first=period.first)
    return editions.filter(
        Q(state=Report.State.ISSUED, as_of__gte=period.ends_at) | Q(state__in=ASKED)
    ).exists()
