"""Press conferences of a demo: from the plan over the letters of invitation to who came and what was reported."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from django.utils.translation import gettext

from office.calendar import fiscal_year, fiscal_year_of
from office.models import Deadline, Matter, User
from office.thai import be_year, to_thai_digits
from projectplan.demo.clock import DAY, datetime_of, moment_of
from projectplan.demo.course import Course, OutOfTime
from projectplan.demo.days import Numbers, chosen, working_days
from projectplan.demo.names import pick
from projectplan.demo.publicrelations.media import Invitee, known
from projectplan.demo.publicrelations.newsroom import Newsroom
from projectplan.demo.room import spread
from projectplan.demo.sheet import to_json
from publicrelations.models import Coverage, Invitation, PressConference
from publicrelations.models.press_state import Occasion, PressState

Kind, State = Deadline.Kind, PressState
Way, Tone = Invitation.Way, Coverage.Tone
TONES: Final = spread([(Tone.POSITIVE, 5), (Tone.NEUTRAL, 4), (Tone.NEGATIVE, 1)])
HOURS: Final = (9 * 60 + 30, 10 * 60, 10 * 60 + 30, 13 * 60 + 30, 14 * 60)
"""Minutes of the day at which one begins."""
PLANNED_AHEAD: Final = timedelta(days=21)
"""No later one is planned yet."""
WEEKLY: Final = 0.27
INVITED: Final = {Occasion.WEEKLY: (16, 24), Occasion.MISSION: (8, 16)}
ANSWERS: Final = 0.6
SAYS_YES: Final = 0.75
COMES: Final = {"yes": 0.9, "no": 0.03, "": 0.35}
REPORTS: Final = 0.7
NOBODY_REPORTS: Final = 0.03
LATE_OWN: Final = 0.04
WALKS_IN: Final = 0.2


@dataclass(slots=True, eq=False)
class Invited:
    """One of a list. Moments in seconds."""

    key: int
    invitee: Invitee
    way: str = ""
    message: str = ""
    mailed: int | None = None
    invited: int | None = None
    answer: str = ""
    answered: int | None = None
    people: int | None = None
    came: int | None = None

    @property
    def outlet(self) -> str:
        return str(self.invitee.outlet)


@dataclass(slots=True, eq=False)
class Reported:
    """What one outlet reported. `on` is a moment of that day."""

    key: int
    invitee: Invitee
    on: int
    headline: str
    link: str
    tone: str
    note: str


@dataclass
class PressFacts:
    """What is planned of one press conference. Moments in seconds."""

    key: int
    year: int
    number: int
    registered: int
    starts: int
    ends: int
    occasion: str
    title: str
    topic: str
    place: str
    spokespersons: str


def press_conferences(room: Newsroom, year: int, count: int, numbers: Numbers) -> Iterator[PressFacts]:
    """The press conferences of a fiscal year (B.E.) that are planned by now; each begins within the year."""
    period = fiscal_year(year)
    opening = room.time.place(moment_of(period.starts_at))
    planned = []
    days = chosen(room, working_days(room, period), count)
    last = datetime_of(room.now).date() + PLANNED_AHEAD
    for day in (day for day in days if day <= last):
        minutes = pick(room.rng, HOURS)
        starts = moment_of(period.starts_at) + (day - period.first).days * DAY + minutes * 60
        occasion = Occasion.WEEKLY if room.chance(WEEKLY) else Occasion.MISSION
        ahead = room.rng.uniform(3.5, 6) if occasion == Occasion.WEEKLY else room.rng.uniform(0.8, 3)
        place = max(room.time.place(starts) - int(ahead * room.time.day_length), opening + 60)
        planned.append((min(room.time.moment(place), starts - 1_800), starts, occasion))
    for registered, starts, occasion in sorted(planned):
        if registered >= room.now:
            return
        yield _facts(room, registered, starts, occasion, numbers)


def _facts(room: Newsroom, registered: int, starts: int, occasion: Occasion, numbers: Numbers) -> PressFacts:
    day, topic = datetime_of(registered).date(), pick(room.rng, known()["topic"])
    year = fiscal_year_of(day)
    return PressFacts(
        key=room.sheets.matters.next_key(),
        year=year,
        number=numbers.take(year),
        registered=registered,
        starts=starts,
        ends=starts + room.rng.randint(4, 9) * 600,
        occasion=occasion.value,
        title=f"แถลงข่าว{topic['title']}".format(year=to_thai_digits(be_year(day))),
        topic=topic["short"],
        place=pick(room.rng, known()["places"]),
        spokespersons=pick(room.rng, known()["spokespersons"]),
    )


@dataclass
class _Kept:
    """What has come of it so far."""

    rows: list[Invited] = field(default_factory=list)
    walk_ins: list[Invitee] = field(default_factory=list)
    reports: list[Reported] = field(default_factory=list)
    reported: str = ""
    held: int | None = None


class PressLife(Course):
    """A press conference from its registration on. `run` takes it as far as the clock allows."""

    room: Newsroom

    def __init__(self, room: Newsroom, facts: PressFacts) -> None:
        super().__init__(
            room,
            room.times[Matter.Kind.PRESS_CONFERENCE],
            key=facts.key,
            registered=facts.registered,
            state=State.PLANNED.value,
        )
        self.facts = facts
        self.kept = _Kept()
        self.noted_by: User | None = None

    def run(self) -> None:
        """Live as long as there is time."""
        self.owner = self.room.pick(self.room.officers)
        self.step("receive", by=self.owner)
        self.promise_until(Kind.INVITED, self.owner, self.facts.starts, start=self.facts.registered)
        try:
            self._choose()
            self._invite()
            self._answers()
            self._hold()
            self._note_who_came()
            self._record_coverage()
            self._close()
        except OutOfTime:
            return

    def _until(self, part: float) -> None:
        """Go on by a part of the time that is left until it begins."""
        left = max(self.time.place(self.facts.starts) - self.place, 0)
        self.at(self.place + left * part * self.rng.uniform(0.6, 1.0))

    # ── Before it ───────────────────────────────────────────────────────────────────────────

    def _choose(self) -> None:
        self._until(0.1)
        low, high = INVITED[Occasion(self.facts.occasion)]
        some = self.rng.sample(self.room.media, min(self.rng.randint(low, high), len(self.room.media)))
        keys = self.room.sheets.publicrelations.invitations
        self.kept.rows = [Invited(keys.next_key(), one) for one in some]
        self.step("choose", by=self.owner, changes=_named("chosen", self.kept.rows))

    def _invite(self) -> None:
        """Those with an address by letter, which leaves within minutes; the others by telephone before that."""
        self._until(0.25)
        message = pick(self.rng, known()["messages"])
        by_hand = [one for one in self.kept.rows if not one.invitee.has_address]
        by_letter = [one for one in self.kept.rows if one.invitee.has_address]
        if by_hand:
            for one in by_hand:
                one.way, one.invited = Way.TELEPHONE.value, self.moment
            target = State.PLANNED if by_letter else self._all_invited()
            changes = _named("invited", by_hand)
            self.step("note_invited", target.value, by=self.owner, changes=changes)
            self.at(self.place + 600)
        if not by_letter:
            return
        for one in by_letter:
            one.way, one.message, one.mailed = Way.EMAIL.value, message, self.moment
        self.step("invite", by=self.owner, changes=_named("written", by_letter))
        self.at(self.place + 120)
        for one in by_letter:
            one.invited = self.moment
        target = self._all_invited()
        changes = _named("invited", by_letter)
        self.step("confirm_mail", target.value, label=self.room.clock_label, changes=changes)

    def _all_invited(self) -> PressState:
        self.keep(Kind.INVITED)
        self.promise(Kind.COVERAGE, self.owner, start=self.facts.starts)
        return State.INVITED

    def _answers(self) -> None:
        for one in self.kept.rows:
            if not self.room.chance(ANSWERS):
                continue
            self._until(0.06)
            if self.moment >= self.facts.starts:
                return
            answer = Invitation.Answer.YES if self.room.chance(SAYS_YES) else Invitation.Answer.NO
            one.answer, one.answered = answer.value, self.moment
            one.people = self.rng.randint(1, 3) if answer == Invitation.Answer.YES else None
            changes = to_json({"answered": ["", f"{one.outlet}: {answer.label}"]})
            self.step("answer", label=one.outlet, changes=changes)

    # ── The day, and after it ───────────────────────────────────────────────────────────────

    def _hold(self) -> None:
        self.at(max(self.time.place(self.facts.ends), self.place) + self.rng.randint(600, 7_200))
        self.kept.held = self.moment
        changes = to_json({"ends_at": ["", datetime_of(self.facts.ends).isoformat()]})
        self.step("hold", State.HELD.value, by=self.owner, changes=changes)

    def _note_who_came(self) -> None:
        self.at(self.place + 600)
        came = [one for one in self.kept.rows if self.room.chance(COMES[one.answer])]
        for one in came:
            one.came = self.facts.starts
        if self.room.chance(WALKS_IN):
            there = {one.invitee.outlet.pk for one in self.kept.rows}
            others = [one for one in self.room.media if one.outlet.pk not in there]
            self.kept.walk_ins = [self.room.pick(others)] if others else []
        self.noted_by = self.owner
        names = [*(one.outlet for one in came), *(str(one.outlet) for one in self.kept.walk_ins)]
        if names:
            changes = to_json({"came": ["", ", ".join(names)]})
            self.step("note_came", by=self.owner, changes=changes)

    def _record_coverage(self) -> None:
        self.at(self.by_due(self.unmet(Kind.COVERAGE)[0], late=LATE_OWN, low=0.3))
        came = [one.invitee for one in self.kept.rows if one.came] + self.kept.walk_ins
        outlets = {one.outlet.pk: one for one in came if self.room.chance(REPORTS)}
        if not outlets or self.room.chance(NOBODY_REPORTS):
            self.kept.reported = PressConference.Reported.NOBODY.value
            name, changes = "note_nobody_reported", {}
        else:
            self.kept.reports = [self._report(one) for one in outlets.values()]
            self.kept.reported = PressConference.Reported.YES.value
            name = "record_coverage"
            changes = {"covered": ["", ", ".join(str(one.outlet) for one in outlets.values())]}
        label = str(PressConference.Reported(self.kept.reported).label)
        self.keep(Kind.COVERAGE)
        self.promise(Kind.CLOSE, self.owner)
        self.step(
            name, State.COVERED.value, by=self.owner, changes=to_json(changes | {"reported": ["", label]})
        )

    def _report(self, one: Invitee) -> Reported:
        tone = self.room.pick(TONES)
        words = known()["doubtful" if tone == Tone.NEGATIVE else "headlines"]
        key = self.room.sheets.publicrelations.coverage.next_key()
        is_on_paper = one.outlet.kind in ("newspaper", "online", "agency")
        day = datetime_of(self.facts.starts) + timedelta(days=one.outlet.kind == "newspaper")
        on = min(moment_of(day), self.moment)
        return Reported(
            key=key,
            invitee=one,
            on=on,
            headline=pick(self.rng, words).format(topic=self.facts.topic),
            link=f"https://media{one.outlet.pk}.example/{key}" if is_on_paper else "",
            tone=tone.value,
            note="" if is_on_paper else pick(self.rng, known()["notes"][2:5]),
        )

    def _close(self) -> None:
        self.at(self.by_due(self.unmet(Kind.CLOSE)[0], late=LATE_OWN))
        self.closed = self.moment
        self.keep(Kind.CLOSE)
        self.step("close", State.CLOSED.value, by=self.owner)

    @property
    def brief(self) -> str:
        """What stands in the invitation."""
        return gettext("Progress and next steps: %(topic)s.") % {"topic": self.facts.topic}


def _named(name: str, rows: list[Invited]) -> str:
    """Whom a step was about, as the history keeps it: outlets, each once."""
    return to_json({name: ["", ", ".join(dict.fromkeys(one.outlet for one in rows))]})
