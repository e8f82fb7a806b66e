"""The pages of meetings: registering, preparing, telling, the agenda; who may open them, and what they cost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from office.calendar import OFFICE_TZ
from office.models import DeadlineRule, Event, Notice, Secrecy, User
from office.steps import find_step
from parliament.meeting_worklist import idle_steps
from parliament.models import AgendaItem, FollowUp, Meeting, Need, Telling
from parliament.models.agenda_steps import AgendaLine
from parliament.models.meeting_preparing import ToTell
from tests.cast import MORNING, make_agency, make_executive, make_officer
from tests.office import samples
from tests.office.samples import upload
from tests.parliament.cast import (
    make_committee,
    make_politics_colleague,
    make_politics_head,
    make_politics_officer,
    make_session,
)
from tests.parliament.meetings_cast import SITTING, fresh, make_all_ready, make_meeting, take, with_agenda

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]
State = Meeting.State

MOST_QUERIES = 12


@pytest.fixture
def officer(db: None) -> User:
    return make_politics_officer()


@pytest.fixture
def at_desk(client_for: ClientFor, officer: User) -> Client:
    return client_for(officer)


def text(response: Any) -> str:
    return str(response.content.decode())


def page(meeting: Meeting, step: str = "") -> str:
    if step:
        return reverse("parliament:meeting_step", args=[meeting.pk, step])
    return reverse("parliament:meeting", args=[meeting.pk])


def send(client: Client, meeting: Meeting, step: str, **typed: Any) -> Any:
    """A step's form as it is sent from the page as it stands now."""
    return client.post(page(meeting, step), {"seen": fresh(meeting).version} | typed)


def coming(owner: User | None, **facts: Any) -> Meeting:
    """A sitting in three days, of which the office was told an hour ago."""
    now = timezone.now()
    given = {"begins_at": now + timedelta(days=3), "received_at": now - timedelta(hours=1)} | facts
    return make_meeting(owner=owner, **given)


def prepared(meeting: Meeting, officer: User) -> AgendaItem:
    """Its agenda gone through, an agency to tell and a paper to have ready."""
    return with_agenda(meeting, officer, now=timezone.now())


# ── Registering ─────────────────────────────────────────────────────────────────────────────


def typed_meeting(**changes: Any) -> dict[str, Any]:
    """What an officer types of a sitting, in Thai digits."""
    typed = {
        "meeting_kind": "house",
        "sitting_number": "๒๑/๒๕๕๒",
        "begins_on": "๑๙/๑๑/๒๕๕๒",
        "begins_time": "๙.๓๐",
        "ends_time": "๑๖.๓๐",
        "place": "อาคารรัฐสภา ๑",
        "agenda": "๑ เรื่องที่ประธานจะแจ้งต่อที่ประชุม\n*๕.๑ กระทู้ถาม เรื่อง การขาดแคลนครู",
        "received_on": "๑๗/๑๑/๒๕๕๒",
        "received_time": "๘.๔๕",
        "secrecy": "0",
        "take_it": "on",
    }
    return typed | changes


def register(client: Client, **changes: Any) -> Any:
    return client.post(reverse("parliament:meeting_new"), typed_meeting(**changes))


def test_a_meeting_is_registered_with_its_agenda_from_one_form(at_desk: Client, officer: User) -> None:
    session = make_session()
    response = register(at_desk)
    meeting = Meeting.objects.get()
    assert response.headers["Location"] == page(meeting)
    assert meeting.title == "การประชุมสภาผู้แทนราษฎร ครั้งที่ ๒๑/๒๕๕๒"
    assert (meeting.sitting_number, meeting.session, meeting.owner) == ("21/2552", session, officer)
    assert meeting.begins_at == datetime(2009, 11, 19, 9, 30, tzinfo=OFFICE_TZ)
    assert meeting.ends_at == datetime(2009, 11, 19, 16, 30, tzinfo=OFFICE_TZ)
    assert meeting.received_at == datetime(2009, 11, 17, 8, 45, tzinfo=OFFICE_TZ)
    assert list(meeting.items.values_list("number", "title", "concerns_us")) == [
        ("๑", "เรื่องที่ประธานจะแจ้งต่อที่ประชุม", False),
        ("๕.๑", "กระทู้ถาม เรื่อง การขาดแคลนครู", True),
    ]


