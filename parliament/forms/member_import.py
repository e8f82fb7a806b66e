"""What is said about a list of members before it is read: the file, and what holds for all its rows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from office.fields import ThaiDateField
from office.list_files import Table, read
from office.select import FastSelect
from parliament.forms.houses import SEATS_OF
from parliament.member_columns import HEADINGS
from parliament.models import Session


class MemberImportForm(forms.Form):
    """The file is read as it comes; `table` and `fields` hold what stands in it."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV or .xlsx, up to 2,000 rows and 2 MB."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,text/csv"}),
    )
    chamber = forms.ChoiceField(
        label=_("Chamber"), choices=[(seat.value, seat.label) for seat in SEATS_OF], widget=FastSelect
    )
    parliament_number = forms.IntegerField(
        label=_("Parliament no."),
        min_value=1,
        max_value=999,
        help_text=_("For rows that do not say it themselves."),
    )
    since_on = ThaiDateField(
        label=_("Has the seat since"), help_text=_("For new rows that do not say it themselves.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        newest = Session.objects.first()
        if newest:
            self.initial.setdefault("parliament_number", newest.parliament_number)

    def clean_file(self) -> Any:
        """The file, read; what is wrong with it as a whole stands beside the field, line by line."""
        file = self.cleaned_data["file"]
        self.table: Table = read(file.read(), HEADINGS.known)
        self.fields_found = HEADINGS.fields_of(self.table.header)
        if not any(self.fields_found):
            raise ValidationError(_("No column of the file is known."))
        return file
