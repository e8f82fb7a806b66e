"""The agency's link: the letter that brings it, the page behind it, and everything it does after it was used."""

from __future__ import annotations

import logging
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from complaints.letters import compose
from complaints.models import AgencyLink, Petition, Referral, State
from complaints.models.agency_steps import Ask
from office.models import Agency, Deadline, Document, Event, Notice, Secrecy, User
from tests.cast import bring_to, fresh, make_agency, make_petition, take_step
from tests.office import samples
from tests.office.samples import upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def referral(officer: User, head: User, executive: User) -> Referral:
    """A petition about fees, handed to the agency."""
    petition = make_petition(owner=officer)
    bring_to(petition, State.REFERRED, officer=officer, head=head, executive=executive)
    return Referral.objects.select_related("petition", "agency").get(petition=petition)


@pytest.fixture
def link(referral: Referral) -> AgencyLink:
    return AgencyLink.issue(referral, timezone.now())


def address(link: AgencyLink) -> str:
    return f"/a/{link.secret}/"


def body(response: Any) -> str:
    return str(response.content.decode())


def test_the_page_says_what_is_asked_and_never_who_asks(link: AgencyLink, client: Client) -> None:
    response = client.get(address(link))
    page = body(response)
    petition = link.referral.petition
    for shown in (petition.label, petition.title, "คนละ ๑,๕๐๐ บาท", "ขอให้ตรวจสอบข้อเท็จจริง"):
        assert shown in page
    for hidden in ("สมศรี", "081-234-5678", "somsri", "ทัศนีย์", "เห็นควรส่ง"):
        assert hidden not in page
    assert fresh(petition).version == petition.version


def test_the_page_is_neither_stored_nor_found_nor_told_to_the_next_one(
    link: AgencyLink, client: Client
) -> None:
    response = client.get(address(link))
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"].startswith("noindex")
    assert response["Referrer-Policy"] == "strict-origin"


def test_of_a_secret_matter_the_page_shows_only_what_is_asked(
    officer: User, head: User, executive: User, client: Client
) -> None:
    secret = make_petition(owner=officer, secrecy=Secrecy.SECRET)
    petition = bring_to(secret, State.REFERRED, officer=officer, head=head, executive=executive)
    page = body(client.get(address(AgencyLink.issue(petition.referrals.get(), timezone.now()))))
    assert petition.title not in page
    assert "คนละ ๑,๕๐๐ บาท" not in page
    assert "เนื้อหาจะส่งถึงท่านเป็นหนังสือ" in page


def test_the_agency_acknowledges_once_and_the_link_stays_good(link: AgencyLink, client: Client) -> None:
    for _click in range(2):
        assert client.post(address(link), {"act": "acknowledge"}).status_code == 302
    assert Event.objects.filter(step="acknowledge").count() == 1
    page = body(client.get(address(link)))
    assert "ท่านแจ้งรับเรื่องแล้วเมื่อ" in page
    assert "ส่งคำตอบ" in page


def test_the_agency_answers_with_files_and_sees_what_it_sent(link: AgencyLink, client: Client) -> None:
    sent = {
        "act": "answer",
        "answer": "ตรวจสอบแล้ว โรงเรียนคืนเงินครบ",
        "attachments": [upload("ผล.pdf", samples.PDF)],
    }
    response = client.post(address(link), sent, follow=True)
    assert "ขอบคุณ ได้รับคำตอบของท่านแล้ว" in body(response)
    assert "โรงเรียนคืนเงินครบ" in body(response)
    assert "ผล.pdf" in body(response)
    petition = fresh(link.referral.petition)
    assert petition.state == State.ANSWERED
    document = Document.objects.get(matter=petition)
    assert (document.source, document.added_by) == (Document.Source.AGENCY, None)
    event = Event.objects.get(step="answer")
    assert (event.actor, event.actor_label) == (None, "สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน")
    assert Deadline.objects.get(referral=link.referral).met_at is not None


