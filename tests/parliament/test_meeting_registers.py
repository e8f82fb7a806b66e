"""The registers of meetings and follow-ups: every filter answers, a month stands in the order of its sittings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from office.calendar import OFFICE_TZ
from office.models import Secrecy, User
from parliament.models import FollowUp, Meeting
from parliament.views.meeting_registers import FOLLOW_UP_REGISTER, MEETING_REGISTER
from tests.cast import MORNING, make_executive, make_officer
from tests.parliament.cast import make_committee, make_politics_colleague, make_politics_officer
from tests.parliament.meetings_cast import SITTING, make_all_ready, make_meeting, take, with_agenda

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]
AFTER = SITTING + timedelta(hours=8)


@pytest.fixture
def wiriya() -> User:
    return make_politics_officer()


def found(query: str, user: User) -> set[int]:
    return set(MEETING_REGISTER.keys(QueryDict(query), user, 50))


def test_in_time_late_and_out_of_the_count_are_told_apart(wiriya: User) -> None:
    in_time, late, out = (
        make_meeting(owner=wiriya),
        make_meeting(owner=wiriya),
        make_meeting(owner=wiriya, received_at=SITTING + timedelta(minutes=5)),
    )
    for meeting, moment in ((in_time, MORNING), (late, AFTER)):
        with_agenda(meeting, wiriya)
        make_all_ready(meeting, wiriya, now=moment)
    assert found("promise=in_time", wiriya) == {in_time.pk}
    assert found("promise=late", wiriya) == {late.pk}
    assert found("promise=out", wiriya) == {out.pk}


@pytest.mark.parametrize(
    "query",
    [
        "", "all=1", "unclosed=1", "unclosed=0", "mine=1", "mine=none", "late=1", "meeting_kind=house",
        "state=announced", "promise=in_time", "promise=late", "promise=pending", "promise=out", "month=2552-11",
        "fiscal_year=2553", "fiscal_year=2553-1", "month=2552-11&promise=late", "order=oldest", "order=due",
        "month=2552-11&order=oldest", "month=2552-11&order=due",
    ],
)  # fmt: skip
def test_every_filter_of_the_register_answers(query: str, wiriya: User, client_for: ClientFor) -> None:
    make_meeting(owner=wiriya)
    assert client_for(wiriya).get(f"/parliament/meetings/?{query}").status_code == 200


@pytest.mark.parametrize(
    "query", ["", "all=1", "unclosed=1", "unclosed=0", "mine=1", "late=1", "promise=in_time", "promise=late",
              "promise=pending", "month=2552-11", "fiscal_year=2553", "order=due"],
)  # fmt: skip
def test_every_filter_of_the_follow_ups_answers(query: str, wiriya: User, client_for: ClientFor) -> None:
    meeting = make_meeting(owner=wiriya)
    take(meeting, "follow_up", wiriya, title="ส่งข้อมูลครูให้กรรมาธิการ", wanted="ส่งข้อมูล")
    assert client_for(wiriya).get(f"/parliament/follow-ups/?{query}").status_code == 200


def test_a_month_stands_in_the_order_of_its_sittings(wiriya: User) -> None:
    def sits(day: int) -> Meeting:
        begins_at = datetime(2009, 11, day, 9, 30, tzinfo=OFFICE_TZ)
        return make_meeting(owner=wiriya, received_at=begins_at - timedelta(days=2), begins_at=begins_at)

    last, first, middle = sits(26), sits(5), sits(19)
    december = datetime(2009, 12, 3, 9, 30, tzinfo=OFFICE_TZ)
    make_meeting(owner=wiriya, begins_at=december)
    newest = MEETING_REGISTER.keys(QueryDict("month=2552-11"), wiriya, 50)
    assert list(newest) == [last.pk, middle.pk, first.pk]
    oldest = MEETING_REGISTER.keys(QueryDict("month=2552-11&order=oldest"), wiriya, 50)
    assert list(oldest) == [first.pk, middle.pk, last.pk]


def test_a_long_month_is_paged_without_losing_one(wiriya: User, client_for: ClientFor) -> None:
    for number in range(30):
        begins_at = datetime(2009, 11, 2 + number % 5, 9, 30, tzinfo=OFFICE_TZ)
        make_meeting(owner=wiriya, received_at=begins_at - timedelta(days=2), begins_at=begins_at)
    client = client_for(wiriya)
    first = client.get("/parliament/meetings/?month=2552-11").context
    second = client.get(f"/parliament/meetings/?{first['next_link']}").context
    shown = [row.pk for row in [*first["page"].rows, *second["page"].rows]]
    assert len(shown) == len(set(shown)) == 30


def test_a_committees_meetings_are_found_by_it(wiriya: User) -> None:
    committee = make_committee()
    kind = Meeting.MeetingKind.COMMITTEE
    own = make_meeting(owner=wiriya, meeting_kind=kind, committee=committee, session=None)
    make_meeting(owner=wiriya)
    assert found(f"committee={committee.pk}", wiriya) == {own.pk}


def test_who_sees_which_rows(client_for: ClientFor, wiriya: User) -> None:
    make_meeting(owner=wiriya, title="การประชุมเปิดเผย")
    make_meeting(owner=wiriya, title="การประชุมลับของกรรมาธิการ", secrecy=Secrecy.SECRET)
    shown = {
        person.username: str(client_for(person).get("/parliament/meetings/?all=1").content.decode())
        for person in (wiriya, make_politics_colleague(), make_executive(), make_officer())
    }
    assert "การประชุมลับของกรรมาธิการ" in shown["wiriya"]
    assert "การประชุมลับของกรรมาธิการ" in shown["secretary"]
    assert "การประชุมลับของกรรมาธิการ" not in shown["surasak"]
    assert "การประชุมเปิดเผย" in shown["surasak"]
    assert "การประชุมเปิดเผย" not in shown["thatsanee"]


def test_a_page_of_the_register_costs_few_queries(
    wiriya: User, client_for: ClientFor, django_assert_max_num_queries: Any
) -> None:
    for _number in range(12):
        with_agenda(make_meeting(owner=wiriya), wiriya)
    client = client_for(wiriya)
    client.get("/parliament/meetings/")
    with django_assert_max_num_queries(12):
        client.get("/parliament/meetings/")


def test_follow_ups_are_found_by_their_officer(wiriya: User) -> None:
    meeting = make_meeting(owner=wiriya)
    colleague = make_politics_colleague()
    for officer in (wiriya, colleague):
        given = {"title": "ส่งข้อมูลครูให้กรรมาธิการ", "wanted": "ส่งข้อมูล", "officer": officer}
        take(meeting, "follow_up", wiriya, **given)
    own = FollowUp.objects.get(owner=colleague)
    assert list(FOLLOW_UP_REGISTER.keys(QueryDict("mine=1"), colleague, 50)) == [own.pk]
