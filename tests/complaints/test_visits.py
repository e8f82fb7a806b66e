"""The counter's book: recorded in two fields, printed, made into a petition once, and who came kept closed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pypdfium2
import pytest
from auditlog.models import LogEntry
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from complaints.models import Petition, Visit
from complaints.registration import Receipt
from office.calendar import OFFICE_TZ
from office.models import NumberSeries, User
from tests.cast import MORNING, make_category
from tests.complaints.test_public_intake import body, on_paper

BOOK, NEW, INTAKE = "/visits/", "/visits/new/", "/petitions/new/"
ADVICE = "ยื่นคำขอย้ายต่อผู้อำนวยการสำนักงานเขตพื้นที่ภายในเดือนมกราคม"
NAME, TELEPHONE = "นายบุญมี ศรีสุข", "089 765 4321"


def typed(**changes: str) -> dict[str, str]:
    """An entry as Thatsanee types it."""
    return {
        "subject": "ถามหลักเกณฑ์การขอย้ายของครู",
        "advice": ADVICE,
        "name": NAME,
        "telephone": TELEPHONE,
        "province": "40",
        "category": "",
        "way": "counter",
        "came_on": "๑๗ พ.ย. ๒๕๕๒",
        "came_time": "๑๐.๑๕",
    } | changes


def make_visit(officer: User, *, came_at: datetime = MORNING, **facts: Any) -> Visit:
    """Boonmee at the counter, asking about transfers."""
    told = {"subject": "ถามหลักเกณฑ์การขอย้ายของครู", "advice": ADVICE, "name": NAME, "telephone": TELEPHONE}
    return Visit(received_by=officer, came_at=came_at, **(told | facts)).register()


@pytest.fixture
def desk(officer: User, client_for: Any) -> Client:
    """Thatsanee at the counter."""
    client: Client = client_for(officer)
    return client


# ── Recording ─────────────────────────────────────────────────────────────────────────────────


def test_two_fields_are_enough_and_the_time_is_now(desk: Client, officer: User) -> None:
    page = body(desk.get(NEW))
    assert "autofocus" in page
    now = timezone.localtime()
    sent = {"subject": "ถามเรื่องทุน", "advice": "ยื่นที่โรงเรียน", "way": "counter"}
    response = desk.post(NEW, sent | {"came_on": now.date().isoformat(), "came_time": ""}, follow=True)
    visit = Visit.objects.get()
    assert timedelta(0) <= timezone.now() - visit.came_at < timedelta(minutes=3)
    assert visit.received_by == officer
    assert not visit.has_person
    assert f"บันทึกแล้ว เลขที่ {visit.label}" in body(response)


def test_the_number_runs_by_fiscal_year_without_a_gap(officer: User) -> None:
    last_day = datetime(2009, 9, 30, 16, 29, tzinfo=OFFICE_TZ)
    labels = [
        make_visit(officer, came_at=at).label for at in (last_day, MORNING, MORNING + timedelta(hours=1))
    ]
    assert labels == ["บป ๑/๒๕๕๒", "บป ๑/๒๕๕๓", "บป ๒/๒๕๕๓"]


def test_a_second_click_writes_one_entry_and_gives_its_number_back(desk: Client) -> None:
    for _click in range(2):
        assert desk.post(NEW, typed()).status_code == 302
    assert Visit.objects.count() == 1
    assert NumberSeries.objects.get(prefix="บป", year=2553).last == 1


@pytest.mark.django_db(transaction=True)
def test_two_clicks_in_the_same_moment_write_one_entry(client_for: Any) -> None:
    from tests.cast import make_officer

    client = client_for(make_officer())

    def click(_number: int) -> int:
        try:
            return int(client.post(NEW, typed()).status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=4) as pool:
        assert list(pool.map(click, range(4))) == [302] * 4
    assert Visit.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"subject": ""}, "เขียนเรื่องที่มาติดต่อในหนึ่งบรรทัด"),
        ({"subject": "ทุน"}, "เขียนเพิ่มอีกสองสามคำ"),
        ({"advice": ""}, "เขียนคำแนะนำที่ให้ ข้อความนี้พิมพ์ให้ผู้มาติดต่อได้"),
        ({"telephone": "๐๘๑"}, "เขียนหมายเลขให้ครบ"),
        ({"came_on": "31 กุมภาพันธ์ 2553"}, "กุมภาพันธ์ ๒๕๕๓ มี ๒๘ วัน"),
        ({"came_on": ""}, "เขียนวันที่มาติดต่อ"),
        ({"came_on": "๑ มกราคม ๒๗๐๐"}, "ต้องไม่หลังวันที่"),
        ({"came_time": "๒๕.๐๐"}, "เขียนชั่วโมงและนาที เช่น ๑๔.๓๐"),
        ({"province": "99"}, "เลือก"),
        ({"way": "dream"}, "dream"),
    ],
)
def test_what_is_wrong_is_said_in_thai_and_nothing_typed_is_lost(
    changes: dict[str, str], words: str, desk: Client
) -> None:
    response = desk.post(NEW, typed(**changes))
    page = body(response)
    assert response.status_code == 422
    assert words in page
    assert "ยังไม่ได้บันทึก" in page
    for name in ("advice", "name", "came_on"):
        if name not in changes:
            assert typed()[name] in page
    assert not Visit.objects.exists()


def test_a_time_still_to_come_is_refused(desk: Client) -> None:
    now = timezone.localtime()
    if (now.hour, now.minute) < (23, 59):
        later = typed(came_on=now.date().isoformat(), came_time="23.59")
        assert "เวลานี้ยังมาไม่ถึง" in body(desk.post(NEW, later))


# ── Who may, and what is personal ─────────────────────────────────────────────────────────────


def test_only_those_who_carry_petitions_see_the_book(
    officer: User, head: User, executive: User, administrator: User, stranger: User, client_for: Any
) -> None:
    visit = make_visit(officer)
    pages = [BOOK, NEW, *(reverse(f"complaints:{name}", args=[visit.pk]) for name in ("visit", "visit_slip"))]
    for person, status in (
        (officer, 200),
        (head, 200),
        (executive, 403),
        (administrator, 403),
        (stranger, 403),
    ):
        assert {client_for(person).get(page).status_code for page in pages} == {status}
    assert Client().get(BOOK).status_code == 302
    closed = client_for(stranger)
    assert closed.post(NEW, typed()).status_code == 403
    assert closed.post(reverse("complaints:visit_person", args=[visit.pk])).status_code == 403
    assert "ผู้บันทึกผู้มาติดต่อคือเจ้าหน้าที่กลุ่มรับเรื่องราวร้องทุกข์" in body(closed.get(BOOK))
    assert Visit.objects.count() == 1


def test_who_came_is_closed_until_asked_for_and_every_look_is_logged(desk: Client, officer: User) -> None:
    visit = make_visit(officer)
    for address in (BOOK, visit.get_absolute_url(), reverse("complaints:visit_slip", args=[visit.pk])):
        page = body(desk.get(address))
        assert NAME not in page
        assert TELEPHONE not in page
    assert not LogEntry.objects.filter(action=LogEntry.Action.ACCESS).exists()
    page = body(desk.post(reverse("complaints:visit_person", args=[visit.pk])))
    assert NAME in page
    assert TELEPHONE in page
    look = LogEntry.objects.get(action=LogEntry.Action.ACCESS)
    assert (look.actor, look.object_repr, look.object_pk) == (officer, visit.label, str(visit.pk))


def test_the_trail_of_corrections_does_not_hold_who_came(desk: Client, officer: User) -> None:
    visit = make_visit(officer)
    page = body(desk.get(reverse("complaints:visit_correct", args=[visit.pk])))
    assert NAME in page
    assert LogEntry.objects.filter(action=LogEntry.Action.ACCESS).count() == 1
    changed = typed(name="นางสาวจันทร์ แก้วใส", advice="คำแนะนำที่แก้แล้ว", came_time="๐๙.๐๐")
    desk.post(reverse("complaints:visit_correct", args=[visit.pk]), changed)
    visit.refresh_from_db()
    assert (visit.advice, visit.name, visit.number) == ("คำแนะนำที่แก้แล้ว", "นางสาวจันทร์ แก้วใส", 1)
    said = str([entry.changes for entry in LogEntry.objects.get_for_object(visit)])
    assert "คำแนะนำที่แก้แล้ว" in said
    for personal in (NAME, "จันทร์", "089"):
        assert personal not in said


def test_only_its_writer_and_the_head_correct_and_never_into_another_year(
    officer: User, colleague: User, head: User, client_for: Any
) -> None:
    visit = make_visit(officer)
    page = reverse("complaints:visit_correct", args=[visit.pk])
    assert client_for(colleague).get(page).status_code == 403
    assert client_for(head).get(page).status_code == 200
    other_year = client_for(officer).post(page, typed(came_on="๓๐ ก.ย. ๒๕๕๒"))
    assert other_year.status_code == 422
    assert "เลขที่นี้เป็นของปีงบประมาณอื่น" in body(other_year)


# ── The list ──────────────────────────────────────────────────────────────────────────────────


def test_the_newest_stand_first_and_further_pages_go_by_key(
    desk: Client, officer: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        make_visit(officer, came_at=MORNING + timedelta(minutes=number), subject=f"เรื่องที่ {number:02}")
    with django_assert_max_num_queries(12):
        first = body(desk.get(BOOK))
    assert "เรื่องที่ 29" in first
    assert "เรื่องที่ 04" not in first
    further = first.split('rel="next" href="?')[1].split('"')[0]
    second = body(desk.get(f"{BOOK}?{further}"))
    assert "เรื่องที่ 04" in second
    assert "เรื่องที่ 05" not in second


def test_the_book_is_narrowed_by_day_month_officer_category_words_and_number(
    desk: Client, officer: User, colleague: User
) -> None:
    category = make_category()
    now = timezone.localtime().replace(hour=9, minute=0, second=0, microsecond=0) - timedelta(days=1)
    old = make_visit(officer, subject="เรื่องเก่าของปี ๒๕๕๓")
    new = make_visit(colleague, came_at=now, subject="เรื่องใหม่ของเมื่อวาน", category=category)
    month = f"{now.year + 543}-{now.month:02}"
    for narrowed, expected in [
        ({"day": "๑๗ พ.ย. ๒๕๕๒"}, old),
        ({"month": month}, new),
        ({"officer": colleague.pk}, new),
        ({"category": category.pk}, new),
        ({"text": "เรื่องเก่า"}, old),
        ({"text": old.label}, old),
        ({"text": "ย้ายต่อผู้อำนวยการ", "day": "17/11/2552"}, old),
    ]:
        response = desk.post(BOOK, narrowed, follow=True)
        other = new if expected is old else old
        assert expected.subject in body(response), narrowed
        assert other.subject not in body(response), narrowed


def test_searched_words_never_stand_in_an_address(desk: Client, officer: User) -> None:
    response = desk.post(BOOK, {"text": NAME}, follow=True)
    address = response.redirect_chain[0][0]
    assert "s=" in address
    for word in (NAME, "%E0%B8", "text="):
        assert word not in address
    assert NAME in body(response)  # in the box, to be changed
    assert "ไม่มีรายการที่ตรงกับตัวกรอง" in body(response)


def test_a_wrong_day_is_said_beside_the_field_and_the_rest_stays(desk: Client, officer: User) -> None:
    make_visit(officer)
    response = desk.post(BOOK, {"day": "31 ก.พ. 2553", "text": "ขอย้าย"}, follow=True)
    assert response.status_code == 422
    assert "กุมภาพันธ์ ๒๕๕๓ มี ๒๘ วัน" in body(response)
    assert 'value="ขอย้าย"' in body(response)
    assert desk.get(f"{BOOK}?month=nonsense&officer=x&after=zzz&s=broken").status_code == 422


# ── On paper ──────────────────────────────────────────────────────────────────────────────────


def test_the_slip_says_what_they_were_told_and_not_who_they_are(desk: Client, officer: User) -> None:
    visit = make_visit(officer)
    response = desk.get(reverse("complaints:visit_slip_pdf", args=[visit.pk]))
    assert response["Content-Type"] == "application/pdf"
    paper = pypdfium2.PdfDocument(response.content)
    assert len(paper) == 1
    assert [round(side) for side in paper[0].get_size()] == [420, 595]  # A5, in points
    text = " ".join(paper[0].get_textpage().get_text_range().split())
    for said in ("คำแนะนำที่ให้แก่ท่าน", "บป ๑/๒๕๕๓", "ทัศนีย์", "๑๗ พฤศจิกายน ๒๕๕๒"):
        assert said in text
    assert "ยื่นคำขอย้าย" in text.replace(" ", "")
    assert "บุญมี" not in text
    page = body(desk.get(reverse("complaints:visit_slip", args=[visit.pk])))
    assert ADVICE in page
    assert "data-print" in page


# ── Made into a petition ──────────────────────────────────────────────────────────────────────


def begun(desk: Client, visit: Visit) -> str:
    return body(desk.get(f"{INTAKE}?visit={visit.pk}"))


def test_the_intake_begins_with_all_that_the_visit_knows_and_registers_nothing(
    desk: Client, officer: User
) -> None:
    visit = make_visit(officer, way=Visit.Way.TELEPHONE, province_id="40", category=make_category())
    page = begun(desk, visit)
    assert f'href="{INTAKE}?visit={visit.pk}"' in body(desk.get(visit.get_absolute_url()))
    for shown in (
        '<option value="telephone" selected>',
        '<option value="40" selected>',
        f'<option value="{visit.category_id}" selected>',
        '<option value="named" selected>',
        f'value="{visit.subject}"',
        f'value="{NAME}"',
        f'value="{TELEPHONE}"',
        'value="๑๗/๑๑/๒๕๕๒"',
        'value="๐๙.๐๐"',
    ):
        assert shown in page
    assert not Petition.objects.exists()
    assert LogEntry.objects.get(action=LogEntry.Action.ACCESS).object_repr == visit.label


def test_somebody_who_gave_no_name_is_anonymous_there_too(desk: Client, officer: User) -> None:
    page = begun(desk, make_visit(officer, name="", telephone=""))
    assert '<option value="anonymous" selected>' in page
    assert not LogEntry.objects.filter(action=LogEntry.Action.ACCESS).exists()


def test_a_registered_petition_is_noted_on_its_visit(desk: Client, officer: User) -> None:
    visit = make_visit(officer)
    desk.post(INTAKE, on_paper(visit=str(visit.pk), channel="visit"))
    visit.refresh_from_db()
    petition = Petition.objects.get()
    assert visit.petition == petition
    assert petition.channel == Petition.Channel.VISIT
    page = body(desk.get(visit.get_absolute_url()))
    assert petition.label in page
    assert "ลงรับเป็นเรื่องร้องทุกข์" not in page


def test_something_incomplete_is_not_registered_and_the_visit_stays_free(desk: Client, officer: User) -> None:
    visit = make_visit(officer)
    response = desk.post(INTAKE, on_paper(visit=str(visit.pk), story=""))
    assert "เล่าเรื่องที่เกิดขึ้น" in body(response)
    assert f'name="visit" value="{visit.pk}"' in body(response)
    assert not Petition.objects.exists()
    visit.refresh_from_db()
    assert visit.petition is None


def test_a_visit_becomes_one_petition_only(desk: Client, officer: User) -> None:
    visit = make_visit(officer)
    sent = on_paper(visit=str(visit.pk))
    desk.post(INTAKE, sent)
    first = Receipt.of(desk.session, timezone.now())
    assert desk.post(INTAKE, sent).status_code == 302  # a second click
    assert Receipt.of(desk.session, timezone.now()) == first
    other = {"story": "เรื่องเดียวกันจากอีกหน้าต่าง", "title": "ขอย้ายโรงเรียน", "name": "นายอื่น ไกลกัน"}
    again = desk.post(INTAKE, on_paper(visit=str(visit.pk), place="", province="95", **other))
    assert "มีเรื่องร้องทุกข์จากการติดต่อครั้งนี้แล้ว" in body(again)
    assert "เรื่องเดียวกันจากอีกหน้าต่าง" in body(again)
    assert Petition.objects.count() == 1


def test_a_visit_that_is_not_there_is_not_found(desk: Client, officer: User) -> None:
    assert desk.get(f"{INTAKE}?visit=999").status_code == 404
    assert desk.get(f"{INTAKE}?visit=abc").status_code == 200
