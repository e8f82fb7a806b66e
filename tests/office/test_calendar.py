"""Fiscal years, working days, office hours and due moments, on the Thai calendar of B.E. 2552–2553."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from office.calendar import (
    OFFICE_TZ,
    Period,
    Unit,
    WorkCalendar,
    due_at,
    due_before,
    fiscal_year,
    fiscal_year_of,
    month,
    month_code,
    month_of,
    months_back,
    months_of,
    parse_month,
    quarter,
)
from office.holidays_th import thai_holidays

THAI = WorkCalendar(frozenset(day for year in (2009, 2010) for day in thai_holidays(year)))


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=OFFICE_TZ)


# ── Periods ─────────────────────────────────────────────────────────────────────────────────


def test_fiscal_year_2553_runs_from_october_2552_to_september_2553():
    year = fiscal_year(2553)
    assert (year.first, year.last) == (date(2009, 10, 1), date(2010, 9, 30))
    assert year.starts_at == at(2009, 10, 1)
    assert year.ends_at == at(2010, 10, 1)
    assert year.contains(date(2010, 9, 30))
    assert not year.contains(date(2010, 10, 1))


def test_the_fiscal_year_changes_on_the_first_of_october():
    assert fiscal_year_of(date(2009, 9, 30)) == 2552
    assert fiscal_year_of(date(2009, 10, 1)) == 2553
    assert fiscal_year_of(date(2010, 1, 1)) == 2553


def test_quarters_begin_in_october():
    assert quarter(2553, 1) == Period(date(2009, 10, 1), date(2009, 12, 31))
    assert quarter(2553, 2) == Period(date(2010, 1, 1), date(2010, 3, 31))
    assert quarter(2553, 4) == Period(date(2010, 7, 1), date(2010, 9, 30))
    with pytest.raises(ValueError, match="quarter"):
        quarter(2553, 5)


def test_a_month_ends_on_its_last_day():
    assert month(2012, 2) == Period(date(2012, 2, 1), date(2012, 2, 29))
    assert month_of(date(2009, 12, 31)) == Period(date(2009, 12, 1), date(2009, 12, 31))


def test_eras_are_not_taken_for_each_other():
    with pytest.raises(ValueError, match="Common Era"):
        month(2552, 11)
    with pytest.raises(ValueError, match="Buddhist Era"):
        fiscal_year(2010)


def test_months_of_a_period_are_whole_and_in_order():
    months = months_of(fiscal_year(2553))
    assert len(months) == 12
    assert (month_code(months[0]), month_code(months[-1])) == ("2552-10", "2553-09")
    assert months_of(Period(date(2009, 12, 31), date(2010, 1, 1))) == [month(2009, 12), month(2010, 1)]


def test_months_back_end_with_the_month_itself():
    assert months_back(month(2010, 1), 3) == [month(2009, 11), month(2009, 12), month(2010, 1)]
    assert months_back(month(2010, 1), 0) == []


def test_a_month_code_is_read_in_either_era():
    november = month(2009, 11)
    assert parse_month("2552-11") == parse_month("2009-11") == parse_month("๒๕๕๒-๑๑") == november
    assert month_code(november) == "2552-11"


@pytest.mark.parametrize(
    "code", ["", "2552", "2552-13", "2552-00", "52-11", "2552-11-01", "1552-11", "พ.ย. 2552"]
)
def test_a_month_code_that_is_none_is_refused(code):
    with pytest.raises(ValueError, match="month"):
        parse_month(code)


def test_a_period_is_called_by_its_name():
    assert month(2009, 11).label() == "พฤศจิกายน ๒๕๕๒"
    assert month(2009, 11).label("en") == "November 2009"
    assert fiscal_year(2553).label("th") == "ปีงบประมาณ พ.ศ. ๒๕๕๓"
    assert fiscal_year(2553).label("en") == "Fiscal year B.E. 2553"
    assert quarter(2553, 1).label("th") == "ไตรมาส ๑ ปีงบประมาณ พ.ศ. ๒๕๕๓"
    assert quarter(2553, 1).label("en") == "Quarter 1, fiscal year B.E. 2553"
    assert Period(date(2009, 10, 1), date(2009, 10, 5)).label("th") == "๑ ตุลาคม ๒๕๕๒ – ๕ ตุลาคม ๒๕๕๒"
    assert Period(date(2009, 10, 1), date(2009, 10, 1)).label("en") == "1 October 2009"


def test_a_period_cannot_end_before_it_begins():
    with pytest.raises(ValueError, match="before"):
        Period(date(2009, 10, 2), date(2009, 10, 1))


# ── Days off ────────────────────────────────────────────────────────────────────────────────


def test_the_cabinets_days_of_may_2553_are_off():
    assert {date(2010, 5, day) for day in (17, 18, 19, 20, 21)} <= set(thai_holidays(2010))


def test_childrens_day_and_labour_day_are_worked_also_their_day_in_lieu():
    of_2553 = thai_holidays(2010)
    assert date(2010, 1, 9) not in of_2553
    assert date(2010, 5, 1) not in of_2553
    assert date(2010, 5, 3) not in of_2553
    assert THAI.is_working_day(date(2010, 5, 3))


def test_royal_lunar_government_and_substitution_days_are_off():
    assert thai_holidays(2009)[date(2009, 10, 23)] == "วันปิยมหาราช"
    assert thai_holidays(2010)[date(2010, 3, 1)] == "ชดเชยวันมาฆบูชา"
    assert thai_holidays(2010)[date(2010, 5, 13)] == "วันพืชมงคล"
    assert "ชดเชยวันสิ้นปี" in thai_holidays(2012).get(date(2012, 1, 3), "")


def test_holidays_are_of_the_year_asked_and_in_order():
    days = list(thai_holidays(2026))
    assert days == sorted(days)
    assert {day.year for day in days} == {2026}


def test_a_day_added_by_the_office_is_worked_even_on_a_weekend_or_holiday():
    calendar = WorkCalendar(
        days_off=frozenset({date(2009, 12, 10)}), days_on=frozenset({date(2009, 12, 10), date(2009, 12, 12)})
    )
    assert calendar.is_working_day(date(2009, 12, 10))
    assert calendar.is_working_day(date(2009, 12, 12))
    assert not calendar.is_working_day(date(2009, 12, 13))


def test_working_days_are_counted_over_the_new_year():
    assert THAI.next_working_day(date(2009, 12, 30)) == date(2010, 1, 4)
    assert THAI.working_day_on_or_after(date(2009, 12, 31)) == date(2010, 1, 4)
    assert THAI.add_working_days(date(2009, 12, 29), 3) == date(2010, 1, 5)
    assert THAI.add_working_days(date(2010, 1, 5), -3) == date(2009, 12, 29)
    assert THAI.add_working_days(date(2010, 1, 1), 0) == date(2010, 1, 4)
    assert THAI.working_days_between(date(2009, 12, 29), date(2010, 1, 5)) == 3
    assert THAI.working_days_between(date(2010, 1, 5), date(2009, 12, 29)) == -3


# ── Office hours ────────────────────────────────────────────────────────────────────────────


def test_the_office_is_open_from_half_past_eight_until_half_past_four():
    assert not THAI.is_open(at(2009, 11, 23, 8, 29))
    assert THAI.is_open(at(2009, 11, 23, 8, 30))
    assert THAI.is_open(at(2009, 11, 23, 16, 29))
    assert not THAI.is_open(at(2009, 11, 23, 16, 30))
    assert not THAI.is_open(at(2009, 11, 22, 10))


def test_hours_are_those_of_bangkok_whatever_the_zone_of_the_moment():
    assert THAI.is_open(datetime(2009, 11, 23, 1, 30, tzinfo=UTC))
    assert not THAI.is_open(datetime(2009, 11, 23, 9, 30, tzinfo=UTC))


def test_the_office_opens_next_on_a_working_day():
    assert THAI.next_opening(at(2009, 11, 23, 10)) == at(2009, 11, 23, 10)
    assert THAI.next_opening(at(2009, 11, 23, 7)) == at(2009, 11, 23, 8, 30)
    assert THAI.next_opening(at(2009, 11, 20, 16, 30)) == at(2009, 11, 23, 8, 30)
    assert THAI.next_opening(at(2009, 12, 30, 18)) == at(2010, 1, 4, 8, 30)


def test_the_office_closes_next_on_a_working_day():
    assert THAI.next_closing(at(2009, 11, 23, 10)) == at(2009, 11, 23, 16, 30)
    assert THAI.next_closing(at(2009, 11, 20, 16, 30)) == at(2009, 11, 23, 16, 30)


def test_moments_without_a_zone_are_refused():
    with pytest.raises(ValueError, match="aware"):
        THAI.is_open(datetime(2009, 11, 23, 10))  # noqa: DTZ001 (the fault under test)


def test_an_office_closes_after_it_opens():
    with pytest.raises(ValueError, match="closes"):
        WorkCalendar(frozenset(), opens=time(9), closes=time(9))


# ── Due moments ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("received", "due"),
    [
        # Friday in office hours: the end of Monday.
        (at(2009, 11, 20, 10), at(2009, 11, 23, 16, 30)),
        (at(2009, 11, 20, 8, 30), at(2009, 11, 23, 16, 30)),
        (at(2009, 11, 20, 16, 29), at(2009, 11, 23, 16, 30)),
        # After hours or on a day off: as if received on Monday morning.
        (at(2009, 11, 20, 16, 30), at(2009, 11, 24, 16, 30)),
        (at(2009, 11, 21, 11), at(2009, 11, 24, 16, 30)),
        # Before opening: that morning.
        (at(2009, 11, 23, 7), at(2009, 11, 24, 16, 30)),
        # 5 December on a Saturday, its Monday in lieu; Constitution Day on the Thursday.
        (at(2009, 12, 4, 10), at(2009, 12, 8, 16, 30)),
        (at(2009, 12, 9, 10), at(2009, 12, 11, 16, 30)),
        # Year end: 31 December and 1 January off, then a weekend.
        (at(2009, 12, 30, 10), at(2010, 1, 4, 16, 30)),
        (at(2009, 12, 31, 10), at(2010, 1, 5, 16, 30)),
        # The cabinet's week of May 2553.
        (at(2010, 5, 14, 10), at(2010, 5, 24, 16, 30)),
        # One minute past midnight in Bangkok is the day before in UTC.
        (datetime(2009, 11, 22, 17, 1, tzinfo=UTC), at(2009, 11, 24, 16, 30)),
    ],
)
def test_within_one_working_day_is_the_end_of_the_next(received, due):
    assert due_at(received, 1, Unit.WORKING_DAYS, THAI) == due


def test_calendar_days_count_from_the_date_and_end_on_a_working_day():
    assert due_at(at(2009, 11, 20, 10), 3, Unit.CALENDAR_DAYS, THAI) == at(2009, 11, 23, 16, 30)
    assert due_at(at(2009, 11, 20, 10), 2, Unit.CALENDAR_DAYS, THAI) == at(2009, 11, 23, 16, 30)
    assert due_at(at(2009, 11, 20, 20), 15, Unit.CALENDAR_DAYS, THAI) == at(2009, 12, 8, 16, 30)
    assert due_at(at(2009, 12, 2, 10), 30, Unit.CALENDAR_DAYS, THAI) == at(2010, 1, 4, 16, 30)


def test_hours_are_those_the_office_is_open():
    assert due_at(at(2009, 11, 23, 10), 4, Unit.HOURS, THAI) == at(2009, 11, 23, 14)
    assert due_at(at(2009, 11, 20, 15, 30), 4, Unit.HOURS, THAI) == at(2009, 11, 23, 11, 30)
    assert due_at(at(2009, 11, 21, 12), 8, Unit.HOURS, THAI) == at(2009, 11, 23, 16, 30)
    assert due_at(at(2009, 12, 30, 16), 9, Unit.HOURS, THAI) == at(2010, 1, 5, 9)


def test_nothing_to_wait_still_ends_on_a_working_day():
    assert due_at(at(2009, 11, 20, 17), 0, Unit.WORKING_DAYS, THAI) == at(2009, 11, 23, 16, 30)
    assert due_at(at(2009, 11, 20, 17), 0, Unit.CALENDAR_DAYS, THAI) == at(2009, 11, 23, 16, 30)
    assert due_at(at(2009, 11, 20, 17), 0, Unit.HOURS, THAI) == at(2009, 11, 23, 8, 30)


def test_a_negative_amount_and_a_naive_start_are_refused():
    with pytest.raises(ValueError, match="-1"):
        due_at(at(2009, 11, 20, 17), -1, Unit.HOURS, THAI)
    with pytest.raises(ValueError, match="aware"):
        due_at(datetime(2009, 11, 20, 17), 1, Unit.HOURS, THAI)  # noqa: DTZ001 (the fault under test)


DAYS = st.dates(min_value=date(2009, 10, 1), max_value=date(2010, 1, 31))
CALENDARS = st.builds(
    WorkCalendar, days_off=st.frozensets(DAYS, max_size=40), days_on=st.frozensets(DAYS, max_size=10)
)
MOMENTS = st.datetimes(
    min_value=datetime(2009, 10, 1),  # noqa: DTZ001 (the strategy adds the zone)
    max_value=datetime(2010, 1, 31),  # noqa: DTZ001
    timezones=st.sampled_from([OFFICE_TZ, UTC]),
)
AMOUNTS = st.integers(min_value=0, max_value=40)
UNITS = st.sampled_from(list(Unit))


@settings(deadline=None)
@given(start=MOMENTS, amount=AMOUNTS, unit=UNITS, calendar=CALENDARS)
def test_due_is_on_a_working_day_in_office_time_and_never_before_the_start(start, amount, unit, calendar):
    due = due_at(start, amount, unit, calendar)
    assert due >= start
    assert due.tzinfo is OFFICE_TZ
    assert calendar.is_working_day(due.date())
    assert calendar.opens <= due.time() <= calendar.closes


@settings(deadline=None)
@given(starts=st.tuples(MOMENTS, MOMENTS), amount=AMOUNTS, unit=UNITS, calendar=CALENDARS)
def test_due_grows_with_the_start(starts, amount, unit, calendar):
    earlier, later = sorted(starts)
    assert due_at(earlier, amount, unit, calendar) <= due_at(later, amount, unit, calendar)


@settings(deadline=None)
@given(start=MOMENTS, amounts=st.tuples(AMOUNTS, AMOUNTS), unit=UNITS, calendar=CALENDARS)
def test_due_grows_with_the_amount(start, amounts, unit, calendar):
    less, more = sorted(amounts)
    assert due_at(start, less, unit, calendar) <= due_at(start, more, unit, calendar)


@settings(deadline=None)
@given(start=MOMENTS, amount=AMOUNTS, unit=UNITS, calendar=CALENDARS, added=DAYS)
def test_a_holiday_added_never_brings_a_due_moment_forward(start, amount, unit, calendar, added):
    with_it = WorkCalendar(calendar.days_off | {added}, calendar.days_on)
    assert due_at(start, amount, unit, with_it) >= due_at(start, amount, unit, calendar)


@settings(deadline=None)
@given(calendar=CALENDARS, start=DAYS, end=DAYS)
def test_working_days_between_counts_each_day_once(calendar, start, end):
    first, last = min(start, end), max(start, end)
    one_by_one = sum(
        calendar.is_working_day(first + timedelta(days=n)) for n in range(1, (last - first).days + 1)
    )
    assert calendar.working_days_between(start, end) == (one_by_one if start <= end else -one_by_one)


@settings(deadline=None)
@given(calendar=CALENDARS, start=DAYS, n=st.integers(min_value=1, max_value=40))
def test_adding_working_days_is_undone_by_counting_them(calendar, start, n):
    assert calendar.working_days_between(start, calendar.add_working_days(start, n)) == n
    assert calendar.is_working_day(calendar.add_working_days(start, -n))


@settings(deadline=None)
@given(at=MOMENTS, calendar=CALENDARS)
def test_opening_and_closing_enclose_no_closed_moment(at, calendar):
    opens, closes = calendar.next_opening(at), calendar.next_closing(at)
    assert at <= opens < closes
    assert calendar.is_open(opens)
    assert not calendar.is_open(closes)
    assert (opens == at) == calendar.is_open(at)


@settings(deadline=None)
@given(day=st.dates(min_value=date(1900, 1, 1), max_value=date(2300, 1, 1)))
def test_every_day_is_in_its_month_quarter_and_fiscal_year(day):
    year = fiscal_year(fiscal_year_of(day))
    assert year.contains(day)
    assert parse_month(month_code(month_of(day))) == month_of(day)
    assert sum(quarter(fiscal_year_of(day), n).contains(day) for n in range(1, 5)) == 1
    assert sum(part.contains(day) for part in months_of(year)) == 1


# ── Open time ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        (at(2009, 11, 17, 9), at(2009, 11, 17, 11), 2),  # within a Tuesday
        (at(2009, 11, 17, 15), at(2009, 11, 18, 16, 30), 9.5),  # to the end of the next day
        (at(2009, 11, 20, 16), at(2009, 11, 23, 9), 1),  # over a weekend
        (at(2009, 10, 22, 16), at(2009, 10, 26, 9), 1),  # over Chulalongkorn Day and a weekend
        (at(2009, 11, 17, 6), at(2009, 11, 17, 9), 0.5),  # from before the office opens
        (at(2009, 11, 17, 16), at(2009, 11, 17, 23), 0.5),  # until long after it closed
        (at(2009, 11, 21, 9), at(2009, 11, 22, 9), 0),  # a weekend through
        (at(2009, 11, 18, 9), at(2009, 11, 17, 9), 0),  # backwards
    ],
)
def test_open_time_counts_office_hours_only(start, end, hours):
    assert THAI.open_time(start, end) == timedelta(hours=hours)


def test_open_time_added_runs_on_when_the_office_opens_again():
    assert THAI.after_open_time(at(2009, 11, 19, 10), timedelta(hours=9.5)) == at(2009, 11, 20, 11, 30)
    assert THAI.after_open_time(at(2009, 10, 22, 16), timedelta(hours=1)) == at(2009, 10, 26, 9)


@settings(deadline=None)
@given(moments=st.tuples(MOMENTS, MOMENTS, MOMENTS), calendar=CALENDARS)
def test_open_time_adds_up(moments, calendar):
    first, middle, last = sorted(moments)
    parts = calendar.open_time(first, middle) + calendar.open_time(middle, last)
    assert calendar.open_time(first, last) == parts


LEFT = st.timedeltas(min_value=timedelta(minutes=1), max_value=timedelta(hours=200))


@settings(deadline=None)
@given(start=MOMENTS, left=LEFT, calendar=CALENDARS)
def test_open_time_added_is_undone_by_counting_it(start, left, calendar):
    assert calendar.open_time(start, calendar.after_open_time(start, left)) == left


@settings(deadline=None)
@given(
    start=MOMENTS,
    amount=st.integers(min_value=1, max_value=40),
    unit=UNITS,
    calendar=CALENDARS,
    moments=st.data(),
)
def test_what_is_left_of_a_promise_is_due_never_earlier_and_at_once_the_same(
    start, amount, unit, calendar, moments
):
    """A promise rests from one moment to another: the later it goes on the later it is due."""
    due = due_at(start, amount, unit, calendar)
    rests_from = moments.draw(st.datetimes(*_naive(start, due), timezones=st.just(OFFICE_TZ)))
    left = calendar.open_time(rests_from, due)
    goes_on, later = sorted(
        moments.draw(st.timedeltas(min_value=timedelta(), max_value=timedelta(days=60))) for _time in "ab"
    )
    if not left:
        return
    assert calendar.after_open_time(rests_from, left) == due
    assert due <= calendar.after_open_time(rests_from + goes_on, left)
    assert calendar.after_open_time(rests_from + goes_on, left) <= calendar.after_open_time(
        rests_from + later, left
    )


def _naive(*moments):
    return [moment.astimezone(OFFICE_TZ).replace(tzinfo=None) for moment in moments]


# ── Counted back ────────────────────────────────────────────────────────────────────────────

BEFORE = [
    # Wednesday 9 December 2552, 9.30; Monday 7 December is off, for the King's birthday fell on a Saturday.
    (at(2009, 12, 9, 9, 30), 1, Unit.WORKING_DAYS, at(2009, 12, 8, 9, 30)),
    (at(2009, 12, 9, 9, 30), 2, Unit.WORKING_DAYS, at(2009, 12, 4, 9, 30)),
    (at(2009, 12, 9, 9, 30), 0, Unit.WORKING_DAYS, at(2009, 12, 9, 9, 30)),
    (at(2009, 12, 9, 9, 30), 2, Unit.CALENDAR_DAYS, at(2009, 12, 7, 9, 30)),
    (at(2009, 12, 9, 9, 30), 1, Unit.HOURS, at(2009, 12, 9, 8, 30)),
    (at(2009, 12, 9, 9, 30), 3, Unit.HOURS, at(2009, 12, 8, 14, 30)),
    (at(2009, 12, 9, 9, 30), 10, Unit.HOURS, at(2009, 12, 4, 15, 30)),
    (at(2009, 12, 9, 9, 30), 30, Unit.MINUTES, at(2009, 12, 9, 9, 0)),
    # In the evening, and on a Saturday: the office had closed before.
    (at(2009, 12, 9, 19, 0), 1, Unit.HOURS, at(2009, 12, 9, 15, 30)),
    (at(2009, 12, 12, 10, 0), 1, Unit.HOURS, at(2009, 12, 11, 15, 30)),
    (at(2009, 12, 12, 10, 0), 1, Unit.WORKING_DAYS, at(2009, 12, 11, 10, 0)),
]  # fmt: skip


@pytest.mark.parametrize(("begins", "amount", "unit", "by"), BEFORE)
def test_what_must_be_ready_before_a_beginning_is_counted_back(begins, amount, unit, by):
    assert due_before(begins, amount, unit, THAI) == by


def test_nothing_is_counted_back_by_less_than_nothing():
    with pytest.raises(ValueError, match="before its beginning"):
        due_before(at(2009, 12, 9, 9, 30), -1, Unit.HOURS, THAI)
