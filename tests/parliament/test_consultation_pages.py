"""The pages of consultations: registering, what is wrong said in Thai, who sees what, few questions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from office.calendar import OFFICE_TZ
from office.models import Secrecy, User
from office.thai import format_numeric
from parliament.models import Consultation
from parliament.models.consultation_state import ConsultationState as State
from tests.cast import make_officer
from tests.parliament.bills_cast import carry_to, fresh, make_body, make_consultation, take
from tests.parliament.cast import (
    make_member,
    make_party,
    make_politics_colleague,
    make_politics_head,
    make_politics_officer,
)

pytestmark = pytest.mark.django_db

ClientFor = Callable[[User], Client]
MOST_QUERIES = 12
LIST = "/parliament/consultations/"


@pytest.fixture
def people(executive: User) -> dict[str, User]:
    return {"officer": make_politics_officer(), "head": make_politics_head(), "executive": executive}


def day(days: int) -> str:
    """A day so many days from today, as people type it."""
    return format_numeric((timezone.localtime() + timedelta(days=days)).date())


def typed(**changes: Any) -> dict[str, Any]:
    """What an officer types of a member's consultation."""
    return {
        "member": "สมหมาย",
        "chamber": "house",
        "title": "ขอให้จัดสรรครูแก่โรงเรียนขนาดเล็ก",
        "text": "โรงเรียนบ้านห้วยน้ำใสมีครูเพียงสองคน",
        "raised_on": day(-2),
        "received_on": day(-1),
        "received_time": "10.00",
        "secrecy": "0",
        "take_it": "on",
    } | changes


def new(raiser: str = "member") -> str:
    return reverse("parliament:consultation_new", args=[raiser])


def page(consultation: Consultation) -> str:
    return f"{LIST}{consultation.pk}/"


# ── Registering ─────────────────────────────────────────────────────────────────────────────


def test_a_members_consultation_is_registered_by_a_part_of_the_name(
    client_for: ClientFor, people: dict[str, User]
) -> None:
    member = make_member("สมหมาย ใจสัตย์", email="sommai@parliament.example")
    paper = SimpleUploadedFile("หนังสือ.txt", "ขอหารือ".encode(), content_type="text/plain")
    answer = client_for(people["officer"]).post(new(), typed(attachments=paper))
    consultation = Consultation.objects.get()
    assert answer["Location"] == page(consultation)
    assert (consultation.member, consultation.owner, consultation.raiser_email) == (
        member,
        people["officer"],
        "sommai@parliament.example",
    )
    assert consultation.documents.count() == 1
    assert set(consultation.deadlines.values_list("kind", flat=True)) == {"screen", "both_told"}


def test_an_organisations_is_registered_with_its_letter(
    client_for: ClientFor, people: dict[str, User]
) -> None:
    data = typed(body=make_body().pk, reference="ผผ ๐๑๐๑/๕๕๕", take_it="")
    client_for(people["officer"]).post(new("body"), data)
    consultation = Consultation.objects.get()
    assert (str(consultation.body), consultation.member, consultation.owner) == (
        "ผู้ตรวจการแผ่นดิน",
        None,
        None,
    )


def test_a_form_sent_twice_registers_once(client_for: ClientFor, people: dict[str, User]) -> None:
    make_member("สมหมาย ใจสัตย์")
    client = client_for(people["officer"])
    ticket = client.get(new()).context["form"].ticket_to_send()
    for _click in range(2):
        assert client.post(new(), typed(ticket=ticket)).status_code == 302
    assert Consultation.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("member", "", "เขียนชื่อสมาชิก"),
        ("member", "ไม่มีผู้นี้", "ไม่พบสมาชิกชื่อ"),
        ("member", "สม", "มีสมาชิกหลายคน"),
        ("title", "", "เขียนเรื่องโดยย่อหนึ่งบรรทัด"),
        ("text", "", "เขียนข้อความที่หารือ"),
        ("raised_on", day(0), "วันที่รับเรื่องอยู่ก่อนวันที่หารือ"),
        ("raised_on", "32/13/2553", "ไม่มีเดือน"),
        ("received_on", day(2), "ต้องไม่หลัง"),
        ("chamber", "senate", "สมาชิกผู้นี้ไม่ได้อยู่ในสภานี้"),
        ("raiser_email", "ไม่ใช่อีเมล", "อีเมล"),
    ],
)
def test_what_is_wrong_is_said_in_thai_and_nothing_is_lost(
    name: str, value: str, said: str, client_for: ClientFor, people: dict[str, User]
) -> None:
    make_member("สมหมาย ใจสัตย์")
    make_member("สมศรี ใจดี")
    answer = client_for(people["officer"]).post(new(), typed(**{name: value}))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert said in text
    assert "โรงเรียนบ้านห้วยน้ำใส" in text or name == "text"
    assert not Consultation.objects.exists()


