"""What the clock and the steps start: a whole round, only the letters that may go now, the reports."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from projectplan import (
    anonymising,
    brought_registers,
    freezing,
    issuing,
    leaving,
    person_export,
    retention,
    rounds,
    working_copies,
)
from projectplan.opendata import publishing


@shared_task(name="projectplan.tasks.sweep")
def sweep() -> None:
    """One round of reminders, chasers and letters; safe to run twice and beside itself."""
    rounds.sweep(timezone.now)


@shared_task(name="projectplan.tasks.deliver")
def deliver() -> None:
    """The letters that a step has just put into the outbox, with whatever else may go."""
    rounds.deliver(timezone.now)


@shared_task(name="projectplan.tasks.make_report")
def make_report(report_id: int) -> None:
    """Make one report; nothing happens if it is made already, or another worker has it."""
    issuing.make(report_id, timezone.now())


@shared_task(name="projectplan.tasks.issue_due_reports")
def issue_due_reports() -> None:
    """Ask for the reports whose day has come; asking twice asks once."""
    issuing.issue_due(timezone.now())


@shared_task(name="projectplan.tasks.make_waiting_reports")
def make_waiting_reports() -> None:
    """Make what was asked for while the queue was down, or left by a worker that was killed."""
    for report_id in list(issuing.waiting(timezone.now()).values_list("pk", flat=True)):
        issuing.make(report_id, timezone.now())


@shared_task(name="projectplan.tasks.freeze_due_months")
def freeze_due_months() -> None:
    """Keep what the indicators came to in the months that are over; asking twice freezes once."""
    freezing.freeze_due(timezone.now())


@shared_task(name="projectplan.tasks.publish_open_data")
def publish_open_data() -> None:
    """Publish the figures of the months that are over; asking twice publishes once."""
    publishing.publish_due(timezone.now())


@shared_task(name="projectplan.tasks.load_register")
def load_register(pk: int) -> None:
    """Load one register that was brought as a file; nothing happens if another worker has it."""
    brought_registers.load(pk, timezone.now)


@shared_task(name="projectplan.tasks.load_waiting_registers")
def load_waiting_registers() -> None:
    """Load what was asked for while the queue was down, or left by a worker that was killed."""
    brought_registers.load_waiting(timezone.now)


@shared_task(name="projectplan.tasks.propose_retention")
def propose_retention() -> None:
    """Put before people what has had its years; nothing of it is removed by this. Working copies go by themselves."""
    retention.propose(timezone.now())
    working_copies.forget(timezone.now())


@shared_task(name="projectplan.tasks.carry_out_retention")
def carry_out_retention() -> None:
    """Remove the personal data that two people agreed to, so many records a round, and the files that are left."""
    anonymising.carry_out(timezone.now)
    anonymising.sweep_files()


@shared_task(name="projectplan.tasks.make_person_export")
def make_person_export(pk: int) -> None:
    """Make the file of one request about one's own data; nothing happens if another worker has it."""
    person_export.make(pk, timezone.now())


@shared_task(name="projectplan.tasks.make_waiting_person_exports")
def make_waiting_person_exports() -> None:
    """Make what was asked for while the queue was down, and remove the files that have had their days."""
    person_export.make_waiting(timezone.now)


@shared_task(name="projectplan.tasks.hand_over")
def hand_over(leaving_id: int) -> None:
    """Hand over the work of one who leaves; nothing happens if another worker is at it, or it is done."""
    leaving.hand_over(leaving_id, timezone.now)


@shared_task(name="projectplan.tasks.hand_over_waiting")
def hand_over_waiting() -> None:
    """Go on with what was asked for while the queue was down, or left by a worker that was killed."""
    leaving.hand_over_waiting(timezone.now)
