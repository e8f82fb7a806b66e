"""Ticks among rows that a page has fetched already, a moment in two fields, and names written one a line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.calendar import OFFICE_TZ
from office.fields import ThaiDateField
from office.figures import figures
from office.form_fields import ClockField

_ADDRESS: Final = re.compile(
    r"(?:[<(\[]|(?<![^\s<>()\[\],;]))(?P<address>[^\s<>()\[\],;]+@[^\s<>()\[\],;]+)[>)\]]?"
)


class TicksField(forms.MultipleChoiceField):
    """Cleans to the rows that were ticked; `offer` says among which."""

    default_error_messages = {
        "invalid_choice": _("Something chosen is no longer there. Open the page anew."),
        "required": _("Tick at least one."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
        super().__init__(**kwargs)
        self.rows: dict[str, Any] = {}

    def offer(self, rows: Iterable[Any], words: Callable[[Any], Any] = str) -> None:
        """Let these rows be ticked, each under its words."""
        self.rows = {str(row.pk): row for row in rows}
        self.choices = [(key, words(row)) for key, row in self.rows.items()]

    def clean(self, value: Any) -> list[Any]:
        return [self.rows[key] for key in super().clean(value)]


class OneOfField(forms.ChoiceField):
    """The same for one row, or none where it is not required."""

    default_error_messages = {
        "invalid_choice": _("Something chosen is no longer there. Open the page anew."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.rows: dict[str, Any] = {}

    def offer(self, rows: Iterable[Any], words: Callable[[Any], Any] = str, *, empty: Any = None) -> None:
        self.rows = {str(row.pk): row for row in rows}
        offered = [(key, words(row)) for key, row in self.rows.items()]
        self.choices = offered if empty is None else [("", empty), *offered]

    def clean(self, value: Any) -> Any:
        key = super().clean(value)
        return self.rows[key] if key else None


def moment_of(day: date | None, clock: time | None, otherwise: time) -> datetime | None:
    """The moment of a day in Bangkok; with no hour given, at another."""
    return datetime.combine(day, clock or otherwise, OFFICE_TZ) if day else None


def start_with(form: forms.Form, name: str, at: datetime) -> None:
    """Let the pair of fields `<name>_on` and `<name>_time` begin with a moment."""
    local = at.astimezone(OFFICE_TZ)
    day, clock = form.fields[f"{name}_on"], form.fields[f"{name}_time"]
    assert isinstance(day, ThaiDateField)
    assert isinstance(clock, ClockField)
    day.initial, clock.initial = local.date(), figures(local.strftime("%H.%M"))


def names_and_addresses(text: str) -> list[tuple[str, str]]:
    """`นายกสมาคมครู nayok@example.org`, one a line: each name with its e-mail address, empty where none is written."""
    found = []
    for line in text.splitlines():
        if not line.strip():
            continue
        address = _ADDRESS.search(line)
        name = " ".join(_ADDRESS.sub(" ", line).split()).strip(" ,;:")
        email = address["address"] if address else ""
        if not name:
            raise ValidationError(gettext("Write whose address %(address)s is.") % {"address": email})
        if email:
            validate_email(email)
        found.append((name, email))
    return found


def lines_of(text: str, *, longest: int) -> list[str]:
    """The lines of a text that have words; raises ValidationError for one that is too long."""
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    if any(len(line) > longest for line in lines):
        raise ValidationError(gettext("A line has at most %(most)s letters.") % {"most": figures(longest)})
    return lines
