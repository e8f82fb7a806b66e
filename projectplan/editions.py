"""Keeping the editions of a plan: every act that changes one leaves the plan as it stands then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from office.models import Subgroup, User
from projectplan.models import Plan, PlanEdition
from projectplan.planparts import parts
from projectplan.planshape import Row
from projectplan.snapshot import content, snapshot
from projectplan.writing import Outcome, PlanWriter

Change = Callable[[Row], Row]
"""From what a plan says to what it is to say."""


class ChangedMeanwhile(Exception):
    """The part was changed by others since this person read it; `editions` are those acts, the newest first."""

    def __init__(self, editions: list[PlanEdition]) -> None:
        super().__init__(f"{len(editions)} editions since")
        self.editions = editions


def record(
    plan: Plan, *, origin: PlanEdition.Origin, by: User | None, now: datetime, reason: str = ""
) -> PlanEdition | None:
    """The plan as it stands now as its next edition; None when nothing is other than in the last."""
    with transaction.atomic():
        current = Plan.objects.select_for_update().get(pk=plan.pk)
        said = snapshot(current)
        last = current.editions.first()
        if last and last.content == said:
            return None
        return PlanEdition.objects.create(
            plan=current,
            number=last.number + 1 if last else 1,
            origin=origin,
            made_at=now,
            made_by=by,
            reason=reason,
            content=said,
        )


@transaction.atomic
def save(
    plan: Plan, change: Change, *, part: str, seen: int, by: User, reason: str, now: datetime
) -> PlanEdition | None:
    """Change a part of the plan and keep the edition; None when nothing is other than before.

    `seen` is the number of the edition that the person read. Raises ChangedMeanwhile when that part is another by now;
    what others changed elsewhere is no hindrance.
    """
    current = Plan.objects.select_for_update().get(pk=plan.pk)
    if not current.editions.exists():
        record(current, origin=PlanEdition.Origin.LOADED, by=None, now=now)
    said = content(current)
    since = list(current.editions.select_related("made_by").filter(number__gt=max(seen, 1)))
    if since and _is_changed(current, said, part=part, seen=seen):
        raise ChangedMeanwhile(since)
    write(change(said), plan=current)
    if content(Plan.objects.get(pk=plan.pk)) == said:
        return None
    return record(current, origin=PlanEdition.Origin.EDITED, by=by, now=now, reason=reason)


def _is_changed(plan: Plan, said: Row, *, part: str, seen: int) -> bool:
    read = plan.editions.filter(number=max(seen, 1)).first()
    return read is not None and parts(read.content).get(part) != parts(said).get(part)


def write(data: Row, *, plan: Plan | None = None, rolled_over_from: Plan | None = None) -> Plan:
    """Bring the rows of a plan to what the data say. People are known by name; of two of one name, the one who is in
    charge in this plan (or in the one it is rolled over from) already."""
    names = {name for row in data["work"] for name in row["responsible"]}
    people = {str(person): person for person in User.objects.filter(display_name__in=names).order_by("-pk")}
    before = plan or rolled_over_from
    if before:
        people |= {str(person): person for person in User.objects.filter(works__plan=before)}
    subgroups = {subgroup.code: subgroup for subgroup in Subgroup.objects.all()}
    more = {"rolled_over_from": rolled_over_from} if rolled_over_from else {}
    return PlanWriter(data, people, subgroups, Outcome()).write(**more)
