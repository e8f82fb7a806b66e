"""Likely doubles: who is found for which reason, who may see them, what they cost."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from complaints.doubles import NEAR_ROWS, Reason, Sought, likely_doubles
from complaints.likeness import name_key, telephone_key, text_key
from complaints.models import Petition, Petitioner
from office.likeness import similarities
from office.models import Province, Secrecy, User
from office.search import normalise
from tests.cast import MORNING, fresh, make_agency, make_petition, take_step
from tests.complaints.test_joining import put_together

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]

STORY = (
    "โรงเรียนเรียกเก็บเงินบำรุงการศึกษาคนละ ๑,๕๐๐ บาท โดยไม่มีหนังสือแจ้งผู้ปกครองล่วงหน้า และไม่ออกใบเสร็จรับเงิน"
    "ให้แก่ผู้ปกครองแม้แต่รายเดียว"
)
RETOLD = "ทางโรงเรียนเก็บเงินบำรุงการศึกษาคนละ 1500 บาท ไม่มีหนังสือแจ้งผู้ปกครองล่วงหน้า แล้วก็ไม่ออกใบเสร็จรับเงินให้ผู้ปกครอง"
ELSEWHERE = "ขอความอนุเคราะห์ซ่อมหลังคาอาคารเรียนที่ถูกพายุพัดเสียหายเมื่อเดือนที่แล้ว นักเรียนต้องเรียนใต้ต้นไม้"


def other_person(petition: Petition, **facts: Any) -> Petition:
    """Somebody else is behind it, known by nothing but what is given."""
    person = petition.petitioner
    values = {"name": f"ผู้ร้องรายที่ {petition.pk} อื่น", "telephone": "", "email": ""} | facts
    for name, value in values.items():
        setattr(person, name, value)
    person.save()
    return petition


def reasons(sought: Sought, user: User) -> dict[int, list[Reason]]:
    return {double.key: double.reasons for double in likely_doubles(sought, user)}


# ── Keys ────────────────────────────────────────────────────────────────────────────────────


def test_the_same_words_have_one_key_however_they_are_spaced() -> None:
    assert text_key("ก", STORY) == text_key("อีกชื่อ", f"  {STORY.replace('๑,๕๐๐', '1,500')}\n")
    assert text_key("ก", STORY) != text_key("ก", RETOLD)


def test_few_words_count_with_their_subject_and_too_few_not_at_all() -> None:
    enclosed = "รายละเอียดตามหนังสือที่แนบ"
    assert text_key("ขอทุนการศึกษา", enclosed) != text_key("ร้องเรียนครู", enclosed)
    assert text_key("ขอทุน", "ตามแนบ") == ""


@pytest.mark.parametrize(
    "name",
    ["นางสมศรี ใจดี", "สมศรี  ใจดี", "น.ส.สมศรี ใจดี", "ดร. สมศรี ใจดี", "ว่าที่ ร.ต. สมศรี ใจดี", "คุณสมศรี ใจดี"],
)
def test_a_name_is_one_with_and_without_titles(name: str) -> None:
    assert name_key(name) == "สมศรีใจดี"


def test_names_that_begin_like_a_title_stay_what_they_are() -> None:
    assert name_key("ดรุณี ใจดี") == name_key("นางดรุณี ใจดี") == "ดรุณีใจดี"
    assert name_key("ศศิธร แก้วใส") == "ศศิธรแก้วใส"
    assert name_key("ก") == ""


@pytest.mark.parametrize(
    "typed",
    ["081-234-5678", "๐๘๑ ๒๓๔ ๕๖๗๘", "+66 81 234 5678", "0812345678, 02 281 6370", "081 234 5678 ต่อ 9"],
)
def test_a_telephone_number_is_one_in_every_shape(typed: str) -> None:
    assert telephone_key(typed) == "0812345678"


def test_half_a_telephone_number_is_none() -> None:
    assert telephone_key("081-234") == telephone_key("") == ""


def test_registration_and_correction_keep_the_keys(officer: User) -> None:
    petition = make_petition(owner=officer, title="ขอทุนการศึกษา", story="รายละเอียดตามหนังสือที่แนบมาพร้อมนี้")
    assert petition.text_key == text_key("ขอทุนการศึกษา", petition.story) != ""
    person = petition.petitioner
    assert (person.name_key, person.telephone_key) == ("สมศรีใจดี", "0812345678")
    take_step(petition, "correct", officer, title="ขอทุนการศึกษาต่อปริญญาตรี")
    assert fresh(petition).text_key == text_key("ขอทุนการศึกษาต่อปริญญาตรี", petition.story)
    person.name = "นายสมชาย รักไทย"
    person.save()
    assert Petitioner.objects.get(pk=person.pk).name_key == "สมชายรักไทย"


def test_what_changed_in_the_keys_is_not_in_the_trail(officer: User) -> None:
    person = make_petition(owner=officer).petitioner
    person.name = "นายสมชาย รักไทย"
    person.save()
    logged = LogEntry.objects.get_for_object(person).get(action=LogEntry.Action.UPDATE)
    assert set(logged.changes_dict) == {"name"}
    assert "สมชาย" not in str(logged.changes_dict)


# ── Reasons ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        ({"name": "สมศรี ใจดี"}, Reason.SAME_NAME),
        ({"telephone": "081 234 5678"}, Reason.SAME_TELEPHONE),
        ({"email": "Somsri@mail.example"}, Reason.SAME_EMAIL),
    ],
)
def test_the_same_person_is_found_whatever_it_is_about(
    known: dict[str, str], reason: Reason, officer: User
) -> None:
    petition = make_petition(title="เรื่องแรกของสมศรี", story=ELSEWHERE)
    other_person(make_petition())
    if reason is Reason.SAME_EMAIL:
        Petitioner.objects.filter(pk=petition.pk).update(email="somsri@mail.example")
    assert reasons(Sought(title="เรื่องใหม่เอี่ยม", story="ไม่เหมือนเดิม", **known), officer) == {
        petition.pk: [reason]
    }


def test_the_same_id_number_is_found_by_its_fingerprint(officer: User) -> None:
    petition = other_person(make_petition())
    someone = Petitioner()
    someone.thai_id = petition.petitioner.thai_id = "1101700230708"
    petition.petitioner.save()
    assert Reason.SAME_ID in reasons(Sought(id_fingerprint=someone.thai_id_fingerprint), officer)[petition.pk]


def test_the_same_words_are_found_wherever_they_come_from(officer: User) -> None:
    petition = other_person(make_petition(story=STORY))
    assert Reason.SAME_WORDS in reasons(Sought(title="อื่น", story=STORY), officer)[petition.pk]


def test_similar_words_are_found_in_the_same_province_and_of_the_same_agency(officer: User) -> None:
    khonkaen, agency = Province.objects.get(name="ขอนแก่น"), make_agency()
    title = "ร้องเรียนการเก็บเงินบำรุงการศึกษา"
    there = other_person(make_petition(title=title, story=STORY, province=khonkaen))
    theirs = other_person(make_petition(title=title, story=STORY + " เพิ่มเติม", agency=agency))
    other_person(make_petition(title="ขอซ่อมหลังคา", story=ELSEWHERE, province=khonkaen))
    other_person(make_petition(title=title, story=STORY + " อีกแห่ง"))
    sought = Sought(title="โรงเรียนเก็บเงินบำรุงการศึกษา", story=RETOLD, province=khonkaen.pk, agency=agency.pk)
    found = reasons(sought, officer)
    assert set(found) == {there.pk, theirs.pk}
    assert found[there.pk] == [Reason.SIMILAR, Reason.SAME_PROVINCE]
    assert found[theirs.pk] == [Reason.SIMILAR, Reason.SAME_AGENCY]


def test_the_same_place_makes_less_likeness_telling() -> None:
    sought = normalise("เก็บเงินบำรุงการศึกษา", RETOLD)
    same, other = similarities(
        sought, [normalise("ร้องเรียนการเก็บเงิน", STORY), normalise("ขอซ่อมหลังคา", ELSEWHERE)]
    )
    assert same > 0.5 > 0.1 > other


def test_what_everybody_writes_counts_little(officer: User) -> None:
    polite = "กราบเรียนท่านรัฐมนตรีว่าการกระทรวงศึกษาธิการ ข้าพเจ้ามีความเดือดร้อนจึงขอความเมตตาจากท่าน "
    others = [
        normalise("ร้องทุกข์", polite + tale) for tale in (ELSEWHERE, "ครูลงโทษนักเรียนเกินกว่าเหตุ", "ขอย้ายสถานศึกษา")
    ]
    assert max(similarities(normalise("ร้องทุกข์", polite + STORY), others)) < 0.5


def test_the_likeliest_stands_first_and_only_a_few_are_shown(officer: User) -> None:
    for _number in range(12):
        make_petition(title="เรื่องก่อน ๆ ของสมศรี", story=ELSEWHERE)
    twin = make_petition(title="เก็บเงินบำรุงการศึกษา", story=STORY)
    newer = make_petition(title="เรื่องอื่น", story=ELSEWHERE)
    doubles = likely_doubles(Sought(title="เก็บเงิน", story=STORY, name="สมศรี ใจดี"), officer)
    assert [doubles[0].key, len(doubles)] == [twin.pk, 6]
    assert doubles[1].key == newer.pk
    assert [double.is_strong for double in doubles] == [True, *[False] * 5]


def test_nothing_is_said_of_nothing(officer: User) -> None:
    make_petition()
    assert likely_doubles(Sought(), officer) == []
    assert likely_doubles(Sought(title="ก"), officer) == []


def test_a_registered_petition_is_no_double_of_itself_nor_of_what_was_joined_to_it(officer: User) -> None:
    kept, other, third = (make_petition(owner=officer, story=STORY) for _one in range(3))
    put_together(kept, other, officer)
    assert set(reasons(Sought.of(fresh(kept)), officer)) == {third.pk}
    joined = {double.key: double.is_joined for double in likely_doubles(Sought.of(fresh(third)), officer)}
    assert joined == {kept.pk: False, other.pk: True}


# ── Who sees them ───────────────────────────────────────────────────────────────────────────


def test_a_secret_petition_is_shown_to_those_who_may_see_it_only(
    officer: User, colleague: User, head: User, administrator: User, stranger: User, executive: User
) -> None:
    make_petition(owner=colleague, secrecy=Secrecy.SECRET, story=STORY)
    sought = Sought(title="เก็บเงิน", story=STORY, name="สมศรี ใจดี")
    seen = {user.username: len(likely_doubles(sought, user)) for user in
            (officer, colleague, head, executive, administrator, stranger)}  # fmt: skip
    assert seen == {"thatsanee": 0, "narenthorn": 1, "sirirat": 1, "secretary": 1, "admin": 0, "wiriya": 0}


def test_the_list_tells_reasons_and_no_personal_data(client_for: SignIn, officer: User) -> None:
    make_petition(title="เก็บเงินบำรุงการศึกษา", story=STORY)
    answer = client_for(officer).post(
        reverse("complaints:doubles_beside"),
        {
            "title": "เก็บเงิน",
            "story": STORY,
            "identity": "named",
            "name": "สมศรี ใจดี",
            "telephone": "0812345678",
        },
    )
    page = answer.content.decode()
    assert "ข้อความเดียวกัน, โทรศัพท์เดียวกัน, ชื่อเดียวกัน" in page
    for personal in ("สมศรี", "0812345678", "081-234-5678", "somsri@"):
        assert personal not in page
    assert "no-store" in answer["Cache-Control"]


def test_it_is_asked_by_post_and_by_those_who_register(
    client_for: SignIn, officer: User, executive: User
) -> None:
    address = reverse("complaints:doubles_beside")
    assert client_for(officer).get(address).status_code == 405
    assert client_for(executive).post(address, {"title": "เก็บเงิน"}).status_code == 403


def test_who_stays_anonymous_is_not_compared(client_for: SignIn, officer: User) -> None:
    make_petition(story=ELSEWHERE)
    typed = {"title": "อื่น", "identity": "anonymous", "name": "สมศรี ใจดี"}
    page = client_for(officer).post(reverse("complaints:doubles_beside"), typed).content.decode()
    assert "ชื่อเดียวกัน" not in page


def test_recognising_an_id_number_is_logged_once_however_often_the_form_asks(
    client_for: SignIn, officer: User
) -> None:
    petition = other_person(make_petition(title="เรื่องเดิม", story=ELSEWHERE))
    petition.petitioner.thai_id = "1101700230708"
    petition.petitioner.save()
    client = client_for(officer)
    for title in ("ขอ", "ขอทุน", "ขอทุนการศึกษา"):
        typed = {"title": title, "identity": "named", "thai_id": "1 1017 00230 70 8"}
        assert petition.label in client.post(reverse("complaints:doubles_beside"), typed).content.decode()
    looks = LogEntry.objects.filter(action=LogEntry.Action.ACCESS)
    assert [(look.actor, look.object_id) for look in looks] == [(officer, petition.pk)]


# ── What it costs ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("rows", [2, 120])
def test_it_asks_the_same_few_questions_however_many_there_are(rows: int, officer: User) -> None:
    province, agency = Province.objects.get(name="ขอนแก่น"), make_agency()
    for number in range(rows):
        make_petition(title=f"เก็บเงิน {number}", story=STORY, province=province, agency=agency)
    sought = Sought(
        title="เก็บเงิน",
        story=STORY,
        province=province.pk,
        agency=agency.pk,
        name="สมศรี ใจดี",
        telephone="0812345678",
        email="somsri@mail.example",
        id_fingerprint="x",
    )
    with CaptureQueriesContext(connection) as queries:
        doubles = likely_doubles(sought, officer)
    assert len([query for query in queries if "LIMIT" in query["sql"]]) == 1
    assert len(queries) <= 4  # with the person's roles and subgroup
    assert len(doubles) == min(rows, 6)
    bounds = [int(bound) for bound in re.findall(r"LIMIT (\d+)", queries[-2]["sql"])]
    assert len(bounds) == 7
    assert max(bounds) <= NEAR_ROWS


INDEXES = {
    "petitioner_name": "name_key", "petitioner_telephone": "telephone_key", "petitioner_email": "email",
    "petitioner_thai_id": "thai_id_fingerprint", "petition_text_key": "text_key", "petition_province": "province",
    "petition_agency": "agency",
}  # fmt: skip


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL chooses its plans by how many rows there are"
)
def test_every_question_is_answered_from_the_front_of_its_index(officer: User) -> None:
    province, agency = Province.objects.get(name="ขอนแก่น"), make_agency()
    sought = Sought(
        title="เก็บเงิน", story=STORY, province=province.pk, agency=agency.pk, name="สมศรี ใจดี",
        telephone="0812345678", email="a@b.example", id_fingerprint="x",
    )  # fmt: skip
    make_petition(province=province, agency=agency)
    with CaptureQueriesContext(connection) as queries:
        likely_doubles(sought, officer)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {queries[-2]['sql']}")
        plan = [str(row[-1]) for row in cursor.fetchall()]
    assert {name for name in INDEXES for line in plan if f"INDEX {name} " in line} == set(INDEXES), plan
    assert [line for line in plan if line.startswith("SCAN complaints")] == []
    assert len([line for line in plan if "ORDER BY" in line]) <= 1, plan  # the few of one ID number


# ── Beside the form and before it is registered ─────────────────────────────────────────────


def typed(**more: str) -> dict[str, str]:
    return {
        "channel": "letter", "received_on": "17/11/2552", "received_time": "09.00", "kind": "complaint",
        "title": "เก็บเงินบำรุงการศึกษา", "story": STORY, "identity": "named", "name": "นางสมศรี ใจดี",
        "secrecy": "0",
    } | more  # fmt: skip


def test_a_likely_double_is_asked_about_once_and_then_registered(client_for: SignIn, officer: User) -> None:
    before = make_petition(title="เก็บเงินบำรุงการศึกษา", story=STORY)
    client = client_for(officer)
    asked = client.post(reverse("complaints:intake"), typed())
    page = asked.content.decode()
    assert asked.status_code == 409
    assert "ยังไม่ลงรับ" in page
    assert before.label in page
    assert STORY in page  # nothing typed is lost
    assert Petition.objects.count() == 1
    ticket = asked.context["form"].ticket_to_send()
    again = client.post(reverse("complaints:intake"), typed(seen_doubles=f"{before.pk} ", ticket=ticket))
    assert again.status_code == 302
    assert Petition.objects.count() == 2
    # The second click finds what the first one wrote, and is no double of it.
    assert client.post(reverse("complaints:intake"), typed(ticket=ticket)).status_code == 302
    assert Petition.objects.count() == 2


def test_what_only_comes_from_the_same_person_is_registered_at_once(
    client_for: SignIn, officer: User
) -> None:
    make_petition(title="ขอซ่อมหลังคา", story=ELSEWHERE)
    answer = client_for(officer).post(reverse("complaints:intake"), typed())
    assert answer.status_code == 302


def test_the_card_of_a_petition_names_its_doubles_and_the_way_to_join(
    client_for: SignIn, officer: User, executive: User
) -> None:
    petition, double = make_petition(owner=officer, story=STORY), make_petition(owner=officer, story=STORY)
    address = reverse("complaints:doubles", args=[petition.pk])
    assert address in client_for(officer).get(petition.get_absolute_url()).content.decode()
    page = client_for(officer).get(address).content.decode()
    assert "<html" in page
    assert reverse("complaints:join", args=[petition.pk, double.pk]) in page
    partial = client_for(executive).get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in partial
    assert double.label in partial
    assert "รวมเรื่อง" not in partial
    assert MORNING
