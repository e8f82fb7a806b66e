"""Who sits in the demo's parliament: sessions and recesses, parties, members, committees; all names invented."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any, Final

from office.calendar import OFFICE_TZ
from office.models import Province, User
from office.thai import sort_key, to_thai_digits
from parliament.models import (
    Chamber,
    Committee,
    CommitteeSeat,
    Member,
    Party,
    Recess,
    Session,
)
from projectplan.demo import names
from projectplan.demo.parliament import sessions
from projectplan.demo.parliament.sessions import Span
from projectplan.demo.room import spread
from projectplan.demo.world import BUSY_PROVINCES

HOUSE_SEATS: Final = 480
LIST_SEATS: Final = 80
LIST_GROUPS: Final = 8
SENATE_SEATS: Final = 150
COMMITTEE_SEATS: Final = 15
WOMEN_SHARE: Final = 0.22
SEATED_AGAIN: Final = 0.4
LONGEST_SHARE: Final = 3
"""Populous provinces have more constituencies, but not as many more as they write petitions."""
OFFICES: Final = (
    CommitteeSeat.Office.CHAIR,
    CommitteeSeat.Office.VICE_CHAIR,
    CommitteeSeat.Office.VICE_CHAIR,
    CommitteeSeat.Office.SECRETARY,
)


@cache
def _known() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


@dataclass
class House:
    """One parliament: who sits in it, and its committees with how often each calls the ministry."""

    number: int
    members: dict[str, list[Member]] = field(default_factory=dict)
    committees: list[Committee] = field(default_factory=list)
    whips: list[Committee] = field(default_factory=list)


@dataclass(frozen=True)
class Houses:
    """All parliaments that a demo's years touch, and the sessions in order."""

    houses: dict[int, House]
    sessions: list[Session]

    def on(self, day: date) -> House:
        return self.houses[sessions.parliament_on(day)]

    def session_on(self, day: date) -> Session | None:
        for session in reversed(self.sessions):
            if session.begins_on <= day and (session.ends_on is None or day <= session.ends_on):
                return session
        return None


def make_houses(seed: int, first: date, now: datetime, *, is_living: bool, declared_by: User) -> Houses:
    """Make everybody who sits in parliament between a day and now; within a transaction."""
    rng = Random(seed)  # nosec B311 # chances of the demo office, the same each time
    today = now.astimezone(OFFICE_TZ).date()
    spans = sessions.spans(first, today, is_living=is_living)
    made = Session.objects.bulk_create(
        Session(
            parliament_number=span.parliament,
            year=span.year,
            kind=span.kind,
            begins_on=span.first,
            ends_on=span.last,
        )
        for span in spans
    )
    _make_recesses(spans, today, declared_by)
    parties = Party.objects.bulk_create(
        Party(name=party["name"], short_name=party["short_name"]) for party in _known()["party"]
    )
    houses: dict[int, House] = {}
    before: House | None = None
    for number in range(sessions.parliament_on(first), sessions.parliament_on(today) + 1):
        before = houses[number] = _make_house(rng, number, parties, before, today)
    return Houses(houses, made)


def _make_recesses(spans: Sequence[Span], today: date, by: User) -> None:
    """Between two sessions the office counts on no sitting; declared on the last day of the one before."""
    rows = []
    for earlier, later in pairwise(spans):
        first, last = earlier.last + timedelta(days=1), later.first - timedelta(days=1)
        if first <= last and last < today:
            declared = datetime.combine(earlier.last, datetime.min.time(), OFFICE_TZ).replace(hour=15)
            reason = f"ปิดสมัยประชุม ถึงวันก่อนเปิดสมัยประชุมปีที่ {to_thai_digits(later.year)}"
            rows.append(
                Recess(begins_on=first, ends_on=last, reason=reason, declared_by=by, declared_at=declared)
            )
    Recess.objects.bulk_create(rows)


def _make_house(rng: Random, number: int, parties: list[Party], before: House | None, today: date) -> House:
    house = House(number)
    members = _Members(rng, number, parties, before, today)
    house.members = {
        Chamber.HOUSE.value: members.of_the_house(),
        Chamber.SENATE.value: members.of_the_senate(),
    }
    seats = []
    for known in _known()["committee"]:
        committee = Committee.objects.create(
            chamber=known["chamber"],
            kind=known["kind"],
            name=known["name"],
            parliament_number=number,
            since_on=sessions.began_on(number) + timedelta(days=30),
        )
        is_whips = known["kind"] == Committee.Kind.WHIPS
        (house.whips if is_whips else house.committees).extend([committee] * known["share"])
        sitting = rng.sample(house.members[known["chamber"]], COMMITTEE_SEATS)
        offices = (*OFFICES, *[CommitteeSeat.Office.MEMBER] * (COMMITTEE_SEATS - len(OFFICES)))
        seats += [
            CommitteeSeat(committee=committee, member=member, office=office)
            for member, office in zip(sitting, offices, strict=True)
        ]
    CommitteeSeat.objects.bulk_create(seats)
    return house


