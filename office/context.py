"""What the frame of every page needs: the office's name, the day, the bell."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from office.models import Notice

BELL_CAP = 99


def unread_count(user_id: int) -> int:
    """How many notices somebody has not read, counted up to 100; one short index range."""
    unread = Notice.objects.filter(recipient_id=user_id, way=Notice.Way.APP, read_at=None)
    return unread.order_by()[: BELL_CAP + 1].count()


def shell(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    return {
        "office_name": settings.OFFICE_NAME,
        "office_parent_name": settings.OFFICE_PARENT_NAME,
        "demo": settings.DEMO,
        "now": timezone.localtime(),
        "bell": SimpleLazyObject(lambda: unread_count(user.pk)) if signed_in and user else 0,
        "roles": user.roles if signed_in and user else frozenset(),
    }
