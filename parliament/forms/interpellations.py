"""Registering an interpellation, and what the steps ask that only interpellations have."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, Final, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.calendar import OFFICE_TZ, Unit, due_at
from office.fields import ThaiDateField
from office.figures import figures
from office.file_field import FilesField
from office.form_fields import Box, Line
from office.intake_form import IntakeForm
from office.models import Deadline, DeadlineRule, Matter, Secrecy, User
from office.models.calendar import current_calendar
from office.plain_number import plain_number
from office.select import FastSelect
from office.step_form import CARRYING_FORMS, FARTHEST, ReasonForm, StepForm
from office.thai import to_arabic_digits
from parliament.forms.answering import (
    ENDING_FORMS,
    AnsweringForm,
    GivenForm,
    GivenWithoutTextForm,
    WithFirstValues,
    box,
    in_its_chamber,
)
from parliament.forms.asking import ASKING_FORMS
from parliament.forms.drafting import DRAFTING_FORMS
from parliament.forms.members import NOT_SEATED, MemberField, MemberInput, sat_on, settle_term
from parliament.models import Interpellation, Session
from parliament.models.houses import SEATS
from parliament.models.sitting import end_of_sitting

Kind = Interpellation.InterpellationKind
_NUMBERED: Final = re.compile(r"^\s*(?:[0-9๐-๙]{1,3}\s*[.)]|[-•])\s*")
MOST_PARTS: Final = 50
LONGEST_PART: Final = 4000


class WholeNumberField(forms.CharField):
    """A whole number above nothing as people write it, in either digits; cleans to a number or None."""

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        self.most = most
        kwargs.setdefault("widget", Line(inputmode="numeric"))
        super().__init__(max_length=20, **kwargs)

    def clean(self, value: Any) -> int | None:
        """The number; a ValidationError for what is none."""
        typed = to_arabic_digits(super().clean(value)).strip()
        if not typed:
            return None
        number = plain_number(typed)
        if number is None or not 0 < number <= self.most:
            raise ValidationError(_("Write a number, e.g. 12."), code="number")
        return number


class PartsField(forms.CharField):
    """Sub-questions, one a line; cleans to a list. Numbers written before them are left out: they number themselves."""

    def clean(self, value: Any) -> Any:
        lines = str(super().clean(value) or "").splitlines()
        parts = [words for line in lines if (words := _NUMBERED.sub("", line).strip())]
        if len(parts) > MOST_PARTS:
            limit = {"limit": figures(MOST_PARTS)}
            raise ValidationError(_("At most %(limit)s sub-questions."), code="too_many", params=limit)
        if any(len(part) > LONGEST_PART for part in parts):
            raise ValidationError(_("One of the sub-questions is too long."), code="too_long")
        return parts


def parts_field() -> PartsField:
    return PartsField(
        label=_("Sub-questions"),
        required=False,
        max_length=40000,
        help_text=_("One on each line; they are numbered by themselves."),
        widget=Box(5),
    )


class InterpellationForm(IntakeForm):
    """A question as the chamber sent it."""

    interpellation_kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices, widget=FastSelect)
    chamber = forms.ChoiceField(label=_("Chamber"), choices=SEATS, widget=FastSelect)
    parliament_number = WholeNumberField(
        label=_("Parliament no."), most=999, error_messages={"required": _("Write which parliament it is.")}
    )
    question_number = WholeNumberField(
        label=_("Number of the question"),
        most=99_999,
        error_messages={"required": _("Write the number that the chamber gave it.")},
    )
    session = forms.ModelChoiceField(
        label=_("Session"), queryset=Session.objects.all(), widget=FastSelect, empty_label=_("Not given")
    )
    asker = MemberField(
        label=_("Asked by"),
        widget=MemberInput(),
        help_text=_("Type a part of the name."),
        error_messages={"required": _("Write who asks.")},
    )
    text = forms.CharField(
        label=_("Text of the question"),
        max_length=40000,
        widget=Box(7),
        error_messages={"required": _("Write the question.")},
    )
    sub_questions = parts_field()
    sitting_on = ThaiDateField(
        label=_("Answered in the sitting of"), help_text=_("If its day is known already.")
    )

    needed = frozenset(
        {
            "received_on",
            "title",
            "interpellation_kind",
            "chamber",
            "parliament_number",
            "question_number",
            "asker",
            "text",
        }
    )

    def begin(self) -> None:
        super().begin()
        going_on = Session.on(self.today) or Session.objects.first()
        if going_on:
            self.fields["session"].initial = going_on.pk
            self.fields["parliament_number"].initial = figures(going_on.parliament_number)
        self.fields["interpellation_kind"].initial = Kind.SITTING
        sitting = self.fields["sitting_on"]
        assert isinstance(sitting, ThaiDateField)
        sitting.max_date = self.today + FARTHEST

    def clean(self) -> dict[str, Any]:
        """The asker has a seat in the chamber, the number is free, the sitting comes after the receipt."""
        given = super().clean()
        self._check_asker(given)
        self._check_sitting(given)
        twin = twin_of(given)
        if twin:
            self.add_error("question_number", taken_by(twin, self.user))
        return given

    def _check_asker(self, given: dict[str, Any]) -> None:
        chamber, parliament, day = (
            given.get(name) for name in ("chamber", "parliament_number", "received_on")
        )
        if not chamber:
            return
        asker = settle_term(self, given, "asker", chamber=chamber, parliament=parliament, day=day)
        if asker is None:
            return
        try:
            in_its_chamber(chamber, asker)
        except ValidationError as elsewhere:
            self.add_error("asker", elsewhere)
            return
        if day and not sat_on(asker, day):
            self.add_error("asker", NOT_SEATED)

    def _check_sitting(self, given: dict[str, Any]) -> None:
        sitting, received = given.get("sitting_on"), given.get("received_on")
        if not sitting:
            return
        if given.get("interpellation_kind") == Kind.GAZETTE:
            self.add_error("sitting_on", gettext("It is answered in the Royal Gazette, not in a sitting."))
        elif received and sitting < received:
            self.add_error("sitting_on", gettext("This day is before it was received."))

    def due(self) -> datetime | None:
        """Until when the chamber is to be answered by what is typed so far; None while that cannot be said."""
        if not self.is_bound:
            # The sitting is not known yet when the form opens.
            return deadline_of(Kind.SITTING, SEATS[0][0], self.moment)
        self.is_valid()
        given = self.cleaned_data
        kind, chamber, received = (
            given.get(name) for name in ("interpellation_kind", "chamber", "received_at")
        )
        if given.get("sitting_on"):
            return end_of_sitting(given["sitting_on"])
        return deadline_of(kind, chamber, received or self.moment) if kind and chamber else None

    def matter(self) -> Interpellation:
        """As told, not yet registered."""
        given = self.cleaned_data
        facts = {name: given[name] for name in self.needed - {"received_on", "title"}}
        question = Interpellation(
            **self.common, **facts, session=given["session"], sitting_on=given["sitting_on"]
        )
        question.question_texts = given["sub_questions"]
        return question


def deadline_of(kind: str, chamber: str, start: datetime) -> datetime:
    """When the answer falls due by the office's rule for this chamber and kind."""
    rule = DeadlineRule.in_force(
        Matter.Kind.INTERPELLATION, Deadline.Kind.HOUSE_ANSWER, start, scope=f"{chamber}:{kind}"
    )
    return due_at(start, rule.amount, Unit(rule.unit), current_calendar())


