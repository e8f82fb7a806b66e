"""The plan as pictures in SVG, the same on a page and on paper: the strategy map and the SWOT analysis.

Only presentation attributes are used, as in `office.charts`: a page colours by class (`picture-box`, `picture-lead`),
paper takes the colours written here. Thai is broken between words, never inside one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from office.chart_text import TEXT_SIZE, wrapped
from office.figures import figures
from projectplan.models import FrameItem, Plan, Swot
from projectplan.planshape import Row
from projectplan.snapshot import FRAME, content

Link = Callable[[str], str]
"""The address of a part of the plan (`strategy-1`, `kpi-1.1`, `swot-strength`, `frame-missions`); "" for none."""

T = TypeVar("T")

WIDTH: Final = 960
GAP: Final = 14
PAD: Final = 12
LINE: Final = 24
HEAD: Final = 30
ARROW: Final = 26
IN_A_ROW: Final = 4
BULLET: Final = "•"
INDENT: Final = 16
BASELINE: Final = 17
"""From the top of a line down to where its letters stand."""


@dataclass(frozen=True)
class Words:
    """One line of text and where it stands."""

    x: int
    y: int
    text: str
    is_bold: bool = False


@dataclass(frozen=True)
class Box:
    """A rectangle with its lines, which leads to a part of the plan."""

    x: int
    y: int
    width: int
    height: int
    lines: Sequence[Words]
    address: str = ""
    kind: str = "box"


@dataclass
class Picture:
    """What has been drawn so far, from the top down."""

    link: Link
    y: int = 0
    boxes: list[Box] = field(default_factory=list)
    heads: list[Words] = field(default_factory=list)
    arrows: list[str] = field(default_factory=list)

    def head(self, text: str, x: int = 0) -> None:
        """A heading over what comes below it."""
        self.heads.append(Words(x, self.y + BASELINE + 2, text, is_bold=True))
        self.y += HEAD

    def row(self, texts: Sequence[tuple[str, str]], *, kind: str = "box") -> None:
        """Boxes of (part, text) side by side, all as high as the highest."""
        width = (WIDTH - GAP * (len(texts) - 1)) // len(texts)
        lines = [wrapped(text, width - 2 * PAD) for _part, text in texts]
        height = _height(max(map(len, lines)))
        for place, (part, _text) in enumerate(texts):
            self._box(place * (width + GAP), width, height, lines[place], part, kind)
        self.y += height + GAP

    def column(self, x: int, width: int, texts: Iterable[tuple[str, str]], *, kind: str = "box") -> None:
        """Boxes of (part, text) one below the other."""
        for part, text in texts:
            lines = wrapped(text, width - 2 * PAD)
            self._box(x, width, _height(len(lines)), lines, part, kind)
            self.y += _height(len(lines)) + GAP // 2

    def arrow(self) -> None:
        """What stands above leads to what stands below."""
        middle, top = WIDTH // 2, self.y - GAP + 5
        self.arrows.append(
            f"M{middle} {top}V{top + 14}M{middle - 6} {top + 9}L{middle} {top + 15}L{middle + 6} {top + 9}"
        )
        self.y = top + ARROW - 4

    def _box(self, x: int, width: int, height: int, lines: Sequence[str], part: str, kind: str) -> None:
        first = self.y + PAD + (height - _height(len(lines))) // 2 + BASELINE
        words = [
            Words(x + PAD, first + LINE * place, line, kind == "lead") for place, line in enumerate(lines)
        ]
        self.boxes.append(Box(x, self.y, width, height, words, self.link(part), kind))

    def draw(self, title: str) -> SafeString:
        """The picture as an element of a page."""
        context = {
            "title": title,
            "width": WIDTH,
            "height": self.y,
            "text_size": TEXT_SIZE,
            "boxes": self.boxes,
            "heads": self.heads,
            "arrows": self.arrows,
        }
        return render_to_string("projectplan/pictures/picture.svg", context)


def strategy_map(plan: Plan, link: Link) -> SafeString:
    """The strategy map: the office's frame from the top down, then the group's strategies with what hangs on each."""
    return strategy_map_of(content(plan), link)


def swot_picture(plan: Plan, link: Link) -> SafeString:
    """The SWOT analysis: four fields, what helps left, what hinders right; within the group above, around it below."""
    return swot_picture_of(content(plan), link)


def strategy_map_of(plan: Row, link: Link) -> SafeString:
    """The strategy map of a plan as data."""
    picture = Picture(link)
    _draw_frame(picture, plan["office"])
    if plan["strategy"]:
        _draw_strategies(picture, plan)
    return picture.draw(_("Strategy map, fiscal year %(year)s") % {"year": figures(plan["fiscal_year"])})


def strategy_maps_of(plan: Row, link: Link) -> list[SafeString]:
    """The same in two pictures, each for a page of its own, where it would be too high to be read in one: the office's
    frame, and the group's strategies where there are any."""
    title = _("Strategy map, fiscal year %(year)s") % {"year": figures(plan["fiscal_year"])}
    frame, own = Picture(link), Picture(link)
    _draw_frame(frame, plan["office"])
    if plan["strategy"]:
        _draw_strategies(own, plan)
    return [picture.draw(title) for picture in (frame, own) if picture.y]


