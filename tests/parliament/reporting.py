"""A month of parliament that is reported on, for the tests of reports."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from office.calendar import month
from office.models import Deadline, Secrecy, User
from parliament.models import AgencyRequest, ConstitutionalBody, Interpellation, Meeting, Member
from tests.cast import make_agency
from tests.parliament.cast import make_committee, make_member, make_party
from tests.parliament.papers_cast import (
    at,
    make_bill,
    make_consideration,
    make_consultation,
    make_interpellation,
    make_item,
    make_meeting,
    make_motion,
    owe,
)

NOVEMBER = month(2009, 11)
NOW = at(2009, 12, 1, 9)
READY, ANSWER, BOTH = Deadline.Kind.READY, Deadline.Kind.HOUSE_ANSWER, Deadline.Kind.BOTH_TOLD


def ask(matter: Any, officer: User, *, met: datetime | None, due: datetime) -> None:
    """An agency was asked about a matter."""
    deadline = owe(matter, Deadline.Kind.AGENCY_ANSWER, due=due, met=met)
    AgencyRequest.objects.create(
        matter_id=matter.pk,
        agency=make_agency(),
        asked="ขอข้อมูล",
        sent_at=matter.received_at,
        sent_by=officer,
        deadline=deadline,
        accepted_at=matter.received_at,
        answered_at=met,
        answer="ข้อมูล" if met else "",
    )


def november(officer: User) -> Member:
    """Two sittings of the House, one late; a committee's meeting told of too late; three questions, one late and one
    secret and late; a motion not due yet; a bill at a sitting; a consultation of a member, one of an organisation."""
    asker = make_member("สมคิด ถามบ่อย", party=make_party("พรรคถามบ่อย"))
    sitting = make_meeting(
        at(2009, 11, 5, 9, 30), received_at=at(2009, 11, 1), sitting_number="1", title="ประชุมสภา ครั้งที่ ๑"
    )
    owe(sitting, READY, due=sitting.begins_at, met=at(2009, 11, 4))
    late = make_meeting(
        at(2009, 11, 12, 9, 30), received_at=at(2009, 11, 2), sitting_number="2", title="ประชุมสภา ครั้งที่ ๒"
    )
    owe(late, READY, due=late.begins_at, met=at(2009, 11, 12, 10), why="หน่วยงานส่งเอกสารช้า")
    make_meeting(
        at(2009, 11, 19),
        received_at=at(2009, 11, 20),
        meeting_kind=Meeting.MeetingKind.COMMITTEE,
        committee=make_committee(),
        sitting_number="",
        title="ประชุมกรรมาธิการ",
    )
    first = make_interpellation(at(2009, 11, 2), asker=asker)
    owe(first, ANSWER, due=at(2009, 11, 20), met=at(2009, 11, 19))
    ask(first, officer, due=at(2009, 11, 10), met=at(2009, 11, 9))
    gazette = make_interpellation(
        at(2009, 11, 3),
        asker=asker,
        interpellation_kind=Interpellation.InterpellationKind.GAZETTE,
        title="งบประมาณอาหารกลางวัน",
    )
    owe(gazette, ANSWER, due=at(2009, 11, 23), met=at(2009, 11, 25), why="รอข้อมูลจากเขตพื้นที่")
    ask(gazette, officer, due=at(2009, 11, 10), met=at(2009, 11, 12))
    secret = make_interpellation(at(2009, 11, 4), secrecy=Secrecy.SECRET, title="เรื่องความมั่นคง")
    owe(secret, ANSWER, due=at(2009, 11, 24), met=at(2009, 11, 26), why="รอหน่วยข่าวกรอง")
    owe(make_motion(at(2009, 11, 10), proposer=asker), ANSWER, due=at(2009, 12, 10))
    make_consideration(make_bill(), make_item(sitting), met=at(2009, 11, 4))
    owe(make_consultation(at(2009, 11, 11), member=asker), BOTH, due=at(2009, 12, 11), met=at(2009, 11, 30))
    body = ConstitutionalBody.objects.first()
    owe(make_consultation(at(2009, 11, 16), body=body, chamber=""), BOTH, due=at(2009, 12, 16))
    return asker
