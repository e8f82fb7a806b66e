"""Warnings ahead of dates that courts and laws set: when, to whom, in which words; never later than meant."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from hypothesis import given
from hypothesis import strategies as st

from complaints.models import RelatedMatter
from complaints.related_worklist import where_to_be
from office.calendar import OFFICE_TZ, WorkCalendar
from office.models import Deadline, Notice, Secrecy, User
from office.promises import WARN_DAYS_AHEAD
from office.reminders import first_rung, next_rung, remind_due, warnings
from projectplan.rounds import sweep
from tests.cast import MORNING
from tests.complaints.related_cast import COURT_DAY, Kind, at, make_related, take

ONE_DAY = timedelta(days=1)
DAYS = st.dates(date(2009, 1, 1), date(2011, 12, 31))
DAYS_OFF = st.sets(st.integers(0, 100), max_size=25)  # how many days before the one that matters
HOURS = st.integers(0, 23)
KINDS = st.sampled_from([Deadline.Kind.HEARING, Deadline.Kind.LIMITATION])


def calendar_of(day: date, gaps: set[int]) -> WorkCalendar:
    return WorkCalendar(frozenset(day - timedelta(days=gap) for gap in gaps))


def moment(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=OFFICE_TZ)


# ── The ladder alone ────────────────────────────────────────────────────────────────────────


@given(KINDS, DAYS, HOURS, DAYS_OFF)
def test_every_warning_is_given_on_a_working_morning_before_it_is_due_and_no_later_than_meant(
    kind: str, day: date, hour: int, gaps: set[int]
) -> None:
    due, calendar = moment(day, hour), calendar_of(day, gaps)
    for one in warnings(kind, due, calendar):
        assert calendar.is_open(one.at)
        assert one.at < due
        assert one.at.date() <= day - timedelta(days=one.days_ahead)


@given(KINDS, DAYS, HOURS, DAYS_OFF)
def test_a_warning_is_put_forward_over_days_off_only(kind: str, day: date, hour: int, gaps: set[int]) -> None:
    calendar = calendar_of(day, gaps)
    found = {one.days_ahead: one.at.date() for one in warnings(kind, moment(day, hour), calendar)}
    for days_ahead, given_on in found.items():
        meant = day - timedelta(days=days_ahead)
        if days_ahead == 0 and given_on < meant and calendar.is_working_day(meant):
            continue  # the hearing begins before the office opens
        between = [given_on + ONE_DAY * number for number in range(1, (meant - given_on).days + 1)]
        assert not any(calendar.is_working_day(one) for one in between)


@given(KINDS, DAYS, HOURS, DAYS_OFF, st.integers(0, 100), HOURS)
def test_from_any_start_the_ladder_goes_up_and_ends_late(
    kind: str, day: date, hour: int, gaps: set[int], days_before: int, start_hour: int
) -> None:
    due, calendar = moment(day, hour), calendar_of(day, gaps)
    start = min(moment(day - timedelta(days=days_before), start_hour), due)
    deadline = Deadline(kind=kind, due_at=due, start_at=start)
    rung, remind_at = first_rung(due, start, calendar, kind)
    assert remind_at >= start
    told = [remind_at]
    while rung != Deadline.Reminder.LATE:
        rung, remind_at = next_rung(deadline, remind_at, calendar)
        assert remind_at > told[-1]
        told.append(remind_at)
    assert told[-1] > due
    missed = [one.at for one in warnings(kind, due, calendar) if one.at > start and one.at not in told]
    assert not missed


@given(DAYS, DAYS_OFF)
def test_what_is_not_warned_of_ahead_is_reminded_of_on_its_last_morning(day: date, gaps: set[int]) -> None:
    calendar = calendar_of(day, gaps)
    due = calendar.closing_of(day)
    assert warnings(Deadline.Kind.ORDER, due, calendar) == []
    assert first_rung(due, due - 10 * ONE_DAY, calendar, Deadline.Kind.ORDER) == (
        Deadline.Reminder.BEFORE,
        calendar.opening_of(day),
    )


# ── Through the rounds of the clock ─────────────────────────────────────────────────────────


def told_at(moments: list[datetime]) -> dict[datetime, list[str]]:
    """Who is told of a hearing or a limitation date in the round at each moment."""
    found = {}
    for now in moments:
        before = Notice.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        sweep(lambda now=now: now)
        rows = Notice.objects.filter(pk__gt=before, way=Notice.Way.APP, deadline__kind__in=WARN_DAYS_AHEAD)
        names = list(rows.order_by("pk").values_list("recipient__username", flat=True))
        if names:
            found[now] = names
    return found


def every_half_hour(first: datetime, last: datetime) -> list[datetime]:
    """From a day's 08:00, at 08:00, 08:30 and 17:00 of every day."""
    days = range((last - first).days + 1)
    return [first + timedelta(days=day, minutes=minutes) for day in days for minutes in (0, 30, 540)]


