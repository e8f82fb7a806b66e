"""Issues of the journal as far on their path as a test needs them, and who is sent them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from office.calendar import OFFICE_TZ
from office.models import User
from office.steps import Actor, perform
from publicrelations import journal_making
from publicrelations.models import Article, Journal, JournalEdition, Recipient, RecipientGroup
from tests.publicrelations.news_cast import add_picture, make_article, make_published, words
from tests.publicrelations.news_cast import take as take_article

_serial = count(1)
# The issue of December 2009, opened ten days before; 7, 10 and 31 December are holidays.
OPENED = datetime(2009, 11, 20, 9, 0, tzinfo=OFFICE_TZ)
MONTH = date(2009, 12, 1)
WRITTEN = datetime(2009, 12, 2, 9, 0, tzinfo=OFFICE_TZ)
CLOSED = datetime(2009, 12, 9, 10, 0, tzinfo=OFFICE_TZ)
PROOFED = datetime(2009, 12, 14, 10, 0, tzinfo=OFFICE_TZ)
APPROVED = datetime(2009, 12, 16, 10, 0, tzinfo=OFFICE_TZ)
PRINTED = datetime(2009, 12, 23, 10, 0, tzinfo=OFFICE_TZ)
MAILED = datetime(2009, 12, 28, 10, 0, tzinfo=OFFICE_TZ)


def make_journal(owner: User | None, *, now: datetime = OPENED, **kwargs: Any) -> Journal:
    """The issue of December, just opened; nothing stands in it yet."""
    kwargs.setdefault("month", MONTH)
    actor = Actor(user=owner) if owner else Actor(is_clock=True)
    return Journal(owner=owner, received_at=now, **kwargs).receive(actor=actor, now=now)


def make_news(
    officer: User, head: User, title: str = "", *, now: datetime = WRITTEN, **kwargs: Any
) -> Article:
    """An article that readers have before them since the beginning of December."""
    return make_published(officer, head, now=now, title=title or f"ข่าวกิจกรรมเรื่องที่ {next(_serial)}", **kwargs)


def make_pictured(
    officer: User, head: User, title: str, *, now: datetime = WRITTEN, **words_of_picture: str
) -> Article:
    """The same with a picture, put there while it was being written."""
    article = make_article(officer, now=now, title=title)
    add_picture(article, officer, now, **words_of_picture)
    article.refresh_from_db()
    take_article(article, "submit", officer, now, **words(article))
    return take_article(article, "publish", head, now + timedelta(hours=1))


def group(order: int = 1) -> RecipientGroup:
    """One of the plan's groups, by its place."""
    return RecipientGroup.objects.get(order=order)


def make_recipient(copies: int = 5, name: str = "", **kwargs: Any) -> Recipient:
    """An education area that is sent the journal since the beginning of the fiscal year."""
    given: dict[str, Any] = {
        "group": kwargs.pop("group", None) or group(3),
        "name": name or f"สำนักงานเขตพื้นที่การศึกษา {next(_serial)}",
        "copies": copies,
        "attention": "ผู้อำนวยการ",
        "address": "๙๙ ถนนพหลโยธิน ตำบลเวียง อำเภอเมือง จังหวัดเชียงราย",
        "postcode": "57000",
        "since_on": date(2009, 10, 1),
    }
    return Recipient.objects.create(**(given | kwargs))


def take(journal: Journal, name: str, by: User | None, now: datetime = CLOSED, **given: Any) -> Journal:
    """A step by somebody (None: the clock), and the issue as it is then."""
    actor = Actor(user=by) if by else Actor(is_clock=True)
    journal = Journal.objects.get(pk=journal.pk)
    reason = given.pop("reason", "")
    perform(journal, name, actor=actor, seen=journal.version, now=now, reason=reason, **given)
    return Journal.objects.get(pk=journal.pk)


def choose(journal: Journal, by: User, *articles: Article, now: datetime = WRITTEN, **words: str) -> Journal:
    """These articles, in this order."""
    chosen = [{"article": one.pk, "section": "", "heading": ""} | words for one in articles]
    return take(journal, "arrange", by, now, chosen=chosen)


def make_pages(journal: Journal, now: datetime = CLOSED + timedelta(minutes=1)) -> JournalEdition:
    """What the worker does with the edition that waits."""
    waiting = journal.editions.get(state=JournalEdition.State.WAITING)
    made = journal_making.make(waiting.pk, lambda: now)
    assert made is not None
    assert made.state == JournalEdition.State.ISSUED
    return made


def forge_pages(journal: Journal, now: datetime = CLOSED + timedelta(minutes=1)) -> JournalEdition:
    """The same without laying anything out: for tests of the path, in which nobody opens the pages."""
    journal = Journal.objects.get(pk=journal.pk)  # as a worker reads it: with its articles as they are now
    waiting = journal.editions.filter(state=JournalEdition.State.WAITING)
    kept = {"sha256": "a" * 64, "web_sha256": "b" * 64, "cover_sha256": "c" * 64, "pages": 12}
    waiting.update(
        state=JournalEdition.State.ISSUED,
        issued_at=now,
        fingerprint=journal.content_key(),
        cover_width=480,
        cover_height=679,
        **kept,
    )
    edition = journal.editions.order_by("-edition").first()
    assert edition is not None
    return edition


def carry_to(state: str, officer: User, head: User, *, copies: int = 2000) -> Journal:
    """An issue with one article, as far as a state; nobody is late."""
    journal = choose(make_journal(officer), officer, make_news(officer, head))
    path = ["content_closed", "proof", "approved", "printed", "list_closed", "mailed", "archived"]
    for place in path[: path.index(state) + 1] if state != "planned" else []:
        match place:
            case "content_closed":
                journal = take(journal, "close_content", officer, CLOSED)
                forge_pages(journal)
            case "proof":
                journal = take(journal, "submit_proof", officer, PROOFED)
            case "approved":
                journal = take(journal, "approve", head, APPROVED)
            case "printed":
                journal = take(journal, "record_printing", officer, PRINTED, **printing(copies))
            case "list_closed":
                journal = take(journal, "close_list", officer, PRINTED)
            case "mailed":
                journal = take(journal, "mail", officer, MAILED, mailed_on=MAILED.date())
            case "archived":
                journal = take(journal, "archive", officer, MAILED + timedelta(days=10))
    return journal


def printing(copies: int = 2000) -> dict[str, Any]:
    """What is recorded when the printer has delivered."""
    return {"copies_printed": copies, "printed_on": PRINTED.date(), "printer": "โรงพิมพ์ตัวอย่าง"}
