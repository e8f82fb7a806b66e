"""What the registers of documents in and out can be asked, and how their lines are put in order."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from office.calendar import Period, month_of, parse_month
from office.fields import ThaiDateField, ThaiDateInput
from office.form_fields import Line
from office.models import IncomingDocument, LetterDelivery, OutgoingLetter, Secrecy, Subgroup
from office.plain_number import plain_number
from office.select import FastSelect
from office.thai import be_year, to_arabic_digits

MOST_NUMBER: Final = 99_999_999
ANY: Final = ("", gettext_lazy("All"))
SPEEDS: Final = [ANY, *OutgoingLetter.Speed.choices]
SECRECIES: Final = [ANY, *((str(grade), words) for grade, words in Secrecy.choices)]


class DocumentsFilter(forms.Form):
    """A year, a month or a day; a number; urgency and secrecy. What is asked stands in the address."""

    year = forms.CharField(
        label=gettext_lazy("Year"), required=False, max_length=20, widget=Line(inputmode="numeric")
    )
    month = forms.CharField(
        label=gettext_lazy("Month (e.g. 2552-11)"),
        required=False,
        max_length=20,
        widget=Line(inputmode="numeric"),
    )
    day = ThaiDateField(
        label=gettext_lazy("Day"), required=False, widget=ThaiDateInput({"class": "form-control"})
    )
    number = forms.CharField(
        label=pgettext_lazy("of a document", "Number"), required=False, max_length=80, widget=Line()
    )
    speed = forms.ChoiceField(
        label=gettext_lazy("Urgency"), choices=SPEEDS, required=False, widget=FastSelect
    )
    secrecy = forms.ChoiceField(
        label=gettext_lazy("Secrecy"), choices=SECRECIES, required=False, widget=FastSelect
    )

    moment: str
    """By which moment of a line days and months go."""

    def clean_year(self) -> int | None:
        typed = to_arabic_digits(self.cleaned_data["year"].strip())
        if not typed:
            return None
        year = plain_number(typed)
        if year is None or not 2400 <= year <= 2700:
            raise forms.ValidationError(_("Write a year of the Buddhist era, e.g. 2552."))
        return year

    def clean_month(self) -> Period | None:
        typed = to_arabic_digits(self.cleaned_data["month"].strip())
        if not typed:
            return None
        try:
            return parse_month(typed)
        except ValueError as wrong:
            raise forms.ValidationError(_("Write year and month, e.g. 2552-11.")) from wrong

    @property
    def period(self) -> Period | None:
        """The day or the month that is asked for."""
        if not self.is_valid():
            return None
        day: date | None = self.cleaned_data["day"]
        return Period(day, day) if day else self.cleaned_data["month"]

    @property
    def is_narrowed(self) -> bool:
        return self.is_valid() and any(value for value in self.cleaned_data.values())

    def found(self, rows: QuerySet[Any], today: date) -> QuerySet[Any]:
        """The lines asked for; none while something asked cannot be read."""
        if not self.is_valid():
            return rows.none()
        given = self.cleaned_data
        if period := self.period:
            rows = rows.filter(
                **{f"{self.moment}__gte": period.starts_at, f"{self.moment}__lt": period.ends_at}
            )
        if given["year"]:
            rows = rows.filter(year=given["year"])
        if given["speed"]:
            rows = rows.filter(speed=given["speed"])
        if typed := to_arabic_digits(given["number"].strip()):
            rows = self.numbered(rows, typed, given["year"] or be_year(today))
        return rows

    def numbered(self, rows: QuerySet[Any], typed: str, year: int) -> QuerySet[Any]:
        """Those of a number, in the year asked for or in this one."""
        number = plain_number(typed.rpartition("/")[2])
        return (
            rows.none() if number is None or number > MOST_NUMBER else rows.filter(year=year, number=number)
        )


class DocumentsInFilter(DocumentsFilter):
    """Besides: which subgroup has it, and whether anything was done yet."""

    subgroup = forms.ChoiceField(
        label=gettext_lazy("Subgroup"),
        choices=lambda: [ANY, *((code, words) for code, words in Subgroup.Code.choices)],
        required=False,
        widget=FastSelect,
    )
    standing = forms.ChoiceField(
        label=gettext_lazy("Standing"),
        choices=[ANY, ("open", gettext_lazy("Nothing done yet")), ("done", gettext_lazy("Something done"))],
        required=False,
        widget=FastSelect,
    )
    moment = "received_at"

    def found(self, rows: QuerySet[IncomingDocument], today: date) -> QuerySet[IncomingDocument]:
        rows = super().found(rows, today)
        given = self.cleaned_data if self.is_valid() else {}
        if given.get("secrecy"):
            rows = rows.filter(secrecy=int(given["secrecy"]))
        if given.get("subgroup"):
            rows = rows.filter(subgroup__code=given["subgroup"])
        if given.get("standing"):
            rows = rows.filter(practice="") if given["standing"] == "open" else rows.exclude(practice="")
        return rows

    def numbered(self, rows: QuerySet[Any], typed: str, year: int) -> QuerySet[Any]:
        """By the receipt number, or by the number its sender gave it, as it was typed."""
        if plain_number(typed) is not None:
            return super().numbered(rows, typed, year)
        asked = self.cleaned_data["number"].strip()
        return rows.filter(Q(their_number=asked) | Q(their_number=typed))


class DocumentsOutFilter(DocumentsFilter):
    """Besides: which way it left, or that it has not left yet."""

    way = forms.ChoiceField(
        label=gettext_lazy("How sent"),
        choices=[ANY, *LetterDelivery.Way.choices, ("none", gettext_lazy("Not sent yet"))],
        required=False,
        widget=FastSelect,
    )
    moment = "issued_at"

    def found(self, rows: QuerySet[OutgoingLetter], today: date) -> QuerySet[OutgoingLetter]:
        rows = super().found(rows, today)
        given = self.cleaned_data if self.is_valid() else {}
        if given.get("secrecy"):
            rows = rows.filter(matter__secrecy=int(given["secrecy"]))
        if given.get("way") == "none":
            rows = rows.filter(sent_at=None)
        elif given.get("way"):
            rows = rows.filter(pk__in=LetterDelivery.objects.filter(way=given["way"]).values("letter"))
        return rows


def this_month(today: date) -> Period:
    """The month that a register is printed for when none is asked for."""
    return month_of(today)
