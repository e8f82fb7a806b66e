"""Saved searches: keeping one, and telling its owner of the matters that have come to fit it.

Whatever becomes of a matter is a step, and every step writes an event. So a round asks the events since the last one
which matters are new or changed, and only these whether they fit: bounded, and by the front of an index, however many
matters there are. What becomes late does so by the clock, without an event; a search for late ones asks the promises
that fell due meanwhile too.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import override

from office.calendar import WorkCalendar
from office.figures import figures
from office.models import Deadline, Event, Matter, Notice, SavedSearch, SavedSearchMatch, User
from office.models.calendar import current_calendar
from office.models.saved_search import KeptSearch
from office.notices import rows_for, write
from office.search import TOTAL_CAP, Results
from office.search_facets import STATE, SUBGROUP, RoomFacet, Standing, chosen_in, condition
from office.search_keys import Sight, hits_among
from office.search_words import TooShort, Words

MOST_OF_ONE: Final = 20
"""Saved searches of one person."""
NAME_LENGTH: Final = 60
SEARCHES_PER_ROUND: Final = 200
EVENTS_PER_LOOK: Final = 2000
OVERLAP: Final = 500
"""Events read once more: of two written at the same time, the one with the lower key may be committed later."""
TOLD_ONE_BY_ONE: Final = 5
"""Of more new matches in one round, one notice tells how many there are."""
PAUSE: Final = timedelta(seconds=50)
"""Two rounds at the same time look at a search once."""


def save(user: User, kept: KeptSearch, found: Results, *, by_email: bool, now: datetime) -> SavedSearch:
    """Keep a search, with what it finds already: nobody is told of that. A name used before now means this one."""
    newest = Matter.objects.aggregate(newest=Max("pk"))["newest"] or 0
    last_event = Event.objects.aggregate(last=Max("pk"))["last"] or 0
    search = SavedSearch(
        user=user,
        by_email=by_email,
        made_at=now,
        checked_at=now,
        knows_all=len(found.keys) <= TOTAL_CAP,
        newest_matter=newest,
        last_event=last_event,
    )
    search.keep(kept)
    with transaction.atomic():
        for own in own_searches(user):
            if own.kept.name == kept.name:
                delete(own.search)
        search.save()
        _know(search, found.keys)
    return search


def _know(search: SavedSearch, keys: Sequence[int]) -> None:
    SavedSearchMatch.objects.bulk_create(
        [SavedSearchMatch(search=search, matter_id=key) for key in keys], ignore_conflicts=True
    )


@dataclass(frozen=True)
class OwnSearch:
    """A saved search as its owner's page shows it."""

    search: SavedSearch
    kept: KeptSearch


def own_searches(user: User) -> list[OwnSearch]:
    """All that this person keeps; what cannot be opened any more is passed over."""
    own = []
    for search in SavedSearch.objects.filter(user=user).order_by("pk"):
        with suppress(ValueError):
            own.append(OwnSearch(search, search.kept))
    return own


def rename(search: SavedSearch, name: str, *, by_email: bool) -> None:
    """Another name, or another choice of e-mail."""
    search.keep(replace(search.kept, name=name))
    search.by_email = by_email
    search.save(update_fields=["sealed", "by_email"])


def pause(search: SavedSearch, *, paused: bool) -> None:
    """Tell of nothing until it goes on; what came meanwhile is told then."""
    search.is_paused = paused
    search.save(update_fields=["is_paused"])


@transaction.atomic
def delete(search: SavedSearch) -> None:
    """Throw it away, with the notices that lead to it; those that lead to a matter stay."""
    told = Notice.objects.filter(recipient=search.user_id, kind=Notice.Kind.SAVED_SEARCH, matter=None)
    told.filter(subject_id=search.pk).delete()
    search.delete()