def test_a_meeting_that_ends_before_it_begins_is_told_beside_the_field(at_desk: Client) -> None:
    response = register(at_desk, ends_time="๙.๐๐")
    assert response.status_code == 422
    assert "การประชุมเลิกก่อนเวลาเริ่ม" in text(response)
    assert response.context["form"].errors.keys() == {"ends_time"}
    for kept in ("๒๑/๒๕๕๒", "๑๙/๑๑/๒๕๕๒", "๙.๓๐", "กระทู้ถาม เรื่อง การขาดแคลนครู"):
        assert kept in text(response)
    assert not Meeting.objects.exists()


def test_a_sitting_that_goes_on_past_midnight_ends_on_the_next_day(at_desk: Client) -> None:
    register(at_desk, ends_time="๐๑.๑๕", ends_next_day="on")
    meeting = Meeting.objects.get()
    assert meeting.ends_at == datetime(2009, 11, 20, 1, 15, tzinfo=OFFICE_TZ)
    assert "๐๙.๓๐ น. – ๐๑.๑๕ น. ของวันถัดไป" in " ".join(text(at_desk.get(page(meeting))).split())


def test_the_same_sitting_is_refused_with_a_link_to_the_first(at_desk: Client) -> None:
    make_session()
    register(at_desk)
    response = register(at_desk, sitting_number="21/2552", place="ห้องอื่น")
    assert response.status_code == 422
    first = Meeting.objects.get()
    assert f'<a href="{page(first)}">{first.label}</a>' in text(response)


def test_the_first_of_a_sitting_is_not_shown_to_whom_it_is_kept_from(at_desk: Client) -> None:
    make_session()
    secret = make_meeting(sitting_number="21/2552", secrecy=Secrecy.SECRET)
    response = register(at_desk)
    assert response.status_code == 422
    assert "การประชุมครั้งนี้ลงทะเบียนไว้แล้ว" in text(response)
    assert secret.label not in text(response)


def test_sent_twice_a_meeting_is_registered_once(at_desk: Client) -> None:
    make_session()
    opened = at_desk.get(reverse("parliament:meeting_new"))
    ticket = opened.context["form"].ticket_to_send()
    first, second = register(at_desk, ticket=ticket), register(at_desk, ticket=ticket)
    assert first.headers["Location"] == second.headers["Location"]
    assert Meeting.objects.count() == 1
    assert AgendaItem.objects.count() == 2


def test_a_committees_meeting_names_its_committee(at_desk: Client) -> None:
    committee = make_committee()
    response = register(at_desk, meeting_kind="committee")
    assert response.context["form"].errors.keys() == {"committee"}
    register(at_desk, meeting_kind="committee", committee=committee.pk, sitting_number="๕/๒๕๕๒")
    assert Meeting.objects.get().title == "การประชุมคณะกรรมาธิการการศึกษา ครั้งที่ ๕/๒๕๕๒"


def test_a_line_of_the_agenda_that_is_too_long_is_named(at_desk: Client) -> None:
    response = register(at_desk, agenda="๑ เรื่องแรก\n๒ " + "ก" * 501)
    assert "บรรทัดที่ ๒ ยาวเกินไป" in text(response)
    assert response.status_code == 422


def test_only_those_of_politics_register(client_for: ClientFor) -> None:
    for stranger in (make_officer(), make_executive()):
        assert client_for(stranger).get(reverse("parliament:meeting_new")).status_code == 403
    assert client_for(make_politics_head()).get(reverse("parliament:meeting_new")).status_code == 200


