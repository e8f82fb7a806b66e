"""Recipients of the journal: the list with its sums, one recipient, bringing a list of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from office.models import Agency, User
from publicrelations.models import Recipient, RecipientGroup, RecipientImport
from publicrelations.views.recipients import groups_on
from tests.publicrelations.cast import make_news_head, make_news_officer
from tests.publicrelations.journal_cast import group, make_journal, make_recipient

pytestmark = pytest.mark.django_db

ClientFor = Callable[[User], Client]
MOST_QUERIES = 12
LIST = "/public-relations/recipients/"
HEADER = ["ชื่อหน่วยงาน", "กลุ่มผู้รับ", "จำนวน", "ที่อยู่", "รหัสไปรษณีย์"]
AREAS = "สำนักงานเขตพื้นที่การศึกษา (สพท.)"
CHIANG_RAI = ["สพท. เชียงราย เขต ๑", AREAS, "๕", "๙๙ ถนนพหลโยธิน อำเภอเมือง จังหวัดเชียงราย", "๕๗๐๐๐"]
KRABI = ["สพท. กระบี่", AREAS, "", "๑ ถนนอุตรกิจ อำเภอเมือง จังหวัดกระบี่", "81000"]


@pytest.fixture
def browser(client_for: ClientFor) -> Client:
    return client_for(make_news_officer())


# ── The groups and the sum ──────────────────────────────────────────────────────────────────


def test_the_plans_groups_stand_there_from_the_first() -> None:
    assert list(RecipientGroup.objects.values_list("name", flat=True)) == [
        "องค์กรหลัก",
        "หน่วยงานในกำกับ",
        AREAS,
        "สบย. กทม. และ ๑๒ เขต",
        "ผู้รับอื่น",
    ]


def test_the_groups_keep_their_place_on_the_page_whoever_is_in_them() -> None:
    first, last = group(1), group(5)
    RecipientGroup.objects.filter(pk=first.pk).update(order=9)
    make_recipient(10, group=last)
    assert [one.name for one in groups_on(date(2009, 12, 1))][-2:] == [last.name, first.name]


def test_the_list_shows_the_sum_against_the_plans_print_run_in_few_questions(browser: Client) -> None:
    for _serial in range(3):
        make_recipient(100)
    make_recipient(1690, group=group(1), returned_on=date(2009, 12, 1), return_reason="moved")
    browser.get(LIST)
    with CaptureQueriesContext(connection) as queries:
        text = browser.get(LIST).content.decode()
    assert len(queries) <= MOST_QUERIES
    assert "เหลือ ๑๐ ฉบับที่ยังไม่มีผู้รับ" in text
    assert "ย้าย ไม่ทราบที่อยู่ใหม่" in text


def test_the_sum_stands_against_the_issue_that_is_mailed_next(browser: Client) -> None:
    journal = make_journal(None, print_run=1500)
    make_recipient(1510)
    text = browser.get(LIST).content.decode()
    assert "ขาด ๑๐ ฉบับ" in text
    assert journal.title in text


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, {"now", "returned"}),
        ({"standing": "returned"}, {"returned"}),
        ({"standing": "ended"}, {"ended"}),
        ({"standing": "all"}, {"now", "returned", "ended", "to come"}),
        ({"q": "RETUR"}, {"returned"}),
    ],
    ids=["now", "returned", "ended", "all", "named"],
)
def test_the_list_is_narrowed_by_standing_and_name(
    browser: Client, query: dict[str, str], expected: set[str]
) -> None:
    today = timezone.localdate()
    make_recipient(name="now")
    make_recipient(name="returned", returned_on=today, return_reason="refused")
    make_recipient(name="ended", until_on=today - timedelta(days=1))
    make_recipient(name="to come", since_on=today + timedelta(days=1))
    rows = browser.get(LIST, query).context["page"].rows
    assert {row.name for row in rows} == expected


def test_pages_follow_the_thai_alphabet(browser: Client) -> None:
    for number in range(30):
        make_recipient(name=f"เขต {'กขค'[number % 3]}{number:02}")
    first = browser.get(LIST)
    second = browser.get(f"{LIST}?{first.context['next_link']}")
    names = [row.name for page in (first, second) for row in page.context["page"].rows]
    assert names == sorted(names)
    assert len(names) == 30


# ── One recipient ───────────────────────────────────────────────────────────────────────────


def typed(**changes: Any) -> dict[str, Any]:
    return {
        "group": group(3).pk,
        "name": "สพท. เชียงราย เขต ๑",
        "copies": "๕",
        "attention": "ผู้อำนวยการ",
        "address": "๙๙ ถนนพหลโยธิน",
        "postcode": "๕๗๐๐๐",
        "since_on": "๑/๑๐/๒๕๕๒",
    } | changes


def test_a_recipient_is_written_down_by_hand(browser: Client) -> None:
    answer = browser.post(f"{LIST}new/", typed())
    saved = Recipient.objects.get()
    assert answer.url == saved.get_absolute_url()
    assert (saved.copies, saved.postcode, saved.since_on) == (5, "57000", date(2009, 10, 1))
    assert browser.get(answer.url).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"copies": "0"}, "1"),
        ({"postcode": "5700"}, "รหัสไปรษณีย์มีห้าหลัก"),
        ({"until_on": "๑/๙/๒๕๕๒"}, "วันสุดท้ายอยู่ก่อนวันแรก"),
        ({"name": "มีแล้ว"}, "มีผู้รับรายนี้ในบัญชีแล้ว"),
        ({"address": ""}, "ต้อง"),
    ],
    ids=lambda one: str(one)[:20],
)
def test_what_is_wrong_with_a_recipient_is_said_and_nothing_is_lost(
    browser: Client, wrong: dict[str, str], words: str
) -> None:
    make_recipient(name="มีแล้ว")
    answer = browser.post(f"{LIST}new/", typed(attention="ท่านผู้อำนวยการ", **wrong))
    assert answer.status_code == 422
    assert "ท่านผู้อำนวยการ" in answer.content.decode()
    assert Recipient.objects.count() == 1


def test_one_name_is_sent_it_once_but_may_come_back(browser: Client) -> None:
    make_recipient(name="สพท. กระบี่", until_on=date(2009, 10, 31))
    make_recipient(name="สพท. กระบี่", since_on=date(2010, 1, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        make_recipient(name="สพท. กระบี่")


def test_whoever_finds_the_address_takes_the_mark_away(browser: Client) -> None:
    lost = make_recipient(returned_on=date(2009, 12, 1), return_reason="moved")
    given = typed(name=lost.name, address="ที่อยู่ใหม่")
    browser.post(f"{LIST}{lost.pk}/edit/", given)
    lost.refresh_from_db()
    assert lost.returned_on is not None
    browser.post(f"{LIST}{lost.pk}/edit/", given | {"is_found": "on"})
    lost.refresh_from_db()
    assert (lost.returned_on, lost.return_reason, lost.address) == (None, "", "ที่อยู่ใหม่")


@pytest.mark.parametrize("tail", ["", "new/", "import/", "export.csv", "import/template.csv"])
def test_strangers_are_told_whom_to_ask(
    client_for: ClientFor, stranger: User, officer: User, tail: str
) -> None:
    for nobody in (stranger, officer):
        assert client_for(nobody).get(LIST + tail).status_code == 403


def test_executives_read_but_write_nothing(client_for: ClientFor, executive: User) -> None:
    found = make_recipient()
    reader = client_for(executive)
    assert reader.get(LIST).status_code == 200
    assert reader.get(found.get_absolute_url()).status_code == 200
    for tail in ("new/", "import/", f"{found.pk}/edit/"):
        assert reader.get(LIST + tail).status_code == 403


# ── Bringing a list ─────────────────────────────────────────────────────────────────────────


def csv_file(*rows: Sequence[str], header: Sequence[str] = HEADER) -> SimpleUploadedFile:
    target = io.StringIO()
    csv.writer(target).writerows([header, *rows])
    return SimpleUploadedFile("ผู้รับ.csv", target.getvalue().encode("utf-8-sig"), content_type="text/csv")


def bring(browser: Client, *rows: Sequence[str], **more: Any) -> RecipientImport:
    header = more.pop("header", HEADER)
    given = {"file": csv_file(*rows, header=header), "since_on": "๑/๑๐/๒๕๕๒"} | more
    answer = browser.post(f"{LIST}import/", given)
    assert answer.status_code == 302
    return RecipientImport.objects.latest("pk")


def confirm(browser: Client, bringing: RecipientImport) -> str:
    answer = browser.post(f"{LIST}import/{bringing.pk}/confirm/", follow=True)
    return answer.content.decode()


def test_a_list_is_shown_before_anything_is_written(browser: Client) -> None:
    bringing = bring(browser, CHIANG_RAI, KRABI)
    assert not Recipient.objects.exists()
    text = browser.get(f"{LIST}import/{bringing.pk}/").content.decode()
    assert "สพท. กระบี่" in text
    assert "เหลือ ๑,๙๙๐ ฉบับ" in text  # five each: the group's usual number where a line says none
    confirm(browser, bringing)
    assert set(Recipient.objects.values_list("name", "copies", "postcode")) == {
        ("สพท. เชียงราย เขต ๑", 5, "57000"),
        ("สพท. กระบี่", 5, "81000"),
    }


def test_confirming_twice_writes_once(browser: Client) -> None:
    bringing = bring(browser, CHIANG_RAI)
    for _click in range(2):
        confirm(browser, bringing)
    assert Recipient.objects.count() == 1


def test_a_change_since_it_was_shown_is_shown_anew_and_nothing_is_written(browser: Client) -> None:
    bringing = bring(browser, CHIANG_RAI)
    make_recipient(7, name=CHIANG_RAI[0])
    assert "ยังไม่" in confirm(browser, bringing)
    assert Recipient.objects.get().copies == 7
    bringing.refresh_from_db()
    assert [row["name"] for row in bringing.plan["changed"]] == [CHIANG_RAI[0]]


def test_a_column_that_is_not_there_changes_nothing(browser: Client) -> None:
    there = make_recipient(7, name=CHIANG_RAI[0], telephone="0 5371 1234")
    bringing = bring(browser, [CHIANG_RAI[0], "๙"], header=["ชื่อหน่วยงาน", "จำนวนฉบับ"])
    assert bringing.plan["changed"][0]["changes"] == [["copies", 7, 9]]
    confirm(browser, bringing)
    there.refresh_from_db()
    assert (there.copies, there.telephone) == (9, "0 5371 1234")


def test_whoever_is_missing_in_the_whole_list_is_sent_it_no_more(browser: Client) -> None:
    gone = make_recipient(11, name="หน่วยงานที่ยุบแล้ว")
    bringing = bring(browser, CHIANG_RAI, is_whole="on")
    assert [row["name"] for row in bringing.plan["ended"]] == [gone.name]
    assert bringing.plan["copies"] == 5
    confirm(browser, bringing)
    gone.refresh_from_db()
    assert gone.until_on == timezone.localdate() - timedelta(days=1)


def test_without_saying_so_nobody_is_taken_off(browser: Client) -> None:
    make_recipient(11)
    assert bring(browser, CHIANG_RAI).plan["ended"] == []


@pytest.mark.parametrize(
    ("place", "cell", "words"),
    [
        (0, "", "ว่าง"),
        (1, "กลุ่มที่ไม่มี", "ไม่มีกลุ่ม"),
        (2, "ห้า", "ไม่ใช่จำนวนฉบับ"),
        (2, "0", "ไม่ใช่จำนวนฉบับ"),
        (3, "", "ว่าง"),
        (4, "570", "ไม่ใช่รหัสไปรษณีย์"),
    ],
)
def test_a_wrong_row_is_said_and_the_others_are_taken(
    browser: Client, place: int, cell: str, words: str
) -> None:
    wrong = list(CHIANG_RAI)
    wrong[place] = cell
    bringing = bring(browser, wrong, KRABI)
    assert words in " ".join(bringing.plan["wrong"][0]["faults"])
    mended = b"".join(browser.get(f"{LIST}import/{bringing.pk}/wrong/").streaming_content).decode("utf-8-sig")
    assert words in mended
    confirm(browser, bringing)
    assert Recipient.objects.get().name == KRABI[0]


def test_a_second_line_of_the_same_recipient_is_wrong(browser: Client) -> None:
    bringing = bring(browser, CHIANG_RAI, CHIANG_RAI)
    assert bringing.plan["wrong"][0]["line"] == 3


def test_a_body_of_the_network_is_known_by_its_name(browser: Client) -> None:
    agency = Agency.objects.get_or_create(name="สำนักงานปลัดกระทรวงศึกษาธิการ")[0]
    bringing = bring(browser, [agency.name, "องค์กรหลัก", "20", "ถนนราชดำเนินนอก", "10300"])
    confirm(browser, bringing)
    assert Recipient.objects.get().agency == agency


def test_what_is_exported_can_be_imported_and_changes_nothing(browser: Client) -> None:
    make_recipient(5, note="=1+1", telephone="0 2628 6123")
    exported = b"".join(browser.get(f"{LIST}export.csv").streaming_content)
    file = SimpleUploadedFile("recipients.csv", exported, content_type="text/csv")
    browser.post(f"{LIST}import/", {"file": file, "since_on": "๑/๑๐/๒๕๕๒"})
    plan = RecipientImport.objects.get().plan
    assert (plan["unchanged"], plan["new"], plan["changed"], plan["wrong"]) == (1, [], [], [])


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_template_can_be_brought_as_it_is(browser: Client, kind: str) -> None:
    answer = browser.get(reverse("publicrelations:recipients_template", args=[kind]))
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    given = {"file": SimpleUploadedFile(f"t.{kind}", content), "since_on": "๑/๑๐/๒๕๕๒"}
    assert browser.post(f"{LIST}import/", given).status_code == 302
    assert len(RecipientImport.objects.get().plan["new"]) == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "ว่าง"), (b"\xd0\xcf\x11\xe0rest", ".xls"), ("ชื่อ,สีโปรด\nก,แดง".encode(), "สีโปรด")],
    ids=["empty", "old", "unknown column"],
)
def test_a_file_that_is_no_list_is_refused_in_words(browser: Client, content: bytes, words: str) -> None:
    given = {"file": SimpleUploadedFile("x.csv", content), "since_on": "๑/๑๐/๒๕๕๒"}
    answer = browser.post(f"{LIST}import/", given)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_list_of_thousands_is_planned_in_a_handful_of_questions(client_for: ClientFor) -> None:
    browser = client_for(make_news_head())
    rows = [[f"หน่วยงาน {number}", AREAS, "1", "ที่อยู่", "10300"] for number in range(300)]
    browser.get(LIST)
    with CaptureQueriesContext(connection) as queries:
        bringing = bring(browser, *rows)
    assert len(queries) <= 20
    with CaptureQueriesContext(connection) as queries:
        browser.post(f"{LIST}import/{bringing.pk}/confirm/")
    assert len(queries) <= 30
    assert Recipient.objects.count() == 300


def test_area_two_stands_before_area_ten() -> None:
    for name in ("สพท. เชียงใหม่ เขต ๑๐", "สพท. เชียงใหม่ เขต 2", "สพท. กระบี่ เขต 11"):
        make_recipient(name=name)
    names = [row.name for row in Recipient.objects.all().for_labels()]
    assert names == ["สพท. กระบี่ เขต 11", "สพท. เชียงใหม่ เขต 2", "สพท. เชียงใหม่ เขต ๑๐"]
