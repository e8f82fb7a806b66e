"""Agencies as a tree, their people, and the directory that is printed of both."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from office.models import Agency, Contact
from office.network import directory
from tests.cast import MORNING

pytestmark = pytest.mark.django_db
TODAY = date(2009, 11, 17)


def make_body(name: str, **facts: Any) -> Agency:
    return Agency.objects.create(name=name, **facts)


def make_contact(agency: Agency, name: str = "นางสาวดวงใจ แก้วกุล", **facts: Any) -> Contact:
    """Duangjai answers for her agency when the office rings."""
    facts.setdefault("confirmed_at", MORNING)
    return Contact.objects.create(agency=agency, name=name, **facts)


def test_the_first_agencies_know_what_they_are_to_the_ministry() -> None:
    core = Agency.objects.filter(kind=Agency.Kind.CORE).order_by("rank")
    assert [one.short_name for one in core] == ["สป.", "สกศ.", "สพฐ.", "สอศ.", "สกอ."]
    assert Agency.objects.get(short_name="สสวท.").kind == Agency.Kind.SUPERVISED
    assert not Agency.objects.filter(sort_name="").exists()


def test_an_agency_never_belongs_to_its_own_part() -> None:
    top = make_body("กรมหนึ่ง")
    middle = make_body("กองสอง", parent=top)
    low = make_body("ฝ่ายสาม", parent=middle)
    top.parent = low
    with pytest.raises(ValidationError, match="ฝ่ายสาม"):
        top.full_clean()


def test_the_database_refuses_an_agency_that_is_its_own_parent() -> None:
    top = make_body("กรมหนึ่ง")
    with pytest.raises(IntegrityError), transaction.atomic():
        Agency.objects.filter(pk=top.pk).update(parent=top)


def test_a_double_is_never_in_use() -> None:
    top, double = make_body("กรมหนึ่ง"), make_body("กรมที่หนึ่ง")
    with pytest.raises(IntegrityError), transaction.atomic():
        Agency.objects.filter(pk=double.pk).update(merged_into=top)


def test_a_person_stands_once_in_a_task_and_may_come_back_after_leaving() -> None:
    body = make_body("กรมหนึ่ง")
    make_contact(body, until_on=TODAY)
    make_contact(body)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_contact(body)
    make_contact(body, role=Contact.Role.PRESS)


def test_every_change_of_a_row_is_a_new_version() -> None:
    body = make_body("กรมหนึ่ง")
    body.telephone = "0 2628 0000"
    body.save(update_fields=["telephone"])
    body.refresh_from_db()
    assert body.version == 2


@pytest.mark.parametrize(
    ("since", "until", "there"),
    [
        (None, None, True),
        (date(2009, 11, 17), None, True),
        (date(2009, 11, 18), None, False),
        (None, date(2009, 11, 17), True),
        (None, date(2009, 11, 16), False),
    ],
)
def test_the_directory_names_who_has_the_post_on_its_day(
    since: date | None, until: date | None, there: bool
) -> None:
    body = make_body("กรมหนึ่ง", kind=Agency.Kind.CONSTITUTIONAL)
    make_contact(body, since_on=since, until_on=until)
    (part,) = [one for one in directory(TODAY) if one.kind == "constitutional"]
    assert bool(part.agencies[0].contacts) is there


def test_the_directory_prints_kinds_in_order_and_parts_under_what_they_belong_to() -> None:
    Agency.objects.all().delete()
    core = make_body("สำนักงานปลัดกระทรวงศึกษาธิการ", kind=Agency.Kind.CORE)
    make_body("สำนักตรวจราชการ", kind=Agency.Kind.CORE, parent=core)
    make_body("สพท.เชียงราย เขต ๑๐", kind=Agency.Kind.AREA, parent=core)
    make_body("สพท.เชียงราย เขต ๒", kind=Agency.Kind.AREA, parent=core)
    make_body("กรมที่ยุบแล้ว", kind=Agency.Kind.CORE, is_active=False)
    printed = [
        (part.kind, [(one.name, one.depth, one.parent) for one in part.agencies]) for part in directory(TODAY)
    ]
    assert printed == [
        (
            "core",
            [("สำนักงานปลัดกระทรวงศึกษาธิการ", 0, ""), ("สำนักตรวจราชการ", 1, "สำนักงานปลัดกระทรวงศึกษาธิการ")],
        ),
        (
            "area",
            [
                ("สพท.เชียงราย เขต ๒", 0, "สำนักงานปลัดกระทรวงศึกษาธิการ"),
                ("สพท.เชียงราย เขต ๑๐", 0, "สำนักงานปลัดกระทรวงศึกษาธิการ"),
            ],
        ),
    ]


@pytest.mark.parametrize(
    ("confirmed", "said"),
    [(None, True), (MORNING - timedelta(days=366), True), (MORNING - timedelta(days=360), False)],
)
def test_the_directory_says_whose_entry_nobody_confirmed_for_a_year(
    confirmed: datetime | None, said: bool
) -> None:
    body = make_body("กรมหนึ่ง", kind=Agency.Kind.CONSTITUTIONAL)
    make_contact(body, confirmed_at=confirmed)
    (part,) = [one for one in directory(TODAY) if one.kind == "constitutional"]
    assert part.agencies[0].contacts[0].is_unconfirmed is said


def test_the_directory_asks_twice_however_long_it_is(django_assert_num_queries: Any) -> None:
    for number in range(20):
        make_contact(make_body(f"กรมที่ {number}"))
    with django_assert_num_queries(2):
        directory(TODAY)
