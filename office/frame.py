"""What nearly every page asks besides its own: how many notices its reader has not read, and which calendar is in
force. Asked together, in one query, and only by a page that shows one of the two."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Final

from django.http import HttpRequest, HttpResponse

from office.capped import CappedCount
from office.models import CalendarEdition, Notice
from office.models.calendar import Edition, edition_of_page, newest_edition

BELL_CAP: Final = 99
READS: Final = frozenset({"GET", "HEAD"})


class Frame:
    """What stands around a page, as it was when the page first asked for any of it."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @property
    def unread(self) -> int:
        """How many notices the reader has not read, counted up to 100; none for a reader without an account."""
        return self._asked[0]

    @property
    def edition(self) -> Edition:
        """The calendar's edition in force."""
        return self._asked[1]

    @cached_property
    def _asked(self) -> tuple[int, Edition]:
        user = getattr(self._request, "user", None)
        if user is None or user.pk is None:
            return 0, newest_edition()
        notices = Notice.objects.filter(recipient=user.pk, way=Notice.Way.APP, read_at=None)
        unread = notices.order_by().values("pk")[: BELL_CAP + 1]
        editions = CalendarEdition.objects.order_by("-pk").annotate(unread=CappedCount(unread))
        row = editions.values_list("pk", "made_at", "unread").first()
        return (row[2], (row[0], row[1])) if row else (unread.count(), newest_edition())


def frame_of(request: HttpRequest) -> Frame:
    """The frame of a page; also of one that says what went wrong before the middleware was reached."""
    return getattr(request, "frame", None) or Frame(request)


class FrameMiddleware:
    """Lets a page that only reads know one calendar from its beginning to its end; what writes asks for the newest."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        frame = request.frame = Frame(request)  # type: ignore[attr-defined]
        if request.method not in READS:
            return self.get_response(request)
        told = edition_of_page.set(lambda: frame.edition)
        try:
            return self.get_response(request)
        finally:
            edition_of_page.reset(told)
