"""Writing to those who are asked: each once, and once more to who has not answered; the outbox sends it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from office.models import Notice
from office.notices import write
from projectplan.models import Invitee, Survey

REMINDED_BEFORE: Final = timedelta(days=3)
"""How long before a survey closes who is silent is reminded, once."""
NOT_SOONER: Final = timedelta(days=1)
"""Nobody is reminded within a day of the first letter."""


@transaction.atomic
def invite(survey: Survey, now: datetime) -> int:
    """Write to everybody of an open survey who has an address and was not written to; returns to how many."""
    waiting = survey.invitees.filter(mail_at__isnull=True, has_answered=False).exclude(email="")
    return _write(list(waiting.values_list("pk", flat=True)), "mail_at", now)


@transaction.atomic
def remind(survey: Survey, now: datetime) -> int:
    """Write once more to who was written to and has not answered; each is reminded once. Returns how many."""
    silent = survey.invitees.filter(
        mail_at__lte=now - NOT_SOONER, reminded_at__isnull=True, has_answered=False
    )
    return _write(list(silent.values_list("pk", flat=True)), "reminded_at", now)


def remind_before_closing(now: datetime) -> int:
    """Remind the silent of every survey that closes soon; safe to run twice and beside itself."""
    closing = Survey.objects.open(now).filter(closes_at__lte=now + REMINDED_BEFORE)
    return sum(remind(survey, now) for survey in closing)


def _write(keys: list[int], column: str, now: datetime) -> int:
    """The notices of those whom no other worker has written to meanwhile."""
    written = [
        key for key in keys if Invitee.objects.filter(pk=key, **{column: None}).update(**{column: now})
    ]
    rows = [
        Notice(
            way=Notice.Way.EMAIL,
            kind=Notice.Kind.SURVEY_INVITATION,
            subject_id=key,
            once_key=f"survey:{key}:{column}",
            made_at=now,
            deliver_from=now,
        )
        for key in written
    ]
    write(rows, now=now)
    return len(written)
