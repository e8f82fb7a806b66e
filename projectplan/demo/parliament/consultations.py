"""Consultations of a demo: from a member's words in the chamber, or a body's letter, to when both are told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from office.models import Agency, Deadline, Matter, User
from parliament.models import ConstitutionalBody, Consultation, Member
from projectplan.demo.clock import datetime_of
from projectplan.demo.course import STEP_TAKEN, Course, OutOfTime
from projectplan.demo.names import pick
from projectplan.demo.parliament import requests, words
from projectplan.demo.parliament.politics import Politics
from projectplan.demo.parliament.requests import Request
from projectplan.demo.parliament.words import Writing
from projectplan.demo.room import spread
from projectplan.demo.sheet import to_json

Kind = Deadline.Kind
State, Result, Way = Consultation.State, Consultation.Result, Consultation.Way
RESULTS: Final = spread(
    [(Result.EXPLAINED, 5), (Result.DONE, 3), (Result.PARTLY, 2), (Result.NOT_POSSIBLE, 1)]
)
WAYS: Final = spread([(Way.LETTER, 6), (Way.TELEPHONE, 2), (Way.IN_PERSON, 1)])
ASKS_AGENCIES: Final = 0.8
SENT_BACK: Final = 0.06
LATE: Final = 0.04


@dataclass
class ConsultationFacts:
    """What is registered of one consultation."""

    key: int
    year: int
    number: int
    received: int
    registered: int
    writing: Writing
    member: Member | None
    body: ConstitutionalBody | None
    chamber: str
    raised_on: date
    reference: str

    @property
    def raiser(self) -> str:
        return str(self.member or self.body)

    @property
    def text(self) -> str:
        known = words.known()["consultation"]
        slots = {"title": self.writing.title, "asked": self.writing.asked, "body": self.body or ""}
        return str(known["of_a_body" if self.body else "opening"].format(**slots))


class ConsultationLife(Course):
    """A consultation from its registration on. `run` takes it as far as the clock allows."""

    room: Politics
    scope = ""

    def __init__(self, room: Politics, facts: ConsultationFacts) -> None:
        super().__init__(
            room,
            room.times[Matter.Kind.CONSULTATION],
            key=facts.key,
            registered=facts.registered,
            state=State.RECEIVED.value,
        )
        self.facts = facts
        self.requests: list[Request] = []
        self.facts_of_agencies = facts.writing.facts
        self.texts = dict.fromkeys(("summary", "opinion", "order_text", "told_text"), "")
        self.screening = ""
        self.decided: int | None = None
        self.decided_by: User | None = None
        self.told: dict[str, tuple[int, str, str]] = {}
        self.result = ""

    def run(self) -> None:
        """Live as long as there is time."""
        self._receive()
        try:
            self.at(self.by_due(self.unmet(Kind.SCREEN)[0], late=LATE, low=0.3, high=0.95))
            self._accept()
            self._ask()
            self._reach_an_order()
            self._tell_both()
            self._close()
        except OutOfTime:
            return

    def _receive(self) -> None:
        self.owner = self.room.pick(self.room.officers)
        self.step("receive", by=self.owner)
        for kind in (Kind.SCREEN, Kind.BOTH_TOLD):
            self.promise(kind, self.owner, start=self.facts.received)

    def _accept(self) -> None:
        self.screening = str(Consultation.Screening.ACCEPTED.value)
        self.keep(Kind.SCREEN)
        self.promise(Kind.OPINION, self.owner)
        changes = {"screening": ["", str(Consultation.Screening.ACCEPTED.label)]}
        self.step("accept", State.SCREENED.value, by=self.owner, changes=to_json(changes))

    # ── Agencies ────────────────────────────────────────────────────────────────────────────

    def _ask(self) -> None:
        if not self.room.chance(ASKS_AGENCIES):
            return
        asked = self.facts.writing.agency
        while self.state == State.SCREENED:
            self.at(self.by_due(self.unmet(Kind.OPINION)[0], late=0.0, low=0.05, high=0.4))
            requests.ask(self, [asked], pick(self.rng, words.known()["consultation"]["asks"]))
            requests.wait_for_answers(self)
            asked = self._another(asked)

    def _another(self, than: Agency) -> Agency:
        return self.room.pick([agency for agency in self.room.agencies if agency != than])

    def leave_for_asking(self) -> None:
        """The opinion waits for the facts."""
        self.drop(Kind.OPINION)

    def owe_asking(self) -> str:
        self.promise(Kind.OPINION, self.owner)
        return str(State.SCREENED.value)

    def owe_with_facts(self) -> str:
        self.promise(Kind.OPINION, self.owner)
        return str(State.ANSWERED.value)

    # ── Opinion and order ───────────────────────────────────────────────────────────────────

    def _reach_an_order(self) -> None:
        self.at(self.by_due(self.unmet(Kind.OPINION)[0], late=LATE))
        self._summarise()
        if self.room.chance(SENT_BACK):
            self.at(self.by_due(self.unmet(Kind.CHECK)[0], late=LATE))
            self._send_back()
            self.at(self.by_due(self.unmet(Kind.OPINION)[0], late=LATE))
            self._summarise()
        self.at(self.by_due(self.unmet(Kind.CHECK)[0], late=LATE))
        executive = self._submit()
        self.at(self.by_due(self.unmet(Kind.ORDER)[0], late=LATE))
        self._order(executive)

    def write(self, **texts: str) -> dict[str, list[str]]:
        """Set texts of the consultation; returns what changed, field by field, before and after."""
        changed = {name: [self.texts[name], text] for name, text in texts.items() if text != self.texts[name]}
        self.texts |= texts
        return changed

    def _summarise(self) -> None:
        known, writing = words.known()["consultation"], self.facts.writing
        summary = known["summary"].format(raiser=self.facts.raiser, title=writing.title, asked=writing.asked)
        opinion = pick(self.rng, known["opinions"]).format(agency=writing.agency)
        self.keep(Kind.OPINION)
        self.promise(Kind.CHECK, self.room.cast.first_head)
        changes = to_json(self.write(summary=summary, opinion=opinion))
        event = self.step("summarise", State.CHECKING.value, by=self.owner, changes=changes)
        self.tell(self.room.head_ids, event, self.owner)

    def _send_back(self) -> None:
        head, reason = self.room.pick(self.room.heads), pick(self.rng, words.known()["question"]["remarks"])
        self.keep(Kind.CHECK)
        self.promise(Kind.OPINION, self.owner)
        answered = any(request.answered for request in self.requests)
        target = State.ANSWERED if answered else State.SCREENED
        event = self.step("send_back", target.value, by=head, reason=reason)
        self.tell(self.owner_ids, event, head, reason)

    def _submit(self) -> User:
        head, executive = self.room.pick(self.room.heads), self.room.pick(self.room.executives)
        self.keep(Kind.CHECK)
        self.promise(Kind.ORDER, executive)
        event = self.step("submit", State.ON_DESK.value, by=head)
        self.tell([executive.pk], event, head)
        return executive

    def _order(self, executive: User) -> None:
        changes = self.write(order_text=pick(self.rng, words.known()["consultation"]["orders"]))
        self.decided, self.decided_by = self.moment, executive
        self.keep(Kind.ORDER)
        event = self.step("order", State.ORDERED.value, by=executive, changes=to_json(changes))
        self.tell([*self.owner_ids, *self.room.head_ids], event, executive)

    # ── Both told ───────────────────────────────────────────────────────────────────────────

    def _tell_both(self) -> None:
        both = self.unmet(Kind.BOTH_TOLD)[0]
        until = self.by_due(both, late=LATE, low=0.2, high=0.8)
        self.at(self.place + (until - self.place) * self.rng.uniform(0.1, 0.4))
        told = words.known()["consultation"]["told"]
        text = told.format(title=self.facts.writing.title, answer=" ".join(self.facts.writing.answer))
        event = self.step("write_result", by=self.owner, changes=to_json(self.write(told_text=text)))
        self.tell([self.decided_by.pk] if self.decided_by else [], event, self.owner, kind=STEP_TAKEN)
        if until > self.time.place(both.due):
            both.late_reason = pick(self.rng, words.known()["late_reasons"])
        first, second = self.rng.sample(["raiser", "minister"], 2)
        self.at(self.place + max(until - self.place, 600) * self.rng.uniform(0.2, 0.7))
        self._tell(first)
        self.at(until)
        self._tell(second)

    def _tell(self, whom: str) -> None:
        way = self.room.pick(WAYS) if whom == "raiser" else Way.IN_PERSON
        notes = words.known()["consultation"]["notes"]
        number = self.facts.number % 900 + 100
        note = notes[WAY_NOTES[way]].format(number=number) if whom == "raiser" else "นำเรียนพร้อมบันทึกข้อความ"
        self.told[whom] = (self.moment, str(way.value), note)
        written = f"{datetime_of(self.moment).isoformat(timespec='minutes')} {way.label} {note}"
        target = State.ORDERED
        if len(self.told) == 2:
            target = State.TOLD
            self.keep(Kind.BOTH_TOLD, late_reason=self.unmet(Kind.BOTH_TOLD)[0].late_reason)
            self.promise(Kind.CLOSE, self.owner)
        changes = to_json({f"{whom}_told": ["", written]})
        self.step(f"tell_{whom}", target.value, by=self.owner, changes=changes)

    def _close(self) -> None:
        self.at(self.by_due(self.unmet(Kind.CLOSE)[0], late=LATE))
        result = self.room.pick(RESULTS)
        self.result, self.closed = str(result.value), self.moment
        self.keep(Kind.CLOSE)
        changes = to_json({"result": ["", str(result.label)]})
        self.step("close", State.CLOSED.value, by=self.owner, changes=changes)


WAY_NOTES: Final = {Way.LETTER: 0, Way.TELEPHONE: 1, Way.IN_PERSON: 2}
