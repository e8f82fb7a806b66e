"""The filters of the register of bills; their state lives in the address."""

from __future__ import annotations

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from office.models import Matter, Subgroup
from office.plain_number import plain_number
from office.register_filter import RegisterFilter
from office.select import FastSelect
from office.thai import to_arabic_digits
from parliament.forms.members import named_like
from parliament.models import Bill
from parliament.models.bill import BillQuerySet
from parliament.models.bill_state import BillState


class BillFilter(RegisterFilter):
    """What officers ask of the register; each question has its index."""

    subgroup = Subgroup.Code.POLITICS
    kind_of_matter = Matter.Kind.BILL

    state = filters.ChoiceFilter(label=_("Stage"), choices=BillState.choices, widget=FastSelect)
    ministry_part = filters.ChoiceFilter(
        label=_("The ministry's part"), choices=Bill.Part.choices, widget=FastSelect
    )
    parliament = filters.CharFilter(label=_("Parliament no."), method="by_parliament")
    proposer_kind = filters.ChoiceFilter(
        label=_("Proposed by"), choices=Bill.Proposer.choices, widget=FastSelect
    )
    proposer = filters.CharFilter(label=_("First proposer's name, or a part of it"), method="by_proposer")

    class Meta:
        model = Bill
        fields: list[str] = []

    def by_parliament(self, rows: BillQuerySet, name: str, value: str) -> QuerySet[Bill]:
        number = plain_number(to_arabic_digits(value).strip())
        return rows.none() if number is None else rows.filter(parliament_number=number)

    def by_proposer(self, rows: BillQuerySet, name: str, value: str) -> QuerySet[Bill]:
        return rows.filter(proposer__in=named_like(value).order_by().values("pk"))
