"""Issuing a report: asked for as a row, made by whoever claims it, and never changed once it is issued.

A row waits, is claimed for LEASE, and becomes issued or failed in one update. A maker that was killed leaves a row
whose lease runs out; the next round claims it anew.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from office import faults
from office.calendar import (
    OFFICE_TZ,
    Period,
    WorkCalendar,
    fiscal_year,
    fiscal_year_of,
    month_of,
    months_back,
    months_of,
    quarters_of,
)
from office.models import Notice, Report, Role, User
from office.models.calendar import current_calendar
from office.notices import tell
from office.paper import render_pdf
from office.queue import start_by_name_after_commit
from office.replica import reading
from office.reporting import Subject, is_month
from office.storage import keep_once
from office.thai import format_long
from projectplan.books import BOOKS, Book
from projectplan.freezing import freezes_at
from projectplan.models import Plan, Project
from projectplan.subjects import SUBJECTS, document_of

logger = logging.getLogger(__name__)

MAKE_TASK = "projectplan.tasks.make_report"
LEASE = timedelta(minutes=5)
PATIENCE_WITH_THE_COPY = 10.0
"""Seconds for a copy of the database to have all that counts; after them the original is read."""


class ReasonNeeded(ValidationError):
    """An edition is issued already: another one needs a reason."""


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
    if newest and newest.is_being_made:
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
    return Report.objects.waiting(now)


def make(report_id: int, now: datetime) -> Report | None:
    """Claim a report, count, draw, print and issue it; None when it is not there to be claimed.

    It takes seconds, so call it from a task or a command. What goes wrong leaves the row failed, to be asked for
    again; a maker whose lease was taken over by another changes nothing.
    """
    lease = now + LEASE
    claimed = Report.objects.free(now).filter(pk=report_id)
    if not claimed.update(state=Report.State.MAKING, held_until=lease, progress=5):
        return None
    own = Report.objects.filter(pk=report_id, state=Report.State.MAKING, held_until=lease)
    try:
        _make(own, Report.objects.select_related("asked_by").get(pk=report_id), now)
    except Exception as fault:
        logger.exception("Report %s could not be made", report_id)
        own.update(state=Report.State.FAILED, held_until=None, progress=0)
        faults.note(faults.source_of(Report), report_id, fault, now)
    return Report.objects.get(pk=report_id)


def _make(own: QuerySet[Report], report: Report, now: datetime) -> None:
    subject = document_of(report.kind)
    with override(settings.LANGUAGE_CODE):  # a paper of the office is written in the office's language
        with reading(patience=PATIENCE_WITH_THE_COPY):
            figures = subject.content(report.period, now)
        own.update(progress=40)
        html = subject.paper(report, figures)
        own.update(progress=60)
        pdf = render_pdf(html, title=subject.title(report.period), stylesheet=subject.stylesheet)
        own.update(progress=90)
        kept = {"as_of": now, "content": figures.as_json(), "sha256": _store(pdf, html), "issued_at": now}
        with transaction.atomic():
            if own.update(state=Report.State.ISSUED, progress=100, held_until=None, **kept):
                _tell(report, subject, now)


def _store(pdf: bytes, html: str) -> str:
    """Keep the bytes, and what they were laid out from, under their checksum in the private storage; returns it."""
    sha256 = hashlib.sha256(pdf).hexdigest()
    kept = Report(sha256=sha256)
    for path, content in ((kept.path, pdf), (kept.source_path, html.encode())):
        keep_once(path, ContentFile(content))
    return sha256


def _tell(report: Report, subject: Subject | Book, now: datetime) -> None:
    """Whoever asked hears of it; of one that came by itself the heads of the subgroup and the executives."""
    heads = User.objects.with_role(Role.HEAD)
    if subject.subgroup:
        heads = heads.filter(subgroup__code=subject.subgroup)
    people = {report.asked_by} if report.asked_by else {*heads, *User.objects.with_role(Role.EXECUTIVE)}
    once = f"report:{report.pk}:ready"
    tell(
        people,
        Notice.Kind.REPORT_READY,
        once=once,
        now=now,
        calendar=current_calendar(),
        text=subject.title(report.period),
    )


# ── By itself ───────────────────────────────────────────────────────────────────────────────


def issue_due(now: datetime) -> list[Report]:
    """Ask for every report whose day has come and that is not there with the figures of its whole period.

    Asking again finds nothing to do. A day on which nothing ran is caught up with, back to the start of the fiscal
    year of last month; an edition of an unfinished period is followed by the whole one.
    """
    today = now.astimezone(OFFICE_TZ).date()
    calendar = current_calendar()
    periods, quarters = list(_over_by(today, calendar)), list(_quarters_over_by(now, calendar))
    due = [
        (subject.monthly if is_month(period) else subject.annual, period)
        for subject in SUBJECTS
        if (begun := subject.begun_in()) is not None
        for period in periods
        if period.last >= begun
    ] + [
        (book.kind, period)
        for book in BOOKS
        if book.follows_its_period
        for period in (quarters if book.kind.is_quarterly else periods)
        if _is_planned(period)
    ]
    with override(settings.LANGUAGE_CODE):
        why = _("The figures of the whole period, to %(day)s") % {"day": format_long(today)}
    return [
        ask_for(kind, period, by=None, now=now, reason=why)
        for kind, period in due
        if not _is_taken_care_of(kind, period)
    ]


def _is_planned(period: Period) -> bool:
    """Whether it is a fiscal year with a plan and its project, or a quarter with a plan, of which books tell."""
    year = fiscal_year_of(period.first)
    if period != fiscal_year(year):
        return not is_month(period) and Plan.objects.filter(fiscal_year=year).exists()
    return Project.objects.filter(plan__fiscal_year=year).exists()


def _over_by(today: date, calendar: WorkCalendar) -> Iterator[Period]:
    """The months of the year that last month is in, and the last year that is over, as far as their day has come.

    Each on the first working day after its period (the plan: work 4 of petitions; the day is the office's).
    """
    last_month = months_back(month_of(today), 2)[0]
    year = fiscal_year(fiscal_year_of(last_month.first))
    months = [month for month in months_of(year) if month <= last_month]
    for period in [*months, fiscal_year(fiscal_year_of(today) - 1)]:
        if today >= calendar.next_working_day(period.last):
            yield period


def _quarters_over_by(now: datetime, calendar: WorkCalendar) -> Iterator[Period]:
    """The quarters of the year that last month is in, as far as their day has come and the office has opened on it:
    then their months are frozen."""
    last_month = months_back(month_of(now.astimezone(OFFICE_TZ).date()), 2)[0]
    for period in quarters_of(fiscal_year_of(last_month.first)):
        if now > freezes_at(period, calendar):
            yield period


def _is_taken_care_of(kind: str, period: Period) -> bool:
    """Whether the whole period's report is issued, or one is about to be."""
    editions = Report.objects.filter(kind=kind, first=period.first)
    whole = editions.filter(state=Report.State.ISSUED, as_of__gte=period.ends_at)
    return whole.exists() or editions.being_made().exists()
