"""The pages of foreign documents: registering, reading side by side, who sees what, few questions."""

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

from office.models import Secrecy, User
from office.thai import format_numeric
from publicrelations.models import ForeignDocument, ForeignState
from tests.cast import make_agency
from tests.publicrelations.cast import make_news_colleague, make_news_head, make_news_officer
from tests.publicrelations.foreign_cast import ARABIC, carry_document, fresh, make_document, take

pytestmark = pytest.mark.django_db

ClientFor = Callable[[User], Client]
State = ForeignState
MOST_QUERIES = 12
LIST = "/public-relations/foreign/"
NEW = f"{LIST}new/"


@pytest.fixture
def people(executive: User) -> dict[str, User]:
    return {"officer": make_news_officer(), "head": make_news_head(), "executive": executive}


def day(days: int) -> str:
    """A day so many days from today, as people type it."""
    return format_numeric((timezone.localtime() + timedelta(days=days)).date())


def typed(**changes: Any) -> dict[str, Any]:
    """What an officer types of an invitation in Arabic."""
    return {
        "title": "ขอเชิญร่วมประชุมว่าด้วยการศึกษาพหุวัฒนธรรม",
        "document_kind": "invitation",
        "language": "ar",
        "sender_organisation": "منظمة التعليم",
        "sender_country": "MA",
        "reference": "م/12",
        "dated_on": day(-9),
        "answer_by": day(30),
        "original_text": ARABIC,
        "received_on": day(-1),
        "received_time": "10.00",
        "secrecy": "0",
        "take_it": "on",
    } | changes


def page(document: ForeignDocument) -> str:
    return f"{LIST}{document.pk}/"


def standing_at(state: str, people: dict[str, User], **facts: Any) -> ForeignDocument:
    now = timezone.now()
    document = make_document(owner=people["officer"], received_at=now - timedelta(hours=1), **facts)
    return carry_document(document, state, now=now, **people)


# ── Registering ─────────────────────────────────────────────────────────────────────────────


def test_a_document_is_registered_with_its_file(client_for: ClientFor, people: dict[str, User]) -> None:
    paper = SimpleUploadedFile("letter.txt", ARABIC.encode(), content_type="text/plain")
    answer = client_for(people["officer"]).post(NEW, typed(attachments=paper))
    document = ForeignDocument.objects.get()
    assert answer["Location"] == page(document)
    assert (document.owner, document.sender, document.country) == (
        people["officer"],
        "منظمة التعليم",
        "โมร็อกโก",
    )
    assert document.documents.count() == 1
    assert set(document.deadlines.values_list("kind", flat=True)) == {"screen", "to_minister", "reply"}


def test_a_form_sent_twice_registers_once(client_for: ClientFor, people: dict[str, User]) -> None:
    client = client_for(people["officer"])
    ticket = client.get(NEW).context["form"].ticket_to_send()
    for _click in range(2):
        assert client.post(NEW, typed(ticket=ticket)).status_code == 302
    assert ForeignDocument.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("title", "", "เขียนเรื่องโดยย่อหนึ่งบรรทัด"),
        ("sender_organisation", "", "เขียนชื่อหน่วยงานหรือชื่อผู้ส่ง"),
        ("original_text", "", "วางข้อความต้นฉบับ หรือแนบเอกสาร"),
        ("dated_on", day(0), "วันที่รับเรื่องอยู่ก่อนวันที่"),
        ("dated_on", "32/13/2553", "ไม่มีเดือน"),
        ("answer_by", day(-3), "ผ่านไปแล้วเมื่อได้รับเอกสาร"),
        ("received_on", day(2), "ต้องไม่หลัง"),
        ("sender_country", "XX", "XX"),
    ],
)
def test_what_is_wrong_is_said_in_thai_and_nothing_is_lost(
    name: str, value: str, said: str, client_for: ClientFor, people: dict[str, User]
) -> None:
    answer = client_for(people["officer"]).post(NEW, typed(**{name: value}))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert said in text
    assert ARABIC in text or name == "original_text"
    assert not ForeignDocument.objects.exists()


def test_others_do_not_register(client_for: ClientFor, people: dict[str, User], officer: User) -> None:
    for person in (people["executive"], officer):
        answer = client_for(person).get(NEW)
        assert answer.status_code == 403
        assert "กลุ่มประชาสัมพันธ์" in answer.content.decode()


# ── Reading ─────────────────────────────────────────────────────────────────────────────────


def test_both_texts_stand_side_by_side_each_in_its_language(
    client_for: ClientFor, people: dict[str, User]
) -> None:
    document = standing_at(State.ON_DESK, people, language="ar", original_text=ARABIC)
    text = client_for(people["executive"]).get(f"{page(document)}read/").content.decode()
    assert f'lang="ar" dir="rtl" translate="no" tabindex="0"><p>{ARABIC}</p>' in " ".join(text.split())
    assert 'lang="th" tabindex="0"><p>เรียนเชิญท่านรัฐมนตรี</p>' in " ".join(text.split())


