"""What of the system needs somebody's hand, the gravest first, each with what to do about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.figures import figures, thousands
from projectplan.clock_words import words_of
from projectplan.system_facts import SILENT_AFTER, System

MAIL_LATE_AFTER: Final = timedelta(days=1)
BACKUP_OLD_AFTER: Final = timedelta(hours=36)
BACKUP_GRAVE_AFTER: Final = timedelta(days=3)
MANY_WAITING: Final = 500
LITTLE_ROOM: Final = 10
"""Percent of the disk."""
VERY_LITTLE_ROOM: Final = 3


NOBODY_TAKES: Final = {
    "celery": gettext_lazy("No background worker sends letters and reminders, or publishes what is due."),
    "papers": gettext_lazy("No background worker makes papers: reports, binders, letters, pictures."),
    "slow": gettext_lazy("No background worker does what takes minutes: backups, registers, retention."),
}
"""By the names of the queues in `config.celery`."""


@dataclass(frozen=True)
class Warned:
    """One thing that is wrong: how grave, what it is, what to do, and where."""

    is_grave: bool
    words: str
    todo: str
    address: str = ""


def warnings(system: System, failed: int) -> list[Warned]:
    """All of them, the grave ones first; `failed` is how much background work failed or hangs."""
    found = [*_of_processes(system), *_of_disk(system), *_of_mail(system), *_of_backup(system)]
    if failed:
        words = _("%(count)s pieces of background work failed or hang.") % {"count": figures(failed)}
        found.append(
            Warned(
                False, words, _("Look at the reasons and try them again."), reverse("administration:failed")
            )
        )
    return sorted(found, key=lambda one: not one.is_grave)


def _of_processes(system: System) -> Iterator[Warned]:
    ticks, queue = system.ticks, system.queue
    if not queue.answers:
        yield Warned(
            True,
            _("The queue (Redis or Valkey) does not answer."),
            _("Start it again. Nothing is lost: what waits stands in the database and goes out afterwards."),
        )
    if ticks.clock is None or system.at - ticks.clock > SILENT_AFTER:
        yield Warned(
            True,
            _("The clock gives no sign of life: no reminders and no letters leave."),
            _("See that the process “celery -A config beat” runs; its log says why it ended."),
        )
    yield from _of_workers(ticks.silent(system.at), len(ticks.workers))
    if queue.waiting > MANY_WAITING:
        words = _("%(count)s tasks wait in the queue.") % {"count": thousands(queue.waiting)}
        yield Warned(False, words, _("Wait a while; if it grows, run another worker."))
    for entry in ticks.paused:
        words = _("“%(work)s” is paused.") % {"work": words_of(entry.name).title}
        yield Warned(
            False,
            words,
            _("It goes on by itself when the pause ends, or at once from its page."),
            reverse("administration:clock"),
        )


def _of_workers(silent: Sequence[str], queues: int) -> Iterator[Warned]:
    if len(silent) == queues:
        yield Warned(
            True,
            _("No background worker gives a sign of life: nothing is sent or made."),
            _("See that the process “celery -A config worker” runs; its log says why it ended."),
        )
        return
    for queue in silent:
        todo = _("See that the worker of the queue “%(queue)s” runs; its log says why it ended.")
        yield Warned(True, str(NOBODY_TAKES[queue]), todo % {"queue": queue})


def _of_disk(system: System) -> Iterator[Warned]:
    percent = system.disk.free_percent
    if percent < LITTLE_ROOM:
        words = _("Only %(percent)s%% of the disk are free.") % {"percent": figures(percent)}
        todo = _("Make room or a larger disk, before files and letters can no longer be kept.")
        yield Warned(percent < VERY_LITTLE_ROOM, words, todo)


def _of_mail(system: System) -> Iterator[Warned]:
    mail = system.mail
    if mail.server:
        words = _("The mail server cannot be reached: %(why)s.") % {"why": mail.server.get_cause_display()}
        todo = _("Check EMAIL_URL and the mail server. Letters wait and leave by themselves afterwards.")
        yield Warned(True, words, todo)
    if mail.oldest and system.at - mail.oldest > MAIL_LATE_AFTER:
        yield Warned(
            False,
            _("A letter has waited for more than a day."),
            _("Look at the reasons and try them again."),
            reverse("administration:failed"),
        )


def _of_backup(system: System) -> Iterator[Warned]:
    backup = system.backup
    last = backup.ended_at if backup else system.installed_at
    is_grave = last is not None and system.at - last > BACKUP_GRAVE_AFTER
    if backup is None:
        yield Warned(
            is_grave,
            _("No backup is known yet."),
            _("Back up the database and the files together, and keep the keys apart from both."),
        )
    elif last and system.at - last > BACKUP_OLD_AFTER:
        yield Warned(
            is_grave,
            _("The last backup is older than three days.")
            if is_grave
            else _("The last backup is older than a day and a half."),
            _("See why the nightly backup did not run."),
        )
