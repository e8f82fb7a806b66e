"""The staff's pages: who sees what, what they say, how many questions they ask of the database."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from auditlog.models import LogEntry
from django.test import Client
from django.urls import reverse

from complaints.forms.steps import STEP_FORMS
from complaints.models import Petition, State
from office.models import Event, Matter, Secrecy, User
from office.steps import Actor, open_steps
from tests.cast import bring_to, fresh, make_category, make_head, make_petition, take_step

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
LIST = "complaints:petitions"
CEILING = 12


def step_url(petition: Petition, name: str) -> str:
    return reverse("complaints:step", args=[petition.pk, name])


# ── The register ────────────────────────────────────────────────────────────────────────────


def test_the_register_shows_who_has_it_what_is_next_and_how_long_is_left(
    client_for: SignIn, officer: User, head: User
) -> None:
    petition = make_petition(owner=officer)
    take_step(petition, "summarise", officer, summary="ก", opinion="ข", category=make_category())
    text = client_for(officer).get(reverse(LIST)).content.decode()
    assert petition.title in text
    assert petition.label in text
    assert "ศิริรัตน์ ท." in text
    assert "รอหัวหน้าตรวจ" in text
    assert "เสนอผู้มีอำนาจสั่งการ" in text
    assert "เกิน" in text


@pytest.mark.parametrize("rows", [3, 60])
def test_the_register_asks_no_more_however_long_it_is(
    rows: int, client_for: SignIn, officer: User, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    for _row in range(rows):
        make_petition(owner=officer)
    client = client_for(officer)
    with django_assert_max_num_queries(CEILING):
        answer = client.get(reverse(LIST))
    assert len(answer.context["page"].rows) == min(rows, 25)


def test_pages_follow_one_another_without_gap_or_repeat(client_for: SignIn, officer: User) -> None:
    keys = [make_petition(owner=officer).pk for _row in range(60)]
    client = client_for(officer)
    for order, expected in {"newest": keys[::-1], "oldest": keys, "due": keys}.items():
        seen: list[int] = []
        query = f"order={order}"
        backs = []
        while query:
            page = client.get(f"{reverse(LIST)}?{query}").context
            seen += [petition.pk for petition in page["page"].rows]
            backs.append(page["back_link"])
            query = page["next_link"]
        assert seen == expected, order
        before_last = client.get(f"{reverse(LIST)}?{backs[-1]}").context["page"].rows
        assert [petition.pk for petition in before_last] == expected[25:50], order


def test_a_senseless_cursor_shows_the_first_page(client_for: SignIn, officer: User) -> None:
    petition = make_petition(owner=officer)
    for cursor in ("abc", "1_2", "-"):
        answer = client_for(officer).get(f"{reverse(LIST)}?after={cursor}")
        assert [row.pk for row in answer.context["page"].rows] == [petition.pk]


def test_the_stranger_sees_an_empty_register_and_no_petition(
    client_for: SignIn, stranger: User, petition: Petition
) -> None:
    client = client_for(stranger)
    assert client.get(f"{reverse(LIST)}?all=1").context["page"].rows == []
    assert client.get(petition.get_absolute_url()).status_code == 404


def test_the_administrator_reads_no_petition(
    client_for: SignIn, administrator: User, petition: Petition
) -> None:
    client = client_for(administrator)
    assert client.get(petition.get_absolute_url()).status_code == 404
    assert client.get(f"{reverse(LIST)}?all=1").context["page"].rows == []


def test_a_secret_petition_is_its_officers_and_the_heads(
    client_for: SignIn, officer: User, colleague: User, head: User, executive: User
) -> None:
    petition = make_petition(owner=officer, secrecy=Secrecy.SECRET)
    seen = {user.username: client_for(user).get(petition.get_absolute_url()).status_code for user in
            (officer, colleague, head, executive)}  # fmt: skip
    assert seen == {"thatsanee": 200, "narenthorn": 404, "sirirat": 200, "secretary": 200}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("unclosed=1", 2), ("unclosed=0", 1), ("mine=1", 2), ("mine=none", 1), ("late=1", 2), ("state=closed", 1),
        ("channel=letter", 2), ("channel=web", 1), ("petition_kind=complaint", 3), ("month=2552-11", 3),
        ("month=2552-12", 0), ("month=x", 0), ("fiscal_year=2553", 3), ("fiscal_year=2552", 0), ("opinion=late", 2),
        ("opinion=in_time", 1), ("opinion=pending", 0), ("category=null", 2), ("province=null", 3),
    ],
)  # fmt: skip
def test_each_filter_finds_its_rows(
    query: str, found: int, client_for: SignIn, officer: User, head: User, executive: User
) -> None:
    bring_to(make_petition(owner=officer), State.CLOSED, officer=officer, head=head, executive=executive)
    make_petition(owner=officer)
    make_petition(channel="web")
    answer = client_for(officer).get(f"{reverse(LIST)}?{query}")
    assert len(answer.context["page"].rows) == found


def test_a_filter_that_makes_no_sense_finds_nothing_and_breaks_nothing(
    client_for: SignIn, petition: Petition, head: User
) -> None:
    answer = client_for(head).get(f"{reverse(LIST)}?state=nonsense")
    assert answer.status_code == 200
    assert answer.context["page"].rows == []


def test_filters_show_as_chips_that_can_be_taken_off(
    client_for: SignIn, head: User, petition: Petition
) -> None:
    answer = client_for(head).get(f"{reverse(LIST)}?channel=letter&unclosed=1")
    chips = {chip["value"]: chip["without"] for chip in answer.context["chips"]}
    assert chips == {"หนังสือ": "unclosed=1", "ยังไม่ยุติ": "channel=letter"}


def test_the_filter_form_works_without_scripts(client_for: SignIn, head: User) -> None:
    answer = client_for(head).get(reverse("complaints:petition_filter"), {"channel": "letter"})
    assert "<html" in answer.content.decode()
    assert 'value="letter" selected' in answer.content.decode()


# ── One petition ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("state", [State.RECEIVED, State.SUBMITTED, State.REFERRED, State.CLOSED])
def test_a_petitions_page_asks_few_questions(
    state: State, client_for: SignIn, officer: User, head: User, executive: User,
    django_assert_max_num_queries: Callable[[int], object],
) -> None:  # fmt: skip
    petition = make_petition(owner=officer)
    if state != State.RECEIVED:
        bring_to(petition, state, officer=officer, head=head, executive=executive)
    client = client_for(officer)
    with django_assert_max_num_queries(CEILING + 3):
        answer = client.get(petition.get_absolute_url())
    assert answer.status_code == 200


def test_the_page_offers_the_next_step_and_no_other_persons(
    client_for: SignIn, officer: User, head: User, executive: User
) -> None:
    petition = bring_to(
        make_petition(owner=officer), State.SUBMITTED, officer=officer, head=head, executive=executive
    )
    assert client_for(executive).get(petition.get_absolute_url()).context["primary"].name == "order"
    offered = client_for(officer).get(petition.get_absolute_url()).content.decode()
    assert step_url(petition, "order") not in offered


def test_every_open_step_has_a_form_page_in_thai(
    client_for: SignIn, officer: User, head: User, executive: User
) -> None:
    for state in State:
        petition = make_petition(owner=officer)
        if state not in (State.RECEIVED, State.RETURNED):
            bring_to(petition, state, officer=officer, head=head, executive=executive)
        for user in (officer, head, executive):
            for one in open_steps(fresh(petition), Actor(user=user)):
                if one.name not in STEP_FORMS:
                    continue  # a letter's steps stand on the letter's own page
                answer = client_for(user).get(step_url(petition, one.name))
                assert answer.status_code == 200, one.name
                assert str(one.custom["verb"]) in answer.content.decode()


def test_a_step_that_is_not_open_is_refused_in_words(
    client_for: SignIn, officer: User, executive: User
) -> None:
    petition = make_petition(owner=officer)
    answer = client_for(executive).get(step_url(petition, "summarise"))
    assert answer.status_code == 403
    assert "ติดต่อ" in answer.content.decode() or "ยังไม่เปิด" in answer.content.decode()


def test_a_get_changes_nothing(client_for: SignIn, officer: User) -> None:
    petition = make_petition(owner=officer)
    client_for(officer).get(step_url(petition, "summarise"))
    assert (fresh(petition).version, Event.objects.count()) == (1, 1)


def test_what_is_missing_is_said_beside_the_field_and_what_was_typed_stays(
    client_for: SignIn, officer: User
) -> None:
    petition = make_petition(owner=officer)
    data = {"seen": 1, "summary": "สรุปที่พิมพ์ไว้ยาวมาก", "opinion": ""}
    answer = client_for(officer).post(step_url(petition, "summarise"), data)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "สรุปที่พิมพ์ไว้ยาวมาก" in text
    assert set(answer.context["form"].errors) == {"opinion", "category"}
    assert fresh(petition).state == State.RECEIVED


def test_a_stale_page_gets_both_versions_and_loses_nothing(
    client_for: SignIn, officer: User, head: User
) -> None:
    petition = make_petition(owner=officer)
    take_step(petition, "correct", head, title="ชื่อเรื่องที่หัวหน้าแก้")
    category = make_category()
    data = {"seen": 1, "summary": "ของเจ้าหน้าที่", "opinion": "เห็นควรรับ", "category": category.pk}
    answer = client_for(officer).post(step_url(petition, "summarise"), data)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "ชื่อเรื่องที่หัวหน้าแก้" in text
    assert "ศิริรัตน์ ท." in text
    assert "ของเจ้าหน้าที่" in text
    assert fresh(petition).state == State.RECEIVED
    data["seen"] = fresh(petition).version
    assert client_for(officer).post(step_url(petition, "summarise"), data).status_code == 302
    assert fresh(petition).summary == "ของเจ้าหน้าที่"


def test_a_double_click_takes_the_step_once(client_for: SignIn, officer: User) -> None:
    petition = make_petition(owner=officer)
    data = {"seen": 1, "summary": "ก", "opinion": "ข", "category": make_category().pk}
    answers = [
        client_for(officer).post(step_url(petition, "summarise"), data).status_code for _click in range(2)
    ]
    assert answers == [302, 302]
    assert petition.events.count() == 2


def test_a_late_opinion_is_asked_for_its_reason(
    client_for: SignIn, officer: User, head: User, executive: User
) -> None:
    petition = make_petition(owner=officer)
    take_step(petition, "summarise", officer, summary="ก", opinion="ข", category=make_category())
    answer = client_for(head).post(step_url(petition, "submit"), {"seen": 2, "to": executive.pk})
    assert answer.status_code == 422
    assert "late_reason" in answer.context["form"].errors


def test_an_answer_date_of_31_february_is_refused_kindly(
    client_for: SignIn, officer: User, head: User, executive: User
) -> None:
    petition = bring_to(
        make_petition(owner=officer), State.ORDERED, officer=officer, head=head, executive=executive
    )
    from tests.cast import make_agency

    data = {
        "seen": petition.version,
        "asked": "ตรวจสอบ",
        "agency_1": make_agency().pk,
        "due_1": "๓๑ กุมภาพันธ์ ๒๕๗๓",
    }
    answer = client_for(officer).post(step_url(petition, "refer"), data)
    assert answer.status_code == 422
    assert "๒๘" in str(answer.context["form"].errors["due_1"])
    assert "๓๑ กุมภาพันธ์ ๒๕๗๓" in answer.content.decode()


# ── The petitioner's data ───────────────────────────────────────────────────────────────────


def test_the_petitioner_is_closed_until_asked_for_and_the_look_is_logged(
    client_for: SignIn, officer: User
) -> None:
    petition = make_petition(owner=officer)
    client = client_for(officer)
    assert "สมศรี" not in client.get(petition.get_absolute_url()).content.decode()
    url = reverse("complaints:petitioner", args=[petition.pk])
    assert client.get(url).status_code == 405
    assert "นางสมศรี ใจดี" in client.post(url).content.decode()
    look = LogEntry.objects.get(action=LogEntry.Action.ACCESS)
    assert (look.actor, look.object_repr) == (officer, petition.label)


def test_a_stranger_cannot_open_the_petitioner(
    client_for: SignIn, stranger: User, petition: Petition
) -> None:
    assert client_for(stranger).post(reverse("complaints:petitioner", args=[petition.pk])).status_code == 404


def test_a_head_of_another_subgroup_sees_nothing(client_for: SignIn, petition: Petition) -> None:
    other = make_head("duangrat", display_name="นางดวงรัตน์ นีรัตติวงศกรณ์", subgroup="politics")
    assert client_for(other).get(petition.get_absolute_url()).status_code == 404


# ── Today ───────────────────────────────────────────────────────────────────────────────────


def test_today_shows_each_person_what_waits_for_them(
    client_for: SignIn, officer: User, head: User, executive: User,
    django_assert_max_num_queries: Callable[[int], object],
) -> None:  # fmt: skip
    mine = make_petition(owner=officer)
    to_check = make_petition(owner=officer)
    take_step(to_check, "summarise", officer, summary="ก", opinion="ข", category=make_category())
    to_order = bring_to(
        make_petition(owner=officer), State.SUBMITTED, officer=officer, head=head, executive=executive
    )
    unclaimed = make_petition()
    for user, to_do in ((officer, mine), (head, to_check), (executive, to_order)):
        client = client_for(user)
        with django_assert_max_num_queries(CEILING):
            answer = client.get(reverse("projectplan:today"))
        assert [line.matter.pk for line in answer.context["today"].to_do] == [to_do.pk]
    officers = client_for(officer).get(reverse("projectplan:today")).context["today"]
    assert [line.matter.pk for line in officers.waiting] == [to_check.pk, to_order.pk]
    assert [one.matter.pk for one in officers.unclaimed] == [unclaimed.pk]


def test_an_empty_today_says_what_will_stand_there(client_for: SignIn, stranger: User) -> None:
    assert "ไม่มีงานค้าง" in client_for(stranger).get(reverse("projectplan:today")).content.decode()


# ── By identity number ──────────────────────────────────────────────────────────────────────


THAI_ID = "1101700230708"


def with_thai_id(petition: Petition) -> Petition:
    petition.petitioner.thai_id = THAI_ID
    petition.petitioner.save()
    return petition


def test_a_citizens_petitions_are_found_by_the_whole_identity_number_and_logged(
    client_for: SignIn, officer: User, stranger: User
) -> None:
    petition = with_thai_id(make_petition(owner=officer))
    make_petition(owner=officer)
    url = reverse("complaints:by_thai_id")
    answer = client_for(officer).post(url, {"thai_id": "๑-๑๐๑๗-๐๐๒๓๐-๗๐-๘"})
    assert [row.petition.pk for row in answer.context["found"]] == [petition.pk]
    assert LogEntry.objects.get(action=LogEntry.Action.ACCESS).actor == officer
    assert client_for(officer).post(url, {"thai_id": THAI_ID[:-1]}).context["found"] == []
    assert client_for(stranger).post(url, {"thai_id": THAI_ID}).status_code == 403
    assert client_for(officer).get(url).status_code == 405


def test_the_identity_number_is_stored_sealed(petition: Petition) -> None:
    person = with_thai_id(petition).petitioner
    assert THAI_ID not in person.thai_id_sealed + person.thai_id_fingerprint
    assert person.thai_id == THAI_ID


def test_the_registers_quick_question_finds_what_the_rule_for_matters_finds(
    officer: User, colleague: User, head: User, executive: User, administrator: User, stranger: User
) -> None:
    for owner in (officer, colleague, None):
        for secrecy in (Secrecy.ORDINARY, Secrecy.SECRET):
            make_petition(owner=owner, secrecy=secrecy)
    for user in (officer, colleague, head, executive, administrator, stranger):
        by_rule = set(Matter.objects.visible_to(user).values_list("pk", flat=True))
        assert set(Petition.objects.visible_to(user).values_list("pk", flat=True)) == by_rule, user.username
