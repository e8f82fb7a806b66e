"""The media network as a file: its columns, and the rows of an export, which can be brought back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from office.list_columns import Column, Headings
from office.spreadsheets import Cell, Sheet, workbook
from publicrelations.models import MediaOutlet, Reporter

COLUMNS: Final = (
    Column("outlet", "สื่อ", ("ชื่อสื่อ", "หน่วยงาน", "media", "outlet"), is_required=True),
    Column("kind", "ประเภท", ("ประเภทสื่อ", "type", "kind")),
    Column("name", "ผู้สื่อข่าว", ("ชื่อผู้สื่อข่าว", "ชื่อ", "นักข่าว", "reporter", "name")),
    Column("beat", "สายข่าว", ("สาย", "beat")),
    Column("telephone", "โทรศัพท์", ("เบอร์โทร", "เบอร์โทรศัพท์", "โทร", "มือถือ", "phone")),
    Column("email", "อีเมล", ("อีเมล์", "อีเมลล์", "e-mail")),
    Column("line_id", "LINE", ("ไลน์", "line id")),
)
HEADINGS: Final = Headings(COLUMNS)
KINDS: Final = {
    "โทรทัศน์": MediaOutlet.Kind.TV,
    "ทีวี": MediaOutlet.Kind.TV,
    "tv": MediaOutlet.Kind.TV,
    "วิทยุ": MediaOutlet.Kind.RADIO,
    "radio": MediaOutlet.Kind.RADIO,
    "หนังสือพิมพ์": MediaOutlet.Kind.NEWSPAPER,
    "นสพ.": MediaOutlet.Kind.NEWSPAPER,
    "newspaper": MediaOutlet.Kind.NEWSPAPER,
    "สื่อออนไลน์": MediaOutlet.Kind.ONLINE,
    "ออนไลน์": MediaOutlet.Kind.ONLINE,
    "เว็บไซต์": MediaOutlet.Kind.ONLINE,
    "online": MediaOutlet.Kind.ONLINE,
    "สำนักข่าว": MediaOutlet.Kind.AGENCY,
    "agency": MediaOutlet.Kind.AGENCY,
}
"""What files call the kinds of media."""


def heading_of(field: str) -> str:
    """What a field is called, on the page and in our files."""
    return HEADINGS.heading_of(field)


def as_workbook(outlets: QuerySet[MediaOutlet], today: date) -> bytes:
    """Outlets with those who report for them now: a row for each desk, one for each reporter."""
    head = [column.heading for column in COLUMNS]
    return workbook([Sheet(str(_("Media and reporters")), head, _rows(outlets, today))])


def _rows(outlets: QuerySet[MediaOutlet], today: date) -> Iterator[list[Cell]]:
    working = Reporter.objects.working_on(today).order_by("sort_name", "pk")
    kinds = {value: words for words, value in reversed(KINDS.items())}
    for outlet in outlets.prefetch_related(Prefetch("reporters", working)):
        kind = kinds[MediaOutlet.Kind(outlet.kind)]
        yield [outlet.name, kind, "", "", outlet.telephone, outlet.email, outlet.line_id]
        for one in outlet.reporters.all():
            yield [outlet.name, kind, one.name, one.beat, one.telephone, one.email, one.line_id]
