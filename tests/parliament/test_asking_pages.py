"""An agency's page behind its link, the letters that bring it, and what the clock writes."""

from __future__ import annotations

import logging
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from office.calendar import OFFICE_TZ
from office.models import Document, Event, Notice, Secrecy, User
from office.steps import Actor, StepRefused
from office.thai import format_numeric
from parliament.chasers import chase_late_agencies, remind_agencies
from parliament.letters import compose
from parliament.models import AgencyRequest, AnswerState, Interpellation, RequestLink
from projectplan.rounds import sweep
from tests.cast import MORNING
from tests.office import samples
from tests.office.samples import upload
from tests.parliament.cast import make_politics_officer
from tests.parliament.questions_cast import (
    ask,
    clerk_of,
    fresh,
    make_agencies,
    make_interpellation,
    take_step,
)

pytestmark = pytest.mark.django_db

State = AnswerState


@pytest.fixture
def wiriya() -> User:
    return make_politics_officer()


@pytest.fixture
def question(wiriya: User) -> Interpellation:
    return make_interpellation(owner=wiriya)


@pytest.fixture
def request_(question: Interpellation, wiriya: User) -> AgencyRequest:
    return ask(question, wiriya, make_agencies(1))[0]


def address(request: AgencyRequest, *, issued_at: datetime | None = None) -> str:
    return f"/p/ask/{RequestLink.issue(request, issued_at or timezone.now()).secret}/"


def body(response: Any) -> str:
    return str(response.content.decode())


def at(month: int, day: int, hour: int = 9) -> datetime:
    return datetime(2009, month, day, hour, 0, tzinfo=OFFICE_TZ)


# ── The page ──────────────────────────────────────────────────────────────────────────────────


def test_the_page_shows_what_is_asked_and_changes_nothing(
    request_: AgencyRequest, question: Interpellation, client: Client
) -> None:
    before = fresh(question).version
    response = client.get(address(request_))
    page = body(response)
    for shown in (question.title, question.label, "ขอข้อเท็จจริงและแนวทางการตอบ", "๑. เหตุใดโรงเรียนยังเรียกเก็บเงิน"):
        assert shown in page
    assert "วิริยา" not in page
    assert fresh(question).version == before
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"].startswith("noindex")
    assert response["Referrer-Policy"] == "strict-origin"


def test_of_a_secret_matter_only_its_number_is_shown(wiriya: User, client: Client) -> None:
    secret = make_interpellation(owner=wiriya, secrecy=Secrecy.SECRET)
    [request] = ask(secret, wiriya, make_agencies(1))
    page = body(client.get(address(request)))
    assert secret.label in page
    assert secret.title not in page
    assert "เหตุใดโรงเรียน" not in page
    letter = compose(Notice.objects.get(kind=Notice.Kind.PARLIAMENT_REQUEST), now=MORNING)
    assert letter
    assert secret.label in letter.subject
    assert secret.title not in letter.body


def test_the_agency_answers_with_files_and_sees_what_it_sent(
    request_: AgencyRequest, question: Interpellation, client: Client
) -> None:
    given = {"act": "answer", "answer": "เก็บจริง ๓ แห่ง", "attachments": [upload("ข้อมูล.pdf", samples.PDF)]}
    page = body(client.post(address(request_), given, follow=True))
    for shown in ("ขอบคุณ ได้รับคำตอบของท่านแล้ว", "เก็บจริง ๓ แห่ง", "ข้อมูล.pdf"):
        assert shown in page
    document = Document.objects.get(matter=question)
    assert (document.source, document.added_by) == (Document.Source.AGENCY, None)
    assert fresh(question).state == State.DRAFTING
    event = Event.objects.get(step="answer_request")
    assert (event.actor, event.actor_label) == (None, request_.agency.name)


def test_a_used_link_takes_nothing_more_and_tells_nothing(request_: AgencyRequest, client: Client) -> None:
    link = address(request_)
    client.post(link, {"act": "answer", "answer": "คำตอบแรก"})
    other = Client()
    response = other.get(link)
    assert response.status_code == 410
    assert "คำตอบแรก" not in body(response)
    assert other.post(link, {"act": "answer", "answer": "คำตอบสอง"}).status_code == 410
    assert AgencyRequest.objects.get().answer == "คำตอบแรก"


