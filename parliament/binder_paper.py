"""The sheets of the binder that the office writes itself, as HTML: cover, contents and agenda, an item, a picture, the
page that stands where a paper could not be bound in.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from office.book import Fault
from parliament.binder_contents import Contents, Item, Paper

CONTENTS = _("Contents")
WHY: dict[str, str | Promise] = {
    Fault.ENCRYPTED: _("It opens only with a password."),
    Fault.BROKEN: _("The file is damaged and cannot be read."),
    Fault.TOO_LONG: _("It has more than 500 pages."),
    Fault.MISSING: _("The file is no longer where it was kept."),
}
"""Why a paper could not be bound in."""
WHAT_NOW: dict[str, str | Promise] = {
    Fault.ENCRYPTED: _("Ask whoever sent it for a file without a password and attach that one."),
    Fault.BROKEN: _("Ask whoever sent it for the file once more and attach that one."),
    Fault.TOO_LONG: _("Attach the pages that are needed, or take the file along beside the binder."),
    Fault.MISSING: _("Attach the file once more, and tell the administrator."),
}


@dataclass(frozen=True)
class ContentsLine:
    """A line of the contents: what begins on which page; `is_below` for a paper of the item above it; `note` says
    that it could not be bound in."""

    title: str
    page: int
    is_below: bool = False
    note: str = ""


def cover(contents: Contents, edition: str) -> str:
    return _paper("cover", contents, {"edition": edition, "heading": str(_("The minister's binder"))})


def front(contents: Contents, edition: str, lines: Sequence[ContentsLine], pages: Sequence[int]) -> str:
    """Contents and agenda; `pages` are the first pages of the items that concern us, in order."""
    first = iter(pages)
    agenda = [(item, next(first) if item.concerns_us else None) for item in contents.items]
    return _paper("front", contents, {"edition": edition, "lines": lines, "agenda": agenda})


def item(contents: Contents, one: Item) -> str:
    return _paper("item", contents, {"item": one})


def picture(contents: Contents, one: Paper, content: bytes) -> str:
    source = f"data:{one.content_type};base64,{base64.b64encode(content).decode()}"
    return _paper("picture", contents, {"paper": one, "source": source})


def fault(contents: Contents, one: Paper, why: str) -> str:
    return _paper("fault", contents, {"paper": one, "why": WHY[why], "what_now": WHAT_NOW[why]})


def _paper(name: str, contents: Contents, more: dict[str, Any]) -> str:
    context = {
        "title": contents.title,
        "contents": contents,
        "office_name": settings.OFFICE_NAME,
        "office_parent_name": settings.OFFICE_PARENT_NAME,
    }
    return render_to_string(f"parliament/paper/binder_{name}.html", context | more)
