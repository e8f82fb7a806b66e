"""A day off more, a day off less: what moves, what never does, who may say so, and what it leaves behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

import pytest
from auditlog.models import LogEntry
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from complaints.models import Petition, State
from office import calendar_changes
from office.calendar import OFFICE_TZ
from office.calendar_changes import (
    CalendarMovedOn,
    add_day,
    confirm_moves,
    may_have_pending,
    pending_moves,
    remove_day,
)
from office.models import CalendarEdition, Deadline, Event, Matter, Notice, OfficeDay, Secrecy, Subgroup, User
from office.models.calendar import _calendar_of, current_calendar
from office.steps import Actor, ChangedMeanwhile, perform
from tests import cast

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]

TUESDAY = cast.MORNING  # 17 November 2009, 09:00; the opinion is due on Wednesday at 16:30
WEDNESDAY = date(2009, 11, 18)
THURSDAY = date(2009, 11, 19)


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """What is kept by the number of an edition must not outlive a test that is rolled back, and its number with it."""
    cache.clear()
    _calendar_of.cache_clear()
    yield
    cache.clear()
    _calendar_of.cache_clear()


def closing(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 16, 30, tzinfo=OFFICE_TZ)


def day_off(day: date, user: User, now: datetime = TUESDAY) -> CalendarEdition:
    return add_day(OfficeDay(date=day, kind=OfficeDay.Kind.OFF, name="มติคณะรัฐมนตรี"), user=user, now=now)


def opinion_of(petition: Petition) -> Deadline:
    return Deadline.objects.get(matter_id=petition.pk, kind=Deadline.Kind.OPINION)


# ── What moves ──────────────────────────────────────────────────────────────────────────────


def test_a_day_off_moves_nothing_by_itself(petition: Petition, head: User) -> None:
    day_off(WEDNESDAY, head)
    assert opinion_of(petition).due_at == closing(WEDNESDAY)


def test_what_would_move_is_shown_from_old_to_new(petition: Petition, head: User) -> None:
    day_off(WEDNESDAY, head)
    pending = pending_moves(head, TUESDAY)
    assert (pending.count, pending.out_of_sight) == (1, 0)
    assert [(move.deadline.due_at, move.new) for move in pending.shown] == [
        (closing(WEDNESDAY), closing(THURSDAY))
    ]


def test_a_head_moves_them_and_everything_says_so(officer: User, head: User) -> None:
    petition = cast.make_petition(owner=officer)
    edition = day_off(WEDNESDAY, head)
    before = Matter.objects.get(pk=petition.pk).version
    now = TUESDAY + timedelta(hours=1)
    assert confirm_moves(head, now, edition.pk) == 1
    deadline = opinion_of(petition)
    assert (deadline.due_at, deadline.calendar_id) == (closing(THURSDAY), edition.pk)
    assert (deadline.next_reminder, deadline.remind_at) == (
        Deadline.Reminder.BEFORE,
        datetime(2009, 11, 19, 8, 30, tzinfo=OFFICE_TZ),
    )
    event = Event.objects.get(matter_id=petition.pk, step="calendar_moved")
    assert event.changes == {
        "due": ["2009-11-18T16:30:00+07:00", "2009-11-19T16:30:00+07:00"],
        "promise": ["", "opinion"],
    }
    assert (event.actor, event.at, event.version, event.reason) == (head, now, before + 1, edition.note)
    assert Matter.objects.get(pk=petition.pk).version == before + 1
    told = Notice.objects.get(kind=Notice.Kind.CALENDAR, way=Notice.Way.APP)
    assert (told.recipient, told.matter_id, told.deadline_id) == (officer, petition.pk, deadline.pk)
    assert LogEntry.objects.get(object_pk=str(edition.pk), changes__has_key="moved").actor == head


def test_a_second_press_moves_nothing_more(petition: Petition, head: User) -> None:
    edition = day_off(WEDNESDAY, head)
    assert [confirm_moves(head, TUESDAY, edition.pk) for _press in range(2)] == [1, 0]
    assert Event.objects.filter(step="calendar_moved").count() == 1


def test_what_is_late_stays_late(petition: Petition, head: User) -> None:
    edition = day_off(WEDNESDAY, head)
    after = closing(WEDNESDAY) + timedelta(minutes=1)
    assert pending_moves(head, after).count == 0
    assert confirm_moves(head, after, edition.pk) == 0
    assert opinion_of(petition).due_at == closing(WEDNESDAY)


def test_taking_a_day_off_away_never_hurries_anybody(head: User) -> None:
    day_off(WEDNESDAY, head)
    petition = cast.make_petition()
    assert opinion_of(petition).due_at == closing(THURSDAY)
    edition = remove_day(OfficeDay.objects.get(date=WEDNESDAY), reason="ยกเลิกมติ", user=head, now=TUESDAY)
    assert current_calendar().is_working_day(WEDNESDAY)
    assert pending_moves(head, TUESDAY).count == 0
    assert confirm_moves(head, TUESDAY, edition.pk) == 0
    assert opinion_of(petition).due_at == closing(THURSDAY)


def test_a_day_outside_the_span_moves_nothing(petition: Petition, head: User) -> None:
    day_off(date(2009, 11, 25), head)
    assert pending_moves(head, TUESDAY).count == 0
    assert not may_have_pending(TUESDAY)


def test_kept_and_agreed_promises_do_not_move(officer: User, head: User, executive: User) -> None:
    petition = cast.make_petition(owner=officer)
    cast.bring_to(petition, State.REFERRED, officer=officer, head=head, executive=executive)
    agreed = Deadline.objects.get(matter_id=petition.pk, kind=Deadline.Kind.AGENCY_ANSWER)
    last_day = agreed.due_at.astimezone(OFFICE_TZ).date()
    Deadline.objects.filter(pk=agreed.pk).update(rule=None)
    day_off(last_day, head)
    assert pending_moves(head, TUESDAY).count == 0
    Deadline.objects.filter(pk=agreed.pk).update(rule=Deadline.objects.exclude(rule=None).first().rule)
    assert pending_moves(head, TUESDAY).count == 1


def test_a_working_day_added_moves_nothing_earlier(head: User) -> None:
    friday = datetime(2009, 11, 20, 10, 0, tzinfo=OFFICE_TZ)
    petition = cast.make_petition(received_at=friday)
    saturday = OfficeDay(date=date(2009, 11, 21), kind=OfficeDay.Kind.WORKING, name="ทำงานชดเชย")
    add_day(saturday, user=head, now=friday)
    assert pending_moves(head, friday).count == 0
    assert opinion_of(petition).due_at == closing(date(2009, 11, 23))


def test_several_promises_of_one_matter_leave_an_event_each(petition: Petition, head: User) -> None:
    first = opinion_of(petition)
    Deadline.objects.create(
        matter_id=petition.pk, kind=Deadline.Kind.INFORM, rule=first.rule, amount=1, unit=first.unit,
        calendar=first.calendar, start_at=first.start_at, due_at=first.due_at,
    )  # fmt: skip
    edition = day_off(WEDNESDAY, head)
    assert confirm_moves(head, TUESDAY, edition.pk) == 2
    events = Event.objects.filter(matter_id=petition.pk, step="calendar_moved")
    assert sorted(events.values_list("version", flat=True)) == [2, 3]
    assert Matter.objects.get(pk=petition.pk).version == 3


def test_many_are_moved_in_batches(head: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar_changes, "MATTERS_PER_BATCH", 3)
    petitions = [cast.make_petition() for _one in range(10)]
    edition = day_off(WEDNESDAY, head)
    assert confirm_moves(head, TUESDAY, edition.pk) == 10
    assert {opinion_of(one).due_at for one in petitions} == {closing(THURSDAY)}


def test_whoever_has_very_many_is_told_once(officer: User, head: User) -> None:
    for _one in range(11):
        cast.make_petition(owner=officer)
    edition = day_off(WEDNESDAY, head)
    confirm_moves(head, TUESDAY, edition.pk)
    told = Notice.objects.get(kind=Notice.Kind.CALENDAR, way=Notice.Way.APP)
    assert (told.recipient, told.matter_id) == (officer, None)
    assert "๑๑" in told.text


def test_the_listing_stops_at_its_cap(head: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar_changes, "COUNT_CAP", 3)
    monkeypatch.setattr(calendar_changes, "ROWS_SHOWN", 2)
    for _one in range(6):
        cast.make_petition()
    day_off(WEDNESDAY, head)
    pending = pending_moves(head, TUESDAY)
    assert (pending.count, len(pending.shown)) == (4, 2)


def test_a_page_drawn_before_the_move_is_stale(officer: User, head: User) -> None:
    petition = cast.make_petition(owner=officer)
    stale = cast.fresh(petition)
    edition = day_off(WEDNESDAY, head)
    confirm_moves(head, TUESDAY, edition.pk)
    with pytest.raises(ChangedMeanwhile) as changed:
        perform(
            stale, "save_draft", actor=Actor(user=officer), seen=stale.version, now=TUESDAY, summary="ร่าง"
        )
    assert [event.step for event in changed.value.events] == ["calendar_moved"]


# ── Who ─────────────────────────────────────────────────────────────────────────────────────


def test_heads_and_administrators_change_the_calendar(
    officer: User, executive: User, stranger: User, head: User, administrator: User
) -> None:
    for user in (officer, executive, stranger):
        with pytest.raises(PermissionDenied):
            day_off(WEDNESDAY, user)
    assert not OfficeDay.objects.filter(date=WEDNESDAY).exists()
    day_off(WEDNESDAY, head)
    day_off(THURSDAY, administrator)


def test_only_a_head_confirms(
    petition: Petition, officer: User, executive: User, administrator: User
) -> None:
    edition = day_off(WEDNESDAY, administrator)
    for user in (officer, executive, administrator):
        with pytest.raises(PermissionDenied):
            confirm_moves(user, TUESDAY, edition.pk)
    assert opinion_of(petition).due_at == closing(WEDNESDAY)


def test_a_calendar_changed_meanwhile_is_looked_at_again(petition: Petition, head: User) -> None:
    seen = day_off(WEDNESDAY, head)
    day_off(THURSDAY, head)
    with pytest.raises(CalendarMovedOn):
        confirm_moves(head, TUESDAY, seen.pk)
    assert opinion_of(petition).due_at == closing(WEDNESDAY)
    assert pending_moves(head, TUESDAY).shown[0].new == closing(date(2009, 11, 20))


def test_matters_out_of_sight_are_only_counted(petition: Petition, head: User, administrator: User) -> None:
    other = cast.make_head("politics_head", subgroup=Subgroup.Code.POLITICS, display_name="นายอื่น ไกลตัว")
    day_off(WEDNESDAY, head)
    for user in (other, administrator):
        pending = pending_moves(user, TUESDAY)
        assert (pending.count, pending.shown, pending.out_of_sight) == (1, [], 1)


# ── The pages ───────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def real_time_petition(db: None) -> Petition:
    """A petition of today: the pages read the clock themselves."""
    return cast.make_petition(received_at=timezone.now())


def test_everybody_sees_the_calendar_and_few_change_it(
    client: Client,
    client_for: ClientFor,
    officer: User,
    executive: User,
    stranger: User,
    head: User,
    administrator: User,
) -> None:
    address = reverse("office:calendar")
    assert client.get(address).status_code == 302
    for user, may in [
        (officer, False),
        (executive, False),
        (stranger, False),
        (head, True),
        (administrator, True),
    ]:
        page = client_for(user).get(address)
        assert page.status_code == 200
        assert (reverse("office:calendar_add") in page.content.decode()) is may


def test_the_year_is_drawn_with_its_days_off(client_for: ClientFor, officer: User) -> None:
    page = client_for(officer).get(reverse("office:calendar"), {"year": "2553"}).content.decode()
    assert page.count('<table class="month">') == 12
    assert "ตุลาคม ๒๕๕๒" in page
    assert "กันยายน ๒๕๕๓" in page
    assert page.count("วันปิยมหาราช") >= 2
    for year in ("0", "2400", "x", "99999", "๒๕๕๓"):
        assert client_for(officer).get(reverse("office:calendar"), {"year": year}).status_code == 200


def test_a_head_adds_a_day_sees_what_moves_and_confirms(
    client_for: ClientFor, head: User, real_time_petition: Petition
) -> None:
    client = client_for(head)
    old = opinion_of(real_time_petition).due_at
    day = old.astimezone(OFFICE_TZ).date()
    typed = f"{day.day}/{day.month}/{day.year + 543}"
    added = client.post(reverse("office:calendar_add"), {"date": typed, "kind": "off", "name": "มติคณะรัฐมนตรี"})
    assert added.url == reverse("office:calendar_moves")
    page = client.get(added.url)
    assert real_time_petition.title in page.content.decode()
    edition = page.context["pending"].edition
    confirmed = client.post(added.url, {"edition": edition})
    assert confirmed.status_code == 302
    assert opinion_of(real_time_petition).due_at > old
    assert client.get(added.url).context["pending"].count == 0


def test_who_may_not_change_gets_words_not_a_change(
    client_for: ClientFor,
    officer: User,
    executive: User,
    administrator: User,
    head: User,
    real_time_petition: Petition,
) -> None:
    day = OfficeDay.objects.first()
    assert day is not None
    for user in (officer, executive):
        client = client_for(user)
        assert client.post(reverse("office:calendar_add"), {}).status_code == 403
        assert (
            client.post(reverse("office:calendar_remove", args=[day.pk]), {"reason": "x"}).status_code == 403
        )
        assert client.get(reverse("office:calendar_moves")).status_code == 403
    edition = CalendarEdition.objects.latest("pk").pk
    assert client_for(administrator).get(reverse("office:calendar_moves")).status_code == 200
    assert (
        client_for(administrator).post(reverse("office:calendar_moves"), {"edition": edition}).status_code
        == 403
    )
    assert OfficeDay.objects.filter(pk=day.pk).exists()


@pytest.mark.parametrize(
    "typed",
    [
        {"date": "31/2/2553", "kind": "off", "name": "ไม่มีวันนี้"},
        {"date": "23/10/2552", "kind": "off", "name": "มีแล้ว"},
        {"date": "24/11/2552", "kind": "working", "name": "ทำงานอยู่แล้ว"},
        {"date": "24/11/2552", "kind": "off", "name": ""},
        {"date": "", "kind": "", "name": ""},
    ],
)
def test_a_wrong_day_is_said_kindly(client_for: ClientFor, head: User, typed: dict[str, str]) -> None:
    editions = CalendarEdition.objects.count()
    response = client_for(head).post(reverse("office:calendar_add"), typed)
    assert response.status_code == 422
    assert "invalid-feedback" in response.content.decode()
    assert CalendarEdition.objects.count() == editions


def test_a_day_is_taken_out_for_a_reason_only(client_for: ClientFor, head: User) -> None:
    day = OfficeDay.objects.get(date=date(2009, 10, 23))
    client = client_for(head)
    address = reverse("office:calendar_remove", args=[day.pk])
    client.post(address, {"reason": " "})
    assert OfficeDay.objects.filter(pk=day.pk).exists()
    client.post(address, {"reason": "ประกาศเปลี่ยน"})
    assert not OfficeDay.objects.filter(pk=day.pk).exists()
    assert "ประกาศเปลี่ยน" in CalendarEdition.objects.latest("pk").note
    assert client.get(address).status_code == 405


def test_a_calendar_changed_between_look_and_press_is_said(
    client_for: ClientFor, head: User, real_time_petition: Petition
) -> None:
    client = client_for(head)
    for edition in ("0", "x", ""):
        response = client.post(reverse("office:calendar_moves"), {"edition": edition}, follow=True)
        assert response.status_code == 200
        assert "alert-warning" in response.content.decode()


def test_the_pages_cost_few_queries(
    client_for: ClientFor, head: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        cast.make_petition(secrecy=Secrecy.ORDINARY, title=f"เรื่องที่ {number}")
    day_off(WEDNESDAY, head)
    client = client_for(head)
    client.get(reverse("office:calendar"))
    with django_assert_max_num_queries(12):
        client.get(reverse("office:calendar"))
    with django_assert_max_num_queries(12):
        client.get(reverse("office:calendar_moves"))
