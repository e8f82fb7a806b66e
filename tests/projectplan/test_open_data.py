"""Open data: published once a month is over, without small numbers, from stable addresses, switched off by a head."""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Callable
from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from complaints.models import Petition
from office.calendar import month
from office.models import NumberSeries, OpenDataset, OpenMonth, User
from projectplan.freezing import freeze_due
from projectplan.loading import PLAN_2553, load_file
from projectplan.models import FrozenValue
from projectplan.opendata import counting
from projectplan.opendata.datasets import DATASETS
from projectplan.opendata.hiding import THRESHOLD, hidden_places
from projectplan.opendata.publishing import publish_due
from tests.cast import make_agency
from tests.complaints.opinions import Desk, at

pytestmark = pytest.mark.django_db
OCTOBER = month(2009, 10)
FIRST_OF_NOVEMBER = at(2009, 11, 2, 8, 30)
ClientFor = Callable[[User], Client]
SPRING = at(2010, 3, 1)


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    cache.clear()


@pytest.fixture
def desk(officer: User, head: User, executive: User) -> Desk:
    return Desk(officer, head, executive)


def make_letters(desk: Desk, number: int, **facts: object) -> None:
    for _one in range(number):
        desk.receive(at(2009, 10, 5), **facts)


def rows_of(code: str, first: date = OCTOBER.first) -> dict[str, dict[str, object]]:
    kept = OpenMonth.objects.get(dataset=code, month=first)
    return {row.get("code", ""): row for row in kept.rows}


def load(code: str, form: str = "csv", year: int = 2553) -> bytes:
    answer = Client().get(reverse("open_data:file", args=[code, year, form]))
    assert answer.status_code == 200
    return answer.content


# ── What is left out ────────────────────────────────────────────────────────────────────────


def test_a_single_small_number_takes_another_with_it() -> None:
    assert hidden_places([3, 40, 7]) == {0, 2}


def test_zeros_are_left_out_with_small_numbers_but_stand_where_all_small_ones_are_zero() -> None:
    assert hidden_places([0, 2, 3, 40]) == {0, 1, 2}
    assert hidden_places([0, 0, 40]) == set()


def test_what_is_left_out_can_never_be_told_from_the_sum() -> None:
    dice = random.Random(2553)
    for _round in range(500):
        numbers = [dice.choice([0, 0, 1, 2, 4, 5, 6, 30]) for _place in range(dice.randrange(1, 9))]
        hidden = hidden_places(numbers)
        shown = [number for place, number in enumerate(numbers) if place not in hidden]
        assert all(number == 0 or number >= THRESHOLD for number in shown), numbers
        if hidden and len(hidden) < len(numbers):
            assert len(hidden) > 1, numbers
            assert sum(numbers) - sum(shown) >= THRESHOLD, numbers


# ── Publishing ──────────────────────────────────────────────────────────────────────────────


def test_a_month_is_published_when_the_office_opens_after_it_and_once(desk: Desk) -> None:
    make_letters(desk, 6)
    assert publish_due(at(2009, 11, 2, 8, 29)) == 0
    assert publish_due(FIRST_OF_NOVEMBER) > 0
    assert publish_due(FIRST_OF_NOVEMBER) == 0
    assert set(OpenMonth.objects.values_list("month", flat=True)) == {OCTOBER.first}


def test_a_month_is_counted_again_when_it_is_long_over_and_then_never(desk: Desk) -> None:
    make_letters(desk, 6)
    publish_due(FIRST_OF_NOVEMBER)
    make_letters(desk, 2)
    publish_due(at(2009, 12, 1, 9))
    assert rows_of("petitions-in-time")[""]["number"] == 6
    publish_due(SPRING)
    kept = OpenMonth.objects.get(dataset="petitions-in-time", month=OCTOBER.first)
    assert (kept.is_final, kept.rows[0]["number"]) == (True, 8)
    make_letters(desk, 2)
    publish_due(at(2010, 6, 1))
    kept.refresh_from_db()
    assert kept.rows[0]["number"] == 8


def test_petitions_are_told_apart_without_small_numbers(desk: Desk) -> None:
    make_letters(desk, 9, channel=Petition.Channel.LETTER)
    make_letters(desk, 7, channel=Petition.Channel.WEB)
    make_letters(desk, 1, channel=Petition.Channel.TELEPHONE)
    publish_due(FIRST_OF_NOVEMBER)
    rows = rows_of("petitions-by-channel")
    assert rows["letter"]["number"] == 9
    hidden = {code for code, row in rows.items() if row["hidden"]}
    assert hidden == {"web", "telephone", "visit", "politician", "agency"}
    assert all(row["number"] is None for row in rows.values() if row["hidden"])


