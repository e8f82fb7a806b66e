"""The pieces that only petitioners' forms are made of: explained choices, numbers of people, categories."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from complaints.models import Category
from office.form_fields import Line, name_column
from office.models import EducationArea
from office.select import Row
from office.thai import is_thai_id, to_arabic_digits

TELEPHONE_DIGITS = range(9, 21)  # a Thai number has nine or ten; a foreign one or an extension has more


class ExplainedRadios(forms.RadioSelect):
    """Radio buttons with a line of explanation under each."""

    template_name = "complaints/widgets/radios.html"

    def __init__(self, explanations: dict[str, Any], attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"class": "form-check-input", **(attrs or {})})
        self.explanations = explanations

    def __deepcopy__(self, memo: dict[int, Any]) -> ExplainedRadios:
        twin = super().__deepcopy__(memo)
        twin.explanations = self.explanations
        return twin

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Django's option with its explanation."""
        return super().create_option(name, value, *args, **kwargs) | {
            "explanation": self.explanations.get(str(value), "")
        }


class TelephoneField(forms.CharField):
    """A telephone number as people write it, in either digits; kept in Arabic digits."""

    def __init__(self, **kwargs: Any) -> None:
        widget = Line(inputmode="tel", autocomplete="tel")
        super().__init__(max_length=40, widget=widget, **kwargs)

    def clean(self, value: Any) -> str:
        """The number; a ValidationError when it is too short or too long for one."""
        number = to_arabic_digits(super().clean(value))
        if number and sum(letter.isdigit() for letter in number) not in TELEPHONE_DIGITS:
            raise ValidationError(_("Write the whole number, e.g. 081 234 5678."), code="telephone")
        return number


class ThaiIdField(forms.CharField):
    """A national ID of thirteen digits, in either digits, spaced or not, its check digit verified."""

    def __init__(self, **kwargs: Any) -> None:
        widget = Line(inputmode="numeric")
        super().__init__(max_length=40, widget=widget, **kwargs)

    def clean(self, value: Any) -> str:
        """The thirteen digits, or nothing; a ValidationError when they cannot be an ID."""
        typed = super().clean(value)
        digits = "".join(letter for letter in to_arabic_digits(typed) if letter not in " -")
        if digits and not is_thai_id(digits):
            raise ValidationError(
                _("This is not a valid ID number. Check the thirteen digits, or leave it empty."),
                code="thai_id",
            )
        return digits


def area_rows() -> Iterable[Row]:
    """The education areas, each under its province."""
    areas = EducationArea.objects.order_by("province", "number")
    return areas.values_list("pk", "name", f"province__{name_column()}")


def category_rows() -> Iterable[Row]:
    """The subcategories in use, each under its main category; a main one without any stands for itself."""
    rows = Category.objects.filter(is_active=True).order_by("rank", "pk")
    name = name_column()
    parts: dict[int, list[tuple[int, str]]] = {}
    mains: list[tuple[int, str]] = []
    for key, parent, words, thai in rows.values_list("pk", "parent", name, "name"):
        (mains if parent is None else parts.setdefault(parent, [])).append((key, words or thai))
    for main, heading in mains:
        yield (main, heading, heading)
        yield from ((key, words, heading) for key, words in parts.get(main, []))
