"""What few of a living demo's press conferences go through, by the very steps that people take: one postponed, one
cancelled, one to which somebody is still to be invited, and the weekly one of next week."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from office.calendar import OFFICE_TZ
from office.documents import accept
from office.steps import Actor, perform
from projectplan.demo.publicrelations.media import known
from projectplan.demo.publicrelations.newsroom import Newsroom
from publicrelations.models import Invitation, MediaOutlet, PressConference
from publicrelations.models.press_state import Occasion


def live(room: Newsroom, now: datetime) -> None:
    """Each in a standing that whole years do not leave."""
    postponed = _planned(room, now, 2, topic=2)
    _invite_by_telephone(room, postponed, now)
    reason = "รัฐมนตรีติดภารกิจด่วน รอกำหนดวันใหม่"
    _take(room, postponed, "postpone", now - timedelta(hours=1), reason=reason)
    cancelled = _planned(room, now, 3, topic=5)
    _take(room, cancelled, "cancel", now - timedelta(hours=1), reason="รวมกับการแถลงข่าวประจำสัปดาห์")
    waiting = _planned(room, now, 1, topic=7)
    _choose(room, waiting, now)
    weekly = _planned(room, now, 4, topic=0, occasion=Occasion.WEEKLY)
    _lay_out_papers(room, weekly, now)
    _choose(room, weekly, now)


def _planned(
    room: Newsroom, now: datetime, days: int, *, topic: int, occasion: Occasion = Occasion.MISSION
) -> PressConference:
    """One so many working days ahead, at ten; planned this morning or the working day before."""
    day = room.time.calendar.add_working_days(now.astimezone(OFFICE_TZ).date(), days)
    said = known()["topic"][topic]
    conference = PressConference(
        title=f"แถลงข่าว{said['title']}",
        occasion=occasion,
        starts_at=datetime.combine(day, time(10, 0), OFFICE_TZ),
        place=known()["places"][0],
        spokespersons=known()["spokespersons"][0],
        brief=said["short"],
        is_public=True,
        received_at=now - timedelta(hours=3),
        owner=room.cast.officers[0],
    )
    return conference.receive(actor=Actor(user=room.cast.officers[0]), now=now - timedelta(hours=3))


def _lay_out_papers(room: Newsroom, conference: PressConference, now: datetime) -> None:
    """What the press may take by their link: the statement and how the hour runs."""
    statement = f"{conference.title}\n\n{conference.brief}\n\nผู้แถลง: {conference.spokespersons}\n"
    programme = f"๑๐.๐๐ น. แถลงข่าว ณ {conference.place}\n๑๐.๓๐ น. ตอบข้อซักถามของสื่อมวลชน\n"
    files = [
        accept(SimpleUploadedFile(name, words.encode(), "text/plain"))
        for name, words in (("คำแถลงข่าว.txt", statement), ("กำหนดการ.txt", programme))
    ]
    _take(room, conference, "hand_out", now - timedelta(hours=2), files=files)
    for file in files:
        default_storage.delete(file.path)


def _choose(room: Newsroom, conference: PressConference, now: datetime) -> None:
    outlets = list(MediaOutlet.objects.in_use().order_by("pk")[:6])
    _take(room, conference, "choose", now - timedelta(hours=2), outlets=outlets)


def _invite_by_telephone(room: Newsroom, conference: PressConference, now: datetime) -> None:
    _choose(room, conference, now)
    rows = list(conference.invitations.all())
    way = Invitation.Way.TELEPHONE
    _take(room, conference, "note_invited", now - timedelta(hours=2), invitations=rows, way=way)


def _take(
    room: Newsroom, conference: PressConference, name: str, at: datetime, *, reason: str = "", **given: Any
) -> None:
    actor = Actor(user=room.cast.officers[0])
    perform(conference, name, actor=actor, seen=None, now=at, reason=reason, **given)
    conference.refresh_from_db()
