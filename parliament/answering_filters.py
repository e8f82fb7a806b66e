"""The filters of the registers of interpellations and of motions; their state lives in the address."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from office.models import Deadline, Matter, Subgroup
from office.plain_number import plain_number
from office.register_filter import IN_TIME, by_standing
from office.select import FastSelect
from office.thai import to_arabic_digits
from parliament.member_filters import AskedByMembers
from parliament.models import AnswerState, Chamber, Interpellation, Motion, Party
from parliament.models.answering import AnsweringQuerySet
from parliament.models.houses import SEATS


class AnsweringFilter(AskedByMembers):
    """What officers ask of either register; each question has its index."""

    subgroup = Subgroup.Code.POLITICS
    last = ("owner", "answer", "month", "fiscal_year")

    state = filters.ChoiceFilter(label=_("State"), choices=AnswerState.choices, widget=FastSelect)
    member = filters.CharFilter(label=_("Member's name, or a part of it"), method="by_member")
    party = filters.ModelChoiceFilter(
        label=_("Party"), queryset=Party.objects.all(), method="by_party", widget=FastSelect
    )
    parliament = filters.CharFilter(label=_("Parliament no."), method="by_parliament")
    answer = filters.ChoiceFilter(
        label=_("Answer to the chamber"), choices=IN_TIME, method="by_answer", widget=FastSelect
    )

    def by_parliament(self, rows: AnsweringQuerySet, name: str, value: str) -> QuerySet[Any]:
        number = plain_number(to_arabic_digits(value).strip())
        return rows.none() if number is None else rows.filter(parliament_number=number)

    def by_answer(self, rows: AnsweringQuerySet, name: str, value: str) -> QuerySet[Any]:
        return by_standing(rows, Deadline.Kind.HOUSE_ANSWER, value, self.now)


class InterpellationFilter(AnsweringFilter):
    """Of interpellations, by their kind and chamber too."""

    member_field = "asker"
    kind_of_matter = Matter.Kind.INTERPELLATION

    interpellation_kind = filters.ChoiceFilter(
        label=_("Kind"), choices=Interpellation.InterpellationKind.choices, widget=FastSelect
    )
    chamber = filters.ChoiceFilter(label=_("Chamber"), choices=SEATS, widget=FastSelect)
    result = filters.ChoiceFilter(label=_("Result"), choices=Interpellation.Result.choices, widget=FastSelect)

    class Meta:
        model = Interpellation
        fields: list[str] = []


class MotionFilter(AnsweringFilter):
    """Of motions, by chamber, vote and end."""

    member_field = "proposer"
    kind_of_matter = Matter.Kind.MOTION

    chamber = filters.ChoiceFilter(label=_("Chamber"), choices=Chamber.choices, widget=FastSelect)
    vote = filters.ChoiceFilter(label=_("Result of the vote"), choices=Motion.Vote.choices, widget=FastSelect)
    result = filters.ChoiceFilter(label=_("Result"), choices=Motion.Result.choices, widget=FastSelect)

    class Meta:
        model = Motion
        fields: list[str] = []