@pytest.mark.django_db
def test_a_hearing_is_warned_of_7_3_1_days_ahead_and_the_same_morning_then_daily_until_recorded(
    officer: User, head: User
) -> None:
    matter = make_related(Kind.SUMMONS, owner=officer)  # heard on Tuesday 8 December 2009 at 09:00
    Deadline.objects.filter(matter=matter).exclude(kind=Deadline.Kind.HEARING).update(dropped_at=MORNING)
    both = ["thatsanee", "sirirat"]
    found = told_at(every_half_hour(at(2009, 11, 18, 8), at(2009, 12, 14, 8)))
    assert found == {
        at(2009, 12, 1, 8, 30): ["thatsanee"],
        # Saturday 5 December is three days ahead: said on Friday.
        at(2009, 12, 4, 8, 30): both,
        # Monday 7 December is a holiday in lieu of the 5th: said on Friday already, with the one before.
        at(2009, 12, 8, 8, 30): both,
        at(2009, 12, 9, 8, 30): both,
        # Thursday the 10th is Constitution Day.
        at(2009, 12, 11, 8, 30): both,
        at(2009, 12, 14, 8, 30): both,
    }


@pytest.mark.django_db
def test_in_plain_weeks_each_warning_has_its_own_day(officer: User, head: User) -> None:
    matter = make_related(Kind.SUMMONS, owner=officer, hearing_at=at(2009, 11, 27, 13, 30))  # a Friday
    Deadline.objects.filter(matter=matter).exclude(kind=Deadline.Kind.HEARING).update(dropped_at=MORNING)
    both = ["thatsanee", "sirirat"]
    assert told_at(every_half_hour(at(2009, 11, 18, 8), at(2009, 11, 27, 8))) == {
        at(2009, 11, 20, 8, 30): ["thatsanee"],
        at(2009, 11, 24, 8, 30): both,
        at(2009, 11, 26, 8, 30): both,
        at(2009, 11, 27, 8, 30): both,
    }


@pytest.mark.django_db
def test_a_recorded_hearing_is_asked_for_no_more(officer: User, head: User) -> None:
    matter = make_related(Kind.SUMMONS, owner=officer)
    take(matter, "record_hearing", officer, hearing=matter.hearings.get(), outcome="เสร็จ", now=COURT_DAY)
    Deadline.objects.filter(matter=matter, kind=Deadline.Kind.OPINION).update(dropped_at=MORNING)
    assert told_at(every_half_hour(at(2009, 12, 9, 8), at(2009, 12, 16, 8))) == {}


@pytest.mark.django_db
def test_a_moved_hearing_is_warned_of_at_its_new_date_only(officer: User, head: User) -> None:
    matter = make_related(Kind.SUMMONS, owner=officer)
    Deadline.objects.filter(matter=matter, kind=Deadline.Kind.OPINION).update(dropped_at=MORNING)
    new = at(2009, 12, 22, 9)
    take(matter, "move_hearing", officer, hearing=matter.hearings.get(), at=new, reason="คู่ความขอเลื่อน")
    assert list(told_at(every_half_hour(at(2009, 11, 18, 8), at(2009, 12, 22, 8)))) == [
        at(2009, 12, 15, 8, 30),
        at(2009, 12, 18, 8, 30),  # three days ahead is Saturday the 19th
        at(2009, 12, 21, 8, 30),
        at(2009, 12, 22, 8, 30),
    ]


