"""The paper of an entry: what is asked for and by whom, the sum in figures and in words, who approved it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from office.paper import render_pdf
from office.thai import baht_text
from projectplan.models import BudgetEntry


def voucher_context(entry: BudgetEntry) -> dict[str, Any]:
    """What stands on the paper and on the entry's page."""
    return {
        "title": entry.get_kind_display(),
        "entry": entry,
        "amount_words": baht_text(entry.amount),
        "office_name": settings.OFFICE_NAME,
        "office_parent_name": settings.OFFICE_PARENT_NAME,
    }


def voucher_pdf(entry: BudgetEntry) -> bytes:
    """One page; a fifth of a second."""
    html = render_to_string("projectplan/project/voucher.html", voucher_context(entry))
    return render_pdf(html, title=f"{entry.get_kind_display()} {entry.document_number}")
