"""Official documents as Word files: the words of the PDF in its order, Thai type named for Thai, whole for any text."""

from __future__ import annotations

import base64
import re
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element
from zipfile import ZipFile

import docx
import pytest
from django.template.loader import render_to_string
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Pt
from fontTools.ttLib import TTFont

from office.paper import PaperError, static_file
from office.paper_words import as_on_paper, at_spaces_only
from office.word import body_of, render_word
from office.word_fonts import thai_figures_font
from office.word_styles import FIGURES
from office.word_widths import width_of

RULED = "<p class='ruled'><b>เรื่อง</b><span>{}</span></p>"


def letter(form: str = "memo", **facts: Any) -> str:
    """A letter as its template sets it."""
    known: dict[str, Any] = {
        "title": "บันทึกข้อความ",
        "number": "ศธ ๐๑๐๐.๕/๑๒๓",
        "day": "๑๗\u00a0พฤศจิกายน\u00a0๒๕๕๒",
        "to_whom": "รัฐมนตรีว่าการกระทรวงศึกษาธิการ",
        "subject": as_on_paper("ร้องเรียนการเก็บเงินบำรุงการศึกษา"),
        "refers_to": as_on_paper("หนังสือลงวันที่ 12 พฤศจิกายน 2552"),
        "enclosures": ["สำเนาหนังสือ", "ภาพถ่าย"],
        "paragraphs": [as_on_paper("ได้รับเรื่องแล้ว เมื่อวันที่ 17 พฤศจิกายน 2552 นั้น"), "จึงเรียนมาเพื่อโปรดพิจารณา"],
        "signer": "นางทัศนีย์ นิมิตสมานจิตต์",
        "position": "หัวหน้ากลุ่ม",
        "office_name": "กลุ่มงานประสานการเมือง",
        "office_parent_name": "สำนักงานรัฐมนตรี",
        "office_address": "ถนนราชดำเนินนอก",
        "office_telephone": "๐ ๒๖๒๘ ๕๖๐๐",
    }
    return render_to_string(f"paper/{form}.html", known | facts)


def page(body: str) -> str:
    return f"<html><head><title>-</title></head><body class='letter'>{body}</body></html>"


def opened(html: str) -> Document:
    return docx.Document(BytesIO(render_word(html, title="เรื่องหนึ่ง")))


def words(text: str) -> str:
    """Without white space, which HTML and Word set each in its own way."""
    return re.sub(r"\s+", "", text)


def text_of(element: Element) -> str:
    return words("".join(element.itertext()))


def paragraphs_of(document: Document) -> list[str]:
    return [words(one.text) for one in document.paragraphs]


def every_text(document: Document) -> str:
    section = document.sections[0]
    parts = [section.first_page_header, document, section.first_page_footer]
    return "".join(words(one.text) for part in parts for one in part.paragraphs)


def leaves(html: str) -> list[str]:
    """The lines of a letter in reading order, those of the margins left out; a pair is one line."""
    found = []
    for part in body_of(html):
        if part.get("class", "").startswith(("stamp", "draft")):
            continue
        is_one = part.tag == "p" or part.get("class") in {"ruled-pair", "sender", "memo-head", "letterhead"}
        found += [text_of(part)] if is_one else [text_of(one) for one in part]
    return found


@pytest.mark.parametrize("form", ["memo", "outside_letter"])
@pytest.mark.parametrize(
    "facts", [{}, {"speed": "ด่วนที่สุด"}, {"refers_to": "", "enclosures": [], "position": ""}]
)
def test_a_letter_says_the_same_as_its_pdf_paragraph_by_paragraph(form: str, facts: dict[str, Any]) -> None:
    html = letter(form, **facts)
    assert paragraphs_of(opened(html)) == leaves(html)


def test_what_belongs_on_one_line_has_no_space_to_break_at() -> None:
    assert "๑๗\u00a0พฤศจิกายน\u00a0๒๕๕๒" in "".join(one.text for one in opened(letter()).paragraphs)


# ── Type ────────────────────────────────────────────────────────────────────────────────────


