"""Searching: what is found and what is not, the same on both databases; numbers; the pages and their addresses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from complaints.models import Petition
from office import search, search_keys
from office.calendar import OFFICE_TZ
from office.models import Matter, NumberSeries, Secrecy, User
from office.search import TooShort, alike, find, newest_keys, numbered
from office.search_words import PRIVATE_FROM, Words, marked, normalise, snippet, trigrams
from office.views.search import results_address
from tests import cast

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]
TODAY = date(2009, 11, 23)  # fiscal year 2553
THAI_ID = "1-1017-00230-70-8"


def titles(user: User, text: str) -> list[str]:
    return [matter.title for matter in find(user, text).rows]


def petition(title: str, story: str = "ไม่มีเรื่องเล่า", **kwargs: object) -> Petition:
    return cast.make_petition(title=title, story=story, **kwargs)


# ── What is found ───────────────────────────────────────────────────────────────────────────


@pytest.fixture
def office_work(db: None) -> None:
    petition("ขอทุนการศึกษา", "บุตรเรียนดีแต่ยากจน เงินเดือน ๙,๕๐๐ บาท")
    petition("ร้องเรียนค่าน้ำดื่ม", "โรงเรียนเก็บค่าน้ำดื่มเดือนละ 100% ของราคา")
    petition("ขอย้ายโรงเรียน", "ผู้ปกครองย้ายไปจังหวัดน่าน ไฟล์ a_b.pdf และ C:\\งาน")
    petition("ร้องเรียนครู", 'ครูพูดว่า "ออกไป" กับนักเรียน')


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ทุนการ", ["ขอทุนการศึกษา"]),
        ("ทุนการศึกษา", ["ขอทุนการศึกษา"]),
        ("นการศึ", ["ขอทุนการศึกษา"]),  # a fragment across words
        ("น้ำดื่ม", ["ร้องเรียนค่าน้ำดื่ม"]),
        ("น\u0e49\u0e4d\u0e32ดื่ม", ["ร้องเรียนค่าน้ำดื่ม"]),  # ำ typed as two signs
        ("น\u0e4d\u0e49\u0e32ดื่ม", ["ร้องเรียนค่าน้ำดื่ม"]),  # and the tone mark between them
        ("ดื\u0e48ม", ["ร้องเรียนค่าน้ำดื่ม"]),
        ("ด\u0e48\u0e37ม", ["ร้องเรียนค่าน้ำดื่ม"]),  # tone mark before its vowel
        ("9,500", ["ขอทุนการศึกษา"]),
        ("๙,๕๐๐", ["ขอทุนการศึกษา"]),
        ("100%", ["ร้องเรียนค่าน้ำดื่ม"]),
        ("100_", []),
        ("a_b", ["ขอย้ายโรงเรียน"]),
        ("A_B.PDF", ["ขอย้ายโรงเรียน"]),
        ("axb", []),
        ("c:\\งาน", ["ขอย้ายโรงเรียน"]),
        ('ว่า "ออกไป', ["ร้องเรียนครู"]),
        ("%%%", []),
        ("___", []),
        ("'; --", []),
        ('""""', []),
        ("AND OR NOT", []),
        ("search_text:ครู*", []),
        ("โรงเรียน", ["ขอย้ายโรงเรียน", "ร้องเรียนค่าน้ำดื่ม"]),
        ("โรงเรียน น่าน", ["ขอย้ายโรงเรียน"]),
        ("น่าน โรงเรียน", ["ขอย้ายโรงเรียน"]),
        ("โรงเรียน ทุน", []),
        ("โรงเรียน 10", ["ร้องเรียนค่าน้ำดื่ม"]),  # the short word is checked, the long one looked up
        ("“เดือนละ 100”", ["ร้องเรียนค่าน้ำดื่ม"]),
        ('"ละเดือน 100"', []),
        ("เรีย\u200bน", ["ร้องเรียนครู", "ขอย้ายโรงเรียน", "ร้องเรียนค่าน้ำดื่ม", "ขอทุนการศึกษา"]),
        ("ไม่มีคำนี้", []),
    ],
)
def test_found(office_work: None, head: User, typed: str, found: list[str]) -> None:
    try:
        assert titles(head, typed) == found
    except TooShort:
        assert found == []


