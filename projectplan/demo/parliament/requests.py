"""What goes to agencies for parliament and comes back: requests, acceptances, chasers, answers, refusals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Final, Protocol

from complaints.chasers import CHASE_EVERY_WORKING_DAYS
from office.models import Agency, Deadline, User
from projectplan.demo.clock import OfficeTime
from projectplan.demo.correspondence import CHASE_AFTER_SECONDS
from projectplan.demo.course import STEP_TAKEN, YOUR_TURN
from projectplan.demo.parliament.politics import Politics
from projectplan.demo.promises import Promise
from projectplan.demo.sheet import Row, to_json

ACCEPTED: Final = 0.7
DECLINED: Final = 0.03
LATE: Final = 0.15
BY_LINK: Final = 0.8
ASKED: Final = "asked"


@dataclass(slots=True, eq=False)
class Request:
    """One agency asked, and what came of it. Moments in seconds."""

    key: int
    agency: Agency
    round: int
    asked: str
    promise: Promise
    sent_by: User
    accepted: int | None = None
    answered: int | None = None
    answer: str = ""
    declined: int | None = None
    decline_reason: str = ""
    chased: int = 0
    last_chased: int | None = None

    @property
    def is_open(self) -> bool:
        return self.answered is None and self.declined is None


class Asking(Protocol):
    """A matter that asks agencies: a question or a consultation. Its own part of it are the last three methods: what
    the state owed that is left for asking is taken back; what is owed when nobody asked is to answer, and when the last
    answer is in, is promised, and the state named."""

    room: Politics
    rng: Random
    time: OfficeTime
    place: int
    moment: int
    owner: User | None
    requests: list[Request]
    scope: str
    facts_of_agencies: str

    @property
    def owner_ids(self) -> list[int]: ...
    def at(self, place: float) -> None: ...
    def step(
        self,
        name: str,
        target: str | None = None,
        *,
        by: User | None = None,
        label: str = "",
        changes: str = "{}",
        reason: str = "",
    ) -> int: ...
    def tell(
        self, people: Sequence[int], event: int, by: User | None, text: str = "", kind: str = YOUR_TURN
    ) -> None: ...
    def promise(
        self, kind: str, responsible: User | None, *, start: int | None = None, scope: str = ""
    ) -> Promise: ...
    def leave_for_asking(self) -> None: ...

    def owe_asking(self) -> str: ...

    def owe_with_facts(self) -> str: ...


def ask(life: Asking, agencies: list[Agency], asked: str) -> None:
    """Put the matter to agencies: one request, one promise each."""
    if life.owner is None:
        raise LookupError("Nobody is in charge of the matter.")
    life.leave_for_asking()
    round_ = max((request.round for request in life.requests), default=0) + 1
    for agency in agencies:
        promise = life.promise(Deadline.Kind.AGENCY_ANSWER, None, scope=life.scope)
        key = life.room.sheets.parliament.requests.next_key()
        life.requests.append(Request(key, agency, round_, asked, promise, life.owner))
    names = ", ".join(agency.name for agency in agencies)
    life.step("ask_agencies", ASKED, by=life.owner, changes=_asked(names))


Plan = list[tuple[float, int, str, Request]]


def wait_for_answers(life: Asking) -> None:
    """Everything that comes of the open requests, in the order of time."""
    plan: Plan = []
    for request in life.requests:
        if request.is_open:
            plan += _planned(life, request, len(plan))
    for place, _order, what, request in sorted(plan, key=lambda one: one[:2]):
        if request.is_open:
            life.at(place)
            _HAPPENINGS[what](life, request)


def _planned(life: Asking, request: Request, order: int) -> Plan:
    rng, day, sent = life.rng, life.time.day_length, life.place
    due = life.time.place(request.promise.due)
    if life.room.chance(DECLINED):
        return [(sent + rng.uniform(0.2, 0.6) * (due - sent), order, "decline", request)]
    plan: Plan = []
    if life.room.chance(ACCEPTED):
        plan.append((sent + rng.uniform(0.05, 0.2) * (due - sent), order, "accept", request))
    if not life.room.chance(LATE):
        return [*plan, (sent + (due - sent) * rng.uniform(0.25, 0.97), order, "answer", request)]
    answer = due + (0.3 + rng.expovariate(1 / 2)) * day
    chase = due + CHASE_AFTER_SECONDS
    while chase < answer:
        plan.append((chase, order, "chase", request))
        chase += CHASE_EVERY_WORKING_DAYS * day
    return [*plan, (answer, order, "answer", request)]


def _accept(life: Asking, request: Request) -> None:
    request.accepted = life.moment
    event = life.step("accept_request", label=request.agency.name, changes=_of(request.agency.name))
    life.tell(life.owner_ids, event, None, kind=STEP_TAKEN)


def _chase(life: Asking, request: Request) -> None:
    request.chased += 1
    request.last_chased = life.moment
    life.step("chase_request", label=life.room.clock_label, changes=_of(request.agency.name))


def _answer(life: Asking, request: Request) -> None:
    request.accepted = request.accepted or life.moment
    request.answered, request.answer = life.moment, life.facts_of_agencies
    request.promise.keep(life.moment)
    _after(life, request, "answer_request", "")


def _decline(life: Asking, request: Request) -> None:
    request.declined = request.promise.dropped = life.moment
    request.decline_reason = "เรื่องอยู่ในอำนาจหน้าที่ของหน่วยงานอื่น"
    _after(life, request, "decline_request", request.decline_reason)


def _after(life: Asking, request: Request, name: str, reason: str) -> None:
    """Where the matter goes: on waiting, on with the facts, or to be asked anew."""
    if any(one.is_open for one in life.requests):
        target = ASKED
    elif any(one.answered for one in life.requests):
        target = life.owe_with_facts()
    else:
        target = life.owe_asking()
    by_link = life.room.chance(BY_LINK)
    event = life.step(
        name,
        target,
        by=None if by_link else life.owner,
        label=request.agency.name if by_link else "",
        changes=_of(request.agency.name),
        reason=reason,
    )
    life.tell(life.owner_ids, event, None if by_link else life.owner, kind=YOUR_TURN)


@cache
def _of(agency: str) -> str:
    return to_json({"agency_of_step": ["", agency]})


@cache
def _asked(agencies: str) -> str:
    return to_json({"agencies": ["", agencies]})


_HAPPENINGS = {"accept": _accept, "chase": _chase, "answer": _answer, "decline": _decline}


def row(request: Request, matter: int, time: OfficeTime) -> Row:
    """A request as its table has it."""

    def text(moment: int | None) -> str | None:
        return None if moment is None else time.text(moment)

    return (
        request.key,
        matter,
        request.agency.pk,
        request.round,
        False,
        request.asked,
        text(request.promise.start),
        request.sent_by.pk,
        request.promise.key,
        text(request.accepted),
        text(request.answered),
        request.answer,
        text(request.declined),
        request.decline_reason,
        request.chased,
        text(request.last_chased),
    )
