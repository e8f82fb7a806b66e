"""One petition's way through the office: every step, promise and referral that its path prescribes, up to now.

It writes what `complaints.models.path` would have written had people taken the steps; the tests hold the two together.
"""

from __future__ import annotations

from typing import Final

from complaints.models import Category, Petition, State
from office.models import Agency, Deadline, User
from projectplan.demo import correspondence, words
from projectplan.demo.clock import OfficeTime
from projectplan.demo.course import QUARTER_HOUR, Course, OutOfTime
from projectplan.demo.facts import Facts
from projectplan.demo.promises import Question
from projectplan.demo.sheet import to_json
from projectplan.demo.words import pick
from projectplan.demo.world import World

Kind = Deadline.Kind
NOTE, ORDER = Petition.Decision.NOTE.value, Petition.Decision.ORDER.value
EXPLAINED: Final = Petition.Result.EXPLAINED.value
COMPLETE: Final = Petition.Check.COMPLETE.value
UNVERIFIABLE: Final = Petition.Check.UNVERIFIABLE.value
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

# How many opinions come late, in general and through the web.
LATE: Final = 0.034
LATE_WEB: Final = 0.055


class Life(Course):
    """A petition from its registration on. `run` takes it as far as the clock allows."""

    def __init__(self, world: World, facts: Facts, time: OfficeTime | None = None) -> None:
        super().__init__(
            world,
            time or world.time,
            key=facts.key,
            registered=facts.arrival.registered,
            state=RECEIVED,
        )
        self.world = world
        self.facts = facts
        self.category: Category | None = None
        self.texts = dict.fromkeys(("summary", "opinion", "order_text", "told_text", "result"), "")
        self.decision = ""
        self.questions: list[Question] = []
        self.outcome = EXPLAINED
        self.check_result = ""

    def write(self, **texts: str) -> dict[str, list[str]]:
        """Set texts of the petition; returns what changed, field by field, before and after."""
        changes: dict[str, list[str]] = {}
        for name, text in texts.items():
            if text != self.texts[name]:
                changes[name] = [self.texts[name], text]
                self.texts[name] = text
        return changes

    def hand_over(self, to: User | None) -> None:
        for promise in self.unmet(Kind.OPINION, Kind.REVISION):
            promise.responsible = to

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
