"""What each step of a consultation asks."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.calendar import OFFICE_TZ
from office.fields import ThaiDateField
from office.file_field import FilesField
from office.models import Deadline, Role, Secrecy, User
from office.select import FastSelect
from office.step_form import CARRYING_FORMS, ReasonForm, StepForm
from parliament.forms.asking import ASKING_FORMS
from parliament.forms.consultations import BY_LETTER
from parliament.forms.members import MemberField, MemberInput, settle_term
from parliament.models import ConstitutionalBody, Consultation
from parliament.models.consultation_state import ConsultationResult, TellingWay
from parliament.models.houses import SEATS


def box(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ConsultationStepForm(StepForm):
    """A step's form that knows its consultation."""

    @property
    def consultation(self) -> Consultation:
        return cast(Consultation, self.matter)

    @property
    def today(self) -> date:
        return self.moment.astimezone(OFFICE_TZ).date()

    def begin_with(self, *names: str) -> None:
        """First values as the consultation has them."""
        for name in names:
            self.fields[name].initial = getattr(self.consultation, name)


class WhyLateForm(ConsultationStepForm):
    """Why both are told too late."""

    late_reason = forms.CharField(
        label=_("Why it is late"),
        required=False,
        max_length=500,
        widget=box(2),
        help_text=_("Stands beside the matter in the monthly report."),
    )


class LateReasonForm(WhyLateForm):
    """For steps that may keep, too late, the promise that both are told: why, if it is late."""

    def prepare(self) -> None:
        late = Deadline.objects.late(self.moment).filter(matter_id=self.matter.pk)
        if not late.filter(kind=Deadline.Kind.BOTH_TOLD).exists():
            del self.fields["late_reason"]


class CorrectForm(ConsultationStepForm):
    """The facts as registered; before and after go into the history."""

    title = forms.CharField(label=_("Subject"), min_length=5, max_length=200)
    member = MemberField(
        label=_("Raised by member"), widget=MemberInput(), help_text=_("Type a part of the name.")
    )
    organisation = forms.ModelChoiceField(
        label=_("Raised by organisation"), queryset=ConstitutionalBody.objects.all(), widget=FastSelect
    )
    chamber = forms.ChoiceField(
        label=_("Where it was raised"), choices=[*SEATS, BY_LETTER], required=False, widget=FastSelect
    )
    raised_on = ThaiDateField(label=_("Raised on"))
    reference = forms.CharField(label=_("Number of their letter"), max_length=100, required=False)
    text = forms.CharField(label=_("What was raised"), max_length=40000, widget=box(6))
    raiser_email = forms.EmailField(label=_("E-mail of the raiser"), required=False)
    secrecy = forms.TypedChoiceField(
        label=_("Secrecy"), choices=Secrecy.choices, coerce=int, widget=FastSelect
    )

    def prepare(self) -> None:
        # Whether it came from a member or an organisation is what it was registered as.
        for name in ("organisation",) if self.consultation.member_id else ("member", "chamber"):
            del self.fields[name]
        self.begin_with(*(name for name in self.fields if name not in ("seen", "organisation")))
        if "organisation" in self.fields:
            self.fields["organisation"].initial = self.consultation.body
        if "member" in self.fields:
            cast(MemberField, self.fields["member"]).there = self.consultation.member
        raised = self.fields["raised_on"]
        assert isinstance(raised, ThaiDateField)
        raised.max_date = self.consultation.received_at.astimezone(OFFICE_TZ).date()

    def clean(self) -> dict[str, Any]:
        """A member asks in their own chamber."""
        given = super().clean() or self.cleaned_data
        if "member" not in self.fields:
            return given
        chamber = given.get("chamber", "")
        member = settle_term(
            self,
            given,
            "member",
            chamber=chamber,
            day=given.get("raised_on"),
            is_same_paper=chamber == self.consultation.chamber,
        )
        if member and chamber and member.chamber != chamber:
            self.add_error("chamber", gettext("This member has no seat in this chamber."))
        return given

    def given(self) -> dict[str, Any]:
        """`body` names the template that draws a step's form, so the organisation has another name here."""
        given = super().given()
        return given | {"body": given.pop("organisation")} if "organisation" in given else given


class NotOursForm(ReasonForm, ConsultationStepForm):
    told_text = forms.CharField(label=_("What both are to be told"), widget=box(4), max_length=10000)
    field_order = ["seen", "reason", "told_text"]

    def prepare(self) -> None:
        self.fields["reason"].label = _("Why it is not ours")
        self.begin_with("told_text")


class PassOnForm(ConsultationStepForm):
    passed_to = forms.CharField(label=_("Who is in charge of it"), max_length=200)
    told_text = forms.CharField(label=_("What both are to be told"), widget=box(4), max_length=10000)

    def prepare(self) -> None:
        self.begin_with("passed_to", "told_text")


class OpinionForm(ConsultationStepForm):
    """Summary and opinion; a draft may leave any of them empty."""

    draft_step = "save_draft"

    summary = forms.CharField(label=_("Summary"), widget=box(4), max_length=10000)
    opinion = forms.CharField(label=_("Opinion for the one in authority"), widget=box(4), max_length=10000)

    def prepare(self) -> None:
        self.begin_with("summary", "opinion")


