"""What is typed about who sits in parliament: members, parties, committees and seats, sessions, recesses, bodies."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.fields import ThaiDateField
from office.models import Province
from office.select import FastSelect
from parliament.models import (
    Chamber,
    Committee,
    CommitteeSeat,
    ConstitutionalBody,
    Member,
    Party,
    Recess,
    Session,
)
from parliament.names import one_line, split_title

SEATS_OF: Final = {
    Chamber.HOUSE: (Member.Seat.CONSTITUENCY, Member.Seat.PARTY_LIST),
    Chamber.SENATE: (Member.Seat.ELECTED_SENATOR, Member.Seat.SELECTED_SENATOR),
}
"""Which kinds of seat a chamber has (constitution of 2550)."""
SAME_PERSON_ROWS: Final = 50
LONGEST_RECESS: Final = timedelta(days=366)
LONGEST_EXPORT: Final = timedelta(days=732)


class MemberForm(forms.ModelForm):
    """A member or senator for one term."""

    ROWS: ClassVar = [
        ["title", "name"],
        ["chamber", "parliament_number", "seat"],
        ["party", "list_group"],
        ["province", "constituency"],
        ["since_on", "until_on"],
        ["telephone", "email"],
        ["continues"],
    ]
    error_css_class = "is-invalid"
    since_on = ThaiDateField(label=_("Has the seat since"))
    until_on = ThaiDateField(label=_("Had the seat until"), required=False)

    class Meta:
        model = Member
        fields = [
            "chamber", "parliament_number", "title", "name", "seat", "party", "province", "constituency",
            "list_group", "telephone", "email", "since_on", "until_on", "continues",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = self.instance.party_id if self.instance.pk else None
        self.fields["party"].queryset = Party.objects.filter(Q(is_active=True) | Q(pk=own))  # type: ignore[attr-defined]
        self.fields["continues"].queryset = self._same_person()  # type: ignore[attr-defined]
        for name in ("party", "province", "continues"):
            self.fields[name].empty_label = gettext("none")  # type: ignore[attr-defined]
        self.fields["continues"].help_text = gettext(
            "The row of an earlier parliament, so that everything this person asked stands together. "
            "After saving, rows of the same name are offered here."
        )

    def own_rows(self) -> list[list[forms.BoundField]]:
        """The fields as they stand side by side."""
        return [[self[name] for name in names] for names in self.ROWS]

    def _same_person(self) -> QuerySet[Member]:
        """Earlier rows of the same surname that nobody else continues, and what is chosen already."""
        if not self.instance.pk:
            return Member.objects.none()
        surname = self.instance.name.split()[-1]
        earlier = Q(name__endswith=surname, continued_by=None, since_on__lt=self.instance.since_on)
        offered = Member.objects.filter(earlier | Q(continued_by=self.instance)).exclude(pk=self.instance.pk)
        return Member.objects.filter(pk__in=list(offered.values_list("pk", flat=True)[:SAME_PERSON_ROWS]))

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for name, words in seat_faults(given):
            self.add_error(name, words)
        return given


def seat_faults(given: dict[str, Any]) -> list[tuple[str, str]]:
    """What does not fit together about a seat: (field, words). Of a form and of a line of an import alike."""
    found = []
    chamber, seat = given.get("chamber"), given.get("seat")
    if chamber and seat and seat not in SEATS_OF[Chamber(chamber)]:
        chamber_name = Chamber(chamber).label
        found.append(
            ("seat", gettext("There is no such seat in the %(chamber)s.") % {"chamber": chamber_name})
        )
    elif seat in (Member.Seat.CONSTITUENCY, Member.Seat.ELECTED_SENATOR) and not given.get("province"):
        found.append(("province", gettext("This kind of seat stands for a province.")))
    elif given.get("constituency") and seat != Member.Seat.CONSTITUENCY:
        found.append(("constituency", gettext("Only a constituency seat has a constituency number.")))
    since, until = given.get("since_on"), given.get("until_on")
    if since and until and until < since:
        found.append(("until_on", gettext("The last day is before the first.")))
    return found


class LeaveForm(forms.Form):
    """The last day of a member's seat."""

    until_on = ThaiDateField(label=_("Last day in the seat"))

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until_on"].min_date = member.since_on  # type: ignore[attr-defined]


class PartyForm(forms.ModelForm):
    error_css_class = "is-invalid"

    class Meta:
        model = Party
        fields = ["name", "short_name", "is_active"]

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"])


class BodyForm(forms.ModelForm):
    error_css_class = "is-invalid"

    class Meta:
        model = ConstitutionalBody
        fields = ["name", "short_name", "is_active"]

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"])


class CommitteeForm(forms.ModelForm):
    error_css_class = "is-invalid"
    since_on = ThaiDateField(label=_("Since"), required=False)
    until_on = ThaiDateField(label=_("Until"), required=False)

    class Meta:
        model = Committee
        fields = ["name", "chamber", "kind", "parliament_number", "since_on", "until_on"]

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        since, until = given.get("since_on"), given.get("until_on")
        if since and until and until < since:
            self.add_error("until_on", gettext("The last day is before the first."))
        return given


