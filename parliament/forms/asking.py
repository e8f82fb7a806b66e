"""What the steps of asking agencies ask of the officer; the same for every kind of matter that asks them."""

from __future__ import annotations

from typing import Any, Final, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.fields import ThaiDateField
from office.file_field import FilesField
from office.models import Agency
from office.select import FastSelect
from office.step_form import ReasonForm, StepForm, UntilForm, closing_on, first_day_to_answer
from parliament.models import AgencyRequest
from parliament.models.asking import Ask, AskingSteps

ROWS: Final = 4
"""Agencies asked at once; more are asked by asking again."""
EACH, FIRST = "each", "first"


class AskForm(StepForm):
    """One or more agencies, each with a date of its own; without one the office's rule sets it."""

    body = "parliament/bodies/ask.html"

    asked = forms.CharField(
        label=_("What is asked"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000
    )
    mode = forms.ChoiceField(
        label=_("Of several agencies"),
        choices=[(EACH, _("each is to answer")), (FIRST, _("whichever accepts first answers for all"))],
        initial=EACH,
        widget=forms.RadioSelect,
    )

    @property
    def asking(self) -> AskingSteps:
        return cast(AskingSteps, self.matter)

    def prepare(self) -> None:
        self.fields["asked"].initial = gettext("Facts, figures and points to answer on this matter.")
        agencies = Agency.objects.filter(is_active=True)
        choices = [("", "—"), *((one.pk, one.name) for one in agencies)]
        for row in range(1, ROWS + 1):
            agency = forms.ModelChoiceField(
                label=_("Agency"), queryset=agencies, required=row == 1, widget=FastSelect
            )
            # Fetched once for all rows, not once for each.
            agency.choices = choices
            self.fields[f"agency_{row}"] = agency
            self.fields[f"due_{row}"] = ThaiDateField(
                label=_("Answer by"),
                required=False,
                min_date=first_day_to_answer(self.moment),
                help_text=_("Empty: as the office's rule says.") if row == 1 else "",
            )

    def rows(self) -> list[tuple[Any, Any]]:
        return [(self[f"agency_{row}"], self[f"due_{row}"]) for row in range(1, ROWS + 1)]

    def clean(self) -> dict[str, Any]:
        """Each agency once, none that is asked already, and no date without one."""
        given = super().clean() or self.cleaned_data
        chosen = [given.get(f"agency_{row}") for row in range(1, ROWS + 1)]
        awaited = self.asking.agencies_awaited()
        for row, agency in enumerate(chosen, start=1):
            if agency is None:
                if given.get(f"due_{row}"):
                    self.add_error(f"agency_{row}", gettext("Choose the agency this date is for."))
            elif agency in chosen[: row - 1] or agency.pk in awaited:
                self.add_error(f"agency_{row}", gettext("This agency is asked already."))
        if given.get("mode") == FIRST and len([one for one in chosen if one]) == 1:
            self.add_error(
                "agency_2", gettext("Choose another agency: one alone has nobody to be faster than.")
            )
        return given

    def given(self) -> dict[str, Any]:
        asks = []
        for row in range(1, ROWS + 1):
            agency, day = self.cleaned_data[f"agency_{row}"], self.cleaned_data[f"due_{row}"]
            if agency:
                asks.append(Ask(agency, closing_on(day)))
        is_offer = self.cleaned_data["mode"] == FIRST
        return {"asks": asks, "asked": self.cleaned_data["asked"], "is_offer": is_offer}


class RequestField(forms.ModelChoiceField):
    def label_from_instance(self, request: AgencyRequest) -> str:
        return request.agency.name


class RequestForm(StepForm):
    """For steps about one agency among those awaited."""

    request = RequestField(label=_("Agency"), queryset=AgencyRequest.objects.none(), widget=FastSelect)

    def prepare(self) -> None:
        rows = AgencyRequest.objects.open().filter(matter_id=self.matter.pk).with_whom()
        field = cast(RequestField, self.fields["request"])
        field.queryset = rows
        awaited = [one for one in rows if self.is_choice(one)]
        field.choices = [("", "—"), *((one.pk, one.agency.name) for one in awaited)]
        if len(awaited) == 1:
            field.initial = awaited[0]

    def is_choice(self, request: AgencyRequest) -> bool:
        """Whether the step can be about this one of those awaited."""
        return True


class AcceptanceForm(RequestForm):
    def is_choice(self, request: AgencyRequest) -> bool:
        return request.accepted_at is None


class FactsForm(RequestForm):
    answer = forms.CharField(label=_("Answer"), widget=forms.Textarea(attrs={"rows": 6}), max_length=20000)
    added = FilesField(label=_("Files"))

    def given(self) -> dict[str, Any]:
        """`files` is what came with the form, so the field has another name."""
        given = super().given()
        return given | {"files": given.pop("added")}


class AboutRequestForm(RequestForm, ReasonForm):
    """Which agency, and why."""

    field_order = ["seen", "request", "reason"]


class MoreTimeForm(RequestForm, UntilForm):
    """Which agency, by when now, and why."""

    field_order = ["seen", "request", "until", "reason"]

    def prepare(self) -> None:
        RequestForm.prepare(self)
        UntilForm.prepare(self)
        self.fields["until"].label = _("New date")


ASKING_FORMS: dict[str, type[StepForm]] = {
    "ask_agencies": AskForm,
    "accept_request": AcceptanceForm,
    "answer_request": FactsForm,
    "decline_request": AboutRequestForm,
    "chase_request": RequestForm,
    "extend_request": MoreTimeForm,
    "take_back_request": AboutRequestForm,
}
"""Of the steps that `parliament.models.asking.AskingSteps` declares."""
