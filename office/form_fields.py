"""The pieces that intake forms are made of: fields with their fault beside them, lines and boxes, a time of day."""

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

from office.figures import is_english
from office.models import Agency, Province
from office.select import Row
from office.thai import to_arabic_digits


class BesideField(forms.BoundField):
    """A field with label, hint and fault in one place; with a script, also what to say when it is left empty."""

    template_name = "office/field.html"

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


class NumberField(forms.IntegerField):
    """A whole number, in either digits."""

    def to_python(self, value: Any) -> int | None:
        """The number, or None for nothing typed."""
        return super().to_python(to_arabic_digits(value) if isinstance(value, str) else value)


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
        except (ValueError, OverflowError) as wrong:
            raise ValidationError(_("Write hours and minutes, e.g. 14.30."), code="clock") from wrong


def province_rows() -> Iterable[Row]:
    """The 77 provinces in the language of the page."""
    name = name_column()
    return ((code, words, "") for code, words in Province.objects.order_by("code").values_list("code", name))


def agency_rows() -> Iterable[Row]:
    """The agencies in use, by name."""
    agencies = Agency.objects.filter(is_active=True).order_by("name").values_list("pk", "name")
    return ((key, name, "") for key, name in agencies)


def name_column() -> str:
    return "name_en" if is_english() else "name"
