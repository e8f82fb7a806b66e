"""The pages of who sits in parliament: who may open and keep them, what they show, what they cost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from office.models import Deadline, Secrecy, User
from office.thai import sort_key
from parliament.models import (
    Chamber,
    Committee,
    CommitteeSeat,
    ConstitutionalBody,
    Consultation,
    Member,
    Party,
    Recess,
    Session,
)
from tests.cast import MORNING
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

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]

MOST_QUERIES = 12


@pytest.fixture
def officer(db: None) -> User:
    return make_politics_officer()


@pytest.fixture
def head(db: None) -> User:
    return make_politics_head()


@pytest.fixture
def at_desk(client_for: ClientFor, officer: User) -> Client:
    return client_for(officer)


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


READ = ["members", "committees", "sessions", "bodies", "members_export"]
KEEP = [
    "member_new",
    "committee_new",
    "session_new",
    "party_new",
    "body_new",
    "members_import",
]


# ── Who ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", READ)
def test_readers_are_the_subgroup_and_executives(
    name: str, client_for: ClientFor, officer: User, executive: User
) -> None:
    address = reverse(f"parliament:{name}")
    assert client_for(officer).get(address).status_code == 200
    assert client_for(executive).get(address).status_code == 200


@pytest.mark.parametrize("name", READ)
def test_others_are_told_whom_it_is_open_to(
    name: str, client_for: ClientFor, administrator: User, client: Client
) -> None:
    from tests.cast import make_officer

    address = reverse(f"parliament:{name}")
    for somebody in (make_officer(), administrator):
        refused = client_for(somebody).get(address)
        assert refused.status_code == 403
        assert "กลุ่มการเมือง" in text(refused)
    assert client.get(address).status_code == 302


@pytest.mark.parametrize("name", KEEP)
def test_only_the_subgroup_keeps_rows(
    name: str, client_for: ClientFor, officer: User, head: User, executive: User
) -> None:
    address = reverse(f"parliament:{name}")
    assert client_for(officer).get(address).status_code == 200
    assert client_for(head).get(address).status_code == 200
    assert client_for(executive).get(address).status_code == 403


# ── Members ─────────────────────────────────────────────────────────────────────────────────


def test_members_are_found_by_a_part_of_the_name(at_desk: Client) -> None:
    make_member("เสนาะ เทียนทอง")
    make_member("กนก วงษ์ตระหง่าน")
    page = text(at_desk.get(reverse("parliament:members"), {"q": "ทอง เสนาะ"}))
    assert "เสนาะ เทียนทอง" in page
    assert "กนก" not in page


def test_the_order_is_that_of_a_thai_dictionary(at_desk: Client) -> None:
    for name in ("เสนาะ ก", "สมชาย ข", "กนก ค", "แก้ว ง", "หมอก จ"):
        make_member(name)
    page = text(at_desk.get(reverse("parliament:members")))
    places = [page.index(name) for name in ("กนก ค", "แก้ว ง", "สมชาย ข", "เสนาะ ก", "หมอก จ")]
    assert places == sorted(places)


def test_marks_of_tone_count_last() -> None:
    assert sorted(["กาน้อย", "ก้าน", "กาน", "เก่ง", "เกง"], key=sort_key) == [
        "กาน",
        "ก้าน",
        "กาน้อย",
        "เกง",
        "เก่ง",
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, {"อยู่ ก", "อยู่ ข"}),
        ({"standing": "former"}, {"ไป ค"}),
        ({"standing": "all"}, {"อยู่ ก", "อยู่ ข", "ไป ค"}),
        ({"chamber": "senate"}, {"อยู่ ข"}),
        ({"province": "57"}, {"อยู่ ก"}),
    ],
)
def test_members_are_narrowed(at_desk: Client, query: dict[str, str], expected: set[str]) -> None:
    make_member("อยู่ ก")
    make_member("อยู่ ข", chamber=Chamber.SENATE, seat=Member.Seat.SELECTED_SENATOR)
    make_member("ไป ค", until_on=date(2009, 6, 1))
    page = text(at_desk.get(reverse("parliament:members"), query))
    assert {name for name in ("อยู่ ก", "อยู่ ข", "ไป ค") if name in page} == expected


def test_members_by_party(at_desk: Client) -> None:
    make_member("ฝ่าย ก")
    make_member("ฝ่าย ข", party=make_party("พรรคอื่น"))
    page = text(at_desk.get(reverse("parliament:members"), {"party": make_party("พรรคอื่น").pk}))
    assert "ฝ่าย ข" in page
    assert "ฝ่าย ก" not in page


def test_a_choice_that_is_not_there_is_said(at_desk: Client) -> None:
    assert at_desk.get(reverse("parliament:members"), {"party": "999"}).status_code == 422


def test_thirty_members_are_two_pages_and_back(
    at_desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        make_member(f"สมาชิก คนที่{number:02}")
    with django_assert_max_num_queries(MOST_QUERIES):
        first = at_desk.get(reverse("parliament:members"))
    assert len(first.context["page"].rows) == 25
    second = at_desk.get(f"{reverse('parliament:members')}?{first.context['next_link']}")
    assert [row.name for row in second.context["page"].rows] == [f"สมาชิก คนที่{n}" for n in range(25, 30)]
    back = at_desk.get(f"{reverse('parliament:members')}?{second.context['back_link']}")
    assert [row.pk for row in back.context["page"].rows] == [row.pk for row in first.context["page"].rows]
    assert not back.context["back_link"]


def test_nonsense_in_the_address_shows_the_first_page(at_desk: Client) -> None:
    make_member()
    for after in ("x", "1_", "_x", "9" * 40 + "_ก"):
        assert at_desk.get(reverse("parliament:members"), {"after": after}).status_code == 200


NEW_MEMBER = {
    "chamber": "house",
    "parliament_number": "23",
    "title": "นาย",
    "name": "  ประสงค์   ตั้งใจ ",
    "seat": "constituency",
    "province": "57",
    "constituency": "2",
    "since_on": "๒๑ มกราคม ๒๕๕๑",
}


def test_a_member_is_written_down(at_desk: Client) -> None:
    answer = at_desk.post(reverse("parliament:member_new"), NEW_MEMBER)
    member = Member.objects.get()
    assert answer.url == reverse("parliament:member", args=[member.pk])  # type: ignore[attr-defined]
    assert (member.name, member.since_on, member.area) == ("ประสงค์ ตั้งใจ", date(2008, 1, 21), "เชียงราย เขต ๒")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"province": ""}, "province"),
        ({"seat": "selected_senator"}, "seat"),
        ({"seat": "party_list"}, "constituency"),
        ({"until_on": "1/1/2550"}, "until_on"),
        ({"name": ""}, "name"),
        ({"email": "ไม่ใช่"}, "email"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field(
    at_desk: Client, changes: dict[str, str], field: str
) -> None:
    answer = at_desk.post(reverse("parliament:member_new"), NEW_MEMBER | changes)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert "is-invalid" in text(answer)
    assert not Member.objects.exists()


def test_the_same_member_twice_in_one_parliament_is_refused(at_desk: Client) -> None:
    at_desk.post(reverse("parliament:member_new"), NEW_MEMBER)
    assert at_desk.post(reverse("parliament:member_new"), NEW_MEMBER).status_code == 422
    assert Member.objects.count() == 1


def test_a_member_leaves_the_seat_and_the_row_stays(at_desk: Client) -> None:
    member = make_member()
    address = reverse("parliament:member_leave", args=[member.pk])
    assert at_desk.post(address, {"until_on": "1/1/2540"}).status_code == 422
    at_desk.post(address, {"until_on": "๑๕/๑๑/๒๕๕๒"})
    member.refresh_from_db()
    assert member.until_on == date(2009, 11, 15)
    assert "พ้นตำแหน่ง" in text(at_desk.get(reverse("parliament:member", args=[member.pk])))


def test_an_earlier_term_is_offered_and_joined(at_desk: Client) -> None:
    before = make_member(
        "ประสงค์ ตั้งใจ", parliament_number=22, since_on=date(2005, 2, 6), until_on=date(2006, 2, 24)
    )
    at_desk.post(reverse("parliament:member_new"), NEW_MEMBER)
    member = Member.objects.get(parliament_number=23)
    address = reverse("parliament:member_edit", args=[member.pk])
    assert str(before) in text(at_desk.get(address))
    at_desk.post(address, NEW_MEMBER | {"continues": str(before.pk)})
    member.refresh_from_db()
    assert member.continues == before


def test_an_odd_link_to_an_earlier_term_is_not_lost_by_saving(at_desk: Client) -> None:
    before = make_member("ประสงค์ ชื่อเดิม", parliament_number=22)
    member = make_member("ประสงค์ ตั้งใจ", continues=before)
    address = reverse("parliament:member_edit", args=[member.pk])
    assert f'value="{before.pk}" selected' in text(at_desk.get(address))


# ── What a member asked ─────────────────────────────────────────────────────────────────────


@pytest.fixture
def twice_elected(db: None) -> Member:
    before = make_member("ประสงค์ ตั้งใจ", parliament_number=22, since_on=date(2005, 2, 6))
    return make_member("ประสงค์ ตั้งใจ", continues=before)


def test_everything_asked_in_all_terms_stands_together(at_desk: Client, twice_elected: Member) -> None:
    before = twice_elected.continues
    old = bare_interpellation(asker=before, title="กระทู้เก่าสมัยก่อน", parliament_number=22)
    motion = bare_motion(proposer=twice_elected)
    raised = bare_consultation(member=twice_elected)
    bare_interpellation(title="กระทู้ของคนอื่น")
    for member in (twice_elected, before):
        page = at_desk.get(reverse("parliament:member", args=[member.pk]))
        assert [row.pk for row in page.context["asked"].rows] == [raised.pk, motion.pk, old.pk]
    with override("th"):
        assert str(Consultation.State.RECEIVED.label) in text(page)


def test_one_kind_alone(at_desk: Client, twice_elected: Member) -> None:
    motion = bare_motion(proposer=twice_elected)
    bare_consultation(member=twice_elected)
    page = at_desk.get(reverse("parliament:member", args=[twice_elected.pk]), {"kind": "motion"})
    assert [row.pk for row in page.context["asked"].rows] == [motion.pk]


def test_a_secret_question_is_shown_to_those_who_may_see_it(
    client_for: ClientFor, officer: User, head: User, twice_elected: Member
) -> None:
    bare_interpellation(asker=twice_elected, title="เรื่องลับมาก", secrecy=Secrecy.SECRET)
    address = reverse("parliament:member", args=[twice_elected.pk])
    assert "เรื่องลับมาก" not in text(client_for(officer).get(address))
    assert "เรื่องลับมาก" in text(client_for(head).get(address))


def test_sixty_questions_are_three_pages_there_and_back(
    at_desk: Client,
    twice_elected: Member,
    officer: User,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    keys = []
    for number in range(30):
        question = bare_interpellation(asker=twice_elected, question_number=number + 1)
        owe(question, Deadline.Kind.DRAFT, due=MORNING, responsible=officer)
        keys += [question.pk, bare_motion(proposer=twice_elected).pk]
    keys.reverse()
    address = reverse("parliament:member", args=[twice_elected.pk])
    with django_assert_max_num_queries(MOST_QUERIES):
        asked = at_desk.get(address).context["asked"]
    assert [row.pk for row in asked.rows] == keys[:25]
    assert not asked.after
    second = at_desk.get(address, {"before": asked.before}).context["asked"]
    assert [row.pk for row in second.rows] == keys[25:50]
    third = at_desk.get(address, {"before": second.before}).context["asked"]
    assert [row.pk for row in third.rows] == keys[50:]
    assert not third.before
    back = at_desk.get(address, {"after": third.after}).context["asked"]
    assert [row.pk for row in back.rows] == keys[25:50]
    first = at_desk.get(address, {"after": back.after}).context["asked"]
    assert [row.pk for row in first.rows] == keys[:25]
    assert not first.after


def test_a_member_that_is_not_there(at_desk: Client) -> None:
    assert at_desk.get(reverse("parliament:member", args=[999])).status_code == 404


# ── Committees ──────────────────────────────────────────────────────────────────────────────


def test_a_committee_with_its_members_and_meetings(
    at_desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    committee = make_committee()
    for number in range(12):
        member = make_member(f"กรรมาธิการ คนที่{number:02}")
        CommitteeSeat.objects.create(committee=committee, member=member)
    chair = make_member("ฮาวา ประธาน")
    CommitteeSeat.objects.create(committee=committee, member=chair, office=CommitteeSeat.Office.CHAIR)
    for _number in range(26):
        bare_meeting(meeting_kind="committee", committee=committee, title="ประชุมกรรมาธิการการศึกษา")
    bare_meeting(meeting_kind="committee", committee=committee, title="ประชุมลับ", secrecy=Secrecy.SECRET)
    with django_assert_max_num_queries(MOST_QUERIES):
        page = at_desk.get(reverse("parliament:committee", args=[committee.pk]))
    assert page.context["seats"][0].member == chair
    assert len(page.context["page"].rows) == 25
    assert "ประชุมลับ" not in text(page)


def test_a_seat_is_taken_and_given_up(at_desk: Client) -> None:
    committee, member = make_committee(), make_member("ประสงค์ ตั้งใจ")
    make_member("ประสงค์ อีกคน")
    add = reverse("parliament:seat_add", args=[committee.pk])
    ambiguous = at_desk.post(add, {"name": "ประสงค์", "office": "member"})
    assert ambiguous.status_code == 422
    assert "ประสงค์ อีกคน" in text(ambiguous)
    assert at_desk.post(add, {"name": "ไม่มีคนนี้", "office": "member"}).status_code == 422
    at_desk.post(add, {"name": "นายประสงค์ ตั้งใจ", "office": "chair"})
    seat = committee.seats.get()
    assert (seat.member, seat.office) == (member, "chair")
    assert at_desk.post(add, {"name": "ประสงค์ ตั้งใจ", "office": "chair"}).status_code == 422
    remove = reverse("parliament:seat_remove", args=[committee.pk, seat.pk])
    for _click in range(2):
        assert at_desk.post(remove).status_code == 302
    assert not committee.seats.exists()


def test_committees_of_one_parliament_at_a_time(at_desk: Client) -> None:
    make_committee("คณะกรรมาธิการเก่า", parliament_number=22)
    make_committee()
    page = text(at_desk.get(reverse("parliament:committees")))
    assert "คณะกรรมาธิการการศึกษา" in page
    assert "คณะกรรมาธิการเก่า" not in page
    assert "คณะกรรมาธิการเก่า" in text(at_desk.get(reverse("parliament:committees"), {"parliament": "22"}))
    assert at_desk.get(reverse("parliament:committees"), {"parliament": "x"}).status_code == 200


def test_a_committee_is_written_down_and_put_right(at_desk: Client) -> None:
    given = {"name": "คณะกรรมาธิการกีฬา", "chamber": "house", "kind": "standing", "parliament_number": "23"}
    at_desk.post(reverse("parliament:committee_new"), given)
    committee = Committee.objects.get()
    address = reverse("parliament:committee_edit", args=[committee.pk])
    wrong = at_desk.post(address, given | {"since_on": "2/1/2552", "until_on": "1/1/2552"})
    assert wrong.status_code == 422
    at_desk.post(address, given | {"until_on": "1/1/2552"})
    assert "ยุบแล้ว" in text(at_desk.get(reverse("parliament:committee", args=[committee.pk])))


# ── Parties and organisations ───────────────────────────────────────────────────────────────


def test_a_party_is_switched_off_not_deleted(at_desk: Client) -> None:
    party = make_member().party
    address = reverse("parliament:party_edit", args=[party.pk])
    at_desk.post(address, {"name": party.name, "short_name": ""})
    assert not Party.objects.get(pk=party.pk).is_active
    assert "เลิกใช้แล้ว" in text(at_desk.get(reverse("parliament:bodies")))


def test_two_parties_of_one_name_are_refused(at_desk: Client) -> None:
    make_party("พรรคเดียว")
    answer = at_desk.post(reverse("parliament:party_new"), {"name": "พรรคเดียว", "is_active": "on"})
    assert answer.status_code == 422


def test_an_organisation_is_written_down(at_desk: Client) -> None:
    at_desk.post(reverse("parliament:body_new"), {"name": "องค์กรใหม่", "is_active": "on"})
    assert ConstitutionalBody.objects.filter(name="องค์กรใหม่").exists()


# ── Sessions and the recess switch ──────────────────────────────────────────────────────────


def test_the_page_says_whether_parliament_sits(at_desk: Client, head: User) -> None:
    address = reverse("parliament:sessions")
    assert "ไม่อยู่ในสมัยประชุม" in text(at_desk.get(address))
    make_session(begins_on=date(2009, 8, 1), ends_on=None)
    assert "อยู่ในสมัยประชุม" in text(at_desk.get(address))
    today = timezone.localdate()
    Recess.objects.create(begins_on=today, reason="ปิดสมัย", declared_by=head, declared_at=timezone.now())
    page = text(at_desk.get(address))
    assert "อยู่ระหว่างปิดสมัยประชุม" in page
    for name in (
        "members",
        "meetings",
        "meeting_board",
        "interpellations",
        "motions",
        "bills",
        "morning",
    ):
        assert "อยู่ระหว่างปิดสมัยประชุม" in text(at_desk.get(reverse(f"parliament:{name}"))), name


def test_sessions_do_not_overlap(at_desk: Client) -> None:
    make_session()
    given = {
        "parliament_number": "23",
        "year": "2",
        "kind": "extraordinary",
        "number": "1",
        "begins_on": "1/11/2552",
        "ends_on": "5/12/2552",
    }
    answer = at_desk.post(reverse("parliament:session_new"), given)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["begins_on"]
    at_desk.post(reverse("parliament:session_new"), given | {"begins_on": "1/12/2552"})
    assert Session.objects.count() == 2


def test_only_the_head_declares_a_recess(client_for: ClientFor, officer: User, executive: User) -> None:
    address = reverse("parliament:recess_declare")
    for somebody in (officer, executive):
        assert client_for(somebody).post(address, {}).status_code == 403
    assert not Recess.objects.exists()


def test_the_head_declares_changes_and_ends_a_recess(client_for: ClientFor, head: User) -> None:
    client, today = client_for(head), timezone.localdate()
    begins = f"{today.day}/{today.month}/{today.year + 543}"
    assert client.post(reverse("parliament:recess_declare"), {"begins_on": begins}).status_code == 422
    given = {"begins_on": begins, "reason": "ปิดสมัยประชุมสามัญ"}
    for _click in range(2):
        assert client.post(reverse("parliament:recess_declare"), given).status_code == 302
    recess = Recess.objects.get()
    end = reverse("parliament:recess_end", args=[recess.pk])
    assert client.get(end).status_code == 200
    assert client.post(end, {"ends_on": "1/1/2550"}).status_code == 422
    assert client.post(end, {"ends_on": begins}).status_code == 302
    recess.refresh_from_db()
    assert (recess.ends_on, recess.ended_by) == (today, head)
    other = client.post(reverse("parliament:recess_declare"), given | {"reason": "อีกครั้ง"})
    assert other.status_code == 422


def test_what_is_to_come_is_taken_back(client_for: ClientFor, head: User) -> None:
    client, today = client_for(head), timezone.localdate()
    Recess.objects.create(
        begins_on=date(today.year + 1, 1, 1), reason="ปิดสมัย", declared_by=head, declared_at=timezone.now()
    )
    now = Recess.objects.create(
        begins_on=today, ends_on=today, reason="ก", declared_by=head, declared_at=timezone.now()
    )
    client.post(reverse("parliament:recess_withdraw", args=[now.pk]))
    assert Recess.objects.count() == 2
    for _click in range(2):
        client.post(
            reverse(
                "parliament:recess_withdraw",
                args=[Recess.objects.exclude(pk=now.pk).values_list("pk", flat=True).first() or 999],
            )
        )
    assert Recess.objects.get() == now
