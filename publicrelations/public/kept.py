"""Pages that everybody reads alike: drawn once, kept, and given to the next thousand readers as they are.

Which edition of the site is in force stands in the database and is asked for each time; a page drawn for an earlier
one is drawn anew, by one reader, while the others of that moment get the old one. Nothing here knows who reads: such a
page has no cookie, no name and no token, so it may be kept by whoever stands between us and the reader.
"""

from __future__ import annotations

import gzip
import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import Any, Final

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from publicrelations.models import SiteEdition

View = Callable[..., HttpResponse]

FORM: Final = 1
"""To be raised when a kept page is laid down in another way, so that none of the old ones is read."""
SPACE = "page"
"""Whose pages they are, where several databases share one cache: each test has a space of its own."""
FRESH_SECONDS: Final = 60
"""A page also says what is to come; so much later than its hour it is drawn anew without any change."""
KEPT_SECONDS: Final = 600
DRAWING_SECONDS: Final = 2
"""So long one reader may take to draw a page before another begins."""
WAITING_SECONDS: Final = 1.0
WAITING_STEP: Final = 0.02
CACHE_CONTROL: Final = "public, max-age=1, must-revalidate"
"""A reader's program asks again after a second, and mostly hears that nothing has changed (304)."""
KEPT_STATUSES: Final = (HTTPStatus.OK, HTTPStatus.GONE)


@dataclass(frozen=True, slots=True)
class Kept:
    """A page as it is kept: of which edition, drawn when, its bytes compressed, their digest."""

    edition: int
    drawn_at: float
    status: int
    content_type: str
    digest: str
    zipped: bytes

    @classmethod
    def of(cls, response: HttpResponse, edition: int) -> Kept:
        """What is kept of an answer; the same content has the same digest."""
        zipped = gzip.compress(response.content, 6, mtime=0)
        digest = hashlib.sha256(response.content).hexdigest()[:32]
        return cls(
            edition, time.time(), response.status_code, response.headers["Content-Type"], digest, zipped
        )

    def is_of(self, edition: int) -> bool:
        return self.edition == edition and time.time() - self.drawn_at < FRESH_SECONDS


def read_by_all(*asked: str) -> Callable[[View], View]:
    """A page for everybody. One that is asked for more exactly (`asked`: names in the query) is drawn, not kept: there
    are too many of them. Whatever else stands in the query changes nothing."""

    def reading(view: View) -> View:
        @login_not_required
        @require_safe
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            def draw() -> HttpResponse:
                return view(request, *args, **kwargs)

            if any(name in request.GET for name in asked):
                response = draw()
                return _handed_out(request, Kept.of(response, 0)) if _is_kept(response) else response
            found = _found_or_drawn(_key(request.path), draw)
            return _handed_out(request, found) if isinstance(found, Kept) else found

        return answer  # type: ignore[return-value]  # a view, whatever stands around it

    return reading


def _key(path: str) -> str:
    place = hashlib.sha256(path.encode()).hexdigest()[:32]
    return f"{SPACE}:{FORM}:{get_language()}:{place}"


def forget(path: str, language: str) -> None:
    """Let the next reader have a page drawn anew; for measuring how long that takes."""
    with override(language):
        cache.delete(_key(path))


def _is_kept(response: HttpResponse) -> bool:
    return response.status_code in KEPT_STATUSES


def _found_or_drawn(key: str, draw: Callable[[], HttpResponse]) -> Kept | HttpResponse:
    """The page of the edition in force; drawn by whoever comes first after a change."""
    edition = SiteEdition.now()
    kept: Kept | None = cache.get(key)
    if kept is not None and kept.is_of(edition):
        return kept
    if not cache.add(_being_drawn(key), 1, DRAWING_SECONDS):
        # Somebody draws it at this moment. The old page serves until then, where there is one.
        kept = kept or _waited_for(key)
        if kept is not None:
            return kept
    try:
        return _drawn(key, edition, draw)
    finally:
        cache.delete(_being_drawn(key))


def _being_drawn(key: str) -> str:
    return f"{key}:drawing"


def _waited_for(key: str) -> Kept | None:
    """What another reader is drawing, as soon as it is there; None when it comes to nothing."""
    until = time.monotonic() + WAITING_SECONDS
    kept: Kept | None = None
    while kept is None and time.monotonic() < until:
        time.sleep(WAITING_STEP)
        is_being_drawn = cache.has_key(_being_drawn(key))
        kept = cache.get(key)
        if not is_being_drawn:
            break
    return kept


def _drawn(key: str, edition: int, draw: Callable[[], HttpResponse]) -> Kept | HttpResponse:
    """Draw and keep; what is no page any more (moved, hidden) is not kept either."""
    try:
        response = draw()
    except Exception:
        cache.delete(key)
        raise
    if not _is_kept(response):
        cache.delete(key)
        return response
    kept = Kept.of(response, edition)
    cache.set(key, kept, KEPT_SECONDS)
    return kept


def _handed_out(request: HttpRequest, kept: Kept) -> HttpResponseBase:
    """The kept page as this reader's program takes it: compressed or not, or that it has it already."""
    zips = "gzip" in request.headers.get("Accept-Encoding", "")
    etag = f'"{kept.digest}{"-gz" if zips else ""}"'
    response = get_conditional_response(request, etag=etag) if kept.status == HTTPStatus.OK else None
    if response is None:
        body = kept.zipped if zips else gzip.decompress(kept.zipped)
        response = HttpResponse(body, status=kept.status, content_type=kept.content_type)
        if zips:
            response["Content-Encoding"] = "gzip"
    response["ETag"] = etag
    response["Cache-Control"] = CACHE_CONTROL
    patch_vary_headers(response, ["Accept-Encoding", "Cookie"])
    return response
