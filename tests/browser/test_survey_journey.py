"""A seminar is held and asked about: an officer writes it down and opens the survey, a guest answers on a phone by the
letter's link, once; the head reads the results when it is closed."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from office.models import User
from office.thai import format_numeric
from projectplan import rounds
from projectplan.models import AnswerSheet, Seminar, Survey
from tests.browser.conftest import Visit
from tests.browser.test_every_page import look_over
from tests.browser.visitor import DESK, PHONE, Visitor
from tests.cast import make_head, make_officer
from tests.projectplan.results_cast import (
    fill_in,
    make_invitee,
    make_link,
    make_member,
    make_participant,
    make_seminar,
    make_survey,
    train,
)

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_seminar_is_asked_about_and_the_head_reads_what_came(visit: Visit) -> None:
    officer, head = make_officer(), make_head()
    desk = visit(DESK)
    desk.signs_in(officer)
    seminar = the_officer_writes_down_a_seminar(desk)
    survey = a_survey_of_it_is_opened(desk, seminar)
    guest = visit(PHONE, java_script_enabled=False)
    address = the_letter_has_come()
    the_guest_answers_on_a_phone_without_scripts(guest, address)
    a_second_time_is_refused(visit, address)
    forms_on_paper_are_typed_in(desk, survey)
    the_officer_closes_it(desk, survey)
    the_head_reads_the_results(visit, head, survey)


def the_officer_writes_down_a_seminar(desk: Visitor) -> Seminar:
    yesterday = format_numeric(timezone.localdate() - timedelta(days=1))
    desk.opens("projectplan:seminar_new")
    desk.sees("seminar-new")
    desk.page.locator("#id_title").fill("การประชุมสัมมนาทางวิชาการด้านการเมือง")
    desk.page.locator("#id_place").fill("หัวหิน")
    desk.page.locator("#id_starts_on").fill(yesterday)
    desk.page.locator("#id_ends_on").fill(yesterday)
    desk.presses("Save")
    desk.page.wait_for_url(re.compile(r"/seminars/\d+/$"))
    seminar = Seminar.objects.get()
    desk.follows("Add a participant")
    desk.page.locator("#id_name").fill("นางสาวสมหญิง ใจดี")
    desk.page.locator("#id_agency").fill("สพป. สระบุรี เขต ๑")
    desk.page.locator("#id_email").fill("guest@area.example")
    desk.presses("Save")
    desk.reads("นางสาวสมหญิง ใจดี")
    return seminar


def a_survey_of_it_is_opened(desk: Visitor, seminar: Seminar) -> Survey:
    desk.follows("New survey")
    desk.sees("survey-new")
    desk.presses("Save")
    desk.page.wait_for_url(re.compile(r"/surveys/\d+/$"))
    survey = Survey.objects.get()
    look_over(desk, "survey-draft")
    desk.presses("Open it and write to all")
    expect(desk.page.locator(".due.soon")).to_be_visible()
    assert survey.seminar == seminar
    return survey


def the_letter_has_come() -> str:
    rounds.deliver(timezone.now)
    letter = mail.outbox[-1]
    assert letter.to == ["guest@area.example"]
    found = re.search(r"http\S+/s/\S+", str(letter.body))
    assert found
    return found.group()


def the_guest_answers_on_a_phone_without_scripts(guest: Visitor, address: str) -> None:
    guest.goes(address)
    guest.pictures("survey-answer-390")
    guest.expects(422)
    guest.presses("Send the answers")
    guest.reads("Not sent yet: look at what is marked below.")
    guest.pictures("survey-answer-390-open-questions")
    rows = guest.page.locator(".levels")
    asked = rows.count()
    for place in range(asked):
        rows.nth(place).locator("label").nth(place % 2).click()
    guest.page.locator("textarea").fill("วิทยากรให้ความรู้ดีมาก")
    guest.pictures("survey-answer-390-filled")
    guest.presses("Send the answers")
    guest.reads("Thank you. Your answers have arrived")
    guest.pictures("survey-thanks-390")
    assert AnswerSheet.objects.get().scores.count() == asked


def a_second_time_is_refused(visit: Visit, address: str) -> None:
    another = visit(PHONE)
    another.expects(410)
    another.goes(address)
    another.reads("This link has been used: the answers have arrived")
    another.sees("survey-used-390")


def forms_on_paper_are_typed_in(desk: Visitor, survey: Survey) -> None:
    desk.opens("projectplan:survey_paper", survey.pk)
    look_over(desk, "survey-paper")
    desk.page.locator(".levels").first.locator("label").first.click()
    desk.presses("Keep it, next form")
    desk.reads("The form is kept. The next one, please.")
    assert AnswerSheet.objects.filter(is_paper=True).count() == 1


def the_officer_closes_it(desk: Visitor, survey: Survey) -> None:
    desk.opens("projectplan:survey", survey.pk)
    look_over(desk, "survey-open")
    desk.page.locator("details.more > summary").click()
    desk.presses("Close it now")
    desk.reads("The survey is closed. Its results stand below.")


def the_head_reads_the_results(visit: Visit, head: User, survey: Survey) -> None:
    for group in ("สพป.", "สพม."):
        fill_in(survey, *[(4, 5, 4, 5, 3, 4, 5)] * 7, group=group)
    reader = visit(DESK)
    reader.signs_in(head)
    reader.opens("projectplan:survey", survey.pk)
    reader.reads("วิทยากรให้ความรู้ดีมาก", "By group")
    look_over(reader, "survey-results")
    reader.opens("projectplan:surveys")
    look_over(reader, "surveys")


def test_the_question_page_is_good_by_day_and_by_night(visit: Visit) -> None:
    officer = make_officer()
    survey = make_survey(officer, questions=5, closes_at=timezone.now() + timedelta(days=5))
    visitor = visit(DESK)
    visitor.opens("survey_links:answer", make_link(make_invitee(survey)).secret)
    look_over(visitor, "survey-answer")


def test_seminars_and_trainings_are_good_at_a_desk_and_on_a_phone(visit: Visit) -> None:
    head = make_head()
    seminar = make_seminar(head, programme="๐๙.๐๐ ลงทะเบียน\n๐๙.๓๐ บรรยาย", study_visit="โครงการในพระราชดำริ")
    for number in range(6):
        make_participant(seminar, came=number % 2 == 0)
    for number in range(5):
        person = make_officer(f"person{number}", display_name=f"นางสาวสมใจ คนที่ {number}")
        make_member(person)
        train(person, *[date(2010, 1, day) for day in range(1, number + 1)])
    visitor = visit(DESK)
    visitor.signs_in(head)
    for name, args, query in (
        ("seminars", [], ""),
        ("seminar", [seminar.pk], ""),
        ("seminar_attendance", [seminar.pk], ""),
        ("participants_import", [seminar.pk], ""),
        ("training", [], "?year=2553"),
        ("trained_person", [person.pk], "?year=2553"),
        ("training_new", [], ""),
    ):
        visitor.opens(f"projectplan:{name}", *args, query=query)
        look_over(visitor, name)
