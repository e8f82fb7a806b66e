"""The path of interpellations and motions: who takes which step from where, what each state owes, how they end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from office.calendar import OFFICE_TZ
from office.models import Deadline, Event, User
from office.steps import Actor, ChangedMeanwhile, StepRefused, find_step, perform
from office.templatetags.prasan import date_short
from parliament.answer_lines import answer_lines
from parliament.forms.answering import GivenForm
from parliament.models import AgencyRequest, AnswerDraft, AnswerState, DraftRemark, Interpellation, Motion
from parliament.models.answer_state import NOT_APPROVED, NOT_GIVEN, UNCLOSED, WITH_OFFICER
from parliament.models.answering import AnsweringSteps
from tests.cast import MORNING, make_executive
from tests.parliament.cast import make_politics_colleague, make_politics_head, make_politics_officer
from tests.parliament.meetings_cast import make_meeting, with_agenda
from tests.parliament.questions_cast import (
    ANSWER,
    Kind,
    ask,
    bring_to,
    fresh,
    make_agencies,
    make_interpellation,
    make_motion,
    take_step,
)

pytestmark = pytest.mark.django_db

State = AnswerState
Promise = Deadline.Kind


def at(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2009, month, day, hour, minute, tzinfo=OFFICE_TZ)


@pytest.fixture
def people() -> dict[str, User]:
    return {"officer": make_politics_officer(), "head": make_politics_head(), "executive": make_executive()}


def reach(matter: AnsweringSteps, state: AnswerState, people: dict[str, User]) -> Any:
    return bring_to(
        matter, state, officer=people["officer"], head=people["head"], executive=people["executive"]
    )


def owed(matter: AnsweringSteps) -> dict[str, User | None]:
    return {one.kind: one.responsible for one in matter.deadlines.unmet().select_related("responsible")}


# ── What is owed ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("kind", "chamber", "due"),
    [
        # Thirty calendar days from Tuesday 17 November 2009; one working day for an urgent one.
        (Kind.SITTING, "house", at(12, 17, 16, 30)),
        (Kind.GAZETTE, "senate", at(12, 17, 16, 30)),
        (Kind.URGENT, "house", at(11, 18, 16, 30)),
    ],
)
def test_the_answer_is_due_by_the_rule_of_its_chamber_and_kind(
    kind: str, chamber: str, due: datetime, people: dict[str, User]
) -> None:
    question = make_interpellation(owner=people["officer"], kind=kind, chamber=chamber)
    promise = question.deadlines.get(kind=Promise.HOUSE_ANSWER)
    assert (promise.due_at, promise.responsible) == (due, people["officer"])


def test_a_sitting_that_is_known_sets_the_day(people: dict[str, User]) -> None:
    question = make_interpellation(owner=people["officer"], sitting_on=date(2009, 11, 26))
    assert question.deadlines.get(kind=Promise.HOUSE_ANSWER).due_at == at(11, 26, 23, 59)


def test_every_state_owes_one_thing_to_one_person_beside_the_answer(people: dict[str, User]) -> None:
    question = make_interpellation(owner=people["officer"], kind=Kind.GAZETTE)
    answer = {Promise.HOUSE_ANSWER: people["officer"]}
    assert owed(question) == answer | {Promise.REFERRAL: people["officer"]}
    reach(question, State.DRAFTING, people)
    assert owed(question) == answer | {Promise.DRAFT: people["officer"]}
    reach(question, State.CHECKING, people)
    assert owed(question) == answer | {Promise.CHECK: people["head"]}
    reach(question, State.ON_DESK, people)
    assert owed(question) == answer | {Promise.ORDER: people["executive"]}
    reach(question, State.APPROVED, people)
    assert owed(question) == answer
    take_step(question, "send_to_gazette", people["officer"], answered_at=MORNING)
    assert owed(question) == {Promise.GAZETTE: None}
    printed: dict[str, Any] = {"volume": "๑๒๖", "part": "พิเศษ", "page": "๑", "gazette_on": date(2009, 11, 20)}
    take_step(question, "record_printing", people["officer"], now=at(11, 23), **printed)
    assert owed(question) == {Promise.CLOSE: people["officer"]}
    take_step(question, "close", people["officer"], now=at(11, 23))
    assert owed(question) == {}
    assert fresh(question).result == Interpellation.Result.PRINTED


# ── Steps: by whom, from where ────────────────────────────────────────────────────────────────

OF_OFFICER = {"officer", "head"}
ROWS: list[tuple[str, Sequence[AnswerState], set[str]]] = [
    ("save_draft", WITH_OFFICER, OF_OFFICER),
    ("submit_draft", WITH_OFFICER, OF_OFFICER),
    ("mend_draft", [State.CHECKING], {"head"}),
    ("put_to_minister", [State.CHECKING], {"head"}),
    ("send_back", [State.CHECKING], {"head"}),
    ("approve", [State.ON_DESK], {"executive"}),
    ("return_with_remarks", [State.ON_DESK], {"executive"}),
    ("answer_in_sitting", [State.APPROVED], OF_OFFICER),
    ("answer_without_text", NOT_APPROVED, OF_OFFICER),
    ("set_sitting", NOT_GIVEN, OF_OFFICER),
    ("follow_meeting", NOT_GIVEN, OF_OFFICER | {"colleague"}),
    ("withdraw", NOT_GIVEN, OF_OFFICER),
    ("transfer", NOT_GIVEN, OF_OFFICER),
    ("lapse", NOT_GIVEN, OF_OFFICER),
    ("correct", UNCLOSED, OF_OFFICER),
]
GIVEN: dict[str, dict[str, Any]] = {
    "save_draft": {"answer_text": "ข้อความใหม่"},
    "submit_draft": {"answer_text": "ข้อความใหม่"},
    "mend_draft": {"answer_text": "ข้อความที่หัวหน้าแก้"},
    "answer_in_sitting": {"answered_at": MORNING, "answered_by": "รมว.ศธ."},
    "answer_without_text": {"answered_at": MORNING, "answered_by": "รมว.ศธ."},
    "set_sitting": {"sitting_on": date(2009, 11, 26), "decided_on": date(2009, 11, 17)},
    "transfer": {"to": "กระทรวงมหาดไทย"},
    "correct": {"title": "ชื่อเรื่องที่แก้แล้ว"},
}
MAIN_PATH = [State.RECEIVED, State.DRAFTING, State.CHECKING, State.ON_DESK, State.APPROVED]


@pytest.mark.parametrize("state", MAIN_PATH)
@pytest.mark.parametrize(("name", "sources", "who"), ROWS)
def test_a_step_is_open_where_and_to_whom_the_table_says(
    name: str, sources: Sequence[AnswerState], who: set[str], state: AnswerState, people: dict[str, User]
) -> None:
    cast = people | {"colleague": make_politics_colleague()}
    question = reach(make_interpellation(owner=people["officer"]), state, people)
    given = dict(GIVEN.get(name, {}))
    if name == "put_to_minister":
        given["to"] = people["executive"]
    if name == "follow_meeting":
        item = with_agenda(make_meeting(owner=people["officer"]), people["officer"])
        given |= {"item": item, "day": date(2009, 11, 26)}
    for role, person in cast.items():
        allowed = state in sources and role in who
        with transaction.atomic():
            try:
                take_step(question, name, person, reason="เหตุผล", **given)
                taken = True
            except StepRefused:
                taken = False
            transaction.set_rollback(True)
        assert taken is allowed, (role, state, name)


def test_a_second_click_is_harmless(people: dict[str, User]) -> None:
    question = reach(make_interpellation(owner=people["officer"]), State.ON_DESK, people)
    actor = Actor(user=people["executive"])
    first = perform(question, "approve", actor=actor, seen=question.version, now=MORNING)
    assert perform(question, "approve", actor=actor, seen=question.version, now=MORNING) == first
    assert AnswerDraft.objects.approved().count() == 1


@pytest.mark.parametrize("make", [make_interpellation, make_motion])
@pytest.mark.parametrize("name", ["save_draft", "submit_draft"])
def test_what_a_second_window_says_is_never_taken_for_said(
    make: Callable[..., Any], name: str, people: dict[str, User]
) -> None:
    matter = make(owner=people["officer"])
    by = {"actor": Actor(user=people["officer"]), "seen": matter.version, "now": MORNING}
    first = perform(matter, name, answer_text=ANSWER, **by)
    assert perform(matter, name, answer_text=f"{ANSWER}\r\n", **by) == first
    with pytest.raises(ChangedMeanwhile):
        perform(matter, name, answer_text="ถ้อยคำจากหน้าต่างที่สอง", **by)
    assert [draft.text for draft in matter.drafts_when_read] == [ANSWER]


def test_an_answer_reused_twice_is_one_step_unless_more_was_typed(people: dict[str, User]) -> None:
    answered = reach(make_interpellation(owner=people["officer"]), State.APPROVED, people)
    question = make_interpellation(owner=people["officer"])
    by = {"actor": Actor(user=people["officer"]), "seen": question.version, "now": MORNING}
    given = {"source": answered.approved_draft, "answer_text": "พิมพ์ไว้ก่อน"}
    first = perform(question, "reuse_answer", **given, **by)
    assert perform(question, "reuse_answer", **given, **by) == first
    with pytest.raises(ChangedMeanwhile):
        perform(question, "reuse_answer", **given | {"answer_text": "ถ้อยคำอื่น"}, **by)


def test_a_page_that_is_behind_changes_nothing(people: dict[str, User]) -> None:
    question = make_interpellation(owner=people["officer"])
    seen = question.version
    take_step(question, "save_draft", people["officer"], answer_text=ANSWER)
    actor = Actor(user=people["head"])
    with pytest.raises(ChangedMeanwhile):
        perform(question, "submit_draft", actor=actor, seen=seen, now=MORNING, answer_text="อื่น")
    assert AnswerDraft.objects.count() == 1


def test_sending_back_and_returning_need_words(people: dict[str, User]) -> None:
    for name in ("send_back", "return_with_remarks", "withdraw", "transfer", "lapse", "reopen"):
        assert find_step(Interpellation, name).custom["needs_reason"], name


# ── Versions ──────────────────────────────────────────────────────────────────────────────────


def test_each_save_is_a_version_and_the_same_text_none(people: dict[str, User]) -> None:
    question = make_interpellation(owner=people["officer"])
    take_step(question, "save_draft", people["officer"], answer_text="ฉบับแรก\r\nบรรทัดสอง", note="เริ่มร่าง")
    take_step(question, "save_draft", people["officer"], answer_text="ฉบับแรก\nบรรทัดสอง ")
    take_step(question, "save_draft", people["officer"], answer_text="ฉบับสอง")
    versions = AnswerDraft.objects.filter(matter=question).order_by("version")
    assert [(one.version, one.text, one.note) for one in versions] == [
        (1, "ฉบับแรก\nบรรทัดสอง", "เริ่มร่าง"),
        (2, "ฉบับสอง", ""),
    ]
    assert Event.objects.filter(step="save_draft").last().changes["draft"] == ["1", "2"]  # type: ignore[union-attr]


def test_an_empty_text_is_no_version(people: dict[str, User]) -> None:
    question = make_interpellation(owner=people["officer"])
    with pytest.raises(ValidationError):
        take_step(question, "submit_draft", people["officer"], answer_text=" \n ")


def test_why_a_draft_came_back_stands_as_a_remark_on_its_version(people: dict[str, User]) -> None:
    question = reach(make_interpellation(owner=people["officer"]), State.CHECKING, people)
    take_step(question, "send_back", people["head"], reason="ขอตัวเลข")
    remark = DraftRemark.objects.get()
    assert (remark.by, remark.text, remark.draft.version) == (people["head"], "ขอตัวเลข", 1)
    assert fresh(question).state == State.DRAFTING


def test_the_approved_text_changes_no_more_by_model_and_by_database(people: dict[str, User]) -> None:
    question = reach(make_interpellation(owner=people["officer"]), State.APPROVED, people)
    draft = question.approved_draft
    draft.text = "แก้ภายหลัง"
    with pytest.raises(TypeError):
        draft.save()
    with pytest.raises(TypeError):
        draft.delete()
    changes: list[dict[str, Any]] = [{"text": "แก้ภายหลัง"}, {"approved_at": None}, {"note": "x"}]
    for change in changes:
        with pytest.raises(IntegrityError), transaction.atomic():
            AnswerDraft.objects.filter(pk=draft.pk).update(**change)
    with pytest.raises(StepRefused):
        take_step(question, "save_draft", people["officer"], answer_text="แก้ภายหลัง")
    assert AnswerDraft.objects.get().text == ANSWER


def test_a_version_that_is_not_approved_cannot_be_rewritten_either(people: dict[str, User]) -> None:
    question = reach(make_interpellation(owner=people["officer"]), State.DRAFTING, people)
    with pytest.raises(IntegrityError), transaction.atomic():
        AnswerDraft.objects.filter(matter=question).update(text="อื่น")


def test_two_approved_texts_of_one_matter_are_refused_by_the_database(people: dict[str, User]) -> None:
    question = reach(make_interpellation(owner=people["officer"]), State.APPROVED, people)
    with pytest.raises(IntegrityError), transaction.atomic():
        AnswerDraft.objects.create(
            matter=question,
            version=2,
            text="อีกฉบับ",
            written_by=people["officer"],
            written_at=MORNING,
            approved_at=MORNING,
            approved_by=people["executive"],
        )
    assert connection.vendor in ("sqlite", "postgresql")


def test_a_draft_put_up_while_agencies_are_awaited_waits_for_them_no_more(people: dict[str, User]) -> None:
    question = make_interpellation(owner=people["officer"])
    ask(question, people["officer"], make_agencies(2))
    take_step(question, "save_draft", people["officer"], answer_text=ANSWER)
    assert fresh(question).state == State.ASKED
    take_step(question, "submit_draft", people["officer"], answer_text=ANSWER)
    assert fresh(question).state == State.CHECKING
    assert not AgencyRequest.objects.open().exists()


# ── The chamber ───────────────────────────────────────────────────────────────────────────────


def test_an_answer_in_the_sitting_is_in_time_however_late_it_is_written_down(people: dict[str, User]) -> None:
    question = make_interpellation(owner=people["officer"], sitting_on=date(2009, 11, 26))
    reach(question, State.APPROVED, people)
    given: dict[str, Any] = {"answered_at": at(11, 26, 20), "answered_by": "รมช.ศธ."}
    take_step(question, "answer_in_sitting", people["officer"], now=at(11, 30), **given)
    promise = question.deadlines.get(kind=Promise.HOUSE_ANSWER)
    assert (promise.met_at, promise.is_late(at(11, 30))) == (at(11, 26, 20), False)


def test_an_answer_too_late_stays_late_with_its_reason(people: dict[str, User]) -> None:
    question = reach(make_interpellation(owner=people["officer"], kind=Kind.URGENT), State.APPROVED, people)
    given: dict[str, Any] = {
        "answered_at": at(11, 20),
        "answered_by": "รมว.ศธ.",
        "late_reason": "ติดราชการต่างประเทศ",
    }
    take_step(question, "answer_in_sitting", people["officer"], now=at(11, 20), **given)
    promise = question.deadlines.get(kind=Promise.HOUSE_ANSWER)
    assert promise.is_late(at(11, 20))
    assert promise.late_reason == "ติดราชการต่างประเทศ"


@pytest.mark.parametrize(
    ("make", "name"), [(make_interpellation, "answer_in_sitting"), (make_motion, "give_statement")]
)
def test_an_answer_too_late_needs_a_reason(make: Any, name: str, people: dict[str, User]) -> None:
    matter = reach(make(owner=people["officer"]), State.APPROVED, people)
    due = matter.deadlines.get(kind=Promise.HOUSE_ANSWER).due_at
    given: dict[str, Any] = {"answered_at": due + timedelta(minutes=1), "answered_by": "รมว.ศธ."}
    for said in ({}, {"late_reason": " "}):
        with pytest.raises(ValidationError) as refused:
            take_step(matter, name, people["officer"], now=at(12, 20), **given, **said)
        assert list(refused.value.error_dict) == ["late_reason"]
    take_step(matter, name, people["officer"], now=at(12, 20), **given, late_reason="ติดราชการ")
    assert matter.deadlines.get(kind=Promise.HOUSE_ANSWER).late_reason == "ติดราชการ"


def test_the_form_asks_why_beside_its_field_only_of_what_was_answered_too_late(
    people: dict[str, User],
) -> None:
    question = reach(make_interpellation(owner=people["officer"], kind=Kind.URGENT), State.APPROVED, people)
    given = {"seen": 1, "answered_by": "รมว.ศธ.", "answered_time": "16.00"}

    def form(day: str) -> GivenForm:
        return GivenForm(
            {**given, "answered_on": day}, matter=fresh(question), user=people["officer"], now=at(11, 20)
        )

    assert form("18/11/2552").is_valid()
    assert list(form("19/11/2552").errors) == ["late_reason"]


def test_an_answer_is_neither_to_come_nor_before_the_question(people: dict[str, User]) -> None:
    question = reach(make_interpellation(owner=people["officer"]), State.APPROVED, people)
    for moment in (MORNING + timedelta(hours=1), MORNING - timedelta(hours=1)):
        with pytest.raises(ValidationError):
            take_step(
                question, "answer_in_sitting", people["officer"], answered_at=moment, answered_by="รมว.ศธ."
            )


def test_a_gazette_question_is_not_answered_in_a_sitting(people: dict[str, User]) -> None:
    question = reach(make_interpellation(owner=people["officer"], kind=Kind.GAZETTE), State.APPROVED, people)
    with pytest.raises(StepRefused):
        take_step(question, "answer_in_sitting", people["officer"], answered_at=MORNING, answered_by="x")


def test_printed_before_it_was_sent_is_refused(people: dict[str, User]) -> None:
    question = reach(make_interpellation(owner=people["officer"], kind=Kind.GAZETTE), State.APPROVED, people)
    take_step(question, "send_to_gazette", people["officer"], answered_at=MORNING)
    given: dict[str, Any] = {"volume": "๑", "part": "๑", "page": "๑", "gazette_on": date(2009, 11, 16)}
    with pytest.raises(ValidationError):
        take_step(question, "record_printing", people["officer"], **given)


def test_a_postponed_sitting_takes_the_promise_along_with_an_event(people: dict[str, User]) -> None:
    question = make_interpellation(owner=people["officer"], sitting_on=date(2009, 11, 26))
    given: dict[str, Any] = {"sitting_on": date(2009, 12, 3), "decided_on": date(2009, 11, 26)}
    with pytest.raises(ValidationError):
        take_step(question, "set_sitting", people["officer"], now=at(11, 27), **given)
    take_step(question, "set_sitting", people["officer"], now=at(11, 27), reason="ผู้ตั้งกระทู้ขอเลื่อน", **given)
    promise = question.deadlines.unmet().get(kind=Promise.HOUSE_ANSWER)
    assert (promise.due_at, promise.responsible) == (at(12, 3, 23, 59), people["officer"])
    event = Event.objects.get(step="set_sitting")
    moved = [datetime.fromisoformat(moment) for moment in event.changes["due"]]
    assert moved == [at(11, 26, 23, 59), at(12, 3, 23, 59)]
    # One promise to the chamber, and the one it took the place of.
    assert question.deadlines.filter(kind=Promise.HOUSE_ANSWER, dropped_at=None).count() == 1


def test_what_was_late_before_it_was_postponed_stays_late(people: dict[str, User]) -> None:
    question = make_interpellation(owner=people["officer"], sitting_on=date(2009, 11, 26))
    given: dict[str, Any] = {"sitting_on": date(2009, 12, 3), "decided_on": date(2009, 11, 27)}
    take_step(question, "set_sitting", people["officer"], now=at(11, 27), reason="เลื่อน", **given)
    promise = question.deadlines.unmet().get(kind=Promise.HOUSE_ANSWER)
    assert promise.due_at == at(11, 26, 23, 59)
    assert fresh(question).sitting_on == date(2009, 12, 3)


def test_a_gazette_question_has_no_sitting(people: dict[str, User]) -> None:
    question = make_interpellation(owner=people["officer"], kind=Kind.GAZETTE)
    with pytest.raises(StepRefused):
        take_step(question, "set_sitting", people["officer"], **GIVEN["set_sitting"])
    motion = make_motion(owner=people["officer"])
    take_step(motion, "set_sitting", people["officer"], **GIVEN["set_sitting"])
    assert fresh(motion).sitting_on == date(2009, 11, 26)


def test_a_kind_corrected_owes_the_answer_by_its_own_rule_from_the_receipt(people: dict[str, User]) -> None:
    question = make_interpellation(owner=people["officer"], kind=Kind.URGENT)
    take_step(question, "correct", people["officer"], now=at(11, 18), interpellation_kind=Kind.GAZETTE)
    promise = question.deadlines.unmet().get(kind=Promise.HOUSE_ANSWER)
    assert (promise.due_at, promise.start_at) == (at(12, 17, 16, 30), MORNING)
    assert (promise.responsible, promise.rule.scope) == (people["officer"], "house:gazette")
    assert question.deadlines.filter(kind=Promise.HOUSE_ANSWER, dropped_at=None).count() == 1
    event = Event.objects.get(step="correct")
    assert event.changes["promise"] == ["", Promise.HOUSE_ANSWER]
    moved = [datetime.fromisoformat(moment) for moment in event.changes["due"]]
    assert moved == [at(11, 18, 16, 30), at(12, 17, 16, 30)]


def test_what_was_late_before_its_kind_was_corrected_stays_late(people: dict[str, User]) -> None:
    question = make_interpellation(owner=people["officer"], kind=Kind.URGENT)
    take_step(question, "correct", people["officer"], now=at(11, 19), interpellation_kind=Kind.GAZETTE)
    assert question.deadlines.unmet().get(kind=Promise.HOUSE_ANSWER).due_at == at(11, 18, 16, 30)


def test_corrected_to_the_gazette_it_loses_its_sitting_and_a_sitting_keeps_its_day(
    people: dict[str, User],
) -> None:
    question = make_interpellation(owner=people["officer"], sitting_on=date(2009, 11, 26))
    take_step(question, "correct", people["officer"], interpellation_kind=Kind.URGENT)
    assert question.deadlines.unmet().get(kind=Promise.HOUSE_ANSWER).due_at == at(11, 26, 23, 59)
    take_step(question, "correct", people["officer"], interpellation_kind=Kind.GAZETTE)
    assert fresh(question).sitting_on is None
    assert question.deadlines.unmet().get(kind=Promise.HOUSE_ANSWER).due_at == at(12, 17, 16, 30)


def test_corrected_in_anything_else_the_answer_is_due_as_it_was(people: dict[str, User]) -> None:
    question = make_interpellation(owner=people["officer"])
    motion = make_motion(owner=people["officer"])
    for matter, facts in ((question, {"title": "ชื่อเรื่องที่แก้แล้ว"}), (motion, {"chamber": "joint"})):
        take_step(matter, "correct", people["officer"], **facts)
        assert matter.deadlines.filter(kind=Promise.HOUSE_ANSWER).count() == 1


@pytest.mark.parametrize("make", [make_interpellation, make_motion])
@pytest.mark.parametrize(
    ("name", "result"), [("withdraw", "withdrawn"), ("transfer", "transferred"), ("lapse", "lapsed")]
)
def test_ended_early_nothing_is_owed_and_agencies_need_not_answer(
    make: Any, name: str, result: str, people: dict[str, User]
) -> None:
    matter = make(owner=people["officer"])
    [request] = ask(matter, people["officer"], make_agencies(1))
    given: dict[str, Any] = {"to": "กระทรวงมหาดไทย"} if name == "transfer" else {}
    take_step(matter, name, people["officer"], reason="ตามหนังสือสภา", **given)
    ended = fresh(matter)
    assert (ended.state, ended.result, ended.closed_at) == (State.CLOSED, result, MORNING)
    assert owed(ended) == {}
    again = AgencyRequest.objects.with_whom().get(pk=request.pk)
    assert again.standing == AgencyRequest.Standing.TAKEN_BACK


def test_what_is_late_when_it_ends_stays_late(people: dict[str, User]) -> None:
    question = make_interpellation(owner=people["officer"], kind=Kind.URGENT)
    take_step(question, "lapse", people["officer"], now=at(11, 20), reason="ยุบสภา")
    promise = question.deadlines.get(kind=Promise.HOUSE_ANSWER)
    assert (promise.met_at, promise.dropped_at) == (at(11, 20), None)


def test_ended_by_mistake_it_goes_on_with_its_old_promise(people: dict[str, User]) -> None:
    question = reach(make_interpellation(owner=people["officer"]), State.DRAFTING, people)
    due = question.deadlines.get(kind=Promise.HOUSE_ANSWER).due_at
    take_step(question, "withdraw", people["officer"], reason="เข้าใจผิด")
    take_step(question, "reopen", people["officer"], now=at(11, 18), reason="ยังไม่ได้ถอน")
    again = fresh(question)
    assert (again.state, again.result, again.closed_at) == (State.DRAFTING, "", None)
    promise = again.deadlines.unmet().get(kind=Promise.HOUSE_ANSWER)
    assert promise.due_at == due
    assert again.deadlines.filter(kind=Promise.HOUSE_ANSWER).count() == 1


# ── What was recorded by mistake ──────────────────────────────────────────────────────────────


def given_by_mistake(people: dict[str, User], **facts: Any) -> Interpellation:
    """An answer in the sitting that was another question's."""
    question = reach(make_interpellation(owner=people["officer"], **facts), State.APPROVED, people)
    take_step(question, "answer_in_sitting", people["officer"], answered_at=MORNING, answered_by="รมว.ศธ.")
    return question


