"""The register of documents out: each issued letter one may see, how it left, its marks; on page, sheet and paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains

from complaints.letter_writing import write_draft
from complaints.models import Petition
from office.calendar import month_of
from office.document_registers import OUT
from office.models import LetterDelivery, LetterTemplate, OutgoingLetter, Secrecy, User
from office.views.document_registers import register_paper
from tests.cast import MORNING, fresh, make_petition, take_step

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]


def issued(petition: Petition, by: User, kind: str = "acknowledgement", **facts: str) -> OutgoingLetter:
    """A letter with its number, whose paper nobody has made yet."""
    template = LetterTemplate.objects.get(kind=kind, matter_kind="petition")
    letter = write_draft(template, fresh(petition), by=by, now=MORNING, signer=by)
    OutgoingLetter.objects.filter(pk=letter.pk).update(**facts)
    letter.refresh_from_db()
    take_step(petition, "issue_letter", by, letter=letter, drafted=letter.version)
    letter.refresh_from_db()
    return letter


@pytest.fixture
def own(officer: User) -> Petition:
    return make_petition(owner=officer)


def test_every_letter_stands_there_by_its_number_newest_first(
    client_for: ClientFor, own: Petition, officer: User
) -> None:
    first, second = issued(own, officer), issued(own, officer, speed="urgent")
    page = client_for(officer).get(reverse("office:documents_out"))
    assert [line.their_number for line in page.context["lines"]] == [second.label, first.label]
    for words in (own.label, "ด่วน", "ผู้ร้อง", officer.short_name, "ยังไม่ส่ง"):
        assertContains(page, words)


def test_a_petitioners_name_stands_in_no_register(
    client_for: ClientFor, own: Petition, officer: User
) -> None:
    issued(own, officer, to_whom="{{ชื่อผู้ร้อง}}")
    client = client_for(officer)
    assertNotContains(client.get(reverse("office:documents_out")), "สมศรี")
    assertNotContains(client.get(reverse("office:documents_out")), "{{")


def test_how_it_left_is_told_and_asked_for(client_for: ClientFor, own: Petition, officer: User) -> None:
    posted, waiting = issued(own, officer), issued(own, officer)
    LetterDelivery.objects.create(
        letter=posted, way=LetterDelivery.Way.POST, at=MORNING + timedelta(hours=3), by=officer, proof="EF123"
    )
    OutgoingLetter.objects.filter(pk=posted.pk).update(sent_at=MORNING + timedelta(hours=3))
    client = client_for(officer)

    def shown(**asked: str) -> list[str]:
        page = client.get(reverse("office:documents_out"), asked)
        return [line.their_number for line in page.context["lines"]]

    assert shown(way="post") == [posted.label]
    assert shown(way="none") == [waiting.label]
    assert shown(number="1", year="2552") == [posted.label]
    assert shown(number=waiting.label, year="2552") == [waiting.label]
    assert shown(year="2551") == []
    assertContains(client.get(reverse("office:documents_out")), "EF123")


def test_letters_of_secret_matters_are_seen_by_those_who_see_the_matter(
    client_for: ClientFor, colleague: User, officer: User, head: User, stranger: User
) -> None:
    secret = make_petition(owner=colleague, secrecy=Secrecy.SECRET)
    letter = issued(secret, colleague)
    for person, sees in ((colleague, True), (head, True), (officer, False), (stranger, False)):
        page = client_for(person).get(reverse("office:documents_out"), {"secrecy": "2"})
        assert ([line.their_number for line in page.context["lines"]] == [letter.label]) is sees
        sheet = client_for(person).get(reverse("office:documents_out_export")).content
        rows = openpyxl.load_workbook(BytesIO(sheet)).active
        assert rows is not None
        assert (letter.label in str(list(rows.iter_rows(values_only=True)))) is sees


def test_the_register_on_paper_is_that_of_the_regulation(
    client_for: ClientFor, own: Petition, officer: User
) -> None:
    letter = issued(own, officer)
    html = register_paper(OUT, OUT.filter({}), list(OUT.rows(officer)), month_of(MORNING.date()))
    assert letter.label in html
    assert '<th scope="col">เลขทะเบียนส่ง</th>' in html
    pdf = client_for(officer).get(reverse("office:documents_out_print"), {"day": "๑๗/๑๑/๒๕๕๒"})
    assert pdf.content.startswith(b"%PDF")


def test_a_long_register_goes_by_number_and_asks_few_questions(
    client_for: ClientFor, own: Petition, officer: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(27):
        issued(own, officer)
    client = client_for(officer)
    with django_assert_max_num_queries(12):
        first = client.get(reverse("office:documents_out"))
    second = client.get(f"{reverse('office:documents_out')}?{first.context['next_link']}")
    assert [line.number for line in second.context["lines"]] == ["๒", "๑"]
    back = client.get(f"{reverse('office:documents_out')}?{second.context['back_link']}")
    assert [line.number for line in back.context["lines"]] == [line.number for line in first.context["lines"]]
