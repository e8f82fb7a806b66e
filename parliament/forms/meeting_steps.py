"""What the other steps of a meeting ask: its date, that it was held, its minutes, what follows from it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.at_form import AtForm
from office.calendar import OFFICE_TZ
from office.fields import ThaiDateField
from office.figures import figures
from office.file_field import FilesField
from office.form_fields import Box, ClockField
from office.models import Agency, Role, Secrecy, User
from office.picking import OneOfField, moment_of, start_with
from office.select import FastSelect
from office.step_form import CARRYING_FORMS, FilesForm, ReasonForm, StepForm, closing_on, first_day_to_answer
from parliament import readiness
from parliament.forms.agenda import GoThroughForm, MeetingStepForm, WriteAgendaForm
from parliament.forms.meeting_preparing import PREPARING_FORMS
from parliament.forms.meetings import (
    Kind,
    NextDayField,
    committees_now,
    end_of,
    refuse_double_sitting,
    refuse_end_before_beginning,
    refuse_wrong_committee,
    sessions_lately,
    sitting_number,
)
from parliament.models import Committee, Meeting, Session, Telling


class RescheduleForm(MeetingStepForm, ReasonForm):
    """Its new day and hours; the place only if that changes too."""

    body = "parliament/bodies/reschedule.html"

    begins_on = ThaiDateField(label=_("New day"))
    begins_time = ClockField(label=_("Begins"))
    ends_time = ClockField(label=_("Ends"))
    ends_next_day = NextDayField()
    place = forms.CharField(label=_("Place"), required=False, max_length=200)
    field_order = ["seen", "begins_on", "begins_time", "ends_time", "ends_next_day", "place", "reason"]

    def prepare(self) -> None:
        start_with(self, "begins", self.meeting.begins_at)
        self.fields["begins_time"].required = True
        self.fields["begins_time"].error_messages["required"] = gettext("Write when it begins, e.g. 9.30.")
        self.fields["place"].initial = self.meeting.place
        if self.meeting.ends_at:
            clock = self.meeting.ends_at.astimezone(OFFICE_TZ).strftime("%H.%M")
            self.fields["ends_time"].initial = figures(clock)
            self.fields["ends_next_day"].initial = self.meeting.ends_next_day

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        day, begins = given.get("begins_on"), given.get("begins_time")
        if day and begins:
            given["begins_at"] = datetime.combine(day, begins, OFFICE_TZ)
            given["ends_at"] = end_of(day, given.get("ends_time"), next_day=given["ends_next_day"])
            refuse_end_before_beginning(self, "ends_time", given["begins_at"], given["ends_at"])
        return given

    def given(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("begins_at", "ends_at", "place")}


class HoldForm(MeetingStepForm):
    """From when to when it was held; of one before which not all was ready, why."""

    body = "parliament/bodies/hold.html"

    began_on = ThaiDateField(label=_("Day"))
    began_time = ClockField(label=_("Began"))
    ended_time = ClockField(label=_("Ended"))
    ended_next_day = NextDayField()
    late_reason = forms.CharField(
        label=_("Why not all was told and ready in time"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Stands beside the matter in the monthly report."),
    )

    def prepare(self) -> None:
        start_with(self, "began", self.meeting.begins_at)
        cast(ThaiDateField, self.fields["began_on"]).max_date = self.today
        told = Telling.objects.filter(item__meeting=self.meeting)
        if not readiness.is_late(self.meeting, self.moment) and not told.told_by_late_letter():
            del self.fields["late_reason"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        day = given.get("began_on")
        if day and not {"began_time", "ended_time"} & self.errors.keys():
            usual = self.meeting.begins_at.astimezone(OFFICE_TZ).time()
            given["began_at"] = moment_of(day, given.get("began_time"), usual)
            given["ended_at"] = end_of(day, given.get("ended_time"), next_day=given["ended_next_day"])
            refuse_end_before_beginning(self, "ended_time", given["began_at"], given["ended_at"])
        return given

    def add_refusal(self, refused: ValidationError) -> None:
        """The step speaks of moments, the form asks a day and an hour."""
        if not hasattr(refused, "error_dict"):
            super().add_refusal(refused)
            return
        beside = {"began_at": "began_time", "ended_at": "ended_time"}
        for name, faults in refused.error_dict.items():
            field = beside.get(name, name)
            self.add_error(field if field in self.fields else None, faults)

    def given(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {name: given[name] for name in ("began_at", "ended_at")} | {
            "late_reason": given.get("late_reason", "")
        }


class KeepMinutesForm(MeetingStepForm):
    """What was said, the resolution of each item, the files of the minutes."""

    body = "parliament/bodies/minutes.html"

    minutes = forms.CharField(label=_("Minutes"), max_length=40000, widget=forms.Textarea(attrs={"rows": 6}))
    papers = FilesField(label=_("Files of the minutes"))

    def prepare(self) -> None:
        self.fields["minutes"].initial = self.meeting.minutes
        for item in self.items:
            self.fields[f"resolution_{item.pk}"] = forms.CharField(
                label=str(item),
                initial=item.resolution,
                required=False,
                max_length=10000,
                widget=Box(2),
            )

    @property
    def resolutions(self) -> list[forms.BoundField]:
        """The field of each item, in the agenda's order: what concerns us first."""
        items = sorted(self.items, key=lambda item: not item.concerns_us)
        return [self[f"resolution_{item.pk}"] for item in items]

    def given(self) -> dict[str, Any]:
        typed = self.cleaned_data
        return {
            "minutes": typed["minutes"],
            "files": typed["papers"],
            "resolutions": {item.pk: typed[f"resolution_{item.pk}"] for item in self.items},
        }