def test_thai_and_latin_are_sarabun_of_16_points_and_thai_is_thai() -> None:
    type_of = opened(letter()).styles["Normal"].element.rPr
    fonts = {name: type_of.rFonts.get(qn(f"w:{name}")) for name in ("ascii", "hAnsi", "cs")}
    assert fonts == {"ascii": "Sarabun", "hAnsi": "Sarabun", "cs": "Sarabun"}
    sizes = [type_of.find(qn(name)).get(qn("w:val")) for name in ("w:sz", "w:szCs")]
    assert sizes == ["32", "32"]
    assert type_of.find(qn("w:lang")).get(qn("w:bidi")) == "th-TH"


def test_no_theme_brings_a_font_of_its_own() -> None:
    defaults = opened(letter()).styles.element.find(qn("w:docDefaults"))
    assert [dict(one.attrib) for one in defaults.iter(qn("w:rFonts"))] == [{}]


def test_each_style_of_ours_sizes_and_weighs_thai_as_latin() -> None:
    for style in opened(letter()).styles:
        if not re.match(r"(หนังสือ|บันทึก|ตาราง|หน้า|คำ): ", style.name or ""):
            continue
        type_of = style.element.rPr
        assert type_of.find(qn("w:sz")).get(qn("w:val")) == type_of.find(qn("w:szCs")).get(qn("w:val"))
        assert (type_of.find(qn("w:b")) is None) == (type_of.find(qn("w:bCs")) is None)


def test_the_text_begins_two_and_a_half_centimetres_in_and_is_spread_as_thai_is() -> None:
    [text, *_] = [one for one in opened(letter()).paragraphs if one.style.name == "หนังสือ: ข้อความ"]
    assert text.style.paragraph_format.first_line_indent.cm == pytest.approx(2.5, abs=0.01)
    assert text.style.element.pPr.find(qn("w:jc")).get(qn("w:val")) == "thaiDistribute"


def test_the_margins_are_those_of_the_regulation() -> None:
    section = opened(letter()).sections[0]
    margins = (section.left_margin, section.right_margin, section.top_margin, section.bottom_margin)
    assert [round(one.cm, 1) for one in margins] == [3, 2, 1.5, 2]


def test_the_font_comes_along_in_both_weights_and_with_figures_of_pages() -> None:
    with ZipFile(BytesIO(render_word(letter(), title="-"))) as file:
        names = [name for name in file.namelist() if name.endswith(".odttf")]
        table = file.read("word/fontTable.xml").decode()
        key = bytes.fromhex(re.findall(r'fontKey="{([^}]+)}"', table)[0].replace("-", ""))[::-1]
        hidden = file.read("word/fonts/font1.odttf")
    assert len(names) == 3
    assert re.findall(r'w:font w:name="([^"]+)"', table) == ["Sarabun", FIGURES]
    assert bytes(a ^ b for a, b in zip(hidden[:4], key[:4], strict=True)) == b"\x00\x01\x00\x00"


# ── Marks ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("form", ["memo", "outside_letter"])
def test_a_secret_letter_bears_its_mark_at_head_and_foot_of_every_page(form: str) -> None:
    section = opened(letter(form, secrecy="ลับมาก")).sections[0]
    assert section.different_first_page_header_footer
    margins = [section.first_page_header, section.first_page_footer, section.header, section.footer]
    assert all("ลับมาก" in one.paragraphs[0].text for one in margins)


def test_an_ordinary_letter_bears_none() -> None:
    section = opened(letter()).sections[0]
    margins = [section.first_page_header, section.first_page_footer, section.footer]
    assert "".join(one.paragraphs[0].text for one in margins).strip() == ""


def test_a_draft_says_so_on_every_page() -> None:
    section = opened(letter(draft="ร่าง")).sections[0]
    assert section.first_page_header.paragraphs[0].text.strip() == "ร่าง"
    assert section.header.paragraphs[0].text.startswith("ร่าง")


def test_pages_after_the_first_are_numbered_in_thai() -> None:
    section = opened(letter()).sections[0]
    assert "PAGE" in section.header._element.xml
    assert 'w:fmt="thaiNumbers"' in section._sectPr.xml


def test_a_reader_that_counts_in_arabic_figures_shows_thai_ones() -> None:
    runs = opened(letter()).sections[0].header.paragraphs[0].runs
    fonts = [run.font.name for run in runs if run._r.findall(qn("w:fldChar")) or run.text == "๒"]
    assert set(fonts) == {FIGURES}
    figures, sarabun = TTFont(BytesIO(thai_figures_font())), TTFont(static_file("fonts/sarabun-400.ttf"))
    for arabic, thai in zip("0123456789", "๐๑๒๓๔๕๖๗๘๙", strict=True):
        assert outline(figures, arabic) == outline(figures, thai) == outline(sarabun, thai)


