"""A watcher who may reads figures of requests, tasks and the office; nobody else learns that there are any."""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.error
import urllib.request
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from celery import current_app
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from office import beat, clock, metrics
from office.models import Backup, ClockWork

pytestmark = pytest.mark.django_db
TOKEN = "a-token-of-the-watcher"


@pytest.fixture
def watcher(settings: Any) -> Client:
    settings.METRICS_TOKEN = TOKEN
    return Client(headers={"authorization": f"Bearer {TOKEN}"})


def read(client: Client) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    answer = client.get("/metrics")
    assert answer.status_code == 200
    families = text_string_to_metric_families(answer.content.decode())
    return {
        (one.name, frozenset(one.labels.items())): one.value for family in families for one in family.samples
    }


def value(client: Client, name: str, **labels: str) -> float:
    return read(client)[name, frozenset(labels.items())]


def test_without_token_or_address_there_is_no_such_page(client: Client, settings: Any) -> None:
    assert client.get("/metrics").status_code == 404
    settings.METRICS_TOKEN = TOKEN
    for said in ("", "Bearer ", f"Bearer {TOKEN}x", TOKEN, "Bearer ไทย"):
        assert client.get("/metrics", headers={"authorization": said}).status_code == 404


@pytest.mark.parametrize(
    ("address", "status"),
    [("10.7.0.9", 200), ("10.8.0.9", 404), ("2001:db8::77", 200), ("2001:db9::77", 404), ("", 404)],
)
def test_a_private_address_may_ask_without_a_token(settings: Any, address: str, status: int) -> None:
    settings.METRICS_ADDRESSES = ["10.7.0.0/16", "2001:db8::/48"]
    assert Client(REMOTE_ADDR=address).get("/metrics").status_code == status


def test_an_address_that_somebody_only_claims_does_not_help(settings: Any) -> None:
    settings.METRICS_ADDRESSES = ["10.7.0.0/16"]
    outside = Client(REMOTE_ADDR="203.0.113.9", HTTP_X_FORWARDED_FOR="10.7.0.9")
    assert outside.get("/metrics").status_code == 404


def test_requests_are_counted_by_the_pattern_of_their_route(watcher: Client) -> None:
    watcher.get("/a/a-secret-of-somebody/")
    found = read(watcher)
    routes = {dict(labels).get("route", "") for _name, labels in found}
    assert not any("secret-of" in route for route in routes)
    name = "prasan_request_seconds_count"
    before = value(watcher, name, route="healthz", method="GET") if "healthz" in routes else 0
    watcher.get("/healthz")
    assert value(watcher, name, route="healthz", method="GET") == before + 1


def test_a_method_that_nobody_knows_makes_no_label_of_its_own(watcher: Client) -> None:
    watcher.generic("BREW", "/healthz")
    methods = {dict(labels).get("method", "GET") for _name, labels in read(watcher)}
    assert "BREW" not in methods
    assert "other" in methods


def test_queues_clock_letters_and_failed_work_have_figures(watcher: Client) -> None:
    beat.look(timezone.now(), lambda entry: None)
    ClockWork.objects.update(sent_at=timezone.now() - timedelta(seconds=90))
    found = read(watcher)
    assert found["prasan_queue_answers", frozenset()] == 1
    queues = {dict(labels)["queue"] for name, labels in found if name == "prasan_queue_waiting"}
    assert queues == {"celery", "papers", "slow"}
    assert 90 <= found["prasan_clock_tick_age_seconds", frozenset()] < 120
    assert found["prasan_letter_oldest_age_seconds", frozenset()] == 0
    assert found["prasan_work_failed", frozenset()] == 0


def test_each_queues_worker_and_the_newest_backup_have_an_age(watcher: Client) -> None:
    now = timezone.now()
    beat.look(now, lambda entry: None)
    assert not any(name == "prasan_backup_age_seconds" for name, _labels in read(watcher))
    clock.ended("projectplan.tasks.sweep", now)
    clock.ended("parliament.tasks.make_waiting_binders", now - timedelta(minutes=20))
    at = now - timedelta(hours=2)
    Backup.record(begun_at=at, ended_at=at, size=10, place="/backup", is_whole=False)
    found = read(watcher)

    def of(name: str, queue: str) -> float | None:
        return found.get((name, frozenset({("queue", queue)})))

    assert 0 <= (of("prasan_worker_tick_age_seconds", "celery") or 0) < 30
    assert 1200 <= (of("prasan_worker_tick_age_seconds", "papers") or 0) < 1230
    assert of("prasan_worker_tick_age_seconds", "slow") is None
    assert [of("prasan_worker_silent", queue) for queue in ("celery", "papers", "slow")] == [0, 1, 1]
    assert 7200 <= found["prasan_backup_age_seconds", frozenset()] < 7230


def test_a_task_that_waits_is_counted_in_its_queue(watcher: Client) -> None:
    before = value(watcher, "prasan_queue_waiting", queue="slow")
    current_app.send_task("projectplan.tasks.hand_over_waiting")
    assert value(watcher, "prasan_queue_waiting", queue="slow") == before + 1
    current_app.control.purge()


def test_a_queue_that_is_down_is_a_figure_and_no_fault(
    watcher: Client, settings: Any, tmp_path: Path
) -> None:
    settings.REDIS_URL = f"unix://{tmp_path}/nobody.sock"
    assert value(watcher, "prasan_queue_answers") == 0


COUNTS = """
import django; django.setup()
from office import metrics
metrics.count_request("healthz", "GET", 200, 0.001, 0)
"""
SUMS = """
import django; django.setup()
from office import metrics
print(metrics.exposition().decode())
"""


def test_processes_that_share_a_folder_are_counted_together(tmp_path: Path) -> None:
    env = os.environ | {metrics.FOLDER: str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings"}
    for _process in range(3):
        subprocess.run([sys.executable, "-c", COUNTS], env=env, check=True)
    said = subprocess.run([sys.executable, "-c", SUMS], env=env, check=True, capture_output=True, text=True)
    assert 'prasan_requests_total{status="200"} 3.0' in said.stdout


def test_a_folder_that_refuses_the_figures_fails_no_page(tmp_path: Path) -> None:
    env = os.environ | {
        metrics.FOLDER: str(tmp_path / "not-there"),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    said = subprocess.run([sys.executable, "-c", COUNTS], env=env, check=True, capture_output=True, text=True)
    assert "figures_refused" in said.stdout + said.stderr


def test_the_worker_answers_its_watcher_and_nobody_else(settings: Any, tmp_path: Path) -> None:
    settings.METRICS_TOKEN = TOKEN
    server = metrics.serve("127.0.0.1:0")
    address = f"http://127.0.0.1:{server.server_port}/metrics"
    asked = urllib.request.Request(address, headers={"Authorization": f"Bearer {TOKEN}"})
    with urllib.request.urlopen(asked, timeout=5) as answer:
        assert b"prasan_task_seconds" in answer.read()
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(address, timeout=5)
    server.shutdown()
    server.server_close()
