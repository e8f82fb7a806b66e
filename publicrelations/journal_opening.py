"""Opening the next issue of the journal: by the clock some days before its month begins, or by an officer."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction

from office.calendar import OFFICE_TZ, ONE_DAY, fiscal_year_of, month_of
from office.models import NumberSeries, User
from office.steps import Actor
from publicrelations.models import Journal


def next_month(today: date) -> date:
    """The first day of the month whose issue comes next: the one after the newest, at the earliest this month's."""
    this = month_of(today).first
    newest = Journal.objects.order_by("-month").values_list("month", flat=True).first()
    return max(this, month_of(newest).last + ONE_DAY) if newest else this


def open_issue(month: date, *, actor: Actor, owner: User | None, now: datetime) -> Journal:
    """Open the issue of a month; the one that is there already, if somebody was faster."""
    try:
        with transaction.atomic():
            NumberSeries.hold(settings.SERIES_PREFIXES["journal"], fiscal_year_of(month))
            there = Journal.objects.filter(month=month).first()
            return there or Journal(month=month, owner=owner, received_at=now).receive(actor=actor, now=now)
    except IntegrityError:
        return Journal.objects.get(month=month)


def open_due(now: datetime) -> Journal | None:
    """By the clock: next month's issue, once its month is near; whoever carried the last one carries it."""
    today = now.astimezone(OFFICE_TZ).date()
    month = month_of(today + timedelta(days=settings.JOURNAL_OPENED_DAYS_AHEAD)).first
    newest = Journal.objects.order_by("-month").select_related("owner").first()
    # The first issue of all is opened by a person: a journal that nobody has begun is not the clock's to begin.
    if newest is None or newest.month >= month:
        return None
    owner = newest.owner if newest.owner and newest.owner.is_active else None
    return open_issue(month, actor=Actor(is_clock=True), owner=owner, now=now)
