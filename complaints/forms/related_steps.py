"""What each step of a related matter asks. Those that petitions take too ask what they ask there."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from complaints.forms.path_steps import CARRYING_FORMS
from complaints.forms.related import WITH_EMPTY, BahtField
from complaints.forms.step_form import StepForm
from complaints.forms.steps import STEP_FORMS
from complaints.models import CourtStep, Hearing, RelatedMatter
from office import step_form
from office.calendar import OFFICE_TZ
from office.fields import ThaiDateField
from office.form_fields import ClockField, Line
from office.models import Agency, Secrecy
from office.select import FastSelect
from office.step_form import ReasonForm
from office.thai import format_short, format_time

FARTHEST = timedelta(days=366 * 3)
"""No court sets a date, and no claim lapses, later than that without being asked again: a slip of the pen."""
LAPSES_FARTHEST = timedelta(days=366 * 20)


class RelatedStepForm(StepForm):
    """A step's form that knows its matter's kind."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field.widget, Line):
                # The page names an input's class after its widget, and a line is a history there.
                field.widget = forms.TextInput({**field.widget.attrs, "class": ""})

    @property
    def related(self) -> RelatedMatter:
        return cast(RelatedMatter, self.matter)

    @property
    def today(self) -> date:
        return self.moment.astimezone(OFFICE_TZ).date()

    def limit(self, name: str, *, first: date | None = None, last: date | None = None) -> None:
        """A date field takes days from `first` to `last` only."""
        field = self.fields[name]
        assert isinstance(field, ThaiDateField)
        field.min_date, field.max_date = first, last


