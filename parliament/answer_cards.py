"""What the page of an interpellation or motion shows besides the common things: agencies, versions, where it is put."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, cast

from django.db.models.expressions import RawSQL

from office.models import User
from office.models.matter import matters_visible_to
from office.permissions import carries_it
from office.there_is import there_is
from parliament.models import AgencyRequest, AgendaItem, AnswerDraft, DraftRemark
from parliament.models.answer_state import WITH_OFFICER
from parliament.models.answering import AnsweringSteps
from parliament.permissions import may_read

ITEMS_SHOWN: Final = 5
"""The latest sittings whose agenda it stood on."""


@dataclass
class Version:
    """One version as a list shows it."""

    draft: AnswerDraft
    before: AnswerDraft | None
    remarks: list[DraftRemark] = field(default_factory=list)


def on_it(of: type[AnsweringSteps]) -> dict[str, RawSQL]:
    """What the desk fetches with a matter that is answered, for its cards to ask no further where there is nothing."""
    return {
        "has_requests": there_is(of, ("parliament_agencyrequest", "matter_id")),
        "has_drafts": there_is(of, ("parliament_answerdraft", "matter_id")),
        "is_on_agenda": there_is(of, ("parliament_agendaitem", "about_id")),
        "has_documents": there_is(of, ("office_document", "matter_id")),
    }


def versions_of(matter: AnsweringSteps) -> list[Version]:
    """The versions, the newest first, each with the one before it and its remarks; two queries at most."""
    if not getattr(matter, "has_drafts", True):
        return []
    drafts = matter.drafts_when_read
    remarks = _remarks(drafts)
    earlier: list[AnswerDraft | None] = [None, *drafts]
    found = [
        Version(draft, before, remarks[draft.pk]) for draft, before in zip(drafts, earlier, strict=False)
    ]
    return found[::-1]


def _remarks(drafts: Sequence[AnswerDraft]) -> defaultdict[int, list[DraftRemark]]:
    found: defaultdict[int, list[DraftRemark]] = defaultdict(list)
    if any(getattr(draft, "has_remarks", True) for draft in drafts):
        for remark in DraftRemark.objects.filter(draft__in=drafts).select_related("by"):
            found[remark.draft_id].append(remark)
    return found


def requests_of(matter: AnsweringSteps) -> list[AgencyRequest]:
    """The agencies asked, the last round first."""
    if not getattr(matter, "has_requests", True):
        return []
    return list(AgencyRequest.objects.filter(matter_id=matter.pk).with_whom().order_by("-round", "pk"))


def answer_card(matter: AnsweringSteps, user: User, now: datetime) -> dict[str, Any]:
    """Agencies asked, the versions and the newest one's words, the agenda items it stands under."""
    versions = versions_of(matter)
    writes = matter.state in WITH_OFFICER and carries_it.test(user, cast(Any, matter))
    return {
        "versions": versions,
        "newest": versions[0] if versions else None,
        "newest_text": matter.answer_text if versions else "",
        "requests": requests_of(matter),
        "may_write": writes,
        "may_remark": may_read.test(user) and not matter.is_closed,
        "agenda_items": _items(matter, user),
    }


def _items(matter: AnsweringSteps, user: User) -> list[AgendaItem]:
    """The items that are about it, or that it was put under, of meetings this person may see."""
    if not (matter.item_id or getattr(matter, "is_on_agenda", True)):
        return []
    about = AgendaItem.objects.filter(about=matter.pk)
    named = AgendaItem.objects.filter(pk=matter.item_id or 0)
    seen = (about | named).filter(matters_visible_to(user, "meeting__"))
    return list(seen.select_related("meeting").order_by("-meeting__begins_at")[:ITEMS_SHOWN])
