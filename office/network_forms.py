"""What is typed about the network: what narrows its list, an agency, a contact, the last day of one, a correction."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.fields import ThaiDateField
from office.form_fields import Line
from office.list_file_form import ListFileForm
from office.models import Agency, Contact, ContactCorrection
from office.models.agency import AgencyQuerySet
from office.network_columns import HEADINGS
from office.search import normalise
from office.select import FastSelect, Row, RowSelect
from office.thai import to_arabic_digits

UNCONFIRMED, NOBODY, OFF = "unconfirmed", "nobody", "off"
POSTCODE: Final = RegexValidator(r"^[0-9]{5}$", _("A postcode has five digits."))
TELEPHONE: Final = RegexValidator(
    r"^(?:[0-9 ,\-+()./#]|ต่อ|ถึง|ext)*$",
    _("Write a telephone number: digits, spaces and dashes, an extension after “ต่อ”."),
)


def one_line(text: str) -> str:
    """A name as it is kept: single spaces, none around it."""
    return " ".join(text.replace("\u200b", "").split())


class NetworkFilterForm(forms.Form):
    """What narrows the list of agencies; every question stands in the address."""

    q = forms.CharField(label=_("Agency or person"), max_length=100, required=False, widget=Line())
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[("", _("All")), *Agency.Kind.choices],
        required=False,
        widget=FastSelect,
    )
    role = forms.ChoiceField(
        label=_("Has a contact for"),
        choices=[("", _("Anything")), *Contact.Role.choices],
        required=False,
        widget=FastSelect,
    )
    standing = forms.ChoiceField(
        label=_("Standing"),
        choices=[
            ("", _("In use")),
            (UNCONFIRMED, _("Not confirmed for a year")),
            (NOBODY, _("No contact known")),
            (OFF, _("No longer in use")),
        ],
        required=False,
        widget=FastSelect,
    )

    def rows(self, now: datetime, today: date) -> AgencyQuerySet:
        """The agencies asked for; those in use unless the address says otherwise. Doubles are never listed: their
        names lead to the row that stayed."""
        if not self.is_valid():
            return Agency.objects.none()
        given = self.cleaned_data
        rows = Agency.objects.listed().filter(is_active=given["standing"] != OFF)
        people = Contact.objects.on(today).filter(agency=OuterRef("pk"))
        if given["kind"]:
            rows = rows.filter(kind=given["kind"])
        if given["role"]:
            rows = rows.filter(Exists(people.filter(role=given["role"])))
        match given["standing"]:
            case "unconfirmed":
                rows = rows.filter(Exists(people.unconfirmed(now)))
            case "nobody":
                rows = rows.filter(~Exists(people))
        for word in normalise(given["q"]).split():
            rows = rows.filter(self._called(word) | Q(Exists(people.filter(name__icontains=word))))
        return rows

    @staticmethod
    def _called(word: str) -> Q:
        """Any name of the agency has the word, the name of a double among them."""
        doubles = Agency.objects.filter(merged_into=OuterRef("pk"))
        own = Q(name__icontains=word) | Q(short_name__icontains=word) | Q(other_names__icontains=word)
        return own | Q(Exists(doubles.filter(Q(name__icontains=word) | Q(short_name__icontains=word))))


class VersionedForm(forms.ModelForm):
    """A form of a row that two may have open: whoever saves later is told what the first one changed, keeps what they
    typed, and may save again. The row is locked by the view, so nothing comes between."""

    ROWS: ClassVar[list[list[str]]]
    error_css_class = "is-invalid"
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = self.instance.version

    def own_rows(self) -> list[list[forms.BoundField]]:
        """The fields as they stand side by side; the hidden one with the first."""
        first, *rest = [[self[name] for name in names if name in self.fields] for names in self.ROWS]
        return [[*first, self["seen"]], *rest] if self.instance.pk else [first, *rest]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if self.instance.pk and given.get("seen") != self.instance.version:
            self.add_error(None, self._changed_meanwhile(given))
            self.data = self.data.copy()  # type: ignore[attr-defined]
            self.data["seen"] = self.instance.version  # type: ignore[index]
        return given

    def _changed_meanwhile(self, given: dict[str, Any]) -> list[str]:
        """What stands in the row now, where it is not what was typed."""
        said = [
            gettext("Somebody changed this row meanwhile. What you typed stands here; save again to keep it.")
        ]
        for name, field in self.fields.items():
            now = getattr(self.instance, name, None)
            if name in given and name != "seen" and hasattr(self.instance, name) and given[name] != now:
                shown = self[name].initial if now is None else now
                params = {"field": field.label, "value": shown or "–"}
                said.append(gettext("%(field)s now: %(value)s") % params)
        return said


def _parent_rows() -> list[Row]:
    """What an agency may belong to: those in use, by kind and name."""
    rows = Agency.objects.in_use().exclude(kind=Agency.Kind.AREA).order_by("kind", "sort_name")
    kinds = dict(Agency.Kind.choices)
    return [(key, name, str(kinds[kind])) for key, name, kind in rows.values_list("pk", "name", "kind")]


class AgencyForm(VersionedForm):
    """An agency, what it belongs to, and how it is reached."""

    ROWS: ClassVar = [
        ["name"],
        ["short_name", "other_names"],
        ["kind", "parent"],
        ["area", "rank"],
        ["email", "telephone"],
        ["address"],
        ["postcode", "website"],
        ["is_active"],
    ]
    website = forms.URLField(label=_("website"), required=False, assume_scheme="https")
    postcode = forms.CharField(label=_("postcode"), required=False, max_length=5, validators=[POSTCODE])
    telephone = forms.CharField(label=_("telephone"), required=False, max_length=60, validators=[TELEPHONE])

    class Meta:
        model = Agency
        fields = [
            "name", "short_name", "other_names", "kind", "parent", "area", "rank", "email", "telephone", "address",
            "postcode", "website", "is_active",
        ]  # fmt: skip
        widgets = {
            "kind": FastSelect,
            "area": FastSelect,
            "parent": RowSelect(_parent_rows, empty="—"),
            "address": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "email": _(
                "The registry of the agency. Referrals and requests go here, not to a person's address."
            ),
        }

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(_arabic(data, "postcode", "telephone", "rank"), *args, **kwargs)

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"])

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        area = given.get("area")
        if area and given.get("kind") != Agency.Kind.AREA:
            self.add_error("area", gettext("Only an education area office has an education area."))
        return given


class ContactForm(VersionedForm):
    """A person of an agency: what about, how reached, from when to when."""

    ROWS: ClassVar = [
        ["name", "position"],
        ["agency", "role"],
        ["telephone", "mobile"],
        ["email"],
        ["since_on", "until_on"],
        ["note"],
        ["is_confirmed"],
    ]
    telephone = forms.CharField(
        label=_("telephone of the office"), required=False, max_length=60, validators=[TELEPHONE]
    )
    mobile = forms.CharField(
        label=_("mobile telephone"), required=False, max_length=60, validators=[TELEPHONE]
    )
    since_on = ThaiDateField(label=_("in this post since"), required=False)
    until_on = ThaiDateField(
        label=_("in this post until"),
        required=False,
        help_text=_("The last day. Whoever has left stays to be read and is printed no more."),
    )
    is_confirmed = forms.BooleanField(
        label=_("Confirmed today: I have asked, and all of this is right"), required=False
    )

    class Meta:
        model = Contact
        fields = [
            "agency", "name", "position", "role", "telephone", "mobile", "email", "since_on", "until_on", "note",
        ]  # fmt: skip
        widgets = {"agency": FastSelect, "role": FastSelect}

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(_arabic(data, "telephone", "mobile"), *args, **kwargs)
        own = Agency.objects.filter(pk=self.instance.agency_id or 0)
        agency = self.fields["agency"]
        assert isinstance(agency, forms.ModelChoiceField)
        agency.queryset = (Agency.objects.in_use() | own).order_by("sort_name")
        agency.label_from_instance = lambda obj: str(obj.name)  # type: ignore[method-assign]

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"])

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        until, since = given.get("until_on"), given.get("since_on")
        if until and since and until < since:
            self.add_error("until_on", gettext("The last day is before the first."))
        same = Contact.objects.filter(
            agency=given.get("agency"),
            name=given.get("name", ""),
            role=given.get("role", ""),
            until_on=None,
            merged_into=None,
        )
        if until is None and same.exclude(pk=self.instance.pk).exists():
            self.add_error("name", gettext("This person stands here with this task already."))
        return given


class EndForm(forms.Form):
    """The last day of a contact in the post."""

    error_css_class = "is-invalid"
    until_on = ThaiDateField(
        label=_("Last day in the post"),
        help_text=_("Whoever has left stays to be read and is printed no more."),
    )

    def __init__(self, *args: Any, contact: Contact, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contact = contact

    def clean_until_on(self) -> date:
        until: date = self.cleaned_data["until_on"]
        if self.contact.since_on and until < self.contact.since_on:
            raise ValidationError(gettext("The last day is before the first."))
        return until


class CorrectionForm(forms.ModelForm):
    """What a contact corrects on their own page; prefilled with what stands in the network."""

    error_css_class = "is-invalid"
    name = forms.CharField(label=_("Name and surname"), max_length=160, widget=Line(autocomplete="name"))
    position = forms.CharField(label=_("Position held"), max_length=160, required=False)
    telephone = forms.CharField(
        label=_("Telephone of the office"),
        max_length=60,
        required=False,
        validators=[TELEPHONE],
        widget=Line(inputmode="tel"),
    )
    mobile = forms.CharField(
        label=_("Mobile telephone"),
        max_length=60,
        required=False,
        validators=[TELEPHONE],
        widget=Line(inputmode="tel"),
    )
    email = forms.EmailField(label=_("E-mail"), required=False)
    has_left = forms.BooleanField(label=_("I no longer have this task"), required=False)
    note = forms.CharField(
        label=_("What else the office should know"),
        max_length=500,
        required=False,
        help_text=_("Who has the task now, if it is not you any more."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    class Meta:
        model = ContactCorrection
        fields = ["name", "position", "telephone", "mobile", "email", "has_left", "note"]

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(_arabic(data, "telephone", "mobile"), *args, **kwargs)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors and not given.get("has_left") and not given.get("note"):
            there = self.instance.contact
            if all(given[name] == getattr(there, name) for name in ContactCorrection.FIELDS):
                raise ValidationError(gettext("Nothing is changed. If all is right, press “All is right”."))
        return given


class NetworkImportForm(ListFileForm):
    """The file of a list of contacts."""

    headings = HEADINGS


def _arabic(data: Any, *names: str) -> Any:
    """What was typed, with the numbers of these fields in the digits in which they are kept."""
    if data is None:
        return None
    typed = data.copy()
    for name in names:
        if name in typed:
            typed[name] = to_arabic_digits(one_line(typed[name]))
    return typed
