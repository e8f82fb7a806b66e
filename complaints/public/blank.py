"""The blank forms to print and fill in by hand."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.http import require_GET

from complaints import blank_forms
from complaints.forms.petition import KINDS_EXPLAINED
from complaints.models import Petition


@login_not_required
@require_GET
def forms(request: HttpRequest) -> HttpResponse:
    """Which forms there are, what each is for, and where to send them."""
    rows = [(kind, KINDS_EXPLAINED[kind.value], blank_forms.code_of(kind)) for kind in Petition.PetitionKind]
    context = {"rows": rows, "office_address": settings.OFFICE_ADDRESS}
    return render(request, "complaints/public/blank_forms.html", context)


@login_not_required
@require_GET
def form(request: HttpRequest, kind: str) -> HttpResponse:
    """One form as PDF, in the office's language whatever the page's: it is the office that reads it."""
    if kind not in Petition.PetitionKind.values:
        raise Http404
    with override(settings.LANGUAGE_CODE):
        made = blank_forms.pdf(kind)
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="petition-form-{kind}.pdf"'
    return response
