"""The pieces that intake forms are made of: fields with their fault beside them, choices with an explanation each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from complaints.models import Category
from office.figures import is_english
from office.models import Agency, EducationArea, Province
from office.select import Row
from office.thai import is_thai_id, to_arabic_digits

TELEPHONE_DIGITS = range(9, 21)  # a Thai number has nine or ten; a foreign one or an extension has more


class BesideField(forms.BoundField):
    """A field with label, hint and fault in one place; with a script, also what to say when it is left empty."""

    template_name = "complaints/field.html"

    def get_context(self) -> dict[str, Any]:
        """What the template shows, as plain values: asking the field itself for each costs more than all of it."""
        widget = self.as_widget()
        layout = "fieldset" if self.use_fieldset else self.widget_type
        return {
            "layout": layout,
            "label": self.label,
            "help_text": self.help_text,
            "errors": self.errors,
            "widget": widget,
            "id": self.auto_id,
            "describedby": self.aria_describedby if self.use_fieldset else "",
            "is_optional": self.name in getattr(self.form, "optional", ()),
        }

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Django's attributes, the look of a fault, and the words for an empty field."""
        built = super().build_widget_attrs(attrs, widget)
        if self.errors:
            own = (widget or self.field.widget).attrs.get("class", "")
            built["class"] = f"{own} is-invalid".strip()
        if self.field.required:
            built["data-missing"] = str(self.field.error_messages["required"])
        return built


class OfficeForm(forms.Form):
    """A form whose fields carry their own fault, with a summary of all faults at its top."""

    bound_field_class = BesideField
    optional: frozenset[str] = frozenset()

    def faults(self) -> list[tuple[str, str, list[str]]]:
        """For the summary at the top: where (an id, empty for the whole form), the field's label, what is wrong."""
        listed = (
            [("", "", [str(error) for error in self.non_field_errors()])] if self.non_field_errors() else []
        )
        for name in self.fields:
            if name in self.errors and name != NON_FIELD_ERRORS:
                listed.append(
                    (self[name].auto_id, str(self[name].label), [str(error) for error in self.errors[name]])
                )
        return listed


class Line(forms.TextInput):
    """A text input written in one go; a form of twenty of them costs half as much without Django's templates."""

    def __init__(self, **attrs: Any) -> None:
        super().__init__({"class": "form-control", "autocomplete": "off", **attrs})

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """The element; `renderer` is not used."""
        given = self.build_attrs({"type": self.input_type, "name": name, **self.attrs}, attrs)
        shown = self.format_value(value)
        return format_html("<input{}>", flatatt(given if shown is None else {**given, "value": shown}))


class EmailLine(Line):
    """A line for an e-mail address: telephones show the @."""

    input_type = "email"


class Box(forms.Textarea):
    """A text area written in one go."""

    def __init__(self, rows: int, **attrs: Any) -> None:
        super().__init__({"class": "form-control", "rows": rows, **attrs})

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """The element; `renderer` is not used."""
        given = self.build_attrs({"name": name, **self.attrs}, attrs)
        # A first line break of the text would be swallowed by the browser; this one is instead.
        return format_html("<textarea{}>\n{}</textarea>", flatatt(given), self.format_value(value) or "")


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


class ClockField(forms.Field):
    """A time of day as people write it: ๑๔.๓๐, 14:30, 1430; cleans to a time or None."""

    def __init__(self, **kwargs: Any) -> None:
        widget = Line(inputmode="numeric")
        super().__init__(required=False, widget=widget, **kwargs)

    def to_python(self, value: Any) -> time | None:
        """The time; a ValidationError for what is none."""
        if isinstance(value, time):
            return value
        typed = to_arabic_digits(str(value or "").strip()).removesuffix("น.").strip()
        if not typed:
            return None
        digits = typed.replace(".", ":").replace(" ", "")
        if ":" not in digits and len(digits) in (3, 4):
            digits = f"{digits[:-2]}:{digits[-2:]}"
        hours, _colon, minutes = digits.partition(":")
        try:
            return time(int(hours), int(minutes))
        except ValueError as wrong:
            raise ValidationError(_("Write hours and minutes, e.g. 14.30."), code="clock") from wrong


def province_rows() -> Iterable[Row]:
    """The 77 provinces in the language of the page."""
    name = _name_column()
    return ((code, words, "") for code, words in Province.objects.order_by("code").values_list("code", name))


def area_rows() -> Iterable[Row]:
    """The education areas, each under its province."""
    areas = EducationArea.objects.order_by("province", "number")
    return areas.values_list("pk", "name", f"province__{_name_column()}")


def agency_rows() -> Iterable[Row]:
    """The agencies in use, by name."""
    agencies = Agency.objects.filter(is_active=True).order_by("name").values_list("pk", "name")
    return ((key, name, "") for key, name in agencies)


def category_rows() -> Iterable[Row]:
    """The subcategories in use, each under its main category; a main one without any stands for itself."""
    rows = Category.objects.filter(is_active=True).order_by("rank", "pk")
    name = _name_column()
    parts: dict[int, list[tuple[int, str]]] = {}
    mains: list[tuple[int, str]] = []
    for key, parent, words, thai in rows.values_list("pk", "parent", name, "name"):
        (mains if parent is None else parts.setdefault(parent, [])).append((key, words or thai))
    for main, heading in mains:
        yield (main, heading, heading)
        yield from ((key, words, heading) for key, words in parts.get(main, []))


def _name_column() -> str:
    return "name_en" if is_english() else "name"
