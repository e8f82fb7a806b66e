"""The path of a situation brief: each step works, for the right person, from the right state, and once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from office.documents import accept
from office.models import User
from office.search import find
from office.steps import Actor, ChangedMeanwhile, open_steps, perform
from publicrelations.models import BriefSource, BriefState, SituationBrief
from publicrelations.models.brief import Option
from publicrelations.models.brief_state import BEFORE_ORDER, UNCLOSED
from tests.cast import MORNING
from tests.publicrelations.cast import make_news_colleague, make_news_head, make_news_officer
from tests.publicrelations.foreign_cast import WRITTEN, at, carry_brief, fresh, make_brief, take

pytestmark = pytest.mark.django_db

State = BriefState
TAKES_PART = {"officer", "head"}
ALLOWED: dict[str, tuple[list[State], set[str]]] = {
    "assign": (UNCLOSED, {"head"}),
    "hand_over": (UNCLOSED, {"officer"}),
    "succeed": ([], set()),  # only the handing over of one who leaves; see test_leaving
    "release": (UNCLOSED, TAKES_PART),
    "attach_files": (list(State), TAKES_PART),
    "save_draft": ([State.WRITING], TAKES_PART),
    "submit": ([State.WRITING], TAKES_PART),
    "put_to_minister": ([State.CHECKING], {"head"}),
    "send_back": ([State.CHECKING], {"head"}),
    "order": ([State.ON_DESK], {"executive"}),
    "note": ([State.ON_DESK], {"executive"}),
    "return_with_remarks": ([State.ON_DESK], {"executive"}),
    "close": ([State.ORDERED], TAKES_PART),
    "withdraw": (BEFORE_ORDER, {"head"}),
    "reopen": ([State.CLOSED], TAKES_PART),
}


@pytest.fixture
def people(executive: User) -> dict[str, User]:
    return {"officer": make_news_officer(), "head": make_news_head(), "executive": executive}


def standing_at(state: str, people: dict[str, User], **facts: Any) -> SituationBrief:
    return carry_brief(make_brief(owner=people["officer"], **facts), state, **people)


def owed(brief: SituationBrief) -> set[str]:
    return set(brief.deadlines.unmet().values_list("kind", flat=True))


@pytest.mark.parametrize("state", list(State))
def test_only_what_is_listed_is_open(
    state: State, people: dict[str, User], administrator: User, officer: User
) -> None:
    brief = standing_at(state, people)
    everybody = people | {
        "colleague": make_news_colleague(),
        "administrator": administrator,
        "stranger": officer,
    }
    for role, person in everybody.items():
        there = {one.name for one in open_steps(brief, Actor(user=person))}
        expected = {name for name, (states, roles) in ALLOWED.items() if state in states and role in roles}
        assert there == expected, role


def test_a_second_click_is_harmless_and_a_stale_page_is_told(people: dict[str, User]) -> None:
    brief = make_brief(owner=people["officer"])
    actor = Actor(user=people["officer"])
    first = perform(brief, "submit", actor=actor, seen=brief.version, now=MORNING, **WRITTEN)
    again = perform(brief, "submit", actor=actor, seen=brief.version, now=MORNING, **WRITTEN)
    assert again == first
    with pytest.raises(ChangedMeanwhile):
        perform(brief, "save_draft", actor=actor, seen=brief.version, now=MORNING)


def test_the_main_path_keeps_every_promise_it_makes(people: dict[str, User]) -> None:
    brief = standing_at(State.CLOSED, people)
    assert list(brief.events.order_by("pk").values_list("step", flat=True)) == [
        "receive",
        "submit",
        "put_to_minister",
        "order",
        "close",
    ]
    assert set(brief.deadlines.values_list("kind", flat=True)) == {"to_minister", "check", "order", "close"}
    assert not brief.deadlines.unmet().exists()


@pytest.mark.parametrize(
    ("state", "kinds"),
    [
        (State.WRITING, {"to_minister"}),
        (State.CHECKING, {"check", "to_minister"}),
        (State.ON_DESK, {"order"}),
        (State.ORDERED, {"close"}),
        (State.CLOSED, set()),
    ],
)
def test_every_state_owes_something(state: State, kinds: set[str], people: dict[str, User]) -> None:
    assert owed(standing_at(state, people)) == kinds


def test_it_is_put_to_the_minister_within_two_working_days() -> None:
    brief = make_brief(received_at=at(2009, 11, 20, 10, 0))
    assert brief.label == "วค ๑/๒๕๕๓"
    # Friday 20 November: Tuesday the 24th.
    assert brief.deadlines.get().due_at == at(2009, 11, 24, 16, 30)


def test_a_draft_keeps_options_and_sources_in_their_order(people: dict[str, User]) -> None:
    brief = make_brief(owner=people["officer"])
    take(brief, "save_draft", people["officer"], **WRITTEN)
    options = [Option("เร่งบรรจุ"), Option("ขยายสัญญา"), Option("จ้างชั่วคราว")]
    take(brief, "save_draft", people["officer"], **(WRITTEN | {"options": options}))
    written = fresh(brief)
    assert [one.text for one in written.options.all()] == ["เร่งบรรจุ", "ขยายสัญญา", "จ้างชั่วคราว"]
    assert [(one.position, one.title) for one in written.sources.all()] == [
        (1, "ข่าวหนังสือพิมพ์"),
        (2, "หนังสือเครือข่าย"),
    ]


def test_a_file_becomes_a_source(people: dict[str, User]) -> None:
    brief = make_brief(owner=people["officer"])
    file = accept(SimpleUploadedFile("รายงาน.txt", "ข้อมูล".encode(), content_type="text/plain"))
    take(brief, "save_draft", people["officer"], files=[file])
    source = BriefSource.objects.get()
    assert (source.title, source.document) == ("รายงาน.txt", brief.documents.get())


@pytest.mark.parametrize("part", ["situation", "meaning", "opinion"])
def test_a_brief_goes_to_the_head_whole(part: str, people: dict[str, User]) -> None:
    brief = make_brief(owner=people["officer"])
    with pytest.raises(ValidationError) as refused:
        take(brief, "submit", people["officer"], **(WRITTEN | {part: " "}))
    assert part in refused.value.error_dict
    assert not fresh(brief).options.exists()


def test_one_option_alone_is_no_choice(people: dict[str, User]) -> None:
    brief = make_brief(owner=people["officer"])
    with pytest.raises(ValidationError) as refused:
        take(brief, "submit", people["officer"], **(WRITTEN | {"options": [Option("ทางเดียว")]}))
    assert "option_2" in refused.value.error_dict


def test_the_order_names_the_option_chosen(people: dict[str, User]) -> None:
    brief = standing_at(State.ORDERED, people)
    assert brief.chosen is not None
    assert brief.chosen.text == "เร่งบรรจุ"
    assert brief.events.get(step="order").changes["chosen"] == ["", "เร่งบรรจุ"]


def test_an_order_chooses_or_says_something(people: dict[str, User]) -> None:
    brief = standing_at(State.ON_DESK, people)
    with pytest.raises(ValidationError):
        take(brief, "order", people["executive"], order_text=" ")
    other = standing_at(State.ON_DESK, people).options.get(position=1)
    with pytest.raises(ValidationError):
        take(brief, "order", people["executive"], chosen=other)
    take(brief, "order", people["executive"], order_text="ให้หารือก่อน")
    assert fresh(brief).chosen is None


def test_returned_it_is_owed_to_the_minister_again(people: dict[str, User]) -> None:
    brief = standing_at(State.ON_DESK, people)
    take(brief, "return_with_remarks", people["executive"], reason="ขอทางเลือกที่สาม")
    back = fresh(brief)
    assert (back.state, owed(back)) == (State.WRITING, {"to_minister"})
    assert back.deadlines.filter(kind="to_minister").count() == 2


def test_sent_back_by_the_head_the_first_promise_runs_on(people: dict[str, User]) -> None:
    brief = standing_at(State.CHECKING, people)
    take(brief, "send_back", people["head"], reason="ขอแหล่งข้อมูล")
    assert fresh(brief).deadlines.filter(kind="to_minister").count() == 1


def test_given_up_it_owes_nothing_and_can_be_taken_up_again(people: dict[str, User]) -> None:
    brief = standing_at(State.CHECKING, people)
    take(brief, "withdraw", people["head"], reason="สถานการณ์ยุติแล้ว")
    assert (fresh(brief).state, owed(fresh(brief))) == (State.CLOSED, set())
    take(brief, "reopen", people["head"], reason="สถานการณ์กลับมา")
    assert (fresh(brief).state, owed(fresh(brief))) == (State.WRITING, {"to_minister"})


def test_reopened_after_the_order_it_is_only_closed_anew(people: dict[str, User]) -> None:
    brief = standing_at(State.CLOSED, people)
    take(brief, "reopen", people["officer"], reason="แนบคำสั่งเพิ่ม")
    assert (fresh(brief).state, owed(fresh(brief))) == (State.ORDERED, {"close"})


def test_its_period_does_not_run_backwards() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_brief(since_on=date(2009, 11, 7), until_on=date(2009, 11, 1))


@pytest.mark.parametrize("word", ["ประกาศชุมนุม", "ขาดครู", "เร่งบรรจุ", "ข่าวหนังสือพิมพ์"])
def test_it_is_found_by_what_is_written_in_it(word: str, people: dict[str, User]) -> None:
    brief = standing_at(State.CHECKING, people)
    assert [row.pk for row in find(people["officer"], word).rows] == [brief.pk]


def test_a_link_that_runs_is_refused_by_the_database(people: dict[str, User]) -> None:
    brief = make_brief(owner=people["officer"])
    with pytest.raises(IntegrityError), transaction.atomic():
        BriefSource.objects.create(brief=brief, position=1, title="x", link="javascript:alert(1)")
