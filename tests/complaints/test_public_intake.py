"""A petition comes in: the citizen's form and its receipt, the officer's form, and everything that may go wrong."""

from __future__ import annotations

import logging
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from complaints.models import Petition, Petitioner
from complaints.registration import RECEIPT, Receipt
from office.calendar import OFFICE_TZ
from office.form_ticket import FormTicket
from office.models import Deadline, Document, Event, Notice, Secrecy, User
from tests.office import samples
from tests.office.samples import upload

FORM, RECEIPT_PAGE = "/petition/", "/petition/receipt/"
THAI_ID = "1101700230678"
_addresses = count(1)


def make_ticket(*, age: timedelta = timedelta(minutes=5)) -> str:
    """The hidden text of a form that was opened a while ago."""
    return FormTicket.open(timezone.now() - age).seal()


def filled(**changes: Any) -> dict[str, Any]:
    """The form as Somsri fills it in."""
    return {
        "ticket": make_ticket(),
        "kind": "complaint",
        "title": "โรงเรียนเก็บเงินบำรุงการศึกษาโดยไม่แจ้ง",
        "story": "เก็บคนละ ๑,๕๐๐ บาท เมื่อวันที่ ๑ พฤศจิกายน ขอให้ตรวจสอบ",
        "province": "12",
        "education_area": "",
        "place": "โรงเรียนบ้านสวน",
        "agency": "",
        "agency_text": "",
        "identity": "named",
        "name": "นางสมศรี ใจดี",
        "telephone": "๐๘๑ ๒๓๔ ๕๖๗๘",
        "email": "",
        "address": "",
        "thai_id": "",
        "consent": "on",
    } | changes


@pytest.fixture
def citizen(db: None) -> Client:
    """Somsri at her own address, so that no other test counts against her."""
    number = next(_addresses)
    return Client(REMOTE_ADDR=f"10.1.{number // 250}.{number % 250}")


def body(response: Any) -> str:
    return str(response.content.decode())


# ── The way it goes ───────────────────────────────────────────────────────────────────────────


def test_the_form_opens_without_an_account_and_lists_every_province_and_area(citizen: Client) -> None:
    page = body(citizen.get(FORM))
    assert page.count("<option") == 77 + 185 + 20 + 3
    assert page.count("<optgroup") == 76  # Bueng Kan had no area of its own in 2553
    assert "ไม่เก็บชื่อและข้อมูลติดต่อใด ๆ เราจะถามรายละเอียดเพิ่มไม่ได้" in page


def test_a_petition_is_registered_and_its_receipt_shows_number_and_code(citizen: Client) -> None:
    response = citizen.post(FORM, filled(email="somsri@mail.example"), follow=True)
    assert response.redirect_chain == [(RECEIPT_PAGE, 302)]
    petition = Petition.objects.get()
    receipt = Receipt.of(citizen.session, timezone.now())
    assert receipt
    assert petition.label in body(response)
    assert receipt.code in body(response)
    assert petition.channel == Petition.Channel.WEB
    assert petition.petitioner.telephone == "081 234 5678"
    assert petition.petitioner.consent_at is not None
    assert Deadline.objects.get(matter=petition).kind == Deadline.Kind.OPINION
    assert Notice.objects.get(kind=Notice.Kind.PETITION_RECEIVED).sent_at is None
    assert Event.objects.get(matter=petition).actor_label == "ผู้ร้อง"


def test_the_code_is_stored_nowhere_in_the_clear(citizen: Client) -> None:
    citizen.post(FORM, filled())
    receipt = Receipt.of(citizen.session, timezone.now())
    assert receipt
    assert receipt.code not in str(dict(citizen.session))
    assert receipt.code not in str(Petition.objects.values().get())


def test_the_receipt_is_this_browsers_for_half_an_hour_and_can_be_wiped_at_once(citizen: Client) -> None:
    citizen.post(FORM, filled())
    assert citizen.get(RECEIPT_PAGE).status_code == 200
    assert Client().get(RECEIPT_PAGE).status_code == 410
    assert Receipt.of(citizen.session, timezone.now() + timedelta(minutes=31)) is None
    citizen.post(RECEIPT_PAGE)
    assert RECEIPT not in citizen.session
    assert "ใบรับเรื่องนี้ไม่แสดงแล้ว" in body(citizen.get(RECEIPT_PAGE))


