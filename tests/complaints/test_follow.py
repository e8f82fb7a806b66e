"""Following a petition with number and code: what is shown, what never is, and how guessing is made hopeless."""

from __future__ import annotations

import re
from itertools import count
from typing import Any

import pytest
from django.test import Client

from complaints.follow import find, history, parse_number
from complaints.models import Petition, State
from office import seals
from office.models import Secrecy, User
from tests.cast import CODE, MORNING, bring_to, fresh, make_petition, take_step

PAGE = "/petition/follow/"
WRONG = "22222-22222"
_addresses = count(1)


@pytest.fixture
def visitor(db: None) -> Client:
    """Somebody at an address of their own, so that no other test counts against them."""
    number = next(_addresses)
    return Client(REMOTE_ADDR=f"10.3.{number // 250}.{number % 250}")


def ask(client: Client, number: str, code: str = CODE) -> tuple[int, str]:
    """What the page answers: its status and its text."""
    response = client.post(PAGE, {"number": number, "code": code})
    return response.status_code, response.content.decode()


def outcome(client: Client, number: str, code: str) -> tuple[int, str]:
    """The whole answer, without what was typed and without the form's hidden token."""
    status, page = ask(client, number, code)
    without_token = re.sub(r'name="csrfmiddlewaretoken"\s+value="\w+"', "", page)
    return status, without_token.replace(number, "").replace(code, "")


@pytest.mark.parametrize(
    "typed",
    [
        "รท ๑๒/๒๕๕๓",
        "รท 12/2553",
        "รท12/2553",
        "12/2553",
        " ๑๒ / ๒๕๕๓ ",
        "12-2553",
        "รท. ๑๒/๒๕๕๓",
        "12/53",
        "เลขที่ รท ๑๒/๕๓",
        "0012/2553",
    ],
)
def test_a_number_is_read_in_every_shape_people_write_it(typed: str) -> None:
    assert parse_number(typed) == (12, 2553)


@pytest.mark.parametrize(
    "typed", ["", "รท", "12", "12/2553/4", "สิบสอง", "0/2553", "12/2009", "1" * 40 + "/2553"]
)
def test_what_is_no_number_is_told_by_its_shape(typed: str) -> None:
    assert parse_number(typed) is None


def test_number_and_code_show_the_history(visitor: Client, petition: Petition) -> None:
    status, page = ask(visitor, petition.label, CODE.lower().replace("-", " "))
    assert status == 200
    assert petition.label in page
    assert "รับเรื่องของท่านแล้ว" in page
    assert "๑๗ พ.ย. ๕๒" in page.replace("\xa0", " ")


def test_wrong_code_and_unknown_number_answer_alike(visitor: Client, petition: Petition) -> None:
    wrong = outcome(visitor, petition.label, WRONG)
    unknown = outcome(visitor, "รท 99999/2553", CODE)
    assert wrong == unknown
    assert "ไม่พบเรื่องที่ตรงกับเลขเรื่องและรหัสนี้" in wrong[1]


def test_an_unknown_number_costs_the_same_comparison(
    petition: Petition, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = []
    real = seals.code_matches
    monkeypatch.setattr(
        seals, "code_matches", lambda typed, stored: compared.append(typed) or real(typed, stored)
    )
    assert find("99999/2553", WRONG) is None
    assert find(petition.label, WRONG) is None
    assert find("ไม่ใช่เลข", WRONG) is None
    assert compared == [WRONG] * 3


def test_a_code_in_the_address_is_not_looked_at(visitor: Client, petition: Petition) -> None:
    page = visitor.get(PAGE, {"number": petition.label, "code": CODE}).content.decode()
    assert petition.label not in page
    assert CODE not in page


def test_wrong_tries_from_one_address_are_limited_whatever_the_number(
    visitor: Client, petition: Petition, settings: Any
) -> None:
    settings.FOLLOW_LIMIT = "3/15 minutes"
    for number in range(3):
        assert ask(visitor, f"รท {900 + number}/2553", WRONG)[0] == 200
    status, page = ask(visitor, petition.label)
    assert status == 429
    assert "ลองผิดหลายครั้งเกินไป" in page


def test_wrong_tries_for_one_number_are_limited_whatever_the_address(db: None, settings: Any) -> None:
    settings.FOLLOW_LIMIT = "3/15 minutes"
    label = make_petition().label.replace("/", " / ")
    for place in range(3):
        assert ask(Client(REMOTE_ADDR=f"10.4.1.{place}"), label, WRONG)[0] == 200
    assert ask(Client(REMOTE_ADDR="10.4.2.1"), label)[0] == 429
    Petition.objects.all().delete()


def test_looking_again_with_the_right_code_is_never_limited(
    visitor: Client, petition: Petition, settings: Any
) -> None:
    settings.FOLLOW_LIMIT = "2/15 minutes"
    assert [ask(visitor, petition.label)[0] for _time in range(5)] == [200] * 5


def test_the_whole_way_is_told_in_plain_words_with_the_agency_and_the_result(
    officer: User, head: User, executive: User, visitor: Client
) -> None:
    petition = bring_to(
        make_petition(owner=officer), State.CLOSED, officer=officer, head=head, executive=executive
    )
    told = history(petition)
    assert [line.title for line in told.lines] == [
        "รับเรื่องของท่านแล้ว",
        "เจ้าหน้าที่อ่านเรื่องและสรุปพร้อมความเห็นแล้ว",
        "เสนอผู้มีอำนาจสั่งการแล้ว",
        "ผู้มีอำนาจสั่งการมีคำสั่งแล้ว",
        "ส่งเรื่องให้หน่วยงานที่รับผิดชอบแล้ว",
        "หน่วยงานตอบแล้ว",
        "แจ้งผลแก่ท่าน",
        "ยุติเรื่องแล้ว",
    ]
    assert told.lines[4].who == "สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน"
    _status, page = ask(visitor, petition.label)
    assert "โรงเรียนคืนเงินแล้ว" in page
    for inside in ("ทัศนีย์", "ศิริรัตน์", "วิชัย", "เห็นควรส่ง", "ดำเนินการตามเสนอ", "สมศรี", "ตรวจสอบแล้ว คืนเงินครบ"):
        assert inside not in page


def test_going_round_inside_the_office_is_not_told(officer: User, head: User) -> None:
    petition = make_petition(owner=officer)
    for _round in range(2):
        from tests.cast import make_category

        opinion = {"summary": "สรุป", "opinion": "ความเห็น", "category": make_category()}
        take_step(petition, "summarise", officer, **opinion)
        take_step(petition, "send_back", head, reason="แก้ถ้อยคำ")
    assert len(history(fresh(petition)).lines) == 2


def test_of_a_secret_matter_no_agency_is_named(officer: User, head: User, executive: User) -> None:
    secret = make_petition(owner=officer, secrecy=Secrecy.SECRET)
    petition = bring_to(secret, State.REFERRED, officer=officer, head=head, executive=executive)
    assert "หน่วยงานที่รับผิดชอบ" in {line.who for line in history(petition).lines}
    assert not any("สำนักงานคณะ" in line.who for line in history(petition).lines)


def test_every_state_says_what_comes_next(officer: User, head: User, executive: User) -> None:
    from complaints.follow import NOW

    assert set(NOW) == set(State)


def test_the_page_is_not_kept_and_costs_few_queries(
    visitor: Client, petition: Petition, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(5):
        response = visitor.post(PAGE, {"number": petition.label, "code": CODE})
    assert "no-store" in response["Cache-Control"]
    assert petition.received_at == MORNING
