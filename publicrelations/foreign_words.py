"""What a line of the history of a foreign document or a brief says besides its words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from office.figures import figures
from office.models import Event


def foreign_lines(event: Event) -> list[str]:
    """What screening came to, which version of the translation it is, what became of it."""
    names = ("passed_to", "screening_note", "outcome", "filed_where", "answer_reference", "files")
    found = [str(event.changes.get(name, ["", ""])[1]) for name in names]
    version = event.changes.get("translation", ["", ""])[1]
    if version:
        found.append(_("Translation, version %(number)s") % {"number": figures(version)})
    found.append(str(event.changes.get("translation_note", ["", ""])[1]))
    return [line for line in found if line]


def brief_lines(event: Event) -> list[str]:
    """The option that was chosen, and the files that came."""
    return [line for name in ("chosen", "files") if (line := str(event.changes.get(name, ["", ""])[1]))]