def twin_of(given: dict[str, Any], *, but: int = 0) -> Interpellation | None:
    """The question that has this number in its parliament, chamber and kind already."""
    names = ("parliament_number", "chamber", "interpellation_kind", "question_number")
    if any(given.get(name) in (None, "") for name in names):
        return None
    same = Interpellation.objects.filter(**{name: given[name] for name in names})
    return same.exclude(pk=but).first()


def taken_by(twin: Interpellation, user: User) -> ValidationError:
    """That a number is taken, with a way to the one that has it, for whom may see it."""
    if not Interpellation.objects.visible_to(user).filter(pk=twin.pk).exists():
        return ValidationError(gettext("Another question has this number already."), code="taken")
    words = gettext("This number is taken by")
    link = format_html('{} <a href="{}">{}</a>', words, twin.get_absolute_url(), f"{twin.label} {twin.title}")
    return ValidationError(link, code="taken")


class InterpellationStepForm(AnsweringForm):
    @property
    def question(self) -> Interpellation:
        return cast(Interpellation, self.matter)


class CorrectForm(WithFirstValues, InterpellationStepForm):
    """The facts as registered; before and after go into the history."""

    title = forms.CharField(label=_("Subject"), min_length=5, max_length=200)
    interpellation_kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices, widget=FastSelect)
    chamber = forms.ChoiceField(label=_("Chamber"), choices=SEATS, widget=FastSelect)
    parliament_number = WholeNumberField(label=_("Parliament no."), most=999, widget=forms.TextInput())
    question_number = WholeNumberField(
        label=_("Number of the question"), most=99_999, widget=forms.TextInput()
    )
    session = forms.ModelChoiceField(
        label=_("Session"), queryset=Session.objects.all(), required=False, widget=FastSelect
    )
    asker = MemberField(label=_("Asked by"), widget=MemberInput())
    text = forms.CharField(label=_("Text of the question"), max_length=40000, widget=box(7))
    secrecy = forms.TypedChoiceField(
        label=_("Secrecy"), choices=Secrecy.choices, coerce=int, widget=FastSelect
    )

    def prepare(self) -> None:
        self.begin_with(*(name for name in self.fields if name != "seen"))

    def clean(self) -> dict[str, Any]:
        """As when it was registered."""
        given = super().clean() or self.cleaned_data
        self.settle_who("asker", given)
        twin = twin_of(given, but=self.matter.pk)
        if twin:
            self.add_error("question_number", taken_by(twin, self.user))
        return given


