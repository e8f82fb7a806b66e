"""The form of a step of a bill: what those of its line and those of its meetings have in common."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms

from office.calendar import OFFICE_TZ
from office.fields import ThaiDateField
from office.step_form import StepForm
from parliament.models import Bill


class BillStepForm(StepForm):
    """A step's form that knows its bill."""

    @property
    def bill(self) -> Bill:
        return cast(Bill, self.matter)

    @property
    def today(self) -> date:
        return self.moment.astimezone(OFFICE_TZ).date()

    def given(self) -> dict[str, Any]:
        """What the step's method takes; a form has files of its own, so those given are called papers here."""
        given = super().given()
        return given | {"files": given.pop("papers")} if "papers" in given else given

    def until_today(self, name: str, *, first: date | None = None) -> None:
        """A date of what has happened; today at first."""
        field = self.fields[name]
        assert isinstance(field, ThaiDateField)
        field.min_date, field.max_date = first, self.today
        field.initial = self.today

    def choose_stage(self, name: str, stages: Any) -> None:
        field = cast(forms.ChoiceField, self.fields[name])
        field.choices = [(stage.value, stage.label) for stage in stages]
