"""What a petitioner types on the follow-up page: number and code, an answer, how satisfied they are."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.follow import parse_number
from complaints.forms.fields import ExplainedRadios
from complaints.models import Satisfaction
from office.figures import figures
from office.file_field import FilesField
from office.form_fields import BesideField, Box, Line


class ScoreField(forms.TypedChoiceField):
    """One to five as radio buttons with words, the best first."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=_scores,
            coerce=int,
            widget=ExplainedRadios({}),
            error_messages={"required": _("Choose one of the five.")},
            **kwargs,
        )


def _scores() -> list[tuple[int, str]]:
    """The figure with its words, in the language of the page."""
    return [
        (score.value, f"{figures(score.value)} · {score.label}") for score in reversed(Satisfaction.Score)
    ]


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


class AnswerForm(forms.Form):
    """What a petitioner answers to the office's question, with files if there are any."""

    bound_field_class = BesideField
    optional = frozenset({"attachments"})

    answer = forms.CharField(label=_("Your answer"), max_length=10000, required=False, widget=Box(6))
    attachments = FilesField(label=_("Files"))

    def clean(self) -> dict[str, Any]:
        """Words or files: one of them at least."""
        given = super().clean() or self.cleaned_data
        if not given.get("answer") and not given.get("attachments") and not self.errors:
            self.add_error("answer", gettext("Write an answer or attach a file."))
        return given


class SatisfactionForm(forms.Form):
    """Three questions, each from 1 to 5, and room for a remark."""

    bound_field_class = BesideField
    optional = frozenset({"remark"})

    speed = ScoreField(label=_("How quickly the matter was handled"))
    clarity = ScoreField(label=_("How clearly you were told"))
    help = ScoreField(label=_("How much it helped"))
    remark = forms.CharField(
        label=_("Anything else you want to tell us"),
        help_text=_("Without names or telephone numbers: it is read with the answers of others."),
        max_length=2000,
        required=False,
        widget=Box(3),
    )
