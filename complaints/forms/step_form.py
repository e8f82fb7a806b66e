"""What the form of every step has: the version the person saw, what they give, and why."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from complaints.forms.suggested import SuggestingForm
from complaints.models import Category, Petition
from office.fields import ThaiDateField
from office.models import User
from office.models.calendar import current_calendar


def closing_on(day: date | None) -> datetime | None:
    """Until when somebody may answer who is given a day: the office's closing, on a working day; None for none."""
    calendar = current_calendar()
    return calendar.closing_of(calendar.working_day_on_or_after(day)) if day else None


class StepForm(SuggestingForm):
    """A step's form: the version the person saw, what they give, and why."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    error_css_class = "is-invalid"
    body = ""
    """The template that draws the fields; empty: one below the other."""

    def __init__(self, *args: Any, matter: Any, user: User, now: datetime, **kwargs: Any) -> None:
        self.matter, self.user, self.moment = matter, user, now
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = matter.version
        self.prepare()
        self.take_up()

    @property
    def petition(self) -> Petition:
        """The matter, by the name of the steps that only petitions have."""
        return cast(Petition, self.matter)

    def routed_by(self) -> tuple[str, Any, Any] | None:
        """Related matters have no rules: what they are about decides their path."""
        if not self.proposes or not isinstance(self.matter, Petition):
            return None
        return self.matter.petition_kind, self.matter.agency_id, self.matter.province_id

    @property
    def has_dates(self) -> bool:
        """Whether the page needs the script that reads dates aloud."""
        return any(isinstance(field, ThaiDateField) for field in self.fields.values())

    def prepare(self) -> None:
        """Fill choices and first values from the matter; nothing for a step that asks nothing."""

    def add_refusal(self, refused: ValidationError) -> None:
        """What the step itself refused, beside its field where the form has it, else above all of them."""
        if not hasattr(refused, "error_dict"):
            self.add_error(None, refused)
            return
        for name, faults in refused.error_dict.items():
            self.add_error(name if name in self.fields else None, faults)

    def given(self) -> dict[str, Any]:
        """What the step's method takes."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("seen", "reason")}

    @property
    def why(self) -> str:
        return self.cleaned_data.get("reason", "")

    def choose_category(self) -> None:
        """Among those in use; one that was split or joined meanwhile may stay as it is."""
        field = cast(forms.ModelChoiceField, self.fields["category"])
        field.queryset = Category.objects.to_choose(kept=self.petition.category_id)

    def choose_from(self, name: str, rows: QuerySet[Any]) -> None:
        """Let a choice be made among these rows; a single one is chosen already."""
        field = cast(forms.ModelChoiceField, self.fields[name])
        field.queryset = rows
        only = list(rows[:2])
        if len(only) == 1:
            field.initial = only[0]


class ReasonForm(StepForm):
    """For steps that undo or send back: why."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)
