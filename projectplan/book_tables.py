"""The tables of the books as sheets of a workbook, from what is kept with an edition: what was printed, as numbers.

Each of the public functions takes the kept data of one kind of book; its sheets stand in the order of the book.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from office.calendar import Period, fiscal_year, months_of
from office.ratio import Ratio
from office.spreadsheets import Cell, Sheet
from office.thai import format_month
from projectplan.models import Kpi, Swot
from projectplan.planshape import Row

AMOUNTS = ("budget", "paid", "left")
COUNTS = ("in_time", "late", "pending")


def number(text: str | None) -> float | None:
    """An exact decimal kept as text, as a spreadsheet holds it; an empty cell for nothing."""
    return float(Decimal(text)) if text else None


def _percent(ratio: Ratio) -> float | None:
    return None if ratio.percent is None else float(ratio.percent)


def _ratio(counts: Row) -> Ratio:
    return Ratio(*(counts[name] for name in COUNTS))


def _month(first: str) -> str:
    return format_month(date.fromisoformat(first), digits="arabic", language=get_language() or "th")


def _results(works: Iterable[Row], *, of: str, before: str) -> Sheet:
    """What was done of each standing work, a line for each of its figures, beside the period before."""
    head = [_("Subgroup"), _("Work"), _("What was counted"), _("Unit"), of, before]
    rows: list[list[Cell]] = []
    for work in works:
        earlier = work["before"] or [{"count": None}] * len(work["results"])
        rows += [
            [work["subgroup"], _numbered(work), one["label"], one["unit"], one["count"], past["count"]]
            for one, past in zip(work["results"], earlier, strict=True)
        ]
    return Sheet(_("Results of the standing work"), head, rows)


def _numbered(row: Row) -> str:
    return f"{row['number']}. {row['name']}"


def _in_time_head() -> list[str]:
    return [_("In time"), _("Late"), _("Not due yet"), _("Percent")]


def _in_time(ratio: Ratio) -> list[Cell]:
    return [ratio.in_time, ratio.late, ratio.pending, _percent(ratio)]


# ── The action plan ─────────────────────────────────────────────────────────────────────────


def action_plan(data: Row) -> list[Sheet]:
    plan = data["plan"]
    subgroups = {one["code"]: one["name"] for one in plan["subgroup"]}
    sheets = [
        _people(plan, subgroups),
        _frame(plan),
        _swot(plan),
        _plan_kpis(plan),
        _plan_works(plan, subgroups),
    ]
    return [*sheets, _activities(plan), _calendar(plan)] if "project" in plan else sheets


def _people(plan: Row, subgroups: Row) -> Sheet:
    rows = [
        [subgroups[one["subgroup"]], one["name"], one["position"], one.get("seconded_from", "")]
        for one in plan["staff"]
    ]
    head = [_("Subgroup"), _("Name"), _("Position held"), _("seconded from")]
    return Sheet(_("The group and its people"), head, rows)


def _frame(plan: Row) -> Sheet:
    """The lists of the office's frame, line by line."""
    office = plan["office"]
    named = {
        "missions": _("Missions"),
        "issues": _("Strategic issues"),
        "objectives": _("Objectives"),
        "indicators": _("Indicators of the office"),
        "projects": _("Projects of the office"),
    }
    lines = [(_("Vision"), [office["vision"]]), (_("Goal"), [office["goal"]])]
    lines += [(heading, office.get(name, [])) for name, heading in named.items()]
    rows = [[heading, text] for heading, texts in lines for text in texts if text]
    return Sheet(_("Strategic frame"), [_("Kind"), _("Text")], rows)


def _swot(plan: Row) -> Sheet:
    labels = {quadrant.value: str(quadrant.label) for quadrant in Swot.Quadrant}
    rows = [[labels[line["quadrant"]], line["text"]] for line in plan["swot"]]
    return Sheet(_("SWOT"), [_("Kind"), _("Text")], rows)


def _plan_kpis(plan: Row) -> Sheet:
    units = {unit.value: str(unit.label) for unit in Kpi.Unit}
    strategies = {one["number"]: _numbered(one) for one in plan["strategy"]}
    head = [_("Strategy"), _("Code"), _("Indicator"), _("Unit"), _("Weight"), _("Target"), *"12345"]
    rows = [
        [
            strategies[kpi["strategy"]],
            kpi["code"],
            kpi["name"],
            units[kpi["unit"]],
            kpi["weight"],
            kpi["target"],
            *kpi["levels"],
        ]
        for kpi in plan["kpi"]
    ]
    return Sheet(_("Strategies and indicators"), head, rows)


