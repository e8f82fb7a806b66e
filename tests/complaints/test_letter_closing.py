"""Where a letter ends: closing, signature and who carries the matter stand together, with the end of the text."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
import pytest
from pypdf import PdfReader

from complaints.letter_paper import paper
from office.models import LetterKind, OutgoingLetter, Secrecy, User
from office.paper import render_pdf
from office.word import render_word
from tests.cast import MORNING

pytestmark = pytest.mark.django_db


def html_of(kind: str, lines: int, signer: User, **facts: Any) -> str:
    secrecy = facts.pop("secrecy", Secrecy.ORDINARY)
    body = "\n".join(f"ย่อหน้าที่ {number} ขอเรียนว่าอยู่ระหว่างดำเนินการ" for number in range(lines))
    letter = OutgoingLetter(
        kind=kind, to_whom="เลขาธิการ", subject="ขอให้ตรวจสอบ", body=body, signer=signer, **facts
    )
    return paper(letter, secrecy, {}, MORNING.date())


@pytest.mark.parametrize("lines", [9, 10, 11, 12, 18])
def test_whoever_carries_the_matter_stands_under_the_signature_with_text_above(
    lines: int, head: User
) -> None:
    pdf = render_pdf(html_of(LetterKind.AGENCY, lines, head), title="หนังสือ")
    last = PdfReader(BytesIO(pdf)).pages[-1].extract_text()
    for words in ("ย่อหน้า", "ขอแสดงความนับถือ", "กลุ่มงานประสานการเมือง"):
        assert words in last


@pytest.mark.parametrize("kind", [LetterKind.AGENCY, LetterKind.MEMO])
@pytest.mark.parametrize("lines", range(8, 20))
def test_at_least_two_lines_of_the_text_stand_above_the_signature(
    lines: int, kind: LetterKind, head: User
) -> None:
    pdf = render_pdf(html_of(kind, lines, head), title="หนังสือ")
    assert PdfReader(BytesIO(pdf)).pages[-1].extract_text().count("ย่อหน้าที่") >= 2


def test_in_word_a_last_line_takes_the_paragraph_before_along(head: User) -> None:
    file = render_word(html_of(LetterKind.AGENCY, 5, head), title="หนังสือ")
    text = [one for one in docx.Document(BytesIO(file)).paragraphs if one.text.startswith("ย่อหน้าที่")]
    kept = [bool(one.paragraph_format.keep_with_next) for one in text]
    assert kept == [False, False, False, True, True]


def test_in_word_the_signature_keeps_with_who_carries_the_matter(head: User) -> None:
    file = render_word(html_of(LetterKind.AGENCY, 3, head), title="หนังสือ")
    *_above, position, contact = docx.Document(BytesIO(file)).paragraphs
    assert "กลุ่มงานประสานการเมือง" in contact.text
    assert position.paragraph_format.keep_with_next


@pytest.mark.parametrize("kind", [LetterKind.AGENCY, LetterKind.MEMO])
def test_urgency_and_secrecy_stand_on_paper_and_in_word(kind: str, head: User) -> None:
    html = html_of(kind, 3, head, speed="most_urgent", secrecy=Secrecy.SECRET)
    pages = PdfReader(BytesIO(render_pdf(html, title="หนังสือ"))).pages
    text = "".join(page.extract_text() for page in pages)
    assert "ด่วนที่สุด" in text
    assert text.count("ลับมาก") == 2 * len(pages)
    word = docx.Document(BytesIO(render_word(html, title="หนังสือ")))
    assert any("ด่วนที่สุด" in one.text for one in word.paragraphs)
    assert "ลับมาก" in word.sections[0].first_page_header.paragraphs[0].text
