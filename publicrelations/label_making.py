"""Asking for address labels of an issue, and laying them out on a sheet."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from office.making import Claim, LeaseLost, keep_bytes
from office.models import User
from office.paper import render_pdf
from office.queue import start_by_name_after_commit
from publicrelations.label_sheets import SHEETS, Sheet, sheets_of
from publicrelations.models import Consignment, Journal, LabelPrint
from publicrelations.models.journal_edition import kept_path

logger = logging.getLogger(__name__)

MAKE_TASK: Final = "publicrelations.tasks.make_labels"
STYLESHEET: Final = "css/labels.css"
LONG: Final = 115
VERY_LONG: Final = 170
"""Letters of a label from which on it is set smaller."""

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Label:
    """One label: where it lies on its sheet in millimetres, whose it is, and how large its words may be."""

    left: float
    top: float
    parcel: Consignment
    fit: str


def ask_for(
    journal: Journal,
    *,
    sheet: str,
    first: int,
    has_frames: bool,
    lines: Sequence[int],
    by: User,
    now: datetime,
) -> LabelPrint:
    """Have labels made by the worker; the same asked for while it waits is not asked for twice."""
    asked = {"sheet": sheet, "first": first, "has_frames": has_frames, "lines": list(lines)}
    waiting = journal.label_prints.filter(state=LabelPrint.State.WAITING, **asked).first()
    row: LabelPrint = waiting or LabelPrint.objects.create(
        journal=journal, asked_at=now, asked_by=by, **asked
    )
    start_by_name_after_commit(MAKE_TASK, row.pk)
    return row


def make(print_id: int, clock: Clock = timezone.now) -> LabelPrint | None:
    """Claim a print, lay its labels out and keep it; None when it is not there to be claimed."""
    claim = Claim.take(LabelPrint, print_id, clock())
    if claim is None:
        return None
    try:
        row = LabelPrint.objects.select_related("journal").get(pk=print_id)
        parcels = parcels_of(row)
        with override(settings.LANGUAGE_CODE):
            pdf = render_pdf(html(row, parcels), title=row.journal.title, stylesheet=STYLESHEET)
        claim.finish(
            state=LabelPrint.State.ISSUED,
            progress=100,
            sha256=keep_bytes(pdf, lambda sha256: kept_path(sha256, "pdf")),
            size=len(pdf),
            labels=len(parcels),
            issued_at=clock(),
        )
    except LeaseLost:
        logger.warning("Labels %s were taken over by another maker", print_id)
    except Exception as fault:
        logger.exception("Labels %s could not be made", print_id)
        claim.fail(fault)
    return LabelPrint.objects.get(pk=print_id)


def parcels_of(row: LabelPrint) -> list[Consignment]:
    """The lines of the closed list that are to be printed, in its order."""
    parcels = row.journal.consignments.order_by("line")
    return list(parcels.filter(line__in=row.lines) if row.lines else parcels)


def html(row: LabelPrint, parcels: Sequence[Consignment]) -> str:
    """The sheets, each label at its place."""
    sheet = SHEETS[row.sheet]
    context = {
        "title": row.journal.title,
        "sheet": sheet,
        "has_frames": row.has_frames,
        "name": settings.JOURNAL_NAME,
        "issue": row.journal.issue_words,
        "sheets": [
            [_label(sheet, place, parcel) for place, parcel in some]
            for some in sheets_of(parcels, sheet, first=row.first)
        ],
        "sender": f"{settings.OFFICE_NAME} {settings.OFFICE_PARENT_NAME}",
    }
    return render_to_string("publicrelations/paper/labels.html", context)


def _label(sheet: Sheet, place: int, parcel: Consignment) -> Label:
    left, top = sheet.place(place)
    letters = len(parcel.attention) + len(parcel.name) + len(parcel.address)
    fit = "tiny" if letters > VERY_LONG else "small" if letters > LONG else "usual"
    return Label(left, top, parcel, fit)
