"""The pages of press conferences: planning, choosing, inviting, the door, coverage; who may open them, and what they
cost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from office.calendar import OFFICE_TZ
from office.models import Event, Secrecy, User
from office.steps import Actor, open_steps
from publicrelations.models import Attendance, Coverage, Invitation, PressConference
from tests.cast import make_executive, make_officer
from tests.publicrelations.cast import make_news_colleague, make_news_head, make_news_officer
from tests.publicrelations.press_cast import (
    choose,
    fresh,
    hold,
    invite_by_telephone,
    make_outlet,
    make_press_conference,
    make_reporter,
    take,
)

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]
State = PressConference.State
MOST_QUERIES = 12
HOUR = timedelta(hours=1)
REGISTER = "/public-relations/press-conferences/"


@pytest.fixture
def banlang(db: None) -> User:
    return make_news_officer()


@pytest.fixture
def at_desk(client_for: ClientFor, banlang: User) -> Client:
    return client_for(banlang)


def text(response: Any) -> str:
    return str(response.content.decode())


def page(conference: PressConference, step: str = "") -> str:
    if step:
        return reverse("publicrelations:press_conference_step", args=[conference.pk, step])
    return reverse("publicrelations:press_conference", args=[conference.pk])


def send(client: Client, conference: PressConference, step: str, **typed: Any) -> Any:
    """A step's form as it is sent from the page as it stands now."""
    return client.post(page(conference, step), {"seen": fresh(conference).version} | typed)


def coming(owner: User | None, **facts: Any) -> PressConference:
    """One in three days, planned an hour ago."""
    now = timezone.now()
    given = {"starts_at": now + timedelta(days=3), "received_at": now - HOUR} | facts
    return make_press_conference(owner=owner, **given)


def begun(owner: User, **facts: Any) -> PressConference:
    """One that began an hour ago (never on another day than today), a reporter invited in time."""
    now = timezone.now()
    local = now.astimezone(OFFICE_TZ)
    starts = max(now - HOUR, local.replace(hour=0, minute=0, second=0, microsecond=0))
    conference = make_press_conference(
        owner=owner, starts_at=starts, received_at=starts - timedelta(days=2), **facts
    )
    choose(conference, owner, reporters=[make_reporter()], now=starts - timedelta(days=1))
    invite_by_telephone(conference, owner, now=starts - timedelta(days=1))
    return fresh(conference)


def held(owner: User) -> PressConference:
    conference = begun(owner)
    hold(conference, owner, now=timezone.now())
    return fresh(conference)


# ── Planning ────────────────────────────────────────────────────────────────────────────────


def typed_conference(**changes: Any) -> dict[str, Any]:
    """What an officer types, in Thai digits."""
    return {
        "title": "แถลงข่าวการรับนักเรียน ปีการศึกษา ๒๕๕๓",
        "occasion": "weekly",
        "begins_on": "๓๐/๑๒/๒๕๗๐",
        "begins_time": "๑๐.๐๐",
        "ends_time": "๑๑.๐๐",
        "place": "ห้องแถลงข่าว",
        "received_on": "๑/๑๑/๒๕๕๒",
        "received_time": "๐๙.๐๐",
        "secrecy": "0",
        "is_public": "on",
        "take_it": "on",
    } | changes


def test_what_is_planned_is_registered_once_and_leads_to_its_page(at_desk: Client, banlang: User) -> None:
    form = at_desk.get(reverse("publicrelations:press_conference_new"))
    typed = typed_conference(ticket=form.context["form"].ticket_to_send())
    for _click in range(2):
        answer = at_desk.post(reverse("publicrelations:press_conference_new"), typed)
        assert answer.status_code == 302
    conference = PressConference.objects.get()
    assert answer["Location"] == page(conference)
    assert conference.owner == banlang
    assert conference.starts_at.astimezone(OFFICE_TZ).strftime("%Y-%m-%d %H:%M") == "2027-12-30 10:00"
    assert "ยังไม่ได้เลือกว่าจะเชิญใคร" in text(at_desk.get(page(conference)))


def test_faults_stand_beside_their_fields_and_what_was_typed_stays(at_desk: Client) -> None:
    typed = typed_conference(ends_time="๙.๐๐", title="", secrecy="1")
    answer = at_desk.post(reverse("publicrelations:press_conference_new"), typed)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"title", "ends_time", "is_public"}
    assert "ห้องแถลงข่าว" in text(answer)
    assert not PressConference.objects.exists()


