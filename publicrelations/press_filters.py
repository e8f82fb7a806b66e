"""The filter of the register of press conferences; its state lives in the address."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from office.calendar import Period
from office.models import Deadline, Matter, Subgroup
from office.register_filter import IN_TIME, RegisterFilter, by_standing
from office.select import FastSelect
from publicrelations.models import Coverage, Invitation, MediaOutlet, PressConference
from publicrelations.models.press_state import PressState


class PressConferenceFilter(RegisterFilter):
    """What officers ask of the register; months are those in which one begins, as the reports count them."""

    subgroup = Subgroup.Code.PUBLIC_RELATIONS
    kind_of_matter = Matter.Kind.PRESS_CONFERENCE
    last = ("owner", "promise", "month", "fiscal_year")

    occasion = filters.ChoiceFilter(
        label=_("Occasion"), choices=PressConference.Occasion.choices, widget=FastSelect
    )
    state = filters.ChoiceFilter(label=_("State"), choices=PressState.choices, widget=FastSelect)
    reported = filters.ChoiceFilter(
        label=_("Coverage"),
        choices=[*PressConference.Reported.choices, ("none", _("Not recorded yet"))],
        method="by_reported",
        widget=FastSelect,
    )
    outlet = filters.ModelChoiceFilter(
        label=_("Outlet invited or reporting"),
        queryset=MediaOutlet.objects.order_by("sort_name"),
        method="by_outlet",
        widget=FastSelect,
    )
    promise = filters.ChoiceFilter(
        label=_("Media coordinated"),
        choices=IN_TIME,
        method="by_promise",
        widget=FastSelect,
    )
    month = filters.CharFilter(label=_("Month it begins in (e.g. 2552-11)"), method="by_month")

    class Meta:
        model = PressConference
        fields: list[str] = []

    def by_reported(self, rows: Any, name: str, value: str) -> QuerySet[Any]:
        return rows.filter(reported="" if value == "none" else value)

    def by_outlet(self, rows: Any, name: str, value: MediaOutlet) -> QuerySet[Any]:
        invited = Invitation.objects.filter(conference=OuterRef("pk"), outlet=value)
        reported = Coverage.objects.filter(conference=OuterRef("pk"), outlet=value)
        return rows.filter(Exists(invited) | Exists(reported))

    def by_promise(self, rows: Any, name: str, value: str) -> QuerySet[Any]:
        return by_standing(rows, Deadline.Kind.INVITED, value, self.now)

    def received_in(self, rows: Any, period: Period) -> QuerySet[Any]:
        """Those that begin in a period."""
        return rows.filter(starts_at__gte=period.starts_at, starts_at__lt=period.ends_at)
