"""Remarking on a version of a draft: beside the path, so that nobody who is writing is held up by it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from office.models import Matter, Notice, User
from office.models.calendar import current_calendar
from office.notices import tell
from parliament.models import AnswerDraft, DraftRemark


@transaction.atomic
def remark(draft: AnswerDraft, *, by: User, text: str, now: datetime) -> DraftRemark:
    """Write a remark on a version; who wrote it and who carries the matter are told. The same twice is once."""
    words = text.strip()
    newest = draft.remarks.order_by("-pk").first()
    if newest and (newest.by_id, newest.text) == (by.pk, words):
        return newest
    said = DraftRemark.objects.create(draft=draft, by=by, at=now, text=words)
    matter = Matter.objects.select_related("owner").get(pk=draft.matter_id)
    concerned = {person.pk: person for person in (matter.owner, draft.written_by) if person and person != by}
    tell(
        list(concerned.values()),
        Notice.Kind.STEP_TAKEN,
        once=f"remark:{said.pk}",
        now=now,
        calendar=current_calendar(),
        matter=matter,
    )
    return said
