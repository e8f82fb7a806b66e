"""What the steps of an engagement ask: its facts, its time, that it was held, why it does not take place."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.calendar import OFFICE_TZ
from office.fields import ThaiDateField
from office.figures import figures
from office.form_fields import ClockField
from office.models import Agency
from office.picking import TicksField, moment_of, start_with
from office.step_form import CARRYING_FORMS, ReasonForm, StepForm
from publicrelations.conflicts import Conflict, conflicts_of
from publicrelations.forms.engagements import FactsMixin, agencies_in_use, moments_of, people_of_the_office
from publicrelations.models import Engagement


class EngagementStepForm(StepForm):
    """A step of an engagement, fetched with who goes along."""

    @property
    def engagement(self) -> Engagement:
        return cast(Engagement, self.matter)


class CorrectForm(FactsMixin, EngagementStepForm):
    """The facts as registered; before and after go into the history."""

    body = "publicrelations/bodies/engagement_correct.html"

    def prepare(self) -> None:
        engagement = self.engagement
        agency = cast(forms.ModelChoiceField, self.fields["agency"])
        agency.queryset = agencies_in_use() | Agency.objects.filter(pk=engagement.agency_id or 0)
        going = list(engagement.people.all())
        offered = {one.pk: one for one in [*people_of_the_office(), *going]}
        people = cast(TicksField, self.fields["people"])
        people.offer(offered.values(), lambda one: one.display_name)
        people.initial = [str(one.pk) for one in going]
        for name in Engagement.CORRECTABLE:
            self.fields[name].initial = getattr(engagement, name)


class RescheduleForm(EngagementStepForm, ReasonForm):
    """Its new time; the place only if that changes too. What is on then is shown while it is typed."""

    body = "publicrelations/bodies/engagement_reschedule.html"

    starts_on = ThaiDateField(label=_("New day"))
    starts_time = ClockField(label=_("Begins"))
    ends_time = ClockField(label=_("Ends"))
    ends_on = ThaiDateField(
        label=_("Last day"), required=False, help_text=_("Only if it ends on another day.")
    )
    place = forms.CharField(label=_("Place"), required=False, max_length=200)
    field_order = ["seen", "starts_on", "starts_time", "ends_time", "ends_on", "place", "reason"]

    def prepare(self) -> None:
        starts, ends = self.engagement.starts_at, self.engagement.ends_at
        start_with(self, "starts", starts)
        self.fields["starts_time"].required = True
        self.fields["starts_time"].error_messages["required"] = gettext("Write when it begins, e.g. 9.30.")
        self.fields["ends_time"].initial = figures(ends.astimezone(OFFICE_TZ).strftime("%H.%M"))
        if ends.astimezone(OFFICE_TZ).date() != starts.astimezone(OFFICE_TZ).date():
            self.fields["ends_on"].initial = ends.astimezone(OFFICE_TZ).date()
        self.fields["place"].initial = self.engagement.place

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        moments = moments_of(self, given)
        if moments:
            given["starts_at"], given["ends_at"] = moments
        return given

    def conflicts(self) -> list[Conflict]:
        """Which others are on at the time that is typed so far."""
        if not self.is_bound:
            return []
        self.is_valid()
        given, engagement = self.cleaned_data, self.engagement
        if "starts_at" not in given:
            return []
        return conflicts_of(
            given["starts_at"],
            given["ends_at"],
            self.user,
            is_represented=bool(engagement.represented_by),
            people=[one.pk for one in engagement.people.all()],
            but=engagement.pk,
        )

    def add_refusal(self, refused: ValidationError) -> None:
        """The step speaks of moments, the form asks a day and an hour."""
        add_beside(self, refused, {"starts_at": "starts_time", "ends_at": "ends_time"})

    def given(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("starts_at", "ends_at", "place")}


class HoldForm(EngagementStepForm):
    """Until when it lasted, where that is another time than was planned: its news counts from then."""

    ended_on = ThaiDateField(label=_("Ended on"))
    ended_time = ClockField(label=_("Ended"))
    body = "publicrelations/bodies/engagement_hold.html"

    def prepare(self) -> None:
        start_with(self, "ended", self.engagement.ends_at)

    def add_refusal(self, refused: ValidationError) -> None:
        add_beside(self, refused, {"ended_at": "ended_time", "ends_at": "ended_time"})

    def given(self) -> dict[str, Any]:
        planned = self.engagement.ends_at.astimezone(OFFICE_TZ)
        ended = moment_of(self.cleaned_data["ended_on"], self.cleaned_data["ended_time"], planned.time())
        # The form asks no seconds: what was not touched is not another time.
        is_same = ended == planned.replace(second=0, microsecond=0)
        return {"ended_at": None if is_same else ended}


class ExcuseForm(ReasonForm):
    """Why no news is called for; it stands in the report."""

    reason = forms.CharField(
        label=_("Why no news is called for"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Stands beside the engagement in the monthly report."),
    )


def add_beside(form: StepForm, refused: ValidationError, beside: dict[str, str]) -> None:
    """What a step refused, beside the field of its form that asks for it; else above all of them."""
    if not hasattr(refused, "error_dict"):
        form.add_error(None, refused)
        return
    for name, faults in refused.error_dict.items():
        field = beside.get(name, name)
        form.add_error(field if field in form.fields else None, faults)


ENGAGEMENT_STEP_FORMS: dict[str, type[StepForm]] = {
    **CARRYING_FORMS,
    "correct": CorrectForm,
    "hold": HoldForm,
    "reschedule": RescheduleForm,
    "postpone": ReasonForm,
    "cancel": ReasonForm,
    "excuse_news": ExcuseForm,
    "call_for_news": StepForm,
    "cover": StepForm,
    "uncover": StepForm,
}
