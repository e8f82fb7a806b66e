"""The templates of letters: what an administrator may write into them, and what is refused in Thai."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.db.models import F
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from complaints import letter_reference
from complaints.letter_fields import FIELDS, examples_of, names_of
from office.merge_fields import fill, has_torn_braces, names_in, unknown_in
from office.models import LetterParagraph, LetterTemplate, LetterTemplateEdition, User

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def test_a_field_without_a_value_stays_as_it_is_written() -> None:
    assert fill("เรียน {{ชื่อ}} และ {{ เรื่อง }}", {"เรื่อง": "ค่าบำรุง"}) == "เรียน {{ชื่อ}} และ ค่าบำรุง"


def test_a_value_is_never_read_for_fields_again() -> None:
    assert fill("{{ก}}", {"ก": "{{ข}}", "ข": "ลับ"}) == "{{ข}}"


def test_fields_are_found_and_torn_braces_too() -> None:
    assert names_in("{{ก}} {{ข}} {{ก}}") == ["ก", "ข"]
    assert unknown_in(["{{ก}}{{user.password}}"], ["ก"]) == ["user.password"]
    assert has_torn_braces("{{ก}} {{ข")
    assert not has_torn_braces("{{ก}} {ข}")


def test_every_reference_template_uses_known_fields_only() -> None:
    for form in letter_reference.FORMS:
        texts = [form.to_whom, form.subject, *(one.text for one in form.paragraphs)]
        assert unknown_in(texts, names_of(form.matter_kind)) == [], form.name


def test_every_field_has_an_example_and_its_own_name() -> None:
    for kind, fields in FIELDS.items():
        assert len({field.name for field in fields}) == len(fields)
        assert all(examples_of(kind).values())


def test_the_templates_are_loaded_once_and_are_then_the_offices_own() -> None:
    assert LetterTemplate.objects.count() == len(letter_reference.FORMS)
    LetterTemplate.objects.update(subject="แก้แล้ว")
    letter_reference.load("default")
    assert LetterTemplate.objects.count() == len(letter_reference.FORMS)
    assert set(LetterTemplate.objects.values_list("subject", flat=True)) == {"แก้แล้ว"}


def form_of(template: LetterTemplate, **changes: Any) -> dict[str, Any]:
    """What the administrators' page sends."""
    paragraphs = list(template.paragraphs.all())
    data: dict[str, Any] = {
        "matter_kind": template.matter_kind,
        "kind": template.kind,
        "name": template.name,
        "to_whom": template.to_whom,
        "subject": template.subject,
        "rank": template.rank,
        "is_active": "on",
        "paragraphs-TOTAL_FORMS": len(paragraphs),
        "paragraphs-INITIAL_FORMS": len(paragraphs),
    }
    for place, one in enumerate(paragraphs):
        data |= {
            f"paragraphs-{place}-id": one.pk,
            f"paragraphs-{place}-template": template.pk,
            f"paragraphs-{place}-text": one.text,
            f"paragraphs-{place}-label": one.label,
            f"paragraphs-{place}-rank": one.rank,
        }
    return data | changes


def test_an_administrator_changes_the_words(client_for: SignIn, administrator: User) -> None:
    template = LetterTemplate.objects.get(kind="progress")
    address = reverse("admin:office_lettertemplate_change", args=[template.pk])
    page = client_for(administrator).get(address).content.decode()
    assert "{{ชื่อผู้ร้อง}}" in page
    data = form_of(template, **{"paragraphs-0-text": "ขอเรียนว่า {{เลขเรื่อง}} อยู่ระหว่างดำเนินการ"})
    assert client_for(administrator).post(address, data).status_code == 302
    first = LetterParagraph.objects.filter(template=template).order_by("rank").first()
    assert first is not None
    assert first.text == "ขอเรียนว่า {{เลขเรื่อง}} อยู่ระหว่างดำเนินการ"


@pytest.mark.parametrize("field", ["subject", "to_whom", "paragraphs-0-text"])
def test_an_unknown_field_is_refused_by_its_name(field: str, client_for: SignIn, administrator: User) -> None:
    template = LetterTemplate.objects.get(kind="progress")
    address = reverse("admin:office_lettertemplate_change", args=[template.pk])
    answer = client_for(administrator).post(address, form_of(template, **{field: "แจ้ง {{เงินเดือนรัฐมนตรี}}"}))
    assert answer.status_code == 200
    assert "ไม่มีช่องเติมคำ {{เงินเดือนรัฐมนตรี}}" in answer.content.decode()
    template.refresh_from_db()
    assert "เงินเดือน" not in template.subject + template.to_whom


