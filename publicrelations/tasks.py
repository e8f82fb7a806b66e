"""What the clock and a button start for public relations; each is safe to run twice and beside itself."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from publicrelations import journal_making, journal_opening, label_making, on_time, rendering
from publicrelations.models import JournalEdition, LabelPrint, Picture


@shared_task
def publish_due_articles() -> None:
    """Every minute: what the head approved for this minute, or for one that an outage let pass."""
    on_time.publish_due(timezone.now)


@shared_task
def render_picture(picture_id: int) -> None:
    """Make the sizes of one picture; nothing happens if they are made already, or another worker is at it."""
    rendering.render(picture_id, timezone.now)


@shared_task
def render_waiting_pictures() -> None:
    """Make what was asked for while the queue was down, or left by a worker that was killed."""
    for picture_id in list(Picture.objects.waiting(timezone.now()).values_list("pk", flat=True)):
        rendering.render(picture_id, timezone.now)


@shared_task
def make_journal_pages(edition_id: int) -> None:
    """Make one edition of a journal's pages; nothing happens if it is made already, or another worker has it."""
    journal_making.make(edition_id, timezone.now)


@shared_task
def make_labels(print_id: int) -> None:
    """Lay out address labels; nothing happens if they are made already, or another worker has them."""
    label_making.make(print_id, timezone.now)


@shared_task
def make_waiting_journal_papers() -> None:
    """Pages and labels asked for while the queue was down, or left by a worker that was killed."""
    for edition_id in list(JournalEdition.objects.waiting(timezone.now()).values_list("pk", flat=True)):
        journal_making.make(edition_id, timezone.now)
    for print_id in list(LabelPrint.objects.waiting(timezone.now()).values_list("pk", flat=True)):
        label_making.make(print_id, timezone.now)


@shared_task
def open_next_journal() -> None:
    """Open next month's issue once its month is near."""
    journal_opening.open_due(timezone.now())
