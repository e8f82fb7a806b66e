"""The plan's pictures: every line of the plan stands in them whole, each box leads to its part."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from office.chart_text import text_width, wrapped
from office.paper import render_pdf
from projectplan.loading import PLAN_2553, load_file
from projectplan.models import Kpi, Plan, Strategy, Swot
from projectplan.pictures import PAD, WIDTH, strategy_map, swot_picture

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def plan(db: None) -> Plan:
    load_file(PLAN_2553)
    return Plan.objects.get()


def address(part: str) -> str:
    return f"#{part}"


def words_of(box: ElementTree.Element) -> str:
    """The lines of a box as one text without spaces: a line may be broken at one."""
    return re.sub(r"\s", "", "".join(line.text or "" for line in box.iter(f"{SVG}text")))


def boxes_of(svg: str) -> dict[str, str]:
    """What all boxes that lead to a part say together."""
    said: dict[str, str] = {}
    for box in ElementTree.fromstring(svg).iter(f"{SVG}a"):
        said[box.attrib["href"]] = said.get(box.attrib["href"], "") + words_of(box)
    return said


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_the_strategy_map_says_every_strategy_programme_and_indicator_in_a_box_that_leads_there(
    plan: Plan,
) -> None:
    said = boxes_of(strategy_map(plan, address))
    for strategy in Strategy.objects.prefetch_related("programmes"):
        assert bare(strategy.name) in said[f"#strategy-{strategy.number}"]
        assert all(
            bare(one.name) in said[f"#strategy-{strategy.number}"] for one in strategy.programmes.all()
        )
    for kpi in Kpi.objects.all():
        assert bare(kpi.name) in said[f"#kpi-{kpi.code}"]
    assert bare(plan.vision) in said["#frame-vision"]


def test_the_swot_picture_says_every_line_in_the_box_of_its_quadrant(plan: Plan) -> None:
    said = boxes_of(swot_picture(plan, address))
    assert len(said) == 4
    assert all(bare(line.text) in said[f"#swot-{line.quadrant}"] for line in Swot.objects.all())


def test_without_an_address_a_box_is_no_link(plan: Plan) -> None:
    svg = swot_picture(plan, lambda part: "")
    assert "<a " not in svg
    assert svg.count("<rect") == 4


def test_no_line_reaches_beyond_its_box(plan: Plan) -> None:
    for box in ElementTree.fromstring(strategy_map(plan, address)).iter(f"{SVG}a"):
        rect = box.find(f"{SVG}rect")
        assert rect is not None
        right = float(rect.attrib["x"]) + float(rect.attrib["width"]) + 1
        assert right <= WIDTH
        for line in box.iter(f"{SVG}text"):
            assert float(line.attrib["x"]) + text_width(line.text or "") <= right - PAD + 1


def test_lines_are_broken_between_words_and_nothing_is_lost() -> None:
    text = "พัฒนางานติดตามนโยบายสำคัญของ รมว.ศธ. (PMQA) ต่าง ๆ อย่างต่อเนื่อง"
    for width in range(120, 500, 20):
        lines = wrapped(text, width)
        assert bare("".join(lines)) == bare(text)
        assert not any(line.startswith(("ๆ", ")", "ศธ.")) for line in lines)
        assert all(text_width(line) <= width for line in lines)


def test_no_text_is_one_empty_line_and_a_word_too_wide_has_a_line_of_its_own() -> None:
    assert wrapped("  ", 100) == [""]
    assert wrapped("กระทรวง ศึกษาธิการ", 10) == ["กระทรวง", "ศึกษาธิการ"]


def test_a_plan_of_nothing_but_its_frame_is_drawn(plan: Plan) -> None:
    Strategy.objects.all().delete()
    Swot.objects.all().delete()
    assert "</svg>" in strategy_map(plan, address)
    assert swot_picture(plan, address).count("–") == 4


def test_both_are_drawn_on_paper(plan: Plan) -> None:
    html = f"<main>{strategy_map(plan, lambda part: '')}{swot_picture(plan, lambda part: '')}</main>"
    assert render_pdf(html, title="แผน").startswith(b"%PDF")
