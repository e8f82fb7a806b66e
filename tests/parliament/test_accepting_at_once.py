"""Two agencies accept the same question in the same instant: one has it, the other is told so kindly."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import Client

from office.models import Event
from parliament.models import AgencyRequest, RequestLink
from tests.cast import MORNING
from tests.parliament.cast import make_politics_officer
from tests.parliament.questions_cast import ask, make_agencies, make_interpellation

pytestmark = pytest.mark.django_db(transaction=True)

TIMES = 100
AGENCIES = 2


def test_of_two_that_accept_at_the_same_instant_exactly_one_wins_each_time() -> None:
    officer = make_politics_officer()
    agencies = make_agencies(AGENCIES)
    with ThreadPoolExecutor(AGENCIES) as pool:
        for _time in range(TIMES):
            question = make_interpellation(owner=officer, received_at=MORNING)
            requests = ask(question, officer, agencies, is_offer=True)
            addresses = [
                f"/p/ask/{RequestLink.issue(one, MORNING.replace(year=2100)).secret}/" for one in requests
            ]
            start = threading.Barrier(AGENCIES)
            pages = list(pool.map(_accept, addresses, [start] * AGENCIES))
            standings = sorted(
                one.standing for one in AgencyRequest.objects.filter(matter=question).with_whom()
            )
            assert standings == [AgencyRequest.Standing.ACCEPTED, AgencyRequest.Standing.PASSED_OVER]
            assert sorted(status for status, _page in pages) == [200, 410]
            for status, page in pages:
                told = "หน่วยงานอื่นรับเรื่องนี้แล้ว" if status == 410 else "ท่านแจ้งเมื่อ"
                assert told in page
            events = Event.objects.filter(matter=question, step="accept_request")
            assert [event.changes["passed_over"][0] for event in events] == [""]
            assert question.events.count() == 3  # received, asked, accepted


def _accept(address: str, start: threading.Barrier) -> tuple[int, str]:
    """Press “We will answer” together with the other, and read the page that comes of it."""
    try:
        client = Client()
        start.wait(timeout=60)
        response = client.post(address, {"act": "accept"}, follow=True)
        return response.status_code, response.content.decode()
    finally:
        connections.close_all()
