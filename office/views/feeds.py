"""One's own calendar address: made, shown once, revoked."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from office.http import StaffRequest
from office.models import CalendarFeed

SHOW: Final = "show_calendar_address"


@require_POST
def make(request: StaffRequest) -> HttpResponse:
    """A new address, shown on the page that follows and never again; an earlier one opens nothing any more."""
    CalendarFeed.make(request.user, timezone.now())
    request.session[SHOW] = True
    return redirect(f"{reverse('office:personal')}#calendar")


@require_POST
def revoke(request: StaffRequest) -> HttpResponse:
    """The address opens nothing any more; a second click finds nothing left to do."""
    CalendarFeed.objects.filter(user=request.user).delete()
    request.session.pop(SHOW, None)
    messages.success(request, _("The calendar address is revoked. Programs that have it read nothing more."))
    return redirect(f"{reverse('office:personal')}#calendar")


def address_to_show(request: StaffRequest, feed: CalendarFeed | None) -> str:
    """The whole address right after it was made; empty ever after."""
    if not request.session.pop(SHOW, False) or feed is None:
        return ""
    return f"{settings.SITE_URL}{reverse('feeds:personal', args=[feed.secret])}"
