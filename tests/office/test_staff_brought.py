"""The people of the office brought as a file: accounts without a password, and no administrator made by a file."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains

from office.models import RegisterImport, Role, User
from office.spreadsheets import Sheet, workbook
from projectplan.brought_registers import load
from tests.cast import make_administrator

pytestmark = pytest.mark.django_db
HEAD = ["ชื่อผู้ใช้", "ชื่อ-สกุล", "อีเมล", "กลุ่ม", "ตำแหน่ง", "บทบาท"]
SOMSRI = ["somsri", "นางสมศรี ใจดี", "somsri@moe.example", "กลุ่มรับเรื่องราวร้องทุกข์", "นักจัดการงานทั่วไป", "หัวหน้ากลุ่ม"]
UPLOAD = "/imports/staff/"


@pytest.fixture
def client(client_for: Callable[[User], Client]) -> Client:
    return client_for(make_administrator())


def loaded(client: Client, *rows: list[str]) -> RegisterImport:
    file = SimpleUploadedFile("people.xlsx", workbook([Sheet("x", HEAD, rows)]))
    assert client.post(UPLOAD, {"file": file}).status_code == 302
    bringing = RegisterImport.objects.latest("pk")
    client.post(reverse("imports:load", args=["staff", bringing.pk]), {"how": "right"})
    load(bringing.pk, timezone.now)
    return RegisterImport.objects.get(pk=bringing.pk)


def test_people_come_with_their_place_and_role_and_no_password(client: Client) -> None:
    assert loaded(client, SOMSRI).counts["new"] == 1
    person = User.objects.get(username="somsri")
    assert set(person.roles) == {Role.OFFICER.value, Role.HEAD.value}
    assert not person.is_staff
    assert not person.has_usable_password()
    assert person.subgroup
    assert (person.subgroup.code, str(person.position)) == ("complaints", "นักจัดการงานทั่วไป")


def test_once_more_changes_nothing_and_another_role_is_taken_over(client: Client) -> None:
    loaded(client, SOMSRI)
    assert loaded(client, SOMSRI).plan["counts"]["same"] == 1
    assert loaded(client, [*SOMSRI[:5], "เจ้าหน้าที่"]).counts["changed"] == 1
    assert User.objects.get(username="somsri").roles == {Role.OFFICER.value}


def test_an_administrator_stays_one(client: Client) -> None:
    row = ["admin", "นายสมชาย ผู้ดูแล", "", "กลุ่มรับเรื่องราวร้องทุกข์", "", "เจ้าหน้าที่"]
    loaded(client, row)
    assert User.objects.get(username="admin").roles == {Role.OFFICER.value, Role.ADMINISTRATOR.value}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (["สมศรี", *SOMSRI[1:]], "ชื่อผู้ใช้: "),
        ([*SOMSRI[:2], "ไม่ใช่อีเมล", *SOMSRI[3:]], "อีเมล: ไม่ใช่ที่อยู่อีเมล"),
        ([*SOMSRI[:2], "ADMIN@office.example", *SOMSRI[3:]], "อีเมล: "),
        ([*SOMSRI[:3], "", *SOMSRI[4:]], "กลุ่ม: "),
        ([*SOMSRI[:3], "กลุ่มอื่น", *SOMSRI[4:]], "กลุ่มอื่น"),
        ([*SOMSRI[:5], "ผู้ดูแลระบบ"], "ผู้ดูแลระบบ"),
        ([*SOMSRI[:5], ""], "บทบาท: "),
    ],
)
def test_what_is_wrong_is_said_of_its_cell(client: Client, row: list[str], said: str) -> None:
    bringing = loaded(client, row)
    assert bringing.plan["counts"]["wrong"] == 1
    assertContains(client.get(reverse("imports:preview", args=["staff", bringing.pk])), said)
    assert User.objects.count() == 1


def test_two_rows_with_one_address_are_one_too_many(client: Client) -> None:
    bringing = loaded(client, SOMSRI, ["other", *SOMSRI[1:]])
    assert (bringing.counts["new"], bringing.counts["wrong"]) == (1, 1)


def test_administrators_alone_bring_people(client_for: Callable[[User], Client], head: User) -> None:
    assert client_for(head).get(UPLOAD).status_code == 403


def test_the_sample_can_be_loaded_as_it_is(client: Client) -> None:
    sample = client.get(reverse("imports:sample", args=["staff"])).content
    client.post(UPLOAD, {"file": SimpleUploadedFile("x.xlsx", sample)})
    assert RegisterImport.objects.get().counts["new"] == 2
