"""Reading the cells of an old register: dates in the ways offices write them, words for a choice, broken formulas."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext

from office.fields import ThaiDateField
from office.list_columns import normal
from office.thai import ThaiDateError, parse_date, to_arabic_digits

_BROKEN: Final = re.compile(r"#(REF|N/A|VALUE|DIV/0|NAME\?|NUM|NULL)!?", re.IGNORECASE)
_TWO_DIGIT_YEAR: Final = re.compile(r"^(.*[^0-9])([0-9]{2})$")
_WITH_TIME: Final = re.compile(r"(?<!\s)\s+([0-9]{1,2}[:.][0-9]{2}([:.][0-9]{2})?)(\s*น\.?)?$")
FaultNoted = Callable[[str, str], None]
CENTURY: Final = "25"
"""An office that writes ๕๒ means 2552: its registers are of one century."""
_DATES: Final = ThaiDateField()


def day_of(text: str) -> date:
    """The day that a cell names: all that a date field reads, a year of two digits (`๑ ต.ค. ๕๒`), with a time behind.

    Raises ValidationError in words for a person.
    """
    typed = _WITH_TIME.sub("", to_arabic_digits(text).strip())
    try:
        return parse_date(typed)
    except ThaiDateError as error:
        short = _TWO_DIGIT_YEAR.match(typed) if error.reason == "two_digit_year" else None
        if short:
            typed = f"{short[1]}{CENTURY}{short[2]}"
    found = _DATES.clean(typed)
    assert isinstance(found, date)  # an empty cell is no date either, and said to be none
    return found


def words_of(error: ValidationError) -> str:
    """What is wrong, on one line."""
    return " ".join(error.messages)


def choices(words: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Each way of writing a choice → its value."""
    return {normal(word): value for value, ways in words.items() for word in (value, *ways)}


def is_broken(text: str) -> bool:
    """Whether a cell holds what a formula says that went wrong."""
    return bool(_BROKEN.fullmatch(text))


def email_fault(text: str) -> str:
    """What is wrong with an address; it is not quoted."""
    try:
        validate_email(text)
    except ValidationError:
        return gettext("This is no e-mail address.")
    return ""


class Cells:
    """The cells of one row while they are read: what is wrong with each is noted, and the rest read on."""

    def __init__(self, given: Mapping[str, str], fault: FaultNoted) -> None:
        self.given, self.fault = given, fault

    def text(self, column: str, longest: int) -> str:
        """A cell as it stands, if it is not too long and no broken formula."""
        text = self.given.get(column, "")
        if is_broken(text):
            self.fault(column, gettext("The formula of this cell has no value."))
            return ""
        if len(text) > longest:
            self.fault(
                column,
                gettext("Longer than %(number)s letters.") % {"number": to_arabic_digits(str(longest))},
            )
            return ""
        return text

    def day(self, column: str) -> date | None:
        """The day of a cell; None when it is empty or wrong."""
        text = self.text(column, 200)
        if not text:
            return None
        try:
            return day_of(text)
        except ValidationError as error:
            self.fault(column, f"“{text[:60]}” {words_of(error)}")
            return None

    def choice(self, column: str, known: Mapping[str, str], *, otherwise: str = "") -> str:
        """The value that a word of a cell means."""
        text = self.text(column, 200)
        if not text:
            return otherwise
        value = known.get(normal(text), "")
        if not value:
            self.fault(column, gettext("“%(text)s” is not known here.") % {"text": text[:60]})
        return value
