"""Seminars, surveys and trainings of a demo: a past year's as the plan reports them, the current year's half done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Final
from uuid import UUID

from office.calendar import OFFICE_TZ, fiscal_year
from office.models import EducationArea, Role, User
from office.models.calendar import current_calendar
from office.thai import sort_key
from projectplan.demo import names
from projectplan.models import (
    Activity,
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
from projectplan.surveying import questions_for

ANSWERS: Final = 60
TRAININGS: Final = (2, 3, 3, 4, 4, 4, 5, 5, 5, 5, 6, 6)
"""How often each of the twelve was trained in a year: 52 times together, 4.3 on average, twice at least."""
SO_FAR: Final = (0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0)
"""The same in a year that is not over."""
SEMINAR_DAY: Final = 112
"""Days after the beginning of the fiscal year on which its seminar begins."""
TOPICS: Final = (
    ("หลักสูตรกฎหมายปกครองสำหรับผู้ปฏิบัติงาน", "สำนักงานศาลปกครอง"),
    ("การเขียนหนังสือราชการและการจดรายงานการประชุม", "สำนักงาน ก.พ."),
    ("กระบวนการนิติบัญญัติและการตอบกระทู้ถาม", "สถาบันพระปกเกล้า"),
    ("การรับเรื่องราวร้องทุกข์ตามหลักธรรมาภิบาล", "สำนักงานปลัดสำนักนายกรัฐมนตรี"),
    ("การเขียนข่าวและการถ่ายภาพเพื่อการประชาสัมพันธ์", "กรมประชาสัมพันธ์"),
    ("ภาษาอังกฤษเพื่องานวิเทศสัมพันธ์", "สำนักความสัมพันธ์ต่างประเทศ สป."),
    ("การใช้โปรแกรมตารางคำนวณในงานสำนักงาน", "ศูนย์เทคโนโลยีสารสนเทศและการสื่อสาร สป."),
)
COMMENTS: Final = (
    "วิทยากรให้ความรู้ดีมาก ควรจัดทุกปี",
    "ควรเพิ่มเวลาซักถาม",
    "การศึกษาดูงานเป็นประโยชน์ต่อการปฏิบัติงาน",
    "ขอเอกสารประกอบการบรรยายล่วงหน้า",
)
EXECUTIVES: Final = (
    "รัฐมนตรีว่าการกระทรวงศึกษาธิการ",
    "รัฐมนตรีช่วยว่าการกระทรวงศึกษาธิการ",
    "เลขานุการรัฐมนตรี",
    "ผู้ช่วยเลขานุการรัฐมนตรี",
    "ที่ปรึกษารัฐมนตรี",
    "หัวหน้าสำนักงานรัฐมนตรี",
)


@dataclass(frozen=True)
class Asked:
    """Whom a survey asks, how many of them have answered, and with which chances of the levels 3, 4 and 5."""

    invitees: Sequence[Invitee]
    answers: int
    weights: tuple[int, int, int]


def make_results(years: Sequence[int], now: datetime, *, seed: int) -> SurveyLink | None:
    """The results of each year; of the one that is not over a seminar lately held, whose survey is open. Returns a
    link by which somebody may still answer."""
    link = None
    by = User.objects.filter(username="officer").first() or User.objects.order_by("pk")[0]
    for year in sorted(years):
        rng = Random(seed * 10_000 + year)  # nosec B311 # chances of the demo office, the same each time
        is_over = now >= fiscal_year(year).ends_at - timedelta(seconds=1)
        _train(rng, year, now, TRAININGS if is_over else SO_FAR, by)
        if is_over:
            first = fiscal_year(year).first + timedelta(days=SEMINAR_DAY)
            _hold(rng, first, datetime.combine(first + timedelta(days=16), time(0), OFFICE_TZ), ANSWERS, by)
            _ask_executives(rng, year, fiscal_year(year).ends_at - timedelta(days=10), len(EXECUTIVES), by)
        else:
            lately = max(now.astimezone(OFFICE_TZ).date() - timedelta(days=6), fiscal_year(year).first)
            closes = datetime.combine(lately + timedelta(days=16), time(0), OFFICE_TZ)
            link = _hold(rng, lately, closes, 23, by)
            if fiscal_year(year).first < lately:
                _ask_executives(rng, year, closes, 2, by)
    return link


def _train(rng: Random, year: int, now: datetime, numbers: Sequence[int], by: User) -> None:
    """The twelve's trainings on working days of the year, up to now."""
    period, calendar = fiscal_year(year), current_calendar()
    passed = (min(period.last, now.astimezone(OFFICE_TZ).date()) - period.first).days
    people = Membership.objects.select_related("person").order_by("pk")
    rows = []
    for member, number in zip(people, numbers, strict=False):
        for place in range(number):
            topic, organiser = TOPICS[(member.pk + place) % len(TOPICS)]
            # A part of the year of its own, so that nobody is at two places at once.
            day = period.first + timedelta(days=int((place + rng.random() * 0.8) * passed / number))
            while not calendar.is_working_day(day) and day > period.first:
                day -= timedelta(days=1)
            rows.append(_training(member.person, topic, organiser, day, rng, by))
    Training.objects.bulk_create(rows)


def _training(person: User, topic: str, organiser: str, day: date, rng: Random, by: User) -> Training:
    kinds = (Training.Kind.COURSE, Training.Kind.COURSE, Training.Kind.SEMINAR, Training.Kind.ONLINE)
    return Training(
        person=person,
        topic=topic,
        kind=names.pick(rng, kinds),
        organiser=organiser,
        from_on=day,
        to_on=day,
        hours=Decimal(names.pick(rng, (3, 6, 6, 7))),
        made_at=_at(day),
        made_by=by,
    )


