"""Registering a motion, and what the steps ask that only motions have."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.fields import ThaiDateField
from office.figures import figures
from office.form_fields import Box
from office.intake_form import IntakeForm
from office.models import Secrecy, User
from office.select import FastSelect
from office.step_form import CARRYING_FORMS, FARTHEST, StepForm
from parliament.forms.answering import (
    ENDING_FORMS,
    GivenForm,
    GivenWithoutTextForm,
    WithFirstValues,
    box,
    in_its_chamber,
)
from parliament.forms.asking import ASKING_FORMS
from parliament.forms.drafting import DRAFTING_FORMS
from parliament.forms.interpellations import WholeNumberField
from parliament.forms.members import NOT_SEATED, MemberField, MemberInput, sat_on, settle_term
from parliament.models import Chamber, Motion, Session

MOST_VOTES = 999


class MotionForm(IntakeForm):
    """A motion as it was put to a chamber."""

    chamber = forms.ChoiceField(label=_("Chamber"), choices=Chamber.choices, widget=FastSelect)
    parliament_number = WholeNumberField(
        label=_("Parliament no."), most=999, error_messages={"required": _("Write which parliament it is.")}
    )
    motion_number = WholeNumberField(label=_("Number of the motion"), most=99_999)
    session = forms.ModelChoiceField(
        label=_("Session"), queryset=Session.objects.all(), widget=FastSelect, empty_label=_("Not given")
    )
    proposer = MemberField(
        label=_("Proposed by"),
        widget=MemberInput(),
        help_text=_("Type a part of the name."),
        error_messages={"required": _("Write who proposes it.")},
    )
    text = forms.CharField(
        label=_("Text of the motion"),
        max_length=40000,
        widget=Box(7),
        error_messages={"required": _("Write the motion.")},
    )
    sitting_on = ThaiDateField(
        label=_("Debated in the sitting of"), help_text=_("If its day is known already.")
    )

    needed = frozenset({"received_on", "title", "chamber", "parliament_number", "proposer", "text"})

    def begin(self) -> None:
        super().begin()
        going_on = Session.on(self.today) or Session.objects.first()
        if going_on:
            self.fields["session"].initial = going_on.pk
            self.fields["parliament_number"].initial = figures(going_on.parliament_number)
        sitting = self.fields["sitting_on"]
        assert isinstance(sitting, ThaiDateField)
        sitting.max_date = self.today + FARTHEST

    def clean(self) -> dict[str, Any]:
        """The proposer has a seat there, the number is free, the debate comes after the receipt."""
        given = super().clean()
        chamber, day = given.get("chamber", ""), given.get("received_on")
        proposer = settle_term(
            self, given, "proposer", chamber=chamber, parliament=given.get("parliament_number"), day=day
        )
        if proposer and chamber:
            try:
                in_its_chamber(chamber, proposer)
            except ValidationError as elsewhere:
                self.add_error("proposer", elsewhere)
        if proposer and day and "proposer" not in self.errors and not sat_on(proposer, day):
            self.add_error("proposer", NOT_SEATED)
        if given.get("sitting_on") and day and given["sitting_on"] < day:
            self.add_error("sitting_on", gettext("This day is before it was received."))
        twin = twin_of(given)
        if twin:
            self.add_error("motion_number", taken_by(twin, self.user))
        return given

    def matter(self) -> Motion:
        """As told, not yet registered."""
        given = self.cleaned_data
        facts = {name: given[name] for name in self.needed - {"received_on", "title"}}
        others = {name: given[name] for name in ("motion_number", "session", "sitting_on")}
        return Motion(**self.common, **facts, **others)


def twin_of(given: dict[str, Any], *, but: int = 0) -> Motion | None:
    """The motion that has this number in its parliament and chamber already."""
    names = ("parliament_number", "chamber", "motion_number")
    if any(given.get(name) in (None, "") for name in names):
        return None
    return Motion.objects.filter(**{name: given[name] for name in names}).exclude(pk=but).first()


def taken_by(twin: Motion, user: User) -> ValidationError:
    """That a number is taken, with a way to the one that has it, for whom may see it."""
    if not Motion.objects.visible_to(user).filter(pk=twin.pk).exists():
        return ValidationError(gettext("Another motion has this number already."), code="taken")
    words = gettext("This number is taken by")
    link = format_html('{} <a href="{}">{}</a>', words, twin.get_absolute_url(), f"{twin.label} {twin.title}")
    return ValidationError(link, code="taken")


class CorrectForm(WithFirstValues):
    """The facts as registered; before and after go into the history."""

    title = forms.CharField(label=_("Subject"), min_length=5, max_length=200)
    chamber = forms.ChoiceField(label=_("Chamber"), choices=Chamber.choices, widget=FastSelect)
    parliament_number = WholeNumberField(label=_("Parliament no."), most=999, widget=forms.TextInput())
    motion_number = WholeNumberField(
        label=_("Number of the motion"), most=99_999, required=False, widget=forms.TextInput()
    )
    session = forms.ModelChoiceField(
        label=_("Session"), queryset=Session.objects.all(), required=False, widget=FastSelect
    )
    proposer = MemberField(label=_("Proposed by"), widget=MemberInput())
    text = forms.CharField(label=_("Text of the motion"), max_length=40000, widget=box(7))
    secrecy = forms.TypedChoiceField(
        label=_("Secrecy"), choices=Secrecy.choices, coerce=int, widget=FastSelect
    )

    def prepare(self) -> None:
        self.begin_with(*(name for name in self.fields if name != "seen"))

    def clean(self) -> dict[str, Any]:
        """As when it was registered."""
        given = super().clean() or self.cleaned_data
        self.settle_who("proposer", given)
        twin = twin_of(given, but=self.matter.pk)
        if twin:
            self.add_error("motion_number", taken_by(twin, self.user))
        return given


class VoteForm(StepForm):
    """What the chamber resolved."""

    body = "parliament/bodies/vote.html"

    vote = forms.ChoiceField(label=_("Result of the vote"), choices=[], widget=FastSelect)
    votes_for = WholeNumberField(label=_("For"), most=MOST_VOTES, required=False, widget=forms.TextInput())
    votes_against = WholeNumberField(
        label=_("Against"), most=MOST_VOTES, required=False, widget=forms.TextInput()
    )
    abstentions = WholeNumberField(
        label=_("Abstained"), most=MOST_VOTES, required=False, widget=forms.TextInput()
    )

    def prepare(self) -> None:
        cast(forms.ChoiceField, self.fields["vote"]).choices = [("", "—"), *Motion.Vote.choices]


MOTION_STEP_FORMS: dict[str, type[StepForm]] = {
    **CARRYING_FORMS,
    **ASKING_FORMS,
    **DRAFTING_FORMS,
    **ENDING_FORMS,
    "correct": CorrectForm,
    "give_statement": GivenForm,
    "give_statement_without_text": GivenWithoutTextForm,
    "close": VoteForm,
}