def _plan_works(plan: Row, subgroups: Row) -> Sheet:
    """A line for each result of the year before; a work without any has one line."""
    before = plan["fiscal_year"] - 1
    head = [_("Subgroup"), _("Work"), _("Indicator"), _("Target"), _("In charge")]
    head += [_("What was counted"), _("Unit"), _("Result of %(year)s") % {"year": before}]
    rows = []
    for work in plan["work"]:
        own = [subgroups[work["subgroup"]], _numbered(work), work["indicator"], work["target"]]
        own.append(", ".join(work["responsible"]))
        results = work.get(f"result_{before}") or [{"label": "", "unit": "", "count": None}]
        rows += [[*own, one["label"], one["unit"], one["count"]] for one in results]
    return Sheet(_("Standing work"), head, rows)


def _activities(plan: Row) -> Sheet:
    before = plan["fiscal_year"] - 1
    head = [_("Activity"), _("Target"), _("Indicator"), _("Threshold"), _("Budget (baht)")]
    head.append(_("Result of %(year)s") % {"year": before})
    rows: list[Sequence[Cell]] = [
        [
            _numbered(one),
            one["target"],
            one["indicator"],
            one["threshold"],
            one["budget"],
            one.get(f"result_{before}", ""),
        ]
        for one in plan["project"]["activity"]
    ]
    rows.append([_("Total"), "", "", None, plan["project"]["budget"], ""])
    return Sheet(_("The project and its activities"), head, rows)


def _calendar(plan: Row) -> Sheet:
    """What is planned to be spent in each month; 0 in a month in which an activity runs and spends nothing."""
    months = [month.first for month in months_of(fiscal_year(plan["fiscal_year"]))]
    head = [_("Activity"), *(_month(first.isoformat()) for first in months)]
    rows = []
    for activity in plan["project"]["activity"]:
        planned = {one["month"]: one["planned"] for one in activity.get("months", [])}
        rows.append([_numbered(activity), *(planned.get(f"{first:%Y-%m}") for first in months)])
    return Sheet(_("Calendar of activities"), head, rows)


# ── The annual report of the group ──────────────────────────────────────────────────────────


def group_annual(data: Row) -> list[Sheet]:
    year = data["fiscal_year"]
    done = [_("Done in %(year)s") % {"year": one} for one in (year, year - 1)]
    in_time = [
        [one["subgroup"], _numbered(one), *_in_time(_ratio(one)), one["target"]] for one in data["works"]
    ]
    head = [_("Subgroup"), _("Work"), *_in_time_head(), _("Against the target")]
    kpis = [
        [one["strategy"], one["code"], one["name"], *map(number, _of_kpi(one)), one["words"]]
        for one in data["kpis"]
    ]
    kpi_head = [_("Strategy"), _("Code"), _("Indicator"), _("Target"), _("Value"), _("Score"), _("Light")]
    surveys = [[one["name"], number(one["value"]), one["parts"]] for one in data["surveys"]]
    sheets = [
        _results(data["works"], of=done[0], before=done[1]),
        Sheet(_("In time, late, not due yet"), head, in_time),
        Sheet(_("Indicators of the strategies"), kpi_head, kpis),
        Sheet(_("Satisfaction"), [_("Survey"), _("Value"), _("Made of")], surveys),
    ]
    return [*sheets, _money(data["money"])] if data["money"] else sheets


def _of_kpi(kpi: Row) -> Iterator[str | None]:
    return (kpi[name] for name in ("target", "value", "score"))


def _money(money: Row) -> Sheet:
    rows: list[Sequence[Cell]] = [[_numbered(one), *_amounts(one)] for one in money["activities"]]
    rows.append([_("Total"), *_amounts(money)])
    head = [_("Activity"), _("Budget (baht)"), _("Spent"), _("Left")]
    return Sheet(_("Money of the project"), head, rows)


def _amounts(row: Row) -> list[Cell]:
    return [number(row[name]) for name in AMOUNTS]


# ── The report on the project ───────────────────────────────────────────────────────────────


def project_report(data: Row) -> list[Sheet]:
    results = [
        [
            _numbered(one),
            one["target"],
            one["indicator"],
            number(one["threshold"]),
            number(one["result"]),
            _("percent") if one["is_percent"] else "",
            one["parts"],
        ]
        for one in data["activities"]
    ]
    head = [_("Activity"), _("Target"), _("Indicator"), _("Threshold"), _("Result"), _("Unit"), _("Made of")]
    months = [[one["month"], number(one["planned"]), number(one["paid"])] for one in data["months"]]
    seminars = [
        [one["title"], one["place"], one["start"], one["end"], one["people"]] for one in data["seminars"]
    ]
    seminar_head = [_("Seminar"), _("Place"), _("From"), _("To"), _("participants")]
    return [
        Sheet(_("Activities and their results"), head, results),
        _money(data),
        Sheet(_("Money by month"), [_("Month"), _("Planned"), _("Spent")], months),
        *([Sheet(_("Seminars"), seminar_head, seminars)] if seminars else []),
    ]


