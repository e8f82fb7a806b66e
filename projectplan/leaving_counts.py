"""What hangs on one person: counted, never shown. Counts stop where nobody reads on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from complaints.models import RoutingRule
from office.models import ApiToken, CalendarFeed, Deadline, Matter, OutgoingLetter, SavedView, User
from office.open_work import carried_by, owed_by
from parliament.models import Need, Telling
from projectplan.models import Agreement, Survey, Work
from projectplan.models.agreement import UNSIGNED, VALID

MOST: int = 10_000


def keys_after(person: User, last: int, most: int) -> list[int]:
    """The keys of the next matters that hang on a person: what they carry, and what they only owe or follow up."""
    carried = carried_by(person).filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:most]
    owed = owed_by(person).filter(matter_id__gt=last).order_by("matter_id")
    others = owed.values_list("matter_id", flat=True).distinct()[:most]
    return sorted({*carried, *others})[:most]


def subgroups_hanging_on(person: User) -> dict[int, int]:
    """The key of each subgroup → how many of its open matters hang on a person."""
    carried = carried_by(person).order_by().values_list("subgroup").annotate(rows=Count("pk"))
    others = owed_by(person).exclude(matter__owner=person).order_by().values_list("matter__subgroup")
    counts: Counter[int] = Counter(dict(carried))
    counts.update(dict(others.annotate(rows=Count("matter", distinct=True))))
    return dict(counts)


@dataclass(frozen=True)
class Line:
    """One line of what hangs on somebody: what, how many, what becomes of it."""

    words: str
    count: int
    becomes: str


def lines(person: User, now: datetime) -> list[Line]:
    """Everything that hangs on a person by its number, with what the handing over does to it."""
    handed, stays = _("is handed over"), _("is for the head to decide")
    withdrawn = _("opens nothing any more")
    owed = Deadline.objects.unmet().filter(matter__closed_at=None)
    agreements = Agreement.objects.filter(state__in=[*UNSIGNED, *VALID])
    own = Q(person=person) | Q(signer=person) | Q(superior=person)
    rules = RoutingRule.objects.filter(officer=person, is_active=True)
    drafts = OutgoingLetter.objects.filter(signer=person, issued_at=None)
    asked: list[tuple[str, QuerySet[Any], str]] = [
        (_("Open matters carried"), carried_by(person), handed),
        (_("Promises owed"), owed.filter(responsible=person), handed),
        (_("Promises followed up"), owed.filter(follower=person).exclude(responsible=person), handed),
        (_("Standing works"), current_works(person), handed),
        (_("Rules that give petitions to them"), rules, handed),
        (_("Papers and people to be made ready"), open_needs(person), handed),
        (_("Meetings they are still to be told of"), Telling.objects.filter(person=person, told_at=None), stays),
        (_("Performance agreements"), agreements.filter(own), stays),
        (_("Open surveys they made"), Survey.objects.filter(made_by=person, closes_at__gt=now), stays),
        (_("Drafts of letters to be signed by them"), drafts, stays),
        (_("Tokens of the API they made"), ApiToken.objects.filter(made_by=person, withdrawn_at=None), withdrawn),
        (_("Calendar addresses"), CalendarFeed.objects.filter(user=person), withdrawn),
        (_("Saved views"), SavedView.objects.filter(user=person), _("stays as it is")),
    ]  # fmt: skip
    return [Line(words, rows.order_by()[:MOST].count(), becomes) for words, rows, becomes in asked]


def current_works(person: User) -> QuerySet[Work]:
    """Standing works of the newest plan that name a person."""
    newest = Work.objects.order_by("-plan__fiscal_year").values("plan")[:1]
    return Work.objects.filter(responsible=person, plan__in=newest)


def open_needs(person: User) -> QuerySet[Need]:
    """What a person is to have ready for a meeting and has not."""
    waits = Matter.objects.unclosed().filter(pk=OuterRef("item__meeting"))
    return Need.objects.filter(Exists(waits), officer=person, ready_at=None)
