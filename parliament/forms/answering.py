"""What the steps that interpellations and motions share ask: the sitting, the answer given, and every other end."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, Final, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.calendar import OFFICE_TZ
from office.fields import ThaiDateField
from office.figures import figures
from office.form_fields import ClockField
from office.models import Deadline
from office.models.matter import matters_visible_to
from office.select import FastSelect
from office.step_form import FARTHEST, ReasonForm, StepForm
from office.templatetags.prasan import date_short
from parliament.forms.members import MemberField, settle_term
from parliament.models import AgendaItem
from parliament.models.answering import AnsweringSteps
from parliament.models.meeting_state import COMING

ITEMS_OFFERED: Final = 100
MINISTER: Final = _("Minister of Education")


def box(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class AnsweringForm(StepForm):
    """A step's form that knows its interpellation or motion."""

    @property
    def answering(self) -> AnsweringSteps:
        return cast(AnsweringSteps, self.matter)

    @property
    def today(self) -> date:
        return self.moment.astimezone(OFFICE_TZ).date()

    def limit(self, name: str, *, first: date | None = None, last: date | None = None) -> None:
        """A date field takes days from `first` to `last` only."""
        field = self.fields[name]
        assert isinstance(field, ThaiDateField)
        field.min_date, field.max_date = first, last


class LateReasonForm(AnsweringForm):
    """For steps that may keep the promise to the chamber too late: why, if it is late."""

    late_reason = forms.CharField(
        label=_("Why it is late"),
        required=False,
        max_length=500,
        widget=box(2),
        help_text=_("Stands beside the matter in the monthly report."),
    )

    def prepare(self) -> None:
        owed = (one for one in self.answering.owed_when_read if one.kind == Deadline.Kind.HOUSE_ANSWER)
        if not any(one.is_late(self.moment) for one in owed):
            del self.fields["late_reason"]


class SittingForm(AnsweringForm):
    """The sitting it is put on the agenda of: by the agenda, or by its day."""

    item = forms.ModelChoiceField(
        label=_("Agenda item"),
        queryset=AgendaItem.objects.none(),
        required=False,
        widget=FastSelect,
        help_text=_("If the meeting is registered already; else give the day alone."),
    )
    sitting_on = ThaiDateField(label=_("Sitting on"), required=False)
    decided_on = ThaiDateField(
        label=_("Decided on"), help_text=_("When the chamber put it there. What was late before stays late.")
    )
    reason = forms.CharField(label=_("Why it was put off"), required=False, widget=box(2), max_length=2000)

    def prepare(self) -> None:
        self.limit("sitting_on", last=self.today + FARTHEST)
        received = self.matter.received_at.astimezone(OFFICE_TZ).date()
        self.limit("decided_on", first=received, last=self.today)
        self.fields["sitting_on"].initial = self.answering.sitting_on
        self.fields["decided_on"].initial = self.today
        self.fields["reason"].required = False
        if self.answering.sitting_on is None:
            del self.fields["reason"]
        self._offer_items()

    def _offer_items(self) -> None:
        """The items of the chamber's meetings to come, as far as this person sees them."""
        rows = AgendaItem.objects.filter(
            matters_visible_to(self.user, "meeting__"),
            meeting__meeting_kind=self.answering.chamber,
            meeting__state__in=COMING,
            meeting__begins_at__gte=self.moment - timedelta(days=1),
        )
        field = cast(forms.ModelChoiceField, self.fields["item"])
        field.queryset = rows.select_related("meeting").order_by("meeting__begins_at", "position")
        offered = field.queryset[:ITEMS_OFFERED]
        field.choices = [("", "—"), *((item.pk, _item_words(item)) for item in offered)]
        field.initial = self.answering.item_id

    def clean(self) -> dict[str, Any]:
        """The day is the meeting's, where an item of it was chosen."""
        given = super().clean() or self.cleaned_data
        item, day = given.get("item"), given.get("sitting_on")
        if item:
            of_meeting = item.meeting.begins_at.astimezone(OFFICE_TZ).date()
            if day and day not in (of_meeting, self.answering.sitting_on):
                self.add_error("sitting_on", gettext("The meeting chosen is on another day."))
            given["sitting_on"] = of_meeting
        elif not day and "sitting_on" not in self.errors:
            self.add_error("sitting_on", gettext("Choose the agenda item, or write the day of the sitting."))
        return given


