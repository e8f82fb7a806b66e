"""Registering what a form tells of an engagement."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from office.models import User
from office.registration import register_once
from publicrelations.forms.engagements import EngagementForm
from publicrelations.models import Engagement


@transaction.atomic
def register_engagement(form: EngagementForm, *, user: User, now: datetime) -> Engagement:
    """Register a valid form's engagement with who goes along; sent twice from one opening it is registered once."""
    same = ("title", "starts_at", "ends_at", "place")
    engagement: Engagement = register_once(form, form.matter(), "engagement", same, user=user, now=now)
    engagement.people.set(form.cleaned_data["people"])
    return engagement
