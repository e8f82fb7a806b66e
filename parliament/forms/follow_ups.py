"""What each step of a follow-up asks."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from office.fields import ThaiDateField
from office.models import Agency, Deadline, Secrecy
from office.select import FastSelect
from office.step_form import CARRYING_FORMS, ReasonForm, StepForm, UntilForm
from parliament.models import FollowUp


class FinishForm(StepForm):
    """What came of it; when that is late, why."""

    outcome = forms.CharField(
        label=_("What came of it"), max_length=10000, widget=forms.Textarea(attrs={"rows": 4})
    )
    late_reason = forms.CharField(
        label=_("Why it is late"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Stands beside the matter in the monthly report."),
    )

    def prepare(self) -> None:
        self.fields["outcome"].initial = self.matter.outcome
        owed = [one for one in self.matter.owed_when_read if one.kind == Deadline.Kind.FOLLOW_UP]
        if not any(one.is_late(self.moment) for one in owed):
            del self.fields["late_reason"]


class ExtendForm(UntilForm):
    def prepare(self) -> None:
        super().prepare()
        cast(ThaiDateField, self.fields["until"]).label = _("New day")


class CorrectForm(StepForm):
    """The facts as registered; before and after go into the history."""

    title = forms.CharField(label=_("Subject"), min_length=5, max_length=200)
    wanted = forms.CharField(
        label=_("What is to be done"), max_length=10000, widget=forms.Textarea(attrs={"rows": 4})
    )
    agency = forms.ModelChoiceField(
        label=_("Agency concerned"),
        queryset=Agency.objects.order_by("name"),
        required=False,
        widget=FastSelect,
    )
    secrecy = forms.TypedChoiceField(
        label=_("Secrecy"), choices=Secrecy.choices, coerce=int, widget=FastSelect
    )

    def prepare(self) -> None:
        for name in FollowUp.CORRECTABLE:
            self.fields[name].initial = getattr(self.matter, name)


FOLLOW_UP_STEP_FORMS: dict[str, Any] = {
    **CARRYING_FORMS,
    "finish": FinishForm,
    "extend": ExtendForm,
    "correct": CorrectForm,
    "reopen": ReasonForm,
}
