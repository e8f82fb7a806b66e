"""What the frame of every page needs: the office's name, the day, the bell."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from office.frame import frame_of


def shell(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    return {
        "office_name": settings.OFFICE_NAME,
        "office_parent_name": settings.OFFICE_PARENT_NAME,
        "demo": settings.DEMO,
        "now": timezone.localtime(),
        "bell": SimpleLazyObject(lambda: frame_of(request).unread) if signed_in else 0,
        "roles": user.roles if signed_in and user else frozenset(),
    }
