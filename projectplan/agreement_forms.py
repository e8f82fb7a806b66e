"""The forms of agreements: whom to make one with, its lines, an act, an assessment."""

from __future__ import annotations

import itertools
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from office.figures import figures, is_english
from office.form_fields import Box, Line, OfficeForm
from office.models import User
from office.thai import to_arabic_digits, to_thai_digits
from projectplan.agreement_path import check_weights

MOST_LINES = 20
SUM_FAULT = "weights-fault"
"""The id of what is said of a wrong sum."""
LEVELS = [f"level_{number}" for number in range(1, 6)]


class FigureLine(Line):
    """A line for a figure: shown in the page's digits, without needless noughts."""

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, Decimal):
            value = f"{value.normalize():f}"
        shown = super().format_value(value)
        return shown if shown is None or is_english() else to_thai_digits(shown)


class FigureField(forms.DecimalField):
    """A figure typed in either digits, to two decimals."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 9)
        kwargs.setdefault("decimal_places", 2)
        kwargs.setdefault("error_messages", {"required": _("Write a figure.")})
        super().__init__(widget=FigureLine(inputmode="decimal"), **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = to_arabic_digits(value).replace(",", "")
        return super().to_python(value)


class BeginForm(OfficeForm):
    """Who is to receive the agreement."""

    superior = forms.ModelChoiceField(
        label=_("Who receives the agreement"),
        queryset=User.objects.none(),
        empty_label=None,
        error_messages={"required": _("Choose who receives it.")},
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    def __init__(self, *args: Any, superiors: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["superior"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = superiors


class LineForm(OfficeForm):
    """One line: what is promised, its target, its weight, and what scores 1 to 5."""

    source = forms.CharField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("Indicator"),
        max_length=500,
        widget=Box(2),
        error_messages={"required": _("Write what is promised.")},
    )
    unit = forms.CharField(
        label=_("Unit"), max_length=80, widget=Line(), error_messages={"required": _("Write the unit.")}
    )
    target = FigureField(label=_("Target"))
    weight = FigureField(label=_("Weight"), max_digits=5, min_value=Decimal("0.01"), max_value=Decimal(100))
    level_1 = FigureField(label=_("Level 1"))
    level_2 = FigureField(label=_("Level 2"))
    level_3 = FigureField(label=_("Level 3"))
    level_4 = FigureField(label=_("Level 4"))
    level_5 = FigureField(label=_("Level 5"))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        levels = [cleaned[name] for name in LEVELS if cleaned.get(name) is not None]
        if len(levels) == len(LEVELS):
            pairs = list(itertools.pairwise(levels))
            if not (all(low < high for low, high in pairs) or all(low > high for low, high in pairs)):
                self.add_error("level_5", _("The five levels must rise or fall from 1 to 5."))
        return cleaned

    def level_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in LEVELS]


class LineFormSet(forms.BaseFormSet):
    """The lines of an agreement; whoever proposes has weights of exactly 100."""

    is_proposal = False

    def clean(self) -> None:
        if any(self.errors):
            return
        if self.is_proposal and not self.forms:
            raise ValidationError(_("An agreement promises something: add a line."))
        if self.is_proposal:
            try:
                check_weights(self.weight())
            except ValidationError:
                self._point_at_weights()
                raise

    def _point_at_weights(self) -> None:
        """Whichever of them is the wrong one: each weight is marked, and leads the ear to what is said of their sum."""
        for form in self.forms:
            attrs = form.fields["weight"].widget.attrs
            attrs["class"] = f"{attrs['class']} is-invalid"
            attrs |= {"aria-invalid": "true", "aria-describedby": SUM_FAULT}

    def faults(self) -> list[tuple[str, str, list[str]]]:
        """For the summary at the top: where (an id), which line's field, what is wrong; what is wrong with the sum
        stands beside the sum."""
        return [
            (where, str(_("Line %(number)s, %(field)s") % {"number": figures(number), "field": label}), words)
            for number, form in enumerate(self.forms, start=1)
            for where, label, words in form.faults()
        ]

    def weight(self) -> Decimal:
        """What the weights add up to, as far as they can be read."""
        return sum(
            (getattr(form, "cleaned_data", {}).get("weight") or Decimal() for form in self.forms), Decimal()
        )


_LINES = forms.formset_factory(LineForm, formset=LineFormSet, extra=0, max_num=MOST_LINES, validate_max=True)


def lines_form(data: Any = None, *, initial: Any = None) -> LineFormSet:
    """The lines as they were typed, or to begin with."""
    made = _LINES(data, initial=initial, prefix="lines")
    assert isinstance(made, LineFormSet)
    return made


class ActForm(OfficeForm):
    """An act: the version that was seen; why, where the other one must know; a word of assent, where it is signed."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=Box(4),
        error_messages={"required": _("Write the reason: the other one reads it.")},
    )
    agreed = forms.BooleanField(
        label=_("I have read the agreement and sign it."),
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
        error_messages={"required": _("Tick the box to sign.")},
    )

    def __init__(self, *args: Any, asks_reason: bool, is_signature: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_reason:
            del self.fields["reason"]
        if not is_signature:
            del self.fields["agreed"]


class FoundForm(OfficeForm):
    """What was reached of one line; its prefix is the line's key."""

    value = FigureField(label=_("Value reached"))
    remark = forms.CharField(label=_("Remark"), max_length=2000, required=False, widget=Box(2))
    optional = frozenset({"remark"})
