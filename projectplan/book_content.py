"""What a book is made from: plain data, as it stood at a moment, kept with the issued edition."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import get_language

from office.models import Report
from projectplan.planshape import Row


@dataclass(frozen=True)
class BookContent:
    """The data of a book at `as_of`; `is_interim` while its fiscal year is not over."""

    as_of: datetime
    is_interim: bool
    data: Row

    def as_json(self) -> Row:
        return self.data


def frame_of(title: str, report: Report, read: BookContent) -> dict[str, Any]:
    """What the paper of every counted book shows on its cover and at its head."""
    return {
        "title": title,
        "report": report,
        "content": read,
        "data": read.data,
        "as_of": read.as_of,
        "period_label": report.period.label(get_language() or "th"),
        "office_name": settings.OFFICE_NAME,
        "office_parent_name": settings.OFFICE_PARENT_NAME,
    }
