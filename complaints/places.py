"""Where petitions come from: the map of the provinces, and the table of provinces with their education areas."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints import tallies
from complaints.report_tables import NOT_GIVEN
from complaints.tallies import Counts, Dimension
from office.calendar import Period, months_of
from office.figures import is_english, thousands
from office.models import EducationArea, Province
from office.province_map import Place, province_map
from office.reporting import period_query, period_words

MEASURES = {
    "received": gettext_lazy("Received"),
    "late": gettext_lazy("Late"),
    "unclosed": gettext_lazy("Not closed"),
}
"""What the map may be coloured by, with its words."""

BUENG_KAN, NONG_KHAI = "38", "43"
BUENG_KAN_SINCE = date(2011, 3, 23)
"""The day on which Bueng Kan became a province; before it, it was a part of Nong Khai."""


@dataclass(frozen=True)
class AreaLine:
    """An education area with its counts."""

    key: str
    label: str
    counts: Counts


@dataclass(frozen=True)
class ProvinceLine:
    """A province with its counts, and those of its education areas that have any."""

    code: str
    label: str
    counts: Counts
    areas: tuple[AreaLine, ...] = ()

    @property
    def outside_areas(self) -> Counts:
        """What of the province was not given to an area."""
        return Counts(received=self.counts.received - sum(one.counts.received for one in self.areas))


@dataclass(frozen=True)
class Places:
    """The petitions of a period by province and education area."""

    period: Period
    total: Counts
    provinces: tuple[ProvinceLine, ...]
    not_given: Counts
    areas_with_some: int
    areas: int
    without_area: int

    @property
    def most(self) -> ProvinceLine | None:
        """The one with most petitions; None when there is none, or several have as many."""
        if not self.provinces:
            return None
        first = self.provinces[0].counts.received
        return (
            None
            if len(self.provinces) > 1 and self.provinces[1].counts.received == first
            else self.provinces[0]
        )

    @property
    def counts(self) -> dict[str, Counts]:
        return {one.code: one.counts for one in self.provinces}


def places(period: Period, now: datetime) -> Places:
    """Three queries while the tallies hold."""
    figures = tallies.read(months_of(period), [Dimension.PROVINCE, Dimension.EDUCATION_AREA], now)
    by_province = tallies.by_key(figures, Dimension.PROVINCE)
    by_area = tallies.by_key(figures, Dimension.EDUCATION_AREA)
    areas: dict[str, list[AreaLine]] = {}
    rows = list(EducationArea.objects.order_by("province", "number").values_list("pk", "province", "name"))
    for pk, code, name in rows:
        if str(pk) in by_area:
            areas.setdefault(code, []).append(AreaLine(str(pk), _short(name), by_area[str(pk)]))
    names = _names()
    codes = sorted(
        {code for code in by_province if code} | set(areas),
        key=lambda code: (-by_province.get(code, Counts()).received, code),
    )
    return Places(
        period=period,
        total=tallies.total(figures),
        provinces=tuple(
            ProvinceLine(code, names[code], by_province.get(code, Counts()), tuple(areas.get(code, ())))
            for code in codes
        ),
        not_given=by_province.get("", Counts()),
        areas_with_some=sum(1 for key in by_area if key),
        areas=len(rows),
        without_area=by_area.get("", Counts()).received,
    )


def _short(name: str) -> str:
    """`เขต ๑` of `สพท.เชียงใหม่ เขต ๑`: it stands under its province; the only area of one keeps its name."""
    return name[name.rindex("เขต") :] if " เขต " in name else name


def _names() -> dict[str, str]:
    return {
        one.code: one.name_en if one.name_en and is_english() else one.name for one in Province.objects.all()
    }


def drawn_map(
    counts: Mapping[str, Counts],
    period: Period,
    *,
    measure: str = "received",
    url_of: Callable[[str], str] | None = None,
) -> SafeString:
    """The map of a period's counts by province code; `url_of` leads from a province to its rows. One query."""
    shown = {}
    for code, name in _names().items():
        own, label = code, name
        if code == BUENG_KAN and is_within_nong_khai(period, counts):
            own, label = NONG_KHAI, _("%(name)s, then a part of Nong Khai") % {"name": name}
        count = getattr(counts.get(own, Counts()), measure)
        title = f"{label}: {thousands(count)}"
        url = url_of(own) if url_of and count else ""
        shown[code] = Place(count, title, url, is_written=own == code)
    return province_map(map_title(period, measure), shown)


def is_within_nong_khai(period: Period, counts: Mapping[str, Counts]) -> bool:
    """Whether Bueng Kan was no province yet, and nothing was put down to it: its ground shows Nong Khai's count."""
    return period.last < BUENG_KAN_SINCE and BUENG_KAN not in counts


def map_title(period: Period, measure: str = "received") -> str:
    return _("Petitions by province, %(period)s: %(measure)s") % {
        "period": period_words(period),
        "measure": str(MEASURES[measure]),
    }


def query_of(period: Period, **more: str) -> str:
    """The register's query for the period and what else is asked."""
    return urlencode({**period_query(period), **{name: value or NOT_GIVEN for name, value in more.items()}})


def measured(measure: str) -> dict[str, str]:
    """What the register is asked for besides, so that its rows are those the measure counts."""
    return {"received": {}, "late": {"opinion": "late"}, "unclosed": {"unclosed": "1"}}[measure]


def in_order(lines: Sequence[ProvinceLine], measure: str) -> list[ProvinceLine]:
    """By the measure, the most first."""
    return sorted(lines, key=lambda line: (-getattr(line.counts, measure), line.code))
