"""What a petition's page shows of the petitions it belongs together with."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db.models import Value

from complaints.event_lines import event_lines
from complaints.models import Petition, PetitionLink
from office.history import Entry, entries
from office.models import Document, Event, User
from office.permissions import carries_it, may_take_it

JOINED: Final = "joined"
PART: Final = "part"
LINKED: Final = "linked"


@dataclass
class Member:
    """A petition joined to the one whose page it is, with its own files and its own history, newest first."""

    petition: Petition
    leads: bool = False
    documents: list[Document] = field(default_factory=list)
    history: list[Entry] = field(default_factory=list)


def kindred(petition: Petition, user: User, now: datetime) -> dict[str, Any]:
    """Joined, split, linked; no question for one that stands alone."""
    alone: dict[str, set[int]] = {JOINED: set(), PART: set(), LINKED: set()}
    # As the desk fetched it (complaints.views.cards.ON_A_PETITION); not known of a petition fetched otherwise.
    near = _near(petition) if getattr(petition, "has_kindred", True) else alone
    seen = _seen(user, {*near[PART], *near[LINKED], petition.split_from_id} - {None})
    context: dict[str, Any] = {
        "joined": members(petition, user) if near[JOINED] else [],
        "parts": [seen[key] for key in sorted(near[PART]) if key in seen],
        "split_from": seen.get(petition.split_from_id),
        "linked": [seen[key] for key in sorted(near[LINKED], reverse=True) if key in seen],
        "may_link": (carries_it | may_take_it).test(user, petition),
    }
    if petition.joined_to_id:
        carrier = petition.carried_by()
        context["carried_label"] = carrier.label
        context["carried_by"] = _seen(user, {carrier.pk}).get(carrier.pk)
    return context


def _near(petition: Petition) -> dict[str, set[int]]:
    """The keys of what was joined to it, split from it and linked with it, all asked at once."""
    links = PetitionLink.objects.order_by()
    asked = [
        Petition.objects.filter(joined_to=petition).values_list(Value(JOINED), "pk"),
        Petition.objects.filter(split_from=petition).values_list(Value(PART), "pk"),
        links.filter(one=petition).values_list(Value(LINKED), "other_id"),
        links.filter(other=petition).values_list(Value(LINKED), "one_id"),
    ]
    found: dict[str, set[int]] = {JOINED: set(), PART: set(), LINKED: set()}
    for how, key in asked[0].union(*asked[1:], all=True):
        found[how].add(key)
    return found


def members(petition: Petition, user: User) -> list[Member]:
    """Everything joined to it, the story that leads first.

    Who may see this petition sees what was joined under the same or a lower grade of secrecy; a higher grade, given
    later, is asked for by itself.
    """
    family = petition.joined_ones().order_by("pk")
    shown = list(family.filter(secrecy__lte=petition.secrecy))
    more = family.filter(secrecy__gt=petition.secrecy)
    shown += list(more.visible_to(user))
    keys = [one.pk for one in shown]
    documents = list(Document.objects.filter(matter__in=keys).order_by("pk"))
    events = list(Event.objects.filter(matter__in=keys).select_related("actor").order_by("-pk"))
    leading = leading_label(petition)
    found = [
        Member(
            one,
            one.label == leading,
            [document for document in documents if document.matter_id == one.pk],
            entries((event for event in events if event.matter_id == one.pk), Petition, event_lines),
        )
        for one in shown
    ]
    return sorted(found, key=lambda member: (not member.leads, member.petition.pk))


def leading_label(petition: Petition) -> str:
    """The number of the petition whose story was chosen to be read first; the last choice stands."""
    told = petition.events.filter(step="join").order_by("-pk").values_list("changes", flat=True)
    return next((str(changes["leading_story"][1]) for changes in told if "leading_story" in changes), "")


def _seen(user: User, keys: Collection[int | None]) -> dict[int | None, Petition]:
    """Those of a few petitions that this person may see, by their keys."""
    if not keys:
        return {}
    visible = (
        Petition.objects.visible_to(user)
        .filter(pk__in=[key for key in keys if key])
        .defer("story", "search_text")
    )
    return {one.pk: one for one in visible}
