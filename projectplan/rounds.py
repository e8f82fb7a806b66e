"""The round of the clock: what is due is reminded of, late agencies are chased, the outbox is emptied."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from complaints import letters as petition_letters
from complaints.chasers import chase_late_agencies, remind_agencies
from complaints.drafts import drop_expired_drafts
from complaints.related_worklist import where_to_be
from office import delivery, network_letters
from office.delivery import Delivered
from office.documents import drop_abandoned_uploads
from office.kept_drafts import drop_old
from office.letters import Letter
from office.models import Notice
from office.reminders import remind_due
from office.saved_searches import tell_of_new_matches
from office.unread import forget_old_looks
from office.upload_limits import drop_left
from parliament import chasers as parliament_chasers
from parliament import letters as parliament_letters
from parliament import result_mail
from parliament.recesses import put_off
from projectplan import survey_letters, survey_mail
from projectplan.searched import FACETS
from publicrelations import letters as relations_letters
from publicrelations import press_mail

Clock = Callable[[], datetime]


@dataclass
class SweepResult:
    """What one round did: promises reminded of, agencies reminded and chased, letters, files put away."""

    reminded: int = 0
    agencies_reminded: int = 0
    agencies_chased: int = 0
    uploads_dropped: int = 0
    drafts_dropped: int = 0
    kept_drafts_dropped: int = 0
    looks_forgotten: int = 0
    survey_reminders: int = 0
    matches_told: int = 0
    letters: Delivered = field(default_factory=Delivered)


def compose(notice: Notice, now: datetime) -> Letter | None:
    """The words that a room, or the network, has for a letter: the first that knows its kind; None for none."""
    return (
        petition_letters.compose(notice)
        or parliament_letters.compose(notice, now=now)
        or relations_letters.compose(notice, now=now)
        or survey_letters.compose(notice, now=now)
        or network_letters.compose(notice, now=now)
    )


def deliver(clock: Clock) -> Delivered:
    """Send what the outbox holds; here every room's words for the outside come together."""
    done = delivery.deliver(lambda notice: compose(notice, clock()), clock=clock)
    result_mail.confirm_sent(clock())
    press_mail.confirm_sent(clock())
    return done


def sweep(clock: Clock) -> SweepResult:
    """One whole round. A part that fails keeps no other from its turn; what failed is raised at the end together."""
    done = SweepResult()
    faults: list[Exception] = []

    def take(part: str, work: Callable[[], object]) -> None:
        try:
            setattr(done, part, work())
        except Exception as fault:
            faults.append(fault)

    take("uploads_dropped", lambda: drop_abandoned_uploads(clock()) + drop_left(clock()))
    take("drafts_dropped", lambda: drop_expired_drafts(clock()))
    take("kept_drafts_dropped", lambda: drop_old(clock()))
    take("looks_forgotten", lambda: forget_old_looks(clock()))
    take("reminded", lambda: remind_due(clock(), words=where_to_be, put_off=put_off))
    take("agencies_reminded", lambda: remind_agencies(clock()))
    take("agencies_chased", lambda: chase_late_agencies(clock()))
    take("agencies_reminded", lambda: done.agencies_reminded + parliament_chasers.remind_agencies(clock()))
    take("agencies_chased", lambda: done.agencies_chased + parliament_chasers.chase_late_agencies(clock()))
    take("survey_reminders", lambda: survey_mail.remind_before_closing(clock()))
    take("matches_told", lambda: tell_of_new_matches(clock(), FACETS))
    take("letters", lambda: deliver(clock))
    if faults:
        raise ExceptionGroup("Parts of the round failed; the next round takes them up again.", faults)
    return done
