"""What is asked before labels are printed: the sheet, its first free label, which lines of the list."""

from __future__ import annotations

import re
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.figures import figures
from office.form_fields import Line, OfficeForm
from office.select import FastSelect
from office.thai import to_arabic_digits
from publicrelations.forms.journal_steps import CopiesField
from publicrelations.label_sheets import CHOICES, SHEETS
from publicrelations.models import Journal

_RANGE: Final = re.compile(r"(\d{1,5})(?:\s*[-–]\s*(\d{1,5}))?")


class LabelsForm(OfficeForm):
    """Lines are written as `5, 12-20`; left empty, the whole list is printed."""

    optional = frozenset({"lines"})

    sheet = forms.ChoiceField(label=_("Sheet of labels"), choices=CHOICES, widget=FastSelect)
    first = CopiesField(
        label=_("First free label"),
        min_value=1,
        help_text=_("From the left, line by line; on a new sheet 1."),
    )
    lines = forms.CharField(
        label=_("Lines of the list"),
        required=False,
        max_length=500,
        widget=Line(),
        help_text=_("Empty: all. Some once more: 5, 12-20."),
    )
    has_frames = forms.BooleanField(
        label=_("Print frames, on plain paper, to try the sheet"),
        required=False,
        widget=forms.CheckboxInput({"class": "form-check-input"}),
    )

    def __init__(self, *args: Any, journal: Journal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.journal = journal
        self.initial.setdefault("first", 1)

    def clean_lines(self) -> list[int]:
        """The lines that are on the list, in its order."""
        typed = to_arabic_digits(self.cleaned_data["lines"]).strip()
        if not typed:
            return []
        wanted: set[int] = set()
        for part in filter(None, (one.strip() for one in typed.split(","))):
            found = _RANGE.fullmatch(part)
            if not found:
                raise ValidationError(gettext("Write lines like this: 5, 12-20."))
            begin, end = int(found[1]), int(found[2] or found[1])
            wanted |= set(range(begin, min(end, begin + 5000) + 1))
        there = self.journal.consignments.filter(line__in=wanted).order_by("line")
        lines = list(there.values_list("line", flat=True))
        if not lines:
            raise ValidationError(gettext("There is no such line on the list."))
        return lines

    def clean(self) -> dict[str, Any]:
        """The first free label lies on the sheet."""
        given = super().clean() or self.cleaned_data
        sheet, first = SHEETS.get(given.get("sheet", "")), given.get("first")
        if sheet and first and first > sheet.places:
            words = gettext("The sheet has %(number)s labels.") % {"number": figures(sheet.places)}
            self.add_error("first", words)
        return given
