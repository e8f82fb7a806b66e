"""The path of a related matter: each step works, for the right person, from the right state, for the right kind."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from complaints.measures import related_matters_on_time
from complaints.models import CourtStep, Hearing, RelatedMatter, State
from complaints.models.state import UNCLOSED, WITH_OFFICE, WITH_OFFICER
from office.calendar import fiscal_year
from office.models import Deadline, Secrecy, User
from office.search import find, numbered
from office.steps import Actor, ChangedMeanwhile, StepRefused, open_steps, perform
from office.views.matter import matter as matter_page
from tests.cast import MORNING, make_petition
from tests.complaints.related_cast import COURT_DAY, Kind, at, carry_to, fresh, make_related, take

pytestmark = pytest.mark.django_db

WEDNESDAY_CLOSE = at(2009, 11, 18, 16, 30)
STATES = [*UNCLOSED[:4], State.ORDERED, State.PAUSED, State.CLOSED]
TAKES_PART = {"officer", "head"}

# Who may take which step from which state; what is not here is forbidden. The matter is Thatsanee's.
ALLOWED: dict[str, tuple[list[State], set[str]]] = {
    "take": ([], set()),
    "assign": (UNCLOSED, {"head"}),
    "hand_over": (UNCLOSED, {"officer"}),
    "succeed": ([], set()),  # only the handing over of one who leaves; see test_leaving
    "release": (UNCLOSED, TAKES_PART),
    "lock": (list(State), {"head"}),
    "unlock": ([], set()),
    "attach_files": (list(State), TAKES_PART),
    "correct": (UNCLOSED, TAKES_PART),
    "save_draft": (WITH_OFFICER, TAKES_PART),
    "summarise": (WITH_OFFICER, TAKES_PART),
    "submit": ([State.SUMMARISED], {"head"}),
    "send_back": ([State.SUMMARISED], {"head"}),
    "order": ([State.SUBMITTED], {"executive"}),
    "note": ([State.SUBMITTED], {"executive"}),
    "return_for_revision": ([State.SUBMITTED], {"executive"}),
    "pause": (WITH_OFFICE, {"head"}),
    "resume": ([State.PAUSED], TAKES_PART),
    "carry_out": ([State.ORDERED], TAKES_PART),
    "close": ([State.ORDERED], TAKES_PART),
    "reopen": ([State.CLOSED], TAKES_PART),
    "add_hearing": (UNCLOSED, TAKES_PART),
    "move_hearing": (UNCLOSED, TAKES_PART),
    "record_hearing": (UNCLOSED, TAKES_PART),
    "cancel_hearing": (UNCLOSED, TAKES_PART),
    "record_court_step": (UNCLOSED, TAKES_PART),
    "set_limitation": (UNCLOSED, TAKES_PART),
    # Not the opinion, which is the plan's promise.
    "extend": ([State.SUBMITTED, State.ORDERED, State.PAUSED], {"head"}),
    "issue_letter": (list(State), TAKES_PART),
    "send_letter": (list(State), {*TAKES_PART, "colleague"}),
}
OF_COURT = {
    "add_hearing",
    "move_hearing",
    "record_hearing",
    "cancel_hearing",
    "record_court_step",
    "set_limitation",
}


@pytest.fixture
def people(officer: User, head: User, executive: User) -> dict[str, User]:
    return {"officer": officer, "head": head, "executive": executive}


def standing_at(state: State, kind: Kind, people: dict[str, User]) -> RelatedMatter:
    """A matter of the officer's in a state; one before the court has an open hearing."""
    matter = make_related(kind, owner=people["officer"])
    if state == State.RECEIVED:
        return matter
    if state == State.RETURNED:
        carry_to(matter, State.SUMMARISED, **people)
        take(matter, "send_back", people["head"], reason="ขอข้อกฎหมาย")
    elif state == State.PAUSED:
        carry_to(matter, State.ORDERED, **people)
        take(matter, "pause", people["head"], reason="รอผล", until=at(2009, 12, 1))
    elif state == State.CLOSED and matter.open_hearings().exists():
        carry_to(matter, State.ORDERED, **people)
        take(matter, "cancel_hearing", people["officer"], reason="-", hearing=matter.hearings.get())
        take(matter, "close", people["officer"], result=RelatedMatter.RESULTS[kind][0])
    else:
        carry_to(matter, state, **people)
    return fresh(matter)


