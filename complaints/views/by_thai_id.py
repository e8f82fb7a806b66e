"""The petitions of one citizen, by the whole identity number."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from complaints.access import record_access
from complaints.models import Petition, Petitioner
from complaints.permissions import may_open_petitioner
from complaints.tables import PetitionTable
from complaints.worklist import rows_of
from office.http import StaffRequest
from office.models.calendar import current_calendar

THAI_ID_ROWS = 50  # more petitions than any one citizen has filed


@require_POST
def by_thai_id(request: StaffRequest) -> HttpResponse:
    """The petitions of one citizen, by the whole identity number only; each one found is a look, and is logged.

    The number comes by POST and stands in no address, title or log line.
    """
    if not may_open_petitioner.test(request.user):
        raise PermissionDenied(gettext("The petitioner's data is open to those who handle the matter."))
    petitioners = Petitioner.with_thai_id(request.POST.get("thai_id", ""))
    visible = Petition.objects.visible_to(request.user).filter(petitioner__in=petitioners).order_by("-pk")
    petitions = list(visible.only("series", "year", "number")[:THAI_ID_ROWS])
    for petition in petitions:
        record_access(request.user, petition)
    found = rows_of([petition.pk for petition in petitions])
    context = {
        "section": "petitions",
        "table": PetitionTable(found, calendar=current_calendar()),
        "found": found,
    }
    return render(request, "complaints/by_thai_id.html", context)
