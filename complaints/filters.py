"""The filters of the register of petitions; their state lives in the address."""

from __future__ import annotations

from datetime import date
from typing import Literal

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from complaints.models import Category, Petition, PetitionQuerySet, State
from office.calendar import Period, parse_month
from office.models import Agency, EducationArea, Matter, Province, Subgroup
from office.register_filter import RegisterFilter
from office.select import FastSelect

NOT_WEB = "not-web"  # every channel but the website: what the plan counts as one work


def _month(text: str) -> date | None:
    try:
        return parse_month(text).first
    except ValueError:
        return None


class PetitionFilter(RegisterFilter):
    """What officers ask of the register; each question has its index."""

    subgroup = Subgroup.Code.COMPLAINTS
    kind_of_matter = Matter.Kind.PETITION
    last = ("owner", "opinion", "month", "months", "fiscal_year")

    state = filters.ChoiceFilter(label=_("State"), choices=State.choices, widget=FastSelect)
    petition_kind = filters.ChoiceFilter(
        label=_("Kind"), choices=Petition.PetitionKind.choices, widget=FastSelect
    )
    channel = filters.ChoiceFilter(
        label=_("Channel"),
        choices=[*Petition.Channel.choices, (NOT_WEB, _("All but the website"))],
        method="by_channel",
        widget=FastSelect,
    )
    category = filters.ModelChoiceFilter(
        label=_("Category"),
        queryset=Category.objects.all(),
        null_label=_("Not given"),
        method="by_category",
        widget=FastSelect,
    )
    province = filters.ModelChoiceFilter(
        label=_("Province"), queryset=Province.objects.all(), null_label=_("Not given"), widget=FastSelect
    )
    education_area = filters.ModelChoiceFilter(
        label=_("Education area"),
        queryset=EducationArea.objects.all(),
        null_label=_("Not given"),
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
    months = filters.CharFilter(label=_("Several months (e.g. 2552-01..2552-11)"), method="by_months")

    class Meta:
        model = Petition
        fields: list[str] = []

    def by_category(
        self, rows: PetitionQuerySet, name: str, value: Category | Literal["null"]
    ) -> QuerySet[Petition]:
        """A main category means its subcategories too. By their keys: a subquery's rows have no order in the index."""
        if value == "null":
            return rows.filter(category=None)
        if value.parent_id:
            return rows.filter(category=value)
        return rows.filter(category__in=[value.pk, *value.children.values_list("pk", flat=True)])

    def by_opinion(self, rows: PetitionQuerySet, name: str, value: str) -> QuerySet[Petition]:
        return rows.with_standing(self.now).filter(standing=value)

    def by_month(self, rows: PetitionQuerySet, name: str, value: str) -> QuerySet[Petition]:
        month = _month(value)
        return rows.received_in(month) if month else rows.none()

    def by_months(self, rows: PetitionQuerySet, name: str, value: str) -> QuerySet[Petition]:
        start, _dots, end = value.partition("..")
        first, last = _month(start), _month(end)
        return rows.filter(month__gte=first, month__lte=last) if first and last else rows.none()

    def by_channel(self, rows: PetitionQuerySet, name: str, value: str) -> QuerySet[Petition]:
        """The plan counts the website apart from all the other channels together."""
        return rows.exclude(channel=Petition.Channel.WEB) if value == NOT_WEB else rows.filter(channel=value)

    def received_in(self, rows: PetitionQuerySet, period: Period) -> QuerySet[Petition]:
        return rows.filter(month__gte=period.first, month__lte=period.last)
