"""Two people at the same moment: crosswise joins wait for each other, one splitting happens once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connections

from complaints.models import Petition
from complaints.models.splitting import Part
from office.models import Event, User
from office.steps import Actor, ChangedMeanwhile, StepRefused, perform
from tests.cast import MORNING, fresh, make_head, make_officer, make_petition
from tests.complaints.test_joining import put_together

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works: Callable[[], object]) -> list[str]:
    """How each came out: they start together, each with a connection of its own."""
    start = threading.Barrier(len(works))

    def one(work: Callable[[], object]) -> str:
        start.wait()
        try:
            work()
        except (ChangedMeanwhile, StepRefused, ValidationError) as refused:
            return type(refused).__name__
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(len(works)) as pool:
        return [future.result(timeout=60) for future in [pool.submit(one, work) for work in works]]


def test_joined_crosswise_at_the_same_moment_one_is_kept() -> None:
    officer, head = make_officer(), make_head()
    for _round in range(5):
        one, other = make_petition(owner=officer), make_petition(owner=officer)
        came_out = at_once(
            lambda one=one, other=other: _join(one, other, officer),
            lambda one=one, other=other: _join(other, one, head),
        )
        assert sorted(came_out)[-1] == "done"
        assert came_out.count("done") == 1
        assert {fresh(one).joined_to_id, fresh(other).joined_to_id} - {None} <= {one.pk, other.pk}
        assert [fresh(one).joined_to_id, fresh(other).joined_to_id].count(None) == 1


def _join(kept: Petition, other: Petition, by: User) -> None:
    put_together(kept, other, by, seen=1, other_seen=1)


def test_split_by_two_at_the_same_moment_it_is_split_once() -> None:
    officer, head = make_officer(), make_head()
    petition = make_petition(owner=officer)

    def split(by: User) -> None:
        parts = [Part(title="ขอย้ายครูที่ลงโทษเกินกว่าเหตุ")]
        perform(petition, "split", actor=Actor(user=by), seen=1, now=MORNING, reason="มีสองเรื่อง", parts=parts)

    came_out = at_once(lambda: split(officer), lambda: split(head))
    assert sorted(came_out) == ["ChangedMeanwhile", "done"]
    assert Petition.objects.filter(split_from=petition).count() == 1
    assert Event.objects.filter(step="split").count() == 1
