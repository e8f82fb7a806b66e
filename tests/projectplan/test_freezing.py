"""Frozen months: when, what of, once only, never changed; a correction is a new edition with a reason."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from office.calendar import OFFICE_TZ, Period, fiscal_year, month, months_of
from office.models import User
from office.models.calendar import current_calendar
from office.ratio import Ratio
from projectplan.freezing import ChangedMeanwhile, freeze_anew, freeze_due, freeze_month, freezes_at
from projectplan.loading import PLAN_2553, load_file
from projectplan.models import FrozenValue, Kpi, KpiEntry, Plan
from tests.cast import make_head, make_officer
from tests.complaints.opinions import Desk, at

pytestmark = pytest.mark.django_db

OCTOBER = month(2009, 10)
FIRST_OF_NOVEMBER = at(2009, 11, 2, 8, 30)  # the 1st is a Sunday


@pytest.fixture
def plan(db: None) -> Plan:
    load_file(PLAN_2553)
    return Plan.objects.get(fiscal_year=2553)


@pytest.fixture
def desk(plan: Plan, executive: User) -> Desk:
    return Desk(make_officer(), make_head(), executive)


def kpi(plan: Plan, code: str) -> Kpi:
    return plan.kpis.get(code=code)


def frozen(plan: Plan, code: str, first: date = OCTOBER.first) -> list[FrozenValue]:
    return list(FrozenValue.objects.of(kpi(plan, code)).filter(month=first).order_by("edition"))


# ── When ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        (month(2009, 10), datetime(2009, 11, 2, 8, 30, tzinfo=OFFICE_TZ)),  # the 1st is a Sunday
        (month(2009, 11), datetime(2009, 12, 1, 8, 30, tzinfo=OFFICE_TZ)),
        (month(2009, 12), datetime(2010, 1, 4, 8, 30, tzinfo=OFFICE_TZ)),  # New Year, then a weekend
        (month(2010, 9), datetime(2010, 10, 1, 8, 30, tzinfo=OFFICE_TZ)),  # the year's last month
    ],
)
def test_a_month_is_frozen_when_the_office_opens_after_it(period: Period, expected: datetime) -> None:
    assert freezes_at(period, current_calendar()) == expected


def test_nothing_is_frozen_before_the_first_working_day(plan: Plan) -> None:
    assert freeze_due(at(2009, 11, 2, 8, 29)) == 0
    assert not FrozenValue.objects.exists()


def test_every_indicator_and_every_work_is_frozen(plan: Plan) -> None:
    assert freeze_due(FIRST_OF_NOVEMBER) == 9 + 12
    assert FrozenValue.objects.filter(kpi=None).count() == 12
    assert set(FrozenValue.objects.values_list("month", "edition", "frozen_by", "reason")) == {
        (OCTOBER.first, 1, None, "")
    }


def test_asked_twice_it_is_frozen_once(plan: Plan) -> None:
    freeze_due(FIRST_OF_NOVEMBER)
    assert freeze_due(FIRST_OF_NOVEMBER) == 0
    assert FrozenValue.objects.count() == 21


def test_two_processes_that_count_at_once_freeze_once(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each sees that nothing is there before either has written."""
    from collections import defaultdict

    monkeypatch.setattr("projectplan.freezing._held", lambda plan: defaultdict(set))
    freeze_month(plan, OCTOBER, FIRST_OF_NOVEMBER)
    freeze_month(plan, OCTOBER, FIRST_OF_NOVEMBER)
    assert FrozenValue.objects.count() == 21


def test_what_days_off_and_days_down_let_pass_is_caught_up(plan: Plan) -> None:
    freeze_due(at(2010, 3, 10))
    months = months_of(fiscal_year(2553))[:5]
    assert sorted(set(FrozenValue.objects.values_list("month", flat=True))) == [one.first for one in months]
    assert freeze_due(at(2010, 10, 1, 9)) == 7 * 21


# ── What ────────────────────────────────────────────────────────────────────────────────────


def test_a_frozen_month_holds_the_counts_the_score_and_what_they_meant(plan: Plan, desk: Desk) -> None:
    for day in (1, 2, 5):
        desk.put(desk.receive(at(2009, 10, day)), at(2009, 10, day, 11))
    desk.put(desk.receive(at(2009, 10, 6)), at(2009, 10, 12), why="ลาป่วย")
    freeze_due(FIRST_OF_NOVEMBER)
    (kept,) = frozen(plan, "1.3")
    assert (kept.ratio, kept.value, kept.score) == (Ratio(3, 1), Decimal(75), Decimal("2.50"))
    assert kept.levels == ["60.00", "70.00", "80.00", "90.00", "100.00"]
    assert "เป้าหมาย ๑๐๐" in kept.definition
    (whole,) = frozen(plan, "1")
    assert (whole.value, whole.score, whole.ratio) == (Decimal("2.50"), Decimal("2.50"), None)


def test_while_nothing_is_decided_no_score_is_frozen(plan: Plan, desk: Desk) -> None:
    freeze_due(FIRST_OF_NOVEMBER)
    (kept,) = frozen(plan, "1.3")
    assert (kept.ratio, kept.value, kept.score) == (Ratio(), None, None)


def test_an_entered_value_is_frozen_with_its_month(plan: Plan) -> None:
    KpiEntry.objects.create(
        kpi=kpi(plan, "2.1"),
        month=OCTOBER.first,
        value=Decimal("3.5"),
        text="รายงานการประชุม",
        entered_by=make_head(),
        entered_at=at(2009, 10, 30),
    )
    freeze_due(FIRST_OF_NOVEMBER)
    (kept,) = frozen(plan, "2.1")
    assert (kept.value, kept.score) == (Decimal("3.5"), Decimal("3.50"))


