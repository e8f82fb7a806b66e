"""What the form of every step of a petition has: the routing rules' proposals, and the categories in use."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from complaints.forms.suggested import SuggestingForm
from complaints.models import Category, Petition
from office import step_form


class StepForm(SuggestingForm, step_form.StepForm):
    """A step's form for some of whose fields the routing rules may propose something."""

    beneath = "complaints/suggested.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.take_up()

    @property
    def petition(self) -> Petition:
        """The matter, by the name of the steps that only petitions have."""
        return cast(Petition, self.matter)

    def routed_by(self) -> tuple[str, Any, Any] | None:
        """Related matters have no rules: what they are about decides their path."""
        if not self.proposes or not isinstance(self.matter, Petition):
            return None
        return self.matter.petition_kind, self.matter.agency_id, self.matter.province_id

    def choose_category(self) -> None:
        """Among those in use; one that was split or joined meanwhile may stay as it is."""
        field = cast(forms.ModelChoiceField, self.fields["category"])
        field.queryset = Category.objects.to_choose(kept=self.petition.category_id)
