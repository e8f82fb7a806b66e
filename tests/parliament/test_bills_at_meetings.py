"""A bill and the meeting that considers it, by the steps of both: prepared, moved, put off, held."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from office.calendar import month
from office.models import Deadline, User
from office.ratio import Ratio
from parliament import measures
from parliament.models import AgendaItem, Bill, Consideration, Meeting, Need, Telling
from parliament.models.bill_state import BillState
from parliament.models.meeting_preparing import Needed, ToTell
from tests.parliament.bills_cast import at, bring_to, fresh, make_bill, take
from tests.parliament.cast import make_politics_colleague, make_politics_officer
from tests.parliament.meetings_cast import SITTING, make_all_ready, make_meeting, with_agenda

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(db: None) -> User:
    """Wiriya carries the bill."""
    return make_politics_officer()


@pytest.fixture
def colleague(db: None) -> User:
    """Surasak carries the meeting."""
    return make_politics_colleague()


@pytest.fixture
def bill(officer: User) -> Bill:
    return bring_to(make_bill(owner=officer), BillState.READING_1, officer)


@pytest.fixture
def meeting(bill: Bill, officer: User, colleague: User) -> Meeting:
    """Of Surasak's, all ready for what concerned us; then Wiriya puts the bill on its agenda."""
    with transaction.atomic():
        meeting = make_meeting(owner=colleague)
    with_agenda(meeting, colleague)
    make_all_ready(meeting, colleague, now=at(2009, 11, 17, 10))
    assert fresh(meeting).state == Meeting.State.READY
    take(bill, "consider", officer, now=at(2009, 11, 17, 11), meeting=meeting)
    return fresh(meeting)


def promise(bill: Bill) -> Deadline:
    found = Consideration.objects.select_related("deadline").get(stage__bill=bill).deadline
    assert found is not None
    return found


def prepare(meeting: Meeting, colleague: User) -> None:
    """Somebody to be told of the bill, and a paper."""
    item = AgendaItem.objects.get(meeting=meeting, consideration__isnull=False)
    by = SITTING - timedelta(hours=6)
    tellings, needs = [ToTell(by, name="สำนักนิติการ")], [Needed(Need.Kind.PAPER, "ร่างและเหตุผล", by)]
    now = at(2009, 11, 17, 12)
    take(meeting, "prepare", colleague, now=now, item=item, tellings=tellings, needs=needs)


def test_whoever_prepares_the_meeting_keeps_the_bills_promise(
    bill: Bill, meeting: Meeting, colleague: User
) -> None:
    assert promise(bill).is_open
    prepare(meeting, colleague)
    make_all_ready(meeting, colleague, now=at(2009, 11, 18, 9))
    assert promise(bill).met_at == at(2009, 11, 18, 9)


def test_what_the_meeting_still_needs_for_others_is_not_the_bills(
    bill: Bill, meeting: Meeting, colleague: User
) -> None:
    prepare(meeting, colleague)
    other = AgendaItem.objects.get(meeting=meeting, number="๒.๑")
    given = {"item": other, "tellings": [ToTell(SITTING, name="อีกหน่วยงาน")], "needs": []}
    make_all_ready(meeting, colleague, now=at(2009, 11, 18, 9))
    take(meeting, "prepare", colleague, now=at(2009, 11, 18, 10), **given)
    assert promise(bill).met_at == at(2009, 11, 18, 9)
    assert fresh(meeting).deadlines.unmet().filter(kind="ready").exists()


def test_another_date_moves_the_bills_promise_and_says_so_in_both_histories(
    bill: Bill, meeting: Meeting, colleague: User
) -> None:
    later = at(2009, 11, 26, 9, 30)
    take(meeting, "reschedule", colleague, now=at(2009, 11, 18), begins_at=later, reason="งดประชุมวันพฤหัสบดี")
    assert promise(bill).due_at == later
    event = bill.events.latest("pk")
    assert (event.step, event.reason, event.actor) == ("follow_meeting", "งดประชุมวันพฤหัสบดี", colleague)
    assert bill.deadlines.filter(dropped_at=None, kind="ready").count() == 1


@pytest.mark.parametrize("step", ["postpone", "cancel"])
def test_put_off_without_a_day_it_promises_nothing_until_it_has_one(
    step: str, bill: Bill, meeting: Meeting, colleague: User
) -> None:
    take(meeting, step, colleague, now=at(2009, 11, 18), reason="ยังไม่กำหนดวัน")
    assert not bill.deadlines.filter(kind="ready", dropped_at=None).exists()
    later = at(2009, 12, 3, 9, 30)
    take(meeting, "reschedule", colleague, now=at(2009, 11, 23), begins_at=later, reason="กำหนดวันใหม่")
    assert promise(bill).due_at == later


def test_held_without_being_prepared_the_bill_is_late_with_the_meetings_reason(
    bill: Bill, meeting: Meeting, officer: User, colleague: User
) -> None:
    prepare(meeting, colleague)
    now = at(2009, 11, 19, 15)
    given = {"began_at": SITTING, "ended_at": at(2009, 11, 19, 14), "late_reason": "วาระด่วน"}
    take(meeting, "hold", colleague, now=now, **given)
    assert (promise(bill).is_late(now), promise(bill).late_reason) == (True, "วาระด่วน")
    on = now.date()
    take(bill, "record_outcome", officer, now=now, outcome="passed", on=on, next_stage=BillState.COMMITTEE)
    assert promise(bill).late_reason == "วาระด่วน"


def test_a_mark_found_wrong_after_it_began_is_counted_at_once(
    bill: Bill, meeting: Meeting, colleague: User
) -> None:
    prepare(meeting, colleague)
    make_all_ready(meeting, colleague, now=at(2009, 11, 17, 13))
    november, now = month(2009, 11), at(2009, 11, 20, 9)
    assert measures.bills_on_time(november, now) == Ratio(in_time=1, late=0)
    wrong = [Telling.objects.get(item__consideration__isnull=False)]
    take(meeting, "unmark", colleague, now=at(2009, 11, 19, 12), tellings=wrong, reason="แจ้งผิดหน่วยงาน")
    assert measures.bills_on_time(november, now) == Ratio(in_time=0, late=1)
    given = {"began_at": SITTING, "ended_at": at(2009, 11, 19, 14), "late_reason": "แจ้งผิดหน่วยงาน"}
    take(meeting, "hold", colleague, now=now, **given)
    assert measures.bills_on_time(november, now) == Ratio(in_time=0, late=1)


def test_a_meeting_with_a_bills_result_was_held(
    bill: Bill, meeting: Meeting, officer: User, colleague: User
) -> None:
    prepare(meeting, colleague)
    make_all_ready(meeting, colleague, now=at(2009, 11, 17, 13))
    now = at(2009, 11, 19, 15)
    take(meeting, "hold", colleague, now=now, began_at=SITTING)
    on = now.date()
    take(bill, "record_outcome", officer, now=now, outcome="passed", on=on, next_stage=BillState.COMMITTEE)
    with pytest.raises(ValidationError):
        take(meeting, "unhold", colleague, now=now, reason="บันทึกผิดรายการ")
    assert fresh(meeting).state == Meeting.State.HELD


def test_an_agenda_keeps_the_item_a_bill_is_considered_at(
    bill: Bill, meeting: Meeting, colleague: User
) -> None:
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError):
        take(meeting, "write_agenda", colleague, now=at(2009, 11, 18), lines=[])
    assert Consideration.objects.filter(stage__bill=bill).exists()
