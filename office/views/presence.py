"""The ping of an open page: this person is still here; who else is."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from office.http import StaffRequest
from office.models import Matter
from office.presence import come, mark, names


@require_POST
@never_cache
def presence(request: StaffRequest, pk: int) -> HttpResponse:
    """Who else has the matter open, if that differs from what the page shows."""
    visible = Matter.objects.visible_to(request.user).only("pk")
    matter = get_object_or_404(visible, pk=pk)
    others = come(matter.pk, request.user, timezone.now())
    shown = mark(others)
    if request.POST.get("shown", "") == shown:
        return HttpResponse(status=204)
    return render(request, "parts/presence_names.html", {"names": names(others), "mark": shown})
