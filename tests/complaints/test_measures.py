"""What the plan's measures count: literal figures over a holiday, a weekend, a year's end."""

from __future__ import annotations

from decimal import Decimal

import pytest

from complaints import measures
from complaints.models import Petition, RelatedMatter
from office.calendar import Period, fiscal_year, month, quarter
from office.models import CalendarEdition, Deadline, Matter, Report, Subgroup, User
from office.ratio import Ratio
from tests.cast import take_step
from tests.complaints.opinions import Desk, at

pytestmark = pytest.mark.django_db

OCTOBER, NOVEMBER, DECEMBER = month(2009, 10), month(2009, 11), month(2009, 12)


@pytest.fixture
def desk(officer: User, head: User, executive: User) -> Desk:
    return Desk(officer, head, executive)


# ── Ratio ───────────────────────────────────────────────────────────────────────────────────


def test_what_is_pending_is_no_success() -> None:
    assert Ratio(in_time=103, late=4, pending=12).percent == Decimal("96.3")


def test_nothing_decided_has_no_percentage() -> None:
    assert Ratio(pending=5).percent is None
    assert not Ratio(pending=5).reaches(0)


def test_a_hundred_is_said_only_of_all_and_nought_only_of_none() -> None:
    assert Ratio(9_999, 1).percent == Decimal("99.9")
    assert Ratio(1, 9_999).percent == Decimal("0.1")
    assert Ratio(10_000).percent == Decimal("100.0")
    assert Ratio(late=1).percent == Decimal("0.0")


def test_ratios_add_up_part_by_part() -> None:
    assert Ratio(1, 2, 3) + Ratio(10, 20, 30) == Ratio(11, 22, 33)


def test_a_target_is_reached_by_the_exact_share() -> None:
    assert Ratio(8, 2).reaches(80)
    assert not Ratio(7_999, 2_001).reaches(80)


def test_a_count_below_nought_is_refused() -> None:
    with pytest.raises(ValueError, match="below 0"):
        Ratio(-1)


# ── Opinions ────────────────────────────────────────────────────────────────────────────────


def test_an_opinion_over_a_holiday_and_a_weekend_is_in_time_on_monday(desk: Desk) -> None:
    # Thursday 22 October; Friday the 23rd is Chulalongkorn Day.
    desk.put(desk.receive(at(2009, 10, 22)), at(2009, 10, 26, 16, 30))
    desk.put(desk.receive(at(2009, 10, 22)), at(2009, 10, 26, 16, 31), why="เอกสารมาก")
    assert measures.opinions_on_time(OCTOBER, at(2009, 11, 30)) == Ratio(in_time=1, late=1)


def test_an_opinion_over_new_year_is_due_on_the_first_monday(desk: Desk) -> None:
    # Wednesday 30 December: the 31st and the 1st are holidays, then a weekend.
    desk.receive(at(2009, 12, 30))
    assert measures.opinions_on_time(DECEMBER, at(2010, 1, 4, 16, 30)) == Ratio(pending=1)
    assert measures.opinions_on_time(DECEMBER, at(2010, 1, 4, 16, 31)) == Ratio(late=1)


def test_a_petition_counts_in_the_fiscal_year_in_which_it_was_received(desk: Desk) -> None:
    desk.put(desk.receive(at(2009, 9, 30)), at(2009, 10, 1))
    now = at(2009, 11, 30)
    assert measures.opinions_on_time(fiscal_year(2552), now) == Ratio(in_time=1)
    assert measures.opinions_on_time(fiscal_year(2553), now) == Ratio()


def test_the_website_is_counted_apart(desk: Desk) -> None:
    desk.put(desk.receive(at(2009, 11, 17), channel=Petition.Channel.WEB), at(2009, 11, 18))
    desk.receive(at(2009, 11, 17), channel=Petition.Channel.WEB)
    desk.put(desk.receive(at(2009, 11, 17), channel=Petition.Channel.POLITICIAN), at(2009, 11, 18))
    now = at(2009, 11, 30)
    assert measures.web_opinions_on_time(NOVEMBER, now) == Ratio(in_time=1, late=1)
    assert measures.opinions_on_time(NOVEMBER, now) == Ratio(in_time=1)


def test_a_quarter_is_the_sum_of_its_months(desk: Desk) -> None:
    desk.put(desk.receive(at(2009, 10, 1)), at(2009, 10, 2))
    desk.put(desk.receive(at(2009, 12, 1)), at(2009, 12, 9), why="ลาป่วย")
    desk.receive(at(2010, 1, 5))
    assert measures.opinions_on_time(quarter(2553, 1), at(2010, 1, 31)) == Ratio(in_time=1, late=1)


