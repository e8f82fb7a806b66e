"""The person behind a petition, shown to those who handle it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from complaints.access import record_access
from complaints.models import Petition, Petitioner
from complaints.permissions import may_open_petitioner
from office.http import StaffRequest


@require_POST
def petitioner(request: StaffRequest, pk: int) -> HttpResponse:
    """Open the petitioner's data: a deliberate act, written into the trail."""
    found = get_object_or_404(Petition.objects.visible_to(request.user), pk=pk)
    if not may_open_petitioner.test(request.user):
        raise PermissionDenied(gettext("The petitioner's data is open to those who handle the matter."))
    person = get_object_or_404(Petitioner, petition=found)
    record_access(request.user, found)
    context = {"petition": found, "person": person, "section": "petitions"}
    partial = bool(request.htmx)
    return render(
        request, "complaints/petitioner_card.html" if partial else "complaints/petitioner.html", context
    )
