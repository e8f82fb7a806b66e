"""The filters of the registers of meetings and of follow-ups; their state lives in the address."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from office.calendar import Period
from office.models import Agency, Deadline, Matter, Subgroup
from office.register_filter import IN_TIME, RegisterFilter, by_standing
from office.select import FastSelect
from parliament.models import Committee, FollowUp, Meeting
from parliament.models.meeting_state import MeetingState

OUT = "out"


class MeetingFilter(RegisterFilter):
    """What officers ask of the register; months are those in which a meeting begins, as the reports count them."""

    subgroup = Subgroup.Code.POLITICS
    kind_of_matter = Matter.Kind.MEETING
    last = ("owner", "promise", "month", "fiscal_year")

    meeting_kind = filters.ChoiceFilter(
        label=_("Which meeting"), choices=Meeting.MeetingKind.choices, widget=FastSelect
    )
    committee = filters.ModelChoiceFilter(
        label=_("Committee"), queryset=Committee.objects.order_by("name"), widget=FastSelect
    )
    state = filters.ChoiceFilter(label=_("State"), choices=MeetingState.choices, widget=FastSelect)
    promise = filters.ChoiceFilter(
        label=_("Told and ready in time"),
        choices=[*IN_TIME, (OUT, _("Out of the count"))],
        method="by_promise",
        widget=FastSelect,
    )
    month = filters.CharFilter(label=_("Month it begins in (e.g. 2552-11)"), method="by_month")

    class Meta:
        model = Meeting
        fields: list[str] = []

    def by_promise(self, rows: Any, name: str, value: str) -> QuerySet[Any]:
        if value == OUT:
            return rows.filter(received_at__gte=F("begins_at"))
        return by_standing(rows, Deadline.Kind.READY, value, self.now)

    def received_in(self, rows: Any, period: Period) -> QuerySet[Any]:
        """Those that begin in a period."""
        return rows.filter(begins_at__gte=period.starts_at, begins_at__lt=period.ends_at)


class FollowUpFilter(RegisterFilter):
    """What officers ask of the follow-ups."""

    subgroup = Subgroup.Code.POLITICS
    kind_of_matter = Matter.Kind.FOLLOW_UP
    last = ("owner", "promise", "month", "fiscal_year")

    committee = filters.ModelChoiceFilter(
        label=_("Committee"),
        queryset=Committee.objects.order_by("name"),
        field_name="from_meeting__committee",
        widget=FastSelect,
    )
    agency = filters.ModelChoiceFilter(
        label=_("Agency concerned"), queryset=Agency.objects.order_by("name"), widget=FastSelect
    )
    promise = filters.ChoiceFilter(
        label=_("Done in time"), choices=IN_TIME, method="by_promise", widget=FastSelect
    )

    class Meta:
        model = FollowUp
        fields: list[str] = []

    def by_promise(self, rows: Any, name: str, value: str) -> QuerySet[Any]:
        return by_standing(rows, Deadline.Kind.FOLLOW_UP, value, self.now)
