"""Where somebody goes after a step that was begun elsewhere than on the matter's page: back to what they were doing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.urls import reverse

# URL names of the rooms above; an address never says more than which of these.
WAYS: Final = {"today": "projectplan:today", "next": "projectplan:decide_next"}


def way_back(sent: Mapping[str, str]) -> str:
    """The address that a form says it came from; "" for the matter's own page."""
    page = WAYS.get(sent.get("back", ""))
    if not page:
        return ""
    then = _key(sent.get("then", ""))
    return f"{reverse(page)}?then={then}" if then else reverse(page)


def kept_way(sent: Mapping[str, str]) -> dict[str, str]:
    """For the context of a form that comes back with faults: it still knows where it came from."""
    back = sent.get("back", "")
    return {"back": back, "then": _key(sent.get("then", ""))} if back in WAYS else {}


def _key(text: str) -> str:
    return text if text.isascii() and text.isdigit() and len(text) < 19 else ""
