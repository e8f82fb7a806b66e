"""An issue on paper: what stands in its pages, the printer's boxes and marks, the web's light file, labels."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO

import pypdfium2
import pytest
from django.core.files.storage import default_storage
from django.utils.translation import override
from PIL import Image
from pypdf import PdfReader

from office.calendar import OFFICE_TZ
from office.models import User
from publicrelations import journal_making, journal_paper, label_making
from publicrelations.crop_marks import boxes, with_crop_marks
from publicrelations.journal_contents import Contents, Story, gather
from publicrelations.journal_plates import PRINT, WEB
from publicrelations.label_sheets import SHEETS, sheets_of
from publicrelations.models import Journal, JournalEdition
from tests.publicrelations.cast import make_news_head, make_news_officer
from tests.publicrelations.journal_cast import (
    CLOSED,
    carry_to,
    choose,
    make_journal,
    make_news,
    make_pages,
    make_pictured,
    make_recipient,
    take,
)

pytestmark = pytest.mark.django_db

WORDS = ["น้ำใจของชุมชน", "รัฐมนตรีว่าการกระทรวงศึกษาธิการ", "สำนักงานเขตพื้นที่การศึกษา", "ทั้งนี้ ที่ประชุมมีมติ"]


@pytest.fixture
def banlang() -> User:
    return make_news_officer()


@pytest.fixture
def nongsinee() -> User:
    return make_news_head()


@pytest.fixture
def journal(banlang: User, nongsinee: User) -> Journal:
    """An issue with two articles, one with a picture, and an editorial."""
    said = {"caption": "รัฐมนตรีเยี่ยมโรงเรียน", "credit": "กลุ่มประชาสัมพันธ์"}
    first = make_pictured(banlang, nongsinee, "เรียนฟรี ๑๕ ปีอย่างมีคุณภาพ", **said)
    body = f"<p>{WORDS[0]}</p><p onclick='x()'>{WORDS[3]} <a href='https://a.example/'>อ่านต่อ</a></p>"
    second = make_news(banlang, nongsinee, "ประชุมผู้อำนวยการ สพท. ทั่วประเทศ")
    type(second).objects.filter(pk=second.pk).update(body=body + "<script>alert(1)</script>")
    issue = choose(make_journal(banlang), banlang, first, second)
    given = {"editorial": f"เรียนผู้อ่าน\n\n{WORDS[2]}", "editorial_title": "ก้าวใหม่", "editorial_by": "บรรณาธิการ"}
    return take(issue, "write_editorial", banlang, **given)


def html(journal: Journal) -> str:
    with override("th"):
        return journal_paper.html(gather(journal), PRINT, print_run=2000, made_by=["นายบัลลังก์"])


# ── What stands in it ───────────────────────────────────────────────────────────────────────


def test_cover_contents_editorial_and_articles_stand_in_the_issue(journal: Journal) -> None:
    text = html(journal)
    for words in ("สร.สาร", "ฉบับที่ ๑", "ธันวาคม ๒๕๕๒", "ในฉบับ", "ก้าวใหม่", "พิมพ์ ๒,๐๐๐ ฉบับ", "รัฐมนตรีเยี่ยมโรงเรียน"):
        assert words in text
    anchors = re.findall(r'<article class="story[ a-z]*"\s+id="(\w+)"', text)
    assert anchors == ["a1", "a2"]
    assert all(f'href="#{anchor}"' in text for anchor in anchors)


def test_no_line_breaks_within_what_readers_take_for_one_word(journal: Journal, banlang: User) -> None:
    written = {
        "editorial": "ผู้บริหารสถานศึกษาทุกแห่ง",
        "editorial_title": "สถานศึกษา ๓ ดี",
        "editorial_by": "บรรณาธิการ",
    }
    text = html(take(journal, "write_editorial", banlang, **written))
    head, _mark, body = text.partition("<body")
    assert "<span" not in head
    assert body.count("สถานศึกษา") == body.count('<span class="whole">สถานศึกษา</span>') > 1


def test_the_picture_of_a_short_article_stands_in_a_column_that_of_a_long_one_across(
    journal: Journal,
) -> None:
    def opening() -> str:
        return html(journal).partition('<div class="opening">')[2].partition('<div class="columns">')[0]

    assert "<figure" not in opening()
    first = journal.entries.order_by("order")[0].article
    type(first).objects.filter(pk=first.pk).update(body=f"<p>{WORDS[1] * 40}</p>")
    journal = Journal.objects.get(pk=journal.pk)
    assert "<figure" in opening()


def test_nothing_of_an_articles_text_is_run_or_fetched(journal: Journal) -> None:
    text = html(journal)
    assert "script" not in text
    assert "onclick" not in text
    assert "a.example" not in text
    assert "อ่านต่อ" in text


def test_the_cover_has_the_first_articles_picture_and_heading_unless_it_has_its_own(
    journal: Journal, banlang: User
) -> None:
    contents = gather(journal)
    assert contents.cover is not None
    assert contents.cover_line == "เรียนฟรี ๑๕ ปีอย่างมีคุณภาพ"
    journal = take(journal, "make_cover", banlang, cover_line="ปกของเราเอง")
    assert gather(journal).cover_line == "ปกของเราเอง"


def test_a_picture_that_is_spoilt_leaves_word_in_its_place(journal: Journal) -> None:
    for story in gather(journal).stories:
        for shown in story.pictures:
            default_storage.delete(shown.original.path)
    assert "อ่านภาพของข่าวนี้ไม่ได้" in html(journal)


def test_pictures_within_an_article_stand_between_its_paragraphs() -> None:
    story = Story(
        "a1", "", "", "", "<p>หนึ่ง</p><blockquote><p>สอง</p></blockquote><p>สาม</p><p>สี่</p>", None, []
    )
    assert story.first_half + story.second_half == story.body
    assert story.first_half.endswith("<p>สาม</p>")
    empty = Story("a1", "", "", "", "", None, [])
    assert (empty.first_half, empty.second_half) == ("", "")


# ── The two files ───────────────────────────────────────────────────────────────────────────


@pytest.fixture
def edition(journal: Journal, banlang: User) -> JournalEdition:
    take(journal, "close_content", banlang)
    return make_pages(journal)


def content(path: str) -> bytes:
    with default_storage.open(path) as file:
        return bytes(file.read())


def test_both_files_are_made_in_one_go_and_read_back_whole(edition: JournalEdition) -> None:
    printed, web = content(edition.print_pdf.path), content(edition.web_pdf.path)
    assert (len(printed), len(web)) == (edition.print_size, edition.web_size)
    assert edition.web_size < journal_paper.WEB_MOST_BYTES
    document = pypdfium2.PdfDocument(web)
    # Cover, contents, the editorial with the articles below it, back.
    assert len(document) == edition.pages == len(PdfReader(BytesIO(printed)).pages) == 4
    text = " ".join(page.get_textpage().get_text_range() for page in document).replace("\r\n", "")
    squeezed = text.replace(" ", "")
    for words in ("เรียนฟรี ๑๕ ปีอย่างมีคุณภาพ", "บรรณาธิการ", *WORDS[:1], *WORDS[2:]):
        assert words.replace(" ", "") in squeezed
    # The contents say on which page the articles begin, and the running head which issue it is.
    assert "๓" in document[1].get_textpage().get_text_range()
    assert "ธันวาคม ๒๕๕๒" in document[1].get_textpage().get_text_range()


@pytest.mark.parametrize(
    ("pages", "notices"),
    [
        (3, ["petition"]),
        (4, []),
        (5, ["petition", "readers", "notes"]),
        (6, ["petition", "readers"]),
        (12, []),
    ],
)
def test_an_issue_is_filled_up_to_pages_by_fours(pages: int, notices: list[str]) -> None:
    assert list(journal_paper.notices_for(pages)) == notices


def issue_of(articles: int, *, editorial: str = "เรียนท่านผู้อ่าน") -> list[str]:
    """The text of each page of an issue with so many articles of a few words, without white space."""
    stories = [
        Story(f"a{number}", "ข่าว", f"ข่าวที่ {number}", "", f"<p>{WORDS[0]}</p>" * 12, None, [])
        for number in range(articles)
    ]
    contents = Contents("k", "สร.สาร", "ฉบับที่ ๑", "ธันวาคม ๒๕๕๒", "", None, "บรรณาธิการ", editorial, "", stories)
    with override("th"):
        pdf = journal_paper.web_pdf(
            lambda grade: journal_paper.html(contents, grade, print_run=1, notices=journal_paper.NOTICES),
            title="สร.สาร",
        )
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]
    return [re.sub(r"\s+", "", text) for text in pages]


def test_pages_that_fill_up_say_how_to_petition_and_stand_before_the_back() -> None:
    *_articles, petition, readers, _notes, back = issue_of(2)
    assert "ร้องทุกข์ต่อรัฐมนตรี" in petition
    assert "/petition/" in petition
    assert "/journals/" in readers
    assert "ที่ติดป้ายจ่าหน้า" in back


def test_the_first_article_begins_below_a_short_editorial() -> None:
    _cover, _contents, editorial, *_rest = issue_of(2)
    assert "เรียนท่านผู้อ่าน" in editorial
    assert "ข่าวที่" in editorial


@pytest.mark.parametrize(("articles", "page"), [(2, 1), (10, 1), (14, 2)])
def test_the_imprint_stands_below_the_contents_or_below_the_editorial_where_the_list_is_long(
    articles: int, page: int
) -> None:
    pages = issue_of(articles)
    assert [number for number, text in enumerate(pages) if "แจกจ่ายโดยไม่คิดมูลค่า" in text] == [page]
    assert all(f"ข่าวที่{number}" in pages[1] for number in range(articles))


def test_the_printers_file_has_three_millimetres_of_bleed_and_marks_outside_it(
    edition: JournalEdition,
) -> None:
    printed = content(edition.print_pdf.path)
    for page in boxes(printed):
        assert page == {
            "sheet": (-10.0, -10.0, 220.0, 307.0),
            "bleed": (-3.0, -3.0, 213.0, 300.0),
            "trim": (0.0, 0.0, 210.0, 297.0),
        }
    scale = 4.0
    image = pypdfium2.PdfDocument(printed)[0].render(scale=scale).to_pil().convert("L")

    def dark(x_mm: float, y_mm: float) -> bool:
        """Whether there is ink near a point, in millimetres from the trimmed page's upper left corner."""
        x, y = ((one + 10) * 72 / 25.4 * scale for one in (x_mm, y_mm))
        return image.crop((round(x) - 4, round(y) - 4, round(x) + 5, round(y) + 5)).getextrema()[0] < 128

    assert dark(-6, 0)  # a mark at the left, at the height of the upper edge
    assert dark(0, -6)
    assert not dark(-6, 20)
    assert dark(-2, 20)  # the band of the cover goes on beyond the edge
    assert not dark(-6, -6)


