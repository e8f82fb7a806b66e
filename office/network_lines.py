"""One line of a list of contacts: what its cells mean, and what is wrong with each."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext

from office.list_columns import normal
from office.models import Agency, Contact
from office.network_columns import HEADINGS, WRITTEN_ONLY, kind_called, role_called
from office.thai import ThaiDateError, parse_date, to_arabic_digits

Values = dict[str, Any]
NEAR: Final = 0.75
"""How like an unknown name must be to a known one for that to be offered (difflib's ratio)."""
OF_AGENCY: Final = frozenset({"agency", "kind", "parent"})


@dataclass
class Reading:
    """The agency that a line is about, the contact's values that it gives, and what is wrong with it."""

    line: int
    agency: str = ""
    values: Values = field(default_factory=dict)
    new_agency: Values | None = None
    faults: list[str] = field(default_factory=list)

    def fault(self, column: str, words: str) -> None:
        self.faults.append(f"{HEADINGS.heading_of(column)}: {words}")


class Known:
    """The agencies by everything they are called; names that two have lead to neither. Those that lines above bring
    are added as they come."""

    def __init__(self) -> None:
        self.names: dict[str, str | None] = {}
        rows = list(Agency.objects.select_related("merged_into").order_by("pk"))
        for one in rows:
            self._add(one.name, (one.merged_into or one).name)
        for one in rows:
            for word in (one.short_name, *one.other_names.split(",")):
                self._add(word, (one.merged_into or one).name)

    def _add(self, word: str, name: str) -> None:
        key = normal(word)
        if key and self.names.setdefault(key, name) != name:
            self.names[key] = None

    def bring(self, name: str) -> None:
        """A line brings an agency of this name."""
        self.names[normal(name)] = name

    def called(self, word: str) -> str | None:
        """The whole name of the one agency that is called so."""
        return self.names.get(normal(word))

    def unknown(self, word: str) -> str:
        """What to say of a name that no agency has, or two have."""
        if normal(word) in self.names:
            return gettext("Two agencies are called “%(name)s”. Write the whole name.") % {"name": word}
        said = gettext("There is no agency “%(name)s”. For a new one write its kind.") % {"name": word}
        near = difflib.get_close_matches(normal(word), self.names, n=1, cutoff=NEAR)
        found = self.names[near[0]] if near else None
        meant = gettext("Is “%(name)s” meant?") % {"name": found}
        return f"{said} {meant}" if found else said


def read_line(line: int, cells: Mapping[str, str], known: Known) -> Reading:
    """What a line gives for the columns that it has."""
    reading = Reading(line)
    _read_agency(reading, cells, known)
    for column, typed in cells.items():
        if column not in OF_AGENCY and column != WRITTEN_ONLY:
            _READERS.get(column, _read_text)(reading, column, typed)
    is_empty = not any(value for column, value in reading.values.items() if column != "role")
    if not reading.values.get("name") and not (reading.new_agency and is_empty):
        reading.fault("name", gettext("It is empty."))
    return reading


def _read_agency(reading: Reading, cells: Mapping[str, str], known: Known) -> None:
    typed = cells.get("agency", "")
    if not typed:
        reading.fault("agency", gettext("It is empty."))
        return
    found = known.called(typed)
    reading.agency = found or typed
    kind = kind_called(cells.get("kind", ""))
    if cells.get("kind") and kind is None:
        reading.fault("kind", gettext("“%(typed)s” is no kind of agency.") % {"typed": cells["kind"]})
    elif found is None and (kind is None or normal(typed) in known.names):
        reading.fault("agency", known.unknown(typed))
    elif found is None:
        _read_new_agency(reading, typed, str(kind), cells.get("parent", ""), known)


def _read_new_agency(reading: Reading, name: str, kind: str, parent: str, known: Known) -> None:
    if len(name) > (Agency._meta.get_field("name").max_length or 0):
        reading.fault("agency", gettext("It is longer than %(number)s letters.") % {"number": 200})
    above = known.called(parent) if parent else ""
    if above is None:
        reading.fault("parent", known.unknown(parent))
        return
    reading.new_agency = {"name": name, "kind": kind, "parent": above}


def _read_text(reading: Reading, column: str, typed: str) -> None:
    if column in ("telephone", "mobile"):
        typed = to_arabic_digits(typed)
    reading.values[column] = typed
    longest = getattr(Contact._meta.get_field(column), "max_length", None) or 0
    if len(typed) > longest:
        reading.fault(column, gettext("It is longer than %(number)s letters.") % {"number": longest})


def _read_role(reading: Reading, column: str, typed: str) -> None:
    if not typed:
        return
    role = role_called(typed)
    if role is None:
        names = ", ".join(str(label) for _value, label in Contact.Role.choices)
        reading.fault(
            column,
            gettext("“%(typed)s” is no task. There are: %(names)s.") % {"typed": typed, "names": names},
        )
    else:
        reading.values["role"] = role


def _read_email(reading: Reading, column: str, typed: str) -> None:
    _read_text(reading, column, typed)
    if typed:
        try:
            validate_email(typed)
        except ValidationError:
            reading.fault(column, gettext("“%(typed)s” is no e-mail address.") % {"typed": typed})


def _read_date(reading: Reading, column: str, typed: str) -> None:
    reading.values[column] = None
    if typed:
        try:
            reading.values[column] = parse_date(typed).isoformat()
        except ThaiDateError:
            reading.fault(column, gettext("“%(typed)s” is no date, e.g. 21/1/2551.") % {"typed": typed})


_READERS: dict[str, Callable[[Reading, str, str], None]] = {
    "role": _read_role,
    "email": _read_email,
    "since_on": _read_date,
    "until_on": _read_date,
}