def _draw_frame(picture: Picture, office: Row) -> None:
    """The office's frame from its vision down; a band without words is left out."""
    bands = [
        (_("Vision"), [("frame-vision", office["vision"])], "lead"),
        *((_band(kind), _lines_of(office, kind), "box") for kind in ABOVE_GOAL),
        (_("Goal"), [("frame-goal", office["goal"])], "lead"),
        *((_band(kind), _lines_of(office, kind), "box") for kind in BELOW_GOAL),
    ]
    for heading, texts, kind in bands:
        shown = [(part, text) for part, text in texts if text]
        if shown:
            _draw_band(picture, heading, shown, kind)


ABOVE_GOAL: Final = (FrameItem.Kind.MISSION, FrameItem.Kind.ISSUE)
BELOW_GOAL: Final = (FrameItem.Kind.OBJECTIVE, FrameItem.Kind.INDICATOR, FrameItem.Kind.PROJECT)


def _band(kind: FrameItem.Kind) -> str:
    return {
        FrameItem.Kind.MISSION: _("Missions"),
        FrameItem.Kind.ISSUE: _("Strategic issues"),
        FrameItem.Kind.OBJECTIVE: _("Objectives"),
        FrameItem.Kind.INDICATOR: _("Indicators of the office above"),
        FrameItem.Kind.PROJECT: _("Projects of the office above"),
    }[kind]


def _lines_of(office: Row, kind: FrameItem.Kind) -> list[tuple[str, str]]:
    name = FRAME[kind]
    return [(f"frame-{name}", text) for text in office[name]]


def _draw_band(picture: Picture, heading: str, texts: Sequence[tuple[str, str]], kind: str) -> None:
    if picture.y:
        picture.arrow()
    picture.head(heading)
    in_a_row = IN_A_ROW if len(texts) <= IN_A_ROW else IN_A_ROW - 1
    for some in _rows(texts, in_a_row):
        picture.row(some, kind=kind)


def _draw_strategies(picture: Picture, plan: Row) -> None:
    """The group's own strategies side by side; under each its programmes and its indicators."""
    if picture.y:
        picture.arrow()
    picture.head(_("Strategies of %(unit)s") % {"unit": plan["unit"]})
    for some in _rows(plan["strategy"], IN_A_ROW - 1):
        width = (WIDTH - GAP * (len(some) - 1)) // len(some)
        picture.row([(f"strategy-{one['number']}", _numbered(one)) for one in some], kind="lead")
        top, lowest = picture.y, picture.y
        for place, strategy in enumerate(some):
            picture.y = top
            _draw_column(picture, place * (width + GAP), width, strategy, plan["kpi"])
            lowest = max(lowest, picture.y)
        picture.y = lowest + GAP


def _draw_column(picture: Picture, x: int, width: int, strategy: Row, kpis: Sequence[Row]) -> None:
    part = f"strategy-{strategy['number']}"
    own = [kpi for kpi in kpis if kpi["strategy"] == strategy["number"]]
    if strategy.get("programmes"):
        picture.head(_("Programmes and projects"), x)
        picture.column(x, width, [(part, name) for name in strategy["programmes"]])
    if own:
        picture.head(_("Indicators"), x)
        picture.column(
            x, width, [(f"kpi-{kpi['code']}", f"{figures(kpi['code'])} {kpi['name']}") for kpi in own]
        )


def _numbered(strategy: Row) -> str:
    return f"{figures(strategy['number'])}. {strategy['name']}"


def swot_picture_of(plan: Row, link: Link) -> SafeString:
    """The SWOT picture of a plan as data."""
    picture = Picture(link)
    kinds = Swot.Quadrant
    for left, right in ((kinds.STRENGTH, kinds.WEAKNESS), (kinds.OPPORTUNITY, kinds.THREAT)):
        _draw_quadrants(picture, plan["swot"], (left, right))
    return picture.draw(_("SWOT analysis, fiscal year %(year)s") % {"year": figures(plan["fiscal_year"])})


def _draw_quadrants(picture: Picture, swot: Sequence[Row], pair: tuple[Swot.Quadrant, Swot.Quadrant]) -> None:
    """Two fields side by side, each with its name and its lines as points."""
    width = (WIDTH - GAP) // 2
    points = [
        [wrapped(line["text"], width - 2 * PAD - INDENT) for line in swot if line["quadrant"] == quadrant]
        for quadrant in pair
    ]
    height = HEAD + 2 * PAD + LINE * max(1, *(sum(map(len, lines)) for lines in points))
    for place, quadrant in enumerate(pair):
        x = place * (width + GAP)
        words = [Words(x + PAD, picture.y + PAD + BASELINE, str(quadrant.label), is_bold=True)]
        words += _points(x + PAD, picture.y + PAD + HEAD + BASELINE, points[place])
        address = picture.link(f"swot-{quadrant.value}")
        picture.boxes.append(Box(x, picture.y, width, height, words, address, quadrant.value))
    picture.y += height + GAP


def _points(x: int, y: int, points: Sequence[Sequence[str]]) -> Iterable[Words]:
    if not points:
        yield Words(x, y, "–")
    for lines in points:
        yield Words(x, y, BULLET)
        for line in lines:
            yield Words(x + INDENT, y, line)
            y += LINE


def _height(lines: int) -> int:
    return LINE * lines + 2 * PAD


def _rows(things: Sequence[T], most: int) -> Iterable[Sequence[T]]:
    """At most so many at a time, in order."""
    return (things[place : place + most] for place in range(0, len(things), most))
