"""Related matters of a demo: reports, torts, criminal cases and summonses, from registration to the last hearing."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from complaints.models import CourtStep, RelatedMatter, State
from office.calendar import fiscal_year, months_of
from office.models import Agency, Deadline, Secrecy, User
from office.thai import to_thai_digits
from projectplan.demo import names, words
from projectplan.demo.arrivals import Counts, by_month, one_at_the_office
from projectplan.demo.clock import DAY, OfficeTime, datetime_of, moment_of
from projectplan.demo.course import QUARTER_HOUR, OutOfTime
from projectplan.demo.facts import Arrival
from projectplan.demo.history import CLOSED, LATE, NOTE, ORDER, ORDERED, Life
from projectplan.demo.promises import Promise
from projectplan.demo.room import spread
from projectplan.demo.sheet import to_json
from projectplan.demo.words import pick
from projectplan.demo.world import World

Kind = RelatedMatter.RelatedKind
SERIES: Final = settings.SERIES_PREFIXES["related"]
KINDS: Final = spread([(Kind.REPORT, 68), (Kind.TORT, 14), (Kind.CRIMINAL, 10), (Kind.SUMMONS, 8)])
ROLES: Final = spread(
    [(RelatedMatter.Role.DEFENDANT, 5), (RelatedMatter.Role.WITNESS, 4), (RelatedMatter.Role.DOCUMENTS, 1)]
)
COURTS: Final = {
    "ศาลปกครอง": RelatedMatter.Court.ADMINISTRATIVE,
    "ศาลแพ่ง": RelatedMatter.Court.CIVIL,
    "ศาลแรงงาน": RelatedMatter.Court.LABOUR,
}
PURPOSES: Final = ("นัดพิจารณาครั้งแรก", "นัดสืบพยานโจทก์", "นัดสืบพยานจำเลย", "นัดไกล่เกลี่ย", "นัดฟังคำพิพากษา")
OUTCOMES: Final = (
    "ผู้แทนกระทรวงไปศาลตามนัด คู่ความแถลงแนวทางสืบพยาน",
    "สืบพยานได้สองปาก คู่ความแถลงหมดพยาน",
    "ไกล่เกลี่ยแล้วตกลงกันได้บางส่วน",
    "ศาลรับคำให้การและเอกสารไว้แล้ว",
)
CARRIED_OUT: Final = (
    "แจ้งหน่วยงานที่เกี่ยวข้องดำเนินการตามสั่งการแล้ว",
    "ส่งสำนักนิติการจัดทำคำให้การและมอบหมายผู้แทนคดีแล้ว",
    "แต่งตั้งคณะกรรมการและแจ้งผู้เกี่ยวข้องแล้ว",
)
OPINIONS: Final = (
    "เห็นควรทราบ และมอบ {agency} ติดตามผลการดำเนินการ",
    "เห็นควรส่งสำนักนิติการพิจารณาดำเนินการตามกฎหมาย",
    "เห็นควรมอบผู้แทนไปศาลตามกำหนดนัด และรายงานผลทุกครั้ง",
)
COMMITTEE: Final = "คณะกรรมการสอบข้อเท็จจริงความรับผิดทางละเมิด ๓ คน ประธาน นิติกรชำนาญการพิเศษ"
LIMITATION_DAYS: Final = 300, 720
FURTHEST_HEARING_DAYS: Final = 95


@cache
def _known() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("related_words.toml").read_text(encoding="utf-8"))


@dataclass
class RelatedFacts:
    """What is registered of one related matter."""

    key: int
    year: int
    number: int
    kind: str
    arrival: Arrival
    title: str
    story: str
    received_from: str
    agency: Agency
    official_position: str
    amount: str | None
    limitation: int | None
    court: str
    court_name: str
    case_number: str
    role: str
    stage: str
    secrecy: int


@dataclass
class Sitting:
    """A hearing: when, its promise, and what came of it."""

    key: int
    at: int
    purpose: str
    promise: Promise
    outcome: str = ""
    recorded: int | None = None


def related_lives(world: World, years: dict[int, Counts]) -> Iterator[RelatedLife]:
    """The related matters of fiscal years (B.E.), oldest first, up to the world's now, each lived through."""
    time = world.related_time
    for year, counts in sorted(years.items()):
        for number, arrival in enumerate(_arrivals(world, year, counts.related), 1):
            life = RelatedLife(world, _register(world, arrival, year, number), time)
            life.run()
            yield life


def _arrivals(world: World, year: int, count: int) -> Iterator[Arrival]:
    for month, share in zip(months_of(fiscal_year(year)), by_month(count), strict=True):
        if moment_of(month.starts_at) > world.now:
            return
        found = [one_at_the_office(world, month, "") for _one in range(share)]
        yield from sorted(
            (arrival for arrival in found if arrival.registered < world.now), key=lambda one: one.registered
        )


