"""What follows when letters of invitation have left: who was written to is invited, at the moment it left."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import F, OuterRef, Subquery
from django.utils.translation import gettext as _

from office.models import Notice
from office.steps import Actor, StepRefused, perform
from publicrelations.models.press_state import COMING

if TYPE_CHECKING:
    from publicrelations.models.invitation import Invitation
    from publicrelations.models.press_inviting import InvitingSteps

LEFT_PER_ROUND = 100


def _with_letters() -> Any:
    """Invitations whose letter was written and has left, nobody having confirmed that yet; `left_at` says when."""
    from publicrelations.models.invitation import Invitation

    left = Notice.objects.filter(
        subject_id=OuterRef("pk"),
        matter=OuterRef("conference"),
        kind=Notice.Kind.PRESS_INVITATION,
        made_at=OuterRef("mail_at"),
    )
    waiting = Invitation.objects.standing().filter(mail_at__isnull=False, invited_at__isnull=True)
    return waiting.annotate(left_at=Subquery(left.values("sent_at")[:1])).filter(left_at__isnull=False)


def letters_left(conference: InvitingSteps) -> list[Invitation]:
    """Those of one press conference, each with the moment it `left_at`."""
    rows = _with_letters().filter(conference=conference.pk)
    return list(rows.select_related("outlet", "reporter").order_by("pk"))


def confirm_sent(now: datetime, *, most: int = LEFT_PER_ROUND) -> int:
    """Who was written to is invited when the letter has left; safe to run twice and at once.

    Returns of how many press conferences.
    """
    from publicrelations.models import PressConference

    keys = _with_letters().filter(conference__state__in=COMING).order_by()
    rows = PressConference.objects.filter(pk__in=keys.values(key=F("conference")).distinct())
    clock = Actor(label=_("The clock of the office"), is_clock=True)
    done = 0
    for conference in rows.order_by("pk")[:most]:
        try:
            perform(conference, "confirm_mail", actor=clock, seen=None, now=now)
        except StepRefused:  # held, postponed or confirmed by another worker's round in this moment
            continue
        done += 1
    return done
