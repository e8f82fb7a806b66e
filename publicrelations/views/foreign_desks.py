"""What the pages of foreign documents and of situation briefs differ in; everything else about them is the office's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from office.desk import Desk, StageOf
from office.models import MatterQuerySet, User
from office.permissions import carries_it, is_executive
from publicrelations import foreign_worklist
from publicrelations.foreign_words import brief_lines, foreign_lines
from publicrelations.forms.briefs import BRIEF_STEP_FORMS
from publicrelations.forms.foreign_steps import FOREIGN_STEP_FORMS
from publicrelations.models import BriefSource, BriefState, ForeignDocument, ForeignState, SituationBrief
from publicrelations.translations import versions_of

State = ForeignState

# ── Foreign documents ───────────────────────────────────────────────────────────────────────


def _documents() -> MatterQuerySet:
    return ForeignDocument.objects.select_related("owner", "decided_by", "passed_to")


def _kind_of_document(document: ForeignDocument) -> str:
    return f"{document.get_document_kind_display()} · {document.sender}"


def texts_card(document: ForeignDocument, user: User, now: datetime) -> dict[str, Any]:
    """The original and the newest translation side by side, and the versions there are."""
    versions = versions_of(document)
    is_writing = document.state == State.TRANSLATING and carries_it.test(user, cast(Any, document))
    return {
        "document": document,
        "versions": versions,
        "translation": versions[0].translation if versions else None,
        # While it is being translated, the form shows both.
        "is_writing": is_writing,
        # Whoever decides reads the summary first and acts on it; the texts stand below.
        "is_for_decision": document.state == State.ON_DESK and is_executive.test(user),
    }


_BEGINNING: list[StageOf] = [
    (_("Registration"), set(), {"receive"}),
    (_("Screening"), {State.RECEIVED}, {"accept", "pass_on", "keep_for_information"}),
]
_END: list[StageOf] = [(_("Closing"), {State.SETTLED}, {"close"})]
_TRANSLATION: list[StageOf] = [(_("Translation"), {State.TRANSLATING}, {"translate", "skip_translation"})]
_TO_MINISTER: list[StageOf] = [
    (_("Summary and opinion"), {State.SUMMARISING}, {"summarise"}),
    (_("Head's check"), {State.CHECKING}, {"put_to_minister"}),
    (_("The minister's order"), {State.ON_DESK}, {"order", "note"}),
    (_("Answer or filing"), {State.ORDERED}, {"answer", "file"}),
]
_SENT_AWAY: list[StageOf] = [
    *_BEGINNING,
    (_("Head's check"), {State.CHECKING}, {"confirm_screening"}),
    *_END,
]
FOREIGN_STAGES = [*_BEGINNING, *_TRANSLATION, *_TO_MINISTER, *_END]


def _stages_of(document: ForeignDocument) -> Sequence[StageOf]:
    """One that is not for the minister, or needs no translation, goes a shorter way."""
    if not document.is_for_minister:
        return _SENT_AWAY
    if document.is_of_concern and not document.needs_translation:
        return [*_BEGINNING, *_TO_MINISTER, *_END]
    return FOREIGN_STAGES


FOREIGN_DOCUMENTS = Desk(
    model=ForeignDocument,
    rows=_documents,
    forms=FOREIGN_STEP_FORMS,
    stages=FOREIGN_STAGES,
    stages_of=_stages_of,
    next_step=foreign_worklist.next_step,
    name=_("Foreign documents"),
    section="foreign_documents",
    list_page="publicrelations:foreign_documents",
    page="publicrelations:foreign_document",
    step_page="publicrelations:foreign_document_step",
    kind_line=_kind_of_document,
    template="publicrelations/foreign_document.html",
    cards=[texts_card],
    step_aside="publicrelations/cards/foreign_aside.html",
    event_lines=foreign_lines,
)

# ── Situation briefs ────────────────────────────────────────────────────────────────────────


def _briefs() -> MatterQuerySet:
    return SituationBrief.objects.select_related("owner", "decided_by", "chosen")


def _parts_of_brief(user: User) -> Sequence[Prefetch]:
    return [Prefetch("options"), Prefetch("sources", BriefSource.objects.select_related("document"))]


def _kind_of_brief(brief: SituationBrief) -> str:
    return str(_("Situation brief"))


def brief_card(brief: SituationBrief, user: User, now: datetime) -> dict[str, Any]:
    """What is written of it, its options and its sources."""
    return {
        "brief": brief,
        "options": brief.options.all(),
        "sources": brief.sources.all(),
        "is_writing": brief.state == BriefState.WRITING and carries_it.test(user, cast(Any, brief)),
    }


BRIEF_STAGES: list[StageOf] = [
    (_("Begun"), set(), {"receive"}),
    (_("Writing"), {BriefState.WRITING}, {"submit"}),
    (_("Head's check"), {BriefState.CHECKING}, {"put_to_minister"}),
    (_("The minister's order"), {BriefState.ON_DESK}, {"order", "note"}),
    (_("Closing"), {BriefState.ORDERED}, {"close"}),
]

BRIEFS = Desk(
    model=SituationBrief,
    rows=_briefs,
    forms=BRIEF_STEP_FORMS,
    stages=BRIEF_STAGES,
    next_step=foreign_worklist.brief_next_step,
    name=_("Situation briefs"),
    section="briefs",
    list_page="publicrelations:briefs",
    page="publicrelations:brief",
    step_page="publicrelations:brief_step",
    kind_line=_kind_of_brief,
    prefetched=_parts_of_brief,
    template="publicrelations/brief.html",
    cards=[brief_card],
    step_aside="publicrelations/cards/brief_aside.html",
    event_lines=brief_lines,
)
