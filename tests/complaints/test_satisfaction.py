"""Three questions to somebody who was told the result: answered once, and never before."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest
from django.test import Client

from complaints.models import Petition, Satisfaction, State
from office.models import User
from tests.cast import CODE, bring_to, make_petition, take_step
from tests.complaints.test_public_intake import body

PAGE, RATE = "/petition/follow/", "/petition/follow/satisfaction/"
_addresses = count(1)


@pytest.fixture
def citizen(db: None) -> Client:
    """Somsri at an address of her own."""
    number = next(_addresses)
    return Client(REMOTE_ADDR=f"10.24.{number // 250}.{number % 250}")


@pytest.fixture
def told(officer: User, head: User, executive: User) -> Petition:
    """A petition whose petitioner was told the result."""
    return bring_to(
        make_petition(owner=officer), State.INFORMED, officer=officer, head=head, executive=executive
    )


def look(citizen: Client, petition: Petition) -> str:
    return body(citizen.post(PAGE, {"number": petition.label, "code": CODE}))


def rated(citizen: Client, page: str, **changes: str) -> Any:
    """Somsri's answers, sent from the page."""
    sealed = page.split(f'action="{RATE}')[1].split('name="pass" value="')[1].split('"')[0]
    given = {"speed": "4", "clarity": "5", "help": "3", "remark": "เจ้าหน้าที่พูดดี"}
    return citizen.post(RATE, {"pass": sealed} | given | changes)


def test_the_questions_come_with_the_result_and_are_answered_in_words(
    citizen: Client, told: Petition
) -> None:
    page = look(citizen, told)
    for words in ("ความรวดเร็วในการดำเนินการ", "ความชัดเจนของคำชี้แจง", "๕ · มากที่สุด", "๑ · น้อยที่สุด"):
        assert words in page
    response = rated(citizen, page)
    assert "ขอบคุณ คำตอบของท่านช่วยให้เราบริการได้ดีขึ้น" in body(response)
    assert RATE not in body(response)
    given = Satisfaction.objects.get()
    assert (given.pk, given.speed, given.clarity, given.help) == (told.pk, 4, 5, 3)
    assert given.remark == "เจ้าหน้าที่พูดดี"


@pytest.mark.parametrize("state", [State.SUMMARISED, State.REFERRED, State.ANSWERED])
def test_nobody_is_asked_before_the_result(
    state: State, citizen: Client, officer: User, head: User, executive: User
) -> None:
    petition = bring_to(make_petition(owner=officer), state, officer=officer, head=head, executive=executive)
    assert RATE not in look(citizen, petition)


def test_a_closed_matter_is_asked_about_and_a_reopened_one_is_not(
    citizen: Client, told: Petition, officer: User
) -> None:
    take_step(told, "close", officer, result=Petition.Result.GRANTED)
    page = look(citizen, told)
    assert RATE in page
    take_step(told, "reopen", officer, reason="มีข้อมูลใหม่")
    assert RATE not in look(citizen, told)
    rated(citizen, page)  # a page left open
    assert not Satisfaction.objects.exists()


def test_they_are_answered_once_and_the_page_remembers(citizen: Client, told: Petition) -> None:
    page = look(citizen, told)
    rated(citizen, page)
    again = rated(citizen, page, speed="1")
    assert "ขอบคุณ ท่านตอบคำถามเหล่านี้แล้ว" in body(again)
    assert Satisfaction.objects.get().speed == 4
    later = look(citizen, told)
    assert RATE not in later
    assert "ขอบคุณที่ตอบแบบวัดความพึงพอใจแล้ว" in later


@pytest.mark.parametrize("changes", [{"speed": ""}, {"clarity": "6"}, {"help": "มาก"}, {"help": "0"}])
def test_what_is_left_open_is_said_and_the_rest_stays(
    changes: dict[str, str], citizen: Client, told: Petition
) -> None:
    response = rated(citizen, look(citizen, told), **changes)
    page = body(response)
    assert response.status_code == 422
    assert "ยังไม่ได้ส่ง ยังตอบไม่ครบทุกข้อ" in page
    assert page.count("errorlist") == 1
    assert "เจ้าหน้าที่พูดดี" in page
    assert page.count(" checked") == 2
    assert not Satisfaction.objects.exists()


def test_without_number_and_code_nothing_is_taken(citizen: Client, told: Petition) -> None:
    answer = citizen.post(RATE, {"pass": "made-up", "speed": "5", "clarity": "5", "help": "5"})
    assert answer["Location"] == PAGE
    assert not Satisfaction.objects.exists()
