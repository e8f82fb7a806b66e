"""What the clock and the steps start: a whole round, or only the letters that may go now."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from projectplan import rounds


@shared_task(name="projectplan.tasks.sweep")
def sweep() -> None:
    """One round of reminders, chasers and letters; safe to run twice and beside itself."""
    rounds.sweep(timezone.now)


@shared_task(name="projectplan.tasks.deliver")
def deliver() -> None:
    """The letters that a step has just put into the outbox, with whatever else may go."""
    rounds.deliver(timezone.now)
