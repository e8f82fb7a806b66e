"""Everything that public relations bring in whole years, lived through and put onto the sheets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from office.models import Matter
from projectplan.demo.arrivals import Counts
from projectplan.demo.course import Course
from projectplan.demo.days import Numbers
from projectplan.demo.publicrelations import agenda_records, records
from projectplan.demo.publicrelations.agenda import EngagementLife, engagements
from projectplan.demo.publicrelations.briefs import BriefLife, briefs
from projectplan.demo.publicrelations.foreign import ForeignLife, foreign_documents
from projectplan.demo.publicrelations.newsroom import Newsroom
from projectplan.demo.publicrelations.press import PressLife, press_conferences
from projectplan.demo.publicrelations.press_records import write_press_conference
from projectplan.demo.rows import PREFIXES

KINDS: Final = (
    Matter.Kind.FOREIGN_DOCUMENT,
    Matter.Kind.BRIEF,
    Matter.Kind.PRESS_CONFERENCE,
    Matter.Kind.ENGAGEMENT,
    Matter.Kind.ARTICLE,
)
"""The kinds that are made here in whole years, each with a register of its own."""


class PublicRelations:
    """What a demo's public relations bring, year by year, and how far its registers have come."""

    def __init__(self, room: Newsroom) -> None:
        self.room = room
        self.registers = {kind: Numbers() for kind in KINDS}

    def lives(self, year: int, counts: Counts) -> Iterator[Course]:
        """The matters of a fiscal year (B.E.) up to the room's now, each put onto the sheets."""
        yield from self._foreign_documents(year, counts.foreign_documents)
        yield from self._briefs(year, counts.briefs)
        yield from self._press_conferences(year, counts.press_conferences)
        yield from self._agenda(year, counts)

    def _foreign_documents(self, year: int, count: int) -> Iterator[Course]:
        register = self.registers[Matter.Kind.FOREIGN_DOCUMENT]
        for facts in foreign_documents(self.room, year, count, register):
            life = ForeignLife(self.room, facts)
            life.run()
            records.write_foreign_document(life)
            yield life

    def _briefs(self, year: int, count: int) -> Iterator[Course]:
        for facts in briefs(self.room, year, count, self.registers[Matter.Kind.BRIEF]):
            life = BriefLife(self.room, facts)
            life.run()
            records.write_brief(life)
            yield life

    def _press_conferences(self, year: int, count: int) -> Iterator[Course]:
        register = self.registers[Matter.Kind.PRESS_CONFERENCE]
        for facts in press_conferences(self.room, year, count, register):
            life = PressLife(self.room, facts)
            life.run()
            write_press_conference(life)
            yield life

    def _agenda(self, year: int, counts: Counts) -> Iterator[Course]:
        """The engagements, each followed by the news about it."""
        register, articles = self.registers[Matter.Kind.ENGAGEMENT], self.registers[Matter.Kind.ARTICLE]
        for facts in engagements(self.room, year, counts.engagements, counts.articles, register):
            life = EngagementLife(self.room, facts)
            life.run(articles)
            agenda_records.write_engagement(life)
            yield life
            if life.article is not None:
                agenda_records.write_article(life.article)
                yield life.article


def public_relations_lives(
    room: Newsroom, years: dict[int, Counts], numbers: dict[tuple[str, int], int]
) -> Iterator[Course]:
    """The matters of fiscal years (B.E.) up to the room's now; `numbers` gets the last of each register and year."""
    newsroom = PublicRelations(room)
    for year, counts in sorted(years.items()):
        yield from newsroom.lives(year, counts)
    for kind, register in newsroom.registers.items():
        numbers |= {(PREFIXES[kind], year): last for year, last in register.last.items()}
