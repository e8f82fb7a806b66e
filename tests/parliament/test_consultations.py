"""The path of a consultation: each step works, for the right person, from the right state, and once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from office.documents import Upload, accept
from office.models import Deadline, Notice, User
from office.search import find
from office.steps import Actor, ChangedMeanwhile, StepRefused, open_steps, perform
from parliament.consultation_worklist import next_step_of
from parliament.forms.consultation_steps import CloseForm
from parliament.models import AgencyRequest, Consultation
from parliament.models.asking import Ask
from parliament.models.consultation_state import BEFORE_TOLD, UNCLOSED, Screening, TellingWay, WhoIsTold
from parliament.models.consultation_state import ConsultationState as State
from tests.cast import MORNING, make_agency
from tests.parliament.bills_cast import (
    at,
    carry_to,
    fresh,
    make_body,
    make_consultation,
    take,
    told_by_letter,
)
from tests.parliament.cast import (
    make_member,
    make_politics_colleague,
    make_politics_head,
    make_politics_officer,
)

pytestmark = pytest.mark.django_db

TAKES_PART = {"officer", "head"}
# Who may take which step from which state; what is not here is forbidden. The consultation is Wiriya's, and
# in ORDERED its result is written, in no state has either been told.
ALLOWED: dict[str, tuple[list[State], set[str]]] = {
    "assign": (UNCLOSED, {"head"}),
    "hand_over": (UNCLOSED, {"officer"}),
    "succeed": ([], set()),  # only the handing over of one who leaves; see test_leaving
    "release": (UNCLOSED, TAKES_PART),
    "attach_files": (list(State), TAKES_PART),
    "correct": (UNCLOSED, TAKES_PART),
    "accept": ([State.RECEIVED], TAKES_PART),
    "find_not_ours": ([State.RECEIVED, State.SCREENED], TAKES_PART),
    "pass_on": ([State.RECEIVED, State.SCREENED], TAKES_PART),
    "save_draft": ([State.SCREENED, State.ASKED, State.ANSWERED], TAKES_PART),
    "ask_agencies": ([State.SCREENED, State.ASKED, State.ANSWERED], TAKES_PART),
    "accept_request": ([State.ASKED], TAKES_PART),
    "answer_request": ([State.ASKED], TAKES_PART),
    "decline_request": ([State.ASKED], TAKES_PART),
    "chase_request": ([State.ASKED], TAKES_PART),
    "extend_request": ([State.ASKED], TAKES_PART),
    "take_back_request": ([State.ASKED], TAKES_PART),
    "summarise": ([State.SCREENED, State.ANSWERED], TAKES_PART),
    "submit": ([State.CHECKING], {"head"}),
    "send_back": ([State.CHECKING], {"head"}),
    "order": ([State.ON_DESK], {"executive"}),
    "note": ([State.ON_DESK], {"executive"}),
    "return_with_remarks": ([State.ON_DESK], {"executive"}),
    "write_result": ([State.ORDERED], TAKES_PART),
    "mail_raiser": ([State.ORDERED], TAKES_PART),
    "tell_raiser": ([State.ORDERED], TAKES_PART),
    "tell_minister": ([State.ORDERED], TAKES_PART),
    "note_result": ([State.ORDERED], {"executive"}),
    "close": ([State.TOLD], TAKES_PART),
    "withdraw": (BEFORE_TOLD, TAKES_PART),
    "reopen": ([State.CLOSED], TAKES_PART),
}


@pytest.fixture
def people(executive: User) -> dict[str, User]:
    return {"officer": make_politics_officer(), "head": make_politics_head(), "executive": executive}


def standing_at(state: State, people: dict[str, User], **facts: Any) -> Consultation:
    consultation = make_consultation(owner=people["officer"], **facts)
    if state in (State.ASKED, State.ANSWERED):
        take(consultation, "accept", people["officer"])
        asks = [Ask(make_agency())]
        take(consultation, "ask_agencies", people["officer"], asks=asks, asked="ขอข้อเท็จจริง")
        if state == State.ANSWERED:
            answer(consultation, "มีอัตราว่างสองอัตรา")
        return fresh(consultation)
    carry_to(consultation, state, **people)
    if state == State.ORDERED:
        take(consultation, "write_result", people["officer"], told_text="กระทรวงจัดสรรครูแล้วสองอัตรา")
    return fresh(consultation)


def answer(consultation: Consultation, words: str) -> None:
    """The agency asked answers by its link."""
    request = AgencyRequest.objects.with_whom().get(matter=consultation.pk, answered_at=None)
    agency = Actor(label=request.agency.name, agency_id=request.agency_id)
    take(consultation, "answer_request", agency, request=request, answer=words)


def upload() -> Upload:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return accept(SimpleUploadedFile("ใบตอบรับ.txt", "ได้รับแล้ว".encode(), content_type="text/plain"))


# ── Who may do what, when ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("state", list(State))
def test_only_what_is_listed_is_open(
    state: State, people: dict[str, User], administrator: User, officer: User
) -> None:
    consultation = standing_at(state, people)
    everybody = people | {
        "colleague": make_politics_colleague(),
        "administrator": administrator,
        "stranger": officer,
    }
    for role, person in everybody.items():
        there = {one.name for one in open_steps(consultation, Actor(user=person))}
        expected = {name for name, (states, roles) in ALLOWED.items() if state in states and role in roles}
        assert there == expected, role


@pytest.mark.parametrize(
    ("state", "name", "given"),
    [
        (State.RECEIVED, "accept", {}),
        (State.SCREENED, "summarise", {"summary": "ส", "opinion": "ค"}),
        (State.ORDERED, "tell_raiser", told_by_letter()),
        (State.TOLD, "close", {"result": "done"}),
    ],
)
def test_a_second_click_is_harmless_and_a_stale_page_is_told(
    state: State, name: str, given: dict[str, Any], people: dict[str, User]
) -> None:
    consultation = standing_at(state, people)
    actor = Actor(user=people["officer"])
    first = perform(consultation, name, actor=actor, seen=consultation.version, now=MORNING, **given)
    again = perform(consultation, name, actor=actor, seen=consultation.version, now=MORNING, **given)
    assert again == first
    with pytest.raises(ChangedMeanwhile):
        perform(
            consultation,
            "correct",
            actor=Actor(user=people["head"]),
            seen=consultation.version,
            now=MORNING,
            title="เรื่องใหม่",
        )


def test_the_main_path_keeps_every_promise_it_makes(people: dict[str, User]) -> None:
    consultation = carry_to(make_consultation(owner=people["officer"]), State.CLOSED, **people)
    assert list(consultation.events.order_by("pk").values_list("step", "to_state")) == [
        ("receive", "received"),
        ("accept", "screened"),
        ("summarise", "checking"),
        ("submit", "on_desk"),
        ("order", "ordered"),
        ("write_result", "ordered"),
        ("tell_raiser", "ordered"),
        ("tell_minister", "told"),
        ("close", "closed"),
    ]
    assert not consultation.deadlines.unmet().exists()
    assert set(consultation.deadlines.values_list("kind", flat=True)) == {
        "screen", "both_told", "opinion", "check", "order", "close",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("state", "kinds", "whose"),
    [
        (State.RECEIVED, {"screen", "both_told"}, "officer"),
        (State.SCREENED, {"opinion", "both_told"}, "officer"),
        (State.ASKED, {"agency_answer", "both_told"}, ""),
        (State.ANSWERED, {"opinion", "both_told"}, "officer"),
        (State.CHECKING, {"check", "both_told"}, "head"),
        (State.ON_DESK, {"order", "both_told"}, "executive"),
        (State.ORDERED, {"both_told"}, "officer"),
        (State.TOLD, {"close"}, "officer"),
        (State.CLOSED, set(), ""),
    ],
)
def test_every_state_owes_something_to_somebody(
    state: State, kinds: set[str], whose: str, people: dict[str, User]
) -> None:
    owed = standing_at(state, people).deadlines.unmet()
    assert set(owed.values_list("kind", flat=True)) == kinds
    own = owed.exclude(kind="both_told").first() or owed.first()
    assert (own.responsible if own else None) == people.get(whose)


# ── Receiving ───────────────────────────────────────────────────────────────────────────────


def test_it_is_promised_at_receipt_that_both_will_be_told() -> None:
    consultation = make_consultation()
    assert consultation.label == "ขห ๑/๒๕๕๓"
    promise = consultation.deadlines.get(kind=Deadline.Kind.BOTH_TOLD)
    # Thirty calendar days from 17 November: 17 December, at the office's closing.
    assert promise.due_at == at(2009, 12, 17, 16, 30)
    assert consultation.deadlines.get(kind=Deadline.Kind.SCREEN).due_at == at(2009, 11, 18, 16, 30)


def test_its_email_is_the_members_unless_one_is_given() -> None:
    assert make_consultation().raiser_email == "member@parliament.example"
    assert make_consultation(by_body=True, raiser_email="o@ombudsman.example").raiser_email == (
        "o@ombudsman.example"
    )


def test_it_is_raised_by_one_a_member_or_an_organisation() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_consultation(member=make_member(), body=make_body())
    with pytest.raises(IntegrityError), transaction.atomic():
        make_consultation(member=None)


def test_it_is_found_by_its_raiser_and_its_words(people: dict[str, User]) -> None:
    consultation = make_consultation(by_body=True, owner=people["officer"])
    found = find(people["officer"], "ผู้ตรวจการ")
    assert [row.pk for row in found.rows] == [consultation.pk]


# ── Screening ───────────────────────────────────────────────────────────────────────────────


def test_who_screens_what_nobody_carries_takes_it(people: dict[str, User]) -> None:
    consultation = make_consultation()
    take(consultation, "accept", people["officer"])
    assert fresh(consultation).owner == people["officer"]
    assert fresh(consultation).screening == Screening.ACCEPTED


def test_what_is_not_ours_is_told_to_both_without_an_order(people: dict[str, User]) -> None:
    consultation = make_consultation(owner=people["officer"])
    take(consultation, "find_not_ours", people["officer"], told_text="อยู่ในอำนาจของท้องถิ่น", reason="เป็นเรื่องถนน")
    assert {one.name for one in open_steps(fresh(consultation), Actor(user=people["head"]))} >= {
        "confirm_screening",
        "send_back",
    }
    with pytest.raises(StepRefused):
        take(consultation, "submit", people["head"], to=people["executive"])
    take(consultation, "confirm_screening", people["head"])
    take(consultation, "tell_raiser", people["officer"], **told_by_letter())
    take(consultation, "tell_minister", people["officer"], **told_by_letter())
    take(consultation, "close", people["officer"], result="elsewhere")
    assert fresh(consultation).deadlines.get(kind="both_told").met_at == MORNING


def test_only_the_head_confirms_that_it_is_not_ours(people: dict[str, User]) -> None:
    consultation = make_consultation(owner=people["officer"])
    take(consultation, "pass_on", people["officer"], passed_to="กระทรวงมหาดไทย", told_text="ส่งต่อแล้ว")
    with pytest.raises(StepRefused):
        take(consultation, "confirm_screening", people["officer"])
    take(consultation, "send_back", people["head"], reason="เป็นของเรา")
    back = fresh(consultation)
    assert (back.state, back.screening, back.passed_to) == (State.RECEIVED, "", "")
    assert back.deadlines.unmet().filter(kind="screen").exists()


def test_accepted_after_all_it_has_no_result_until_one_is_written(people: dict[str, User]) -> None:
    consultation = make_consultation(owner=people["officer"])
    take(consultation, "find_not_ours", people["officer"], told_text="ไม่อยู่ในอำนาจ", reason="เป็นเรื่องถนน")
    take(consultation, "send_back", people["head"], reason="เป็นของเรา")
    assert fresh(consultation).told_text == "ไม่อยู่ในอำนาจ", "it is there to be written otherwise"
    ordered = carry_to(consultation, State.ORDERED, **people)
    accepted = consultation.events.get(step="accept")
    assert accepted.changes["told_text"] == ["ไม่อยู่ในอำนาจ", ""]
    assert next_step_of(ordered) == "write_result"
    with pytest.raises(StepRefused):
        take(consultation, "mail_raiser", people["officer"], raiser_email="member@parliament.example")


def test_it_is_passed_on_to_somebody_named(people: dict[str, User]) -> None:
    consultation = make_consultation(owner=people["officer"])
    with pytest.raises(ValidationError) as refused:
        take(consultation, "pass_on", people["officer"], passed_to=" ", told_text="ส่งต่อ")
    assert "passed_to" in refused.value.error_dict
    assert fresh(consultation).state == State.RECEIVED


# ── Asking agencies ─────────────────────────────────────────────────────────────────────────


def test_the_facts_of_an_agency_lead_to_an_opinion(people: dict[str, User]) -> None:
    consultation = standing_at(State.ANSWERED, people)
    take(consultation, "summarise", people["officer"], summary="สรุป", opinion="ความเห็น")
    take(consultation, "send_back", people["head"], reason="ขอตัวเลข")
    assert fresh(consultation).state == State.ANSWERED


def test_with_nobody_left_to_ask_the_opinion_is_owed_without_facts(people: dict[str, User]) -> None:
    consultation = standing_at(State.ASKED, people)
    request = AgencyRequest.objects.get()
    agency = Actor(label=request.agency.name, agency_id=request.agency_id)
    take(consultation, "decline_request", agency, request=request, reason="ไม่ใช่หน้าที่")
    assert fresh(consultation).state == State.SCREENED
    assert fresh(consultation).deadlines.unmet().filter(kind="opinion").count() == 1


def test_an_opinion_that_is_late_when_agencies_are_asked_stays_late(people: dict[str, User]) -> None:
    consultation = standing_at(State.SCREENED, people)
    late = at(2009, 11, 30)
    asks = [Ask(make_agency())]
    take(consultation, "ask_agencies", people["officer"], now=late, asks=asks, asked="ขอข้อเท็จจริง")
    assert fresh(consultation).deadlines.get(kind="opinion").is_late(late)


def test_a_withdrawal_closes_the_agencies_links(people: dict[str, User]) -> None:
    consultation = standing_at(State.ASKED, people)
    take(consultation, "withdraw", people["officer"], reason="ขอถอน")
    assert not AgencyRequest.objects.open().exists()
    assert not fresh(consultation).deadlines.unmet().exists()


# ── Opinion, check, order ───────────────────────────────────────────────────────────────────


def test_a_draft_is_kept_without_moving_on(people: dict[str, User]) -> None:
    consultation = standing_at(State.SCREENED, people)
    take(consultation, "save_draft", people["officer"], summary="ร่าง")
    assert (fresh(consultation).state, fresh(consultation).summary) == (State.SCREENED, "ร่าง")


def test_the_head_sends_an_opinion_back_with_a_reason(people: dict[str, User]) -> None:
    consultation = standing_at(State.CHECKING, people)
    event = take(consultation, "send_back", people["head"], reason="ขอตัวเลขครู")
    assert (fresh(consultation).state, event.reason) == (State.SCREENED, "ขอตัวเลขครู")
    assert fresh(consultation).deadlines.unmet().filter(kind="opinion").exists()


def test_the_minister_returns_it_with_remarks_and_the_promise_to_both_runs_on(
    people: dict[str, User],
) -> None:
    consultation = standing_at(State.ON_DESK, people)
    take(consultation, "return_with_remarks", people["executive"], reason="ขอทางเลือก")
    assert fresh(consultation).state == State.SCREENED
    assert fresh(consultation).deadlines.get(kind="both_told").met_at is None


def test_only_one_in_authority_gets_it_on_the_desk(people: dict[str, User]) -> None:
    consultation = standing_at(State.CHECKING, people)
    with pytest.raises(ValidationError):
        take(consultation, "submit", people["head"], to=people["officer"])


# ── Both are told ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("order", [("tell_raiser", "tell_minister"), ("tell_minister", "tell_raiser")])
def test_the_second_of_the_two_keeps_the_promise_in_either_order(
    order: tuple[str, str], people: dict[str, User]
) -> None:
    consultation = standing_at(State.ORDERED, people)
    take(consultation, order[0], people["officer"], **told_by_letter())
    assert fresh(consultation).state == State.ORDERED
    assert fresh(consultation).deadlines.get(kind="both_told").met_at is None
    second = at(2009, 11, 18, 10)
    take(consultation, order[1], people["officer"], now=second, **told_by_letter(told_on=second.date()))
    told = fresh(consultation)
    assert (told.state, told.who_is_told) == (State.TOLD, WhoIsTold.BOTH)
    assert told.deadlines.get(kind="both_told").met_at == second


def test_who_is_told_is_counted_by_the_database(people: dict[str, User]) -> None:
    consultation = standing_at(State.ORDERED, people)
    assert consultation.who_is_told == WhoIsTold.NOBODY
    take(consultation, "tell_minister", people["officer"], **told_by_letter())
    assert fresh(consultation).who_is_told == WhoIsTold.MINISTER


def test_a_telling_written_down_later_counts_at_its_own_day(people: dict[str, User]) -> None:
    consultation = standing_at(State.ORDERED, people)
    take(consultation, "tell_raiser", people["officer"], **told_by_letter())
    afterwards = at(2009, 12, 21)
    take(
        consultation,
        "tell_minister",
        people["officer"],
        now=afterwards,
        **told_by_letter(told_on=date(2009, 12, 17)),
    )
    promise = fresh(consultation).deadlines.get(kind="both_told")
    assert promise.met_at == at(2009, 12, 17, 16, 30)
    assert not promise.is_late(afterwards)


def test_one_told_too_late_needs_a_reason_and_stays_late(people: dict[str, User]) -> None:
    consultation = standing_at(State.ORDERED, people)
    take(consultation, "tell_raiser", people["officer"], **told_by_letter())
    late = at(2009, 12, 21)
    with pytest.raises(ValidationError) as refused:
        take(
            consultation, "tell_minister", people["officer"], now=late, **told_by_letter(told_on=late.date())
        )
    assert "late_reason" in refused.value.error_dict
    take(
        consultation,
        "tell_minister",
        people["officer"],
        now=late,
        **told_by_letter(told_on=late.date(), late_reason="รอข้อมูล"),
    )
    promise = fresh(consultation).deadlines.get(kind="both_told")
    assert (promise.is_late(late), promise.late_reason) == (True, "รอข้อมูล")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"told_on": date(2009, 11, 18)}, "told_on"),
        ({"told_on": date(2009, 11, 16)}, "told_on"),
        ({"note": " "}, "note"),
    ],
)
def test_a_telling_has_a_possible_day_and_evidence(
    changes: dict[str, Any], field: str, people: dict[str, User]
) -> None:
    consultation = standing_at(State.ORDERED, people)
    with pytest.raises(ValidationError) as refused:
        take(consultation, "tell_raiser", people["officer"], **told_by_letter(**changes))
    assert field in refused.value.error_dict
    assert fresh(consultation).raiser_told_at is None


def test_the_evidence_may_be_a_file(people: dict[str, User], settings: Any) -> None:
    consultation = standing_at(State.ORDERED, people)
    take(consultation, "tell_raiser", people["officer"], **told_by_letter(note="", files=[upload()]))
    evidence = fresh(consultation).raiser_told_evidence
    assert evidence is not None
    assert evidence.name == "ใบตอบรับ.txt"


def test_the_executive_who_reads_the_result_here_has_been_told(people: dict[str, User]) -> None:
    consultation = standing_at(State.ORDERED, people)
    take(consultation, "note_result", people["executive"])
    told = fresh(consultation)
    assert (told.minister_told_at, told.minister_told_way) == (MORNING, TellingWay.HERE)


def test_noted_too_late_by_the_executive_the_officer_says_why_when_closing(people: dict[str, User]) -> None:
    consultation = standing_at(State.ORDERED, people)
    take(consultation, "tell_raiser", people["officer"], **told_by_letter())
    late = at(2009, 12, 21)
    take(consultation, "note_result", people["executive"], now=late)
    form = CloseForm(
        {"seen": 1, "result": "done"}, matter=fresh(consultation), user=people["officer"], now=late
    )
    assert list(form.errors) == ["late_reason"]
    with pytest.raises(ValidationError) as refused:
        take(consultation, "close", people["officer"], now=late, result="done")
    assert list(refused.value.error_dict) == ["late_reason"]
    take(consultation, "close", people["officer"], now=late, result="done", late_reason="ติดประชุมสภา")
    promise = fresh(consultation).deadlines.get(kind="both_told")
    assert (promise.met_at, promise.late_reason) == (late, "ติดประชุมสภา")


def test_told_in_time_or_explained_already_its_closing_asks_nothing_more(people: dict[str, User]) -> None:
    in_time, late = standing_at(State.TOLD, people), at(2009, 12, 21)
    explained = standing_at(State.ORDERED, people)
    told = told_by_letter(told_on=late.date(), late_reason="รอข้อมูล")
    take(explained, "tell_raiser", people["officer"], now=late, **told)
    take(explained, "note_result", people["executive"], now=late)
    for consultation in (in_time, explained):
        form = CloseForm(matter=fresh(consultation), user=people["officer"], now=late)
        assert "late_reason" not in form.fields
        take(consultation, "close", people["officer"], now=late, result="done")
    assert fresh(explained).deadlines.get(kind="both_told").late_reason == "รอข้อมูล"


def test_nobody_is_told_before_the_result_is_written(people: dict[str, User]) -> None:
    consultation = carry_to(make_consultation(owner=people["officer"]), State.ORDERED, **people)
    for name in ("tell_raiser", "tell_minister", "mail_raiser"):
        with pytest.raises(StepRefused):
            take(consultation, name, people["officer"])


def test_what_one_was_told_is_not_changed_for_the_other_who_may_have_a_line_more(
    people: dict[str, User],
) -> None:
    consultation = standing_at(State.ORDERED, people)
    take(consultation, "tell_raiser", people["officer"], **told_by_letter())
    text = fresh(consultation).told_text
    with pytest.raises(ValidationError) as refused:
        take(consultation, "write_result", people["officer"], told_text="อีกอย่างหนึ่ง")
    assert "told_text" in refused.value.error_dict
    with pytest.raises(ValidationError):
        take(consultation, "write_result", people["officer"], told_text=text, raiser_line="เพิ่ม")
    take(consultation, "write_result", people["officer"], told_text=text, minister_line="ใช้งบกลาง")
    assert fresh(consultation).text_for(fresh(consultation).minister_line).endswith("ใช้งบกลาง")


# ── The end ─────────────────────────────────────────────────────────────────────────────────


def test_it_is_not_closed_as_withdrawn_by_hand(people: dict[str, User]) -> None:
    consultation = standing_at(State.TOLD, people)
    with pytest.raises(ValidationError):
        take(consultation, "close", people["officer"], result="withdrawn")


def test_a_withdrawal_takes_back_what_is_owed(people: dict[str, User]) -> None:
    consultation = standing_at(State.CHECKING, people)
    take(consultation, "withdraw", people["officer"], reason="ผู้หารือขอถอน")
    ended = fresh(consultation)
    assert (ended.state, ended.result) == (State.CLOSED, "withdrawn")
    assert not ended.deadlines.unmet().exists()
    assert ended.deadlines.get(kind="both_told").dropped_at == MORNING


def test_what_is_late_at_a_withdrawal_stays_late(people: dict[str, User]) -> None:
    consultation = standing_at(State.CHECKING, people)
    late = at(2009, 12, 21)
    with pytest.raises(ValidationError):
        take(consultation, "withdraw", people["officer"], now=late, reason="ขอถอน")
    take(consultation, "withdraw", people["officer"], now=late, reason="ขอถอน", late_reason="รอข้อมูล")
    promise = fresh(consultation).deadlines.get(kind="both_told")
    assert (promise.is_late(late), promise.late_reason) == (True, "รอข้อมูล")


def test_reopened_both_are_owed_its_new_result(people: dict[str, User]) -> None:
    consultation = standing_at(State.CLOSED, people)
    take(consultation, "reopen", people["officer"], now=at(2009, 12, 1), reason="มีข้อเท็จจริงใหม่")
    again = fresh(consultation)
    assert (again.state, again.who_is_told, again.result) == (State.SCREENED, WhoIsTold.NOBODY, "")
    assert set(again.deadlines.unmet().values_list("kind", flat=True)) == {"opinion", "both_told"}
    assert again.deadlines.filter(kind="both_told", met_at=MORNING).exists()


def test_reopened_it_has_no_result_until_a_new_one_is_written(people: dict[str, User]) -> None:
    consultation = standing_at(State.ORDERED, people)
    lines = {"told_text": "จัดสรรแล้ว", "raiser_line": "ขอบคุณที่หารือ", "minister_line": "ใช้งบกลาง"}
    take(consultation, "write_result", people["officer"], **lines)
    for name in ("tell_raiser", "tell_minister"):
        take(consultation, name, people["officer"], **told_by_letter())
    take(consultation, "close", people["officer"], result="done")
    event = take(consultation, "reopen", people["officer"], reason="มีข้อเท็จจริงใหม่")
    assert {name: event.changes[name] for name in lines} == {name: [line, ""] for name, line in lines.items()}
    take(consultation, "summarise", people["officer"], summary="สรุปใหม่", opinion="เห็นควรแจ้งเพิ่ม")
    take(consultation, "submit", people["head"], to=people["executive"])
    take(consultation, "order", people["executive"], order_text="ดำเนินการ")
    assert next_step_of(fresh(consultation)) == "write_result"


def test_a_correction_stands_in_the_history_before_and_after(people: dict[str, User]) -> None:
    consultation = standing_at(State.RECEIVED, people, reference="๑")
    event = take(consultation, "correct", people["officer"], reference="ผผ ๒")
    assert event.changes["reference"] == ["๑", "ผผ ๒"]


def test_the_one_who_decided_is_told_that_the_result_is_written(people: dict[str, User]) -> None:
    consultation = standing_at(State.ORDERED, people)
    assert Notice.objects.filter(recipient=people["executive"], matter_id=consultation.pk).exists()
