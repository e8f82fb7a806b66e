"""One petition's way through the office: every step, promise and referral that its path prescribes, up to now.

It writes what `complaints.models.path` would have written had people taken the steps; the tests hold the two together.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from complaints.models import Category, Petition, State
from office.models import Agency, Deadline, Notice, User
from projectplan.demo import correspondence, words
from projectplan.demo.facts import Facts
from projectplan.demo.promises import Message, Promise, Question
from projectplan.demo.sheets import to_json
from projectplan.demo.words import pick
from projectplan.demo.world import World

Kind = Deadline.Kind
NOTE, ORDER = Petition.Decision.NOTE.value, Petition.Decision.ORDER.value
EXPLAINED: Final = Petition.Result.EXPLAINED.value
COMPLETE: Final = Petition.Check.COMPLETE.value
UNVERIFIABLE: Final = Petition.Check.UNVERIFIABLE.value
YOUR_TURN: Final = Notice.Kind.YOUR_TURN.value
RECEIVED, RETURNED, SUMMARISED, SUBMITTED = (
    State.RECEIVED.value,
    State.RETURNED.value,
    State.SUMMARISED.value,
    State.SUBMITTED.value,
)
ORDERED, REFERRED, INFORMED, CLOSED = (
    State.ORDERED.value,
    State.REFERRED.value,
    State.INFORMED.value,
    State.CLOSED.value,
)

QUARTER_HOUR: Final = 900
# How many opinions come late, in general and through the web; and how many in these last, busy days.
LATE: Final = 0.034
LATE_WEB: Final = 0.055
LATE_NOW: Final = 0.2


class OutOfTime(Exception):
    """The next step lies in the future: here the petition stands."""


class Life:
    """A petition from its registration on. `run` takes it as far as the clock allows."""

    def __init__(self, world: World, facts: Facts) -> None:
        self.world = world
        self.facts = facts
        self.rng = world.rng
        self.time = world.time
        self.place = self.time.place(facts.arrival.registered)
        self.moment = facts.arrival.registered
        self.state: str = RECEIVED
        self.version = 0
        self.owner: User | None = None
        self.category: Category | None = None
        self.texts = dict.fromkeys(("summary", "opinion", "order_text", "told_text", "result"), "")
        self.decision = ""
        self.closed: int | None = None
        self.promises: list[Promise] = []
        self.questions: list[Question] = []
        self.messages: list[Message] = []
        self.outcome = EXPLAINED
        self.check_result = ""

    # ── The tools every step uses ───────────────────────────────────────────────────────────

    def at(self, place: float) -> None:
        """Go on to a later place of the office's time, or stop because it has not come yet."""
        self.place = max(self.place + 60, int(place))
        if self.place >= self.world.now_place:
            raise OutOfTime
        self.moment = self.time.moment(self.place)

    def step(
        self,
        name: str,
        target: str | None = None,
        *,
        by: User | None = None,
        label: str = "",
        changes: str = "{}",
        reason: str = "",
    ) -> int:
        """Leave an event with its changes as JSON; returns its key."""
        events = self.world.sheets.events
        key = events.next_key()
        before, self.state = self.state, target or self.state
        self.version += 1
        self._know_what_was_told(by)
        events.rows.append(
            (
                key,
                self.facts.key,
                self.time.text(self.moment),
                by.id if by else None,
                label,
                None,
                name,
                "" if name == "receive" else before,
                self.state,
                reason,
                changes,
                self.version,
            )
        )
        return key

    def write(self, **texts: str) -> dict[str, list[str]]:
        """Set texts of the petition; returns what changed, field by field, before and after."""
        changes: dict[str, list[str]] = {}
        for name, text in texts.items():
            if text != self.texts[name]:
                changes[name] = [self.texts[name], text]
                self.texts[name] = text
        return changes

    def tell(self, people: Sequence[int], event: int, by: User | None, text: str = "") -> None:
        """Tell people that it is their turn, except the one who acts; what was said long ago is not kept."""
        if self.moment < self.world.notices_since:
            return
        for person in people:
            if by is None or person != by.id:
                once = f"event:{event}:{YOUR_TURN}:{person}:app"
                self.messages.append(Message(self.facts.key, person, text, once, self.moment))

    def _know_what_was_told(self, by: User | None) -> None:
        for message in self.messages:
            if by and message.recipient == by.id and message.read is None:
                message.read = self.moment

    @property
    def owner_ids(self) -> list[int]:
        return [self.owner.id] if self.owner else []

    def promise(self, kind: str, responsible: User | None, *, start: int | None = None) -> Promise:
        due, rule = self.time.due(kind, self.moment if start is None else start)
        promise = Promise(
            key=self.world.sheets.deadlines.next_key(),
            kind=kind,
            rule=rule,
            start=self.moment if start is None else start,
            due=due,
            responsible=responsible,
            follower=self.owner,
        )
        self.promises.append(promise)
        return promise

    def unmet(self, *kinds: str) -> list[Promise]:
        return [promise for promise in self.promises if promise.is_open and promise.kind in kinds]

    def keep(self, *kinds: str, late_reason: str = "") -> None:
        for promise in self.unmet(*kinds):
            promise.keep(self.moment, late_reason)

    def drop(self, kind: str) -> None:
        for promise in self.unmet(kind):
            promise.dropped = self.moment

    def hand_over(self, to: User | None) -> None:
        for promise in self.unmet(Kind.OPINION, Kind.REVISION):
            promise.responsible = to

    def by_due(self, promise: Promise, *, late: float, low: float = 0.15, high: float = 0.95) -> int:
        """A place by which a promise is kept: mostly before it is due, sometimes a few days after."""
        due = self.time.place(promise.due)
        if self.world.chance(LATE_NOW if due > self.world.busy_from else late):
            return due + QUARTER_HOUR + int(self.rng.expovariate(1 / (1.2 * self.time.day_length)))
        room = max(due - QUARTER_HOUR - self.place, 0)
        return self.place + int(room * self.rng.uniform(low, high))

    # ── The path ────────────────────────────────────────────────────────────────────────────

    def run(self) -> None:
        """Live as long as there is time."""
        self._receive()
        try:
            late = LATE_WEB if self.facts.arrival.channel == Petition.Channel.WEB else LATE
            self._reach_an_order(self.by_due(self.promises[0], late=late, low=0.55, high=0.97))
            self._carry_out()
            self._end()
            if self.world.chance(0.004):
                self._go_on_once_more()
        except OutOfTime:
            return

    def _receive(self) -> None:
        is_web = self.facts.arrival.channel == Petition.Channel.WEB
        if not is_web:
            self.owner = self.world.pick(self.world.officers)
            self.category = self.facts.topic.category
        self.step("receive", by=self.owner, label=self.world.petitioner_label if is_web else "")
        self.promise(Kind.OPINION, self.owner, start=self.facts.arrival.received)

    def _reach_an_order(self, submit_by: int) -> None:
        """Opinion, check, and what the one in authority decides."""
        room = submit_by - self.place
        if self.owner is None:
            # What came in these last hours lies there still.
            is_new = self.place > self.world.now_place - self.time.day_length // 2
            self.at(
                self.place + room * (self.rng.uniform(0.6, 0.7) if is_new else self.rng.uniform(0.05, 0.3))
            )
            self._find_an_officer()
        self.at(self.place + (submit_by - self.place) * self.rng.uniform(0.25, 0.65))
        self._summarise()
        if self.world.chance(0.05):
            self.at(self.place + (submit_by - self.place) * 0.3)
            self._send_back()
            self.at(self.place + (submit_by - self.place) * 0.5)
            self._summarise()
        self.at(submit_by)
        executive = self._submit()
        self.at(self.by_due(self.unmet(Kind.ORDER)[0], late=0.06))
        if self.world.chance(0.02):
            self._return_for_revision(executive)
        else:
            self._decide(executive)

    def _find_an_officer(self) -> None:
        officer = self.world.pick(self.world.officers)
        is_assigned = self.world.chance(0.45)
        by = self.world.pick(self.world.heads) if is_assigned else officer
        self.owner = officer
        for promise in self.promises:
            promise.responsible = promise.follower = officer
        event = self.step(
            "assign" if is_assigned else "take", by=by, changes=to_json({"owner": ["", str(officer)]})
        )
        if is_assigned:
            self.tell([officer.id], event, by)

    def _check_arrival(self) -> None:
        """Of a web petition: whether it can be worked on as it came."""
        self.check_result = COMPLETE if self.world.chance(0.9) else UNVERIFIABLE
        self.step("check_arrival", by=self.owner, changes=to_json({"check_result": ["", self.check_result]}))

    def _summarise(self) -> None:
        if self.facts.arrival.channel == Petition.Channel.WEB and not self.check_result:
            self._check_arrival()
            self.at(self.place + QUARTER_HOUR / 3)
        is_note = self.facts.writing.subject.kind == "opinion"
        opinion = pick(self.rng, words.NOTE_OPINIONS if is_note else words.OPINIONS)
        changes = self.write(
            summary=words.summary(self.rng, self.facts.writing),
            opinion=opinion.format(agency=self.facts.topic.agency),
        )
        if self.category is None:
            self.category = self.facts.topic.category
            changes = {"category": ["", str(self.category)], **changes}
        self.hand_over(self.world.cast.first_head)
        event = self.step("summarise", SUMMARISED, by=self.owner, changes=to_json(changes))
        self.tell(self.world.head_ids, event, self.owner)

    def _send_back(self) -> None:
        head, reason = self.world.pick(self.world.heads), pick(self.rng, words.SENT_BACK)
        self.hand_over(self.owner)
        event = self.step("send_back", RETURNED, by=head, reason=reason)
        self.tell(self.owner_ids, event, head, reason)

    def _submit(self) -> User:
        head, executive = self.world.pick(self.world.heads), self.world.pick(self.world.executives)
        is_late = any(promise.due < self.moment for promise in self.unmet(Kind.OPINION, Kind.REVISION))
        self.keep(
            Kind.OPINION, Kind.REVISION, late_reason=pick(self.rng, words.LATE_REASONS) if is_late else ""
        )
        self.promise(Kind.ORDER, executive)
        event = self.step("submit", SUBMITTED, by=head)
        self.tell([executive.id], event, head)
        return executive

    def _return_for_revision(self, executive: User) -> None:
        reason = pick(self.rng, words.RETURNED)
        self.keep(Kind.ORDER)
        revision = self.promise(Kind.REVISION, self.owner)
        event = self.step("return_for_revision", RETURNED, by=executive, reason=reason)
        self.tell([*self.owner_ids, *self.world.head_ids], event, executive, reason)
        self._reach_an_order(self.by_due(revision, late=0.05))

    def _decide(self, executive: User) -> None:
        is_note = self.facts.writing.subject.kind == "opinion" or self.world.chance(0.1)
        text = pick(self.rng, words.NOTES if is_note else words.ORDERS).format(agency=self.facts.topic.agency)
        self.decision = NOTE if is_note else ORDER
        self.keep(Kind.ORDER)
        self.promise(Kind.INFORM if is_note else Kind.REFERRAL, self.owner)
        changes = self.write(order_text=text)
        event = self.step("note" if is_note else "order", ORDERED, by=executive, changes=to_json(changes))
        self.tell([*self.owner_ids, *self.world.head_ids], event, executive)

    def _carry_out(self) -> None:
        """Ask agencies until one has answered; what was noted, or can be told at once, asks none."""
        if self.decision == NOTE or self.world.chance(0.04):
            return
        asked = [self.facts.topic.agency]
        while self.state == ORDERED:
            self.at(self.by_due(self.unmet(Kind.REFERRAL)[0], late=0.04))
            if len(asked) == 1 and self.world.chance(0.13):
                asked.append(self._another_agency(asked))
            correspondence.refer(self, asked)
            correspondence.wait_for_answers(self)
            if self.state == ORDERED:
                asked = [self._another_agency(asked)]

    def _another_agency(self, than: list[Agency]) -> Agency:
        return self.world.pick([agency for agency in self.world.agencies if agency not in than])

    def _end(self) -> None:
        """The petitioner is told, the matter closed."""
        owed = self.unmet(Kind.INFORM, Kind.REFERRAL)[0]
        self.at(self.by_due(owed, late=0.05))
        answer = words.answer(self.rng, self.outcome, self.facts.writing)
        self.keep(Kind.INFORM)
        self.drop(Kind.REFERRAL)
        self.promise(Kind.CLOSE, self.owner)
        changes = self.write(told_text=pick(self.rng, words.TOLD).format(answer=answer))
        self.step("inform", INFORMED, by=self.owner, changes=to_json(changes))
        self.at(self.by_due(self.unmet(Kind.CLOSE)[0], late=0.04))
        self.closed = self.moment
        self.keep(Kind.CLOSE)
        self.step("close", CLOSED, by=self.owner, changes=to_json(self.write(result=self.outcome)))

    def _go_on_once_more(self) -> None:
        """The head opens the closed matter again, for a reason."""
        head, reason = self.world.pick(self.world.heads), pick(self.rng, words.REOPENED)
        self.at(self.place + self.rng.uniform(4, 20) * self.time.day_length)
        self.closed = None
        revision = self.promise(Kind.REVISION, self.owner)
        event = self.step("reopen", RETURNED, by=head, reason=reason)
        self.tell([*self.owner_ids, *self.world.head_ids], event, head, reason)
        self._reach_an_order(self.by_due(revision, late=0.05))
        self._carry_out()
        self._end()
