"""Rows that are never changed: the database itself refuses, whoever asks."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from complaints.models import Petition
from office.models import Event, Report

pytestmark = pytest.mark.django_db


def test_an_event_cannot_be_saved_again(petition: Petition) -> None:
    event = petition.events.get()
    event.reason = "แก้ภายหลัง"
    with pytest.raises(TypeError):
        event.save()


def test_the_database_refuses_to_change_an_event(petition: Petition) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Event.objects.filter(matter=petition).update(reason="แก้ภายหลัง")
    assert petition.events.get().reason == ""


def test_the_database_refuses_to_change_an_issued_report() -> None:
    now = timezone.now()
    Report.objects.create(
        kind=Report.Kind.COMPLAINTS_MONTHLY, first="2009-11-01", last="2009-11-30", edition=1, asked_at=now,
        state=Report.State.ISSUED, issued_at=now, sha256="0" * 64,
    )  # fmt: skip
    with pytest.raises(DatabaseError), transaction.atomic():
        Report.objects.update(content={"received": 1})