# ── The page ────────────────────────────────────────────────────────────────────────────────


def test_the_page_says_of_each_item_who_is_told_and_what_is_missing(at_desk: Client, officer: User) -> None:
    meeting = coming(officer)
    item = prepared(meeting, officer)
    take(
        meeting,
        "prepare",
        officer,
        now=timezone.now(),
        item=item,
        tellings=[ToTell(meeting.begins_at, name="นายกสมาคมครู")],
    )
    telling = Telling.objects.exclude(agency=None).get()
    take(meeting, "note_told", officer, now=timezone.now(), tellings=[telling], way="telephone")
    shown = text(at_desk.get(page(meeting)))
    assert "แจ้งแล้ว ๑ จาก ๒ · พร้อม ๐ จาก ๑" in shown
    assert "ยังไม่แจ้ง" in shown
    assert "ยังไม่พร้อม" in shown
    assert "โทรศัพท์" in shown


def test_a_meeting_told_of_too_late_says_that_it_is_out_of_the_count(at_desk: Client, officer: User) -> None:
    meeting = make_meeting(owner=officer, received_at=SITTING)
    assert "ไม่นับ" in text(at_desk.get(page(meeting)))


def test_a_bill_on_the_agenda_leads_to_its_page_for_whom_it_is_shown_to(
    client_for: ClientFor, officer: User
) -> None:
    meeting, other = make_meeting(owner=officer), make_meeting(owner=make_politics_head())
    Meeting.objects.filter(pk=other.pk).update(secrecy=Secrecy.SECRET)
    line = AgendaLine("เรื่องด่วน", "๑", concerns_us=True, about=other.matter)
    take(meeting, "write_agenda", officer, lines=[line])
    head = User.objects.get(username="duangrat")
    assert other.get_absolute_url() in text(client_for(head).get(page(meeting)))
    shown = text(client_for(officer).get(page(meeting)))
    assert other.get_absolute_url() not in shown
    assert other.title not in text(client_for(officer).get(page(meeting, "write_agenda")))


