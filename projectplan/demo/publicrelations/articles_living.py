"""What few of a living demo's articles go through, by the very steps that people take: corrected, withdrawn, beside
others in English, set for a minute to come, waiting for the head's check, sent back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from html import escape
from typing import Any, Final

from office.calendar import OFFICE_TZ
from office.steps import Actor, perform
from office.thai import to_arabic_digits, to_thai_digits
from projectplan.demo.publicrelations.agenda_words import known
from projectplan.demo.publicrelations.newsroom import Newsroom
from publicrelations.models import Article, Category

COUNTED: Final = re.compile(r"(?<![๐-๙])[๑-๙][๐-๙]*(?= (?:คน|โครงการ|รายการ))")
"""A number of people or things in a Thai text; no year, no name."""
LOOKED_AT: Final = 40
"""So many of the latest articles something befalls."""
CORRECTED: Final = 2
APPEARS_AT: Final = time(9, 0)


def live(room: Newsroom, now: datetime) -> None:
    """Each standing that whole years do not leave, among the latest news and in news of this day."""
    latest = list(Article.objects.published(now).filter(language="th").select_related("owner")[:LOOKED_AT])
    countable = [one for one in latest if COUNTED.search(one.body)]
    for article in countable[:CORRECTED]:
        _correct(room, article, now)
    for article in countable[CORRECTED : CORRECTED + 1]:
        _propose(article, now)
    for article in countable[CORRECTED + 1 : CORRECTED + 2]:
        _withdraw(room, article, now)
    ended = {article.pk for article in countable[: CORRECTED + 2]}
    for place, said in enumerate(known()["english"]):
        of = next((one for one in latest if one.title == said["of"] and one.pk not in ended), None)
        if of is not None:
            _translate(room, of, said, now, is_published=place < len(known()["english"]) - 1)
    scheduled, checking, returned = known()["story"]
    _schedule(room, _written(room, scheduled, now), now)
    _written(room, checking, now)
    _send_back(room, _written(room, returned, now), now)


def _take(
    matter: Any, name: str, person: Any, now: datetime, minutes: int, *, reason: str = "", **given: Any
) -> None:
    """A step by somebody, so many minutes ago."""
    at = now - timedelta(minutes=minutes)
    perform(matter, name, actor=Actor(user=person), seen=None, now=at, reason=reason, **given)
    matter.refresh_from_db()


def _words(article: Article, body: str) -> dict[str, Any]:
    return {"title": article.title, "lead": article.lead, "body": body}


def _recounted(article: Article) -> tuple[str, str]:
    """The text with its first number mended, and in words which became which."""
    found = COUNTED.search(article.body)
    assert found is not None
    before = found.group()
    after = to_thai_digits(int(to_arabic_digits(before)) + 15)
    note = f"แก้ไขจำนวนจาก {before} เป็น {after} ตามที่หน่วยงานแจ้งยืนยัน"
    return COUNTED.sub(after, article.body, count=1), note


def _correct(room: Newsroom, article: Article, now: datetime) -> None:
    """The officer proposes, the head lets readers have it with a note."""
    body, note = _recounted(article)
    _take(article, "propose_correction", article.owner, now, 100, note=note, **_words(article, body))
    given = _words(article, body) | {"correction_note": note}
    _take(article, "release_correction", room.cast.first_head, now, 80, **given)


def _propose(article: Article, now: datetime) -> None:
    body, note = _recounted(article)
    _take(article, "propose_correction", article.owner, now, 60, note=note, **_words(article, body))


def _withdraw(room: Newsroom, article: Article, now: datetime) -> None:
    reason = "ข้อมูลในข่าวคลาดเคลื่อนในสาระสำคัญ จะเผยแพร่ใหม่เมื่อตรวจสอบแล้ว"
    _take(article, "withdraw", room.cast.first_head, now, 70, withdrawal_reason=reason)


def _begun(room: Newsroom, article: Article, now: datetime) -> Article:
    """Registered two hours ago by the officer who writes it."""
    article.owner, article.received_at = room.cast.officers[0], now - timedelta(hours=2)
    return article.receive(actor=Actor(user=article.owner), now=article.received_at)


def _text(said: Mapping[str, Any], count: str = "") -> dict[str, Any]:
    body = "".join(f"<p>{escape(part.format(count=count))}</p>" for part in said["body"])
    return {"title": said["title"], "lead": said["lead"], "body": body}


def _translate(
    room: Newsroom, of: Article, said: Mapping[str, Any], now: datetime, *, is_published: bool
) -> None:
    """The English version of an article: readers have it, or it is being written."""
    new = Article(title=said["title"], language="en", translation_of=of, category=of.category)
    english = _begun(room, new, now)
    number = COUNTED.search(of.body)
    text = _text(said, to_arabic_digits(number.group()) if number else "several")
    step = "submit" if is_published else "save_draft"
    _take(english, step, english.owner, now, 90, category=of.category, **text)
    if is_published:
        _take(english, "publish", room.cast.first_head, now, 75)


def _written(room: Newsroom, said: Mapping[str, Any], now: datetime) -> Article:
    """An article of this day, put to the head."""
    article = _begun(room, Article(title=said["title"]), now)
    category = Category.objects.get(pk=room.categories[said["category"]])
    _take(article, "submit", article.owner, now, 90, category=category, tags=said["tags"], **_text(said))
    return article


def _schedule(room: Newsroom, article: Article, now: datetime) -> None:
    """Approved for the beginning of the next working day, to the minute."""
    day = room.time.calendar.add_working_days(now.astimezone(OFFICE_TZ).date(), 1)
    publish_from = datetime.combine(day, APPEARS_AT, OFFICE_TZ)
    _take(article, "schedule", room.cast.first_head, now, 45, publish_from=publish_from)


def _send_back(room: Newsroom, article: Article, now: datetime) -> None:
    reason = "ขอเพิ่มช่องทางส่งข้อเสนอและวันปิดรับ ให้ครูทราบตั้งแต่ย่อหน้าแรก"
    _take(article, "send_back", room.cast.first_head, now, 40, reason=reason)
