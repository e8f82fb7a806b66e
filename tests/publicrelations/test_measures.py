"""What the plan's measures count of public relations: literal figures, counted by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from office.calendar import Period, fiscal_year, month
from office.models import Deadline, User
from office.ratio import Ratio
from office.tallies import by_key
from projectplan.measures import MEASURES
from publicrelations import measures
from publicrelations.models import Journal, RelationsTally
from publicrelations.tallies import KEEPER, Aside, Dimension, Kind
from tests.publicrelations.cast import make_news_head, make_news_officer
from tests.publicrelations.engagements_cast import OPENING, make_engagement, publish_about, take
from tests.publicrelations.press_cast import choose, invite_by_telephone, make_outlet, make_press_conference
from tests.publicrelations.reporting import at, conference, document, engagement, issue

pytestmark = pytest.mark.django_db

OCTOBER, NOVEMBER, DECEMBER = month(2009, 10), month(2009, 11), month(2009, 12)
LATER = at(2010, 1, 31)


@pytest.fixture
def officer(db: None) -> User:
    return make_news_officer()


# ── The agenda ──────────────────────────────────────────────────────────────────────────────


def test_news_at_the_very_moment_is_in_time_and_a_minute_later_is_late() -> None:
    engagement(at(2009, 11, 5, 9), at(2009, 11, 5, 13))
    engagement(at(2009, 11, 6, 9), at(2009, 11, 6, 13, 1))
    assert measures.agenda_covered(NOVEMBER, LATER) == Ratio(in_time=1, late=1)


def test_what_is_not_due_yet_is_shown_apart_and_late_a_minute_afterwards() -> None:
    engagement(at(2009, 11, 5, 9))
    assert measures.agenda_covered(NOVEMBER, at(2009, 11, 5, 13)) == Ratio(pending=1)
    assert measures.agenda_covered(NOVEMBER, at(2009, 11, 5, 13, 1)) == Ratio(late=1)


def test_an_engagement_counts_in_the_month_it_begins_in() -> None:
    engagement(at(2009, 10, 31, 23, 30), at(2009, 11, 1, 1))
    engagement(at(2009, 11, 30, 23, 59), at(2009, 12, 2))
    engagement(at(2009, 12, 1, 0, 0), at(2009, 12, 1, 1))
    assert measures.agenda_covered(OCTOBER, LATER) == Ratio(in_time=1)
    assert measures.agenda_covered(NOVEMBER, LATER) == Ratio(late=1)
    assert measures.agenda_covered(DECEMBER, LATER) == Ratio(in_time=1)
    assert measures.agenda_covered(fiscal_year(2553), LATER) == Ratio(in_time=2, late=1)


def test_what_calls_for_no_news_or_does_not_take_place_is_out_of_the_count(officer: User) -> None:
    head = make_news_head()
    excused, off, moved, late = (make_engagement(owner=officer) for _number in range(4))
    take(excused, "excuse_news", head, reason="ส่วนตัว")
    take(off, "cancel", officer, reason="งด")
    take(moved, "postpone", officer, reason="เลื่อน")
    # Excused only when it was late already: that stays late.
    take(late, "excuse_news", head, now=at(2009, 11, 20), reason="ไม่มีสาระข่าว")
    assert measures.agenda_covered(NOVEMBER, LATER) == Ratio(late=1)
    asides = by_key(KEEPER.read([NOVEMBER], [Dimension.ASIDE], LATER, Kind.ENGAGEMENT), Dimension.ASIDE)
    assert {key: counts.received for key, counts in asides.items()} == {
        Aside.EXCUSED: 2,
        Aside.CANCELLED: 1,
        Aside.POSTPONED: 1,
    }


def test_a_step_has_the_months_counted_anew(officer: User) -> None:
    head = make_news_head()
    made = make_engagement(owner=officer)
    now = OPENING + timedelta(hours=3)
    assert measures.agenda_covered(NOVEMBER, now) == Ratio(pending=1)
    publish_about(made, officer, head, now=now)
    assert measures.agenda_covered(NOVEMBER, now) == Ratio(in_time=1)


def test_a_date_put_off_leaves_one_month_for_another(officer: User) -> None:
    made = make_engagement(owner=officer)
    assert measures.agenda_covered(NOVEMBER, OPENING) == Ratio(pending=1)
    days = timedelta(days=20)
    take(made, "reschedule", officer, reason="เลื่อน", starts_at=OPENING + days, ends_at=OPENING + days * 2)
    assert measures.agenda_covered(NOVEMBER, OPENING) == Ratio()
    assert measures.agenda_covered(DECEMBER, OPENING) == Ratio(pending=1)


# ── The journal ─────────────────────────────────────────────────────────────────────────────


def test_an_issue_is_issued_when_it_is_mailed_within_its_month() -> None:
    issue(at(2009, 10, 1), at(2009, 10, 31, 16, 30))
    issue(at(2009, 11, 1), at(2009, 11, 30, 16, 31))
    issue(at(2009, 12, 1), None, copies=None)
    assert measures.journal_issued(OCTOBER, LATER) == Ratio(in_time=1)
    assert measures.journal_issued(NOVEMBER, LATER) == Ratio(late=1)
    assert measures.journal_issued(DECEMBER, at(2009, 12, 31, 16, 30)) == Ratio(pending=1)
    assert measures.journal_issued(DECEMBER, at(2009, 12, 31, 16, 31)) == Ratio(late=1)


@pytest.mark.parametrize(("copies", "counted"), [(1999, Ratio(late=1)), (2000, Ratio(in_time=1))])
def test_an_issue_in_fewer_copies_is_not_what_was_promised(copies: int, counted: Ratio) -> None:
    made = issue(at(2009, 11, 1), at(2009, 11, 20), copies=copies)
    assert Journal.objects.get(pk=made.pk).print_run == 2000
    assert measures.journal_issued(NOVEMBER, LATER) == counted


# ── Press conferences ───────────────────────────────────────────────────────────────────────


def test_invited_as_it_begins_is_coordinated_and_a_minute_later_is_not() -> None:
    conference(at(2009, 11, 4, 10), at(2009, 11, 4, 10))
    conference(at(2009, 11, 11, 10), at(2009, 11, 11, 10, 1))
    conference(at(2009, 11, 18, 10))
    begins = at(2009, 11, 18, 10)
    assert measures.press_conferences_coordinated(NOVEMBER, begins) == Ratio(in_time=1, late=1, pending=1)
    assert measures.press_conferences_coordinated(NOVEMBER, LATER) == Ratio(in_time=1, late=2)


def test_one_nobody_was_invited_to_is_not_coordinated_and_a_cancelled_one_does_not_count(
    officer: User,
) -> None:
    invited, alone, off = (make_press_conference(owner=officer) for _number in range(3))
    choose(invited, officer, outlets=[make_outlet()])
    invite_by_telephone(invited, officer)
    take(off, "cancel", officer, reason="งด")
    assert measures.press_conferences_coordinated(NOVEMBER, LATER) == Ratio(in_time=1, late=1)
    assert alone.deadlines.filter(kind=Deadline.Kind.INVITED, met_at=None).exists()


# ── Foreign documents ───────────────────────────────────────────────────────────────────────


def test_a_document_counts_by_its_receipt_and_when_it_reached_the_minister() -> None:
    document(at(2009, 11, 2, 9), at(2009, 11, 9, 9))
    document(at(2009, 11, 30, 23, 59), at(2009, 12, 8))
    pending = document(at(2009, 12, 1, 0, 0))
    assert measures.foreign_documents_on_time(NOVEMBER, LATER) == Ratio(in_time=1, late=1)
    assert measures.foreign_documents_on_time(DECEMBER, at(2009, 12, 8)) == Ratio(pending=1)
    Deadline.objects.filter(matter_id=pending.pk).update(dropped_at=at(2009, 12, 2))
    RelationsTally.mark_stale(Kind.FOREIGN_DOCUMENT, DECEMBER.first)
    assert measures.foreign_documents_on_time(DECEMBER, LATER) == Ratio()


# ── All of them ─────────────────────────────────────────────────────────────────────────────

NAMES = {
    "publicrelations.agenda_covered": measures.agenda_covered,
    "publicrelations.journal_issued": measures.journal_issued,
    "publicrelations.press_conferences_coordinated": measures.press_conferences_coordinated,
    "publicrelations.foreign_documents_on_time": measures.foreign_documents_on_time,
}


def test_the_dashboard_counts_each_by_the_name_the_plan_gives_it() -> None:
    engagement(at(2009, 11, 5, 9), at(2009, 11, 5, 12))
    for name, measure in NAMES.items():
        counted = MEASURES[name]
        assert counted.by_month(counted.reads([NOVEMBER], LATER)) == [measure(NOVEMBER, LATER)]
        assert counted.rows_behind is not None
        assert counted.rows_behind(NOVEMBER, "late").startswith(
            "/public-relations/counted/?month=2552-11&kind="
        )


@pytest.mark.parametrize("measure", NAMES.values())
def test_a_measure_counts_whole_months_only(measure: Callable[..., Any]) -> None:
    with pytest.raises(ValueError, match="whole months"):
        measure(Period(at(2009, 11, 2).date(), at(2009, 11, 30).date()), LATER)


def test_what_is_kept_is_read_in_one_question(django_assert_num_queries: Callable[[int], Any]) -> None:
    engagement(at(2009, 11, 5, 9), at(2009, 11, 5, 12))
    months = [OCTOBER, NOVEMBER, DECEMBER]
    measures.Reading(months, LATER).figures  # noqa: B018  # counted once
    with django_assert_num_queries(1):
        reading = measures.Reading(months, LATER)
        assert measures.agenda_by_month(reading)[1] == Ratio(in_time=1)
        assert measures.journal_by_month(reading) == [Ratio()] * 3
