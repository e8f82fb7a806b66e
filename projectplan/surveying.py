"""What can be done with a survey: opened, answered, typed in from paper, closed; each once and under a lock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from office.models import Role, User
from projectplan import survey_mail
from projectplan.models import AnswerSheet, Invitee, Participant, Score, Survey, SurveyLink

SEMINAR_QUESTIONS: Final = (
    "เนื้อหาของการสัมมนาตรงกับความต้องการ",
    "ความรู้ความสามารถของวิทยากร",
    "ความเหมาะสมของระยะเวลา",
    "ความเหมาะสมของสถานที่และสิ่งอำนวยความสะดวก",
    "ประโยชน์ของการศึกษาดูงาน",
    "การนำความรู้ไปใช้ในการปฏิบัติงาน",
    "ความพึงพอใจต่อการจัดสัมมนาในภาพรวม",
)
PUBLIC_RELATIONS_QUESTIONS: Final = (
    "ความรวดเร็วของการเผยแพร่ข่าวภารกิจของรัฐมนตรี",
    "ความถูกต้องครบถ้วนของข่าวและภาพ",
    "การประสานสื่อมวลชนในการแถลงข่าว",
    "คุณภาพของวารสาร สร.สาร",
    "ความพึงพอใจต่องานประชาสัมพันธ์ในภาพรวม",
)
"""What is asked unless the officer writes otherwise."""


class NotNow(Exception):
    """The survey is not open at this moment, or not to be changed any more."""


class AnsweredAlready(Exception):
    """The link was used: one answer each."""


def questions_for(kind: str) -> tuple[str, ...]:
    return SEMINAR_QUESTIONS if kind == Survey.Kind.SEMINAR else PUBLIC_RELATIONS_QUESTIONS


@transaction.atomic
def open_survey(survey: Survey, now: datetime) -> int:
    """From now on it can be answered; everybody who has an address is written to. Returns to how many. Raises
    NotNow when it is open already, closes before it opens, or asks nothing."""
    locked = Survey.objects.select_for_update().get(pk=survey.pk)
    if locked.opened_at or locked.closes_at <= now or not locked.questions.exists():
        raise NotNow
    locked.opened_at = now
    locked.version += 1
    locked.save(update_fields=["opened_at", "version"])
    return survey_mail.invite(locked, now)


@transaction.atomic
def close_survey(survey: Survey, now: datetime) -> None:
    """Nobody answers any more; from now on it counts. Raises NotNow when it is not open."""
    changed = Survey.objects.open(now).filter(pk=survey.pk).update(closes_at=now, version=F("version") + 1)
    if not changed:
        raise NotNow


@transaction.atomic
def answer(link: SurveyLink, levels: Mapping[int, int], comment: str, now: datetime) -> AnswerSheet:
    """Keep an answer apart from who gave it. `levels` are by the question's key.

    Raises NotNow after the survey's closing and AnsweredAlready at a second time, whichever letter's link is used.
    """
    survey = Survey.objects.select_for_update().get(pk=link.invitee.survey_id)
    if not survey.is_open(now):
        raise NotNow
    if not Invitee.objects.filter(pk=link.invitee_id, has_answered=False).update(has_answered=True):
        raise AnsweredAlready
    return _keep(AnswerSheet(survey=survey, group=link.invitee.group, comment=comment), levels)


@transaction.atomic
def type_in(
    survey: Survey, levels: Mapping[int, int], comment: str, *, group: str, by: User, now: datetime
) -> AnswerSheet:
    """Keep a form that was filled in on paper, marked so. Raises NotNow after the survey's closing."""
    locked = Survey.objects.select_for_update().get(pk=survey.pk)
    if not locked.is_open(now):
        raise NotNow
    sheet = AnswerSheet(survey=locked, group=group, comment=comment, is_paper=True, typed_by=by)
    return _keep(sheet, levels)


def _keep(sheet: AnswerSheet, levels: Mapping[int, int]) -> AnswerSheet:
    if not sheet.comment:
        sheet.comment_state = AnswerSheet.Comment.SHOWN
    sheet.save(force_insert=True)
    Score.objects.bulk_create(
        Score(sheet=sheet, question_id=question, level=level) for question, level in levels.items()
    )
    return sheet


def ask_participants(survey: Survey) -> int:
    """Everybody who takes part in the survey's seminar and did not stay away is asked; returns how many more."""
    there = set(survey.invitees.exclude(participant=None).values_list("participant_id", flat=True))
    known = {address.lower() for address in survey.invitees.values_list("email", flat=True)}
    rows = []
    for one in Participant.objects.filter(seminar=survey.seminar_id).exclude(came=False):
        if one.pk in there or one.part == Participant.Part.ORGANISER:
            continue
        # Two who share one address: the second answers on paper.
        address = "" if one.email.lower() in known else one.email
        known.add(address.lower())
        rows.append(
            Invitee(survey=survey, participant=one, name=one.name, email=address, group=one.agency[:120])
        )
    return len(Invitee.objects.bulk_create(rows))


def ask_executives(survey: Survey) -> int:
    """Every executive with an account is asked; returns how many more."""
    people = User.objects.with_role(Role.EXECUTIVE).distinct().order_by("pk")
    return ask(survey, [(str(person), person.email, str(person.position or "")) for person in people])


def ask(survey: Survey, people: Iterable[tuple[str, str, str]]) -> int:
    """These people (name, address, group) are asked, each address once; returns how many more."""
    known = {address.lower() for address in survey.invitees.values_list("email", flat=True) if address}
    rows = []
    for name, email, group in people:
        if email and email.lower() in known:
            continue
        known.add(email.lower())
        rows.append(Invitee(survey=survey, name=name[:160], email=email, group=group[:120]))
    return len(Invitee.objects.bulk_create(rows))


def words_of_refusal(refused: Exception) -> str:
    """Why nothing was done, for a message."""
    if isinstance(refused, AnsweredAlready):
        return _("This link was used already.")
    return _("The survey is not open now.")
