"""Situation briefs of a demo: from the day one is begun to the minister's order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from office.calendar import fiscal_year, fiscal_year_of
from office.models import Deadline, Matter
from office.thai import be_year
from projectplan.demo.clock import BANGKOK_OFFSET, DAY, EPOCH
from projectplan.demo.course import OutOfTime
from projectplan.demo.days import Numbers, chosen, come, registered_on, working_days
from projectplan.demo.publicrelations import words
from projectplan.demo.publicrelations.minister import LATE, ToMinister
from projectplan.demo.publicrelations.newsroom import Newsroom
from projectplan.demo.publicrelations.words import Situation
from projectplan.demo.sheet import to_json
from publicrelations.models import BriefState

Kind, State = Deadline.Kind, BriefState
DAYS_LOOKED_AT: Final = 7


@dataclass
class BriefFacts:
    """What one brief is about."""

    key: int
    year: int
    number: int
    registered: int
    words: Situation
    since_on: date
    until_on: date


def briefs(room: Newsroom, year: int, count: int, numbers: Numbers) -> Iterator[BriefFacts]:
    """The briefs of a fiscal year (B.E.), as far as they have been begun."""
    days = come(room, chosen(room, working_days(room, fiscal_year(year)), count))
    for registered in sorted(registered_on(room, day)[1] for day in days):
        if registered >= room.now:
            return
        day = EPOCH + timedelta(days=(registered + BANGKOK_OFFSET) // DAY)
        of_year = fiscal_year_of(day)
        yield BriefFacts(
            key=room.sheets.matters.next_key(),
            year=of_year,
            number=numbers.take(of_year),
            registered=registered,
            words=words.situation(room.rng, be_year(day)),
            since_on=day - timedelta(days=DAYS_LOOKED_AT),
            until_on=day,
        )


class BriefLife(ToMinister):
    """A brief from its first line on. `run` takes it as far as the clock allows."""

    def __init__(self, room: Newsroom, facts: BriefFacts) -> None:
        super().__init__(
            room,
            room.times[Matter.Kind.BRIEF],
            key=facts.key,
            registered=facts.registered,
            state=State.WRITING.value,
        )
        self.facts = facts
        self.is_written = False
        self.options: list[int] = []
        self.chosen: int | None = None

    def run(self) -> None:
        """Live as long as there is time."""
        self.owner = self.room.pick(self.room.officers)
        self.step("receive", by=self.owner)
        self.promise(Kind.TO_MINISTER, self.owner)
        try:
            until = self.by_due(self.unmet(Kind.TO_MINISTER)[0], late=LATE, low=0.3)
            self.reach_the_desk(until)
            self.reach_an_order()
            self._order()
            self.close()
        except OutOfTime:
            return

    def write(self) -> None:
        changes: dict[str, list[str]] = {}
        if not self.is_written:
            self.is_written = True
            options = self.room.sheets.publicrelations.options
            self.options = [options.next_key() for _option in self.facts.words.options]
            changes = self._written()
        self.promise(Kind.CHECK, self.room.cast.first_head)
        event = self.step("submit", State.CHECKING.value, by=self.owner, changes=to_json(changes))
        self.tell(self.room.head_ids, event, self.owner)

    def _written(self) -> dict[str, list[str]]:
        said, facts = self.facts.words, self.facts
        texts = {
            "options": "\n".join(text for text, _good, _bad in said.options),
            "sources": "\n".join(title for title, _link in said.sources),
            "since_on": facts.since_on.isoformat(),
            "until_on": facts.until_on.isoformat(),
            "situation": said.situation,
            "meaning": said.meaning,
            "opinion": said.opinion,
        }
        return {name: ["", text] for name, text in texts.items() if text}

    def back(self) -> str:
        if not self.unmet(Kind.TO_MINISTER):
            self.promise(Kind.TO_MINISTER, self.owner)
        return State.WRITING.value

    def _order(self) -> None:
        options = self.facts.words.options
        more: dict[str, list[str]] = {}
        if options:
            place = int(self.rng.random() * len(options))
            self.chosen = self.options[place]
            more["chosen"] = ["", options[place][0]]
        self.decide(self.facts.words.order, Kind.CLOSE, **more)