def test_the_web_has_no_marks_and_its_cover_is_a_small_picture(edition: JournalEdition) -> None:
    assert boxes(content(edition.web_pdf.path))[0]["sheet"] == (0.0, 0.0, 210.0, 297.0)
    with Image.open(BytesIO(content(edition.cover.path))) as cover:
        assert (cover.format, cover.size) == ("WEBP", (edition.cover_width, edition.cover_height))
        assert cover.width == 480


def test_an_issued_edition_is_never_changed_and_made_once(edition: JournalEdition) -> None:
    with pytest.raises(TypeError):
        edition.save()
    assert journal_making.make(edition.pk) is None


def test_what_goes_wrong_leaves_the_edition_failed_to_be_asked_for_again(
    journal: Journal, banlang: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = take(journal, "close_content", banlang)
    monkeypatch.setattr(journal_making, "gather", lambda _journal: 1 / 0)
    made = journal_making.make(journal.editions.get().pk, lambda: CLOSED)
    assert made is not None
    assert made.state == JournalEdition.State.FAILED
    monkeypatch.undo()
    take(journal, "make_pages", banlang, datetime(2009, 12, 9, 11, tzinfo=OFFICE_TZ))
    assert make_pages(journal).edition == 2


def test_the_web_takes_coarser_pictures_when_it_grows_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = dict(zip(WEB, (5_000_000, 3_100_000, 900_000), strict=True))
    asked = []

    def render(grade: object, **_options: object) -> bytes:
        asked.append(grade)
        return b"x" * sizes[grade]  # type: ignore[index]

    monkeypatch.setattr(journal_paper, "render_pdf", render)
    assert len(journal_paper.web_pdf(lambda grade: grade, title="")) == 900_000  # type: ignore[arg-type, return-value]
    assert asked == list(WEB)


def test_an_issue_without_articles_pictures_or_editorial_still_has_pages() -> None:
    bare = Contents("k", "สร.สาร", "ฉบับที่ ๑", "ธันวาคม ๒๕๕๒", "", None, "", "", "", [])
    with override("th"):
        pdf = journal_paper.web_pdf(
            lambda grade: journal_paper.html(bare, grade, print_run=1), title="สร.สาร"
        )
    assert journal_paper.page_count(with_crop_marks(pdf)) >= 3


# ── Labels ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("code", "places", "first", "last"),
    [
        ("3x8", 24, (0, 0.5), (140, 259.5)),
        ("2x7", 14, (4.65, 15.15), (106.25, 243.75)),
        ("3x7", 21, (7.25, 15.15), (139.25, 243.75)),
    ],
)
def test_labels_lie_where_the_sheets_of_the_shop_have_them(
    code: str, places: int, first: tuple[float, float], last: tuple[float, float]
) -> None:
    sheet = SHEETS[code]
    assert sheet.places == places
    assert sheet.place(0) == pytest.approx(first)
    assert sheet.place(places - 1) == pytest.approx(last)


