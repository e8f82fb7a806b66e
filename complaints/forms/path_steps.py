"""What the steps beside the main path ask: passing on, putting off, resting, asking the petitioner, other ends."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from complaints.forms.step_form import StepForm
from complaints.models import Petition
from office import deadlines, step_form
from office.calendar import OFFICE_TZ
from office.figures import figures
from office.file_field import FilesField
from office.models import Deadline
from office.select import FastSelect
from office.step_form import ReasonForm, UntilForm
from office.steps import Actor
from office.thai import format_long


class PromiseField(forms.ModelChoiceField):
    """A promise by what it is, whose it is if several are alike, and when it is due."""

    def label_from_instance(self, deadline: Deadline) -> str:
        referral = getattr(deadline, "referral", None)
        whose = f" ({referral.agency.name})" if referral else ""
        day = format_long(deadline.due_at.astimezone(OFFICE_TZ).date(), language=get_language() or "th")
        return f"{deadline.get_kind_display()}{whose}: {day}"


class ExtendForm(UntilForm):
    deadline = PromiseField(label=_("Which date"), queryset=Deadline.objects.none(), widget=FastSelect)

    def prepare(self) -> None:
        super().prepare()
        self.fields["until"].label = _("New date")
        rows = self.matter.extendable(Actor(user=self.user), self.moment)
        self.choose_from("deadline", rows.select_related("referral__agency").order_by("due_at"))
        self.fields["deadline"].help_text = (
            _("What is late stays late: only dates still to come can be put off, and those of agencies.")
            if not rows
            else ""
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        promise, until = given.get("deadline"), given.get("until")
        if promise and until:
            stands = promise.due_at.astimezone(OFFICE_TZ).date()
            if until <= stands:
                self.add_error(
                    "until",
                    gettext("Choose a date after the one that stands now, %(date)s.")
                    % {"date": format_long(stands, language=get_language() or "th")},
                )
        return given


class PauseForm(UntilForm):
    def prepare(self) -> None:
        super().prepare()
        self.fields["until"].label = _("Rest until")
        promise = self.matter.own_promise()
        late = promise is not None and promise.due_at <= self.moment
        self.fields["until"].help_text = (
            _("The date is past already: what is late stays late, also while the matter rests.")
            if late
            else _(
                "The clock stands still until somebody goes on; then the office time that was left counts."
            )
        )


class CheckForm(StepForm):
    check_result = forms.ChoiceField(
        label=_("Can it be worked on as it came?"), choices=Petition.Check.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Remark"), widget=forms.Textarea(attrs={"rows": 2}), max_length=2000, required=False
    )

    def prepare(self) -> None:
        self.fields["check_result"].initial = self.petition.check_result


class AskPetitionerForm(StepForm):
    asked = forms.CharField(
        label=_("What is missing"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=4000,
        help_text=_("The petitioner reads this on the follow-up page. Meanwhile the clock stands still."),
    )

    def prepare(self) -> None:
        person = getattr(self.petition, "petitioner", None)
        if person is None or not person.email:
            self.fields["asked"].help_text = _(
                "There is no e-mail address: the petitioner reads this only when they follow the matter with number "
                "and code. Telephone or write as well, if you can. Meanwhile the clock stands still."
            )
        promise = self.petition.own_promise()
        if promise is not None and promise.due_at <= self.moment:
            self.fields["asked"].help_text = _(
                "The opinion is late already: asking the petitioner does not stop its clock."
            )


class PetitionerAnswerForm(StepForm):
    """An answer that came by telephone, letter or at the counter, for the question that is open."""

    answer = forms.CharField(
        label=_("Answer"), widget=forms.Textarea(attrs={"rows": 5}), max_length=10000, required=False
    )
    added = FilesField(label=_("Files"), required=False)

    def prepare(self) -> None:
        self.question = next((one for one in self.petition.questions.all() if one.is_open), None)
        if self.question is not None:
            self.fields["answer"].help_text = _("Asked: %(question)s") % {"question": self.question.asked}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if self.question is None:
            raise ValidationError(gettext("This question has been answered already."))
        if not given.get("answer") and not given.get("added") and not self.errors:
            self.add_error("answer", gettext("Write an answer or attach a file."))
        return given

    def given(self) -> dict[str, Any]:
        return {
            "question": self.question,
            "answer": self.cleaned_data["answer"],
            "files": self.cleaned_data["added"] or [],
        }


class EndForm(StepForm, ReasonForm):
    """For steps that end a petition before its path does."""

    told_text = forms.CharField(
        label=_("What the petitioner is told"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=10000,
        help_text=_("Shown on the follow-up page, and sent by e-mail if there is an address."),
    )
    late_reason = forms.CharField(
        label=_("Why it is late"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Stands beside the matter in the monthly report."),
    )

    def prepare(self) -> None:
        if not deadlines.late_of_ours(self.matter, self.moment).exists():
            del self.fields["late_reason"]
        asked = len(self.petition.agencies_asked())
        if asked:
            self.fields["reason"].help_text = ngettext(
                "%(number)s agency has not answered: its link will say that no answer is needed any more.",
                "%(number)s agencies have not answered: their links will say that no answer is needed any more.",
                asked,
            ) % {"number": figures(asked)}


class WithdrawForm(EndForm):
    def prepare(self) -> None:
        super().prepare()
        self.fields["reason"].label = _("What the petitioner said, and how")
        self.fields["told_text"].initial = gettext(
            "As you wished, your matter goes no further. "
            "If this was not your wish, tell the office and give its number."
        )


class TransferForm(EndForm):
    to = forms.CharField(label=_("Ministry"), max_length=200)
    field_order = ["seen", "to", "reason", "told_text", "late_reason"]

    def prepare(self) -> None:
        super().prepare()
        self.fields["to"].help_text = _("E.g. Ministry of the Interior.")


class GiveBackForm(EndForm):
    def prepare(self) -> None:
        super().prepare()
        source = self.petition.political_source
        if source:
            self.fields["reason"].label = _("Why it goes back to %(sender)s") % {"sender": source}


CARRYING_FORMS: dict[str, type[step_form.StepForm]] = step_form.CARRYING_FORMS | {
    "extend": ExtendForm,
    "pause": PauseForm,
    "resume": ReasonForm,
    "lock": ReasonForm,
    "unlock": ReasonForm,
}
"""The steps that petitions and related matters share."""

PATH_FORMS: dict[str, type[step_form.StepForm]] = CARRYING_FORMS | {
    "check_arrival": CheckForm,
    "ask_petitioner": AskPetitionerForm,
    "petitioner_answers": PetitionerAnswerForm,
    "go_on": ReasonForm,
    "withdraw": WithdrawForm,
    "transfer": TransferForm,
    "give_back": GiveBackForm,
}