@pytest.mark.parametrize(("state", "kind"), list(product(STATES, [Kind.REPORT, Kind.SUMMONS])))
def test_only_what_is_listed_is_open(
    state: State,
    kind: Kind,
    people: dict[str, User],
    colleague: User,
    administrator: User,
    stranger: User,
) -> None:
    matter = standing_at(state, kind, people)
    everybody = people | {"colleague": colleague, "administrator": administrator, "stranger": stranger}
    for role, person in everybody.items():
        there = {one.name for one in open_steps(matter, Actor(user=person))}
        expected = {
            name
            for name, (states, roles) in ALLOWED.items()
            if state in states and role in roles and not (kind == Kind.REPORT and name in OF_COURT)
        }
        assert there == expected, role


def test_the_main_path_keeps_every_promise_it_makes(people: dict[str, User]) -> None:
    matter = carry_to(make_related(owner=people["officer"]), State.CLOSED, **people)
    assert list(matter.events.order_by("pk").values_list("step", "from_state", "to_state")) == [
        ("receive", "", "received"),
        ("summarise", "received", "summarised"),
        ("submit", "summarised", "submitted"),
        ("order", "submitted", "ordered"),
        ("close", "ordered", "closed"),
    ]
    assert not matter.deadlines.unmet().exists()
    assert matter.result == RelatedMatter.Result.NOTED
    assert matter.closed_at == MORNING


def test_its_number_is_of_its_own_series() -> None:
    first, petition, second = make_related(), make_petition(), make_related()
    assert (first.label, second.label) == ("รก ๑/๒๕๕๓", "รก ๒/๒๕๕๓")
    assert petition.label == "รท ๑/๒๕๕๓"


@pytest.mark.parametrize("kind", list(Kind))
def test_the_opinion_is_due_at_the_end_of_the_next_working_day(kind: Kind) -> None:
    promise = make_related(kind).deadlines.get(kind=Deadline.Kind.OPINION)
    assert promise.due_at == WEDNESDAY_CLOSE


@pytest.mark.parametrize(
    ("decision", "given", "owed"),
    [("order", {"order_text": "ดำเนินการ"}, Deadline.Kind.CARRY_OUT), ("note", {}, Deadline.Kind.CLOSE)],
)
def test_what_is_decided_makes_the_officer_owe_one_thing(
    decision: str, given: dict[str, Any], owed: str, people: dict[str, User]
) -> None:
    matter = carry_to(make_related(owner=people["officer"]), State.SUBMITTED, **people)
    take(matter, decision, people["executive"], **given)
    promise = matter.deadlines.unmet().get()
    assert (promise.kind, promise.responsible) == (owed, people["officer"])


def test_a_report_carried_out_is_to_be_closed(people: dict[str, User]) -> None:
    matter = carry_to(make_related(owner=people["officer"]), State.ORDERED, **people)
    take(matter, "carry_out", people["officer"], reason="แจ้ง สพฐ. แล้ว")
    assert matter.deadlines.unmet().get().kind == Deadline.Kind.CLOSE


def test_while_a_case_goes_on_its_dates_are_what_is_owed(people: dict[str, User]) -> None:
    matter = carry_to(make_related(Kind.SUMMONS, owner=people["officer"]), State.ORDERED, **people)
    take(matter, "carry_out", people["officer"], reason="แต่งตั้งผู้แทนแล้ว")
    assert [one.kind for one in matter.deadlines.unmet()] == [Deadline.Kind.HEARING]
    take(
        matter,
        "record_hearing",
        people["officer"],
        hearing=matter.hearings.get(),
        outcome="ศาลนัดฟังคำสั่ง",
        now=COURT_DAY,
    )
    assert [one.kind for one in matter.deadlines.unmet()] == [Deadline.Kind.CLOSE]
    take(
        matter,
        "add_hearing",
        people["officer"],
        at=COURT_DAY + timedelta(days=30),
        purpose="ฟังคำพิพากษา",
        now=COURT_DAY,
    )
    assert [one.kind for one in matter.deadlines.unmet()] == [Deadline.Kind.HEARING]


