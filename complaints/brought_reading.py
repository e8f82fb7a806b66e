"""Reading one row of an old register of petitions: its number and year, its day, and what it names that is here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext

from complaints.brought_columns import CHANNELS, CLOSED, KINDS, OPEN, RESULTS, STATES
from complaints.models import Category, Petition
from complaints.models.petitioner import thai_id_digits
from office.calendar import fiscal_year_of
from office.figures import figures
from office.list_columns import normal
from office.models import Agency, Province
from office.models.number import number_label
from office.register_bringing import Row
from office.register_cells import CENTURY, Cells, email_fault
from office.thai import (
    BE_OFFSET,
    FIRST_BE_YEAR,
    FIRST_CE_YEAR,
    LAST_BE_YEAR,
    be_year,
    format_short,
    is_thai_id,
    to_arabic_digits,
)

_NUMBER: Final = re.compile(
    r"(?P<series>.*?)(?P<number>[0-9]{1,9})(?:\s*[/.]\s*(?P<year>[0-9]{4}|[0-9]{2}))?"
)
SERIES_MAX: Final = 20
TITLE_MIN, TITLE_MAX = 5, 200


def _names(rows: Mapping[int | str, tuple[str, ...]]) -> dict[str, Any]:
    return {normal(name): key for key, names in rows.items() for name in names if name}


@dataclass(frozen=True)
class Known:
    """What a row may name: categories, provinces, agencies, the office's other series."""

    categories: dict[str, int]
    provinces: dict[str, str]
    agencies: dict[str, int]
    own_series: str
    other_series: frozenset[str]

    @classmethod
    def now(cls) -> Known:
        """As they are now: three queries."""
        categories: dict[str, int] = {}
        for one in Category.objects.select_related("parent").order_by("-is_active", "parent_id", "pk"):
            categories.setdefault(normal(one.name), one.pk)
            if one.parent:
                categories[normal(f"{one.parent.name}{one.name}")] = one.pk
        provinces = _names({one.code: (one.name, one.name_en) for one in Province.objects.all()})
        bangkok = provinces.get(normal("กรุงเทพมหานคร"))
        if bangkok:
            provinces |= dict.fromkeys(map(normal, ("กทม", "กรุงเทพ", "กรุงเทพฯ")), bangkok)
        agencies: dict[str, int] = {}
        for agency in Agency.objects.order_by("-is_active", "pk"):
            for name in (agency.name, agency.short_name, *agency.other_names.split(",")):
                if name.strip():
                    agencies.setdefault(normal(name), agency.merged_into_id or agency.pk)
        own = settings.SERIES_PREFIXES["petition"]
        others = {normal(prefix) for prefix in settings.SERIES_PREFIXES.values()} - {normal(own)}
        return cls(categories, provinces, agencies, own, frozenset(others))


