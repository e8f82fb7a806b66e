"""Several workers at the same time: each reminder is written once, each letter sent once, no step is held up."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any, TypeVar

import pytest
from django.db import connection, connections, transaction

from complaints.models import Petition
from office.calendar import OFFICE_TZ
from office.delivery import deliver
from office.letters import Letter
from office.models import Notice, User
from office.notices import write_outside
from office.reminders import remind_due
from tests.cast import MORNING, make_officer, make_petition
from tests.postbox import Postbox, open_postbox

pytestmark = pytest.mark.django_db(transaction=True)

WORKERS = 4
DUE_MORNING = datetime(2009, 11, 18, 8, 30, tzinfo=OFFICE_TZ)
T = TypeVar("T")


@pytest.fixture
def postbox(settings: Any) -> Iterator[Postbox]:
    with open_postbox() as box:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        yield box


def at_once(work: Callable[[], T]) -> list[T]:
    """What each of the workers returns; they start together, each with a connection of its own."""
    start = threading.Barrier(WORKERS)

    def one() -> T:
        start.wait()
        try:
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(WORKERS) as pool:
        return [future.result() for future in [pool.submit(one) for _worker in range(WORKERS)]]


def test_reminders_given_by_several_workers_are_written_once() -> None:
    officer: User = make_officer()
    for _number in range(30):
        make_petition(owner=officer, petitioner=False)
    assert sum(at_once(lambda: remind_due(DUE_MORNING, batch=5))) == 30
    assert Notice.objects.filter(way=Notice.Way.APP).count() == 30


def test_letters_sent_by_several_workers_go_once(postbox: Postbox) -> None:
    petition = make_petition(petitioner=False)
    for number in range(60):
        write_outside(
            Notice.Kind.PETITION_RECEIVED, once=f"n{number}", now=MORNING, matter=petition, subject_id=1
        )

    def work() -> int:
        return deliver(lambda notice: Letter("a@mail.example", "ก", "ก"), clock=lambda: MORNING).sent

    assert sum(at_once(work)) == 60
    assert set(Counter(postbox.message_ids).values()) == {1}
    assert len(postbox.message_ids) == 60


def test_one_summary_is_made_of_what_several_workers_find(postbox: Postbox) -> None:
    officer = make_officer()
    officer.email_delivery = User.Delivery.DIGEST
    officer.save()
    for _number in range(10):
        make_petition(owner=officer, petitioner=False)
    remind_due(DUE_MORNING)
    thursday = DUE_MORNING.replace(day=19, hour=8, minute=0)
    sent = at_once(lambda: deliver(lambda notice: None, clock=lambda: thursday).sent)
    assert sum(sent) == len(postbox.letters) == 1
    assert Notice.objects.get(kind=Notice.Kind.DIGEST).items.count() == 10


def test_a_step_under_way_and_a_round_do_not_hold_each_other_up() -> None:
    officer = make_officer()
    busy, free = (
        make_petition(owner=officer, petitioner=False),
        make_petition(owner=officer, petitioner=False),
    )
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Petition.objects.select_for_update().get(pk=busy.pk)
            reminding = pool.submit(_round)
            if connection.features.has_select_for_update_skip_locked:
                # The round passes the matter by; where there is one writer at a time it waits for the step.
                assert reminding.result(timeout=30) == 1
                assert [notice.matter_id for notice in Notice.objects.filter(way=Notice.Way.APP)] == [free.pk]
            Petition.objects.filter(pk=busy.pk).update(title="ร้องเรียนการเก็บเงินบำรุงการศึกษา")
        reminding.result(timeout=30)
    remind_due(DUE_MORNING)
    assert Notice.objects.filter(way=Notice.Way.APP).count() == 2


def _round() -> int:
    try:
        return remind_due(DUE_MORNING)
    finally:
        connections.close_all()
