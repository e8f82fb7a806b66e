"""What goes to agencies and comes back: questions, receipts, chasers by the clock, answers, refusals."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from complaints.chasers import CHASE_EVERY_WORKING_DAYS
from complaints.models import State
from office.models import Agency, Deadline
from projectplan.demo import words
from projectplan.demo.promises import Question
from projectplan.demo.sheet import to_json
from projectplan.demo.words import pick

if TYPE_CHECKING:
    from projectplan.demo.history import Life

ACKNOWLEDGED: Final = 0.6
DECLINED: Final = 0.035
LATE: Final = 0.2
BY_LINK: Final = 0.75
CHASE_AFTER_SECONDS: Final = 10 * 60  # the clock chases soon after the office opens

Plan = list[tuple[float, int, str, Question]]


def refer(life: Life, agencies: list[Agency]) -> None:
    """Hand the petition to agencies: one question, one promise each."""
    if life.owner is None:
        raise LookupError("Nobody is in charge of the petition.")
    life.keep(Deadline.Kind.REFERRAL)
    life.drop(Deadline.Kind.INFORM)
    for agency in agencies:
        question = Question(
            key=life.world.sheets.referrals.next_key(),
            agency=agency,
            asked=pick(life.rng, words.ASKS),
            promise=life.promise(Deadline.Kind.AGENCY_ANSWER, None),
            sent_by=life.owner,
        )
        life.questions.append(question)
    names = ", ".join(agency.name for agency in agencies)
    life.step("refer", State.REFERRED.value, by=life.owner, changes=_asked(names))


def wait_for_answers(life: Life) -> None:
    """Everything that comes of the open questions, in the order of time."""
    plan: Plan = []
    for question in life.questions:
        if question.is_open:
            plan += _planned(life, question, len(plan))
    for place, _order, what, question in sorted(plan, key=lambda one: one[:2]):
        if question.is_open:
            life.at(place)
            _HAPPENINGS[what](life, question)


def _planned(life: Life, question: Question, order: int) -> Plan:
    rng, day, sent = life.rng, life.time.day_length, life.place
    due = life.time.place(question.promise.due)
    if life.world.chance(DECLINED):
        return [(sent + rng.uniform(1, 5) * day, order, "decline", question)]
    plan: Plan = []
    if life.world.chance(ACKNOWLEDGED):
        plan.append((sent + rng.uniform(0.3, 3) * day, order, "acknowledge", question))
    if not life.world.chance(LATE):
        return [*plan, (sent + (due - sent) * rng.uniform(0.25, 0.97), order, "answer", question)]
    answer = due + (0.3 + rng.expovariate(1 / 5)) * day
    chase = due + CHASE_AFTER_SECONDS
    while chase < answer:
        plan.append((chase, order, "chase", question))
        chase += CHASE_EVERY_WORKING_DAYS * day
    return [*plan, (answer, order, "answer", question)]


def _acknowledge(life: Life, question: Question) -> None:
    question.acknowledged = life.moment
    life.step("acknowledge", label=question.agency.name, changes=_of(question))


def _chase(life: Life, question: Question) -> None:
    question.chased += 1
    question.last_chased = life.moment
    life.step("chase", label=life.world.clock_label, changes=_of(question))


def _answer(life: Life, question: Question) -> None:
    life.outcome = words.result(life.rng)
    question.answered = life.moment
    question.answer = words.answer(life.rng, life.outcome, life.facts.writing)
    question.promise.keep(life.moment)
    _after(life, question, "answer", "")


def _decline(life: Life, question: Question) -> None:
    question.declined = question.promise.dropped = life.moment
    question.decline_reason = pick(life.rng, words.DECLINES)
    _after(life, question, "decline", question.decline_reason)


def _after(life: Life, question: Question, name: str, reason: str) -> None:
    """Where the petition goes: on waiting, to be told, or to be referred anew."""
    if any(one.is_open for one in life.questions):
        target = State.REFERRED
    elif any(one.answered for one in life.questions):
        target = State.ANSWERED
        life.promise(Deadline.Kind.INFORM, life.owner)
    else:
        target = State.ORDERED
        life.promise(Deadline.Kind.REFERRAL, life.owner)
    by_link = life.world.chance(BY_LINK)
    event = life.step(
        name,
        target.value,
        by=None if by_link else life.owner,
        label=question.agency.name if by_link else "",
        changes=_of(question),
        reason=reason,
    )
    life.tell(life.owner_ids, event, None if by_link else life.owner)


def _of(question: Question) -> str:
    return _named(question.agency.name)


@cache
def _named(agency: str) -> str:
    return to_json({"agency_of_step": ["", agency]})


@cache
def _asked(agencies: str) -> str:
    return to_json({"agencies": ["", agencies]})


_HAPPENINGS = {"acknowledge": _acknowledge, "chase": _chase, "answer": _answer, "decline": _decline}
