"""What the steps from the head's check to the minister's order ask; documents and briefs ask the same."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from office.models import Deadline, Role, User
from office.select import FastSelect
from office.step_form import ReasonForm, StepForm


def box(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class PutToMinisterForm(StepForm):
    """On whose desk; and why it is late, if it is."""

    to = forms.ModelChoiceField(label=_("Put to"), queryset=User.objects.none(), widget=FastSelect)
    late_reason = forms.CharField(
        label=_("Why it is late"),
        required=False,
        max_length=500,
        widget=box(2),
        help_text=_("Stands beside the matter in the monthly report."),
    )

    def prepare(self) -> None:
        self.choose_from("to", User.objects.with_role(Role.EXECUTIVE))
        owed = [one for one in self.matter.owed_when_read if one.kind == Deadline.Kind.TO_MINISTER]
        if not any(one.is_late(self.moment) for one in owed):
            del self.fields["late_reason"]


class NoteForm(StepForm):
    order_text = forms.CharField(label=_("Remark"), widget=box(3), max_length=4000, required=False)


class RemarksForm(ReasonForm):
    def prepare(self) -> None:
        self.fields["reason"].label = _("What is to be changed")


TO_MINISTER_FORMS: dict[str, type[StepForm]] = {
    "put_to_minister": PutToMinisterForm,
    "send_back": RemarksForm,
    "note": NoteForm,
    "return_with_remarks": RemarksForm,
}
"""Of the steps that `publicrelations.models.to_minister.ToMinisterSteps` declares."""
