"""What is typed into the ledger: an entry, why one is reversed, how one is decided, what narrows a ledger."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.baht_field import BahtFormField
from office.fields import ThaiDateField
from office.figures import is_english
from office.file_field import FilesField, files_hint
from office.form_fields import Box, Line
from office.select import FastSelect
from office.thai import format_baht
from projectplan.ledger import NotEnough, Paper, Short
from projectplan.models import Activity, BudgetEntry, Milestone
from projectplan.models.budget import EntryQuerySet, new_ticket

Kind = BudgetEntry.Kind


def baht_words(amount: Decimal) -> str:
    """`๑๐,๐๐๐.๐๐` as the page's language writes it."""
    return format_baht(amount, language="en" if is_english() else "th")


def refusal(short: NotEnough) -> str:
    """Why the money is not there, and how much of it is."""
    words = {
        Short.ACTIVITY: gettext(
            "Only %(left)s baht of this activity is left. Lower the sum or transfer money to it."
        ),
        Short.PROJECT: gettext("Only %(left)s baht of the project's budget is not given to an activity yet."),
        Short.OPEN: gettext("Only %(left)s baht of it is still open."),
        Short.USED: gettext(
            "Part of this entry is used already: only %(left)s baht is open. Reverse what used it first."
        ),
    }
    return words[short.short] % {"left": baht_words(short.left)}


class PaperForm(forms.Form):
    """The document behind an entry; its hidden ticket makes a second click harmless."""

    document_number = forms.CharField(
        label=_("Document number"),
        max_length=60,
        widget=Line(),
        error_messages={"required": _("Write the number of the document.")},
    )
    dated_on = ThaiDateField(
        label=_("Date of the document"), error_messages={"required": _("Write the date of the document.")}
    )
    note = forms.CharField(label=_("Note"), max_length=2000, required=False, widget=Box(2))
    papers = FilesField(label=_("Files"), required=False, help_text=files_hint)
    once = forms.CharField(max_length=32, min_length=32, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dated_on"].max_date = today  # type: ignore[attr-defined]
        self.fields["dated_on"].initial = today
        self.fields["once"].initial = new_ticket

    def paper(self) -> Paper:
        """What was typed, for the ledger."""
        given = self.cleaned_data
        return Paper(
            number=given["document_number"],
            dated_on=given["dated_on"],
            payee=given.get("payee", ""),
            note=given["note"],
            files=given["papers"],
            once=given["once"],
        )


class EntryForm(PaperForm):
    """One entry of a kind in the ledger of an activity."""

    amount = BahtFormField(label=_("Amount in baht"), min_value=Decimal("0.01"))
    against = forms.ModelChoiceField(
        BudgetEntry.objects.none(), label=_("Of the commitment"), widget=FastSelect
    )
    to_activity = forms.ModelChoiceField(
        Activity.objects.none(),
        label=_("To the activity"),
        widget=FastSelect,
        error_messages={"required": _("Choose the activity that gets the money.")},
    )
    payee = forms.CharField(
        label=_("Payee"),
        max_length=200,
        widget=Line(),
        error_messages={"required": _("Write who is paid.")},
    )
    field_order = [
        "amount",
        "against",
        "to_activity",
        "payee",
        "document_number",
        "dated_on",
        "note",
        "papers",
    ]

    def __init__(self, *args: Any, activity: Activity, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.activity = kind, activity
        if kind not in (Kind.COMMITMENT, Kind.PAYMENT, Kind.REFUND):
            del self.fields["payee"]
        elif kind == Kind.REFUND:
            self.fields["payee"].label = gettext("Paid back by")
        if kind in (Kind.PAYMENT, Kind.RELEASE, Kind.REFUND):
            self._offer_open(Kind.PAYMENT if kind == Kind.REFUND else Kind.COMMITMENT)
        else:
            del self.fields["against"]
        if kind == Kind.TRANSFER:
            others = activity.project.activities.exclude(pk=activity.pk)
            self.fields["to_activity"].queryset = others  # type: ignore[attr-defined]
        else:
            del self.fields["to_activity"]

    def _offer_open(self, kind: str) -> None:
        """What is open of the commitments (of the payments, for a refund) of this activity."""
        field: Any = self.fields["against"]
        field.queryset = (
            BudgetEntry.objects.filter(activity=self.activity, kind=kind, open__amount__gt=0)
            .select_related("open")
            .order_by("-pk")
        )
        field.label_from_instance = _open_words
        if kind == Kind.PAYMENT:
            field.label = gettext("Of the payment")
        field.required = self.kind != Kind.PAYMENT
        field.empty_label = gettext("No commitment") if self.kind == Kind.PAYMENT else "—"
        field.error_messages["required"] = gettext("Choose which one.")

    def refuse(self, short: NotEnough) -> None:
        """The money is not there: said beside the amount."""
        self.add_error("amount", refusal(short))


def _open_words(entry: BudgetEntry) -> str:
    words = gettext("%(number)s · %(payee)s · open %(open)s baht")
    return words % {
        "number": entry.document_number,
        "payee": entry.payee,
        "open": baht_words(entry.open.amount),
    }


class ReversalForm(PaperForm):
    """Why an entry was wrong."""

    note = forms.CharField(
        label=_("Why it is reversed"),
        max_length=2000,
        widget=Box(2),
        error_messages={"required": _("Write why it is reversed: it stands in the ledger for good.")},
    )
    field_order = ["note", "document_number", "dated_on", "papers"]

    def refuse(self, short: NotEnough) -> None:
        self.add_error(None, refusal(short))


class DecisionForm(forms.Form):
    """What is decided on an entry that waits; who turns one down says why."""

    act = forms.ChoiceField(choices=[(act, act) for act in ("approve", "turn_down", "withdraw")])
    note = forms.CharField(label=_("Reason"), max_length=2000, required=False, widget=Box(2))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("act") == "turn_down" and not cleaned.get("note"):
            self.add_error("note", gettext("Write why it is turned down."))
        return cleaned


class LedgerFilterForm(forms.Form):
    """What narrows a ledger; every question stands in the address."""

    q = forms.CharField(label=_("Document or payee"), max_length=100, required=False, widget=Line())
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("Any")), *Kind.choices], required=False, widget=FastSelect
    )
    state = forms.ChoiceField(
        label=_("State"),
        choices=[("", _("Any")), *BudgetEntry.State.choices],
        required=False,
        widget=FastSelect,
    )

    def rows(self, rows: EntryQuerySet) -> EntryQuerySet:
        """Of these entries those asked for."""
        if not self.is_valid():
            return rows.none()
        given = self.cleaned_data
        for name in ("kind", "state"):
            if given[name]:
                rows = rows.filter(**{name: given[name]})
        if given["q"]:
            rows = rows.filter(document_number__icontains=given["q"]) | rows.filter(
                payee__icontains=given["q"]
            )
        return rows


class MilestoneForm(forms.ModelForm):
    """A milestone of an activity."""

    due_on = ThaiDateField(label=_("Due on"), error_messages={"required": _("Write by which day.")})

    class Meta:
        model = Milestone
        fields = ["name", "due_on"]
        widgets = {"name": Line()}
