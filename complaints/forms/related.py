"""Registering a related matter: one short form per kind, with the date before the court where there is one."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.models import Hearing, Petition, RelatedMatter
from office.calendar import OFFICE_TZ
from office.documents import Upload
from office.fields import ThaiDateField
from office.figures import figures
from office.file_field import FilesField
from office.form_fields import Box, ClockField, Line, OfficeForm, agency_rows
from office.form_ticket import FormTicket
from office.models import Agency, Matter, Role, Secrecy, User
from office.search import numbered
from office.select import FastSelect, RowField
from office.thai import to_arabic_digits

OPENING = time(8, 30)  # for a paper of an earlier day whose hour nobody wrote down
Kind = RelatedMatter.RelatedKind

ASKED_OF: dict[str, tuple[str, ...]] = {
    Kind.REPORT: (),
    Kind.TORT: ("amount", "limitation_on", "committee"),
    Kind.CRIMINAL: ("official_position", "stage", "court", "court_name", "case_number", "limitation_on"),
    Kind.SUMMONS: (
        "court",
        "court_name",
        "case_number",
        "role",
        "hearing_on",
        "hearing_time",
        "purpose",
        "room",
        "attends",
    ),
}
"""The questions of each kind, beside those that every matter answers."""
NEEDED_OF: dict[str, tuple[str, ...]] = {
    Kind.REPORT: (),
    Kind.TORT: ("amount", "limitation_on"),
    Kind.CRIMINAL: ("agency", "official_position", "stage"),
    Kind.SUMMONS: ("court", "court_name", "case_number", "role", "hearing_on", "hearing_time", "purpose"),
}
"""Those that must be answered."""
OF_SOME_KIND = {name for names in ASKED_OF.values() for name in names}
WITH_EMPTY = [("", _("Choose"))]


class BahtField(forms.CharField):
    """An amount as people write it, ๑,๒๕๐,๐๐๐.๕๐ บาท, in either digits; cleans to baht with satang, or None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=30, widget=Line(inputmode="decimal"), **kwargs)

    def clean(self, value: Any) -> Decimal | None:
        """The amount; a ValidationError for what is none, or less than a satang."""
        typed = to_arabic_digits(super().clean(value)).removesuffix("บาท").replace(",", "").strip()
        if not typed:
            return None
        try:
            amount = Decimal(typed)
        except InvalidOperation as wrong:
            raise ValidationError(_("Write the amount in baht, e.g. 1,250,000.50."), code="baht") from wrong
        if not amount.is_finite() or amount <= 0:
            raise ValidationError(_("The amount must be more than nothing."), code="baht")
        if amount != amount.quantize(Decimal("0.01")) or amount >= Decimal(10) ** 12:
            raise ValidationError(_("Write at most twelve digits, and at most two of satang."), code="baht")
        return amount


