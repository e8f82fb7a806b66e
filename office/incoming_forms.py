"""Forms of the register of documents in: entering, putting right, passing on, what was done, striking out."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time
from typing import Any, Final

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from office.calendar import OFFICE_TZ
from office.fields import ThaiDateField
from office.file_field import FilesField
from office.form_fields import Box, ClockField, Line, OfficeForm
from office.models import IncomingDocument, OutgoingLetter, Secrecy, Subgroup, User
from office.picking import OneOfField, moment_of, start_with
from office.select import FastSelect

FACTS: Final = ("their_number", "dated_on", "sender", "addressee", "subject", "speed", "secrecy", "note")
"""What stands on the document itself, and the remark beside it."""


class FactsForm(OfficeForm):
    """What stands on the document."""

    their_number = forms.CharField(label=_("Its number"), max_length=80, required=False, widget=Line())
    dated_on = ThaiDateField(label=_("Its date"), required=False)
    sender = forms.CharField(
        label=pgettext_lazy("of a document", "From"),
        max_length=200,
        widget=Line(),
        error_messages={"required": _("Write who sent it.")},
    )
    addressee = forms.CharField(
        label=pgettext_lazy("of a document", "To"),
        max_length=200,
        widget=Line(),
        error_messages={"required": _("Write to whom it is addressed.")},
    )
    subject = forms.CharField(
        label=pgettext_lazy("of a document", "Subject"),
        max_length=300,
        widget=Line(),
        error_messages={"required": _("Write what it is about.")},
    )
    speed = forms.ChoiceField(
        label=_("Urgency"),
        choices=[("", _("Not urgent")), *OutgoingLetter.Speed.choices],
        required=False,
        widget=FastSelect,
    )
    secrecy = forms.TypedChoiceField(
        label=_("Secrecy"), choices=Secrecy.choices, coerce=int, widget=FastSelect
    )
    note = forms.CharField(label=_("Remark"), max_length=300, required=False, widget=Line())
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    optional = frozenset({"their_number", "dated_on", "note", "passed_to", "attachments"})

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day = self.fields["dated_on"]
        assert isinstance(day, ThaiDateField)
        day.max_date = today

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FACTS}

    @classmethod
    def of(cls, found: IncomingDocument) -> dict[str, Any]:
        """What the form begins with for a line that is there."""
        return {name: getattr(found, name) for name in FACTS} | {"seen": found.version}


class PassForm(OfficeForm):
    """To which subgroup, and there perhaps to whom."""

    subgroup = OneOfField(label=_("Passed to the subgroup"), widget=FastSelect)
    passed_to = OneOfField(label=_("and there to"), required=False, widget=FastSelect)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    optional = frozenset({"passed_to"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_people(self)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        check_person(self, given)
        return given


def offer_people(form: forms.Form) -> None:
    """The subgroups, and the people who work in them."""
    subgroup, person = form.fields["subgroup"], form.fields["passed_to"]
    assert isinstance(subgroup, OneOfField)
    assert isinstance(person, OneOfField)
    subgroup.offer(Subgroup.objects.order_by("pk"))
    people = User.objects.filter(is_active=True, subgroup__isnull=False).order_by(
        "subgroup_id", "display_name"
    )
    person.offer(people.select_related("subgroup"), str, empty=_("nobody in particular"))


def check_person(form: forms.Form, given: dict[str, Any]) -> None:
    """Whoever it is passed to works in the subgroup."""
    subgroup, person = given.get("subgroup"), given.get("passed_to")
    if subgroup and person and person.subgroup_id != subgroup.pk:
        form.add_error(
            "passed_to", gettext("%(name)s does not work in this subgroup.") % {"name": person.short_name}
        )


class ReceiveForm(FactsForm):
    """A document that came: when, what stands on it, to whom it is passed, the file."""

    received_on = ThaiDateField(label=_("Received on"))
    received_time = ClockField(label=_("Time"))
    subgroup = OneOfField(label=_("Passed to the subgroup"), widget=FastSelect)
    passed_to = OneOfField(label=_("and there to"), required=False, widget=FastSelect)
    attachments = FilesField(label=_("The document as a file"))
    ticket = forms.UUIDField(widget=forms.HiddenInput)
    field_order = (
        "received_on", "received_time", "their_number", "dated_on", "sender", "addressee", "subject", "speed",
        "secrecy", "subgroup", "passed_to", "note", "attachments", "ticket",
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, today=now.astimezone(OFFICE_TZ).date(), **kwargs)
        self.moment = now
        day = self.fields["received_on"]
        assert isinstance(day, ThaiDateField)
        day.max_date = now.astimezone(OFFICE_TZ).date()
        start_with(self, "received", now)
        offer_people(self)
        self.fields["subgroup"].initial = user.subgroup_id
        self.fields["ticket"].initial = uuid.uuid4()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        check_person(self, given)
        at = moment_of(given.get("received_on"), given.get("received_time"), time(8, 30))
        # The form says minutes: of the minute in which it was opened it means that moment.
        given["received_at"] = min(at, self.moment) if at else None
        if at and (at - self.moment).total_seconds() > 60:
            self.add_error("received_time", gettext("This time is still to come."))
        return given

    def all_facts(self) -> dict[str, Any]:
        """Everything that the line is made of."""
        return self.facts() | {
            name: self.cleaned_data[name] for name in ("received_at", "subgroup", "passed_to")
        }


class PracticeForm(OfficeForm):
    """What was done with it."""

    words = forms.CharField(
        label=pgettext_lazy("of a document", "What was done"),
        max_length=300,
        widget=Line(),
        error_messages={"required": _("Write what was done.")},
    )
    attachments = FilesField(label=_("Files"))
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    optional = frozenset({"attachments"})


class StrikeForm(OfficeForm):
    """Why a line is struck out."""

    reason = forms.CharField(
        label=_("Why is it struck out"),
        max_length=250,
        widget=Box(2),
        error_messages={"required": _("Write why.")},
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
