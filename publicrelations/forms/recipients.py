"""What narrows the list of recipients, what is asked of one, and what is said about a list of them."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.fields import ThaiDateField
from office.list_files import Table, read
from office.models import Agency
from office.select import FastSelect
from office.thai import to_arabic_digits
from publicrelations.forms.journal_steps import CopiesField
from publicrelations.models import Recipient, RecipientGroup
from publicrelations.models.recipient import RecipientQuerySet
from publicrelations.recipient_columns import HEADINGS
from publicrelations.recipient_lines import MOST_COPIES, POSTCODE


class RecipientFilterForm(forms.Form):
    """Every question stands in the address."""

    q = forms.CharField(
        label=_("Name, or a part of it"),
        max_length=100,
        required=False,
        widget=forms.TextInput({"class": "form-control", "autocomplete": "off"}),
    )
    group = forms.ModelChoiceField(
        RecipientGroup.objects.all(),
        label=_("Group"),
        required=False,
        empty_label=_("All"),
        widget=FastSelect,
    )
    standing = forms.ChoiceField(
        label=_("Standing"),
        choices=[
            ("", _("Sent it now")),
            ("returned", _("Mail came back")),
            ("ended", _("Sent it no more")),
            ("all", _("All")),
        ],
        required=False,
        widget=FastSelect,
    )

    def rows(self, today: date) -> RecipientQuerySet:
        """The recipients asked for; those who are sent it today unless the address says otherwise."""
        if not self.is_valid():
            return Recipient.objects.none()
        given = self.cleaned_data
        rows = Recipient.objects.all()
        if given["q"]:
            rows = rows.filter(name__icontains=given["q"])
        if given["group"]:
            rows = rows.filter(group=given["group"])
        match given["standing"]:
            case "returned":
                return rows.on(today).filter(returned_on__isnull=False)
            case "ended":
                return rows.filter(until_on__lt=today)
            case "all":
                return rows
            case _:
                return rows.on(today)


class RecipientForm(forms.ModelForm):
    """One recipient; whoever mends the address of one whose mail came back says that it is right now."""

    error_css_class = "is-invalid"

    copies = CopiesField(label=_("Copies"), min_value=1, max_value=MOST_COPIES)
    since_on = ThaiDateField(label=_("Is sent it since"))
    until_on = ThaiDateField(
        label=_("Is sent it until"), required=False, help_text=_("Empty: until further notice.")
    )
    is_found = forms.BooleanField(
        label=_("The address is right now: take the mark of returned mail away"), required=False
    )

    class Meta:
        model = Recipient
        fields = [
            "group", "name", "copies", "attention", "address", "postcode", "agency", "contact_name",
            "telephone", "email", "since_on", "until_on", "note",
        ]  # fmt: skip
        widgets = {"address": forms.Textarea(attrs={"rows": 3}), "group": FastSelect, "agency": FastSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        group, agency = (cast(forms.ModelChoiceField, self.fields[name]) for name in ("group", "agency"))
        group.empty_label, agency.empty_label = _("Choose"), _("None")
        agency.queryset = Agency.objects.filter(is_active=True)
        if not self.instance.returned_on:
            del self.fields["is_found"]

    def own_rows(self) -> list[list[forms.BoundField]]:
        """The fields as they stand side by side."""
        rows = [
            ["group", "copies"], ["name"], ["attention"], ["address"], ["postcode", "agency"], ["is_found"],
            ["contact_name", "telephone", "email"], ["since_on", "until_on"], ["note"],
        ]  # fmt: skip
        return [[self[name] for name in names if name in self.fields] for names in rows]

    def clean_postcode(self) -> str:
        code = to_arabic_digits(self.cleaned_data["postcode"]).strip()
        if not POSTCODE.fullmatch(code):
            raise ValidationError(gettext("A postcode has five digits."))
        return code

    def save(self, commit: bool = True) -> Recipient:
        if self.cleaned_data.get("is_found"):
            self.instance.returned_on, self.instance.return_reason = None, ""
        saved: Recipient = super().save(commit)
        return saved


class RecipientImportForm(forms.Form):
    """The file is read as it comes; `table` and `fields_found` hold what stands in it."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV or .xlsx, up to 2,000 rows and 2 MB."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,text/csv"}),
    )
    since_on = ThaiDateField(
        label=_("Is sent it since"), help_text=_("For new rows that do not say it themselves.")
    )
    is_whole = forms.BooleanField(
        label=_("This is the whole list: whoever is missing in it is sent the journal no more"),
        required=False,
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("since_on", today)

    def clean_file(self) -> Any:
        """The file, read; what is wrong with it as a whole stands beside the field, line by line."""
        file = self.cleaned_data["file"]
        self.table: Table = read(file.read(), HEADINGS.known)
        self.fields_found = HEADINGS.fields_of(self.table.header)
        return file
