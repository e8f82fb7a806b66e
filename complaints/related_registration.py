"""Registering a related matter from its form: once, whole, with its files and its first date before the court."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction

from complaints.forms.related import RelatedIntakeForm
from complaints.models import RelatedMatter
from office.calendar import OFFICE_TZ, fiscal_year_of
from office.documents import attach
from office.models import Document, NumberSeries, User
from office.steps import Actor


@transaction.atomic
def register(form: RelatedIntakeForm, *, user: User, now: datetime) -> RelatedMatter:
    """Register a valid form's matter; what was sent twice from one opening of the form is registered once."""
    matter = form.matter()
    year = fiscal_year_of(matter.received_at.astimezone(OFFICE_TZ).date())
    NumberSeries.hold(settings.SERIES_PREFIXES["related"], year)
    twin = _registered_since(form.opened.after, matter, user) if form.opened else None
    if twin:
        return twin
    matter.receive(actor=Actor(user=user), now=now, hearing=form.hearing())
    attach(matter, form.files_given, source=Document.Source.OFFICE, added_by=user, now=now)
    return matter


def _registered_since(after: int, matter: RelatedMatter, user: User) -> RelatedMatter | None:
    """The same told by the same person since the form was opened: the first of two clicks."""
    return RelatedMatter.objects.filter(
        pk__gt=after,
        related_kind=matter.related_kind,
        title=matter.title,
        story=matter.story,
        received_from=matter.received_from,
        case_number=matter.case_number,
        events__step="receive",
        events__actor=user,
    ).first()
