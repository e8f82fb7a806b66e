"""What the clock and a button start for petitions: making the papers of letters."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from complaints import letter_batches
from office.models import OutgoingLetter


@shared_task
def make_letter_papers(batch: str) -> None:
    """Make the papers of a batch of letters; those that are made already are passed by."""
    letter_batches.make_papers(OutgoingLetter.objects.filter(batch=batch), timezone.now())


@shared_task
def make_missing_letter_papers() -> None:
    """Make the papers of letters whose maker was killed after they had their number."""
    letter_batches.make_papers(OutgoingLetter.objects.all(), timezone.now())