def outline(font: TTFont, letter: str) -> Any:
    """How a letter is drawn."""
    return font["glyf"][font.getBestCmap()[ord(letter)]].getCoordinates(font["glyf"])[0]


def test_the_place_of_the_garuda_stays_free_in_a_line_of_its_height() -> None:
    first = opened(letter("outside_letter")).paragraphs[0]
    assert first.text == "\u00a0\t"  # LibreOffice gives a line without a letter no height
    assert first.style.paragraph_format.line_spacing.cm == pytest.approx(3, abs=0.01)


def test_a_long_name_of_the_office_is_broken_at_its_spaces_as_on_paper() -> None:
    parts = ["กลุ่มงานประสานการเมือง", "สำนักงานรัฐมนตรี", "กระทรวงศึกษาธิการ"]
    html = letter(
        office_name=at_spaces_only(parts[0]),
        office_parent_name=at_spaces_only(" ".join(parts[1:])),
        office_telephone="",
    )
    [line] = [one.text for one in opened(html).paragraphs if one.text.startswith("ส่วนราชการ")]
    assert line.strip().split("\n") == [f"ส่วนราชการ\t{parts[0]} {parts[1]} ", parts[2]]


# ── Pictures and tables ─────────────────────────────────────────────────────────────────────

SVG = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 100 110'><circle cx='50' cy='55' r='40'/></svg>"


def test_the_garuda_stands_where_the_paper_has_it_and_says_what_it_is() -> None:
    source = f"data:image/svg+xml;base64,{base64.b64encode(SVG.encode()).decode()}"
    for form, height in (("memo", 1.5), ("outside_letter", 3)):
        document = opened(letter(form, emblem=source))
        [emblem] = document.inline_shapes
        assert emblem.height.cm == pytest.approx(height, abs=0.01)
        # Its own empty edges are kept, so that it is as large as on paper.
        assert emblem.width / emblem.height == pytest.approx(100 / 110, abs=0.02)
        assert "ตราครุฑ" in document.paragraphs[0]._p.xml


def test_a_broken_picture_is_no_silent_gap() -> None:
    with pytest.raises(PaperError):
        opened(letter(emblem="https://elsewhere.example/garuda.svg"))


def test_a_report_has_real_tables_whose_head_repeats_its_charts_and_its_imprint() -> None:
    html = (
        "<p class='imprint'>ฉบับที่ ๑</p><header class='masthead'><h1>รายงาน</h1><p class='subtitle'>พฤศจิกายน</p>"
        "</header><ul class='figures'><li><strong>๑๒</strong> เรื่อง</li><li><strong>๓</strong> เกิน</li></ul>"
        f"<figure class='chart'><figcaption>แนวโน้ม</figcaption>{SVG}</figure>"
        "<table class='rows'><thead><tr><th>เดือน</th><th class='n'>รับ</th></tr></thead><tbody>"
        "<tr><th>ตุลาคม</th><td class='n'>๔</td></tr><tr class='total'><th colspan='2'>รวม</th></tr></tbody></table>"
        "<p class='note'>หมายเหตุ</p>"
    )
    document = opened(f"<html><body>{html}</body></html>")
    glance, rows = document.tables
    assert [cell.text for cell in glance.rows[0].cells] == ["๑๒\nเรื่อง", "๓\nเกิน"]
    assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in rows.rows] == [True, False, False]
    assert [cell.text for cell in rows.rows[2].cells] == ["รวม", "รวม"]
    assert len(document.inline_shapes) == 1
    section = document.sections[0]
    assert section.first_page_footer.paragraphs[0].text == section.footer.paragraphs[0].text == "ฉบับที่ ๑"
    assert section.header.paragraphs[0].text.startswith("รายงาน พฤศจิกายน")


def report(body: str) -> Document:
    return opened(f"<html><body>{body}</body></html>")


def rows_of(count: int, last: str = "") -> str:
    rows = "".join(f"<tr><th>แถว {number}</th><td class='n'>๑๐๐%</td></tr>" for number in range(count))
    head = "<thead><tr><th>ชื่อ</th><th class='n'>ร้อยละ</th></tr></thead>"
    return f"<table class='rows'>{head}<tbody>{rows}{last}</tbody></table>"


