"""What of petitions, related matters and visits says something of a person; see `office.personal`."""

from __future__ import annotations

from typing import Final

from django.db.models import Q

from complaints.models import Petition, RelatedMatter
from office.models import Matter, Shelf, Subgroup
from office.personal import Declared, ShelfOf

_PETITION: Final = frozenset({Matter.Kind.PETITION.value})
_RELATED: Final = frozenset({Matter.Kind.RELATED.value})
_VISIT: Final = frozenset({Shelf.VISIT.value})

SHELVES: Final = [
    ShelfOf(
        shelf=Shelf.VISIT,
        model="complaints.Visit",
        ended="came_at",
        subgroup=Subgroup.Code.COMPLAINTS,
        label=lambda visit: visit.label,
    ),
]

DECLARED: Final = [
    Declared(model="complaints.Category", kept=("name", "name_en")),
    Declared(
        model="complaints.Hearing",
        of="related_matter",
        subjects=_RELATED,
        emptied=("purpose", "room", "attends", "outcome"),
    ),
    Declared(
        model="complaints.CourtStep", of="related_matter", subjects=_RELATED, emptied=("note",), kept=("court_name",)
    ),
    Declared(
        model="complaints.Draft",
        apart=("fingerprint", "sealed"),
        why="only its code opens it; the clock deletes it after DRAFT_DAYS",
    ),
    Declared(
        model="complaints.Petition",
        of="pk",
        subjects=_PETITION,
        emptied=(
            "summary", "opinion", "order_text", "story", "place", "agency_text", "political_source",
            "code_fingerprint", "text_key", "told_text",
        ),
        kept=("came_from", "transferred_to"),
    ),
    Declared(
        model="complaints.Petitioner",
        of="petition",
        subjects=_PETITION,
        emptied=(
            "name", "telephone", "email", "address", "thai_id_sealed", "thai_id_fingerprint", "name_key",
            "telephone_key",
        ),
    ),
    Declared(model="complaints.Question", of="petition", subjects=_PETITION, emptied=("asked", "answer")),
    Declared(
        model="complaints.Referral",
        of="petition",
        subjects=_PETITION,
        emptied=("asked", "answer", "decline_reason"),
    ),
    Declared(model="complaints.AgencyLink", kept=("salt", "digest")),
    Declared(model="complaints.TallyLine", kept=("dimension", "key")),
    Declared(
        model="complaints.RelatedMatter",
        of="pk",
        subjects=_RELATED,
        emptied=(
            "summary", "opinion", "order_text", "story", "received_from", "official_position", "committee",
            "court_name", "case_number",
        ),
        kept=("came_from",),
    ),
    Declared(model="complaints.Satisfaction", of="petition", subjects=_PETITION, emptied=("remark",)),
    Declared(
        model="complaints.Visit",
        of="pk",
        subjects=_VISIT,
        replaced=("subject",),
        emptied=("advice", "name", "telephone", "name_key", "telephone_key"),
        kept=("series",),
    ),
]  # fmt: skip


def kin(matter_id: int) -> set[int]:
    """The petitions and related matters that a petition or related matter hangs together with: joined to it or kept in
    its place, parts of it or what it is a part of, what arises from it. They end together."""
    found, fresh = {matter_id}, {matter_id}
    while fresh:
        near = _next_of(fresh)
        fresh = near - found
        found |= fresh
    return found - {matter_id}


def _next_of(keys: set[int]) -> set[int]:
    up = Petition.objects.filter(pk__in=keys).values_list("joined_to", "split_from")
    down = Petition.objects.filter(Q(joined_to__in=keys) | Q(split_from__in=keys)).values_list(
        "pk", flat=True
    )
    raised = RelatedMatter.objects.filter(pk__in=keys).values_list("arises_from", flat=True)
    arisen = RelatedMatter.objects.filter(arises_from__in=keys).values_list("pk", flat=True)
    linked = {key for pair in up for key in pair if key} | {key for key in raised if key}
    return linked | set(down) | set(arisen)