class PartsForm(InterpellationStepForm):
    sub_questions = parts_field()

    def prepare(self) -> None:
        self.fields["sub_questions"].widget = box(8)
        self.fields["sub_questions"].initial = "\n".join(self.question.question_texts)


class SentForm(GivenForm):
    """The answer left for the Royal Gazette."""

    def prepare(self) -> None:
        super().prepare()
        self.fields["answered_on"].label = _("Sent on")
        self.fields["answered_by"].label = _("Signed by")


class PlaceForm(InterpellationStepForm):
    """Where it stands in the Royal Gazette."""

    volume = forms.CharField(label=_("Volume"), max_length=20)
    part = forms.CharField(label=_("Part"), max_length=40)
    page = forms.CharField(label=_("Page"), max_length=20)
    gazette_on = ThaiDateField(label=_("Printed on"))

    def prepare(self) -> None:
        assert self.question.answered_at is not None
        first = self.question.answered_at.astimezone(OFFICE_TZ).date()
        self.limit("gazette_on", first=first, last=self.today)


class CorrectPlaceForm(ReasonForm, PlaceForm):
    """As it should be, and why."""

    field_order = ["seen", "volume", "part", "page", "gazette_on", "reason"]

    def prepare(self) -> None:
        super().prepare()
        for name in ("volume", "part", "page"):
            self.fields[name].initial = getattr(self.question, f"gazette_{name}")
        self.fields["gazette_on"].initial = self.question.gazette_on


class PrintedForm(PlaceForm):
    """Where it was printed, with a copy."""

    copy = FilesField(label=_("Copy of the page"))

    def given(self) -> dict[str, Any]:
        """A form has files of its own, so those given are called a copy here."""
        given = super().given()
        return given | {"files": given.pop("copy")}


INTERPELLATION_STEP_FORMS: dict[str, type[StepForm]] = {
    **CARRYING_FORMS,
    **ASKING_FORMS,
    **DRAFTING_FORMS,
    **ENDING_FORMS,
    "correct": CorrectForm,
    "correct_sub_questions": PartsForm,
    "answer_in_sitting": GivenForm,
    "answer_without_text": GivenWithoutTextForm,
    "send_to_gazette": SentForm,
    "record_printing": PrintedForm,
    "correct_printing": CorrectPlaceForm,
    "close": StepForm,
}
