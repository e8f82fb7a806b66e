"""Topics: who sees one, what is told of its matters by time, and what is put in and taken out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from auditlog.models import LogEntry
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains

from complaints.models import Petition
from office.linking import put_into, take_out
from office.models import Secrecy, Topic, TopicMatter, User
from projectplan.topic_history import history_of, matters_of
from tests.cast import MORNING, make_petition
from tests.parliament.bills_cast import make_bill

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]


@pytest.fixture
def topic(officer: User) -> Topic:
    return Topic.objects.create(name="เงินบำรุงการศึกษา", made_at=MORNING, made_by=officer)


def test_a_topic_begins_with_a_name(client_for: ClientFor, officer: User) -> None:
    client = client_for(officer)
    address = reverse("projectplan:topic_new")
    assertContains(client.post(address, {"name": ""}), "ตั้งชื่อประเด็น", status_code=422)
    made = client.post(address, {"name": "ค่าบำรุงการศึกษา", "note": "หลายโรงเรียน"})
    found = Topic.objects.get()
    assert (made.status_code, found.note) == (302, "หลายโรงเรียน")
    assertContains(client.get(reverse("projectplan:topics")), "ค่าบำรุงการศึกษา")


def test_the_joint_history_is_told_by_time(
    client_for: ClientFor, topic: Topic, petition: Petition, officer: User, executive: User
) -> None:
    bill = make_bill(received_at=MORNING + timedelta(days=2))
    later = make_petition(received_at=MORNING + timedelta(days=1))
    for matter in (petition, bill, later):
        put_into(topic, matter, by=officer, now=MORNING + timedelta(days=3))
    history = history_of(matters_of(topic, executive), executive, oldest=True)
    received = [line.matter.pk for line in history.lines if line.entry.event.step == "receive"]
    assert received == [petition.pk, later.pk, bill.pk]
    assertContains(client_for(executive).get(topic.get_absolute_url()), bill.title)


def test_of_a_topic_one_sees_ones_own_matters_only(
    client_for: ClientFor, topic: Topic, petition: Petition, colleague: User, officer: User, head: User
) -> None:
    secret = make_petition(title="เรื่องลับของอีกคนหนึ่ง", owner=colleague, secrecy=Secrecy.SECRET)
    put_into(topic, petition, by=officer, now=MORNING)
    put_into(topic, secret, by=head, now=MORNING)
    seen = client_for(officer).get(topic.get_absolute_url())
    assertContains(seen, petition.title)
    assertNotContains(seen, secret.title)
    assertNotContains(seen, secret.label)
    assertContains(client_for(officer).get(reverse("projectplan:topics")), "๑ เรื่อง")
    assertContains(client_for(head).get(reverse("projectplan:topics")), "๒ เรื่อง")


def test_who_sees_none_of_its_matters_finds_no_topic(
    client_for: ClientFor,
    topic: Topic,
    petition: Petition,
    officer: User,
    stranger: User,
    administrator: User,
) -> None:
    put_into(topic, petition, by=officer, now=MORNING)
    for person in (stranger, administrator):
        client = client_for(person)
        for page in ("topic", "topic_edit", "topic_add"):
            assert client.get(reverse(f"projectplan:{page}", args=[topic.pk])).status_code == 404
        assertNotContains(client.get(reverse("projectplan:topics")), topic.name)


def test_pages_of_topics_are_closed_to_strangers(client: Client, topic: Topic) -> None:
    for address in (
        reverse("projectplan:topics"),
        reverse("projectplan:topic_new"),
        topic.get_absolute_url(),
    ):
        assert client.get(address).status_code == 302


def test_a_matter_is_added_by_its_number_and_taken_out_with_a_reason(
    client_for: ClientFor, topic: Topic, petition: Petition, officer: User
) -> None:
    client = client_for(officer)
    add = reverse("projectplan:topic_add", args=[topic.pk])
    assertContains(client.post(add, {"words": "รท ๙๙๙"}), "ไม่พบเรื่องที่ท่านเข้าถึงได้", status_code=422)
    assert client.post(add, {"words": petition.label}).status_code == 302
    assertContains(client.get(petition.get_absolute_url()), topic.name)
    out = reverse("projectplan:topic_remove", args=[topic.pk, petition.pk])
    assertContains(client.post(out, {"reason": ""}), "เขียนเหตุผล", status_code=422)
    assert client.post(out, {"reason": "คนละเรื่อง"}).status_code == 302
    assert [event.step for event in petition.events.order_by("pk")][-2:] == ["into_topic", "out_of_topic"]
    assert not TopicMatter.objects.exists()
    assert LogEntry.objects.get_for_model(TopicMatter).count() == 2


def test_twice_put_in_is_once_and_twice_taken_out_nothing(
    topic: Topic, petition: Petition, officer: User
) -> None:
    for _again in range(2):
        put_into(topic, petition, by=officer, now=MORNING)
    for _again in range(2):
        take_out(topic, petition, reason="ผิดเรื่อง", by=officer, now=MORNING)
    assert petition.events.filter(step__in=["into_topic", "out_of_topic"]).count() == 2


def test_from_a_matters_page_one_begins_a_topic_or_takes_one_that_is_there(
    client_for: ClientFor, topic: Topic, petition: Petition, officer: User
) -> None:
    client = client_for(officer)
    address = reverse("projectplan:topic_choose", args=[petition.pk])
    assertContains(client.post(address, {"topic": "", "name": ""}), "อย่างใดอย่างหนึ่ง", status_code=422)
    assert client.post(address, {"topic": topic.pk}).status_code == 302
    assert client.post(address, {"name": "ประเด็นใหม่"}).status_code == 302
    assert petition.topic_entries.count() == 2


def test_a_name_changed_meanwhile_is_not_written_over(
    client_for: ClientFor, topic: Topic, officer: User
) -> None:
    client = client_for(officer)
    address = reverse("projectplan:topic_edit", args=[topic.pk])
    assert client.post(address, {"name": "ชื่อใหม่", "note": "", "seen": 1}).status_code == 302
    assert client.post(address, {"name": "ชื่ออื่น", "note": "", "seen": 1}).status_code == 422
    topic.refresh_from_db()
    assert topic.name == "ชื่อใหม่"


def test_a_long_history_goes_by_key_and_asks_few_questions(
    client_for: ClientFor,
    topic: Topic,
    officer: User,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(30):
        put_into(topic, make_petition(received_at=MORNING + timedelta(hours=number)), by=officer, now=MORNING)
    client = client_for(officer)
    with django_assert_max_num_queries(12):
        first = client.get(topic.get_absolute_url())
    assert first.context["history"].next_cursor
    second = client.get(topic.get_absolute_url(), {"after": first.context["history"].next_cursor})
    shown = [line.entry.event.pk for page in (first, second) for line in page.context["history"].lines]
    assert len(shown) == len(set(shown)) == 30
