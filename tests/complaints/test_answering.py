"""The petitioner answers what was missing, with number and code alone, and the matter goes on."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from complaints.models import Petition, Question, State
from complaints.public.follow import seal_pass
from office.models import Document, Event, User
from tests.cast import CODE, fresh, make_petition, take_step
from tests.complaints.test_public_intake import body
from tests.office import samples
from tests.office.samples import upload

PAGE, ANSWER = "/petition/follow/", "/petition/follow/answer/"
ASKED = "ขอทราบชื่อโรงเรียนและวันที่ชำระเงิน"
SAID = "โรงเรียนบ้านสวน ชำระเมื่อวันที่ ๑ พฤศจิกายน"
_addresses = count(1)


@pytest.fixture
def citizen(db: None) -> Client:
    """Somsri at an address of her own."""
    number = next(_addresses)
    return Client(REMOTE_ADDR=f"10.23.{number // 250}.{number % 250}")


@pytest.fixture
def asked(officer: User, head: User) -> Petition:
    """A petition from which something is missing."""
    now = timezone.now()
    petition = make_petition(owner=officer, received_at=now)
    take_step(petition, "ask_petitioner", officer, now=now, asked=ASKED)
    return fresh(petition)


def look(citizen: Client, petition: Petition) -> str:
    """The follow-up page, with number and code."""
    return body(citizen.post(PAGE, {"number": petition.label, "code": CODE}))


def hidden(page: str) -> dict[str, str]:
    """What the answer's form carries."""
    form = page.split(f'action="{ANSWER}')[1].split("</form>")[0]
    return {name: form.split(f'name="{name}" value="')[1].split('"')[0] for name in ("pass", "question")}


def answered(citizen: Client, page: str, **given: Any) -> Any:
    return citizen.post(ANSWER, hidden(page) | {"answer": SAID} | given)


def test_the_page_says_what_is_missing_and_by_when(citizen: Client, asked: Petition) -> None:
    page = look(citizen, asked)
    due = Question.objects.get().deadline.due_at
    assert ASKED in page
    assert due > timezone.now()
    assert "โปรดตอบภายใน" in page
    assert "ขอข้อมูลเพิ่มเติมจากท่าน" in page


def test_nothing_is_asked_where_nothing_is_missing(citizen: Client, petition: Petition) -> None:
    assert ANSWER not in look(citizen, petition)


def test_an_answer_with_a_file_goes_into_the_matter_and_it_goes_on(citizen: Client, asked: Petition) -> None:
    response = answered(citizen, look(citizen, asked), attachments=[upload("ใบเสร็จ.pdf", samples.PDF)])
    assert response.status_code == 200
    assert "ได้รับคำตอบของท่านแล้ว และดำเนินเรื่องต่อแล้ว" in body(response)
    assert ANSWER not in body(response)
    question = Question.objects.get()
    assert question.answer == SAID
    assert question.answered_at is not None
    assert fresh(asked).state == State.RECEIVED
    document = Document.objects.get(matter=asked)
    assert (document.name, document.source) == ("ใบเสร็จ.pdf", Document.Source.PETITIONER)
    event = Event.objects.get(matter=asked, step="petitioner_answers")
    assert (event.actor, event.actor_label) == (None, "ผู้ร้อง")


def test_a_file_alone_is_an_answer(citizen: Client, asked: Petition) -> None:
    answered(citizen, look(citizen, asked), answer="", attachments=[upload("ใบเสร็จ.pdf", samples.PDF)])
    assert fresh(asked).state == State.RECEIVED


def test_an_empty_answer_is_said_beside_the_field(citizen: Client, asked: Petition) -> None:
    response = answered(citizen, look(citizen, asked), answer="")
    assert response.status_code == 422
    assert "เขียนคำตอบ" in body(response)
    assert fresh(asked).state == State.ASKED


