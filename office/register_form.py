"""The forms by which a register of the past comes in: the file, and which field each of its columns fills."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office import register_files
from office.figures import thousands
from office.list_columns import normal
from office.list_files import MEGABYTE, REGISTER, opened
from office.models import RegisterImport
from office.register_bringing import BroughtRegister, faults_of_columns, headings_key, matched

ENDINGS: Final = (".xlsx", ".csv", ".txt")


class RegisterFileForm(forms.Form):
    """The file, read as it comes; `brought` is the unsaved import with its rows kept."""

    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,text/csv", "class": "form-control"}),
    )

    def __init__(self, register: BroughtRegister, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.register = register
        self.fields["file"].help_text = gettext(
            "CSV or .xlsx, up to %(rows)s rows and %(megabytes)s MB. The first sheet is read; its first line are the "
            "headings."
        ) % {"rows": thousands(REGISTER.rows), "megabytes": thousands(REGISTER.megabytes)}

    def clean_file(self) -> Any:
        """What is wrong with the file as a whole stands beside the field; then nothing of it is kept."""
        file = self.cleaned_data["file"]
        if PurePath(file.name).suffix.lower() not in ENDINGS:
            raise ValidationError(_("Only .xlsx and .csv are read here. Save the register as one of these."))
        if file.size > REGISTER.megabytes * MEGABYTE:
            raise ValidationError(
                _("The file is larger than %(number)s MB. Divide it."),
                params={"number": thousands(REGISTER.megabytes)},
            )
        content = file.read()
        header, lines = opened(content, self.register.headings.known, REGISTER)
        self._refuse_headings(header)
        fields = matched(self.register, header)
        if not any(fields):
            raise ValidationError(
                _("No column of the file is known. Its first line must be the headings: see the sample file.")
            )
        path, number = register_files.keep(lines)
        self.brought = RegisterImport(
            register=self.register.key,
            file_name=file.name[:200],
            header=header,
            headings_key=headings_key(header),
            fields=fields,
            rows_path=path,
            lines=number,
            sha256=hashlib.sha256(content).hexdigest(),
        )
        return file

    @staticmethod
    def _refuse_headings(header: Sequence[str]) -> None:
        names = [normal(heading) for heading in header if heading]
        twice = sorted({heading for heading in header if heading and names.count(normal(heading)) > 1})
        if twice:
            raise ValidationError(
                [
                    gettext("Two columns are headed “%(heading)s”. Give each a heading of its own.")
                    % {"heading": heading[:60]}
                    for heading in twice
                ]
            )


class ColumnsForm(forms.Form):
    """One choice for each column of the file."""

    def __init__(
        self, register: BroughtRegister, bringing: RegisterImport, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.register = register
        options: list[tuple[str, Any]] = [("", _("(passed over)"))]
        for column in register.headings.columns:
            options.append((column.field, f"{column.heading} *" if column.is_required else column.heading))
        for position, heading in enumerate(bringing.header):
            self.fields[f"column{position}"] = forms.ChoiceField(
                label=heading or gettext("Column %(number)s") % {"number": thousands(position + 1)},
                choices=options,
                required=False,
                initial=bringing.fields[position],
                widget=forms.Select(attrs={"class": "form-select"}),
            )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        faults = faults_of_columns(self.register, self.chosen)
        if faults:
            raise ValidationError(faults)
        return given

    @property
    def chosen(self) -> list[str]:
        """The field of each column, "" for one that is passed over."""
        return [self.cleaned_data.get(name, "") for name in self.fields]