@pytest.mark.django_db
def test_a_hearing_heard_of_late_is_told_at_once_to_everybody_concerned(officer: User, head: User) -> None:
    make_related(Kind.SUMMONS, owner=officer, hearing_at=at(2009, 11, 19, 9))
    Deadline.objects.exclude(kind=Deadline.Kind.HEARING).update(dropped_at=MORNING)
    assert told_at([MORNING]) == {MORNING: ["thatsanee", "sirirat"]}


@pytest.mark.django_db
def test_who_is_responsible_and_who_follows_it_are_both_told(
    officer: User, colleague: User, head: User
) -> None:
    matter = make_related(Kind.SUMMONS, owner=officer)
    Deadline.objects.filter(matter=matter, kind=Deadline.Kind.HEARING).update(responsible=colleague)
    Deadline.objects.filter(matter=matter).exclude(kind=Deadline.Kind.HEARING).update(dropped_at=MORNING)
    assert told_at([at(2009, 12, 1, 8, 30)]) == {at(2009, 12, 1, 8, 30): ["narenthorn", "thatsanee"]}


@pytest.mark.django_db
def test_a_limitation_date_is_warned_of_90_30_7_and_1_days_ahead(officer: User, head: User) -> None:
    matter = make_related(Kind.TORT, owner=officer, limitation_on=date(2010, 9, 15))  # a Wednesday
    Deadline.objects.filter(matter=matter, kind=Deadline.Kind.OPINION).update(dropped_at=MORNING)
    found = told_at(every_half_hour(at(2010, 6, 10, 8), at(2010, 9, 15, 8)))
    both = ["thatsanee", "sirirat"]
    assert found == {
        at(2010, 6, 17, 8, 30): ["thatsanee"],
        at(2010, 8, 16, 8, 30): ["thatsanee"],
        at(2010, 9, 8, 8, 30): both,
        at(2010, 9, 14, 8, 30): both,
        at(2010, 9, 15, 17): both,
    }


@pytest.mark.django_db
def test_the_warning_says_day_hour_and_court(officer: User) -> None:
    make_related(Kind.SUMMONS, owner=officer)
    Deadline.objects.exclude(kind=Deadline.Kind.HEARING).update(dropped_at=MORNING)
    told_at([at(2009, 12, 4, 8, 30)])
    text = Notice.objects.get(recipient=officer, way=Notice.Way.APP, deadline__isnull=False).text
    assert text == "อังคาร ๘ ธันวาคม ๒๕๕๒ ๐๙.๐๐ น. · ศาลปกครองกลาง · ห้อง ๕"
    letter = next(one for one in mail.outbox if one.to == ["thatsanee@office.example"])
    assert letter.subject == "[ประสาน] วันนัดศาล อีก ๔ วัน รก ๑/๒๕๕๓"
    assert text in letter.body
    assert "เรื่องที่เกี่ยวข้องซึ่ง" not in letter.body, "never a subject"


@pytest.mark.django_db
def test_of_a_secret_matter_no_warning_names_the_court(officer: User) -> None:
    matter = make_related(Kind.SUMMONS, owner=officer, secrecy=Secrecy.SECRET)
    said = where_to_be(list(matter.deadlines.select_related("matter")))
    assert list(said.values()) == ["อังคาร ๘ ธันวาคม ๒๕๕๒ ๐๙.๐๐ น."]


@pytest.mark.django_db
def test_a_letter_that_waited_over_the_hearing_asks_for_its_outcome(officer: User) -> None:
    make_related(Kind.SUMMONS, owner=officer, hearing_at=at(2009, 11, 21, 9))  # a Saturday
    Deadline.objects.exclude(kind=Deadline.Kind.HEARING).update(dropped_at=MORNING)
    told_at([at(2009, 11, 21, 10), at(2009, 11, 23, 8, 30)])
    assert [one.subject for one in mail.outbox] == ["[ประสาน] วันนัดศาลผ่านไปแล้ว ยังไม่บันทึกผล รก ๑/๒๕๕๓"]


@pytest.mark.django_db
def test_the_words_of_a_room_are_asked_for_once_a_batch(officer: User, django_assert_max_num_queries) -> None:
    for _number in range(3):
        make_related(Kind.SUMMONS, owner=officer)
    RelatedMatter.objects.update(secrecy=0)
    with django_assert_max_num_queries(60):
        remind_due(at(2009, 12, 1, 8, 30), words=where_to_be)
