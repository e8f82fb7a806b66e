"""The pages of the steps beside the main path: what they ask, what they refuse in Thai, and that nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from complaints.models import Petition, State
from office.calendar import OFFICE_TZ
from office.models import User
from office.thai import format_numeric
from tests.cast import bring_to, fresh, make_petition, take_step

ClientFor = Callable[[User], Client]


def in_days(days: int) -> str:
    """A date as an officer types it."""
    return format_numeric(timezone.now().astimezone(OFFICE_TZ).date() + timedelta(days=days), digits="arabic")


def address(petition: Petition, step: str) -> str:
    return f"{petition.get_absolute_url()}{step}/"


def send(client: Client, petition: Petition, step: str, **typed: Any) -> Any:
    return client.post(address(petition, step), {"seen": fresh(petition).version, **typed})


@pytest.fixture
def new(officer: User) -> Petition:
    """A petition received this moment, with time left."""
    return make_petition(owner=officer, received_at=timezone.now())


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "ต้องกรอก"),
        ("31/2/2570", "กุมภาพันธ์ ๒๕๗๐ มี ๒๘ วัน"),
        ("๓๑ กุมภาพันธ์ ๒๕๗๐", "กุมภาพันธ์ ๒๕๗๐ มี ๒๘ วัน"),
        ("1/1/2560", "ต้องไม่ก่อนวันที่"),
        ("พรุ่งนี้", "เขียนวัน เดือน ปี"),
        ("1/1/2640", "ต้องไม่หลังวันที่"),
    ],
)
def test_a_day_that_cannot_be_is_explained_beside_its_field_and_nothing_is_lost(
    typed: str, says: str, new: Petition, head: User, client_for: ClientFor
) -> None:
    response = send(client_for(head), new, "pause", until=typed, reason="รอคำพิพากษาศาลปกครอง")
    page = response.content.decode()
    assert response.status_code == 422
    assert says in page
    assert "รอคำพิพากษาศาลปกครอง" in page
    assert typed in page
    assert fresh(new).state == State.RECEIVED


@pytest.mark.parametrize("step", ["pause", "lock", "release", "withdraw", "transfer"])
def test_without_a_reason_the_page_asks_for_it(
    step: str, new: Petition, head: User, client_for: ClientFor
) -> None:
    given = {"until": in_days(9), "to": "กระทรวงมหาดไทย", "told_text": "แจ้งแล้ว"}
    response = send(client_for(head), new, step, reason="   ", **given)
    assert response.status_code == 422
    assert "reason" in response.context["form"].errors
    assert fresh(new).version == 1


def test_a_date_is_put_off_by_hand_only_to_a_later_one(
    new: Petition, officer: User, head: User, executive: User, client_for: ClientFor
) -> None:
    people = {"officer": officer, "head": head, "executive": executive}
    petition = bring_to(new, State.REFERRED, now=timezone.now(), **people)
    client = client_for(officer)
    old = petition.deadlines.unmet().get()
    response = send(client, petition, "extend", deadline=old.pk, until=in_days(1), reason="ขอเวลา")
    page = response.content.decode()
    assert response.status_code == 422
    assert "เลือกวันที่หลังกำหนดเวลาเดิม" in page
    assert "สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน" in page
    response = send(client, petition, "extend", deadline=old.pk, until=in_days(90), reason="ขอเวลา")
    assert response.status_code == 302
    assert petition.deadlines.unmet().get().continues == old
    history = client.get(petition.get_absolute_url()).content.decode()
    assert "→" in history
    assert "ขอเวลา" in history


def test_somebody_elses_promise_cannot_be_chosen(
    new: Petition, officer: User, head: User, client_for: ClientFor
) -> None:
    take_step(new, "pause", head, now=timezone.now(), until=timezone.now() + timedelta(days=9), reason="รอ")
    another = make_petition(owner=officer, received_at=timezone.now()).deadlines.get()
    response = send(client_for(head), new, "extend", deadline=another.pk, until=in_days(30), reason="ก")
    assert response.status_code == 422
    assert "deadline" in response.context["form"].errors


def test_the_officer_asks_and_records_the_answer(new: Petition, officer: User, client_for: ClientFor) -> None:
    client = client_for(officer)
    assert "ตรวจความครบถ้วน" in client.get(new.get_absolute_url()).content.decode()
    send(client, new, "check_arrival", check_result="incomplete")
    assert send(client, new, "ask_petitioner", asked=" ").status_code == 422
    assert send(client, new, "ask_petitioner", asked="ขอชื่อโรงเรียน").status_code == 302
    page = client.get(new.get_absolute_url()).content.decode()
    assert "ข้อมูลไม่ครบ" in page
    assert "ขอชื่อโรงเรียน" in page
    assert send(client, new, "petitioner_answers", answer="").status_code == 422
    assert send(client, new, "petitioner_answers", answer="บ้านหนองบัว").status_code == 302
    assert "บ้านหนองบัว" in client.get(new.get_absolute_url()).content.decode()
    assert fresh(new).state == State.RECEIVED


def test_of_somebody_anonymous_the_page_says_how_they_will_know(officer: User, client_for: ClientFor) -> None:
    petition = make_petition(owner=officer, petitioner=False, received_at=timezone.now())
    page = client_for(officer).get(address(petition, "ask_petitioner")).content.decode()
    assert "เลขเรื่องและรหัสเท่านั้น" in page


def test_at_the_end_only_a_late_one_is_asked_why(new: Petition, officer: User, client_for: ClientFor) -> None:
    client = client_for(officer)
    assert "late_reason" not in client.get(address(new, "withdraw")).context["form"].fields
    late = make_petition(owner=officer)
    given = {"reason": "ผู้ร้องโทรแจ้ง", "told_text": "ปิดเรื่องตามที่ท่านขอ"}
    response = send(client, late, "withdraw", **given)
    assert response.status_code == 422
    assert "late_reason" in response.context["form"].errors
    assert "ผู้ร้องโทรแจ้ง" in response.content.decode()
    assert send(client, late, "withdraw", late_reason="เอกสารตกค้าง", **given).status_code == 302
    assert fresh(late).result == Petition.Result.WITHDRAWN


def test_kept_as_evidence_the_page_says_so_and_whom_to_ask(
    new: Petition, officer: User, head: User, client_for: ClientFor
) -> None:
    take_step(new, "lock", head, reason="ศาลเรียกสำนวน")
    client = client_for(officer)
    page = client.get(new.get_absolute_url()).content.decode()
    assert "เก็บไว้เป็นพยานหลักฐานตั้งแต่" in page
    assert "/correct/" not in page
    for response in (
        client.get(address(new, "withdraw")),
        send(client, new, "withdraw", reason="ก", told_text="ข"),
    ):
        assert response.status_code == 403
        assert "แจ้งหัวหน้ากลุ่ม" in response.content.decode()


def test_the_register_and_today_say_who_is_waited_for(
    new: Petition, officer: User, head: User, client_for: ClientFor
) -> None:
    take_step(new, "ask_petitioner", officer, now=timezone.now(), asked="ชื่อโรงเรียน")
    paused = make_petition(owner=officer, received_at=timezone.now())
    until = timezone.now() + timedelta(days=9)
    take_step(paused, "pause", head, now=timezone.now(), until=until, reason="รอศาล")
    client = client_for(officer)
    register = client.get("/petitions/").content.decode()
    assert "ผู้ร้อง" in register
    assert "หยุดรอ" in register
    today = client.get("/today/").content.decode()
    assert "คำตอบของผู้ร้อง · ผู้ร้อง" in " ".join(today.split())
    assert "ดำเนินการต่อ" in today


def test_the_page_costs_few_queries_with_everything_on_it(
    new: Petition, officer: User, head: User, client_for: ClientFor, django_assert_max_num_queries: Any
) -> None:
    take_step(new, "ask_petitioner", officer, now=timezone.now(), asked="ชื่อโรงเรียน")
    client = client_for(officer)
    client.get(new.get_absolute_url())
    with django_assert_max_num_queries(15):
        client.get(new.get_absolute_url())
