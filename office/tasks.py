"""What the clock starts for the shared ground."""

from __future__ import annotations

from celery import shared_task
from django.db import connection

from office.database import count_anew


@shared_task
def count_tables_anew() -> None:
    """Once a night, so that lists stay quick however many rows were added."""
    count_anew(connection)
