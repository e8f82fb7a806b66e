"""How a petition comes in: the citizen's form and the officer's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.forms.fields import category_rows
from complaints.forms.petition import IDENTITIES, NAMED, IntakeForm, Kind
from complaints.forms.suggested import SuggestingForm
from complaints.models import Category, Petition
from office.calendar import OFFICE_TZ
from office.fields import ThaiDateField
from office.figures import figures
from office.form_fields import ClockField, Line
from office.models import Role, Secrecy, User
from office.plain_number import plain_number
from office.select import FastSelect, RowField

OPENING = time(8, 30)  # for a paper of an earlier day whose hour nobody wrote down

SHORT_LABELS = {"kind": _("Kind"), "title": _("Subject"), "story": _("Story"), "identity": _("Petitioner")}


class PublicPetitionForm(IntakeForm):
    """The citizen's form: nothing to know beforehand, one way to be reached, consent, and two traps for machines."""

    channel_given = Petition.Channel.WEB.value

    consent = forms.BooleanField(
        label=_("I agree that my data are used to handle this matter and to tell me the result."),
        required=False,
        widget=forms.CheckboxInput({"class": "form-check-input"}),
    )
    homepage = forms.CharField(label=_("Leave this empty"), required=False, widget=Line(tabindex="-1"))

    def clean(self) -> dict[str, Any]:
        """A way to reach the person, consent for personal data, and nobody's machine."""
        given = super().clean()
        if given.get("identity") == NAMED:
            self._check_person(given)
        if given.get("homepage"):
            self.add_error(
                None,
                gettext(
                    "The field that must stay empty was filled in. It is empty again: press send once more."
                ),
            )
        elif self.opened is None or self.opened.is_too_old(self.moment):
            self.add_error(
                None,
                gettext(
                    "The form was open for too long. What you wrote is still here: press send once more."
                ),
            )
        elif self.opened.is_too_fast(self.moment):
            self.add_error(
                None, gettext("That was very fast. Check what you wrote, then press send once more.")
            )
        return given

    def _check_person(self, given: dict[str, Any]) -> None:
        ways = ("telephone", "email", "address")
        if not any(given.get(way) for way in ways) and not any(way in self.errors for way in ways):
            self.add_error("telephone", gettext("Give one way to reach you: telephone, e-mail or address."))
        if not given.get("consent"):
            self.add_error(
                "consent", gettext("Your data can only be used if you agree. You may also stay anonymous.")
            )


class StaffPetitionForm(IntakeForm, SuggestingForm):
    """The officer's form for what comes by letter, visit, telephone, politician or agency; the keyboard is enough."""

    field_order = ("channel", "political_source", "received_on", "received_time")

    channel = forms.ChoiceField(
        label=_("Channel"),
        choices=[choice for choice in Petition.Channel.choices if choice[0] != Petition.Channel.WEB],
        initial=Petition.Channel.LETTER,
        widget=FastSelect({"autofocus": True}),
    )
    political_source = forms.CharField(
        label=_("Political person or organisation"), max_length=200, required=False, widget=Line()
    )
    received_on = ThaiDateField(
        label=_("Date received"), error_messages={"required": _("Write the date it was received.")}
    )
    received_time = ClockField(label=_("Time"))
    category = RowField(
        Category.objects.filter(is_active=True),
        category_rows,
        label=_("Category"),
        required=False,
        empty=_("Choose later"),
    )
    secrecy = forms.TypedChoiceField(
        label=_("Secrecy"), choices=Secrecy.choices, coerce=int, initial=Secrecy.ORDINARY, widget=FastSelect
    )
    consent = forms.BooleanField(
        label=_("The petitioner agreed to the use of the data"),
        required=False,
        widget=forms.CheckboxInput({"class": "form-check-input"}),
    )
    take_it = forms.BooleanField(
        label=_("I handle this matter myself"),
        required=False,
        widget=forms.CheckboxInput({"class": "form-check-input"}),
    )

    officer = forms.ModelChoiceField(
        label=_("Give it to"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Assign later"),
        widget=FastSelect,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)
        if user.has_role(Role.HEAD):
            officers = User.objects.with_role(Role.OFFICER).filter(subgroup=user.subgroup_id)
            self.fields["officer"].queryset = officers.exclude(pk=user.pk)  # type: ignore[attr-defined]
        else:
            del self.fields["officer"]  # giving matters to others is the head's
        local = self.moment.astimezone(OFFICE_TZ)
        date_field = self.fields["received_on"]
        date_field.widget.attrs["class"] = "form-control"
        date_field.max_date = date_field.initial = local.date()  # type: ignore[attr-defined]
        clock = local.strftime("%H.%M")
        self.fields["received_time"].initial = figures(clock)
        self.fields["take_it"].initial = not self.user.has_role(Role.HEAD)
        self._shorten()
        self.take_up()

    def _shorten(self) -> None:
        """The same questions as an officer reads them: lists instead of choices, no explanations."""
        self.fields["kind"].widget = FastSelect(choices=Kind.choices)
        self.fields["identity"].widget = FastSelect({"data-identity": True}, choices=IDENTITIES)
        for name, label in SHORT_LABELS.items():
            self.fields[name].label = label
        for name in ("title", "story", "thai_id"):
            self.fields[name].help_text = ""

    def routed_by(self) -> tuple[str, Any, Any]:
        """As chosen so far."""
        kind, agency, province = [str(self[name].value() or "") for name in ("kind", "agency", "province")]
        return kind, plain_number(agency), province

    def parts(self) -> Mapping[str, str]:
        """A rule's officer is the one who registers it, or somebody a head gives it to."""
        ticks = self.suggestion.officer == self.user
        return {"category": "category", "take_it" if ticks else "officer": "officer"}

    @property
    def told_besides(self) -> str:
        """Whose it is by the rule, where this person cannot give it to them."""
        officer = self.suggestion.officer
        if officer is None or officer == self.user or "officer" in self.fields:
            return ""
        return gettext("By the office's rule %(officer)s handles it; the head gives it out.") % {
            "officer": officer.short_name
        }

    @property
    def given_to(self) -> User | None:
        """The officer to whom a head gives it at once."""
        return self.cleaned_data.get("officer")

    def clean(self) -> dict[str, Any]:
        """The moment of receipt is not to come; a politician's matter names who passed it on."""
        given = super().clean()
        if given.get("officer") and given.get("take_it"):
            self.add_error("officer", gettext("Either you handle it yourself or you give it to somebody."))
        if given.get("channel") == Petition.Channel.POLITICIAN and not given.get("political_source"):
            self.add_error("political_source", gettext("Write who passed it on."))
        if given.get("received_on") and "received_time" not in self.errors:
            given["received_at"] = self._received_at(given["received_on"], given.get("received_time"))
            if given["received_at"] > self.moment:
                self.add_error("received_time", gettext("This time is still to come."))
        return given

    def _received_at(self, day: date, clock: time | None) -> datetime:
        """The moment of receipt; an hour left out is now for today, the office's opening for an earlier day."""
        if clock is None and day == self.moment.astimezone(OFFICE_TZ).date():
            return self.moment
        return datetime.combine(day, clock or OPENING, OFFICE_TZ)

    def petition(self) -> Petition:
        """As told, with what only the office knows."""
        given = self.cleaned_data
        petition = super().petition()
        petition.channel = given["channel"]
        petition.political_source = given["political_source"]
        petition.received_at = given["received_at"]
        petition.category = given["category"]
        petition.secrecy = given["secrecy"]
        petition.owner = self.user if given["take_it"] else None
        return petition
