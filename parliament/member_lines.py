"""One line of a list of members: what its cells mean, and what is wrong with each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext

from office.list_columns import IGNORED, normal
from office.models import Province
from office.thai import ThaiDateError, parse_date, to_arabic_digits
from parliament.member_columns import CHAMBER_WORDS, SEAT_WORDS, SURNAME, heading_of
from parliament.models import Member, Party
from parliament.names import one_line, split_title

BANGKOK: Final = ("กรุงเทพฯ", "กทม", "กรุงเทพ")
PARTY_NAME_LENGTH: Final = Party._meta.get_field("name").max_length or 0
_NUMBER: Final = re.compile(r"[0-9]{1,4}")

Values = dict[str, Any]


@dataclass
class Reading:
    """The values that one line gives, and what is wrong with it."""

    line: int
    values: Values = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def fault(self, column: str, words: str) -> None:
        self.faults.append(f"{heading_of(column)}: {words}")


@dataclass(frozen=True)
class Known:
    """What lines refer to: provinces and parties by what people call them."""

    provinces: Mapping[str, str]
    parties: Mapping[str, str]

    @classmethod
    def now(cls) -> Known:
        """Two queries."""
        provinces: dict[str, str] = {}
        for name, english in Province.objects.values_list("name", "name_en"):
            provinces |= {normal(name): name, normal(english): name}
            if name == "กรุงเทพมหานคร":
                provinces |= dict.fromkeys(map(normal, BANGKOK), name)
        parties: dict[str, str] = {}
        for name, short in Party.objects.values_list("name", "short_name"):
            parties |= {normal(one): name for one in (name, short, name.removeprefix("พรรค")) if one}
        return cls(provinces, parties)


def read_line(line: int, cells: Mapping[str, str], defaults: Values, known: Known) -> Reading:
    """What a line gives for the columns that it has, beside what holds for the whole file."""
    reading = Reading(line, dict(defaults))
    _read_name(reading, cells)
    for column, typed in cells.items():
        if column in (IGNORED, "name", SURNAME, "title"):
            continue
        reader = _READERS.get(column, _read_text)
        reader(reading, column, typed, known)
    return reading


def _read_name(reading: Reading, cells: Mapping[str, str]) -> None:
    """Name and title, apart or in one cell."""
    title, name = cells.get("title"), one_line(f"{cells['name']} {cells.get(SURNAME, '')}")
    if title is None:
        title, name = split_title(name)
        if title:
            reading.values["title"] = title
    else:
        reading.values["title"] = title
    reading.values["name"] = name
    if not name:
        reading.fault("name", gettext("It is empty."))
    for column in ("title", "name"):
        _check_length(reading, column)


def _read_text(reading: Reading, column: str, typed: str, known: Known) -> None:
    reading.values[column] = typed
    _check_length(reading, column)


def _check_length(reading: Reading, column: str) -> None:
    longest = getattr(Member._meta.get_field(column), "max_length", None) or 0
    if len(reading.values.get(column, "")) > longest:
        reading.fault(column, gettext("It is longer than %(number)s letters.") % {"number": longest})


def _read_email(reading: Reading, column: str, typed: str, known: Known) -> None:
    _read_text(reading, column, typed, known)
    if typed:
        try:
            validate_email(typed)
        except ValidationError:
            reading.fault(column, gettext("“%(typed)s” is no e-mail address.") % {"typed": typed})


def _read_seat(reading: Reading, column: str, typed: str, known: Known) -> None:
    _read_choice(reading, column, typed, SEAT_WORDS)


def _read_chamber(reading: Reading, column: str, typed: str, known: Known) -> None:
    """Empty: what was chosen for the whole file."""
    if typed:
        _read_choice(reading, column, typed, CHAMBER_WORDS)


def _read_choice(reading: Reading, column: str, typed: str, choices: Mapping[Any, Sequence[str]]) -> None:
    word = normal(typed)
    for value, words in choices.items():
        if word in (normal(str(value.label)), *map(normal, words)):
            reading.values[column] = value.value
            return
    said = ", ".join(words[0] for words in choices.values())
    if typed:
        fault = gettext("“%(typed)s” is none of: %(words)s.") % {"typed": typed, "words": said}
    else:
        fault = gettext("It is empty; write one of: %(words)s.") % {"words": said}
    reading.fault(column, fault)


def _read_party(reading: Reading, column: str, typed: str, known: Known) -> None:
    """By name or short name; one that is not known is a new party, which the plan says."""
    reading.values[column] = known.parties.get(normal(typed), typed)
    if len(typed) > PARTY_NAME_LENGTH:
        reading.fault(column, gettext("The name is too long."))


def _read_province(reading: Reading, column: str, typed: str, known: Known) -> None:
    bare = typed.removeprefix("จังหวัด").removeprefix("จ.").strip()
    reading.values[column] = known.provinces.get(normal(bare), "")
    if typed and not reading.values[column]:
        reading.fault(column, gettext("There is no province “%(typed)s”.") % {"typed": typed})


def _read_number(reading: Reading, column: str, typed: str, known: Known) -> None:
    digits = to_arabic_digits(typed).removeprefix("เขต").strip()
    if _NUMBER.fullmatch(digits) and int(digits) > 0:
        reading.values[column] = int(digits)
    elif typed:
        reading.fault(column, gettext("“%(typed)s” is no number.") % {"typed": typed})
    elif column == "constituency":
        reading.values[column] = None


def _read_date(reading: Reading, column: str, typed: str, known: Known) -> None:
    if not typed:
        if column == "until_on":
            reading.values[column] = None
        return
    try:
        reading.values[column] = parse_date(typed).isoformat()
    except ThaiDateError:
        said = gettext("“%(typed)s” is no date; write it like 21/1/2551.") % {"typed": typed}
        reading.fault(column, said)


_READERS: Final = {
    "email": _read_email,
    "seat": _read_seat,
    "chamber": _read_chamber,
    "party": _read_party,
    "province": _read_province,
    "constituency": _read_number,
    "parliament_number": _read_number,
    "since_on": _read_date,
    "until_on": _read_date,
}
