"""The words of a pill: how long is left, how late it is, in Thai and in English."""

from datetime import UTC, date, datetime

import pytest

from office.calendar import OFFICE_TZ, WorkCalendar
from office.due_words import due_words, due_words_in_full

# 5 December 2009 is a Saturday, so Monday 7 December is off in its place; Thursday 10 December is Constitution Day.
CALENDAR = WorkCalendar(
    frozenset({date(2009, 12, 7), date(2009, 12, 10), date(2009, 12, 31), date(2010, 1, 1)})
)


def at(month: int, day: int, hour: int, minute: int = 0, year: int = 2009) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=OFFICE_TZ)


@pytest.mark.parametrize(
    ("due", "now", "thai", "english", "tone"),
    [
        (at(11, 23, 16, 30), at(11, 23, 9), "วันนี้ ๑๖.๓๐ น.", "today 16:30", "soon"),
        (at(11, 23, 16, 30), at(11, 23, 12, 31), "เหลือ ๓ ชั่วโมง", "3 hours left", "soon"),
        (at(11, 23, 16, 30), at(11, 23, 15, 30), "เหลือ ๑ ชั่วโมง", "1 hour left", "soon"),
        (at(11, 23, 16, 30), at(11, 23, 15, 31), "เหลือ ๕๙ นาที", "59 minutes left", "soon"),
        (at(11, 23, 16, 30), at(11, 23, 16, 30), "เหลือ ๑ นาที", "1 minute left", "soon"),
        (at(11, 24, 16, 30), at(11, 23, 9), "พรุ่งนี้ ๑๖.๓๐ น.", "tomorrow 16:30", "ok"),
        (at(11, 26, 16, 30), at(11, 23, 9), "อีก ๓ วันทำการ", "in 3 working days", "ok"),
        (at(11, 23, 16, 30), at(11, 23, 16, 45), "เกิน ๑๕ นาที", "15 minutes late", "late"),
        (at(11, 23, 16, 30), at(11, 23, 19), "เกิน ๒ ชั่วโมง", "2 hours late", "late"),
        (at(11, 23, 16, 30), at(11, 24, 8), "เกิน ๑ วัน", "1 day late", "late"),
        (at(11, 20, 16, 30), at(11, 23, 9), "เกิน ๓ วัน", "3 days late", "late"),
    ],
)
def test_words_and_tone(due: datetime, now: datetime, thai: str, english: str, tone: str) -> None:
    assert due_words(due, now, CALENDAR) == (thai, tone)
    assert due_words(due, now, CALENDAR, language="en") == (english, tone)


def test_the_moment_itself_is_in_time_and_a_second_later_is_late() -> None:
    due = at(11, 23, 16, 30)
    assert due_words(due, due, CALENDAR)[1] == "soon"
    assert due_words(due, due.replace(second=1), CALENDAR) == ("เกิน ๑ นาที", "late")


def test_days_to_come_are_working_days_over_a_weekend_and_holidays() -> None:
    # Friday 4 December → Tuesday 8 December, with a weekend and the holiday of the 7th between.
    assert due_words(at(12, 8, 16, 30), at(12, 4, 9), CALENDAR)[0] == "อีก ๑ วันทำการ"
    # Wednesday 9 → Friday 11 December, with the 10th between.
    assert due_words(at(12, 11, 16, 30), at(12, 9, 9), CALENDAR)[0] == "อีก ๑ วันทำการ"


def test_days_to_come_over_the_end_of_the_year() -> None:
    # Wednesday 30 December 2552 → Monday 4 January 2553.
    assert due_words(at(1, 4, 16, 30, year=2010), at(12, 30, 9), CALENDAR)[0] == "อีก ๑ วันทำการ"


def test_without_a_calendar_plain_days_are_counted() -> None:
    assert due_words(at(12, 8, 16, 30), at(12, 4, 9), None) == ("อีก ๔ วัน", "ok")


def test_a_due_day_that_became_a_holiday_is_counted_in_plain_days() -> None:
    # Saturday, seen on the Thursday evening before a Friday off: no working day lies between.
    calendar = WorkCalendar(frozenset({date(2009, 12, 4)}))
    assert due_words(at(12, 5, 16, 30), at(12, 3, 18), calendar)[0] == "อีก ๒ วัน"


def test_the_day_is_the_one_in_bangkok() -> None:
    # 17:30 UTC on the 23rd is half past midnight of the 24th in Bangkok.
    now = datetime(2009, 11, 23, 17, 30, tzinfo=UTC)
    assert due_words(at(11, 24, 16, 30), now, CALENDAR)[0] == "วันนี้ ๑๖.๓๐ น."


def test_in_full_the_moment_stands_beside_the_words() -> None:
    assert (
        due_words_in_full(at(11, 23, 16, 30), at(11, 23, 13, 20), CALENDAR)[0]
        == "เหลือ ๓ ชั่วโมง (วันนี้ ๑๖.๓๐ น.)"
    )
    assert (
        due_words_in_full(at(11, 26, 16, 30), at(11, 23, 9), CALENDAR)[0]
        == "อีก ๓ วันทำการ (๒๖ พ.ย. ๕๒ ๑๖.๓๐ น.)"
    )
    assert due_words_in_full(at(11, 24, 16, 30), at(11, 23, 9), CALENDAR)[0] == "พรุ่งนี้ ๑๖.๓๐ น."
    english = due_words_in_full(at(11, 23, 16, 30), at(11, 23, 13, 20), CALENDAR, language="en")
    assert english == ("3 hours left (today 16:30)", "soon")