@pytest.mark.parametrize(
    ("number", "first", "expected"),
    [(24, 1, [24]), (25, 1, [24, 1]), (3, 23, [2, 1]), (1, 24, [1]), (0, 1, [])],
)
def test_used_labels_of_the_first_sheet_are_passed_over(number: int, first: int, expected: list[int]) -> None:
    sheets = list(sheets_of(range(number), SHEETS["3x8"], first=first))
    assert [len(sheet) for sheet in sheets] == expected
    if sheets:
        assert sheets[0][0][0] == first - 1
        assert all(sheet[0][0] == 0 for sheet in sheets[1:])


def test_labels_say_to_whom_how_many_and_which_issue(banlang: User, nongsinee: User) -> None:
    make_recipient(1995, name="สำนักงานเขตพื้นที่การศึกษาเชียงราย เขต ๑")
    make_recipient(5, name="โรงเรียน" + "มัธยมศึกษา" * 18, address="๙๙ หมู่ที่ ๙ " + "ตำบลน้ำแพร่พัฒนา " * 8)
    journal = carry_to("list_closed", banlang, nongsinee)
    asked = {"sheet": "3x8", "first": 1, "has_frames": True, "lines": []}
    row = label_making.ask_for(journal, **asked, by=banlang, now=CLOSED)
    made = label_making.make(row.pk, lambda: CLOSED)
    assert made is not None
    assert (made.state, made.labels) == ("issued", 2)
    text = pypdfium2.PdfDocument(content(made.pdf.path))[0].get_textpage().get_text_range()
    for words in ("เชียงราย เขต ๑", "๑,๙๙๕ ฉบับ", "ฉบับที่ ๑", "๕๗๐๐๐"):
        assert words.replace(" ", "") in text.replace(" ", "").replace("\r\n", "")
    assert label_making.make(row.pk) is None