def test_an_answer_recorded_by_mistake_is_owed_as_before(people: dict[str, User]) -> None:
    question = given_by_mistake(people)
    approved = question.approved_draft
    before = question.deadlines.get(kind=Promise.HOUSE_ANSWER)
    with pytest.raises(ValidationError):
        take_step(question, "take_back_answer", people["officer"])
    for person in (people["executive"], make_politics_colleague()):
        with pytest.raises(StepRefused):
            take_step(question, "take_back_answer", person, reason="ผิดกระทู้")
    event = take_step(question, "take_back_answer", people["officer"], now=at(11, 18), reason="ผิดกระทู้")
    again = fresh(question)
    assert (again.state, again.answered_at, again.answered_by) == (State.APPROVED, None, "")
    assert again.approved_draft == approved
    assert owed(again) == {Promise.HOUSE_ANSWER: people["officer"]}
    promise = again.deadlines.get(kind=Promise.HOUSE_ANSWER)
    assert (promise.pk, promise.due_at) == (before.pk, before.due_at)
    assert event.changes["answered_at"] == [MORNING.isoformat(), ""]
    assert event.changes["answered_by"] == ["รมว.ศธ.", ""]
    assert "รมว.ศธ." in answer_lines(event)[0]
    given: dict[str, Any] = {"answered_at": at(11, 18), "answered_by": "รมช.ศธ."}
    take_step(question, "answer_in_sitting", people["officer"], now=at(11, 18, 10), **given)
    take_step(question, "close", people["officer"], now=at(11, 18, 11))
    assert question.deadlines.get(kind=Promise.HOUSE_ANSWER).met_at == at(11, 18)


