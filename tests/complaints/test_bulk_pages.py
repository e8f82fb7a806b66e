"""Choosing petitions on the list, looking them over, one press, and a result for each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from complaints.forms.bulk import ONE_BY_ONE_ROWS, Selection
from complaints.models import Petition, State
from office.models import Event, Secrecy, User
from tests.cast import bring_to, fresh, make_agency, make_petition, take_step

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
LIST, PREVIEW, CONFIRM = "complaints:petitions", "complaints:bulk", "complaints:bulk_confirm"


def choose(client: Client, step: str, petitions: list[Petition], **more: Any) -> Any:
    return client.post(reverse(PREVIEW), {"step": step, "row": [one.pk for one in petitions], **more})


def go_on(client: Client, page: Any, **typed: Any) -> Any:
    data = {"selection": page.context["selection"], "query": page.context["query"], **typed}
    return client.post(reverse(CONFIRM), data)


def text_of(page: Any) -> str:
    return page.content.decode()


# ── The list ────────────────────────────────────────────────────────────────────────────────


def test_rows_have_a_named_box_for_those_who_carry_petitions(
    client_for: SignIn, officer: User, executive: User, petition: Petition
) -> None:
    answer = client_for(officer).get(reverse(LIST))
    page = text_of(answer)
    assert f'name="row" value="{petition.pk}" aria-label="เลือก {petition.label}"' in page
    assert [one.name for one in answer.context["bulk_acts"]] == ["take", "refer", "close"]
    assert 'name="row"' not in text_of(client_for(executive).get(reverse(LIST)))


def test_heads_assign_and_officers_take(client_for: SignIn, head: User, petition: Petition) -> None:
    answer = client_for(head).get(reverse(LIST))
    assert [one.name for one in answer.context["bulk_acts"]] == ["assign", "refer", "close"]


# ── Looking over ────────────────────────────────────────────────────────────────────────────


def test_the_preview_says_of_each_row_whether_it_can_be_done(
    client_for: SignIn, officer: User, colleague: User, head: User, executive: User
) -> None:
    cast = {"officer": officer, "head": head, "executive": executive}
    ready = bring_to(make_petition(owner=officer), State.INFORMED, **cast)
    early = make_petition(owner=officer)
    others = bring_to(
        make_petition(owner=colleague), State.INFORMED, officer=colleague, head=head, executive=executive
    )
    page = choose(client_for(officer), "close", [ready, early, others])
    assert [row.petition for row in page.context["open_rows"]] == [ready]
    why = {row.petition.pk: row.trouble for row in page.context["shut_rows"]}
    assert early.get_state_display() in why[early.pk]
    assert "หัวหน้ากลุ่ม" in why[others.pk]
    assert all(words in text_of(page) for words in why.values())
    assert not Event.objects.filter(step="close", actor=officer).exists()


def test_what_may_not_be_seen_is_not_in_the_preview(
    client_for: SignIn, officer: User, colleague: User
) -> None:
    secret = make_petition(owner=colleague, secrecy=Secrecy.SECRET, title="เรื่องที่ไม่ควรเห็น")
    page = choose(client_for(officer), "take", [secret, make_petition()])
    assert secret.title not in text_of(page)
    assert secret.label not in text_of(page)


def test_all_of_a_filter_are_chosen_as_the_list_shows_them(client_for: SignIn, head: User) -> None:
    petitions = [make_petition() for _row in range(30)]
    make_petition(channel=Petition.Channel.WEB)
    page = client_for(head).post(
        reverse(PREVIEW), {"step": "assign", "scope": "filter", "query": "channel=letter&order=oldest"}
    )
    assert [row.petition.pk for row in page.context["open_rows"]] == [one.pk for one in petitions]


def test_too_many_are_cut_and_the_page_says_so(client_for: SignIn, head: User) -> None:
    petitions = [make_petition() for _row in range(ONE_BY_ONE_ROWS + 1)]
    page = choose(client_for(head), "close", petitions)
    assert len(page.context["shut_rows"]) == ONE_BY_ONE_ROWS
    assert "ครั้งละไม่เกิน ๑๐๐ เรื่อง" in text_of(page)


@pytest.mark.parametrize("rows", [5, 120])
def test_the_preview_asks_no_more_for_more_rows(rows: int, client_for: SignIn, head: User) -> None:
    petitions = [make_petition() for _row in range(rows)]
    client = client_for(head)
    with CaptureQueriesContext(connection) as queries:
        page = choose(client, "assign", petitions)
    assert len(page.context["open_rows"]) == rows
    assert len(queries) <= 12


@pytest.mark.parametrize("row", ["", "x", "-1", "9" * 30])
def test_nothing_chosen_goes_back_to_the_list_with_its_filter(
    row: str, client_for: SignIn, officer: User
) -> None:
    data = {"step": "take", "row": [row], "query": "state=received"}
    answer = client_for(officer).post(reverse(PREVIEW), data, follow=True)
    assert answer.redirect_chain[0][0] == f"{reverse(LIST)}?state=received"
    assert "ยังไม่ได้เลือกเรื่อง" in text_of(answer)
    assert not Event.objects.filter(step="take").exists()


def test_a_step_that_is_not_for_many_is_not_there(
    client_for: SignIn, officer: User, petition: Petition
) -> None:
    assert choose(client_for(officer), "summarise", [petition]).status_code == 404


def test_opening_the_address_leads_to_the_list(client_for: SignIn, officer: User) -> None:
    for name in (PREVIEW, CONFIRM):
        assert client_for(officer).get(reverse(name)).headers["Location"] == reverse(LIST)


# ── Going on ────────────────────────────────────────────────────────────────────────────────


def test_a_head_assigns_several_for_one_reason(client_for: SignIn, officer: User, head: User) -> None:
    petitions = [make_petition() for _row in range(12)]
    client = client_for(head)
    page = go_on(client, choose(client, "assign", petitions), to=officer.pk, reason="แบ่งงานใหม่")
    assert "มอบหมาย: ๑๒ จาก ๑๒ เรื่อง" in text_of(page)
    for one in petitions:
        assert fresh(one).owner == officer
        assert one.events.get(step="assign").reason == "แบ่งงานใหม่"


def test_an_officer_refers_several_to_one_agency(
    client_for: SignIn, officer: User, head: User, executive: User
) -> None:
    cast = {"officer": officer, "head": head, "executive": executive}
    petitions = [bring_to(make_petition(owner=officer), State.ORDERED, **cast) for _row in range(3)]
    agency = make_agency("สำนักงานคณะกรรมการการอาชีวศึกษา", short_name="สอศ.")
    client = client_for(officer)
    page = go_on(
        client, choose(client, "refer", petitions), agency=agency.pk, asked="ขอให้ตรวจสอบ", reason="เรื่องเดียวกัน"
    )
    assert [one.outcome for one in page.context["done"]] == ["done"] * 3
    for one in petitions:
        assert fresh(one).referrals.get().agency == agency


def test_each_row_says_what_became_of_it(
    client_for: SignIn, officer: User, colleague: User, head: User, executive: User
) -> None:
    cast = {"officer": officer, "head": head, "executive": executive}
    ready, moved = [bring_to(make_petition(owner=officer), State.INFORMED, **cast) for _row in range(2)]
    early = make_petition(owner=officer)
    client = client_for(officer)
    page = choose(client, "close", [ready, moved, early])
    take_step(moved, "assign", head, to=colleague)
    page = go_on(client, page, result=Petition.Result.GRANTED, reason="แจ้งผลครบแล้ว")
    text = text_of(page)
    assert "๑ จาก ๓ เรื่อง" in text
    assert "เปลี่ยนไปก่อนแล้ว" in text
    assert "ศิริรัตน์ ท." in text
    assert early.get_state_display() in text
    assert [fresh(one).state for one in (ready, moved, early)] == [
        State.CLOSED,
        State.INFORMED,
        State.RECEIVED,
    ]


def test_a_second_press_shows_the_same_result(client_for: SignIn, officer: User, head: User) -> None:
    client = client_for(head)
    page = choose(client, "assign", [make_petition(), make_petition()])
    for _press in range(2):
        answer = go_on(client, page, to=officer.pk, reason="แบ่งงาน")
        assert len(answer.context["done"]) == 2
    assert Event.objects.filter(step="assign").count() == 2


@pytest.mark.parametrize(
    ("step", "missing", "words"),
    [("assign", {"reason": ""}, "ระบุเหตุผล"), ("close", {"reason": "ครบแล้ว"}, "ต้องกรอกข้อนี้")],
)
def test_what_is_missing_is_said_beside_the_field_and_nothing_is_lost(
    step: str,
    missing: dict[str, str],
    words: str,
    client_for: SignIn,
    officer: User,
    head: User,
    executive: User,
) -> None:
    petition = bring_to(
        make_petition(owner=officer), State.INFORMED, officer=officer, head=head, executive=executive
    )
    client = client_for(head)
    page = choose(client, step, [petition], query="order=oldest")
    answer = go_on(client, page, to=officer.pk, **missing)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert answer.context["form"].data.get("reason") == missing["reason"]
    assert answer.context["query"] == "order=oldest"
    assert [row.petition for row in answer.context["open_rows"]] == [petition]
    assert not Event.objects.filter(step=step).exists()


def test_the_versions_looked_over_survive_a_fault_in_the_form(
    client_for: SignIn, officer: User, colleague: User, head: User
) -> None:
    petition = make_petition()
    client = client_for(head)
    page = choose(client, "assign", [petition])
    take_step(petition, "take", colleague)
    again = go_on(client, page, to=officer.pk, reason="")
    answer = go_on(client, again, to=officer.pk, reason="แบ่งงาน")
    assert len(answer.context["changed"]) == 1
    assert fresh(petition).owner == colleague


def test_a_selection_serves_only_who_made_it(
    client_for: SignIn, officer: User, colleague: User, petition: Petition
) -> None:
    page = choose(client_for(officer), "take", [petition])
    for sealed in (page.context["selection"], "nonsense", ""):
        answer = client_for(colleague).post(reverse(CONFIRM), {"selection": sealed})
        assert answer.headers["Location"] == reverse(LIST)
    assert fresh(petition).owner is None


def test_a_forged_selection_widens_nothing(
    client_for: SignIn, officer: User, colleague: User, stranger: User
) -> None:
    secret = make_petition(owner=colleague, secrecy=Secrecy.SECRET)
    for user in (officer, stranger):
        sealed = Selection(user.pk, "take", {secret.pk: 1}).seal()
        page = client_for(user).post(reverse(CONFIRM), {"selection": sealed})
        assert page.context["gone"] == 1
        assert secret.title not in text_of(page)
    assert fresh(secret).version == 1


def test_a_kept_matter_is_not_closed_with_the_others(
    client_for: SignIn, officer: User, head: User, executive: User
) -> None:
    kept = bring_to(
        make_petition(owner=officer), State.INFORMED, officer=officer, head=head, executive=executive
    )
    take_step(kept, "lock", head, reason="ศาลเรียกเอกสาร")
    page = choose(client_for(officer), "close", [kept])
    (row,) = page.context["shut_rows"]
    assert "หลักฐาน" in row.trouble
