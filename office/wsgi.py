"""Requests as the web server hands them over."""

from __future__ import annotations

from typing import Any

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest


class OfficeRequest(WSGIRequest):
    """What a request says of its body's kind and cannot be read is no kind: Django would break before any page of ours
    could answer."""

    def __init__(self, environ: dict[str, Any]) -> None:
        try:
            super().__init__(environ)
        except ValueError:
            super().__init__(environ | {"CONTENT_TYPE": ""})


class Office(WSGIHandler):
    """The whole office as the web server calls it."""

    request_class = OfficeRequest
