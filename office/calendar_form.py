"""The forms by which a day is put into the working calendar and taken out of it."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from office.fields import ThaiDateField
from office.models import OfficeDay
from office.models.calendar import current_calendar


class DayForm(forms.Form):
    """A date that from now on differs from its weekday, and why."""

    date = ThaiDateField(label=_("Date"))
    kind = forms.ChoiceField(
        label=_("On this day the office"),
        choices=[
            (OfficeDay.Kind.OFF, _("is closed")),
            (OfficeDay.Kind.WORKING, _("works, although it would be closed")),
        ],
        initial=OfficeDay.Kind.OFF,
        widget=forms.RadioSelect,
    )
    name = forms.CharField(
        label=_("Occasion or reason"),
        max_length=200,
        help_text=_("As the announcement has it, e.g. the resolution of the cabinet and its date."),
    )

    def clean_date(self) -> datetime.date:
        day = self.cleaned_data["date"]
        there = OfficeDay.objects.filter(date=day).first()
        if there:
            raise ValidationError(
                _("This date is in the calendar already: %(name)s (%(kind)s)."),
                params={"name": there.name, "kind": there.get_kind_display()},
            )
        return day

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        day, kind = given.get("date"), given.get("kind")
        if day and kind == OfficeDay.Kind.WORKING and current_calendar().is_working_day(day):
            self.add_error("kind", _("The office works on this day already."))
        return given


class RemovalForm(forms.Form):
    """Why a date is taken out again."""

    reason = forms.CharField(label=_("Reason"), max_length=100)
