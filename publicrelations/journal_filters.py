"""The filters of the register of journals; their state lives in the address."""

from __future__ import annotations

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from office.calendar import Period
from office.models import Subgroup
from office.register_filter import RegisterFilter
from office.select import FastSelect
from publicrelations.models import Journal, JournalState


class JournalFilter(RegisterFilter):
    """What officers ask of the register; a month is the one an issue is of, not the one it was opened in."""

    subgroup = Subgroup.Code.PUBLIC_RELATIONS

    state = filters.ChoiceFilter(label=_("State"), choices=JournalState.choices, widget=FastSelect)
    month = filters.CharFilter(label=_("Month of the issue (e.g. 2552-11)"), method="by_month")

    class Meta:
        model = Journal
        fields: list[str] = []

    def received_in(self, rows: QuerySet[Journal], period: Period) -> QuerySet[Journal]:
        return rows.filter(month__gte=period.first, month__lte=period.last)