def test_a_case_whose_hearing_passed_during_a_rest_is_to_be_closed_after_it(people: dict[str, User]) -> None:
    matter = carry_to(make_related(Kind.SUMMONS, owner=people["officer"]), State.ORDERED, **people)
    take(matter, "carry_out", people["officer"], reason="แต่งตั้งผู้แทนแล้ว")
    take(matter, "pause", people["head"], reason="รอศาล", until=COURT_DAY + timedelta(days=9))
    take(
        matter,
        "record_hearing",
        people["officer"],
        hearing=matter.hearings.get(),
        outcome="เสร็จ",
        now=COURT_DAY,
    )
    assert [one.kind for one in matter.deadlines.unmet()] == [Deadline.Kind.RESUME]
    take(matter, "resume", people["officer"], reason="ศาลมีคำสั่งแล้ว", now=COURT_DAY)
    assert [one.kind for one in matter.deadlines.unmet()] == [Deadline.Kind.CLOSE]


# ── Hearings ────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def summons(officer: User) -> RelatedMatter:
    return make_related(Kind.SUMMONS, owner=officer)


def hearing_of(matter: RelatedMatter) -> Hearing:
    return matter.open_hearings().select_related("deadline").get()


def test_a_summons_promises_that_somebody_is_in_court(summons: RelatedMatter, officer: User) -> None:
    promise = hearing_of(summons).deadline
    assert (promise.kind, promise.due_at, promise.responsible, promise.rule) == (
        Deadline.Kind.HEARING,
        COURT_DAY,
        officer,
        None,
    )


def test_attended_the_promise_is_kept_at_the_hearings_own_moment(
    summons: RelatedMatter, officer: User
) -> None:
    hearing = hearing_of(summons)
    take(
        summons,
        "record_hearing",
        officer,
        hearing=hearing,
        outcome="นัดสืบพยาน",
        now=COURT_DAY + timedelta(days=1),
    )
    hearing.refresh_from_db()
    hearing.deadline.refresh_from_db()
    assert hearing.deadline.met_at == COURT_DAY
    assert not hearing.deadline.is_late(COURT_DAY + timedelta(days=1))
    assert (hearing.outcome, hearing.recorded_by) == ("นัดสืบพยาน", officer)


def test_missed_it_is_late_for_good(summons: RelatedMatter, officer: User) -> None:
    hearing = hearing_of(summons)
    later = COURT_DAY + timedelta(hours=5)
    take(
        summons, "record_hearing", officer, hearing=hearing, outcome="ไม่มีผู้ใดไป", was_attended=False, now=later
    )
    hearing.deadline.refresh_from_db()
    assert (hearing.deadline.met_at, hearing.deadline.is_late(later)) == (later, True)
    assert hearing.deadline.late_reason


def test_the_next_hearing_is_set_with_the_outcome(summons: RelatedMatter, officer: User) -> None:
    following = at(2010, 1, 12, 13, 30)
    take(
        summons,
        "record_hearing",
        officer,
        hearing=hearing_of(summons),
        outcome="เลื่อนไปสืบพยาน",
        next_at=following,
        next_purpose="สืบพยานผู้ฟ้องคดี",
        now=COURT_DAY,
    )
    hearing = hearing_of(summons)
    assert (hearing.at, hearing.purpose, hearing.room) == (following, "สืบพยานผู้ฟ้องคดี", "ห้อง ๕")
    assert hearing.deadline.due_at == following


def test_a_hearing_that_is_still_to_come_has_no_outcome(summons: RelatedMatter, officer: User) -> None:
    with pytest.raises(ValidationError) as refused:
        take(summons, "record_hearing", officer, hearing=hearing_of(summons), outcome="-")
    assert "hearing" in refused.value.message_dict


def test_a_moved_hearing_keeps_old_and_new_date(summons: RelatedMatter, officer: User) -> None:
    hearing, later = hearing_of(summons), at(2009, 12, 22, 13)
    event = take(summons, "move_hearing", officer, hearing=hearing, at=later, reason="คู่ความขอเลื่อน")
    moved = hearing_of(summons)
    assert moved.pk == hearing.pk
    assert (moved.at, moved.deadline.due_at, moved.deadline.continues) == (later, later, hearing.deadline)
    hearing.deadline.refresh_from_db()
    assert hearing.deadline.dropped_at == MORNING
    assert event.changes["hearing"] == ["2009-12-08T09:00:00+07:00", "2009-12-22T13:00:00+07:00"]
    assert event.reason == "คู่ความขอเลื่อน"


@pytest.mark.parametrize("when", [MORNING, MORNING - timedelta(days=7)])
def test_no_hearing_is_added_in_the_past(summons: RelatedMatter, officer: User, when: Any) -> None:
    with pytest.raises(ValidationError) as refused:
        take(summons, "add_hearing", officer, at=when, purpose="นัดพร้อม")
    assert "at" in refused.value.message_dict
    assert summons.hearings.count() == 1