def _register(world: World, arrival: Arrival, year: int, number: int) -> RelatedFacts:
    rng = world.rng
    kind = world.pick(KINDS)
    known = _known()[kind]
    subject = known["subject"][int(rng.random() * len(known["subject"]))]
    amount = world.pick((4_500, 12_800, 36_000, 85_400, 128_000, 450_000))
    slots = {
        "school": names.school(rng),
        "province": world.pick(world.provinces).name,
        "amount": to_thai_digits(f"{amount:,}"),
    }
    received_from = pick(rng, known["from"])
    is_case = kind in (Kind.CRIMINAL, Kind.SUMMONS)
    court_name = received_from if kind == Kind.SUMMONS else "ศาลจังหวัด" if is_case else ""
    court = next((court for start, court in COURTS.items() if court_name.startswith(start)), "")
    limited = arrival.received + int(rng.uniform(*LIMITATION_DAYS)) * DAY
    return RelatedFacts(
        key=world.sheets.matters.next_key(),
        year=year,
        number=number,
        kind=kind,
        arrival=arrival,
        title=subject["title"].format_map(slots),
        story=subject["story"].format_map(slots),
        received_from=received_from,
        agency=world.pick(world.agencies),
        official_position=pick(rng, known["positions"]),
        amount=f"{amount}.00" if kind == Kind.TORT else None,
        limitation=limited if kind == Kind.TORT else None,
        court=court or _usual_court(kind),
        court_name=court_name,
        case_number=f"{'อ' if kind == Kind.CRIMINAL else 'ดำที่ บ'}.{int(rng.random() * 900) + 12}/{year}"
        if is_case
        else "",
        role=world.pick(ROLES) if kind == Kind.SUMMONS else "",
        stage=RelatedMatter.Stage.INQUIRY if kind == Kind.CRIMINAL else "",
        secrecy=Secrecy.CONFIDENTIAL if kind == Kind.CRIMINAL and world.chance(0.05) else Secrecy.ORDINARY,
    )


def _usual_court(kind: str) -> str:
    usual: dict[str, str] = {
        Kind.CRIMINAL: RelatedMatter.Court.CRIMINAL,
        Kind.SUMMONS: RelatedMatter.Court.CIVIL,
    }
    return usual.get(kind, "")