class FollowUpForm(MeetingStepForm):
    """What the meeting wants done: who sees to it, by when."""

    from_address = ("item",)

    item = OneOfField(label=_("Agenda item"), required=False, widget=FastSelect)
    title = forms.CharField(label=_("Subject"), min_length=5, max_length=200)
    wanted = forms.CharField(
        label=_("What is to be done"), max_length=10000, widget=forms.Textarea(attrs={"rows": 4})
    )
    agency = forms.ModelChoiceField(
        label=_("Agency concerned"), queryset=Agency.objects.none(), required=False, widget=FastSelect
    )
    officer = forms.ModelChoiceField(
        label=_("Seen to by"), queryset=User.objects.none(), required=False, widget=FastSelect
    )
    due_on = ThaiDateField(
        label=_("By"), required=False, help_text=_("Left empty, the office's rule counts the days.")
    )

    def prepare(self) -> None:
        cast(OneOfField, self.fields["item"]).offer(self.items, empty=_("The meeting as a whole"))
        agency = cast(forms.ModelChoiceField, self.fields["agency"])
        agency.queryset = Agency.objects.filter(is_active=True).order_by("name")
        officer = cast(forms.ModelChoiceField, self.fields["officer"])
        officer.queryset = User.objects.with_role(Role.OFFICER).filter(subgroup=self.meeting.subgroup_id)
        officer.initial = self.meeting.owner_id or self.user.pk
        cast(ThaiDateField, self.fields["due_on"]).min_date = first_day_to_answer(self.moment)

    def given(self) -> dict[str, Any]:
        given = super().given()
        return given | {"due": closing_on(given.pop("due_on"))}


class FilesOfForm(MeetingStepForm, FilesForm):
    """Files of the meeting as a whole, or of one item."""

    from_address = ("item",)

    item = OneOfField(label=_("Agenda item"), required=False, widget=FastSelect)
    field_order = ["seen", "item", "added"]

    def prepare(self) -> None:
        cast(OneOfField, self.fields["item"]).offer(self.items, empty=_("The meeting as a whole"))

    def given(self) -> dict[str, Any]:
        return super().given() | {"item": self.cleaned_data["item"]}


class CorrectForm(MeetingStepForm):
    """The facts as registered; before and after go into the history."""

    title = forms.CharField(label=_("Name of the meeting"), min_length=5, max_length=200)
    meeting_kind = forms.ChoiceField(label=_("Which meeting"), choices=Kind.choices, widget=FastSelect)
    committee = forms.ModelChoiceField(
        label=_("Committee"), queryset=Committee.objects.none(), required=False, widget=FastSelect
    )
    sitting_number = forms.CharField(label=_("Number of the meeting"), max_length=20, required=False)
    session = forms.ModelChoiceField(
        label=_("Session"), queryset=Session.objects.all(), required=False, widget=FastSelect
    )
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    secrecy = forms.TypedChoiceField(
        label=_("Secrecy"), choices=Secrecy.choices, coerce=int, widget=FastSelect
    )

    def prepare(self) -> None:
        meeting = self.meeting
        committee = cast(forms.ModelChoiceField, self.fields["committee"])
        committee.queryset = committees_now() | Committee.objects.filter(pk=meeting.committee_id or 0)
        session = cast(forms.ModelChoiceField, self.fields["session"])
        session.choices = sessions_lately()
        for name in Meeting.CORRECTABLE:
            self.fields[name].initial = getattr(meeting, name)

    def clean_sitting_number(self) -> str:
        return sitting_number(self.cleaned_data["sitting_number"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not given.get("session") and "session" not in self.errors:
            given["session"] = Session.on(self.meeting.begins_at.astimezone(OFFICE_TZ).date())
        refuse_wrong_committee(self, given)
        refuse_double_sitting(self, given, but=self.meeting.pk)
        return given


class CorrectReceiptForm(AtForm, MeetingStepForm, ReasonForm):
    """When the office was told of it in fact, and how that is known."""

    field_order = ["seen", "at_on", "at_time", "reason"]

    def prepare(self) -> None:
        super().prepare()
        start_with(self, "at", self.meeting.received_at)

    def add_refusal(self, refused: ValidationError) -> None:
        """The step speaks of a moment, the form asks a day and an hour."""
        faults = getattr(refused, "error_dict", {})
        if "received_at" in faults:
            self.add_error("at_on", faults["received_at"])
        else:
            super().add_refusal(refused)

    def given(self) -> dict[str, Any]:
        return {"received_at": self.cleaned_data["at"] or self.moment}


MEETING_STEP_FORMS: dict[str, type[StepForm]] = {
    **CARRYING_FORMS,
    **PREPARING_FORMS,
    "attach_files": FilesOfForm,
    "write_agenda": WriteAgendaForm,
    "go_through": GoThroughForm,
    "correct": CorrectForm,
    "correct_receipt": CorrectReceiptForm,
    "reschedule": RescheduleForm,
    "postpone": ReasonForm,
    "cancel": ReasonForm,
    "hold": HoldForm,
    "unhold": ReasonForm,
    "keep_minutes": KeepMinutesForm,
    "follow_up": FollowUpForm,
    "close": StepForm,
    "reopen": ReasonForm,
}