def test_one_moment_holds_one_hearing_of_a_case(summons: RelatedMatter, officer: User) -> None:
    with pytest.raises(ValidationError):
        take(summons, "add_hearing", officer, at=COURT_DAY, purpose="นัดซ้ำ")


def test_a_recorded_hearing_is_neither_moved_nor_recorded_again(
    summons: RelatedMatter, officer: User
) -> None:
    hearing = hearing_of(summons)
    take(summons, "add_hearing", officer, at=at(2009, 12, 15), purpose="นัดพร้อม")
    take(summons, "record_hearing", officer, hearing=hearing, outcome="เสร็จ", now=COURT_DAY)
    for name, given in (
        ("record_hearing", {"outcome": "ซ้ำ"}),
        ("move_hearing", {"at": at(2010, 1, 5), "reason": "-"}),
        ("cancel_hearing", {"reason": "-"}),
    ):
        with pytest.raises(ValidationError):
            take(summons, name, officer, hearing=hearing, now=COURT_DAY, **given)


def test_it_is_not_closed_while_somebody_has_to_be_in_court(people: dict[str, User]) -> None:
    matter = carry_to(make_related(Kind.SUMMONS, owner=people["officer"]), State.ORDERED, **people)
    with pytest.raises(ValidationError) as refused:
        take(matter, "close", people["officer"], result=RelatedMatter.Result.ATTENDED)
    assert "8 December 2009" in refused.value.messages[0] or "๘ ธันวาคม ๒๕๕๒" in refused.value.messages[0]
    assert fresh(matter).state == State.ORDERED


def test_a_hearing_of_another_matter_is_not_ones_own(summons: RelatedMatter, officer: User) -> None:
    other = make_related(Kind.SUMMONS, owner=officer)
    with pytest.raises(ValidationError):
        take(summons, "cancel_hearing", officer, hearing=hearing_of(other), reason="-")
    assert hearing_of(other).is_open


def test_a_matter_kept_as_evidence_is_not_closed(people: dict[str, User]) -> None:
    matter = carry_to(make_related(owner=people["officer"]), State.ORDERED, **people)
    take(matter, "lock", people["head"], reason="ศาลสั่ง")
    with pytest.raises(StepRefused):
        take(matter, "close", people["officer"], result=RelatedMatter.Result.NOTED)


def test_a_kind_ends_only_as_its_kind_can(people: dict[str, User]) -> None:
    matter = carry_to(make_related(owner=people["officer"]), State.ORDERED, **people)
    with pytest.raises(ValidationError) as refused:
        take(matter, "close", people["officer"], result=RelatedMatter.Result.CONVICTED)
    assert "result" in refused.value.message_dict


# ── Before the court ────────────────────────────────────────────────────────────────────────


def test_a_judgment_brings_the_case_to_a_stage_and_sets_the_last_day_for_an_appeal(officer: User) -> None:
    matter = make_related(Kind.CRIMINAL, owner=officer)
    take(
        matter,
        "record_court_step",
        officer,
        kind=CourtStep.Kind.JUDGMENT,
        on=MORNING.date(),
        court_name="ศาลอาญา",
        note="ยกฟ้อง",
        stage=RelatedMatter.Stage.FIRST,
        lapses_on=date(2009, 12, 17),
    )
    current = fresh(matter)
    assert (current.stage, current.limitation_on) == (RelatedMatter.Stage.FIRST, date(2009, 12, 17))
    assert matter.deadlines.unmet().get(kind=Deadline.Kind.LIMITATION).due_at == at(2009, 12, 17, 16, 30)
    assert list(current.court_steps.values_list("kind", "note", "recorded_by")) == [
        ("judgment", "ยกฟ้อง", officer.pk)
    ]


@pytest.mark.parametrize(("on", "is_late"), [(date(2009, 12, 17), False), (date(2009, 12, 18), True)])
def test_an_appeal_keeps_the_day_until_which_it_could_be_lodged(
    on: date, is_late: bool, summons: RelatedMatter, officer: User
) -> None:
    take(summons, "set_limitation", officer, limitation_on=date(2009, 12, 17))
    written = at(2009, 12, 21)
    take(summons, "record_court_step", officer, kind=CourtStep.Kind.APPEAL, on=on, now=written)
    promise = summons.deadlines.get(kind=Deadline.Kind.LIMITATION)
    assert promise.met_at is not None
    assert promise.is_late(written) is is_late


