"""A line of the diary in the cell of a month, written in one go: there are a hundred on the page, and the template of
each cost as much as everything else on it."""

from __future__ import annotations

from datetime import datetime
from html import escape
from typing import Protocol

from django.utils.safestring import SafeString, mark_safe

from office.templatetags.prasan import clock, icon


class InAMonth(Protocol):
    """What a cell tells of a line."""

    @property
    def title(self) -> str: ...
    @property
    def words(self) -> str: ...
    @property
    def tone(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def begins_at(self) -> datetime | None: ...


def month_cell(line: InAMonth, shape: str, label: str) -> SafeString:
    """The line as templates/projectplan/diary_line.html has it in the wider views, without what stands below it."""
    said = f"{line.title} · {line.words}" if line.words else line.title
    at = f'<span class="at">{escape(clock(line.begins_at))}</span> ' if line.begins_at else ""
    return mark_safe(  # nosec B308, B703 # every part was escaped or is ours
        f'<li class="{line.tone}"><a href="{line.url}" title="{escape(said)}">'
        f'{icon(shape, label)} {at}<span class="what">{escape(line.title)}</span></a></li>'
    )
