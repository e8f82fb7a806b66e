"""What few of a living demo's matters of public relations go through, by the very steps that people take: a document
in each standing that whole years do not leave, briefs on the minister's desk, press conferences and news."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from office.calendar import OFFICE_TZ
from office.steps import Actor, perform
from projectplan.demo.publicrelations import articles_living, press_living, words
from projectplan.demo.publicrelations.newsroom import Newsroom
from publicrelations.models import ForeignDocument, SituationBrief
from publicrelations.models.brief import Option, Source


def live(room: Newsroom, now: datetime) -> None:
    """A document half translated, one returned, one taken out; a brief being written, one on the minister's desk."""
    press_living.live(room, now)
    articles_living.live(room, now)
    _translate_half(room, now)
    _return_one(room, now)
    _take_one_out(room, now)
    for is_submitted in (False, True):
        _brief(room, now, is_submitted=is_submitted)


def _before(room: Newsroom, now: datetime, days: int) -> datetime:
    """At ten o'clock, so many working days before."""
    day = room.time.calendar.add_working_days(now.astimezone(OFFICE_TZ).date(), -days)
    return datetime.combine(day, time(10, 0), OFFICE_TZ)


def _take(matter: Any, name: str, person: Any, at: datetime, *, reason: str = "", **given: Any) -> None:
    perform(matter, name, actor=Actor(user=person), seen=None, now=at, reason=reason, **given)
    matter.refresh_from_db()


def _document(room: Newsroom, at: datetime, language: str) -> ForeignDocument:
    known = next(one for one in words.known()["document"] if one["language"] == language)
    slots = {"place": "Geneva", "year": "๒๕๕๓", "western": 2010, "count": "๑๒"}
    document = ForeignDocument(
        title=known["title"].format(**slots),
        document_kind=known["kind"],
        language=language,
        sender_organisation=known["organisation"],
        sender_country=known["country"],
        original_text=known["original"].format(**(slots | {"count": 12})),
        received_at=at,
        owner=room.cast.officers[0],
    )
    return document.receive(actor=Actor(user=room.cast.officers[0]), now=at)


def _translate_half(room: Newsroom, now: datetime) -> None:
    """Its first half is translated; the rest is promised for tomorrow."""
    officer, at = room.cast.officers[0], _before(room, now, 1)
    document = _document(room, at, "ja")
    known = next(one for one in words.known()["document"] if one["language"] == "ja")
    text = known["translation"].format(count="๑๒").partition("\n\n")[0]
    _take(document, "accept", officer, at, needs_translation=True)
    _take(document, "save_translation", officer, at, translation_text=text)


def _return_one(room: Newsroom, now: datetime) -> None:
    """Put to the minister in time, and returned with remarks yesterday."""
    officer, head, executive = room.cast.officers[0], room.cast.first_head, room.cast.executives[0]
    known = next(one for one in words.known()["document"] if one["language"] == "ar")
    document = _document(room, _before(room, now, 4), "ar")
    _take(document, "accept", officer, _before(room, now, 4), needs_translation=True)
    text = known["translation"].format(count="๑๒")
    _take(document, "translate", officer, _before(room, now, 3), translation_text=text)
    said = {"summary": known["summary"], "opinion": known["opinion"]}
    _take(document, "summarise", officer, _before(room, now, 3), **said)
    note = words.known()["translation_notes"][2]
    mended = text.replace("คณะผู้แทน", "ผู้แทน")
    _take(document, "mend_translation", head, _before(room, now, 2), translation_text=mended, note=note)
    _take(document, "put_to_minister", head, _before(room, now, 2), to=executive)
    reason = words.known()["returned"][0]
    _take(document, "return_with_remarks", executive, _before(room, now, 1), reason=reason)


def _take_one_out(room: Newsroom, now: datetime) -> None:
    document = _document(room, _before(room, now, 2), "fr")
    reason = "ลงทะเบียนซ้ำ สถานทูตส่งฉบับเดียวกันทางโทรสารก่อนแล้ว"
    _take(document, "withdraw", room.cast.first_head, _before(room, now, 1), reason=reason)


def _brief(room: Newsroom, now: datetime, *, is_submitted: bool) -> None:
    """One being written since this morning's news; one that waits on the minister's desk."""
    officer, head, executive = room.cast.officers[0], room.cast.first_head, room.cast.executives[0]
    begun = _before(room, now, 2 if is_submitted else 1)
    said = words.known()["brief"][0 if is_submitted else 2]
    slots = {"year": "๒๕๕๓", "count": "๑๒๐"}
    brief = SituationBrief(title=said["title"].format(**slots), received_at=begun, owner=officer)
    brief.receive(actor=Actor(user=officer), now=begun)
    written: dict[str, Any] = {
        "situation": said["situation"].format(**slots),
        "meaning": said["meaning"].format(**slots),
        "opinion": said["opinion"] if is_submitted else "",
        "options": [Option(*one) for one in said["options"]],
        "sources": [Source(title, link) for title, link in said["sources"]],
    }
    if not is_submitted:
        _take(brief, "save_draft", officer, begun, **written)
        return
    _take(brief, "submit", officer, begun, **written)
    _take(brief, "put_to_minister", head, _before(room, now, 1), to=executive)