def test_an_anonymous_petition_keeps_nothing_of_what_was_typed_about_the_person(citizen: Client) -> None:
    citizen.post(FORM, filled(identity="anonymous", consent=""))
    assert Petition.objects.count() == 1
    assert not Petitioner.objects.exists()
    assert "สมศรี" not in Petition.objects.get().search_text


def test_a_thai_id_is_sealed_and_found_by_its_whole_value_only(citizen: Client) -> None:
    citizen.post(FORM, filled(thai_id="1-1017-00230-67-8"))
    row = Petitioner.objects.values().get()
    assert THAI_ID not in str(row)
    assert Petitioner.with_thai_id("๑๑๐๑๗๐๐๒๓๐๖๗๘").get().thai_id == THAI_ID
    assert not Petitioner.with_thai_id(THAI_ID[:12]).exists()


def test_an_area_brings_its_province_and_another_provinces_area_is_refused(citizen: Client) -> None:
    page = body(citizen.post(FORM, filled(province="10", education_area=_area_of("12"))))
    assert "เขตพื้นที่การศึกษานี้ไม่ได้อยู่ในจังหวัดที่เลือก" in page
    citizen.post(FORM, filled(province="", education_area=_area_of("12")))
    assert Petition.objects.get().province_id == "12"


def _area_of(province: str) -> int:
    from office.models import EducationArea

    return EducationArea.objects.filter(province=province).values_list("pk", flat=True)[0]


# ── What may be wrong ─────────────────────────────────────────────────────────────────────────


def test_a_fault_stands_beside_its_field_and_at_the_top_and_nothing_typed_is_lost(citizen: Client) -> None:
    response = citizen.post(FORM, filled(kind="", name="", story="เล่า <b>เรื่อง</b> ยาว"))
    page = body(response)
    assert response.status_code == 200
    assert '<a href="#id_kind">เรื่องของท่านเป็นประเภทใด: เลือกหนึ่งข้อจากสี่ข้อ</a>' in page
    assert '<ul class="errorlist" id="id_name_error"><li>เขียนชื่อของผู้ร้อง หรือเลือกไม่บอกชื่อ</li></ul>' in page
    assert 'aria-describedby="id_name_error"' in page
    for kept in (
        "เล่า &lt;b&gt;เรื่อง&lt;/b&gt; ยาว",
        "โรงเรียนบ้านสวน",
        "๐๘๑ ๒๓๔ ๕๖๗๘",
        '<option value="12" selected>',
    ):
        assert kept in page
    assert not Petition.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"thai_id": "1101700230672"}, "เลขประจำตัวประชาชนไม่ถูกต้อง ตรวจเลข ๑๓ หลักอีกครั้ง"),
        ({"thai_id": "12345"}, "เลขประจำตัวประชาชนไม่ถูกต้อง"),
        ({"telephone": "1234"}, "เขียนหมายเลขให้ครบ"),
        ({"telephone": ""}, "บอกทางติดต่ออย่างน้อยหนึ่งทาง"),
        ({"email": "somsri@"}, "เขียนอีเมลให้ครบ"),
        ({"consent": ""}, "เราใช้ข้อมูลของท่านได้ต่อเมื่อท่านยินยอม"),
        ({"title": "เงิน"}, "เขียนเพิ่มอีกสองสามคำ"),
        ({"story": ""}, "เล่าเรื่องที่เกิดขึ้น"),
        ({"identity": ""}, "เลือกว่าจะบอกชื่อหรือไม่"),
        ({"homepage": "http://spam.example"}, "มีข้อความในช่องที่ต้องเว้นว่าง"),
        ({"ticket": ""}, "เปิดแบบฟอร์มไว้นานเกินหนึ่งวัน"),
        ({"ticket": "made-up"}, "เปิดแบบฟอร์มไว้นานเกินหนึ่งวัน"),
    ],
)
def test_what_is_wrong_is_said_in_thai_and_the_story_stays(
    changes: dict[str, str], words: str, citizen: Client
) -> None:
    page = body(citizen.post(FORM, filled(**changes)))
    assert words in page
    assert changes.get("story", "เก็บคนละ ๑,๕๐๐ บาท") in page
    assert not Petition.objects.exists()


