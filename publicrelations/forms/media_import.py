"""The file of a list of media, read as it comes; and what travels from the preview to the word that confirms it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from office.list_files import Line, Table, read
from publicrelations.media_columns import HEADINGS

LASTS: Final = timedelta(hours=1)
_SALT: Final = "media-import"


class MediaImportForm(forms.Form):
    """`table` and `fields_found` hold what stands in the file."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV or .xlsx, up to 2,000 rows and 2 MB."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,text/csv"}),
    )

    def clean_file(self) -> Any:
        """The file, read; what is wrong with it as a whole stands beside the field, line by line."""
        file = self.cleaned_data["file"]
        self.table: Table = read(file.read(), HEADINGS.known)
        self.fields_found = HEADINGS.fields_of(self.table.header)
        if not any(self.fields_found):
            raise ValidationError(_("No column of the file is known."))
        return file


def seal(fields: list[str], lines: list[Line], user_pk: int) -> str:
    """What was read, for a hidden field of the same person's next request; nothing is kept meanwhile."""
    return signing.dumps([fields, lines], salt=f"{_SALT}:{user_pk}", compress=True)


def unseal(sealed: str, user_pk: int) -> tuple[list[str], list[Line]] | None:
    """What was read an hour ago at most, by this very person; else None."""
    try:
        fields, lines = signing.loads(sealed, salt=f"{_SALT}:{user_pk}", max_age=LASTS)
    except signing.BadSignature:
        return None
    return fields, [(number, cells) for number, cells in lines]
