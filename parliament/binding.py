"""Asking for an edition of the minister's binder, making it, and asking again when what is in it has changed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from office.calendar import OFFICE_TZ
from office.figures import figures
from office.making import Claim, LeaseLost, keep_file
from office.models import Notice, User
from office.models.calendar import current_calendar
from office.notices import tell
from office.queue import start_by_name_after_commit
from office.thai import format_short, format_time
from parliament.binder_contents import Contents, gather
from parliament.binder_sheets import BookMaker
from parliament.models import Binder, Meeting

logger = logging.getLogger(__name__)

MAKE_TASK: Final = "parliament.tasks.make_binder"
STILL_TO_COME: Final = (
    Meeting.State.ANNOUNCED,
    Meeting.State.PREPARING,
    Meeting.State.READY,
    Meeting.State.POSTPONED,
)
"""The states of a meeting in which its binder is made again by itself."""

Clock = Callable[[], datetime]


def edition_words(binder: Binder, at: datetime | None = None) -> str:
    """`ฉบับที่ ๓ · ๒๕ พ.ย. ๖๙ ๑๐.๓๐ น.`: which edition is in hand, on every sheet, page and file."""
    moment = at or binder.issued_at or binder.asked_at
    local = moment.astimezone(OFFICE_TZ)
    when = f"{format_short(local.date())} {format_time(local)}"
    edition = _("Edition %(number)s") % {"number": figures(binder.edition)}
    return f"{edition} · {when}"


# ── Asking ──────────────────────────────────────────────────────────────────────────────────


def newest_of(meeting: Meeting) -> Binder | None:
    """The edition asked for last, however far it is."""
    return meeting.binders.order_by("-edition").first()


def in_hand(meeting: Meeting) -> Binder | None:
    """The newest edition that is issued."""
    return meeting.binders.filter(state=Binder.State.ISSUED).order_by("-edition").first()


def is_outdated(binder: Binder, contents: Contents) -> bool:
    """Whether an issued edition was made from other contents than there are now."""
    return binder.fingerprint != contents.fingerprint


def ask_for(meeting: Meeting, *, by: User | None, now: datetime) -> Binder:
    """Have the next edition made by the worker; `by` None means that what it is made from has changed."""
    binder = write_down(meeting, by=by, now=now)
    if binder.is_being_made:
        start_by_name_after_commit(MAKE_TASK, binder.pk)
    return binder


def write_down(meeting: Meeting, *, by: User | None, now: datetime) -> Binder:
    """The row of an edition to be made: the one that waits already, the failed one once more, the one that is still
    true, or the next. So a second click asks for nothing new."""
    newest = newest_of(meeting)
    if newest and newest.is_being_made:
        return newest
    if newest and newest.state == Binder.State.FAILED:
        failed = Binder.objects.filter(pk=newest.pk, state=Binder.State.FAILED)
        failed.update(state=Binder.State.WAITING, asked_at=now, asked_by=by)
        newest.refresh_from_db()
        return newest
    if newest and not is_outdated(newest, gather(meeting)):
        return newest
    edition = newest.edition + 1 if newest else 1
    try:
        with transaction.atomic():
            return Binder.objects.create(meeting=meeting, edition=edition, asked_at=now, asked_by=by)
    except IntegrityError:
        # Somebody asked at the same moment: theirs is the edition.
        return Binder.objects.get(meeting=meeting, edition=edition)


def ask_for_changed(now: datetime) -> list[Binder]:
    """Ask for the next edition of every binder whose answers or papers have changed, for meetings still to come."""
    made = Meeting.objects.filter(
        state__in=STILL_TO_COME, begins_at__gte=now, binders__state=Binder.State.ISSUED
    )
    asked = []
    for meeting in made.distinct().select_related("committee", "session"):
        newest = newest_of(meeting)
        if newest and newest.state == Binder.State.ISSUED and is_outdated(newest, gather(meeting)):
            asked.append(ask_for(meeting, by=None, now=now))
    return asked


# ── Making ──────────────────────────────────────────────────────────────────────────────────


def make(binder_id: int, clock: Clock = timezone.now) -> Binder | None:
    """Claim an edition, gather, lay out, bind and issue it; None when it is not there to be claimed.

    It takes seconds to minutes, so call it from a task or a command. What goes wrong with one paper stands in its
    place in the binder; what goes wrong with the whole leaves the row failed, to be asked for again.
    """
    now = clock()
    claim = Claim.take(Binder, binder_id, now)
    if claim is None:
        return None
    try:
        _make(claim, now, clock)
    except LeaseLost:
        logger.warning("Binder %s was taken over by another maker", binder_id)
    except Exception as fault:
        logger.exception("Binder %s could not be made", binder_id)
        claim.fail(fault)
    return Binder.objects.get(pk=binder_id)


def _make(claim: Claim, now: datetime, clock: Clock) -> None:
    binder = Binder.objects.select_related("meeting__committee", "meeting__session", "asked_by").get(
        pk=claim.pk
    )
    with override(settings.LANGUAGE_CODE), TemporaryDirectory(prefix="prasan-binder-") as folder:
        contents = gather(binder.meeting)
        words = edition_words(binder, now)
        maker = BookMaker(contents, words, Path(folder), lambda done: claim.go_on(done, clock()))
        book = maker.make()
        kept = {
            "fingerprint": contents.fingerprint,
            "matter_keys": list(contents.matter_keys),
            "secrecy": contents.secrecy,
            "contents": maker.lines_as_json(),
            "faults": maker.faults,
            "pages": maker.pages,
            "size": book.stat().st_size,
            "sha256": keep_file(book, lambda sha256: Binder(sha256=sha256).path),
            "issued_at": now,
        }
        with transaction.atomic():
            if claim.finish(state=Binder.State.ISSUED, progress=100, **kept):
                _tell(Binder.objects.select_related("meeting").get(pk=binder.pk), words, now)


def _tell(binder: Binder, words: str, now: datetime) -> None:
    """Whoever asked hears of it, and whoever holds an earlier edition, as far as they may still open it."""
    held = User.objects.filter(pk__in=binder.meeting.binders.values("downloads__user"))
    asked = User.objects.filter(pk__in=binder.meeting.binders.values("asked_by"))
    people = [person for person in {*held, *asked} if person.is_active and binder.may_be_opened_by(person)]
    tell(
        people,
        Notice.Kind.BINDER_READY,
        once=f"binder:{binder.pk}:ready",
        now=now,
        calendar=current_calendar(),
        matter=binder.meeting,
        text=words,
    )
