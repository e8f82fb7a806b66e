"""What the database, the disk and the mailbox say at the end: what is still owed, what is lost, what is there twice."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.core.files.storage import default_storage
from django.db.models import Count

from complaints.models import Petition
from office.models import Document, Event, Notice, Report
from tests.proofs.faulty.journey import Journey
from tests.proofs.faulty.post import Post


@dataclass
class Standing:
    """What is not as it was promised, in words."""

    owed: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    again: int = 0
    """Letters that came once more because nobody could know that they had come, under the same Message-ID."""


def doubtful(post: Post) -> set[str]:
    """Letters that came, and of which the office does not know it."""
    unsent = Notice.objects.filter(way=Notice.Way.EMAIL, sent_at=None)
    return {notice.message_id for notice in unsent} & set(post.copies())


def read(journey: Journey, post: Post, *, doubted: set[str], hopeless: set[int], now: datetime) -> Standing:
    """How everything stands. `hopeless` letters are those that a case made impossible to send."""
    found = Standing()
    _petitions(journey, found)
    _steps(journey, found)
    _letters(post, found, doubted, hopeless, now)
    _papers(found)
    return found


def _petitions(journey: Journey, found: Standing) -> None:
    """Every receipt one petition, every filing one receipt, numbers without a gap."""
    rows = Counter(Petition.objects.filter(channel=Petition.Channel.WEB).values_list("title", flat=True))
    labels = {petition.title: petition.label for petition in Petition.objects.all()}
    for receipt in journey.receipts:
        if not rows[receipt.title]:
            found.lost.append(f"petition {receipt.number}")
        elif labels[receipt.title] != receipt.number:
            found.lost.append(f"number {receipt.number}, there is {labels[receipt.title]}")
    found.twice += [f"petition “{title}”" for title, times in rows.items() if times > 1]
    receipts = Counter(receipt.number for receipt in journey.receipts)
    found.twice += [f"number {number}" for number, times in receipts.items() if times > 1]
    if len(rows) != len(journey.receipts):
        found.twice.append(f"{len(rows)} petitions for {len(journey.receipts)} receipts")
    numbers = sorted(Petition.objects.values_list("number", flat=True))
    found.lost += [f"number {gap}" for gap in set(range(1, len(numbers) + 1)) - set(numbers)]


def _steps(journey: Journey, found: Standing) -> None:
    """Every step taken once, every history without a gap, every attached picture whole."""
    events = Counter(Event.objects.exclude(step="receive").values_list("matter__title", "step"))
    found.lost += [f"step {name} of “{title}”" for title, name in journey.steps if not events[title, name]]
    found.twice += [f"step {name} of “{title}”" for (title, name), times in events.items() if times > 1]
    for petition in Petition.objects.annotate(steps=Count("events")):
        if petition.steps != petition.version:
            found.lost.append(f"history of {petition.label}: {petition.steps} of {petition.version}")
    for document in Document.objects.all():
        if not _is_whole(document.path, document.sha256):
            found.lost.append(f"file of {document.matter_id}")


def _letters(post: Post, found: Standing, doubted: set[str], hopeless: set[int], now: datetime) -> None:
    copies = post.copies()
    letters = Notice.objects.filter(way=Notice.Way.EMAIL, digest=None, made_at__lte=now).exclude(
        pk__in=hopeless
    )
    for letter in letters:
        times = copies[letter.message_id]
        if letter.sent_at is None:
            if letter.deliver_from <= now or letter.failures:
                found.owed.append(f"letter {letter.pk}")
        elif times == 0:
            found.lost.append(f"letter {letter.pk}")
        if times > 1:
            if letter.message_id in doubted:
                found.again += 1
            else:
                found.twice.append(f"letter {letter.pk}, {times} copies")


def _papers(found: Standing) -> None:
    """Every report asked for is issued, whole, and told of; what the clock asks for, it asks for once."""
    for report in Report.objects.all():
        if report.is_being_made or report.state == Report.State.FAILED:
            found.owed.append(f"report {report.pk} {report.state}")
        elif not _is_whole(report.path, report.sha256):
            found.lost.append(f"pages of report {report.pk}")
        elif not Notice.objects.filter(once_key__startswith=f"report:{report.pk}:ready").exists():
            found.lost.append(f"word that report {report.pk} is ready")
    for kind, first, times in _asked_by_the_clock():
        if times > 1:
            found.twice.append(f"report {kind} of {first}")


def _asked_by_the_clock() -> Iterator[tuple[str, object, int]]:
    asked = Report.objects.filter(asked_by=None).values_list("kind", "first").order_by()
    yield from asked.annotate(times=Count("pk"))


def _is_whole(path: str, sha256: str) -> bool:
    if not default_storage.exists(path):
        return False
    with default_storage.open(path) as kept:
        return hashlib.file_digest(kept, "sha256").hexdigest() == sha256
