"""The media network: the list, an outlet's year, how a reporter is reached, and doubles made one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from office.models import Secrecy, User
from publicrelations.merging import merge_outlets, merge_reporters
from publicrelations.models import Attendance, Coverage, Invitation, MediaOutlet, Reporter
from publicrelations.models.press_covering import Report
from publicrelations.models.press_holding import WalkIn
from publicrelations.outlet_names import outlet_called, outlets_alike, short_of
from publicrelations.outlet_year import outlet_year
from tests.cast import MORNING, make_executive, make_officer
from tests.publicrelations.cast import make_news_colleague, make_news_officer
from tests.publicrelations.press_cast import (
    BEGINS,
    choose,
    hold,
    invite_by_telephone,
    make_outlet,
    make_press_conference,
    make_reporter,
    take,
)

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]
AFTER = BEGINS + timedelta(hours=2)
LIST = "/public-relations/media/"


@pytest.fixture
def banlang(db: None) -> User:
    return make_news_officer()


@pytest.fixture
def at_desk(client_for: ClientFor, banlang: User) -> Client:
    return client_for(banlang)


def text(response: Any) -> str:
    return str(response.content.decode())


def page(name: str, pk: int) -> str:
    return reverse(f"publicrelations:{name}", args=[pk])


def past(officer: User, outlet: MediaOutlet, *, tone: str = "", came: bool = True, **facts: Any) -> None:
    """One that the outlet was invited to, came to and reported of."""
    conference = make_press_conference(owner=officer, **facts)
    rows = choose(conference, officer, outlets=[outlet])
    invite_by_telephone(conference, officer)
    if came:
        take(conference, "note_came", officer, now=BEGINS, invitations=rows)
    hold(conference, officer, now=AFTER)
    if tone:
        report = Report(outlet=outlet, reported_on=date(2009, 11, 20), tone=tone, note="หน้า ๑")
        take(conference, "record_coverage", officer, now=AFTER, reports=[report])


# ── Names ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["หนังสือพิมพ์ ข่าวเช้า", "นสพ.ข่าวเช้า", "ข่าวเช้า", " ข่าว เช้า "])
def test_an_outlet_is_recognised_however_it_is_called(name: str) -> None:
    assert outlet_called(name) == make_outlet() or outlet_called(name) == MediaOutlet.objects.get()
    assert short_of(name) == "ข่าวเช้า"


def test_a_name_that_two_have_is_nobodys() -> None:
    make_outlet("หนังสือพิมพ์ข่าวเช้า")
    make_outlet("เว็บไซต์ข่าวเช้า")
    assert outlet_called("ข่าวเช้า") is None


def test_two_outlets_in_use_never_have_the_same_name() -> None:
    make_outlet()
    with pytest.raises(IntegrityError), transaction.atomic():
        MediaOutlet.objects.create(name=make_outlet().name, kind="tv")


# ── The list and an outlet's page ───────────────────────────────────────────────────────────


def test_the_list_is_searched_by_outlet_and_by_reporter(at_desk: Client) -> None:
    make_reporter()
    make_outlet("วิทยุครู", kind="radio")
    make_outlet("วารสารเลิกแล้ว", is_active=False)
    for query, found in (
        ("", {"หนังสือพิมพ์ข่าวเช้า", "วิทยุครู"}),
        ("q=สมศรี", {"หนังสือพิมพ์ข่าวเช้า"}),
        ("q=ครู", {"วิทยุครู"}),
        ("kind=radio", {"วิทยุครู"}),
        ("standing=off", {"วารสารเลิกแล้ว"}),
    ):
        shown = at_desk.get(f"{LIST}?{query}").context["rows"]
        assert {one.name for one, _reporters in shown} == found, query


def test_an_outlets_year_counts_press_conferences_and_tones(banlang: User) -> None:
    outlet = make_outlet()
    past(banlang, outlet, tone="positive")
    past(banlang, outlet, tone="negative")
    past(banlang, outlet, came=False)
    year = outlet_year(outlet, banlang, 2553)
    assert (year.invited, year.came, year.reports) == (3, 2, 2)
    assert [(value, count) for value, _words, count in year.tones] == [
        ("positive", 1),
        ("neutral", 0),
        ("negative", 1),
    ]
    assert len(year.lines) == 3
    assert outlet_year(outlet, banlang, 2552).invited == 0


def test_of_several_who_came_of_one_outlet_it_came_once(banlang: User) -> None:
    outlet = make_outlet()
    past(banlang, outlet)
    conference = Attendance.objects.get().conference
    take(conference, "note_came", banlang, now=AFTER, walk_ins=[WalkIn(outlet=outlet, name="ปิติ")])
    assert outlet_year(outlet, banlang, 2553).came == 1


def test_what_a_reader_may_not_see_is_not_counted_for_them(banlang: User) -> None:
    outlet = make_outlet()
    past(banlang, outlet, secrecy=Secrecy.SECRET, is_public=False)
    assert outlet_year(outlet, banlang, 2553).invited == 1
    assert outlet_year(outlet, make_news_colleague(), 2553).invited == 0


def test_an_outlets_page_shows_its_year_in_few_queries(
    at_desk: Client, banlang: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    outlet = make_reporter().outlet
    for _one in range(3):
        past(banlang, outlet, tone="positive")
    at_desk.get(LIST)
    with django_assert_max_num_queries(12):
        shown = text(at_desk.get(f"{page('outlet', outlet.pk)}?year=2553"))
    assert "เชิงบวก" in shown
    with django_assert_max_num_queries(8):
        at_desk.get(LIST)


# ── How a reporter is reached ───────────────────────────────────────────────────────────────


def test_how_a_reporter_is_reached_is_closed_until_asked_for_and_each_look_is_logged(
    at_desk: Client, banlang: User
) -> None:
    somsri = make_reporter()
    assert somsri.telephone not in text(at_desk.get(page("outlet", somsri.outlet_id)))
    assert at_desk.get(page("reporter_contact", somsri.pk)).status_code == 405
    assert somsri.telephone in text(at_desk.post(page("reporter_contact", somsri.pk)))
    at_desk.get(page("reporter_edit", somsri.pk))
    looks = LogEntry.objects.filter(action=LogEntry.Action.ACCESS)
    assert [look.actor for look in looks] == [banlang, banlang]
    assert somsri.name not in str(list(looks.values()))


def test_that_an_address_changed_is_logged_but_not_what_it_was(at_desk: Client) -> None:
    somsri = make_reporter()
    typed = {"outlet": somsri.outlet_id, "name": somsri.name, "telephone": "02 111 1111", "email": ""}
    at_desk.post(page("reporter_edit", somsri.pk), typed)
    said = str(list(LogEntry.objects.filter(action=LogEntry.Action.UPDATE).values_list("changes", flat=True)))
    assert "telephone" in said
    assert "02 111 1111" not in said
    assert "089 000 0000" not in said


def test_executives_read_and_do_not_open_and_others_do_neither(client: Client, client_for: ClientFor) -> None:
    somsri = make_reporter()
    executive, other = client_for(make_executive()), client_for(make_officer())
    assert executive.get(page("outlet", somsri.outlet_id)).status_code == 200
    assert executive.post(page("reporter_contact", somsri.pk)).status_code == 403
    for name, pk in (("outlet_edit", somsri.outlet_id), ("reporter_edit", somsri.pk), ("reporter_new", 1)):
        assert executive.get(page(name, pk)).status_code == 403, name
        assert client.get(page(name, pk)).status_code == 302
    for address in (LIST, page("outlet", somsri.outlet_id)):
        assert other.get(address).status_code == 403
    assert not LogEntry.objects.filter(action=LogEntry.Action.ACCESS).exists()


def test_an_outlet_and_a_reporter_are_written_down_and_faults_said(at_desk: Client) -> None:
    new = {"name": " นสพ.  ครูไทย ", "kind": "newspaper", "email": "desk@kru.example", "is_active": "on"}
    assert at_desk.post(reverse("publicrelations:outlet_new"), new).status_code == 302
    outlet = MediaOutlet.objects.get()
    assert outlet.name == "นสพ. ครูไทย"
    again = at_desk.post(reverse("publicrelations:outlet_new"), new)
    assert (again.status_code, set(again.context["form"].errors)) == (422, {"name"})
    typed = {"outlet": outlet.pk, "name": "มานี มีข่าว", "since_on": "๑/๑๐/๒๕๕๒"}
    assert at_desk.post(page("reporter_new", outlet.pk), typed).status_code == 302
    assert Reporter.objects.get().confirmed_on is not None
    wrong = typed | {"name": "ชูใจ ไปแล้ว", "until_on": "๓๐/๙/๒๕๕๒"}
    answer = at_desk.post(page("reporter_new", outlet.pk), wrong)
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"until_on"})


def test_a_row_is_confirmed_by_one_press(at_desk: Client) -> None:
    somsri = make_reporter()
    assert at_desk.post(page("reporter_confirm", somsri.pk)).status_code == 302
    somsri.refresh_from_db()
    assert somsri.confirmed_on is not None


# ── Doubles ─────────────────────────────────────────────────────────────────────────────────


def test_outlets_of_one_short_name_are_said_to_be_perhaps_the_same(at_desk: Client) -> None:
    first, second = make_outlet("หนังสือพิมพ์ข่าวเช้า"), make_outlet("นสพ. ข่าวเช้า")
    assert outlets_alike(first) == [second]
    assert second.name in text(at_desk.get(page("outlet", first.pk)))
    form = at_desk.get(page("outlet_merge", first.pk)).context["form"]
    assert form.initial["into"] == second


def test_all_that_a_double_has_goes_over_and_nothing_is_lost(at_desk: Client, banlang: User) -> None:
    first, double = make_outlet(email=""), make_outlet("นสพ. ข่าวเช้า", email="desk@double.example")
    somsri = make_reporter(outlet=double)
    past(banlang, double, tone="positive")
    answer = at_desk.post(page("outlet_merge", double.pk), {"into": first.pk})
    assert answer["Location"] == page("outlet", first.pk)
    somsri.refresh_from_db()
    first.refresh_from_db()
    double.refresh_from_db()
    assert somsri.outlet == first
    assert first.email == "desk@double.example"
    assert (double.merged_into, double.is_active) == (first, False)
    year = outlet_year(first, banlang, 2553)
    assert (year.invited, year.came, year.reports) == (1, 1, 1)
    assert at_desk.get(page("outlet", double.pk))["Location"] == page("outlet", first.pk)
    assert at_desk.post(page("outlet_merge", double.pk), {"into": first.pk}).status_code == 404


def test_two_on_one_list_become_one_invited_at_the_earlier_moment(banlang: User) -> None:
    first, double = make_outlet(), make_outlet("นสพ. ข่าวเช้า")
    conference = make_press_conference(owner=banlang)
    rows = choose(conference, banlang, outlets=[first, double])
    hour = timedelta(hours=1)
    for row, at in zip(rows, (MORNING + 2 * hour, MORNING + hour), strict=True):
        take(conference, "note_invited", banlang, now=at, invitations=[row], way="telephone")
    take(conference, "answer", banlang, now=MORNING + 3 * hour, invitation=rows[1], comes=True)
    take(conference, "note_came", banlang, now=BEGINS, invitations=[rows[1]])
    merge_outlets(double, first)
    one = Invitation.objects.get()
    assert (one.outlet, one.invited_at, one.answer) == (first, MORNING + hour, "yes")
    assert Attendance.objects.get().invitation == one


def test_reporters_who_are_one_become_one(banlang: User) -> None:
    stays, double = make_reporter(telephone=""), make_reporter("ส. ข่าวดี", telephone="081 111 1111")
    conference = make_press_conference(owner=banlang)
    choose(conference, banlang, reporters=[double])
    merge_reporters(double, stays)
    stays.refresh_from_db()
    assert stays.telephone == "081 111 1111"
    assert Invitation.objects.get().reporter == stays
    assert not Coverage.objects.exists()


def test_a_row_is_not_merged_into_itself_or_twice() -> None:
    first, double = make_outlet(), make_outlet("นสพ. ข่าวเช้า")
    with pytest.raises(ValidationError):
        merge_outlets(first, first)
    merge_outlets(double, first)
    with pytest.raises(ValidationError):
        merge_outlets(double, first)
