"""The form in which papers of a press conference are marked for the press."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.file_field import FilesField
from office.form_fields import Line
from publicrelations.forms.press_inviting import PressStepForm
from publicrelations.models.press_handing import stem_of


class HandOutForm(PressStepForm):
    """Each document of the press conference: whether the press may take it, and under which name; and new ones."""

    body = "publicrelations/bodies/handouts.html"
    has_button = False

    added = FilesField(label=_("New papers for the press"))

    def prepare(self) -> None:
        clippings = set(self.conference.coverage.values_list("clipping", flat=True))
        # As `press_list.lists_of` fetched them: each with its name for the press, if it has one.
        self.documents: list[Any] = [
            one for one in self.conference.documents.all() if one.pk not in clippings
        ]
        for document in self.documents:
            self.fields[f"is_offered_{document.pk}"] = forms.BooleanField(
                label=document.name,
                required=False,
                initial=document.handout_title is not None,
                widget=forms.CheckboxInput({"class": "form-check-input"}),
            )
            self.fields[f"title_{document.pk}"] = forms.CharField(
                label=_("Name for the press"),
                max_length=200,
                required=False,
                initial=document.handout_title or stem_of(document.name),
                widget=Line(),
            )

    @property
    def rows(self) -> list[tuple[BoundField, BoundField]]:
        return [(self[f"is_offered_{one.pk}"], self[f"title_{one.pk}"]) for one in self.documents]

    def clean(self) -> dict[str, Any]:
        """What is offered has a name for the press."""
        given = super().clean() or self.cleaned_data
        for document in self.documents:
            if given.get(f"is_offered_{document.pk}") and not given.get(f"title_{document.pk}"):
                self.add_error(
                    f"title_{document.pk}", ValidationError(gettext("Write a name for the press."))
                )
        return given

    def given(self) -> dict[str, Any]:
        given = self.cleaned_data
        offered = [(one, given[f"title_{one.pk}"]) for one in self.documents if given[f"is_offered_{one.pk}"]]
        return {"offered": offered, "files": given["added"]}
