"""The form that a list comes in by: its file is read as it comes, and said to be wrong where it is as a whole."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from office.list_columns import Headings
from office.list_files import Table, read


class ListFileForm(forms.Form):
    """`table` and `fields_found` hold what stands in the file. A child says which `headings` it may have."""

    headings: ClassVar[Headings]

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV or .xlsx, up to 2,000 rows and 2 MB."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,text/csv"}),
    )

    def clean_file(self) -> Any:
        """The file, read; what is wrong with it as a whole stands beside the field, line by line."""
        file = self.cleaned_data["file"]
        self.table: Table = read(file.read(), self.headings.known)
        self.fields_found = self.headings.fields_of(self.table.header)
        if not any(self.fields_found):
            raise ValidationError(_("No column of the file is known."))
        return file