def _item_words(item: AgendaItem) -> str:
    return f"{date_short(item.meeting.begins_at)} · {item.meeting.title} · {item}"


class GivenForm(LateReasonForm):
    """When the chamber had its answer, and by whom."""

    answered_on = ThaiDateField(label=_("Answered on"))
    answered_time = ClockField(label=_("Time"))
    answered_by = forms.CharField(label=_("Answered by"), max_length=200)
    field_order = ["seen", "answered_on", "answered_time", "answered_by", "reason", "late_reason"]

    def prepare(self) -> None:
        super().prepare()
        received = self.matter.received_at.astimezone(OFFICE_TZ).date()
        self.limit("answered_on", first=received, last=self.today)
        day = self.answering.sitting_on
        self.fields["answered_on"].initial = day if day and day <= self.today else self.today
        self.fields["answered_time"].initial = figures(self.moment.astimezone(OFFICE_TZ).strftime("%H.%M"))
        self.fields["answered_by"].initial = str(MINISTER)

    def clean(self) -> dict[str, Any]:
        """A moment that has come."""
        given = super().clean() or self.cleaned_data
        day, clock = given.get("answered_on"), given.get("answered_time")
        if day:
            given["answered_at"] = self._moment_of(day, clock)
            if given["answered_at"] > self.moment:
                self.add_error("answered_time", gettext("This time is still to come."))
            elif not given.get("late_reason", "").strip() and self.answering.was_due_before(
                given["answered_at"]
            ):
                self.add_error("late_reason", gettext("It is late: write why, the report asks for it."))
        return given

    def _moment_of(self, day: date, clock: time | None) -> datetime:
        """An hour left out is now for today, and noon of an earlier day; never before it was received."""
        if clock is None and day == self.today:
            return self.moment
        return max(datetime.combine(day, clock or time(12, 0), OFFICE_TZ), self.matter.received_at)

    def given(self) -> dict[str, Any]:
        given = super().given()
        for name in ("answered_on", "answered_time"):
            given.pop(name)
        return given


class GivenWithoutTextForm(ReasonForm, GivenForm):
    field_order = GivenForm.field_order


class EndedForm(ReasonForm, LateReasonForm):
    field_order = ["seen", "reason", "late_reason"]


class TransferForm(EndedForm):
    to = forms.CharField(label=_("Which ministry"), max_length=200)
    field_order = ["seen", "to", "reason", "late_reason"]


class WithFirstValues(AnsweringForm):
    """Facts as they were registered, to be corrected."""

    def begin_with(self, *names: str) -> None:
        for name in names:
            field, value = self.fields[name], getattr(self.matter, name)
            field.initial = value
            if isinstance(field, MemberField):
                field.there = value

    def settle_who(self, name: str, given: dict[str, Any]) -> None:
        """Who asks or proposes, in the chamber and parliament of the paper; nobody else by its correction alone."""
        chamber, parliament = given.get("chamber", ""), given.get("parliament_number")
        who = settle_term(
            self,
            given,
            name,
            chamber=chamber,
            parliament=parliament,
            day=self.matter.received_at.astimezone(OFFICE_TZ).date(),
            is_same_paper=(chamber, parliament) == (self.answering.chamber, self.answering.parliament_number),
        )
        if who and chamber:
            try:
                in_its_chamber(chamber, who)
            except ValidationError as elsewhere:
                self.add_error(name, elsewhere)


ENDING_FORMS: dict[str, type[StepForm]] = {
    "set_sitting": SittingForm,
    "withdraw": EndedForm,
    "transfer": TransferForm,
    "lapse": EndedForm,
    "reopen": ReasonForm,
    "take_back_answer": ReasonForm,
}
"""Of the steps that `parliament.models.answering.AnsweringSteps` declares, besides correcting."""


def in_its_chamber(chamber: str, member: Any) -> None:
    """Raise ValidationError unless somebody has a seat where they ask; both chambers have one in the joint sitting."""
    if chamber != "joint" and member.chamber != chamber:
        raise ValidationError(gettext("This member has no seat in this chamber."))