def test_a_form_sent_too_fast_or_too_late_can_be_sent_again_as_it_is(citizen: Client) -> None:
    page = body(citizen.post(FORM, filled(ticket=make_ticket(age=timedelta()))))
    assert "ส่งเร็วกว่าปกติ" in page
    page = body(citizen.post(FORM, filled(ticket=make_ticket(age=timedelta(hours=25)))))
    assert "เปิดแบบฟอร์มไว้นานเกินหนึ่งวัน" in page
    assert "เก็บคนละ ๑,๕๐๐ บาท" in page
    assert not Petition.objects.exists()


def test_a_filled_honeypot_comes_back_empty_so_that_a_person_can_send_again(citizen: Client) -> None:
    page = body(citizen.post(FORM, filled(homepage="http://spam.example")))
    assert "spam.example" not in page


def test_a_file_of_60_megabytes_is_refused_kindly_and_the_rest_of_the_form_stays(citizen: Client) -> None:
    big = upload("วิดีโอทั้งวัน.pdf", samples.PDF + bytes(60 * 1024 * 1024))
    page = body(citizen.post(FORM, filled(attachments=[upload("ใบเสร็จ.pdf", samples.PDF), big])))
    assert "“วิดีโอทั้งวัน.pdf” มีขนาด ๖๑ เมกะไบต์ แนบได้ไฟล์ละไม่เกิน ๒๐ เมกะไบต์" in page
    assert "เก็บคนละ ๑,๕๐๐ บาท" in page
    assert "แนบแล้ว ไม่ต้องแนบซ้ำ" in page
    assert "ใบเสร็จ.pdf" in page


def test_a_program_named_pdf_is_told_for_what_it_is(citizen: Client) -> None:
    page = body(
        citizen.post(FORM, filled(attachments=[upload("รายงาน.pdf", samples.PROGRAM, "application/pdf")]))
    )
    assert "“รายงาน.pdf” เป็นโปรแกรมคอมพิวเตอร์ (.exe) จึงรับไม่ได้" in page
    assert not Petition.objects.exists()


def test_a_file_accepted_before_comes_with_the_next_sending(citizen: Client) -> None:
    page = body(citizen.post(FORM, filled(story="", attachments=[upload("ใบเสร็จ.pdf", samples.PDF)])))
    [token] = re.findall(r'name="attachments-kept"\s+value="([^"]+)"', page)
    citizen.post(FORM, filled(**{"attachments-kept": [token]}))
    document = Document.objects.get()
    assert (document.name, document.source) == ("ใบเสร็จ.pdf", Document.Source.PETITIONER)
    assert default_storage.open(document.path).read() == samples.PDF


def test_over_the_limit_the_form_comes_back_with_the_text_and_429(citizen: Client, settings: Any) -> None:
    settings.PUBLIC_FORM_LIMIT = "2/hour"
    for number in range(2):
        assert citizen.post(FORM, filled(title=f"เรื่องที่ {number} ของวันนี้")).status_code == 302
    response = citizen.post(FORM, filled(title="เรื่องที่สามของวันนี้"))
    assert response.status_code == 429
    assert "มีการส่งเรื่องจากเครือข่ายนี้จำนวนมากในเวลาสั้น" in body(response)
    assert "เรื่องที่สามของวันนี้" in body(response)
    assert Petition.objects.count() == 2


# ── Twice, at once, and without a queue ───────────────────────────────────────────────────────


def test_a_second_click_leads_to_the_same_receipt(citizen: Client) -> None:
    sent = filled()
    citizen.post(FORM, sent)
    first = Receipt.of(citizen.session, timezone.now())
    citizen.post(FORM, sent)
    assert Receipt.of(citizen.session, timezone.now()) == first
    assert Petition.objects.count() == 1
    citizen.post(FORM, sent | {"story": "อีกเรื่องหนึ่งจากหน้าเดิม"})
    assert Petition.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_clicks_in_the_same_moment_make_one_petition() -> None:
    sent = filled()

    def click(_number: int) -> int:
        try:
            return Client(REMOTE_ADDR="10.2.0.1").post(FORM, sent).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=4) as pool:
        assert list(pool.map(click, range(4))) == [302] * 4
    assert Petition.objects.count() == 1