def test_a_month_with_a_few_petitions_tells_nothing_of_them(desk: Desk) -> None:
    make_letters(desk, 3)
    publish_due(FIRST_OF_NOVEMBER)
    for code in ("petitions-by-channel", "petitions-by-kind", "petitions-by-province", "petitions-in-time"):
        assert all(row["number"] is None for row in rows_of(code).values() if row["hidden"])
        assert any(row["hidden"] for row in rows_of(code).values())
    assert rows_of("petitions-in-time")[""]["late"] is None


def test_the_figures_are_those_of_the_report(desk: Desk) -> None:
    for _one in range(6):
        desk.put(desk.receive(at(2009, 10, 5)), at(2009, 10, 6))
    desk.put(desk.receive(at(2009, 10, 5)), at(2009, 10, 20), why="ลาป่วย")
    publish_due(FIRST_OF_NOVEMBER)
    row = rows_of("petitions-in-time")[""]
    assert (row["number"], row["in_time"], row["late"], row["pending"]) == (7, 6, 1, 0)


def test_indicators_are_published_as_frozen_and_again_when_they_are_corrected(executive: User) -> None:
    load_file(PLAN_2553)
    NumberSeries.hold("รท", 2553)
    freeze_due(FIRST_OF_NOVEMBER)
    publish_due(FIRST_OF_NOVEMBER)
    assert len(rows_of("indicators")) == 9
    first = FrozenValue.objects.filter(kpi__isnull=False)[0]
    FrozenValue.objects.create(
        kpi=first.kpi,
        month=first.month,
        edition=2,
        value=42,
        definition="ก",
        reason="นับผิด",
        frozen_at=at(2009, 11, 5),
    )
    assert publish_due(at(2009, 11, 6)) == 1
    assert rows_of("indicators")[first.kpi.code]["value"] == 42  # type: ignore[union-attr]


def test_a_round_stops_at_its_most_and_goes_on_in_the_next(desk: Desk) -> None:
    make_letters(desk, 6)
    assert publish_due(SPRING, most=10) == 10
    assert publish_due(SPRING) > 0
    assert publish_due(SPRING) == 0


def test_every_dataset_can_be_counted_and_has_a_row_of_its_own_fields(desk: Desk) -> None:
    make_letters(desk, 6)
    load_file(PLAN_2553)
    freeze_due(FIRST_OF_NOVEMBER)
    for dataset in DATASETS:
        given = {"month", "fiscal_year_be", "status", "counted_on"}
        for row in dataset.rows(OCTOBER, FIRST_OF_NOVEMBER):
            assert set(row) | given == {field.name for field in dataset.fields}, dataset.code


# ── Files ───────────────────────────────────────────────────────────────────────────────────