class RelatedCorrectForm(RelatedStepForm):
    """The facts as registered, those of the kind among them; dates before the court have steps of their own."""

    title = forms.CharField(label=_("Subject"), min_length=5, max_length=200)
    received_from = forms.CharField(label=_("Received from"), max_length=200, required=False)
    agency = forms.ModelChoiceField(
        label=_("Agency concerned"),
        queryset=Agency.objects.filter(is_active=True),
        required=False,
        widget=FastSelect,
    )
    official_position = forms.CharField(label=_("Position of the official"), max_length=200)
    amount = BahtField(label=_("Damage in baht"))
    committee = forms.CharField(
        label=_("Committee of inquiry"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    court = forms.ChoiceField(
        label=_("Kind of court"), choices=[*WITH_EMPTY, *RelatedMatter.Court.choices], widget=FastSelect
    )
    court_name = forms.CharField(label=_("Court"), max_length=200)
    case_number = forms.CharField(label=_("Case number"), max_length=60)
    role = forms.ChoiceField(
        label=_("Summoned as"), choices=[*WITH_EMPTY, *RelatedMatter.Role.choices], widget=FastSelect
    )
    stage = forms.ChoiceField(
        label=_("Stage of the case"), choices=[*WITH_EMPTY, *RelatedMatter.Stage.choices], widget=FastSelect
    )
    secrecy = forms.TypedChoiceField(
        label=_("Secrecy"), choices=Secrecy.choices, coerce=int, widget=FastSelect
    )

    def prepare(self) -> None:
        kind = RelatedMatter.RelatedKind(self.related.related_kind)
        of_kinds = {name for names in RelatedMatter.FACTS.values() for name in names}
        for name in of_kinds - set(RelatedMatter.FACTS[kind]):
            del self.fields[name]
        for name, field in self.fields.items():
            if name != "seen":
                field.initial = getattr(self.related, name)
        if kind == RelatedMatter.RelatedKind.CRIMINAL:
            # Before the prosecutor there is no court yet.
            for name in ("court", "court_name", "case_number"):
                self.fields[name].required = False
            self.fields["agency"].required = True


class RelatedOpinionForm(StepForm):
    """Summary and opinion; the kind stands for a category."""

    draft_step = "save_draft"

    summary = forms.CharField(label=_("Summary"), widget=forms.Textarea(attrs={"rows": 4}), max_length=10000)
    opinion = forms.CharField(
        label=_("Opinion for the one in authority"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=10000,
    )

    def prepare(self) -> None:
        for name in ("summary", "opinion"):
            self.fields[name].initial = getattr(self.matter, name)


class RelatedDraftForm(RelatedOpinionForm):
    draft_step = ""

    def prepare(self) -> None:
        super().prepare()
        for name in ("summary", "opinion"):
            self.fields[name].required = False


class CarryOutForm(ReasonForm):
    def prepare(self) -> None:
        self.fields["reason"].label = _("What was done")


class RelatedCloseForm(RelatedStepForm):
    result = forms.ChoiceField(label=_("Result"), widget=FastSelect)

    def prepare(self) -> None:
        ends = RelatedMatter.RESULTS[RelatedMatter.RelatedKind(self.related.related_kind)]
        field = cast(forms.ChoiceField, self.fields["result"])
        field.choices = [("", "—"), *((one.value, one.label) for one in ends)]


# ── Dates before the court ──────────────────────────────────────────────────────────────────


class HearingField(forms.ModelChoiceField):
    """A hearing by its date, hour and purpose."""

    def label_from_instance(self, hearing: Hearing) -> str:
        local, language = hearing.at.astimezone(OFFICE_TZ), get_language() or "th"
        moment = f"{format_short(local.date(), language=language)} {format_time(local, language=language)}"
        return f"{moment} {hearing.purpose}"


class DateOfHearing(RelatedStepForm):
    """A day and an hour that the court has set, both needed."""

    hearing_on = ThaiDateField(label=_("Date of the hearing"))
    hearing_time = ClockField(label=_("Time of the hearing"))

    def prepare(self) -> None:
        self.fields["hearing_time"].required = True
        self.limit("hearing_on", first=self.today, last=self.today + FARTHEST)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        at = _moment(given.get("hearing_on"), given.get("hearing_time"))
        if at and at <= self.moment:
            self.add_error(
                "hearing_time", gettext("This time has passed. Write a time that is still to come.")
            )
        return given

    def add_refusal(self, refused: ValidationError) -> None:
        """The moment is asked for in two fields; what is wrong with it stands beside the first."""
        faults = getattr(refused, "error_dict", {})
        if "at" in faults:
            self.add_error("hearing_on", faults.pop("at"))
        if faults or not hasattr(refused, "error_dict"):
            super().add_refusal(refused)

    def given(self) -> dict[str, Any]:
        given = super().given()
        return {"at": _moment(given.pop("hearing_on"), given.pop("hearing_time")), **given}


class AddHearingForm(DateOfHearing):
    purpose = forms.CharField(label=_("What the hearing is for"), max_length=200)
    room = forms.CharField(label=_("Court and room"), max_length=200, required=False)
    attends = forms.CharField(label=_("Who attends"), max_length=200, required=False)

    def prepare(self) -> None:
        super().prepare()
        self.fields["room"].initial = self.related.court_name


class MoveHearingForm(DateOfHearing, ReasonForm):
    hearing = HearingField(label=_("Which hearing"), queryset=Hearing.objects.none(), widget=FastSelect)
    room = forms.CharField(
        label=_("Court and room"),
        max_length=200,
        required=False,
        help_text=_("Empty: where it was to be."),
    )
    field_order = ["seen", "hearing", "hearing_on", "hearing_time", "room", "reason"]

    def prepare(self) -> None:
        super().prepare()
        self.fields["hearing_on"].label = _("New day of the hearing")
        self.fields["hearing_time"].label = _("New time")
        self.choose_from("hearing", self.related.open_hearings())


class RecordHearingForm(RelatedStepForm):
    """What happened, and the next date when the court has set one."""

    hearing = HearingField(label=_("Which hearing"), queryset=Hearing.objects.none(), widget=FastSelect)
    was_attended = forms.TypedChoiceField(
        label=_("Somebody was there"),
        choices=[("yes", _("Yes, attended")), ("no", _("No, nobody attended"))],
        coerce=lambda value: value == "yes",
        initial="yes",
        widget=forms.RadioSelect,
    )
    outcome = forms.CharField(
        label=_("What happened in court"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000
    )
    next_on = ThaiDateField(
        label=_("Next hearing"), required=False, help_text=_("Empty: the court has set no further date.")
    )
    next_time = ClockField(label=_("Time of the next hearing"))
    next_purpose = forms.CharField(label=_("What the next hearing is for"), max_length=200, required=False)

    def prepare(self) -> None:
        self.choose_from("hearing", self.related.open_hearings())
        nearest = self.related.open_hearings().first()
        if nearest:
            self.fields["hearing"].initial = nearest
        self.limit("next_on", first=self.today, last=self.today + FARTHEST)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        day, hour = given.get("next_on"), given.get("next_time")
        if day and hour is None and "next_time" not in self.errors:
            self.add_error("next_time", gettext("Write the hour the court has set, e.g. 9.00."))
        if hour is not None and not day and "next_on" not in self.errors:
            self.add_error("next_on", gettext("Write the date the court has set."))
        return given

    def given(self) -> dict[str, Any]:
        given = super().given()
        return {"next_at": _moment(given.pop("next_on"), given.pop("next_time")), **given}


class CancelHearingForm(RelatedStepForm, ReasonForm):
    hearing = HearingField(label=_("Which hearing"), queryset=Hearing.objects.none(), widget=FastSelect)
    field_order = ["seen", "hearing", "reason"]

    def prepare(self) -> None:
        self.choose_from("hearing", self.related.open_hearings())


class CourtStepForm(RelatedStepForm):
    kind = forms.ChoiceField(
        label=_("What"), choices=[*WITH_EMPTY, *CourtStep.Kind.choices], widget=FastSelect
    )
    on = ThaiDateField(label=_("Date"))
    court_name = forms.CharField(label=_("Court"), max_length=200, required=False)
    note = forms.CharField(
        label=_("What it says"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000, required=False
    )
    stage = forms.ChoiceField(
        label=_("The case is now at"),
        choices=RelatedMatter.Stage.choices,
        required=False,
        widget=FastSelect,
    )
    lapses_on = ThaiDateField(
        label=_("Can be appealed until"),
        required=False,
        help_text=_("Of an order or a judgment: the last day. You are warned 90, 30, 7 and 1 days ahead."),
    )

    def prepare(self) -> None:
        self.limit("on", last=self.today)
        self.limit("lapses_on", first=self.today, last=self.today + LAPSES_FARTHEST)
        self.fields["court_name"].initial = self.related.court_name
        if self.related.related_kind == RelatedMatter.RelatedKind.CRIMINAL:
            self.fields["stage"].initial = self.related.stage
        else:
            del self.fields["stage"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        can_be_appealed = given.get("kind") in (CourtStep.Kind.ORDER, CourtStep.Kind.JUDGMENT)
        if given.get("lapses_on") and given.get("kind") and not can_be_appealed:
            self.add_error("lapses_on", gettext("Only an order or a judgment can be appealed."))
        return given


class LimitationForm(RelatedStepForm):
    limitation_on = ThaiDateField(
        label=_("Limitation date"), help_text=_("You are warned 90, 30, 7 and 1 days ahead.")
    )

    def prepare(self) -> None:
        self.limit("limitation_on", first=self.today, last=self.today + LAPSES_FARTHEST)
        self.fields["limitation_on"].initial = self.related.limitation_on


def _moment(day: date | None, hour: time | None) -> datetime | None:
    return datetime.combine(day, hour, OFFICE_TZ) if day and hour is not None else None


SHARED = (
    "assign",
    "submit",
    "send_back",
    "order",
    "note",
    "return_for_revision",
    "reopen",
)
RELATED_STEP_FORMS: dict[str, type[step_form.StepForm]] = {
    **CARRYING_FORMS,
    **{name: STEP_FORMS[name] for name in SHARED},
    "correct": RelatedCorrectForm,
    "save_draft": RelatedDraftForm,
    "summarise": RelatedOpinionForm,
    "carry_out": CarryOutForm,
    "close": RelatedCloseForm,
    "add_hearing": AddHearingForm,
    "move_hearing": MoveHearingForm,
    "record_hearing": RecordHearingForm,
    "cancel_hearing": CancelHearingForm,
    "record_court_step": CourtStepForm,
    "set_limitation": LimitationForm,
}
