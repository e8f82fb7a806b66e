"""From a matter's key to its page, whichever room keeps it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from office.http import StaffRequest
from office.models import Matter


def matter(request: StaffRequest, pk: int) -> HttpResponse:
    """Go to the page of a petition, a meeting, a bill …; what a person may not see does not exist for them."""
    found = get_object_or_404(Matter.objects.visible_to(request.user).only("kind"), pk=pk)
    return redirect(found)
