"""One line of a list of recipients: what its cells mean, and what is wrong with each."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext

from office.list_columns import IGNORED, normal
from office.thai import ThaiDateError, parse_date, to_arabic_digits
from publicrelations.models import Recipient, RecipientGroup
from publicrelations.recipient_columns import HEADINGS

MOST_COPIES: Final = 32767
POSTCODE: Final = re.compile(r"[1-9][0-9]{4}")
_NUMBER: Final = re.compile(r"[0-9]{1,5}")

Values = dict[str, Any]


@dataclass
class Reading:
    """The values that one line gives, and what is wrong with it."""

    line: int
    values: Values = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def fault(self, column: str, words: str) -> None:
        self.faults.append(f"{HEADINGS.heading_of(column)}: {words}")


@dataclass(frozen=True)
class Known:
    """The groups by what people call them, and how many copies each is sent unless a line says otherwise."""

    groups: Mapping[str, RecipientGroup]

    @classmethod
    def now(cls) -> Known:
        return cls({normal(group.name): group for group in RecipientGroup.objects.all()})


def read_line(line: int, cells: Mapping[str, str], known: Known) -> Reading:
    """What a line gives for the columns that it has."""
    reading = Reading(line)
    for column, typed in cells.items():
        if column != IGNORED:
            _READERS.get(column, _read_text)(reading, column, typed, known)
    if not reading.values.get("name"):
        reading.fault("name", gettext("It is empty."))
    return reading


def _read_text(reading: Reading, column: str, typed: str, known: Known) -> None:
    reading.values[column] = typed
    longest = getattr(Recipient._meta.get_field(column), "max_length", None) or 0
    if len(typed) > longest:
        reading.fault(column, gettext("It is longer than %(number)s letters.") % {"number": longest})


def _read_group(reading: Reading, column: str, typed: str, known: Known) -> None:
    group = known.groups.get(normal(typed))
    if group:
        reading.values["group"] = group.name
    elif typed:
        names = ", ".join(one.name for one in known.groups.values())
        reading.fault(
            column,
            gettext("There is no group “%(typed)s”. There are: %(names)s.")
            % {"typed": typed, "names": names},
        )


def _read_copies(reading: Reading, column: str, typed: str, known: Known) -> None:
    number = to_arabic_digits(typed).replace(",", "").strip()
    if not number:
        return
    if not _NUMBER.fullmatch(number) or not 1 <= int(number) <= MOST_COPIES:
        reading.fault(column, gettext("“%(typed)s” is no number of copies.") % {"typed": typed})
        return
    reading.values["copies"] = int(number)


def _read_postcode(reading: Reading, column: str, typed: str, known: Known) -> None:
    code = to_arabic_digits(typed).replace(" ", "")
    reading.values["postcode"] = code
    if not POSTCODE.fullmatch(code):
        reading.fault(column, gettext("“%(typed)s” is no postcode: five digits.") % {"typed": typed})


def _read_email(reading: Reading, column: str, typed: str, known: Known) -> None:
    _read_text(reading, column, typed, known)
    if typed:
        try:
            validate_email(typed)
        except ValidationError:
            reading.fault(column, gettext("“%(typed)s” is no e-mail address.") % {"typed": typed})


def _read_date(reading: Reading, column: str, typed: str, known: Known) -> None:
    if not typed:
        if column == "until_on":
            reading.values[column] = None
        return
    try:
        reading.values[column] = parse_date(typed).isoformat()
    except ThaiDateError:
        reading.fault(column, gettext("“%(typed)s” is no date, e.g. 21/1/2551.") % {"typed": typed})


_READERS: dict[str, Callable[[Reading, str, str, Known], None]] = {
    "group": _read_group,
    "copies": _read_copies,
    "postcode": _read_postcode,
    "email": _read_email,
    "since_on": _read_date,
    "until_on": _read_date,
}