def test_a_step_before_the_court_is_not_to_come(summons: RelatedMatter, officer: User) -> None:
    with pytest.raises(ValidationError) as refused:
        take(summons, "record_court_step", officer, kind=CourtStep.Kind.ORDER, on=date(2009, 11, 18))
    assert "on" in refused.value.message_dict
    assert not summons.court_steps.exists()


def test_a_new_limitation_date_takes_the_place_of_the_old(officer: User) -> None:
    matter = make_related(Kind.TORT, owner=officer)
    old = matter.deadlines.get(kind=Deadline.Kind.LIMITATION)
    take(matter, "set_limitation", officer, limitation_on=date(2010, 6, 30))
    new = matter.deadlines.unmet().get(kind=Deadline.Kind.LIMITATION)
    assert (new.due_at, new.continues) == (at(2010, 6, 30, 16, 30), old)


def test_closed_the_limitation_is_owed_no_more_and_reopened_it_is_again(people: dict[str, User]) -> None:
    matter = carry_to(make_related(Kind.TORT, owner=people["officer"]), State.CLOSED, **people)
    assert not matter.deadlines.unmet().exists()
    take(matter, "reopen", people["head"], reason="ผู้ต้องรับผิดอุทธรณ์")
    assert {one.kind for one in matter.deadlines.unmet()} == {
        Deadline.Kind.REVISION,
        Deadline.Kind.LIMITATION,
    }
    assert fresh(matter).state == State.RETURNED


# ── Two at once, seeing, finding, counting ──────────────────────────────────────────────────


def test_a_stale_page_records_nothing(summons: RelatedMatter, officer: User, head: User) -> None:
    hearing = hearing_of(summons)
    take(summons, "move_hearing", head, hearing=hearing, at=at(2009, 12, 22), reason="ศาลเลื่อน")
    with pytest.raises(ChangedMeanwhile) as changed:
        perform(
            summons,
            "cancel_hearing",
            actor=Actor(user=officer),
            seen=1,
            now=MORNING,
            reason="ศาลยกเลิก",
            hearing=hearing,
        )
    assert [event.step for event in changed.value.events] == ["move_hearing"]
    assert hearing_of(summons).at == at(2009, 12, 22)


def test_a_second_click_adds_no_second_hearing(summons: RelatedMatter, officer: User) -> None:
    given = {"at": at(2009, 12, 15), "purpose": "นัดพร้อม"}
    first = perform(summons, "add_hearing", actor=Actor(user=officer), seen=1, now=MORNING, **given)
    second = perform(summons, "add_hearing", actor=Actor(user=officer), seen=1, now=MORNING, **given)
    assert first == second
    assert summons.hearings.count() == 2


def test_a_secret_one_is_seen_by_its_officer_the_head_and_the_executive(
    people: dict[str, User], colleague: User, administrator: User, stranger: User
) -> None:
    matter = make_related(owner=people["officer"], secrecy=Secrecy.SECRET)
    seen = {
        person.username
        for person in (*people.values(), colleague, administrator, stranger)
        if RelatedMatter.objects.visible_to(person).filter(pk=matter.pk).exists()
    }
    assert seen == {person.username for person in people.values()}


def test_it_is_found_by_number_and_by_words(summons: RelatedMatter, officer: User, stranger: User) -> None:
    assert [one.pk for one in numbered(officer, "รก 1/53", MORNING.date())] == [summons.pk]
    assert [one.pk for one in find(officer, "ศาลปกครองกลาง").rows] == [summons.pk]
    assert [one.pk for one in find(officer, "อ.123/2552").rows] == [summons.pk]
    assert numbered(stranger, "รก 1/53", MORNING.date()) == []


def test_a_key_alone_leads_to_its_page(summons: RelatedMatter, officer: User, rf: Any) -> None:
    request = rf.get("/")
    request.user = officer
    assert matter_page(request, summons.pk)["Location"] == f"/related/{summons.pk}/"


def test_the_plans_measure_counts_them_by_month_of_receipt(people: dict[str, User]) -> None:
    in_time = make_related(owner=people["officer"])
    carry_to(in_time, State.SUBMITTED, **people)
    make_related(
        Kind.SUMMONS, owner=people["officer"], received_at=at(2009, 11, 2), hearing_at=at(2010, 3, 2)
    )
    make_petition()
    ratio = related_matters_on_time(fiscal_year(2553), at(2009, 11, 17, 12))
    assert (ratio.in_time, ratio.late, ratio.pending) == (1, 1, 0)
