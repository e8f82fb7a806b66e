"""What each step of a bill asks."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from office.calendar import OFFICE_TZ
from office.fields import ThaiDateField
from office.figures import figures
from office.file_field import FilesField
from office.models import Secrecy
from office.select import FastSelect
from office.step_form import CARRYING_FORMS, ReasonForm, StepForm
from office.templatetags.prasan import date_short
from parliament.forms.bill_form import BillStepForm
from parliament.forms.bill_meetings import MEETING_FORMS
from parliament.forms.bills import ParliamentNumberField, refuse_double_number, refuse_wrong_proposer
from parliament.forms.members import MemberField, MemberInput, settle_term
from parliament.models import Bill, BillStage
from parliament.models.bill_stages import Votes
from parliament.models.bill_state import LINE, Outcome, outcome_words, stages_after, stages_upto

VOTES = ("votes_for", "votes_against", "abstentions")
MOST_VOTES = 750
"""More than all who sit in both chambers."""


class OnForm(BillStepForm):
    """When parliament did it; not before the present stage began."""

    on = ThaiDateField(label=_("Date"))

    def prepare(self) -> None:
        passage = self.bill.open_passage() if self.bill.pk else None
        self.until_today("on", first=passage.began_on if passage else None)


class LateForm(OnForm):
    """Why not all was ready for a meeting, where that is so."""

    late_reason = forms.CharField(
        label=_("Why not all was ready when the meeting began"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Stands beside the matter in the monthly report."),
    )

    def prepare(self) -> None:
        super().prepare()
        if not self.bill.late_for_a_meeting(self.moment):
            del self.fields["late_reason"]


class VotesForm(LateForm):
    """How the chamber voted, as far as it is known."""

    votes_for = forms.IntegerField(label=_("In favour"), min_value=0, max_value=MOST_VOTES, required=False)
    votes_against = forms.IntegerField(label=_("Against"), min_value=0, max_value=MOST_VOTES, required=False)
    abstentions = forms.IntegerField(label=_("Abstained"), min_value=0, max_value=MOST_VOTES, required=False)

    def given(self) -> dict[str, Any]:
        given = super().given()
        votes = Votes(*(given.pop(name, None) for name in VOTES))
        return given | {"votes": votes}

    @property
    def vote_fields(self) -> list[Any]:
        """The three of them, which stand in one row."""
        return [self[name] for name in VOTES]

    @property
    def before_votes(self) -> list[Any]:
        return [
            field for field in self._others() if field.name in ("outcome", "on", "to_stage", "next_stage")
        ]

    @property
    def after_votes(self) -> list[Any]:
        before = {field.name for field in self.before_votes}
        return [field for field in self._others() if field.name not in before]

    def _others(self) -> list[Any]:
        return [field for field in self.visible_fields() if field.name not in VOTES]


class BeginForm(OnForm):
    stage = forms.ChoiceField(label=_("Stage"), widget=FastSelect)
    note = forms.CharField(
        label=_("Note"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000, required=False
    )
    field_order = ["seen", "stage", "on", "note"]

    def prepare(self) -> None:
        super().prepare()
        self.choose_stage("stage", LINE)
        self.fields["on"].label = _("Since")


class OutcomeForm(VotesForm):
    body = "parliament/bodies/outcome.html"

    outcome = forms.ChoiceField(
        label=_("Outcome"),
        widget=forms.RadioSelect,
        initial=Outcome.PASSED,
    )
    next_stage = forms.ChoiceField(
        label=_("Goes on to"), widget=FastSelect, help_text=_("Begins on the same day.")
    )
    note = forms.CharField(
        label=_("Note"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000, required=False
    )
    papers = FilesField(label=_("Papers of this stage"))
    field_order = ["seen", "outcome", "on", *VOTES, "next_stage", "note", "papers", "late_reason"]

    def prepare(self) -> None:
        super().prepare()
        self.fields["on"].label = _("Decided on")
        self.choose_stage("next_stage", stages_after(self.bill.state))
        ways = (Outcome.PASSED, Outcome.PASSED_AMENDED)
        cast(forms.ChoiceField, self.fields["outcome"]).choices = [
            (one.value, outcome_words(self.bill.state, one)) for one in ways
        ]


class SendBackForm(VotesForm, ReasonForm):
    body = "parliament/bodies/outcome.html"

    to_stage = forms.ChoiceField(label=_("Back to"), widget=FastSelect)
    papers = FilesField(label=_("Papers of this stage"))
    field_order = ["seen", "to_stage", "on", *VOTES, "reason", "papers", "late_reason"]

    def prepare(self) -> None:
        super().prepare()
        self.fields["on"].label = _("Decided on")
        # The nearest first: most often the House looks at what the Senate amended.
        self.choose_stage("to_stage", reversed(stages_upto(self.bill.state)))


class AssentForm(OnForm):
    note = forms.CharField(
        label=_("Note"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000, required=False
    )

    def prepare(self) -> None:
        super().prepare()
        self.fields["on"].label = _("Signed on")


class RejectForm(VotesForm, ReasonForm):
    body = "parliament/bodies/outcome.html"
    field_order = ["seen", "on", *VOTES, "reason", "late_reason"]

    def prepare(self) -> None:
        super().prepare()
        self.fields["on"].label = _("Decided on")


class EndForm(LateForm, ReasonForm):
    field_order = ["seen", "on", "reason", "late_reason"]


class GazetteForm(OnForm):
    volume = forms.CharField(label=_("Volume"), max_length=20)
    part = forms.CharField(label=_("Part"), max_length=40)
    page = forms.CharField(label=_("Page"), max_length=20)
    papers = FilesField(label=_("The page of the Royal Gazette"))
    field_order = ["seen", "volume", "part", "page", "on", "papers"]

    def prepare(self) -> None:
        super().prepare()
        self.fields["on"].label = _("Printed on")


class CloseForm(BillStepForm):
    closing_note = forms.CharField(
        label=_("What it means for the ministry"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        required=False,
        help_text=_("What has to be done by when: rules to be issued, agencies to be told."),
    )

    def prepare(self) -> None:
        self.fields["closing_note"].initial = self.bill.closing_note


class ReopenForm(OnForm, ReasonForm):
    stage = forms.ChoiceField(label=_("Goes on at"), widget=FastSelect)
    field_order = ["seen", "stage", "on", "reason"]

    def prepare(self) -> None:
        last = self.bill.stages.order_by("-position").first()
        self.until_today("on", first=last.ended_on if last else None)
        self.choose_stage("stage", LINE)
        if last:
            self.fields["stage"].initial = last.stage


class CorrectForm(BillStepForm):
    """The facts as registered; before and after go into the history."""

    title = forms.CharField(label=_("Name of the bill"), min_length=5, max_length=200)
    proposer_kind = forms.ChoiceField(
        label=_("Proposed by"), choices=Bill.Proposer.choices, widget=FastSelect
    )
    proposer = MemberField(
        label=_("First proposer"),
        required=False,
        widget=MemberInput(),
        help_text=_("Of a bill of members. Type a part of the name."),
    )
    proposer_text = forms.CharField(label=_("Who else proposes it"), max_length=200, required=False)
    ministry_part = forms.ChoiceField(
        label=_("The ministry's part"), choices=Bill.Part.choices, widget=FastSelect
    )
    parliament_number = ParliamentNumberField(label=_("Parliament no."))
    bill_number = forms.CharField(label=_("Number of the bill"), max_length=40, required=False)
    substance = forms.CharField(
        label=_("Reasons and substance"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=40000,
        required=False,
    )
    secrecy = forms.TypedChoiceField(
        label=_("Secrecy"), choices=Secrecy.choices, coerce=int, widget=FastSelect
    )

    def prepare(self) -> None:
        for name in self.fields:
            if name != "seen":
                self.fields[name].initial = getattr(self.bill, name)
        cast(MemberField, self.fields["proposer"]).there = self.bill.proposer

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        parliament = given.get("parliament_number")
        settle_term(
            self,
            given,
            "proposer",
            parliament=parliament,
            day=self.bill.received_at.astimezone(OFFICE_TZ).date(),
            is_same_paper=parliament == self.bill.parliament_number,
        )
        refuse_wrong_proposer(self, given)
        refuse_double_number(self, given, but=self.bill.pk)
        return given


class PassageField(forms.ModelChoiceField):
    """One passage by its stage and when it began."""

    def label_from_instance(self, passage: BillStage) -> str:
        return f"{figures(passage.position)}. {passage.get_stage_display()} ({date_short(passage.began_on)})"


class CorrectPassageForm(BillStepForm):
    """First which stage; its dates are written as they should be."""

    body = "parliament/bodies/passage.html"

    passage = PassageField(label=_("Which stage"), queryset=BillStage.objects.none(), widget=FastSelect)
    began_on = ThaiDateField(label=_("Began on"))
    ended_on = ThaiDateField(
        label=_("Ended on"), required=False, help_text=_("Empty for the stage it is at now.")
    )
    votes_for = forms.IntegerField(label=_("In favour"), min_value=0, max_value=MOST_VOTES, required=False)
    votes_against = forms.IntegerField(label=_("Against"), min_value=0, max_value=MOST_VOTES, required=False)
    abstentions = forms.IntegerField(label=_("Abstained"), min_value=0, max_value=MOST_VOTES, required=False)
    note = forms.CharField(
        label=_("Note"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000, required=False
    )

    def prepare(self) -> None:
        rows = self.bill.stages.order_by("-position")
        field = cast(forms.ModelChoiceField, self.fields["passage"])
        field.queryset = rows
        last = rows.first()
        if last:
            field.initial = last
            for name in ("began_on", "ended_on", "note", *VOTES):
                self.fields[name].initial = getattr(last, name)
        for name in ("began_on", "ended_on"):
            day = self.fields[name]
            assert isinstance(day, ThaiDateField)
            day.max_date = self.today

    def given(self) -> dict[str, Any]:
        given = super().given()
        return given | {"votes": Votes(*(given.pop(name) for name in VOTES))}

    @property
    def vote_fields(self) -> list[Any]:
        return [self[name] for name in VOTES]


BILL_STEP_FORMS: dict[str, type[StepForm]] = {
    **CARRYING_FORMS,
    **MEETING_FORMS,
    "correct": CorrectForm,
    "begin": BeginForm,
    "record_outcome": OutcomeForm,
    "send_back": SendBackForm,
    "give_assent": AssentForm,
    "correct_passage": CorrectPassageForm,
    "reject": RejectForm,
    "withdraw": EndForm,
    "lapse": EndForm,
    "print_in_gazette": GazetteForm,
    "close": CloseForm,
    "reopen": ReopenForm,
}
