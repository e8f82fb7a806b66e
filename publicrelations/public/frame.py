"""The frame of the public site's pages: what each of them says besides its own words. Nothing of it is a reader's."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language

from publicrelations.public.sharing import Share


def whole_address(path: str) -> str:
    """The address as other sites and programs are told it; never taken from what a request calls us."""
    return f"{settings.SITE_URL}{path}"


def page(
    name: str, *, path: str, here: str = "", share: Share | None = None, status: int = 200, **context: Any
) -> HttpResponse:
    """A page of the site from its template. `here` is the part of the site that the menu marks."""
    frame = {
        "LANGUAGE_CODE": get_language(),
        "office_name": settings.OFFICE_NAME,
        "office_parent_name": settings.OFFICE_PARENT_NAME,
        "canonical": whole_address(path),
        "here": here,
        "share": share,
    }
    return HttpResponse(render_to_string(f"publicrelations/site/{name}.html", frame | context), status=status)
