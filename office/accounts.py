"""How people sign in: accounts come from the administrator, never from the sign-in page."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Any, Final

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.http import HttpRequest

from office import limits

SECONDS_OF_A_PAGE: Final = 20


class OfficeAccountAdapter(DefaultAccountAdapter):
    """allauth for an office: nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def render_mail(self, *args: Any, **kwargs: Any) -> EmailMessage:
        """The only letters that a page sends itself; so nobody waits for a mail server as long as the outbox may."""
        letter = super().render_mail(*args, **kwargs)
        letter.connection = get_connection(timeout=min(SECONDS_OF_A_PAGE, settings.EMAIL_TIMEOUT))
        return letter

    def get_client_ip(self, request: HttpRequest) -> str:
        """Whose tries are counted together, as everywhere in the office: behind a proxy each caller for itself, of an
        IPv6 household its first address. Raises PermissionDenied where a request comes from no address."""
        address = limits.client_address(request).partition("/")[0]
        try:
            return str(ip_address(address))
        except ValueError:
            return str(super().get_client_ip(request))

    def get_user_display(self, user: Any) -> str:
        return str(user)
