"""Selects with many options, written in one go: Django's template per option costs more than the rest of a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

Row = tuple[object, str, str]
"""One option: its value, its words, and the heading it stands under (empty: none)."""


class FastSelect(forms.Select):
    """A `<select>` like Django's, headings included, drawn without a template."""

    def __init__(self, attrs: dict[str, Any] | None = None, choices: Iterable[Any] = ()) -> None:
        super().__init__({"class": "form-select", **(attrs or {})}, choices)

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """The element with its options; `renderer` is not used."""
        given = self.build_attrs({**self.attrs, "name": name}, attrs)
        options = "".join(self.drawn(set(self.format_value(value))))
        # Every part was escaped as it was made.
        return format_html("<select{}>{}</select>", flatatt(given), mark_safe(options))  # nosec B308, B703 # every option was escaped as it was written

    def use_required_attribute(self, initial: Any) -> bool:
        """Never: the page says in Thai what is missing, the browser in a language of its own."""
        return False

    def drawn(self, chosen: set[str]) -> Iterable[str]:
        """The options as HTML; `chosen` are the values to mark."""
        for value, words in self.choices:
            if isinstance(words, list | tuple):
                yield f'<optgroup label="{conditional_escape(value)}">'
                yield from (_option(one, label, chosen) for one, label in words)
                yield "</optgroup>"
            else:
                yield _option(value, words, chosen)


class RowSelect(FastSelect):
    """A select whose options come from one query of plain values instead of model instances."""

    def __init__(
        self, rows: Callable[[], Iterable[Row]], *, empty: Any, attrs: dict[str, Any] | None = None
    ) -> None:
        super().__init__(attrs)
        self.rows, self.empty = rows, empty

    def drawn(self, chosen: set[str]) -> Iterable[str]:
        """The empty option, then the rows under their headings, which must come sorted."""
        yield _option("", self.empty, chosen)
        under = ""
        for value, words, heading in self.rows():
            if heading != under:
                yield "</optgroup>" if under else ""
                yield f'<optgroup label="{escape(heading)}">' if heading else ""
                under = heading
            mark = " selected" if str(value) in chosen else ""
            yield f'<option value="{escape(str(value))}"{mark}>{escape(words)}</option>'
        yield "</optgroup>" if under else ""


class RowField(forms.ModelChoiceField):
    """A choice of one row of a reference table: one query draws it, one checks what was chosen."""

    def __init__(
        self,
        queryset: Any,
        rows: Callable[[], Iterable[Row]],
        *,
        empty: Any,
        attrs: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(queryset, widget=RowSelect(rows, empty=empty, attrs=attrs), **kwargs)


def _option(value: object, words: Any, chosen: set[str]) -> str:
    text = "" if value is None else str(value)
    mark = " selected" if text in chosen else ""
    return f'<option value="{conditional_escape(text)}"{mark}>{conditional_escape(words)}</option>'
