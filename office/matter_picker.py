"""Choosing another matter by its number or by words: what a person may see is offered, nothing else exists."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.form_fields import Line, OfficeForm
from office.models import Matter, User
from office.picking import OneOfField
from office.search import TooShort, find, numbered
from office.search_words import LONGEST_QUERY

OFFERED_MOST: Final = 8


class PickForm(OfficeForm):
    """Words, and one of the matters that they find. Whoever typed a whole number need not choose."""

    words = forms.CharField(
        label=_("Number or words of the other matter"),
        max_length=LONGEST_QUERY,
        required=False,
        widget=Line(),
    )
    other = OneOfField(label=_("Found"), required=False, widget=forms.RadioSelect)

    def __init__(
        self, data: Any = None, *, user: User, today: date, without: Collection[int], **more: Any
    ) -> None:
        super().__init__(data, **more)
        typed = str(data.get("words", "")).strip()[:LONGEST_QUERY] if data is not None else ""
        self.exact, self.found = _found(user, typed, today, without) if typed else (False, [])
        self.typed = typed
        field = self.fields["other"]
        assert isinstance(field, OneOfField)
        field.offer(self.found, _words_of)

    def clean(self) -> dict[str, Any]:
        """The other matter, chosen or named by its whole number."""
        given = super().clean() or self.cleaned_data
        if given.get("other") or "other" in self.errors or "words" in self.errors:
            return given
        if len(self.found) == 1 and self.exact:
            given["other"] = self.found[0]
        elif self.found:
            self.add_error("other", gettext("Choose one of those found."))
        else:
            self.add_error("words", self.nothing_found if self.typed else gettext("Write a number or words."))
        return given

    @property
    def nothing_found(self) -> str:
        return gettext("Nothing that you may see has this number or these words.")


def _found(user: User, typed: str, today: date, without: Collection[int]) -> tuple[bool, list[Any]]:
    """Whether a whole number was typed, and the newest few matters by it or by the words."""
    rows = numbered(user, typed, today)
    exact = bool(rows)
    if not exact:
        try:
            rows = find(user, typed).rows
        except TooShort:
            rows = []
    return exact, [row for row in rows if row.pk not in without][:OFFERED_MOST]


def _words_of(row: Any) -> SafeString:
    return format_html(
        '{} <span class="no small">{}</span> <span class="small muted">{}</span>',
        row.title,
        row.label,
        Matter.Kind(row.kind).label,
    )
