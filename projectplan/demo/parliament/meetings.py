"""Meetings of a demo: from their notice over agenda, those told and papers ready to the minutes and what follows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from django.conf import settings

from office.models import Agency, Deadline, Matter, User
from office.models.number import number_label
from parliament.models import Committee, FollowUp, Need, Session, Telling
from parliament.models.meeting_state import MeetingState
from projectplan.demo.clock import datetime_of
from projectplan.demo.course import Course, OutOfTime
from projectplan.demo.names import pick
from projectplan.demo.parliament import words
from projectplan.demo.parliament.politics import Politics
from projectplan.demo.parliament.words import Writing
from projectplan.demo.promises import Promise
from projectplan.demo.sheet import to_json

SERIES: Final = settings.SERIES_PREFIXES["meeting"]
FOLLOW_UP_SERIES: Final = settings.SERIES_PREFIXES["follow_up"]
Kind = Deadline.Kind
State = MeetingState
LATE: Final = 0.02
LATE_OWN: Final = 0.04
BY_EMAIL: Final = 0.75
ACKNOWLEDGES: Final = 0.7
FOLLOWED_AFTER_DAYS: Final = 1.2
"""Working days after its beginning: what a meeting wants followed up is registered then, in the order of meetings."""


@dataclass(slots=True, eq=False)
class Item:
    """One item of an agenda; one that concerns us has its words."""

    key: int
    position: int
    number: str
    title: str
    writing: Writing | None = None
    about: int | None = None
    resolution: str = ""
    told: list[Told] = field(default_factory=list)
    needed: list[Needed] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Told:
    """An agency to be told, and when it was. Moments in seconds."""

    key: int
    agency: Agency
    due: int
    way: str = ""
    message: str = ""
    at: int | None = None
    acknowledged: int | None = None


@dataclass(slots=True, eq=False)
class Needed:
    """A paper or a person to be ready, and since when. Moments in seconds."""

    key: int
    kind: str
    what: str
    agency: Agency
    due: int
    at: int | None = None


@dataclass(slots=True, eq=False)
class FollowUpFacts:
    """What a meeting wants done after it; the meeting fills in the second half as it is lived."""

    year: int
    number: int
    meeting: int = 0
    item: int | None = None
    agency: Agency | None = None
    owner: User | None = None
    registered: int = 0
    title: str = ""
    wanted: str = ""
    meeting_words: tuple[str, str] = ("", "")

    @property
    def label(self) -> str:
        return number_label(FOLLOW_UP_SERIES, self.number, self.year)


@dataclass(slots=True, eq=False)
class MeetingFacts:
    """What is registered of one meeting."""

    key: int
    year: int
    number: int
    received: int
    registered: int
    kind: str
    session: Session | None
    committee: Committee | None
    sitting_number: str
    title: str
    place: str
    begins: int
    ends: int
    school_year: int
    questions: list[tuple[int, str, Writing]] = field(default_factory=list)
    follow_up: FollowUpFacts | None = None


class MeetingLife(Course):
    """A meeting from its registration on. `run` takes it as far as the clock allows."""

    room: Politics

    def __init__(self, room: Politics, facts: MeetingFacts) -> None:
        super().__init__(
            room,
            room.times[Matter.Kind.MEETING],
            key=facts.key,
            registered=facts.registered,
            state=State.ANNOUNCED.value,
        )
        self.facts = facts
        self.begins = self.time.place(facts.begins)
        self.items: list[Item] = []
        self.checked: int | None = None
        self.held: int | None = None
        self.minutes = ""
        self.ready: Promise | None = None
        self.is_late = room.chance(LATE)

    @property
    def ours(self) -> list[Item]:
        return [item for item in self.items if item.writing]

    def run(self) -> None:
        """Live as long as there is time."""
        self._receive()
        try:
            if self.facts.received >= self.facts.begins:
                self._go_through_what_is_over()
            else:
                self._prepare()
            self._hold()
            self._follow_up()
            self._keep_minutes()
            self._close()
        except OutOfTime:
            return

    def _receive(self) -> None:
        self.owner = self.room.pick(self.room.officers)
        self.step("receive", by=self.owner)
        if self.facts.received < self.facts.begins:
            self.ready = self.promise_until(
                Kind.READY, self.owner, self.facts.begins, start=self.facts.received
            )
        else:
            self.promise(Kind.MINUTES, self.owner, start=self.facts.begins)

    def _until(self, part: float) -> None:
        """Go on by a part of the time that is left until it begins."""
        self.at(self.place + max(self.begins - self.place, 0) * part * self.rng.uniform(0.6, 1.0))

    # ── Before it ───────────────────────────────────────────────────────────────────────────

    def _prepare(self) -> None:
        self._until(0.2)
        self._write_agenda()
        for item in self.ours:
            self._until(0.1)
            self._need_for(item)
        self._until(0.15)
        self._go_through()
        self._until(0.3)
        self._tell()
        self._acknowledge()
        self._make_ready()

    def _go_through_what_is_over(self) -> None:
        """Told of only after it began: its agenda is kept, nobody could have been told in time."""
        self.at(self.place + 600)
        self._write_agenda()
        self.at(self.place + 300)
        self._go_through()

    def _write_agenda(self) -> None:
        known = words.known()["agenda"]
        titles: list[tuple[str, Writing | None, int | None]] = [
            (title, None, None) for title in known["opening"]
        ]
        for matter, title, writing in self.facts.questions:
            titles.append((title, writing, matter))
        own = 1 if self.facts.questions or self.room.chance(0.7) else 2
        for _one in range(own):
            writing = self.room.writing(self.facts.school_year)
            titles.append((pick(self.rng, known["ours"]).format(title=writing.title), writing, None))
        titles.append((pick(self.rng, known[self.facts.kind]), None, None))
        for position, (title, writing_, matter_) in enumerate(titles, 1):
            key = self.room.sheets.parliament.items.next_key()
            number = THAI_NUMBERS[position] if position < len(THAI_NUMBERS) else str(position)
            self.items.append(Item(key, position, number, title, writing_, matter_))
        self.step("write_agenda", by=self.owner, changes=to_json({"items": ["0", str(len(titles))]}))

    def _need_for(self, item: Item) -> None:
        sheets, known = self.room.sheets.parliament, words.known()["meeting"]
        if item.writing is None:
            return
        agency = item.writing.agency
        due = self.time.moment(max(self.begins - self.time.day_length // 2, self.place))
        asked = [agency]
        if self.room.chance(0.3):
            asked.append(self.room.pick([other for other in self.room.agencies if other != agency]))
        item.told = [Told(sheets.tellings.next_key(), one, due) for one in asked]
        wanted = [(Need.Kind.PAPER, pick(self.rng, known["papers"]))]
        if self.room.chance(0.6):
            wanted.append((Need.Kind.PERSON, pick(self.rng, known["persons"])))
        item.needed = [
            Needed(sheets.needs.next_key(), kind.value, what, agency, due) for kind, what in wanted
        ]
        changes = {
            "to_tell": ["", ", ".join(str(one.agency) for one in item.told)],
            "needed": ["", ", ".join(one.what for one in item.needed)],
        }
        self.step("prepare", by=self.owner, changes=to_json(changes))

    def _go_through(self) -> None:
        self.checked = self.moment
        concerning = ", ".join(item.number or item.title for item in self.ours)
        target = State.PREPARING if self._is_wanting() else self._all_ready()
        self.step(
            "go_through", target.value, by=self.owner, changes=to_json({"concerning": ["", concerning]})
        )

    def _is_wanting(self) -> bool:
        told = any(one.at is None for item in self.items for one in item.told)
        return told or any(one.at is None for item in self.items for one in item.needed)

    def _all_ready(self) -> MeetingState:
        """The promise is kept; the minutes are owed from the moment it begins."""
        if self.ready:
            self.ready.keep(self.moment)
            self.promise(Kind.MINUTES, self.owner, start=self.facts.begins)
        return State.READY

    def _tell(self) -> None:
        by_email = self.room.chance(BY_EMAIL)
        telling = [one for item in self.items for one in item.told]
        message = pick(self.rng, words.known()["meeting"]["messages"]) if by_email else ""
        way = Telling.Way.EMAIL if by_email else Telling.Way.LETTER
        for one in telling:
            one.at, one.way, one.message = self.moment, way.value, message
        changes = to_json({"told": ["", ", ".join(str(one.agency) for one in telling)]})
        target = State.PREPARING if self._is_wanting() else self._all_ready()
        self.step("tell" if by_email else "note_told", target.value, by=self.owner, changes=changes)

    def _acknowledge(self) -> None:
        for item in self.items:
            for one in item.told:
                if one.way == Telling.Way.EMAIL and self.room.chance(ACKNOWLEDGES):
                    self._until(0.08)
                    one.acknowledged = self.moment
                    changes = to_json({"acknowledged": ["", str(one.agency)]})
                    self.step("acknowledge", label=str(one.agency), changes=changes)

    def _make_ready(self) -> None:
        needs = [one for item in self.items for one in item.needed]
        for place, one in enumerate(needs, 1):
            if self.is_late and place == len(needs):
                return
            self._until(0.5)
            one.at = self.moment
            target = State.PREPARING if self._is_wanting() else self._all_ready()
            self.step("make_ready", target.value, by=self.owner, changes=to_json({"ready": ["", one.what]}))

    # ── After it ────────────────────────────────────────────────────────────────────────────

    def _hold(self) -> None:
        over = max(self.time.place(self.facts.ends), self.place)
        follows = self.begins + (FOLLOWED_AFTER_DAYS - 0.2) * self.time.day_length
        self.at(over + max(follows - over, 600) * self.rng.uniform(0.05, 0.5))
        if self.ready and self.ready.is_open:
            self.ready.keep(self.moment, pick(self.rng, words.known()["late_reasons"]))
        elif self.ready and self.ready.met is not None and self.ready.met > self.ready.due:
            self.ready.late_reason = pick(self.rng, words.known()["late_reasons"])
        if not self.unmet(Kind.MINUTES):
            self.promise(Kind.MINUTES, self.owner, start=self.facts.ends)
        self.held = self.moment
        changes = to_json({"ends_at": ["", datetime_of(self.facts.ends).isoformat()]})
        self.step("hold", State.HELD.value, by=self.owner, changes=changes)

    def _follow_up(self) -> None:
        facts = self.facts.follow_up
        if facts is None or not self.ours:
            return
        self.at(self.begins + FOLLOWED_AFTER_DAYS * self.time.day_length)
        item = self.ours[-1]
        title = item.writing.title if item.writing else item.title
        facts.meeting, facts.item, facts.owner = self.key, item.key, self.owner
        facts.agency = item.writing.agency if item.writing else None
        facts.registered, facts.title = self.moment, f"ติดตาม{title}"[:200]
        facts.wanted = pick(self.rng, words.known()["meeting"]["wanted"]).format(title=title)
        facts.meeting_words = self.facts.title, number_label(SERIES, self.facts.number, self.facts.year)
        self.step("follow_up", by=self.owner, changes=to_json({"follow_up": ["", facts.label]}))

    def _keep_minutes(self) -> None:
        self.at(self.by_due(self.unmet(Kind.MINUTES)[0], late=LATE_OWN, low=0.3))
        known = words.known()["meeting"]
        changes: dict[str, list[str]] = {}
        for item in self.ours:
            item.resolution = pick(self.rng, known["resolutions"])
            changes[f"resolution {item.number}"] = ["", item.resolution]
        count = THAI_NUMBERS[1 + int(self.rng.random() * 8)]
        self.minutes = pick(self.rng, known["minutes"]).format(count=count)
        changes["minutes"] = ["", self.minutes]
        self.keep(Kind.MINUTES)
        self.promise(Kind.CLOSE, self.owner)
        self.step("keep_minutes", State.MINUTED.value, by=self.owner, changes=to_json(changes))

    def _close(self) -> None:
        self.at(self.by_due(self.unmet(Kind.CLOSE)[0], late=LATE_OWN))
        self.closed = self.moment
        self.keep(Kind.CLOSE)
        self.step("close", State.CLOSED.value, by=self.owner)


class FollowUpLife(Course):
    """What a meeting wants done, until it is."""

    room: Politics

    def __init__(self, room: Politics, facts: FollowUpFacts) -> None:
        super().__init__(
            room,
            room.times[Matter.Kind.FOLLOW_UP],
            key=room.sheets.matters.next_key(),
            registered=facts.registered,
            state=FollowUp.State.OPEN.value,
        )
        self.facts = facts
        self.outcome = ""

    def run(self) -> None:
        """Live as long as there is time."""
        self.owner = self.facts.owner
        self.step("receive", by=self.owner)
        self.promise(Kind.FOLLOW_UP, self.owner)
        try:
            self.at(self.by_due(self.promises[0], late=LATE_OWN, low=0.3))
        except OutOfTime:
            return
        self.outcome, self.closed = pick(self.rng, words.known()["meeting"]["outcomes"]), self.moment
        self.keep(Kind.FOLLOW_UP, late_reason=pick(self.rng, words.known()["late_reasons"]))
        changes = to_json({"outcome": ["", self.outcome]})
        self.step("finish", FollowUp.State.CLOSED.value, by=self.owner, changes=changes)


THAI_NUMBERS: Final = ("๐", "๑", "๒", "๓", "๔", "๕", "๖", "๗", "๘", "๙")