# ── The network directory ───────────────────────────────────────────────────────────────────


def network_directory(data: Row) -> list[Sheet]:
    sheets = [Sheet(part["heading"], _agency_head(), list(_agencies(part))) for part in data["parts"]]
    if data["media"]:
        head = [_("Kind"), _("Medium"), _("Telephone"), _("E-mail"), _("Reporter"), _("Beat")]
        sheets.append(Sheet(_("Media and reporters"), head, list(_media(data["media"]))))
    head = [_("Name"), _("Party"), _("Area")]
    return sheets + [
        Sheet(one["heading"], head, [[row["name"], row["party"], row["area"]] for row in one["members"]])
        for one in data["chambers"]
    ]


def _agency_head() -> list[str]:
    own = [
        _("Agency"),
        _("Short name"),
        _("Belongs to"),
        _("Address"),
        _("Postcode"),
        _("Telephone"),
        _("E-mail"),
    ]
    return [*own, _("Contact"), _("Position held"), _("Task"), _("Telephone"), _("Mobile"), _("E-mail")]


def _agencies(part: Row) -> Iterator[list[Cell]]:
    """A line for each contact; an agency without any has one line."""
    own = ("name", "short_name", "parent", "address", "postcode", "telephone", "email")
    of_contact = ("name", "position", "role", "telephone", "mobile", "email")
    for agency in part["agencies"]:
        for contact in agency["contacts"] or [dict.fromkeys(of_contact, "")]:
            yield [*(agency[name] for name in own), *(contact[name] for name in of_contact)]


def _media(kinds: Iterable[Row]) -> Iterator[list[Cell]]:
    for kind in kinds:
        for outlet in kind["outlets"]:
            for one in outlet["reporters"] or [{"name": "", "beat": ""}]:
                own = [kind["heading"], outlet["name"], outlet["telephone"], outlet["email"]]
                yield [*own, one["name"], one["beat"]]


# ── The quarterly report on indicators ──────────────────────────────────────────────────────


def kpi_quarterly(data: Row) -> list[Sheet]:
    works = data["works"]
    in_time = [
        [
            one["subgroup"],
            _numbered(one),
            *_in_time(_ratio(one["counts"])),
            _percent(_ratio(one["counts_before"])),
            one["standing"],
        ]
        for one in works
    ]
    head = [_("Subgroup"), _("Work"), *_in_time_head(), _("Quarter before"), _("Against the target")]
    return [
        _quarter_kpis(data["kpis"]),
        _quarter_months(data),
        _results(works, of=_("This quarter"), before=_("Quarter before")),
        Sheet(_("In time, late, not due yet"), head, in_time),
        _twelve_months(works),
    ]


def _quarter_kpis(kpis: Iterable[Row]) -> Sheet:
    head = [
        _("Strategy"),
        _("Code"),
        _("Indicator"),
        _("Unit"),
        _("Weight"),
        _("Target"),
        _("Quarter before"),
    ]
    head += [_("This quarter"), _("Score"), _("Light"), _("Since 1 October"), _("Score since 1 October")]
    rows = [
        [
            *(one[name] for name in ("strategy", "code", "name", "unit_words")),
            *(number(one[name]) for name in ("weight", "target", "value_before", "value", "score")),
            one["words"],
            *(number(one[name]) for name in ("value_so_far", "score_so_far")),
        ]
        for one in kpis
    ]
    return Sheet(_("Indicators in the quarter"), head, rows)


def _quarter_months(data: Row) -> Sheet:
    """The months as frozen; of a month not frozen, and of one with nothing decided, an empty cell."""
    quarter = Period(*(date.fromisoformat(data[name]) for name in ("first", "last")))
    months = [_month(month.first.isoformat()) for month in months_of(quarter)]
    head = [_("Code"), _("Indicator"), *months, *_in_time_head()[:3]]
    rows = [
        [
            one["code"],
            one["name"],
            *(number(month["value"]) for month in one["months"]),
            *(one["counts"][name] if one["counts"] else None for name in COUNTS),
        ]
        for one in data["kpis"]
    ]
    return Sheet(_("Months as they were frozen"), head, rows)


def _twelve_months(works: Iterable[Row]) -> Sheet:
    head = [_("Subgroup"), _("Work"), _("Month"), *_in_time_head()]
    rows = [
        [work["subgroup"], _numbered(work), _month(month["first"]), *_in_time(_ratio(month))]
        for work in works
        for month in work["months"]
    ]
    return Sheet(_("Twelve months"), head, rows)
