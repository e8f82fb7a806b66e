"""Trends: when a change is worth a sentence, how exactly it is said, and the page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from complaints.models import Petition
from complaints.tallies import Dimension
from complaints.trend_words import (
    Change,
    change_words,
    month_sentence,
    part_sentence,
    with_average,
    with_year_before,
    year_sentence,
)
from complaints.trends import latest_month, trends
from office.calendar import month
from office.models import Province, User
from office.small_charts import SmallMonth, small_months
from tests.cast import make_petition
from tests.complaints.opinions import at

ClientFor = Callable[[User], Client]
NOVEMBER = month(2009, 11)
NOW = at(2009, 12, 2)
YEAR = 12


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def receive(times: int, year: int, in_month: int, **facts: Any) -> None:
    for _time in range(times):
        make_petition(received_at=at(year, in_month, 3), petitioner=False, **facts)


# ── When a change is one ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("count", "average", "change"),
    [
        (2, 1, Change.USUAL),
        (5, 1, Change.USUAL),
        (6, 1, Change.MORE),
        (5, 0, Change.MORE),
        (4, 0, Change.USUAL),
        (0, 4, Change.USUAL),
        (0, 5, Change.FEWER),
        (110, 100, Change.USUAL),
        (119, 100, Change.USUAL),
        (120, 100, Change.MORE),
        (80, 100, Change.FEWER),
        (81, 100, Change.USUAL),
        (93_500, 93_000, Change.USUAL),
        (94_000, 93_000, Change.MORE),
        (0, 0, Change.USUAL),
    ],
)
def test_only_what_chance_would_not_bring_is_a_change(count: int, average: int, change: Change) -> None:
    assert with_average(count, [average] * YEAR).change is change


def test_with_fewer_than_three_months_before_nothing_is_compared() -> None:
    assert with_average(50, [1, 1]).change is Change.UNKNOWN
    assert with_average(50, []).change is Change.UNKNOWN
    assert with_average(50, [1, 1, 1]).change is Change.MORE


@pytest.mark.parametrize(
    ("count", "before", "change"),
    [
        (1, 2, Change.USUAL),
        (12, 6, Change.USUAL),
        (31, 12, Change.MORE),
        (12, 31, Change.FEWER),
        (0, 0, Change.USUAL),
    ],
)
def test_twelve_months_are_compared_with_the_chance_of_both(count: int, before: int, change: Change) -> None:
    assert with_year_before(count, before).change is change


# ── How it is said ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("count", "before", "said"),
    [
        (118, [98] * YEAR, "รับ ๑๑๘ เรื่อง มากกว่าค่าเฉลี่ย ๑๒ เดือนก่อนหน้า (เดือนละ ๙๘ เรื่อง) ประมาณ ๒๐%"),
        (70, [98] * YEAR, "รับ ๗๐ เรื่อง น้อยกว่าค่าเฉลี่ย ๑๒ เดือนก่อนหน้า (เดือนละ ๙๘ เรื่อง) ประมาณ ๓๐%"),
        (300, [98] * YEAR, "รับ ๓๐๐ เรื่อง ประมาณ ๓ เท่าของค่าเฉลี่ย ๑๒ เดือนก่อนหน้า"),
        (1_130, [1_000] * YEAR, "ประมาณ ๑๓%"),
        (100, [98] * YEAR, "รับ ๑๐๐ เรื่อง ใกล้เคียงค่าเฉลี่ย ๑๒ เดือนก่อนหน้า (เดือนละ ๙๘ เรื่อง)"),
        (12, [2] * YEAR, "รับ ๑๒ เรื่อง มากกว่าค่าเฉลี่ย ๑๒ เดือนก่อนหน้า (เดือนละ ๒ เรื่อง)"),
        (6, [0] * 11 + [1], "(เดือนละ ไม่ถึง ๑ เรื่อง)"),
        (0, [9] * YEAR, "ไม่มีเรื่องเลย ทั้งที่ค่าเฉลี่ย ๑๒ เดือนก่อนหน้าคือเดือนละ ๙ เรื่อง"),
        (0, [0] * YEAR, "ไม่มีเรื่อง ค่าเฉลี่ย ๑๒ เดือนก่อนหน้าคือเดือนละ ๐ เรื่อง"),
        (4, [4], "รับ ๔ เรื่อง มีข้อมูลเดือนก่อนหน้าน้อยเกินไป"),
    ],
)
def test_a_month_is_said_no_more_exactly_than_it_bears(count: int, before: list[int], said: str) -> None:
    with override("th"):
        assert said in month_sentence("เดือนตุลาคม ๒๕๕๒", with_average(count, before))


@pytest.mark.parametrize(("count", "before"), [(12, [2] * YEAR), (6, [0] * YEAR), (2, [1] * YEAR)])
def test_no_percentage_is_made_of_small_numbers(count: int, before: list[int]) -> None:
    with override("th"):
        said = month_sentence("เดือนนี้", with_average(count, before))
    assert "%" not in said
    assert "เท่าของ" not in said


@pytest.mark.parametrize(
    ("count", "before", "said"),
    [
        (120, 240, "๑๒ เดือนนี้รับ ๑๒๐ เรื่อง น้อยกว่า ๑๒ เดือนก่อนหน้า (๒๔๐ เรื่อง) ประมาณ ๕๐%"),
        (500, 240, "ประมาณ ๒ เท่าของ ๑๒ เดือนก่อนหน้า"),
        (245, 240, "ใกล้เคียง ๑๒ เดือนก่อนหน้า (๒๔๐ เรื่อง)"),
        (20, 3, "มากกว่า ๑๒ เดือนก่อนหน้า (๓ เรื่อง)"),
        (0, 30, "๑๒ เดือนนี้ไม่มีเรื่อง ๑๒ เดือนก่อนหน้ามี ๓๐ เรื่อง"),
    ],
)
def test_twelve_months_are_said_beside_the_twelve_before(count: int, before: int, said: str) -> None:
    with override("th"):
        assert said in year_sentence(with_year_before(count, before))


def test_the_part_that_changed_most_is_named_the_way_the_whole_went() -> None:
    parts = [
        ("ก", with_average(30, [10] * YEAR)),
        ("ข", with_average(60, [10] * YEAR)),
        ("ค", with_average(0, [90] * YEAR)),
        ("ง", with_average(2, [1] * YEAR)),
    ]
    with override("th"):
        assert part_sentence(parts, Change.MORE) == "เพิ่มมากที่สุดคือ “ข” จาก ๑๐ เป็น ๖๐ เรื่อง"
        assert part_sentence(parts, Change.FEWER) == "ลดมากที่สุดคือ “ค” จาก ๙๐ เป็น ๐ เรื่อง"
        assert "“ค”" in part_sentence(parts, Change.USUAL)
        assert part_sentence(parts[3:], Change.MORE) == ""
        assert part_sentence([], Change.USUAL) == ""


def test_a_table_says_a_change_in_few_words() -> None:
    with override("th"):
        assert change_words(with_year_before(31, 12)) == "เพิ่มจาก ๑๒ เป็น ๓๑"
        assert change_words(with_year_before(12, 31)) == "ลดจาก ๓๑ เป็น ๑๒"
        assert change_words(with_year_before(2, 1)) == "ใกล้เคียงเดิม (๑)"


# ── Months and parts ────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_a_trend_counts_every_month_and_says_what_grew() -> None:
    for in_month in (8, 9, 10):
        receive(1, 2009, in_month, channel=Petition.Channel.LETTER)
    receive(8, 2009, 11, channel=Petition.Channel.WEB)
    found = trends(Dimension.CHANNEL, NOVEMBER, NOW)
    assert found.whole.counts == (0,) * 8 + (1, 1, 1, 8)
    by_label = {one.keys[0]: one for one in found.panels}
    assert set(by_label) == {"letter", "web"}
    assert by_label["web"].counts[-1] == 8
    with override("th"):
        assert "เว็บไซต์" in trends(Dimension.CHANNEL, NOVEMBER, NOW).part_sentence


@pytest.mark.django_db
def test_months_before_the_first_petition_of_all_are_not_months_without_petitions() -> None:
    receive(1, 2009, 10)
    receive(9, 2009, 11)
    assert trends(Dimension.KIND, NOVEMBER, NOW).whole.compared.change is Change.UNKNOWN
    assert trends(Dimension.KIND, NOVEMBER, NOW, over_two_years=True).whole.compared.change is Change.UNKNOWN


@pytest.mark.django_db
def test_a_month_without_petitions_counts_as_one() -> None:
    receive(20, 2009, 7)
    found = trends(Dimension.KIND, NOVEMBER, NOW)
    assert found.whole.compared.change is Change.FEWER
    assert found.whole.compared.expected == 5  # of July to October


@pytest.mark.django_db
def test_an_unfinished_month_is_compared_with_nothing() -> None:
    for in_month in (8, 9, 10, 11):
        receive(6, 2009, in_month)
    found = trends(Dimension.KIND, NOVEMBER, at(2009, 11, 10))
    assert found.is_interim
    assert found.whole.compared.change is Change.UNKNOWN
    assert found.part_sentence == ""


@pytest.mark.django_db
def test_two_years_stand_beside_each_other() -> None:
    receive(2, 2008, 12)
    receive(3, 2009, 11)
    receive(20, 2010, 11)
    found = trends(Dimension.KIND, month(2010, 11), at(2010, 12, 2), over_two_years=True)
    assert (sum(found.whole.counts), sum(found.whole.before)) == (20, 5)
    assert found.whole.before[-1] == 3
    assert found.whole.compared.change is Change.MORE


@pytest.mark.django_db
def test_without_any_petition_there_is_no_trend_and_no_fault() -> None:
    for by in (Dimension.CATEGORY, Dimension.CHANNEL, Dimension.KIND, Dimension.PROVINCE):
        found = trends(by, NOVEMBER, NOW)
        assert found.is_empty
        assert found.panels == ()


@pytest.mark.django_db
def test_of_many_provinces_the_telling_ones_come_first() -> None:
    for in_month in (8, 9, 10, 11):
        receive(3, 2009, in_month, province=Province.objects.get(pk="10"))
    receive(9, 2009, 11, province=Province.objects.get(pk="50"))
    for code in ("20", "21", "22", "23", "24", "25", "26", "27", "30", "31", "32", "33"):
        receive(1, 2009, 11, province=Province.objects.get(pk=code))
    found = trends(Dimension.PROVINCE, NOVEMBER, NOW)
    assert [one.keys[0] for one in found.panels[:2]] == ["50", "10"]
    assert (len(found.panels), found.not_shown) == (12, 2)


def test_the_trend_begins_with_the_last_month_that_is_over() -> None:
    assert latest_month(at(2009, 12, 1, 0, 30)) == NOVEMBER
    assert latest_month(at(2009, 11, 30, 23)) == month(2009, 10)


# ── The page ────────────────────────────────────────────────────────────────────────────────


def test_the_page_is_for_the_readers_of_reports(
    client_for: ClientFor, officer: User, executive: User, stranger: User, administrator: User, clock: None
) -> None:
    page = reverse("reports:trends")
    for person in (officer, executive):
        assert client_for(person).get(page).status_code == 200
    for person in (stranger, administrator):
        assert client_for(person).get(page).status_code == 403
    assert "login" in Client().get(page)["Location"]


@pytest.mark.parametrize(
    "query", ["by=owner", "month=2552-13", "month=2553-05", "month=2551-09", "month=abc"]
)
def test_what_is_no_trend_is_not_found(query: str, client_for: ClientFor, officer: User, clock: None) -> None:
    assert client_for(officer).get(f"{reverse('reports:trends')}?{query}").status_code == 404


@pytest.mark.parametrize("by", ["category", "channel", "petition_kind", "province"])
@pytest.mark.parametrize("months", ["", "24"])
def test_each_panel_has_its_sentence_and_leads_to_its_rows(
    by: str,
    months: str,
    client_for: ClientFor,
    officer: User,
    clock: None,
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    receive(2, 2008, 11)
    receive(2, 2009, 11, province=Province.objects.get(pk="10"))
    client, page = client_for(officer), f"{reverse('reports:trends')}?by={by}&months={months}"
    client.get(page)
    with django_assert_max_num_queries(12):
        answer = client.get(page)
    text = answer.content.decode()
    panels = answer.context["panels"]
    assert panels
    for one in panels:
        assert one["panel"].sentence in text
    (counted,) = [one for one in panels if one["count"]]
    rows = client.get(f"{reverse('complaints:petitions')}?{counted['query']}")
    assert rows.context["count"] == "๒"


def test_the_page_stands_without_any_petition(client_for: ClientFor, officer: User, clock: None) -> None:
    text = client_for(officer).get(reverse("reports:trends")).content.decode()
    assert "ไม่มีเรื่องในช่วงเดือนเหล่านี้" in text


# ── The small chart ─────────────────────────────────────────────────────────────────────────


def months_with(counts: list[int], before: list[int] | None = None) -> list[SmallMonth]:
    return [
        SmallMonth(date(2009, index + 1, 1), count, before[index] if before else None)
        for index, count in enumerate(counts)
    ]


def test_a_small_chart_names_its_months_and_its_last_number() -> None:
    with override("th"):
        svg = small_months("หมวด", months_with([3, 0, 12, 1, 7], [1, 1, 1, 1, 1]))
    assert svg.count("<rect") == 4
    assert svg.count("<line") == 6
    assert ">๗<" in svg
    assert ">๑๒<" in svg
    assert "มีนาคม ๒๕๕๒: ๑๒ · ปีก่อน ๑" in svg


def test_a_small_chart_of_nothing_is_an_empty_line() -> None:
    svg = small_months("หมวด", months_with([0, 0, 0]))
    assert "<rect" not in svg
    with pytest.raises(ValueError, match="at least one month"):
        small_months("หมวด", [])
    with pytest.raises(ValueError, match="below 0"):
        small_months("หมวด", months_with([-1]))
