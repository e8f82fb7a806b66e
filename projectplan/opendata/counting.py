"""The rows of one month of each dataset: read from the tallies, not counted among a million matters."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from complaints import tallies as petition_tallies
from complaints.models import Category, Petition
from complaints.tallies import Dimension
from office.calendar import Period
from office.models import Matter, Province
from office.tallies import Counts, Keeper, by_key, total
from parliament import reports as parliament_reports
from parliament import tallies as parliament_tallies
from projectplan.models import FrozenValue
from projectplan.opendata.hiding import THRESHOLD, hidden_places
from publicrelations import reports as relations_reports
from publicrelations import tallies as relations_tallies
from publicrelations.models import Category as NewsCategory

Kind = Matter.Kind
Row = dict[str, Any]
Names = Sequence[tuple[str, str, str]]
"""Code, name in Thai, name in English."""
NOT_GIVEN = _("Not given")
NOT_YET = _("Not closed yet")
PARTS = ("in_time", "late", "pending")


def in_both(words: Callable[[], Iterable[tuple[str, Any]]]) -> Names:
    """Choices as they are called in either language."""
    with override("th"):
        thai = [(code, str(label)) for code, label in words()]
    with override("en"):
        english = {code: str(label) for code, label in words()}
    return [(code, label, english[code]) for code, label in thai]


# ── Petitions: people stand behind them ─────────────────────────────────────────────────────


def _about_people(names: Names, numbers: Mapping[str, int]) -> list[Row]:
    """A row for each value, whether there was one or not: what stands in no row cannot be told from what is hidden."""
    hidden = hidden_places([numbers.get(code, 0) for code, _th, _en in names])
    return [
        {
            "code": code,
            "name_th": thai,
            "name_en": english,
            "number": None if place in hidden else numbers.get(code, 0),
            "hidden": place in hidden,
        }
        for place, (code, thai, english) in enumerate(names)
    ]


def _received(month: Period, dimension: Dimension, now: datetime) -> dict[str, int]:
    figures = petition_tallies.read([month], [dimension], now)
    return {key: counts.received for key, counts in by_key(figures, dimension).items()}


def _with_not_given(names: Iterable[tuple[str, str, str]]) -> Names:
    return [*names, *in_both(lambda: [("", NOT_GIVEN)])]


def petitions_by_category(month: Period, now: datetime) -> list[Row]:
    """By main category; a subcategory counts with its heading."""
    categories = {one.pk: one for one in Category.objects.all()}
    numbers: Counter[str] = Counter()
    for key, number in _received(month, Dimension.CATEGORY, now).items():
        one = categories.get(int(key)) if key else None
        numbers[str(one.parent_id or one.pk) if one else ""] += number
    heads = [one for one in categories.values() if one.parent_id is None]
    shown = [one for one in heads if one.is_active or numbers[str(one.pk)]]
    names = [(str(one.pk), one.name, one.name_en or one.name) for one in shown]
    return _about_people(_with_not_given(names), numbers)


def petitions_by_kind(month: Period, now: datetime) -> list[Row]:
    names = in_both(lambda: Petition.PetitionKind.choices)
    return _about_people(names, _received(month, Dimension.KIND, now))


def petitions_by_channel(month: Period, now: datetime) -> list[Row]:
    names = in_both(lambda: Petition.Channel.choices)
    return _about_people(names, _received(month, Dimension.CHANNEL, now))


def petitions_by_province(month: Period, now: datetime) -> list[Row]:
    names = [(one.code, one.name, one.name_en) for one in Province.objects.all()]
    return _about_people(_with_not_given(names), _received(month, Dimension.PROVINCE, now))


def petitions_by_result(month: Period, now: datetime) -> list[Row]:
    """One walk over the month's petitions, once when it is published: no page needs it, so no tally keeps it."""
    groups = Petition.objects.received_in(month.first).order_by().values_list("result")
    numbers = {result or "": number for result, number in groups.annotate(number=Count("pk"))}
    names = in_both(lambda: [*Petition.Result.choices, ("", NOT_YET)])
    return _about_people(names, numbers)