def test_an_offer_that_another_accepted_says_so_kindly_and_takes_nothing(
    question: Interpellation, wiriya: User, client: Client
) -> None:
    one, other = ask(question, wiriya, make_agencies(), is_offer=True)
    mine, theirs = address(one), address(other)
    assert "หน่วยงานของท่านจะเป็นผู้ตอบหรือไม่" in body(client.get(mine))
    for _click in range(2):
        assert client.post(mine, {"act": "accept"}).status_code == 302
    assert Event.objects.filter(step="accept_request").count() == 1
    for response in (Client().get(theirs), Client().post(theirs, {"act": "accept"}, follow=True)):
        assert response.status_code == 410
        assert "หน่วยงานอื่นรับเรื่องนี้แล้ว" in body(response)
        assert "ขอบคุณที่พร้อมช่วยเหลือ" in body(response)
    assert "ส่งคำตอบ" in body(client.get(mine))


def test_not_ours_needs_a_reason(request_: AgencyRequest, question: Interpellation, client: Client) -> None:
    link = address(request_)
    response = client.post(link, {"act": "decline", "reason": ""})
    assert response.status_code == 422
    assert "เขียนเหตุผล" in body(response)
    client.post(link, {"act": "decline", "reason": "เป็นของ สอศ."})
    assert fresh(question).state == State.RECEIVED


def test_an_answer_with_a_fault_keeps_its_text_and_its_good_files(
    request_: AgencyRequest, client: Client
) -> None:
    files = [upload("ข้อมูล.pdf", samples.PDF), upload("โปรแกรม.pdf", samples.PROGRAM)]
    response = client.post(address(request_), {"act": "answer", "answer": "ตอบแล้ว", "attachments": files})
    assert response.status_code == 422
    assert "ตอบแล้ว" in body(response)
    assert 'name="attachments-kept"' in body(response)


def test_a_request_taken_back_says_that_no_answer_is_needed(
    request_: AgencyRequest, question: Interpellation, wiriya: User, client: Client
) -> None:
    link = address(request_)
    take_step(question, "take_back_request", wiriya, request=request_, reason="ได้ข้อมูลแล้ว")
    assert client.get(link).status_code == 410
    assert "ไม่" in body(client.get(link))


def test_a_link_too_old_or_broken_says_which(request_: AgencyRequest, client: Client) -> None:
    old = address(request_, issued_at=timezone.now() - timedelta(days=61))
    assert client.get(old).status_code == 410
    assert "ลิงก์นี้หมดอายุแล้ว" in body(client.get(old))
    assert client.get(old[:-9] + "/").status_code == 404


