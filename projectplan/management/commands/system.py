"""How the system stands, as text: the same as the administrators' page, for a terminal or a watcher."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from office.templatetags.prasan import moment
from projectplan import failed_work, system_facts
from projectplan.system_warnings import warnings


class Command(BaseCommand):
    """Print it; ends with 1 when something needs a hand at once."""

    help = "Says how the system stands, what needs a hand first; ends with 1 if something is grave."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        stands = system_facts.look(now)
        warned = warnings(stands, failed_work.count(now))
        for one in warned:
            mark = "!!" if one.is_grave else "! "
            self.stdout.write(f"{mark} {one.words} {one.todo}")
        for name, version in stands.versions:
            self.stdout.write(f"{name}: {version}")
        none = _("none yet")
        disk, mail, ticks, backup = stands.disk, stands.mail, stands.ticks, stands.backup
        last_sign, unread = _("Last sign of a worker"), _("taken, not read back")
        not_read_back = "" if backup is None or backup.is_whole else f" ({unread})"
        lines = [
            (_("Queue"), stands.queue.waiting if stands.queue.answers else _("does not answer")),
            (_("Last sign of the clock"), moment(ticks.clock) or none),
            *((f"{last_sign} ({sign.queue})", moment(sign.ended) or none) for sign in ticks.workers),
            (_("Last report made"), moment(stands.report.issued_at) if stands.report else none),
            (_("E-mail"), f"{mail.sent} / {mail.waiting} / {mail.failing}"),
            (_("Free"), f"{filesizeformat(disk.free)} ({disk.free_percent}%)"),
            (_("Database"), filesizeformat(disk.database)),
            (
                _("Last backup"),
                f"{moment(backup.ended_at)}{not_read_back}" if backup else _("no backup known yet"),
            ),
        ]
        for words, value in lines:
            self.stdout.write(f"{words}: {value}")
        if any(one.is_grave for one in warned):
            sys.exit(1)
