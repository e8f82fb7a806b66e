"""Handing over the work of one who leaves: matter by matter by a step, some at a time, then the account is closed.

It may be stopped at any moment and run again: what is handed over no longer hangs on the one who leaves, so the next
run goes on with the rest, and how many each colleague got is counted in the transaction that gave them.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from complaints.models import Petition, RelatedMatter
from office.figures import figures
from office.making import Claim, LeaseLost
from office.models import Leaving, Matter, Notice, Role, User
from office.models.calendar import current_calendar
from office.notices import tell
from office.open_work import hangs_anything_on
from office.queue import start_by_name_after_commit
from office.steps import Actor, StepRefused, perform
from parliament.models import Bill, Consultation, FollowUp, Interpellation, Meeting, Motion
from projectplan import leaving_account
from projectplan.leaving_counts import keys_after, subgroups_hanging_on
from publicrelations.models import (
    Article,
    Engagement,
    ForeignDocument,
    Journal,
    PressConference,
    SituationBrief,
)

logger = logging.getLogger(__name__)

TASK: Final = "projectplan.tasks.hand_over"
TOGETHER: Final = 20
"""Matters handed over in one transaction: a killed worker leaves no more than that to be done anew."""

Clock = Callable[[], datetime]

KINDS: Final[Mapping[str, Any]] = {
    Matter.Kind.PETITION: Petition,
    Matter.Kind.RELATED: RelatedMatter,
    Matter.Kind.MEETING: Meeting,
    Matter.Kind.INTERPELLATION: Interpellation,
    Matter.Kind.MOTION: Motion,
    Matter.Kind.BILL: Bill,
    Matter.Kind.CONSULTATION: Consultation,
    Matter.Kind.FOLLOW_UP: FollowUp,
    Matter.Kind.ENGAGEMENT: Engagement,
    Matter.Kind.ARTICLE: Article,
    Matter.Kind.JOURNAL: Journal,
    Matter.Kind.PRESS_CONFERENCE: PressConference,
    Matter.Kind.FOREIGN_DOCUMENT: ForeignDocument,
    Matter.Kind.BRIEF: SituationBrief,
}


def ask(leaving: Leaving, receivers: list[User]) -> Leaving:
    """Write down that somebody leaves and have the worker begin; one who is leaving already is not asked twice."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=leaving.person_id)
        open_one = Leaving.objects.filter(person=leaving.person).exclude(state=Leaving.State.ISSUED).first()
        if open_one:
            return open_one
        leaving.expected = sum(subgroups_hanging_on(leaving.person).values())
        leaving.save()
        leaving.receivers.set(receivers)
        start_by_name_after_commit(TASK, leaving.pk)
    return leaving


def hand_over(pk: int, clock: Clock) -> Leaving | None:
    """Do what is left of one handing over; None when somebody else is at it or it is done. Safe to call twice."""
    claim = Claim.take(Leaving, pk, clock())
    if claim is None:
        return None
    try:
        with override(settings.LANGUAGE_CODE):
            _hand_over(claim, clock)
    except LeaseLost:
        logger.warning("The handing over %s was taken over by another worker", pk)
    except Exception as fault:
        logger.exception("The handing over %s stopped", pk)
        claim.fail(fault)
    return Leaving.objects.get(pk=pk)


def hand_over_waiting(clock: Clock) -> None:
    """Go on with what was asked for while the queue was down, or left by a worker that was killed."""
    for pk in list(Leaving.objects.waiting(clock()).values_list("pk", flat=True)):
        hand_over(pk, clock)


def _hand_over(claim: Claim, clock: Clock) -> None:
    leaving = Leaving.objects.select_related("person", "asked_by", "moves_to").get(pk=claim.pk)
    leaving.left_over = []
    receivers = Receivers(leaving)
    for keys in _some(leaving):
        _give(leaving, keys, receivers, clock())
        claim.go_on(_percent(leaving), clock())
    if leaving.left_over:
        claim.finish(state=Leaving.State.FAILED, progress=_percent(leaving))
        return
    now = clock()
    with transaction.atomic():
        leaving_account.pass_the_rest_on(leaving, receivers.of_subgroup, now)
        if hangs_anything_on(leaving.person):
            # Given to them meanwhile: the next round takes these too.
            claim.finish(state=Leaving.State.WAITING)
            return
        leaving_account.close(leaving, now)
        _tell(leaving, now)
        if not claim.finish(state=Leaving.State.ISSUED, progress=100, issued_at=now, sha256=""):
            raise LeaseLost


def _some(leaving: Leaving) -> Iterator[list[int]]:
    """The keys of what still hangs on the one who leaves, some at a time; what could not be handed over is passed by
    in this run."""
    last = 0
    while keys := keys_after(leaving.person, last, TOGETHER):
        yield keys
        last = keys[-1]


