"""What a petitioner types to follow a petition: its number in any shape, and the secret code."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.follow import parse_number
from complaints.forms.fields import BesideField, Line


class FollowForm(forms.Form):
    """Number and code; whether they belong together is not this form's to say."""

    bound_field_class = BesideField
    optional: frozenset[str] = frozenset()

    number = forms.CharField(
        label=_("Number of the matter"),
        max_length=60,
        help_text=_("As on the receipt, e.g. รท ๑๒/๒๕๕๓; Arabic digits will do."),
        widget=Line(),
        error_messages={"required": _("Write the number on the receipt.")},
    )
    code = forms.CharField(
        label=_("Code"),
        max_length=60,
        help_text=_("Ten letters and digits, e.g. 4TXRA-9KMPW."),
        widget=Line(spellcheck="false"),
        error_messages={"required": _("Write the code on the receipt.")},
    )

    def clean_number(self) -> str:
        """The number as typed, if it can be one."""
        typed = str(self.cleaned_data["number"])
        if parse_number(typed) is None:
            raise ValidationError(gettext("Write number and year, e.g. รท ๑๒/๒๕๕๓."), code="number")
        return typed
