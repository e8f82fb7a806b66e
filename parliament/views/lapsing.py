"""When a House ends: what it had not dealt with lapses, all at once, after the head has read which that is."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from office.bulk import Outcome, RowResult, perform_each
from office.http import StaffRequest
from office.plain_number import plain_number
from office.steps import Actor
from parliament.forms.interpellations import WholeNumberField
from parliament.models import Chamber, Interpellation, Motion
from parliament.models.answer_state import NOT_GIVEN
from parliament.views.access import heads_only

AT_ONCE: Final = 200
"""Matters that are ended by one click; more are left for the next."""
KINDS: Final[tuple[Any, ...]] = (Interpellation, Motion)


class WhichForm(forms.Form):
    """Which parliament has ended."""

    parliament_number = WholeNumberField(
        label=_("Parliament no."), most=999, widget=forms.TextInput({"inputmode": "numeric"})
    )


class LapseForm(WhichForm):
    """And how."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.TextInput,
        error_messages={"required": _("Write how the House ended, and when.")},
    )


@heads_only
def lapse(request: StaffRequest) -> HttpResponse:
    """What is still open of a House, then, by a post, its end; each with what became of it."""
    if request.method != "POST":
        which = WhichForm(request.GET) if "parliament_number" in request.GET else WhichForm()
        return _page(request, which, LapseForm())
    form = LapseForm(request.POST)
    if not form.is_valid():
        return _page(request, WhichForm(request.POST), form, status=422)
    results = _end_all(request, form.cleaned_data["reason"])
    context = {
        "section": "interpellations",
        "done": [one for one in results if one.outcome is Outcome.DONE],
        "not_done": [one for one in results if one.outcome is not Outcome.DONE],
        "left": len(_open_of(form.cleaned_data["parliament_number"])),
        "number": form.cleaned_data["parliament_number"],
    }
    return render(request, "parliament/answers/lapsed.html", context)


def _page(request: StaffRequest, which: WhichForm, form: LapseForm, *, status: int = 200) -> HttpResponse:
    number = which.cleaned_data["parliament_number"] if which.is_bound and which.is_valid() else None
    context = {
        "section": "interpellations",
        "which": which,
        "form": form,
        "rows": _open_of(number),
        "number": number,
    }
    return render(request, "parliament/answers/lapse.html", context, status=status)


def _open_of(number: int | None) -> list[Any]:
    """The questions and motions of a House, and the motions of the joint sitting, that still wait for their answer."""
    if number is None:
        return []
    found: list[Any] = []
    for model in KINDS:
        rows = model.objects.unclosed().filter(
            parliament_number=number, state__in=NOT_GIVEN, chamber__in=[Chamber.HOUSE, Chamber.JOINT]
        )
        found += list(rows.defer("text", "search_text").order_by("pk")[: AT_ONCE - len(found)])
    return found


def _end_all(request: StaffRequest, reason: str) -> list[RowResult]:
    """End each that was shown, as it was shown; `row` holds kind, key and version."""
    seen: dict[str, dict[int, int]] = {model._meta.model_name: {} for model in KINDS}
    for row in request.POST.getlist("row")[:AT_ONCE]:
        kind, _colon, rest = row.partition(":")
        key, version = (plain_number(one) for one in rest.partition(":")[::2])
        if kind in seen and key is not None and version is not None:
            seen[kind][key] = version
    results: list[RowResult] = []
    for model in KINDS:
        results += perform_each(
            model.objects.visible_to(request.user),
            "lapse",
            seen=seen[model._meta.model_name],
            actor=Actor(user=request.user),
            now=timezone.now(),
            reason=reason,
        )
    return results
