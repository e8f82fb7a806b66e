"""Registering what a form tells of what reaches public relations, or is begun there."""

from __future__ import annotations

from datetime import datetime

from office.models import User
from office.registration import register_once
from publicrelations.forms.briefs import BriefIntakeForm
from publicrelations.forms.foreign_documents import ForeignDocumentForm
from publicrelations.models import ForeignDocument, SituationBrief


def register_foreign_document(form: ForeignDocumentForm, *, user: User, now: datetime) -> ForeignDocument:
    """Register a valid form's document; what was sent twice from one opening of the form is registered once."""
    same = ("title", "sender_organisation", "sender_name", "reference", "dated_on")
    return register_once(form, form.matter(), "foreign_document", same, user=user, now=now)


def begin_brief(form: BriefIntakeForm, *, user: User, now: datetime) -> SituationBrief:
    """Register a valid form's brief; what was sent twice from one opening of the form is registered once."""
    return register_once(form, form.matter(), "brief", ("title",), user=user, now=now)
