"""The figures of the office for a watcher, in the form of Prometheus; for anybody else the page is not there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from office import metrics
from office.limits import client_address
from office.models import Backup
from projectplan import failed_work, system_facts
from projectplan.system_facts import Ticks


@require_safe
@never_cache
@login_not_required
def figures(request: HttpRequest) -> HttpResponse:
    """What the processes of this machine counted, and how the office stands now."""
    if not metrics.may_read(request.headers.get("Authorization", ""), client_address(request)):
        raise Http404
    said = metrics.exposition(OfficeFigures(timezone.now()))
    return HttpResponse(said, content_type=CONTENT_TYPE_LATEST)


class OfficeFigures(Collector):
    """How the office stands at one moment, by the same readings as the administrators' page. What cannot be read is
    left out, except that it is said whether the queue answers."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def describe(self) -> Iterator[Metric]:
        """Nothing beforehand: it is asked once."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        """Queues, clock, worker, letters and failed work; none of it counts further than a page shows."""
        yield from self._queues()
        ticks = system_facts.look_at_clock(self.now)
        yield from self._age(
            "prasan_clock_tick_age_seconds", "Since the clock last gave something out.", ticks.clock
        )
        yield from self._workers(ticks)
        mail = system_facts.look_at_mail(self.now)
        yield GaugeMetricFamily("prasan_letters_waiting", "Letters in the outbox.", value=mail.waiting)
        yield GaugeMetricFamily("prasan_letters_failing", "Letters tried in vain.", value=mail.failing)
        oldest = "Of the oldest letter that may leave, 0 where there is none."
        yield from self._age("prasan_letter_oldest_age_seconds", oldest, mail.oldest or self.now)
        failed = failed_work.count(self.now)
        yield GaugeMetricFamily(
            "prasan_work_failed", "Pieces of background work that failed or hang.", value=failed
        )
        backup = Backup.last_taken()
        yield from self._age(
            "prasan_backup_age_seconds",
            "Since the newest backup was taken; not there before the first.",
            backup.ended_at if backup else None,
        )

    def _queues(self) -> Iterator[Metric]:
        queue = system_facts.look_at_queue()
        yield GaugeMetricFamily(
            "prasan_queue_answers", "Whether the broker answers.", value=int(queue.answers)
        )
        waiting = GaugeMetricFamily("prasan_queue_waiting", "Tasks waiting for a worker.", labels=["queue"])
        for name, length in queue.lengths.items():
            waiting.add_metric([name], length)
        yield waiting

    def _workers(self, ticks: Ticks) -> Iterator[Metric]:
        age = GaugeMetricFamily(
            "prasan_worker_tick_age_seconds", "Since a worker last ended a round.", labels=["queue"]
        )
        silent = GaugeMetricFamily(
            "prasan_worker_silent", "Whether nobody seems to take from the queue.", labels=["queue"]
        )
        for sign in ticks.workers:
            if sign.ended:
                age.add_metric([sign.queue], max(0.0, (self.now - sign.ended).total_seconds()))
            silent.add_metric([sign.queue], int(sign.is_silent(self.now)))
        yield age
        yield silent

    def _age(self, name: str, said: str, moment: datetime | None) -> Iterator[Metric]:
        if moment is not None:
            yield GaugeMetricFamily(name, said, value=max(0.0, (self.now - moment).total_seconds()))
