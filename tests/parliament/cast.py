"""The people of the tests about parliament, each with a line of life, and who sits in the chambers."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from office.models import Province, Subgroup, User
from parliament.models import Chamber, Committee, Member, Party, Session
from tests.cast import make_head, make_officer

_serial = count(1)


def make_politics_officer(username: str = "wiriya", **kwargs: Any) -> User:
    """Wiriya sits in parliament on sitting days and carries what comes from there."""
    kwargs.setdefault("display_name", "นางสาววิริยา ไชยคุปต์")
    return make_officer(username, subgroup=Subgroup.Code.POLITICS, **kwargs)


def make_politics_colleague() -> User:
    """Surasak shares the room with Wiriya and carries bills."""
    return make_politics_officer("surasak", display_name="นายสุรศักดิ์ สุวรรณไฉไล")


def make_politics_head(username: str = "duangrat") -> User:
    """Duangrat checks every draft before it reaches the minister's desk."""
    return make_head(username, display_name="นางดวงรัตน์ นีรัตติวงศกรณ์", subgroup=Subgroup.Code.POLITICS)


def make_session(**kwargs: Any) -> Session:
    """The legislative session of the 23rd parliament's second year, in which the tests' autumn of 2009 lies."""
    given: dict[str, Any] = {
        "parliament_number": 23,
        "year": 2,
        "kind": Session.Kind.LEGISLATIVE,
        "begins_on": date(2009, 8, 1),
        "ends_on": date(2009, 11, 28),
    }
    return Session.objects.get_or_create(**(given | kwargs))[0]


def make_party(name: str = "พรรคพัฒนาการศึกษา", **kwargs: Any) -> Party:
    """A party of the tests; no real one."""
    return Party.objects.get_or_create(name=name, defaults=kwargs)[0]


def make_member(name: str = "", **kwargs: Any) -> Member:
    """A member of the House for a constituency, who asks about schools."""
    given: dict[str, Any] = {
        "chamber": Chamber.HOUSE,
        "parliament_number": 23,
        "title": "นาย",
        "name": name or f"สมหมาย ถามทุกข์{next(_serial)}",
        "seat": Member.Seat.CONSTITUENCY,
        "since_on": date(2008, 1, 21),
    }
    given |= kwargs
    if given["seat"] == Member.Seat.CONSTITUENCY and "province" not in given:
        given |= {"province": Province.objects.get(code="57"), "constituency": 2}
    if given["chamber"] == Chamber.HOUSE and "party" not in given:
        given["party"] = make_party()
    return Member.objects.create(**given)


def make_committee(name: str = "คณะกรรมาธิการการศึกษา", **kwargs: Any) -> Committee:
    """The House's standing committee on education."""
    given = {"chamber": Chamber.HOUSE, "kind": Committee.Kind.STANDING, "parliament_number": 23} | kwargs
    return Committee.objects.get_or_create(name=name, defaults=given)[0]
