"""Registering what a form tells of: once, whole, and with its files."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from office.calendar import OFFICE_TZ, fiscal_year_of
from office.documents import attach
from office.intake_form import IntakeForm
from office.models import Document, NumberSeries, User
from office.steps import Actor


@transaction.atomic
def register_once(
    form: IntakeForm, matter: Any, series: str, same: tuple[str, ...], *, user: User, now: datetime
) -> Any:
    """Register the matter that a valid form tells of; what was sent twice from one opening is registered once.

    `series` is its key in SERIES_PREFIXES; `same` are the facts by which the second of two clicks is recognised.
    """
    year = fiscal_year_of(matter.received_at.astimezone(OFFICE_TZ).date())
    NumberSeries.hold(settings.SERIES_PREFIXES[series], year)
    twin = _registered_since(form.opened.after, matter, same, user) if form.opened else None
    if twin:
        return twin
    matter.receive(actor=Actor(user=user), now=now)
    attach(matter, form.files_given, source=Document.Source.OFFICE, added_by=user, now=now)
    return matter


def _registered_since(after: int, matter: Any, same: tuple[str, ...], user: User) -> Any:
    """The same told by the same person since the form was opened."""
    facts = {name: getattr(matter, name) for name in same}
    rows = type(matter).objects.filter(pk__gt=after, events__step="receive", events__actor=user, **facts)
    return rows.first()
