"""The blank forms: official, with a code; the code typed anywhere opens the right page to enter what came by hand."""

from __future__ import annotations

from typing import Any

import pypdfium2
import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from complaints import blank_forms
from complaints.models import Petition
from office.form_codes import FormCode
from office.models import User
from tests.complaints.test_public_intake import body

KINDS = Petition.PetitionKind
INTAKE, SEARCH = "/petitions/new/", "/search/"


def words_of(pdf: bytes) -> str:
    """The text layer, without the spaces that lines are filled with."""
    pages = pypdfium2.PdfDocument(pdf)
    return "".join("".join(page.get_textpage().get_text_range() for page in pages).split())


# ── The code ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "typed", ["รท-๒.๑", "รท-2.1", "รท2.1", "รท 2.1", " รท-๒-๑ ", "รท. ๒.๑", "รท–๒.๑", "รท - 2 . 1", "รท-2.01"]
)
def test_a_code_is_read_in_every_shape_people_type_it(typed: str) -> None:
    assert FormCode.parse(typed) == FormCode("petition", 2, 1)
    assert blank_forms.kind_of(typed) == KINDS.COMPLAINT


@pytest.mark.parametrize(
    "typed",
    ["", "รท ๑๒/๒๕๕๓", "12/2553", "รท 12", "2.1", "ศธ 2.1", "รท-2", "รท-2.123", "มาตรา 2.1", "รท-๒.๑ก"],
)
def test_what_is_no_code_is_left_to_the_search(typed: str) -> None:
    assert FormCode.parse(typed) is None


def test_every_kind_has_its_own_code() -> None:
    assert [str(blank_forms.code_of(kind)) for kind in KINDS] == ["รท-๑.๑", "รท-๒.๑", "รท-๓.๑", "รท-๔.๑"]


@pytest.mark.parametrize("typed", ["รท-๕.๑", "รท-๐.๑", "รท-๑.๙", "รท-๑.๐", "ไม่ใช่รหัส"])
def test_a_code_that_was_never_printed_is_said_so(typed: str) -> None:
    with pytest.raises(blank_forms.UnknownForm, match="ไม่มีแบบคำร้องรหัส"):
        blank_forms.kind_of(typed)


# ── The paper ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", KINDS)
def test_the_form_of_a_kind_is_printed_with_its_code_and_all_that_is_asked(db: None, kind: KINDS) -> None:
    response = Client().get(reverse("petition:blank_form", args=[kind.value]))
    assert response["Content-Type"] == "application/pdf"
    text = words_of(response.content)
    asked = [
        f"แบบ{blank_forms.code_of(kind)}", "ชื่อและนามสกุล", "โทรศัพท์", "ไม่บอกชื่อ", "จังหวัด", "เขตพื้นที่การศึกษา",
        "โรงเรียนหรือสถานที่", "หน่วยงานที่เกี่ยวข้อง", "เอกสารแนบ", "ยินยอมให้ใช้ข้อมูลส่วนบุคคล", "ลงชื่อ",
        "ส่งแบบนี้ที่ใด", "สำหรับเจ้าหน้าที่", str(kind.label),
    ]  # fmt: skip
    for words in asked:
        assert words in text, words
    assert ("เลขประจำตัวประชาชน" in text) == (kind == KINDS.HELP)
    assert len(pypdfium2.PdfDocument(response.content)) == 2


def test_a_form_is_laid_out_once_and_anew_when_its_words_change(db: None, settings: Any) -> None:
    page = reverse("petition:blank_form", args=["help"])
    first = Client().get(page).content
    assert Client().get(page).content == first
    assert len(default_storage.listdir(blank_forms.FOLDER)[1]) == 1
    settings.OFFICE_ADDRESS = "เลขที่ ๑ ถนนใหม่"
    assert "ถนนใหม่" in words_of(Client().get(page).content)


def test_the_forms_stand_on_a_public_page_reached_from_the_form(db: None) -> None:
    page = body(Client().get(reverse("petition:blank_forms")))
    for kind in KINDS:
        assert reverse("petition:blank_form", args=[kind.value]) in page
        assert str(blank_forms.code_of(kind)) in page
    assert "ถนนราชดำเนินนอก" in page
    assert reverse("petition:blank_forms") in body(Client().get(reverse("petition:new")))
    assert Client().get("/petition/blank/dream.pdf").status_code == 404


# ── Typed by an officer ───────────────────────────────────────────────────────────────────────


def test_the_code_in_the_search_box_opens_the_intake_with_kind_and_channel(
    officer: User, client_for: Any
) -> None:
    response = client_for(officer).post(SEARCH, {"q": "รท-3.1"}, follow=True)
    page = body(response)
    assert response.redirect_chain[0][0].startswith(INTAKE)
    assert '<option value="help" selected>' in page
    assert '<option value="letter" selected>' in page
    assert "แบบ รท-๓.๑ ตั้งประเภทและช่องทางให้แล้ว" in page


def test_the_code_on_the_intake_page_does_the_same(officer: User, client_for: Any) -> None:
    client = client_for(officer)
    assert "เขียนมาในแบบคำร้อง" in body(client.get(INTAKE))
    assert '<option value="opinion" selected>' in body(client.get(INTAKE, {"form": "รท ๔.๑"}))


def test_a_wrong_code_is_said_beside_the_box_and_stays_in_it(officer: User, client_for: Any) -> None:
    page = body(client_for(officer).get(INTAKE, {"form": "รท-9.9"}))
    assert "ไม่มีแบบคำร้องรหัส “รท-9.9”" in page
    assert 'value="รท-9.9"' in page


def test_the_code_is_no_way_around_the_permission(stranger: User, client_for: Any) -> None:
    assert client_for(stranger).post(SEARCH, {"q": "รท-1.1"}, follow=True).status_code == 403


def test_a_number_of_a_petition_still_opens_it(petition: Petition, officer: User, client_for: Any) -> None:
    response = client_for(officer).post(SEARCH, {"q": petition.label})
    assert response["Location"] == petition.get_absolute_url()
