"""The pages of the network: who opens which, what is typed wrong, two who change the same row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from office.models import Agency, Contact, User
from tests.cast import MORNING
from tests.office.test_network import make_body, make_contact

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]
MOST_QUERIES = 12


@pytest.fixture
def body() -> Agency:
    return make_body("กรมทดลองการศึกษา", short_name="กทล.", kind=Agency.Kind.SUPERVISED)


@pytest.fixture
def contact(body: Agency) -> Contact:
    return make_contact(body, email="duangjai@dept.example", telephone="0 2628 5555")


def agency_data(**changes: Any) -> dict[str, Any]:
    return {"name": "กรมใหม่", "kind": "other", "rank": "100", "is_active": "on"} | changes


def contact_data(agency: Agency, **changes: Any) -> dict[str, Any]:
    return {"agency": agency.pk, "name": "นายปรีชา ทองดี", "role": "general"} | changes


READ = ["network", "network_tree", "network_export"]
KEPT = ["agency_new", "network_imports", "network_template", "ask", "corrections"]
MERGED = ["doubles"]


@pytest.mark.parametrize("page", [*READ, *KEPT, *MERGED])
def test_a_stranger_is_asked_to_sign_in(client: Client, page: str) -> None:
    assert client.get(reverse(f"office:{page}")).status_code == 302


@pytest.mark.parametrize("page", READ)
def test_everybody_of_the_office_reads(
    client_for: ClientFor, executive: User, body: Agency, page: str
) -> None:
    client = client_for(executive)
    assert client.get(reverse(f"office:{page}")).status_code == 200
    assert client.get(body.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("page", [*KEPT, *MERGED])
def test_executives_keep_nothing(client_for: ClientFor, executive: User, page: str) -> None:
    assert client_for(executive).get(reverse(f"office:{page}")).status_code == 403


@pytest.mark.parametrize("page", KEPT)
def test_officers_keep_the_network(client_for: ClientFor, stranger: User, page: str) -> None:
    assert client_for(stranger).get(reverse(f"office:{page}")).status_code == 200


def test_heads_and_administrators_make_two_rows_one_and_officers_do_not(
    client_for: ClientFor, officer: User, head: User, administrator: User
) -> None:
    answers = [
        client_for(one).get(reverse("office:doubles")).status_code for one in (officer, head, administrator)
    ]
    assert answers == [403, 200, 200]


@pytest.mark.parametrize("name", ["network", "network_tree", "ask", "corrections", "doubles"])
def test_no_page_asks_more_with_more_rows(
    client_for: ClientFor, head: User, django_assert_max_num_queries: DjangoAssertNumQueries, name: str
) -> None:
    for number in range(30):
        make_contact(make_body(f"กรมที่ {number}"), confirmed_at=None, email=f"one{number}@dept.example")
    client = client_for(head)
    client.get(reverse(f"office:{name}"))
    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.get(reverse(f"office:{name}")).status_code == 200


def test_an_agencys_page_asks_little(
    client_for: ClientFor, head: User, body: Agency, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(20):
        make_contact(body, f"นายคนที่ {number}", confirmed_by=head)
    make_body("กองหนึ่ง", parent=body)
    client = client_for(head)
    client.get(body.get_absolute_url())
    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.get(body.get_absolute_url()).status_code == 200


# ── The list ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "query",
    ["q=ทดลอง", "q=กทล", "q=ดวงใจ", "kind=supervised&q=กรม", "role=general", "standing=unconfirmed"],
)
def test_the_list_finds_an_agency_by(client_for: ClientFor, officer: User, body: Agency, query: str) -> None:
    make_contact(body, confirmed_at=None)
    assertContains(client_for(officer).get(f"{reverse('office:network')}?{query}"), "กรมทดลองการศึกษา")


@pytest.mark.parametrize("query", ["q=ไม่มีชื่อนี้", "kind=core", "role=press", "standing=off", "standing=nobody"])
def test_the_list_leaves_an_agency_out_by(
    client_for: ClientFor, officer: User, body: Agency, query: str
) -> None:
    make_contact(body)
    assertNotContains(client_for(officer).get(f"{reverse('office:network')}?{query}"), "กรมทดลองการศึกษา")


def test_who_left_is_not_found_as_a_contact(client_for: ClientFor, officer: User, body: Agency) -> None:
    make_contact(body, until_on=timezone.localdate() - timedelta(days=1))
    assertNotContains(client_for(officer).get(f"{reverse('office:network')}?q=ดวงใจ"), "กรมทดลองการศึกษา")


def test_nonsense_in_the_address_is_answered_kindly(client_for: ClientFor, officer: User) -> None:
    assert client_for(officer).get(f"{reverse('office:network')}?kind=x").status_code == 422


# ── Writing ─────────────────────────────────────────────────────────────────────────────────


def test_an_agency_is_written_down_and_its_history_says_by_whom(client_for: ClientFor, officer: User) -> None:
    client = client_for(officer)
    page = client.post(reverse("office:agency_new"), agency_data(telephone="๐ ๒๖๒๘ ๐๐๐๐ ต่อ ๑"))
    saved = Agency.objects.get(name="กรมใหม่")
    assertRedirects(page, saved.get_absolute_url(), fetch_redirect_response=False)
    assert saved.telephone == "0 2628 0000 ต่อ 1"
    assertContains(client.get(saved.get_absolute_url()), officer.short_name)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "กรมทดลองการศึกษา"}, "name"),
        ({"email": "ไม่ใช่อีเมล"}, "email"),
        ({"postcode": "1030"}, "postcode"),
        ({"telephone": "ถามที่ป้อม"}, "telephone"),
        ({"website": "ไม่ใช่เว็บ"}, "website"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(
    client_for: ClientFor, officer: User, body: Agency, changes: dict[str, str], field: str
) -> None:
    page = client_for(officer).post(reverse("office:agency_new"), agency_data(short_name="กม.", **changes))
    assert page.status_code == 422
    assert field in page.context["form"].errors
    assertContains(page, 'value="กม."', status_code=422)


def test_a_circle_is_refused_beside_the_field(client_for: ClientFor, officer: User, body: Agency) -> None:
    part = make_body("กองหนึ่ง", parent=body)
    data = agency_data(name=body.name, parent=part.pk, seen=body.version)
    page = client_for(officer).post(reverse("office:agency_edit", args=[body.pk]), data)
    assert page.status_code == 422
    assert "parent" in page.context["form"].errors


def test_who_saves_later_is_told_and_may_save_again(
    client_for: ClientFor, officer: User, body: Agency
) -> None:
    seen = body.version
    body.telephone = "0 2111 1111"
    body.save()
    client, address = client_for(officer), reverse("office:agency_edit", args=[body.pk])
    data = agency_data(name=body.name, telephone="0 2222 2222", seen=seen)
    page = client.post(address, data)
    assertContains(page, "0 2111 1111", status_code=422)
    assertContains(page, "0 2222 2222", status_code=422)
    assertContains(page, f'name="seen" value="{body.version}"', status_code=422)
    assert client.post(address, data | {"seen": body.version}).status_code == 302
    body.refresh_from_db()
    assert body.telephone == "0 2222 2222"


def test_a_new_contact_whom_somebody_asked_is_confirmed_by_them(
    client_for: ClientFor, officer: User, body: Agency
) -> None:
    address = reverse("office:contact_new", args=[body.pk])
    page = client_for(officer).post(address, contact_data(body, is_confirmed="on", since_on="๑/๑๐/๒๕๕๒"))
    assert page.status_code == 302
    saved = Contact.objects.get(name="นายปรีชา ทองดี")
    assert saved.confirmed_by == officer
    assert saved.since_on is not None
    assert saved.since_on.year == 2009


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "นางสาวดวงใจ แก้วกุล"}, "name"),
        ({"since_on": "๑/๑๐/๒๕๕๒", "until_on": "๑/๙/๒๕๕๒"}, "until_on"),
        ({"email": "x"}, "email"),
    ],
)
def test_a_contacts_fault_stands_beside_its_field(
    client_for: ClientFor, officer: User, contact: Contact, changes: dict[str, str], field: str
) -> None:
    address = reverse("office:contact_new", args=[contact.agency_id])
    page = client_for(officer).post(address, contact_data(contact.agency, **changes))
    assert page.status_code == 422
    assert field in page.context["form"].errors


def test_a_post_is_ended_and_whoever_left_stays_to_be_read(
    client_for: ClientFor, officer: User, contact: Contact
) -> None:
    client, address = client_for(officer), reverse("office:contact_end", args=[contact.pk])
    assert client.post(address, {"until_on": "ไม่ใช่วัน"}).status_code == 422
    assert client.post(address, {"until_on": "1/10/2552"}).status_code == 302
    page = client.get(contact.agency.get_absolute_url())
    assert page.context["people"] == []
    assert page.context["left"] == [contact]


def test_an_entry_is_confirmed_by_telephone(client_for: ClientFor, officer: User, contact: Contact) -> None:
    Contact.objects.filter(pk=contact.pk).update(confirmed_at=MORNING - timedelta(days=800))
    client, address = client_for(officer), reverse("office:contact_confirm", args=[contact.pk])
    assert client.get(address).status_code == 405
    assert client.post(address).status_code == 302
    contact.refresh_from_db()
    assert contact.confirmed_by == officer
    assert not contact.is_unconfirmed(timezone.now())


def test_executives_change_no_contact(client_for: ClientFor, executive: User, contact: Contact) -> None:
    client = client_for(executive)
    for name in ("contact_edit", "contact_end", "contact_confirm"):
        assert client.post(reverse(f"office:{name}", args=[contact.pk])).status_code == 403
    assertNotContains(
        client.get(contact.agency.get_absolute_url()), reverse("office:contact_edit", args=[contact.pk])
    )
