"""The pages of bills and consultations, at a desk and on a phone, by day and by night."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from office.calendar import OFFICE_TZ
from office.models import User
from parliament.models import Bill, Consultation, Need
from parliament.models.bill_stages import Votes
from parliament.models.bill_state import BillState
from parliament.models.consultation_state import ConsultationState
from tests.browser.conftest import Visit
from tests.browser.test_every_page import look_over, open_and_look
from tests.parliament.bills_cast import (
    bring_to,
    carry_to,
    make_bill,
    make_consultation,
    make_item,
    make_sitting,
    make_telling,
    take,
)
from tests.parliament.cast import make_member, make_politics_head, make_politics_officer, make_session


@pytest.fixture
def officer(db: None) -> User:
    return make_politics_officer()


@pytest.fixture
def head(db: None) -> User:
    return make_politics_head()


@pytest.fixture
def bill(officer: User) -> Bill:
    """Amended by the Senate, back in the House, with a meeting in nine days and another that may consider it."""
    now = timezone.now()
    today = now.astimezone(OFFICE_TZ).date()
    make_session(begins_on=today - timedelta(days=60), ends_on=None)
    bill = bring_to(make_bill(owner=officer, received_at=now), BillState.SENATE, officer, now=now)
    given = {"to_stage": BillState.READING_3, "on": today, "reason": "วุฒิสภาแก้ไขมาตรา ๕"}
    take(bill, "send_back", officer, now=now, votes=Votes(90, 30, 4), **given)
    meeting = make_sitting(begins_at=now + timedelta(days=9), received_at=now)
    item = make_item(meeting, title=bill.title)
    make_telling(item, told_at=now)
    Need.objects.create(item=item, kind=Need.Kind.PAPER, what="ตารางเปรียบเทียบ", due_at=meeting.begins_at)
    take(bill, "consider", officer, now=now, item=item)
    make_sitting(begins_at=now + timedelta(days=16), received_at=now)
    return bill


def test_bills(visit: Visit, officer: User, bill: Bill) -> None:
    visitor = visit()
    visitor.expects(422)
    visitor.signs_in(officer)
    open_and_look(visitor, "bills", "parliament:bills")
    open_and_look(visitor, "bills-none", "parliament:bills", query="?state=gazette")
    open_and_look(visitor, "bills-filter", "parliament:bill_filter")
    open_and_look(visitor, "bill", "parliament:bill", bill.pk)
    for step in ("record_outcome", "send_back", "consider", "correct", "correct_passage", "withdraw"):
        open_and_look(visitor, f"bill-{step}", "parliament:bill_step", bill.pk, step)
    visitor.opens("parliament:bill_new")
    visitor.presses("Register")
    visitor.page.locator("[data-faults]").wait_for()
    look_over(visitor, "bill-new-empty")


@pytest.fixture
def decided(officer: User, head: User, executive: User) -> Consultation:
    """Of an organisation, decided and written; the minister has been told, the raiser not yet."""
    now = timezone.now()
    consultation = make_consultation(owner=officer, received_at=now, by_body=True)
    people = {"officer": officer, "head": head, "executive": executive}
    carry_to(consultation, ConsultationState.ORDERED, now=now, **people)
    take(consultation, "write_result", officer, now=now, told_text="กระทรวงจัดสรรครูแล้วสองอัตรา")
    take(consultation, "note_result", executive, now=now)
    return consultation


def test_consultations(visit: Visit, officer: User, decided: Consultation) -> None:
    visitor = visit()
    visitor.expects(422)
    visitor.signs_in(officer)
    received = make_consultation(owner=officer, received_at=timezone.now())
    open_and_look(visitor, "consultations", "parliament:consultations")
    open_and_look(visitor, "consultations-filter", "parliament:consultation_filter")
    open_and_look(visitor, "consultation-received", "parliament:consultation", received.pk)
    open_and_look(visitor, "consultation-decided", "parliament:consultation", decided.pk)
    for step in ("mail_raiser", "tell_raiser", "write_result", "withdraw"):
        open_and_look(visitor, f"consultation-{step}", "parliament:consultation_step", decided.pk, step)
    open_and_look(visitor, "consultation-body-new", "parliament:consultation_new", "body")
    visitor.opens("parliament:consultation_new", "member")
    visitor.presses("Register")
    visitor.page.locator("[data-faults]").wait_for()
    look_over(visitor, "consultation-new-empty")


def test_members_are_offered_while_one_types(visit: Visit, officer: User) -> None:
    make_member("สมหมาย ใจสัตย์")
    make_member("วันเพ็ญ ทองประเสริฐ", title="นางสาว")
    visitor = visit()
    visitor.signs_in(officer)
    visitor.opens("parliament:consultation_new", "member")
    visitor.page.locator("#id_member").press_sequentially("ใจสั")
    option = visitor.page.locator("#member-names option")
    option.first.wait_for(state="attached")
    assert option.count() == 1
    assert option.get_attribute("value") == "นายสมหมาย ใจสัตย์"
