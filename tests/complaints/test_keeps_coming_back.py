"""What keeps coming back: the same agency with the same kind or category, counted from the tallies alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from complaints import tallies
from complaints.models import Petition
from complaints.recurring import LEAST, recurring
from complaints.tallies import Counts, Dimension
from office.calendar import month, months_back
from office.models import Agency, User
from tests.cast import make_agency, make_category, make_petition
from tests.complaints.opinions import Desk, at, make_subcategory

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]
NOVEMBER = month(2009, 11)
NOW = at(2009, 12, 2)
HELP, COMPLAINT = Petition.PetitionKind.HELP, Petition.PetitionKind.COMPLAINT


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def receive(times: int, agency: Agency | None, *, year: int = 2009, in_month: int = 11, **facts: Any) -> None:
    for _time in range(times):
        make_petition(received_at=at(year, in_month, 3), petitioner=False, agency=agency, **facts)


def test_pairs_have_lines_of_their_own_where_both_are_given() -> None:
    agency, fees = make_agency(), make_category()
    receive(2, agency, petition_kind=HELP, category=fees)
    receive(1, agency, petition_kind=COMPLAINT)
    receive(1, None, petition_kind=HELP, category=fees)
    figures = tallies.read([NOVEMBER], [Dimension.AGENCY_KIND, Dimension.AGENCY_CATEGORY], NOW)
    kinds = tallies.by_key(figures, Dimension.AGENCY_KIND)
    assert {key: counts.received for key, counts in kinds.items()} == {
        f"{agency.pk}:help": 2,
        f"{agency.pk}:complaint": 1,
    }
    categories = tallies.by_key(figures, Dimension.AGENCY_CATEGORY)
    assert {key: counts.received for key, counts in categories.items()} == {f"{agency.pk}:{fees.pk}": 2}


def test_the_database_adds_up_what_the_months_say() -> None:
    agency = make_agency()
    receive(2, agency, in_month=10)
    receive(3, agency, in_month=11)
    months = months_back(NOVEMBER, 12)
    one = tallies.total(tallies.read(months, [Dimension.AGENCY], NOW), Dimension.AGENCY, {str(agency.pk)})
    assert tallies.added_up(months, Dimension.AGENCY, NOW) == {str(agency.pk): one}
    assert one == Counts(received=5, late=5, unclosed=5)


def test_the_most_frequent_come_first_and_single_cases_not_at_all() -> None:
    basic, vocational = make_agency(), make_agency("อาชีวศึกษา", short_name="สอศ.")
    receive(LEAST, basic, petition_kind=HELP, in_month=2)
    receive(LEAST + 1, vocational, petition_kind=COMPLAINT)
    receive(LEAST - 1, basic, petition_kind=COMPLAINT)
    receive(9, None, petition_kind=HELP)
    found = recurring(Dimension.KIND, NOVEMBER, NOW)
    assert [(one.agency, one.counts.received) for one in found.pairs] == [
        ("อาชีวศึกษา", LEAST + 1),
        (basic.name, LEAST),
    ]
    assert found.not_shown == 0


def test_only_the_last_twelve_months_count_and_are_compared_with_the_twelve_before() -> None:
    agency = make_agency()
    receive(1, None, year=2008, in_month=12)
    receive(2, agency, year=2009, in_month=11)
    receive(14, agency, year=2009, in_month=12)
    (pair,) = recurring(Dimension.KIND, month(2010, 11), at(2010, 12, 2)).pairs
    assert pair.counts.received == 14
    assert pair.change == "เพิ่มจาก ๒ เป็น ๑๔"


def test_without_the_twelve_months_before_nothing_is_compared() -> None:
    receive(4, make_agency())
    found = recurring(Dimension.KIND, NOVEMBER, NOW)
    assert not found.is_compared
    assert found.pairs[0].change == ""


def test_no_petition_is_read_while_the_tallies_hold() -> None:
    receive(4, make_agency(), category=make_category())
    recurring(Dimension.CATEGORY, NOVEMBER, NOW)
    with CaptureQueriesContext(connection) as asked:
        assert recurring(Dimension.CATEGORY, NOVEMBER, NOW).pairs
    assert len(asked) <= 8
    assert not [query["sql"] for query in asked if "complaints_petition" in query["sql"]]


@pytest.mark.parametrize("by", [Dimension.KIND, Dimension.CATEGORY])
def test_each_number_is_that_of_the_rows_behind_it(
    by: str,
    client_for: ClientFor,
    officer: User,
    head: User,
    executive: User,
    clock: None,
    django_assert_max_num_queries: Callable[[int], Any],
) -> None:
    desk, agency = Desk(officer, head, executive), make_agency()
    fees = make_subcategory("การเงิน", "ค่าบำรุง")
    for day in (3, 4, 5):
        desk.put(desk.receive(at(2009, 11, day), agency=agency), at(2009, 11, 25), category=fees, why="ลา")
    receive(2, agency, category=fees, in_month=10)
    client, page = client_for(head), f"{reverse('reports:recurring')}?by={by}"
    client.get(page)
    with django_assert_max_num_queries(14):
        (pair,) = client.get(page).context["found"].pairs
    register = reverse("complaints:petitions")
    for query, number in ((pair.query, 5), (pair.late_query, 5), (pair.unclosed_query, 5)):
        assert len(client.get(f"{register}?{query}").context["page"].rows) == number


def test_a_main_category_is_counted_apart_from_its_subcategories_so_it_has_no_link() -> None:
    agency, sub = make_agency(), make_subcategory("การเงิน", "ค่าบำรุง")
    receive(3, agency, category=sub.parent)
    receive(3, agency, category=sub)
    pairs = {one.what: one for one in recurring(Dimension.CATEGORY, NOVEMBER, NOW).pairs}
    assert pairs["การเงิน"].query == ""
    assert pairs["ค่าบำรุง"].query


def test_the_page_is_for_the_readers_of_reports_and_says_when_nothing_comes_back(
    client_for: ClientFor, officer: User, executive: User, stranger: User, clock: None
) -> None:
    page = reverse("reports:recurring")
    for person in (officer, executive):
        assert "ไม่มีเรื่องที่เกิดซ้ำ" in client_for(person).get(page).content.decode()
    assert client_for(stranger).get(page).status_code == 403


@pytest.mark.parametrize("query", ["by=province", "month=2552-13", "month=2599-01"])
def test_what_is_no_table_is_not_found(query: str, client_for: ClientFor, officer: User, clock: None) -> None:
    assert client_for(officer).get(f"{reverse('reports:recurring')}?{query}").status_code == 404