def _at(day: date) -> datetime:
    return datetime.combine(day, time(16), OFFICE_TZ)


def _hold(rng: Random, first: date, closes_at: datetime, answers: int, by: User) -> SurveyLink | None:
    """A seminar of three days with sixty participants, and its survey, which so many have answered."""
    activity = Activity.objects.filter(
        measure="projectplan.seminar_satisfaction", project__start_on__lte=first, project__end_on__gte=first
    ).first()
    seminar = Seminar.objects.create(
        activity=activity,
        title="การประชุมสัมมนาทางวิชาการด้านการเมืองและการศึกษาดูงาน",
        topic="เครือข่ายงานการเมืองกับการขับเคลื่อนนโยบายการศึกษา",
        place="โรงแรมริมหาด อำเภอหัวหิน จังหวัดประจวบคีรีขันธ์",
        starts_on=first,
        ends_on=first + timedelta(days=2),
        programme="วันที่ ๑ บรรยายเรื่องระบบรัฐสภาและงานประสานการเมือง\nวันที่ ๒ แบ่งกลุ่มปฏิบัติการ\nวันที่ ๓ ศึกษาดูงานและสรุปผล",
        study_visit="โครงการอันเนื่องมาจากพระราชดำริในพื้นที่",
        made_at=_at(first - timedelta(days=30)),
        made_by=by,
    )
    people = _participants(rng, seminar)
    survey = _survey(Survey.Kind.SEMINAR, seminar, seminar.fiscal_year, closes_at, by)
    asked = [
        Invitee(survey=survey, participant=one, name=one.name, email=one.email, group=one.position)
        for one in people
    ]
    _answer(rng, survey, Asked(asked, answers, (0, 55, 45)))
    waiting = survey.invitees.filter(has_answered=False).first()
    return SurveyLink.issue(waiting, closes_at - timedelta(days=14), occasion="demo") if waiting else None


def _participants(rng: Random, seminar: Seminar) -> list[Participant]:
    areas = list(EducationArea.objects.order_by("pk").values_list("name", flat=True)) or ["สพฐ."]
    positions = ("นักวิชาการศึกษา", "ศึกษานิเทศก์", "นักประชาสัมพันธ์", "นักจัดการงานทั่วไป")
    rows = []
    for number in range(ANSWERS):
        name = names.person(rng)
        rows.append(
            Participant(
                seminar=seminar,
                name=name,
                sort_name=sort_key(name),
                agency=areas[(number * 3) % len(areas)],
                position=names.pick(rng, positions),
                email=f"guest{seminar.pk}-{number + 1}@example.org",
                telephone=names.telephone(rng),
                came=True,
            )
        )
    return list(Participant.objects.bulk_create(rows))


def _survey(kind: Survey.Kind, seminar: Seminar | None, year: int, closes_at: datetime, by: User) -> Survey:
    of_what = (
        "ความพึงพอใจของผู้เข้าร่วมการประชุมสัมมนาและศึกษาดูงาน" if seminar else "ความพึงพอใจของผู้บริหารต่องานประชาสัมพันธ์"
    )
    opened_at = closes_at - timedelta(days=14)
    survey = Survey.objects.create(
        kind=kind,
        seminar=seminar,
        fiscal_year=year,
        title=of_what,
        introduction="กลุ่มงานประสานการเมืองขอความร่วมมือตอบแบบสำรวจ เพื่อนำผลไปปรับปรุงการดำเนินงาน",
        opened_at=opened_at,
        closes_at=closes_at,
        made_at=opened_at,
        made_by=by,
    )
    Question.objects.bulk_create(
        Question(survey=survey, number=number, text=text)
        for number, text in enumerate(questions_for(kind), 1)
    )
    return survey


def _ask_executives(rng: Random, year: int, closes_at: datetime, answers: int, by: User) -> None:
    """The minister's house, those with an account by their own address."""
    survey = _survey(Survey.Kind.PUBLIC_RELATIONS, None, year, closes_at, by)
    accounts = list(User.objects.with_role(Role.EXECUTIVE).order_by("pk").values_list("email", flat=True))
    asked = [
        Invitee(
            survey=survey,
            name=title,
            email=accounts[number] if number < len(accounts) else f"executive{year}-{number}@example.org",
            group="ผู้บริหาร",
        )
        for number, title in enumerate(EXECUTIVES)
    ]
    _answer(rng, survey, Asked(asked, answers, (10, 50, 40)))


def _answer(rng: Random, survey: Survey, asked: Asked) -> None:
    """The first so many have answered; their sheets know nothing of them."""
    for number, one in enumerate(asked.invitees):
        one.mail_at = survey.opened_at
        one.has_answered = number < asked.answers
    Invitee.objects.bulk_create(asked.invitees)
    questions = list(survey.questions.all())
    sheets, scores = [], []
    for one in asked.invitees[: asked.answers]:
        comment = names.pick(rng, COMMENTS) if rng.random() < 0.15 else ""
        sheet = AnswerSheet(
            id=_key(rng),
            survey=survey,
            group=one.group,
            comment=comment,
            comment_state=AnswerSheet.Comment.SHOWN,
        )
        sheets.append(sheet)
        levels = rng.choices((3, 4, 5), weights=asked.weights, k=len(questions))
        scores += [
            Score(id=_key(rng), sheet=sheet, question=question, level=level)
            for question, level in zip(questions, levels, strict=True)
        ]
    AnswerSheet.objects.bulk_create(sheets)
    Score.objects.bulk_create(scores, batch_size=500)


def _key(rng: Random) -> UUID:
    return UUID(int=rng.getrandbits(128), version=4)
