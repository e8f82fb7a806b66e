"""A letter as a Word file: for whom the PDF is, written down as it is, and never saying something else."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import docx
import pytest
from auditlog.models import LogEntry
from django.test import Client
from django.urls import reverse
from django.utils.http import parse_header_parameters

from complaints.letter_paper import bytes_of, keep_paper
from complaints.letter_writing import write_draft
from complaints.models import Petition, Petitioner
from office.models import Download, LetterKind, LetterTemplate, OutgoingLetter, Secrecy, User
from tests.cast import MORNING, make_petition, take_step

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
NAME = "นางสมศรี ใจดี"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def own(officer: User) -> Petition:
    return make_petition(owner=officer)


def draft(petition: Petition, by: User, kind: str = LetterKind.ACKNOWLEDGEMENT) -> OutgoingLetter:
    template = LetterTemplate.objects.get(kind=kind, matter_kind="petition")
    return write_draft(template, petition, by=by, now=MORNING)


def issue(letter: OutgoingLetter, by: User) -> OutgoingLetter:
    petition = Petition.objects.get(pk=letter.matter_id)
    take_step(petition, "issue_letter", by, letter=letter, drafted=letter.version)
    keep_paper(letter.pk, MORNING)
    return OutgoingLetter.objects.select_related("document", "matter", "agency").get(pk=letter.pk)


def address(name: str, letter: OutgoingLetter) -> str:
    return reverse(f"complaints:{name}", args=[letter.pk])


def typed(letter: OutgoingLetter, **changes: Any) -> dict[str, Any]:
    words = {
        name: getattr(letter, name) for name in ("to_whom", "subject", "refers_to", "enclosures", "body")
    }
    return words | {"speed": "", "signer": "", "seen": letter.version} | changes


def text_of(file: bytes) -> str:
    """All of a file, without white space."""
    document = docx.Document(BytesIO(file))
    section = document.sections[0]
    parts = [section.first_page_header, document, section.first_page_footer]
    return "".join(re.sub(r"\s+", "", one.text) for part in parts for one in part.paragraphs)


def name_of(answer: Any) -> str:
    _kind, facts = parse_header_parameters(answer["Content-Disposition"])
    return facts["filename"]


def looks() -> int:
    return LogEntry.objects.filter(action=LogEntry.Action.ACCESS).count()


@pytest.mark.parametrize("kind", [LetterKind.MEMO, LetterKind.ACKNOWLEDGEMENT, LetterKind.RESULT])
def test_a_draft_is_downloaded_as_it_is_typed_and_says_it_is_one(
    kind: str, client_for: SignIn, officer: User, own: Petition
) -> None:
    letter = draft(own, officer, LetterKind.MEMO if kind == LetterKind.MEMO else LetterKind.ACKNOWLEDGEMENT)
    OutgoingLetter.objects.filter(pk=letter.pk).update(kind=kind)
    answer = client_for(officer).post(
        address("letter_preview_word", letter), typed(letter, body="ข้อความที่พิมพ์ยังไม่บันทึก")
    )
    assert answer["Content-Type"] == TYPE
    assert answer["Cache-Control"] == "private, no-store"
    said = text_of(answer.content)
    assert said.startswith("ร่าง")
    assert "ข้อความที่พิมพ์ยังไม่บันทึก" in said
    assert name_of(answer).startswith("ร่าง ")
    assert "ยังไม่บันทึก" not in OutgoingLetter.objects.get().body


def test_what_is_typed_wrong_is_said_on_the_page(client_for: SignIn, officer: User, own: Petition) -> None:
    letter = draft(own, officer)
    answer = client_for(officer).post(
        address("letter_preview_word", letter), typed(letter, body="{{ไม่มีช่องนี้}}")
    )
    assert answer.status_code == 422
    assert "ไม่มีช่องนี้" in answer.content.decode()


def test_an_issued_letter_bears_its_number_and_the_looks_are_written_down(
    client_for: SignIn, officer: User, own: Petition
) -> None:
    letter = issue(draft(own, officer), officer)
    client = client_for(officer)
    page = client.get(address("letter", letter)).content.decode()
    assert address("letter_paper_word", letter) in page
    answer = client.get(address("letter_paper_word", letter))
    said = text_of(answer.content)
    assert "ศธ๐๑๐๐.๕/๑" in said
    assert "ร่าง" not in said
    assert NAME.replace(" ", "") in said
    assert name_of(answer) == "ศธ ๐๑๐๐.๕-๑ หนังสือตอบรับเรื่องถึงผู้ร้อง.docx"
    assert NAME not in answer["Content-Disposition"]
    assert looks() == 1
    assert Download.objects.filter(document=letter.document, user=officer).count() == 1


def test_no_word_file_says_something_else_than_the_letter_that_left(
    client_for: SignIn, officer: User, own: Petition
) -> None:
    letter = issue(draft(own, officer), officer)
    kept = bytes_of(letter)
    Petitioner.objects.filter(petition=own).update(name="นายสมชาย ใจดี")
    answer = client_for(officer).get(address("letter_paper_word", letter), follow=True)
    assert answer["Content-Type"].startswith("text/html")
    assert "เปิด PDF" in answer.content.decode()
    assert not Download.objects.exists()
    assert bytes_of(letter) == kept


@pytest.mark.parametrize("page", ["letter_preview_word", "letter_paper_word"])
def test_strangers_find_nothing_and_executives_read(
    page: str, client_for: SignIn, officer: User, stranger: User, executive: User, own: Petition
) -> None:
    letter = draft(own, officer)
    letter = issue(letter, officer) if page == "letter_paper_word" else letter
    for user, status in ((stranger, 404), (executive, 200)):
        client = client_for(user)
        ask = client.get if page == "letter_paper_word" else client.post
        assert ask(address(page, letter)).status_code == status


def test_a_draft_has_no_paper_to_fetch(client_for: SignIn, officer: User, own: Petition) -> None:
    assert client_for(officer).get(address("letter_paper_word", draft(own, officer))).status_code == 404


def test_a_secret_letter_bears_its_mark(client_for: SignIn, officer: User, own: Petition) -> None:
    Petition.objects.filter(pk=own.pk).update(secrecy=Secrecy.SECRET)
    letter = draft(Petition.objects.get(pk=own.pk), officer)
    answer = client_for(officer).post(address("letter_preview_word", letter), typed(letter))
    said = text_of(answer.content)
    assert said.startswith("ร่างลับมาก")
    assert said.endswith("ลับมาก")
