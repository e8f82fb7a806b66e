"""A bill along its line: each step works, for the right person, from the right state, once; nothing is lost."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from office.models import Deadline, User
from office.steps import Act, Actor, ChangedMeanwhile, StepRefused, open_steps, perform
from parliament import readiness
from parliament.models import Bill, Consideration, Meeting
from parliament.models.bill_stages import Votes
from parliament.models.bill_state import (
    BEFORE_CHAMBERS,
    IN_PARLIAMENT,
    LINE,
    UNCLOSED,
    BillState,
    Outcome,
)
from tests.cast import MORNING
from tests.parliament.bills_cast import (
    SITTING,
    TODAY,
    at,
    bring_to,
    fresh,
    make_bill,
    make_item,
    make_sitting,
    make_telling,
    take,
)
from tests.parliament.cast import (
    make_member,
    make_politics_colleague,
    make_politics_head,
    make_politics_officer,
)

pytestmark = pytest.mark.django_db

State = BillState
TAKES_PART = {"officer", "head"}

# Who may take which step from which state; what is not here is forbidden. The bill is Wiriya's, on no meeting.
ALLOWED: dict[str, tuple[Any, set[str]]] = {
    "assign": (UNCLOSED, {"head"}),
    "hand_over": (UNCLOSED, {"officer"}),
    "succeed": ([], set()),  # only the handing over of one who leaves; see test_leaving
    "release": (UNCLOSED, TAKES_PART),
    "attach_files": (list(State), TAKES_PART),
    "correct": (UNCLOSED, TAKES_PART),
    "begin": ([State.REGISTERED], TAKES_PART),
    "record_outcome": (BEFORE_CHAMBERS, TAKES_PART),
    "send_back": (LINE[1:7], TAKES_PART),
    "give_assent": ([State.ASSENT], TAKES_PART),
    "correct_passage": (UNCLOSED[1:], TAKES_PART),
    "consider": (BEFORE_CHAMBERS, TAKES_PART),
    "reject": ([State.READING_1, State.READING_2, State.READING_3, State.SENATE], TAKES_PART),
    "withdraw": (IN_PARLIAMENT, TAKES_PART),
    "lapse": ([*IN_PARLIAMENT, State.ASSENT], TAKES_PART),
    "print_in_gazette": ([State.GAZETTE], TAKES_PART),
    "close": ([State.ENDED], TAKES_PART),
    "reopen": ([State.ENDED, State.CLOSED], TAKES_PART),
    # No button leads there: whoever prepares a meeting carries its bills along.
    "follow_meeting": ((State.REGISTERED, *LINE), {"officer", "head", "colleague"}),
}


@pytest.fixture
def officer(db: None) -> User:
    return make_politics_officer()


@pytest.fixture
def colleague(db: None) -> User:
    return make_politics_colleague()


@pytest.fixture
def head(db: None) -> User:
    return make_politics_head()


def passages(bill: Bill) -> list[tuple[str, str]]:
    """The line as it was gone through: each passage with its outcome."""
    return list(bill.stages.order_by("position").values_list("stage", "outcome"))


def act(now: Any = MORNING, user: User | None = None) -> Act:
    """The act of a meeting's step, as its steps call `readiness.settle_bills` with."""
    return Act(actor=Actor(user=user, is_clock=user is None), now=now)


# ── Who may do what, when ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("state", list(State))
def test_only_what_is_listed_is_open(
    state: State, officer: User, colleague: User, head: User, executive: User, administrator: User
) -> None:
    bill = bring_to(make_bill(owner=officer), state, officer)
    people = {"officer": officer, "colleague": colleague, "head": head}
    for role, person in (people | {"executive": executive, "administrator": administrator}).items():
        there = {one.name for one in open_steps(bill, Actor(user=person))}
        expected = {name for name, (states, roles) in ALLOWED.items() if state in states and role in roles}
        assert there == expected, role


def test_a_second_click_is_harmless_and_a_stale_page_is_told(officer: User, head: User) -> None:
    bill = bring_to(make_bill(owner=officer), State.READING_1, officer)
    given = {"outcome": Outcome.PASSED, "on": TODAY, "next_stage": State.COMMITTEE}
    actor = Actor(user=officer)
    first = perform(bill, "record_outcome", actor=actor, seen=bill.version, now=MORNING, **given)
    again = perform(bill, "record_outcome", actor=actor, seen=bill.version, now=MORNING, **given)
    assert again == first
    assert passages(bill) == [("agenda", "passed"), ("reading_1", "passed"), ("committee", "")]
    with pytest.raises(ChangedMeanwhile):
        perform(bill, "reject", actor=Actor(user=head), seen=bill.version, now=MORNING, on=TODAY, reason="-")


