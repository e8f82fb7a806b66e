"""The sign-in sheet that lies at the door of a seminar."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from office.paper import render_pdf
from projectplan.models import Participant, Seminar

EMPTY_LINES: Final = 8
"""For those who come without having been on the list."""


def sign_in_context(seminar: Seminar) -> dict[str, Any]:
    """Those on the list in the order of a Thai dictionary, speakers and organisers left out, and empty lines below."""
    rows = seminar.participants.filter(part=Participant.Part.PARTICIPANT)
    return {
        "title": _("Seminar: sign-in sheet"),
        "subtitle": seminar.title,
        "seminar": seminar,
        "rows": list(rows),
        "empty_lines": range(EMPTY_LINES),
        "office_name": settings.OFFICE_NAME,
        "office_parent_name": settings.OFFICE_PARENT_NAME,
        "imprint": "",
    }


def sign_in_pdf(seminar: Seminar) -> bytes:
    """A page or two; somebody stands at the printer and waits for it."""
    html = render_to_string("projectplan/paper/sign_in.html", sign_in_context(seminar))
    return render_pdf(html, title=" ".join([_("Seminar: sign-in sheet"), seminar.title]))
