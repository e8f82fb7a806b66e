"""The pages of the journal: register, issue, board, mailing list, labels; who sees what, few questions."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from office.models import User
from publicrelations import journal_opening, label_making
from publicrelations.forms import journal_board
from publicrelations.models import Article, Journal, LabelPrint, RecipientGroup
from publicrelations.models.journal_state import JournalState as State
from tests.publicrelations.cast import make_news_colleague, make_news_head, make_news_officer
from tests.publicrelations.journal_cast import (
    carry_to,
    choose,
    group,
    make_journal,
    make_news,
    make_pages,
    make_recipient,
    take,
)
from tests.publicrelations.news_cast import drawn

pytestmark = pytest.mark.django_db

ClientFor = Callable[[User], Client]
MOST_QUERIES = 12
LIST = "/public-relations/journals/"


@pytest.fixture
def banlang() -> User:
    return make_news_officer()


@pytest.fixture
def nongsinee() -> User:
    return make_news_head()


def page(journal: Journal) -> str:
    return f"{LIST}{journal.pk}/"


def step(journal: Journal, name: str) -> str:
    return f"{page(journal)}{name}/"


# ── Who sees what ───────────────────────────────────────────────────────────────────────────


@pytest.fixture
def mailed(banlang: User, nongsinee: User) -> Journal:
    make_recipient(2000)
    return carry_to("mailed", banlang, nongsinee)


PAGES = ["", "mailing/", "mailing/xlsx/", "labels/", "note_return/"]


@pytest.mark.parametrize("tail", PAGES)
def test_a_page_of_an_issue_does_not_exist_for_strangers(
    client_for: ClientFor, mailed: Journal, stranger: User, officer: User, tail: str
) -> None:
    for nobody in (stranger, officer):
        assert client_for(nobody).get(page(mailed) + tail).status_code == 404
    assert Client().get(page(mailed) + tail).status_code == 302


@pytest.mark.parametrize("tail", PAGES)
def test_a_page_of_an_issue_opens_for_its_people(
    client_for: ClientFor, mailed: Journal, banlang: User, tail: str
) -> None:
    assert client_for(banlang).get(page(mailed) + tail).status_code == 200


def test_executives_read_and_are_told_whom_to_ask(
    client_for: ClientFor, mailed: Journal, executive: User
) -> None:
    browser = client_for(executive)
    assert browser.get(page(mailed)).status_code == 200
    assert browser.get(step(mailed, "archive")).status_code == 403
    assert browser.post(f"{page(mailed)}labels/", {"sheet": "3x8", "first": "1"}).status_code == 403


@pytest.mark.parametrize(
    "state", ["planned", "content_closed", "proof", "approved", "printed", "mailed", "archived"]
)
def test_the_page_of_an_issue_asks_few_questions(
    client_for: ClientFor, banlang: User, nongsinee: User, state: str
) -> None:
    for order in (1, 2, 3):
        make_recipient(666 if order > 1 else 668, group=group(order))
    journal = carry_to(state, banlang, nongsinee)
    browser = client_for(banlang)
    browser.get(page(journal))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = browser.get(page(journal))
    assert answer.status_code == 200
    assert len(queries) <= MOST_QUERIES, "\n".join(one["sql"][:150] for one in queries)


def test_the_register_shows_states_covers_and_copies_in_few_questions(
    client_for: ClientFor, mailed: Journal, banlang: User
) -> None:
    browser = client_for(banlang)
    browser.get(LIST)
    with CaptureQueriesContext(connection) as queries:
        text = browser.get(LIST).content.decode()
    assert len(queries) <= MOST_QUERIES
    assert mailed.title in text
    assert "๒,๐๐๐ ฉบับ" in text
    assert f"{page(mailed)}cover/" in text


def test_months_of_the_filter_are_those_of_the_issues(
    client_for: ClientFor, mailed: Journal, banlang: User
) -> None:
    browser = client_for(banlang)
    assert mailed.title in browser.get(LIST, {"month": "2552-12"}).content.decode()
    assert mailed.title not in browser.get(LIST, {"month": "2552-11"}).content.decode()


# ── Opening ─────────────────────────────────────────────────────────────────────────────────


def test_an_officer_opens_the_next_issue_once(client_for: ClientFor, banlang: User) -> None:
    browser = client_for(banlang)
    month = browser.get(LIST).context["next_month"]
    first, second = (browser.post(f"{LIST}open/", {"month": month.isoformat()}) for _click in range(2))
    assert first.url == second.url == page(Journal.objects.get())
    assert Journal.objects.get().owner == banlang


@pytest.mark.parametrize("month", ["", "2009-12-02", "ธันวาคม", "2109-12-01"])
def test_no_issue_of_any_other_month_is_opened(client_for: ClientFor, banlang: User, month: str) -> None:
    assert client_for(banlang).post(f"{LIST}open/", {"month": month}).status_code == 404
    assert not Journal.objects.exists()


def test_whoever_only_reads_opens_nothing(client_for: ClientFor, executive: User) -> None:
    assert client_for(executive).post(f"{LIST}open/", {"month": "2009-12-01"}).status_code == 403


# ── The board ───────────────────────────────────────────────────────────────────────────────


def put(browser: Client, journal: Journal, places: dict[Article, str], **more: str) -> int:
    data = {"seen": str(journal.version)} | {f"place-{one.pk}": place for one, place in places.items()} | more
    return browser.post(step(journal, "arrange"), data).status_code


def test_the_board_offers_what_was_published_and_orders_it_by_number(
    client_for: ClientFor, banlang: User, nongsinee: User
) -> None:
    one, two, three = (make_news(banlang, nongsinee) for _serial in range(3))
    journal = make_journal(banlang)
    browser = client_for(banlang)
    text = browser.get(step(journal, "arrange")).content.decode()
    assert all(article.title in text for article in (one, two, three))
    heading = {f"heading-{two.pk}": "หัวเรื่องใหม่", f"section-{two.pk}": "ข่าวเด่น"}
    assert put(browser, journal, {one: "๒", two: "1", three: ""}, **heading) == 302
    assert [(entry.title, entry.section) for entry in journal.entries.all()] == [
        ("หัวเรื่องใหม่", "ข่าวเด่น"),
        (one.title, ""),
    ]


def test_what_the_board_has_no_room_for_is_said_and_comes_up_when_others_are_placed(
    client_for: ClientFor, banlang: User, nongsinee: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_board, "MOST_OFFERED", 2)
    oldest, older, newest = (make_news(banlang, nongsinee) for _serial in range(3))
    journal, browser = make_journal(banlang), client_for(banlang)
    text = browser.get(step(journal, "arrange")).content.decode()
    assert "แสดงข่าวใหม่สุด ๒ ข่าว" in text
    assert oldest.title not in text
    assert put(browser, journal, {newest: "1", older: ""}) == 302
    text = browser.get(step(journal, "arrange")).content.decode()
    assert all(article.title in text for article in (oldest, older, newest))
    assert "แสดงข่าวใหม่สุด" not in text


def test_an_article_of_another_issue_or_of_long_ago_is_not_offered(
    client_for: ClientFor, banlang: User, nongsinee: User
) -> None:
    taken = make_news(banlang, nongsinee)
    choose(make_journal(banlang), banlang, taken)
    later = make_journal(banlang, month=journal_opening.next_month(taken.published_at.date()))
    text = client_for(banlang).get(step(later, "arrange")).content.decode()
    assert taken.title not in text


@pytest.mark.parametrize("wrong", ["หนึ่ง", "0", "1000"])
def test_a_place_that_is_no_number_is_said_beside_the_article(
    client_for: ClientFor, banlang: User, nongsinee: User, wrong: str
) -> None:
    article = make_news(banlang, nongsinee)
    journal = make_journal(banlang)
    assert put(client_for(banlang), journal, {article: wrong}) == 422
    assert not journal.entries.exists()


def test_an_empty_board_is_not_saved(client_for: ClientFor, banlang: User, nongsinee: User) -> None:
    article = make_news(banlang, nongsinee)
    assert put(client_for(banlang), make_journal(banlang), {article: ""}) == 422


def test_two_who_order_at_once_are_told_of_each_other(
    client_for: ClientFor, banlang: User, nongsinee: User
) -> None:
    article, other = make_news(banlang, nongsinee), make_news(banlang, nongsinee)
    journal = make_journal(banlang)
    assert put(client_for(nongsinee), journal, {article: "1"}) == 302
    assert put(client_for(banlang), journal, {other: "1"}) == 409
    assert [entry.article for entry in journal.entries.all()] == [article]


def test_the_board_asks_few_questions(client_for: ClientFor, banlang: User, nongsinee: User) -> None:
    articles = [make_news(banlang, nongsinee) for _serial in range(8)]
    journal = make_journal(banlang)
    choose(journal, banlang, *articles[:3])
    take(journal, "make_pages", banlang)
    make_pages(journal)
    choose(journal, banlang, *articles[3:6])
    take(journal, "make_pages", banlang)  # asked for anew, and not made yet
    browser = client_for(banlang)
    browser.get(step(journal, "arrange"))
    with CaptureQueriesContext(connection) as queries:
        browser.get(step(journal, "arrange"))
    assert len(queries) <= MOST_QUERIES, "\n".join(one["sql"][:150] for one in queries)


# ── Cover ───────────────────────────────────────────────────────────────────────────────────


def cover(journal: Journal, content: bytes, name: str = "ปก.jpg", **more: str) -> dict[str, object]:
    file = SimpleUploadedFile(name, content, content_type="image/jpeg")
    return {"seen": journal.version, "picture": file, "cover_line": "เรียนฟรี", "cover_alt": "เด็กนักเรียน"} | more


def test_a_cover_gets_its_picture_and_words(client_for: ClientFor, banlang: User) -> None:
    journal = make_journal(banlang)
    answer = client_for(banlang).post(step(journal, "make_cover"), cover(journal, drawn()))
    assert answer.status_code == 302
    journal.refresh_from_db()
    assert (journal.cover_line, journal.cover.content_type) == ("เรียนฟรี", "image/jpeg")


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("content", "name"),
    [(SVG, "ภาพ.svg"), (drawn()[:2000], "ขาด.jpg"), (b"hello", "ภาพ.jpg"), (drawn(900, 90), "แถบ.jpg")],
    ids=["svg", "cut off", "text", "strip"],
)
def test_what_is_no_picture_is_no_cover(
    client_for: ClientFor, banlang: User, content: bytes, name: str
) -> None:
    journal = make_journal(banlang)
    answer = client_for(banlang).post(step(journal, "make_cover"), cover(journal, content, name))
    assert answer.status_code == 422
    assert "เรียนฟรี" in answer.content.decode()
    journal.refresh_from_db()
    assert journal.cover is None


def test_a_cover_picture_needs_words_for_whoever_does_not_see_it(
    client_for: ClientFor, banlang: User
) -> None:
    journal = make_journal(banlang)
    answer = client_for(banlang).post(step(journal, "make_cover"), cover(journal, drawn(), cover_alt=""))
    assert answer.status_code == 422
    assert "เขียนหนึ่งบรรทัดว่าในภาพคืออะไร" in answer.content.decode()


# ── Files ───────────────────────────────────────────────────────────────────────────────────


def test_the_files_of_an_edition_open_for_its_people_alone(
    client_for: ClientFor, banlang: User, nongsinee: User, officer: User
) -> None:
    journal = take(
        choose(make_journal(banlang), banlang, make_news(banlang, nongsinee)), "close_content", banlang
    )
    waiting = journal.editions.get()
    address = f"{LIST}editions/{waiting.pk}"
    browser = client_for(banlang)
    assert browser.get(f"{address}/web.pdf").status_code == 404
    assert "HX-Refresh" not in browser.get(f"{address}/status/")
    make_pages(journal)
    for use in ("web", "print"):
        answer = browser.get(f"{address}/{use}.pdf")
        assert b"".join(answer.streaming_content).startswith(b"%PDF")
        assert client_for(officer).get(f"{address}/{use}.pdf").status_code == 404
    assert browser.get(f"{address}/status/")["HX-Refresh"] == "true"
    assert browser.get(f"{page(journal)}cover/")["Content-Type"] == "image/webp"
    assert browser.get(f"{address}/other.pdf").status_code == 404


# ── The mailing list ────────────────────────────────────────────────────────────────────────


def test_the_mailing_list_as_a_spreadsheet_accounts_for_each_copy(
    client_for: ClientFor, banlang: User, nongsinee: User
) -> None:
    make_recipient(1490, name="สำนักงานปลัดกระทรวง", group=group(1))
    make_recipient(500, name="=HYPERLINK(1)", group=group(3))
    # By its place the first group stays first, though by its name it would be the last.
    RecipientGroup.objects.filter(order=1).update(name="๙ หน่วยงานส่วนกลาง")
    journal = carry_to("printed", banlang, nongsinee)
    take(journal, "keep_stock", banlang, stock=10)
    book = load_workbook(BytesIO(client_for(banlang).get(f"{page(journal)}mailing/xlsx/").content))
    lines, sums = (list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets)
    assert [row[6] for row in lines[-4:]] == [1490, 500, 10, 2000]
    assert lines[-3][3] == "'=HYPERLINK(1)"
    assert [row[2] for row in sums[1:]] == [1490, 500, 10, 2000, 2000]
    take(journal, "close_list", banlang)
    copies = client_for(banlang).get(page(journal)).context["copies"]
    assert [sent for _name, _recipients, sent in copies.groups] == [1490, 500]


def test_returned_mail_is_noted_from_its_line(client_for: ClientFor, mailed: Journal, banlang: User) -> None:
    line = mailed.consignments.get()
    browser = client_for(banlang)
    asked = browser.get(step(mailed, "note_return"), {"consignment": line.pk})
    assert f'value="{line.pk}" selected' in asked.content.decode()
    given = {
        "seen": mailed.version,
        "consignment": line.pk,
        "returned_on": "๖/๑/๒๕๕๓",
        "return_reason": "moved",
    }
    assert browser.post(step(mailed, "note_return"), given).status_code == 302
    text = browser.get(f"{page(mailed)}mailing/").content.decode()
    assert "ย้าย ไม่ทราบที่อยู่ใหม่" in text
    assert browser.get(line.recipient.get_absolute_url()).content.decode().count("ย้าย ไม่ทราบที่อยู่ใหม่") == 2


# ── Labels ──────────────────────────────────────────────────────────────────────────────────


def test_labels_wait_for_the_closed_list(client_for: ClientFor, banlang: User, nongsinee: User) -> None:
    journal = carry_to("printed", banlang, nongsinee)
    answer = client_for(banlang).get(f"{page(journal)}labels/")
    assert answer.url == reverse("publicrelations:mailing", args=[journal.pk])


def test_labels_are_asked_for_once_and_made_by_the_worker(
    client_for: ClientFor, mailed: Journal, banlang: User
) -> None:
    browser = client_for(banlang)
    asked = {"sheet": "2x7", "first": "๓", "lines": "1"}
    for _click in range(2):
        assert browser.post(f"{page(mailed)}labels/", asked).status_code == 302
    row = LabelPrint.objects.get()
    assert (row.first, row.lines) == (3, [1])
    assert browser.get(f"{LIST}labels/{row.pk}/pdf/").status_code == 404
    made = label_making.make(row.pk)
    assert made is not None
    assert made.labels == 1
    assert b"".join(browser.get(f"{LIST}labels/{row.pk}/pdf/").streaming_content).startswith(b"%PDF")
    assert browser.get(f"{LIST}labels/{row.pk}/status/")["HX-Refresh"] == "true"


@pytest.mark.parametrize(
    "wrong",
    [{"first": "25"}, {"first": "0"}, {"lines": "ก-ข"}, {"lines": "900"}, {"sheet": "9x9"}],
    ids=str,
)
def test_labels_that_do_not_fit_the_sheet_or_the_list_are_refused(
    client_for: ClientFor, mailed: Journal, banlang: User, wrong: dict[str, str]
) -> None:
    asked = {"sheet": "3x8", "first": "1", "lines": ""} | wrong
    assert client_for(banlang).post(f"{page(mailed)}labels/", asked).status_code == 422
    assert not LabelPrint.objects.exists()


def test_a_colleague_looks_but_prints_no_labels(client_for: ClientFor, mailed: Journal) -> None:
    browser = client_for(make_news_colleague())
    assert browser.get(f"{page(mailed)}labels/").status_code == 200
    assert browser.post(f"{page(mailed)}labels/", {"sheet": "3x8", "first": "1"}).status_code == 403


def test_the_head_approves_on_the_page_of_the_issue(
    client_for: ClientFor, banlang: User, nongsinee: User
) -> None:
    journal = carry_to("proof", banlang, nongsinee)
    text = client_for(nongsinee).get(page(journal)).content.decode()
    assert 'id="step-approve"' in text
    client_for(nongsinee).post(step(journal, "approve"), {"seen": journal.version, "note": ""})
    journal.refresh_from_db()
    assert journal.state == State.APPROVED
