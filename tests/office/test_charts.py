"""Charts say the same on a page and on paper, in words and patterns as well as colours, and nothing inline."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from xml.etree import ElementTree

import pypdfium2
import pytest
from django.utils import translation
from hypothesis import example, given
from hypothesis import strategies as st

from office.chart_text import LEADING_VOWELS, shorten, text_width
from office.charts import MonthBar, bar_chart, sparkline, stacked_months
from office.paper import render_pdf

SVG = "{http://www.w3.org/2000/svg}"
LONG_LABEL = "ขอความอนุเคราะห์ทุนการศึกษาและอุปกรณ์การเรียนสำหรับเด็กที่ด้อยโอกาสในพื้นที่ห่างไกล"
CATEGORIES = [("อาคาร น้ำดื่ม", 1319), ("การรับนักเรียน (ที่) โรงเรียน", 24), ("อื่น ๆ", 0)]
FISCAL_YEAR = [
    MonthBar(
        date(2009 + month // 13, (month - 1) % 12 + 1, 15), in_time=month * 10, late=month - 10, pending=2
    )
    for month in range(10, 22)
]


@pytest.fixture(autouse=True)
def in_thai() -> Iterator[None]:
    with translation.override("th"):
        yield


def parse(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def texts(svg: str) -> list[str]:
    return [node.text or "" for node in parse(svg).iter(f"{SVG}text")]


def titles(svg: str) -> list[str]:
    return [node.text or "" for node in parse(svg).iter(f"{SVG}title")]


def classed(svg: str, name: str) -> list[ElementTree.Element]:
    return [node for node in parse(svg).iter() if node.get("class") == name]


ALL = {
    "bars": lambda: bar_chart("จำนวนเรื่อง", CATEGORIES, unit="เรื่อง"),
    "no bars": lambda: bar_chart("จำนวนเรื่อง", []),
    "months": lambda: stacked_months("ตามกำหนดเวลา", FISCAL_YEAR),
    "trend": lambda: sparkline([90, 92.5, None, 96]),
    "no trend": lambda: sparkline([None, None]),
}


@pytest.mark.parametrize("chart", ALL)
def test_a_chart_is_one_picture_with_a_name_and_nothing_inline(chart: str) -> None:
    svg = ALL[chart]()
    root = parse(svg)
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    assert root[0].tag == f"{SVG}title"
    assert root[0].text
    names = {node.tag.removeprefix(SVG) for node in root.iter()}
    assert names <= {"svg", "title", "g", "text", "rect", "path", "line", "polyline", "circle"}
    assert not any(
        attribute in node.attrib for node in root.iter() for attribute in ("style", "onclick", "id")
    )


@pytest.mark.parametrize("chart", ALL)
@pytest.mark.parametrize("language", ["th", "en"])
def test_coordinates_are_written_as_svg_reads_them(chart: str, language: str) -> None:
    with translation.override(language):
        root = parse(ALL[chart]())
    for node in root.iter():
        for name in ("x", "y", "width", "height", "x1", "x2", "y1", "y2", "cx", "cy", "font-size"):
            assert re.fullmatch(r"-?\d+(\.\d)?", node.get(name, "0"))


def test_words_from_people_are_escaped() -> None:
    svg = bar_chart('<b>"&', [("<script>", 1)], unit="<i>")
    assert titles(svg)[0] == '<b>"&'
    assert texts(svg) == ["<script>", "๑ <i>"]


def test_bars_are_as_long_as_their_counts() -> None:
    lengths = [
        float(bar.get("width", "0"))
        for bar in classed(bar_chart("ก", [("ก", 100), ("ข", 25)]), "chart-count")
    ]
    assert lengths[1] / lengths[0] == pytest.approx(0.25, abs=0.01)


def test_counts_stand_at_the_right_in_thai_digits_with_thousands_and_unit() -> None:
    svg = bar_chart("จำนวนเรื่อง", CATEGORIES, unit="เรื่อง")
    assert texts(svg)[1::2] == ["๑,๓๑๙ เรื่อง", "๒๔ เรื่อง", "๐ เรื่อง"]
    assert texts(bar_chart("ก", [("ก", 96)], unit="%"))[1] == "๙๖%"


def test_counts_are_in_arabic_digits_on_an_english_page() -> None:
    with translation.override("en"):
        assert texts(bar_chart("Petitions", [("Water", 1319)]))[1] == "1,319"
        assert "In time 1,860" in texts(stacked_months("Deadlines", FISCAL_YEAR))
        assert "Oct" in texts(stacked_months("Deadlines", FISCAL_YEAR))


def test_a_count_of_nothing_has_no_bar_and_one_of_little_can_be_seen() -> None:
    bars = classed(bar_chart("ก", [("ก", 100_000), ("ข", 1), ("ค", 0)]), "chart-count")
    assert len(bars) == 2
    assert float(bars[1].get("width", "0")) >= 4


def test_all_counts_may_be_nothing() -> None:
    assert classed(bar_chart("ก", [("ก", 0)]), "chart-count") == []
    assert texts(stacked_months("ก", [MonthBar(date(2009, 11, 1), 0, 0, 0)]))[3] == "๐"


def test_a_chart_of_nothing_says_so() -> None:
    (words,) = texts(bar_chart("จำนวนเรื่อง", []))
    assert words


def test_a_long_label_is_shortened_and_whole_in_its_title() -> None:
    svg = bar_chart("ก", [(LONG_LABEL, 7)], unit="เรื่อง")
    shown = texts(svg)[0]
    assert shown.endswith("…")
    assert LONG_LABEL.startswith(shown[:-1])
    assert titles(svg)[1] == f"{LONG_LABEL}: ๗ เรื่อง"


@example("0เำ", 22)  # cut before a leading vowel that a mark, wrongly typed, leans on
@given(st.text(alphabet="กขงปที่ี้ัุูำาเแไะๆ .(AMW0๗", max_size=60), st.integers(min_value=20, max_value=400))
def test_a_shortened_label_fits_and_keeps_its_letters_together(label: str, width: int) -> None:
    shown = shorten(label, width)
    if shown == label:
        return
    kept = shown.removesuffix("…")
    assert text_width(shown) <= width
    assert label.startswith(kept)
    assert not kept.endswith(tuple(LEADING_VOWELS))
    first_left_out = label[len(kept)]
    assert not kept or first_left_out not in "ะาำๅๆ"
    assert not kept or unicodedata.category(first_left_out) != "Mn"


def test_what_is_counted_is_never_below_nothing() -> None:
    with pytest.raises(ValueError, match="below 0"):
        bar_chart("ก", [("ก", -1)])
    with pytest.raises(ValueError, match="below 0"):
        stacked_months("ก", [MonthBar(date(2009, 11, 1), 3, -1, 0)])


@pytest.mark.parametrize("count", [0, 13])
def test_months_are_one_to_twelve(count: int) -> None:
    with pytest.raises(ValueError, match="1 to 12 months"):
        stacked_months("ก", [MonthBar(date(2009, 11, 1), 1, 0, 0)] * count)


def test_months_have_short_thai_names_and_a_year_at_first_and_at_january() -> None:
    shown = texts(stacked_months("ก", FISCAL_YEAR))
    months = ["ต.ค.", "พ.ย.", "ธ.ค.", "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย."]
    assert [text for text in shown if text in months] == months
    assert [text for text in shown if re.fullmatch("๒๕[๐-๙]{2}", text)] == ["๒๕๕๒", "๒๕๕๓"]


def test_years_of_december_and_january_do_not_run_into_each_other() -> None:
    shown = texts(
        stacked_months("ก", [MonthBar(date(2009, 12, 1), 1, 0, 0), MonthBar(date(2010, 1, 1), 1, 0, 0)])
    )
    assert [text for text in shown if re.fullmatch("๒๕[๐-๙]{2}", text)] == ["๒๕๕๓"]


def test_a_column_stacks_its_parts_from_the_line_up() -> None:
    svg = stacked_months("ก", [MonthBar(date(2009, 11, 1), 60, 30, 10)])
    in_time, late = (classed(svg, f"chart-{kind}")[1] for kind in ("in-time", "late"))
    pending = classed(svg, "chart-pending")[1]
    heights = [float(part.get("height", "0")) for part in (in_time, late)]
    assert heights[0] == pytest.approx(2 * heights[1], abs=0.2)
    bottom = float(in_time.get("y", "0")) + heights[0]
    line = next(parse(svg).iter(f"{SVG}line"))
    assert bottom == pytest.approx(float(line.get("y1", "0")), abs=0.2)
    assert float(late.get("y", "0")) + heights[1] == pytest.approx(float(in_time.get("y", "0")), abs=0.2)
    assert float(pending.get("y", "0")) < float(late.get("y", "0"))


def test_kinds_differ_by_pattern_and_by_word() -> None:
    svg = stacked_months("ก", [MonthBar(date(2009, 11, 1), 6, 3, 1)])
    assert all(part.get("fill") == "none" and part.get("stroke") for part in classed(svg, "chart-pending"))
    assert len(list(parse(svg).iter(f"{SVG}path"))) == len(classed(svg, "chart-late"))
    with translation.override("en"):
        assert titles(stacked_months("Deadlines", [MonthBar(date(2009, 11, 1), 6, 3, 1)]))[1:] == [
            "November 2009: In time 6 · Late 3 · Not due yet 1"
        ]


def test_a_legend_too_wide_goes_on_in_a_second_row() -> None:
    small = parse(stacked_months("ก", [MonthBar(date(2009, 11, 1), 6, 3, 1)]))
    large = parse(
        stacked_months("ก", [MonthBar(date(2009, 11, 1), 6_000_000_000, 3_000_000_000, 1_000_000_000)])
    )
    assert float(large.get("height", "0")) > float(small.get("height", "0"))


def test_hatching_stays_inside_its_part() -> None:
    svg = stacked_months("ก", [MonthBar(date(2009, 11, 1), 6, 3, 1)])
    for part, path in zip(classed(svg, "chart-late"), parse(svg).iter(f"{SVG}path"), strict=True):
        x, y, width, height = (float(part.get(name, "0")) for name in ("x", "y", "width", "height"))
        points = re.findall(r"[ML](\S+?) ([^ML]+)", path.get("d", ""))
        assert points
        for point_x, point_y in points:
            assert x - 0.1 <= float(point_x) <= x + width + 0.1
            assert y - 0.1 <= float(point_y) <= y + height + 0.1


def test_a_trend_has_a_gap_where_nothing_is_known_and_ends_in_a_dot() -> None:
    root = parse(sparkline([90, 92.5, None, 96, 97]))
    assert len(list(root.iter(f"{SVG}polyline"))) == 2
    (dot,) = root.iter(f"{SVG}circle")
    last_point = list(root.iter(f"{SVG}polyline"))[-1].get("points", "").split()[-1]
    assert f"{dot.get('cx')},{dot.get('cy')}" == last_point


def test_a_lone_value_between_gaps_is_a_dot() -> None:
    root = parse(sparkline([90, None, 96]))
    assert len(list(root.iter(f"{SVG}circle"))) == 2
    assert not list(root.iter(f"{SVG}polyline"))


def test_a_trend_rises_with_its_values_and_a_wobble_stays_small() -> None:
    def heights(svg: str) -> list[float]:
        line = next(parse(svg).iter(f"{SVG}polyline"))
        return [float(point.split(",")[1]) for point in line.get("points", "").split()]

    low, high = heights(sparkline([0, 100]))
    assert low - high == pytest.approx(24)
    before, after = heights(sparkline([100, 99.5]))
    assert after - before == pytest.approx(1.2, abs=0.1)
    assert len(set(heights(sparkline([0, 0, 0])))) == 1


def test_a_trend_says_its_first_and_last_value() -> None:
    with translation.override("en"):
        assert titles(sparkline([96, None, 98.25])) == ["Trend over 3 periods, from 96 to 98.2"]
    assert "๙๘.๒" in titles(sparkline([96, None, 98.25]))[0]


@pytest.mark.parametrize("ground", ["#ffffff", "#161e2c", "#0f1622"])
def test_colours_stand_out_in_light_in_dark_and_in_print(ground: str) -> None:
    svg = bar_chart("ก", [("ก", 1)]) + stacked_months("ก", FISCAL_YEAR)
    colours = set(re.findall(r"#[0-9a-f]{6}", svg))
    assert len(colours) == 4
    assert all(contrast(colour, ground) >= 3 for colour in colours)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2 between two colours."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_words_in_charts_read_back_whole_from_paper() -> None:
    charts = [ALL[name]() for name in ("bars", "months", "trend")]
    html = "".join(f'<div class="chart">{chart}</div>' for chart in charts)
    pdf = render_pdf(f'<html lang="th"><title>-</title><body>{html}</body></html>', title="-")
    with pypdfium2.PdfDocument(pdf) as opened:
        lines = [line.strip() for line in opened[0].get_textpage().get_text_range().splitlines()]
    everything = " ".join(lines)
    for chart in charts:
        for words in texts(chart):
            assert words in everything
