"""The forms of inviting the media: whom, by which letter, who was told otherwise, and what they answered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django import forms
from django.db.models import Prefetch
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.at_form import AtForm
from office.calendar import OFFICE_TZ
from office.form_fields import Box, Line, NumberField
from office.picking import OneOfField, TicksField
from office.select import FastSelect
from office.step_form import ReasonForm, StepForm
from publicrelations.invited import MOST_PEOPLE
from publicrelations.models import Invitation, MediaOutlet, PressConference, Reporter
from publicrelations.press_letters import sample
from publicrelations.press_list import last_list


class PressStepForm(StepForm):
    """A step's form that knows its press conference, whose invitations were fetched with it."""

    @property
    def conference(self) -> PressConference:
        return cast(PressConference, self.matter)

    @property
    def listed(self) -> Sequence[Invitation]:
        """Everybody on its list, whose invitation stands."""
        return [one for one in self.conference.invitations.all() if one.withdrawn_at is None]

    @property
    def day(self) -> date:
        """Today, in Bangkok."""
        return self.moment.astimezone(OFFICE_TZ).date()

    def offer(self, rows: Iterable[Invitation], *, ticked: bool = False) -> None:
        """Let these be ticked."""
        rows = list(rows)
        cast(TicksField, self.fields["invitations"]).offer(rows, lambda one: one.whom)
        if ticked:
            self.fields["invitations"].initial = [str(one.pk) for one in rows]


@dataclass(frozen=True)
class Choice:
    """An outlet or a reporter that can be chosen: its tick, or that it stands in the list already."""

    key: int
    words: str
    note: str
    is_ticked: bool
    is_there: bool


@dataclass(frozen=True)
class OutletChoice:
    """An outlet with its reporters."""

    desk: Choice
    reporters: Sequence[Choice]


class ChooseForm(PressStepForm):
    """Outlets under their kind, each with its reporters; begun with all of a kind, or with the last list."""

    body = "publicrelations/bodies/choose.html"
    from_address = ("start",)

    outlets = TicksField(label=_("Outlets"), required=False)
    reporters = TicksField(label=_("Reporters"), required=False)

    def prepare(self) -> None:
        there = self.listed
        self.outlets_there = {one.outlet_id for one in there if one.reporter_id is None}
        self.reporters_there = {one.reporter_id for one in there if one.reporter_id}
        working = Reporter.objects.working_on(self.day).order_by("sort_name", "pk")
        rows = MediaOutlet.objects.in_use().order_by("kind", "sort_name", "pk")
        self.rows = list(rows.prefetch_related(Prefetch("reporters", working, to_attr="working")))
        reporters = [one for outlet in self.rows for one in outlet.working]
        outlets_field = cast(TicksField, self.fields["outlets"])
        outlets_field.offer([one for one in self.rows if one.pk not in self.outlets_there])
        reporters_field = cast(TicksField, self.fields["reporters"])
        reporters_field.offer([one for one in reporters if one.pk not in self.reporters_there])
        outlets, people = self._first_ticks()
        outlets_field.initial = [str(key) for key in outlets]
        reporters_field.initial = [str(key) for key in people]

    def _first_ticks(self) -> tuple[set[int], set[int]]:
        """By `start`: "last" ticks those of the last list, a kind of medium all of that kind, else nobody."""
        start = str(self.initial.get("start", ""))
        if start == "last":
            return last_list(self.conference)
        of_kind = [one for one in self.rows if one.kind == start]
        people = {one.pk for outlet in of_kind for one in outlet.working}
        return {one.pk for one in of_kind if not one.working}, people

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """The kinds of media of which there are some, as values and words."""
        found = {one.kind for one in self.rows}
        return [(value, str(label)) for value, label in MediaOutlet.Kind.choices if value in found]

    @property
    def groups(self) -> list[tuple[str, list[OutletChoice]]]:
        """What can be chosen, under the kinds of media."""
        outlets, reporters = set(self["outlets"].value() or ()), set(self["reporters"].value() or ())
        found = []
        for value, words in self.kinds:
            choices = [self._choice(one, outlets, reporters) for one in self.rows if one.kind == value]
            found.append((words, choices))
        return found

    def _choice(self, outlet: Any, outlets: set[str], reporters: set[str]) -> OutletChoice:
        desk = Choice(
            outlet.pk,
            outlet.name,
            "" if outlet.email else gettext("no e-mail known"),
            str(outlet.pk) in outlets,
            outlet.pk in self.outlets_there,
        )
        people = [
            Choice(one.pk, one.name, one.beat, str(one.pk) in reporters, one.pk in self.reporters_there)
            for one in outlet.working
        ]
        return OutletChoice(desk, people)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors and not given.get("outlets") and not given.get("reporters"):
            self.add_error(None, gettext("Tick at least one."))
        return given


