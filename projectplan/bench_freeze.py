"""The monthly freeze beside the plain counts of the same month in SQL: how many times as long it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, Final

from django.db.models import Count, QuerySet

from complaints import tallies as complaints
from complaints.models import Petition, RelatedMatter
from office.calendar import OFFICE_TZ, Period, fiscal_year_of, month_of, months_back
from parliament import tallies as parliament
from parliament.measures import MATTERS as OF_PARLIAMENT
from projectplan.bench import Case
from projectplan.dashboard import plan_for
from projectplan.freezing import freeze_month
from projectplan.models import FrozenValue
from publicrelations import tallies as relations
from publicrelations.measures import MATTERS as OF_RELATIONS

PLAIN: Final = "floor: plain counts of a month"
FREEZE: Final = 5.0
"""How many times the plain counts a freeze may take (the brief: what must be shown)."""
KEEPERS: Final = (complaints.KEEPER, parliament.KEEPER, relations.KEEPER)


def freeze_cases(now: datetime) -> list[Case]:
    """The plain counts of last month, then its freeze: from the tallies, and when none of them holds."""
    month = months_back(month_of(now.astimezone(OFFICE_TZ).date()), 2)[0]
    plan = plan_for(fiscal_year_of(month.first))
    if plan is None:
        return []

    def freeze() -> bytes:
        return str(freeze_month(plan, month, now)).encode()

    def count() -> bytes:
        return repr([list(rows) for rows in plain_counts(month, now)]).encode()

    return [
        Case(PLAIN, count),
        Case("freeze of a month", freeze, FREEZE, before=_unfrozen(month), writes=True, floor=PLAIN),
        Case(
            "freeze, no tally holds",
            freeze,
            FREEZE,
            before=_unfrozen(month, is_stale=True),
            writes=True,
            floor=PLAIN,
        ),
    ]


def plain_counts(month: Period, now: datetime) -> Iterator[QuerySet[Any, Any]]:
    """How many of each kind stand how in a month: one grouped count a kind, as one would write it by hand."""
    petitions = Petition.objects.received_in(month.first).with_standing(now).order_by()
    yield petitions.values_list("standing").annotate(number=Count("pk"))
    related = RelatedMatter.objects.received_in(month).with_standing(now).order_by()
    yield related.values_list("standing").annotate(number=Count("pk"))
    for business, kinds in ((parliament.BUSINESS, OF_PARLIAMENT), (relations.BUSINESS, OF_RELATIONS)):
        for kind in kinds:
            rows = business[kind].with_standing(month, now)
            yield rows.values_list("stands").annotate(number=Count("pk"))


def _unfrozen(month: Period, *, is_stale: bool = False) -> Callable[[], None]:
    """What comes before a freeze is measured, and is undone after it: the month as if nobody had frozen it."""

    def prepare() -> None:
        FrozenValue.objects.filter(month=month.first).delete()
        if is_stale:
            for keeper in KEEPERS:
                keeper.tallies.objects.filter(month=month.first).update(is_stale=True)

    return prepare
