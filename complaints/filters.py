"""The filters of the register of petitions; their state lives in the address."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

import django_filters as filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from complaints.models import Category, Petition, PetitionQuerySet, State
from office.calendar import fiscal_year, parse_month, quarter
from office.models import Agency, EducationArea, Matter, Province, Subgroup, User
from office.select import FastSelect
from office.thai import to_arabic_digits

NOT_WEB = "not-web"  # every channel but the website: what the plan counts as one work


def _month(text: str) -> date | None:
    try:
        return parse_month(text).first
    except ValueError:
        return None


class PetitionFilter(filters.FilterSet):
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
    owner = filters.ModelChoiceFilter(
        label=_("Officer in charge"),
        queryset=User.objects.filter(subgroup__code=Subgroup.Code.COMPLAINTS, is_active=True),
        method="by_owner",
        widget=FastSelect,
    )
    opinion = filters.ChoiceFilter(
        label=_("Opinion"),
        choices=[("in_time", _("In time")), ("late", _("Late")), ("pending", _("Not due yet"))],
        method="by_opinion",
        widget=FastSelect,
    )
    month = filters.CharFilter(label=_("Month of receipt (e.g. 2552-11)"), method="by_month")
    months = filters.CharFilter(label=_("Several months (e.g. 2552-01..2552-11)"), method="by_months")
    fiscal_year = filters.CharFilter(
        label=_("Fiscal year (2553), or one of its quarters (2553-1)"), method="by_fiscal_year"
    )

    class Meta:
        model = Petition
        fields: list[str] = []

    def __init__(self, data: Any = None, *args: Any, user: User, drawn: bool = False, **kwargs: Any) -> None:
        """Only what is asked is made ready, unless the form is to be `drawn`: a list asks one or two of fourteen."""
        self.user = user
        self.now = timezone.now()
        self.owned: Q | None = None
        if not drawn:
            asked = data or {}
            declared: dict[str, Any] = self.base_filters  # type: ignore[has-type]
            self.base_filters = {name: one for name, one in declared.items() if asked.get(name)}
        super().__init__(data, *args, **kwargs)

    def by_unclosed(self, rows: PetitionQuerySet, name: str, value: str) -> QuerySet[Petition]:
        return rows.filter(is_unclosed__in=[value == "1"])

    def by_mine(self, rows: PetitionQuerySet, name: str, value: str) -> QuerySet[Petition]:
        self.owned = Q(owner=None) if value == "none" else Q(owner=self.user)
        return rows

    def by_owner(self, rows: PetitionQuerySet, name: str, value: User) -> QuerySet[Petition]:
        self.owned = Q(owner=value)
        return rows

    def found(self) -> QuerySet[Matter]:
        """The matters that pass every filter, to be listed by key.

        Asked of one officer's, the parent table leads, in whose index the officer stands with the key; else a
        database may walk a million petitions for the few of somebody new.
        """
        rows = self.qs if self.is_valid() else Petition.objects.none()
        if self.owned is None:
            return rows
        return Matter.objects.filter(self.owned, Exists(rows.filter(pk=OuterRef("pk"))))

    def by_late(self, rows: PetitionQuerySet, name: str, value: str) -> QuerySet[Petition]:
        return rows.overdue(self.now)

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

    def by_fiscal_year(self, rows: PetitionQuerySet, name: str, value: str) -> QuerySet[Petition]:
        year, _dash, number = to_arabic_digits(value).partition("-")
        try:
            period = quarter(int(year), int(number)) if number else fiscal_year(int(year))
        except ValueError:
            return rows.none()
        return rows.filter(month__gte=period.first, month__lte=period.last)


def chips(filterset: PetitionFilter, query: Any) -> list[dict[str, str]]:
    """The filters in force as words, each with the address that takes it away."""
    found = []
    for name, field in filterset.form.fields.items():
        value = filterset.form.cleaned_data.get(name) if filterset.form.is_valid() else None
        if value in (None, ""):
            continue
        rest = query.copy()
        for gone in (name, "after", "upto"):
            rest.pop(gone, None)
        choices = getattr(field, "choices", None) if isinstance(value, str) else None
        words = dict(choices).get(value, value) if choices else value
        found.append({"name": str(field.label), "value": str(words), "without": rest.urlencode()})
    return found
