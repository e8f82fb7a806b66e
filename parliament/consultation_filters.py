"""The filters of the register of consultations; their state lives in the address."""

from __future__ import annotations

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from office.models import Deadline, Matter, Subgroup
from office.register_filter import by_standing
from office.select import FastSelect
from parliament.member_filters import AskedByMembers
from parliament.models import ConstitutionalBody, Consultation, Party
from parliament.models.consultation import ConsultationQuerySet
from parliament.models.consultation_state import ConsultationState


class ConsultationFilter(AskedByMembers):
    """What officers ask of the register; each question has its index."""

    subgroup = Subgroup.Code.POLITICS
    kind_of_matter = Matter.Kind.CONSULTATION
    member_field = "member"
    last = ("owner", "promise", "month", "fiscal_year")

    state = filters.ChoiceFilter(label=_("State"), choices=ConsultationState.choices, widget=FastSelect)
    raised_by = filters.ChoiceFilter(
        label=_("Raised by"),
        choices=[("member", _("A member")), ("body", _("A constitutional organisation"))],
        method="by_raiser",
        widget=FastSelect,
    )
    member = filters.CharFilter(label=_("Member's name, or a part of it"), method="by_member")
    party = filters.ModelChoiceFilter(
        label=_("Party"), queryset=Party.objects.all(), method="by_party", widget=FastSelect
    )
    body = filters.ModelChoiceFilter(
        label=_("Constitutional organisation"), queryset=ConstitutionalBody.objects.all(), widget=FastSelect
    )
    told = filters.ChoiceFilter(
        label=_("Told"),
        choices=[
            ("both", _("Both told")),
            ("one", _("Only one of the two told")),
            ("nobody", _("Nobody told yet")),
        ],
        method="by_told",
        widget=FastSelect,
    )
    promise = filters.ChoiceFilter(
        label=_("Both told in time"),
        choices=[("in_time", _("In time")), ("late", _("Late")), ("pending", _("Not due yet"))],
        method="by_promise",
        widget=FastSelect,
    )

    class Meta:
        model = Consultation
        fields: list[str] = []

    def by_raiser(self, rows: ConsultationQuerySet, name: str, value: str) -> QuerySet[Consultation]:
        return rows.filter(member__isnull=value != "member")

    def by_told(self, rows: ConsultationQuerySet, name: str, value: str) -> QuerySet[Consultation]:
        return rows.filter(who_is_told__in=["raiser", "minister"] if value == "one" else [value])

    def by_promise(self, rows: ConsultationQuerySet, name: str, value: str) -> QuerySet[Consultation]:
        return by_standing(rows, Deadline.Kind.BOTH_TOLD, value, self.now)
