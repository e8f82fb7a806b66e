"""Today: what stands on it for whom, acting from its rows, unread marks, handing over and back, deciding in a row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from complaints.models import Petition, State
from office.models import Deadline, LastLook, Matter, Secrecy, User
from office.unread import REMEMBERED, forget_old_looks, unread_among
from parliament.models import AnswerState, Meeting
from parliament.models.consultation_state import ConsultationState
from projectplan.rounds import sweep
from publicrelations.models import BriefState, ForeignState
from tests.cast import (
    bring_to,
    fresh,
    make_category,
    make_officer,
    make_petition,
    take_step,
)
from tests.complaints.related_cast import Kind, make_related
from tests.parliament import bills_cast, questions_cast
from tests.parliament.cast import make_politics_head, make_politics_officer
from tests.parliament.meetings_cast import make_meeting
from tests.publicrelations.cast import make_news_head, make_news_officer
from tests.publicrelations.engagements_cast import make_engagement
from tests.publicrelations.foreign_cast import carry_brief, carry_document, make_brief, make_document
from tests.publicrelations.press_cast import make_press_conference

pytestmark = pytest.mark.django_db

ClientFor = Callable[[User], Client]
Ceiling = Callable[[int], Any]
CEILING = 12
TODAY = "projectplan:today"


def page(client: Client, query: str = "") -> Any:
    answer = client.get(reverse(TODAY) + query)
    assert answer.status_code == 200
    return answer


def at_desk(executive: User, officer: User, head: User, *, now: datetime) -> Petition:
    """A petition that waits for this executive's order."""
    petition = make_petition(owner=officer, received_at=now)
    return bring_to(petition, State.SUBMITTED, officer=officer, head=head, executive=executive, now=now)


# ── What stands there ───────────────────────────────────────────────────────────────────────


def test_what_is_late_stands_apart_from_what_is_due_today_and_later(
    client_for: ClientFor, officer: User
) -> None:
    now = timezone.now()
    for matter, due_at in ((make_petition(owner=officer, received_at=now), now + timedelta(days=9)),
                           (make_petition(owner=officer, received_at=now), now - timedelta(hours=30))):  # fmt: skip
        Deadline.objects.filter(matter=matter).update(start_at=due_at - timedelta(days=1), due_at=due_at)
    today = page(client_for(officer)).context["today"]
    assert (len(today.late), len(today.due_today), len(today.later)) == (1, 0, 1)
    assert (today.late_count, today.own_count) == (1, 2)


def test_what_takes_place_today_stands_before_whose_room_it_is(
    client_for: ClientFor, executive: User
) -> None:
    now = timezone.now()
    politics, news, petitions = make_politics_officer(), make_news_officer(), make_officer()
    soon = now + timedelta(minutes=1)
    if timezone.localdate(soon) != timezone.localdate(now):
        pytest.skip("a minute before midnight there is no later today")
    make_meeting(owner=politics, begins_at=soon, received_at=now)
    make_engagement(owner=news, starts_at=soon, ends_at=soon + timedelta(hours=1), received_at=now)
    make_press_conference(owner=news, starts_at=soon, received_at=now)
    make_related(Kind.SUMMONS, owner=petitions, received_at=now, hearing_at=soon)

    def sorts(user: User) -> set[str]:
        return {line.source for line in page(client_for(user)).context["happening"]}

    assert sorts(politics) == {"meetings"}
    assert sorts(news) == {"engagements", "press"}
    assert sorts(petitions) == {"hearings"}
    assert sorts(executive) == {"meetings", "engagements", "press", "hearings"}


def test_a_meeting_called_off_needs_nobody_today(client_for: ClientFor) -> None:
    now = timezone.now()
    politics = make_politics_officer()
    meeting = make_meeting(owner=politics, begins_at=now, received_at=now - timedelta(days=1))
    assert page(client_for(politics)).context["happening"]
    Meeting.objects.filter(pk=meeting.pk).update(state=Meeting.State.CANCELLED)
    assert page(client_for(politics)).context["happening"] == []


def test_an_act_on_what_others_owe_is_offered_only_when_their_time_is_up(
    client_for: ClientFor, officer: User, head: User, executive: User
) -> None:
    now = timezone.now()
    petition = make_petition(owner=officer, received_at=now)
    bring_to(petition, State.REFERRED, officer=officer, head=head, executive=executive, now=now)
    (line,) = page(client_for(officer)).context["today"].waiting
    assert line.verb == ""
    Deadline.objects.unmet().filter(matter=petition).update(start_at=now - timedelta(days=2), due_at=now)
    (line,) = page(client_for(officer)).context["today"].waiting
    assert line.verb == "ทวงถาม"