def test_a_used_link_says_so_and_takes_nothing_more(link: AgencyLink, client: Client) -> None:
    client.post(address(link), {"act": "answer", "answer": "คำตอบแรก"})
    somebody_else = Client()
    response = somebody_else.get(address(link))
    assert response.status_code == 410
    assert "ลิงก์นี้ใช้ตอบไปแล้ว" in body(response)
    assert "คำตอบแรก" not in body(response)
    assert somebody_else.post(address(link), {"act": "answer", "answer": "คำตอบที่สอง"}).status_code == 410
    assert Referral.objects.get().answer == "คำตอบแรก"


def test_an_answer_closes_the_links_of_every_letter(
    referral: Referral, link: AgencyLink, client: Client
) -> None:
    from_the_chaser = AgencyLink.issue(referral, timezone.now())
    client.post(address(from_the_chaser), {"act": "answer", "answer": "คำตอบ"})
    assert Client().get(address(link)).status_code == 410


def test_an_expired_link_says_where_to_get_a_new_one(referral: Referral, client: Client) -> None:
    old = AgencyLink.issue(referral, timezone.now() - timedelta(days=61))
    response = client.get(address(old))
    assert response.status_code == 410
    assert "ลิงก์นี้หมดอายุแล้ว" in body(response)
    assert client.post(address(old), {"act": "answer", "answer": "ช้าไป"}).status_code == 410
    assert Referral.objects.get().is_open


def test_a_broken_link_says_that_it_is_not_whole(link: AgencyLink, client: Client) -> None:
    response = client.get(address(link)[:-6] + "/")
    assert response.status_code == 404
    assert "ลิงก์นี้ไม่ครบ" in body(response)


def test_not_ours_needs_a_reason_and_then_goes_back_to_the_office(link: AgencyLink, client: Client) -> None:
    page = body(client.post(address(link), {"act": "decline", "reason": ""}))
    assert "เขียนเหตุผล เพื่อให้ส่งต่อได้ถูกหน่วยงาน" in page
    page = body(client.post(address(link), {"act": "decline", "reason": "เป็นของ สช."}, follow=True))
    assert "เป็นของ สช." in page
    assert fresh(link.referral.petition).state == State.ORDERED
    assert Referral.objects.get().decline_reason == "เป็นของ สช."


def test_an_answer_with_a_fault_keeps_its_text_and_its_good_files(link: AgencyLink, client: Client) -> None:
    files = [upload("ผล.pdf", samples.PDF), upload("โปรแกรม.pdf", samples.PROGRAM)]
    page = body(client.post(address(link), {"act": "answer", "answer": "ตรวจแล้ว", "attachments": files}))
    assert "“โปรแกรม.pdf” เป็นโปรแกรมคอมพิวเตอร์ (.exe) จึงรับไม่ได้" in page
    assert "ตรวจแล้ว" in page
    assert 'name="attachments-kept"' in page
    assert Referral.objects.get().is_open