def test_the_page_of_a_long_agenda_takes_few_queries(
    at_desk: Client, officer: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    meeting = coming(officer)
    item = prepared(meeting, officer)
    agencies = [make_agency(f"หน่วยงาน {number}") for number in range(8)]
    take(
        meeting,
        "prepare",
        officer,
        now=timezone.now(),
        item=item,
        tellings=[ToTell(meeting.begins_at, agency=one) for one in agencies],
    )
    take(meeting, "follow_up", officer, now=timezone.now(), title="ส่งข้อมูล", wanted="ส่งข้อมูลครู")
    at_desk.get(page(meeting))
    with django_assert_max_num_queries(MOST_QUERIES):
        assert at_desk.get(page(meeting)).status_code == 200


def test_a_stranger_sees_no_meeting_and_an_executive_sees_all(client_for: ClientFor, officer: User) -> None:
    meeting = make_meeting(owner=officer, secrecy=Secrecy.SECRET)
    assert client_for(make_officer()).get(page(meeting)).status_code == 404
    assert client_for(make_politics_colleague()).get(page(meeting)).status_code == 404
    assert client_for(make_executive()).get(page(meeting)).status_code == 200


def test_every_step_has_a_form_that_opens(at_desk: Client, officer: User) -> None:
    from parliament.forms.meeting_steps import MEETING_STEP_FORMS

    meeting = coming(officer)
    prepared(meeting, officer)
    take(meeting, "note_told", officer, now=timezone.now(), tellings=[Telling.objects.get()], way="telephone")
    opened = set()
    for name in MEETING_STEP_FORMS:
        find_step(Meeting, name)
        if at_desk.get(page(meeting, name)).status_code == 200:
            opened.add(name)
    assert opened >= {
        "write_agenda", "go_through", "prepare", "tell", "note_told", "make_ready", "unmark", "strike",
        "acknowledge", "reschedule", "postpone", "cancel", "follow_up", "correct",
    }  # fmt: skip


# ── The steps by their pages ────────────────────────────────────────────────────────────────


def test_an_agenda_is_pasted_reordered_and_kept_where_a_line_is_wrong(at_desk: Client, officer: User) -> None:
    meeting = coming(officer)
    send(at_desk, meeting, "write_agenda", lines="๑ เรื่องแรก\n๒ เรื่องที่สอง\n๓ เรื่องที่สาม")
    first, second, third = meeting.items.all()
    rows = {}
    for item, place in ((first, "๑"), (second, "๒"), (third, "๑")):
        rows |= {f"place_{item.pk}": place, f"number_{item.pk}": item.number, f"title_{item.pk}": item.title}
    send(at_desk, meeting, "write_agenda", **rows, lines="*๔ เรื่องใหม่")
    assert list(meeting.items.values_list("title", "concerns_us")) == [
        ("เรื่องที่สาม", False),
        ("เรื่องแรก", False),
        ("เรื่องที่สอง", False),
        ("เรื่องใหม่", True),
    ]
    response = send(at_desk, meeting, "write_agenda", **rows, lines="๑ " + "ก" * 501)
    assert response.status_code == 422
    assert "บรรทัดที่ ๑ ยาวเกินไป" in text(response)
    assert "เรื่องที่สอง" in text(response)


def test_an_item_that_was_told_of_says_beside_itself_that_it_stays(at_desk: Client, officer: User) -> None:
    meeting = coming(officer)
    prepared(meeting, officer)
    rows = {}
    for item in meeting.items.all():
        rows |= {f"place_{item.pk}": item.position, f"title_{item.pk}": item.title}
    used = meeting.items.get(concerns_us=True)
    response = send(at_desk, meeting, "write_agenda", **rows, **{f"gone_{used.pk}": "on"})
    assert response.status_code == 422
    assert f"gone_{used.pk}" in response.context["form"].errors
    assert meeting.items.count() == 2


def test_an_item_is_about_a_matter_found_by_number_or_words(at_desk: Client, officer: User) -> None:
    meeting, other = coming(officer), coming(officer, title="การประชุมเรื่องอาหารกลางวันนักเรียน")
    take(meeting, "write_agenda", officer, now=timezone.now(), lines=[AgendaLine("เรื่องด่วน", "๑")])
    item = meeting.items.get()
    row = {f"place_{item.pk}": "1", f"title_{item.pk}": item.title}
    for typed in (other.label, "อาหารกลางวันนักเรียน"):
        send(at_desk, meeting, "write_agenda", **row, **{f"about_{item.pk}": typed})
        item.refresh_from_db()
        assert item.about_id == other.pk
        send(at_desk, meeting, "write_agenda", **row)
    response = send(at_desk, meeting, "write_agenda", **row, **{f"about_{item.pk}": "ปช ๙๙๙๙/๒๕๕๓"})
    assert "ไม่พบเรื่องที่มีเลขหรือคำนี้" in text(response)
    offered = at_desk.get(reverse("parliament:matter_names"), {"about_1": other.label})
    assert other.title in text(offered)


def due(meeting: Meeting) -> dict[str, str]:
    return {"due_on": meeting.begins_at.astimezone(OFFICE_TZ).strftime("%d/%m/%Y"), "due_time": "0.00"}


def test_several_are_to_be_told_and_things_to_be_ready_by_one_form(at_desk: Client, officer: User) -> None:
    meeting = coming(officer)
    take(meeting, "write_agenda", officer, now=timezone.now(), lines=[AgendaLine("กระทู้ถาม", "๕.๑")])
    agencies = [make_agency(), make_agency("สำนักงานคณะกรรมการการอาชีวศึกษา")]
    response = send(
        at_desk,
        meeting,
        "prepare",
        item=meeting.items.get().pk,
        agencies=[one.pk for one in agencies],
        colleagues=[officer.pk],
        persons="นายกสมาคมครู <nayok@example.org>\nผู้แทนผู้ปกครอง",
        papers="สถิติครู\nอัตรากำลัง",
        answerers="ผู้อำนวยการสำนักนโยบาย",
        officer=officer.pk,
        **due(meeting),
    )
    assert response.status_code == 302
    assert {str(one) for one in Telling.objects.all()} == {
        *(str(agency) for agency in agencies),
        str(officer),
        "นายกสมาคมครู",
        "ผู้แทนผู้ปกครอง",
    }
    assert Telling.objects.get(name="นายกสมาคมครู").email == "nayok@example.org"
    assert list(Need.objects.values_list("kind", "what").order_by("pk")) == [
        ("paper", "สถิติครู"),
        ("paper", "อัตรากำลัง"),
        ("person", "ผู้อำนวยการสำนักนโยบาย"),
    ]


def test_by_default_all_is_due_as_long_before_the_meeting_as_the_rule_says(
    at_desk: Client, officer: User
) -> None:
    """A Monday's meeting: on the Friday before, until the office makes another rule."""
    meeting = coming(officer, begins_at=datetime(2030, 1, 14, 9, 30, tzinfo=OFFICE_TZ))

    def offered_by() -> tuple[Any, Any]:
        fields = at_desk.get(page(meeting, "prepare")).context["form"].fields
        return fields["due_on"].initial, fields["due_time"].initial

    assert offered_by() == (date(2030, 1, 11), "๐๙.๓๐")
    DeadlineRule.objects.create(
        matter_kind=Meeting.Kind.MEETING, kind="ready", amount=2, unit="hours", in_force_from=date(2026, 1, 1)
    )
    assert offered_by() == (date(2030, 1, 11), "๑๕.๓๐")


def test_nothing_is_due_after_the_meeting_begins(at_desk: Client, officer: User) -> None:
    meeting = coming(officer)
    item = prepared(meeting, officer)
    late = due(meeting) | {"due_time": "23.59"}
    late["due_on"] = (meeting.begins_at + timedelta(days=1)).astimezone(OFFICE_TZ).strftime("%d/%m/%Y")
    response = send(at_desk, meeting, "prepare", item=item.pk, papers="สถิติครู", **late)
    assert response.status_code == 422
    assert "เลือกเวลาก่อนเริ่มประชุม" in text(response)
    assert "สถิติครู" in text(response)


def test_who_is_ticked_is_told_by_e_mail_and_the_letter_is_shown_before(
    at_desk: Client, officer: User
) -> None:
    meeting = coming(officer)
    prepared(meeting, officer)
    telling = Telling.objects.get()
    assert "กระทู้ถามเรื่องการขาดแคลนครู" in text(at_desk.get(page(meeting, "tell")))
    letter = reverse("parliament:meeting_letter", args=[meeting.pk])
    sample = at_desk.post(letter, {"tellings": [telling.pk], "message": "ขอให้ส่งผู้แทน"})
    assert "ขอให้ส่งผู้แทน" in text(sample)
    send(at_desk, meeting, "tell", tellings=[telling.pk], message="ขอให้ส่งผู้แทน")
    telling.refresh_from_db()
    assert (telling.way, telling.message) == ("email", "ขอให้ส่งผู้แทน")
    assert Notice.objects.filter(kind=Notice.Kind.MEETING_TOLD, subject_id=telling.pk).count() == 1


def test_a_paper_is_made_ready_with_its_file(at_desk: Client, officer: User) -> None:
    meeting = coming(officer)
    prepared(meeting, officer)
    need = Need.objects.get()
    today = timezone.localdate().strftime("%d/%m/%Y")
    given = {"needs": [need.pk], "papers": [upload("สถิติ.pdf", samples.PDF)], "at_on": today}
    send(at_desk, meeting, "make_ready", **given)
    need.refresh_from_db()
    assert need.document is not None
    assert need.ready_at is not None


def test_a_file_belongs_to_an_item_or_to_the_meeting_as_a_whole(at_desk: Client, officer: User) -> None:
    meeting = coming(officer)
    item = prepared(meeting, officer)
    form = at_desk.get(f"{page(meeting, 'attach_files')}?item={item.pk}").context["form"]
    assert str(form["item"].value()) == str(item.pk)
    send(at_desk, meeting, "attach_files", item=item.pk, added=upload("ตารางครู.pdf", samples.PDF))
    send(at_desk, meeting, "attach_files", item="", added=upload("หนังสือเชิญ.pdf", samples.PDF))
    assert list(item.documents.values_list("name", flat=True)) == ["ตารางครู.pdf"]
    assert meeting.documents.count() == 2
    shown = at_desk.get(page(meeting))
    assert [one.name for one in shown.context["agenda"].rows[1].documents] == ["ตารางครู.pdf"]
    other = prepared(coming(officer), officer)
    refused = send(at_desk, meeting, "attach_files", item=other.pk, added=upload("อื่น.pdf", samples.PDF))
    assert refused.status_code == 422


def test_a_meeting_moved_to_end_before_it_begins_is_told_beside_the_field(
    at_desk: Client, officer: User
) -> None:
    meeting = coming(officer)
    typed = {"begins_on": "๑๐/๐๑/๒๕๗๓", "begins_time": "๙.๓๐", "ends_time": "๙.๐๐", "reason": "สภาเลื่อน"}
    response = send(at_desk, meeting, "reschedule", **typed)
    assert response.context["form"].errors.keys() == {"ends_time"}
    assert "สภาเลื่อน" in text(response)
    send(at_desk, meeting, "reschedule", **(typed | {"ends_time": "๑๒.๐๐"}))
    assert fresh(meeting).begins_at == datetime(2030, 1, 10, 9, 30, tzinfo=OFFICE_TZ)


def test_a_night_of_sitting_is_moved_and_recorded_with_its_end_past_midnight(
    at_desk: Client, officer: User
) -> None:
    meeting = coming(officer)
    typed = {"begins_on": "๑๐/๐๑/๒๕๗๓", "begins_time": "๑๓.๓๐", "ends_time": "๐.๓๐", "reason": "สภาเลื่อน"}
    send(at_desk, meeting, "reschedule", **typed, ends_next_day="on")
    assert fresh(meeting).ends_at == datetime(2030, 1, 11, 0, 30, tzinfo=OFFICE_TZ)
    assert at_desk.get(page(meeting, "reschedule")).context["form"]["ends_next_day"].value() is True
    past = make_meeting(owner=officer)
    held = {"began_on": "๑๙/๑๑/๒๕๕๒", "began_time": "๑๓.๓๐", "ended_time": "๐.๓๐", "late_reason": "ไม่ทัน"}
    refused = send(at_desk, past, "hold", **held)
    assert "ถ้าเลิกหลังเที่ยงคืน" in text(refused)
    send(at_desk, past, "hold", **held, ended_next_day="on")
    assert fresh(past).ends_at == datetime(2009, 11, 20, 0, 30, tzinfo=OFFICE_TZ)


def test_what_was_done_is_said_in_one_word(at_desk: Client, officer: User) -> None:
    meeting = coming(officer)
    send(at_desk, meeting, "go_through")
    assert f"บันทึกแล้ว {meeting.label}: ตรวจระเบียบวาระแล้ว</" in text(at_desk.get(page(meeting)))


def offered(client: Client, meeting: Meeting) -> set[str]:
    """The steps that the meeting's page leads to."""
    context = client.get(page(meeting)).context
    steps = [context["primary"], *context["steps"], *context["more_steps"]]
    return {one.name for one in steps if one}


def test_a_step_is_offered_when_it_is_of_use(at_desk: Client, officer: User) -> None:
    meeting = coming(officer)
    marks = {"prepare", "tell", "note_told", "make_ready", "acknowledge", "unmark", "strike"}
    assert not (marks | {"hold"}) & offered(at_desk, meeting)
    prepared(meeting, officer)
    assert {"note_told", "make_ready", "strike"} <= offered(at_desk, meeting)
    make_all_ready(meeting, officer, now=timezone.now())
    assert marks & offered(at_desk, meeting) == {"prepare", "acknowledge", "unmark", "strike"}
    assert "hold" not in offered(at_desk, meeting)


@pytest.mark.parametrize(("is_ready", "at", "is_offered"), [
    (False, datetime(2009, 11, 19, 9, 0, tzinfo=OFFICE_TZ), False),
    (True, datetime(2009, 11, 18, 16, 0, tzinfo=OFFICE_TZ), False),
    (True, datetime(2009, 11, 19, 9, 0, tzinfo=OFFICE_TZ), True),
    (False, datetime(2009, 11, 19, 9, 30, tzinfo=OFFICE_TZ), True),
])  # fmt: skip
def test_that_it_was_held_is_recorded_once_it_may_have_begun(
    officer: User, is_ready: bool, at: datetime, is_offered: bool
) -> None:
    meeting = make_meeting(owner=officer)
    with_agenda(meeting, officer)
    if is_ready:
        make_all_ready(meeting, officer, now=MORNING)
    assert ("hold" not in idle_steps(fresh(meeting), at)) is is_offered


def test_a_meeting_is_held_its_minutes_kept_followed_up_and_closed(at_desk: Client, officer: User) -> None:
    meeting = make_meeting(owner=officer)
    with_agenda(meeting, officer)
    held = {"began_on": "๑๙/๑๑/๒๕๕๒", "began_time": "๙.๔๐", "ended_time": "๑๗.๐๐"}
    response = send(at_desk, meeting, "hold", **held)
    assert "late_reason" in response.context["form"].errors
    send(at_desk, meeting, "hold", **held, late_reason="หน่วยงานไม่มีผู้รับสาย")
    item = meeting.items.get(concerns_us=True)
    resolution = {f"resolution_{item.pk}": "ให้ส่งข้อมูลใน ๑๕ วัน"}
    send(at_desk, meeting, "keep_minutes", minutes="ที่ประชุมซักถามแล้ว", **resolution)
    send(at_desk, meeting, "follow_up", title="ส่งอัตรากำลังครู", wanted="ส่งข้อมูล", item=item.pk)
    send(at_desk, meeting, "close")
    assert fresh(meeting).state == State.CLOSED
    item.refresh_from_db()
    assert item.resolution == "ให้ส่งข้อมูลใน ๑๕ วัน"
    follow_up = FollowUp.objects.get(from_item=item)
    step = reverse("parliament:follow_up_step", args=[follow_up.pk, "finish"])
    at_desk.post(step, {"seen": follow_up.version, "outcome": "ส่งแล้ว"})
    assert FollowUp.objects.get().state == FollowUp.State.CLOSED


def test_corrected_to_another_sitting_that_is_there_it_is_refused(at_desk: Client, officer: User) -> None:
    first, second = coming(officer), coming(officer)
    facts = {
        "title": second.title,
        "meeting_kind": "house",
        "session": first.session_id,
        "sitting_number": first.sitting_number,
        "secrecy": "0",
    }
    response = send(at_desk, second, "correct", **facts)
    assert response.status_code == 422
    assert first.get_absolute_url() in text(response)


def test_the_history_names_whom_and_what(at_desk: Client, officer: User) -> None:
    meeting = coming(officer)
    prepared(meeting, officer)
    make_all_ready(meeting, officer, now=timezone.now())
    lines = [line for entry in at_desk.get(page(meeting)).context["history"] for line in entry.lines]
    assert str(make_agency()) in lines
    assert "สถิติครูปี ๒๕๕๒" in lines
    assert Event.objects.filter(matter=meeting.pk, step="note_told").exists()