def test_empty_it_says_what_will_stand_there(client_for: ClientFor, officer: User, executive: User) -> None:
    assert "ไม่มีงานค้าง" in page(client_for(officer)).content.decode()
    assert "เรื่องที่หัวหน้ากลุ่มเสนอจะปรากฏที่นี่" in page(client_for(executive)).content.decode()


def test_the_whole_page_takes_few_queries_however_many_rows(
    client_for: ClientFor, officer: User, head: User, executive: User, django_assert_max_num_queries: Ceiling
) -> None:
    now = timezone.now()
    for _number in range(15):
        make_petition(owner=officer, received_at=now - timedelta(days=9))
        make_petition(received_at=now)
        make_related(owner=officer, received_at=now)
    at_desk(executive, officer, head, now=now)
    for user in (officer, head, executive):
        client = client_for(user)
        page(client)
        for query in ("", f"?of={officer.pk}"):
            with django_assert_max_num_queries(CEILING):
                page(client, query)


def test_ones_own_promises_are_open_to_an_officer_others_are_not(
    client_for: ClientFor, officer: User, colleague: User
) -> None:
    mine = make_petition(owner=officer)
    make_petition(owner=colleague)
    client, address = client_for(officer), reverse("projectplan:promises")
    answer = client.get(f"{address}?person={officer.pk}")
    assert [line.matter.pk for line in answer.context["lines"]] == [mine.pk]
    assert client.get(f"{address}?person={colleague.pk}").status_code == 403


# ── Acting from the row ─────────────────────────────────────────────────────────────────────


def test_a_short_step_is_taken_from_the_row_and_leads_back_to_today(
    client_for: ClientFor, officer: User, head: User, executive: User
) -> None:
    petition = make_petition(owner=officer)
    bring_to(petition, State.INFORMED, officer=officer, head=head, executive=executive)
    client = client_for(officer)
    address = reverse("projectplan:act", args=[petition.pk])
    for headers in ({"HX-Request": "true"}, {}):
        answer = client.get(address, headers=headers)
        assert answer.status_code == 200
        assert 'name="back" value="today"' in answer.content.decode()
    data = {"seen": fresh(petition).version, "result": Petition.Result.GRANTED, "back": "today"}
    step = reverse("complaints:step", args=[petition.pk, "close"])
    assert client.post(step, data | {"result": ""}).status_code == 422
    assert client.post(step, data, follow=True).redirect_chain == [(reverse(TODAY), 302)]
    assert fresh(petition).state == State.CLOSED


def test_a_form_never_leads_to_an_address_that_it_brings_along(client_for: ClientFor, officer: User) -> None:
    petition = make_petition(owner=officer)
    step = reverse("complaints:step", args=[petition.pk, "save_draft"])
    data = {
        "seen": petition.version,
        "summary": "ก",
        "opinion": "",
        "category": "",
        "back": "https://evil.example/",
    }
    assert client_for(officer).post(step, data).url == petition.get_absolute_url()  # type: ignore[attr-defined]


def test_a_long_step_is_taken_where_the_matter_is_read(client_for: ClientFor, officer: User) -> None:
    petition = make_petition(owner=officer)
    there = f"{petition.get_absolute_url()}#next"
    address = reverse("projectplan:act", args=[petition.pk])
    client = client_for(officer)
    assert client.get(address).url == there  # type: ignore[attr-defined]
    assert client.get(address, headers={"HX-Request": "true"})["HX-Redirect"] == there


def test_a_stranger_acts_on_nothing(client_for: ClientFor, stranger: User) -> None:
    petition = make_petition()
    client = client_for(stranger)
    assert client.get(reverse("projectplan:act", args=[petition.pk])).status_code == 404
    assert client.post(reverse("projectplan:today_take", args=[petition.pk]), {"seen": 1}).status_code == 404


def test_who_takes_first_has_it_and_the_second_reads_who(
    client_for: ClientFor, officer: User, colleague: User
) -> None:
    petition = make_petition(received_at=timezone.now())
    address, seen = reverse("projectplan:today_take", args=[petition.pk]), {"seen": petition.version}
    assert client_for(officer).post(address, seen).status_code == 302
    assert fresh(petition).owner == officer
    answer = client_for(colleague).post(address, seen, follow=True)
    assert f"{officer.short_name} รับ {petition.label} ไปก่อนแล้ว" in answer.content.decode()
    assert fresh(petition).owner == officer


