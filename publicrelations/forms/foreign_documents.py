"""Registering a foreign document: who sent it, what it is, in which language, and by when an answer is wanted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.fields import ThaiDateField
from office.form_fields import Box, Line
from office.intake_form import IntakeForm
from office.select import FastSelect
from publicrelations.countries import CHOICES as COUNTRIES
from publicrelations.languages import CHOICES as LANGUAGES
from publicrelations.models import ForeignDocument, ForeignKind
from publicrelations.models.translation import LONGEST_TEXT


def refuse_wrong_days(form: forms.Form, given: dict[str, Any]) -> None:
    """Nothing is received before it was written, and an answer is wanted after that."""
    dated, received = given.get("dated_on"), given.get("received_on")
    if dated and received and dated > received:
        form.add_error("dated_on", gettext("It was received before that day. Check both dates."))
    if given.get("answer_by") and received and given["answer_by"] < received:
        form.add_error("answer_by", gettext("This day was over when it was received. Check both dates."))


def refuse_nobodys(form: forms.Form, given: dict[str, Any]) -> None:
    """An organisation or a person sent it."""
    if not given.get("sender_organisation") and not given.get("sender_name"):
        form.add_error("sender_organisation", gettext("Write the organisation or the person who sent it."))


class ForeignDocumentForm(IntakeForm):
    """What stands on the paper; its text is typed or pasted, or comes with it as a file."""

    document_kind = forms.ChoiceField(
        label=_("Kind of document"), choices=ForeignKind.choices, widget=FastSelect
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, widget=FastSelect)
    sender_organisation = forms.CharField(
        label=_("Organisation of the sender"), max_length=200, widget=Line(autofocus=True)
    )
    sender_name = forms.CharField(label=_("Name of the sender"), max_length=200, widget=Line())
    sender_country = forms.ChoiceField(
        label=_("Country"), choices=COUNTRIES, required=False, widget=FastSelect
    )
    reference = forms.CharField(label=_("Number of their paper"), max_length=100, widget=Line())
    dated_on = ThaiDateField(label=_("Dated"))
    answer_by = ThaiDateField(
        label=_("Answer wanted by"), help_text=_("The day the sender names. It becomes a deadline.")
    )
    original_text = forms.CharField(
        label=_("Text of the original"),
        max_length=LONGEST_TEXT,
        widget=Box(8, dir="auto"),
        help_text=_("Type or paste it, or attach it as a file below."),
    )

    needed = frozenset({"received_on", "title"})

    def begin(self) -> None:
        super().begin()
        dated = self.fields["dated_on"]
        assert isinstance(dated, ThaiDateField)
        dated.max_date = self.today
        self.optional = frozenset()

    def clean(self) -> dict[str, Any]:
        """Somebody sent it, its days follow one another, and there is something to read."""
        given = super().clean()
        refuse_nobodys(self, given)
        refuse_wrong_days(self, given)
        has_file = given.get("attachments") or "attachments" in self.errors
        if not given.get("original_text") and not has_file and "original_text" not in self.errors:
            self.add_error("original_text", gettext("Paste the text, or attach the document."))
        return given

    def matter(self) -> ForeignDocument:
        """As told, not yet registered."""
        given = self.cleaned_data
        names = (
            *("document_kind", "language", "sender_organisation", "sender_name", "sender_country"),
            *("reference", "dated_on", "answer_by", "original_text"),
        )
        return ForeignDocument(**self.common, **{name: given[name] for name in names})
