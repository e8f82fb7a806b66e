"""An agenda as people paste it: one item a line, its number before its title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from office.figures import figures
from parliament.models import AgendaItem
from parliament.models.agenda_steps import AgendaLine

MOST_ITEMS: Final = 200
MARK: Final = "*"
"""Before a line: it concerns us."""
TITLE_LENGTH: Final = AgendaItem._meta.get_field("title").max_length or 0
NUMBER_LENGTH: Final = AgendaItem._meta.get_field("number").max_length or 0

_NUMBERED: Final = re.compile(
    r"(?:ระเบียบวาระที่|เรื่องที่|วาระที่|ข้อ)?\s*(?P<number>[0-9๐-๙]+(?:[./][0-9๐-๙]+)*)(?:[.)]|(?=\s))\s*(?P<title>\D.*)"
)
_BULLET: Final = re.compile(r"[-–•·]\s*")


def parse(pasted: str) -> list[AgendaLine]:
    """The items of pasted lines; raises ValidationError, which names the line, for one that cannot be kept."""
    lines = [line for line in pasted.splitlines() if line.strip()]
    if len(lines) > MOST_ITEMS:
        raise ValidationError(_("At most %(most)s items.") % {"most": figures(MOST_ITEMS)})
    return [_item(place, line) for place, line in enumerate(lines, 1)]


def _item(place: int, line: str) -> AgendaLine:
    text = " ".join(line.split())
    concerns_us = text.startswith(MARK)
    text = text.removeprefix(MARK).strip()
    numbered = _NUMBERED.fullmatch(text)
    number = numbered["number"] if numbered else ""
    title = (numbered["title"] if numbered else _BULLET.sub("", text, count=1)).strip()
    if not title:
        raise ValidationError(_("Line %(line)s has no words.") % {"line": figures(place)})
    if len(title) > TITLE_LENGTH or len(number) > NUMBER_LENGTH:
        raise ValidationError(
            _("Line %(line)s is too long: at most %(most)s letters.")
            % {"line": figures(place), "most": figures(TITLE_LENGTH)}
        )
    return AgendaLine(title, number, concerns_us=concerns_us)


def written(lines: Sequence[AgendaLine]) -> str:
    """Items as lines that `parse` reads as the same."""
    return "\n".join(f"{MARK if one.concerns_us else ''}{one.number} {one.title}".strip() for one in lines)
