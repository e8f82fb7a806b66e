"""Seminars, surveys, answers and trainings as the tests of the project's results need them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from office.calendar import OFFICE_TZ
from office.models import User
from projectplan.models import (
    AnswerSheet,
    Invitee,
    Membership,
    Participant,
    Question,
    Score,
    Seminar,
    Survey,
    SurveyLink,
    Training,
)
from projectplan.surveying import open_survey

_serial = count(1)
OPENED = datetime(2009, 11, 16, 9, 0, tzinfo=OFFICE_TZ)
CLOSES = datetime(2009, 12, 1, 0, 0, tzinfo=OFFICE_TZ)


def make_seminar(by: User, **kwargs: Any) -> Seminar:
    """The seminar of the project at Hua Hin."""
    facts: dict[str, Any] = {
        "title": "การประชุมสัมมนาทางวิชาการด้านการเมือง",
        "place": "หัวหิน",
        "starts_on": date(2009, 11, 12),
        "ends_on": date(2009, 11, 13),
        "made_at": OPENED,
        "made_by": by,
    }
    return Seminar.objects.create(**facts | kwargs)


def make_participant(seminar: Seminar, **kwargs: Any) -> Participant:
    """Somebody from an education area."""
    number = next(_serial)
    facts: dict[str, Any] = {
        "name": f"นางสาวสมหญิง คนที่ {number}",
        "agency": "สพป. สระบุรี เขต ๑",
        "email": f"guest{number}@area.example",
        "telephone": "081 234 5678",
    }
    return Participant.objects.create(seminar=seminar, **facts | kwargs)


def make_survey(
    by: User, *, seminar: Seminar | None = None, questions: int = 2, opened: bool = True, **kwargs: Any
) -> Survey:
    """A survey of a seminar, or of the executives; open unless the test says otherwise."""
    facts: dict[str, Any] = {
        "kind": Survey.Kind.SEMINAR if seminar else Survey.Kind.PUBLIC_RELATIONS,
        "seminar": seminar,
        "fiscal_year": seminar.fiscal_year if seminar else 2553,
        "title": "ความพึงพอใจ",
        "closes_at": CLOSES,
        "made_at": OPENED,
        "made_by": by,
    }
    survey = Survey.objects.create(**facts | kwargs)
    Question.objects.bulk_create(
        Question(survey=survey, number=number, text=f"คำถามที่ {number}") for number in range(1, questions + 1)
    )
    if opened:
        open_survey(survey, survey.closes_at - timedelta(days=14))
        survey.refresh_from_db()
    return survey


def make_invitee(survey: Survey, **kwargs: Any) -> Invitee:
    number = next(_serial)
    facts: dict[str, Any] = {"name": f"ผู้ตอบ {number}", "email": f"asked{number}@area.example"}
    return Invitee.objects.create(survey=survey, **facts | kwargs)


def make_link(invitee: Invitee) -> SurveyLink:
    return SurveyLink.issue(invitee, OPENED)


def fill_in(survey: Survey, *sheets: tuple[int, ...], group: str = "", comment: str = "") -> None:
    """Sheets as they came: the level given to each question in its order, 0 for one left open."""
    questions = list(survey.questions.all())
    for levels in sheets:
        sheet = AnswerSheet.objects.create(survey=survey, group=group, comment=comment)
        Score.objects.bulk_create(
            Score(sheet=sheet, question=question, level=level)
            for question, level in zip(questions, levels, strict=True)
            if level
        )


def make_member(person: User, **kwargs: Any) -> Membership:
    return Membership.objects.create(person=person, **kwargs)


def train(person: User, *days: date) -> None:
    """One training for each day on which it ended."""
    for day in days:
        Training.objects.create(
            person=person,
            topic=f"หลักสูตรที่ {next(_serial)}",
            organiser="สำนักงาน ก.พ.",
            from_on=day,
            to_on=day,
            hours=Decimal(6),
            made_at=OPENED,
            made_by=person,
        )
