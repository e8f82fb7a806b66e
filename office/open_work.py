"""What of the office's open work hangs on one person: carried, owed, followed up. Asked before an account is closed."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet

from office.models import Deadline, Matter, User


def carried_by(person: User) -> QuerySet[Matter]:
    """Open matters that a person carries."""
    return Matter.objects.unclosed().filter(owner=person)


def owed_by(person: User) -> QuerySet[Deadline]:
    """Promises about open matters that a person owes or follows up, in the words of the two indexes of *today*."""
    follows = Q(follower=person) & ~Q(responsible=F("follower"))
    return Deadline.objects.unmet().filter(Q(responsible=person) | follows, matter__closed_at=None)


def hangs_anything_on(person: User) -> bool:
    """Whether an account cannot just be closed or moved."""
    return carried_by(person).exists() or owed_by(person).exists()
