"""The mailing list of an issue: who is sent how many, as it was closed, or as the recipients stand today."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _

from office.spreadsheets import Cell, Sheet, workbook
from office.thai import format_numeric
from publicrelations.models import Consignment, Journal, Recipient


@dataclass(frozen=True)
class Group:
    """The lines of one group, and the copies they come to."""

    name: str
    lines: Sequence[Consignment]

    @property
    def copies(self) -> int:
        return sum(line.copies for line in self.lines)


def lines_of(journal: Journal, day: date) -> list[Consignment]:
    """The closed list; before it is closed, unsaved lines as they would be."""
    if journal.list_closed_at:
        return list(journal.consignments.order_by("line"))
    recipients = Recipient.objects.on(day).for_labels()
    return [
        Consignment.of(recipient, journal_id=journal.pk, line=line)
        for line, recipient in enumerate(recipients, start=1)
    ]


def grouped(lines: Sequence[Consignment]) -> list[Group]:
    """The lines group by group, in their order."""
    return [Group(name, list(some)) for name, some in groupby(lines, key=lambda line: line.group_name)]


def as_workbook(journal: Journal, day: date) -> bytes:
    """The list as XLSX: every line, the stock, the sum; and a sheet with the sums of the groups."""
    lines = lines_of(journal, day)
    balance = journal.balance(day)
    head = [
        _("Line"), _("Group"), _("Addressed to"), _("Name"), _("Postal address"), _("Postcode"), _("Copies"),
        _("Came back on"), _("Why it came back"),
    ]  # fmt: skip
    rows = [
        *_rows(lines),
        _sum_row(_("Stock kept in the office"), journal.stock),
        _sum_row(_("Sum"), balance.placed),
    ]
    sums: list[list[Cell]] = [[group.name, len(group.lines), group.copies] for group in grouped(lines)]
    sums += [
        [_("Stock kept in the office"), None, journal.stock],
        [_("Sum"), len(lines), balance.placed],
        [_("Copies printed") if journal.copies_printed is not None else _("Print run"), None, balance.copies],
    ]
    return workbook(
        [
            Sheet(_("Mailing list"), head, rows),
            Sheet(_("Sums"), [_("Group"), _("Recipients"), _("Copies")], sums),
        ],
        above=[journal.title, balance.words()],
    )


def _rows(lines: Sequence[Consignment]) -> Iterator[list[Cell]]:
    for line in lines:
        yield [
            line.line,
            line.group_name,
            line.attention,
            line.name,
            " ".join(line.address.split()),
            line.postcode,
            line.copies,
            format_numeric(line.returned_on, digits="arabic") if line.returned_on else "",
            str(line.get_return_reason_display()) if line.return_reason else "",
        ]


def _sum_row(words: str, copies: int) -> list[Cell]:
    return [None, "", "", words, "", "", copies, "", ""]
