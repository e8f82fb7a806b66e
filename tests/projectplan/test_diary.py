"""The office's diary: what of each room stands on a day, for whom, in which order, and how the pages show it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from office.calendar import OFFICE_TZ, Period
from office.models import Deadline, Secrecy, User
from parliament.models import Meeting
from projectplan.diary import Asked, Line, chosen, lines_of, sources_of
from projectplan.diary_whose import whose_of
from projectplan.feeds import activities_from
from projectplan.models import ActivityMonth, Milestone
from tests.cast import MORNING, make_petition
from tests.complaints.related_cast import COURT_DAY, Kind, make_related
from tests.parliament.cast import make_politics_head, make_politics_officer
from tests.parliament.meetings_cast import SITTING, make_meeting
from tests.projectplan.budget_cast import activity_of, make_project
from tests.publicrelations.cast import make_news_officer
from tests.publicrelations.engagements_cast import make_engagement
from tests.publicrelations.press_cast import make_press_conference

pytestmark = pytest.mark.django_db

ClientFor = Callable[[User], Client]
NOVEMBER = Period(date(2009, 11, 1), date(2009, 11, 30))
COURT_MONTH = Period(date(2009, 12, 1), date(2009, 12, 31))


def lines(user: User, period: Period = NOVEMBER, *, most: int = 60, now: datetime = MORNING) -> list[Line]:
    return lines_of(Asked(period, user, now, most), sources_of(user))


def sorts(user: User, period: Period = NOVEMBER) -> list[str]:
    return [line.source for line in lines(user, period)]


def test_each_room_reads_its_own_and_the_executive_reads_all(officer: User, executive: User) -> None:
    politics, news = make_politics_officer(), make_news_officer()
    make_meeting(owner=politics)
    make_engagement(owner=news)
    make_press_conference(owner=news)
    make_related(Kind.SUMMONS, owner=officer)
    Deadline.objects.update(responsible=None)  # what each of them owes is asked below
    assert sorts(politics) == ["meetings"]
    assert set(sorts(news)) == {"engagements", "press"}
    assert set(sorts(executive)) == {"meetings", "engagements", "press"}
    assert sorts(officer) == []


def test_a_hearing_stands_on_its_day_with_its_court(officer: User) -> None:
    matter = make_related(Kind.SUMMONS, owner=officer)
    found = [line for line in lines(officer, COURT_MONTH) if line.source == "hearings"]
    assert [(line.begins_at, line.title, line.words) for line in found] == [
        (COURT_DAY, "นัดพิจารณาครั้งแรก", "ศาลปกครองกลาง")
    ]
    assert found[0].url == reverse("complaints:related", args=[matter.pk])
    matter.hearings.update(cancelled_at=MORNING)
    assert "hearings" not in sorts(officer, COURT_MONTH)


def test_a_secret_meeting_stands_only_before_whoever_may_see_it() -> None:
    politics, head = make_politics_officer(), make_politics_head()
    make_meeting(owner=head, secrecy=Secrecy.SECRET)
    assert "meetings" not in sorts(politics)
    assert "meetings" in sorts(head)


def test_one_that_does_not_take_place_is_struck_out() -> None:
    politics = make_politics_officer()
    meeting = make_meeting(owner=politics)
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.CANCELLED)
    shown = next(line for line in lines(politics) if line.source == "meetings")
    assert (shown.tone, shown.words) == ("off", Meeting.State.CANCELLED.label)


def test_what_a_person_owes_is_theirs_alone_and_late_after_its_moment(officer: User, colleague: User) -> None:
    make_petition(owner=officer)
    due = Deadline.objects.get(responsible=officer).due_at
    before = [line for line in lines(officer, now=due - timedelta(minutes=1)) if line.source == "promises"]
    after = [line for line in lines(officer, now=due + timedelta(minutes=1)) if line.source == "promises"]
    assert [line.tone for line in before] == ["coming"]
    assert [(line.tone, line.begins_at) for line in after] == [("late", due)]
    assert "promises" not in sorts(colleague)
    Deadline.objects.update(met_at=MORNING)
    assert "promises" not in sorts(officer)


def test_what_must_be_ready_when_it_begins_stands_once() -> None:
    politics, news = make_politics_officer(), make_news_officer()
    meeting, conference = make_meeting(owner=politics), make_press_conference(owner=news)
    kinds = {Deadline.Kind.READY, Deadline.Kind.INVITED}
    owed = Deadline.objects.unmet().filter(matter__in=[meeting.pk, conference.pk], kind__in=kinds)
    assert set(owed.values_list("responsible", flat=True)) == {politics.pk, news.pk}
    assert sorts(politics) == ["meetings"]
    assert sorts(news) == ["press"]


def test_milestones_and_the_months_of_activities_have_no_hour_and_stand_first(executive: User) -> None:
    activity = activity_of(make_project(), 1)
    ActivityMonth.objects.all().delete()
    ActivityMonth.objects.create(activity=activity, first_on=date(2009, 11, 1))
    Milestone.objects.create(activity=activity, name="ได้วิทยากรครบ", due_on=SITTING.date())
    make_meeting()
    assert [(line.source, line.day.day, line.begins_at is None) for line in lines(executive)] == [
        ("activities", 1, True),
        ("activities", 19, True),
        ("meetings", 19, False),
    ]
    late = next(line for line in lines(executive, now=SITTING + timedelta(days=1)) if line.day.day == 19)
    assert late.tone == "late"
    Milestone.objects.update(done_on=SITTING.date())
    done = next(line for line in lines(executive, now=SITTING + timedelta(days=1)) if line.day.day == 19)
    assert done.tone == "ready"


def test_a_full_day_shows_its_first_and_says_how_many_there_are(executive: User) -> None:
    for hour in (15, 9, 13):
        make_meeting(begins_at=SITTING.replace(hour=hour))
    make_engagement(starts_at=SITTING.replace(hour=8), ends_at=SITTING.replace(hour=9))
    found = lines(executive, most=3)
    assert [line.begins_at.astimezone(OFFICE_TZ).hour for line in found if line.begins_at] == [8, 9, 13]
    assert {line.of_day for line in found} == {4}


def test_the_address_chooses_what_is_shown(executive: User, client_for: ClientFor) -> None:
    make_meeting(title="ประชุมสภาเรื่องครู")
    make_engagement(title="เปิดห้องสมุดใหม่")
    assert len(chosen(sources_of(executive), ["nonsense"])) == len(sources_of(executive))
    client = client_for(executive)
    address = f"{reverse('projectplan:diary_day')}?day=2009-11-19"
    both, one = client.get(address).content.decode(), client.get(f"{address}&only=meetings").content.decode()
    assert "ประชุมสภาเรื่องครู" in both
    assert "เปิดห้องสมุดใหม่" in both
    assert "ประชุมสภาเรื่องครู" in one
    assert "เปิดห้องสมุดใหม่" not in one


@pytest.mark.parametrize("page", ["diary", "diary_day", "diary_ahead"])
@pytest.mark.parametrize(
    "query", ["", "?day=2009-11-19", "?view=week&day=2009-11-19", "?day=nonsense&only=x"]
)
def test_its_pages_ask_at_most_twelve_questions(
    page: str, query: str, executive: User, officer: User, client_for: ClientFor
) -> None:
    make_project()
    for _number in range(5):
        make_meeting()
        make_engagement()
        make_press_conference()
        make_petition(owner=executive)
        make_related(Kind.SUMMONS)
    for user in (executive, officer):
        client = client_for(user)
        client.get(reverse(f"projectplan:{page}") + query)  # the working calendar is remembered from here on
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(reverse(f"projectplan:{page}") + query)
        assert answer.status_code == 200
        assert len(asked) <= 12


def test_an_empty_day_says_what_will_stand_here(officer: User, client_for: ClientFor) -> None:
    answer = client_for(officer).get(f"{reverse('projectplan:diary_day')}?day=2009-11-22")
    assert "ไม่มีสิ่งใดจัดขึ้นหรือครบกำหนดในช่วงนี้" in answer.content.decode()


# ── Whose ───────────────────────────────────────────────────────────────────────────────────


def test_an_executive_narrows_the_diary_to_a_subgroup_or_a_person(officer: User, executive: User) -> None:
    politics, news = make_politics_officer(), make_news_officer()
    make_meeting(owner=politics)
    make_engagement(owner=news)
    make_related(Kind.SUMMONS, owner=officer, hearing_at=SITTING)

    def sources(**address: str) -> set[str]:
        whose = whose_of(executive, address)
        asked = Asked(NOVEMBER, executive, MORNING, 60, whose.person, whose.subgroup)
        return {line.source for line in lines_of(asked, sources_of(executive))} - {"promises"}

    assert sources() == {"meetings", "engagements", "hearings"}
    assert sources(of="politics") == {"meetings"}
    assert sources(who=str(officer.pk)) == {"hearings"}
    assert sources(of="politics", who=str(officer.pk)) == set()


def test_a_persons_diary_holds_what_that_person_owes(officer: User, executive: User) -> None:
    make_petition(owner=officer)
    whose = whose_of(executive, {"who": str(officer.pk)})
    found = lines_of(Asked(NOVEMBER, executive, MORNING, 60, whose.person), sources_of(executive))
    assert [line.source for line in found] == ["promises"]


def test_nobody_asks_for_people_of_another_subgroup(officer: User, colleague: User, head: User) -> None:
    politics = make_politics_officer()
    assert whose_of(head, {"who": str(colleague.pk)}).person == colleague.pk
    assert whose_of(head, {"who": str(politics.pk), "of": "politics"}).query == []
    assert whose_of(officer, {"who": str(colleague.pk)}).person is None
    assert whose_of(officer, {"who": str(officer.pk)}).person == officer.pk
    for typed in ("๑", "-1", "9" * 30, "x"):
        assert whose_of(head, {"who": typed}).person is None


def test_the_filter_stays_on_every_way_out_of_the_page(
    client_for: ClientFor, officer: User, head: User
) -> None:
    address = reverse("projectplan:diary") + f"?day=2009-11-17&only=promises&who={officer.pk}"
    html = client_for(head).get(address).content.decode()
    assert (
        html.count(f"only=promises&amp;who={officer.pk}") + html.count(f"only=promises&who={officer.pk}") > 5
    )


def test_a_calendar_program_reads_the_projects_milestones_and_months_too() -> None:
    activity = activity_of(make_project(), 1)
    ActivityMonth.objects.all().delete()
    milestone = Milestone.objects.create(activity=activity, name="ส่งรายงาน", due_on=date(2009, 12, 15))
    ActivityMonth.objects.create(activity=activity, first_on=date(2009, 12, 1))
    found = {entry.summary: entry for entry in activities_from(MORNING)}
    entry = found["ส่งรายงาน"]
    assert entry.starts_at == datetime(2009, 12, 15, 8, 30, tzinfo=OFFICE_TZ)
    assert (entry.is_busy, entry.note, activity.name in found) == (False, activity.name, True)
    milestone.done_on = date(2009, 12, 10)
    milestone.save()
    again = next(one for one in activities_from(MORNING) if one.uid == entry.uid)
    assert (entry.sequence, again.sequence) == (0, 1)


def test_a_title_is_written_into_a_months_cell_as_text() -> None:
    politics = make_politics_officer()
    make_meeting(owner=politics, title='ประชุม <script>alert(1)</script> & "คณะ"')
    (line,) = [line for line in lines(politics) if line.source == "meetings"]
    assert "<script>" not in line.in_month
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;คณะ&quot;" in line.in_month
