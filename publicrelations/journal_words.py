"""What a line of an issue's history says besides its words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from office.figures import figures
from office.models import Event


def journal_lines(event: Event) -> list[str]:
    """Which articles, how many copies, what came back."""
    changes = event.changes
    found = []
    if "articles" in changes:
        labels = [label for label in str(changes["articles"][1]).split(", ") if label]
        found.append(_("%(number)s articles") % {"number": figures(len(labels))})
    copies = changes.get("copies_printed", ["", ""])[1]
    if copies:
        found.append(_("%(number)s copies") % {"number": figures(copies)})
    stock = changes.get("stock", ["", ""])[1]
    if stock:
        found.append(_("Stock in the office: %(number)s") % {"number": figures(stock)})
    found.append(str(changes.get("returned", ["", ""])[1]))
    return [line for line in found if line]
