"""The request as pages behind the sign-in see it."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from office.models import User


class StaffRequest(HttpRequest):
    """A request of somebody signed in: `LoginRequiredMiddleware` lets no other reach these pages."""

    user: User
    htmx: HtmxDetails
