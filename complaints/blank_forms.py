"""The blank forms (แบบคำร้อง) for those who write by hand: one for each kind of petition, its code printed on it."""

from __future__ import annotations

import hashlib
from typing import Final

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from complaints.models import Petition
from office.form_codes import FormCode
from office.paper import render_pdf

Kind = Petition.PetitionKind

REGISTER: Final = "petition"
VERSION: Final = 1
"""Raised when what the form asks for changes; older paper stays in people's drawers, so its codes go on being read."""
NUMBERS: Final = {Kind.GRIEVANCE: 1, Kind.COMPLAINT: 2, Kind.HELP: 3, Kind.OPINION: 4}
"""The kinds as the printed code counts them; a number once printed keeps its kind."""
FOLDER: Final = "blank-forms"
STORY_LINES: Final = 12


class UnknownForm(ValueError):
    """No form with this code was ever printed; the message says so."""


def code_of(kind: str) -> FormCode:
    """The code of today's form for a kind of petition."""
    return FormCode(REGISTER, NUMBERS[Kind(kind)], VERSION)


def kind_of(typed: str) -> str:
    """The kind of petition of the form with this code, of whatever version. Raises UnknownForm."""
    code = FormCode.parse(typed)
    kinds = {number: kind for kind, number in NUMBERS.items()}
    if code is None or code.register != REGISTER or code.kind not in kinds or not 0 < code.version <= VERSION:
        raise UnknownForm(
            _(
                "There is no form with the code “%(code)s”. It stands at the top right of the paper, e.g. %(example)s."
            )
            % {"code": typed.strip()[:20], "example": code_of(Kind.GRIEVANCE)}
        )
    return kinds[code.kind].value


def paper(kind: str) -> str:
    """The form of a kind as HTML, in the language in force."""
    chosen = Kind(kind)
    context = {
        "title": _("Petition form"),
        "kind": chosen,
        "code": code_of(kind),
        "story_lines": range(STORY_LINES),
        "asks_thai_id": chosen == Kind.HELP,
        "office_name": settings.OFFICE_NAME,
        "office_parent_name": settings.OFFICE_PARENT_NAME,
        "office_address": settings.OFFICE_ADDRESS,
        "site": settings.SITE_URL,
    }
    return render_to_string("complaints/paper/blank_form.html", context)


def pdf(kind: str) -> bytes:
    """The form of a kind as PDF; laid out once, then read from the store until its words change."""
    html = paper(kind)
    path = f"{FOLDER}/{kind}-{hashlib.sha256(html.encode()).hexdigest()[:20]}.pdf"
    if default_storage.exists(path):
        with default_storage.open(path) as kept:
            return bytes(kept.read())
    title = _("Petition form")
    made = render_pdf(html, title=f"{title} {Kind(kind).label} ({code_of(kind)})")
    default_storage.save(path, ContentFile(made))
    return made
