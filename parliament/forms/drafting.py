"""What the steps from a draft to the approved text ask; interpellations and motions ask the same."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from office.models import Role, User
from office.select import FastSelect
from office.step_form import ReasonForm, StepForm
from parliament.models import AgencyRequest, AnswerDraft, AnswerState
from parliament.models.draft import LONGEST_DRAFT
from parliament.models.drafting import DraftingSteps


class DraftForm(StepForm):
    """The text, begun with its newest version, and what was changed in it."""

    draft_step = "save_draft"
    beneath = "parliament/bodies/not_awaited.html"

    answer_text = forms.CharField(
        label=_("Text"),
        max_length=LONGEST_DRAFT,
        widget=forms.Textarea(attrs={"rows": 14, "class": "draft-box"}),
        error_messages={"required": _("Write the text.")},
    )
    note = forms.CharField(label=_("What was changed"), max_length=300, required=False)

    @property
    def drafting(self) -> DraftingSteps:
        return cast(DraftingSteps, self.matter)

    def prepare(self) -> None:
        self.fields["answer_text"].initial = self.drafting.answer_text

    @property
    def awaited(self) -> list[AgencyRequest]:
        """Whose answers would no longer be waited for."""
        if self.drafting.state != AnswerState.ASKED:
            return []
        return list(AgencyRequest.objects.open().filter(matter_id=self.matter.pk).with_whom())


class SaveDraftForm(DraftForm):
    draft_step = ""
    beneath = ""


class ReuseForm(StepForm):
    """An earlier answer as the next version; what was typed so far is kept as a version before it."""

    has_button = False  # it is offered beside the answers themselves

    source = forms.ModelChoiceField(label=_("Earlier answer"), queryset=AnswerDraft.objects.none())
    answer_text = forms.CharField(
        label=_("Text"), max_length=LONGEST_DRAFT, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    note = forms.CharField(label=_("What was changed"), max_length=300, required=False)

    def prepare(self) -> None:
        field = cast(forms.ModelChoiceField, self.fields["source"])
        answers = AnswerDraft.objects.visible_to(self.user).approved().filter(matter__kind=self.matter.kind)
        field.queryset = answers.select_related("matter")
        # Offered on the page of similar questions; a list of all would have no end.
        field.widget = forms.HiddenInput()

    def given(self) -> dict[str, Any]:
        given = super().given()
        given.pop("note")
        return given


class PutToMinisterForm(StepForm):
    to = forms.ModelChoiceField(label=_("Put to"), queryset=User.objects.none(), widget=FastSelect)

    def prepare(self) -> None:
        self.choose_from("to", User.objects.with_role(Role.EXECUTIVE))


class RemarksForm(ReasonForm):
    def prepare(self) -> None:
        self.fields["reason"].label = _("What is to be changed")


class RemarkForm(forms.Form):
    """A remark on one version."""

    text = forms.CharField(
        label=_("Your remark"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write the remark.")},
    )


DRAFTING_FORMS: dict[str, type[StepForm]] = {
    "save_draft": SaveDraftForm,
    "submit_draft": DraftForm,
    "reuse_answer": ReuseForm,
    "mend_draft": SaveDraftForm,
    "put_to_minister": PutToMinisterForm,
    "send_back": RemarksForm,
    "approve": StepForm,
    "return_with_remarks": RemarksForm,
}
"""Of the steps that `parliament.models.drafting.DraftingSteps` declares."""
