"""The path of a petition: each step works, for the right person, from the right state, once."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import product

import pytest
from django.core.exceptions import ValidationError

from complaints.forms.bulk import BulkReferForm
from complaints.forms.steps import ReferForm
from complaints.models import Petition, State
from complaints.models.agency_steps import Ask
from complaints.models.joining import AT_WORK
from complaints.models.state import BEFORE_TOLD, UNCLOSED, WITH_OFFICE, WITH_OFFICER
from office.calendar import OFFICE_TZ
from office.models import Deadline, Event, Notice, User
from office.steps import Actor, ChangedMeanwhile, StepRefused, open_steps, perform
from tests.cast import bring_to, fresh, make_agency, make_category, make_petition, take_step

pytestmark = pytest.mark.django_db

WEDNESDAY_CLOSE = datetime(2009, 11, 18, 16, 30, tzinfo=OFFICE_TZ)
THURSDAY = datetime(2009, 11, 19, 9, 0, tzinfo=OFFICE_TZ)

# Who may take which step from which state; what is not here is forbidden.
ALLOWED: dict[str, tuple[list[State], set[str]]] = {
    "take": (UNCLOSED, set()),  # the cast's petition has an officer already; see test_take below
    "assign": (UNCLOSED, {"head"}),
    "correct": (UNCLOSED, {"officer", "head"}),
    "attach_files": (list(State), {"officer", "head"}),
    "save_draft": (WITH_OFFICER, {"officer", "head"}),
    "summarise": (WITH_OFFICER, {"officer", "head"}),
    "submit": ([State.SUMMARISED], {"head"}),
    "send_back": ([State.SUMMARISED], {"head"}),
    "order": ([State.SUBMITTED], {"executive"}),
    "note": ([State.SUBMITTED], {"executive"}),
    "return_for_revision": ([State.SUBMITTED], {"executive"}),
    "refer": ([State.ORDERED, State.REFERRED, State.ANSWERED], {"officer", "head"}),
    "acknowledge": ([State.REFERRED], {"officer", "head", "agency"}),
    "answer": ([State.REFERRED], {"officer", "head", "agency"}),
    "decline": ([State.REFERRED], {"officer", "head", "agency"}),
    "chase": ([State.REFERRED], {"officer", "head"}),
    "inform": ([State.ORDERED, State.ANSWERED], {"officer", "head"}),
    "close": ([State.INFORMED], {"officer", "head"}),
    "reopen": ([State.CLOSED], {"officer", "head"}),
    "issue_letter": (list(State), {"officer", "head"}),
    "send_letter": (list(State), {"officer", "colleague", "head"}),
    "hand_over": (UNCLOSED, {"officer"}),
    "succeed": ([], set()),  # only the handing over of one who leaves; see test_leaving
    "release": (UNCLOSED, {"officer", "head"}),
    "extend": (
        [state for state in UNCLOSED if state not in (*WITH_OFFICER, State.SUMMARISED)],
        {"head"},
    ),
    "pause": (WITH_OFFICE, {"head"}),
    "resume": ([State.PAUSED], {"officer", "head"}),
    "lock": (list(State), {"head"}),
    "unlock": ([], set()),  # this petition is not kept as evidence; see test_locking
    "check_arrival": (WITH_OFFICER, {"officer", "head"}),
    "ask_petitioner": (WITH_OFFICER, {"officer", "head"}),
    "petitioner_answers": ([State.ASKED], {"officer", "head", "petitioner"}),
    "go_on": ([State.ASKED], {"officer", "head"}),
    "withdraw": (BEFORE_TOLD, {"officer", "head"}),
    "transfer": (BEFORE_TOLD, {"head"}),
    "give_back": ([], set()),  # it came from the petitioner; see test_endings
    "join": (AT_WORK, {"officer", "head"}),
    "split": (AT_WORK, {"officer", "head"}),
    "link": (list(State), {"officer", "head"}),
    "unlink": (list(State), {"officer", "head"}),
    # These follow a step on another petition; nobody takes them here.
    "join_into": ([], set()),
    "be_separated": ([], set()),
    "be_linked": ([], set()),
    "be_unlinked": ([], set()),
}
# What some may do in fewer states than others.
ALSO: dict[str, tuple[list[State], set[str]]] = {"extend": ([State.REFERRED, State.ASKED], {"officer"})}
ROLES = ["officer", "colleague", "head", "executive", "administrator", "stranger", "agency", "petitioner"]


def is_allowed(name: str, state: State, role: str) -> bool:
    rows = [ALLOWED[name], *([ALSO[name]] if name in ALSO else [])]
    return any(state in states and role in who for states, who in rows)


@pytest.fixture
def people(
    officer: User, colleague: User, head: User, executive: User, administrator: User, stranger: User
) -> dict[str, Actor]:
    agency = make_agency()
    users = {
        "officer": officer,
        "colleague": colleague,
        "head": head,
        "executive": executive,
        "administrator": administrator,
        "stranger": stranger,
    }
    outside = {"agency": Actor(label=agency.name, agency_id=agency.pk), "petitioner": Actor(label="ผู้ร้อง")}
    return {name: Actor(user=user) for name, user in users.items()} | outside


def test_every_declared_step_is_in_the_table() -> None:
    declared = {one.name for one in Petition._meta.get_field("state").get_all_transitions(Petition)}
    assert declared == set(ALLOWED)


def test_steps_are_open_only_where_the_table_says(people: dict[str, Actor], officer: User) -> None:
    petition = make_petition(owner=officer)
    for state, role in product(State, ROLES):
        Petition.objects.filter(pk=petition.pk).update(
            state=state, result="granted" if state == State.CLOSED else ""
        )
        offered = {one.name for one in open_steps(fresh(petition), people[role])}
        expected = {name for name in ALLOWED if is_allowed(name, state, role)}
        assert offered == expected, f"{role} at {state}"


def test_what_is_not_offered_is_refused(people: dict[str, Actor], officer: User) -> None:
    petition = make_petition(owner=officer)
    for name, state, role in product(ALLOWED, State, ROLES):
        if is_allowed(name, state, role):
            continue
        Petition.objects.filter(pk=petition.pk).update(
            state=state, result="granted" if state == State.CLOSED else ""
        )
        with pytest.raises(StepRefused):
            perform(petition, name, actor=people[role], seen=fresh(petition).version, now=THURSDAY)
    assert Event.objects.filter(matter=petition).count() == 1


def test_an_undefined_step_is_forbidden(officer: User, petition: Petition) -> None:
    with pytest.raises(LookupError):
        perform(petition, "delete", actor=Actor(user=officer), seen=1, now=THURSDAY)


def test_a_state_cannot_be_set_by_hand(petition: Petition) -> None:
    with pytest.raises(AttributeError):
        petition.state = State.CLOSED


def test_the_main_path_leaves_a_line_of_events(officer: User, head: User, executive: User) -> None:
    petition = bring_to(
        make_petition(owner=officer), State.CLOSED, officer=officer, head=head, executive=executive
    )
    steps = list(petition.events.order_by("version").values_list("step", "from_state", "to_state"))
    assert steps == [
        ("receive", "", "received"),
        ("summarise", "received", "summarised"),
        ("submit", "summarised", "submitted"),
        ("order", "submitted", "ordered"),
        ("refer", "ordered", "referred"),
        ("answer", "referred", "answered"),
        ("inform", "answered", "informed"),
        ("close", "informed", "closed"),
    ]
    assert not petition.deadlines.unmet().exists()
    assert petition.closed_at is not None
    assert petition.version == 8


@pytest.mark.parametrize(
    ("state", "owed", "whose"),
    [
        (State.SUMMARISED, Deadline.Kind.OPINION, "head"),
        (State.SUBMITTED, Deadline.Kind.ORDER, "executive"),
        (State.ORDERED, Deadline.Kind.REFERRAL, "officer"),
        (State.REFERRED, Deadline.Kind.AGENCY_ANSWER, None),
        (State.ANSWERED, Deadline.Kind.INFORM, "officer"),
        (State.INFORMED, Deadline.Kind.CLOSE, "officer"),
    ],
)
def test_every_state_owes_one_thing_to_one_person(
    state: State, owed: str, whose: str | None, officer: User, head: User, executive: User
) -> None:
    petition = bring_to(make_petition(owner=officer), state, officer=officer, head=head, executive=executive)
    promise = petition.deadlines.unmet().get()
    assert promise.kind == owed
    assert (
        promise.responsible == {"head": head, "executive": executive, "officer": officer, None: None}[whose]
    )
    assert promise.follower == officer


def test_opinion_is_due_at_the_end_of_the_next_working_day(petition: Petition) -> None:
    assert petition.deadlines.get().due_at == WEDNESDAY_CLOSE


def test_the_promise_is_kept_when_the_opinion_reaches_the_executive(
    officer: User, head: User, executive: User
) -> None:
    petition = make_petition(owner=officer)
    take_step(petition, "summarise", officer, summary="ก", opinion="ข", category=make_category())
    assert petition.deadlines.get().met_at is None
    take_step(petition, "submit", head, to=executive, now=WEDNESDAY_CLOSE)
    promise = petition.deadlines.get(kind=Deadline.Kind.OPINION)
    assert promise.met_at == WEDNESDAY_CLOSE
    assert not promise.is_late(THURSDAY)


def test_a_late_opinion_needs_a_reason(officer: User, head: User, executive: User) -> None:
    petition = make_petition(owner=officer)
    take_step(petition, "summarise", officer, summary="ก", opinion="ข", category=make_category())
    with pytest.raises(ValidationError) as refused:
        take_step(petition, "submit", head, to=executive, now=THURSDAY)
    assert "late_reason" in refused.value.message_dict
    take_step(petition, "submit", head, to=executive, now=THURSDAY, late_reason="รอเอกสารจากเขตพื้นที่")
    promise = petition.deadlines.get(kind=Deadline.Kind.OPINION)
    assert promise.is_late(THURSDAY)
    assert promise.late_reason == "รอเอกสารจากเขตพื้นที่"


def test_sent_back_by_the_head_the_first_clock_runs_on(officer: User, head: User) -> None:
    petition = make_petition(owner=officer)
    take_step(petition, "summarise", officer, summary="ก", opinion="ข", category=make_category())
    take_step(petition, "send_back", head, reason="ขอข้อกฎหมาย")
    promise = petition.deadlines.get()
    assert (promise.kind, promise.responsible, promise.due_at) == (
        Deadline.Kind.OPINION,
        officer,
        WEDNESDAY_CLOSE,
    )
    assert fresh(petition).state == State.RETURNED
    assert (
        Notice.objects.filter(recipient=officer, kind=Notice.Kind.YOUR_TURN, way="app").get().text
        == "ขอข้อกฎหมาย"
    )


def test_returned_by_the_executive_a_new_promise_begins_and_the_kept_one_stays(
    officer: User, head: User, executive: User
) -> None:
    petition = bring_to(
        make_petition(owner=officer), State.SUBMITTED, officer=officer, head=head, executive=executive
    )
    take_step(petition, "return_for_revision", executive, reason="ขอความเห็นฝ่ายกฎหมาย")
    assert petition.deadlines.get(kind=Deadline.Kind.OPINION).met_at is not None
    assert petition.deadlines.unmet().get().kind == Deadline.Kind.REVISION


def test_after_closing_no_agency_is_asked_to_answer_by_today(
    officer: User, head: User, executive: User
) -> None:
    closing = datetime(2009, 11, 19, 16, 30, tzinfo=OFFICE_TZ)
    agency = make_agency()
    petition = bring_to(
        make_petition(owner=officer), State.ORDERED, officer=officer, head=head, executive=executive
    )
    asks = [Ask(agency, "ตรวจสอบ", closing)]
    with pytest.raises(ValidationError):
        take_step(petition, "refer", officer, now=closing + timedelta(minutes=1), asks=asks)
    one = {"seen": 1, "asked": "ตรวจสอบ", "agency_1": agency.pk}
    many = {"asked": "ตรวจสอบ", "reason": "รวมส่ง", "agency": agency.pk}
    for day, moment, faults in [
        ("19/11/2552", closing - timedelta(minutes=1), []),
        ("19/11/2552", closing, ["due"]),
        ("20/11/2552", closing, []),
    ]:
        form = ReferForm({**one, "due_1": day}, matter=fresh(petition), user=officer, now=moment)
        assert [name.removesuffix("_1") for name in form.errors] == faults
        assert list(BulkReferForm({**many, "due": day}, user=officer, now=moment).errors) == faults


def test_declined_by_all_the_petition_is_to_be_referred_anew(
    officer: User, head: User, executive: User
) -> None:
    petition = bring_to(
        make_petition(owner=officer), State.REFERRED, officer=officer, head=head, executive=executive
    )
    referral = petition.referrals.get()
    clerk = Actor(label=referral.agency.name, agency_id=referral.agency_id)
    take_step(petition, "decline", clerk, referral=referral, reason="อยู่ในอำนาจของ สอศ.")
    assert fresh(petition).state == State.ORDERED
    assert petition.deadlines.get(kind=Deadline.Kind.AGENCY_ANSWER).dropped_at is not None
    assert petition.deadlines.unmet().get().kind == Deadline.Kind.REFERRAL


def test_two_agencies_the_petition_waits_for_both(officer: User, head: User, executive: User) -> None:
    petition = bring_to(
        make_petition(owner=officer), State.ORDERED, officer=officer, head=head, executive=executive
    )
    asks = [
        Ask(make_agency(), "ตรวจสอบ"),
        Ask(make_agency("สำนักงาน ก.ค.ศ.", short_name="ก.ค.ศ."), "ให้ความเห็น"),
    ]
    take_step(petition, "refer", officer, asks=asks)
    first, second = petition.referrals.all()
    take_step(petition, "answer", officer, referral=first, answer="ตอบทางหนังสือ")
    assert fresh(petition).state == State.REFERRED
    take_step(petition, "decline", officer, referral=second, reason="ไม่เกี่ยวข้อง")
    assert fresh(petition).state == State.ANSWERED


def test_an_answered_referral_takes_no_second_answer(officer: User, head: User, executive: User) -> None:
    petition = bring_to(
        make_petition(owner=officer), State.ORDERED, officer=officer, head=head, executive=executive
    )
    asks = [
        Ask(make_agency(), "ตรวจสอบ"),
        Ask(make_agency("สำนักงาน ก.ค.ศ.", short_name="ก.ค.ศ."), "ให้ความเห็น"),
    ]
    take_step(petition, "refer", officer, asks=asks)
    first = petition.referrals.all()[0]
    take_step(petition, "answer", officer, referral=first, answer="ตอบแล้ว")
    with pytest.raises(ValidationError):
        take_step(petition, "answer", officer, referral=petition.referrals.all()[0], answer="ตอบซ้ำ")


def test_take_is_open_to_every_officer_of_the_subgroup_while_nobody_carries_it(
    petition: Petition, officer: User, colleague: User, stranger: User
) -> None:
    with pytest.raises(StepRefused):
        take_step(petition, "take", stranger)
    take_step(petition, "take", officer)
    assert fresh(petition).owner == officer
    assert petition.deadlines.get().responsible == officer
    with pytest.raises(StepRefused):
        take_step(petition, "take", colleague)


def test_assign_moves_the_open_promises_with_the_matter(head: User, officer: User, colleague: User) -> None:
    petition = make_petition(owner=officer)
    take_step(petition, "assign", head, to=colleague)
    promise = petition.deadlines.get()
    assert (promise.responsible, promise.follower) == (colleague, colleague)


def test_reopened_it_owes_a_revision_and_can_be_closed_again(
    officer: User, head: User, executive: User
) -> None:
    petition = bring_to(
        make_petition(owner=officer), State.CLOSED, officer=officer, head=head, executive=executive
    )
    take_step(petition, "reopen", head, reason="ผู้ร้องส่งหลักฐานใหม่")
    reopened = fresh(petition)
    assert (reopened.state, reopened.closed_at) == (State.RETURNED, None)
    assert reopened.deadlines.unmet().get().kind == Deadline.Kind.REVISION


def test_a_stale_page_is_told_what_happened_and_changes_nothing(officer: User, head: User) -> None:
    petition = make_petition(owner=officer)
    take_step(petition, "correct", head, title="เรื่องที่หัวหน้าแก้ชื่อ")
    with pytest.raises(ChangedMeanwhile) as changed:
        perform(
            petition,
            "summarise",
            actor=Actor(user=officer),
            seen=1,
            now=MORNING_AFTER,
            summary="ก",
            opinion="ข",
            category=make_category(),
        )
    assert [event.step for event in changed.value.events] == ["correct"]
    assert changed.value.matter.title == "เรื่องที่หัวหน้าแก้ชื่อ"
    assert fresh(petition).state == State.RECEIVED


def test_a_second_click_is_harmless(officer: User) -> None:
    petition = make_petition(owner=officer)
    given = {"summary": "ก", "opinion": "ข", "category": make_category()}
    first = perform(petition, "summarise", actor=Actor(user=officer), seen=1, now=MORNING_AFTER, **given)
    second = perform(petition, "summarise", actor=Actor(user=officer), seen=1, now=MORNING_AFTER, **given)
    assert first == second
    assert fresh(petition).version == 2


@pytest.mark.parametrize("name", ["save_draft", "summarise"])
def test_what_a_second_window_says_is_never_taken_for_said(name: str, officer: User) -> None:
    petition = make_petition(owner=officer)
    by = {"actor": Actor(user=officer), "seen": 1, "now": MORNING_AFTER}
    given = {"summary": "ก", "opinion": "ข", "category": make_category()}
    first = perform(petition, name, **given, **by)
    assert perform(petition, name, **given, **by) == first
    with pytest.raises(ChangedMeanwhile):
        perform(petition, name, **given | {"opinion": "อื่น"}, **by)
    assert (fresh(petition).opinion, fresh(petition).version) == ("ข", 2)


MORNING_AFTER = datetime(2009, 11, 18, 9, 0, tzinfo=OFFICE_TZ)