def test_two_letters_are_refused_and_so_is_nothing(head: User) -> None:
    for typed in ("กข", "", "  ", "ก ข ค"):
        with pytest.raises(TooShort):
            find(head, typed)


def test_newest_first_25_a_page_and_every_row_once(head: User) -> None:
    made = [petition(f"ขอความอนุเคราะห์ครั้งที่ {number}") for number in range(60)]
    newest_first = [one.pk for one in reversed(made)]
    first = find(head, "ขอความอนุเคราะห์")
    second = find(head, "ขอความอนุเคราะห์", before=first.rows[-1].pk)
    third = find(head, "ขอความอนุเคราะห์", before=second.rows[-1].pk)
    assert [len(page.rows) for page in (first, second, third)] == [25, 25, 10]
    assert [page.more for page in (first, second, third)] == [True, True, False]
    assert [row.pk for page in (first, second, third) for row in page.rows] == newest_first
    assert (first.total, second.total, first.total_label) == (60, None, "๖๐")


def test_hits_are_counted_up_to_a_hundred(head: User) -> None:
    one = petition("เรื่องตั้งต้นของการนับ")
    copies = []
    for number in range(101):
        copy = Matter.objects.get(pk=one.pk)
        copy.pk, copy.number = None, 1000 + number
        copies.append(copy)
    Matter.objects.bulk_create(copies)
    found = find(head, "ตั้งต้นของ")
    assert (found.total, len(found.rows)) == (101, 25)
    assert "๑๐๐" in found.total_label
    assert found.total_label != "๑๐๐"


def test_only_the_kind_asked_for(head: User) -> None:
    petition("ขอทุนการศึกษา")
    assert len(alike(head, ["ทุนการ", "กข"], kind=Matter.Kind.PETITION)) == 1
    assert alike(head, ["ทุนการ"], kind=Matter.Kind.MEETING) == []


@pytest.mark.parametrize(
    ("newest_rows", "few_hits"),
    [((0, 0), 2000), ((0, 0), 0), ((1, 1), 0), ((1, 1), 2000)],
    ids=["asked once", "block by block", "newest blocks, then all", "newest blocks, then once"],
)
def test_the_index_answers_also_when_much_is_visible(
    head: User, monkeypatch: pytest.MonkeyPatch, newest_rows: tuple[int, int], few_hits: int
) -> None:
    """With few rows the words are read off them; the same questions through the index give the same answers."""
    monkeypatch.setattr(search_keys, "FEW_ROWS", 0)
    monkeypatch.setattr(search_keys, "NEWEST_ROWS", newest_rows)
    monkeypatch.setattr(search_keys, "FEW_HITS", few_hits)
    petition("ขอทุนการศึกษา", "ร้อยละ 100% ของ a_b")
    petition("ขอย้ายโรงเรียน", "ค่าน้ำดื่ม")
    assert titles(head, "ทุนการ") == ["ขอทุนการศึกษา"]
    assert titles(head, "100%") == ["ขอทุนการศึกษา"]
    assert titles(head, "a_b") == ["ขอทุนการศึกษา"]
    assert titles(head, "น้ำดื่ม โรง") == ["ขอย้ายโรงเรียน"]
    both = find(head, "ขอทุน").rows + find(head, "ขอย้าย").rows
    assert find(head, "2553", before=both[1].pk).rows == [both[0]]
    assert titles(head, "ไม่มีคำนี้") == []


