"""A watcher learns whether the process lives and whether the office can work, and nothing else."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from office import beat
from office.models import ClockWork
from projectplan import system_facts

pytestmark = pytest.mark.django_db


def ticks() -> None:
    beat.look(timezone.now(), lambda entry: None)
    ClockWork.objects.update(sent_at=timezone.now())


def test_a_process_that_answers_lives_and_asks_the_database_nothing(
    client: Client, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies


def test_an_office_whose_parts_all_answer_is_ready(client: Client) -> None:
    ticks()
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"database": "ok", "queue": "ok", "clock": "ok", "files": "ok"}


def test_a_queue_that_is_down_is_said_to_be_away(client: Client, settings: Any, tmp_path: Path) -> None:
    ticks()
    settings.REDIS_URL = f"unix://{tmp_path}/nobody.sock"
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"database": "ok", "queue": "away", "clock": "ok", "files": "ok"}


def test_a_clock_that_has_stopped_is_said_to_be_away(client: Client) -> None:
    assert client.get("/readyz").json()["clock"] == "away"
    ticks()
    ClockWork.objects.update(sent_at=timezone.now() - timedelta(minutes=6))
    assert system_facts.look_at_clock(timezone.now()).clock is not None
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["clock"]) == (503, "away")


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_nobody_writes_to_them(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405