def test_a_revision_is_not_counted_again(desk: Desk) -> None:
    petition = desk.put(desk.receive(at(2009, 11, 17)), at(2009, 11, 18))
    take_step(petition, "return_for_revision", desk.executive, now=at(2009, 11, 19), reason="ขอข้อเท็จจริงเพิ่ม")
    assert measures.opinions_on_time(NOVEMBER, at(2009, 12, 31)) == Ratio(in_time=1)


def test_part_of_a_month_is_no_period_of_a_measure(db: None) -> None:
    with pytest.raises(ValueError, match="whole months"):
        measures.opinions_on_time(Period(at(2009, 11, 2).date(), at(2009, 11, 30).date()), at(2009, 12, 1))


def test_month_by_month_a_still_coming_month_is_empty(desk: Desk) -> None:
    desk.put(desk.receive(at(2009, 10, 1)), at(2009, 10, 2))
    reading = measures.Reading([OCTOBER, NOVEMBER, DECEMBER], at(2009, 11, 30))
    assert measures.opinions_by_month(reading) == [Ratio(in_time=1), Ratio(), Ratio()]


# ── Related matters ─────────────────────────────────────────────────────────────────────────


def make_related(received: object, due: object, *, met: object = None, dropped: object = None) -> None:
    """A court summons with the promise of an opinion, as it stands after its steps."""
    number = Matter.objects.count() + 1
    matter = RelatedMatter.objects.create(
        kind=Matter.Kind.RELATED,
        related_kind=RelatedMatter.RelatedKind.SUMMONS,
        series="รก",
        year=2553,
        number=number,
        title=f"หมายศาล {number}",
        subgroup=Subgroup.objects.get(code=Subgroup.Code.COMPLAINTS),
        received_at=received,
        registered_at=received,
    )
    Deadline.objects.create(
        matter=matter,
        kind=Deadline.Kind.OPINION,
        amount=1,
        unit="working_days",
        calendar=CalendarEdition.objects.latest("pk"),
        start_at=received,
        due_at=due,
        met_at=met,
        dropped_at=dropped,
    )


def test_related_matters_are_counted_by_their_own_promises(db: None) -> None:
    received, due = at(2009, 11, 17), at(2009, 11, 18, 16, 30)
    make_related(received, due, met=due)
    make_related(received, due, met=at(2009, 11, 19))
    make_related(received, due)
    make_related(received, due, dropped=at(2009, 11, 18))
    make_related(
        at(2009, 11, 30, 23, 30), at(2009, 12, 2, 16, 30)
    )  # the last evening of the month in Bangkok
    make_related(at(2009, 12, 1, 0, 30), at(2009, 12, 2, 16, 30))
    now = at(2009, 12, 1)
    assert measures.related_matters_on_time(NOVEMBER, now) == Ratio(in_time=1, late=2, pending=1)
    assert measures.related_matters_on_time(DECEMBER, now) == Ratio(pending=1)


def test_petitions_are_no_related_matters(desk: Desk) -> None:
    desk.receive(at(2009, 11, 17))
    assert measures.related_matters_on_time(NOVEMBER, at(2009, 12, 1)) == Ratio()


# ── Reports ─────────────────────────────────────────────────────────────────────────────────


def make_issued(period: Period, issued: object, *, as_of: object = None, edition: int = 1) -> None:
    Report.objects.create(
        kind=Report.Kind.COMPLAINTS_MONTHLY,
        first=period.first,
        last=period.last,
        edition=edition,
        state=Report.State.ISSUED,
        asked_at=issued,
        as_of=as_of or issued,
        issued_at=issued,
        sha256="0" * 64,
    )


def test_a_monthly_report_is_in_time_on_the_first_working_day(db: None) -> None:
    # 31 October is a Saturday: the first working day after it is Monday 2 November.
    make_issued(OCTOBER, at(2009, 11, 2, 16, 30))
    make_issued(NOVEMBER, at(2009, 12, 2))  # Tuesday the 1st would have been in time
    now = at(2009, 12, 15)
    assert measures.reports_issued(quarter(2553, 1), now) == Ratio(in_time=1, late=1, pending=1)


def test_an_edition_of_an_unfinished_month_is_not_the_months_report(db: None) -> None:
    make_issued(NOVEMBER, at(2009, 11, 20))
    assert measures.reports_issued(NOVEMBER, at(2009, 12, 1, 9)) == Ratio(pending=1)
    make_issued(NOVEMBER, at(2009, 12, 1, 9), edition=2)
    assert measures.reports_issued(NOVEMBER, at(2009, 12, 2)) == Ratio(in_time=1)


def test_new_year_moves_the_day_of_decembers_report(db: None) -> None:
    make_issued(DECEMBER, at(2010, 1, 4, 9))
    assert measures.reports_issued(DECEMBER, at(2010, 1, 5)) == Ratio(in_time=1)
