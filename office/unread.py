"""Unread marks: what others did to a matter after this person last looked at it. One query a list, no write a look
unless there is something newer."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery

from office.models import Event, LastLook, User

REMEMBERED: Final = timedelta(days=60)
"""What is older is unread no more, so a look that is older need not be kept: the table stays small."""


def with_last_look(rows: QuerySet[Any], user: User) -> QuerySet[Any]:
    """These matters, each with the version this person saw last as `looked_at` (None: never, or long ago)."""
    looks = LastLook.objects.filter(user=user, matter=OuterRef("pk"))
    return rows.annotate(looked_at=Subquery(looks.values("version")[:1]))


def note_look(matter: Any, user: User, now: datetime) -> None:
    """The person reads the matter, fetched by `with_last_look`, as it stands; written only when that is newer."""
    if matter.looked_at is not None and matter.looked_at >= matter.version:
        return
    LastLook.objects.bulk_create(
        [LastLook(user=user, matter_id=matter.pk, version=matter.version, at=now)],
        update_conflicts=True,
        unique_fields=["user", "matter"],
        update_fields=["version", "at"],
    )


def unread_among(keys: Collection[int], user: User, now: datetime, *, own: Collection[int] = ()) -> set[int]:
    """Which of these matters somebody else has moved since the person last looked at them or took a step on them; one
    query.

    What the person never had to do with is unread only among their `own`, not in a register of thousands.
    """
    if not keys:
        return set()
    events = Event.objects.filter(matter__in=keys).order_by().values("matter")
    by_others = ~Q(actor=user) & Q(at__gt=now - REMEMBERED)
    moved = events.annotate(
        theirs=Max("version", filter=by_others), done=Max("version", filter=Q(actor=user))
    ).filter(theirs__isnull=False)
    looks = LastLook.objects.filter(user=user, matter=OuterRef("matter"))
    moved = moved.annotate(looked=Subquery(looks.values("version")[:1]))
    unread = set()
    for key, theirs, done, looked in moved.values_list("matter", "theirs", "done", "looked"):
        seen = max(done or 0, looked or 0)
        if theirs > seen and (seen or key in own):
            unread.add(key)
    return unread


def forget_old_looks(now: datetime) -> int:
    """Drop what no mark depends on any more. Returns how many."""
    return LastLook.objects.filter(at__lt=now - REMEMBERED).delete()[0]
