"""What is answered without an account: the personal calendar, to whoever holds its address."""

from __future__ import annotations

from typing import Final

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from office.feeds import fingerprint_of
from office.limits import allow, client_address
from office.models import CalendarFeed
from projectplan.feeds import personal_calendar, personal_entries

WRONG_ADDRESSES: Final = "60/hour"
"""How many addresses that open nothing one place may try."""


@login_not_required
@require_safe
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponseBase:
    """The calendar of one person, or that nothing is there. A reader that has this state of it is told so (304)."""
    feed = CalendarFeed.find(secret)
    if feed is None:
        return _nothing(request)
    entries = personal_entries(feed.user, timezone.now())
    etag = f'"{fingerprint_of(entries)}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(personal_calendar(entries), content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = 'inline; filename="prasan.ics"'
    response["ETag"] = etag
    return _kept_private(response)


def _nothing(request: HttpRequest) -> HttpResponseBase:
    """The same for an address that never was and one that was revoked."""
    within = allow("calendar-feed", WRONG_ADDRESSES, client_address(request))
    return _kept_private(HttpResponse(status=404 if within else 429, content_type="text/plain"))


def _kept_private(response: HttpResponseBase) -> HttpResponseBase:
    """No proxy keeps it, no search engine lists it, no other site learns its address; its reader asks each time."""
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "no-referrer"
    return response
