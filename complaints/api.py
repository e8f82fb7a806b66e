"""Petitions as other systems of the ministry may read them: facts of the register, never a word of a petitioner."""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router
from pydantic import Field

from complaints.models import Petition, State
from office.api import Asked, MatterFacts, Reader, Rows, answers, asked_of, matter_facts, turned
from office.models import ApiScope

router = Router(tags=["petitions"])

COLUMNS = (
    *("series", "year", "number", "received_at", "closed_at", "state", "petition_kind", "channel"),
    *("category__name", "province__name", "agency__name"),
)


class PetitionsAsked(Asked):
    state: State | None = None


class PetitionFacts(MatterFacts):
    """No subject and no story: what people wrote may name them."""

    state: State
    kind: Petition.PetitionKind
    channel: Petition.Channel
    category: str | None
    province_code: str | None = Field(
        description="As the Department of Provincial Administration numbers them."
    )
    province: str | None
    agency: str | None
    standing: Literal["in_time", "late", "pending"] | None = Field(
        description="Of the promise of an opinion; null when it was taken back."
    )


@router.get("/petitions", auth=Reader(ApiScope.PETITIONS), response=answers(Rows[PetitionFacts]))
def petitions(request: HttpRequest, asked: Query[PetitionsAsked]) -> dict[str, Any]:
    """Petitions of ordinary secrecy. The subject, the story and the petitioner never leave the office."""
    rows = Petition.objects.with_standing(timezone.now()).select_related("category", "province", "agency")
    return turned(asked_of(rows.only(*COLUMNS), asked, state=asked.state), asked, facts)


def facts(petition: Any) -> PetitionFacts:
    """What leaves the office of one petition."""
    return PetitionFacts(
        **matter_facts(petition),
        kind=petition.petition_kind,
        channel=petition.channel,
        category=petition.category.name if petition.category else None,
        province_code=petition.province_id,
        province=petition.province.name if petition.province else None,
        agency=petition.agency.name if petition.agency else None,
        standing=petition.standing,
    )
