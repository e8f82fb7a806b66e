"""Rows of the network that were written down twice: those suggested, which one stays, both side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.figures import figures
from office.http import StaffRequest
from office.models import Agency, Contact
from office.network_access import mergers_only
from office.network_doubles import all_agencies_alike, contacts_alike
from office.network_merging import (
    AGENCY_FACTS,
    CONTACT_FACTS,
    MergeMovedOn,
    merge_agencies,
    merge_contacts,
    pointing,
)
from office.plain_number import plain_number
from office.recent_sign_in import reaches_far
from office.select import FastSelect
from office.templatetags.prasan import date_long
from office.views.form_page import form_page
from office.views.network import SECTION

STAYS, DOUBLE = "into", "double"
SHOWN: Final = 60


@mergers_only
def doubles(request: StaffRequest) -> HttpResponse:
    """Agencies and contacts that may be one, with why."""
    context = {
        "section": SECTION,
        "agencies": all_agencies_alike()[:SHOWN],
        "people": contacts_alike(timezone.localdate())[:SHOWN],
    }
    return render(request, "office/network/doubles.html", context)


class WhichForm(forms.Form):
    """Which row this one is a double of."""

    into = forms.ModelChoiceField(
        queryset=Agency.objects.none(),
        label=gettext_lazy("Is the same as"),
        empty_label=gettext_lazy("Choose"),
        widget=FastSelect,
        help_text=gettext_lazy("Next you see both side by side. Nothing is changed yet."),
    )

    def __init__(self, *args: Any, rows: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        into = self.fields["into"]
        assert isinstance(into, forms.ModelChoiceField)
        into.queryset = rows
        into.label_from_instance = lambda obj: str(obj.name)  # type: ignore[method-assign]


@mergers_only
def agency_which(request: StaffRequest, pk: int) -> HttpResponse:
    """An agency that was written down twice: which is the other row."""
    found = get_object_or_404(Agency.objects.listed(), pk=pk)
    rows = Agency.objects.listed().exclude(pk=pk).order_by("sort_name")
    form = WhichForm(request.POST or None, rows=rows)
    if form.is_valid():
        return redirect("office:agency_merge", pk, form.cleaned_data["into"].pk)
    heading = _("%(name)s was written down twice") % {"name": found.name}
    back = found.get_absolute_url()
    return form_page(
        request, form, heading=heading, back=back, section=SECTION, button=_("See both side by side")
    )


# ── Side by side ────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Fact:
    """One fact of both rows; where they differ, one chooses which is kept."""

    name: str
    words: str
    into: str
    double: str
    chosen: str

    @property
    def differs(self) -> bool:
        return self.into != self.double


@reaches_far
@mergers_only
def agency_merge(request: StaffRequest, pk: int, into: int) -> HttpResponse:
    """Both agencies side by side; with the choices made, they become one."""
    double, other = _both(Agency.objects.select_related("parent", "merged_into"), pk, into)
    return _page(request, double, other, AGENCY_FACTS, merge_agencies, url="office:agency_merge")


@reaches_far
@mergers_only
def contact_merge(request: StaffRequest, pk: int, into: int) -> HttpResponse:
    """Both entries of a person side by side; with the choices made, they become one."""
    double, other = _both(Contact.objects.select_related("agency", "merged_into"), pk, into)
    return _page(request, double, other, CONTACT_FACTS, merge_contacts, url="office:contact_merge")


def _both(rows: Any, pk: int, into: int) -> tuple[Any, Any]:
    found = {row.pk: row for row in rows.filter(Q(pk=pk) | Q(pk=into))}
    if pk == into or len(found) != 2:
        raise Http404
    return found[pk], found[into]


def _page(
    request: StaffRequest, double: Any, into: Any, names: Sequence[str], merge: Any, *, url: str
) -> HttpResponse:
    faults: list[str] = []
    if double.merged_into_id:
        return redirect(double.merged_into)  # a second click, or somebody was quicker
    if request.method == "POST":
        try:
            taken = {name for name in names if request.POST.get(name) == DOUBLE}
            merge(_as_seen(request, double, "double_seen"), _as_seen(request, into, "into_seen"), taken=taken)
        except MergeMovedOn:
            faults = [_("One of the two was changed after you opened this. Look at them once more.")]
        except ValidationError as refused:
            faults = list(refused.messages)
        else:
            words = _("%(double)s is now one with %(name)s.") % {"double": double.name, "name": into.name}
            messages.success(request, words)
            return redirect(into)
    context = {
        "section": SECTION,
        "double": double,
        "into": into,
        "facts": [_fact(request, name, double, into) for name in names],
        "moved": pointing(double),
        "faults": faults,
        "swap": reverse(url, args=[into.pk, double.pk]),
        "back": double.get_absolute_url(),
    }
    return render(request, "office/network/merge.html", context, status=422 if faults else 200)


def _as_seen(request: StaffRequest, row: Any, name: str) -> Any:
    """The row with the version that stood on the page."""
    row.version = plain_number(request.POST.get(name, "")) or 0
    return row


def _fact(request: StaffRequest, name: str, double: Any, into: Any) -> Fact:
    """Kept is what the row that stays has; where it has nothing, what the double has."""
    ours, theirs = _shown(into, name), _shown(double, name)
    words = str(type(into)._meta.get_field(name).verbose_name)
    chosen = request.POST.get(name) or (DOUBLE if theirs and not ours else STAYS)
    return Fact(name, words, ours, theirs, chosen)


IN_FIGURES = {"rank", "telephone", "mobile", "postcode"}


def _shown(row: Any, name: str) -> str:
    display = getattr(row, f"get_{name}_display", None)
    value = display() if display else getattr(row, name)
    if value is None:
        return ""
    if name == "parent":
        return str(value.name)
    if name.endswith("_on"):
        return date_long(value)
    return figures(value) if name in IN_FIGURES else str(value)
