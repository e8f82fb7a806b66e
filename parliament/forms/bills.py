"""Registering a bill: what it is called, who proposes it, what part the ministry has in it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.figures import figures
from office.form_fields import Box, Line
from office.intake_form import WITH_EMPTY, IntakeForm
from office.select import FastSelect
from office.thai import to_arabic_digits
from parliament.forms.members import MemberField, settle_term
from parliament.models import Bill, Member, Session


def newest_parliament() -> int | None:
    """The parliament that sits now or sat last: what a form begins with."""
    numbers = Session.objects.order_by("-begins_on").values_list("parliament_number", flat=True)
    return (
        numbers.first()
        or Member.objects.order_by("-since_on").values_list("parliament_number", flat=True).first()
    )


def refuse_wrong_proposer(form: forms.Form, given: dict[str, Any]) -> None:
    """A first proposer is a member; a bill of members names one, and a bill of others names none."""
    by_members = given.get("proposer_kind") == Bill.Proposer.MEMBERS
    if by_members and not given.get("proposer") and "proposer" not in form.errors:
        form.add_error("proposer", gettext("Write the name of the first proposer."))
    if given.get("proposer") and given.get("proposer_kind") and not by_members:
        form.add_error("proposer", gettext("Only a bill of members has a first proposer."))


def refuse_double_number(form: forms.Form, given: dict[str, Any], *, but: int | None = None) -> None:
    """One number, one bill of a parliament."""
    number, parliament = given.get("bill_number"), given.get("parliament_number")
    if not number or not parliament:
        return
    same = Bill.objects.filter(parliament_number=parliament, bill_number=number).exclude(pk=but or 0).first()
    if same:
        form.add_error(
            "bill_number",
            gettext("Bill %(label)s of this parliament has this number already.") % {"label": same.label},
        )


class ParliamentNumberField(forms.IntegerField):
    """Which parliament, in either digits."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", Line(inputmode="numeric"))
        super().__init__(min_value=1, max_value=999, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """As the page writes figures."""
        return figures(value) if isinstance(value, int) else value

    def to_python(self, value: Any) -> int | None:
        return super().to_python(to_arabic_digits(value) if isinstance(value, str) else value)


class BillForm(IntakeForm):
    """What is asked when the office hears of a bill."""

    needed = frozenset({"received_on", "title", "proposer_kind", "ministry_part", "parliament_number"})

    proposer_kind = forms.ChoiceField(
        label=_("Proposed by"), choices=[*WITH_EMPTY, *Bill.Proposer.choices], widget=FastSelect
    )
    proposer = MemberField(
        label=_("First proposer"), help_text=_("Of a bill of members. Type a part of the name.")
    )
    proposer_text = forms.CharField(
        label=_("Who else proposes it"),
        max_length=200,
        widget=Line(),
        help_text=_("The ministry, the organisation, or how many members with the first."),
    )
    ministry_part = forms.ChoiceField(
        label=_("The ministry's part"), choices=[*WITH_EMPTY, *Bill.Part.choices], widget=FastSelect
    )
    parliament_number = ParliamentNumberField(label=_("Parliament no."))
    bill_number = forms.CharField(label=_("Number of the bill"), max_length=40, widget=Line())
    substance = forms.CharField(label=_("Reasons and substance"), max_length=40000, widget=Box(6))

    def begin(self) -> None:
        super().begin()
        self.fields["title"].label = _("Name of the bill")
        self.fields["title"].widget.attrs["autofocus"] = True
        self.fields["parliament_number"].initial = newest_parliament()

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        settle_term(
            self,
            given,
            "proposer",
            parliament=given.get("parliament_number"),
            day=given.get("received_on"),
        )
        refuse_wrong_proposer(self, given)
        refuse_double_number(self, given)
        return given

    def matter(self) -> Bill:
        """As told, not yet registered."""
        given = self.cleaned_data
        names = (
            "proposer_kind",
            "proposer",
            "proposer_text",
            "ministry_part",
            "parliament_number",
            "bill_number",
            "substance",
        )
        return Bill(**self.common, **{name: given[name] for name in names})
