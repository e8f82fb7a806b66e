"""A version of an answer on paper and in Word: the same words, and draft until it is approved."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element

import docx
import pytest
from django.test import Client
from django.urls import reverse

from office.models import Secrecy, User
from office.word import body_of
from parliament.answer_paper import answer_html, answer_pdf, answer_word
from parliament.models import AnswerDraft, AnswerState
from tests.cast import make_executive
from tests.parliament.cast import make_politics_head, make_politics_officer
from tests.parliament.questions_cast import bring_to, fresh, make_interpellation, make_motion, take_step

pytestmark = pytest.mark.django_db
TEXT = "ย่อหน้าแรก\n\nย่อหน้าที่สอง เมื่อวันที่ 17 พฤศจิกายน 2552"


@pytest.fixture
def officer() -> User:
    return make_politics_officer()


def drafted(officer: User, make: Any = make_interpellation, **facts: Any) -> tuple[Any, AnswerDraft]:
    matter = make(owner=officer, **facts)
    take_step(matter, "save_draft", officer, answer_text=TEXT)
    return fresh(matter), AnswerDraft.objects.get()


def words(text: str) -> str:
    return re.sub(r"\s+", "", text)


def shown(body: Element) -> list[str]:
    return [words("".join(part.itertext())) for part in body if part.get("class") != "draft"]


@pytest.mark.parametrize("make", [make_interpellation, make_motion])
def test_the_word_file_says_what_the_paper_says(make: Any, officer: User) -> None:
    matter, draft = drafted(officer, make)
    document = docx.Document(BytesIO(answer_word(matter, draft)))
    said = [words(one.text) for one in document.paragraphs]
    assert said == shown(body_of(answer_html(matter, draft)))
    assert "ย่อหน้าที่สองเมื่อวันที่๑๗พฤศจิกายน๒๕๕๒" in said
    assert document.sections[0].first_page_header.paragraphs[0].text == "ร่าง"
    assert answer_pdf(matter, draft).startswith(b"%PDF")


def test_an_approved_answer_is_no_draft_any_more(officer: User) -> None:
    question = make_interpellation(owner=officer)
    bring_to(
        question, AnswerState.APPROVED, officer=officer, head=make_politics_head(), executive=make_executive()
    )
    draft = AnswerDraft.objects.approved().get()
    html = answer_html(fresh(question), draft)
    assert "ร่าง" not in html
    assert "คำตอบที่อนุมัติแล้ว" in html


def test_a_secret_answer_bears_its_mark_on_every_page(officer: User) -> None:
    document = docx.Document(BytesIO(answer_word(*drafted(officer, secrecy=Secrecy.CONFIDENTIAL))))
    section = document.sections[0]
    margins = [section.first_page_header, section.first_page_footer, section.header, section.footer]
    assert all("ลับ" in one.paragraphs[0].text for one in margins)


def test_both_are_fetched_from_the_page_of_the_version(client_for: Any, officer: User) -> None:
    matter, _draft = drafted(officer)
    client: Client = client_for(officer)
    page = client.get(reverse("parliament:interpellation_draft", args=[matter.pk, 1])).content.decode()
    for name, kind in (("paper", "application/pdf"), ("word", "application/vnd.openxml")):
        address = reverse(f"parliament:interpellation_draft_{name}", args=[matter.pk, 1])
        assert address in page
        assert client.get(address)["Content-Type"].startswith(kind)
        assert client.get(address.replace("/1/", "/9/")).status_code == 404
