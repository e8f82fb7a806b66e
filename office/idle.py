"""A sign-in ends when nothing was asked of the office for a long time, and a fortnight after it began, whatever the
browser keeps of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

BEGAN: Final = "signed_in_at"
SEEN: Final = "seen_at"
NOTED_EVERY: Final = 300
"""Seconds: so a page writes its session once in five minutes, not each time."""
ASKED_BY_PAGES: Final = frozenset({"office:presence", "parliament:meeting_board"})
"""What an open page goes on asking by itself for ever, with nobody before it."""


class IdleMiddleware:
    """Stands before the one that asks for a sign-in, which then leads to the door and back; public pages pass."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        if not getattr(view, "login_required", True) or SESSION_KEY not in request.session:
            return
        now, seen, began = time.time(), request.session.get(SEEN), request.session.get(BEGAN)
        longest = settings.SESSION_IDLE_MINUTES * 60
        if began and now - began > settings.SESSION_COOKIE_AGE:
            _sign_out(
                request, _("You were signed out, because you signed in a fortnight ago. Sign in to go on.")
            )
            return
        if not began:  # of a release that kept no such mark
            request.session[BEGAN] = now
        if longest and seen and now - seen > longest:
            _sign_out(
                request, _("You were signed out, because nothing was done for a long time. Sign in to go on.")
            )
        elif longest and (not seen or (now - seen > NOTED_EVERY and _is_by_hand(request))):
            request.session[SEEN] = now


def _sign_out(request: HttpRequest, why: str) -> None:
    logout(request)
    messages.info(request, why)


def _is_by_hand(request: HttpRequest) -> bool:
    return request.resolver_match is None or request.resolver_match.view_name not in ASKED_BY_PAGES


def begin(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """Whoever signs in was here a moment ago."""
    request.session[SEEN] = request.session[BEGAN] = time.time()


def listen() -> None:
    """Called once when the office is ready."""
    user_logged_in.connect(begin, dispatch_uid="office.idle.begin")