# ── Registering ─────────────────────────────────────────────────────────────────────────────


def test_it_is_registered_with_a_number_of_its_own_and_owes_nothing_yet(officer: User) -> None:
    bill = make_bill(owner=officer)
    assert bill.label == "รพ ๑/๒๕๕๓"
    assert not bill.deadlines.exists()


def test_a_number_is_one_bills_only_in_a_parliament() -> None:
    make_bill(bill_number="สผ ๑๒/๒๕๕๒")
    make_bill(bill_number="")
    make_bill(bill_number="สผ ๑๒/๒๕๕๒", parliament_number=24)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_bill(bill_number="สผ ๑๒/๒๕๕๒")


def test_only_a_bill_of_members_has_a_first_proposer() -> None:
    member = make_member()
    assert make_bill(proposer_kind=Bill.Proposer.MEMBERS, proposer=member).proposed_by == member.full_name
    with pytest.raises(IntegrityError), transaction.atomic():
        make_bill(proposer=member)


# ── Along the line ──────────────────────────────────────────────────────────────────────────


def test_the_whole_line_to_the_gazette(officer: User) -> None:
    bill = bring_to(make_bill(owner=officer), State.CLOSED, officer)
    assert passages(bill) == [(stage.value, "passed") for stage in LINE]
    assert (bill.result, bill.gazette, bill.closed_at) == (
        "enacted",
        "เล่ม ๑๒๖ ตอนที่ ๙๐ ก หน้า ๑",
        MORNING,
    )
    assert not bill.deadlines.unmet().exists()


def test_the_office_may_hear_of_a_bill_at_any_stage(officer: User) -> None:
    bill = make_bill(owner=officer)
    take(bill, "begin", officer, stage=State.SENATE, on=date(2009, 11, 2), note="รับจากสภาผู้แทนราษฎร")
    assert (fresh(bill).state, passages(bill)) == (State.SENATE, [("senate", "")])


def test_a_stage_may_be_passed_over(officer: User) -> None:
    bill = bring_to(make_bill(owner=officer), State.READING_1, officer)
    given = {"outcome": Outcome.PASSED, "on": TODAY, "next_stage": State.READING_2}
    take(bill, "record_outcome", officer, **given, votes=Votes(312, 5, None))
    passed = fresh(bill).stages.get(stage=State.READING_1)
    assert (fresh(bill).state, passed.votes_for, passed.votes_against, passed.abstentions) == (
        State.READING_2,
        312,
        5,
        None,
    )


def test_what_the_senate_amends_goes_back_and_the_line_keeps_both_passages(officer: User) -> None:
    bill = bring_to(make_bill(owner=officer), State.SENATE, officer)
    take(bill, "send_back", officer, to_stage=State.READING_3, on=TODAY, reason="วุฒิสภาแก้ไขมาตรา ๕")
    take(bill, "record_outcome", officer, outcome="passed", on=TODAY, next_stage=State.ASSENT)
    assert passages(bill)[-4:] == [
        ("reading_3", "passed"),
        ("senate", "sent_back"),
        ("reading_3", "passed"),
        ("assent", ""),
    ]
    assert fresh(bill).stages.get(outcome="sent_back").note == "วุฒิสภาแก้ไขมาตรา ๕"


def test_a_stage_may_be_gone_through_again(officer: User) -> None:
    bill = bring_to(make_bill(owner=officer), State.COMMITTEE, officer)
    take(bill, "send_back", officer, to_stage=State.COMMITTEE, on=TODAY, reason="ตั้งกรรมาธิการชุดใหม่")
    assert passages(bill)[-2:] == [("committee", "sent_back"), ("committee", "")]


