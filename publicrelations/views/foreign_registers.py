"""The registers of foreign documents and of situation briefs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from office.models import User
from office.models.calendar import current_calendar
from office.registers import Register
from publicrelations.foreign_filters import BriefFilter, ForeignDocumentFilter
from publicrelations.foreign_tables import BriefTable, ForeignDocumentTable
from publicrelations.foreign_worklist import brief_rows, document_rows
from publicrelations.models import ForeignDocument, SituationBrief
from publicrelations.permissions import may_register


def _document_table(keys: Sequence[int], user: User) -> ForeignDocumentTable:
    return ForeignDocumentTable(document_rows(keys), calendar=current_calendar())


def _brief_table(keys: Sequence[int], user: User) -> BriefTable:
    return BriefTable(brief_rows(keys), calendar=current_calendar())


def _registering(user: User) -> dict[str, Any]:
    return {"may_register": may_register.test(user)}


FOREIGN_REGISTER = Register(
    model=ForeignDocument,
    filter=ForeignDocumentFilter,
    table=_document_table,
    name=_("Foreign documents"),
    section="foreign_documents",
    page="publicrelations:foreign_documents",
    filter_page="publicrelations:foreign_document_filter",
    none_fits=_("No foreign document fits these filters. Take one away, or show all."),
    none_yet=_(
        "Papers from abroad stand here, from their receipt until they are put to the minister and answered."
    ),
    template="publicrelations/foreign_documents.html",
    more=_registering,
    is_costly_to_count=lambda query: bool(query.get("promise") or query.get("late")),
)

BRIEF_REGISTER = Register(
    model=SituationBrief,
    filter=BriefFilter,
    table=_brief_table,
    name=_("Situation briefs"),
    section="briefs",
    page="publicrelations:briefs",
    filter_page="publicrelations:brief_filter",
    none_fits=_("No brief fits these filters. Take one away, or show all."),
    none_yet=_("Briefs on what touches education stand here, each with an opinion for the minister."),
    template="publicrelations/briefs.html",
    more=_registering,
    is_costly_to_count=lambda query: bool(query.get("late")),
)
