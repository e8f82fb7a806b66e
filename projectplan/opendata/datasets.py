"""Which datasets there are: what each counts, of which fields it consists, and what is never in one.

Nothing here is asked by a reader: `publishing` counts a month once, and pages read what it left.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from office.calendar import Period
from office.models import Matter
from projectplan.opendata import counting

Kind = Matter.Kind
Row = dict[str, Any]


@dataclass(frozen=True)
class Field:
    """One column: its name in files, what it means, in which unit."""

    name: str
    meaning: Any
    unit: Any
    values: Sequence[str] = ()
    """What may stand in it, where that is one of a few words."""


MONTH: Final = Field("month", _("First day of the month that is counted"), _("date (ISO 8601)"))
YEAR: Final = Field("fiscal_year_be", _("Fiscal year, from 1 October to 30 September"), _("year B.E."))
CODE: Final = Field("code", _("What is told apart, by its code; empty: not given, or all of it"), _("text"))
NAME_TH: Final = Field("name_th", _("Its name in Thai"), _("text"))
NAME_EN: Final = Field("name_en", _("Its name in English"), _("text"))
NUMBER: Final = Field("number", _("How many there were; empty where it is hidden"), _("how many"))
IN_TIME: Final = Field("in_time", _("Done within the time that was promised"), _("how many"))
LATE: Final = Field("late", _("Done late, or not done when it was due"), _("how many"))
PENDING: Final = Field("pending", _("Not due yet when it was counted"), _("how many"))
HIDDEN: Final = Field(
    "hidden",
    _("Whether the number is left out so that nobody can be recognised"),
    _("yes or no"),
    ("true", "false"),
)
STATUS: Final = Field(
    "status",
    _("Counted when the month was over, or counted again later for good"),
    _("text"),
    ("provisional", "final"),
)
COUNTED_ON: Final = Field("counted_on", _("Day of counting"), _("date (ISO 8601)"))
TARGET: Final = Field("target", _("What the plan promises"), _("percent, or level 1–5"))
UNIT: Final = Field("unit", _("Unit of value and target"), _("percent, or level 1–5"), ("percent", "level"))
VALUE: Final = Field(
    "value", _("What was reached from the beginning of the fiscal year"), _("percent, or level 1–5")
)
SCORE: Final = Field("score", _("Score by the levels of the plan"), _("1 to 5"))

BEFORE: Final = (MONTH, YEAR)
AFTER: Final = (STATUS, COUNTED_ON)
ABOUT_PEOPLE: Final = (*BEFORE, CODE, NAME_TH, NAME_EN, NUMBER, HIDDEN, *AFTER)
WITH_PROMISES: Final = (*BEFORE, CODE, NAME_TH, NAME_EN, NUMBER, IN_TIME, LATE, PENDING, *AFTER)
NUMBERS: Final = (*BEFORE, CODE, NAME_TH, NAME_EN, NUMBER, *AFTER)


@dataclass(frozen=True)
class Dataset:
    """A set of monthly figures. Its code is its address for good."""

    code: str
    name: Any
    about: Any
    fields: Sequence[Field]
    rows: Callable[[Period, datetime], list[Row]]
    """The rows of a month, small numbers left out already."""
    moved_at: Callable[[date], datetime | None] = lambda month: None
    """When what a month was published from was last corrected, if it can be."""

    @property
    def hides(self) -> bool:
        """Whether small numbers are left out of it."""
        return HIDDEN in self.fields


DATASETS: Final = (
    Dataset(
        "petitions-by-category",
        _("Petitions by category"),
        _("Petitions to the minister, by the main category of what they are about and the month of receipt."),
        ABOUT_PEOPLE,
        counting.petitions_by_category,
    ),
    Dataset(
        "petitions-by-kind",
        _("Petitions by kind"),
        _("Grievances, complaints, requests for help and opinions, by the month of receipt."),
        ABOUT_PEOPLE,
        counting.petitions_by_kind,
    ),
    Dataset(
        "petitions-by-channel",
        _("Petitions by channel"),
        _("How petitions reached the office, by the month of receipt."),
        ABOUT_PEOPLE,
        counting.petitions_by_channel,
    ),
    Dataset(
        "petitions-by-province",
        _("Petitions by province"),
        _("Where what petitions are about happened, by the month of receipt."),
        ABOUT_PEOPLE,
        counting.petitions_by_province,
    ),
    Dataset(
        "petitions-by-result",
        _("Petitions by result"),
        _("What came of the petitions of a month; the final figures say more, for work takes its time."),
        ABOUT_PEOPLE,
        counting.petitions_by_result,
    ),
    Dataset(
        "petitions-in-time",
        _("Petitions in time and late"),
        _("Whether the opinion on a petition reached the one in authority within one working day."),
        (*BEFORE, NUMBER, IN_TIME, LATE, PENDING, HIDDEN, *AFTER),
        counting.petitions_in_time,
    ),
    Dataset(
        "meetings",
        _("Meetings of parliament"),
        _(
            "Meetings that the office prepared, by kind and the month in which they began; in time: all ready before."
        ),
        WITH_PROMISES,
        counting.of_parliament(Kind.MEETING),
    ),
    Dataset(
        "interpellations",
        _("Interpellations"),
        _(
            "Questions to the minister, by chamber and kind and the month of receipt; in time: answered by the day."
        ),
        WITH_PROMISES,
        counting.of_parliament(Kind.INTERPELLATION),
    ),
    Dataset(
        "motions",
        _("Motions"),
        _("Motions for which the ministry prepared a statement, by chamber and the month of receipt."),
        WITH_PROMISES,
        counting.of_parliament(Kind.MOTION),
    ),
    Dataset(
        "consultations",
        _("Consultations"),
        _(
            "Matters raised with the minister, by who raised them; in time: who raised it and the minister were told."
        ),
        WITH_PROMISES,
        counting.of_parliament(Kind.CONSULTATION),
    ),
    Dataset(
        "news",
        _("Published news"),
        _("Articles that readers can read, by category and the month in which they appeared."),
        NUMBERS,
        counting.news,
    ),
    Dataset(
        "journals",
        _("Journals issued"),
        _("Issues of the office's journal; in time: mailed within its month and printed in full."),
        WITH_PROMISES,
        counting.journals,
    ),
    Dataset(
        "press-conferences",
        _("Press conferences"),
        _("Press conferences, by occasion and the month in which they began; in time: media invited before."),
        WITH_PROMISES,
        counting.press_conferences,
    ),
    Dataset(
        "indicators",
        _("Indicators of the plan"),
        _("Indicators as they were frozen after each month: value, target and score."),
        (*BEFORE, CODE, NAME_TH, UNIT, TARGET, VALUE, SCORE, *AFTER),
        counting.indicators,
        counting.indicators_moved_at,
    ),
)
BY_CODE: Final = {one.code: one for one in DATASETS}