def test_taken_back_too_late_the_answer_is_late(people: dict[str, User]) -> None:
    question = given_by_mistake(people, kind=Kind.URGENT)
    take_step(question, "take_back_answer", people["officer"], now=at(11, 20), reason="ผิดกระทู้")
    assert question.deadlines.get(kind=Promise.HOUSE_ANSWER).is_late(at(11, 20))


def test_without_an_approved_text_it_goes_back_to_where_one_is_written(people: dict[str, User]) -> None:
    given: dict[str, Any] = {"answered_at": MORNING, "answered_by": "รมว.ศธ.", "reason": "ถามสด"}
    for state, back, promise in [
        (State.RECEIVED, State.RECEIVED, Promise.REFERRAL),
        (State.CHECKING, State.DRAFTING, Promise.DRAFT),
    ]:
        question = reach(make_interpellation(owner=people["officer"]), state, people)
        take_step(question, "answer_without_text", people["officer"], **given)
        take_step(question, "take_back_answer", people["officer"], reason="ผิดกระทู้")
        assert fresh(question).state == back
        assert set(owed(question)) == {Promise.HOUSE_ANSWER, promise}


def test_a_statement_recorded_by_mistake_is_owed_again(people: dict[str, User]) -> None:
    motion = reach(make_motion(owner=people["officer"]), State.APPROVED, people)
    take_step(motion, "give_statement", people["officer"], answered_at=MORNING, answered_by="รมว.ศธ.")
    take_step(motion, "take_back_answer", people["head"], reason="ยังไม่ได้ชี้แจง")
    assert fresh(motion).state == State.APPROVED
    assert set(owed(motion)) == {Promise.HOUSE_ANSWER}


