"""A petition as it comes in: when, by which way, from whom, about what."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from complaints.models import Petition
from office import seals
from office.calendar import fiscal_year_of
from office.models import Agency, EducationArea, Province, Secrecy
from office.thai import be_year
from projectplan.demo import names, words
from projectplan.demo.clock import BANGKOK_OFFSET, DAY, EPOCH
from projectplan.demo.words import Writing
from projectplan.demo.world import Topic, World

Channel = Petition.Channel

LATELY: Final = 40
WRITES_TWICE: Final = 0.012
RECENT_DAYS: Final = 12
WRITES_TWICE_LATELY: Final = 0.06
ANONYMOUS: Final[dict[str, float]] = {Channel.WEB: 0.14, Channel.LETTER: 0.10, Channel.TELEPHONE: 0.20}
"""How many of those by a channel do not say who they are."""


@dataclass(frozen=True)
class Arrival:
    """That something comes in: the moment it is registered, the moment it was received, by which channel."""

    registered: int
    received: int
    channel: str


@dataclass
class Person:
    """Who a petition comes from."""

    name: str
    telephone: str
    email: str
    address: str
    thai_id: str


@dataclass
class Facts:
    """What is registered of one petition."""

    key: int
    year: int
    number: int
    month: str
    arrival: Arrival
    topic: Topic
    writing: Writing
    province: Province
    area: EducationArea | None
    place: str
    agency: Agency | None
    agency_text: str
    political_source: str
    secrecy: int
    code: str
    person: Person | None


class Register:
    """Gives petitions their keys and numbers, in the order in which they are registered."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.numbers: dict[int, int] = {}
        self._lately: deque[Facts] = deque(maxlen=LATELY)
        self._days: dict[int, tuple[int, str, int]] = {}

    def register(self, arrival: Arrival, *, secrecy: int = Secrecy.ORDINARY) -> Facts:
        """The facts of the next petition."""
        world, rng = self.world, self.world.rng
        year, month, school_year = self._calendar_of(arrival.received)
        number = self.numbers[year] = self.numbers.get(year, 0) + 1
        topic = world.pick(world.topics)
        province = world.pick(world.provinces)
        areas = world.areas[province.code]
        area = world.pick(areas) if areas and world.chance(0.6) else None
        subject = world.pick(topic.subcategory.subjects)
        writing = words.write(
            rng, subject, province=province.name, area=area.name if area else "", year=school_year
        )
        agency, agency_text = self._concerned(topic, area)
        is_political = arrival.channel == Channel.POLITICIAN
        facts = Facts(
            key=world.sheets.matters.next_key(),
            year=year,
            number=number,
            month=month,
            arrival=arrival,
            topic=topic,
            writing=writing,
            province=province,
            area=area,
            place=words.place(rng, writing) if world.chance(0.7) else "",
            agency=agency,
            agency_text=agency_text,
            political_source=names.political_source(rng, province.name) if is_political else "",
            secrecy=secrecy,
            code=self._code(),
            person=self._person(arrival.channel, province.name),
        )
        is_recent = arrival.registered > world.now - RECENT_DAYS * DAY
        if len(self._lately) == LATELY and world.chance(WRITES_TWICE_LATELY if is_recent else WRITES_TWICE):
            self._write_again(facts, world.pick(self._lately))
        self._lately.append(facts)
        return facts

    @staticmethod
    def _write_again(facts: Facts, before: Facts) -> None:
        """The same person sends the same words a second time, another way."""
        facts.writing, facts.topic, facts.person = replace(before.writing), before.topic, before.person
        facts.province, facts.area, facts.place = before.province, before.area, before.place

    def _calendar_of(self, received: int) -> tuple[int, str, int]:
        """Fiscal year, first day of the month, and school year of a moment's day in Bangkok."""
        number = (received + BANGKOK_OFFSET) // DAY
        found = self._days.get(number)
        if found is None:
            day = EPOCH + timedelta(days=number)
            school_year = be_year(day) - (day.month < 5)
            found = self._days[number] = fiscal_year_of(day), day.replace(day=1).isoformat(), school_year
        return found

    def _concerned(self, topic: Topic, area: EducationArea | None) -> tuple[Agency | None, str]:
        """The agency concerned as registered, or as the petitioner calls it, or neither."""
        chance = self.world.rng.random()
        if chance < 0.5:
            return topic.agency, ""
        return None, (area.name if area else "") if chance < 0.7 else ""

    def _code(self) -> str:
        letters = "".join(self.world.rng.choices(seals.CODE_ALPHABET, k=seals.CODE_LENGTH))
        return f"{letters[:5]}-{letters[5:]}"

    def _person(self, channel: str, province: str) -> Person | None:
        world, rng = self.world, self.world.rng
        if world.chance(ANONYMOUS.get(channel, 0.0)):
            return None
        has_email = world.chance(0.6 if channel == Channel.WEB else 0.08)
        return Person(
            name=names.person(rng),
            telephone=names.telephone(rng) if world.chance(0.8) else "",
            email=f"petitioner{int(rng.random() * 1_000_000)}@example.com" if has_email else "",
            address=names.address(rng, province) if world.chance(0.5) else "",
            thai_id=names.thai_id(rng) if world.chance(0.03) else "",
        )
