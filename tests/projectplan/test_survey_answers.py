"""Answering by link: once, before the closing, without a name; letters, reminders, forms on paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from office.models import Notice, User
from projectplan import rounds, surveying
from projectplan.models import AnswerSheet, Invitee, Survey, SurveyLink
from projectplan.survey_mail import remind, remind_before_closing
from tests.projectplan.results_cast import (
    make_invitee,
    make_link,
    make_participant,
    make_seminar,
    make_survey,
)

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def survey(officer: User) -> Survey:
    """Open now, for a week more."""
    return make_survey(officer, closes_at=timezone.now() + timedelta(days=7))


def address_of(link: SurveyLink) -> str:
    return reverse("survey_links:answer", args=[link.secret])


def levels(survey: Survey, level: Any = 4, **more: str) -> dict[str, Any]:
    return {f"q{question.pk}": level for question in survey.questions.all()} | more


def test_an_answer_is_taken_once_and_kept_without_who_gave_it(survey: Survey) -> None:
    invitee = make_invitee(survey, group="สพป.")
    client, address = Client(), address_of(make_link(invitee))
    assert client.get(address).status_code == 200
    assert client.post(address, levels(survey, comment="ดีมาก")).status_code == 302
    assert "ขอบคุณ" in client.get(address).content.decode()
    sheet = AnswerSheet.objects.get()
    assert (sheet.group, sheet.comment, sheet.scores.count()) == ("สพป.", "ดีมาก", 2)
    names = {field.name for field in AnswerSheet._meta.get_fields()}
    assert names == {
        "id", "survey", "group", "comment", "comment_state", "is_paper", "typed_by", "scores",
    }  # fmt: skip
    invitee.refresh_from_db()
    assert invitee.has_answered
    assert SurveyLink.objects.get().used_at is None  # a moment would tell whose sheet it was


def test_a_second_answer_is_refused_by_whichever_letters_link(survey: Survey) -> None:
    invitee = make_invitee(survey)
    first, second = make_link(invitee), make_link(invitee)
    Client().post(address_of(first), levels(survey))
    for link in (first, second):
        response = Client().post(address_of(link), levels(survey, 1))
        assert response.status_code == 410
        assert "ลิงก์นี้ใช้ตอบไปแล้ว" in response.content.decode()
    assert AnswerSheet.objects.count() == 1


def test_two_at_the_same_moment_leave_one_answer(survey: Survey) -> None:
    link = make_link(make_invitee(survey))
    given = {question.pk: 5 for question in survey.questions.all()}
    now = timezone.now()
    surveying.answer(link, given, "", now)
    with pytest.raises(surveying.AnsweredAlready):
        surveying.answer(link, given, "", now)
    assert AnswerSheet.objects.count() == 1


def test_after_the_closing_nothing_is_taken(survey: Survey) -> None:
    link = make_link(make_invitee(survey))
    surveying.close_survey(survey, timezone.now())
    for response in (Client().get(address_of(link)), Client().post(address_of(link), levels(survey))):
        assert response.status_code == 410
        assert "แบบสำรวจนี้ปิดรับคำตอบแล้ว" in response.content.decode()
    assert not AnswerSheet.objects.exists()


def test_it_closes_to_the_moment(survey: Survey) -> None:
    link = make_link(make_invitee(survey))
    given = {question.pk: 5 for question in survey.questions.all()}
    with pytest.raises(surveying.NotNow):
        surveying.answer(link, given, "", survey.closes_at)
    surveying.answer(link, given, "", survey.closes_at - timedelta(microseconds=1))


@pytest.mark.parametrize("secret", ["x", "0" * 64, "../../etc/passwd", "%00", "๑" * 64])
def test_a_guessed_link_says_that_it_is_not_whole(survey: Survey, secret: str) -> None:
    response = Client().get(f"/s/{secret}/")
    assert response.status_code == 404


@pytest.mark.parametrize("level", ["0", "6", "-1", "4.5", "๔", "", "5 OR 1=1", "9" * 5000])
def test_a_level_beyond_one_to_five_is_refused_and_nothing_is_lost(survey: Survey, level: str) -> None:
    invitee = make_invitee(survey)
    response = Client().post(address_of(make_link(invitee)), levels(survey, level, comment="ยังอยู่"))
    text = response.content.decode()
    assert response.status_code == 422
    assert "ยังอยู่" in text
    assert text.count("<li>เลือกหนึ่งข้อจากห้าข้อ</li>") == 2  # beside each of the questions
    invitee.refresh_from_db()
    assert not invitee.has_answered


def test_thousands_of_letters_are_refused_beside_the_field(survey: Survey) -> None:
    address = address_of(make_link(make_invitee(survey)))
    assert Client().post(address, levels(survey, comment="ก" * 2001)).status_code == 422
    assert Client().post(address, levels(survey, comment="ก" * 2000)).status_code == 302


def test_a_comment_of_html_is_shown_as_text(survey: Survey, head: User, client_for: SignIn) -> None:
    Client().post(address_of(make_link(make_invitee(survey))), levels(survey, comment="<script>x</script>"))
    surveying.close_survey(survey, timezone.now())
    page = client_for(head).get(survey.get_absolute_url()).content.decode()
    assert "&lt;script&gt;x" in page
    assert "<script>x" not in page


def test_the_page_is_kept_by_nobody_and_found_by_no_search(survey: Survey) -> None:
    response = Client().get(address_of(make_link(make_invitee(survey))))
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]


# ── Letters ─────────────────────────────────────────────────────────────────────────────────


def test_opening_writes_to_everybody_and_the_letters_link_answers(officer: User) -> None:
    now = timezone.now()
    seminar = make_seminar(officer)
    make_participant(seminar, email="one@area.example")
    make_participant(seminar, email="ONE@area.example")  # shares the address: answers on paper
    make_participant(seminar, email="")
    make_participant(seminar, email="away@area.example", came=False)
    survey = make_survey(officer, seminar=seminar, opened=False, closes_at=now + timedelta(days=7))
    assert surveying.ask_participants(survey) == 3
    assert surveying.ask_participants(survey) == 0
    assert surveying.open_survey(survey, now) == 1
    rounds.deliver(timezone.now)
    (letter,) = mail.outbox
    assert letter.to == ["one@area.example"]
    address = re.search(r"http\S+/s/\S+", str(letter.body))
    assert address
    path = address.group().partition("/s/")[2]
    assert Client().post(f"/s/{path}", levels(survey)).status_code == 302


def test_opening_twice_writes_once(officer: User) -> None:
    now = timezone.now()
    survey = make_survey(officer, opened=False, closes_at=now + timedelta(days=7))
    make_invitee(survey)
    surveying.open_survey(survey, now)
    with pytest.raises(surveying.NotNow):
        surveying.open_survey(survey, now)
    assert Notice.objects.filter(kind=Notice.Kind.SURVEY_INVITATION).count() == 1


def test_only_the_silent_are_reminded_and_each_once(survey: Survey) -> None:
    now = timezone.now()
    written = now - timedelta(days=2)
    silent = make_invitee(survey, mail_at=written)
    make_invitee(survey, mail_at=written, has_answered=True)
    make_invitee(survey, mail_at=now)
    assert remind(survey, now) == 1
    assert remind(survey, now) == 0
    rounds.deliver(timezone.now)
    assert [letter.to for letter in mail.outbox] == [[silent.email]]
    assert "เตือน" in mail.outbox[0].subject


def test_the_clock_reminds_three_days_before_the_closing(survey: Survey) -> None:
    make_invitee(survey, mail_at=survey.closes_at - timedelta(days=6))
    assert remind_before_closing(survey.closes_at - timedelta(days=3, seconds=1)) == 0
    assert remind_before_closing(survey.closes_at - timedelta(days=3)) == 1
    assert remind_before_closing(survey.closes_at - timedelta(days=2)) == 0


def test_a_letter_that_waits_is_withdrawn_when_the_answer_has_come(survey: Survey) -> None:
    now = timezone.now()
    invitee = make_invitee(survey)
    surveying.survey_mail.invite(survey, now)
    Invitee.objects.filter(pk=invitee.pk).update(has_answered=True)
    rounds.deliver(timezone.now)
    assert mail.outbox == []


# ── Paper ───────────────────────────────────────────────────────────────────────────────────


def test_a_form_on_paper_is_typed_in_and_marked_so(survey: Survey, officer: User, client_for: SignIn) -> None:
    first = survey.questions.all()[0]
    address = reverse("projectplan:survey_paper", args=[survey.pk])
    assert client_for(officer).post(address, {f"q{first.pk}": "5"}).status_code == 302
    sheet = AnswerSheet.objects.get()
    assert (sheet.is_paper, sheet.typed_by, sheet.scores.count()) == (True, officer, 1)


def test_an_empty_form_on_paper_is_refused(survey: Survey, officer: User, client_for: SignIn) -> None:
    address = reverse("projectplan:survey_paper", args=[survey.pk])
    assert client_for(officer).post(address, {"comment": "ไม่ได้เลือก"}).status_code == 422
    assert not AnswerSheet.objects.exists()