@pytest.mark.parametrize("make", [make_executive, make_officer])
def test_who_does_not_carry_public_relations_is_told_whom_to_ask(
    client_for: ClientFor, make: Callable[[], User]
) -> None:
    answer = client_for(make()).get(reverse("publicrelations:press_conference_new"))
    assert answer.status_code == 403
    assert "ประชาสัมพันธ์" in text(answer)


# ── Who sees it ─────────────────────────────────────────────────────────────────────────────


def test_a_stranger_is_asked_to_sign_in_and_another_subgroup_finds_nothing(
    client: Client, client_for: ClientFor, banlang: User
) -> None:
    conference = coming(banlang)
    names = ("press_door", "press_sign_in")
    addresses = [page(conference), page(conference, "choose")]
    addresses += [reverse(f"publicrelations:{name}", args=[conference.pk]) for name in names]
    other = client_for(make_officer())
    for address in addresses:
        assert client.get(address).status_code == 302
        assert other.get(address).status_code == 404, address
    for name in ("press_mark", "press_letter", "press_walk_in"):
        address = reverse(f"publicrelations:{name}", args=[conference.pk])
        assert other.post(address, {"mark": "came:1", "seen": 1}).status_code == 404


def test_a_graded_one_of_somebody_else_is_not_there_for_a_colleague(
    client_for: ClientFor, banlang: User
) -> None:
    conference = coming(banlang, secrecy=Secrecy.SECRET, is_public=False)
    colleague = client_for(make_news_colleague())
    assert colleague.get(page(conference)).status_code == 404
    assert conference.title not in text(colleague.get(REGISTER))


def test_the_register_shows_when_it_is_and_how_far(at_desk: Client, banlang: User) -> None:
    conference = coming(banlang)
    choose(conference, banlang, outlets=[make_outlet(), make_outlet("วิทยุครู")], now=timezone.now())
    shown = text(at_desk.get(REGISTER))
    assert conference.title in shown
    assert "๐/๒" in shown


def test_the_register_is_filtered_by_outlet_coverage_and_coordination(at_desk: Client, banlang: User) -> None:
    late, in_time = make_press_conference(owner=banlang), held(banlang)
    outlet = Invitation.objects.get().outlet
    for query, found, other in (
        (f"outlet={outlet.pk}", in_time, late),
        ("reported=none&state=held", in_time, late),
        ("promise=late", late, in_time),
        ("promise=in_time", in_time, late),
        ("month=2552-11", late, in_time),
    ):
        shown = text(at_desk.get(f"{REGISTER}?{query}"))
        assert found.title in shown, query
        assert other.title not in shown, query


# ── Choosing and inviting ───────────────────────────────────────────────────────────────────


def test_last_times_list_is_ticked_at_first(at_desk: Client, banlang: User) -> None:
    held(banlang)
    make_reporter("มานะ อดทน", outlet=make_outlet("วิทยุครู"))
    conference = coming(banlang)
    form = at_desk.get(f"{page(conference, 'choose')}?start=last").context["form"]
    somsri = Invitation.objects.get().reporter_id
    assert form["reporters"].value() == [str(somsri)]
    assert form["outlets"].value() == []


def test_all_of_a_kind_are_ticked_at_first_by_name_or_by_their_desk(at_desk: Client, banlang: User) -> None:
    paper, station = make_reporter().outlet, make_outlet("สถานีประเทศไทย", kind="tv")
    conference = coming(banlang)
    of_papers = at_desk.get(f"{page(conference, 'choose')}?start=newspaper").context["form"]
    of_stations = at_desk.get(f"{page(conference, 'choose')}?start=tv").context["form"]
    assert of_papers["reporters"].value() == [str(paper.reporters.get().pk)]
    assert of_stations["outlets"].value() == [str(station.pk)]


def test_who_is_chosen_stands_in_the_list_and_nobody_ticked_is_said(at_desk: Client, banlang: User) -> None:
    conference, outlet = coming(banlang), make_outlet()
    answer = send(at_desk, conference, "choose")
    assert answer.status_code == 422
    assert "เลือก" in text(answer)
    assert send(at_desk, conference, "choose", outlets=[outlet.pk]).status_code == 302
    assert "หนังสือพิมพ์ข่าวเช้า" in text(at_desk.get(page(conference)))


