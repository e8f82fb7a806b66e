"""A date as people of the office type and read it: form field, input with echo and picker, list filter."""

from datetime import date, datetime
from typing import Any, Final

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from office.figures import figures, is_english
from office.thai import (
    FIRST_BE_YEAR,
    FIRST_CE_YEAR,
    LAST_BE_YEAR,
    ThaiDateError,
    format_long,
    format_month,
    format_numeric,
    parse_date,
)

EXAMPLE: Final = date(2026, 11, 22)
"""Shown where a person wonders how a date is written; its day can be no month."""


class ThaiDateInput(forms.TextInput):
    """A text input that shows a date in the language's era and digits, its long form and a picker.

    Without script the text input alone works. `min_date` and `max_date` limit the picker; the field checks.
    """

    template_name = "office/widgets/thai_date.html"

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        *,
        min_date: date | None = None,
        max_date: date | None = None,
    ) -> None:
        super().__init__({"autocomplete": "off", "spellcheck": "false", **(attrs or {})})
        self.min_date = min_date
        self.max_date = max_date

    def format_value(self, value: Any) -> str:
        """`๒๒/๑๑/๒๕๖๙` for a date (`22/11/2026` in English); what a person typed comes back as it was."""
        if isinstance(value, date):
            return format_numeric(_local_date(value), language=_language())
        return str(value or "")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Django's context, with the long form of a readable value (`echo`) and the picker's limits."""
        context = super().get_context(name, value, attrs)
        widget = context["widget"]
        widget["attrs"].setdefault(
            "placeholder", gettext("e.g. %(example)s") % {"example": self.format_value(EXAMPLE)}
        )
        widget["echo"] = _echo(widget["value"])
        widget["min"] = self.min_date.isoformat() if self.min_date else ""
        widget["max"] = self.max_date.isoformat() if self.max_date else ""
        return context


class ThaiDateField(forms.DateField):
    """A date typed in either era and either digits (`office.thai.parse_date`); what is wrong is said.

    `min_date` and `max_date` (both allowed themselves) may be given here or set by a form that knows today.
    """

    widget: type[forms.Widget] | forms.Widget = ThaiDateInput
    default_error_messages = {
        "invalid": _("Write the day, month and year, e.g. %(example)s."),
        "two_digit_year": _("Write all four digits of the year, e.g. %(year)s."),
        "year": _("The year must be between %(first)s and %(last)s."),
        "month": _("There is no month %(month)s."),
        "day": _("%(month)s has %(days)s days."),
        "min_date": _("Must be on or after %(limit)s."),
        "max_date": _("Must be on or before %(limit)s."),
    }

    def __init__(self, *, min_date: date | None = None, max_date: date | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.min_date = min_date
        self.max_date = max_date

    @property
    def min_date(self) -> date | None:
        """The earliest date allowed."""
        return self._min_date

    @min_date.setter
    def min_date(self, limit: date | None) -> None:
        self._min_date = limit
        if isinstance(self.widget, ThaiDateInput):
            self.widget.min_date = limit

    @property
    def max_date(self) -> date | None:
        """The latest date allowed."""
        return self._max_date

    @max_date.setter
    def max_date(self, limit: date | None) -> None:
        self._max_date = limit
        if isinstance(self.widget, ThaiDateInput):
            self.widget.max_date = limit

    def to_python(self, value: Any) -> date | None:
        """The date, or None for nothing typed; a ValidationError says kindly what is wrong with the rest."""
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return _local_date(value)
        try:
            return parse_date(str(value))
        except ThaiDateError as error:
            if error.reason == "empty":
                return None
            raise self._explained(error) from error

    def validate(self, value: date | None) -> None:
        """Required, and within the limits."""
        super().validate(value)
        if value is None:
            return
        if self.min_date and value < self.min_date:
            raise self._beyond("min_date", self.min_date)
        if self.max_date and value > self.max_date:
            raise self._beyond("max_date", self.max_date)

    def _explained(self, error: ThaiDateError) -> ValidationError:
        code = "invalid" if error.reason == "unreadable" else error.reason
        return ValidationError(self.error_messages[code], code=code, params=_params(error))

    def _beyond(self, code: str, limit: date) -> ValidationError:
        params = {"limit": format_long(limit, language=_language())}
        return ValidationError(self.error_messages[code], code=code, params=params)


class ThaiDateFilter(django_filters.DateFilter):
    """A list's filter by a date, typed the same way as in a form."""

    field_class = ThaiDateField


def _local_date(value: date) -> date:
    """The date itself, or the date in Bangkok of a moment."""
    if not isinstance(value, datetime):
        return value
    return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()


def _language() -> str:
    return get_language() or "th"


def _echo(typed: str | None) -> str:
    """The long form of a readable date; nothing for any other text, whose fault the field explains."""
    try:
        return format_long(parse_date(typed or ""), language=_language())
    except ThaiDateError:
        return ""


def _params(error: ThaiDateError) -> dict[str, str]:
    """What the message for a reason needs, in the language's era and digits."""
    example = format_numeric(EXAMPLE, language=_language())
    match error:
        case ThaiDateError(reason="year"):
            english = is_english()
            first, last = (FIRST_CE_YEAR, FIRST_BE_YEAR - 1) if english else (FIRST_BE_YEAR, LAST_BE_YEAR)
            return {"first": figures(first), "last": figures(last)}
        case ThaiDateError(reason="month", month=int(month)):
            return {"month": figures(month)}
        case ThaiDateError(reason="day", month=int(month), year=int(year), days_in_month=int(days)):
            return {
                "month": format_month(date(year, month, 1), language=_language()),
                "days": figures(days),
            }
        case _:
            return {"example": example, "year": example[-4:]}
