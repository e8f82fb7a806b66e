"""Registering a consultation: of a member, asked in the chamber or by letter, or of a constitutional organisation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.fields import ThaiDateField
from office.form_fields import Box, EmailLine, Line
from office.intake_form import IntakeForm
from office.select import FastSelect
from parliament.forms.members import NOT_SEATED, MemberField, MemberInput, sat_on, settle_term
from parliament.models import ConstitutionalBody, Consultation
from parliament.models.houses import SEATS

BY_LETTER = ("", _("Not in a chamber: by letter"))


class ConsultationForm(IntakeForm):
    """What both kinds of raiser have in common."""

    raised_on = ThaiDateField(
        label=_("Raised on"), error_messages={"required": _("Write the day on which it was raised.")}
    )
    reference = forms.CharField(label=_("Number of their letter"), max_length=100, widget=Line())
    text = forms.CharField(
        label=_("What was raised"),
        max_length=40000,
        widget=Box(6),
        error_messages={"required": _("Write what was raised.")},
    )
    raiser_email = forms.EmailField(
        label=_("E-mail of the raiser"),
        widget=EmailLine(),
        help_text=_("To send the result to. Empty: the one that is known."),
    )

    needed = frozenset({"received_on", "title", "raised_on", "text"})

    def begin(self) -> None:
        super().begin()
        raised = self.fields["raised_on"]
        assert isinstance(raised, ThaiDateField)
        raised.max_date = raised.initial = self.today

    def clean(self) -> dict[str, Any]:
        """It cannot have been received before it was raised."""
        given = super().clean()
        raised, received = given.get("raised_on"), given.get("received_on")
        if raised and received and raised > received:
            self.add_error("raised_on", gettext("It was received before that day. Check both dates."))
        return given

    def matter(self) -> Consultation:
        """As told, not yet registered."""
        given = self.cleaned_data
        return Consultation(
            **self.common,
            member=given.get("member"),
            body=given.get("body"),
            chamber=given.get("chamber", ""),
            raised_on=given["raised_on"],
            reference=given["reference"],
            text=given["text"],
            raiser_email=given["raiser_email"],
        )


class MemberConsultationForm(ConsultationForm):
    """Of a member."""

    member = MemberField(
        label=_("Raised by member"),
        widget=MemberInput(autofocus=True),
        help_text=_("Type a part of the name."),
        error_messages={"required": _("Write the member's name.")},
    )
    chamber = forms.ChoiceField(
        label=_("Where it was raised"), choices=[*SEATS, BY_LETTER], widget=FastSelect
    )

    needed = ConsultationForm.needed | {"member"}

    def begin(self) -> None:
        super().begin()
        self.fields["chamber"].initial = SEATS[0][0]

    def clean(self) -> dict[str, Any]:
        """A member asks in their own chamber, and only while they have a seat."""
        given = super().clean()
        chamber, day = given.get("chamber", ""), given.get("raised_on")
        member = settle_term(self, given, "member", chamber=chamber, day=day)
        if member and chamber and member.chamber != chamber:
            self.add_error("chamber", gettext("This member has no seat in this chamber."))
        if member and day and not sat_on(member, day):
            self.add_error("member", NOT_SEATED)
        return given


class BodyConsultationForm(ConsultationForm):
    """Of a constitutional organisation, which writes."""

    body = forms.ModelChoiceField(
        label=_("Raised by organisation"),
        queryset=ConstitutionalBody.objects.filter(is_active=True),
        widget=FastSelect,
        empty_label=_("Choose"),
        error_messages={"required": _("Choose the organisation.")},
    )

    needed = ConsultationForm.needed | {"body", "reference"}


FORMS: dict[str, type[ConsultationForm]] = {"member": MemberConsultationForm, "body": BodyConsultationForm}
"""By whom it was raised, as the address names it."""
RAISERS = [("member", _("From a member")), ("body", _("From a constitutional organisation"))]
