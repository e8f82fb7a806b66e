"""Registering a press conference: what it is about, when, where and who speaks."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.calendar import OFFICE_TZ
from office.fields import ThaiDateField
from office.form_fields import Box, ClockField, Line
from office.intake_form import IntakeForm
from office.models import Secrecy
from office.picking import moment_of
from office.select import FastSelect
from publicrelations.models import PressConference

Occasion = PressConference.Occasion


def refuse_public_secret(form: forms.Form, given: dict[str, Any]) -> None:
    """What has a grade of secrecy is never shown on the public site."""
    if given.get("is_public") and given.get("secrecy") not in (None, Secrecy.ORDINARY):
        form.add_error("is_public", gettext("What has a grade of secrecy is not shown on the public site."))


class PressConferenceForm(IntakeForm):
    """What is planned; whom to invite is chosen on its page."""

    needed = frozenset({"received_on", "title", "begins_on", "begins_time"})

    occasion = forms.ChoiceField(
        label=_("Occasion"), choices=Occasion.choices, initial=Occasion.MISSION, widget=FastSelect
    )
    begins_on = ThaiDateField(
        label=_("Day"), error_messages={"required": _("Write the day of the press conference.")}
    )
    begins_time = ClockField(label=_("Begins"))
    ends_time = ClockField(label=_("Ends"))
    place = forms.CharField(label=_("Place"), max_length=200, widget=Line())
    spokespersons = forms.CharField(
        label=_("Speaking"), max_length=1000, widget=Box(2), help_text=_("One a line: name and position.")
    )
    brief = forms.CharField(
        label=_("What it is about"),
        max_length=4000,
        widget=Box(4),
        help_text=_("Stands in the invitation and, if public, on the site."),
    )
    is_public = forms.BooleanField(
        label=_("Show it on the public site"),
        widget=forms.CheckboxInput({"class": "form-check-input"}),
    )

    def begin(self) -> None:
        super().begin()
        self.fields["title"].label = _("Topic")
        self.fields["title"].widget.attrs["autofocus"] = True
        self.fields["begins_time"].error_messages["required"] = gettext("Write when it begins, e.g. 9.30.")
        self.fields["is_public"].initial = True

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        day, begins, ends = (given.get(name) for name in ("begins_on", "begins_time", "ends_time"))
        if day and begins:
            given["starts_at"] = datetime.combine(day, begins, OFFICE_TZ)
            given["ends_at"] = moment_of(day, ends, time.max) if ends else None
            if given["ends_at"] and given["ends_at"] <= given["starts_at"]:
                self.add_error("ends_time", gettext("It ends before it begins."))
        refuse_public_secret(self, given)
        return given

    def matter(self) -> PressConference:
        """As planned, not yet registered."""
        names = ("occasion", "starts_at", "ends_at", "place", "spokespersons", "brief", "is_public")
        return PressConference(**self.common, **{name: self.cleaned_data[name] for name in names})