def test_an_earlier_version_is_read_and_compared(client_for: ClientFor, people: dict[str, User]) -> None:
    document = standing_at(State.CHECKING, people)
    now = timezone.now()
    take(document, "mend_translation", people["head"], now=now, translation_text="เรียนเชิญ ฯพณฯ รัฐมนตรี")
    client = client_for(people["officer"])
    assert "ฯพณฯ" not in client.get(f"{page(document)}read/1/").content.decode()
    assert "ฯพณฯ" in client.get(f"{page(document)}read/").content.decode()
    compared = client.get(f"{page(document)}compare/").content.decode()
    assert "ฯพณฯ" in compared
    assert "<ins>" in compared
    assert client.get(f"{page(document)}read/9/").status_code == 404
    assert client.get(f"{page(document)}compare/?old=x&new=99").status_code == 200


def test_one_version_alone_is_compared_with_nothing(client_for: ClientFor, people: dict[str, User]) -> None:
    document = standing_at(State.CHECKING, people)
    assert client_for(people["officer"]).get(f"{page(document)}compare/").status_code == 404


def test_pasted_markup_is_shown_as_it_was_typed(client_for: ClientFor, people: dict[str, User]) -> None:
    hostile = "<script>alert(1)</script> <b>Dear</b>"
    document = standing_at(State.CHECKING, people, original_text=hostile)
    text = client_for(people["officer"]).get(f"{page(document)}read/").content.decode()
    assert hostile not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


# ── Who sees what ───────────────────────────────────────────────────────────────────────────


def test_only_those_of_the_subgroup_and_executives_see_it(
    client_for: ClientFor, people: dict[str, User], officer: User, administrator: User
) -> None:
    document = standing_at(State.CHECKING, people)
    for address in (page(document), f"{page(document)}read/"):
        for person in (*people.values(), make_news_colleague_once()):
            assert client_for(person).get(address).status_code == 200
        for person in (officer, administrator):
            assert client_for(person).get(address).status_code == 404
        assert Client().get(address).status_code == 302
    assert document.title not in client_for(officer).get(LIST).content.decode()


def make_news_colleague_once() -> User:
    return User.objects.filter(username="nawarat").first() or make_news_colleague()


def test_a_secret_one_is_its_officers_and_the_heads(client_for: ClientFor, people: dict[str, User]) -> None:
    secret = standing_at(State.SUMMARISING, people, secrecy=Secrecy.SECRET)
    colleague = make_news_colleague()
    for address in (page(secret), f"{page(secret)}read/", f"{page(secret)}read/1/"):
        assert client_for(colleague).get(address).status_code == 404
        assert client_for(people["head"]).get(address).status_code == 200
    assert client_for(colleague).post(f"{page(secret)}summarise/", {"seen": "3"}).status_code == 404


def test_a_step_of_somebody_elses_is_refused_in_words(client_for: ClientFor, people: dict[str, User]) -> None:
    document = standing_at(State.RECEIVED, people)
    data = {"seen": "1", "needs_translation": "yes"}
    answer = client_for(make_news_colleague()).post(f"{page(document)}accept/", data)
    assert answer.status_code == 403
    assert fresh(document).state == State.RECEIVED
    assert client_for(people["officer"]).get(f"{page(document)}receive/").status_code == 404


# ── The page and its steps ──────────────────────────────────────────────────────────────────


def test_the_whole_way_by_its_pages(client_for: ClientFor, people: dict[str, User]) -> None:
    client_for(people["officer"]).post(NEW, typed())
    document = ForeignDocument.objects.get()
    way: list[tuple[str, str, dict[str, Any]]] = [
        ("officer", "accept", {"needs_translation": "yes"}),
        ("officer", "translate", {"translation_text": "ขอเชิญร่วมประชุม"}),
        ("officer", "summarise", {"summary": "เชิญประชุม", "opinion": "ตอบรับ"}),
        ("head", "put_to_minister", {"to": people["executive"].pk}),
        ("executive", "order", {"order_text": "ดำเนินการตามเสนอ", "is_to_be_answered": "on"}),
        ("officer", "answer", {"answered_on": day(0), "answer_text": "We accept."}),
        ("officer", "close", {}),
    ]
    for who, name, data in way:
        client = client_for(people[who])
        text = client.get(page(document)).content.decode()
        assert f'action="{page(document)}{name}/"' in text
        assert text.count("btn btn-primary") == 1
        answer = client.post(f"{page(document)}{name}/", data | {"seen": fresh(document).version})
        assert answer.status_code == 302, (name, answer.context["form"].errors)
    assert fresh(document).state == State.CLOSED


def test_english_is_proposed_to_be_read_as_it_is(client_for: ClientFor, people: dict[str, User]) -> None:
    for language, proposed in (("en", "no"), ("fr", "yes")):
        document = standing_at(State.RECEIVED, people, language=language)
        form = client_for(people["officer"]).get(page(document)).context["form"]
        assert form["needs_translation"].value() == proposed


