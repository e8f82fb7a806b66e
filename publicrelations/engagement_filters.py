"""The filters of the register of engagements; their state lives in the address."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from office.calendar import Period
from office.models import Agency, Deadline, Matter, Subgroup
from office.register_filter import IN_TIME, RegisterFilter, by_standing
from office.select import FastSelect
from publicrelations.models import Engagement
from publicrelations.models.engagement_state import EngagementKind, EngagementState

EXCUSED = "excused"


class EngagementFilter(RegisterFilter):
    """What officers ask of the register; months are those in which an engagement begins, as the reports count it."""

    subgroup = Subgroup.Code.PUBLIC_RELATIONS
    kind_of_matter = Matter.Kind.ENGAGEMENT
    last = ("owner", "promise", "month", "fiscal_year")

    engagement_kind = filters.ChoiceFilter(
        label=_("Kind of engagement"), choices=EngagementKind.choices, widget=FastSelect
    )
    state = filters.ChoiceFilter(label=_("State"), choices=EngagementState.choices, widget=FastSelect)
    public = filters.ChoiceFilter(
        label=_("May be told to the public"),
        choices=[("1", _("Public")), ("0", _("Not public"))],
        method="by_public",
        widget=FastSelect,
    )
    agency = filters.ModelChoiceFilter(
        label=_("Agency that organises it"), queryset=Agency.objects.order_by("name"), widget=FastSelect
    )
    promise = filters.ChoiceFilter(
        label=_("News in time"),
        choices=[*IN_TIME, (EXCUSED, _("No news called for"))],
        method="by_promise",
        widget=FastSelect,
    )
    month = filters.CharFilter(label=_("Month it begins in (e.g. 2552-11)"), method="by_month")

    class Meta:
        model = Engagement
        fields: list[str] = []

    def by_public(self, rows: Any, name: str, value: str) -> QuerySet[Any]:
        return rows.filter(is_public=value == "1")

    def by_promise(self, rows: Any, name: str, value: str) -> QuerySet[Any]:
        if value == EXCUSED:
            return rows.filter(calls_for_news=False)
        return by_standing(rows, Deadline.Kind.NEWS, value, self.now)

    def received_in(self, rows: Any, period: Period) -> QuerySet[Any]:
        """Those that begin in a period."""
        return rows.filter(starts_at__gte=period.starts_at, starts_at__lt=period.ends_at)
