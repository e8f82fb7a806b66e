"""The pages of seminars, surveys and trainings: who sees them, what they show, what they refuse, how much they ask."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

import pytest
from auditlog.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from office.models import User
from projectplan.models import AnswerSheet, Participant, Seminar, Survey, Training
from projectplan.seminar_paper import sign_in_context
from tests.cast import make_officer
from tests.projectplan.results_cast import (
    fill_in,
    make_invitee,
    make_member,
    make_participant,
    make_seminar,
    make_survey,
    train,
)

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
MOST_QUERIES = 12
LISTS = ["seminars", "surveys", "training"]
FORMS = ["seminar_new", "survey_new", "training_new"]
SEMINAR = {"title": "สัมมนา", "place": "หัวหิน", "starts_on": "๑๒/๑๑/๒๕๕๒", "ends_on": "๑๓/๑๑/๒๕๕๒", "seen": "0"}


def at(name: str, *args: object, query: str = "") -> str:
    return reverse(f"projectplan:{name}", args=args) + query


@pytest.mark.parametrize("name", [*LISTS, *FORMS])
def test_a_stranger_is_asked_to_sign_in(name: str) -> None:
    response = Client().get(at(name))
    assert response.status_code == 302
    assert "/accounts/login/" in response["Location"]


def test_the_newest_seminar_stands_first(officer: User, client_for: SignIn) -> None:
    old, new = (
        make_seminar(officer, starts_on=day, ends_on=day) for day in (date(2009, 11, 12), date(2010, 2, 3))
    )
    make_participant(old)
    assert list(client_for(officer).get(at("seminars")).context["rows"]) == [new, old]


@pytest.mark.parametrize("name", [*LISTS, *FORMS])
def test_who_has_no_work_here_is_told_whom_to_ask(name: str, administrator: User, client_for: SignIn) -> None:
    assert client_for(administrator).get(at(name)).status_code == 403


@pytest.mark.parametrize("name", FORMS)
def test_an_executive_reads_and_writes_nothing(name: str, executive: User, client_for: SignIn) -> None:
    assert client_for(executive).get(at(name)).status_code == 403
    for one in LISTS:
        assert client_for(executive).get(at(one)).status_code == 200


@pytest.mark.parametrize(
    "year", ["", "?year=2553", "?year=0", "?year=abc", "?year=999999999999", "?year=๒๕๕๓"]
)
@pytest.mark.parametrize("name", LISTS)
def test_a_list_takes_any_year(name: str, year: str, officer: User, client_for: SignIn) -> None:
    assert client_for(officer).get(at(name) + year).status_code == 200


def test_every_page_asks_little_however_much_there_is(
    officer: User, head: User, client_for: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    seminar = make_seminar(officer)
    for _number in range(30):
        make_participant(seminar)
    survey = make_survey(officer, seminar=seminar, questions=8)
    for number in range(30):
        fill_in(survey, (4,) * 8, group=f"กลุ่ม {number % 4}", comment="ดี")
        make_invitee(survey)
    for number in range(12):
        person = make_officer(f"person{number}")
        make_member(person)
        train(person, *[date(2010, 1, day) for day in range(1, 6)])
    client = client_for(head)
    client.get(at("surveys"))
    person = Training.objects.all()[0].person_id
    pages = [
        *map(at, LISTS), seminar.get_absolute_url(), survey.get_absolute_url(), at("trained_person", person),
        at("training", query="?year=2553"), at("trained_person", person, query="?year=2553"),
    ]  # fmt: skip
    for page in pages:
        with django_assert_max_num_queries(MOST_QUERIES, info=page):
            assert client.get(page).status_code == 200


# ── Seminars ────────────────────────────────────────────────────────────────────────────────


def test_an_officer_writes_down_a_seminar(officer: User, client_for: SignIn) -> None:
    response = client_for(officer).post(at("seminar_new"), SEMINAR)
    seminar = Seminar.objects.get()
    assert response["Location"] == seminar.get_absolute_url()
    assert (seminar.starts_on, seminar.fiscal_year) == (date(2009, 11, 12), 2553)


def test_a_seminar_that_ends_before_it_begins_is_refused_and_nothing_is_lost(
    officer: User, client_for: SignIn
) -> None:
    response = client_for(officer).post(at("seminar_new"), SEMINAR | {"ends_on": "๑๑/๑๑/๒๕๕๒"})
    assert response.status_code == 422
    assert "หัวหิน" in response.content.decode()


def test_who_changes_what_another_changed_meanwhile_is_told(officer: User, client_for: SignIn) -> None:
    seminar = make_seminar(officer)
    client, address = client_for(officer), at("seminar_edit", seminar.pk)
    given = SEMINAR | {"seen": "1"}
    assert client.post(address, given | {"place": "ชะอำ"}).status_code == 302
    response = client.post(address, given | {"place": "พัทยา"})
    assert response.status_code == 422
    assert "มีผู้แก้ไขรายการนี้ไปแล้ว" in response.content.decode()
    seminar.refresh_from_db()
    assert (seminar.place, seminar.version) == ("ชะอำ", 2)


def test_a_file_of_a_seminar_is_kept_and_handed_out_harmless(officer: User, client_for: SignIn) -> None:
    file = SimpleUploadedFile("กำหนดการ.txt", "วันที่ ๑".encode(), "text/plain")
    client = client_for(officer)
    client.post(at("seminar_new"), SEMINAR | {"attachments": file})
    kept = Seminar.objects.get().files.get()
    response = client.get(at("seminar_file", kept.pk))
    assert response.status_code == 200
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]


def test_how_a_participant_is_reached_is_closed_until_asked_for_and_each_look_is_logged(
    officer: User, client_for: SignIn
) -> None:
    one = make_participant(make_seminar(officer), telephone="089 111 2222")
    client = client_for(officer)
    assert "089 111 2222" not in client.get(one.seminar.get_absolute_url()).content.decode()
    assert "089 111 2222" in client.post(at("participant_contact", one.pk)).content.decode()
    looks = LogEntry.objects.filter(action=LogEntry.Action.ACCESS, object_pk=str(one.pk), actor=officer)
    assert looks.count() == 1
    assert client.get(at("participant_contact", one.pk)).status_code == 405


def test_who_came_is_ticked(officer: User, client_for: SignIn) -> None:
    seminar = make_seminar(officer)
    came, away = make_participant(seminar), make_participant(seminar)
    ticks = {"came": [came.pk, "x", "99999999999999999999"]}
    assert client_for(officer).post(at("seminar_attendance", seminar.pk), ticks).status_code == 302
    came.refresh_from_db()
    away.refresh_from_db()
    assert (came.came, away.came) == (True, False)


def test_the_sign_in_sheet_names_those_who_take_part_only(officer: User, client_for: SignIn) -> None:
    seminar = make_seminar(officer)
    one = make_participant(seminar)
    make_participant(seminar, part=Participant.Part.SPEAKER)
    assert sign_in_context(seminar)["rows"] == [one]
    response = client_for(officer).get(at("seminar_sign_in", seminar.pk))
    assert response.content.startswith(b"%PDF")


def test_a_list_is_seen_before_it_is_written_and_written_as_seen(officer: User, client_for: SignIn) -> None:
    seminar = make_seminar(officer)
    make_participant(seminar, name="นางสาวเดิม อยู่แล้ว", agency="สพฐ.", email="old@area.example")
    rows = [
        "ชื่อ-สกุล,หน่วยงาน,อีเมล",
        "นายใหม่ มาแรก,สอศ.,new@area.example",
        "นางสาวเดิม อยู่แล้ว,สพฐ.,changed@area.example",
        "นายผิด,สพฐ.,ไม่ใช่อีเมล",
    ]
    file = SimpleUploadedFile("list.csv", "\n".join(rows).encode())
    client, address = client_for(officer), at("participants_import", seminar.pk)
    shown = client.post(address, {"file": file})
    assert seminar.participants.count() == 1
    assert shown.context["plan"].counts == {"new": 1, "changed": 1, "same": 0, "wrong": 1}
    word = {"brought": shown.context["brought"], "plan": shown.context["plan"].fingerprint}
    client.post(at("participants_confirm", seminar.pk), word)
    assert set(seminar.participants.values_list("email", flat=True)) == {
        "new@area.example",
        "changed@area.example",
    }
    other = make_seminar(officer, title="อีกครั้ง")
    client.post(at("participants_confirm", other.pk), word)
    assert not other.participants.exists()


def test_a_list_without_names_is_refused(officer: User, client_for: SignIn) -> None:
    file = SimpleUploadedFile("list.csv", "หน่วยงาน,อีเมล\nสพฐ.,a@b.example\n".encode())
    address = at("participants_import", make_seminar(officer).pk)
    assert client_for(officer).post(address, {"file": file}).status_code == 422


# ── Surveys ─────────────────────────────────────────────────────────────────────────────────


def test_a_survey_of_a_seminar_asks_its_participants(officer: User, client_for: SignIn) -> None:
    seminar = make_seminar(officer)
    make_participant(seminar)
    client = client_for(officer)
    response = client.post(at("survey_new"), {"seminar": seminar.pk})
    day = (timezone.localdate() + timedelta(days=7)).strftime("%d/%m/%Y")
    given = {
        "title": "ความพึงพอใจ",
        "questions": "หนึ่ง\nสอง\n\nหนึ่ง",
        "closes_on": day,
        "threshold": "3",
        "seen": "0",
    }
    client.post(response["Location"], given)
    survey = Survey.objects.get()
    assert (survey.seminar, survey.fiscal_year, survey.invitees.count()) == (seminar, 2553, 1)
    assert list(survey.questions.values_list("text", flat=True)) == ["หนึ่ง", "สอง"]
    client.post(at("survey_open", survey.pk))
    survey.refresh_from_db()
    assert survey.is_open(timezone.now())


def test_the_executives_are_asked_about_public_relations(
    officer: User, executive: User, client_for: SignIn
) -> None:
    day = (timezone.localdate() + timedelta(days=7)).strftime("%d/%m/%Y")
    client = client_for(officer)
    address = client.post(at("survey_new"), {"seminar": ""})["Location"]
    year = Survey(fiscal_year=2553).fiscal_year
    page = client.get(address).context["form"]
    given = {
        "title": "ความพึงพอใจ", "questions": "หนึ่ง", "closes_on": day, "threshold": "3", "seen": "0",
        "year": page.fields["year"].choices[0][0] or year,
    }  # fmt: skip
    client.post(address, given)
    assert [one.email for one in Survey.objects.get().invitees.all()] == [executive.email]


def test_an_open_survey_keeps_its_questions(officer: User, client_for: SignIn) -> None:
    survey = make_survey(officer, closes_at=timezone.now() + timedelta(days=5))
    day = (timezone.localdate() + timedelta(days=9)).strftime("%d/%m/%Y")
    given = {"title": "ใหม่", "questions": "อื่น", "closes_on": day, "seen": str(survey.version), "year": "2553"}
    response = client_for(officer).post(at("survey_edit", survey.pk), given)
    assert response.status_code == 302
    survey.refresh_from_db()
    assert (survey.title, survey.questions.count()) == ("ใหม่", 2)


def test_results_are_hidden_until_the_closing(officer: User, head: User, client_for: SignIn) -> None:
    survey = make_survey(officer, closes_at=timezone.now() + timedelta(days=5))
    fill_in(survey, (1, 1), comment="ไม่ดีเลย")
    page = client_for(head).get(survey.get_absolute_url()).content.decode()
    assert "ไม่ดีเลย" not in page
    assert "ส่วนเบี่ยงเบน" not in page
    assert client_for(head).get(at("survey_results", survey.pk)).status_code == 404


def test_the_head_reads_results_and_the_executive_only_comments_that_are_shown(
    officer: User, head: User, executive: User, client_for: SignIn
) -> None:
    survey = make_survey(officer)
    fill_in(survey, (4, 5), comment="ยังไม่ตรวจ")
    address = survey.get_absolute_url()
    page = client_for(head).get(address).content.decode()
    assert "๔.๕๐" in page
    assert "ยังไม่ตรวจ" in page
    assert "ยังไม่ตรวจ" not in client_for(executive).get(address).content.decode()
    sheet = AnswerSheet.objects.get()
    client_for(head).post(at("survey_comment", survey.pk, sheet.pk), {"state": "shown"})
    assert "ยังไม่ตรวจ" in client_for(executive).get(address).content.decode()
    assert client_for(head).post(at("survey_comment", survey.pk, sheet.pk), {"state": "x"}).status_code == 404


def test_the_results_as_a_file_hold_no_formula(officer: User, client_for: SignIn) -> None:
    survey = make_survey(officer)
    fill_in(survey, (4, 5), comment="=1+1")
    AnswerSheet.objects.update(comment_state=AnswerSheet.Comment.SHOWN)
    book = load_workbook(BytesIO(client_for(officer).get(at("survey_results", survey.pk)).content))
    comments = book.worksheets[-1]
    assert comments["A2"].value == "'=1+1"
    assert book.worksheets[0]["C5"].value == 4


# ── Training ────────────────────────────────────────────────────────────────────────────────


def given_training(person: User, **more: str) -> dict[str, str]:
    return {
        "person": str(person.pk), "topic": "หลักสูตร", "kind": "course", "organiser": "ก.พ.", "from_on": "๑/๓/๒๕๕๓",
        "to_on": "๒/๓/๒๕๕๓", "hours": "๑๒", "seen": "0",
    } | more  # fmt: skip


def test_an_officer_writes_down_their_own_and_a_head_anybodys(
    officer: User, colleague: User, head: User, client_for: SignIn
) -> None:
    for person in (officer, colleague):
        make_member(person)
    assert client_for(officer).post(at("training_new"), given_training(officer)).status_code == 302
    assert client_for(officer).post(at("training_new"), given_training(colleague)).status_code == 422
    assert client_for(head).post(at("training_new"), given_training(colleague)).status_code == 302
    assert Training.objects.count() == 2


def test_the_same_attendance_is_not_written_down_twice(officer: User, client_for: SignIn) -> None:
    make_member(officer)
    client = client_for(officer)
    client.post(at("training_new"), given_training(officer))
    assert client.post(at("training_new"), given_training(officer)).status_code == 422
    assert Training.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [{"hours": "0"}, {"hours": "-3"}, {"hours": "99999"}, {"to_on": "๑/๑/๒๕๙๐"}, {"to_on": "๑/๒/๒๕๕๓"}],
)
def test_what_cannot_be_is_refused(wrong: dict[str, str], officer: User, client_for: SignIn) -> None:
    make_member(officer)
    response = client_for(officer).post(at("training_new"), given_training(officer, **wrong))
    assert response.status_code == 422
    assert not Training.objects.exists()


def test_nobody_changes_what_is_another_persons(officer: User, colleague: User, client_for: SignIn) -> None:
    make_member(colleague)
    train(colleague, date(2010, 3, 1))
    row = Training.objects.get()
    assert client_for(officer).get(at("training_edit", row.pk)).status_code == 403


def test_who_has_had_none_is_named_to_the_head_and_not_to_colleagues(
    officer: User, head: User, client_for: SignIn
) -> None:
    make_member(officer)
    address = at("training")
    assert "ผู้ที่ยังไม่ได้รับการพัฒนา" in client_for(head).get(address).content.decode()
    assert "ผู้ที่ยังไม่ได้รับการพัฒนา" not in client_for(officer).get(address).content.decode()


def test_the_year_as_a_file_has_people_and_attendances(officer: User, client_for: SignIn) -> None:
    make_member(officer)
    train(officer, date(2010, 3, 1), date(2010, 3, 2))
    response = client_for(officer).get(at("training_export", query="?year=2553"))
    people, trainings = load_workbook(BytesIO(response.content)).worksheets
    assert people["C4"].value == 2
    assert trainings.max_row == 3
