"""Acts that reach far ask once more who one is, unless that was said a short while ago.

allauth keeps what was sent, asks for the password or the second step, and then sends it on: nothing typed is lost. How
long a sign-in is recent is the setting ACCOUNT_REAUTHENTICATION_TIMEOUT.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

View = Callable[..., HttpResponseBase]


def is_recent(request: HttpRequest) -> bool:
    """Whether this person signed in, or said again who they are, a short while ago. Whoever has nothing to say it
    with (no password, no second step) is not asked."""
    if not get_reauthentication_flows(request.user):
        return True
    records = get_authentication_records(request, request.user)
    newest = max((record["at"] for record in records), default=0)
    return time.time() - newest < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def ask_unless_recent(request: HttpRequest) -> None:
    """Ask who one is before the act goes on; by an exception that allauth's middleware answers."""
    if not is_recent(request):
        raise ReauthenticationRequired


def reaches_far(view: View) -> View:
    """A view whose POST is such an act; looking at its page asks nothing."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST":
            ask_unless_recent(request)
        return view(request, *args, **kwargs)

    return asked


def takes_much(view: View) -> View:
    """A view that hands out personal data: already to GET it asks."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        ask_unless_recent(request)
        return view(request, *args, **kwargs)

    return asked
