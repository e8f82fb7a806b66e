"""Asking the contacts whom nobody confirmed this year, and deciding on what they corrected."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from office import network_confirming as confirming
from office.figures import figures
from office.http import StaffRequest
from office.models import ContactCorrection
from office.network_access import keepers_only
from office.network_letters import sample
from office.plain_number import plain_number
from office.views.network import SECTION

SHOWN: Final = 100


@keepers_only
def ask(request: StaffRequest) -> HttpResponse:
    """Who would be asked, who cannot be for want of an address, and the letter; then it is sent."""
    now = timezone.now()
    if request.method == "POST":
        count = confirming.ask(now)
        if count:
            messages.success(request, confirming.asked_words(count))
        else:
            messages.info(request, _("Nobody is left to be asked by e-mail."))
        return redirect("office:ask")
    people = list(confirming.to_be_asked(now).order_by("agency__sort_name", "sort_name"))
    written = [one for one in people if one.email]
    context = {
        "section": SECTION,
        "year": confirming.year_of(now),
        "written": written[:SHOWN],
        "count": len(written),
        "rung": [one for one in people if not one.email][:SHOWN],
        "silent": list(confirming.asked_in_vain(now).order_by("agency__sort_name", "sort_name")[:SHOWN]),
        "letter": sample(written[0], now) if written else None,
        "shown": SHOWN,
    }
    return render(request, "office/network/ask.html", context)


@keepers_only
def corrections(request: StaffRequest) -> HttpResponse:
    """What contacts wrote on their pages and nobody decided on, the oldest first; below, the last decisions."""
    rows = ContactCorrection.objects.select_related("contact__agency", "decided_by")
    names = {
        field.name: field.verbose_name
        for field in ContactCorrection._meta.get_fields()
        if hasattr(field, "verbose_name")
    }
    waiting = [
        (one, [(names[name], _shown(name, old), _shown(name, new)) for name, old, new in one.changes()])
        for one in rows.filter(decided_at=None).order_by("pk")[:SHOWN]
    ]
    decided = rows.filter(decided_at__isnull=False).order_by("-decided_at")[:10]
    context = {"section": SECTION, "waiting": waiting, "decided": decided}
    return render(request, "office/network/corrections.html", context)


def _shown(name: str, value: str) -> str:
    return value if name == "email" else figures(value)


@require_POST
@keepers_only
def decide(request: StaffRequest, pk: int) -> HttpResponse:
    """A correction is taken over, or left."""
    get_object_or_404(ContactCorrection, pk=pk)
    seen = request.POST.get("seen", "")
    done = confirming.decide(
        pk,
        accept=request.POST.get("act") == "accept",
        seen=plain_number(seen) or 0,
        by=request.user,
        now=timezone.now(),
    )
    if done is None:
        messages.warning(
            request, _("The entry was changed meanwhile. Nothing is done; look at it once more.")
        )
    elif done.is_accepted:
        messages.success(request, _("What %(name)s wrote is taken over.") % {"name": done.contact})
    else:
        messages.success(request, _("The entry of %(name)s stays as it is.") % {"name": done.contact})
    return redirect("office:corrections")