def tell_of_new_matches(now: datetime, rooms: Sequence[RoomFacet]) -> int:
    """One round over the saved searches, those looked at the longest ago first. Returns how many matches are told."""
    due = SavedSearch.objects.filter(is_paused=False, checked_at__lte=now - PAUSE, user__is_active=True)
    keys = list(due.order_by("checked_at", "pk").values_list("pk", flat=True)[:SEARCHES_PER_ROUND])
    if not keys:
        return 0
    calendar = current_calendar()
    return sum(_look(key, now, rooms, calendar) for key in keys)


@transaction.atomic
def _look(key: int, now: datetime, rooms: Sequence[RoomFacet], calendar: WorkCalendar) -> int:
    """Look at one search, unless another worker has it."""
    free = SavedSearch.objects.select_for_update(skip_locked=True, of=("self",)).select_related("user")
    search = free.filter(pk=key, is_paused=False, checked_at__lte=now - PAUSE).first()
    if search is None:
        return 0
    changed, own = _changed(search)
    new = _new_matches(search, changed, now, rooms)
    _know(search, new)
    new = [key for key in new if key not in own]
    _tell(search, new, now, calendar)
    search.checked_at = now
    search.save(update_fields=["checked_at", "last_event"])
    return len(new)


def _new_matches(
    search: SavedSearch, changed: set[int], now: datetime, rooms: Sequence[RoomFacet]
) -> list[int]:
    """The matters that fit now and are not known."""
    try:
        kept = search.kept
        words = Words.of(kept.words)
    except (ValueError, TooShort):
        return []
    chosen = chosen_in(kept.chosen, rooms)
    if chosen.get(STATE) == Standing.LATE:
        due = Deadline.objects.unmet().filter(due_at__gte=search.checked_at, due_at__lt=now)
        changed = changed | set(due.order_by("due_at").values_list("matter", flat=True)[:EVENTS_PER_LOOK])
    if not search.knows_all:
        changed = {key for key in changed if key > search.newest_matter}
    if not changed:
        return []
    subgroup = int(chosen[SUBGROUP]) if SUBGROUP in chosen else None
    sight = Sight(search.user, condition(chosen, rooms, now), subgroup=subgroup)
    hits = hits_among(sight, words, sorted(changed))
    known = set(search.matches.filter(matter__in=hits).values_list("matter", flat=True)) if hits else set()
    return [key for key in hits if key not in known]


def _changed(search: SavedSearch) -> tuple[set[int], set[int]]:
    """The matters that something became of since the last look, and those of them that only the owner of the search
    has touched: these are not told of. Moves on to the newest event it read."""
    since = Event.objects.filter(pk__gt=search.last_event - OVERLAP).order_by("pk")
    events = list(since.values_list("pk", "matter", "actor")[: OVERLAP + EVENTS_PER_LOOK])
    if not events or events[-1][0] <= search.last_event:
        return set(), set()
    search.last_event = events[-1][0]
    changed = {matter for _event, matter, _actor in events}
    return changed, changed - {matter for _event, matter, actor in events if actor != search.user_id}


def _tell(search: SavedSearch, new: Sequence[int], now: datetime, calendar: WorkCalendar) -> None:
    """One notice a matter, or one for all where these are many: number and subject are said as to whoever sees them,
    the words and the name of the search never."""
    rows: list[Notice] = []
    kind = Notice.Kind.SAVED_SEARCH
    if len(new) > TOLD_ONE_BY_ONE:
        with override(settings.LANGUAGE_CODE):
            text = _("%(count)s new matters fit a saved search") % {"count": figures(len(new))}
        once = f"saved-search:{search.pk}:upto:{search.last_event}:{new[-1]}"
        rows = rows_for([search.user], kind, once=once, now=now, calendar=calendar, text=text)
    else:
        for matter in Matter.objects.filter(pk__in=new).order_by("pk"):
            once = f"saved-search:{search.pk}:{matter.pk}"
            rows += rows_for([search.user], kind, once=once, now=now, calendar=calendar, matter=matter)
    for row in rows:
        row.subject_id = search.pk
    write([row for row in rows if search.by_email or row.way == Notice.Way.APP], now=now)
