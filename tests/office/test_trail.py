"""The trail: what is written when rows change and when personal data is opened, and what is never in it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from auditlog.models import LogEntry
from django.test import Client
from django.urls import reverse

from complaints.access import record_access
from complaints.models import Category, Petition, Petitioner
from office.audit import MASK, masked
from office.models import Agency, OfficeDay, Role, User
from tests import cast

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]
THAI_ID = "1101700230708"
PERSONAL = ["สมศรี", "081-234-5678", "somsri@mail.example", "99/9 ถนนสุขุมวิท", THAI_ID]


def entries(model: type, action: int | None = None) -> list[LogEntry]:
    found = LogEntry.objects.get_for_model(model)
    return list(found if action is None else found.filter(action=action))


def everything_written() -> str:
    return str([entry.__dict__ for entry in LogEntry.objects.all()])


@pytest.fixture
def person(petition: Petition) -> Petitioner:
    found = Petitioner.objects.get(petition=petition)
    found.address, found.thai_id = "99/9 ถนนสุขุมวิท", THAI_ID
    found.save()
    return found


def test_a_petitioners_row_is_logged_and_its_contents_are_not(person: Petitioner) -> None:
    changes = entries(Petitioner, LogEntry.Action.UPDATE)
    assert [set(entry.changes) for entry in changes] == [{"address", "thai_id_sealed"}]
    assert changes[0].changes["address"] == ["", MASK]
    written = everything_written()
    for secret in [
        *PERSONAL,
        person.thai_id_sealed,
        person.thai_id_fingerprint,
        person.thai_id_fingerprint[32:],
    ]:
        assert secret not in written


def test_deleting_a_petitioner_leaves_no_data_behind(person: Petitioner) -> None:
    person.delete()
    assert len(entries(Petitioner, LogEntry.Action.DELETE)) == 1
    written = everything_written()
    assert not [secret for secret in PERSONAL if secret in written]


def test_a_mask_leaves_nothing() -> None:
    assert masked("secret") == MASK
    assert masked("") == masked("None") == ""


def test_a_look_at_a_petitioner_is_written_by_number(officer: User, petition: Petition) -> None:
    record_access(officer, petition)
    entry = entries(Petitioner, LogEntry.Action.ACCESS)[0]
    assert (entry.actor, entry.object_repr, entry.object_pk) == (officer, petition.label, str(petition.pk))
    assert entry.changes == {}
    assert entry.remote_addr is None
    assert "สมศรี" not in str(entry.__dict__)


def test_each_look_is_written(officer: User, head: User, petition: Petition) -> None:
    for user in (officer, officer, head):
        record_access(user, petition)
    assert len(entries(Petitioner, LogEntry.Action.ACCESS)) == 3


def test_opening_the_data_on_the_page_writes_and_the_page_alone_does_not(
    client_for: ClientFor, officer: User, stranger: User, petition: Petition
) -> None:
    client = client_for(officer)
    client.get(reverse("complaints:petition", args=[petition.pk]))
    assert entries(Petitioner, LogEntry.Action.ACCESS) == []
    client_for(stranger).post(reverse("complaints:petitioner", args=[petition.pk]))
    assert entries(Petitioner, LogEntry.Action.ACCESS) == []
    page = client.post(reverse("complaints:petitioner", args=[petition.pk]))
    assert "สมศรี" in page.content.decode()
    assert [entry.actor for entry in entries(Petitioner, LogEntry.Action.ACCESS)] == [officer]


def test_a_steps_event_is_its_trail(officer: User) -> None:
    petition = cast.make_petition(owner=officer)
    before = LogEntry.objects.count()
    cast.take_step(petition, "correct", officer, title="ขอทุนอาหารกลางวัน")
    assert LogEntry.objects.count() == before
    assert petition.events.get(step="correct").changes["title"][1] == "ขอทุนอาหารกลางวัน"


def test_what_administrators_keep_is_logged_with_who_did_it(
    client_for: ClientFor, administrator: User
) -> None:
    agency = cast.make_agency()
    kept = {"name": agency.name, "email": agency.email, "kind": agency.kind, "rank": agency.rank}
    data = {**kept, "short_name": "สพฐ. ใหม่", "is_active": "on"}
    client_for(administrator).post(reverse("admin:office_agency_change", args=[agency.pk]), data)
    entry = entries(Agency, LogEntry.Action.UPDATE)[0]
    assert entry.actor == administrator
    assert entry.changes == {"short_name": ["สพฐ.", "สพฐ. ใหม่"]}


def test_categories_and_days_are_logged() -> None:
    Category.objects.create(name="หมวดทดลอง")
    OfficeDay.objects.create(date="2009-11-24", name="วันหยุดพิเศษ")
    assert len(entries(Category, LogEntry.Action.CREATE)) == 1
    assert len(entries(OfficeDay, LogEntry.Action.CREATE)) == 1


def test_a_role_given_is_logged_and_a_password_is_not(officer: User) -> None:
    officer.give_role(Role.EXECUTIVE)
    officer.set_password("ความลับ-ของ-ทัศนีย์")
    officer.save()
    changes = [entry.changes for entry in entries(User, LogEntry.Action.UPDATE)]
    assert any(change.get("groups", {}).get("objects") == ["executive"] for change in changes)
    assert {"password": [MASK, MASK]} in changes
    assert officer.password not in everything_written()
    assert officer.password[-20:] not in everything_written()