def test_the_letter_is_seen_before_it_is_sent(at_desk: Client, banlang: User) -> None:
    conference = coming(banlang)
    [row] = choose(conference, banlang, reporters=[make_reporter()], now=timezone.now())
    address = reverse("publicrelations:press_letter", args=[conference.pk])
    typed = {"invitations": [row.pk], "message": "ขอเชิญพร้อมช่างภาพ"}
    shown = text(at_desk.post(address, typed))
    assert "ขอเชิญพร้อมช่างภาพ" in shown
    assert conference.title in shown


def test_those_without_an_address_are_named(at_desk: Client, banlang: User) -> None:
    conference = coming(banlang)
    bare = make_outlet("วิทยุชุมชน", email="")
    choose(conference, banlang, outlets=[bare, make_outlet()], now=timezone.now())
    shown = at_desk.get(page(conference, "invite"))
    assert [one.outlet for one in shown.context["form"].unreachable] == [bare]
    assert page(conference, "note_invited") in text(shown)
    answer = send(at_desk, conference, "invite", invitations=[Invitation.objects.get(outlet=bare).pk])
    assert answer.status_code == 422


def test_one_press_notes_a_telephone_call_and_an_answer(at_desk: Client, banlang: User) -> None:
    conference = coming(banlang)
    [row] = choose(conference, banlang, outlets=[make_outlet()], now=timezone.now())
    address = reverse("publicrelations:press_mark", args=[conference.pk])
    for mark in ("telephoned", "comes", "does_not_come"):
        answer = at_desk.post(address, {"mark": f"{mark}:{row.pk}", "seen": fresh(conference).version})
        assert answer.status_code == 302
    row.refresh_from_db()
    assert (row.way, row.answer) == ("telephone", "no")
    assert fresh(conference).state == State.INVITED


def test_a_mark_of_another_list_or_of_no_kind_is_not_there(at_desk: Client, banlang: User) -> None:
    conference, other = coming(banlang), coming(banlang)
    [row] = choose(other, banlang, outlets=[make_outlet()], now=timezone.now())
    address = reverse("publicrelations:press_mark", args=[conference.pk])
    for mark in (f"came:{row.pk}", "came:x", f"burnt:{row.pk}", ""):
        assert at_desk.post(address, {"mark": mark, "seen": 1}).status_code == 404, mark
    assert at_desk.get(address).status_code == 405


def test_a_mark_from_a_page_that_others_only_marked_meanwhile_is_taken(
    at_desk: Client, client_for: ClientFor, banlang: User
) -> None:
    conference = coming(banlang)
    rows = choose(conference, banlang, outlets=[make_outlet(), make_outlet("วิทยุครู")], now=timezone.now())
    seen = fresh(conference).version
    address = reverse("publicrelations:press_mark", args=[conference.pk])
    client_for(make_news_colleague()).post(address, {"mark": f"telephoned:{rows[0].pk}", "seen": seen})
    at_desk.post(address, {"mark": f"telephoned:{rows[1].pk}", "seen": seen})
    assert fresh(conference).state == State.INVITED


def test_a_mark_from_a_page_that_was_overtaken_is_not_taken(at_desk: Client, banlang: User) -> None:
    conference = coming(banlang)
    [row] = choose(conference, banlang, outlets=[make_outlet()], now=timezone.now())
    seen = fresh(conference).version
    take(conference, "correct", banlang, now=timezone.now(), place="ห้องใหญ่")
    address = reverse("publicrelations:press_mark", args=[conference.pk])
    answer = at_desk.post(address, {"mark": f"telephoned:{row.pk}", "seen": seen}, follow=True)
    row.refresh_from_db()
    assert row.invited_at is None
    assert "เปลี่ยน" in text(answer)


# ── The door ────────────────────────────────────────────────────────────────────────────────


def test_the_door_notes_who_came_and_takes_it_back(at_desk: Client, banlang: User) -> None:
    conference = begun(banlang)
    row = Invitation.objects.get()
    address = reverse("publicrelations:press_mark", args=[conference.pk])
    door = reverse("publicrelations:press_door", args=[conference.pk])
    assert f"came:{row.pk}" in text(at_desk.get(door))
    seen = {"seen": fresh(conference).version, "door": "1"}
    assert at_desk.post(address, {"mark": f"came:{row.pk}"} | seen)["Location"] == door
    one = Attendance.objects.get()
    seen["seen"] = fresh(conference).version
    at_desk.post(address, {"mark": f"not_came:{one.pk}"} | seen)
    assert not Attendance.objects.exists()
    # Pressed once more by somebody whose page still shows it.
    assert at_desk.post(address, {"mark": f"not_came:{one.pk}"} | seen).status_code == 302