def test_a_member_without_a_seat_on_that_day_did_not_ask(
    client_for: ClientFor, people: dict[str, User]
) -> None:
    make_member("สมหมาย ใจสัตย์", until_on=(timezone.localtime() - timedelta(days=30)).date())
    answer = client_for(people["officer"]).post(new(), typed())
    assert "ไม่ได้ดำรงตำแหน่งในวันนั้น" in answer.content.decode()


def test_others_do_not_register(client_for: ClientFor, people: dict[str, User], officer: User) -> None:
    for person in (people["executive"], officer):
        answer = client_for(person).get(new())
        assert answer.status_code == 403
        assert "เจ้าหน้าที่กลุ่มการเมือง" in answer.content.decode()
    assert client_for(people["officer"]).get(new("nobody")).status_code == 404


# ── Names while one types ───────────────────────────────────────────────────────────────────


def test_names_are_offered_while_one_types(client_for: ClientFor, people: dict[str, User]) -> None:
    make_member("สมหมาย ใจสัตย์", party=make_party("พรรคครูไทย"))
    make_member("สมหมาย ใจสัตย์", parliament_number=22)
    make_member("วันเพ็ญ <ทอง>")
    client = client_for(people["officer"])
    names = client.get(reverse("parliament:member_names"), {"member": "ใจสัตย์"}).content.decode()
    assert names.count("<option") == 1
    assert 'value="นายสมหมาย ใจสัตย์"' in names
    assert "<ทอง>" not in client.get(reverse("parliament:member_names"), {"q": "ทอง"}).content.decode()
    assert client.get(reverse("parliament:member_names"), {"q": "ส"}).content == b""
    assert client_for(make_officer("stranger")).get(reverse("parliament:member_names")).status_code == 403


# ── Who sees what ───────────────────────────────────────────────────────────────────────────


def test_only_those_of_the_subgroup_and_executives_see_it(
    client_for: ClientFor, people: dict[str, User], officer: User, administrator: User
) -> None:
    consultation = make_consultation(owner=people["officer"])
    for person in (*people.values(), make_politics_colleague()):
        assert client_for(person).get(page(consultation)).status_code == 200
    for person in (officer, administrator):
        assert client_for(person).get(page(consultation)).status_code == 404
        assert consultation.title not in client_for(person).get(LIST).content.decode()
    assert Client().get(page(consultation)).status_code == 302


def test_a_secret_one_is_its_officers_and_the_heads(client_for: ClientFor, people: dict[str, User]) -> None:
    secret = make_consultation(owner=people["officer"], secrecy=Secrecy.SECRET)
    colleague = make_politics_colleague()
    assert client_for(colleague).get(page(secret)).status_code == 404
    assert client_for(colleague).post(f"{page(secret)}accept/", {"seen": "1"}).status_code == 404
    assert client_for(people["head"]).get(page(secret)).status_code == 200


def test_a_step_of_somebody_elses_is_refused_in_words(client_for: ClientFor, people: dict[str, User]) -> None:
    consultation = make_consultation(owner=people["officer"])
    answer = client_for(make_politics_colleague()).post(f"{page(consultation)}accept/", {"seen": "1"})
    assert answer.status_code == 403
    assert fresh(consultation).state == State.RECEIVED
    assert client_for(people["officer"]).get(f"{page(consultation)}confirm_mail/").status_code == 404


# ── The page ────────────────────────────────────────────────────────────────────────────────


def test_the_page_says_who_has_been_told_and_who_not_yet(
    client_for: ClientFor, people: dict[str, User]
) -> None:
    now = timezone.now()
    consultation = make_consultation(owner=people["officer"], received_at=now - timedelta(hours=1))
    carry_to(consultation, State.ORDERED, now=now, **people)
    take(consultation, "write_result", people["officer"], now=now, told_text="จัดสรรครูแล้ว")
    client = client_for(people["officer"])
    text = client.get(page(consultation)).content.decode()
    assert text.count("<strong>ยังไม่แจ้ง</strong>") == 2
    today = format_numeric(now.astimezone(OFFICE_TZ).date())
    data = {
        "seen": fresh(consultation).version,
        "way": "telephone",
        "told_on": today,
        "note": "พูดกับเลขานุการ",
    }
    assert client.post(f"{page(consultation)}tell_minister/", data).status_code == 302
    text = client.get(page(consultation)).content.decode()
    assert text.count("<strong>ยังไม่แจ้ง</strong>") == 1
    assert "พูดกับเลขานุการ" in text


def test_an_executive_takes_note_of_the_result_by_one_press(
    client_for: ClientFor, people: dict[str, User]
) -> None:
    now = timezone.now()
    consultation = make_consultation(owner=people["officer"], received_at=now - timedelta(hours=1))
    carry_to(consultation, State.ORDERED, now=now, **people)
    take(consultation, "write_result", people["officer"], now=now, told_text="จัดสรรครูแล้ว")
    client = client_for(people["executive"])
    text = client.get(page(consultation)).content.decode()
    assert f'action="{page(consultation)}note_result/"' in text
    assert text.count("btn-primary") == 1
    client.post(f"{page(consultation)}note_result/", {"seen": fresh(consultation).version})
    assert fresh(consultation).minister_told_way == "here"


