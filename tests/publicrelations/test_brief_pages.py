"""The pages of situation briefs: writing without a script, who sees what, the memo on paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import docx
import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from docx.oxml.ns import qn

from office.models import Secrecy, User
from office.thai import to_thai_digits
from office.word import body_of
from publicrelations.brief_paper import memo_html, memo_pdf, memo_word
from publicrelations.models import BriefState, SituationBrief
from tests.publicrelations.cast import make_news_colleague, make_news_head, make_news_officer
from tests.publicrelations.foreign_cast import carry_brief, fresh, make_brief

pytestmark = pytest.mark.django_db

ClientFor = Callable[[User], Client]
State = BriefState
MOST_QUERIES = 12
LIST = "/public-relations/briefs/"


@pytest.fixture
def people(executive: User) -> dict[str, User]:
    return {"officer": make_news_officer(), "head": make_news_head(), "executive": executive}


def page(brief: SituationBrief) -> str:
    return f"{LIST}{brief.pk}/"


def standing_at(state: str, people: dict[str, User], **facts: Any) -> SituationBrief:
    now = timezone.now()
    brief = make_brief(owner=people["officer"], received_at=now - timedelta(hours=1), **facts)
    return carry_brief(brief, state, now=now, **people)


def written(brief: SituationBrief, **changes: Any) -> dict[str, Any]:
    """What an officer types into the one form of a brief."""
    return {
        "seen": fresh(brief).version,
        "title": "ข้อเรียกร้องของครูอัตราจ้าง",
        "since_on": "1/11/2552",
        "until_on": "7/11/2552",
        "situation": "ประกาศชุมนุม",
        "meaning": "อาจขาดครู",
        "opinion": "ควรชี้แจง",
        "place_1": "2",
        "option_1": "เร่งบรรจุ",
        "for_1": "ยั่งยืน",
        "against_1": "ไม่ทัน",
        "place_2": "1",
        "option_2": "ขยายสัญญา",
        "source_1": "ข่าวหนังสือพิมพ์",
        "link_1": "https://news.example.org/1",
    } | changes


# ── Beginning and writing ───────────────────────────────────────────────────────────────────


def test_a_brief_is_begun_by_its_subject_alone(client_for: ClientFor, people: dict[str, User]) -> None:
    today = timezone.localdate()
    data = {
        "title": "ข่าวการเก็บเงินบำรุงการศึกษา",
        "received_on": f"{today.day}/{today.month}/{today.year + 543}",
        "secrecy": "0",
        "take_it": "on",
    }
    answer = client_for(people["officer"]).post(f"{LIST}new/", data)
    brief = SituationBrief.objects.get()
    assert (answer["Location"], brief.owner) == (page(brief), people["officer"])
    assert client_for(people["officer"]).post(f"{LIST}new/", data | {"title": ""}).status_code == 422
    assert client_for(people["executive"]).get(f"{LIST}new/").status_code == 403


def test_the_options_are_kept_in_the_order_of_their_places(
    client_for: ClientFor, people: dict[str, User]
) -> None:
    brief = standing_at(State.WRITING, people)
    answer = client_for(people["officer"]).post(f"{page(brief)}submit/", written(brief))
    assert answer.status_code == 302
    kept = fresh(brief)
    assert [one.text for one in kept.options.all()] == ["ขยายสัญญา", "เร่งบรรจุ"]
    assert (kept.since_on, kept.until_on) == (date(2009, 11, 1), date(2009, 11, 7))
    assert kept.sources.get().link == "https://news.example.org/1"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"situation": ""}, "ต้องกรอกข้อนี้"),
        ({"until_on": "1/10/2552"}, "วันสิ้นสุดอยู่ก่อนวันเริ่ม"),
        ({"option_2": ""}, "ทางเลือกเดียวไม่ใช่ทางเลือก"),
        ({"option_1": "", "option_2": ""}, "เขียนทางเลือกที่เหตุผลนี้กล่าวถึง"),
        ({"link_1": "javascript:alert(1)"}, "URL"),
        ({"source_1": ""}, "เขียนว่าที่อยู่นี้เป็นของแหล่งข้อมูลใด"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_lost(
    changes: dict[str, Any], said: str, client_for: ClientFor, people: dict[str, User]
) -> None:
    brief = standing_at(State.WRITING, people)
    answer = client_for(people["officer"]).post(f"{page(brief)}submit/", written(brief, **changes))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert said in text
    assert "อาจขาดครู" in text
    assert fresh(brief).state == State.WRITING


def test_a_file_stays_a_source_until_it_is_taken_off(client_for: ClientFor, people: dict[str, User]) -> None:
    brief = standing_at(State.WRITING, people)
    client = client_for(people["officer"])
    paper = SimpleUploadedFile("รายงาน.txt", "ข้อมูล".encode(), content_type="text/plain")
    client.post(f"{page(brief)}save_draft/", written(brief, papers=paper))
    client.post(f"{page(brief)}save_draft/", written(brief))
    source = fresh(brief).sources.get(document__isnull=False)
    assert source.title == "รายงาน.txt"
    client.post(f"{page(brief)}save_draft/", written(brief, dropped=str(source.pk)))
    assert not fresh(brief).sources.filter(document__isnull=False).exists()
    assert fresh(brief).documents.count() == 1


def test_the_minister_chooses_an_option_on_the_page(client_for: ClientFor, people: dict[str, User]) -> None:
    brief = standing_at(State.ON_DESK, people)
    client = client_for(people["executive"])
    text = client.get(page(brief)).content.decode()
    assert text.count("btn btn-primary") == 1
    second = brief.options.get(position=2)
    answer = client.post(f"{page(brief)}order/", {"seen": brief.version, "chosen": second.pk})
    assert answer.status_code == 302
    assert fresh(brief).chosen == second
    answer = client.post(f"{page(brief)}order/", {"seen": fresh(brief).version})
    assert answer.status_code == 403


def test_an_order_without_a_choice_or_a_word_is_refused(
    client_for: ClientFor, people: dict[str, User]
) -> None:
    brief = standing_at(State.ON_DESK, people)
    answer = client_for(people["executive"]).post(f"{page(brief)}order/", {"seen": brief.version})
    assert answer.status_code == 422
    assert "เลือกทางเลือก หรือเขียนคำสั่งการ" in answer.content.decode()


# ── Who sees what ───────────────────────────────────────────────────────────────────────────


def test_only_those_of_the_subgroup_and_executives_see_it(
    client_for: ClientFor, people: dict[str, User], officer: User, administrator: User
) -> None:
    brief = standing_at(State.ON_DESK, people)
    for address in (page(brief), f"{page(brief)}memo/", f"{page(brief)}memo/word/"):
        for person in people.values():
            assert client_for(person).get(address).status_code == 200
        for person in (officer, administrator):
            assert client_for(person).get(address).status_code == 404
        assert Client().get(address).status_code == 302


def test_a_secret_one_is_its_officers_and_the_heads(client_for: ClientFor, people: dict[str, User]) -> None:
    secret = standing_at(State.CHECKING, people, secrecy=Secrecy.SECRET)
    colleague = make_news_colleague()
    for address in (page(secret), f"{page(secret)}memo/", f"{page(secret)}memo/word/"):
        assert client_for(colleague).get(address).status_code == 404
    assert client_for(people["head"]).get(page(secret)).status_code == 200


def test_every_form_of_a_step_opens(client_for: ClientFor, people: dict[str, User]) -> None:
    for state in State:
        brief = standing_at(state, people)
        for person in people.values():
            context = client_for(person).get(page(brief)).context
            for one in [*context["steps"], *context["more_steps"]]:
                answer = client_for(person).get(f"{page(brief)}{one.name}/")
                assert answer.status_code == 200, one.name


@pytest.mark.parametrize("state", [State.WRITING, State.ON_DESK])
def test_the_page_asks_a_fixed_number_of_questions(
    state: State, client_for: ClientFor, people: dict[str, User]
) -> None:
    brief = standing_at(state, people)
    client = client_for(people["officer"])
    client.get(page(brief))
    with CaptureQueriesContext(connection) as asked:
        client.get(page(brief))
    assert len(asked) <= MOST_QUERIES, "\n".join(one["sql"][:150] for one in asked)


def test_the_register_shows_the_open_ones_and_asks_the_same_however_long_it_is(
    client_for: ClientFor, people: dict[str, User]
) -> None:
    standing_at(State.CLOSED, people, title="บทวิเคราะห์ที่ปิดแล้ว")
    for _more in range(20):
        standing_at(State.WRITING, people)
    client = client_for(people["officer"])
    assert "บทวิเคราะห์ที่ปิดแล้ว" not in client.get(LIST).content.decode()
    assert "บทวิเคราะห์ที่ปิดแล้ว" in client.get(f"{LIST}?state=closed").content.decode()
    with CaptureQueriesContext(connection) as asked:
        client.get(LIST)
    assert len(asked) <= MOST_QUERIES
    assert client.get(f"{LIST}filter/").status_code == 200


# ── On paper ────────────────────────────────────────────────────────────────────────────────


def test_the_memo_says_everything_and_the_order_once_there_is_one(people: dict[str, User]) -> None:
    dates = {"since_on": date(2009, 11, 1), "until_on": date(2009, 11, 7)}
    brief = standing_at(State.ON_DESK, people, **dates)
    html = memo_html(brief, date(2009, 11, 10))
    for words in ("ครูอัตราจ้างประกาศชุมนุม", "ขยายสัญญา", "ใช้งบเพิ่ม", "ควรชี้แจง", "๗ พฤศจิกายน ๒๕๕๒", "นางสาวนงศิณี"):
        assert words in html
    assert "บัญชา" not in html
    decided = standing_at(State.ORDERED, people)
    assert "เลือก เร่งบรรจุ" in memo_html(decided, date(2009, 11, 10))


def test_the_memo_without_options_counts_its_parts_on(people: dict[str, User]) -> None:
    brief = make_brief(owner=people["officer"])
    html = memo_html(brief, date(2009, 11, 10))
    assert "ทางเลือก" not in html
    assert "๓. ความเห็น" in html


def test_the_memos_text_is_read_back_whole_from_its_pdf(people: dict[str, User]) -> None:
    brief = standing_at(State.ORDERED, people)
    pages = list(pypdfium2.PdfDocument(memo_pdf(brief, date(2009, 11, 10))))
    assert len(pages) <= 2
    text = "".join("".join(one.get_textpage().get_text_range() for one in pages).split())
    for words in ("บันทึกข้อความ", "ครูอัตราจ้างประกาศชุมนุม", "ทันเปิดเทอม", "จึงเรียนมาเพื่อโปรดพิจารณา", "เลือกเร่งบรรจุ"):
        assert words in text


def test_a_secret_memo_bears_its_stamp(people: dict[str, User]) -> None:
    brief = standing_at(State.ON_DESK, people, secrecy=Secrecy.CONFIDENTIAL)
    assert memo_html(brief, date(2009, 11, 10)).count("stamp-top") == 1


def test_the_memo_in_word_says_what_the_pdf_says_with_its_options_as_a_table(people: dict[str, User]) -> None:
    brief = standing_at(State.ORDERED, people, secrecy=Secrecy.CONFIDENTIAL)
    document = docx.Document(BytesIO(memo_word(brief, date(2009, 11, 10))))
    said = "".join("".join(one.text for one in document.element.body.iter(qn("w:t"))).split())
    body = body_of(memo_html(brief, date(2009, 11, 10)))
    for stamp in [one for one in body if "stamp" in one.get("class", "")]:
        body.remove(stamp)
    for number, source in enumerate(body.iter("li"), start=1):  # on paper the style sheet numbers them
        source.text = f"{to_thai_digits(number)}.{source.text}"
    expected = "".join("".join(body.itertext()).split())
    assert said == expected
    [options] = document.tables
    head, *rows = options.rows
    assert head._tr.trPr.find(qn("w:tblHeader")) is not None
    assert [cell.text for cell in head.cells] == ["ทางเลือก", "ข้อดี", "ข้อควรคำนึง"]
    assert len(rows) == 2
    assert document.sections[0].first_page_header.paragraphs[0].text.strip() == "ลับ"
