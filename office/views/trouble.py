"""What is said when a request cannot be read, or a page breaks: too much, nonsense, a fault of ours, an office away,
or somebody trying too often."""

from __future__ import annotations

import sys
from typing import Final

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.views.decorators.csrf import requires_csrf_token

from office.figures import figures
from office.storage import is_full

TOO_MUCH: Final = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
RETRY_SECONDS: Final = 30
AWAY: Final = 503
TOO_MANY: Final = 429
CALM_SECONDS: Final = 300
"""The longest window in which tries at a door are counted (django-allauth: failed sign-ins of one name)."""


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """413 for what is larger than anything of ours, else 400; nothing of what was sent is read once more."""
    if not isinstance(exception, TOO_MUCH):
        return HttpResponse(loader.render_to_string("400.html"), status=400)
    limits = {"files": settings.FILES_MAX_PER_FORM, "megabytes": settings.FILE_MAX_MEGABYTES}
    context = {name: figures(limit) for name, limit in limits.items()}
    return HttpResponse(loader.render_to_string("413.html", context), status=413)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """503 and when to come again while the database is away or the disk is full, else 500; asks nothing of anybody."""
    if not is_away(sys.exc_info()[1]):
        return HttpResponse(loader.render_to_string("500.html"), status=500)
    response = HttpResponse(loader.render_to_string("503.html"), status=AWAY)
    response["Retry-After"] = str(RETRY_SECONDS)
    response["Cache-Control"] = "no-store"
    return response


def too_many_tries(request: HttpRequest) -> HttpResponse:
    """429 and when to come again: somebody tried a door (signing in, a new password) more often than it allows."""
    response = HttpResponse(loader.render_to_string("429.html"), status=TOO_MANY)
    response["Retry-After"] = str(CALM_SECONDS)
    response["Cache-Control"] = "no-store"
    return response


def is_away(fault: BaseException | None) -> bool:
    """Whether a fault, or one that led to it, says that the office cannot work now, whatever the page."""
    while fault is not None:
        if isinstance(fault, (OperationalError, InterfaceError)) or is_full(fault):
            return True
        fault = fault.__cause__ or fault.__context__
    return False