class SeatForm(forms.Form):
    """A place on a committee, found by the member's name."""

    name = forms.CharField(
        label=_("Name of the member"),
        max_length=160,
        help_text=_("A part of the name is enough where only one has it."),
    )
    office = forms.ChoiceField(
        label=_("Office"),
        choices=CommitteeSeat.Office.choices,
        initial=CommitteeSeat.Office.MEMBER,
        widget=FastSelect,
    )

    def __init__(self, *args: Any, committee: Committee, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.committee = committee

    def clean_name(self) -> str:
        """The one member meant, kept in `member`."""
        typed = one_line(self.cleaned_data["name"])
        _title, name = split_title(typed)
        found = Member.objects.filter(parliament_number=self.committee.parliament_number).named_like(name)
        if self.committee.chamber != Chamber.JOINT:
            found = found.filter(chamber=self.committee.chamber)
        members = list(found[:6])
        whole = [member for member in members if member.name == name]
        members = whole or members
        if not members:
            raise ValidationError(gettext("There is no such member of this chamber and parliament."))
        if len(members) > 1:
            names = ", ".join(member.name for member in members[:5])
            raise ValidationError(
                gettext("More than one has this in the name: %(names)s. Write more of it."),
                params={"names": names},
            )
        self.member = members[0]
        if self.committee.seats.filter(member=self.member).exists():
            raise ValidationError(gettext("%(name)s has a seat already."), params={"name": self.member.name})
        return typed


class SessionForm(forms.ModelForm):
    ROWS: ClassVar = [["parliament_number", "year"], ["kind", "number"], ["begins_on", "ends_on"]]
    error_css_class = "is-invalid"
    begins_on = ThaiDateField(label=_("Begins on"))
    ends_on = ThaiDateField(label=_("Ends on"), required=False)

    class Meta:
        model = Session
        fields = ["parliament_number", "year", "kind", "number", "begins_on", "ends_on"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        begins, ends = given.get("begins_on"), given.get("ends_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", gettext("The last day is before the first."))
        elif begins and (other := self._overlapping(begins, ends)):
            said = gettext("It would overlap with “%(session)s”.") % {"session": other}
            self.add_error("begins_on", said)
        return given

    def own_rows(self) -> list[list[forms.BoundField]]:
        """The fields as they stand side by side."""
        return [[self[name] for name in names] for names in self.ROWS]

    def _overlapping(self, begins: date, ends: date | None) -> Session | None:
        others = Session.objects.exclude(pk=self.instance.pk)
        others = others.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=begins))
        return (others.filter(begins_on__lte=ends) if ends else others).first()


class RecessForm(forms.Form):
    """Declaring a recess: from when, why, and until when if that is known."""

    error_css_class = "is-invalid"
    begins_on = ThaiDateField(label=_("First day of the recess"))
    ends_on = ThaiDateField(
        label=_("Last day of the recess"), required=False, help_text=_("Leave it empty until it is known.")
    )
    reason = forms.CharField(label=_("Reason"), max_length=300)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["begins_on"].min_date = today - LONGEST_RECESS  # type: ignore[attr-defined]
        self.fields["begins_on"].max_date = today + LONGEST_RECESS  # type: ignore[attr-defined]
        self.initial.setdefault("begins_on", today)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        begins, ends = given.get("begins_on"), given.get("ends_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", gettext("The last day is before the first."))
        return given


class RecessEndForm(forms.Form):
    """The last day of a recess that goes on."""

    ends_on = ThaiDateField(label=_("Last day of the recess"))

    def __init__(self, *args: Any, recess: Recess, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ends_on"].min_date = recess.begins_on  # type: ignore[attr-defined]


class SittingsExportForm(forms.Form):
    """The period whose sittings go into a calendar file."""

    error_css_class = "is-invalid"
    first = ThaiDateField(label=_("From"))
    last = ThaiDateField(label=_("To"))
    all_meetings = forms.BooleanField(label=_("Committees and whips too"), required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("first"), given.get("last")
        if first and last and last < first:
            self.add_error("last", gettext("The last day is before the first."))
        elif first and last and last - first > LONGEST_EXPORT:
            self.add_error("last", gettext("Two years at most."))
        return given


class MemberFilterForm(forms.Form):
    """What narrows the list of members; every question stands in the address."""

    q = forms.CharField(
        label=_("Name"),
        max_length=100,
        required=False,
        widget=forms.TextInput({"class": "form-control", "autocomplete": "off"}),
    )
    chamber = forms.ChoiceField(
        label=_("Chamber"),
        choices=[("", _("Both")), *((seat.value, seat.label) for seat in SEATS_OF)],
        required=False,
        widget=FastSelect,
    )
    party = forms.ModelChoiceField(
        Party.objects.all(), label=_("Party"), required=False, empty_label=_("Any"), widget=FastSelect
    )
    province = forms.ModelChoiceField(
        Province.objects.all(), label=_("Province"), required=False, empty_label=_("Any"), widget=FastSelect
    )
    standing = forms.ChoiceField(
        label=_("In the seat"),
        choices=[("", _("Now")), ("former", _("Formerly")), ("all", _("Now and formerly"))],
        required=False,
        widget=FastSelect,
    )

    def rows(self, today: date) -> QuerySet[Member]:
        """The members asked for; those in their seat today unless the address says otherwise."""
        if not self.is_valid():
            return Member.objects.none()
        given = self.cleaned_data
        rows = Member.objects.named_like(given["q"])
        for name in ("chamber", "party", "province"):
            if given[name]:
                rows = rows.filter(**{name: given[name]})
        match given["standing"]:
            case "former":
                return rows.former_on(today)
            case "all":
                return rows
            case _:
                return rows.sitting_on(today)