def test_the_secret_stands_in_no_log(
    request_: AgencyRequest, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    link = address(request_)
    with caplog.at_level(logging.DEBUG):
        client.get(link[:-6] + "/")
        client.post(link, {"act": "answer", "answer": "คำตอบ"})
        Client().get(link)
        Client(enforce_csrf_checks=True).post(link, {"act": "answer", "answer": "คำตอบ"})
    assert "/p/ask/…/" in caplog.text
    assert link.split("/")[3][:40] not in caplog.text


def test_the_page_costs_few_queries(
    request_: AgencyRequest, client: Client, django_assert_max_num_queries: Any
) -> None:
    link = address(request_)
    with django_assert_max_num_queries(6):
        client.get(link)


# ── The officer's side ────────────────────────────────────────────────────────────────────────


def test_an_officer_asks_records_and_takes_back_on_pages(
    question: Interpellation, wiriya: User, client_for: Any
) -> None:
    client = client_for(wiriya)
    one, other, _third = make_agencies(3)

    def post(name: str, **given: Any) -> Any:
        page = reverse("parliament:interpellation_step", args=[question.pk, name])
        assert client.get(page).status_code == 200
        return client.post(page, given | {"seen": fresh(question).version})

    alone = post("ask_agencies", asked="ขอข้อมูล", mode="first", agency_1=one.pk)
    assert alone.status_code == 422
    assert "เลือกอีกหนึ่งหน่วยงาน" in body(alone)
    assert (
        post("ask_agencies", asked="ขอข้อมูล", mode="each", agency_1=one.pk, agency_2=other.pk).status_code
        == 302
    )
    twice = post("ask_agencies", asked="ขอข้อมูล", mode="each", agency_1=one.pk)
    assert twice.status_code == 422
    first, second = AgencyRequest.objects.order_by("pk")
    assert post("answer_request", request=first.pk, answer="ตามหนังสือ").status_code == 302
    early = post("extend_request", request=second.pk, until="๑/๑๐/๒๕๕๒", reason="ขอเวลา")
    assert early.context["form"].errors.keys() == {"until"}
    later = format_numeric(timezone.localdate() + timedelta(days=30))
    assert post("extend_request", request=second.pk, until=later, reason="ขอเวลา").status_code == 302
    assert post("take_back_request", request=second.pk, reason="ไม่ต้องแล้ว").status_code == 302
    assert fresh(question).state == State.DRAFTING


# ── Letters ───────────────────────────────────────────────────────────────────────────────────


def test_the_request_brings_the_question_the_date_and_the_link(
    request_: AgencyRequest, question: Interpellation
) -> None:
    notice = Notice.objects.get(kind=Notice.Kind.PARLIAMENT_REQUEST)
    letter = compose(notice, now=MORNING)
    assert letter
    assert letter == compose(notice, now=MORNING)
    assert letter.to == "saraban@obec.example"
    assert question.label in letter.subject
    assert "๒๖ พฤศจิกายน ๒๕๕๒" in letter.subject.replace("\u00a0", " ")
    [secret] = re.findall(r"/p/ask/(\w+)/", letter.body)
    link = RequestLink.find(secret)
    assert link
    assert link.request == request_
    assert secret not in str(list(RequestLink.objects.values_list()))


def test_an_offer_says_that_others_are_asked_too(question: Interpellation, wiriya: User) -> None:
    ask(question, wiriya, make_agencies(), is_offer=True)
    letter = compose(Notice.objects.filter(kind=Notice.Kind.PARLIAMENT_REQUEST)[0], now=MORNING)
    assert letter
    assert "หน่วยงานของเราจะตอบ" in letter.body


def test_to_whom_need_not_answer_any_more_no_letter_goes(
    request_: AgencyRequest, question: Interpellation, wiriya: User
) -> None:
    take_step(question, "answer_request", clerk_of(request_), request=request_, answer="ครบ")
    assert compose(Notice.objects.get(kind=Notice.Kind.PARLIAMENT_REQUEST), now=MORNING) is None


# ── The clock ─────────────────────────────────────────────────────────────────────────────────


def test_an_agency_is_reminded_the_day_before_and_chased_every_second_day_after(
    request_: AgencyRequest,
) -> None:
    # Due on Thursday 26 November 2009; 7 December is a holiday.
    days = [at(11, 18) + timedelta(days=number) for number in range(20)]
    assert [day for day in days if remind_agencies(day)] == [at(11, 25)]
    assert [day for day in days if chase_late_agencies(day)] == [at(11, 27), at(12, 1), at(12, 3)]
    request_.refresh_from_db()
    assert request_.chased_count == 3
    reminder, *chasers = Notice.objects.filter(kind=Notice.Kind.PARLIAMENT_CHASER).order_by("pk")
    assert len(chasers) == 3
    friendly, sharp = compose(reminder, now=at(11, 25)), compose(chasers[0], now=at(11, 27))
    assert friendly
    assert sharp
    assert "ครบกำหนดตอบ" in friendly.subject
    assert "ขอทวงถาม" in sharp.subject


def test_the_officers_own_chaser_counts_and_one_that_answered_is_left_alone(
    request_: AgencyRequest, question: Interpellation, wiriya: User
) -> None:
    take_step(question, "chase_request", wiriya, now=at(11, 27, 8), request=request_)
    assert chase_late_agencies(at(11, 27)) == 0
    take_step(question, "answer_request", clerk_of(request_), now=at(11, 27), request=request_, answer="ครบ")
    assert chase_late_agencies(at(12, 4)) == 0


def test_the_round_of_the_clock_chases_and_stands_in_the_history(request_: AgencyRequest) -> None:
    done = sweep(lambda: at(11, 27))
    assert (done.agencies_chased, done.agencies_reminded) == (1, 0)
    event = Event.objects.get(step="chase_request")
    assert (event.actor, bool(event.actor_label)) == (None, True)
    assert sweep(lambda: at(11, 27, 10)).agencies_chased == 0


def test_outside_office_hours_nobody_is_chased(request_: AgencyRequest) -> None:
    assert [chase_late_agencies(day) for day in (at(11, 28), at(11, 27, 7))] == [0, 0]


def test_the_clock_takes_no_other_step(request_: AgencyRequest, question: Interpellation) -> None:
    with pytest.raises(StepRefused):
        take_step(
            question, "take_back_request", Actor(label="นาฬิกา", is_clock=True), request=request_, reason="x"
        )
