"""What each step asks of the person who takes it. The rules are the steps' own (complaints.models.petition)."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.forms.path_steps import PATH_FORMS
from complaints.forms.step_form import StepForm
from complaints.models import Category, Petition, Referral
from complaints.models.agency_steps import Ask
from complaints.models.ending import ENDED_OTHERWISE
from office import step_form
from office.fields import ThaiDateField
from office.models import Agency, EducationArea, Province, Role, Secrecy, User
from office.select import FastSelect
from office.step_form import ReasonForm, closing_on, first_day_to_answer

REFER_ROWS = 4


class AssignForm(StepForm, step_form.AssignForm):
    proposes = {"to": "officer"}


class CorrectForm(StepForm):
    """The facts as registered; before and after go into the history."""

    title = forms.CharField(label=_("Subject"), min_length=5, max_length=200)
    petition_kind = forms.ChoiceField(
        label=_("Kind"), choices=Petition.PetitionKind.choices, widget=FastSelect
    )
    category = forms.ModelChoiceField(
        label=_("Category"),
        queryset=Category.objects.filter(is_active=True),
        required=False,
        widget=FastSelect,
    )
    province = forms.ModelChoiceField(
        label=_("Province"), queryset=Province.objects.all(), required=False, widget=FastSelect
    )
    education_area = forms.ModelChoiceField(
        label=_("Education area"), queryset=EducationArea.objects.all(), required=False, widget=FastSelect
    )
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    agency = forms.ModelChoiceField(
        label=_("Agency concerned"),
        queryset=Agency.objects.filter(is_active=True),
        required=False,
        widget=FastSelect,
    )
    secrecy = forms.TypedChoiceField(
        label=_("Secrecy"), choices=Secrecy.choices, coerce=int, widget=FastSelect
    )

    def prepare(self) -> None:
        for name in self.fields:
            if name != "seen":
                self.fields[name].initial = getattr(self.petition, name)
        self.choose_category()

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        area, province = facts.get("education_area"), facts.get("province")
        if area and province and area.province_id != province.pk:
            self.add_error("education_area", gettext("This education area is not in the province chosen."))
        return facts


class OpinionForm(StepForm):
    """Summary, category and opinion; a draft may leave any of them empty."""

    proposes = {"category": "category"}
    draft_step = "save_draft"

    summary = forms.CharField(label=_("Summary"), widget=forms.Textarea(attrs={"rows": 4}), max_length=10000)
    opinion = forms.CharField(
        label=_("Opinion for the one in authority"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=10000,
    )
    category = forms.ModelChoiceField(
        label=_("Category"), queryset=Category.objects.filter(is_active=True), widget=FastSelect
    )

    def prepare(self) -> None:
        for name in ("summary", "opinion", "category"):
            self.fields[name].initial = getattr(self.petition, name)
        self.choose_category()


class DraftForm(OpinionForm):
    draft_step = ""

    def prepare(self) -> None:
        super().prepare()
        for name in ("summary", "opinion", "category"):
            self.fields[name].required = False


class SubmitForm(StepForm):
    to = forms.ModelChoiceField(label=_("Put to"), queryset=User.objects.none(), widget=FastSelect)
    late_reason = forms.CharField(
        label=_("Why it is late"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Stands beside the matter in the monthly report."),
    )

    def prepare(self) -> None:
        self.choose_from("to", User.objects.with_role(Role.EXECUTIVE))
        promise = self.petition.opinion_deadline()
        if not promise or not promise.is_late(self.moment):
            del self.fields["late_reason"]


class OrderForm(StepForm):
    order_text = forms.CharField(
        label=_("Order to be carried out"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000
    )

    def prepare(self) -> None:
        self.fields["order_text"].initial = gettext("Proceed as proposed.")


class NoteForm(StepForm):
    order_text = forms.CharField(
        label=_("Remark"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000, required=False
    )


class ReferForm(StepForm):
    """One or more agencies, each with a date of its own; without one the office's rule sets it."""

    body = "complaints/bodies/refer.html"
    proposes = {"agency_1": "refer_to"}

    asked = forms.CharField(
        label=_("What is asked"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000
    )

    def prepare(self) -> None:
        self.fields["asked"].initial = self.petition.order_text
        for row in range(1, REFER_ROWS + 1):
            self.fields[f"agency_{row}"] = forms.ModelChoiceField(
                label=_("Agency"),
                queryset=Agency.objects.filter(is_active=True),
                required=row == 1,
                widget=FastSelect,
            )
            self.fields[f"due_{row}"] = ThaiDateField(
                label=_("Answer by"),
                required=False,
                min_date=first_day_to_answer(self.moment),
                help_text=_("Empty: as the office's rule says.") if row == 1 else "",
            )
        self.fields["agency_1"].initial = self.petition.agency_id

    def rows(self) -> list[tuple[Any, Any]]:
        return [(self[f"agency_{row}"], self[f"due_{row}"]) for row in range(1, REFER_ROWS + 1)]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        chosen = [given.get(f"agency_{row}") for row in range(1, REFER_ROWS + 1)]
        asked_already = self.petition.agencies_asked()
        for row, agency in enumerate(chosen, start=1):
            if agency is None:
                if given.get(f"due_{row}"):
                    self.add_error(f"agency_{row}", gettext("Choose the agency this date is for."))
            elif agency in chosen[: row - 1] or agency.pk in asked_already:
                self.add_error(f"agency_{row}", gettext("This agency is asked already."))
        return given

    def given(self) -> dict[str, Any]:
        asks = []
        for row in range(1, REFER_ROWS + 1):
            agency, day = self.cleaned_data[f"agency_{row}"], self.cleaned_data[f"due_{row}"]
            if agency:
                asks.append(Ask(agency, self.cleaned_data["asked"], closing_on(day)))
        return {"asks": asks}


class ReferralField(forms.ModelChoiceField):
    def label_from_instance(self, referral: Referral) -> str:
        return referral.agency.name


class ReferralForm(StepForm):
    """For steps about one agency among those asked."""

    referral = ReferralField(label=_("Agency"), queryset=Referral.objects.none(), widget=FastSelect)

    def prepare(self) -> None:
        """The page has fetched the agencies asked; they are asked for again only when one is chosen."""
        field = cast(ReferralField, self.fields["referral"])
        still_asked = [one for one in self.petition.referrals.all() if one.is_open]
        field.queryset = self.petition.referrals.open().select_related("agency", "deadline")
        field.choices = [("", field.empty_label), *((one.pk, one.agency.name) for one in still_asked)]
        if len(still_asked) == 1:
            field.initial = still_asked[0]


class AnswerForm(ReferralForm):
    answer = forms.CharField(label=_("Answer"), widget=forms.Textarea(attrs={"rows": 5}), max_length=10000)


class DeclineForm(ReferralForm):
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class InformForm(StepForm):
    told_text = forms.CharField(
        label=_("What the petitioner is told"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=10000,
        help_text=_("Shown on the follow-up page, and sent by e-mail if there is an address."),
    )

    def prepare(self) -> None:
        answers = [one.answer for one in self.petition.referrals.all() if one.answer]
        self.fields["told_text"].initial = self.petition.told_text or "\n\n".join(answers)


class CloseForm(StepForm):
    result = forms.ChoiceField(
        label=_("Result"),
        choices=[("", "—"), *(one for one in Petition.Result.choices if one[0] not in ENDED_OTHERWISE)],
        widget=FastSelect,
    )


STEP_FORMS: dict[str, type[step_form.StepForm]] = PATH_FORMS | {
    "assign": AssignForm,
    "correct": CorrectForm,
    "save_draft": DraftForm,
    "summarise": OpinionForm,
    "submit": SubmitForm,
    "send_back": ReasonForm,
    "order": OrderForm,
    "note": NoteForm,
    "return_for_revision": ReasonForm,
    "refer": ReferForm,
    "acknowledge": ReferralForm,
    "answer": AnswerForm,
    "decline": DeclineForm,
    "chase": ReferralForm,
    "inform": InformForm,
    "close": CloseForm,
    "reopen": ReasonForm,
    # These have pages of their own (complaints.views.joining); here they are offered.
    "join": StepForm,
    "link": StepForm,
    "split": StepForm,
}