PRINTED: dict[str, Any] = {"volume": "๑๒๖", "part": "๑๗๒ ง", "page": "๑", "gazette_on": date(2009, 11, 20)}


def printed(people: dict[str, User]) -> Interpellation:
    question = reach(make_interpellation(owner=people["officer"], kind=Kind.GAZETTE), State.APPROVED, people)
    take_step(question, "send_to_gazette", people["officer"], answered_at=MORNING)
    take_step(question, "record_printing", people["officer"], now=at(11, 23), **PRINTED)
    return question


def test_sent_or_printed_by_mistake_nothing_of_the_gazette_is_left(people: dict[str, User]) -> None:
    sent = reach(make_interpellation(owner=people["officer"], kind=Kind.GAZETTE), State.APPROVED, people)
    take_step(sent, "send_to_gazette", people["officer"], answered_at=MORNING)
    for question in (sent, printed(people)):
        take_step(question, "take_back_answer", people["head"], now=at(11, 23), reason="ผิดกระทู้")
        again = fresh(question)
        assert (again.state, again.gazette_volume, again.gazette_on) == (State.APPROVED, "", None)
        assert set(owed(again)) == {Promise.HOUSE_ANSWER}
        assert not again.deadlines.filter(kind=Promise.GAZETTE, dropped_at=None).exists()


