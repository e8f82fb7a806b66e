"""Gives the office that DATABASE_URL names open promises, sweeps twice, and prints what that took as JSON."""

from __future__ import annotations

import json
import re
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from threading import Event, Thread
from typing import Any, Final

import django

django.setup()

from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from office.models import Deadline, Notice  # noqa: E402
from office.reminders import BATCH_ROWS, due_reminders  # noqa: E402
from projectplan.rounds import sweep  # noqa: E402

WARM_BATCHES: Final = 20
LIST: Final = re.compile(r"\((%s, )+%s\)")
LARGE: Final = re.compile(r"Seq Scan on (office_deadline|office_notice)\b")

PROMISES: Final = """
INSERT INTO office_deadline (matter_id, kind, rule_id, amount, unit, calendar_id, start_at, due_at, late_reason,
    responsible_id, follower_id, next_reminder, remind_at)
SELECT pattern.matter_id, pattern.kind, pattern.rule_id, pattern.amount, pattern.unit, pattern.calendar_id,
    now() - interval '30 days', now() + (number %% 1000 - 500) * interval '1 minute', '', pattern.responsible_id,
    pattern.follower_id, 'before',
    now() + CASE WHEN number <= %s THEN -1 ELSE 1 END * (10 + number %% 5000) * interval '1 minute'
FROM generate_series(1, %s) AS series (number)
JOIN (SELECT *, row_number() OVER (ORDER BY id) - 1 AS place, count(*) OVER () AS places FROM office_deadline
      WHERE met_at IS NULL AND dropped_at IS NULL AND kind = 'opinion') pattern
  ON pattern.place = number %% pattern.places
"""


class Watch:
    """The questions asked, one of each shape however long its lists are, and when each batch of promises was taken."""

    def __init__(self) -> None:
        self.shapes: dict[str, tuple[str, Any]] = {}
        self.count = 0
        self.taken: list[float] = []

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.count += 1
        if "remind_at" in sql and "SKIP LOCKED" in sql:
            self.taken.append(time.perf_counter())
        if sql.startswith("SELECT"):
            self.shapes.setdefault(
                LIST.sub("(%s)", sql), (sql.replace(" FOR UPDATE", " -- FOR UPDATE"), params)
            )
        return execute(sql, params, many, context)

    @property
    def batches(self) -> list[float]:
        """Seconds from taking one batch to taking the next."""
        return [after - before for before, after in zip(self.taken, self.taken[1:], strict=False)]


class Memory(Thread):
    """What this process holds, twice a second, in MiB."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.samples: list[tuple[float, float]] = []
        self.ended = Event()

    def run(self) -> None:
        while not self.ended.wait(0.5):
            pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
            self.samples.append((time.perf_counter(), pages * 4096 / 1024**2))


def main() -> None:
    wanted, due = int(sys.argv[1]), int(sys.argv[2])
    # What the demo left undone, and what a first round loads, is not measured.
    sweep(timezone.now)
    Notice.objects.filter(way=Notice.Way.EMAIL).delete()
    with connection.cursor() as cursor:
        cursor.execute(PROMISES, [due, wanted])
        cursor.execute("VACUUM ANALYZE office_deadline, office_notice")
    watch, memory = Watch(), Memory()
    memory.start()
    began = time.perf_counter()
    with connection.execute_wrapper(watch):
        done = sweep(timezone.now)
    took = time.perf_counter() - began
    memory.ended.set()
    # Nor are the letters of a hundred thousand reminders, which other rounds carry away.
    Notice.objects.filter(way=Notice.Way.EMAIL, sent_at=None).delete()
    idle, began = Watch(), time.perf_counter()
    with connection.execute_wrapper(idle):
        sweep(timezone.now)
    told = {
        "open": Deadline.objects.unmet().count(),
        "reminded": done.reminded,
        "still_due": due_reminders(timezone.now()).filter(remind_at__lt=timezone.now()).count(),
        "seconds": took,
        "batches": len(watch.taken),
        "queries_a_batch": watch.count / len(watch.taken),
        "idle_seconds": time.perf_counter() - began,
        "idle_queries": idle.count,
        **_memory(memory, watch),
        **_times(watch),
        **_plans(watch),
    }
    print(json.dumps(told))  # noqa: T201


def _memory(memory: Memory, watch: Watch) -> dict[str, float]:
    warm_at = watch.taken[min(WARM_BATCHES, len(watch.taken) - 1)]
    warm = [held for at, held in memory.samples if at <= warm_at] or [memory.samples[0][1]]
    return {"memory_warm": warm[-1], "memory_most": max(held for _at, held in memory.samples)}


def _times(watch: Watch) -> dict[str, float]:
    tenth = max(len(watch.batches) // 10, 1)
    return {"batch_first": median(watch.batches[:tenth]), "batch_last": median(watch.batches[-tenth:])}


def _plans(watch: Watch) -> dict[str, Any]:
    """How PostgreSQL finds the next promises, and which questions of the round walk a whole large table."""
    plan = due_reminders(timezone.now())[:BATCH_ROWS].explain()
    walked = []
    with ExitStack() as stack:
        cursor = stack.enter_context(connection.cursor())
        for sql, params in watch.shapes.values():
            cursor.execute(f"EXPLAIN {sql}", params)
            if LARGE.search("\n".join(row[0] for row in cursor.fetchall())):
                walked.append(sql[:300])
    return {"plan": plan.splitlines()[1].strip() if "Limit" in plan else plan, "walked": walked}


if __name__ == "__main__":
    main()
