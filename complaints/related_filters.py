"""The filters of the register of related matters; their state lives in the address."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from complaints.models import RelatedMatter, State
from complaints.models.related import RelatedMatterQuerySet
from complaints.related_worklist import open_hearings
from office.calendar import Period, fiscal_year, parse_month, quarter
from office.models import Agency, Subgroup, User
from office.select import FastSelect
from office.thai import to_arabic_digits

# A related matter is asked of no agency, and waits for no petitioner.
STATES = [
    (state.value, state.label)
    for state in (
        State.RECEIVED,
        State.RETURNED,
        State.SUMMARISED,
        State.SUBMITTED,
        State.ORDERED,
        State.PAUSED,
        State.CLOSED,
    )
]


class RelatedFilter(filters.FilterSet):
    """What officers ask of the register; each question has its index."""

    unclosed = filters.ChoiceFilter(
        label=_("Open or closed"),
        choices=[("1", _("Open")), ("0", _("Closed"))],
        method="by_unclosed",
        widget=FastSelect,
    )
    mine = filters.ChoiceFilter(
        label=_("Whose"),
        choices=[("1", _("Mine")), ("none", _("Nobody's yet"))],
        method="by_mine",
        widget=FastSelect,
    )
    late = filters.ChoiceFilter(
        label=_("Late"), choices=[("1", _("Something is late now"))], method="by_late", widget=FastSelect
    )
    related_kind = filters.ChoiceFilter(
        label=_("Kind"), choices=RelatedMatter.RelatedKind.choices, widget=FastSelect
    )
    state = filters.ChoiceFilter(label=_("State"), choices=STATES, widget=FastSelect)
    hearing = filters.ChoiceFilter(
        label=_("Court hearing"),
        choices=[("7", _("Within 7 days")), ("30", _("Within 30 days")), ("past", _("Outcome not recorded"))],
        method="by_hearing",
        widget=FastSelect,
    )
    agency = filters.ModelChoiceFilter(
        label=_("Agency concerned"),
        queryset=Agency.objects.all(),
        null_label=_("Not given"),
        widget=FastSelect,
    )
    owner = filters.ModelChoiceFilter(
        label=_("Officer in charge"),
        queryset=User.objects.filter(subgroup__code=Subgroup.Code.COMPLAINTS, is_active=True),
        widget=FastSelect,
    )
    opinion = filters.ChoiceFilter(
        label=_("Opinion"),
        choices=[("in_time", _("In time")), ("late", _("Late")), ("pending", _("Not due yet"))],
        method="by_opinion",
        widget=FastSelect,
    )
    month = filters.CharFilter(label=_("Month of receipt (e.g. 2552-11)"), method="by_month")
    fiscal_year = filters.CharFilter(
        label=_("Fiscal year (2553), or one of its quarters (2553-1)"), method="by_fiscal_year"
    )

    class Meta:
        model = RelatedMatter
        fields: list[str] = []

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        self.now: datetime = timezone.now()
        super().__init__(*args, **kwargs)

    def found(self) -> QuerySet[RelatedMatter]:
        """The matters that pass every filter; none while one of them cannot be read."""
        return self.qs if self.is_valid() else RelatedMatter.objects.none()

    def by_unclosed(self, rows: RelatedMatterQuerySet, name: str, value: str) -> QuerySet[RelatedMatter]:
        return rows.filter(is_unclosed__in=[value == "1"])

    def by_mine(self, rows: RelatedMatterQuerySet, name: str, value: str) -> QuerySet[RelatedMatter]:
        return rows.filter(owner=None) if value == "none" else rows.filter(owner=self.user)

    def by_late(self, rows: RelatedMatterQuerySet, name: str, value: str) -> QuerySet[RelatedMatter]:
        return rows.overdue(self.now).filter(is_unclosed__in=[True])

    def by_hearing(self, rows: RelatedMatterQuerySet, name: str, value: str) -> QuerySet[RelatedMatter]:
        open_ones = open_hearings()
        if value == "past":
            wanted = open_ones.filter(at__lt=self.now)
        else:
            wanted = open_ones.filter(at__gte=self.now, at__lt=self.now + timedelta(days=int(value)))
        return rows.filter(pk__in=wanted.values("related_matter"))

    def by_opinion(self, rows: RelatedMatterQuerySet, name: str, value: str) -> QuerySet[RelatedMatter]:
        return rows.with_standing(self.now).filter(standing=value)

    def by_month(self, rows: RelatedMatterQuerySet, name: str, value: str) -> QuerySet[RelatedMatter]:
        try:
            return _received_in(rows, parse_month(value))
        except ValueError:
            return rows.none()

    def by_fiscal_year(self, rows: RelatedMatterQuerySet, name: str, value: str) -> QuerySet[RelatedMatter]:
        year, _dash, number = to_arabic_digits(value).partition("-")
        try:
            return _received_in(rows, quarter(int(year), int(number)) if number else fiscal_year(int(year)))
        except ValueError:
            return rows.none()


def _received_in(rows: RelatedMatterQuerySet, period: Period) -> QuerySet[RelatedMatter]:
    """As the plan's measure counts them, by the parent's partial index `matter_related_received`."""
    return rows.filter(kind="related", received_at__gte=period.starts_at, received_at__lt=period.ends_at)
