"""The counter's book and the register of letters out as files: what their pages show, no petitioner's name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from complaints.models import Visit
from office.list_export import MOST_ROWS, ListFile
from office.models import OutgoingLetter
from office.spreadsheets import Cell, moment_cell


def visit_file(rows: QuerySet[Visit]) -> ListFile:
    """The visits that the book shows, the newest first."""
    keys = list(rows.order_by("-pk").values_list("pk", flat=True)[: MOST_ROWS + 1])
    head = [
        _("Number"),
        _("What they came for"),
        _("How they came"),
        _("Came at"),
        _("Category"),
        _("Officer"),
        _("Petition"),
    ]
    return ListFile(Visit, "visits", head, keys, _visits)


def _visits(keys: Sequence[int]) -> Iterator[list[Cell]]:
    found = Visit.objects.select_related("received_by", "category", "petition").in_bulk(list(keys))
    for visit in (found[key] for key in keys if key in found):
        yield [
            visit.label,
            visit.subject,
            str(visit.get_way_display()),
            moment_cell(visit.came_at),
            str(visit.category or ""),
            visit.received_by.short_name,
            visit.petition.label if visit.petition else "",
        ]


def letter_file(rows: QuerySet[OutgoingLetter], year: int) -> ListFile:
    """The letters out of a calendar year, the newest number first. A petitioner is called so."""
    keys = list(rows.order_by("-number").values_list("pk", flat=True)[: MOST_ROWS + 1])
    head = [
        _("Letter number"),
        _("Date"),
        _("Subject of the letter"),
        _("Kind"),
        _("Matter"),
        _("To"),
        _("Left"),
    ]
    return ListFile(OutgoingLetter, f"letters-{year}", head, keys, _letters)


def _letters(keys: Sequence[int]) -> Iterator[list[Cell]]:
    rows = OutgoingLetter.objects.select_related("matter", "agency").defer("body", "enclosures")
    found = rows.in_bulk(list(keys))
    for letter in (found[key] for key in keys if key in found):
        yield [
            letter.label,
            moment_cell(letter.issued_at),
            letter.subject,
            str(letter.get_kind_display()),
            letter.matter.label,
            letter.agency.name
            if letter.agency
            else _("The petitioner")
            if letter.is_to_the_petitioner
            else letter.to_whom,
            moment_cell(letter.sent_at),
        ]
