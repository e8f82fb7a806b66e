"""Interpellations of a demo: asked of an agency, drafted in versions, approved, answered or printed, closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from office.models import Agency, Deadline, Matter, User
from office.thai import be_year, to_thai_digits
from parliament.models import AnswerState, Interpellation, Member, Session
from projectplan.demo.clock import BANGKOK_OFFSET, DAY, EPOCH, HOUR, datetime_of
from projectplan.demo.course import STEP_TAKEN, Course, OutOfTime
from projectplan.demo.names import pick
from projectplan.demo.parliament import requests, words
from projectplan.demo.parliament.politics import Politics
from projectplan.demo.parliament.requests import Request
from projectplan.demo.parliament.words import Writing
from projectplan.demo.promises import Promise
from projectplan.demo.sheet import to_json

Kind = Deadline.Kind
State = AnswerState
Asked = Interpellation.InterpellationKind
LATE: Final = 0.05
SENT_BACK: Final = 0.3
RETURNED: Final = 0.1
WITHOUT_TEXT: Final = 0.4
WITHOUT_TEXT_WHY: Final = "กระทู้ถามสดแจ้งก่อนประชุมไม่ถึงหนึ่งวัน รัฐมนตรีตอบด้วยตนเองจากข้อมูลของหน่วยงาน"
PATH: Final = (Kind.REFERRAL, Kind.DRAFT, Kind.CHECK, Kind.ORDER)


@dataclass(slots=True, eq=False)
class QuestionFacts:
    """What is registered of one interpellation."""

    key: int
    year: int
    number: int
    received: int
    registered: int
    kind: str
    chamber: str
    parliament: int
    session: Session | None
    question_number: int
    asker: Member
    writing: Writing
    sitting_on: date | None

    @property
    def text(self) -> str:
        return f"{self.writing.asked} จึงขอเรียนถามรัฐมนตรีว่าการกระทรวงศึกษาธิการว่า"


@dataclass(slots=True, eq=False)
class Version:
    """One version of the answer. Moments in seconds."""

    key: int
    number: int
    text: str
    note: str
    by: User
    at: int
    approved: int | None = None
    approved_by: User | None = None


class QuestionLife(Course):
    """An interpellation from its registration on. `run` takes it as far as the clock allows."""

    room: Politics

    def __init__(self, room: Politics, facts: QuestionFacts) -> None:
        super().__init__(
            room,
            room.times[Matter.Kind.INTERPELLATION],
            key=facts.key,
            registered=facts.registered,
            state=State.RECEIVED.value,
        )
        self.facts = facts
        self.scope = f"{facts.chamber}:{facts.kind}"
        self.requests: list[Request] = []
        self.facts_of_agencies = facts.writing.facts
        self.versions: list[Version] = []
        self.remarks: list[tuple[Version, User, int, str]] = []
        self.answered: int | None = None
        self.answered_by = ""
        self.gazette: tuple[str, str, str, date] | None = None
        self.result = ""

    def run(self) -> None:
        """Live as long as there is time."""
        self._receive()
        try:
            if self.facts.kind == Asked.URGENT:
                self._prepare_at_once()
            else:
                self._ask()
                self._draft()
                self._reach_approval()
            self._give()
            self._close()
        except OutOfTime:
            return

    def owe(self, kind: str, responsible: User | None) -> Promise:
        return self.promise(kind, responsible, scope=self.scope)

    def _receive(self) -> None:
        facts = self.facts
        self.owner = self.room.pick(self.room.officers)
        self.step("receive", by=self.owner)
        if facts.sitting_on:
            due = _end_of_sitting(facts.sitting_on)
            self.promise_until(Kind.HOUSE_ANSWER, self.owner, due, start=facts.received)
        else:
            self.promise(Kind.HOUSE_ANSWER, self.owner, start=facts.received, scope=self.scope)
        self.promise(Kind.REFERRAL, self.owner, start=facts.received, scope=self.scope)

    def _before_sitting(self, part: float) -> None:
        """Go on by a part of the time that is left until the sitting."""
        until = self._sitting_place()
        self.at(self.place + max(until - self.place, 0) * part)

    def _sitting_place(self) -> int:
        if self.facts.sitting_on is None:
            return self.place
        return self.time.place(_moment(self.facts.sitting_on, 9.5))

    # ── Agencies ────────────────────────────────────────────────────────────────────────────

    def _ask(self) -> None:
        asked = [self.facts.writing.agency]
        if self.room.chance(0.2):
            asked.append(self._another(asked))
        while self.state == State.RECEIVED:
            self.at(self.by_due(self.unmet(Kind.REFERRAL)[0], late=LATE, low=0.3))
            requests.ask(self, asked, pick(self.rng, words.known()["question"]["asks"]))
            requests.wait_for_answers(self)
            asked = [self._another(asked)]

    def _another(self, than: list[Agency]) -> Agency:
        return self.room.pick([agency for agency in self.room.agencies if agency not in than])

    def leave_for_asking(self) -> None:
        """Asking agencies is what was owed."""
        self.keep(Kind.REFERRAL)

    def owe_asking(self) -> str:
        self.owe(Kind.REFERRAL, self.owner)
        return str(State.RECEIVED.value)

    def owe_with_facts(self) -> str:
        self.owe(Kind.DRAFT, self.owner)
        return str(State.DRAFTING.value)

    # ── The text in its versions ────────────────────────────────────────────────────────────

    def _write(self) -> dict[str, list[str]]:
        """The next version, a little more than the one before; what changed by it."""
        if self.owner is None:
            raise LookupError("Nobody is in charge of the question.")
        known, before = words.known()["question"], len(self.versions)
        writing = self.facts.writing
        parts = writing.answer[: max(1, len(writing.answer) - (before == 0 and len(writing.answer) > 1))]
        text = words.answer_text(writing.title, parts, revision=before)
        note = known["notes"][min(before, len(known["notes"]) - 1)]
        key = self.room.sheets.parliament.drafts.next_key()
        self.versions.append(Version(key, before + 1, text, note, self.owner, self.moment))
        return {"draft": [str(before) if before else "", str(before + 1)], "draft_note": ["", note]}

    def _draft(self) -> None:
        if self.room.chance(0.6):
            self.at(self.by_due(self.unmet(Kind.DRAFT)[0], late=0.0, low=0.1, high=0.5))
            self.step("save_draft", by=self.owner, changes=to_json(self._write()))
        self._submit_draft()

    def _submit_draft(self) -> None:
        self.at(self.by_due(self.unmet(Kind.DRAFT)[0], late=LATE, low=0.4))
        self._put_to_the_head()

    def _put_to_the_head(self) -> None:
        changes = to_json(self._write())
        self.keep(Kind.REFERRAL, Kind.DRAFT)
        self.owe(Kind.CHECK, self.room.cast.first_head)
        event = self.step("submit_draft", State.CHECKING.value, by=self.owner, changes=changes)
        self.tell(self.room.head_ids, event, self.owner)

    def _reach_approval(self) -> None:
        sends_back, returns = self.room.chance(SENT_BACK), self.room.chance(RETURNED)
        if sends_back:
            self.at(self.by_due(self.unmet(Kind.CHECK)[0], late=LATE))
            self._back("send_back", Kind.CHECK, self.room.pick(self.room.heads), "remarks")
            self._submit_draft()
        self._put_to_minister()
        if returns:
            self.at(self.by_due(self.unmet(Kind.ORDER)[0], late=LATE))
            self._back("return_with_remarks", Kind.ORDER, self._minister(), "returned")
            self._submit_draft()
            self._put_to_minister()
        self.at(self.by_due(self.unmet(Kind.ORDER)[0], late=LATE))
        self._approve()

    def _back(self, name: str, kept: str, by: User, why: str) -> None:
        reason = pick(self.rng, words.known()["question"][why])
        self.remarks.append((self.versions[-1], by, self.moment, reason))
        self.keep(kept)
        self.owe(Kind.DRAFT, self.owner)
        event = self.step(name, State.DRAFTING.value, by=by, reason=reason)
        self.tell(self.owner_ids, event, by, reason)
        if kept == Kind.ORDER:
            self.tell(self.room.head_ids, event, by, reason, kind=STEP_TAKEN)

    def _put_to_minister(self) -> None:
        self.at(self.by_due(self.unmet(Kind.CHECK)[0], late=LATE))
        self._onto_the_desk()

    def _onto_the_desk(self) -> None:
        head, executive = self.room.pick(self.room.heads), self.room.pick(self.room.executives)
        self.keep(Kind.CHECK)
        self.owe(Kind.ORDER, executive)
        event = self.step("put_to_minister", State.ON_DESK.value, by=head)
        self.tell([executive.pk], event, head)

    def _minister(self) -> User:
        executive = self.unmet(Kind.ORDER)[0].responsible
        if executive is None:
            raise LookupError("Nobody has it on the desk.")
        return executive

    def _approve(self) -> None:
        executive, newest = self._minister(), self.versions[-1]
        newest.approved, newest.approved_by = self.moment, executive
        self.keep(Kind.ORDER)
        changes = to_json({"approved_version": ["", str(newest.number)]})
        event = self.step("approve", State.APPROVED.value, by=executive, changes=changes)
        self.tell([*self.owner_ids, *self.room.head_ids], event, executive)

    def _prepare_at_once(self) -> None:
        """An urgent question comes the day before: a text in hours, or none."""
        if self.room.chance(WITHOUT_TEXT):
            return
        self._before_sitting(0.4)
        self._put_to_the_head()
        self._before_sitting(0.4)
        self._onto_the_desk()
        self._before_sitting(0.5)
        self._approve()

    # ── The answer ──────────────────────────────────────────────────────────────────────────

    def _give(self) -> None:
        self.answered_by = pick(self.rng, words.known()["question"]["answered_by"])
        changes = to_json({"answered_by": ["", self.answered_by]})
        if self.facts.kind == Asked.GAZETTE:
            self._send_to_gazette(changes)
            return
        spoke = self._sitting_place() + int(self.rng.uniform(0.2, 2.5) * HOUR)
        self.at(max(spoke, self.place) + self.rng.uniform(0.5, 6) * HOUR)
        self.answered = min(self.time.moment(max(spoke, self.place - 6 * HOUR)), self.moment)
        if self.versions:
            self._given("answer_in_sitting", State.GIVEN, changes)
        else:
            self._given("answer_without_text", State.GIVEN, changes, reason=WITHOUT_TEXT_WHY)

    def _send_to_gazette(self, changes: str) -> None:
        self.at(self.by_due(self.unmet(Kind.HOUSE_ANSWER)[0], late=LATE, low=0.2, high=0.9))
        self.answered = self.moment
        self._given("send_to_gazette", State.PRINTING, changes)
        self.at(self.by_due(self.unmet(Kind.GAZETTE)[0], late=LATE, low=0.4))
        printed = datetime_of(self.moment).date()
        volume = to_thai_digits(be_year(printed) - 2426)
        part = f"{to_thai_digits(printed.timetuple().tm_yday // 2 + 1)} ง"
        page = to_thai_digits(int(self.rng.random() * 160) + 1)
        self.gazette = volume, part, page, printed
        for promise in self.unmet(Kind.GAZETTE):
            promise.met = max(_moment(printed, 0), self.answered)
        self.owe_close()
        place = f"{volume} {part} {page}"
        written = to_json({"gazette": ["", place], "gazette_on": ["", printed.isoformat()]})
        self.step("record_printing", State.GIVEN.value, by=self.owner, changes=written)

    def _given(self, name: str, target: AnswerState, changes: str, *, reason: str = "") -> None:
        """The promise to the chamber is kept at the moment of the answer; what the way owed is taken back."""
        for promise in self.unmet(Kind.HOUSE_ANSWER):
            promise.keep(self.answered or self.moment, pick(self.rng, words.known()["late_reasons"]))
        for promise in self.unmet(*PATH):
            if promise.due < self.moment:
                promise.met = self.moment
            else:
                promise.dropped = self.moment
        if target == State.PRINTING:
            self.owe(Kind.GAZETTE, None)
        else:
            self.owe_close()
        self.step(name, target.value, by=self.owner, changes=changes, reason=reason)

    def owe_close(self) -> None:
        self.promise(Kind.CLOSE, self.owner)

    def _close(self) -> None:
        self.at(self.by_due(self.unmet(Kind.CLOSE)[0], late=LATE))
        is_printed = self.facts.kind == Asked.GAZETTE
        result = Interpellation.Result.PRINTED if is_printed else Interpellation.Result.ANSWERED
        self.result, self.closed = str(result.value), self.moment
        self.keep(Kind.CLOSE)
        changes = to_json({"result": ["", str(result.label)]})
        self.step("close", State.CLOSED.value, by=self.owner, changes=changes)


def _moment(day: date, hour: float) -> int:
    return (day - EPOCH).days * DAY + int(hour * HOUR) - BANGKOK_OFFSET


def _end_of_sitting(day: date) -> int:
    """As `parliament.models.answering` has it."""
    return _moment(day + timedelta(days=1), 0) - 60