def test_missing_evidence_is_said_beside_the_field(client_for: ClientFor, people: dict[str, User]) -> None:
    now = timezone.now()
    consultation = make_consultation(owner=people["officer"], received_at=now - timedelta(hours=1))
    carry_to(consultation, State.ORDERED, now=now, **people)
    take(consultation, "write_result", people["officer"], now=now, told_text="จัดสรรครูแล้ว")
    data = {"seen": fresh(consultation).version, "way": "letter", "told_on": day(0), "note": ""}
    answer = client_for(people["officer"]).post(f"{page(consultation)}tell_raiser/", data)
    assert answer.status_code == 422
    assert "แนบหลักฐาน หรือเขียนไว้" in answer.content.decode()


def test_every_form_of_a_step_opens(client_for: ClientFor, people: dict[str, User]) -> None:
    now = timezone.now()
    for state in (one for one in State if one not in (State.ASKED, State.ANSWERED)):
        consultation = make_consultation(owner=people["officer"], received_at=now - timedelta(hours=1))
        carry_to(consultation, state, now=now, **people)
        for person in people.values():
            context = client_for(person).get(page(consultation)).context
            for one in [*context["steps"], *context["more_steps"]]:
                answer = client_for(person).get(f"{page(consultation)}{one.name}/")
                assert answer.status_code == 200, one.name


def test_the_page_asks_a_fixed_number_of_questions(client_for: ClientFor, people: dict[str, User]) -> None:
    now = timezone.now()
    consultation = make_consultation(owner=people["officer"], received_at=now - timedelta(hours=1))
    carry_to(consultation, State.TOLD, now=now, **people)
    client = client_for(people["officer"])
    client.get(page(consultation))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(page(consultation))
    assert len(asked) <= MOST_QUERIES, [one["sql"][:90] for one in asked]


# ── The register ────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def several(people: dict[str, User]) -> dict[str, Consultation]:
    """Four: one waiting, one with the minister told, one with both, one of an organisation that is late."""
    now = timezone.now()
    before = now - timedelta(hours=1)
    member = make_member("สมหมาย ใจสัตย์", party=make_party("พรรคครูไทย"))
    waiting = make_consultation(owner=people["officer"], received_at=before, title="เรื่องที่รอคัดกรอง")
    one = make_consultation(
        owner=people["officer"], received_at=before, member=member, title="เรื่องที่แจ้งรัฐมนตรีแล้ว"
    )
    carry_to(one, State.ORDERED, now=now, **people)
    take(one, "write_result", people["officer"], now=now, told_text="จัดสรรแล้ว")
    take(one, "note_result", people["executive"], now=now)
    both = make_consultation(owner=people["officer"], received_at=before, title="เรื่องที่แจ้งครบแล้ว")
    carry_to(both, State.CLOSED, now=now, **people)
    late = make_consultation(
        received_at=now - timedelta(days=60), by_body=True, title="เรื่องขององค์กรที่เกินกำหนด"
    )
    return {"waiting": waiting, "one": one, "both": both, "late": late}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"waiting", "one", "late"}),
        ("all=1", {"waiting", "one", "both", "late"}),
        ("state=ordered", {"one"}),
        ("raised_by=body", {"late"}),
        ("raised_by=member&unclosed=0", {"both"}),
        ("member=ใจสัตย์", {"one"}),
        ("party=PARTY", {"one"}),
        ("body=BODY", {"late"}),
        ("told=one", {"one"}),
        ("told=both", {"both"}),
        ("told=nobody", {"waiting", "late"}),
        ("promise=in_time", {"both"}),
        ("promise=late", {"late"}),
        ("promise=pending", {"waiting", "one"}),
        ("late=1", {"late"}),
        ("mine=1&unclosed=1", {"waiting", "one"}),
        ("mine=none", {"late"}),
        ("month=1999-01", set()),
    ],
)
def test_the_register_answers_what_it_is_asked(
    query: str,
    expected: set[str],
    several: dict[str, Consultation],
    client_for: ClientFor,
    people: dict[str, User],
) -> None:
    query = query.replace("PARTY", str(make_party("พรรคครูไทย").pk)).replace("BODY", str(make_body().pk))
    text = client_for(people["officer"]).get(f"{LIST}?{query}" if query else LIST).content.decode()
    assert {name for name, one in several.items() if one.title in text} == expected


def test_the_register_asks_the_same_however_long_it_is(
    client_for: ClientFor, people: dict[str, User], several: dict[str, Consultation]
) -> None:
    for _more in range(20):
        make_consultation(owner=people["officer"], received_at=timezone.now())
    client = client_for(people["officer"])
    client.get(LIST)
    with CaptureQueriesContext(connection) as asked:
        client.get(LIST)
    assert len(asked) <= MOST_QUERIES


def test_the_filter_opens_by_itself_and_within_the_list(
    client_for: ClientFor, people: dict[str, User]
) -> None:
    client = client_for(people["officer"])
    for headers in ({}, {"HX-Request": "true"}):
        assert client.get(f"{LIST}filter/", headers=headers).status_code == 200
