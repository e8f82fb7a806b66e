"""What else becomes of one who leaves: works and rules go to colleagues, the account opens nothing any more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.db.models import Q

from complaints.models import RoutingRule
from office.calendar import OFFICE_TZ
from office.models import ApiToken, CalendarFeed, Leaving, User
from projectplan.editions import record
from projectplan.leaving_counts import current_works, open_needs
from projectplan.models import Membership, PlanEdition

Receiver = Callable[[int | None], User | None]


def pass_the_rest_on(leaving: Leaving, receiver: Receiver, now: datetime) -> None:
    """Standing works, rules of intake and what is to be made ready name a colleague; where nobody was chosen, they
    stay. Safe to run twice: what was passed on names the leaver no more."""
    person = leaving.person
    for work in current_works(person).select_related("plan"):
        if to := receiver(work.subgroup_id):
            work.responsible.add(to)
            work.responsible.remove(person)
            record(work.plan, origin=PlanEdition.Origin.CORRECTED, by=leaving.asked_by, now=now)
    to = receiver(person.subgroup_id)
    if to is None:
        return
    for rule in RoutingRule.objects.filter(officer=person, is_active=True):
        rule.officer = to
        rule.save(update_fields=["officer"])
    open_needs(person).update(officer=to)


def close(leaving: Leaving, now: datetime) -> None:
    """The account opens nothing any more, or sits in its new subgroup; nothing of it is deleted but what opens."""
    person = User.objects.select_for_update().get(pk=leaving.person_id)
    if not leaving.closes_account:
        person.subgroup = leaving.moves_to
        person.save(update_fields=["subgroup"])
        return
    person.is_active = False
    person.save(update_fields=["is_active"])
    for session in UserSession.objects.filter(user=person):
        session.end()
    CalendarFeed.objects.filter(user=person).delete()
    for token in ApiToken.objects.filter(made_by=person, withdrawn_at=None):
        token.withdraw(now)
    today = now.astimezone(OFFICE_TZ).date()
    begun = Q(since_on=None) | Q(since_on__lte=today)
    for membership in Membership.objects.filter(begun, person=person, until_on=None):
        membership.until_on = today
        membership.save(update_fields=["until_on"])