class RelatedLife(Life):
    """A related matter from its registration on, by the same opinion path as a petition."""

    facts: RelatedFacts  # type: ignore[assignment]  # of a related matter, with the parts that the path asks for

    def __init__(self, world: World, facts: RelatedFacts, time: OfficeTime) -> None:
        super().__init__(world, facts, time)  # type: ignore[arg-type]
        self.hearings: list[Sitting] = []
        self.court_steps: list[tuple[object, ...]] = []
        self.stage = facts.stage
        self.is_noted = False

    def run(self) -> None:
        """Live as long as there is time; the dates of the court come whatever the office does."""
        self._receive()
        try:
            self._reach_an_order(self.by_due(self.promises[0], late=LATE, low=0.55, high=0.97))
            self._carry_out()
            self._go_to_court()
            self._end()
        except OutOfTime:
            return

    def _receive(self) -> None:
        self.owner = self.world.pick(self.world.officers)
        self.step("receive", by=self.owner)
        self.promise(Deadline.Kind.OPINION, self.owner, start=self.facts.arrival.received)
        if self.facts.limitation:
            self.promise_until(Deadline.Kind.LIMITATION, self.owner, self._closing_of(self.facts.limitation))
        if self.facts.kind == Kind.SUMMONS:
            self._set_hearing(after_days=self.rng.uniform(12, 40))

    def _closing_of(self, moment: int) -> int:
        return moment_of(self.time.calendar.closing_of(datetime_of(moment).date()))

    def _set_hearing(self, *, after_days: float) -> Sitting | None:
        day = self.time.calendar.working_day_on_or_after(
            datetime_of(self.moment).date() + timedelta(days=after_days)
        )
        at = moment_of(self.time.calendar.opening_of(day))
        at += int(self.rng.random() * 3) * 3_600 + 1_800
        if at > self.world.now + FURTHEST_HEARING_DAYS * DAY:
            return None
        sitting = Sitting(
            key=self.world.sheets.hearings.next_key(),
            at=at,
            purpose=PURPOSES[min(len(self.hearings), len(PURPOSES) - 1)],
            promise=self.promise_until(Deadline.Kind.HEARING, self.owner, at),
        )
        self.hearings.append(sitting)
        return sitting

    def _add_hearing(self) -> None:
        sitting = self._set_hearing(after_days=self.rng.uniform(30, 90))
        if sitting:
            changes = {"hearing": ["", datetime_of(sitting.at).isoformat()]}
            self.step("add_hearing", by=self.owner, changes=to_json(changes))

    def _summarise(self) -> None:
        changes = self.write(
            summary=self.facts.story,
            opinion=pick(self.rng, OPINIONS).format(agency=self.facts.agency),
        )
        self.hand_over(self.world.cast.first_head)
        event = self.step("summarise", State.SUMMARISED.value, by=self.owner, changes=to_json(changes))
        self.tell(self.world.head_ids, event, self.owner)

    def _decide(self, executive: User) -> None:
        self.is_noted = self.facts.kind == Kind.REPORT and self.world.chance(0.55)
        text = pick(self.rng, words.NOTES if self.is_noted else words.ORDERS).format(agency=self.facts.agency)
        self.decision = NOTE if self.is_noted else ORDER
        self.keep(Deadline.Kind.ORDER)
        self.promise(Deadline.Kind.CLOSE if self.is_noted else Deadline.Kind.CARRY_OUT, self.owner)
        changes = self.write(order_text=text)
        name = "note" if self.is_noted else "order"
        event = self.step(name, ORDERED, by=executive, changes=to_json(changes))
        self.tell([*self.owner_ids, *self.world.head_ids], event, executive)

    def _carry_out(self) -> None:
        if self.is_noted:
            return
        self._attend_what_has_come(self.by_due(self.unmet(Deadline.Kind.CARRY_OUT)[0], late=0.05))
        if self.facts.kind == Kind.CRIMINAL:
            self._add_hearing()
            self.at(self.place + QUARTER_HOUR)
        self.keep(Deadline.Kind.CARRY_OUT)
        self._owe_what_is_left()
        self.step("carry_out", by=self.owner, reason=pick(self.rng, CARRIED_OUT))

    def _attend_what_has_come(self, until: int) -> None:
        """Go on to a place; the hearings that come before it are attended and recorded first."""
        for sitting in self.hearings:
            if sitting.recorded is None and self.time.place(sitting.at) < until:
                self._record(sitting)
        self.at(max(until, self.place))

    def _record(self, sitting: Sitting) -> None:
        self.at(self.time.place(sitting.at) + self.rng.uniform(0.3, 0.9) * self.time.day_length)
        sitting.outcome, sitting.recorded = pick(self.rng, OUTCOMES), self.moment
        sitting.promise.met = min(self.moment, sitting.at)
        written = datetime_of(sitting.at).isoformat()
        following = self._set_hearing(after_days=self.rng.uniform(25, 60)) if len(self.hearings) < 3 else None
        following_at = datetime_of(following.at).isoformat() if following else ""
        if self.state == ORDERED:
            self._owe_what_is_left()
        changes = {"hearing": [written, following_at], "outcome": ["", sitting.outcome]}
        self.step("record_hearing", by=self.owner, changes=to_json(changes))

    def _owe_what_is_left(self) -> None:
        """As the path has it: the dates of a case are what is owed; when nothing is left, closing is."""
        owed = {promise.kind for promise in self.promises if promise.is_open}
        if owed & {Deadline.Kind.HEARING, Deadline.Kind.LIMITATION}:
            self.drop(Deadline.Kind.CLOSE)
        elif not owed:
            self.promise(Deadline.Kind.CLOSE, self.owner)

    def _go_to_court(self) -> None:
        """Hearing after hearing; a tort's claim is brought, a criminal case reaches its judgment."""
        while waiting := [sitting for sitting in self.hearings if sitting.recorded is None]:
            self._record(waiting[0])
        if self.facts.kind == Kind.SUMMONS:
            self._court_step(CourtStep.Kind.JUDGMENT, "ศาลพิพากษาแล้ว รายละเอียดตามสำเนาคำพิพากษา", days=2)
        elif self.facts.kind == Kind.TORT:
            self._court_step(CourtStep.Kind.FILED, "ยื่นฟ้องเรียกค่าสินไหมทดแทนแล้ว", days=80)
        elif self.facts.kind == Kind.CRIMINAL:
            self._court_step(CourtStep.Kind.JUDGMENT, "ศาลชั้นต้นมีคำพิพากษา", days=2)

    def _court_step(self, kind: str, note: str, *, days: float) -> None:
        self.at(self.place + self.rng.uniform(0.4, 1.4) * days * self.time.day_length)
        changes = {"court_step": ["", str(kind)]}
        if self.facts.kind == Kind.CRIMINAL:
            before, self.stage = self.stage, RelatedMatter.Stage.FIRST.value
            changes = {**changes, "stage": [before, self.stage]}
        on = datetime_of(self.moment).date().isoformat()
        self.court_steps.append(
            (
                self.world.sheets.court_steps.next_key(),
                self.facts.key,
                str(kind),
                self.facts.court_name,
                on,
                note,
                self.time.text(self.moment),
                self.owner_ids[0],
            )
        )
        if kind == CourtStep.Kind.FILED:
            self.keep(Deadline.Kind.LIMITATION)
        self._owe_what_is_left()
        self.step("record_court_step", by=self.owner, changes=to_json(changes))

    def _end(self) -> None:
        owed = self.unmet(Deadline.Kind.CLOSE)
        self.at(self.by_due(owed[0], late=0.04) if owed else self.place + self.time.day_length)
        self.closed = self.moment
        self.keep(Deadline.Kind.CLOSE, Deadline.Kind.CARRY_OUT)
        self.drop(Deadline.Kind.LIMITATION)
        result = pick(self.rng, _known()[self.facts.kind]["result"])
        self.step("close", CLOSED, by=self.owner, changes=to_json(self.write(result=result)))