def test_levels_changed_later_leave_the_frozen_month_as_it_was(plan: Plan, desk: Desk) -> None:
    desk.put(desk.receive(at(2009, 10, 1)), at(2009, 10, 1, 11))
    freeze_due(FIRST_OF_NOVEMBER)
    Kpi.objects.filter(code="1.3").update(name="ชื่อใหม่", level_5=Decimal(200), target=Decimal(200))
    freeze_due(at(2009, 11, 3))
    (kept,) = frozen(plan, "1.3")
    assert kept.score == Decimal("5.00")
    assert "ชื่อใหม่" not in kept.definition


# ── Never changed; corrected by a new edition ───────────────────────────────────────────────


def test_the_database_refuses_to_change_a_frozen_value(plan: Plan) -> None:
    freeze_due(FIRST_OF_NOVEMBER)
    with pytest.raises(DatabaseError), transaction.atomic():
        FrozenValue.objects.update(value=Decimal(100))


def test_a_closed_month_corrected_is_a_new_edition_beside_the_old_one(plan: Plan, desk: Desk) -> None:
    late = desk.receive(at(2009, 10, 30))  # a Friday: due on Monday
    freeze_due(FIRST_OF_NOVEMBER)
    desk.put(late, at(2009, 11, 2, 16, 30))
    anew = freeze_anew(
        kpi(plan, "1.3"), OCTOBER, seen=1, reason="ครบกำหนดหลังสิ้นเดือน", by=desk.head, now=at(2009, 11, 5)
    )
    first, second = frozen(plan, "1.3")
    assert second == anew
    assert (first.ratio, second.ratio) == (Ratio(pending=1), Ratio(in_time=1))
    assert (second.reason, second.frozen_by, second.edition) == ("ครบกำหนดหลังสิ้นเดือน", desk.head, 2)


def test_with_a_part_the_indicator_above_it_is_corrected(plan: Plan, desk: Desk) -> None:
    late = desk.receive(at(2009, 10, 30))
    freeze_due(FIRST_OF_NOVEMBER)
    desk.put(late, at(2009, 11, 2, 16, 30))
    freeze_anew(kpi(plan, "1.3"), OCTOBER, seen=1, reason="แก้ไข", by=desk.head, now=at(2009, 11, 5))
    assert [one.score for one in frozen(plan, "1")] == [None, Decimal("5.00")]
    assert len(frozen(plan, "1.2")) == 1


def test_who_did_not_see_the_newest_edition_makes_none(plan: Plan, desk: Desk) -> None:
    freeze_due(FIRST_OF_NOVEMBER)
    freeze_anew(kpi(plan, "1.3"), OCTOBER, seen=1, reason="แก้ไข", by=desk.head, now=at(2009, 11, 5))
    with pytest.raises(ChangedMeanwhile):
        freeze_anew(kpi(plan, "1.3"), OCTOBER, seen=1, reason="แก้ไขอีก", by=desk.head, now=at(2009, 11, 5))
    assert len(frozen(plan, "1.3")) == 2


def test_a_later_edition_without_a_reason_is_refused_by_the_database(plan: Plan) -> None:
    freeze_due(FIRST_OF_NOVEMBER)
    with pytest.raises(DatabaseError), transaction.atomic():
        FrozenValue.objects.create(
            kpi=kpi(plan, "1"), month=OCTOBER.first, edition=2, definition="-", frozen_at=FIRST_OF_NOVEMBER
        )


# ── How often rows are read ─────────────────────────────────────────────────────────────────

COUNTED_TABLES = (
    "complaints_petition",
    "complaints_relatedmatter",
    "parliament_meeting",
    "parliament_interpellation",
    "parliament_motion",
    "parliament_consideration",
    "parliament_consultation",
    "publicrelations_engagement",
    "publicrelations_journal",
    "publicrelations_pressconference",
    "publicrelations_foreigndocument",
)


def readings(captured: CaptureQueriesContext) -> dict[str, int]:
    """How many queries walk each of the tables whose rows are counted."""
    found = dict.fromkeys(COUNTED_TABLES, 0)
    for query in captured.captured_queries:
        for table in COUNTED_TABLES:
            found[table] += f'FROM "{table}"' in query["sql"]
    return found


def test_a_month_whose_tallies_do_not_hold_reads_each_row_once(plan: Plan, desk: Desk) -> None:
    desk.receive(at(2009, 10, 1))
    with CaptureQueriesContext(connection) as captured:
        freeze_month(plan, OCTOBER, FIRST_OF_NOVEMBER)
    assert readings(captured) == dict.fromkeys(COUNTED_TABLES, 1)


def test_a_month_whose_tallies_hold_reads_no_row_and_asks_little(plan: Plan, desk: Desk) -> None:
    desk.receive(at(2009, 10, 1))
    from projectplan.measures import MEASURES, ratios_by_month

    ratios_by_month(MEASURES, [OCTOBER], FIRST_OF_NOVEMBER)
    with CaptureQueriesContext(connection) as captured:
        freeze_month(plan, OCTOBER, FIRST_OF_NOVEMBER)
    assert readings(captured) == dict.fromkeys(COUNTED_TABLES, 0)
    assert len(captured) <= 16
