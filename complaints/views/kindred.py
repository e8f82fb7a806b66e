"""What a petition's page shows of the petitions it belongs together with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q

from complaints.models import Petition, PetitionLink
from complaints.worklist import event_words
from office.models import Document, Event, User
from office.permissions import carries_it, may_take_it


@dataclass
class Member:
    """A petition joined to the one whose page it is, with its own files and its own history, newest first."""

    petition: Petition
    leads: bool = False
    documents: list[Document] = field(default_factory=list)
    history: list[tuple[str, Event]] = field(default_factory=list)


def kindred(petition: Petition, user: User, now: datetime) -> dict[str, Any]:
    """Joined, split, linked: two questions for a petition that stands alone."""
    near = list(Petition.objects.filter(Q(joined_to=petition) | Q(split_from=petition)).order_by("pk"))
    joined = [one for one in near if one.joined_to_id == petition.pk]
    parts = [one for one in near if one.split_from_id == petition.pk]
    parent = petition.split_from
    context: dict[str, Any] = {
        "joined": members(petition, user) if joined else [],
        "parts": _seen(user, parts),
        "split_from": next(iter(_seen(user, [parent] if parent else [])), None),
        "linked": PetitionLink.seen_by(user, petition),
        "may_link": (carries_it | may_take_it).test(user, petition),
    }
    if petition.joined_to_id:
        carrier = petition.carried_by()
        context["carried_label"] = carrier.label
        context["carried_by"] = next(iter(_seen(user, [carrier])), None)
    return context


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
            [(event_words(event), event) for event in events if event.matter_id == one.pk],
        )
        for one in shown
    ]
    return sorted(found, key=lambda member: (not member.leads, member.petition.pk))


def leading_label(petition: Petition) -> str:
    """The number of the petition whose story was chosen to be read first; the last choice stands."""
    told = petition.events.filter(step="join").order_by("-pk").values_list("changes", flat=True)
    return next((str(changes["leading_story"][1]) for changes in told if "leading_story" in changes), "")


def _seen(user: User, petitions: Sequence[Petition]) -> list[Petition]:
    """Those of a few petitions that this person may see."""
    if not petitions:
        return []
    visible = Petition.objects.visible_to(user).filter(pk__in=[one.pk for one in petitions])
    keys = set(visible.values_list("pk", flat=True))
    return [one for one in petitions if one.pk in keys]
