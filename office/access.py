"""Closing a page to all but those a predicate names; whoever is refused is told whom to ask."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from rules import Predicate

from office.models import User

View = Callable[..., HttpResponseBase]


def only(predicate: Predicate, words: Callable[[], str]) -> Callable[[View], View]:
    """A guard of views that lets in whom `predicate` holds for; `words` say to the others whom to ask."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            assert isinstance(request.user, User)  # LoginRequiredMiddleware lets no other reach these pages
            if not predicate.test(request.user):
                raise PermissionDenied(words())
            return view(request, *args, **kwargs)

        return guarded

    return guard
