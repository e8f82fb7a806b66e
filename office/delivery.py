"""Sending what the outbox holds: each letter claimed by one worker, tried again until it is gone, never sent twice."""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import F, Q, QuerySet

from office import faults
from office.calendar import OFFICE_TZ, WorkCalendar
from office.letters import Letter
from office.letters import compose as compose_inside
from office.models import Notice, User, WorkFault
from office.models.calendar import current_calendar
from office.notices import DIGEST_TIME

logger = logging.getLogger(__name__)

LETTERS_PER_ROUND = 1000
LOOK_AHEAD_ROWS = 20
LOST_CONNECTIONS_PER_ROUND = 3
SECONDS_TO_CONNECT = 20
SECONDS_TO_MARK_AGAIN = 0.5
FIRST_PAUSE = timedelta(minutes=2)
LONGEST_PAUSE = timedelta(hours=4)

WORDS_OF_A_ROOM = frozenset({Notice.Kind.SITTING_DIGEST})
"""Letters to people of the office whose words only a room above knows."""
SUMMARIES = frozenset({Notice.Kind.DIGEST, Notice.Kind.SITTING_DIGEST})
"""What is a summary itself and joins no other; each has its own hour."""

ComposeOutside = Callable[[Notice], Letter | None]
Clock = Callable[[], datetime]


@dataclass
class Delivered:
    """What one round did, in letters; `is_cut_short` when the mail server could not be reached."""

    sent: int = 0
    failed: int = 0
    withdrawn: int = 0
    is_cut_short: bool = False


class MailServerAway(Exception):
    """No connection to the mail server: no letter's fault, and nothing to be had by trying the next."""


def deliver(compose_outside: ComposeOutside, *, clock: Clock, most: int = LETTERS_PER_ROUND) -> Delivered:
    """Send what may go now, at most `most` letters; `compose_outside` finds the words for those outside the office,
    and of the letters that only a room above has words for.

    Any number of workers may do this at once. The clock is asked again for every letter, because a round can be
    long and a claim holds for NOTICE_LEASE_SECONDS only.
    """
    calendar = current_calendar()
    join_digests(clock(), calendar)
    done = Delivered()
    if not _is_worth_trying(clock()):
        done.is_cut_short = True
        return done
    postman = _Postman()
    try:
        for notice in _claimed(clock, calendar, most):
            _deliver_one(notice, compose_outside, postman, done, now=clock(), calendar=calendar)
            postman.go_on()
        if done.sent:
            faults.forget(faults.MAIL_SERVER, 0)
    except MailServerAway as away:
        done.is_cut_short = True
        faults.note(faults.MAIL_SERVER, 0, away.__cause__ or away, clock())
    finally:
        postman.close()
    return done


def _is_worth_trying(now: datetime) -> bool:
    """While it is known that the mail server lets us wait in vain, one worker asks it again now and then: the others
    have more to do than to wait beside it."""
    pause = timedelta(seconds=settings.EMAIL_TIMEOUT)
    known = WorkFault.objects.filter(source=faults.MAIL_SERVER, fault=TimeoutError.__name__)
    turn = known.filter(Q(at__lte=now - pause) | Q(at__gt=now + pause))
    return turn.update(at=now) == 1 or not known.exists()


def join_digests(now: datetime, calendar: WorkCalendar) -> int:
    """Join what waits for people who want one morning letter; returns how many such letters are due."""
    if not _is_morning_or_open(now, calendar):
        return 0
    waiting = _ready(now).filter(recipient__email_delivery=User.Delivery.DIGEST).exclude(kind__in=SUMMARIES)
    people = list(waiting.order_by().values_list("recipient_id", flat=True).distinct())
    for person_id in people:
        _join(person_id, now)
    return len(people)


@transaction.atomic
def _join(person_id: int, now: datetime) -> None:
    waiting = _ready(now).filter(recipient_id=person_id).exclude(kind__in=SUMMARIES)
    items = list(waiting.select_for_update(skip_locked=True).order_by("pk").values_list("pk", flat=True))
    if not items:
        return
    digest = Notice.objects.create(
        way=Notice.Way.EMAIL,
        kind=Notice.Kind.DIGEST,
        recipient_id=person_id,
        once_key=f"digest:{person_id}:{items[0]}",
        made_at=now,
        deliver_from=now,
    )
    Notice.objects.filter(pk__in=items).update(digest=digest)


def _ready(now: datetime) -> QuerySet[Notice]:
    """Unsent, due, held by no living worker, and no part of a summary; in the words of the index `notice_unsent`."""
    unsent = Notice.objects.filter(way=Notice.Way.EMAIL, sent_at=None, deliver_from__lte=now, digest=None)
    return unsent.filter(_is_free(now))


def _is_free(now: datetime) -> Q:
    """Held by nobody; a claim further ahead than one can last was made before the clock was set back."""
    longest = timedelta(seconds=2 * settings.NOTICE_LEASE_SECONDS)
    return Q(held_until=None) | Q(held_until__lt=now) | Q(held_until__gt=now + longest)


def _allowed_now(now: datetime, calendar: WorkCalendar) -> Q:
    """Letters to the outside at any hour; to people of the office in office hours, and their summaries from 08:00;
    the summary of a sitting day from when it was written."""
    allowed = Q(recipient=None) | Q(kind=Notice.Kind.SITTING_DIGEST)
    if calendar.is_open(now):
        allowed |= ~Q(recipient__email_delivery=User.Delivery.DIGEST)
    if _is_morning_or_open(now, calendar):
        allowed |= Q(kind=Notice.Kind.DIGEST)
    return allowed