class InviteForm(PressStepForm):
    """Who is written to, and what the letter says besides what every such letter says."""

    body = "publicrelations/bodies/invite.html"
    from_address = ("invitations",)

    invitations = TicksField(label=_("Invite by e-mail"))
    message = forms.CharField(label=_("What you add"), required=False, max_length=4000, widget=Box(3))

    def prepare(self) -> None:
        self.waiting = [one for one in self.listed if one.invited_at is None and one.mail_at is None]
        self.unreachable = [one for one in self.waiting if not one.address]
        self.offer((one for one in self.waiting if one.address), ticked=True)

    @property
    def preview(self) -> str:
        """The letter as the first of them gets it."""
        first = next((one for one in self.waiting if one.address), None)
        return sample(self.conference, first) if first else ""


class NoteInvitedForm(AtForm, PressStepForm):
    """Who was invited without the system's e-mail, how and when."""

    from_address = ("invitations",)

    invitations = TicksField(label=_("Who has been invited"))
    way = forms.ChoiceField(
        label=_("How"),
        choices=[choice for choice in Invitation.Way.choices if choice[0] != Invitation.Way.EMAIL],
        widget=forms.RadioSelect,
        initial=Invitation.Way.TELEPHONE,
    )
    field_order = ["seen", "invitations", "way", "at_on", "at_time"]

    def prepare(self) -> None:
        super().prepare()
        self.offer(one for one in self.listed if one.invited_at is None)

    def given(self) -> dict[str, Any]:
        return self.given_at("invited_at")


class RemindForm(PressStepForm):
    """Who is written to once more."""

    invitations = TicksField(label=_("Have not answered"))

    def prepare(self) -> None:
        self.offer((one for one in self.listed if one.is_silent and one.address), ticked=True)


class AnswerForm(PressStepForm):
    """What somebody said who was asked: on the telephone, in passing."""

    from_address = ("invitation",)

    invitation = OneOfField(label=_("Who answered"), widget=FastSelect)
    comes = forms.ChoiceField(label=_("Answer"), choices=Invitation.Answer.choices, widget=forms.RadioSelect)
    people = NumberField(
        label=_("How many come"),
        required=False,
        min_value=1,
        max_value=MOST_PEOPLE,
        widget=Line(inputmode="numeric"),
    )

    def prepare(self) -> None:
        asked = [one for one in self.listed if one.invited_at or one.mail_at]
        cast(OneOfField, self.fields["invitation"]).offer(asked, lambda one: one.whom)

    def given(self) -> dict[str, Any]:
        given = super().given()
        return given | {"comes": given["comes"] == Invitation.Answer.YES}


class UnmarkForm(PressStepForm, ReasonForm):
    """Which marks were a mistake, and why they are taken back."""

    from_address = ("invitations",)
    invitations = TicksField(label=_("Noted as invited"))
    field_order = ["seen", "invitations", "reason"]

    def prepare(self) -> None:
        self.offer(one for one in self.listed if one.invited_at and one.way != one.Way.EMAIL)


class StrikeForm(PressStepForm, ReasonForm):
    """Who need not be invited after all, and why."""

    from_address = ("invitations",)
    invitations = TicksField(label=_("Not to be invited"))
    field_order = ["seen", "invitations", "reason"]

    def prepare(self) -> None:
        self.offer(one for one in self.listed if not one.invited_at and not one.mail_at)


class WithdrawForm(PressStepForm, ReasonForm):
    """Who is not to come after all, and why."""

    from_address = ("invitations",)
    invitations = TicksField(label=_("Whose invitation is withdrawn"))
    field_order = ["seen", "invitations", "reason"]

    def prepare(self) -> None:
        self.offer(one for one in self.listed if one.invited_at or one.mail_at)


INVITING_FORMS: dict[str, type[StepForm]] = {
    "choose": ChooseForm,
    "invite": InviteForm,
    "note_invited": NoteInvitedForm,
    "remind": RemindForm,
    "answer": AnswerForm,
    "unmark": UnmarkForm,
    "strike": StrikeForm,
    "withdraw": WithdrawForm,
}