def test_taking_is_no_get(client_for: ClientFor, officer: User) -> None:
    petition = make_petition()
    assert client_for(officer).get(reverse("projectplan:today_take", args=[petition.pk])).status_code == 405


def test_a_subject_is_text_whatever_is_typed_into_it(client_for: ClientFor, officer: User) -> None:
    make_petition(owner=officer, received_at=timezone.now(), title='<b onclick="x">น้ำดื่ม</b>')
    shown = page(client_for(officer)).content.decode()
    assert "&lt;b onclick=&quot;x&quot;&gt;น้ำดื่ม&lt;/b&gt;</a>" in shown
    assert "<b onclick" not in shown


# ── Unread ──────────────────────────────────────────────────────────────────────────────────


def test_what_another_did_since_the_last_look_is_unread_until_it_is_looked_at(
    client_for: ClientFor, officer: User, head: User, executive: User
) -> None:
    now = timezone.now()
    petition = make_petition(owner=officer, received_at=now)
    client = client_for(officer)
    client.get(petition.get_absolute_url())
    take_step(petition, "summarise", officer, summary="ก", opinion="ข", category=make_category(), now=now)
    assert petition.pk not in page(client).context["today"].unread
    take_step(petition, "send_back", head, reason="ขอเลขที่หนังสือ", now=now)
    assert page(client).context["today"].unread == {petition.pk}
    assert "มีความเคลื่อนไหวใหม่" in page(client).content.decode()
    assert "มีความเคลื่อนไหวใหม่" in client.get(f"{reverse('complaints:petitions')}?mine=1").content.decode()
    client.get(petition.get_absolute_url())
    assert page(client).context["today"].unread == set()
    assert "มีความเคลื่อนไหวใหม่" not in client.get(f"{reverse('complaints:petitions')}?mine=1").content.decode()


def test_what_was_never_opened_is_unread_only_among_ones_own(officer: User) -> None:
    now = timezone.now()
    petition = make_petition(received_at=now)
    assert unread_among([petition.pk], officer, now) == set()
    assert unread_among([petition.pk], officer, now, own=[petition.pk]) == {petition.pk}


def test_looking_again_at_what_has_not_changed_writes_nothing(client_for: ClientFor, officer: User) -> None:
    petition = make_petition(owner=officer)
    client = client_for(officer)
    client.get(petition.get_absolute_url())
    LastLook.objects.update(at=timezone.now() - timedelta(days=1))
    before = LastLook.objects.get().at
    client.get(petition.get_absolute_url())
    assert LastLook.objects.get().at == before
    take_step(petition, "save_draft", officer, summary="ก")
    client.get(petition.get_absolute_url())
    assert (LastLook.objects.get().at > before, LastLook.objects.get().version) == (
        True,
        fresh(petition).version,
    )


def test_old_looks_are_forgotten_and_mark_nothing_then(officer: User, head: User) -> None:
    now = timezone.now()
    petition = make_petition(owner=officer, received_at=now)
    LastLook.objects.create(user=officer, matter_id=petition.pk, version=petition.version, at=now)
    later = now + REMEMBERED + timedelta(days=1)
    assert sweep(lambda: later).looks_forgotten == 1
    assert unread_among([petition.pk], officer, later, own=[petition.pk]) == set()
    assert forget_old_looks(later) == 0


# ── Handing over ────────────────────────────────────────────────────────────────────────────


def hand_over(client: Client, to: User, *matters: Any) -> Any:
    """Look over and confirm, as a head does after a drag or after ticks."""
    chosen = {"to": to.pk, "matter": [matter.pk for matter in matters]}
    looked_over = client.post(reverse("projectplan:hand_over"), chosen)
    return client.post(
        reverse("projectplan:hand_over_confirm"), {"chosen": looked_over.context["chosen"]}, follow=True
    )


def test_a_head_sees_the_load_of_each_and_what_one_of_them_has(
    client_for: ClientFor, officer: User, colleague: User, head: User
) -> None:
    now = timezone.now()
    late = make_petition(owner=officer, received_at=now - timedelta(days=20))
    other = make_petition(owner=colleague, received_at=now)
    client = client_for(head)
    shown = page(client).context
    board = shown["today"].board
    assert {person.key: (person.late, person.unmet) for person in shown["people"]} == {
        officer.pk: (1, 1), colleague.pk: (0, 1), head.pk: (0, 0)}  # fmt: skip
    assert [line.matter.pk for line in board] == [late.pk]
    of_colleague = page(client, f"?of={colleague.pk}").context
    assert [line.matter.pk for line in of_colleague["today"].board] == [other.pk]
    assert "people" not in page(client_for(officer)).context