def test_a_file_that_cannot_be_taken_loses_neither_the_words_nor_the_other_file(
    citizen: Client, asked: Petition
) -> None:
    files = [upload("ดี.pdf", samples.PDF), upload("โปรแกรม.pdf", samples.PROGRAM)]
    response = answered(citizen, look(citizen, asked), attachments=files)
    page = body(response)
    assert response.status_code == 422
    assert "โปรแกรม.pdf" in page
    assert SAID in page
    assert "ดี.pdf" in page
    kept = page.split('name="attachments-kept"')[1].split('value="')[1].split('"')[0]
    answered(citizen, page, **{"attachments-kept": kept})
    assert Document.objects.get(matter=asked).name == "ดี.pdf"


def test_a_second_click_says_that_it_has_arrived(citizen: Client, asked: Petition) -> None:
    page = look(citizen, asked)
    answered(citizen, page)
    again = answered(citizen, page, answer="อีกครั้ง")
    assert again.status_code == 200
    assert "ได้รับคำตอบของท่านแล้ว ขณะนี้ไม่ต้องให้ข้อมูลเพิ่ม" in body(again)
    assert Question.objects.get().answer == SAID
    assert Event.objects.filter(step="petitioner_answers").count() == 1


def test_an_answer_to_what_is_no_longer_asked_is_explained(
    citizen: Client, asked: Petition, officer: User
) -> None:
    page = look(citizen, asked)
    take_step(asked, "go_on", officer, now=timezone.now(), reason="ได้ข้อมูลจากหน่วยงานแล้ว")
    response = answered(citizen, page)
    assert "ไม่ต้องตอบคำถามนี้แล้ว" in body(response)
    assert Question.objects.get().answer == ""


# ── Number and code are asked for again with every answer ─────────────────────────────────────


def test_the_code_stands_on_the_page_sealed_only_and_in_no_address(citizen: Client, asked: Petition) -> None:
    page = look(citizen, asked)
    assert CODE not in page
    assert CODE.replace("-", "") not in page
    assert CODE not in str(dict(citizen.session))
    assert "?" not in page.split(f'action="{ANSWER}')[1].split('"')[0]


@pytest.mark.parametrize("given", ["", "made-up", None])
def test_without_a_true_pass_nothing_is_answered(citizen: Client, asked: Petition, given: str | None) -> None:
    sent = hidden(look(citizen, asked)) | {"answer": SAID}
    sent = {name: text for name, text in sent.items() if name != "pass"}
    response = citizen.post(ANSWER, sent if given is None else sent | {"pass": given})
    assert response["Location"] == PAGE
    assert fresh(asked).state == State.ASKED


def test_a_pass_sealed_over_a_wrong_code_or_too_old_opens_nothing(citizen: Client, asked: Petition) -> None:
    question = hidden(look(citizen, asked))["question"]
    now = timezone.now()
    for sealed in (
        seal_pass(asked.label, "22222-22222", now),
        seal_pass(asked.label, CODE, now - timedelta(days=2)),
    ):
        response = citizen.post(ANSWER, {"pass": sealed, "question": question, "answer": SAID})
        assert response["Location"] == PAGE
    assert fresh(asked).state == State.ASKED


def test_the_pass_of_one_petition_answers_no_question_of_another(
    citizen: Client, asked: Petition, petition: Petition
) -> None:
    sealed = seal_pass(petition.label, CODE, timezone.now())
    question = hidden(look(citizen, asked))["question"]
    citizen.post(ANSWER, {"pass": sealed, "question": question, "answer": SAID})
    assert fresh(asked).state == State.ASKED
    assert citizen.post(ANSWER, {"pass": sealed, "question": "x" * 30, "answer": SAID}).status_code == 200


def test_answering_is_by_post_only_and_limited(citizen: Client, asked: Petition, settings: Any) -> None:
    assert citizen.get(ANSWER).status_code == 405
    settings.PUBLIC_FORM_LIMIT = "1/hour"
    page = look(citizen, asked)
    answered(citizen, page)
    Question.objects.update(answered_at=None, answer="")
    refused = answered(citizen, page)
    assert refused.status_code == 429
    assert "มีการส่งคำตอบจากเครือข่ายนี้จำนวนมาก" in body(refused)
    assert SAID in body(refused)