class Receivers:
    """Who gets what: each the one of the fitting colleagues who has had the fewest so far."""

    def __init__(self, leaving: Leaving) -> None:
        self.shares: dict[int, int] = {int(key): count for key, count in leaving.shares.items()}
        able = leaving.receivers.filter(is_active=True).exclude(pk=leaving.person_id)
        self.people = list(able.select_related("subgroup").order_by("pk"))

    def of_subgroup(self, subgroup_id: int | None) -> User | None:
        """Who carries on in a subgroup: an officer or head of it."""
        return self._least(
            one
            for one in self.people
            if one.subgroup_id == subgroup_id and (one.has_role(Role.OFFICER) or one.has_role(Role.HEAD))
        )

    def for_matter(self, matter: Matter, leaver: User) -> User | None:
        """The next officer for what the leaver carries; for what they only owe, one who may do the same."""
        if matter.owner_id == leaver.pk:
            return self.of_subgroup(matter.subgroup_id)
        executives = [one for one in self.people if one.has_role(Role.EXECUTIVE)]
        if leaver.has_role(Role.EXECUTIVE) and executives:
            return self._least(iter(executives))
        heads = [
            one for one in self.people if one.has_role(Role.HEAD) and one.subgroup_id == matter.subgroup_id
        ]
        if leaver.has_role(Role.HEAD) and heads:
            return self._least(iter(heads))
        return self.of_subgroup(matter.subgroup_id)

    def _least(self, people: Iterator[User]) -> User | None:
        return min(people, key=lambda one: (self.shares.get(one.pk, 0), one.pk), default=None)

    def count(self, receiver: User) -> None:
        """One more for this colleague."""
        self.shares[receiver.pk] = self.shares.get(receiver.pk, 0) + 1


@transaction.atomic
def _give(leaving: Leaving, keys: list[int], receivers: Receivers, now: datetime) -> None:
    """Hand some matters over, each by its step, and count them in the same transaction."""
    actor = Actor(user=leaving.asked_by, leaver_id=leaving.person_id)
    reason = reason_of(leaving)
    for matter in Matter.objects.filter(pk__in=keys).order_by("pk"):
        to = receivers.for_matter(matter, leaving.person)
        try:
            if to is None:
                raise ValidationError(_("Nobody was chosen for this subgroup."))
            found = KINDS[matter.kind].objects.get(pk=matter.pk)
            perform(found, "succeed", actor=actor, seen=None, now=now, reason=reason, to=to)
        except (StepRefused, ValidationError) as refused:
            logger.warning("Matter %s could not be handed over: %s", matter.pk, type(refused).__name__)
            leaving.left_over.append(matter.pk)
        else:
            receivers.count(to)
    leaving.shares = {str(key): count for key, count in receivers.shares.items()}
    kept = {"shares": leaving.shares, "left_over": leaving.left_over}
    Leaving.objects.filter(pk=leaving.pk).update(**kept)


def _percent(leaving: Leaving) -> int:
    return min(99, 100 * leaving.handed // max(leaving.expected, 1))


def reason_of(leaving: Leaving) -> str:
    """What the history of each matter says of why it was handed over, in the office's language."""
    with override(settings.LANGUAGE_CODE):
        said = _("Handed over because %(person)s %(why)s")
        return said % {"person": leaving.person, "why": leaving.get_why_display()}


def _tell(leaving: Leaving, now: datetime) -> None:
    """Each colleague hears once how many matters came, and whose they were."""
    calendar = current_calendar()
    for receiver in User.objects.filter(pk__in=[int(key) for key in leaving.shares]):
        count = leaving.shares[str(receiver.pk)]
        said = ngettext(
            "%(count)s matter of %(person)s, who %(why)s, is yours now",
            "%(count)s matters of %(person)s, who %(why)s, are yours now",
            count,
        ) % {"count": figures(count), "person": leaving.person, "why": leaving.get_why_display()}
        tell(
            [receiver],
            Notice.Kind.YOUR_TURN,
            once=f"leaving:{leaving.pk}",
            now=now,
            calendar=calendar,
            text=said,
        )


@transaction.atomic
def try_again(leaving: Leaving, more: list[int], now: datetime) -> bool:
    """What could not be handed over is tried once more, with these colleagues beside the others; whether it was still
    to be done."""
    failed = Leaving.objects.filter(pk=leaving.pk, state=Leaving.State.FAILED)
    if not failed.update(state=Leaving.State.WAITING, asked_at=now):
        return False
    leaving.receivers.add(*more)
    start_by_name_after_commit(TASK, leaving.pk)
    return True
