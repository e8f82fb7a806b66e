"""Questions that press in a living office: an agency that is late, an answer that must leave now, one that is late."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db.models import Max

from office.calendar import OFFICE_TZ
from office.models import Agency
from office.steps import Actor, perform
from parliament.models import AgencyRequest, Chamber, Interpellation
from parliament.models.asking import Ask
from projectplan.demo.parliament import words
from projectplan.demo.parliament.steps import HALF_HOUR, Steps, filled

GAZETTE: Final = Interpellation.InterpellationKind.GAZETTE


def ask_what_presses(steps: Steps, now: datetime) -> None:
    """Three questions for the Royal Gazette, each where it presses."""
    agency = Agency.objects.filter(is_active=True).order_by("pk")[1]
    kept_waiting = _asked(steps, now, topic=2, days=14, agency=agency)
    request = AgencyRequest.objects.get(matter_id=kept_waiting.pk)
    steps.take(kept_waiting, "chase_request", steps.before(now, 2), request=request)
    to_leave = _asked(steps, now, topic=4, days=19, agency=agency)
    _answer(steps, to_leave, now, topic=4, days=9)
    _put_on_the_desk(steps, to_leave, now, topic=4, days=6)
    by = Actor(user=steps.cast.executives[0])
    perform(to_leave, "approve", actor=by, seen=None, now=steps.before(now, 3))
    late = _asked(steps, now, topic=10, days=27, agency=agency)
    _answer(steps, late, now, topic=10, days=15)
    _put_on_the_desk(steps, late, now, topic=10, days=2)
    head_has_it = _asked(steps, now, topic=11, days=11, agency=agency)
    _answer(steps, head_has_it, now, topic=11, days=4)
    steps.take(head_has_it, "submit_draft", steps.before(now, 1), answer_text=_text(11), note="ร่างแรก")


def _asked(steps: Steps, now: datetime, *, topic: int, days: int, agency: Agency) -> Interpellation:
    """A question received so many working days ago and put to an agency the next morning."""
    at = steps.before(now, days)
    house = steps.houses.on(at.astimezone(OFFICE_TZ).date())
    known = words.known()["topic"][topic]
    question = Interpellation(
        title=filled(known["title"])[:200],
        interpellation_kind=GAZETTE,
        chamber=Chamber.HOUSE,
        parliament_number=house.number,
        session=steps.houses.session_on(at.astimezone(OFFICE_TZ).date()),
        question_number=_next_number(house.number),
        asker=steps.rng.choice(house.members[Chamber.HOUSE.value]),
        text=filled(known["asked"]),
        received_at=at,
        owner=steps.officer,
    )
    parts = [filled(part) for part in known["parts"]]
    question.receive(actor=Actor(user=steps.officer), now=at, sub_questions=parts)
    asked = words.known()["question"]["asks"][1]
    steps.take(question, "ask_agencies", at + HALF_HOUR, asks=[Ask(agency)], asked=asked)
    return question


def _next_number(parliament: int) -> int:
    numbered = Interpellation.objects.filter(
        parliament_number=parliament, chamber=Chamber.HOUSE, interpellation_kind=GAZETTE
    )
    return (numbered.aggregate(last=Max("question_number"))["last"] or 0) + 1


def _answer(steps: Steps, question: Interpellation, now: datetime, *, topic: int, days: int) -> None:
    """The agency's facts came so many working days ago."""
    request = AgencyRequest.objects.get(matter_id=question.pk)
    facts = filled(words.known()["topic"][topic]["facts"])
    steps.take(question, "answer_request", steps.before(now, days), request=request, answer=facts)


def _put_on_the_desk(steps: Steps, question: Interpellation, now: datetime, *, topic: int, days: int) -> None:
    """Drafted, and put to the minister by the head, so many working days ago."""
    at = steps.before(now, days)
    steps.take(question, "submit_draft", at, answer_text=_text(topic), note="ร่างแรก")
    head, executive = Actor(user=steps.cast.first_head), steps.cast.executives[0]
    perform(question, "put_to_minister", actor=head, seen=None, now=at + 2 * HALF_HOUR, to=executive)
    question.refresh_from_db()


def _text(topic: int) -> str:
    known = words.known()["topic"][topic]
    parts = [filled(part) for part in known["answer"]]
    return words.answer_text(filled(known["title"]), parts, revision=0)
