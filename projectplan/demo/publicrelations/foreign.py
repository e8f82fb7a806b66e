"""Foreign documents of a demo: from the day one comes in to its answer or its place in the files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext

from office.calendar import fiscal_year, fiscal_year_of
from office.models import Agency, Deadline, Matter, User
from office.thai import be_year
from projectplan.demo.clock import BANGKOK_OFFSET, DAY, EPOCH, datetime_of, moment_of
from projectplan.demo.course import OutOfTime
from projectplan.demo.days import Numbers, chosen, come, registered_on, working_days
from projectplan.demo.names import pick
from projectplan.demo.publicrelations import words
from projectplan.demo.publicrelations.minister import LATE, ToMinister
from projectplan.demo.publicrelations.newsroom import Newsroom
from projectplan.demo.publicrelations.words import Paper
from projectplan.demo.room import spread
from projectplan.demo.sheet import to_json
from publicrelations.languages import READ_HERE
from publicrelations.models import ForeignOutcome, ForeignScreening, ForeignState

Kind, State = Deadline.Kind, ForeignState
SCREENINGS: Final = spread(
    [(ForeignScreening.OURS, 86), (ForeignScreening.PASSED_ON, 8), (ForeignScreening.INFORMATION, 6)]
)
ASKS_ANSWER: Final = {"invitation": 0.8, "questionnaire": 0.9, "proposal": 0.4, "letter": 0.25, "note": 0.3}
ANSWERED: Final = 0.6
TRANSLATED_THOUGH_ENGLISH: Final = 0.3


@dataclass
class ForeignFacts:
    """What is registered of one document."""

    key: int
    year: int
    number: int
    received: int
    registered: int
    paper: Paper
    reference: str
    dated_on: date
    answer_by: date | None


@dataclass
class Version:
    """One version of a translation. `at` is a moment in seconds."""

    key: int
    number: int
    text: str
    note: str
    by: User
    at: int


def foreign_documents(room: Newsroom, year: int, count: int, numbers: Numbers) -> Iterator[ForeignFacts]:
    """The documents of a fiscal year (B.E.), as far as they have come."""
    days = come(room, chosen(room, working_days(room, fiscal_year(year)), count))
    for received, registered in sorted((registered_on(room, day) for day in days), key=lambda one: one[1]):
        if registered >= room.now:
            return
        yield _facts(room, received, registered, numbers)


def _facts(room: Newsroom, received: int, registered: int, numbers: Numbers) -> ForeignFacts:
    day = EPOCH + timedelta(days=(received + BANGKOK_OFFSET) // DAY)
    year, paper = fiscal_year_of(day), words.paper(room.rng, be_year(day))
    answer_by = None
    if room.chance(ASKS_ANSWER.get(paper.kind, 0.0)):
        answer_by = room.time.calendar.working_day_on_or_after(day + timedelta(days=room.rng.randint(20, 45)))
    return ForeignFacts(
        key=room.sheets.matters.next_key(),
        year=year,
        number=numbers.take(year),
        received=received,
        registered=registered,
        paper=paper,
        reference=f"{paper.language.upper()}/{room.rng.randint(100, 999)}/{day.year}",
        dated_on=day - timedelta(days=room.rng.randint(4, 20)),
        answer_by=answer_by,
    )


class ForeignLife(ToMinister):
    """A document from its registration on. `run` takes it as far as the clock allows."""

    def __init__(self, room: Newsroom, facts: ForeignFacts) -> None:
        super().__init__(
            room,
            room.times[Matter.Kind.FOREIGN_DOCUMENT],
            key=facts.key,
            registered=facts.registered,
            state=State.RECEIVED.value,
        )
        self.facts = facts
        self.screening, self.screening_note = "", ""
        self.needs_translation = False
        self.passed_to: Agency | None = None
        self.versions: list[Version] = []
        self.summary = self.opinion = ""
        self.is_to_be_answered = False
        self.answered_on: date | None = None
        self.answer_reference = self.answer_text = self.filed_where = self.outcome = ""

    def run(self) -> None:
        """Live as long as there is time."""
        self._receive()
        try:
            until = self.by_due(self.unmet(Kind.TO_MINISTER)[0], late=LATE, low=0.35, high=0.95)
            self.at(self.by_due(self.unmet(Kind.SCREEN)[0], late=0.01, low=0.2, high=0.9))
            screening = self.room.pick(SCREENINGS)
            if screening != ForeignScreening.OURS:
                self._send_away(screening)
            else:
                self._accept()
                self._translate(until)
                self.reach_the_desk(max(until, self.place + 3_600))
                self.reach_an_order()
                self._order()
                self._answer_or_file()
            self.close()
        except OutOfTime:
            return

    def _receive(self) -> None:
        self.owner = self.room.pick(self.room.officers)
        self.step("receive", by=self.owner)
        for kind in (Kind.SCREEN, Kind.TO_MINISTER):
            self.promise(kind, self.owner, start=self.facts.received)
        if self.facts.answer_by:
            due = moment_of(self.time.calendar.closing_of(self.facts.answer_by))
            self.promise_until(Kind.REPLY, self.owner, due, start=self.facts.received)

    # ── Screening ───────────────────────────────────────────────────────────────────────────

    def _accept(self) -> None:
        is_read_here = self.facts.paper.language in READ_HERE
        self.needs_translation = not is_read_here or self.room.chance(TRANSLATED_THOUGH_ENGLISH)
        self.screening = ForeignScreening.OURS.value
        self.keep(Kind.SCREEN)
        target, owed = State.SUMMARISING, Kind.SUMMARISE
        if self.needs_translation:
            target, owed = State.TRANSLATING, Kind.TRANSLATE
        self.promise(owed, self.owner)
        changes = {"screening": ["", str(ForeignScreening.OURS.label)]}
        self.step("accept", target.value, by=self.owner, changes=to_json(changes))

    def _send_away(self, screening: ForeignScreening) -> None:
        """Passed to an agency, or for information: the head confirms it."""
        is_passed_on = screening == ForeignScreening.PASSED_ON
        notes = words.known()["passed_notes" if is_passed_on else "information_notes"]
        self.screening, self.screening_note = screening.value, pick(self.rng, notes)
        changes = {
            "screening": ["", str(screening.label)],
            "screening_note": ["", self.screening_note],
        }
        if is_passed_on:
            self.passed_to = self.room.pick(self.room.agencies)
            changes["passed_to"] = ["", str(self.passed_to)]
        self.keep(Kind.SCREEN)
        self.promise(Kind.CHECK, self.room.cast.first_head)
        name = "pass_on" if is_passed_on else "keep_for_information"
        event = self.step(name, State.CHECKING.value, by=self.owner, changes=to_json(changes))
        self.tell(self.room.head_ids, event, self.owner)
        self.at(self.by_due(self.unmet(Kind.CHECK)[0], late=0.0))
        self._confirm(ForeignOutcome(screening.value))

    def _confirm(self, outcome: ForeignOutcome) -> None:
        head = self.room.pick(self.room.heads)
        self.keep(Kind.CHECK)
        for promise in self.unmet(Kind.TO_MINISTER, Kind.REPLY):
            if self.moment > promise.due:
                promise.keep(self.moment)
            else:
                promise.dropped = self.moment
        self.outcome = outcome.value
        self.promise(Kind.CLOSE, self.owner)
        changes = to_json({"outcome": ["", str(outcome.label)]})
        event = self.step("confirm_screening", State.SETTLED.value, by=head, changes=changes)
        self.tell(self.owner_ids, event, head)

    # ── Translation, summary ────────────────────────────────────────────────────────────────

    def _translate(self, until: float) -> None:
        if not self.needs_translation:
            return
        self.at(self.place + (until - self.place) * self.rng.uniform(0.3, 0.55))
        assert self.owner is not None
        self.versions.append(
            Version(
                key=self.room.sheets.publicrelations.translations.next_key(),
                number=1,
                text=self.facts.paper.translation,
                note="",
                by=self.owner,
                at=self.moment,
            )
        )
        self.keep(Kind.TRANSLATE)
        self.promise(Kind.SUMMARISE, self.owner)
        changes = to_json({"translation": ["", "1"]})
        self.step("translate", State.SUMMARISING.value, by=self.owner, changes=changes)

    def write(self) -> None:
        changes = {
            name: [getattr(self, name), text]
            for name, text in (("summary", self.facts.paper.summary), ("opinion", self.facts.paper.opinion))
            if getattr(self, name) != text
        }
        self.summary, self.opinion = self.facts.paper.summary, self.facts.paper.opinion
        self.keep(Kind.SUMMARISE)
        self.promise(Kind.CHECK, self.room.cast.first_head)
        event = self.step("summarise", State.CHECKING.value, by=self.owner, changes=to_json(changes))
        self.tell(self.room.head_ids, event, self.owner)

    def back(self) -> str:
        self.promise(Kind.SUMMARISE, self.owner)
        return State.SUMMARISING.value

    # ── Order and end ───────────────────────────────────────────────────────────────────────

    def _order(self) -> None:
        self.is_to_be_answered = self.facts.answer_by is not None or self.room.chance(ANSWERED)
        more = {"is_to_be_answered": ["", gettext("yes")]} if self.is_to_be_answered else {}
        self.decide(pick(self.rng, words.known()["orders"]), Kind.REPLY, **more)

    def _answer_or_file(self) -> None:
        self.at(self.by_due(self.unmet(Kind.REPLY)[0], late=LATE))
        if self.is_to_be_answered:
            self._answer()
            return
        self.filed_where = pick(self.rng, words.known()["filed"])
        for promise in self.unmet(Kind.REPLY):
            if self.moment > promise.due:
                promise.keep(self.moment)
            else:
                promise.dropped = self.moment
        self._settle("file", ForeignOutcome.FILED, filed_where=["", self.filed_where])

    def _answer(self) -> None:
        self.answered_on = datetime_of(self.moment).date()
        self.answer_reference = f"ศธ ๐๒๐๒/{self.rng.randint(1000, 9999)}"
        self.answer_text = pick(self.rng, words.known()["answers"])
        self.keep(Kind.REPLY)
        self._settle(
            "answer",
            ForeignOutcome.ANSWERED,
            answered_on=["", self.answered_on.isoformat()],
            answer_reference=["", self.answer_reference],
        )

    def _settle(self, name: str, outcome: ForeignOutcome, **changes: list[str]) -> None:
        self.outcome = outcome.value
        self.promise(Kind.CLOSE, self.owner)
        written = changes | {"outcome": ["", str(outcome.label)]}
        self.step(name, State.SETTLED.value, by=self.owner, changes=to_json(written))
