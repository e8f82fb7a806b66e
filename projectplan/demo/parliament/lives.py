"""Everything that parliament brings in whole years, lived through and put onto the sheets."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Final

from office.models import Matter
from projectplan.demo.arrivals import Counts
from projectplan.demo.clock import datetime_of
from projectplan.demo.course import Course
from projectplan.demo.days import Numbers
from projectplan.demo.parliament import asked, records
from projectplan.demo.parliament.arrivals import consultations
from projectplan.demo.parliament.consultations import ConsultationLife
from projectplan.demo.parliament.meetings import FollowUpLife, MeetingFacts, MeetingLife
from projectplan.demo.parliament.politics import Politics
from projectplan.demo.parliament.questions import QuestionFacts, QuestionLife
from projectplan.demo.parliament.schedule import Schedule
from projectplan.demo.rows import PREFIXES

KINDS: Final = (
    Matter.Kind.MEETING,
    Matter.Kind.FOLLOW_UP,
    Matter.Kind.INTERPELLATION,
    Matter.Kind.CONSULTATION,
)


class Parliament:
    """What a demo's parliament brings, year by year, and how far its registers have come."""

    def __init__(self, room: Politics) -> None:
        self.room = room
        self.registers = {kind: Numbers() for kind in KINDS}
        self.sittings: Counter[tuple[str, int]] = Counter()
        self.series: Counter[tuple[int, str, str]] = Counter()

    def lives(self, year: int, counts: Counts) -> Iterator[Course]:
        """The matters of a fiscal year (B.E.) up to the room's now, each put onto the sheets."""
        # Each bill's meeting is prepared and held by the very steps (`living.pass_bill`).
        schedule = Schedule(self.room, year, max(counts.meetings - counts.bills, 0), self.sittings)
        register = self.registers[Matter.Kind.INTERPELLATION]
        questions = list(asked.questions(self.room, year, counts.interpellations, register, self.series))
        facts = schedule.facts(self.registers[Matter.Kind.MEETING], self.registers[Matter.Kind.FOLLOW_UP])
        _put_on_agendas(facts, questions)
        for question in questions:
            asking = QuestionLife(self.room, question)
            asking.run()
            records.write_question(asking)
            yield asking
        yield from self._meetings(facts)
        yield from self._consultations(year, counts)

    def _meetings(self, facts: list[MeetingFacts]) -> Iterator[Course]:
        for one in facts:
            meeting = MeetingLife(self.room, one)
            meeting.run()
            records.write_meeting(meeting)
            yield meeting
        follow_ups = [one.follow_up for one in facts if one.follow_up]
        for follow_up in sorted(follow_ups, key=lambda one: (one.year, one.number)):
            life = FollowUpLife(self.room, follow_up)
            life.run()
            records.write_follow_up(life)
            yield life

    def _consultations(self, year: int, counts: Counts) -> Iterator[Course]:
        for facts in consultations(
            self.room,
            year,
            members=counts.consultations,
            bodies=counts.body_consultations,
            numbers=self.registers[Matter.Kind.CONSULTATION],
        ):
            life = ConsultationLife(self.room, facts)
            life.run()
            records.write_consultation(life)
            yield life


def _put_on_agendas(meetings: list[MeetingFacts], questions: list[QuestionFacts]) -> None:
    """What is to be answered in a sitting stands on that sitting's agenda, under its number."""
    waiting: dict[tuple[str, object], list[QuestionFacts]] = defaultdict(list)
    for question in questions:
        if question.sitting_on:
            waiting[question.chamber, question.sitting_on].append(question)
    for meeting in meetings:
        day = datetime_of(meeting.begins).date()
        for question in waiting.pop((meeting.kind, day), []):
            title = f"กระทู้ถาม เรื่อง {question.writing.title}"
            meeting.questions.append((question.key, title, question.writing))


def parliament_lives(
    room: Politics, years: dict[int, Counts], numbers: dict[tuple[str, int], int]
) -> Iterator[Course]:
    """The matters of fiscal years (B.E.) up to the room's now; `numbers` gets the last of each register and year."""
    parliament = Parliament(room)
    for year, counts in sorted(years.items()):
        yield from parliament.lives(year, counts)
    for kind, register in parliament.registers.items():
        numbers |= {(PREFIXES[kind], year): last for year, last in register.last.items()}
