"""The pages of bills: registering, the line, the meetings one press away, who sees what, few questions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from office.calendar import OFFICE_TZ
from office.models import Secrecy, User
from office.thai import format_numeric
from parliament.models import Bill, Consideration, Meeting, Need
from parliament.models.bill_state import BillState
from tests.parliament.bills_cast import (
    bring_to,
    fresh,
    make_bill,
    make_item,
    make_sitting,
    make_telling,
    take,
)
from tests.parliament.cast import (
    make_member,
    make_politics_colleague,
    make_politics_head,
    make_politics_officer,
    make_session,
)

pytestmark = pytest.mark.django_db

State = BillState
ClientFor = Callable[[User], Client]
MOST_QUERIES = 12
LIST = "/parliament/bills/"
NEW = f"{LIST}new/"


@pytest.fixture
def officer(db: None) -> User:
    return make_politics_officer()


@pytest.fixture
def head(db: None) -> User:
    return make_politics_head()


@pytest.fixture
def bill(officer: User) -> Bill:
    """At its first reading since an hour ago."""
    return at_stage(State.READING_1, officer)


def at_stage(state: State, officer: User, **facts: Any) -> Bill:
    now = timezone.now() - timedelta(hours=1)
    return bring_to(make_bill(owner=officer, received_at=now, **facts), state, officer, now=now)


def day(days: int) -> str:
    """A day so many days from today, as people type it."""
    return format_numeric((timezone.localtime() + timedelta(days=days)).date())


def page(bill: Bill) -> str:
    return f"{LIST}{bill.pk}/"


def typed(**changes: Any) -> dict[str, Any]:
    """What an officer types of a bill of the cabinet."""
    return {
        "title": "ร่างพระราชบัญญัติสภาครูและบุคลากรทางการศึกษา",
        "ministry_part": "owner",
        "parliament_number": "๒๓",
        "bill_number": "สผ ๑๒/๒๕๕๒",
        "proposer_kind": "cabinet",
        "substance": "หลักการและเหตุผลของร่าง",
        "received_on": day(-1),
        "received_time": "10.00",
        "secrecy": "0",
        "take_it": "on",
    } | changes


# ── Registering ─────────────────────────────────────────────────────────────────────────────


def test_a_bill_is_registered_with_its_file(client_for: ClientFor, officer: User) -> None:
    paper = SimpleUploadedFile("ร่าง.txt", "มาตรา ๑".encode(), content_type="text/plain")
    answer = client_for(officer).post(NEW, typed(attachments=paper))
    bill = Bill.objects.get()
    assert answer["Location"] == page(bill)
    assert (bill.owner, bill.parliament_number, bill.documents.count()) == (officer, 23, 1)


def test_a_bill_of_members_names_the_first_proposer_by_typing(client_for: ClientFor, officer: User) -> None:
    member = make_member("สมหมาย ใจสัตย์")
    data = typed(proposer_kind="members", proposer="นายสมหมาย ใจสัตย์", proposer_text="กับคณะ ๒๐ คน")
    client_for(officer).post(NEW, data)
    assert Bill.objects.get().proposer == member


def test_a_form_sent_twice_registers_once(client_for: ClientFor, officer: User) -> None:
    client = client_for(officer)
    ticket = client.get(NEW).context["form"].ticket_to_send()
    for _click in range(2):
        assert client.post(NEW, typed(ticket=ticket, bill_number="")).status_code == 302
    assert Bill.objects.count() == 1


def test_the_form_begins_with_the_parliament_that_sits(client_for: ClientFor, officer: User) -> None:
    make_session()
    assert client_for(officer).get(NEW).context["form"]["parliament_number"].value() == "๒๓"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": ""}, "เขียนเรื่องโดยย่อหนึ่งบรรทัด"),
        ({"ministry_part": ""}, "ต้องกรอกข้อนี้"),
        ({"parliament_number": "ยี่สิบสาม"}, "จำนวนเต็ม"),
        ({"proposer_kind": "members"}, "เขียนชื่อผู้เสนอลำดับแรก"),
        ({"proposer": "สมหมาย"}, "เฉพาะร่างที่สมาชิกเสนอ"),
        ({"bill_number": "สผ ๑/๒๕๕๒"}, "เลขนี้เป็นของร่าง รพ"),
        ({"received_on": day(2)}, "ต้องไม่หลัง"),
    ],
)
def test_what_is_wrong_is_said_in_thai_and_nothing_is_lost(
    changes: dict[str, str], said: str, client_for: ClientFor, officer: User
) -> None:
    make_member("สมหมาย ใจสัตย์")
    make_bill(bill_number="สผ ๑/๒๕๕๒")
    answer = client_for(officer).post(NEW, typed(**changes))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert said in text
    assert "หลักการและเหตุผลของร่าง" in text
    assert Bill.objects.count() == 1


# ── Who sees what ───────────────────────────────────────────────────────────────────────────


def test_only_those_of_the_subgroup_and_executives_see_it(
    client_for: ClientFor, bill: Bill, officer: User, head: User, executive: User, stranger_of: User
) -> None:
    for person in (officer, head, executive, make_politics_colleague()):
        assert client_for(person).get(page(bill)).status_code == 200
    assert client_for(stranger_of).get(page(bill)).status_code == 404
    assert bill.title not in client_for(stranger_of).get(LIST).content.decode()
    assert client_for(stranger_of).get(NEW).status_code == 403


@pytest.fixture
def stranger_of(db: None) -> User:
    from tests.cast import make_officer

    return make_officer()


def test_a_secret_bill_and_a_step_of_a_colleagues(client_for: ClientFor, officer: User) -> None:
    secret = at_stage(State.READING_1, officer, secrecy=Secrecy.SECRET)
    colleague = make_politics_colleague()
    assert client_for(colleague).get(page(secret)).status_code == 404
    open_one = at_stage(State.READING_1, officer)
    data = {"seen": open_one.version, "on": day(0), "reason": "-"}
    assert client_for(colleague).post(f"{page(open_one)}withdraw/", data).status_code == 403
    assert fresh(open_one).state == State.READING_1


def test_no_address_leads_to_what_a_meeting_carries_along(
    client_for: ClientFor, bill: Bill, officer: User
) -> None:
    assert client_for(officer).get(f"{page(bill)}follow_meeting/").status_code == 404


def test_a_secret_meeting_is_not_named_to_who_may_not_see_it(
    client_for: ClientFor, bill: Bill, officer: User, head: User
) -> None:
    secret = make_sitting(
        begins_at=timezone.now() + timedelta(days=9),
        received_at=timezone.now() - timedelta(days=1),
        secrecy=Secrecy.SECRET,
    )
    Meeting.objects.filter(pk=secret.pk).update(title="การประชุมลับสุดยอด")
    take(bill, "consider", head, now=timezone.now(), item=make_item(secret, title="วาระลับ"))
    text = client_for(officer).get(page(bill)).content.decode()
    assert "การประชุมลับสุดยอด" not in text.split('id="next"')[0].split("ความเคลื่อนไหว")[0]
    assert "การประชุมที่มีชั้นความลับ" in text
    assert "การประชุมลับสุดยอด" in client_for(head).get(page(bill)).content.decode()


def test_a_meeting_one_may_not_see_is_not_offered_nor_taken_from_a_forged_form(
    client_for: ClientFor, bill: Bill, officer: User, head: User
) -> None:
    secret = make_sitting(
        begins_at=timezone.now() + timedelta(days=9),
        received_at=timezone.now() - timedelta(days=1),
        secrecy=Secrecy.SECRET,
    )
    item = make_item(secret)
    for address in (page(bill), f"{page(bill)}consider/"):
        assert f"new-{secret.pk}" not in client_for(officer).get(address).content.decode()
        assert f"new-{secret.pk}" in client_for(head).get(address).content.decode()
    for forged in (f"new-{secret.pk}", str(item.pk)):
        data = {"seen": fresh(bill).version, "item": forged}
        assert client_for(officer).post(f"{page(bill)}consider/", data).status_code == 422
    assert not Consideration.objects.exists()


def test_a_secret_bill_stands_on_an_agenda_by_its_number(officer: User, head: User) -> None:
    secret = at_stage(State.READING_1, officer, secrecy=Secrecy.CONFIDENTIAL)
    meeting = make_sitting(
        begins_at=timezone.now() + timedelta(days=9), received_at=timezone.now() - timedelta(days=1)
    )
    take(secret, "consider", officer, now=timezone.now(), meeting=meeting)
    assert meeting.items.get().title == secret.label


# ── The line ────────────────────────────────────────────────────────────────────────────────


def test_the_line_shows_each_passage_in_order_and_what_is_to_come(
    client_for: ClientFor, officer: User
) -> None:
    bill = at_stage(State.SENATE, officer)
    now = timezone.now()
    today = now.astimezone(OFFICE_TZ).date()
    take(bill, "send_back", officer, now=now, to_stage=State.READING_3, on=today, reason="วุฒิสภาแก้ไข")
    line = client_for(officer).get(page(bill)).context["line"]
    assert [(str(one.name), one.tone) for one in line] == [
        ("บรรจุระเบียบวาระ", "done"),
        ("วาระที่หนึ่ง ขั้นรับหลักการ", "done"),
        ("ชั้นกรรมาธิการ", "done"),
        ("วาระที่สอง", "done"),
        ("วาระที่สาม", "done"),
        ("วุฒิสภา", "back"),
        ("วาระที่สาม", "now"),
        ("วุฒิสภา", "to-come"),
        ("ทูลเกล้าฯ ถวาย", "to-come"),
        ("ประกาศราชกิจจานุเบกษา", "to-come"),
    ]
    assert str(line[1].words) == "รับหลักการ"


def test_nothing_is_to_come_of_a_bill_that_fell(client_for: ClientFor, bill: Bill, officer: User) -> None:
    now = timezone.now()
    today = now.astimezone(OFFICE_TZ).date()
    take(bill, "reject", officer, now=now, on=today, reason="ไม่รับหลักการ")
    line = client_for(officer).get(page(bill)).context["line"]
    assert [one.tone for one in line] == ["done", "fell"]


def test_one_press_puts_it_on_the_agenda_of_a_meeting_to_come(
    client_for: ClientFor, bill: Bill, officer: User
) -> None:
    meeting = make_sitting(
        begins_at=timezone.now() + timedelta(days=9), received_at=timezone.now() - timedelta(days=1)
    )
    client = client_for(officer)
    text = client.get(page(bill)).content.decode()
    assert f'value="new-{meeting.pk}"' in text
    data = {"seen": fresh(bill).version, "item": f"new-{meeting.pk}"}
    assert client.post(f"{page(bill)}consider/", data).status_code == 302
    assert Consideration.objects.get().item.meeting == meeting
    text = client.get(page(bill)).content.decode()
    assert "กำลังเตรียม" in text
    assert f'value="new-{meeting.pk}"' not in text


def test_an_item_that_is_gone_is_said(client_for: ClientFor, bill: Bill, officer: User) -> None:
    meeting = make_sitting(
        begins_at=timezone.now() + timedelta(days=9), received_at=timezone.now() - timedelta(days=1)
    )
    item = make_item(meeting)
    client = client_for(officer)
    assert f'value="{item.pk}"' in client.get(f"{page(bill)}consider/").content.decode()
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.CANCELLED)
    data = {"seen": fresh(bill).version, "item": str(item.pk)}
    assert client.post(f"{page(bill)}consider/", data).status_code == 422


@pytest.mark.parametrize(
    ("begins_in", "told", "said"),
    [
        (timedelta(days=9), False, "กำลังเตรียม"),
        (timedelta(days=9), True, "เตรียมครบทันเวลา"),
        (timedelta(hours=-2), False, "เตรียมไม่ทัน"),
    ],
)
def test_each_meeting_says_in_words_how_its_preparation_stands(
    begins_in: timedelta, told: bool, said: str, client_for: ClientFor, bill: Bill, officer: User
) -> None:
    now = timezone.now()
    meeting = make_sitting(begins_at=now + begins_in, received_at=now - timedelta(days=2))
    item = make_item(meeting)
    make_telling(item, told_at=now - timedelta(days=1) if told else None)
    take(bill, "consider", officer, now=now, item=item)
    assert said in client_for(officer).get(page(bill)).content.decode()


def test_told_of_after_it_began_is_said_to_be_out_of_the_count(
    client_for: ClientFor, bill: Bill, officer: User
) -> None:
    now = timezone.now()
    meeting = make_sitting(begins_at=now - timedelta(hours=2), received_at=now - timedelta(hours=1))
    take(bill, "consider", officer, now=now, item=make_item(meeting))
    assert "ทราบหลังเริ่มประชุม ไม่นับในตัวชี้วัด" in client_for(officer).get(page(bill)).content.decode()


# ── Steps on pages ──────────────────────────────────────────────────────────────────────────


def test_every_form_of_a_step_opens(client_for: ClientFor, officer: User, head: User) -> None:
    for state in State:
        bill = at_stage(state, officer)
        for person in (officer, head):
            context = client_for(person).get(page(bill)).context
            for one in [*context["steps"], *context["more_steps"]]:
                answer = client_for(person).get(f"{page(bill)}{one.name}/")
                assert answer.status_code == 200, one.name


def test_an_outcome_with_its_votes_leads_to_the_next_stage(
    client_for: ClientFor, bill: Bill, officer: User
) -> None:
    data = {
        "seen": bill.version,
        "outcome": "passed",
        "on": day(0),
        "next_stage": "committee",
        "votes_for": "312",
        "votes_against": "5",
        "note": "ตั้งกรรมาธิการวิสามัญ",
    }
    assert client_for(officer).post(f"{page(bill)}record_outcome/", data).status_code == 302
    passed = fresh(bill).stages.get(stage=State.READING_1)
    assert (fresh(bill).state, passed.votes_for, passed.note) == (State.COMMITTEE, 312, "ตั้งกรรมาธิการวิสามัญ")
    text = client_for(officer).get(page(bill)).content.decode()
    assert "๓๑๒" in text


def test_a_day_before_the_stage_began_is_refused_beside_the_field(
    client_for: ClientFor, bill: Bill, officer: User
) -> None:
    data = {"seen": bill.version, "outcome": "passed", "on": day(-30), "next_stage": "committee"}
    answer = client_for(officer).post(f"{page(bill)}record_outcome/", data)
    assert answer.status_code == 422
    assert "on" in answer.context["form"].errors
    assert fresh(bill).state == State.READING_1


def test_a_stale_page_shows_both_versions(
    client_for: ClientFor, bill: Bill, officer: User, head: User
) -> None:
    take(bill, "correct", head, now=timezone.now(), bill_number="สผ ๑๙/๒๕๕๒")
    data = {"seen": bill.version, "on": day(0), "reason": "ผู้เสนอถอน"}
    answer = client_for(officer).post(f"{page(bill)}withdraw/", data)
    assert answer.status_code == 409
    assert "ผู้เสนอถอน" in answer.content.decode()


def test_a_reason_is_asked_where_not_all_was_ready(client_for: ClientFor, bill: Bill, officer: User) -> None:
    now = timezone.now()
    meeting = make_sitting(begins_at=now - timedelta(minutes=30), received_at=now - timedelta(days=2))
    item = make_item(meeting)
    make_telling(item)
    take(bill, "consider", officer, now=now, item=item)
    address = f"{page(bill)}record_outcome/"
    assert "late_reason" in client_for(officer).get(address).context["form"].fields
    data = {"seen": fresh(bill).version, "outcome": "passed", "on": day(0), "next_stage": "committee"}
    answer = client_for(officer).post(address, data)
    assert answer.status_code == 422
    assert "เตรียมไม่ครบเมื่อเริ่มประชุม" in answer.content.decode()


# ── Few questions ───────────────────────────────────────────────────────────────────────────


def test_the_page_asks_the_same_however_much_it_went_through(client_for: ClientFor, officer: User) -> None:
    bill = at_stage(State.REGISTERED, officer)
    counts = []
    now = timezone.now()
    for state in (State.READING_1, State.READING_2, State.SENATE):
        bring_to(bill, state, officer, now=now)
        for _meeting in range(2):
            meeting = make_sitting(begins_at=now + timedelta(days=9), received_at=now - timedelta(days=1))
            item = make_item(meeting)
            make_telling(item)
            Need.objects.create(item=item, kind=Need.Kind.PAPER, what="เอกสาร", due_at=meeting.begins_at)
            take(bill, "consider", officer, now=now, item=item)
        client = client_for(officer)
        client.get(page(bill))
        with CaptureQueriesContext(connection) as asked:
            client.get(page(bill))
        counts.append(len(asked))
    assert len(set(counts)) == 1, counts
    assert counts[0] <= MOST_QUERIES, "\n".join(one["sql"][:160] for one in asked)


@pytest.fixture
def several(officer: User) -> dict[str, Bill]:
    """One of the cabinet at its first reading, one of members in committee, one watched that has ended."""
    member = make_member("สมหมาย ใจสัตย์")
    return {
        "first": at_stage(State.READING_1, officer, title="ร่างหนึ่งของคณะรัฐมนตรี"),
        "second": at_stage(
            State.COMMITTEE,
            officer,
            title="ร่างสองของสมาชิก",
            proposer_kind="members",
            proposer=member,
            ministry_part="concerned",
            parliament_number=24,
        ),
        "third": at_stage(State.CLOSED, officer, title="ร่างสามที่ติดตาม", ministry_part="watched"),
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"first", "second"}),
        ("all=1", {"first", "second", "third"}),
        ("unclosed=0", {"third"}),
        ("state=committee", {"second"}),
        ("ministry_part=watched", {"third"}),
        ("parliament=๒๔", {"second"}),
        ("parliament=x", set()),
        ("proposer_kind=members", {"second"}),
        ("proposer=ใจสัตย์", {"second"}),
        ("mine=1", {"first", "second", "third"}),
        ("mine=none", set()),
        ("late=1", set()),
    ],
)
def test_the_register_answers_what_it_is_asked(
    query: str, expected: set[str], several: dict[str, Bill], client_for: ClientFor, officer: User
) -> None:
    text = client_for(officer).get(f"{LIST}?{query}" if query else LIST).content.decode()
    assert {name for name, one in several.items() if one.title in text} == expected


def test_the_register_asks_the_same_however_long_it_is(
    client_for: ClientFor, officer: User, several: dict[str, Bill]
) -> None:
    for _more in range(15):
        make_bill(owner=officer, received_at=timezone.now())
    client = client_for(officer)
    client.get(LIST)
    with CaptureQueriesContext(connection) as asked:
        client.get(LIST)
    assert len(asked) <= 12


def test_the_filter_opens(client_for: ClientFor, officer: User) -> None:
    assert client_for(officer).get(reverse("parliament:bill_filter")).status_code == 200
