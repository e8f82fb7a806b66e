"""The minister's engagements of a demo and the news about them: told of, held, written about, published."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from office.calendar import OFFICE_TZ, fiscal_year, fiscal_year_of
from office.models import Deadline, Matter, User
from office.thai import be_year
from projectplan.demo.clock import BANGKOK_OFFSET, DAY, EPOCH, datetime_of, moment_of
from projectplan.demo.course import STEP_TAKEN, Course, OutOfTime
from projectplan.demo.days import Numbers, chosen, working_days
from projectplan.demo.promises import Promise
from projectplan.demo.publicrelations import agenda_words
from projectplan.demo.publicrelations.agenda_words import Occasion
from projectplan.demo.publicrelations.newsroom import Newsroom
from projectplan.demo.publicrelations.pictures import CREDIT
from projectplan.demo.sheet import to_json
from publicrelations.models import ArticleState
from publicrelations.models.engagement_state import EngagementState

Kind, State, Written = Deadline.Kind, EngagementState, ArticleState
BEGIN_AT: Final = (
    (time(8, 30), time(9, 0), time(9, 30), time(10, 0)),
    (time(13, 0), time(13, 30), time(14, 0)),
    (time(17, 30),),
)
"""In the morning, in the afternoon, in the evening."""
TWO_AT_ONCE: Final = 0.03
"""How often an agenda forgets that one person is at one place."""
LASTS_MINUTES: Final = (60, 90, 120, 150)
TOLD_DAYS_AHEAD: Final = (1, 8)
COMING_DAYS: Final = 12
"""So far ahead a living office knows the minister's agenda."""
LATE: Final = 0.01
DAYS_TO_WRITE: Final = 2
"""Before a fiscal year ends, so many working days without an engagement: the news of a year is out within it."""


@dataclass
class EngagementFacts:
    """What is registered of one engagement. Moments in seconds."""

    key: int
    year: int
    number: int
    registered: int
    begins: int
    ends: int
    occasion: Occasion


def engagements(
    room: Newsroom, year: int, count: int, articles: int, numbers: Numbers
) -> Iterator[EngagementFacts]:
    """The engagements that begin in a fiscal year (B.E.), as far as the office has been told of them; so many of them
    call for news as there are articles."""
    first = fiscal_year(year).first
    days = chosen(room, working_days(room, fiscal_year(year))[:-DAYS_TO_WRITE], count)
    last = datetime_of(room.now).date() + timedelta(days=COMING_DAYS)
    told = [
        (*_moments(room, day, first, nth=place - bisect_left(days, day)), _is_told(place, count, articles))
        for place, day in enumerate(days)
        if day <= last
    ]
    for registered, begins, ends, calls_for_news in sorted(told):
        if registered >= room.now:
            return
        of_year = fiscal_year_of(_day(registered))
        school_year = be_year(_day(begins)) - (_day(begins).month < 5)
        occasion = (
            agenda_words.occasion(room.rng, school_year, room.provinces)
            if calls_for_news
            else agenda_words.quiet_occasion(room.rng)
        )
        yield EngagementFacts(
            key=room.sheets.matters.next_key(),
            year=of_year,
            number=numbers.take(of_year),
            registered=registered,
            begins=begins,
            ends=ends,
            occasion=occasion,
        )


def _is_told(place: int, count: int, articles: int) -> bool:
    """Whether the public is told of this one: spread evenly, so many as there are articles."""
    return (place + 1) * min(articles, count) // count > place * min(articles, count) // count


def _moments(room: Newsroom, day: date, first: date, *, nth: int) -> tuple[int, int, int]:
    """When the office is told of it, when it begins and ends; `nth` counts from 0 those of its day before it."""
    part = room.rng.randint(0, 1) if room.chance(TWO_AT_ONCE) else nth
    begins = moment_of(datetime.combine(day, room.pick(BEGIN_AT[part % len(BEGIN_AT)]), OFFICE_TZ))
    ends = begins + 60 * room.pick(LASTS_MINUTES)
    ahead = max(day - timedelta(days=room.rng.randint(*TOLD_DAYS_AHEAD)), first)
    opening = room.time.place(moment_of(datetime.combine(ahead, time(8, 30), OFFICE_TZ)))
    told = room.time.moment(opening + int(room.time.day_length * room.rng.uniform(0.1, 0.9)))
    return min(told, begins - 600), begins, ends


