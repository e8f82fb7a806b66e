"""The page of an act: what it does, what is signed, an assessment; and the papers."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from office.figures import figures
from office.http import StaffRequest
from office.views.documents import pdf_response
from projectplan.agreement_forms import ActForm, FoundForm
from projectplan.agreement_lines import suggestions
from projectplan.agreement_page import LineRow, rows_of
from projectplan.agreement_paper import agreement_pdf, assessment_pdf
from projectplan.agreement_path import ACTS, ASSESSED, ChangedMeanwhile, act, is_turn_of
from projectplan.models import Agreement, Half, Side
from projectplan.views.agreements import seen_agreement

SIGNATURES = ("sign", "confirm")


@require_http_methods(["GET", "POST"])
def act_page(request: StaffRequest, pk: int, name: str) -> HttpResponse:
    """One act on a page of its own: what follows from it stands there, then one button does it."""
    agreement = seen_agreement(request, pk)
    if name not in ACTS:
        raise Http404
    if not is_turn_of(request.user, agreement, ACTS[name].turn):
        raise PermissionDenied(_("This is not yours to do now."))
    rows = rows_of(agreement)
    form = _form(request, agreement, name)
    found = _found_forms(request, agreement, rows, name) if name in ASSESSED else []
    status = 200
    if request.method == "POST":
        if all([form.is_valid(), *(one.is_valid() for _row, one, _mine in found)]):
            done = _do(request, agreement, name, form, found)
            if done is not None:
                return redirect(done)
        status = 422
    elif agreement.state not in ACTS[name].sources:
        messages.info(request, _("This has been done already, or is not open now."))
        return redirect(agreement)
    context = {
        "section": "agreements",
        "agreement": agreement,
        "name": name,
        "words": ACTS[name].words,
        "is_signature": name in SIGNATURES,
        "is_half": name in ASSESSED and ASSESSED[name][0] == Half.HALF,
        "is_heads": name in ASSESSED and ASSESSED[name][1] == Side.HEAD,
        "form": form,
        "found": found,
        "faults": _faults(form, found),
        "rows": rows,
        "weight": sum((row.line.weight for row in rows), Decimal()),
    }
    template = "assess" if name in ASSESSED else "act"
    return render(request, f"projectplan/agreements/{template}.html", context, status=status)


def _form(request: StaffRequest, agreement: Agreement, name: str) -> ActForm:
    return ActForm(
        request.POST if request.method == "POST" else None,
        initial={"seen": agreement.version},
        asks_reason=ACTS[name].needs_reason,
        is_signature=name in SIGNATURES,
    )


def _faults(form: ActForm, found: list[tuple[LineRow, FoundForm, Decimal | None]]) -> dict[str, Any]:
    """What is wrong with an assessment, for the summary at its top; nothing while nothing is."""
    listed = form.faults() if form.is_bound else []
    for number, (_row, one, _counted) in enumerate(found, start=1):
        for where, label, words in one.faults():
            place = _("Line %(number)s, %(field)s") % {"number": figures(number), "field": label}
            listed.append((where, place, words))
    return {"errors": True, "faults": listed} if listed else {}


def _do(
    request: StaffRequest, agreement: Agreement, name: str, form: ActForm, found: list[Any]
) -> Agreement | None:
    """Do it; None when it was refused, with the words in the form."""
    values = {
        row.line.pk: (one.cleaned_data["value"], one.cleaned_data["remark"]) for row, one, _mine in found
    }
    try:
        done = act(
            agreement,
            name,
            by=request.user,
            seen=form.cleaned_data["seen"],
            now=timezone.now(),
            reason=form.cleaned_data.get("reason", ""),
            found=values,
        )
    except ChangedMeanwhile as changed:
        form.add_error(None, _("The agreement was changed meanwhile. Read it again before you go on."))
        form.data = {**form.data.dict(), "seen": str(changed.agreement.version)}  # type: ignore[attr-defined]
        return None
    except ValidationError as refused:
        form.add_error(None, refused)
        return None
    messages.success(request, str(ACTS[name].done))
    return done


def _found_forms(
    request: StaffRequest, agreement: Agreement, rows: list[LineRow], name: str
) -> list[tuple[LineRow, FoundForm, Decimal | None]]:
    """A form for each line; the first value is what the one below found, or what the system has counted."""
    half, side = ASSESSED[name]
    counted = suggestions(agreement, half, timezone.now())
    forms = []
    for row in rows:
        below = row.found.get((half.value, Side.SELF.value)) if side == Side.HEAD else None
        first = below.value if below else counted.get(row.line.pk)
        form = FoundForm(
            request.POST if request.method == "POST" else None,
            prefix=f"line-{row.line.pk}",
            initial={"value": first},
        )
        forms.append((row, form, counted.get(row.line.pk)))
    return forms


@require_GET
def paper(request: StaffRequest, pk: int, which: str) -> HttpResponse:
    """The agreement, or its assessment, as a PDF for printing and filing."""
    agreement = seen_agreement(request, pk)
    made = {"agreement": agreement_pdf, "half": assessment_pdf, "year": assessment_pdf}.get(which)
    if made is None:
        raise Http404
    half = Half.HALF if which == "half" else Half.YEAR
    name = f"{which}-{agreement.fiscal_year}-{agreement.pk}.pdf"
    return pdf_response(made(agreement, half), name)
