"""One matter: what it is, where it stands, what is next, what has happened."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from complaints.access import record_access
from complaints.models import Petition, Petitioner
from complaints.permissions import may_open_petitioner
from complaints.views.desk import PETITIONS, RELATED, Desk
from office.http import StaffRequest


def petition(request: StaffRequest, pk: int) -> HttpResponse:
    """The page of one petition, with the form of its next step on it."""
    return _page(request, pk, PETITIONS)


def related(request: StaffRequest, pk: int) -> HttpResponse:
    """The page of one related matter."""
    return _page(request, pk, RELATED)


def _page(request: StaffRequest, pk: int, desk: Desk) -> HttpResponse:
    found = desk.fetch(request.user, pk)
    context = desk.context(found, request.user)
    if context["primary"]:
        context["form"] = desk.form(context["primary"].name, found, request.user)
    context["documents"] = list(found.documents.all()) if getattr(found, "has_documents", True) else []
    return render(request, desk.template, context)


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
