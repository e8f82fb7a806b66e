"""The sign-in sheet that lies at the door of a press conference."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from office.models import Secrecy
from office.paper import render_pdf
from publicrelations.models import Invitation, PressConference

EMPTY_LINES: Final = 9
"""For those who come without having been invited."""


def sign_in_context(conference: PressConference) -> dict[str, Any]:
    """Those invited in the order of their media, who said no left out, and empty lines below."""
    rows = Invitation.objects.standing().filter(conference=conference).select_related("outlet", "reporter")
    coming = rows.exclude(answer="no").order_by("outlet__kind", "outlet__sort_name", "pk")
    is_open = conference.secrecy == Secrecy.ORDINARY
    return {
        "title": _("Press conference: sign-in sheet"),
        "subtitle": conference.title if is_open else conference.label,
        "conference": conference,
        "rows": list(coming),
        "empty_lines": range(EMPTY_LINES),
        "office_name": settings.OFFICE_NAME,
        "office_parent_name": settings.OFFICE_PARENT_NAME,
        "imprint": conference.label,
    }


def sign_in_pdf(conference: PressConference) -> bytes:
    """A page or two; somebody stands at the printer and waits for it."""
    html = render_to_string("publicrelations/paper/sign_in.html", sign_in_context(conference))
    title = " ".join([_("Press conference: sign-in sheet"), conference.label])
    return render_pdf(html, title=title)
