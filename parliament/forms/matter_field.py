"""A matter, chosen by typing its number or words of it: matters are offered while one types."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.form_fields import Line
from office.models import Matter, User
from office.search import Found, find, numbered
from office.search_words import TooShort

OFFERED: Final = 8
NAMED_IN_FAULT: Final = 4
BETWEEN: Final = " · "
"""Between number and subject of what is offered; what stands before it is enough."""


class MatterInput(Line):
    """A line that offers the matters that what is typed finds; without script it is a line."""

    def __init__(self, **attrs: Any) -> None:
        offers = {
            "hx-get": reverse_lazy("parliament:matter_names"),
            "hx-trigger": "input changed delay:300ms",
            "hx-target": "next datalist",
            "hx-swap": "innerHTML",
        }
        super().__init__(**(offers | attrs))

    def format_value(self, value: Any) -> Any:
        """The number and subject of a matter; of one with a grade of secrecy the number alone."""
        if not isinstance(value, Matter):
            return value
        return value.label if value.secrecy else f"{value.label}{BETWEEN}{value.title}"

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        listed = f"{name}-matters"
        line = super().render(name, value, {**(attrs or {}), "list": listed}, renderer)
        return format_html("{}<datalist{}></datalist>", line, flatatt({"id": listed}))


class MatterField(forms.CharField):
    """Cleans to a Matter that this person may see, or None: by its number, or by words that only one has."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 300)
        kwargs.setdefault("widget", MatterInput())
        super().__init__(**{"required": False, **kwargs})
        self.user: User | None = None
        self.today: date | None = None
        self.there: Matter | None = None
        """The one that stands there: it is kept without a question, even by whom it is not shown to."""

    def clean(self, value: Any) -> Matter | None:
        typed = super().clean(value)
        if not typed:
            return None
        if self.there and typed == MatterInput().format_value(self.there):
            return self.there
        assert self.user is not None
        assert self.today is not None
        found = matters_found(self.user, typed.split(BETWEEN)[0], self.today)
        if not found:
            raise ValidationError(gettext("No matter has this number or these words."))
        if len(found) > 1:
            labels = ", ".join(one.label for one in found[:NAMED_IN_FAULT])
            raise ValidationError(
                gettext("Several fit (%(labels)s…): write the number of the one.") % {"labels": labels}
            )
        return Matter.objects.get(pk=found[0].pk)


def matters_found(user: User, typed: str, today: date) -> list[Found]:
    """The matters of a number, else those that words find, the newest first."""
    by_number = numbered(user, typed, today)
    if by_number:
        return by_number
    try:
        return list(find(user, typed).rows[:OFFERED])
    except TooShort:
        return []


ABOUT: Final = _("About which matter")
