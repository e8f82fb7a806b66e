"""Any list as a file, as it is seen: the same filters, order and columns, and only what its reader may see.

One way for all lists: rows are fetched a few hundred at a time and sent as they come, so memory does not grow with
their number; a list that is too long is refused, never cut; and each file is one line of the trail.
"""

from __future__ import annotations

import html
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

from auditlog.models import LogEntry
from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.http import FileResponse, HttpRequest, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from office.figures import thousands
from office.limits import allow
from office.models import User
from office.spreadsheets import Cell, csv_lines, write_workbook

FORMS: Final = ("csv", "xlsx")
ASKED: Final = "file"
"""The name in a list's address that asks for it as a file."""
MOST_ROWS: Final = 100_000
ROWS_AT_ONCE: Final = 500
EACH_PERSON: Final = "60/hour"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PART: Final = "\x1f"
"""Between what stands in one cell of the page and in several of a file."""

_HEARD_ON_PHONES: Final = re.compile(r'<span class="head-on-phone[^"]*">.*?</span>', re.DOTALL)
_NEW_LINE: Final = re.compile(r"<(?:div|br|p|li)\b[^>]*>")
_TAG: Final = re.compile(r"<[^<>]*>")


@dataclass(frozen=True)
class ListFile:
    """A list to be taken along: of which rows, what its file is called, its columns, and the rows of some keys."""

    model: type[Model]
    name: str
    head: Sequence[str]
    keys: Sequence[int]
    rows: Callable[[Sequence[int]], Iterable[Sequence[Cell]]]
    """The rows of these keys in this order; asked a few hundred at a time."""


def asks_for_file(query: QueryDict) -> str:
    """In which form an address asks for its list as a file; "" where it asks for the page."""
    asked = query.get(ASKED, "")
    return asked if asked in FORMS else ""


def without_file(query: QueryDict) -> QueryDict:
    """The address of the list itself."""
    rest = query.copy()
    rest.pop(ASKED, None)
    return rest


def list_file(request: HttpRequest, listed: ListFile, form: str) -> HttpResponseBase:
    """The file, or the list again with why there is none."""
    assert isinstance(request.user, User)
    back = f"{request.path}?{without_file(request.GET).urlencode()}"
    if len(listed.keys) > MOST_ROWS:
        words = _("The list has more than %(number)s rows. Narrow it by a filter, then take it along.")
        messages.error(request, words % {"number": thousands(MOST_ROWS)})
        return redirect(back)
    if not allow("list-export", EACH_PERSON, str(request.user.pk)):
        messages.error(request, _("Many files were taken along within an hour. Try again later."))
        return redirect(back)
    write_down(request.user, listed.model, len(listed.keys))
    answer = _as_csv(listed) if form == "csv" else _as_workbook(listed)
    answer["Content-Disposition"] = f'attachment; filename="{listed.name}.{form}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def write_down(user: User, model: type[Model], number: int) -> None:
    """Into the trail: who took how many rows of what, by number and never by name."""
    LogEntry.objects.create(
        content_type=ContentType.objects.get_for_model(model),
        object_pk="",
        object_repr=f"{model._meta.verbose_name_plural}: {number}",
        action=LogEntry.Action.ACCESS,
        changes={"rows": ["", str(number)]},
        actor=user,
    )


def _lines(listed: ListFile) -> Iterator[Sequence[Cell]]:
    """The rows, in the language of who asked: they are made after the page's own time is over."""
    language = get_language() or "th"
    heads = [listed.head]

    def some() -> Iterator[Sequence[Cell]]:
        for start in range(0, len(listed.keys), ROWS_AT_ONCE):
            with override(language):
                found = list(listed.rows(listed.keys[start : start + ROWS_AT_ONCE]))
            yield from found

    return chain(heads, some())


def _as_csv(listed: ListFile) -> HttpResponseBase:
    return StreamingHttpResponse(csv_lines(_lines(listed)), content_type="text/csv; charset=utf-8")


def _as_workbook(listed: ListFile) -> HttpResponseBase:
    """Written to a file row by row, then sent from it; it is gone when it is sent."""
    target = tempfile.TemporaryFile()  # noqa: SIM115 -- the answer closes it
    write_workbook(target, str(listed.model._meta.verbose_name_plural), _lines(listed))
    target.seek(0)
    return FileResponse(target, content_type=XLSX)


# ── What a page draws, as text ──────────────────────────────────────────────────────────────


def text_of(cell: Any) -> str:
    """What stands in a cell of a page, on one line: lines below each other stand one behind the other."""
    text = _HEARD_ON_PHONES.sub("", str(cell))
    text = _NEW_LINE.sub(" · ", text)
    text = html.unescape(_TAG.sub("", text))
    return " ".join(text.split()).removeprefix("· ").removesuffix(" ·").strip()


def cells_of(cells: Iterable[Any]) -> list[str]:
    """The cells of a row; one of several parts becomes several."""
    return [text_of(part) for cell in cells for part in str(cell).split(PART)]