@pytest.mark.parametrize(
    ("name", "given", "field"),
    [
        ("record_outcome", {"outcome": "passed", "next_stage": "agenda"}, "next_stage"),
        ("record_outcome", {"outcome": "rejected", "next_stage": "committee"}, "outcome"),
        ("record_outcome", {"outcome": "passed", "next_stage": "committee", "on": date(2009, 11, 18)}, "on"),
        ("record_outcome", {"outcome": "passed", "next_stage": "committee", "on": date(2009, 11, 1)}, "on"),
        ("send_back", {"to_stage": "senate", "reason": "-"}, "to_stage"),
    ],
)
def test_the_line_is_gone_along_in_order(name: str, given: dict[str, Any], field: str, officer: User) -> None:
    bill = bring_to(make_bill(owner=officer), State.READING_1, officer)
    with pytest.raises(ValidationError) as refused:
        take(bill, name, officer, **({"on": TODAY} | given))
    assert field in refused.value.error_dict
    assert (fresh(bill).state, passages(bill)[-1]) == (State.READING_1, ("reading_1", ""))


def test_a_bill_is_at_one_stage_at_a_time(officer: User) -> None:
    bill = bring_to(make_bill(owner=officer), State.READING_1, officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        bill.stages.create(position=9, stage=State.COMMITTEE, began_on=TODAY)


@pytest.mark.parametrize(
    ("name", "outcome", "result"),
    [
        ("reject", "rejected", "rejected"),
        ("withdraw", "withdrawn", "withdrawn"),
        ("lapse", "lapsed", "lapsed"),
    ],
)
def test_it_ends_with_a_result_and_the_office_owes_its_closing(
    name: str, outcome: str, result: str, officer: User
) -> None:
    bill = bring_to(make_bill(owner=officer), State.READING_1, officer)
    take(bill, name, officer, on=TODAY, reason="ตามมติ")
    ended = fresh(bill)
    assert (ended.state, ended.result, passages(bill)[-1]) == (State.ENDED, result, ("reading_1", outcome))
    # Five working days from Tuesday 17 November.
    assert ended.deadlines.unmet().get().due_at == at(2009, 11, 24, 16, 30)
    take(bill, "close", officer, closing_note="ไม่มีผลต่อกระทรวง")
    assert (fresh(bill).state, fresh(bill).result) == (State.CLOSED, result)


def test_it_may_be_gone_on_with_for_a_reason(officer: User) -> None:
    bill = bring_to(make_bill(owner=officer), State.READING_1, officer)
    take(bill, "lapse", officer, on=TODAY, reason="ยุบสภา")
    take(bill, "reopen", officer, stage=State.READING_1, on=TODAY, reason="คณะรัฐมนตรีชุดใหม่ร้องขอ")
    again = fresh(bill)
    assert (again.state, again.result) == (State.READING_1, "")
    assert passages(bill)[-2:] == [("reading_1", "lapsed"), ("reading_1", "")]
    assert not again.deadlines.unmet().exists()


def test_a_wrong_date_of_a_passage_is_put_right_in_the_open(officer: User) -> None:
    bill = bring_to(make_bill(owner=officer), State.READING_1, officer)
    first = bill.stages.get(stage=State.AGENDA)
    given = {"passage": first, "began_on": date(2009, 11, 10), "ended_on": date(2009, 11, 12)}
    event = take(bill, "correct_passage", officer, **given)
    assert event.changes["stage_dates"] == ["2009-11-17 – 2009-11-17", "2009-11-10 – 2009-11-12"]
    for wrong in ({"ended_on": date(2009, 11, 9)}, {"ended_on": None}, {"ended_on": date(2009, 11, 18)}):
        with pytest.raises(ValidationError):
            take(bill, "correct_passage", officer, **(given | wrong))


# ── At meetings ─────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def bill(officer: User) -> Bill:
    """At its first reading."""
    return bring_to(make_bill(owner=officer), State.READING_1, officer)


def ready_promise(bill: Bill) -> Deadline:
    return Consideration.objects.select_related("deadline").get(stage__bill=bill).deadline


def test_a_meeting_that_considers_it_makes_it_promise_readiness_before_it_begins(
    bill: Bill, officer: User
) -> None:
    item = make_item(make_sitting())
    make_telling(item)
    event = take(bill, "consider", officer, item=item)
    promise = ready_promise(bill)
    assert (promise.kind, promise.due_at, promise.responsible) == ("ready", SITTING, officer)
    assert promise.is_open
    item.refresh_from_db()
    assert (item.about_id, item.concerns_us) == (bill.pk, True)
    assert event.changes["meeting"][1] == item.meeting.label


def test_it_is_kept_when_the_last_was_told_and_owed_anew_when_something_is_added(
    bill: Bill, officer: User
) -> None:
    meeting = make_sitting()
    item = make_item(meeting)
    telling = make_telling(item)
    take(bill, "consider", officer, item=item)
    telling.told_at, telling.way = at(2009, 11, 20), "letter"
    telling.save()
    readiness.settle_bills(meeting, act(at(2009, 11, 20, 9, 5)))
    assert ready_promise(bill).met_at == at(2009, 11, 20)
    make_telling(item)
    readiness.settle_bills(meeting, act(at(2009, 11, 21)))
    assert ready_promise(bill).is_open


def test_what_is_added_after_it_began_takes_nothing_back(bill: Bill, officer: User) -> None:
    meeting = make_sitting()
    item = make_item(meeting)
    make_telling(item, told_at=MORNING)
    take(bill, "consider", officer, item=item)
    make_telling(item)
    readiness.settle_bills(meeting, act(at(2009, 11, 25, 11)))
    assert ready_promise(bill).met_at == MORNING


def test_told_of_after_it_began_it_is_out_of_the_count(bill: Bill, officer: User) -> None:
    begun = make_sitting(begins_at=at(2009, 11, 17, 8, 30))
    take(bill, "consider", officer, item=make_item(begun))
    known = make_sitting(begins_at=at(2009, 11, 17, 8, 45), received_at=at(2009, 11, 16))
    take(bill, "consider", officer, meeting=known)
    assert list(Consideration.objects.values_list("deadline", flat=True)) == [None, None]
    assert not bill.deadlines.exists()


def test_written_down_after_it_began_it_counts_by_what_was_ready_then(bill: Bill, officer: User) -> None:
    meeting = make_sitting(begins_at=at(2009, 11, 17, 8, 30), received_at=at(2009, 11, 10))
    item = make_item(meeting)
    make_telling(item, told_at=at(2009, 11, 12))
    take(bill, "consider", officer, item=item)
    assert ready_promise(bill).met_at == at(2009, 11, 12)
    other = make_item(make_sitting(begins_at=at(2009, 11, 17, 8, 30), received_at=at(2009, 11, 10)))
    make_telling(other)
    take(bill, "consider", officer, item=other)
    assert Consideration.objects.get(item=other).deadline.is_late(MORNING)


def test_a_meeting_that_is_moved_takes_the_promise_along(bill: Bill, officer: User, colleague: User) -> None:
    meeting = make_sitting()
    item = make_item(meeting)
    make_telling(item)
    take(bill, "consider", officer, item=item)
    Meeting.objects.filter(pk=meeting.pk).update(begins_at=at(2009, 12, 2, 9, 30))
    readiness.settle_bills(fresh(meeting), act(at(2009, 11, 20), colleague))
    old, new = bill.deadlines.order_by("pk")
    assert (old.dropped_at, new.due_at, new.continues) == (at(2009, 11, 20), at(2009, 12, 2, 9, 30), old)
    assert ready_promise(bill) == new
    event = bill.events.latest("pk")
    assert (event.step, event.actor) == ("follow_meeting", colleague)
    assert event.changes["meeting_at"] == ["2009-11-25T09:30:00+07:00", "2009-12-02T09:30:00+07:00"]


def test_a_promise_kept_before_the_meeting_moved_is_kept_for_the_new_day(bill: Bill, officer: User) -> None:
    meeting = make_sitting()
    item = make_item(meeting)
    make_telling(item, told_at=MORNING)
    take(bill, "consider", officer, item=item)
    assert ready_promise(bill).met_at == MORNING
    Meeting.objects.filter(pk=meeting.pk).update(begins_at=at(2009, 12, 2, 9, 30))
    readiness.settle_bills(fresh(meeting), act(at(2009, 11, 20), officer))
    assert bill.deadlines.filter(dropped_at=None).get().met_at is not None


@pytest.mark.parametrize("state", [Meeting.State.POSTPONED, Meeting.State.CANCELLED])
def test_a_meeting_without_a_day_promises_nothing_until_it_has_one(
    state: str, bill: Bill, officer: User
) -> None:
    meeting = make_sitting()
    item = make_item(meeting)
    make_telling(item)
    take(bill, "consider", officer, item=item)
    Meeting.objects.filter(pk=meeting.pk).update(state=state)
    readiness.settle_bills(fresh(meeting), act(at(2009, 11, 26), officer))
    assert not bill.deadlines.unmet().exists()
    Meeting.objects.filter(pk=meeting.pk).update(state="preparing", begins_at=at(2009, 12, 2, 9, 30))
    readiness.settle_bills(fresh(meeting), act(at(2009, 11, 27), officer))
    assert bill.deadlines.unmet().get().due_at == at(2009, 12, 2, 9, 30)


def test_one_press_adds_the_bill_to_a_meetings_agenda(bill: Bill, officer: User) -> None:
    meeting = make_sitting()
    other = make_item(meeting)
    take(bill, "consider", officer, meeting=meeting)
    added = meeting.items.latest("position")
    assert (added.title, added.about_id, added.concerns_us) == (bill.title, bill.pk, True)
    assert list(meeting.items.order_by("position")) == [other, added]
    event = meeting.events.latest("pk")
    assert (event.step, event.actor) == ("write_agenda", officer)
    # Nobody has been told of it yet: whom to tell is still to be said.
    assert ready_promise(bill).is_open


def test_what_was_held_is_completed_by_an_item_that_nobody_had_written_down(
    bill: Bill, officer: User
) -> None:
    held = make_sitting(state="held", begins_at=at(2009, 11, 17, 8), received_at=at(2009, 11, 10))
    take(bill, "consider", officer, meeting=held)
    assert held.items.get().about_id == bill.pk
    assert not bill.deadlines.exists()


def test_an_item_considers_one_matter_once_and_a_meeting_a_bill_once(bill: Bill, officer: User) -> None:
    meeting = make_sitting()
    item = make_item(meeting)
    take(bill, "consider", officer, item=item)
    for again in ({"item": item}, {"meeting": meeting}, {}):
        with pytest.raises(ValidationError):
            take(bill, "consider", officer, **again)
    about_another = make_item(make_sitting(), about=make_bill())
    with pytest.raises(ValidationError):
        take(bill, "consider", officer, item=about_another)
    called_off = make_item(make_sitting(state="cancelled"))
    with pytest.raises(ValidationError):
        take(bill, "consider", officer, item=called_off)


def test_it_is_taken_off_a_meeting_only_before_that_begins(bill: Bill, officer: User) -> None:
    item = make_item(make_sitting())
    make_telling(item)
    take(bill, "consider", officer, item=item)
    one = Consideration.objects.get()
    with pytest.raises(ValidationError):
        take(bill, "take_off", officer, now=at(2009, 11, 26), consideration=one, reason="เลือกผิด")
    take(bill, "take_off", officer, consideration=one, reason="เลือกผิด")
    item.refresh_from_db()
    assert item.about is None
    assert not bill.deadlines.unmet().exists()
    assert not Consideration.objects.exists()


def test_what_was_not_ready_when_the_meeting_began_needs_a_reason_and_stays_late(
    bill: Bill, officer: User
) -> None:
    item = make_item(make_sitting())
    make_telling(item)
    take(bill, "consider", officer, item=item)
    afterwards = at(2009, 11, 26)
    given = {"outcome": "passed", "on": date(2009, 11, 25), "next_stage": State.COMMITTEE}
    with pytest.raises(ValidationError) as refused:
        take(bill, "record_outcome", officer, now=afterwards, **given)
    assert "late_reason" in refused.value.error_dict
    take(bill, "record_outcome", officer, now=afterwards, **given, late_reason="ระเบียบวาระด่วน")
    promise = bill.deadlines.get()
    assert (promise.is_late(afterwards), promise.late_reason) == (True, "ระเบียบวาระด่วน")


def test_a_stage_passed_before_its_meeting_takes_the_promise_back(bill: Bill, officer: User) -> None:
    item = make_item(make_sitting())
    make_telling(item)
    take(bill, "consider", officer, item=item)
    take(bill, "record_outcome", officer, outcome="passed", on=TODAY, next_stage=State.COMMITTEE)
    assert bill.deadlines.get().dropped_at == MORNING


def test_a_stranger_cannot_move_a_bill_with_a_meeting(bill: Bill, officer: User, executive: User) -> None:
    take(bill, "consider", officer, item=make_item(make_sitting()))
    one = Consideration.objects.get()
    with pytest.raises(StepRefused):
        take(bill, "follow_meeting", executive, consideration=one, meeting=one.item.meeting)