def test_a_csv_file_has_its_mark_iso_dates_and_nothing_that_runs(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_letters(desk, 6)
    names = [("letter", "=HYPERLINK(1)", "+1")]
    monkeypatch.setattr(counting, "in_both", lambda words: names)
    publish_due(FIRST_OF_NOVEMBER)
    content = load("petitions-by-channel")
    assert content.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in content
    row = next(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert (row["month"], row["fiscal_year_be"], row["counted_on"]) == ("2009-10-01", "2553", "2009-11-02")
    assert (row["name_th"], row["name_en"], row["hidden"]) == ("'=HYPERLINK(1)", "'+1", "false")
    assert row["status"] == "provisional"


def test_both_files_say_the_same(desk: Desk) -> None:
    make_letters(desk, 9)
    publish_due(FIRST_OF_NOVEMBER)
    told = json.loads(load("petitions-by-channel", "json"))
    rows = list(csv.DictReader(io.StringIO(load("petitions-by-channel").decode("utf-8-sig"))))
    assert [str(row["number"] if row["number"] is not None else "") for row in told["rows"]] == [
        row["number"] for row in rows
    ]
    assert told["licence"].startswith("https://creativecommons.org/")
    assert told["title"] == {"th": "เรื่องร้องทุกข์จำแนกตามช่องทาง", "en": "Petitions by channel"}
    assert {field["name"] for field in told["fields"]} == set(told["rows"][0])


def test_no_personal_data_and_no_title_stand_in_a_file(desk: Desk) -> None:
    make_letters(desk, 9, title="เรื่องของนางสมศรี", agency=make_agency())
    publish_due(FIRST_OF_NOVEMBER)
    for dataset in DATASETS:
        if OpenMonth.objects.filter(dataset=dataset.code).exists():
            assert "สมศรี" not in load(dataset.code).decode()


def test_a_program_that_has_the_file_is_told_so_without_a_cookie(desk: Desk) -> None:
    make_letters(desk, 9)
    publish_due(FIRST_OF_NOVEMBER)
    address = reverse("open_data:file", args=["meetings", 2553, "csv"])
    first = Client().get(address)
    assert not first.cookies
    assert "public" in first["Cache-Control"]
    assert Client(headers={"if-none-match": first["ETag"]}).get(address).status_code == 304


@pytest.mark.parametrize("path", ["nothing/", "meetings/2553.csv", "nothing/2553.csv", "meetings/2553.xml"])
def test_what_is_not_published_is_not_found(path: str) -> None:
    assert Client().get(f"/open-data/{path}").status_code == 404


def test_a_page_costs_the_same_however_much_is_published(desk: Desk) -> None:
    make_letters(desk, 9)
    publish_due(SPRING)
    for path in ("", "meetings/", "meetings/2553.csv", "catalog.json"):
        with CaptureQueriesContext(connection) as asked:
            assert Client().get(f"/open-data/{path}").status_code == 200
        assert len(asked) <= 6, (path, len(asked))


def test_the_catalogue_lists_every_file_by_its_whole_address(desk: Desk) -> None:
    make_letters(desk, 9)
    publish_due(FIRST_OF_NOVEMBER)
    told = json.loads(Client().get(reverse("open_data:catalogue")).content)
    entry = next(one for one in told["dcat:dataset"] if one["dct:identifier"] == "meetings")
    assert entry["dct:accrualPeriodicity"] == "R/P1M"
    assert entry["dct:temporal"] == {"dcat:startDate": "2009-10-01", "dcat:endDate": "2010-09-30"}
    file = entry["dcat:distribution"][0]["dcat:downloadURL"]
    assert file.startswith("http")
    assert file.endswith("/open-data/meetings/2553.csv")


# ── Pages, and the switch ───────────────────────────────────────────────────────────────────


def test_the_pages_are_read_without_an_account_in_either_language(desk: Desk) -> None:
    make_letters(desk, 9)
    publish_due(FIRST_OF_NOVEMBER)
    thai = Client().get(reverse("open_data:datasets")).content.decode()
    assert "ข้อมูลเปิด" in thai
    assert "<script src" not in thai
    english = Client()
    english.cookies["django_language"] = "en"
    assert "Open data" in english.get(reverse("open_data:datasets")).content.decode()
    page = Client().get(reverse("open_data:dataset", args=["petitions-by-channel"])).content.decode()
    assert "/open-data/petitions-by-channel/2553.csv" in page
    assert "fiscal_year_be" in page


def test_a_head_closes_a_dataset_at_once_and_opens_it_again(
    desk: Desk, head: User, client_for: ClientFor
) -> None:
    make_letters(desk, 9)
    publish_due(FIRST_OF_NOVEMBER)
    address = reverse("open_data:file", args=["meetings", 2553, "csv"])
    assert Client().get(address).status_code == 200
    client = client_for(head)
    switch = reverse("projectplan:open_data_switch", args=["meetings"])
    assert client.post(switch, {"open": "0"}).status_code == 302
    assert Client().get(address).status_code == 410
    assert Client().get(reverse("open_data:dataset", args=["meetings"])).status_code == 410
    assert "meetings" not in Client().get(reverse("open_data:catalogue")).content.decode()
    client.post(switch, {"open": "1"})
    assert Client().get(address).status_code == 200


def test_an_officer_looks_at_the_switches_and_turns_none(officer: User, client_for: ClientFor) -> None:
    client = client_for(officer)
    page = client.get(reverse("projectplan:open_data"))
    assert page.status_code == 200
    assert "/plan/open-data/meetings/" not in page.content.decode()
    assert (
        client.post(reverse("projectplan:open_data_switch", args=["meetings"]), {"open": "0"}).status_code
        == 403
    )
    assert not OpenDataset.objects.exists()


def test_a_stranger_is_asked_to_sign_in_before_the_switches() -> None:
    assert Client().get(reverse("projectplan:open_data")).status_code == 302


def test_an_unknown_dataset_is_not_switched(head: User, client_for: ClientFor) -> None:
    assert client_for(head).post(reverse("projectplan:open_data_switch", args=["nothing"])).status_code == 404
