"""Which of somebody's terms a paper is of: kept by a correction, found by chamber, parliament and day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from office.calendar import OFFICE_TZ
from office.models import User
from parliament.forms.bill_steps import CorrectForm as CorrectBillForm
from parliament.forms.bills import BillForm
from parliament.forms.consultation_steps import CorrectForm as CorrectConsultationForm
from parliament.forms.consultations import MemberConsultationForm
from parliament.forms.interpellations import CorrectForm, InterpellationForm
from parliament.forms.members import as_offered, named_like, newest_of_each
from parliament.forms.motions import CorrectForm as CorrectMotionForm
from parliament.forms.motions import MotionForm
from parliament.models import Bill, Chamber, Member
from tests.cast import MORNING
from tests.parliament.bills_cast import make_bill, make_consultation
from tests.parliament.cast import make_member, make_party, make_politics_officer
from tests.parliament.questions_cast import make_interpellation, make_motion

pytestmark = pytest.mark.django_db

NAME = "สมหมาย ใจสัตย์"
THEN = datetime(2009, 10, 6, 10, 0, tzinfo=OFFICE_TZ)


@pytest.fixture
def wiriya() -> User:
    return make_politics_officer()


@pytest.fixture
def earlier() -> Member:
    """Sommai as he sat in the 23rd House, for a party that is no more."""
    return make_member(NAME, until_on=date(2009, 10, 15), party=make_party("พรรคเก่า"))


@pytest.fixture
def later(earlier: Member) -> Member:
    """Elected once more, for another party."""
    return make_member(NAME, parliament_number=24, since_on=date(2009, 10, 16), continues=earlier)


@pytest.fixture
def senator(later: Member) -> Member:
    """And now a senator, promoted meanwhile."""
    Member.objects.filter(pk=later.pk).update(until_on=date(2009, 10, 31))
    given = {"chamber": Chamber.SENATE, "seat": Member.Seat.ELECTED_SENATOR, "title": "พันตำรวจเอก"}
    return make_member(NAME, parliament_number=24, since_on=date(2009, 11, 1), continues=later, **given)


def corrected(form: Any, matter: Any, user: User, **changes: Any) -> Any:
    """The form of the correction as its page sends it, with nothing else touched than these."""
    blank = form(matter=matter, user=user, now=MORNING)
    there = {name: blank[name].value() for name in blank.fields}
    sent = {name: getattr(value, "full_name", value) for name, value in there.items() if value is not None}
    sent = {name: getattr(value, "pk", value) for name, value in sent.items()}
    filled = form(sent | changes, matter=matter, user=user, now=MORNING)
    assert not filled.errors
    return filled.given()


def test_a_correction_of_anything_else_keeps_the_asker_of_an_earlier_term(
    wiriya: User, earlier: Member, senator: Member
) -> None:
    then: dict[str, Any] = {"received_at": THEN, "owner": wiriya}
    papers: list[tuple[Any, Any, str]] = [
        (CorrectForm, make_interpellation(asker=earlier, **then), "asker"),
        (CorrectMotionForm, make_motion(proposer=earlier, **then), "proposer"),
        (
            CorrectConsultationForm,
            make_consultation(owner=wiriya, received_at=THEN, member=earlier, chamber="house"),
            "member",
        ),
        (
            CorrectBillForm,
            make_bill(proposer=earlier, proposer_kind=Bill.Proposer.MEMBERS, **then),
            "proposer",
        ),
    ]
    for form, paper, who in papers:
        assert corrected(form, paper, wiriya, title="ชื่อเรื่องที่แก้คำผิดแล้ว")[who] == earlier


def test_one_entered_as_of_another_term_stays_so_until_its_paper_is_of_another(
    wiriya: User, earlier: Member, later: Member
) -> None:
    question = make_interpellation(owner=wiriya, asker=earlier, parliament_number=24)
    assert corrected(CorrectForm, question, wiriya, title="ชื่อเรื่องใหม่")["asker"] == earlier
    right = make_interpellation(owner=wiriya, asker=earlier, received_at=THEN)
    assert corrected(CorrectForm, right, wiriya, parliament_number="๒๔")["asker"] == later


def test_another_name_finds_the_term_of_the_papers_parliament(
    wiriya: User, earlier: Member, senator: Member
) -> None:
    question = make_interpellation(owner=wiriya, received_at=THEN)
    for typed in (NAME, "ใจสัตย์", "นายสมหมาย ใจสัตย์", "พันตำรวจเอกสมหมาย ใจสัตย์"):
        assert corrected(CorrectForm, question, wiriya, asker=typed)["asker"] == earlier


def test_a_paper_of_an_earlier_term_is_registered_for_that_term(
    wiriya: User, earlier: Member, later: Member, senator: Member
) -> None:
    common = {"title": "การจัดสรรครูแก่โรงเรียนขนาดเล็ก", "text": "ขอเรียนถาม", "secrecy": "0"}
    then = common | {"received_on": "6/10/2552", "received_time": "10.00", "parliament_number": "23"}
    forms: list[tuple[Any, str, dict[str, Any]]] = [
        (InterpellationForm, "asker", {"interpellation_kind": "sitting", "question_number": "7"}),
        (MotionForm, "proposer", {}),
        (MemberConsultationForm, "member", {"raised_on": "5/10/2552"}),
        (BillForm, "proposer", {"proposer_kind": "members", "ministry_part": "owner"}),
    ]
    for form, who, own in forms:
        sent = form(then | own | {"chamber": "house", who: NAME}, user=wiriya, now=MORNING)
        assert not sent.errors, form
        assert getattr(sent.matter(), who) == earlier
    now = common | {"received_on": "17/11/2552", "received_time": "8.00", "raised_on": "16/11/2552"}
    by_letter = MemberConsultationForm(now | {"member": NAME, "chamber": ""}, user=wiriya, now=MORNING)
    assert by_letter.is_valid()
    assert by_letter.matter().member == senator


def test_two_of_one_name_are_told_apart_by_their_chamber(wiriya: User, earlier: Member) -> None:
    in_house = make_member(NAME, parliament_number=24, party=make_party("พรรคครูไทย"))
    in_senate = make_member(NAME, chamber=Chamber.SENATE, seat=Member.Seat.ELECTED_SENATOR)
    offered = dict(as_offered(newest_of_each(named_like("ใจสัตย์"))))
    words = {one: typed for typed, one in offered.items()}
    assert set(words) == {in_house, in_senate}
    data = {
        "title": "ขอให้จัดสรรครูแก่โรงเรียน",
        "text": "ขอให้จัดสรรครู",
        "raised_on": "16/11/2552",
        "received_on": "17/11/2552",
        "received_time": "8.00",
        "secrecy": "0",
    }

    def form(member: str, chamber: str = "") -> MemberConsultationForm:
        return MemberConsultationForm(data | {"member": member, "chamber": chamber}, user=wiriya, now=MORNING)

    assert words[in_senate] in form(NAME).errors["member"][0]
    for one, typed in words.items():
        picked, by_chamber = form(typed), form(NAME, one.chamber)
        assert picked.is_valid()
        assert by_chamber.is_valid()
        assert picked.matter().member == by_chamber.matter().member == one
