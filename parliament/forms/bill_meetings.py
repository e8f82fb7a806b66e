"""Which meeting considers a bill, and taking it off one."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.select import FastSelect
from office.step_form import ReasonForm, StepForm
from office.templatetags.prasan import date_short
from parliament.forms.bill_form import BillStepForm
from parliament.models import Consideration
from parliament.sittings import ItemChoice, choices_for, chosen


class MeetingForm(BillStepForm):
    """An item of a meeting's agenda, or the meeting alone: then the bill is added to its agenda."""

    item = forms.ChoiceField(
        label=_("Meeting and agenda item"),
        widget=FastSelect,
        help_text=_("Or add the bill as a new item to the agenda of a meeting."),
    )

    def prepare(self) -> None:
        field = cast(forms.ChoiceField, self.fields["item"])
        field.choices = [("", "—"), *choices_for(self.bill, self.user, self.moment)]

    def clean_item(self) -> ItemChoice:
        """What was chosen, as it stands now."""
        found = chosen(self.cleaned_data["item"], self.user)
        if found is None:
            raise forms.ValidationError(gettext("This agenda item is no longer there. Choose again."))
        return found

    def given(self) -> dict[str, Any]:
        choice: ItemChoice = self.cleaned_data["item"]
        return {"item": choice.item, "meeting": choice.meeting}


class ConsiderationField(forms.ModelChoiceField):
    """A meeting by its number and day: its title is not for everybody who carries the bill."""

    def label_from_instance(self, one: Consideration) -> str:
        return f"{one.item.meeting.label} ({date_short(one.item.meeting.begins_at)})"


class TakeOffForm(BillStepForm, ReasonForm):
    consideration = ConsiderationField(
        label=_("Meeting"), queryset=Consideration.objects.none(), widget=FastSelect
    )
    field_order = ["seen", "consideration", "reason"]

    def prepare(self) -> None:
        rows = self.bill.considerations_now().select_related("item__meeting")
        self.choose_from("consideration", rows)


MEETING_FORMS: dict[str, type[StepForm]] = {"consider": MeetingForm, "take_off": TakeOffForm}