class PetitionNumberField(forms.CharField):
    """The number of a petition, as the register writes it or shorter; what a person may not see is not there."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, required=False, widget=Line(), **kwargs)

    def petition(self, typed: str, *, user: User, today: date) -> Petition | None:
        """The petition of that number; a ValidationError when there is none, or more than one."""
        if not typed:
            return None
        found = [
            matter for matter in numbered(user, typed, today) if matter.kind == Matter.Kind.PETITION.value
        ]
        if len(found) != 1:
            raise ValidationError(_("There is no petition with this number, e.g. 123/2553."), code="number")
        return Petition.objects.get(pk=found[0].pk)


class RelatedIntakeForm(OfficeForm):
    """What is asked when a related matter comes in: of every kind the same head, then the kind's own questions."""

    received_on = ThaiDateField(
        label=_("Date received"), error_messages={"required": _("Write the date it was received.")}
    )
    received_time = ClockField(label=_("Time"))
    received_from = forms.CharField(label=_("Received from"), max_length=200, widget=Line(autofocus=True))
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
    court = forms.ChoiceField(
        label=_("Kind of court"), choices=[*WITH_EMPTY, *RelatedMatter.Court.choices], widget=FastSelect
    )
    court_name = forms.CharField(label=_("Court"), max_length=200, widget=Line())
    case_number = forms.CharField(label=_("Case number"), max_length=60, widget=Line())
    role = forms.ChoiceField(
        label=_("Summoned as"), choices=[*WITH_EMPTY, *RelatedMatter.Role.choices], widget=FastSelect
    )
    hearing_on = ThaiDateField(
        label=_("Date of the hearing"), error_messages={"required": _("Write the date the court has set.")}
    )
    hearing_time = ClockField(
        label=_("Time of the hearing"),
        error_messages={"required": _("Write the hour the court has set, e.g. 9.00.")},
    )
    purpose = forms.CharField(label=_("What the hearing is for"), max_length=200, widget=Line())
    room = forms.CharField(label=_("Court and room"), max_length=200, widget=Line())
    attends = forms.CharField(label=_("Who attends"), max_length=200, widget=Line())
    official_position = forms.CharField(
        label=_("Position of the official"),
        max_length=200,
        widget=Line(),
        help_text=_("Position and place of work only; the name stands in the file."),
    )
    stage = forms.ChoiceField(
        label=_("Stage of the case"), choices=[*WITH_EMPTY, *RelatedMatter.Stage.choices], widget=FastSelect
    )
    amount = BahtField(label=_("Damage in baht"))
    limitation_on = ThaiDateField(label=_("Limitation date"))
    committee = forms.CharField(label=_("Committee of inquiry"), max_length=2000, widget=Box(3))
    story = forms.CharField(
        label=_("What it is about"),
        max_length=20000,
        widget=Box(5),
        error_messages={"required": _("Write what it is about.")},
    )
    agency = RowField(
        Agency.objects.filter(is_active=True),
        agency_rows,
        label=_("Agency concerned"),
        empty=_("Choose an agency"),
    )
    arises_from = PetitionNumberField(label=_("Number of the petition it arises from"))
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

    def __init__(self, *args: Any, kind: str, user: User, now: datetime, **kwargs: Any) -> None:
        self.kind, self.user, self.moment = kind, user, now
        super().__init__(*args, **kwargs)
        needed = {"received_on", "title", "story", *NEEDED_OF[kind]}
        for name in OF_SOME_KIND - set(ASKED_OF[kind]):
            del self.fields[name]
        for name, field in self.fields.items():
            if name not in ("secrecy", "ticket", "take_it"):
                field.required = name in needed
        # Said beside the label; the hour of receipt explains itself.
        self.optional = frozenset(self.fields) - needed - {"received_time", "secrecy", "take_it", "ticket"}
        self.opened = FormTicket.unseal(self.data.get("ticket", "")) if self.is_bound else None
        self._begin()

    def _begin(self) -> None:
        local = self.moment.astimezone(OFFICE_TZ)
        received = self.fields["received_on"]
        assert isinstance(received, ThaiDateField)
        received.max_date = received.initial = local.date()
        self.fields["received_time"].initial = figures(local.strftime("%H.%M"))
        self.fields["take_it"].initial = not self.user.has_role(Role.HEAD)
        if "purpose" in self.fields:
            self.fields["purpose"].initial = gettext("First hearing")
        for name in ("received_on", "hearing_on", "limitation_on"):
            if name in self.fields:
                self.fields[name].widget.attrs["class"] = "form-control"

    def clean(self) -> dict[str, Any]:
        """Moments in their order: received not later than now, the hearing and the limitation not before that."""
        given = super().clean() or self.cleaned_data
        if given.get("received_on") and "received_time" not in self.errors:
            given["received_at"] = self._received_at(given["received_on"], given.get("received_time"))
            if given["received_at"] > self.moment:
                self.add_error("received_time", gettext("This time is still to come."))
        self._check_hearing(given)
        if given.get("limitation_on") and given["limitation_on"] < self.moment.astimezone(OFFICE_TZ).date():
            self.add_error("limitation_on", gettext("This day has passed."))
        try:
            today = self.moment.astimezone(OFFICE_TZ).date()
            field = self.fields["arises_from"]
            assert isinstance(field, PetitionNumberField)
            given["petition"] = field.petition(given.get("arises_from", ""), user=self.user, today=today)
        except ValidationError as unknown:
            self.add_error("arises_from", unknown)
        return given

    def _check_hearing(self, given: dict[str, Any]) -> None:
        day, hour = given.get("hearing_on"), given.get("hearing_time")
        if not day or hour is None:
            return
        given["hearing_at"] = datetime.combine(day, hour, OFFICE_TZ)
        if given.get("received_at") and given["hearing_at"] <= given["received_at"]:
            self.add_error(
                "hearing_on", gettext("The hearing would be before the summons came in. Check both dates.")
            )

    def _received_at(self, day: date, clock: time | None) -> datetime:
        """The moment of receipt; an hour left out is now for today, the office's opening for an earlier day."""
        if clock is None and day == self.moment.astimezone(OFFICE_TZ).date():
            return self.moment
        return datetime.combine(day, clock or OPENING, OFFICE_TZ)

    @property
    def files_given(self) -> list[Upload]:
        return list(self.cleaned_data["attachments"])

    @property
    def has_dates(self) -> bool:
        return True

    def ticket_to_send(self) -> str:
        """The same as long as it holds, so a second click stays one matter."""
        if self.opened and not self.opened.is_too_old(self.moment):
            return str(self.data["ticket"])
        return FormTicket.open(self.moment).seal()

    def matter(self) -> RelatedMatter:
        """As told, not yet registered."""
        given = self.cleaned_data
        facts = RelatedMatter.FACTS[Kind(self.kind)]
        return RelatedMatter(
            related_kind=self.kind,
            title=given["title"],
            story=given["story"],
            received_from=given["received_from"],
            received_at=given["received_at"],
            agency=given["agency"],
            arises_from=given["petition"],
            secrecy=given["secrecy"],
            owner=self.user if given["take_it"] else None,
            limitation_on=given.get("limitation_on"),
            **{name: given[name] for name in facts if name in given},
        )

    def hearing(self) -> Hearing | None:
        """The first date before the court, of a summons."""
        given = self.cleaned_data
        if "hearing_at" not in given:
            return None
        return Hearing(
            at=given["hearing_at"], purpose=given["purpose"], room=given["room"], attends=given["attends"]
        )

    def own_rows(self) -> list[list[Any]]:
        """The kind's own questions, as many in a row as read well together."""
        return [
            [self[name] for name in row if name in self.fields] for row in ROWS if set(row) & set(self.fields)
        ]


ROWS = [
    ("court", "court_name"),
    ("case_number", "role", "stage"),
    ("hearing_on", "hearing_time"),
    ("purpose",),
    ("room", "attends"),
    ("official_position",),
    ("amount", "limitation_on"),
    ("committee",),
]
