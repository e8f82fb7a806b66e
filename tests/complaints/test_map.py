"""The map of the provinces: its steps, its links, its numbers; Bueng Kan before 2554; the education areas."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from complaints.models import Petition
from complaints.places import drawn_map, places
from complaints.tallies import Counts
from office.calendar import fiscal_year, month
from office.models import EducationArea, Province, User
from office.places import PROVINCES
from office.province_map import Place, _shapes, limits, province_map, step_of
from tests.cast import make_petition
from tests.complaints.opinions import Desk, at

ClientFor = Callable[[User], Client]
NOVEMBER = month(2009, 11)
NOW = at(2009, 12, 2)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def receive(times: int, code: str, **facts: Any) -> None:
    for _time in range(times):
        make_petition(
            received_at=at(2009, 11, 3), petitioner=False, province=Province.objects.get(pk=code), **facts
        )


# ── Drawing ─────────────────────────────────────────────────────────────────────────────────


def test_every_province_has_a_shape_and_room_for_a_number_inside_it() -> None:
    shapes = _shapes()
    assert list(shapes["provinces"]) == list(PROVINCES)
    for code, shape in shapes["provinces"].items():
        assert re.fullmatch(r"(M[\d -]+l[\d -]+z)+", shape["path"]), code
        assert 0 < shape["x"] < shapes["width"], code
        assert 0 < shape["y"] < shapes["height"], code
        assert shape["room"] > 0, code


def test_neighbours_stand_where_they_stand_in_the_country() -> None:
    at_code = _shapes()["provinces"]
    assert at_code["57"]["y"] < at_code["50"]["y"] < at_code["10"]["y"] < at_code["96"]["y"]  # north to south
    assert at_code["58"]["x"] < at_code["10"]["x"] < at_code["34"]["x"]  # west to east
    assert at_code["38"]["x"] > at_code["43"]["x"]  # Bueng Kan is east of Nong Khai


@pytest.mark.parametrize(
    ("counts", "least"),
    [
        ([], []),
        ([0, 0], []),
        ([3, 3, 3], [3]),
        ([1, 2], [1, 2]),
        ([0, 1, 2, 3, 4, 5], [1, 2, 3, 4, 5]),
        ([1] * 70 + [500], [1]),
        (list(range(1, 101)), [1, 21, 41, 61, 81]),
    ],
)
def test_steps_are_fifths_and_never_cut_through_equal_counts(counts: list[int], least: list[int]) -> None:
    assert limits(counts) == least


def test_the_most_is_always_the_darkest_and_nothing_has_no_step() -> None:
    assert [step_of(count, [1, 2]) for count in (0, 1, 2, 9)] == [0, 4, 5, 5]
    assert [step_of(count, [1, 2, 3, 4, 5]) for count in (0, 1, 3, 5)] == [0, 1, 3, 5]


def test_a_step_is_told_by_pattern_and_number_too() -> None:
    with override("th"):
        svg = province_map("แผนที่", {"30": Place(7, "นครราชสีมา: ๗"), "50": Place(1, "เชียงใหม่: ๑")})
    assert svg.count('id="map-p') == 5
    for step in ("2", "3", "4"):
        pattern = re.search(rf'<pattern id="map-p{step}".*?</pattern>', svg)
        assert pattern
        assert "<path" in pattern[0] or "<circle" in pattern[0], step
    assert 'class="map-n5"' in svg
    assert ">๗</text>" in svg
    assert "<title>นครราชสีมา: ๗</title>" in svg
    assert "style=" not in svg


def test_on_paper_the_map_is_a_picture_and_leads_nowhere() -> None:
    svg = province_map("แผนที่", {"30": Place(7, "นครราชสีมา: ๗")})
    assert 'role="img"' in svg
    assert "<a " not in svg
    linked = province_map("แผนที่", {"30": Place(7, "นครราชสีมา: ๗", "/x/?a=1&b=2")})
    assert 'role="group"' in linked
    assert 'href="/x/?a=1&amp;b=2"' in linked


# ── Bueng Kan ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_before_2554_bueng_kan_shows_what_nong_khai_received() -> None:
    counts = {"43": Counts(received=9)}
    with override("th"):
        svg = drawn_map(counts, fiscal_year(2553), url_of=lambda code: f"/to/{code}")
        later = drawn_map(counts, fiscal_year(2555), url_of=lambda code: f"/to/{code}")
    assert "บึงกาฬ (ขณะนั้นเป็นส่วนหนึ่งของหนองคาย): ๙" in svg
    assert svg.count("/to/43") == 2
    assert svg.count(">๙</text>") == 2  # on Nong Khai, and in the legend
    assert "บึงกาฬ: ๐" in later
    assert later.count("/to/43") == 1


@pytest.mark.django_db
def test_what_was_put_down_to_bueng_kan_itself_stays_there() -> None:
    counts = {"43": Counts(received=9), "38": Counts(received=2)}
    with override("th"):
        assert "บึงกาฬ: ๒" in drawn_map(counts, fiscal_year(2553))


# ── Counting ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_provinces_carry_their_education_areas() -> None:
    first, second = EducationArea.objects.filter(province="50").order_by("number")[:2]
    receive(2, "50", education_area=first)
    receive(1, "50", education_area=second)
    receive(1, "50")
    receive(1, "10")
    make_petition(received_at=at(2009, 11, 3))
    found = places(NOVEMBER, NOW)
    chiang_mai, bangkok = found.provinces
    assert (chiang_mai.code, chiang_mai.counts.received, bangkok.counts.received) == ("50", 4, 1)
    assert [(one.label, one.counts.received) for one in chiang_mai.areas] == [("เขต ๑", 2), ("เขต ๒", 1)]
    assert (found.areas_with_some, found.areas, found.without_area) == (2, 185, 3)
    assert (found.not_given.received, found.total.received) == (1, 6)
    assert found.most == chiang_mai


@pytest.mark.django_db
def test_of_equals_none_is_called_the_one_with_most() -> None:
    receive(1, "10")
    receive(1, "50")
    assert places(NOVEMBER, NOW).most is None


# ── The page ────────────────────────────────────────────────────────────────────────────────

LINK = re.compile(r'<a href="/petitions/\?([^"]+)"(?: aria-label="[^"]+: ([๐-๙,]+)")?[^>]*>([๐-๙,]+)?')


@pytest.mark.parametrize("measure", ["received", "late", "unclosed"])
@pytest.mark.parametrize("period", ["month=2552-11", "fiscal_year=2553"])
def test_every_number_of_map_and_table_is_that_of_its_rows(
    measure: str,
    period: str,
    client_for: ClientFor,
    officer: User,
    head: User,
    executive: User,
    clock: None,
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    desk = Desk(officer, head, executive)
    area = EducationArea.objects.filter(province="50").order_by("number")[0]
    desk.put(
        desk.receive(at(2009, 11, 3), province=area.province, education_area=area), at(2009, 11, 9), why="ลา"
    )
    receive(3, "10")
    desk.closed(at(2009, 10, 5), province=Province.objects.get(pk="34"))
    client, page = client_for(head), f"{reverse('reports:places')}?{period}&count={measure}"
    client.get(page)
    with django_assert_max_num_queries(12):
        answer = client.get(page)
    found = [
        (unescape(query), number or other) for query, number, other in LINK.findall(answer.content.decode())
    ]
    numbers = [(query, number) for query, number in found if number]
    assert len(numbers) > 5
    for query, number in numbers:
        listed = client.get(f"{reverse('complaints:petitions')}?{query}").context
        assert len(listed["page"].rows) == int(number.translate(str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789"))), (
            query
        )


@pytest.mark.parametrize("query", ["count=happy", "month=2552-13", "fiscal_year=2599", "fiscal_year=abc"])
def test_what_is_no_map_is_not_found(query: str, client_for: ClientFor, officer: User, clock: None) -> None:
    assert client_for(officer).get(f"{reverse('reports:places')}?{query}").status_code == 404


def test_the_map_is_for_the_readers_of_reports(
    client_for: ClientFor, executive: User, stranger: User, administrator: User, clock: None
) -> None:
    page = reverse("reports:places")
    assert client_for(executive).get(page).status_code == 200
    for person in (stranger, administrator):
        assert client_for(person).get(page).status_code == 403


def test_the_page_names_the_maker_of_the_map_and_stands_without_petitions(
    client_for: ClientFor, officer: User, clock: None
) -> None:
    client, page = client_for(officer), reverse("reports:places")
    assert "ช่วงนี้ไม่มีเรื่องที่ระบุจังหวัด" in client.get(page).content.decode()
    receive(1, "43")
    text = client.get(page).content.decode()
    assert "CC BY 4.0" in text
    assert "บึงกาฬเป็นจังหวัดเมื่อ พ.ศ. ๒๕๕๔" in text
    assert Petition.objects.count() == 1
