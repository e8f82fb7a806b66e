"""The desk of every kind of matter: what stands above the rooms acts on all of them alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.http import Http404

from complaints.views.desk import PETITIONS, RELATED
from office.desk import Desk
from office.models import Matter, User
from parliament.views.answer_desks import INTERPELLATIONS, MOTIONS
from parliament.views.desks import BILLS, CONSULTATIONS
from parliament.views.meeting_desks import FOLLOW_UPS, MEETINGS
from publicrelations.views.article_desks import ARTICLES
from publicrelations.views.engagement_desks import ENGAGEMENTS
from publicrelations.views.foreign_desks import BRIEFS, FOREIGN_DOCUMENTS
from publicrelations.views.journal_desk import JOURNALS
from publicrelations.views.press_desks import PRESS_CONFERENCES

Kind = Matter.Kind

DESKS: Final[Mapping[str, Desk]] = {
    Kind.PETITION: PETITIONS,
    Kind.RELATED: RELATED,
    Kind.MEETING: MEETINGS,
    Kind.INTERPELLATION: INTERPELLATIONS,
    Kind.MOTION: MOTIONS,
    Kind.BILL: BILLS,
    Kind.CONSULTATION: CONSULTATIONS,
    Kind.FOLLOW_UP: FOLLOW_UPS,
    Kind.ENGAGEMENT: ENGAGEMENTS,
    Kind.ARTICLE: ARTICLES,
    Kind.JOURNAL: JOURNALS,
    Kind.PRESS_CONFERENCE: PRESS_CONFERENCES,
    Kind.FOREIGN_DOCUMENT: FOREIGN_DOCUMENTS,
    Kind.BRIEF: BRIEFS,
}


def desk_of(user: User, pk: int) -> Desk:
    """The desk of a matter that this person may see; else it does not exist for them."""
    kind = Matter.objects.visible_to(user).filter(pk=pk).values_list("kind", flat=True).first()
    if kind is None:
        raise Http404
    return DESKS[kind]


def keys_by_kind(user: User, keys: Iterable[int]) -> dict[str, list[int]]:
    """Which of these matters the person may see, by their kind; one query."""
    found: dict[str, list[int]] = {}
    rows: Any = Matter.objects.visible_to(user).filter(pk__in=list(keys)).order_by("pk")
    for key, kind in rows.values_list("pk", "kind"):
        found.setdefault(kind, []).append(key)
    return found
