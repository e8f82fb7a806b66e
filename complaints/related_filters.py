"""The filters of the register of related matters; their state lives in the address."""

from __future__ import annotations

from datetime import timedelta

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from complaints.models import RelatedMatter, State
from complaints.models.related import RelatedMatterQuerySet
from complaints.related_worklist import open_hearings
from office.models import Agency, Matter, Subgroup
from office.register_filter import RegisterFilter
from office.select import FastSelect

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


class RelatedFilter(RegisterFilter):
    """What officers ask of the register; each question has its index."""

    subgroup = Subgroup.Code.COMPLAINTS
    kind_of_matter = Matter.Kind.RELATED
    last = ("owner", "opinion", "month", "fiscal_year")

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
    opinion = filters.ChoiceFilter(
        label=_("Opinion"),
        choices=[("in_time", _("In time")), ("late", _("Late")), ("pending", _("Not due yet"))],
        method="by_opinion",
        widget=FastSelect,
    )

    class Meta:
        model = RelatedMatter
        fields: list[str] = []

    def by_hearing(self, rows: RelatedMatterQuerySet, name: str, value: str) -> QuerySet[RelatedMatter]:
        open_ones = open_hearings()
        if value == "past":
            wanted = open_ones.filter(at__lt=self.now)
        else:
            wanted = open_ones.filter(at__gte=self.now, at__lt=self.now + timedelta(days=int(value)))
        return rows.filter(pk__in=wanted.values("related_matter"))

    def by_opinion(self, rows: RelatedMatterQuerySet, name: str, value: str) -> QuerySet[RelatedMatter]:
        return rows.with_standing(self.now).filter(standing=value)
