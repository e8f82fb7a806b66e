"""The language a person chose, addresses that ask for what cannot be, and a second factor where a role needs one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.db.models import BigIntegerField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _

from office.models import User


class LanguageMiddleware:
    """Thai, unless somebody chose otherwise on our own pages: what a browser was installed with decides nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


ZERO: Final = "%00"
LONGEST_PATH: Final = 2000
"""Letters of an address before its question; the longest of ours has 200."""


class AddressMiddleware:
    """What in an address no database can be asked for: a key beyond every column has no row, which SQLite would call an
    error, and the letter zero, which PostgreSQL does not know and nobody types, is taken out of a question. A path of
    thousands of letters is none of ours, and is compared with no pattern. And in what
    letters somebody says to write: our pages are sent and come back in UTF-8, and Python knows encodings of no text."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if len(request.path_info) > LONGEST_PATH:
            raise Http404
        if request.encoding:
            request.encoding = settings.DEFAULT_CHARSET
        asked = request.META.get("QUERY_STRING", "")
        if ZERO in asked:
            request.META["QUERY_STRING"] = asked.replace(ZERO, "")
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        """Raises Http404."""
        if any(isinstance(one, int) and one > BigIntegerField.MAX_BIGINT for one in kwargs.values()):
            raise Http404


PASSED = "second_factor_set_up"


class SecondFactorMiddleware:
    """Sends a person whose role needs a second factor, and who has none, to set one up; nothing else opens before."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.MFA_REQUIRED_ROLES and request.user.is_authenticated and not request.session.get(PASSED):
            if not self._needs_one(request):
                request.session[PASSED] = True
            elif not request.path.startswith("/accounts/") and not request.path.startswith("/static/"):
                messages.info(request, _("Your role needs a second step at sign-in. Set it up to go on."))
                return redirect("mfa_activate_totp")
        return self.get_response(request)

    @staticmethod
    def _needs_one(request: HttpRequest) -> bool:
        required = set(settings.MFA_REQUIRED_ROLES)
        user = request.user
        return isinstance(user, User) and bool(required & user.roles) and not is_mfa_enabled(user)