def _day(moment: int) -> date:
    return EPOCH + timedelta(days=(moment + BANGKOK_OFFSET) // DAY)


class ArticleLife(Course):
    """An article from its first line to its readers."""

    room: Newsroom

    def __init__(self, room: Newsroom, engagement: EngagementLife, *, number: int, year: int) -> None:
        super().__init__(
            room,
            room.times[Matter.Kind.ARTICLE],
            key=room.sheets.matters.next_key(),
            registered=engagement.moment,
            state=Written.DRAFT.value,
        )
        assert engagement.facts.occasion.news is not None
        self.engagement = engagement
        self.news = engagement.facts.occasion.news
        self.number, self.year = number, year
        self.registered = engagement.moment
        self.owner = engagement.owner
        self.drawing = room.drawings.get(self.news.picture)
        self.versions: list[tuple[int, str]] = []
        """When each of its versions was written, and what its pictures say in it."""
        self.pictured: int | None = None
        self.published: int | None = None
        self.head: User | None = None

    def run(self, until: float) -> None:
        """Written, checked and published by a place, as far as the clock allows."""
        self.step("receive", by=self.owner)
        self.promise(Kind.WRITING, self.owner)
        begun = self.place
        try:
            self.at(begun + (until - begun) * 0.35)
            self._save()
            if self.drawing:
                self.at(begun + (until - begun) * 0.5)
                self._picture()
            self.at(begun + (until - begun) * 0.65)
            self._submit()
            self.at(until)
            self._publish()
        except OutOfTime:
            return

    @property
    def captions(self) -> str:
        """What its pictures say now, as a version keeps it."""
        return self.versions[-1][1] if self.versions else ""

    def _write(self, captions: str, **changes: list[str]) -> str:
        """The next version, and the changes of the step that writes it."""
        number = len(self.versions)
        self.versions.append((self.moment, captions))
        return to_json({"article_version": [str(number) if number else "", str(number + 1)], **changes})

    def _save(self) -> None:
        self.step("save_draft", by=self.owner, changes=self._write(""))

    def _picture(self) -> None:
        """One drawn picture, described."""
        self.pictured = self.moment
        words = f"{self.news.shows} · {self.news.title} · ({CREDIT})"
        self.step("arrange_pictures", by=self.owner, changes=self._write(words, pictures=["", words]))

    def _submit(self) -> None:
        self.keep(Kind.WRITING)
        self.promise(Kind.CHECK, self.room.cast.first_head)
        event = self.step("submit", Written.CHECKING.value, by=self.owner)
        self.tell(self.room.head_ids, event, self.owner)

    def _publish(self) -> None:
        self.head = self.room.pick(self.room.heads)
        self.published = self.closed = self.moment
        self.keep(Kind.CHECK)
        event = self.step("publish", Written.PUBLISHED.value, by=self.head)
        self.tell(self.owner_ids, event, self.head, kind=STEP_TAKEN)


class EngagementLife(Course):
    """An engagement from the day the office is told of it to its news."""

    room: Newsroom

    def __init__(self, room: Newsroom, facts: EngagementFacts) -> None:
        super().__init__(
            room,
            room.times[Matter.Kind.ENGAGEMENT],
            key=facts.key,
            registered=facts.registered,
            state=State.PLANNED.value,
        )
        self.facts = facts
        self.article: ArticleLife | None = None
        self.covered: int | None = None

    def run(self, articles: Numbers) -> None:
        """Live as long as there is time; `articles` numbers the news about it."""
        news, registrar = self.facts.occasion.news, None
        self.owner = self.room.pick(self.room.officers)
        registrar = self.owner if news else self.room.cast.first_head
        self.step("receive", by=registrar)
        promised = self.promise(Kind.NEWS if news else Kind.CLOSE, self.owner, start=self.facts.ends)
        try:
            self.at(self.time.place(self.facts.ends) + 300)
            self._hold(is_over=news is None)
        except OutOfTime:
            return
        if news is None:
            return
        year = fiscal_year_of(_day(self.moment))
        self.article = ArticleLife(self.room, self, number=articles.take(year), year=year)
        self.article.run(self._out(promised))
        self._cover(self.article)

    def _out(self, promised: Promise) -> int:
        """When its news is out: of a fiscal year that is over, within that year."""
        out = self.by_due(promised, late=LATE, low=0.3)
        last = fiscal_year(fiscal_year_of(_day(self.facts.begins))).last
        if last > datetime_of(self.room.now).date():
            return out
        morning = self.time.place(moment_of(datetime.combine(last, time(8, 30), OFFICE_TZ)))
        return min(out, morning, self.room.now_place - 3600)

    def _hold(self, *, is_over: bool) -> None:
        self.keep(Kind.CLOSE)
        self.closed = self.moment if is_over else None
        self.step("hold", (State.CLOSED if is_over else State.HELD).value, by=self.owner)

    def _cover(self, article: ArticleLife) -> None:
        """With the publication, in the same moment and by the same person."""
        if article.published is None:
            return
        self.moment = self.covered = self.closed = article.published
        self.keep(Kind.NEWS)
        self.step("cover", State.COVERED.value, by=article.head)
