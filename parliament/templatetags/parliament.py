"""What pages of parliament say of the day."""

from __future__ import annotations

from html import escape
from typing import Any

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from parliament.models import Recess
from parliament.report_tables import WhoTable
from parliament.standing import Standing, standing_on

register = template.Library()


@register.simple_tag
def who_rows(table: WhoTable, address: str) -> SafeString:
    """The rows of a table of members or agencies, each number leading to its rows at this address. Written in one go,
    for a month has hundreds of members, and a template looks every cell of each up by name."""
    link = f'<td class="n"><a href="{escape(address)}?'
    lines = []
    for row in table.rows:
        cells = "".join(
            f'{link}{escape(cell.query)}">{escape(cell.text)}</a></td>'
            if cell.query
            else f'<td class="n">{escape(cell.text)}</td>'
            for cell in row.cells
        )
        sums = "".join(f'<td class="n">{escape(one)}</td>' for one in (row.total, row.late, row.percent))
        lines.append(f'<tr><th scope="row">{escape(row.label)}</th>{cells}{sums}</tr>')
    return mark_safe("\n".join(lines))  # nosec B308, B703 # every part was escaped as it was written


@register.inclusion_tag("parliament/houses/standing_line.html")
def parliament_line() -> dict[str, Any]:
    """One line: in session, or in recess since when and why. Two short queries."""
    return {"standing": standing_on(timezone.localdate())}


@register.inclusion_tag("parliament/houses/recess_line.html")
def recess_line() -> dict[str, Any]:
    """The same in a recess only, else nothing: for the head of a list of what waits for sittings. One short query."""
    today = timezone.localdate()
    recess = Recess.on(today)
    return {"standing": Standing(today, None, recess) if recess else None}
