"""The language a person chose, and a second factor for the roles that the installation requires it of."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
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
