"""The queue after a commit: started once, and when it is down the step is saved and the next round sends the letter."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import pytest
import redis
from celery import Celery
from django.conf import settings
from django.core import mail
from django.db import transaction

from complaints.models import State
from config.celery import app as office_app
from office.calendar import OFFICE_TZ
from office.models import Notice
from office.notices import DELIVER_TASK
from office.queue import start_by_name_after_commit
from projectplan.rounds import sweep
from tests.cast import MORNING, fresh, make_category, make_head, make_officer, make_petition, take_step

LATER = datetime(2009, 11, 17, 9, 1, tzinfo=OFFICE_TZ)


@pytest.fixture
def dead_queue(tmp_path: Path) -> Iterator[None]:
    """The office's queue, with nobody at the other end of its socket."""
    broker = f"redis+socket://{tmp_path}/nobody.sock"
    dead = Celery(broker=broker, set_as_current=False)
    dead.conf.broker_transport_options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    dead.set_current()
    yield
    office_app.set_current()
    dead.close()


@pytest.mark.django_db(transaction=True)
def test_with_the_queue_down_a_step_is_saved_and_its_letter_goes_with_the_next_round(
    dead_queue: None, caplog: pytest.LogCaptureFixture
) -> None:
    officer, head = make_officer(), make_head()
    petition = make_petition(owner=officer, petitioner=False)
    words = {"summary": "สรุป", "opinion": "เห็นควรส่ง สพฐ.", "category": make_category()}
    with caplog.at_level(logging.WARNING):
        take_step(petition, "summarise", officer, now=MORNING, **words)

    assert "queue is down" in caplog.text
    assert fresh(petition).state == State.SUMMARISED
    assert Notice.objects.filter(recipient=head, way=Notice.Way.APP).count() == 1
    assert mail.outbox == []
    assert sweep(lambda: LATER).letters.sent == 1
    assert [letter.to for letter in mail.outbox] == [[head.email]]


def queued() -> int:
    """How many tasks wait in the queue of this run."""
    return int(redis.Redis.from_url(settings.REDIS_URL).llen("celery"))


@pytest.mark.django_db(transaction=True)
def test_a_task_asked_for_often_in_one_transaction_starts_once_after_it() -> None:
    before = queued()
    with transaction.atomic():
        start_by_name_after_commit(DELIVER_TASK)
        with transaction.atomic():
            start_by_name_after_commit(DELIVER_TASK)
        assert queued() == before
    assert queued() == before + 1


@pytest.mark.django_db(transaction=True)
def test_a_task_asked_for_in_a_part_that_was_undone_still_starts_for_the_rest() -> None:
    before = queued()
    with transaction.atomic():
        with suppress(ZeroDivisionError), transaction.atomic():
            start_by_name_after_commit(DELIVER_TASK)
            raise ZeroDivisionError
        start_by_name_after_commit(DELIVER_TASK)
    assert queued() == before + 1


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_was_undone_starts_nothing() -> None:
    before = queued()
    with suppress(ZeroDivisionError), transaction.atomic():
        start_by_name_after_commit(DELIVER_TASK)
        raise ZeroDivisionError
    assert queued() == before