def petitions_in_time(month: Period, now: datetime) -> list[Row]:
    """The whole month: how the office kept its promise says nothing of a person, unless the month had but a few."""
    counts = total(petition_tallies.read([month], [], now))
    if 0 < counts.received < THRESHOLD:
        return [{"number": None, "hidden": True, **dict.fromkeys(PARTS)}]
    return [{"number": counts.received, "hidden": False, **_parts(counts)}]


# ── Business of parliament and of public relations: public acts ─────────────────────────────


def _parts(counts: Counts) -> Row:
    return {name: getattr(counts, name) for name in PARTS}


def _with_promises(names: Names, counts: Mapping[str, Counts]) -> list[Row]:
    return [
        {"code": code, "name_th": thai, "name_en": english, "number": one.received, **_parts(one)}
        for code, thai, english in names
        for one in [counts.get(code, Counts())]
    ]


def _by_kind(keeper: Keeper, kind: Kind, dimension: str, month: Period, now: datetime) -> dict[str, Counts]:
    return by_key(keeper.read([month], [dimension], now, kind), dimension)


def of_parliament(kind: Kind) -> Callable[[Period, datetime], list[Row]]:
    """What parliament's reports count of a kind, told apart as they tell it apart."""

    def rows(month: Period, now: datetime) -> list[Row]:
        keeper, dimension = parliament_tallies.KEEPER, parliament_tallies.Dimension.KIND
        counts = _by_kind(keeper, kind, dimension, month, now)
        return _with_promises(in_both(lambda: parliament_reports.choices_of(kind)), counts)

    return rows


def press_conferences(month: Period, now: datetime) -> list[Row]:
    kind = Kind.PRESS_CONFERENCE
    counts = _by_kind(relations_tallies.KEEPER, kind, relations_tallies.Dimension.KIND, month, now)
    return _with_promises(in_both(lambda: relations_reports.choices_of(kind)), counts)


def news(month: Period, now: datetime) -> list[Row]:
    """Only how many: no promise hangs on an article itself."""
    counts = _by_kind(relations_tallies.KEEPER, Kind.ARTICLE, relations_tallies.Dimension.KIND, month, now)
    used = [one for one in NewsCategory.objects.all() if one.is_used or str(one.pk) in counts]
    return [
        {
            "code": one.slug,
            "name_th": one.name,
            "name_en": one.name_en,
            "number": counts.get(str(one.pk), Counts()).received,
        }
        for one in used
    ]


def journals(month: Period, now: datetime) -> list[Row]:
    counts = total(relations_tallies.KEEPER.read([month], [], now, Kind.JOURNAL))
    return _with_promises(in_both(lambda: [("", _("Journal"))]), {"": counts})


# ── Indicators ──────────────────────────────────────────────────────────────────────────────


def indicators(month: Period, now: datetime) -> list[Row]:
    """The newest edition of each frozen indicator; none before the month is frozen."""
    newest: defaultdict[int, FrozenValue | None] = defaultdict(lambda: None)
    rows = FrozenValue.objects.filter(month=month.first, kpi__isnull=False).select_related("kpi")
    for one in rows.order_by("edition"):
        newest[one.kpi_id or 0] = one
    found = sorted((one for one in newest.values() if one and one.kpi), key=lambda one: str(one.kpi.code))  # type: ignore[union-attr]
    return [
        {
            "code": one.kpi.code,
            "name_th": one.kpi.name,
            "unit": one.kpi.unit,
            "target": float(one.kpi.target),
            "value": None if one.value is None else float(one.value),
            "score": None if one.score is None else float(one.score),
        }
        for one in found
        if one.kpi
    ]


def indicators_moved_at(month: date) -> datetime | None:
    """When an indicator of the month was last frozen, first or anew."""
    frozen = FrozenValue.objects.filter(month=month, kpi__isnull=False)
    moved: datetime | None = frozen.aggregate(last=Max("frozen_at"))["last"]
    return moved
