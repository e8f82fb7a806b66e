"""What the clock starts for the shared ground."""

from __future__ import annotations

from celery import shared_task
from django.db import connection
from django.utils import timezone

from office import ended_sessions, network_confirming
from office.backups.taking import take
from office.database import count_anew


@shared_task
def count_tables_anew() -> None:
    """Once a night, so that lists stay quick however many rows were added; what ended sign-ins left goes first."""
    ended_sessions.forget(timezone.now())
    count_anew(connection)


@shared_task
def ask_contacts() -> None:
    """Ask the contacts of the network whose entry nobody confirmed this fiscal year; each is asked once a year."""
    network_confirming.ask(timezone.now())


@shared_task
def back_up() -> None:
    """Once a night: the whole office as one encrypted file, read back; what the rule no longer keeps goes."""
    take(timezone.now())
