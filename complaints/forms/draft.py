"""What somebody types to take up a saved form: its code."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.form_fields import BesideField, Line
from office.seals import LONG_CODE_LENGTH, normal_code


class DraftCodeForm(forms.Form):
    """The code of a saved form; whether there is one is not this form's to say."""

    bound_field_class = BesideField
    optional: frozenset[str] = frozenset()

    code = forms.CharField(
        label=_("Code of the saved form"),
        max_length=60,
        help_text=_("Fifteen letters and digits, e.g. 4TXRA-9KMPW-2HQZD."),
        widget=Line(spellcheck="false", autocapitalize="characters"),
        error_messages={"required": _("Write the code you were given when you saved the form.")},
    )

    def clean_code(self) -> str:
        """The code as typed, if it has the length of one."""
        typed = str(self.cleaned_data["code"])
        if len(normal_code(typed)) != LONG_CODE_LENGTH:
            raise ValidationError(
                gettext(
                    "A code of a saved form has fifteen letters and digits. To follow a petition that you have "
                    "sent, use “Follow a petition”."
                ),
                code="length",
            )
        return typed