class PetitionReader:
    """Reads rows one after the other; of a column that the file does not have it says nothing."""

    def __init__(self, known: Known, today: date) -> None:
        self.known, self.today = known, today

    def read(self, line: int, given: dict[str, str]) -> Row:
        row = Row(line)
        cells = Cells(given, row.fault)
        received = self._past_day(cells, row, "received_on")
        row.values["received_on"] = received
        row.key = self._number(cells, row, received)
        row.label = number_label(*row.key) if row.key else given.get("number", "")[:60]
        self._words(cells, row)
        self._named(cells, row)
        self._person(cells, row)
        self._course(cells, row, received)
        day = format_short(received) if received else ""
        row.facts = [fact for fact in (day, row.values.get("title", "")) if fact]
        return row

    # ── Number and day ──────────────────────────────────────────────────────────────────────

    def _past_day(self, cells: Cells, row: Row, column: str) -> date | None:
        day = cells.day(column)
        if day and day > self.today:
            row.fault(column, gettext("This day has not come yet."))
            return None
        return day

    def _number(self, cells: Cells, row: Row, received: date | None) -> tuple[str, int, int] | None:
        """Series, number and year as the old register has them."""
        typed = to_arabic_digits(cells.text("number", 60)).strip()
        if not typed:
            return None
        written = _NUMBER.fullmatch(typed)
        if not written or int(written["number"]) == 0:
            row.fault(
                "number", gettext("“%(text)s” is no number of a register, e.g. ๑๒๓/๒๕๕๒.") % {"text": typed}
            )
            return None
        series = self._series(row, written["series"].strip())
        year = self._year(cells, row, written["year"] or "", received)
        return (series, int(written["number"]), year) if series and year else None

    def _series(self, row: Row, written: str) -> str:
        if normal(written) in ("", normal("เลขที่"), normal("ที่"), normal(self.known.own_series)):
            return self.known.own_series
        if normal(written) in self.known.other_series:
            row.fault("number", gettext("“%(text)s” is the series of another register.") % {"text": written})
            return ""
        if len(written) > SERIES_MAX:
            row.fault("number", gettext("Longer than %(number)s letters.") % {"number": figures(SERIES_MAX)})
            return ""
        return written

    def _year(self, cells: Cells, row: Row, in_number: str, received: date | None) -> int | None:
        """The year of the register (B.E.): as the number or its own column says it, else the fiscal year of receipt."""
        column = "number" if in_number else "year"
        typed = in_number or to_arabic_digits(cells.text("year", 20)).removeprefix("พ.ศ.").strip()
        if not typed:
            return fiscal_year_of(received) if received else None
        if len(typed) == 2:
            typed = CENTURY + typed
        year = int(typed) if re.fullmatch("[0-9]{4}", typed) else 0
        if FIRST_CE_YEAR <= year < FIRST_BE_YEAR:
            said = gettext("The year is of the Common Era: write %(be)s instead of %(ce)s.")
            row.fault(column, said % {"be": figures(year + BE_OFFSET), "ce": figures(year)})
            return None
        if not FIRST_BE_YEAR <= year <= LAST_BE_YEAR:
            row.fault(column, gettext("“%(text)s” is no year.") % {"text": typed})
            return None
        if received and year not in (be_year(received), fiscal_year_of(received)):
            said = gettext("The register is of %(year)s, but the day of receipt is %(day)s.")
            row.fault(column, said % {"year": figures(year), "day": format_short(received)})
            return None
        return year

    # ── What it says ────────────────────────────────────────────────────────────────────────

    def _words(self, cells: Cells, row: Row) -> None:
        title = row.values["title"] = cells.text("title", TITLE_MAX)
        if title and len(title) < TITLE_MIN:
            row.fault("title", gettext("Shorter than %(number)s letters.") % {"number": figures(TITLE_MIN)})
        if "story" in cells.given:
            row.values["story"] = cells.text("story", 5000)
        # An old register that does not say how a petition came, or of what kind it was: letters and grievances.
        if "channel" in cells.given:
            row.values["channel"] = cells.choice("channel", CHANNELS, otherwise=Petition.Channel.LETTER)
        if "petition_kind" in cells.given:
            row.values["petition_kind"] = cells.choice(
                "petition_kind", KINDS, otherwise=Petition.PetitionKind.GRIEVANCE
            )

    def _named(self, cells: Cells, row: Row) -> None:
        """What stands in lists of the office: an agency that is not there is kept in the register's words."""
        if "category" in cells.given:
            row.values["category"] = cells.choice("category", self._texts(self.known.categories)) or None
        if "province" in cells.given:
            cells.given = {**cells.given, "province": re.sub(r"^(จังหวัด|จ\.)\s*", "", cells.given["province"])}
            row.values["province"] = cells.choice("province", self.known.provinces) or None
        if "agency" in cells.given:
            text = cells.text("agency", 200)
            agency = self.known.agencies.get(normal(text)) if text else None
            row.values |= {"agency": agency, "agency_text": "" if agency else text}
        if row.values.get("category"):
            row.values["category"] = int(row.values["category"])

    @staticmethod
    def _texts(known: Mapping[str, int]) -> dict[str, str]:
        return {name: str(key) for name, key in known.items()}

    def _person(self, cells: Cells, row: Row) -> None:
        """Whoever stands behind it; what is wrong with personal data is said without quoting it."""
        for column, longest in (("petitioner", 200), ("telephone", 40), ("email", 254), ("address", 500)):
            if column in cells.given:
                row.values[column] = cells.text(column, longest)
        if row.values.get("email") and (words := email_fault(row.values["email"])):
            row.fault("email", words)
        if "thai_id" in cells.given:
            digits = row.values["thai_id"] = thai_id_digits(cells.text("thai_id", 40))
            if digits and not is_thai_id(digits):
                row.fault("thai_id", gettext("This is no citizen's identity number."))
        others = [row.values.get(column) for column in ("telephone", "email", "address", "thai_id")]
        if any(others) and not row.values.get("petitioner"):
            row.fault("petitioner", gettext("Whose contact this is must be written."))

    def _course(self, cells: Cells, row: Row, received: date | None) -> None:
        """How far it came: when the opinion was put up, whether it is closed, when and how."""
        opinion = self._past_day(cells, row, "opinion_on")
        closed = self._past_day(cells, row, "closed_on")
        said = {column for column, _words in row.faults}
        state = cells.choice("state", STATES, otherwise=CLOSED if closed else OPEN)
        result = cells.choice("result", RESULTS)
        if state == CLOSED and not closed and "closed_on" not in said:
            closed = opinion
            if closed is None:
                row.fault("closed_on", gettext("It is closed: write when."))
        if state == OPEN and closed:
            row.fault("state", gettext("It is open, but has a day on which it was closed."))
        for column, day in (("opinion_on", opinion), ("closed_on", closed)):
            if received and day and day < received:
                row.fault(column, gettext("This is before the day of receipt."))
        if opinion and closed and closed < opinion:
            row.fault("closed_on", gettext("This is before the day of the opinion."))
        if any(column in cells.given for column in ("opinion_on", "state", "closed_on", "result")):
            row.values |= {
                "opinion_on": opinion,
                "closed_on": closed,
                "result": (result or Petition.Result.NOT_RECORDED.value) if state == CLOSED else "",
            }
