"""What waits for one in authority to decide, in the order in which it is due: opinions on petitions, answers to the
chambers, consultations, foreign documents, briefs, whatever a room puts on that desk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from office.desk import Desk, OpenStep
from office.models import Deadline, User
from office.models.matter import matters_visible_to
from office.step_form import StepForm
from office.steps import find_step
from projectplan.desks import DESKS

COUNT_CAP: Final = 99


@dataclass(frozen=True)
class Choice:
    """One way to decide: the step, its form, and whether it stands open."""

    step: Any
    form: StepForm
    address: str
    is_open: bool = False


def waiting_for(user: User) -> dict[int, Desk]:
    """The matters on this person's desk with their kind's pages, the most urgent first, as far as they are counted; one
    query."""
    owed = Deadline.objects.unmet().filter(responsible=user).filter(matters_visible_to(user, "matter__"))
    rows = owed.order_by("due_at", "pk").values_list("matter", "matter__kind")
    return {key: DESKS[kind] for key, kind in rows[: COUNT_CAP + 1]}


def one_after(keys: Sequence[int], key: int) -> int | None:
    """Which comes after this one; after the last the first. None when there is no other."""
    following = keys[(keys.index(key) + 1) % len(keys)]
    return following if following != key else None


def choices(desk: Desk, matter: Any, user: User, steps: Sequence[OpenStep], due: str) -> list[Choice]:
    """The ways to decide, each with its form, the usual one first and open; every form has fields of its own name."""
    found = []
    for one in steps:
        form = desk.form(one.name, matter, user)
        form.auto_id = f"id_{one.name}_%s"
        found.append(Choice(find_step(desk.model, one.name), form, one.address, one.name == due))
    return sorted(found, key=lambda choice: not choice.is_open)
