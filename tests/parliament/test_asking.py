"""Asking agencies about what parliament brings: each for its own answer, or as an offer that the first one takes."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from office.calendar import OFFICE_TZ
from office.models import Deadline, Document, Event, Notice, User
from office.steps import StepRefused
from office.thai import format_long
from parliament.forms.asking import AskForm
from parliament.letters import compose
from parliament.models import AgencyRequest, AnswerState, Interpellation, RequestLink
from parliament.models.asking import Ask
from tests.cast import MORNING
from tests.parliament.cast import make_politics_colleague, make_politics_head, make_politics_officer
from tests.parliament.questions_cast import (
    ask,
    clerk_of,
    fresh,
    make_agencies,
    make_interpellation,
    take_step,
)

pytestmark = pytest.mark.django_db

State = AnswerState
Standing = AgencyRequest.Standing


@pytest.fixture
def wiriya() -> User:
    return make_politics_officer()


@pytest.fixture
def question(wiriya: User) -> Interpellation:
    return make_interpellation(owner=wiriya)


def again(request: AgencyRequest) -> AgencyRequest:
    return AgencyRequest.objects.with_whom().get(pk=request.pk)


def test_each_agency_asked_owes_an_answer_by_the_rule_or_by_its_own_date(
    question: Interpellation, wiriya: User
) -> None:
    first, second = make_agencies()
    friday = datetime(2009, 11, 20, 16, 30, tzinfo=OFFICE_TZ)
    asks = [Ask(first), Ask(second, friday)]
    take_step(question, "ask_agencies", wiriya, asks=asks, asked="ขอข้อเท็จจริง")
    one, other = AgencyRequest.objects.with_whom()
    # Seven working days from Tuesday 17 November 2009.
    assert one.deadline.due_at == datetime(2009, 11, 26, 16, 30, tzinfo=OFFICE_TZ)
    assert other.deadline.due_at == friday
    assert (one.deadline.responsible, one.deadline.follower) == (None, wiriya)
    assert fresh(question).state == State.ASKED
    assert Deadline.objects.get(matter=question, kind=Deadline.Kind.REFERRAL).met_at == MORNING
    assert Notice.objects.filter(kind=Notice.Kind.PARLIAMENT_REQUEST).count() == 2
    assert Event.objects.get(step="ask_agencies").changes["agencies"][1] == f"{first.name}, {second.name}"


EVENING = datetime(2009, 11, 17, 16, 30, tzinfo=OFFICE_TZ)
"""The moment at which the office closes on a Tuesday."""


def test_after_closing_nobody_is_asked_to_answer_by_today(question: Interpellation, wiriya: User) -> None:
    (agency,) = make_agencies(1)
    given = {"seen": question.version, "asked": "ขอข้อเท็จจริง", "mode": "each", "agency_1": agency.pk}

    def form(day: str, now: datetime) -> AskForm:
        return AskForm({**given, "due_1": day}, matter=question, user=wiriya, now=now)

    assert form("17/11/2552", EVENING - timedelta(minutes=1)).is_valid()
    assert list(form("17/11/2552", EVENING).errors) == ["due_1"]
    assert form("18/11/2552", EVENING).is_valid()


def test_a_day_that_is_over_is_refused_by_the_step_too(question: Interpellation, wiriya: User) -> None:
    asks = [Ask(agency, EVENING) for agency in make_agencies(1)]
    with pytest.raises(ValidationError):
        take_step(
            question,
            "ask_agencies",
            wiriya,
            now=EVENING + timedelta(minutes=5),
            asks=asks,
            asked="ขอข้อเท็จจริง",
        )
    assert not AgencyRequest.objects.exists()


def test_only_whoever_carries_it_asks(question: Interpellation) -> None:
    with pytest.raises(StepRefused):
        ask(question, make_politics_colleague(), make_agencies())
    assert not AgencyRequest.objects.exists()


def test_the_head_may_ask_too(question: Interpellation) -> None:
    ask(question, make_politics_head(), make_agencies(1))
    assert fresh(question).state == State.ASKED


def test_nobody_is_asked_twice_at_the_same_time(question: Interpellation, wiriya: User) -> None:
    agencies = make_agencies()
    ask(question, wiriya, agencies[:1])
    with pytest.raises(ValidationError):
        ask(question, wiriya, agencies)
    ask(question, wiriya, agencies[1:])
    assert list(AgencyRequest.objects.values_list("round", flat=True)) == [1, 2]


def test_the_matter_goes_on_with_the_last_answer(question: Interpellation, wiriya: User) -> None:
    one, other = ask(question, wiriya, make_agencies())
    take_step(question, "answer_request", clerk_of(one), request=one, answer="ครบถ้วน")
    assert fresh(question).state == State.ASKED
    take_step(question, "answer_request", clerk_of(other), request=other, answer="เห็นชอบ")
    assert fresh(question).state == State.DRAFTING
    draft = Deadline.objects.get(matter=question, kind=Deadline.Kind.DRAFT)
    assert draft.responsible == wiriya
    # Three working days from Tuesday 17 November.
    assert draft.due_at == datetime(2009, 11, 20, 16, 30, tzinfo=OFFICE_TZ)
    assert again(one).deadline.met_at == MORNING


def test_an_agency_answers_for_itself_only(question: Interpellation, wiriya: User) -> None:
    one, other = ask(question, wiriya, make_agencies())
    with pytest.raises(ValidationError):
        take_step(question, "answer_request", clerk_of(one), request=other, answer="ไม่ใช่ของเรา")


def test_the_first_to_accept_an_offer_has_it_and_the_others_are_passed_over(
    question: Interpellation, wiriya: User
) -> None:
    requests = ask(question, wiriya, make_agencies(3), is_offer=True)
    links = [RequestLink.issue(one, MORNING) for one in requests]
    take_step(question, "accept_request", clerk_of(requests[1]), request=requests[1])
    assert [again(one).standing for one in requests] == [
        Standing.PASSED_OVER,
        Standing.ACCEPTED,
        Standing.PASSED_OVER,
    ]
    assert [again(one).deadline.dropped_at for one in requests] == [MORNING, None, MORNING]
    assert [RequestLink.objects.get(pk=link.pk).used_at for link in links] == [MORNING, None, MORNING]
    event = Event.objects.get(step="accept_request")
    assert event.changes["passed_over"][1] == f"{requests[0].agency.name}, {requests[2].agency.name}"
    assert fresh(question).state == State.ASKED
    with pytest.raises(ValidationError):
        take_step(question, "accept_request", clerk_of(requests[0]), request=requests[0])


def test_to_answer_an_offer_is_to_accept_it(question: Interpellation, wiriya: User) -> None:
    one, other = ask(question, wiriya, make_agencies(), is_offer=True)
    take_step(question, "answer_request", clerk_of(one), request=one, answer="ครบถ้วน")
    assert (again(one).standing, again(other).standing) == (Standing.ANSWERED, Standing.PASSED_OVER)
    assert fresh(question).state == State.DRAFTING


def test_to_accept_what_is_no_offer_passes_nobody_over(question: Interpellation, wiriya: User) -> None:
    one, other = ask(question, wiriya, make_agencies())
    take_step(question, "accept_request", clerk_of(one), request=one)
    assert (again(one).standing, again(other).standing) == (Standing.ACCEPTED, Standing.SENT)


def test_declined_by_one_the_other_is_still_waited_for(question: Interpellation, wiriya: User) -> None:
    one, _other = ask(question, wiriya, make_agencies(), is_offer=True)
    take_step(question, "decline_request", clerk_of(one), request=one, reason="เป็นของ สอศ.")
    assert fresh(question).state == State.ASKED
    assert again(one).decline_reason == "เป็นของ สอศ."


def test_declined_by_the_last_one_it_is_to_be_asked_anew_and_the_officer_is_told(
    question: Interpellation, wiriya: User
) -> None:
    for one in ask(question, wiriya, make_agencies(), is_offer=True):
        take_step(question, "decline_request", clerk_of(one), request=one, reason="ไม่อยู่ในอำนาจ")
    assert fresh(question).state == State.RECEIVED
    owed = Deadline.objects.unmet().get(matter=question, kind=Deadline.Kind.REFERRAL)
    assert owed.responsible == wiriya
    assert (
        Notice.objects.filter(recipient=wiriya, kind=Notice.Kind.YOUR_TURN, way=Notice.Way.APP).count() == 2
    )
    [anew] = ask(question, wiriya, make_agencies(1))
    assert anew.round == 2


def test_no_agency_declines_without_a_reason(question: Interpellation, wiriya: User) -> None:
    [one] = ask(question, wiriya, make_agencies(1))
    with pytest.raises(ValidationError):
        take_step(question, "decline_request", clerk_of(one), request=one, reason=" ")


def test_a_request_taken_back_is_not_waited_for(question: Interpellation, wiriya: User) -> None:
    one, other = ask(question, wiriya, make_agencies())
    take_step(question, "answer_request", clerk_of(one), request=one, answer="ครบถ้วน")
    link = RequestLink.issue(other, MORNING)
    take_step(question, "take_back_request", wiriya, request=other, reason="ได้ข้อมูลครบแล้ว")
    assert again(other).standing == Standing.TAKEN_BACK
    assert not RequestLink.objects.select_related("request").get(pk=link.pk).is_usable(MORNING)
    assert fresh(question).state == State.DRAFTING


def test_an_agency_that_is_given_more_time_is_written_to_with_the_new_date(
    question: Interpellation, wiriya: User
) -> None:
    one, other = ask(question, wiriya, make_agencies())
    late = one.deadline.due_at + timedelta(hours=1)
    until = late + timedelta(days=7)
    given = {"request": one, "until": until, "reason": "ขอรวบรวมจากเขตพื้นที่"}
    take_step(question, "extend_request", wiriya, now=late, **given)
    promise = again(one).deadline
    assert (promise.due_at, promise.continues, again(other).deadline) == (until, one.deadline, other.deadline)
    assert again(one).is_open
    notice = Notice.objects.get(kind=Notice.Kind.PARLIAMENT_CHASER)
    letter = compose(notice, now=late)
    assert letter
    assert format_long(until.astimezone(OFFICE_TZ).date(), language="th") in letter.subject
    event = question.events.get(step="extend_request")
    assert event.changes["due"][1] == until.astimezone(OFFICE_TZ).isoformat()
    assert event.changes["agency_of_step"] == ["", one.agency.name]


def test_more_time_is_a_later_date_than_the_one_that_stands(question: Interpellation, wiriya: User) -> None:
    [one] = ask(question, wiriya, make_agencies(1))
    for until in (one.deadline.due_at, MORNING):
        with pytest.raises(ValidationError) as refused:
            take_step(question, "extend_request", wiriya, request=one, until=until, reason="ขอเวลา")
        assert "until" in refused.value.error_dict
    take_step(question, "answer_request", clerk_of(one), request=one, answer="ครบถ้วน")
    with pytest.raises(StepRefused):
        take_step(
            question,
            "extend_request",
            wiriya,
            request=one,
            until=MORNING + timedelta(days=30),
            reason="ขอเวลา",
        )


def test_an_answer_that_came_on_paper_is_recorded_with_its_files(
    question: Interpellation, wiriya: User
) -> None:
    [one] = ask(question, wiriya, make_agencies(1))
    take_step(question, "answer_request", wiriya, request=one, answer="ตามหนังสือ")
    assert again(one).answered_at == MORNING
    assert not Document.objects.exists()


def test_facts_asked_for_once_more_bring_the_draft_back_to_waiting(
    question: Interpellation, wiriya: User
) -> None:
    first, second = make_agencies()
    [one] = ask(question, wiriya, [first])
    take_step(question, "answer_request", clerk_of(one), request=one, answer="ครบถ้วน")
    [more] = ask(question, wiriya, [second])
    assert fresh(question).state == State.ASKED
    assert not Deadline.objects.unmet().filter(matter=question, kind=Deadline.Kind.DRAFT).exists()
    take_step(question, "decline_request", clerk_of(more), request=more, reason="ไม่ใช่ของเรา")
    assert fresh(question).state == State.DRAFTING