@pytest.fixture
def _whole_index_unasked(monkeypatch: pytest.MonkeyPatch) -> None:
    def everywhere(asked: search_keys.Asked) -> list[int]:
        raise AssertionError(f"the whole index is asked for {asked.words.all}")

    monkeypatch.setattr(search_keys, "_everywhere", everywhere)


@pytest.mark.usefixtures("_whole_index_unasked")
def test_a_campaign_of_equal_letters_slows_no_other_search(
    head: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Behind the newest, which are all alike, common words are seen to be common, and the whole index is not asked."""
    monkeypatch.setattr(search_keys, "NEWEST_ROWS", (2, 4000))
    monkeypatch.setattr(search_keys, "PROBES", (4,))
    older = [petition(f"ขอทุนการศึกษา {number}").pk for number in range(3)]
    for _number in range(3):
        petition("คัดค้านการยุบโรงเรียน")
    rows = Matter.objects.visible_to(head)
    assert newest_keys(rows, "ทุนการ", wanted=2) == older[:0:-1]
    assert newest_keys(rows, "ทุนการ", wanted=1, before=older[-1]) == [older[1]]


@pytest.mark.usefixtures("_whole_index_unasked")
def test_words_seen_lately_are_looked_for_behind_the_newest_keys(
    head: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the newest keys hold a good part of what is wanted, those behind are asked for the rest, and not all."""
    monkeypatch.setattr(search_keys, "NEWEST_ROWS", (1, 0))
    monkeypatch.setattr(search_keys, "SEARCH_BLOCK", 2)
    monkeypatch.setattr(search_keys, "NEWEST_BLOCKS", 1)
    made = [petition(f"ขอทุนการศึกษา {number}").pk for number in range(9)]
    rows = Matter.objects.visible_to(head)
    assert newest_keys(rows, "ทุนการ", wanted=7) == made[:1:-1]
    assert newest_keys(rows, "ทุนการ", wanted=3, before=made[5]) == made[4:1:-1]


def test_of_one_kind_what_was_registered_late_is_among_the_newest(
    head: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What came by letter may be registered after what was received since: its key is higher than the newest one's."""
    monkeypatch.setattr(search, "PAGE_ROWS", 3)
    monkeypatch.setattr(search_keys, "NEWEST_ROWS", (2, 0))
    monkeypatch.setattr(search_keys, "SEARCH_BLOCK", 1)
    monkeypatch.setattr(search_keys, "NEWEST_BLOCKS", 3)
    _oldest, older, newest, late = [
        petition("ขอทุนการศึกษา", received_at=cast.MORNING - timedelta(days=days)).pk for days in (9, 8, 0, 2)
    ]
    found = alike(head, ["ทุนการ"], kind=Matter.Kind.PETITION)
    assert [one.pk for one in found] == [late, newest, older]


@pytest.mark.usefixtures("_whole_index_unasked")
def test_words_that_are_common_each_are_not_asked_of_the_whole_index(
    head: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The index would compare long lists, however few matters have all of the words."""
    monkeypatch.setattr(search_keys, "NEWEST_ROWS", (0, 0))
    monkeypatch.setattr(search_keys, "SAMPLE_ROWS", 10**9)
    monkeypatch.setattr(search_keys, "MANY_HITS", 0)
    both = petition("ขอทุนการศึกษาของโรงเรียน")
    petition("ขอทุนการศึกษา")
    petition("ขอย้ายโรงเรียน")
    assert newest_keys(Matter.objects.visible_to(head), "ทุนการ โรงเรียน") == [both.pk]


def test_what_a_step_changes_is_found_at_once(officer: User, head: User) -> None:
    made = petition("ขอทุนการศึกษา", owner=officer)
    cast.take_step(made, "correct", officer, title="ขอทุนอาหารกลางวัน")
    assert titles(head, "อาหารกลางวัน") == ["ขอทุนอาหารกลางวัน"]
    assert titles(head, "ขอทุนการศึกษา") == []


# ── Who finds it ────────────────────────────────────────────────────────────────────────────


def test_nobody_finds_what_they_may_not_see(
    officer: User, colleague: User, head: User, executive: User, stranger: User, administrator: User
) -> None:
    petition("เรื่องธรรมดาของกลุ่ม")
    petition("เรื่องลับของกลุ่ม", secrecy=Secrecy.SECRET, owner=officer)
    assert titles(officer, "ของกลุ่ม") == ["เรื่องลับของกลุ่ม", "เรื่องธรรมดาของกลุ่ม"]
    assert titles(colleague, "ของกลุ่ม") == ["เรื่องธรรมดาของกลุ่ม"]
    assert len(titles(head, "ของกลุ่ม")) == len(titles(executive, "ของกลุ่ม")) == 2
    assert titles(stranger, "ของกลุ่ม") == []
    assert titles(administrator, "ของกลุ่ม") == []


def test_nobody_finds_it_through_the_index_either(
    colleague: User, stranger: User, officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_keys, "FEW_ROWS", 0)
    petition("เรื่องลับของกลุ่ม", secrecy=Secrecy.SECRET, owner=officer)
    assert titles(colleague, "ของกลุ่ม") == []
    assert titles(stranger, "ของกลุ่ม") == []
    assert titles(officer, "ของกลุ่ม") == ["เรื่องลับของกลุ่ม"]


def test_a_hidden_matter_is_not_found_by_its_number(officer: User, colleague: User, stranger: User) -> None:
    hidden = petition("เรื่องลับของกลุ่ม", secrecy=Secrecy.SECRET, owner=officer)
    for user in (colleague, stranger):
        assert numbered(user, hidden.label, TODAY) == []
        assert titles(user, hidden.label) == []


# ── Numbers ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "typed",
    [
        "รท ๗/๒๕๕๓",
        "รท 7/2553",
        "รท7/2553",
        "รท. 7/2553",
        "7/2553",
        "๗/๕๓",
        "7 / 53",
        "รท๗/๕๓",
        "7",
        "๗",
        "รท 7",
        " รท\u00a07/2553 ",
    ],
)
def test_a_number_is_understood(head: User, typed: str) -> None:
    made = petition("ขอทุนการศึกษา")
    Matter.objects.filter(pk=made.pk).update(number=7)
    assert [matter.pk for matter in numbered(head, typed, TODAY)] == [made.pk]


@pytest.mark.parametrize(
    "typed",
    [
        "8",
        "7/2552",
        "ศธ 7/2553",
        "7/2553/1",
        "7-2553",
        "๗ เรื่อง",
        "ครู 7",
        "9999999999",
        "7/255",
        "/2553",
        "หนังสือที่ 7",
    ],
)
def test_what_is_no_number_of_a_matter_is_searched_as_words(head: User, typed: str) -> None:
    made = petition("ขอทุนการศึกษา")
    Matter.objects.filter(pk=made.pk).update(number=7)
    assert numbered(head, typed, TODAY) == []


def test_a_bare_number_means_the_current_fiscal_year(head: User) -> None:
    old = petition("เรื่องของปีก่อน", received_at=datetime(2009, 3, 2, 9, 0, tzinfo=OFFICE_TZ))
    assert numbered(head, "1", TODAY) == []
    assert [matter.pk for matter in numbered(head, "1/2552", TODAY)] == [old.pk]


def test_one_number_of_two_registers_is_a_choice(head: User) -> None:
    made = petition("ขอทุนการศึกษา")
    twin = Matter.objects.get(pk=made.pk)
    twin.pk, twin.series, twin.title = None, "ศธ", "หนังสือของอีกทะเบียน"
    twin.save(force_insert=True)
    NumberSeries.objects.create(prefix="ศธ", year=2553, last=made.number)
    number = f"{made.number}/2553"
    assert [matter.title for matter in numbered(head, number, TODAY)] == ["หนังสือของอีกทะเบียน", "ขอทุนการศึกษา"]
    assert [matter.title for matter in numbered(head, f"ศธ {number}", TODAY)] == ["หนังสือของอีกทะเบียน"]


# ── Words, marks, snippets ──────────────────────────────────────────────────────────────────


def test_one_spelling_for_what_looks_the_same() -> None:
    assert normalise("เเม่น\u0e4d\u0e49า") == "แม่น้ำ"
    assert normalise("นำ\u0e49") == "น้ำ"
    assert normalise("ก่\u0e48อน") == "ก่อน"
    assert normalise("  ศธ ๐๑๒๓\u200b  ABC ") == "ศธ 0123 abc"
    assert normalise("a\x00b\ufeff") == "ab"
    assert normalise("", "ก", "") == "ก"
    assert normalise(f"ก{PRIVATE_FROM}ข") == "กข"


def test_the_pieces_cover_the_words() -> None:
    assert trigrams(["ทุนการศึกษา"]) == ["ทุน", "การ", "ศึก", "กษา"]
    assert trigrams(["ครู", "ครู"]) == ["ครู"]
    assert trigrams(["abcd"]) == ["abc", "bcd"]


def test_at_most_eight_words_and_two_hundred_letters() -> None:
    assert len(Words.of(" ".join(f"word{number}" for number in range(20))).all) == 8
    assert Words.of("ก" * 500).all == ("ก" * 200,)


def test_marks_are_escaped_and_never_part_a_letter_from_its_signs() -> None:
    assert marked("<b>ทุน</b>", ["ทุน"]) == '&lt;b&gt;<mark class="p-0">ทุน</mark>&lt;/b&gt;'
    assert marked("น้ำดื่ม", ["น้"]) == '<mark class="p-0">น้ำ</mark>ดื่ม'
    assert marked("ที่นี่", ["ที"]) == '<mark class="p-0">ที่</mark>นี่'
    assert marked("เงิน ๑,๕๐๐ บาท", ["1,500"]) == 'เงิน <mark class="p-0">๑,๕๐๐</mark> บาท'
    assert marked("abc", ["ab", "bc"]) == '<mark class="p-0">abc</mark>'
    assert marked("A&B", ["a&b"]) == '<mark class="p-0">A&amp;B</mark>'


def test_the_snippet_shows_the_words_and_no_personal_data() -> None:
    text = normalise("รท ๑/๒๕๕๓", "ขอทุน", "ก" * 100 + " บุตรเรียนดี " + "ข" * 300, private=["นางสมศรี ใจดี"])
    head = normalise("รท ๑/๒๕๕๓", "ขอทุน")
    piece = snippet(text, head, ["บุตรเรียนดี"])
    assert piece is not None
    assert "บุตรเรียนดี" in piece
    assert piece.startswith("…")
    assert piece.endswith("…")
    assert "สมศรี" not in piece
    assert snippet(text, head, ["ขอทุน"]) == ""
    assert snippet(text, head, ["สมศรี"]) is None


def test_a_snippet_is_never_cut_inside_a_syllables_letters() -> None:
    text = "เก้าอี้น้ำที่ปี่" * 40
    for start in range(0, 200, 7):
        piece = snippet(text, "", [text[start : start + 5]]) or ""
        inner = piece.strip("…").strip()
        assert inner[0] not in "ำิีึืุูั็่้๊๋์"
        assert inner[-1] not in "เแโใไ"


# ── The pages ───────────────────────────────────────────────────────────────────────────────


def search_for(client: Client, typed: str) -> object:
    return client.post(reverse("office:search"), {"q": typed})


def test_a_number_goes_straight_to_its_matter(client_for: ClientFor, head: User) -> None:
    made = petition("ขอทุนการศึกษา")
    response = search_for(client_for(head), made.label)
    assert response.status_code == 302
    assert response.url == Matter.objects.get(pk=made.pk).get_absolute_url()


def test_words_go_to_a_page_whose_address_says_nothing(client_for: ClientFor, head: User) -> None:
    petition("ขอทุนการศึกษา", "บุตรเรียนดี <script>")
    client = client_for(head)
    response = search_for(client, "เรียนดี")
    assert response.status_code == 302
    assert urlsplit(response.url).path == reverse("search:results")
    assert list(parse_qs(urlsplit(response.url).query)) == ["s"]
    assert "เรียนดี" not in response.url
    page = client.get(response.url).content.decode()
    assert '<mark class="p-0">เรียนดี</mark>' in page
    assert "&lt;script&gt;" in page
    assert "เรียนดี" not in page[: page.index("</title>")]


def test_a_petitioners_name_is_found_and_not_shown(client_for: ClientFor, head: User) -> None:
    made = petition("ขอทุนการศึกษา")
    client = client_for(head)
    page = client.get(search_for(client, "สมศรี ใจดี").url).content.decode()
    assert made.title in page
    assert "นางสมศรี" not in page


def test_too_short_is_said_kindly_and_nothing_typed_is_lost(client_for: ClientFor, head: User) -> None:
    response = search_for(client_for(head), "กข")
    assert response.status_code == 422
    assert 'value="กข"' in response.content.decode()


def test_nothing_found_helps_on(client_for: ClientFor, head: User) -> None:
    client = client_for(head)
    page = client.get(search_for(client, "ไม่มีคำนี้").url)
    assert page.status_code == 200
    assert 'class="empty"' in page.content.decode()


def test_a_citizens_number_never_reaches_an_address(client_for: ClientFor, head: User) -> None:
    response = search_for(client_for(head), THAI_ID)
    assert response.status_code == 200
    assert "Location" not in response


def test_a_broken_address_is_explained(client_for: ClientFor, head: User) -> None:
    client = client_for(head)
    for query in ("", "?s=", "?s=abc", "?s=%E0%B8%81", "?s=gAAAAA"):
        assert client.get(reverse("search:results") + query).status_code == 400
    for before in ("x", "-1", "๗", "9" * 30):
        assert client.get(f"{results_address('ทุนการ')}&before={before}").status_code == 200


def test_the_next_page_is_reached_by_a_link(client_for: ClientFor, head: User) -> None:
    for number in range(30):
        petition(f"ขอความอนุเคราะห์ครั้งที่ {number}")
    client = client_for(head)
    first = client.get(results_address("ขอความอนุเคราะห์"))
    second = client.get(first.context["next_address"])
    assert (len(first.context["rows"]), len(second.context["rows"])) == (25, 5)
    assert second.context["next_address"] == ""
    assert client.get(second.context["first_address"]).status_code == 200


def test_who_may_open_the_pages(
    client: Client, client_for: ClientFor, stranger: User, administrator: User
) -> None:
    petition("ขอทุนการศึกษา")
    for address in (reverse("office:search"), results_address("ทุนการ")):
        assert client.get(address).status_code == 302
        for user in (stranger, administrator):
            page = client_for(user).get(address)
            assert page.status_code == 200
            assert "ขอทุนการศึกษา" not in page.content.decode()


def test_the_box_asks_for_the_forms_token(officer: User) -> None:
    guarded = Client(enforce_csrf_checks=True)
    guarded.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    assert guarded.post(reverse("office:search"), {"q": "ทุนการ"}).status_code == 403


def test_results_cost_few_queries_however_many_rows(
    client_for: ClientFor, officer: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(26):
        petition(f"ขอความอนุเคราะห์ครั้งที่ {number}", owner=officer)
    client = client_for(officer)
    address = results_address("ขอความอนุเคราะห์")
    client.get(address)
    with django_assert_max_num_queries(12):
        assert client.get(address).status_code == 200