def test_the_secret_stands_in_no_log(
    link: AgencyLink, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        client.get(address(link)[:-6] + "/")
        client.post(address(link), {"act": "answer", "answer": "คำตอบ"})
        Client().get(address(link))
        Client(enforce_csrf_checks=True).post(address(link), {"act": "answer", "answer": "คำตอบ"})
    assert "/a/…/" in caplog.text
    assert link.secret[:40] not in caplog.text


def test_the_page_costs_few_queries(
    link: AgencyLink, client: Client, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(3):
        client.get(address(link))


# ── Letters ───────────────────────────────────────────────────────────────────────────────────


def _letter(kind: str) -> Any:
    return compose(Notice.objects.get(kind=kind))


def test_the_request_brings_the_question_the_date_and_the_link(referral: Referral) -> None:
    letter = _letter(Notice.Kind.AGENCY_REQUEST)
    assert letter.to == "saraban@obec.example"
    assert referral.petition.label in letter.subject
    assert "ขอให้ตรวจสอบข้อเท็จจริง" in letter.body
    assert "สมศรี" not in letter.body
    [secret] = re.findall(r"http://127\.0\.0\.1:8000/a/(\w+)/", letter.body)
    link = AgencyLink.find(secret)
    assert link
    assert link.referral == referral


def test_a_letter_written_again_brings_the_same_link(referral: Referral) -> None:
    first, second = _letter(Notice.Kind.AGENCY_REQUEST), _letter(Notice.Kind.AGENCY_REQUEST)
    assert first == second
    assert AgencyLink.objects.count() == 1


def test_a_chaser_counts_and_brings_a_link_of_its_own(referral: Referral, officer: User) -> None:
    _letter(Notice.Kind.AGENCY_REQUEST)
    take_step(referral.petition, "chase", officer, referral=referral)
    letter = _letter(Notice.Kind.AGENCY_CHASER)
    assert "ทวงถามครั้งที่ ๑" in letter.body
    assert AgencyLink.objects.count() == 2


def test_to_an_agency_without_an_address_or_that_has_answered_no_letter_goes(
    referral: Referral, link: AgencyLink, client: Client
) -> None:
    Agency.objects.update(email="")
    assert _letter(Notice.Kind.AGENCY_REQUEST) is None
    Agency.objects.update(email="saraban@obec.example")
    client.post(address(link), {"act": "answer", "answer": "คำตอบ"})
    assert _letter(Notice.Kind.AGENCY_REQUEST) is None


def test_two_agencies_have_each_their_own_page(
    officer: User, head: User, executive: User, client: Client
) -> None:
    petition = bring_to(
        make_petition(owner=officer), State.ORDERED, officer=officer, head=head, executive=executive
    )
    agencies = [make_agency(), make_agency("สำนักงานปลัดกระทรวงศึกษาธิการ", short_name="สป.")]
    take_step(
        petition, "refer", officer, asks=[Ask(agency, f"ขอให้ {agency.short_name} ตอบ") for agency in agencies]
    )
    first, second = (AgencyLink.issue(one, timezone.now()) for one in petition.referrals.order_by("pk"))
    client.post(address(first), {"act": "answer", "answer": "คำตอบของ สพฐ."})
    assert fresh(petition).state == State.REFERRED
    page = body(client.get(address(second)))
    assert "ขอให้ สป. ตอบ" in page
    assert "คำตอบของ สพฐ." not in page


def test_the_petitioner_is_told_of_receipt_and_result_and_not_of_the_code(
    officer: User, head: User, executive: User
) -> None:
    petition = bring_to(
        make_petition(owner=officer), State.INFORMED, officer=officer, head=head, executive=executive
    )
    received, told = _letter(Notice.Kind.PETITION_RECEIVED), _letter(Notice.Kind.PETITIONER_RESULT)
    assert received.to == told.to == "somsri@mail.example"
    assert petition.label in received.subject
    assert "๑๘ พฤศจิกายน ๒๕๕๒ ๑๖.๓๐ น." in received.body
    assert "โรงเรียนคืนเงินแล้ว" in told.body
    assert "โรงเรียนคืนเงินแล้ว" not in told.subject


def test_the_result_of_a_secret_matter_is_read_on_the_page_only(
    officer: User, head: User, executive: User
) -> None:
    secret = make_petition(owner=officer, secrecy=Secrecy.SECRET)
    bring_to(secret, State.INFORMED, officer=officer, head=head, executive=executive)
    assert "โรงเรียนคืนเงินแล้ว" not in _letter(Notice.Kind.PETITIONER_RESULT).body


def test_what_has_nobody_to_go_to_is_not_written() -> None:
    petition = make_petition()
    Petition.objects.get(pk=petition.pk).petitioner.delete()
    assert _letter(Notice.Kind.PETITION_RECEIVED) is None
