"""Press conferences of the tests, the outlets that are invited, and those who report for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import count
from typing import Any

from office.calendar import OFFICE_TZ
from office.models import Event, User
from office.steps import Actor, perform
from publicrelations.models import Invitation, MediaOutlet, PressConference, Reporter
from tests.cast import MORNING

_serial = count(1)

# Thursday 19 November 2009, ten o'clock: two days after the tests' morning.
BEGINS = datetime(2009, 11, 19, 10, 0, tzinfo=OFFICE_TZ)


def make_outlet(name: str = "หนังสือพิมพ์ข่าวเช้า", **kwargs: Any) -> MediaOutlet:
    """A newspaper of the tests; no real one. Its news desk has an address."""
    given = {"kind": MediaOutlet.Kind.NEWSPAPER, "email": f"desk{next(_serial)}@news.example"} | kwargs
    return MediaOutlet.objects.get_or_create(name=name, defaults=given)[0]


def make_reporter(name: str = "สมศรี ข่าวดี", **kwargs: Any) -> Reporter:
    """Somsri writes about schools and answers her telephone."""
    given = {
        "outlet": kwargs.pop("outlet", None) or make_outlet(),
        "beat": "การศึกษา",
        "telephone": "089 000 0000",
        "email": f"somsri{next(_serial)}@news.example",
    }
    given |= kwargs
    return Reporter.objects.get_or_create(name=name, outlet=given.pop("outlet"), defaults=given)[0]


def make_press_conference(
    *, owner: User | None = None, received_at: datetime = MORNING, **facts: Any
) -> PressConference:
    """The weekly one on a Thursday at ten, planned two days before."""
    given: dict[str, Any] = {
        "title": f"แถลงข่าวนโยบายเรียนฟรี ๑๕ ปี ครั้งที่ {next(_serial)}",
        "occasion": PressConference.Occasion.WEEKLY,
        "place": "ห้องแถลงข่าว อาคารราชวัลลภ",
        "spokespersons": "นายจุรินทร์ ลักษณวิศิษฏ์ รัฐมนตรีว่าการกระทรวงศึกษาธิการ",
        "brief": "ความคืบหน้าของนโยบายเรียนฟรี ๑๕ ปี อย่างมีคุณภาพ",
        "starts_at": BEGINS,
        "is_public": True,
    }
    conference = PressConference(**(given | facts), owner=owner, received_at=received_at)
    return conference.receive(actor=Actor(user=owner), now=received_at)


def take(matter: Any, name: str, user: User, *, now: datetime = MORNING, **given: Any) -> Event:
    """A step by somebody of the office, on the matter as it stands."""
    current = type(matter).objects.get(pk=matter.pk)
    return perform(current, name, actor=Actor(user=user), seen=current.version, now=now, **given)


def fresh(conference: PressConference) -> PressConference:
    """As the database has it."""
    return PressConference.objects.get(pk=conference.pk)


def choose(
    conference: PressConference,
    officer: User,
    *,
    outlets: Sequence[MediaOutlet] = (),
    reporters: Sequence[Reporter] = (),
    now: datetime = MORNING,
) -> list[Invitation]:
    """These are to be invited; their rows, in the order in which they were chosen."""
    take(conference, "choose", officer, now=now, outlets=outlets, reporters=reporters)
    return list(Invitation.objects.filter(conference=conference).order_by("pk"))


def invite_by_telephone(conference: PressConference, officer: User, *, now: datetime = MORNING) -> None:
    """Everybody chosen is told by telephone."""
    waiting = list(Invitation.objects.filter(conference=conference, invited_at=None))
    way = Invitation.Way.TELEPHONE
    take(conference, "note_invited", officer, now=now, invitations=waiting, way=way)


def hold(conference: PressConference, officer: User, *, now: datetime, **given: Any) -> None:
    """It took place as planned."""
    take(conference, "hold", officer, now=now, began_at=conference.starts_at, **given)