def test_matters_are_handed_over_after_a_look_and_handed_back_to_whom_they_belonged(
    client_for: ClientFor, officer: User, colleague: User, head: User
) -> None:
    now = timezone.now()
    hers, nobodys = make_petition(owner=officer, received_at=now), make_petition(received_at=now)
    summons = make_related(Kind.SUMMONS, owner=officer, received_at=now, hearing_at=now + timedelta(days=9))
    client = client_for(head)
    answer = hand_over(client, colleague, hers, nobodys, summons)
    assert f"มอบหมาย ๓ เรื่องให้{colleague.short_name}แล้ว" in answer.content.decode()
    assert set(Matter.objects.values_list("owner", flat=True)) == {colleague.pk}
    assert set(Deadline.objects.unmet().values_list("responsible", flat=True)) == {colleague.pk}
    answer = client.post(reverse("projectplan:hand_back"), follow=True)
    assert "คืน ๓ เรื่องไว้ดังเดิมแล้ว" in answer.content.decode()
    assert [Matter.objects.get(pk=one.pk).owner for one in (hers, nobodys, summons)] == [
        officer,
        None,
        officer,
    ]
    steps = list(fresh(nobodys).events.order_by("pk").values_list("step", flat=True))
    assert steps == ["receive", "assign", "release"]
    assert "handed_over" not in client.session


def test_what_moved_on_after_the_look_stays_and_is_named(
    client_for: ClientFor, officer: User, colleague: User, head: User
) -> None:
    now = timezone.now()
    petition = make_petition(owner=officer, received_at=now)
    client = client_for(head)
    chosen = {"to": colleague.pk, "matter": [petition.pk]}
    sealed = client.post(reverse("projectplan:hand_over"), chosen).context["chosen"]
    take_step(petition, "save_draft", officer, summary="ก")
    answer = client.post(reverse("projectplan:hand_over_confirm"), {"chosen": sealed}, follow=True)
    assert petition.label in answer.content.decode()
    assert fresh(petition).owner == officer


def test_what_cannot_be_handed_over_says_why_before(client_for: ClientFor, officer: User, head: User) -> None:
    petition = make_petition(owner=officer)
    answer = client_for(head).post(
        reverse("projectplan:hand_over"), {"to": officer.pk, "matter": [petition.pk]}
    )
    assert (answer.context["ready"], len(answer.context["left"])) == ([], 1)
    assert "มีเรื่องนี้อยู่แล้ว" in answer.content.decode() or answer.context["left"][0].trouble


def test_only_the_head_hands_over_and_only_within_the_subgroup(
    client_for: ClientFor, officer: User, colleague: User, stranger: User, head: User
) -> None:
    petition = make_petition(owner=officer)
    chosen = {"to": colleague.pk, "matter": [petition.pk]}
    for name in ("hand_over", "hand_over_confirm", "hand_back"):
        assert client_for(officer).post(reverse(f"projectplan:{name}"), chosen).status_code == 403
        assert client_for(head).get(reverse(f"projectplan:{name}")).status_code == 405
    to_a_stranger = client_for(head).post(reverse("projectplan:hand_over"), chosen | {"to": stranger.pk})
    assert to_a_stranger.status_code == 302
    other_head = make_politics_head()
    unseen = client_for(other_head).post(reverse("projectplan:hand_over"), chosen | {"to": other_head.pk})
    assert (unseen.context["ready"], unseen.context["left"]) == ([], [])
    assert fresh(petition).owner == officer


def test_nothing_chosen_is_said_and_changes_nothing(client_for: ClientFor, officer: User, head: User) -> None:
    client = client_for(head)
    answer = client.post(reverse("projectplan:hand_over"), {"to": officer.pk}, follow=True)
    assert "ยังไม่ได้เลือกเรื่อง" in answer.content.decode()
    made_up = client.post(reverse("projectplan:hand_over_confirm"), {"chosen": "abc"}, follow=True)
    assert "หน้านี้เปิดไว้นานเกินไป" in made_up.content.decode()


# ── Deciding ────────────────────────────────────────────────────────────────────────────────


