"""Links between matters: made both ways, told in both histories, and unknown to whoever does not see both ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from complaints.models import Petition
from office.linking import link, linked_with, unlink
from office.models import Event, Matter, MatterLink, Secrecy, User
from office.steps import Actor, ChangedMeanwhile, perform
from office.views.search import results_address
from tests.cast import MORNING, fresh, make_petition
from tests.parliament.bills_cast import make_bill

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]


@pytest.fixture
def other(officer: User) -> Petition:
    return make_petition(title="ขอทราบผลการสอบครูผู้ช่วย", owner=officer)


@pytest.fixture
def secret(colleague: User) -> Petition:
    return make_petition(title="ร้องเรียนผู้อำนวยการโดยไม่เปิดเผย", owner=colleague, secrecy=Secrecy.SECRET)


def tie(one: Matter, two: Matter, by: User, **facts: Any) -> MatterLink:
    given = {"kind": MatterLink.Kind.FOLLOWS, "note": ""} | facts
    return link(one, two, **given, by=by, now=MORNING)


def page_of(client: Client, matter: Matter) -> Any:
    return client.get(matter.get_absolute_url())


def test_a_link_is_told_in_the_history_of_both(petition: Petition, other: Petition, officer: User) -> None:
    tie(petition, other, officer, note="ครูคนเดียวกัน")
    for matter, far in ((petition, other), (other, petition)):
        event = Event.objects.get(matter_id=matter.pk, step="linked")
        assert event.changes["link_with"] == ["", far.pk]
        assert (event.reason, event.version) == ("ครูคนเดียวกัน", fresh(matter).version)


def test_a_link_stands_on_the_pages_of_both_in_words_of_each(
    client_for: ClientFor, petition: Petition, other: Petition, officer: User
) -> None:
    tie(petition, other, officer)
    client = client_for(officer)
    assertContains(page_of(client, petition), "สืบเนื่องจาก")
    assertContains(page_of(client, petition), other.title)
    assertContains(page_of(client, other), "นำไปสู่")
    assertContains(page_of(client, other), petition.title)


def test_two_are_linked_once_whichever_way(petition: Petition, other: Petition, officer: User) -> None:
    tie(petition, other, officer)
    with pytest.raises(ValidationError):
        tie(other, petition, officer, kind=MatterLink.Kind.RELATED)
    with pytest.raises(IntegrityError), transaction.atomic():
        MatterLink.objects.create(
            from_matter=other, to_matter=petition, kind="related", made_at=MORNING, made_by=officer
        )
    assert Event.objects.filter(step="linked").count() == 2


def test_a_matter_is_not_linked_to_itself(petition: Petition, officer: User) -> None:
    with pytest.raises(ValidationError):
        tie(petition, petition, officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        MatterLink.objects.create(
            from_matter=petition, to_matter=petition, kind="related", made_at=MORNING, made_by=officer
        )


def test_a_link_is_taken_back_with_a_reason_and_both_histories_keep_it(
    client_for: ClientFor, petition: Petition, other: Petition, officer: User
) -> None:
    made = tie(petition, other, officer)
    client = client_for(officer)
    address = reverse("office:link_remove", args=[other.pk, made.pk])
    assertContains(client.post(address, {"reason": " "}), "เขียนเหตุผล", status_code=422)
    assertRedirects(client.post(address, {"reason": "คนละโรงเรียน"}), other.get_absolute_url())
    assert not MatterLink.objects.exists()
    for matter in (petition, other):
        assert matter.events.filter(step="unlinked", reason="คนละโรงเรียน").count() == 1
    assertContains(page_of(client, petition), "คนละโรงเรียน")
    # Linked anew, it is one link again and the history has all of it.
    tie(petition, other, officer)
    unlink(MatterLink.objects.get(), reason="อีกครั้ง", by=officer, now=MORNING)
    assert petition.events.filter(step__in=["linked", "unlinked"]).count() == 4


def test_who_does_not_see_the_other_side_is_shown_neither_link_nor_event(
    client_for: ClientFor, petition: Petition, secret: Petition, head: User, officer: User
) -> None:
    tie(petition, secret, head, note="เรื่องลับเกี่ยวข้อง")
    seen = page_of(client_for(head), petition)
    assertContains(seen, secret.title)
    assertContains(seen, "เรื่องลับเกี่ยวข้อง")
    hidden = page_of(client_for(officer), petition)
    for words in (secret.title, secret.label, "เรื่องลับเกี่ยวข้อง", "สืบเนื่องจาก", f"/matters/{secret.pk}/"):
        assertNotContains(hidden, words)


def test_a_link_to_what_one_may_not_see_is_not_found(
    client_for: ClientFor, petition: Petition, secret: Petition, head: User, officer: User
) -> None:
    made = tie(petition, secret, head)
    client = client_for(officer)
    for matter in (petition, secret):
        assert client.get(reverse("office:link_remove", args=[matter.pk, made.pk])).status_code == 404
    assert client.get(reverse("office:link_new", args=[secret.pk])).status_code == 404
    assert client.get(reverse("office:link_remove", args=[petition.pk, 99])).status_code == 404


def test_pages_of_links_are_closed_to_strangers(client: Client, petition: Petition) -> None:
    assert client.get(reverse("office:link_new", args=[petition.pk])).status_code == 302


def test_administrators_find_no_matter_to_link(
    client_for: ClientFor, petition: Petition, administrator: User
) -> None:
    assert client_for(administrator).get(reverse("office:link_new", args=[petition.pk])).status_code == 404


def test_one_links_by_number(
    client_for: ClientFor, petition: Petition, other: Petition, officer: User
) -> None:
    client = client_for(officer)
    address = reverse("office:link_new", args=[petition.pk])
    answer = client.post(address, {"how": "raised_in:to", "words": other.label, "note": ""})
    assert answer.status_code == 302
    made = MatterLink.objects.get()
    assert (made.from_matter_id, made.to_matter_id, made.kind) == (other.pk, petition.pk, "raised_in")


def test_one_links_by_words_and_a_choice_without_scripts(
    client_for: ClientFor, petition: Petition, other: Petition, officer: User
) -> None:
    client = client_for(officer)
    address = reverse("office:link_new", args=[petition.pk])
    typed = {"how": "related:from", "words": "ครูผู้ช่วย", "note": "ดูด้วย"}
    looked = client.post(address, typed | {"look": "1"})
    assertContains(looked, other.title)
    assertContains(looked, "ดูด้วย")
    assert not MatterLink.objects.exists()
    unchosen = client.post(address, typed)
    assertContains(unchosen, "เลือกหนึ่งเรื่องจากที่พบ", status_code=422)
    assert client.post(address, typed | {"other": other.pk}).status_code == 302
    assert MatterLink.objects.get().note == "ดูด้วย"


def test_what_one_may_not_see_is_as_unknown_as_what_is_not_there(
    client_for: ClientFor, petition: Petition, secret: Petition, officer: User
) -> None:
    client = client_for(officer)
    address = reverse("office:link_new", args=[petition.pk])
    answers = [
        client.post(address, {"how": "related:from", "words": words, "note": ""})
        for words in (secret.label, "รท ๙๙๙/๒๕๕๓")
    ]
    assert [answer.status_code for answer in answers] == [422, 422]
    for answer in answers:
        assertContains(answer, "ไม่พบเรื่องที่ท่านเข้าถึงได้", status_code=422)
    forged = client.post(
        address, {"how": "related:from", "words": "ไม่เปิดเผย", "note": "", "other": secret.pk}
    )
    assert forged.status_code == 422
    assert not MatterLink.objects.exists()


def test_linked_twice_is_said_beside_the_field(
    client_for: ClientFor, petition: Petition, other: Petition, officer: User
) -> None:
    tie(petition, other, officer)
    address = reverse("office:link_new", args=[petition.pk])
    answer = client_for(officer).post(address, {"how": "related:from", "words": other.label, "note": ""})
    assertContains(answer, "สองเรื่องนี้เชื่อมโยงกันอยู่แล้ว", status_code=422)


def test_a_link_makes_no_page_stale(petition: Petition, other: Petition, officer: User) -> None:
    seen = fresh(petition).version
    tie(petition, other, officer)
    perform(petition, "take", actor=Actor(user=officer), seen=seen, now=MORNING)
    assert fresh(petition).owner == officer
    with pytest.raises(ChangedMeanwhile) as changed:
        perform(petition, "take", actor=Actor(user=other.owner), seen=seen - 1, now=MORNING)
    assert "linked" not in {event.step for event in changed.value.events}


def test_an_executive_links_across_the_rooms(
    client_for: ClientFor, petition: Petition, executive: User, officer: User
) -> None:
    question = make_bill()
    tie(petition, question, executive, kind=MatterLink.Kind.RAISED_IN)
    client = client_for(executive)
    assertContains(page_of(client, petition), question.title)
    assertContains(page_of(client, question), petition.title)
    assertNotContains(page_of(client_for(officer), petition), question.title)


def test_results_of_a_search_say_what_each_is_linked_with(
    client_for: ClientFor, petition: Petition, other: Petition, secret: Petition, head: User, officer: User
) -> None:
    tie(petition, other, officer)
    tie(secret, other, head)
    address = results_address("ครูผู้ช่วย")
    assertContains(client_for(head).get(address), secret.label)
    seen = client_for(officer).get(address)
    assertContains(seen, petition.label)
    assertNotContains(seen, secret.label)
    assert [one.pk for one in linked_with(officer, [petition.pk])[petition.pk]] == [other.pk]


def test_a_matter_without_links_asks_nothing_more_and_one_with_many_asks_one(
    client_for: ClientFor, petition: Petition, officer: User
) -> None:
    client = client_for(officer)
    page_of(client, petition)
    with CaptureQueriesContext(connection) as bare:
        page_of(client, petition)
    for number in range(4):
        more = make_petition(received_at=MORNING + timedelta(hours=number))
        tie(petition, more, officer)
    page_of(client, petition)  # the first look at what is new is written down
    with CaptureQueriesContext(connection) as tied:
        page_of(client, petition)
    assert len(tied) <= len(bare) + 1
