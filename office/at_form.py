"""The form of a step that notes something which has happened: when it did."""

from __future__ import annotations

from datetime import date, time
from typing import Any, cast

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.calendar import OFFICE_TZ
from office.fields import ThaiDateField
from office.form_fields import ClockField
from office.picking import moment_of, start_with
from office.step_form import StepForm


class AtForm(StepForm):
    """When it happened: now, unless it is another moment before now."""

    at_on = ThaiDateField(label=_("Day"))
    at_time = ClockField(label=_("Time"))

    @property
    def today(self) -> date:
        return self.moment.astimezone(OFFICE_TZ).date()

    def prepare(self) -> None:
        cast(ThaiDateField, self.fields["at_on"]).max_date = self.today
        start_with(self, "at", self.moment)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        day, clock = given.get("at_on"), given.get("at_time")
        # Of today with no hour, or within the minute in which the form is sent: now.
        at = moment_of(day, clock, time(8, 30)) if day != self.today or clock else None
        given["at"] = at
        if at and at > self.moment:
            self.add_error("at_time", gettext("This time is still to come."))
        return given

    def given_at(self, name: str) -> dict[str, Any]:
        """What the step takes, with the moment under its name."""
        given = {
            key: value
            for key, value in self.cleaned_data.items()
            if key not in ("seen", "reason", "at", "at_on", "at_time")
        }
        return given | {name: self.cleaned_data["at"]}
