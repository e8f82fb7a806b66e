"""The registers of documents in and out (ทะเบียนหนังสือรับ, ทะเบียนหนังสือส่ง) as lines, in the form of the regulation on
correspondence: the same lines on the page, in a spreadsheet and on paper.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from office.calendar import OFFICE_TZ
from office.document_filters import DocumentsFilter, DocumentsInFilter, DocumentsOutFilter
from office.figures import figures
from office.lists import Order
from office.merge_fields import FIELD
from office.models import IncomingDocument, LetterDelivery, Matter, OutgoingLetter, Secrecy, User
from office.models.matter import matters_visible_to
from office.thai import format_short


@dataclass(frozen=True)
class RegisterLine:
    """One line as the regulation's form has it, and what a page shows besides."""

    number: str
    their_number: str
    dated: str
    sender: str
    addressee: str
    subject: str
    practice: str
    note: str
    address: str
    entered: datetime | None
    speed: str = ""
    secrecy: str = ""
    matter: str = ""
    matter_address: str = ""
    signed: str = ""
    is_void: bool = False

    @property
    def cells(self) -> list[str]:
        """The eight columns of the form."""
        return [
            self.number, self.their_number, self.dated, self.sender, self.addressee, self.subject, self.practice,
            self.note,
        ]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class DocumentRegister:
    """One of the two registers as its pages need it."""

    name: Any
    section: str
    number_word: Any
    """What the running number is called at the head of its column."""
    list_page: str
    export_page: str
    print_page: str
    filter: type[DocumentsFilter]
    rows: Callable[[User], QuerySet[Any]]
    lines: Callable[[Iterable[Any]], list[RegisterLine]]
    order: Order
    in_order: Sequence[str]
    """How the lines stand on paper: as they were numbered."""
    none_yet: Any

    def heads(self) -> list[str]:
        """The heads of the eight columns of the form."""
        return [
            str(self.number_word), _("Its number"), _("Dated"), pgettext("of a document", "From"),
            pgettext("of a document", "To"), pgettext("of a document", "Subject"),
            pgettext("of a document", "What was done"), _("Remark"),
        ]  # fmt: skip


def _day(value: date | datetime | None) -> str:
    if value is None:
        return ""
    day = value.astimezone(OFFICE_TZ).date() if isinstance(value, datetime) else value
    return format_short(day, language=get_language() or "th").replace(" ", "\u00a0")


def _grade(secrecy: int) -> str:
    return str(Secrecy(secrecy).label) if secrecy else ""


# ── In ──────────────────────────────────────────────────────────────────────────────────────


def _rows_in(user: User) -> QuerySet[Any]:
    seen = Matter.objects.visible_to(user).filter(pk=OuterRef("matter"))
    rows: QuerySet[Any] = IncomingDocument.objects.visible_to(user).annotate(sees_matter=Exists(seen))
    return rows.select_related("matter", "subgroup", "passed_to").defer("matter__search_text")


def _lines_in(rows: Iterable[Any]) -> list[RegisterLine]:
    return [
        RegisterLine(
            number=figures(row.number),
            their_number=row.their_number,
            dated=_day(row.dated_on),
            sender=row.sender,
            addressee=row.addressee,
            subject=row.subject,
            practice=_practice(row),
            note=row.note,
            address=row.get_absolute_url(),
            entered=row.received_at,
            speed=str(row.get_speed_display()) if row.speed else "",
            secrecy=_grade(row.secrecy),
            matter=row.matter.label if row.matter and row.sees_matter else "",
            matter_address=reverse("office:matter", args=[row.matter_id]) if row.matter_id else "",
            is_void=row.voided_at is not None,
        )
        for row in rows
    ]


def _practice(row: Any) -> str:
    """What was done last, with the number of the matter for whoever sees that; else to whom it was passed."""
    number = f" {row.matter.label}" if row.matter and row.sees_matter else ""
    to = (row.passed_to and row.passed_to.short_name) or row.subgroup
    return f"{row.practice}{number}" if row.practice else _("passed to %(to)s") % {"to": to}


# ── Out ─────────────────────────────────────────────────────────────────────────────────────


def _rows_out(user: User) -> QuerySet[OutgoingLetter]:
    rows = OutgoingLetter.objects.filter(matters_visible_to(user, "matter__"), issued_at__isnull=False)
    deliveries = Prefetch("deliveries", LetterDelivery.objects.order_by("pk"))
    rows = rows.select_related("matter", "agency", "signer").prefetch_related(deliveries)
    return rows.defer("body", "enclosures", "matter__search_text")


def _lines_out(rows: Iterable[OutgoingLetter]) -> list[RegisterLine]:
    return [
        RegisterLine(
            number=figures(row.number),
            their_number=row.label,
            dated=_day(row.issued_at),
            sender=settings.OFFICE_NAME,
            addressee=_to(row),
            subject=FIELD.sub("…", row.subject),
            practice=_left(row),
            note="",
            address=reverse("complaints:letter", args=[row.pk]),
            entered=row.issued_at,
            speed=str(row.get_speed_display()) if row.speed else "",
            secrecy=_grade(row.matter.secrecy),
            matter=row.matter.label,
            matter_address=reverse("office:matter", args=[row.matter_id]),
            signed=row.signer.short_name if row.signer else "",
        )
        for row in rows
    ]


def _to(letter: OutgoingLetter) -> str:
    """To whom, without a petitioner's name."""
    if letter.agency:
        return letter.agency.name
    return _("The petitioner") if letter.is_to_the_petitioner else FIELD.sub("…", letter.to_whom)


def _left(letter: OutgoingLetter) -> str:
    """`by post 1 Dec (EF 123)`, or that it has not left."""
    ways = [
        f"{one.get_way_display()} {_day(one.at)}" + (f" ({one.proof})" if one.proof else "")
        for one in letter.deliveries.all()
    ]
    return "; ".join(ways) or _("not sent yet")


class ByNumber(Order):
    """By year and number, which a register's own unique index holds."""

    def parse(self, text: str) -> list[Any] | None:
        year, _line, number = text.partition("_")
        if not (year.isascii() and number.isascii() and year.isdigit() and number.isdigit()):
            return None
        return [int(year), int(number)] if len(year) < 5 and len(number) < 10 else None


IN: Final = DocumentRegister(
    name=gettext_lazy("Register of documents in"),
    section="documents_in",
    number_word=gettext_lazy("Receipt number"),
    list_page="office:documents_in",
    export_page="office:documents_in_export",
    print_page="office:documents_in_print",
    filter=DocumentsInFilter,
    rows=_rows_in,
    lines=_lines_in,
    order=Order("pk", descending=True),
    in_order=("year", "number"),
    none_yet=gettext_lazy(
        "What reaches the office on paper or by e-mail is entered here as it comes, and gets its receipt number."
    ),
)
OUT: Final = DocumentRegister(
    name=gettext_lazy("Register of documents out"),
    section="documents_out",
    number_word=gettext_lazy("Register number"),
    list_page="office:documents_out",
    export_page="office:documents_out_export",
    print_page="office:documents_out_print",
    filter=DocumentsOutFilter,
    rows=_rows_out,
    lines=_lines_out,
    order=ByNumber("year", tie="number", descending=True),
    in_order=("year", "number"),
    none_yet=gettext_lazy(
        "Letters stand here as soon as they are issued. They are written on the page of a matter."
    ),
)
