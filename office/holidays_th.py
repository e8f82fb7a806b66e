"""The Thai government's days off, year by year: the seed of a table the office then owns and corrects."""

from datetime import date
from typing import Final

import holidays

NOT_OFFICE_HOLIDAYS: Final = ("วันเด็กแห่งชาติ", "วันแรงงานแห่งชาติ")
"""Listed by the package, but government offices work on them; so also on the day in lieu of either."""

CABINET_DAYS: Final = {date(2010, 5, day): "วันหยุดราชการเพิ่มเป็นกรณีพิเศษ (การเมือง)" for day in (17, 18, 19)}
"""Days off by resolution of the cabinet that the package lacks."""


def thai_holidays(year_ce: int) -> dict[date, str]:
    """The days off of government offices in a year of the Common Era, in order, each with its Thai name.

    Weekends are not listed unless a holiday falls on one. Lunar and substitution days are the package's
    (public and government categories); a year not yet announced in the Royal Gazette is its best estimate.
    """
    listed = holidays.country_holidays(
        "TH",
        # The year before is asked too: the day in lieu of 31 December falls in the year after it.
        years=(year_ce - 1, year_ce),
        categories=("public", "government"),
        language="th",
    )
    found = dict(CABINET_DAYS)
    for day, names in listed.items():
        kept = [name for name in names.split("; ") if not name.endswith(NOT_OFFICE_HOLIDAYS)]
        if kept:
            found[day] = "; ".join(kept)
    return {day: name for day, name in sorted(found.items()) if day.year == year_ce}