def test_a_template_is_seen_on_paper_with_invented_values(
    client_for: SignIn, administrator: User, officer: User
) -> None:
    template = LetterTemplate.objects.get(kind="result")
    address = reverse("admin:office_lettertemplate_preview", args=[template.pk])
    answer = client_for(administrator).get(address)
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    assert "นางสมศรี" in text
    assert "{{" not in text
    assert client_for(officer).get(address).status_code == 302


def read(answer: Any) -> str:
    """The words of a PDF, without the spaces that a layout needs."""
    pages = PdfReader(BytesIO(answer.content)).pages
    return "".join("".join(page.extract_text().split()) for page in pages)


def test_what_is_typed_is_seen_on_paper_before_it_is_in_force(
    client_for: SignIn, administrator: User
) -> None:
    template = LetterTemplate.objects.get(kind="progress")
    address = reverse("admin:office_lettertemplate_change", args=[template.pk])
    data = form_of(template, **{"paragraphs-0-text": "ถ้อยคำใหม่ของ {{เลขเรื่อง}}", "_preview": "1"})
    answer = client_for(administrator).post(address, data)
    assert "ถ้อยคำใหม่ของ" in read(answer)
    assert not template.paragraphs.filter(text__startswith="ถ้อยคำใหม่").exists()
    assert not template.editions.exists()


def test_a_new_template_is_seen_on_paper_before_it_is_saved(client_for: SignIn, administrator: User) -> None:
    template = LetterTemplate.objects.get(kind="progress")
    data = form_of(template, name="แบบใหม่", _preview="1") | {"paragraphs-INITIAL_FORMS": 0}
    data = {name: value for name, value in data.items() if not name.endswith(("-id", "-template"))}
    answer = client_for(administrator).post(reverse("admin:office_lettertemplate_add"), data)
    assert answer["Content-Type"] == "application/pdf"
    assert not LetterTemplate.objects.filter(name="แบบใหม่").exists()


def test_a_preview_says_what_is_wrong_beside_the_field(client_for: SignIn, administrator: User) -> None:
    template = LetterTemplate.objects.get(kind="progress")
    address = reverse("admin:office_lettertemplate_change", args=[template.pk])
    data = form_of(template, **{"paragraphs-0-text": "แจ้ง {{เลขเรื่อง", "_preview": "1"})
    answer = client_for(administrator).post(address, data)
    assert answer["Content-Type"].startswith("text/html")
    assert "แจ้ง {{เลขเรื่อง" in answer.content.decode()
    assert "errorlist" in answer.content.decode()


def test_editions_are_kept_and_can_be_opened(client_for: SignIn, administrator: User, officer: User) -> None:
    template = LetterTemplate.objects.get(kind="progress")
    was = template.paragraphs.order_by("rank")[0].text
    address = reverse("admin:office_lettertemplate_change", args=[template.pk])
    client = client_for(administrator)
    data = form_of(template, **{"paragraphs-0-text": "ถ้อยคำใหม่"})
    assert client.post(address, data).status_code == 302
    assert client.post(address, data).status_code == 302  # nothing changed, so no further edition
    first, second = template.editions.order_by("number")
    assert first.content["paragraphs"][0]["text"] == was
    assert second.content["paragraphs"][0]["text"] == "ถ้อยคำใหม่"
    assert (first.made_by, second.made_by) == (None, administrator)
    opened = reverse("admin:office_lettertemplate_edition", args=[template.pk, 1])
    assert client.get(opened)["Content-Type"] == "application/pdf"
    assert opened in client.get(address).content.decode()
    assert client_for(officer).get(opened).status_code == 302


def test_an_edition_is_never_changed(client_for: SignIn, administrator: User) -> None:
    template = LetterTemplate.objects.get(kind="progress")
    address = reverse("admin:office_lettertemplate_change", args=[template.pk])
    client_for(administrator).post(address, form_of(template, subject="เรื่องใหม่"))
    with pytest.raises(DatabaseError), transaction.atomic():
        LetterTemplateEdition.objects.update(number=F("number") + 10)
