"""What the clock and a button start for parliament; each is safe to run twice and beside itself."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from parliament import binding, morning
from parliament.models import Binder


@shared_task(name="parliament.tasks.write_sitting_digests")
def write_sitting_digests() -> None:
    """The morning summaries of a sitting day, from 07:30 on; the outbox sends them."""
    morning.write_summaries(timezone.now())


@shared_task
def make_binder(binder_id: int) -> None:
    """Make one edition of a binder; nothing happens if it is made already, or another worker has it."""
    binding.make(binder_id, timezone.now)


@shared_task
def make_waiting_binders() -> None:
    """Ask for new editions of what has changed; make what was asked for while the queue was down, or left by a worker
    that was killed."""
    binding.ask_for_changed(timezone.now())
    for binder_id in list(Binder.objects.waiting(timezone.now()).values_list("pk", flat=True)):
        binding.make(binder_id, timezone.now)