def _is_morning_or_open(now: datetime, calendar: WorkCalendar) -> bool:
    local = now.astimezone(OFFICE_TZ)
    return calendar.is_working_day(local.date()) and DIGEST_TIME <= local.time() < calendar.closes


def _claimed(clock: Clock, calendar: WorkCalendar, most: int) -> Iterator[Notice]:
    """Letters one by one, the longest due first, each ours until its claim runs out."""
    claimed = 0
    while claimed < most:
        now = clock()
        ready = _ready(now).filter(_allowed_now(now, calendar)).order_by("deliver_from", "pk")
        keys = list(ready.values_list("pk", flat=True)[: min(LOOK_AHEAD_ROWS, most - claimed)])
        if not keys:
            return
        for key in keys:
            if _claim(key, clock()):
                claimed += 1
                yield Notice.objects.select_related("recipient", "matter", "deadline").get(pk=key)


def _claim(key: int, now: datetime) -> bool:
    """Take a letter unless another worker has it: one update of one row, so only one of them succeeds."""
    held_until = now + timedelta(seconds=settings.NOTICE_LEASE_SECONDS)
    return Notice.objects.filter(_is_free(now), pk=key, sent_at=None).update(held_until=held_until) == 1


def _deliver_one(
    notice: Notice,
    compose_outside: ComposeOutside,
    postman: _Postman,
    done: Delivered,
    *,
    now: datetime,
    calendar: WorkCalendar,
) -> None:
    own = Notice.objects.filter(pk=notice.pk, sent_at=None)
    try:
        inside = notice.recipient_id is not None and notice.kind not in WORDS_OF_A_ROOM
        letter = compose_inside(notice, now=now, calendar=calendar) if inside else compose_outside(notice)
        if letter:
            postman.send(letter, notice.message_id)
    except MailServerAway:
        own.update(held_until=None)
        raise
    except Exception as fault:  # one bad letter never stops the others
        _log(notice, fault)
        pause = min(FIRST_PAUSE * 2 ** min(notice.failures, 10), LONGEST_PAUSE)
        own.update(held_until=None, failures=F("failures") + 1, deliver_from=now + pause)
        faults.note(faults.source_of(Notice), notice.pk, fault, now)
        done.failed += 1
    else:
        if letter:
            _mark_sent(notice.pk, now)
            done.sent += 1
        else:
            own.delete()
            done.withdrawn += 1


def _mark_sent(key: int, now: datetime) -> None:
    """Write down that a letter has left, with what it joins. The mail server has it: a database that is away meanwhile
    is asked again, since whoever forgets it sends the letter once more."""
    whole = Notice.objects.filter(Q(pk=key) | Q(digest_id=key), sent_at=None)
    give_up = time.monotonic() + settings.NOTICE_LEASE_SECONDS
    while True:
        try:
            whole.update(sent_at=now, held_until=None)
        except (OperationalError, InterfaceError):
            if connection.in_atomic_block or time.monotonic() > give_up:
                raise
            connection.close()
            time.sleep(SECONDS_TO_MARK_AGAIN)
        else:
            return


def _log(notice: Notice, fault: Exception) -> None:
    """Which letter, what went wrong and where; never the fault's own words, which hold addresses."""
    where = traceback.extract_tb(fault.__traceback__)[-1]
    place = f"{where.filename}:{where.lineno}"
    logger.warning("Notice %s (%s) not sent: %s at %s", notice.pk, notice.kind, type(fault).__name__, place)


def _timeout_in(fault: BaseException) -> TimeoutError | None:
    """That the mail server let us wait in vain; smtplib calls it a lost connection."""
    found = fault if isinstance(fault, TimeoutError) else fault.__context__
    return found if isinstance(found, TimeoutError) else None


class _Postman:
    """One connection to the mail server for a round, opened when first needed."""

    def __init__(self) -> None:
        self._connection: BaseEmailBackend | None = None
        self._lost = 0
        self._waited_in_vain: TimeoutError | None = None

    def send(self, letter: Letter, message_id: str) -> None:
        """Hand one letter over; raises what went wrong, and the next letter gets a fresh connection."""
        connection = self._open()
        headers = {"Message-ID": message_id, "Auto-Submitted": "auto-generated"}
        message = EmailMessage(
            letter.subject, letter.body, to=[letter.to], headers=headers, connection=connection
        )
        for file in letter.attachments:
            message.attach(file.name, file.content, file.content_type)
        try:
            message.send()
        except Exception as fault:
            self.close()
            is_refused = isinstance(fault, (SMTPRecipientsRefused, SMTPDataError))
            self._lost += isinstance(fault, (SMTPException, OSError)) and not is_refused
            self._waited_in_vain = _timeout_in(fault)
            raise

    def go_on(self) -> None:
        """Raises MailServerAway when the server let us wait in vain: with the next letter it would do so again."""
        if self._waited_in_vain:
            raise MailServerAway from self._waited_in_vain

    def _open(self) -> BaseEmailBackend:
        if self._lost >= LOST_CONNECTIONS_PER_ROUND:
            raise MailServerAway
        if self._connection is None:
            connection = get_connection(timeout=min(SECONDS_TO_CONNECT, settings.EMAIL_TIMEOUT))
            try:
                connection.open()
            except (SMTPException, OSError) as away:
                logger.warning("The mail server is away: %s", type(away).__name__)
                raise MailServerAway from (_timeout_in(away) or away)
            if isinstance(connection, SmtpBackend) and connection.connection and connection.connection.sock:
                connection.connection.sock.settimeout(settings.EMAIL_TIMEOUT)
            self._connection = connection
        return self._connection

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()
