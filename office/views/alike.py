"""The card of similar matters on a matter's page, asked for by the page when it stands."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from office.http import StaffRequest
from office.models import Matter
from office.similar import similar_matters


@require_GET
def alike(request: StaffRequest, pk: int, **_rooms: Any) -> HttpResponse:
    """Matters of any kind that are like one this person may see; a page of its own where there are no scripts."""
    matter = get_object_or_404(Matter.objects.visible_to(request.user), pk=pk)
    context = {
        "section": "search",
        "matter": matter,
        "rows": [
            {"matter": row, "kind": Matter.Kind(row.kind).label}
            for row in similar_matters(matter, request.user)
        ],
    }
    template = "matter/cards/similar_rows.html" if request.htmx else "office/similar.html"
    return render(request, template, context)
