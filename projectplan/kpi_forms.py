"""The forms of an indicator's page: a value with its evidence, and why a frozen month is counted anew."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from office.calendar import Period, month_code, parse_month
from office.figures import figures, plain
from office.file_field import FilesField
from office.form_fields import Box, Line, OfficeForm
from office.thai import to_arabic_digits
from projectplan.entering import entries_of
from projectplan.models import Kpi


class FigureField(forms.DecimalField):
    """A number as people write it, in Thai digits too; two decimals."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(decimal_places=2, max_digits=7, widget=Line(inputmode="decimal"), **kwargs)

    def to_python(self, value: Any) -> Any:
        """The number; a ValidationError for what is none."""
        return super().to_python(to_arabic_digits(str(value)).replace(",", "") if value else value)


class KpiEntryForm(OfficeForm):
    """The value of a month with what it rests on; over an entered one it is a correction with a reason."""

    month = forms.ChoiceField(
        label=_("Month"),
        help_text=_("The value stands at the end of this month."),
        widget=forms.Select({"class": "form-select"}),
    )
    value = FigureField(
        label=pgettext_lazy("indicator", "Value"), error_messages={"required": _("Write the value.")}
    )
    text = forms.CharField(
        label=_("What the value rests on"),
        widget=Box(4),
        error_messages={"required": _("Say in words what the value rests on.")},
    )
    evidence = FilesField(label=_("Evidence"), required=False)
    reason = forms.CharField(
        label=_("Reason for the correction"),
        max_length=300,
        required=False,
        widget=Line(),
        help_text=_("Only where the month has a value already: it stays, and this one takes its place."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)
    optional = frozenset({"evidence", "reason"})

    def __init__(self, *args: Any, kpi: Kpi, months: Sequence[Period], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kpi = kpi
        language = get_language() or "th"
        months_field = self.fields["month"]
        months_field.choices = [  # type: ignore[attr-defined]
            (month_code(month), month.label(language)) for month in reversed(months)
        ]

    def clean_month(self) -> date:
        return parse_month(self.cleaned_data["month"]).first

    def clean_value(self) -> Decimal:
        """Within what the unit knows: levels 1 to 5, or 0 to 100 percent."""
        value: Decimal = self.cleaned_data["value"]
        low, high = (1, 5) if self.kpi.unit == Kpi.Unit.LEVEL else (0, 100)
        if not low <= value <= high:
            raise ValidationError(
                gettext("Write a number from %(low)s to %(high)s, not %(value)s."),
                params={"low": figures(low), "high": figures(high), "value": figures(plain(value))},
            )
        return value

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        month = given.get("month")
        if month and not given.get("reason", "").strip() and entries_of(self.kpi, month):
            self.add_error("reason", gettext("The month has a value already: say why it is corrected."))
        return given


class AnewForm(OfficeForm):
    """Why a frozen month is counted again."""

    reason = forms.CharField(
        label=_("Why a new edition is needed"),
        max_length=300,
        widget=Line(),
        help_text=_("It stands beside the figure for good. Write no names of petitioners."),
        error_messages={"required": _("Write why a new edition is needed.")},
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)