def test_where_it_was_printed_is_corrected_with_a_reason(people: dict[str, User]) -> None:
    question = printed(people)
    right = PRINTED | {"part": "173 ง", "gazette_on": date(2010, 1, 4)}
    with pytest.raises(ValidationError):
        take_step(question, "correct_printing", people["officer"], **right)
    early = right | {"gazette_on": date(2009, 11, 16)}
    with pytest.raises(ValidationError) as refused:
        take_step(question, "correct_printing", people["officer"], reason="พิมพ์ผิด", **early)
    assert list(refused.value.error_dict) == ["gazette_on"]
    event = take_step(
        question, "correct_printing", people["officer"], now=at(11, 24), reason="พิมพ์ผิด", **right
    )
    corrected = fresh(question)
    assert (corrected.state, corrected.gazette_part) == (State.GIVEN, "173 ง")
    assert answer_lines(event) == [
        f"๑๒๖ ๑๗๒ ง ๑ → ๑๒๖ ๑๗๓ ง ๑, {date_short(PRINTED['gazette_on'])} → {date_short(right['gazette_on'])}"
    ]
    promise = corrected.deadlines.get(kind=Promise.GAZETTE)
    assert promise.met_at == datetime(2010, 1, 4, tzinfo=OFFICE_TZ)
    assert promise.is_late(promise.met_at)


