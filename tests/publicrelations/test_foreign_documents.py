"""The path of a foreign document: each step works, for the right person, from the right state, and once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, transaction

from office.documents import accept
from office.models import Deadline, Notice, User
from office.search import find
from office.steps import Actor, ChangedMeanwhile, StepRefused, open_steps, perform
from publicrelations.models import ForeignDocument, ForeignState, Translation
from publicrelations.models.foreign_state import BEFORE_ORDER, UNCLOSED
from tests.cast import MORNING, make_agency
from tests.publicrelations.cast import make_news_colleague, make_news_head, make_news_officer
from tests.publicrelations.foreign_cast import at, carry_document, fresh, make_document, take

pytestmark = pytest.mark.django_db

State = ForeignState
TAKES_PART = {"officer", "head"}
# Who may take which step from which state; what is not here is forbidden. The document is Banlang's and concerns us.
ALLOWED: dict[str, tuple[list[State], set[str]]] = {
    "assign": (UNCLOSED, {"head"}),
    "hand_over": (UNCLOSED, {"officer"}),
    "succeed": ([], set()),  # only the handing over of one who leaves; see test_leaving
    "release": (UNCLOSED, TAKES_PART),
    "attach_files": (list(State), TAKES_PART),
    "correct": (UNCLOSED, TAKES_PART),
    "accept": ([State.RECEIVED], TAKES_PART),
    "pass_on": ([State.RECEIVED], TAKES_PART),
    "keep_for_information": ([State.RECEIVED], TAKES_PART),
    "save_translation": ([State.TRANSLATING], TAKES_PART),
    "translate": ([State.TRANSLATING], TAKES_PART),
    "skip_translation": ([State.TRANSLATING], TAKES_PART),
    "mend_translation": ([State.SUMMARISING, State.CHECKING], TAKES_PART),
    "save_draft": ([State.SUMMARISING], TAKES_PART),
    "summarise": ([State.SUMMARISING], TAKES_PART),
    "put_to_minister": ([State.CHECKING], {"head"}),
    "send_back": ([State.CHECKING], {"head"}),
    "order": ([State.ON_DESK], {"executive"}),
    "note": ([State.ON_DESK], {"executive"}),
    "return_with_remarks": ([State.ON_DESK], {"executive"}),
    "answer": ([State.ORDERED], TAKES_PART),
    "file": ([State.ORDERED], TAKES_PART),
    "close": ([State.SETTLED], TAKES_PART),
    "withdraw": (BEFORE_ORDER, {"head"}),
    "reopen": ([State.SETTLED, State.CLOSED], TAKES_PART),
}


@pytest.fixture
def people(executive: User) -> dict[str, User]:
    return {"officer": make_news_officer(), "head": make_news_head(), "executive": executive}


def standing_at(state: str, people: dict[str, User], **facts: Any) -> ForeignDocument:
    return carry_document(make_document(owner=people["officer"], **facts), state, **people)


def owed(document: ForeignDocument) -> set[str]:
    return set(document.deadlines.unmet().values_list("kind", flat=True))


# ── Who may do what, when ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("state", list(State))
def test_only_what_is_listed_is_open(
    state: State, people: dict[str, User], administrator: User, officer: User
) -> None:
    document = standing_at(state, people)
    everybody = people | {
        "colleague": make_news_colleague(),
        "administrator": administrator,
        "stranger": officer,
    }
    for role, person in everybody.items():
        there = {one.name for one in open_steps(document, Actor(user=person))}
        expected = {name for name, (states, roles) in ALLOWED.items() if state in states and role in roles}
        assert there == expected, role


@pytest.mark.parametrize(
    ("state", "name", "given"),
    [
        (State.RECEIVED, "accept", {"needs_translation": True}),
        (State.TRANSLATING, "translate", {"translation_text": "คำแปล"}),
        (State.SUMMARISING, "summarise", {"summary": "ส", "opinion": "ค"}),
        (State.SETTLED, "close", {}),
    ],
)
def test_a_second_click_is_harmless_and_a_stale_page_is_told(
    state: State, name: str, given: dict[str, Any], people: dict[str, User]
) -> None:
    document = standing_at(state, people)
    actor = Actor(user=people["officer"])
    first = perform(document, name, actor=actor, seen=document.version, now=MORNING, **given)
    again = perform(document, name, actor=actor, seen=document.version, now=MORNING, **given)
    assert again == first
    head = Actor(user=people["head"])
    with pytest.raises(ChangedMeanwhile):
        perform(document, "correct", actor=head, seen=document.version, now=MORNING, title="เรื่องใหม่")


def test_the_main_path_keeps_every_promise_it_makes(people: dict[str, User]) -> None:
    document = standing_at(State.CLOSED, people)
    assert list(document.events.order_by("pk").values_list("step", "to_state")) == [
        ("receive", "received"),
        ("accept", "translating"),
        ("translate", "summarising"),
        ("summarise", "checking"),
        ("put_to_minister", "on_desk"),
        ("order", "ordered"),
        ("answer", "settled"),
        ("close", "closed"),
    ]
    assert not document.deadlines.unmet().exists()
    assert set(document.deadlines.values_list("kind", flat=True)) == {
        "screen", "to_minister", "translate", "summarise", "check", "order", "reply", "close",
    }  # fmt: skip
    assert document.outcome == "answered"


@pytest.mark.parametrize(
    ("state", "kinds", "whose"),
    [
        (State.RECEIVED, {"screen", "to_minister"}, "officer"),
        (State.TRANSLATING, {"translate", "to_minister"}, "officer"),
        (State.SUMMARISING, {"summarise", "to_minister"}, "officer"),
        (State.CHECKING, {"check", "to_minister"}, "head"),
        (State.ON_DESK, {"order"}, "executive"),
        (State.ORDERED, {"reply"}, "officer"),
        (State.SETTLED, {"close"}, "officer"),
        (State.CLOSED, set(), ""),
    ],
)
def test_every_state_owes_something_to_somebody(
    state: State, kinds: set[str], whose: str, people: dict[str, User]
) -> None:
    document = standing_at(state, people)
    assert owed(document) == kinds
    own = document.deadlines.unmet().exclude(kind="to_minister").first()
    assert (own.responsible if own else None) == people.get(whose)


# ── Receiving ───────────────────────────────────────────────────────────────────────────────


def test_it_is_promised_at_receipt_that_it_is_put_to_the_minister_within_five_working_days() -> None:
    document = make_document(received_at=at(2009, 12, 4, 9, 0))
    assert document.label == "วท ๑/๒๕๕๓"
    # Friday 4 December; Monday the 7th is a day off for the King's birthday, Thursday the 10th is Constitution Day.
    assert document.deadlines.get(kind=Deadline.Kind.TO_MINISTER).due_at == at(2009, 12, 15, 16, 30)


def test_received_after_hours_it_counts_from_the_next_working_morning() -> None:
    document = make_document(received_at=at(2009, 11, 20, 18, 0))
    # Friday evening: counted from Monday 23 November.
    assert document.deadlines.get(kind=Deadline.Kind.SCREEN).due_at == at(2009, 11, 24, 16, 30)


def test_the_day_the_sender_names_becomes_a_promise(people: dict[str, User]) -> None:
    document = standing_at(State.ORDERED, people, answer_by=date(2009, 12, 1))
    reply = document.deadlines.get(kind=Deadline.Kind.REPLY)
    assert (reply.due_at, reply.rule) == (at(2009, 12, 1, 16, 30), None)


def test_somebody_sent_it() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_document(sender_organisation="")
    assert make_document(sender_organisation="", sender_name="Ms. Solberg").sender == "Ms. Solberg"


@pytest.mark.parametrize(
    "word", ["conseil", "ฝรั่งเศส", "France", "CE/12", "l'honneur", "เรียนเชิญท่าน", "ควรตอบรับ"]
)
def test_it_is_found_by_its_sender_its_text_and_its_translation(word: str, people: dict[str, User]) -> None:
    document = standing_at(State.CHECKING, people)
    assert [row.pk for row in find(people["officer"], word).rows] == [document.pk]


# ── Screening ───────────────────────────────────────────────────────────────────────────────


def test_who_screens_what_nobody_carries_takes_it(people: dict[str, User]) -> None:
    document = make_document()
    take(document, "accept", people["officer"], needs_translation=True)
    assert fresh(document).owner == people["officer"]
    assert not fresh(document).deadlines.unmet().exclude(responsible=people["officer"]).exists()


def test_what_is_read_as_it_is_skips_the_translation(people: dict[str, User]) -> None:
    document = make_document(owner=people["officer"], language="en")
    take(document, "accept", people["officer"], needs_translation=False)
    assert fresh(document).state == State.SUMMARISING
    assert not document.deadlines.filter(kind="translate").exists()


def test_what_an_agency_is_in_charge_of_is_passed_on_once_the_head_agrees(people: dict[str, User]) -> None:
    document = make_document(owner=people["officer"])
    agency = make_agency()
    take(document, "pass_on", people["officer"], passed_to=agency, screening_note="เป็นงานของ สพฐ.")
    # Until the head has agreed, the minister is still promised to see it.
    assert owed(document) == {"check", "to_minister"}
    with pytest.raises(StepRefused):
        take(document, "put_to_minister", people["head"], to=people["executive"])
    with pytest.raises(StepRefused):
        take(document, "confirm_screening", people["officer"])
    take(document, "confirm_screening", people["head"])
    done = fresh(document)
    assert (done.state, done.outcome, done.passed_to) == (State.SETTLED, "passed_on", agency)
    assert done.deadlines.get(kind="to_minister").dropped_at == MORNING


def test_a_promise_late_when_the_head_agrees_stays_late(people: dict[str, User]) -> None:
    document = make_document(owner=people["officer"])
    take(document, "keep_for_information", people["officer"], screening_note="จดหมายข่าว")
    late = at(2009, 11, 30)
    take(document, "confirm_screening", people["head"], now=late)
    promise = fresh(document).deadlines.get(kind="to_minister")
    assert (promise.dropped_at, promise.met_at) == (None, late)
    assert promise.is_late(late)


def test_the_head_sends_a_wrong_screening_back(people: dict[str, User]) -> None:
    document = make_document(owner=people["officer"])
    take(document, "pass_on", people["officer"], passed_to=make_agency(), screening_note="ไม่ใช่งานเรา")
    take(document, "send_back", people["head"], reason="เป็นคำเชิญถึงรัฐมนตรี")
    back = fresh(document)
    assert (back.state, back.screening, back.screening_note, back.passed_to) == (State.RECEIVED, "", "", None)
    assert owed(back) == {"screen", "to_minister"}


def test_a_screening_away_says_why(people: dict[str, User]) -> None:
    document = make_document(owner=people["officer"])
    with pytest.raises(ValidationError) as refused:
        take(document, "keep_for_information", people["officer"], screening_note=" ")
    assert "screening_note" in refused.value.error_dict


# ── Translation ─────────────────────────────────────────────────────────────────────────────


def test_a_translation_is_kept_in_versions_and_the_same_text_twice_is_one(people: dict[str, User]) -> None:
    document = standing_at(State.TRANSLATING, people)
    for text in ("ครึ่งแรก", "ครึ่งแรก", "ครึ่งแรก และครึ่งหลัง"):
        take(document, "save_translation", people["officer"], translation_text=text)
    take(document, "translate", people["officer"], translation_text="ครึ่งแรก และครึ่งหลัง")
    assert list(Translation.objects.values_list("version", "text")) == [
        (1, "ครึ่งแรก"),
        (2, "ครึ่งแรก และครึ่งหลัง"),
    ]
    assert fresh(document).state == State.SUMMARISING


def test_a_version_is_never_changed_or_taken_away(people: dict[str, User]) -> None:
    standing_at(State.SUMMARISING, people)
    version = Translation.objects.get()
    with pytest.raises(TypeError):
        version.save()
    with pytest.raises(TypeError):
        version.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Translation.objects.update(text="อย่างอื่น")


def test_a_translation_may_be_a_file_but_not_nothing(people: dict[str, User]) -> None:
    document = standing_at(State.TRANSLATING, people)
    with pytest.raises(ValidationError) as refused:
        take(document, "translate", people["officer"], translation_text=" ")
    assert "translation_text" in refused.value.error_dict
    file = accept(SimpleUploadedFile("คำแปล.txt", "เรียนเชิญ".encode(), content_type="text/plain"))
    take(document, "translate", people["officer"], files=[file])
    assert fresh(document).state == State.SUMMARISING
    assert document.documents.get().name == "คำแปล.txt"


def test_the_head_mends_a_word_while_checking(people: dict[str, User]) -> None:
    document = standing_at(State.CHECKING, people)
    take(document, "mend_translation", people["head"], translation_text="เรียนเชิญ ฯพณฯ", note="คำขึ้นต้น")
    assert fresh(document).translation_text == "เรียนเชิญ ฯพณฯ"
    assert Translation.objects.get(version=2).written_by == people["head"]


def test_it_may_turn_out_to_need_no_translation(people: dict[str, User]) -> None:
    document = standing_at(State.TRANSLATING, people)
    with pytest.raises(ValidationError):
        take(document, "skip_translation", people["officer"])
    take(document, "skip_translation", people["officer"], reason="มีฉบับภาษาอังกฤษแนบมาด้วย")
    assert owed(fresh(document)) == {"summarise", "to_minister"}


# ── The minister's desk ─────────────────────────────────────────────────────────────────────


def test_put_to_the_minister_in_time_keeps_the_promise_that_is_counted(people: dict[str, User]) -> None:
    document = standing_at(State.CHECKING, people)
    last_minute = at(2009, 11, 24, 16, 30)
    take(document, "put_to_minister", people["head"], now=last_minute, to=people["executive"])
    assert not fresh(document).deadlines.get(kind="to_minister").is_late(last_minute)
    assert Notice.objects.filter(recipient=people["executive"], matter=document.pk).exists()


def test_a_minute_too_late_is_late_and_says_why(people: dict[str, User]) -> None:
    document = standing_at(State.CHECKING, people)
    too_late = at(2009, 11, 24, 16, 31)
    with pytest.raises(ValidationError) as refused:
        take(document, "put_to_minister", people["head"], now=too_late, to=people["executive"])
    assert "late_reason" in refused.value.error_dict
    take(
        document,
        "put_to_minister",
        people["head"],
        now=too_late,
        to=people["executive"],
        late_reason="รอคำแปล",
    )
    promise = fresh(document).deadlines.get(kind="to_minister")
    assert promise.is_late(too_late)
    assert promise.late_reason == "รอคำแปล"


def test_only_one_in_authority_is_put_to(people: dict[str, User]) -> None:
    document = standing_at(State.CHECKING, people)
    with pytest.raises(ValidationError) as refused:
        take(document, "put_to_minister", people["head"], to=people["officer"])
    assert "to" in refused.value.error_dict


def test_returned_with_remarks_it_is_summarised_anew_and_stays_counted_in_time(
    people: dict[str, User],
) -> None:
    document = standing_at(State.ON_DESK, people)
    take(document, "return_with_remarks", people["executive"], reason="ขอทางเลือก")
    back = fresh(document)
    assert (back.state, owed(back)) == (State.SUMMARISING, {"summarise"})
    assert back.deadlines.get(kind="to_minister").met_at == MORNING
    assert Notice.objects.filter(recipient=people["officer"], text="ขอทางเลือก").exists()


def test_what_is_only_noted_is_filed(people: dict[str, User]) -> None:
    document = standing_at(State.ON_DESK, people, answer_by=date(2009, 12, 1))
    take(document, "note", people["executive"])
    take(document, "file", people["officer"], filed_where="แฟ้มคำเชิญ")
    done = fresh(document)
    assert (done.outcome, done.filed_where, owed(done)) == ("filed", "แฟ้มคำเชิญ", {"close"})
    assert done.deadlines.get(kind="reply").dropped_at == MORNING


def test_what_is_to_be_answered_is_not_filed(people: dict[str, User]) -> None:
    document = standing_at(State.ORDERED, people)
    with pytest.raises(ValidationError):
        take(document, "file", people["officer"], filed_where="แฟ้ม")
    assert fresh(document).state == State.ORDERED


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"answered_on": date(2009, 11, 18), "answer_text": "Yes."}, "answered_on"),
        ({"answered_on": date(2009, 11, 16), "answer_text": "Yes."}, "answered_on"),
        ({"answered_on": date(2009, 11, 17), "answer_text": " "}, "answer_text"),
    ],
)
def test_an_answer_has_its_day_and_its_words(
    given: dict[str, Any], field: str, people: dict[str, User]
) -> None:
    document = standing_at(State.ORDERED, people)
    with pytest.raises(ValidationError) as refused:
        take(document, "answer", people["officer"], **given)
    assert field in refused.value.error_dict


def test_an_answer_of_an_earlier_day_kept_its_promise_at_that_days_closing(people: dict[str, User]) -> None:
    document = standing_at(State.ORDERED, people)
    given = {"answered_on": date(2009, 11, 18), "answer_text": "Yes."}
    take(document, "answer", people["officer"], now=at(2009, 11, 30), **given)
    assert fresh(document).deadlines.get(kind="reply").met_at == at(2009, 11, 18, 16, 30)


# ── The end, and after ──────────────────────────────────────────────────────────────────────


def test_taken_out_of_the_register_it_owes_nothing_and_its_number_stays_used(people: dict[str, User]) -> None:
    document = standing_at(State.TRANSLATING, people)
    take(document, "withdraw", people["head"], reason="ลงทะเบียนซ้ำ")
    gone = fresh(document)
    assert (gone.state, gone.outcome, owed(gone)) == (State.CLOSED, "withdrawn", set())
    assert make_document().number == gone.number + 1


@pytest.mark.parametrize(
    ("state", "to", "kinds"),
    [
        (State.CLOSED, State.ORDERED, {"reply"}),
        (State.SETTLED, State.ORDERED, {"reply"}),
    ],
)
def test_reopened_it_is_answered_anew(
    state: State, to: State, kinds: set[str], people: dict[str, User]
) -> None:
    document = standing_at(state, people)
    take(document, "reopen", people["officer"], reason="ส่งผิดที่อยู่")
    again = fresh(document)
    assert (again.state, again.outcome, again.closed_at, owed(again)) == (to, "", None, kinds)


def test_one_screened_away_is_screened_anew_when_reopened(people: dict[str, User]) -> None:
    document = make_document(owner=people["officer"])
    take(document, "keep_for_information", people["officer"], screening_note="จดหมายข่าว")
    take(document, "confirm_screening", people["head"])
    take(document, "reopen", people["officer"], reason="มีคำเชิญแนบมาด้วย")
    assert (fresh(document).state, owed(fresh(document))) == (State.RECEIVED, {"screen", "to_minister"})


def test_a_correction_stands_in_the_history_before_and_after(people: dict[str, User]) -> None:
    document = standing_at(State.ORDERED, people)
    event = take(document, "correct", people["officer"], sender_country="BE", reference="CE/13/2009")
    assert event.changes == {"sender_country": ["FR", "BE"], "reference": ["CE/12/2009", "CE/13/2009"]}
    with pytest.raises(TypeError):
        take(document, "correct", people["officer"], order_text="อย่างอื่น")