def test_what_was_typed_of_a_translation_is_not_lost(client_for: ClientFor, people: dict[str, User]) -> None:
    document = standing_at(State.TRANSLATING, people)
    client = client_for(people["officer"])
    data = {"seen": document.version, "translation_text": "ครึ่งแรก", "note": "ย" * 301}
    answer = client.post(f"{page(document)}translate/", data)
    assert answer.status_code == 422
    assert "ครึ่งแรก" in answer.content.decode()
    data["note"] = ""
    assert client.post(f"{page(document)}save_translation/", data).status_code == 302
    assert "ครึ่งแรก" in client.get(page(document)).content.decode()


def test_a_late_one_asks_why_when_it_is_put(client_for: ClientFor, people: dict[str, User]) -> None:
    long_ago = timezone.now() - timedelta(days=30)
    document = make_document(owner=people["officer"], received_at=long_ago)
    carry_document(document, State.CHECKING, now=timezone.now(), **people)
    client, address = client_for(people["head"]), f"{page(document)}put_to_minister/"
    data = {"seen": fresh(document).version, "to": people["executive"].pk}
    answer = client.post(address, data)
    assert answer.status_code == 422
    assert "เกินกำหนดแล้ว" in answer.content.decode()
    assert client.post(address, data | {"late_reason": "รอคำแปล"}).status_code == 302


def test_every_form_of_a_step_opens(client_for: ClientFor, people: dict[str, User]) -> None:
    make_agency()
    for state in State:
        document = standing_at(state, people)
        for person in people.values():
            context = client_for(person).get(page(document)).context
            for one in [*context["steps"], *context["more_steps"]]:
                answer = client_for(person).get(f"{page(document)}{one.name}/")
                assert answer.status_code == 200, one.name


@pytest.mark.parametrize("address", ["", "read/", "compare/", "mend_translation/"])
def test_a_page_asks_a_fixed_number_of_questions(
    address: str, client_for: ClientFor, people: dict[str, User]
) -> None:
    document = standing_at(State.CHECKING, people)
    for number in range(6):
        take(
            document,
            "mend_translation",
            people["head"],
            now=timezone.now(),
            translation_text=f"ฉบับ {number}",
        )
    client = client_for(people["head"])
    client.get(f"{page(document)}{address}")
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"{page(document)}{address}").status_code == 200
    assert len(asked) <= MOST_QUERIES, "\n".join(one["sql"][:150] for one in asked)


# ── The register ────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def several(people: dict[str, User]) -> dict[str, ForeignDocument]:
    """Four: one waiting, one on the desk, one answered, one of an international organisation that is late."""
    waiting = standing_at(State.RECEIVED, people, title="เอกสารที่รอคัดกรอง")
    desk = standing_at(State.ON_DESK, people, title="เอกสารบนโต๊ะรัฐมนตรี", sender_country="JP", language="ja")
    done = standing_at(State.CLOSED, people, title="เอกสารที่ตอบแล้ว", document_kind="note")
    late = make_document(
        received_at=timezone.now() - timedelta(days=60), sender_country="", title="เอกสารองค์การที่เกินกำหนด"
    )
    return {"waiting": waiting, "desk": desk, "done": done, "late": late}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"waiting", "desk", "late"}),
        ("all=1", {"waiting", "desk", "done", "late"}),
        ("unclosed=0", {"done"}),
        ("state=on_desk", {"desk"}),
        ("document_kind=note", {"done"}),
        ("country=JP", {"desk"}),
        ("country=-", {"late"}),
        ("language=ja", {"desk"}),
        ("outcome=answered", {"done"}),
        ("promise=in_time", {"desk", "done"}),
        ("promise=late", {"late"}),
        ("promise=pending", {"waiting"}),
        ("late=1", {"late"}),
        ("mine=none", {"late"}),
        ("mine=1&unclosed=1", {"waiting", "desk"}),
        ("month=1999-01", set()),
        ("order=due", {"waiting", "desk", "late"}),
    ],
)
def test_the_register_answers_what_it_is_asked(
    query: str,
    expected: set[str],
    several: dict[str, ForeignDocument],
    client_for: ClientFor,
    people: dict[str, User],
) -> None:
    text = client_for(people["officer"]).get(f"{LIST}?{query}" if query else LIST).content.decode()
    assert {name for name, one in several.items() if one.title in text} == expected


def test_the_register_asks_the_same_however_long_it_is(
    client_for: ClientFor, people: dict[str, User], several: dict[str, ForeignDocument]
) -> None:
    for _more in range(20):
        make_document(owner=people["officer"], received_at=timezone.now())
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


def test_an_empty_register_says_what_it_is_for(client_for: ClientFor, people: dict[str, User]) -> None:
    text = client_for(people["officer"]).get(f"{LIST}?all=1").content.decode()
    assert "เอกสารจากต่างประเทศอยู่ที่นี่" in text
    assert reverse("publicrelations:foreign_document_new") in text
    assert NEW not in client_for(people["executive"]).get(LIST).content.decode()