def test_nothing_is_corrected_of_a_printing_that_was_none(people: dict[str, User]) -> None:
    with pytest.raises(StepRefused):
        take_step(given_by_mistake(people), "correct_printing", people["officer"], reason="ผิด", **PRINTED)


def test_sub_questions_are_numbered_and_corrected_with_both_in_the_history(people: dict[str, User]) -> None:
    question = make_interpellation(owner=people["officer"], sub_questions=("หนึ่ง", "สอง"))
    take_step(question, "correct_sub_questions", people["officer"], sub_questions=["หนึ่ง", "สอง", "สาม"])
    assert list(question.sub_questions.values_list("position", "text")) == [
        (1, "หนึ่ง"),
        (2, "สอง"),
        (3, "สาม"),
    ]
    assert Event.objects.get(step="correct_sub_questions").changes["sub_questions"] == [
        "หนึ่ง\nสอง",
        "หนึ่ง\nสอง\nสาม",
    ]
    assert "สาม" in fresh(question).search_text


def test_it_is_found_by_its_approved_answer(people: dict[str, User]) -> None:
    question = reach(make_interpellation(owner=people["officer"]), State.APPROVED, people)
    assert "เงินอุดหนุนครบถ้วน" in question.search_text


# ── Motions ───────────────────────────────────────────────────────────────────────────────────


