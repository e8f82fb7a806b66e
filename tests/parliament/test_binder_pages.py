"""The binder's pages: who sees and makes it, which edition is in hand, what a stranger learns (nothing)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from office.models import Secrecy, User
from parliament import binding
from parliament.models import Binder, BinderDownload, Interpellation, Meeting
from tests.cast import make_administrator, make_executive, make_officer
from tests.parliament.cast import make_politics_colleague, make_politics_head, make_politics_officer
from tests.parliament.papers_cast import (
    approve,
    at,
    keep,
    make_interpellation,
    make_item,
    make_locked_pdf,
    make_meeting,
)

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
NOW = at(2009, 11, 25, 10, 30)


@pytest.fixture
def officer(db: None) -> User:
    return make_politics_officer()


@pytest.fixture
def meeting(db: None) -> Meeting:
    return make_meeting()


@pytest.fixture
def unanswered(meeting: Meeting, officer: User) -> Interpellation:
    question = make_interpellation(owner=officer)
    make_item(meeting, about=question, title=question.title, number="2.1")
    return question


@pytest.fixture
def question(unanswered: Interpellation, officer: User) -> Interpellation:
    approve(unanswered, officer)
    return unanswered


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def made(meeting: Meeting, by: User) -> Binder:
    binder = binding.make(binding.write_down(meeting, by=by, now=NOW).pk, lambda: NOW)
    assert binder is not None
    return binder


def page_of(meeting: Meeting) -> str:
    return reverse("parliament:binder", args=[meeting.pk])


def test_the_binder_is_for_the_subgroup_and_the_executives(
    client_for: SignIn, meeting: Meeting, question: Interpellation, officer: User
) -> None:
    binder = made(meeting, officer)
    pages = [
        page_of(meeting),
        reverse("parliament:binder_card", args=[meeting.pk]),
        reverse("parliament:binder_status", args=[binder.pk]),
        reverse("parliament:binder_pdf", args=[binder.pk]),
    ]
    for page in pages:
        for person in (officer, User.objects.get_or_create(username="none")[0]):
            expected = 200 if person == officer else 404
            assert client_for(person).get(page).status_code == expected, page
    for person in (make_politics_head(), make_executive()):
        assert {client_for(person).get(page).status_code for page in pages} == {200}
    for person in (make_officer("thatsanee"), make_administrator()):
        assert {client_for(person).get(page).status_code for page in pages} == {404}
    assert all("login" in Client().get(page)["Location"] for page in pages)


def test_something_secret_closes_it_to_who_may_not_see_that(
    client_for: SignIn, meeting: Meeting, question: Interpellation, officer: User
) -> None:
    secret = make_interpellation(secrecy=Secrecy.CONFIDENTIAL, owner=officer, title="เรื่องที่ห้ามรู้")
    make_item(meeting, about=secret, title="วาระลับ", number="9")
    binder = made(meeting, officer)
    client = client_for(make_politics_colleague())
    assert client.get(page_of(meeting)).status_code == 403
    assert client.get(reverse("parliament:binder_pdf", args=[binder.pk])).status_code == 404
    assert client.get(reverse("parliament:binder_status", args=[binder.pk])).status_code == 404
    card = client.get(reverse("parliament:binder_card", args=[meeting.pk])).content.decode()
    assert "เรื่องที่ห้ามรู้" not in card
    assert "/binders/" not in card
    assert client.post(reverse("parliament:binder_make", args=[meeting.pk])).status_code == 403
    assert client_for(officer).get(page_of(meeting)).status_code == 200


def test_a_matter_made_secret_later_closes_earlier_editions_too(
    client_for: SignIn, meeting: Meeting, question: Interpellation, officer: User
) -> None:
    binder = made(meeting, officer)
    page = reverse("parliament:binder_pdf", args=[binder.pk])
    client = client_for(make_politics_colleague())
    assert client.get(page).status_code == 200
    Interpellation.objects.filter(pk=question.pk).update(secrecy=Secrecy.SECRET)
    assert client.get(page).status_code == 404


def test_officers_and_heads_have_it_made_executives_read(
    client_for: SignIn, meeting: Meeting, question: Interpellation, officer: User
) -> None:
    page = reverse("parliament:binder_make", args=[meeting.pk])
    assert client_for(make_executive()).post(page).status_code == 403
    assert client_for(officer).get(page).status_code == 405
    assert not Binder.objects.exists()
    answer = client_for(officer).post(page)
    assert answer["Location"] == page_of(meeting)
    assert Binder.objects.get().asked_by == officer


def test_a_click_while_nothing_changed_says_so(
    client_for: SignIn, meeting: Meeting, question: Interpellation, officer: User
) -> None:
    made(meeting, officer)
    answer = client_for(officer).post(reverse("parliament:binder_make", args=[meeting.pk]), follow=True)
    assert "ยังไม่มีอะไรเปลี่ยนแปลง" in answer.content.decode()
    assert Binder.objects.count() == 1


def test_the_pages_say_which_edition_is_in_force_and_when_a_newer_one_is_needed(
    client_for: SignIn, meeting: Meeting, unanswered: Interpellation, officer: User
) -> None:
    client, card = client_for(officer), reverse("parliament:binder_card", args=[meeting.pk])
    assert "ยังไม่ได้ทำ" in client.get(card).content.decode()
    made(meeting, officer)
    text = client.get(card).content.decode()
    assert "ฉบับที่ ๑ · ๒๕ พ.ย. ๕๒ ๑๐.๓๐ น." in text
    assert "ใช้อยู่" in text
    approve(unanswered, officer, "แก้แล้ว")
    assert "ต้องทำฉบับใหม่" in client.get(card).content.decode()
    assert "คำตอบหรือเอกสารเปลี่ยนไปหลังจากทำฉบับนี้" in client.get(page_of(meeting)).content.decode()
    made(meeting, officer)
    text = client.get(page_of(meeting)).content.decode()
    assert "ฉบับที่ ๒ ·" in text
    assert "ไม่ใช้แล้ว" in text


def test_the_page_asks_again_while_it_is_made_and_then_is_drawn_anew(
    client_for: SignIn, meeting: Meeting, question: Interpellation, officer: User
) -> None:
    row = binding.write_down(meeting, by=officer, now=NOW)
    client, page = client_for(officer), reverse("parliament:binder_status", args=[row.pk])
    waiting = client.get(page)
    assert f'hx-get="{page}"' in waiting.content.decode()
    assert "HX-Refresh" not in waiting
    assert page in client.get(page_of(meeting)).content.decode()
    assert f'href="{page_of(meeting)}"' in waiting.content.decode()  # without scripts one looks again by hand
    binding.make(row.pk, lambda: NOW)
    ready = client.get(page)
    assert ready["HX-Refresh"] == "true"
    assert "hx-get" not in ready.content.decode()


def test_a_failed_edition_offers_to_try_again(
    client_for: SignIn, meeting: Meeting, question: Interpellation, officer: User
) -> None:
    row = binding.write_down(meeting, by=officer, now=NOW)
    Binder.objects.filter(pk=row.pk).update(state=Binder.State.FAILED)
    text = client_for(officer).get(page_of(meeting)).content.decode()
    assert text.count(reverse("parliament:binder_make", args=[meeting.pk])) == 1


def test_what_could_not_be_bound_in_is_said_on_the_page(
    client_for: SignIn, meeting: Meeting, question: Interpellation, officer: User
) -> None:
    keep(question, "ลับ.pdf", make_locked_pdf())
    made(meeting, officer)
    text = client_for(officer).get(page_of(meeting)).content.decode()
    assert "ลับ.pdf" in text
    assert "เปิดได้เมื่อใส่รหัสผ่านเท่านั้น" in text


def test_a_copy_is_named_by_its_edition_and_written_down(
    client_for: SignIn, meeting: Meeting, question: Interpellation, officer: User
) -> None:
    binder = made(meeting, officer)
    answer = client_for(officer).get(reverse("parliament:binder_pdf", args=[binder.pk]))
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert f"binder-2553-{meeting.number}-edition-1.pdf" in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    assert BinderDownload.objects.get().user == officer


def test_an_edition_that_is_not_ready_has_no_pdf(
    client_for: SignIn, meeting: Meeting, question: Interpellation, officer: User
) -> None:
    row = binding.write_down(meeting, by=officer, now=NOW)
    assert client_for(officer).get(reverse("parliament:binder_pdf", args=[row.pk])).status_code == 404


def test_the_pages_ask_few_questions(
    client_for: SignIn,
    meeting: Meeting,
    question: Interpellation,
    officer: User,
    django_assert_max_num_queries: Callable[[int], object],
) -> None:
    made(meeting, officer)
    client = client_for(officer)
    for page in (page_of(meeting), reverse("parliament:binder_card", args=[meeting.pk])):
        client.get(page)
        with django_assert_max_num_queries(22):
            client.get(page)
