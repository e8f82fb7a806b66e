"""The request as pages behind the sign-in see it, and the answer as pages behind a secret link give it."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import add_never_cache_headers
from django_htmx.middleware import HtmxDetails

from office.models import User

Answer = TypeVar("Answer", bound=HttpResponseBase)


class StaffRequest(HttpRequest):
    """A request of somebody signed in: `LoginRequiredMiddleware` lets no other reach these pages."""

    user: User
    htmx: HtmxDetails


def kept_secret(view: Callable[..., Answer]) -> Callable[..., Answer]:
    """Nobody stores the page, finds it by searching, or learns its address from the next one."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Answer:
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        # The site's name only. With no referrer at all a browser sends "Origin: null", and CSRF refuses the answer.
        response["Referrer-Policy"] = "strict-origin"
        return response

    return guarded