def test_a_motion_goes_from_its_receipt_to_the_vote(people: dict[str, User]) -> None:
    motion = reach(make_motion(owner=people["officer"]), State.APPROVED, people)
    take_step(motion, "give_statement", people["officer"], answered_at=MORNING, answered_by="รมว.ศธ.")
    votes: dict[str, Any] = {"votes_for": 210, "votes_against": 180, "abstentions": 5}
    take_step(motion, "close", people["officer"], vote=Motion.Vote.PASSED, **votes)
    ended = fresh(motion)
    assert (ended.state, ended.result, ended.vote) == (State.CLOSED, Motion.Result.GIVEN, Motion.Vote.PASSED)
    assert (ended.votes_for, ended.votes_against, ended.abstentions) == (210, 180, 5)
    assert owed(ended) == {}


@pytest.mark.parametrize(
    "given",
    [
        {"vote": "no_vote", "votes_for": 1},
        {"vote": "passed", "votes_for": 10, "votes_against": 20},
        {"vote": "rejected", "votes_for": 20, "votes_against": 10},
        {"vote": "perhaps"},
    ],
)
def test_a_vote_that_cannot_be_is_refused(given: dict[str, Any], people: dict[str, User]) -> None:
    motion = reach(make_motion(owner=people["officer"]), State.APPROVED, people)
    take_step(motion, "give_statement", people["officer"], answered_at=MORNING, answered_by="รมว.ศธ.")
    with pytest.raises(ValidationError):
        take_step(motion, "close", people["officer"], **given)


def test_two_questions_of_one_number_are_refused_by_the_database(people: dict[str, User]) -> None:
    first = make_interpellation(owner=people["officer"])
    with pytest.raises(IntegrityError), transaction.atomic():
        make_interpellation(owner=people["officer"], question_number=first.question_number)
