"""The network of a demo: the ministry's core organisations and supervised bodies, 185 education areas, Bangkok and
twelve regional offices, constitutional organisations, each with people whose names are invented.

Most entries are confirmed, some are old, some have never been; some people have left, one body stands there twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Final

from office.calendar import OFFICE_TZ
from office.models import Agency, Contact, ContactCorrection, User
from office.models.people import without_title
from office.network_doubles import core_of
from office.thai import name_key, sort_key
from projectplan.demo import names
from projectplan.demo.bodies import DOUBLE, bodies
from publicrelations.models import Recipient

ADDRESS: Final = "example.org"
PARENTS: Final = {
    "สำนักงาน ก.ค.ศ.": "สป.", "สช.": "สป.", "สำนักงาน กศน.": "สป.", "สคบศ.": "สป.", "องค์การค้า": "สำนักงาน สกสค.",
    Agency.Kind.AREA: "สพฐ.", Agency.Kind.REGIONAL: "สป.",
}  # fmt: skip
"""Short name or kind → short name of what it belongs to."""
POSITIONS: Final = {
    Contact.Role.LEADER: ("เลขาธิการ", "ผู้อำนวยการ"),
    Contact.Role.PARLIAMENT: ("นักวิเคราะห์นโยบายและแผนชำนาญการ", "นิติกรชำนาญการ"),
    Contact.Role.PRESS: ("นักประชาสัมพันธ์ชำนาญการ", "นักวิชาการเผยแพร่ปฏิบัติการ"),
    Contact.Role.PETITIONS: ("นิติกรปฏิบัติการ", "นักจัดการงานทั่วไปชำนาญการ"),
    Contact.Role.GENERAL: ("นักจัดการงานทั่วไปปฏิบัติการ", "เจ้าพนักงานธุรการชำนาญงาน"),
}
PRINCIPAL: Final = (Contact.Role.LEADER, Contact.Role.PARLIAMENT, Contact.Role.PRESS, Contact.Role.PETITIONS)
TASKS: Final = {
    Agency.Kind.CORE: PRINCIPAL,
    Agency.Kind.SUPERVISED: (Contact.Role.LEADER, Contact.Role.PETITIONS),
    Agency.Kind.REGIONAL: (Contact.Role.LEADER, Contact.Role.GENERAL),
    Agency.Kind.CONSTITUTIONAL: (Contact.Role.PARLIAMENT,),
    Agency.Kind.AREA: (Contact.Role.PETITIONS,),
    Agency.Kind.OTHER: (Contact.Role.GENERAL,),
}


def make_network(now: datetime, *, seed: int) -> None:
    """Agencies that are not there yet, what they belong to, their addresses, and new people for all of them."""
    _make_agencies(Random(f"network-bodies-{seed}"))  # nosec B311 # chances of the demo office, the same each time
    # Chances of their own: how many numbers were missing above changes nobody's name.
    rng, today = Random(f"network-{seed}"), now.astimezone(OFFICE_TZ).date()  # nosec B311 # chances of the demo office, the same each time
    people = list(_People(rng, now, today).all())
    Contact.objects.bulk_create(people, batch_size=200)
    _make_corrections(now)
    _join_recipients()


# ── Agencies ────────────────────────────────────────────────────────────────────────────────


def _make_agencies(rng: Random) -> None:
    there = {one.name: one for one in Agency.objects.all()}
    fresh = [body for body in bodies() if body.name not in there]
    Agency.objects.bulk_create(
        (
            Agency(
                name=body.name,
                short_name=body.short_name,
                sort_name=name_key(body.name),
                kind=body.kind,
                area=body.area,
            )
            for body in fresh
        ),
        batch_size=200,
    )
    known = {body.name: body for body in bodies()}
    agencies = list(Agency.objects.filter(is_active=True).order_by("pk"))
    by_short_name = {one.short_name: one for one in agencies if one.short_name}
    for one in agencies:
        body = known.get(one.name)
        above = by_short_name.get(PARENTS.get(one.short_name) or PARENTS.get(one.kind, ""))
        one.parent = above if above != one else None
        if body and one.name != DOUBLE:
            one.address, one.postcode = one.address or body.address, one.postcode or body.postcode
        one.telephone = one.telephone or _desk(rng, one)
        one.email = one.email or f"agency{one.pk}@{ADDRESS}"
        if one.kind == Agency.Kind.CORE:
            one.website = one.website or f"https://agency{one.pk}.{ADDRESS}"
    changed = ["parent", "address", "postcode", "telephone", "email", "website"]
    Agency.objects.bulk_update(agencies, changed, batch_size=200)


def _desk(rng: Random, agency: Agency) -> str:
    """The number of an office, which no exchange gives out: in Bangkok, or in the region."""
    code = "0 2000" if agency.area is None else f"0 {4 + int(rng.random() * 4)}000"
    return f"{code} {int(rng.random() * 10_000):04d}"


def _join_recipients() -> None:
    """Whom the journal is sent to and the network are the same bodies."""
    keys = {core_of(one.name): one.pk for one in Agency.objects.in_use().exclude(name=DOUBLE)}
    rows = [one for one in Recipient.objects.filter(agency=None) if core_of(one.name) in keys]
    for one in rows:
        one.agency_id = keys[core_of(one.name)]
    Recipient.objects.bulk_update(rows, ["agency"], batch_size=200)


# ── People ──────────────────────────────────────────────────────────────────────────────────


class _People:
    """Contacts of the agencies, the same for the same seed."""

    def __init__(self, rng: Random, now: datetime, today: date) -> None:
        self.rng, self.now, self.today = rng, now, today
        self.keeper = User.objects.order_by("pk").first()
        self.made = 0

    def all(self) -> Iterator[Contact]:
        for agency in Agency.objects.in_use().exclude(name=DOUBLE).order_by("pk"):
            for role in TASKS[Agency.Kind(agency.kind)]:
                since = self.today - timedelta(days=60 + int(self.rng.random() * 1400))
                if self.rng.random() < 0.12:
                    yield self._one(agency, role, since - timedelta(days=700), since - timedelta(days=1))
                yield self._one(agency, role, since, None)

    def _one(self, agency: Agency, role: Contact.Role, since: date, until: date | None) -> Contact:
        self.made += 1
        name = names.person(self.rng)
        is_leader = role == Contact.Role.LEADER
        confirmed_at = self._confirmed() if until is None else None
        by_themselves = self.rng.random() < 0.6
        return Contact(
            agency=agency,
            name=name,
            sort_name=sort_key(without_title(name))[:340],
            position=names.pick(self.rng, POSITIONS[role]),
            role=role,
            telephone=f"{agency.telephone} ต่อ {1000 + int(self.rng.random() * 900)}",
            mobile="" if is_leader or self.rng.random() < 0.4 else names.telephone(self.rng),
            email="" if self.rng.random() < 0.08 else f"contact{self.made}@{ADDRESS}",
            since_on=since,
            until_on=until,
            confirmed_at=confirmed_at,
            confirmed_by=None if by_themselves or confirmed_at is None else self.keeper,
        )

    def _confirmed(self) -> datetime | None:
        """Seven of ten within a year, two before that, one never."""
        chance = self.rng.random()
        if chance < 0.1:
            return None
        days = self.rng.random() * 300 if chance < 0.8 else 400 + self.rng.random() * 400
        return self.now - timedelta(days=1 + days)


def _make_corrections(now: datetime) -> None:
    """Two answers by the yearly link that wait for an officer: a new number, and somebody who has moved on."""
    people = (
        Contact.objects.filter(until_on=None, agency__kind=Agency.Kind.CORE).exclude(email="").order_by("pk")
    )
    for place, one in enumerate(people[:2]):
        facts = {name: getattr(one, name) for name in ContactCorrection.FIELDS}
        note = "" if place == 0 else "ย้ายไปปฏิบัติราชการที่อื่นแล้ว ผู้ทำหน้าที่แทนจะแจ้งให้ทราบ"
        if place == 0:
            facts["mobile"] = "081-000-4321"
        ContactCorrection.objects.create(
            contact=one, has_left=place == 1, note=note, sent_at=now - timedelta(days=2 - place), **facts
        )
