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

from office.paper import PaperError
from office.paper_words import as_on_paper
from office.word import body_of, render_word

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


def test_the_font_comes_along_in_both_weights() -> None:
    with ZipFile(BytesIO(render_word(letter(), title="-"))) as file:
        names = [name for name in file.namelist() if name.endswith(".odttf")]
        table = file.read("word/fontTable.xml").decode()
        key = bytes.fromhex(re.findall(r'fontKey="{([^}]+)}"', table)[0].replace("-", ""))[::-1]
        hidden = file.read("word/fonts/font1.odttf")
    assert len(names) == 2
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
