"""What an officer types into a long form is kept by the office every few seconds, until the form is saved.

Sealed with the installation's key and only for who typed it: nothing of it stands in the browser's own store, for desks
are shared. A draft belongs to the address its form leads to; it goes when that form is saved, thrown away, or old.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from office import seals
from office.models import KeptDraft, User

PURPOSE: Final = "kept-draft"
LONGEST: Final = 400_000
"""Letters in one draft; the longest form takes half of it."""
MOST: Final = 40
"""Drafts of one person; the oldest goes first."""
FIELD: Final = "kept_draft"
"""The hidden field by which a form says, when it is sent, which draft was kept of it."""
NOT_KEPT: Final = frozenset({"csrfmiddlewaretoken", "password", FIELD})

Pairs = Sequence[Sequence[str]]
"""Names of fields with what was typed, in the form's order; a field may come more than once."""


class TooLong(Exception):
    """More was typed than a draft holds."""


@dataclass(frozen=True)
class Typed:
    """What is kept of one form, and since when."""

    pairs: Pairs
    kept_at: datetime


def keep(user: User, page: str, pairs: Pairs, *, now: datetime) -> None:
    """Keep what stands in a form now, in place of what was kept before. Raises TooLong."""
    text = json.dumps([[name, value] for name, value in pairs if name not in NOT_KEPT], ensure_ascii=False)
    if len(text) > LONGEST:
        raise TooLong
    sealed = seals.encrypt(text, purpose=PURPOSE)
    KeptDraft.objects.update_or_create(user=user, page=page, defaults={"sealed": sealed, "kept_at": now})
    own = KeptDraft.objects.filter(user=user).order_by("-kept_at", "-pk").values_list("pk", flat=True)
    KeptDraft.objects.filter(pk__in=list(own[MOST : 2 * MOST])).delete()


def find(user: User, page: str, *, now: datetime) -> Typed | None:
    """What this person typed into the form of an address, if it is there and not too old."""
    kept = KeptDraft.objects.filter(user=user, page=page, kept_at__gt=_oldest(now)).first()
    if kept is None:
        return None
    try:
        return Typed(json.loads(seals.decrypt(kept.sealed, purpose=PURPOSE)), kept.kept_at)
    except ValueError:
        return None  # sealed with a key that is no more


def throw_away(user: User, page: str) -> None:
    """Nothing of it stays."""
    KeptDraft.objects.filter(user=user, page=page).delete()


def drop_old(now: datetime) -> int:
    """Delete what nobody came back for; returns how many."""
    return KeptDraft.objects.filter(kept_at__lte=_oldest(now)).delete()[0]


def _oldest(now: datetime) -> datetime:
    return now - timedelta(days=settings.KEPT_DRAFT_DAYS)


class KeptDraftMiddleware:
    """A form that was saved leads elsewhere: its draft is needed no more."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and is_saved(request, response):
            assert isinstance(request.user, User)
            throw_away(request.user, request.POST[FIELD])
        return response


def is_saved(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether a form of which a draft is kept was taken: not sent back with faults, nor on to who one is."""
    if response.status_code not in (302, 303) or not isinstance(request.user, User):
        return False
    return bool(request.POST.get(FIELD)) and not response["Location"].startswith("/accounts/")