@pytest.fixture
def queue_down(settings: Any) -> None:
    """Every address of the queue leads nowhere."""
    settings.REDIS_URL = "unix:///nonexistent/valkey.sock"
    settings.LIMITS_STORAGE_URL = "redis+unix:///nonexistent/intake.sock"
    settings.CELERY_BROKER_URL = "redis+socket:///nonexistent/valkey.sock"
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": settings.REDIS_URL}}


def test_with_the_queue_down_the_petition_is_saved_and_its_letter_waits(
    queue_down: None, citizen: Client
) -> None:
    response = citizen.post(FORM, filled(email="somsri@mail.example"), follow=True)
    assert response.status_code == 200
    assert Petition.objects.get().label in body(response)
    assert Notice.objects.filter(kind=Notice.Kind.PETITION_RECEIVED, sent_at=None).count() == 1


# However it is written, and any part of it that is not the middle of a moment, a duration or a key.
TELEPHONE = r"๐๘๑|๕๖๗๘|(?<![\w.,:])081(?!\w)|81\D?234|34\D?5678"


@pytest.mark.parametrize(
    "written", ["๐๘๑ ๒๓๔ ๕๖๗๘", "081 234 5678", "0812345678", "+66812345678", "tel=081", "'081-…'"]
)
def test_a_telephone_number_is_recognised_in_a_log(written: str) -> None:
    assert re.search(TELEPHONE, written)
    assert not re.search(TELEPHONE, "12:05:09,081 (0.081) SELECT 10813 'a081f' 2081")


def test_nothing_personal_stands_in_a_log_or_an_address(
    citizen: Client, caplog: pytest.LogCaptureFixture
) -> None:
    personal = re.compile(rf"สมศรี|{TELEPHONE}|somsri|{THAI_ID}|เก็บคนละ")
    with caplog.at_level(logging.DEBUG):
        wrong = citizen.post(FORM, filled(email="somsri@", thai_id=THAI_ID))
        response = citizen.post(FORM, filled(email="somsri@mail.example", thai_id=THAI_ID), follow=True)
    said = caplog.messages
    assert wrong.status_code == response.status_code == 200
    assert not [line for line in said if personal.search(line)]
    receipt = Receipt.of(citizen.session, timezone.now())
    assert receipt
    assert receipt.code not in caplog.text
    assert response.redirect_chain == [(RECEIPT_PAGE, 302)]