class DraftForm(OpinionForm):
    draft_step = ""

    def prepare(self) -> None:
        super().prepare()
        for name in ("summary", "opinion"):
            self.fields[name].required = False


class SubmitForm(StepForm):
    to = forms.ModelChoiceField(label=_("Put to"), queryset=User.objects.none(), widget=FastSelect)

    def prepare(self) -> None:
        self.choose_from("to", User.objects.with_role(Role.EXECUTIVE))


class OrderForm(StepForm):
    order_text = forms.CharField(label=_("Order to be carried out"), widget=box(3), max_length=4000)

    def prepare(self) -> None:
        self.fields["order_text"].initial = gettext("Proceed as proposed.")


class NoteForm(StepForm):
    order_text = forms.CharField(label=_("Remark"), widget=box(3), max_length=4000, required=False)


class RemarksForm(ReasonForm):
    def prepare(self) -> None:
        self.fields["reason"].label = _("Remarks")


class ResultForm(ConsultationStepForm):
    """What both are told, once; and a line for either of them."""

    told_text = forms.CharField(label=_("What both are told"), widget=box(6), max_length=10000)
    raiser_line = forms.CharField(
        label=_("A line for the raiser only"), widget=box(2), max_length=1000, required=False
    )
    minister_line = forms.CharField(
        label=_("A line for the minister only"), widget=box(2), max_length=1000, required=False
    )

    def prepare(self) -> None:
        self.begin_with("told_text", "raiser_line", "minister_line")
        if not self.consultation.told_text:
            self.fields["told_text"].initial = self.consultation.opinion


class MailForm(LateReasonForm):
    raiser_email = forms.EmailField(
        label=_("To"),
        help_text=_("The raiser counts as told when the e-mail has left; you see it here."),
    )
    field_order = ["seen", "raiser_email", "late_reason"]
    beneath = "parliament/bodies/mail.html"

    def prepare(self) -> None:
        super().prepare()
        self.begin_with("raiser_email")

    @property
    def text(self) -> str:
        """What the letter says, shown before it is sent."""
        return self.consultation.text_for(self.consultation.raiser_line)


class TellingForm(LateReasonForm):
    """One of the two was told: how, when, and what shows it."""

    way = forms.ChoiceField(
        label=_("How"),
        choices=[one for one in TellingWay.choices if one[0] != TellingWay.HERE],
        widget=FastSelect,
    )
    told_on = ThaiDateField(label=_("Told on"))
    note = forms.CharField(
        label=_("Evidence in words"),
        max_length=300,
        required=False,
        help_text=_("The letter's number, or who was spoken to. A file is enough too."),
    )
    papers = FilesField(label=_("Evidence as a file"))
    field_order = ["seen", "way", "told_on", "note", "papers", "late_reason"]

    def prepare(self) -> None:
        super().prepare()
        day = self.fields["told_on"]
        assert isinstance(day, ThaiDateField)
        decided = self.consultation.decided_at or self.consultation.received_at
        day.min_date, day.max_date = decided.astimezone(OFFICE_TZ).date(), self.today
        day.initial = self.today

    def given(self) -> dict[str, Any]:
        """A form has files of its own, so those given are called papers here."""
        given = super().given()
        return given | {"files": given.pop("papers")}


class MinisterForm(TellingForm):
    def prepare(self) -> None:
        super().prepare()
        cast(forms.ChoiceField, self.fields["way"]).choices = [
            (TellingWay.LETTER.value, _("Memo")),
            *(
                (way.value, way.label)
                for way in (TellingWay.IN_PERSON, TellingWay.TELEPHONE, TellingWay.EMAIL)
            ),
        ]


class CloseForm(WhyLateForm):
    result = forms.ChoiceField(label=_("Result"), widget=FastSelect)
    field_order = ["seen", "result", "late_reason"]

    def prepare(self) -> None:
        if self.consultation.told_late_without_reason():
            self.fields["late_reason"].required = True
        else:
            del self.fields["late_reason"]
        ends = [one for one in ConsultationResult if one != ConsultationResult.WITHDRAWN]
        field = cast(forms.ChoiceField, self.fields["result"])
        field.choices = [("", "—"), *((one.value, one.label) for one in ends)]
        if self.consultation.passed_to:
            field.initial = ConsultationResult.ELSEWHERE


class WithdrawForm(ReasonForm, LateReasonForm):
    field_order = ["seen", "reason", "late_reason"]


CONSULTATION_STEP_FORMS: dict[str, type[StepForm]] = {
    **CARRYING_FORMS,
    **ASKING_FORMS,
    "correct": CorrectForm,
    "accept": StepForm,
    "find_not_ours": NotOursForm,
    "pass_on": PassOnForm,
    "confirm_screening": StepForm,
    "save_draft": DraftForm,
    "summarise": OpinionForm,
    "submit": SubmitForm,
    "send_back": ReasonForm,
    "order": OrderForm,
    "note": NoteForm,
    "return_with_remarks": RemarksForm,
    "write_result": ResultForm,
    "mail_raiser": MailForm,
    "tell_raiser": TellingForm,
    "tell_minister": MinisterForm,
    "note_result": StepForm,
    "close": CloseForm,
    "withdraw": WithdrawForm,
    "reopen": ReasonForm,
}
