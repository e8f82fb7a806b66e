"""What the form of every step has (the version the person saw, what they give, and why), and the forms of the steps
that every kind of matter has."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from office.calendar import OFFICE_TZ
from office.fields import ThaiDateField
from office.file_field import FilesField
from office.models import Role, User
from office.models.calendar import current_calendar
from office.select import FastSelect
from office.two_versions import marks_of

FARTHEST = timedelta(days=366)
"""No date is put off, and no matter rests, for longer at a time; a date beyond is a slip of the pen."""


def closing_on(day: date | None) -> datetime | None:
    """Until when somebody may answer who is given a day: the office's closing, on a working day; None for none."""
    calendar = current_calendar()
    return calendar.closing_of(calendar.working_day_on_or_after(day)) if day else None


def first_day_to_answer(at: datetime) -> date:
    """The first day that somebody may be given to answer by: today while the office is open, afterwards tomorrow."""
    today = at.astimezone(OFFICE_TZ).date()
    closing = closing_on(today)
    return today if closing and closing > at else today + timedelta(days=1)


class StepForm(forms.Form):
    """A step's form: the version the person saw, what they give, and why."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    error_css_class = "is-invalid"
    body = ""
    """The template that draws the fields; empty: one below the other."""
    draft_step = ""
    """The step that keeps what is typed without taking this one, by a second button; empty: none."""
    stays = False
    """Whether a second button takes the step and comes back to its page, which the step's view then does."""
    has_button = True
    """Whether the page offers the step among its buttons; else it is offered beside what it is about."""
    beneath = ""
    """A template for what stands between the fields and the button; empty: nothing."""
    from_address: tuple[str, ...] = ()
    """The fields whose first value the address of the step's page may give, so that a link leads to one row."""

    def __init__(self, *args: Any, matter: Any, user: User, now: datetime, **kwargs: Any) -> None:
        self.matter, self.user, self.moment = matter, user, now
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = matter.version
        self.prepare()

    @property
    def has_dates(self) -> bool:
        """Whether the page needs the script that reads dates aloud."""
        return any(isinstance(field, ThaiDateField) for field in self.fields.values())

    @property
    def begun(self) -> str:
        """Marks of what the fields held when the page was drawn, so that a stale one is brought together by field."""
        return marks_of(self)

    def prepare(self) -> None:
        """Fill choices and first values from the matter; nothing for a step that asks nothing."""

    def add_refusal(self, refused: ValidationError) -> None:
        """What the step itself refused, beside its field where the form has it, else above all of them."""
        if not hasattr(refused, "error_dict"):
            self.add_error(None, refused)
            return
        for name, faults in refused.error_dict.items():
            self.add_error(name if name in self.fields else None, faults)

    def as_words(self, name: str, value: Any) -> str:
        """What was typed in a field, as it stands beside what is there meanwhile."""
        return str(value)

    def given(self) -> dict[str, Any]:
        """What the step's method takes."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("seen", "reason")}

    @property
    def why(self) -> str:
        return self.cleaned_data.get("reason", "")

    def choose_from(self, name: str, rows: QuerySet[Any]) -> None:
        """Let a choice be made among these rows, which are read once; a single one is chosen already."""
        field = cast(forms.ModelChoiceField, self.fields[name])
        field.queryset = rows
        offered = list(rows)
        if len(offered) == 1:
            field.initial = offered[0]
        empty = [] if field.empty_label is None else [("", field.empty_label)]
        field.choices = [*empty, *((row.pk, field.label_from_instance(row)) for row in offered)]


class ReasonForm(StepForm):
    """For steps that undo or send back: why."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class UntilForm(ReasonForm):
    """For steps that name a day to come."""

    until = ThaiDateField(label=_("Until"))
    field_order = ["seen", "deadline", "until", "reason"]

    def prepare(self) -> None:
        today = self.moment.astimezone(OFFICE_TZ).date()
        field = self.fields["until"]
        assert isinstance(field, ThaiDateField)
        field.min_date, field.max_date = today + timedelta(days=1), today + FARTHEST

    def given(self) -> dict[str, Any]:
        return super().given() | {"until": closing_on(self.cleaned_data["until"])}


class AssignForm(StepForm):
    to = forms.ModelChoiceField(label=_("Officer"), queryset=User.objects.none(), widget=FastSelect)

    def prepare(self) -> None:
        officers = User.objects.with_role(Role.OFFICER)
        self.choose_from("to", officers.filter(subgroup=self.matter.subgroup_id))


class HandOverForm(ReasonForm):
    to = forms.ModelChoiceField(label=_("Colleague"), queryset=User.objects.none(), widget=FastSelect)
    field_order = ["seen", "to", "reason"]

    def prepare(self) -> None:
        colleagues = User.objects.with_role(Role.OFFICER).filter(subgroup=self.matter.subgroup_id)
        self.choose_from("to", colleagues.exclude(pk=self.matter.owner_id))


class FilesForm(StepForm):
    added = FilesField(label=_("Files"), required=True)

    def given(self) -> dict[str, Any]:
        return {"files": self.cleaned_data["added"]}


CARRYING_FORMS: dict[str, type[StepForm]] = {
    "take": StepForm,
    "assign": AssignForm,
    "hand_over": HandOverForm,
    "release": ReasonForm,
    "attach_files": FilesForm,
}
"""Of the steps that `office.carrying.CarriedMatter` declares."""
