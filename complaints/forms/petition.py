"""What every petition tells, whoever writes it down: the form that the citizen's and the officer's extend."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.forms.fields import ExplainedRadios, TelephoneField, ThaiIdField, area_rows
from complaints.models import Petition, Petitioner
from office.documents import Upload
from office.file_field import FilesField, FilesInput
from office.form_fields import Box, EmailLine, Line, OfficeForm, agency_rows, province_rows
from office.form_ticket import FormTicket
from office.models import Agency, EducationArea, Province, User
from office.select import RowField

Kind = Petition.PetitionKind
NAMED, ANONYMOUS = "named", "anonymous"

KINDS_EXPLAINED = {
    Kind.GRIEVANCE.value: _("You suffer hardship or unfairness and ask for it to be put right."),
    Kind.COMPLAINT.value: _("You saw something done wrongly and ask for it to be looked into."),
    Kind.HELP.value: _("You ask for help or support, such as a scholarship."),
    Kind.OPINION.value: _("You have an opinion or a suggestion about education."),
}
IDENTITIES = [(NAMED, _("I give my name")), (ANONYMOUS, _("I stay anonymous"))]
IDENTITIES_EXPLAINED = {
    NAMED: _("Only those who handle your matter see it. We can ask you for details and tell you the result."),
    ANONYMOUS: _(
        "Nothing written below is kept. We can then not ask you for details, not send you a letter, "
        "and not act where the law needs to know who asks. You can still follow with the number and code."
    ),
}


class IntakeForm(OfficeForm):
    """What every petition tells: kind, subject, story, place, agency, who asks, files. Each child adds `consent`."""

    optional = frozenset(
        {"province", "education_area", "place", "agency", "agency_text", "attachments", "thai_id"}
    )

    kind = forms.ChoiceField(
        label=_("What kind of matter is it?"),
        choices=Kind.choices,
        widget=ExplainedRadios(KINDS_EXPLAINED),
        error_messages={"required": _("Choose one of the four.")},
    )
    title = forms.CharField(
        label=_("The matter in one line"),
        help_text=_("For example: the school collects fees without telling the parents."),
        min_length=5,
        max_length=200,
        widget=Line(),
        error_messages={
            "required": _("Write in one line what it is about."),
            "min_length": _("Write a few words more."),
        },
    )
    story = forms.CharField(
        label=_("What happened"),
        help_text=_("What, when, where, who was there, and what you ask for. Your own words will do."),
        max_length=20000,
        widget=Box(8),
        error_messages={"required": _("Write what happened.")},
    )
    province = RowField(
        Province.objects.all(),
        province_rows,
        label=_("Province"),
        required=False,
        empty=_("Choose a province"),
        attrs={"data-narrows": "id_education_area"},
    )
    education_area = RowField(
        EducationArea.objects.select_related("province"),
        area_rows,
        label=_("Education area"),
        required=False,
        empty=_("Choose an education area"),
    )
    place = forms.CharField(
        label=_("School or place"),
        max_length=200,
        required=False,
        widget=Line(),
    )
    agency = RowField(
        Agency.objects.filter(is_active=True),
        agency_rows,
        label=_("Agency concerned"),
        required=False,
        empty=_("Choose an agency"),
    )
    agency_text = forms.CharField(
        label=_("Agency not in the list"), max_length=200, required=False, widget=Line()
    )
    identity = forms.ChoiceField(
        label=_("Do you give your name?"),
        choices=IDENTITIES,
        initial=NAMED,
        widget=ExplainedRadios(IDENTITIES_EXPLAINED, {"data-identity": True}),
        error_messages={"required": _("Choose whether you give your name.")},
    )
    name = forms.CharField(
        label=_("Full name"), max_length=200, required=False, widget=Line(autocomplete="name")
    )
    telephone = TelephoneField(label=_("Telephone"), required=False)
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        required=False,
        widget=EmailLine(autocomplete="email"),
        error_messages={"invalid": _("Write the whole address, e.g. name@example.com.")},
    )
    address = forms.CharField(
        label=_("Postal address"),
        max_length=500,
        required=False,
        widget=Box(3, autocomplete="street-address"),
    )
    thai_id = ThaiIdField(
        label=_("National ID number"),
        required=False,
        help_text=_("Only where your right depends on it, such as a scholarship. Kept encrypted."),
    )
    attachments = FilesField(label=_("Files"))
    ticket = forms.CharField(widget=forms.HiddenInput, required=False)

    channel_given: str = ""

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        self.moment = now
        super().__init__(*args, **kwargs)
        self.opened = FormTicket.unseal(self.data.get("ticket", "")) if self.is_bound else None

    def clean(self) -> dict[str, Any]:
        """Place and agency agree with each other; who gives a name gives it."""
        given = super().clean() or self.cleaned_data
        area, province = given.get("education_area"), given.get("province")
        if area and province and area.province_id != province.pk:
            self.add_error("education_area", gettext("This education area is not in the province chosen."))
        elif area and not province:
            given["province"] = area.province
        if given.get("identity") == NAMED and not given.get("name") and "name" not in self.errors:
            self.add_error("name", gettext("Write your name, or choose to stay anonymous."))
        return given

    @property
    def given_to(self) -> User | None:
        """To whom the petition is given as soon as it is registered."""
        return None

    @property
    def is_anonymous(self) -> bool:
        return bool(self.cleaned_data["identity"] == ANONYMOUS)

    @property
    def files_given(self) -> list[Upload]:
        return list(self.cleaned_data["attachments"])

    def typed(self) -> dict[str, str]:
        """What was typed, in order or not, for somebody who wants to go on another day."""
        left_out = ("ticket", "attachments", "homepage")
        given = {name: self.data.get(name, "") for name in self.fields if name not in left_out}
        return {name: str(text) for name, text in given.items() if text}

    def files_accepted(self) -> list[Upload]:
        """The files in order, whatever is wrong with the rest of the form."""
        return list(self._files_widget().accepted)

    def take_files(self, files: list[Upload]) -> None:
        """Show files as attached that were accepted before."""
        self._files_widget().accepted = files

    def _files_widget(self) -> FilesInput:
        widget = self.fields["attachments"].widget
        assert isinstance(widget, FilesInput)
        return widget

    def forget_faults(self, *, except_for: str) -> None:
        """Keep quiet about everything but one field: nothing is being sent."""
        for name in [name for name in self.errors if name != except_for]:
            del self.errors[name]

    def ticket_to_send(self) -> str:
        """The hidden text of the next sending: the same as long as it holds, so a second click stays one petition."""
        if self.opened and not self.opened.is_too_old(self.moment):
            return str(self.data["ticket"])
        return FormTicket.open(self.moment).seal()

    def code(self) -> str:
        """The petitioner's code: the same for the same contents of the same opening of the form."""
        opened = self.opened or FormTicket.open(self.moment)
        # The moment is left out: a second click comes a moment later.
        left_out = ("ticket", "attachments", "received_at")
        given = [
            (name, str(getattr(value, "pk", value)))
            for name, value in sorted(self.cleaned_data.items())
            if name not in left_out
        ]
        return opened.code_for(given, sorted(upload.sha256 for upload in self.files_given))

    def petition(self) -> Petition:
        """The petition as told, not yet registered."""
        given = self.cleaned_data
        return Petition(
            petition_kind=given["kind"],
            channel=self.channel_given,
            title=given["title"],
            story=given["story"],
            province=given["province"],
            education_area=given["education_area"],
            place=given["place"],
            agency=given["agency"],
            agency_text=given["agency_text"],
            received_at=self.moment,
        )

    def petitioner(self) -> Petitioner | None:
        """The person behind it; None when anonymous, whatever else was typed."""
        given = self.cleaned_data
        if self.is_anonymous:
            return None
        person = Petitioner(
            name=given["name"],
            telephone=given["telephone"],
            email=given["email"],
            address=given["address"],
            consent_at=self.moment if given["consent"] else None,
        )
        person.thai_id = given["thai_id"]
        return person