def test_one_order_after_the_other_until_nothing_waits(
    client_for: ClientFor, officer: User, head: User, executive: User
) -> None:
    now = timezone.now()
    first, second = (at_desk(executive, officer, head, now=now) for _number in range(2))
    client = client_for(executive)
    answer = client.get(reverse("projectplan:decide_next"), follow=True)
    assert answer.context["matter"].pk == first.pk
    assert (answer.context["then"], answer.context["left"]) == (second.pk, 1)
    order = {"seen": first.version, "order_text": "ดำเนินการตามเสนอ", "back": "next", "then": second.pk}
    answer = client.post(reverse("complaints:step", args=[first.pk, "order"]), order, follow=True)
    assert answer.context["matter"].pk == second.pk
    back = {"seen": second.version, "reason": "", "back": "next"}
    returning = reverse("complaints:step", args=[second.pk, "return_for_revision"])
    assert client.post(returning, back).status_code == 422
    answer = client.post(returning, back | {"reason": "ขอความเห็นกฎหมาย"}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse(TODAY)
    assert "ไม่มีเรื่องรอท่านสั่งการแล้ว" in answer.content.decode()
    assert (fresh(first).state, fresh(second).state) == (State.ORDERED, State.RETURNED)


def test_what_changed_meanwhile_is_shown_and_still_leads_to_the_next(
    client_for: ClientFor, officer: User, head: User, executive: User
) -> None:
    petition = at_desk(executive, officer, head, now=timezone.now())
    seen = petition.version
    take_step(petition, "attach_files", officer, files=[], now=timezone.now())
    order = {"seen": seen, "order_text": "ตามเสนอ", "back": "next", "then": 7}
    answer = client_for(executive).post(reverse("complaints:step", args=[petition.pk, "order"]), order)
    assert answer.status_code == 409
    assert 'name="back" value="next"' in answer.content.decode()


def test_whatever_a_room_puts_on_the_desk_is_decided_there(
    client_for: ClientFor, officer: User, head: User, executive: User, django_assert_max_num_queries: Ceiling
) -> None:
    now = timezone.now()
    politics, politics_head = make_politics_officer(), make_politics_head()
    news, news_head = make_news_officer(), make_news_head()
    in_politics = {"officer": politics, "head": politics_head, "executive": executive, "now": now}
    in_news = {"officer": news, "head": news_head, "executive": executive, "now": now}
    question = questions_cast.make_interpellation(owner=politics, received_at=now)
    motion = questions_cast.make_motion(owner=politics, received_at=now)
    consultation = bills_cast.make_consultation(owner=politics, received_at=now)
    waiting = [
        at_desk(executive, officer, head, now=now),
        questions_cast.bring_to(question, AnswerState.ON_DESK, **in_politics),
        questions_cast.bring_to(motion, AnswerState.ON_DESK, **in_politics),
        bills_cast.carry_to(consultation, ConsultationState.ON_DESK, **in_politics),
        carry_document(make_document(owner=news, received_at=now), ForeignState.ON_DESK, **in_news),
        carry_brief(make_brief(owner=news, received_at=now), BriefState.ON_DESK, **in_news),
    ]
    client = client_for(executive)
    assert {line.matter.pk for line in page(client).context["today"].to_do} == {one.pk for one in waiting}
    for matter in waiting:
        client.get(reverse("projectplan:decide", args=[matter.pk]))
        with django_assert_max_num_queries(CEILING):
            answer = client.get(reverse("projectplan:decide", args=[matter.pk]))
        ways = [choice.step.name for choice in answer.context["choices"]]
        assert answer.context["choices"][0].is_open
        assert any(name.startswith("return_") for name in ways), ways
        assert ways[0] in ("order", "approve")


def test_deciding_is_for_those_in_authority_on_what_waits_for_them(
    client_for: ClientFor, officer: User, head: User, executive: User
) -> None:
    petition = at_desk(executive, officer, head, now=timezone.now())
    address = reverse("projectplan:decide", args=[petition.pk])
    assert client_for(head).get(address).status_code == 403
    deputy = make_officer("deputy", display_name="นายธีรเดช ศรีสุข", subgroup=None)
    deputy.groups.set(executive.groups.all())
    assert client_for(deputy).get(address).url == reverse("projectplan:decide_next")  # type: ignore[attr-defined]


def test_a_secret_matter_is_not_on_anothers_board(
    client_for: ClientFor, officer: User, colleague: User
) -> None:
    secret = make_petition(secrecy=Secrecy.SECRET)
    assert page(client_for(officer)).context["today"].unclaimed == []
    taken = client_for(colleague).post(reverse("projectplan:today_take", args=[secret.pk]), {"seen": 1})
    assert taken.status_code == 404