def test_the_public_pages_cost_few_queries(citizen: Client, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(5):
        citizen.get(FORM)
    with django_assert_max_num_queries(8):
        citizen.post(FORM, filled(story=""))
    with django_assert_max_num_queries(34):
        citizen.post(FORM, filled())
    with django_assert_max_num_queries(8):
        citizen.get(RECEIPT_PAGE)


# ── The officer's form ────────────────────────────────────────────────────────────────────────


def on_paper(**changes: Any) -> dict[str, Any]:
    """A letter of Tuesday 17 November 2552 as Thatsanee registers it."""
    extra = {
        "channel": "letter",
        "received_on": "๑๗ พ.ย. ๒๕๕๒",
        "received_time": "๑๔.๓๐",
        "secrecy": "0",
        "telephone": "",
    }
    return filled(**(extra | changes))


def test_only_officers_and_heads_of_the_subgroup_register(
    officer: User, head: User, executive: User, administrator: User, stranger: User, client_for: Any
) -> None:
    page = reverse("complaints:intake")
    for person, status in (
        (officer, 200),
        (head, 200),
        (executive, 403),
        (administrator, 403),
        (stranger, 403),
    ):
        client = client_for(person)
        # Not alike, or the second one would be asked about as a double.
        sent = on_paper(title=person.username * 3, story=person.username * 9, name=person.username, place="")
        assert client.get(page).status_code == status
        assert client.post(page, sent).status_code == {200: 302, 403: 403}[status]
    assert "ผู้ลงรับเรื่องคือเจ้าหน้าที่กลุ่มรับเรื่องราวร้องทุกข์" in body(client_for(stranger).get(page))
    assert Client().get(page).status_code == 302


def test_a_letter_is_registered_with_the_day_it_came(officer: User, client_for: Any) -> None:
    client = client_for(officer)
    response = client.post(reverse("complaints:intake"), on_paper(take_it="on", secrecy="1"), follow=True)
    petition = Petition.objects.get()
    assert petition.received_at.astimezone(OFFICE_TZ).isoformat() == "2009-11-17T14:30:00+07:00"
    assert (petition.owner, petition.channel, petition.secrecy) == (officer, "letter", Secrecy.CONFIDENTIAL)
    assert petition.year == 2553
    receipt = Receipt.of(client.session, timezone.now())
    assert receipt
    assert petition.label in body(response)
    assert receipt.code in body(response)
    assert Event.objects.get(matter=petition).actor == officer


def test_an_hour_left_out_is_the_opening_of_an_earlier_day(officer: User, client_for: Any) -> None:
    client_for(officer).post(reverse("complaints:intake"), on_paper(received_time=""))
    assert Petition.objects.get().received_at.astimezone(OFFICE_TZ).isoformat() == "2009-11-17T08:30:00+07:00"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"received_on": "31 กุมภาพันธ์ 2553"}, "กุมภาพันธ์ ๒๕๕๓ มี ๒๘ วัน"),
        ({"received_on": "๓๑/๒/๒๕๕๓"}, "กุมภาพันธ์ ๒๕๕๓ มี ๒๘ วัน"),
        ({"received_on": "๑ มกราคม ๒๗๐๐"}, "ต้องไม่หลังวันที่"),
        ({"received_on": ""}, "เขียนวันที่รับเรื่อง"),
        ({"received_time": "๒๕.๐๐"}, "เขียนชั่วโมงและนาที เช่น ๑๔.๓๐"),
        ({"channel": "politician"}, "เขียนชื่อผู้ที่ส่งเรื่องมา"),
        ({"name": ""}, "เขียนชื่อของผู้ร้อง หรือเลือกไม่บอกชื่อ"),
        ({"channel": "web"}, "web"),
    ],
)
def test_what_is_wrong_with_a_letter_is_said_and_what_was_typed_stays(
    changes: dict[str, str], words: str, officer: User, client_for: Any
) -> None:
    response = client_for(officer).post(reverse("complaints:intake"), on_paper(**changes))
    assert response.status_code == 200
    assert words in body(response)
    for typed in ("เก็บคนละ ๑,๕๐๐ บาท", changes.get("received_on", "๑๗ พ.ย. ๒๕๕๒")):
        assert typed in body(response)
    assert not Petition.objects.exists()


def test_a_time_still_to_come_today_is_refused(officer: User, client_for: Any) -> None:
    now = timezone.localtime()
    later = on_paper(received_on=now.date().isoformat(), received_time="23.59")
    if (now.hour, now.minute) < (23, 59):
        page = body(client_for(officer).post(reverse("complaints:intake"), later))
        assert "เวลานี้ยังมาไม่ถึง" in page


def test_registering_twice_with_one_page_makes_one_petition(officer: User, client_for: Any) -> None:
    client, sent = client_for(officer), on_paper()
    client.post(reverse("complaints:intake"), sent)
    client.post(reverse("complaints:intake"), sent)
    assert Petition.objects.count() == 1


def test_the_receipt_of_a_matter_one_may_not_see_is_not_shown(officer: User, client_for: Any) -> None:
    assert client_for(officer).get(reverse("complaints:receipt")).status_code == 410
    client = client_for(officer)
    client.post(reverse("complaints:intake"), on_paper(secrecy="3"))
    assert client.get(reverse("complaints:receipt")).status_code == 410


def test_the_officers_form_costs_few_queries(
    officer: User, client_for: Any, django_assert_max_num_queries: Any
) -> None:
    client = client_for(officer)
    with django_assert_max_num_queries(12):
        client.get(reverse("complaints:intake"))
