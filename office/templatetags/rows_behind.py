"""A number of a report, leading to the rows that it counts."""

from __future__ import annotations

from django import template
from django.utils.html import escape
from django.utils.safestring import mark_safe

from office.report_tables import Cell

register = template.Library()


@register.filter
def in_register(cell: Cell, address: str) -> str:
    """The cell's number, as a link into the list at this address where there is anything behind it.

    As reports/number.html, without a template of its own: a table has hundreds of them.
    """
    if not cell.query:
        return cell.text
    # The address is a page's own, the number our own digits.
    return mark_safe(f'<a href="{address}?{escape(cell.query)}">{cell.text}</a>')  # nosec B308, B703 # an address and a number of our own; the query is escaped
