"""What is typed about an attendance, and about who belongs to the group."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.fields import ThaiDateField
from office.file_field import FilesField
from office.models import User
from office.select import FastSelect
from office.thai import to_arabic_digits
from projectplan.models import Training
from projectplan.seen import SeenForm

MOST_HOURS: Final = Decimal(2000)


class HoursField(forms.DecimalField):
    """A number of hours in either digits."""

    def to_python(self, value: Any) -> Any:
        """The number, or None for nothing typed."""
        return super().to_python(to_arabic_digits(value) if isinstance(value, str) else value)


class TrainingForm(SeenForm):
    """One attendance of one person; it has taken place."""

    from_on = ThaiDateField(label=gettext_lazy("From"))
    to_on = ThaiDateField(label=gettext_lazy("To"))
    hours = HoursField(
        label=gettext_lazy("Hours"),
        min_value=Decimal("0.5"),
        max_value=MOST_HOURS,
        max_digits=5,
        decimal_places=1,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    attachments = FilesField(label=gettext_lazy("Evidence"))

    class Meta:
        model = Training
        fields = ["person", "topic", "kind", "organiser", "from_on", "to_on", "hours", "seminar"]
        widgets = {"person": FastSelect, "kind": FastSelect, "seminar": FastSelect}

    def __init__(self, *args: Any, today: date, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.fields["to_on"].max_date = today  # type: ignore[attr-defined]

    def own_rows(self) -> list[list[forms.BoundField]]:
        """The fields as they stand side by side."""
        rows = [
            ["person"], ["topic"], ["kind", "organiser"], ["from_on", "to_on", "hours"], ["seminar"],
            ["attachments"], ["seen"],
        ]  # fmt: skip
        return [[self[name] for name in names] for names in rows]

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        starts, ends = given.get("from_on"), given.get("to_on")
        if starts and ends and ends < starts:
            self.add_error("to_on", _("It ends before it begins."))
        if starts and given.get("person"):
            same = Training.objects.filter(
                person=given["person"], topic=given.get("topic", ""), from_on=starts
            )
            if same.exclude(pk=self.instance.pk).exists():
                self.add_error("topic", _("This attendance is written down already."))
        return given


def people_for(user: User, *, may_for_all: bool) -> Any:
    """Whose trainings somebody may write down: a head everybody's of the group, anybody else their own."""
    people = User.objects.filter(is_active=True).order_by("display_name")
    return people.filter(memberships__isnull=False).distinct() if may_for_all else people.filter(pk=user.pk)