def test_a_walk_in_of_an_outlet_of_the_list_is_recognised_by_its_short_name(
    at_desk: Client, banlang: User
) -> None:
    conference = begun(banlang)
    address = reverse("publicrelations:press_walk_in", args=[conference.pk])
    at_desk.post(address, {"outlet": "ข่าวเช้า", "name": "ปิติ", "seen": fresh(conference).version})
    one = Attendance.objects.get()
    assert (one.outlet, one.name) == (make_outlet(), "ปิติ")
    answer = at_desk.post(address, {"outlet": " ", "name": "ปิติ", "seen": 1}, follow=True)
    assert "สื่อใด" in text(answer)
    assert Attendance.objects.count() == 1


def test_the_door_before_the_day_says_so_and_offers_no_button(at_desk: Client, banlang: User) -> None:
    conference = coming(banlang)
    choose(conference, banlang, outlets=[make_outlet()], now=timezone.now())
    shown = text(at_desk.get(reverse("publicrelations:press_door", args=[conference.pk])))
    assert 'name="mark"' not in shown


def test_the_sign_in_sheet_is_a_pdf_with_those_who_may_come(at_desk: Client, banlang: User) -> None:
    from publicrelations.press_paper import sign_in_context

    conference = coming(banlang)
    rows = choose(conference, banlang, outlets=[make_outlet(), make_outlet("วิทยุครู")], now=timezone.now())
    invite_by_telephone(conference, banlang, now=timezone.now())
    take(conference, "answer", banlang, now=timezone.now(), invitation=rows[1], comes=False)
    assert [one.whom for one in sign_in_context(conference)["rows"]] == ["หนังสือพิมพ์ข่าวเช้า"]
    answer = at_desk.get(reverse("publicrelations:press_sign_in", args=[conference.pk]))
    assert answer.content.startswith(b"%PDF")
    assert "no-store" in answer["Cache-Control"]


# ── Coverage ────────────────────────────────────────────────────────────────────────────────


def typed_report(outlet: Any, row: int = 0, **changes: Any) -> dict[str, Any]:
    given = {"outlet": outlet.pk, "tone": "positive", "link": f"https://news.example/{row}"} | changes
    given.setdefault("reported_on", timezone.localdate().isoformat())
    return {f"{name}_{row}": value for name, value in given.items()}


def empty_rows() -> dict[str, Any]:
    return {f"tone_{row}": "neutral" for row in range(4)}


def test_reports_are_recorded_in_rows(at_desk: Client, banlang: User) -> None:
    conference, radio = held(banlang), make_outlet("วิทยุครู", kind="radio")
    typed = empty_rows() | typed_report(make_outlet())
    typed |= typed_report(radio, 1, link="", note="ข่าวเที่ยง", tone="negative")
    assert send(at_desk, conference, "record_coverage", **typed).status_code == 302
    found = Coverage.objects.order_by("pk").values_list("outlet__name", "tone")
    assert list(found) == [("หนังสือพิมพ์ข่าวเช้า", "positive"), ("วิทยุครู", "negative")]
    shown = text(at_desk.get(page(conference)))
    assert "ข่าวเที่ยง" in shown
    assert 'rel="noopener noreferrer nofollow"' in shown


def test_a_report_with_nothing_to_show_or_a_wrong_address_is_refused_beside_it(
    at_desk: Client, banlang: User
) -> None:
    conference = held(banlang)
    for link in ("", "javascript:alert(1)", "ftp://news.example/1"):
        typed = empty_rows() | typed_report(make_outlet(), link=link)
        answer = send(at_desk, conference, "record_coverage", **typed)
        assert answer.status_code == 422, link
        assert "link_0" in answer.context["form"].errors
    typed = empty_rows() | typed_report(make_outlet()) | {"headline_2": "เรียนฟรี ๑๕ ปี"}
    assert "outlet_2" in send(at_desk, conference, "record_coverage", **typed).context["form"].errors


def test_nobody_reported_is_one_press_away(at_desk: Client, banlang: User) -> None:
    conference = held(banlang)
    assert page(conference, "note_nobody_reported") in text(at_desk.get(page(conference)))
    assert send(at_desk, conference, "note_nobody_reported").status_code == 302
    assert "ไม่มีสื่อใดเสนอข่าว" in text(at_desk.get(page(conference)))


