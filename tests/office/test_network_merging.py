"""Two rows of the network that are one: suggested, seen side by side, merged without a loss."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from complaints.models import MonthTally, RoutingRule, State, TallyLine
from office.models import Agency, Contact, EducationArea, Matter, User
from office.network_doubles import agencies_alike, all_agencies_alike, contacts_alike
from office.network_merging import MergeMovedOn, merge_agencies, merge_contacts, pointing
from tests import cast
from tests.office.test_network import TODAY, make_body, make_contact

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]


@pytest.fixture
def into() -> Agency:
    return make_body("กรมทดลองการศึกษา", telephone="0 2111 1111")


@pytest.fixture
def double() -> Agency:
    return make_body("กรมทดลอง การศึกษา", email="saraban@dept.example", website="https://dept.example")


def again(row: Any) -> Any:
    return type(row).objects.get(pk=row.pk)


# ── Found ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ({"name": "สำนักงาน กศน. เขต ๑"}, {"name": "กศน.เขต 1"}, True),
        ({"name": "สำนักงานพัฒนาหลักสูตรกลาง"}, {"name": "สำนักงานพัฒนาหลักสูตรกลางฯ"}, True),
        ({"name": "ศูนย์หนึ่ง เขต ๑"}, {"name": "ศูนย์หนึ่ง เขต ๒"}, False),
        ({"name": "กรมก", "email": "one@dept.example"}, {"name": "ฝ่ายฮ", "email": "ONE@dept.example"}, True),
        ({"name": "กรมก", "telephone": "0 2111-1111"}, {"name": "ฝ่ายฮ", "telephone": "021111111"}, True),
        ({"name": "กรมก"}, {"name": "ฝ่ายฮ"}, False),
    ],
)
def test_agencies_are_thought_one_by(one: dict[str, str], other: dict[str, str], alike: bool) -> None:
    first, second = make_body(**one), make_body(**other)
    assert [pair.other for pair in agencies_alike(first)] == ([second] if alike else [])


def test_two_education_areas_are_never_thought_one() -> None:
    areas = EducationArea.objects.order_by("pk")[:2]
    make_body("สพป.ทดลอง", area=areas[0])
    make_body("สพป. ทดลอง", area=areas[1])
    assert all_agencies_alike() == []


def test_a_person_written_down_twice_is_found_and_two_tasks_of_one_are_not(
    into: Agency, double: Agency
) -> None:
    one = make_contact(into)
    make_contact(into, role=Contact.Role.PRESS)
    other = make_contact(double, "ดวงใจ แก้วกุล")
    assert {(pair.one, pair.other) for pair in contacts_alike(TODAY)} >= {(other, one)} or {
        (pair.one, pair.other) for pair in contacts_alike(TODAY)
    } >= {(one, other)}
    assert contacts_alike(TODAY, of=into) == []


# ── Merged ──────────────────────────────────────────────────────────────────────────────────


def test_what_points_to_the_double_points_to_the_row_that_stays(
    into: Agency, officer: User, head: User, executive: User
) -> None:
    petition = cast.bring_to(
        cast.make_petition(owner=officer), State.REFERRED, officer=officer, head=head, executive=executive
    )
    double = petition.referrals.get().agency
    child = make_body("กองหนึ่ง", parent=double)
    older = make_body("กรมเก่า", is_active=False, merged_into=double)
    contact = make_contact(double)
    merge_agencies(double, into, taken=())
    assert petition.referrals.get().agency == into
    assert again(child).parent == into
    assert again(older).merged_into == into
    assert again(contact).agency == into
    left = again(double)
    assert (left.merged_into, left.is_active) == (into, False)
    assert pointing(left) == []


def test_the_facts_chosen_are_taken_and_the_others_kept(into: Agency, double: Agency) -> None:
    merge_agencies(double, into, taken={"email"})
    kept = again(into)
    assert (kept.email, kept.website, kept.telephone) == ("saraban@dept.example", "", "0 2111 1111")


def test_both_names_lead_to_the_row_that_stays_whichever_is_kept(
    client_for: ClientFor, officer: User, into: Agency, double: Agency
) -> None:
    merge_agencies(double, into, taken={"name"})
    assert again(into).name == "กรมทดลอง การศึกษา"
    assert again(double).name == "กรมทดลองการศึกษา"
    client = client_for(officer)
    assertRedirects(client.get(f"/network/agencies/{double.pk}/"), into.get_absolute_url())
    page = client.get(f"{reverse('office:network')}?q=กรมทดลองการศึกษา")
    assert [agency for agency, *_counts in page.context["rows"]] == [into]


def test_one_person_at_both_becomes_one_with_what_either_knew(into: Agency, double: Agency) -> None:
    kept = make_contact(into, telephone="0 2111 1111", confirmed_at=None)
    twin = make_contact(double, email="duangjai@dept.example")
    merge_agencies(double, into, taken=())
    kept = again(kept)
    assert (kept.telephone, kept.email) == ("0 2111 1111", "duangjai@dept.example")
    assert kept.confirmed_at == cast.MORNING
    assert again(twin).merged_into == kept
    assert list(Contact.objects.on(TODAY).filter(agency=into)) == [kept]


def test_a_row_of_which_the_other_has_the_same_stays_and_leads_there(into: Agency, double: Agency) -> None:
    category = cast.make_category()
    RoutingRule.objects.create(category=category, agency=into)
    left = RoutingRule.objects.create(category=category, agency=double)
    make_body("กองหนึ่ง", parent=double)
    merge_agencies(double, into, taken=())
    assert again(left).agency == double
    assert Agency.objects.get(name="กองหนึ่ง").parent == into


def test_months_counted_by_agency_are_counted_anew(into: Agency, double: Agency) -> None:
    def month(first: date, key: str) -> MonthTally:
        tally = MonthTally.objects.create(matter_kind=Matter.Kind.PETITION, month=first, is_stale=False)
        TallyLine.objects.create(tally=tally, dimension="agency_kind", key=key)
        return tally

    own = month(date(2009, 10, 1), f"{double.pk}:complaint")
    others = month(date(2009, 11, 1), f"{double.pk}9:complaint")
    merge_agencies(double, into, taken=())
    assert (again(own).is_stale, again(others).is_stale) == (True, False)


def test_a_merging_is_logged_with_who_did_it_and_what_went_over(
    client_for: ClientFor, head: User, into: Agency, double: Agency
) -> None:
    make_contact(double)
    address = reverse("office:agency_merge", args=[double.pk, into.pk])
    page = client_for(head).post(address, {"double_seen": double.version, "into_seen": into.version})
    assert page.status_code == 302
    entry = LogEntry.objects.get_for_object(into).filter(additional_data__merged=double.pk).get()
    assert entry.actor == head
    assert entry.additional_data["moved"] == {"office.Contact": 1}


# ── Refused ─────────────────────────────────────────────────────────────────────────────────


def test_an_agency_is_not_merged_into_its_own_part(into: Agency, double: Agency) -> None:
    into.parent = make_body("กองกลาง", parent=double)
    into.save()
    with pytest.raises(ValidationError):
        merge_agencies(double, into, taken=())
    assert again(double).merged_into is None


def test_a_part_is_merged_into_what_it_belongs_to(into: Agency, double: Agency) -> None:
    double.parent = into
    double.save()
    merge_agencies(double, into, taken={"parent"})
    assert again(into).parent is None
    assert again(double).parent is None


def test_two_education_areas_are_never_made_one() -> None:
    areas = EducationArea.objects.order_by("pk")[:2]
    one, other = make_body("สพป.ทดลอง", area=areas[0]), make_body("สพป. ทดลอง", area=areas[1])
    with pytest.raises(ValidationError):
        merge_agencies(one, other, taken=())


def test_an_education_area_goes_over_to_the_row_that_stays(into: Agency) -> None:
    area = EducationArea.objects.order_by("pk")[0]
    double = make_body("สพป.ทดลอง", area=area)
    merge_agencies(double, into, taken=())
    assert again(into).area == area


def test_who_saw_an_older_row_merges_nothing(
    client_for: ClientFor, head: User, into: Agency, double: Agency
) -> None:
    data = {"double_seen": double.version, "into_seen": into.version, "email": "double"}
    double.telephone = "0 2999 9999"
    double.save()
    client, address = client_for(head), reverse("office:agency_merge", args=[double.pk, into.pk])
    page = client.post(address, data)
    assertContains(page, "๐ ๒๙๙๙ ๙๙๙๙", status_code=422)
    assert page.context["facts"][5].chosen == "double"
    assert again(double).merged_into is None
    double.version -= 1
    with pytest.raises(MergeMovedOn):
        merge_agencies(double, into, taken=())


def test_a_second_click_leads_to_the_row_that_stays(
    client_for: ClientFor, head: User, into: Agency, double: Agency
) -> None:
    client, address = client_for(head), reverse("office:agency_merge", args=[double.pk, into.pk])
    data = {"double_seen": double.version, "into_seen": into.version}
    client.post(address, data)
    assertRedirects(client.post(address, data), into.get_absolute_url())


def test_an_agency_is_not_merged_with_itself(client_for: ClientFor, head: User, into: Agency) -> None:
    assert client_for(head).get(reverse("office:agency_merge", args=[into.pk, into.pk])).status_code == 404


def test_officers_merge_nothing(client_for: ClientFor, officer: User, into: Agency, double: Agency) -> None:
    address = reverse("office:agency_merge", args=[double.pk, into.pk])
    assert client_for(officer).post(address).status_code == 403


def test_the_preview_names_what_goes_over_and_writes_nothing(
    client_for: ClientFor, head: User, into: Agency, double: Agency
) -> None:
    make_contact(double)
    page = client_for(head).get(reverse("office:agency_merge", args=[double.pk, into.pk]))
    assert [(one.count, one.words) for one in page.context["moved"]] == [(1, "ผู้ประสานงาน")]
    assert {fact.name: fact.chosen for fact in page.context["facts"]}["email"] == "double"
    assert again(double).merged_into is None


def test_which_is_the_other_row_is_asked_first(
    client_for: ClientFor, head: User, into: Agency, double: Agency
) -> None:
    client, address = client_for(head), reverse("office:agency_which", args=[double.pk])
    assert client.post(address, {"into": double.pk}).status_code == 422
    assertRedirects(
        client.post(address, {"into": into.pk}), reverse("office:agency_merge", args=[double.pk, into.pk])
    )


def test_two_entries_of_one_person_become_one(client_for: ClientFor, head: User, into: Agency) -> None:
    kept = make_contact(into)
    twin = make_contact(into, "ดวงใจ แก้วกุล", mobile="081-000-0000")
    address = reverse("office:contact_merge", args=[twin.pk, kept.pk])
    data = {"double_seen": twin.version, "into_seen": kept.version, "mobile": "double"}
    assert client_for(head).post(address, data).status_code == 302
    assert again(kept).mobile == "081-000-0000"
    assert again(kept).name == "นางสาวดวงใจ แก้วกุล"
    assert list(Contact.objects.on(TODAY)) == [kept]


def test_a_contact_is_merged_with_what_was_seen_only(into: Agency) -> None:
    kept, twin = make_contact(into), make_contact(into, "ดวงใจ แก้วกุล")
    again(twin).save()
    with pytest.raises(MergeMovedOn):
        merge_contacts(twin, kept, taken=())
