"""What every form that registers a matter asks: when it came, what it is, its files, who carries it."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.calendar import OFFICE_TZ
from office.documents import Upload
from office.fields import ThaiDateField
from office.figures import figures
from office.file_field import FilesField
from office.form_fields import ClockField, Line, OfficeForm
from office.form_ticket import FormTicket
from office.models import Role, Secrecy, User
from office.select import FastSelect

OPENING: Final = time(8, 30)  # for a paper of an earlier day whose hour nobody wrote down
WITH_EMPTY: Final = [("", _("Choose"))]


class IntakeForm(OfficeForm):
    """The head and the foot of a form of registration; a child asks what its kind is about."""

    needed: frozenset[str] = frozenset({"received_on", "title"})
    """What must be answered, beside what always has a value."""

    received_on = ThaiDateField(
        label=_("Date received"), error_messages={"required": _("Write the date it was received.")}
    )
    received_time = ClockField(label=_("Time"))
    title = forms.CharField(
        label=_("Subject"),
        min_length=5,
        max_length=200,
        widget=Line(),
        error_messages={
            "required": _("Write in one line what it is about."),
            "min_length": _("Write a few words more."),
        },
    )
    attachments = FilesField(label=_("Files"))
    secrecy = forms.TypedChoiceField(
        label=_("Secrecy"), choices=Secrecy.choices, coerce=int, initial=Secrecy.ORDINARY, widget=FastSelect
    )
    take_it = forms.BooleanField(
        label=_("I handle this matter myself"),
        required=False,
        widget=forms.CheckboxInput({"class": "form-check-input"}),
    )
    ticket = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, user: User, now: datetime, **kwargs: Any) -> None:
        self.user, self.moment = user, now
        super().__init__(*args, **kwargs)
        self.opened = FormTicket.unseal(self.data.get("ticket", "")) if self.is_bound else None
        self.begin()
        for name, field in self.fields.items():
            if name not in ("secrecy", "ticket", "take_it"):
                field.required = name in self.needed
            if isinstance(field, ThaiDateField):
                field.widget.attrs["class"] = "form-control"
        always = {"received_time", "secrecy", "take_it", "ticket"}
        self.optional = frozenset(self.fields) - self.needed - always

    @property
    def today(self) -> date:
        return self.moment.astimezone(OFFICE_TZ).date()

    def begin(self) -> None:
        """First values and limits; a child adds its own."""
        received = self.fields["received_on"]
        assert isinstance(received, ThaiDateField)
        received.max_date = received.initial = self.today
        self.fields["received_time"].initial = figures(self.moment.astimezone(OFFICE_TZ).strftime("%H.%M"))
        self.fields["take_it"].initial = not self.user.has_role(Role.HEAD)

    def clean(self) -> dict[str, Any]:
        """The moment of receipt, which is not later than now."""
        given = super().clean() or self.cleaned_data
        if given.get("received_on") and "received_time" not in self.errors:
            given["received_at"] = self._received_at(given["received_on"], given.get("received_time"))
            if given["received_at"] > self.moment:
                self.add_error("received_time", gettext("This time is still to come."))
        return given

    def _received_at(self, day: date, clock: time | None) -> datetime:
        """The moment of receipt; an hour left out is now for today, the office's opening for an earlier day."""
        if clock is None and day == self.today:
            return self.moment
        return datetime.combine(day, clock or OPENING, OFFICE_TZ)

    @property
    def files_given(self) -> list[Upload]:
        return list(self.cleaned_data["attachments"])

    def ticket_to_send(self) -> str:
        """The same as long as it holds, so a second click stays one matter."""
        if self.opened and not self.opened.is_too_old(self.moment):
            return str(self.data["ticket"])
        return FormTicket.open(self.moment).seal()

    @property
    def common(self) -> dict[str, Any]:
        """What every matter is registered with."""
        given = self.cleaned_data
        return {
            "title": given["title"],
            "received_at": given["received_at"],
            "secrecy": given["secrecy"],
            "owner": self.user if given["take_it"] else None,
        }
