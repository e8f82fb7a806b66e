"""What the clock and a button start for petitions: making reports, and asking for those whose day has come."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from complaints import issuing, letter_batches
from office.models import OutgoingLetter


@shared_task
def make_report(report_id: int) -> None:
    """Make one report; nothing happens if it is made already, or another worker has it."""
    issuing.make(report_id, timezone.now())


@shared_task
def issue_due_reports() -> None:
    """Ask for the reports whose day has come; asking twice asks once."""
    issuing.issue_due(timezone.now())


@shared_task
def make_waiting_reports() -> None:
    """Make what was asked for while the queue was down, or left by a worker that was killed."""
    for report_id in list(issuing.waiting(timezone.now()).values_list("pk", flat=True)):
        issuing.make(report_id, timezone.now())


@shared_task
def make_letter_papers(batch: str) -> None:
    """Make the papers of a batch of letters; those that are made already are passed by."""
    letter_batches.make_papers(OutgoingLetter.objects.filter(batch=batch), timezone.now())


@shared_task
def make_missing_letter_papers() -> None:
    """Make the papers of letters whose maker was killed after they had their number."""
    letter_batches.make_papers(OutgoingLetter.objects.all(), timezone.now())