def test_no_figure_and_no_head_of_a_table_is_broken_however_narrow_its_column() -> None:
    heads = ["สมาชิก", "กระทู้ถาม", "ญัตติ", "ข้อหารือ", "รวม", "เกิน", "ร้อยละ"]
    head = "".join(f"<th{' class=n' if place else ''}>{one}</th>" for place, one in enumerate(heads))
    cells = "".join(f"<td class='n'>{one}</td>" for one in ("๑", "–", "๑๒", "๑", "–", "๑๐๐.๐%"))
    name = "<span class='whole'>พันตำรวจเอกสมเกียรติ</span> <span class='whole'>สุวรรณทรัพย์</span>"
    table = report(
        f"<table class='rows'><thead><tr>{head}</tr></thead><tbody><tr><td>{name}</td>{cells}</tr></tbody></table>"
    ).tables[0]
    widths = [column.width.cm for column in table.columns]
    assert sum(widths) == pytest.approx(16, abs=0.05)
    for place, one in enumerate(heads[1:], start=1):
        assert widths[place] >= width_of(one, 14, is_bold=True) + 0.38  # the margins of a cell in Word
    assert widths[0] >= width_of("พันตำรวจเอกสมเกียรติ", 14) + 0.38


def test_a_number_at_a_glance_is_as_wide_as_it_needs() -> None:
    items = "".join(f"<li><strong>{one}</strong> เรื่อง</li>" for one in ("๕๓", "๑๐๐.๐๐%", "๓", "๐", "๐", "๒"))
    cells = report(f"<ul class='figures'>{items}</ul>").tables[0].rows[0].cells
    assert cells[1].width.cm >= width_of("๑๐๐.๐๐%", 24, is_bold=True) + 0.38
    assert sum(cell.width.cm for cell in cells) == pytest.approx(16, abs=0.05)


def kept(document: Document) -> list[bool]:
    return [
        bool(row.cells[0].paragraphs[0].paragraph_format.keep_with_next) for row in document.tables[0].rows
    ]


def test_no_row_stands_alone_on_a_page_and_a_short_table_is_never_torn() -> None:
    assert kept(report(rows_of(12))) == [True, True, *[False] * 9, True, False]
    assert kept(report(rows_of(4))) == [True] * 4 + [False]


def test_what_is_part_of_a_row_stands_in_below_it() -> None:
    html = rows_of(1, "<tr><th style='padding-left: 12pt'>ในนั้น</th><td class='n'>๑</td></tr>")
    indents = [row.cells[0].paragraphs[0].paragraph_format.left_indent for row in report(html).tables[0].rows]
    assert indents == [None, None, Pt(12)]


def test_a_signature_of_a_report_goes_where_the_text_before_it_ends() -> None:
    document = report("<p class='note'>หมายเหตุ</p><div class='sign'><p>ลงชื่อ</p><p>(ชื่อ)</p></div>")
    assert [bool(one.paragraph_format.keep_with_next) for one in document.paragraphs] == [True, True, False]


def test_a_chart_is_as_wide_as_on_paper_and_stands_with_the_words_below_it() -> None:
    html = (
        f"<figure class='chart' style='width: 4cm'>{SVG}<figcaption class='note'>แผนที่</figcaption></figure>"
    )
    document = report(html)
    assert document.inline_shapes[0].width.cm == pytest.approx(4, abs=0.01)
    drawn, words_below = document.paragraphs
    assert drawn.paragraph_format.keep_with_next
    assert words_below.text == "แผนที่"


# ── Hostile text ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("ก\x00\x01\x0b\x1fข", "กข"),
        ("ก\ufffe\uffffข", "กข"),
        ("<b>ก</b>&amp;<!-- ข --> ]]> <?xml?>", "<b>ก</b>&amp;<!--ข-->]]><?xml?>"),
        ("ยาว" * 40_000, "ยาว" * 40_000),
        ("ก\u0e49\u0e49\u0e49\u0e49 \u202e\u200b\u2028 🙂", "ก\u0e49\u0e49\u0e49\u0e49\u202e\u200b🙂"),
    ],
    ids=["control characters", "no characters", "mark-up", "120,000 letters", "stacked marks"],
)
def test_any_text_gives_a_whole_file(typed: str, shown: str) -> None:
    html = letter(subject=as_on_paper(typed), paragraphs=[as_on_paper(typed)], signer=typed)
    assert shown in paragraphs_of(opened(html))
