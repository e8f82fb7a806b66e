"""What sign-ins and visits leave behind when they have ended by themselves: taken away once a night."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, QuerySet

BATCH: Final = 1000
"""Rows in one transaction: nobody waits long for their lock."""


def forget(now: datetime) -> int:
    """Throw away the sessions that have expired, and what the pages of accounts say of those that are gone. Returns how
    many rows."""
    is_there = Exists(Session.objects.filter(session_key=OuterRef("session_key")))
    return _delete(Session.objects.filter(expire_date__lt=now)) + _delete(
        UserSession.objects.filter(~is_there)
    )


def _delete(rows: QuerySet[Any]) -> int:
    deleted = 0
    while keys := list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        deleted += rows.model._default_manager.filter(pk__in=keys).delete()[0]
    return deleted
