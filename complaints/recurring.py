"""What keeps coming back (เรื่องที่เกิดซ้ำ): the same agency with the same kind or category, over twelve months.

From the tallies only; no petition is read. Single cases are left out: what came LEAST times or more within twelve
months comes back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from complaints import tallies
from complaints.category_families import Family, families
from complaints.models import Category, Petition
from complaints.tallies import Counts, Dimension
from complaints.trend_words import Compared, change_words, with_year_before
from office.calendar import Period, month_code, months_back
from office.figures import percent_text
from office.models import Agency

MONTHS = 12
LEAST = 3
SHOWN = 25


@dataclass(frozen=True)
class Pair:
    """An agency with a kind or a category: its counts in twelve months, beside those of the twelve before."""

    agency: str
    what: str
    note: str
    counts: Counts
    compared: Compared | None
    query: str

    @property
    def change(self) -> str:
        """In words; empty where the twelve months before are not known."""
        return change_words(self.compared) if self.compared else ""

    @property
    def percent(self) -> str:
        return percent_text(self.counts.ratio.percent)

    @property
    def late_query(self) -> str:
        return f"{self.query}&opinion=late" if self.query and self.counts.late else ""

    @property
    def unclosed_query(self) -> str:
        return f"{self.query}&unclosed=1" if self.query and self.counts.unclosed else ""


@dataclass(frozen=True)
class Recurring:
    """The pairs that came most often, and how many more came LEAST times."""

    months: tuple[Period, ...]
    pairs: tuple[Pair, ...]
    not_shown: int
    is_compared: bool

    @property
    def month(self) -> Period:
        return self.months[-1]


def recurring(what: str, last: Period, now: datetime) -> Recurring:
    """By `petition_kind` or by `category`, for the twelve months up to one. Six queries while the tallies hold."""
    window = months_back(last, MONTHS)
    earlier = months_back(months_back(last, MONTHS + 1)[0], MONTHS)
    dimension = Dimension.AGENCY_KIND if what == Dimension.KIND else Dimension.AGENCY_CATEGORY
    is_compared = tallies.total(tallies.read(earlier[:1], [], now)).received > 0
    categories = [] if what == Dimension.KIND else list(Category.objects.all())
    groups = _groups(what, categories, last)
    # The register's filter means their subcategories too, which are counted apart here.
    without_rows = {str(one.parent_id) for one in categories if one.parent_id}
    here = _in_groups(tallies.added_up(window, dimension, now), groups)
    before = _in_groups(tallies.added_up(earlier, dimension, now), groups) if is_compared else {}
    often = {key: counts for key, counts in here.items() if counts.received >= LEAST}
    keys = sorted(often, key=lambda key: (-often[key].received, key))
    names = dict(
        Agency.objects.filter(pk__in={agency for agency, _group in keys[:SHOWN]}).values_list("pk", "name")
    )
    span = f"{month_code(window[0])}..{month_code(window[-1])}"
    pairs = []
    for agency, group in keys[:SHOWN]:
        family = groups[group]
        asked = {"months": span, "agency": str(agency), what: group}
        was = before.get((agency, group), Counts()).received
        pairs.append(
            Pair(
                agency=names[agency],
                what=family.label,
                note=family.note,
                counts=often[agency, group],
                compared=with_year_before(often[agency, group].received, was) if is_compared else None,
                query="" if family.note or group in without_rows else urlencode(asked),
            )
        )
    return Recurring(tuple(window), tuple(pairs), len(keys) - len(pairs), is_compared)


def _groups(what: str, categories: Sequence[Category], last: Period) -> dict[str, Family]:
    """Each value's key → what it is counted with. Categories that were split or joined are counted together."""
    if what == Dimension.KIND:
        return {key: Family((key,), str(label)) for key, label in Petition.PetitionKind.choices}
    return {key: family for family in families(categories, upto=last.last) for key in family.keys}


def _in_groups(counts: Mapping[str, Counts], groups: Mapping[str, Family]) -> dict[tuple[int, str], Counts]:
    """Lines by agency and the first key of their group."""
    found: dict[tuple[int, str], Counts] = {}
    for pair, one in counts.items():
        agency, _colon, key = pair.partition(":")
        place = int(agency), groups[key].keys[0]
        found[place] = found.get(place, Counts()) + one
    return found
