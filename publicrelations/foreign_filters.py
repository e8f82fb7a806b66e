"""The filters of the registers of foreign documents and of situation briefs; their state lives in the address."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from office.models import Deadline, Matter, Subgroup
from office.register_filter import IN_TIME, RegisterFilter, by_standing
from office.select import FastSelect
from publicrelations.countries import CHOICES as COUNTRIES
from publicrelations.languages import CHOICES as LANGUAGES
from publicrelations.models import (
    BriefState,
    ForeignDocument,
    ForeignKind,
    ForeignOutcome,
    ForeignState,
    SituationBrief,
)

NO_COUNTRY = "-"
"""An international organisation, in an address: an empty value asks nothing."""


class ForeignDocumentFilter(RegisterFilter):
    """What officers ask of the register; each question has its index."""

    subgroup = Subgroup.Code.PUBLIC_RELATIONS
    kind_of_matter = Matter.Kind.FOREIGN_DOCUMENT
    last = ("owner", "promise", "month", "fiscal_year")

    state = filters.ChoiceFilter(label=_("State"), choices=ForeignState.choices, widget=FastSelect)
    document_kind = filters.ChoiceFilter(
        label=_("Kind of document"), choices=ForeignKind.choices, widget=FastSelect
    )
    country = filters.ChoiceFilter(
        label=_("Country"),
        choices=[(code or NO_COUNTRY, name) for code, name in COUNTRIES],
        method="by_country",
        widget=FastSelect,
    )
    language = filters.ChoiceFilter(label=_("Language"), choices=LANGUAGES, widget=FastSelect)
    outcome = filters.ChoiceFilter(label=_("Outcome"), choices=ForeignOutcome.choices, widget=FastSelect)
    promise = filters.ChoiceFilter(
        label=_("Put to the minister in time"),
        choices=IN_TIME,
        method="by_promise",
        widget=FastSelect,
    )

    class Meta:
        model = ForeignDocument
        fields: list[str] = []

    def by_country(self, rows: Any, name: str, value: str) -> QuerySet[ForeignDocument]:
        return rows.filter(sender_country="" if value == NO_COUNTRY else value)

    def by_promise(self, rows: Any, name: str, value: str) -> QuerySet[ForeignDocument]:
        return by_standing(rows, Deadline.Kind.TO_MINISTER, value, self.now)


class BriefFilter(RegisterFilter):
    """What is asked of the register of briefs."""

    subgroup = Subgroup.Code.PUBLIC_RELATIONS
    kind_of_matter = Matter.Kind.BRIEF

    state = filters.ChoiceFilter(label=_("State"), choices=BriefState.choices, widget=FastSelect)

    class Meta:
        model = SituationBrief
        fields: list[str] = []