def test_the_next_one_is_a_week_later_at_the_same_hour_unless_changed(at_desk: Client, banlang: User) -> None:
    conference = held(banlang)
    form = at_desk.get(page(conference, "plan_next")).context["form"]
    day = form["begins_on"].initial
    assert day == (conference.starts_at + timedelta(days=7)).astimezone(OFFICE_TZ).date()
    typed = {"title": "แถลงข่าวประจำสัปดาห์หน้า", "begins_on": day.isoformat(), "begins_time": "10.00"}
    assert send(at_desk, conference, "plan_next", **typed).status_code == 302
    assert PressConference.objects.get(follows=conference).invitations.count() == 1


# ── All of them ─────────────────────────────────────────────────────────────────────────────


def test_every_open_step_has_a_form_page_in_thai(client_for: ClientFor, banlang: User) -> None:
    now = timezone.now()
    planned, invited, past, covered = coming(banlang), begun(banlang), held(banlang), held(banlang)
    choose(planned, banlang, outlets=[make_outlet()], now=now)
    take(covered, "note_nobody_reported", banlang, now=now)
    for conference in (planned, invited, past, covered):
        for user in (banlang, User.objects.filter(username="nongsinee").first() or make_news_head()):
            for one in open_steps(fresh(conference), Actor(user=user)):
                answer = client_for(user).get(page(conference, one.name))
                assert answer.status_code == 200, one.name
                assert str(one.custom["verb"]) in text(answer)


def test_a_get_changes_nothing(at_desk: Client, banlang: User) -> None:
    conference = begun(banlang)
    events, version = Event.objects.count(), fresh(conference).version
    for step in ("choose", "note_invited", "hold", "cancel"):
        at_desk.get(page(conference, step))
    at_desk.get(reverse("publicrelations:press_door", args=[conference.pk]))
    assert (Event.objects.count(), fresh(conference).version) == (events, version)


def test_pages_ask_few_queries_however_many_are_invited(
    at_desk: Client, banlang: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    conference = held(banlang)
    for number in range(12):
        reporter = make_reporter(f"ผู้สื่อข่าว {number}", outlet=make_outlet(f"สื่อ {number}"))
        Invitation.objects.create(conference=conference, outlet=reporter.outlet, reporter=reporter)
        Coverage.objects.create(
            conference=conference,
            outlet=reporter.outlet,
            reported_on=timezone.localdate(),
            tone="neutral",
            note="หน้า ๑",
            noted_at=timezone.now(),
        )
        coming(banlang)
    at_desk.get(REGISTER)
    at_desk.get(page(conference))  # the first look at a matter is written down
    for address in (
        REGISTER,
        page(conference),
        page(conference, "record_coverage"),
        reverse("publicrelations:press_door", args=[conference.pk]),
    ):
        with django_assert_max_num_queries(MOST_QUERIES):
            assert at_desk.get(address).status_code == 200


def test_a_name_is_not_torn_and_its_marks_do_nothing(at_desk: Client, banlang: User) -> None:
    conference = coming(banlang, spokespersons="นายจุรินทร์ ลักษณวิศิษฏ์\n<b>ปลัด</b>", place="<i>โถง</i> ราชวัลลภ")
    shown = text(at_desk.get(page(conference)))
    assert '<span class="together">ลักษณวิศิษฏ์</span><br>' in shown
    assert "<b>ปลัด</b>" not in shown
    register = text(at_desk.get(REGISTER))
    assert "<i>โถง" not in register
    assert '<span class="together">ราชวัลลภ</span>' in register


def test_steps_that_nobody_has_any_use_for_yet_are_not_offered(at_desk: Client, banlang: User) -> None:
    conference = coming(banlang)

    def offered() -> set[str]:
        context = at_desk.get(page(conference)).context
        return {one.name for one in [*context["steps"], *context["more_steps"]]}

    assert not offered() & {"invite", "remind", "note_came", "hold", "withdraw", "strike"}
    choose(conference, banlang, outlets=[make_outlet(), make_outlet("วิทยุครู")], now=timezone.now())
    assert {"note_invited", "strike"} <= offered()
    invite_by_telephone(conference, banlang, now=timezone.now())
    assert "withdraw" in offered()
    assert not offered() & {"invite", "note_invited", "strike", "remind"}
