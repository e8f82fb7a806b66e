"""Every page of who sits in parliament, of the recess switch and the morning, at a desk and on a phone."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from office.models import Deadline, User
from parliament.models import AgendaItem, Chamber, CommitteeSeat, Member, MemberImport
from tests.browser.conftest import Visit
from tests.browser.test_every_page import look_over, open_and_look
from tests.parliament.cast import (
    make_committee,
    make_member,
    make_party,
    make_politics_head,
    make_politics_officer,
    make_session,
)
from tests.parliament.houses_cast import (
    bare_consultation,
    bare_interpellation,
    bare_meeting,
    bare_motion,
    owe,
)

LIST = """คำนำหน้า,ชื่อ-สกุล,ประเภท,พรรค,จังหวัด,เขต
นาย,ประสงค์ ตั้งใจ,แบ่งเขต,พรรคพัฒนาการศึกษา,เชียงราย,3
นางสาว,สมหญิง งามตา,สัดส่วน,พรรคเพื่อครู,,
นาย,ผิด จังหวัด,แบ่งเขต,พรรคเพื่อครู,เชียงลาย,สอง
"""


@pytest.fixture
def head(db: None) -> User:
    return make_politics_head()


@pytest.fixture
def officer(db: None) -> User:
    return make_politics_officer()


@pytest.fixture
def member(officer: User) -> Member:
    """Prasong was elected twice, sits on a committee and has asked of everything."""
    now = timezone.now()
    make_session(
        begins_on=timezone.localdate() - timedelta(days=60), ends_on=timezone.localdate() + timedelta(days=60)
    )
    before = make_member(
        "ประสงค์ ตั้งใจ", parliament_number=22, until_on=timezone.localdate() - timedelta(days=999)
    )
    prasong = make_member(
        "ประสงค์ ตั้งใจ", continues=before, telephone="02 123 4567", email="prasong@mail.example"
    )
    make_member(
        "วิไล วุฒิชัย",
        title="นาง",
        chamber=Chamber.SENATE,
        seat=Member.Seat.SELECTED_SENATOR,
        list_group="ภาควิชาการ",
    )
    make_member(
        "เกษม อดีตผู้แทน", until_on=timezone.localdate() - timedelta(days=20), party=make_party("พรรคเพื่อครู")
    )
    committee = make_committee()
    CommitteeSeat.objects.create(committee=committee, member=prasong, office=CommitteeSeat.Office.CHAIR)
    bare_meeting(
        now + timedelta(days=2),
        meeting_kind="committee",
        committee=committee,
        title="ประชุมคณะกรรมาธิการการศึกษา",
    )
    meeting = bare_meeting(now + timedelta(minutes=30))
    question = bare_interpellation(asker=prasong, owner=officer, received_at=now)
    AgendaItem.objects.create(
        meeting=meeting, position=1, number="5.1", title=question.title, concerns_us=True, about=question
    )
    owe(question, Deadline.Kind.DRAFT, due=now - timedelta(hours=30), responsible=officer)
    bare_motion(proposer=prasong, received_at=now)
    bare_consultation(member=before, received_at=now)
    return prasong


def test_reference_pages(visit: Visit, officer: User, member: Member) -> None:
    visitor = visit()
    visitor.expects(422)
    visitor.signs_in(officer)
    open_and_look(visitor, "members", "parliament:members", query="?standing=all")
    open_and_look(visitor, "members-none", "parliament:members", query="?q=ไม่มีใคร")
    open_and_look(visitor, "member", "parliament:member", member.pk)
    open_and_look(visitor, "member-edit", "parliament:member_edit", member.pk)
    open_and_look(visitor, "member-leave", "parliament:member_leave", member.pk)
    visitor.opens("parliament:member_new")
    visitor.presses("Save")
    visitor.page.locator(".is-invalid").first.wait_for()
    look_over(visitor, "member-new-empty")
    open_and_look(visitor, "committees", "parliament:committees")
    open_and_look(visitor, "committee", "parliament:committee", make_committee().pk)
    open_and_look(visitor, "bodies", "parliament:bodies")
    open_and_look(visitor, "session-new", "parliament:session_new")


def test_the_recess_switch(visit: Visit, head: User, member: Member) -> None:
    visitor = visit()
    visitor.expects(422)
    visitor.signs_in(head)
    open_and_look(visitor, "sessions", "parliament:sessions")
    visitor.presses("Declare the recess")
    visitor.page.locator(".is-invalid").first.wait_for()
    look_over(visitor, "recess-without-a-reason")
    visitor.fills("Reason", "ปิดสมัยประชุมสามัญนิติบัญญัติ")
    visitor.presses("Declare the recess")
    visitor.reads("In recess")
    look_over(visitor, "recess-declared")
    visitor.follows("End the recess")
    look_over(visitor, "recess-end")
    visitor.presses("Set the last day")
    visitor.reads("Change the end")


def test_a_list_of_members_is_brought_and_confirmed(
    visit: Visit, head: User, member: Member, tmp_path: Path
) -> None:
    file = tmp_path / "รายชื่อ.csv"
    file.write_bytes(LIST.encode("cp874"))
    wrong = tmp_path / "ผิด.csv"
    wrong.write_text("ชื่อ-สกุล,จังหวด\nก ข,ค\n", encoding="utf-8")
    visitor = visit()
    visitor.expects(422)
    visitor.signs_in(head)
    open_and_look(visitor, "import", "parliament:members_import")
    visitor.attaches("File", wrong)
    visitor.fills("Has the seat since", "21/1/2551")
    visitor.presses("Show what would change")
    visitor.page.locator(".invalid-feedback").first.wait_for()
    look_over(visitor, "import-wrong-column")
    visitor.attaches("File", file)
    visitor.presses("Show what would change")
    visitor.reads("Confirm and write", "Wrong rows")
    look_over(visitor, "import-preview")
    visitor.presses("Confirm and write")
    visitor.page.locator(".alert-success").wait_for()
    look_over(visitor, "import-confirmed")
    assert Member.objects.filter(name="สมหญิง งามตา", party__name="พรรคเพื่อครู").exists()
    assert MemberImport.objects.get().applied_by == head


def test_the_morning_and_the_own_calendar(visit: Visit, head: User, member: Member) -> None:
    visitor = visit()
    visitor.signs_in(head)
    open_and_look(visitor, "morning", "parliament:morning")
    visitor.opens("office:personal")
    visitor.presses("Make an address")
    visitor.page.locator("#feed-address").wait_for()
    look_over(visitor, "personal-calendar-made")
    open_and_look(visitor, "personal-calendar", "office:personal")
