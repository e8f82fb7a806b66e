"""Writing an agreement: lines from the plan by one press, from last year's agreement, or in one's own words."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from office.http import StaffRequest
from office.plain_number import plain_number
from office.thai import to_arabic_digits
from projectplan.agreement_forms import MOST_LINES, LineForm, LineFormSet, lines_form
from projectplan.agreement_lines import Offer, of_last_year, of_line, offers, stored
from projectplan.agreement_path import ChangedMeanwhile, act, write
from projectplan.models import Agreement, AgreementState
from projectplan.models.agreement import WHOLE
from projectplan.views.agreements import seen_agreement

Row = dict[str, Any]


@require_http_methods(["GET", "POST"])
def writing(request: StaffRequest, pk: int) -> HttpResponse:
    """The form of a draft. A press that adds or removes a line keeps all that is typed and saves nothing yet."""
    agreement = seen_agreement(request, pk)
    if agreement.signer_id != request.user.pk:
        raise PermissionDenied(_("A draft is written by the one who is to sign it."))
    if agreement.state != AgreementState.DRAFT:
        messages.info(request, _("The agreement is no draft any more. Take it back to change it."))
        return redirect(agreement)
    offered = offers(agreement)
    if request.method != "POST":
        rows = [of_line(line) for line in agreement.lines.all()]
        return _page(request, agreement, offered, lines_form(initial=rows), agreement.version)
    seen = plain_number(request.POST.get("seen", "")) or 0
    if "add" in request.POST or "remove" in request.POST:
        typed = _typed(request)
        rows = _changed(request, agreement, offered, typed)
        form_set = lines_form(initial=rows)
        if len(rows) > len(typed):
            form_set.forms[len(typed)].fields["name"].widget.attrs["autofocus"] = True
        return _page(request, agreement, offered, form_set, seen)
    return _save(request, agreement, offered, seen)


def _save(request: StaffRequest, agreement: Agreement, offered: list[Offer], seen: int) -> HttpResponse:
    form_set = lines_form(request.POST)
    form_set.is_proposal = "propose" in request.POST
    if not form_set.is_valid():
        return _page(request, agreement, offered, form_set, seen, status=422)
    now = timezone.now()
    lines = [stored(form.cleaned_data, agreement) for form in form_set]
    try:
        written = write(agreement, lines, by=request.user, seen=seen, now=now)
        if form_set.is_proposal:
            act(written, "propose", by=request.user, seen=written.version, now=now)
    except ChangedMeanwhile as changed:
        current = changed.agreement
        return _page(request, agreement, offered, form_set, current.version, status=409)
    words = _("The agreement is proposed.") if form_set.is_proposal else _("The draft is saved.")
    messages.success(request, words)
    return redirect(agreement)


def _typed(request: StaffRequest) -> list[Row]:
    """What stands in the form, as it was typed."""
    count = min(plain_number(request.POST.get("lines-TOTAL_FORMS", "")) or 0, MOST_LINES)
    names = LineForm.base_fields
    return [{name: request.POST.get(f"lines-{at}-{name}", "") for name in names} for at in range(count)]


def _changed(
    request: StaffRequest, agreement: Agreement, offered: list[Offer], typed: list[Row]
) -> list[Row]:
    """The rows after a line was added or taken away."""
    removed = plain_number(request.POST.get("remove", ""))
    if removed is not None:
        return [row for at, row in enumerate(typed) if at != removed]
    source = request.POST.get("add", "")
    if source == "last":
        added = of_last_year(agreement, offered)
        named = {row["name"] for row in typed}
        return [*typed, *(row for row in added if row["name"] not in named)][:MOST_LINES]
    values = next((offer.values for offer in offered if offer.source == source), {})
    left = WHOLE - _weight(typed)
    # A new line begins with what the weights lack of 100.
    row = {"source": source if values else "", **values, "weight": left if left > 0 else ""}
    return [*typed, row][:MOST_LINES]


def _weight(rows: Iterable[Row]) -> Decimal:
    """What the weights that were typed add up to, as far as they are figures."""
    figures = (to_arabic_digits(str(row.get("weight") or "0")) for row in rows)
    return sum((Decimal(one) for one in figures if one.replace(".", "", 1).isdecimal()), Decimal())


def _page(
    request: StaffRequest,
    agreement: Agreement,
    offered: list[Offer],
    form_set: LineFormSet,
    seen: int,
    *,
    status: int = 200,
) -> HttpResponse:
    used = {str(form["source"].value() or "") for form in form_set}
    context = {
        "section": "agreements",
        "agreement": agreement,
        "form_set": form_set,
        "weight": form_set.weight() if form_set.is_bound else _weight(form.initial for form in form_set),
        "own_offers": [offer for offer in offered if offer.is_own and offer.source not in used],
        "other_offers": [offer for offer in offered if not offer.is_own and offer.source not in used],
        "has_last": Agreement.objects.of(agreement.fiscal_year - 1, agreement.person).exists(),
        "seen": seen,
        "changed": status == 409,
    }
    return render(request, "projectplan/agreements/write.html", context, status=status)
