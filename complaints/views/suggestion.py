"""What the routing rules propose while a petition is being written down."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from complaints.forms.intake import StaffPetitionForm
from complaints.permissions import may_register
from office.http import StaffRequest


@require_POST
def suggestion(request: StaffRequest) -> HttpResponse:
    """A piece of the intake page: what is proposed for the kind, the agency and the province chosen so far."""
    if not may_register.test(request.user):
        raise PermissionDenied(_("Petitions are registered by the officers of the petitions subgroup."))
    form = StaffPetitionForm(request.POST, now=timezone.now(), user=request.user)
    return render(request, "complaints/suggested.html", {"form": form, "owner": "intake"})