class _Members:
    """The members of one parliament, put together with names nobody in it has twice."""

    def __init__(
        self, rng: Random, number: int, parties: list[Party], before: House | None, today: date
    ) -> None:
        self.rng = rng
        self.number = number
        shares = [party["share"] for party in _known()["party"]]
        self.parties = spread(list(zip(parties, shares, strict=True)))
        self.before = before
        self.today = today
        self.taken: set[str] = set()
        self.provinces = list(Province.objects.order_by("code"))

    def of_the_house(self) -> list[Member]:
        rows = []
        for province, count in self._constituencies():
            rows += [
                self._member(Chamber.HOUSE, Member.Seat.CONSTITUENCY, province=province, constituency=zone)
                for zone in range(1, count + 1)
            ]
        for place in range(LIST_SEATS):
            group = f"บัญชีรายชื่อ กลุ่มที่ {to_thai_digits(place % LIST_GROUPS + 1)}"
            rows.append(self._member(Chamber.HOUSE, Member.Seat.PARTY_LIST, list_group=group))
        return Member.objects.bulk_create(rows)

    def of_the_senate(self) -> list[Member]:
        rows = [
            self._member(Chamber.SENATE, Member.Seat.ELECTED_SENATOR, province=province)
            for province in self.provinces
        ]
        while len(rows) < SENATE_SEATS:
            body = names.pick(self.rng, _known()["selecting_bodies"])
            rows.append(self._member(Chamber.SENATE, Member.Seat.SELECTED_SENATOR, list_group=body))
        return Member.objects.bulk_create(rows)

    def _constituencies(self) -> list[tuple[Province, int]]:
        """How many members each province elects; together the House without its list."""
        wanted = HOUSE_SEATS - LIST_SEATS
        weights = [
            LONGEST_SHARE + BUSY_PROVINCES.get(province.code, 1) * 2 + self.rng.random() * 4
            for province in self.provinces
        ]
        counts = [int(wanted * weight / sum(weights)) for weight in weights]
        largest = sorted(range(len(weights)), key=lambda place: -weights[place])
        for place in largest[: wanted - sum(counts)]:
            counts[place] += 1
        return list(zip(self.provinces, counts, strict=True))

    def _member(self, chamber: Chamber, seat: Member.Seat, **area: Any) -> Member:
        earlier = self._seated_before(chamber, seat)
        title, name = (earlier.title, earlier.name) if earlier else self._name()
        self.taken.add(name)
        is_of_house = chamber == Chamber.HOUSE
        ended = sessions.ended_on(self.number)
        return Member(
            chamber=chamber,
            parliament_number=self.number,
            title=title,
            name=name,
            sort_name=sort_key(name),
            party=(earlier.party if earlier else names.pick(self.rng, self.parties)) if is_of_house else None,
            seat=seat,
            telephone=names.telephone(self.rng),
            since_on=sessions.began_on(self.number),
            until_on=ended if ended < self.today else None,
            continues=earlier,
            **area,
        )

    def _seated_before(self, chamber: Chamber, seat: Member.Seat) -> Member | None:
        """Some of the House are elected again, to a seat of the same kind."""
        if self.before is None or chamber != Chamber.HOUSE or self.rng.random() > SEATED_AGAIN:
            return None
        member = names.pick(self.rng, self.before.members[chamber.value])
        return member if member.seat == seat and member.name not in self.taken else None

    def _name(self) -> tuple[str, str]:
        while True:
            is_woman = self.rng.random() < WOMEN_SHARE
            given = names.pick(self.rng, names.WOMEN if is_woman else names.MEN)
            title = names.pick(self.rng, _known()["titles_of_women" if is_woman else "titles_of_men"])
            surname = names.pick(self.rng, names.SURNAME_FIRST) + names.pick(self.rng, names.SURNAME_LAST)
            name = f"{given} {surname}"
            if name not in self.taken:
                return title, name
