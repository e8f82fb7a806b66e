"""The counter's book and what petitioners thought: visits of each working day, answers of those told the result."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from random import Random
from typing import Final

from django.conf import settings

from complaints.models import Petition, Satisfaction, State, Visit
from office.calendar import OFFICE_TZ, fiscal_year_of
from office.models import Event, NumberSeries
from projectplan.demo import names, words
from projectplan.demo.room import spread
from projectplan.demo.world import World

VISITS_A_DAY: Final = 1.6
"""Besides those of whom a petition was made."""
BATCH: Final = 2_000
MADE_A_PETITION: Final = 0.6
BY_TELEPHONE: Final = 0.4
GAVE_A_NAME: Final = 0.7
SERIES: Final = settings.SERIES_PREFIXES["visit"]
WAYS: Final = {
    Petition.Channel.VISIT: Visit.Way.COUNTER,
    Petition.Channel.TELEPHONE: Visit.Way.TELEPHONE,
}
ANSWERED: Final[dict[str, float]] = {Petition.Channel.WEB: 0.3, Petition.Channel.TELEPHONE: 0.12}
"""How many of those told answer the three questions, by the way they came."""
ANSWERED_ELSE: Final = 0.04
CONTENT: Final = {"granted": 0.7, "partly": 0.4, "explained": 0.2}
"""How many are very content, by result."""


def make_visits(world: World, first: date, now: datetime, *, seed: int, scale: int) -> None:
    """The visits from a day on: those of whom a petition was made, and those who only needed advice."""
    rng = Random(seed)  # nosec B311 # chances of the demo office, the same each time
    visits = sorted(
        [*_of_petitions(world, rng), *_for_advice(world, rng, first, now, scale)],
        key=lambda visit: visit.came_at,
    )
    numbers: dict[int, int] = {}
    for visit in visits:
        visit.series, visit.year = SERIES, fiscal_year_of(visit.came_at.astimezone(OFFICE_TZ).date())
        visit.number = numbers[visit.year] = numbers.get(visit.year, 0) + 1
        visit.set_keys()
    Visit.objects.bulk_create(visits, batch_size=BATCH)
    NumberSeries.objects.bulk_create(
        [NumberSeries(prefix=SERIES, year=year, last=last) for year, last in numbers.items()]
    )


def _of_petitions(world: World, rng: Random) -> Iterable[Visit]:
    came = Petition.objects.filter(channel__in=WAYS).select_related("petitioner").order_by("pk")
    for petition in came.defer("search_text", "story").iterator(BATCH):
        if rng.random() < MADE_A_PETITION and petition.owner_id:
            person = getattr(petition, "petitioner", None)
            yield Visit(
                way=WAYS[Petition.Channel(petition.channel)],
                came_at=petition.received_at,
                received_by_id=petition.owner_id,
                subject=petition.title,
                advice=names.pick(rng, words.REGISTERED_ADVICE),
                name=person.name if person else "",
                telephone=person.telephone if person else "",
                province_id=petition.province_id,
                category_id=petition.category_id,
                petition_id=petition.pk,  # not the petition: hundreds of thousands would stay in memory
            )


def _for_advice(world: World, rng: Random, first: date, now: datetime, scale: int) -> Iterable[Visit]:
    calendar = world.time.calendar
    officers = spread(list(zip(world.cast.officers, world.cast.officer_weights, strict=True)))
    open_seconds = world.time.day_length
    day = first
    while day <= now.astimezone(OFFICE_TZ).date():
        count = int(rng.expovariate(1 / (VISITS_A_DAY * scale)) + 0.5) if calendar.is_working_day(day) else 0
        for _visitor in range(count):
            came_at = calendar.opening_of(day) + timedelta(seconds=int(rng.random() * open_seconds))
            if came_at < now:
                yield _advised(world, rng, came_at, officers[int(rng.random() * len(officers))].pk)
        day += timedelta(days=1)


def _advised(world: World, rng: Random, came_at: datetime, officer_id: int) -> Visit:
    topic = world.topics[int(rng.random() * len(world.topics))]
    has_name = rng.random() < GAVE_A_NAME
    return Visit(
        way=Visit.Way.TELEPHONE if rng.random() < BY_TELEPHONE else Visit.Way.COUNTER,
        came_at=came_at,
        received_by_id=officer_id,
        subject=f"{names.pick(rng, words.VISIT_STARTS)}{topic.category.name}",
        advice=names.pick(rng, words.ADVICE).format(agency=topic.agency),
        name=names.person(rng) if has_name else "",
        telephone=names.telephone(rng) if has_name and rng.random() < 0.7 else "",
        province=world.provinces[int(rng.random() * len(world.provinces))],
        category=topic.category,
    )


def make_answers(now: datetime, *, seed: int) -> None:
    """What petitioners thought of the service, some days after they were told."""
    rng = Random(seed)  # nosec B311 # chances of the demo office, the same each time
    told = Event.objects.filter(step="inform", matter__petition__joined_to=None).order_by("pk")
    facts = told.values_list(
        "matter_id", "at", "matter__petition__channel", "matter__petition__result", "matter__petition__state"
    )
    answers: dict[int, Satisfaction] = {}
    for key, at, channel, result, state in facts.iterator(BATCH):
        chance = rng.random()
        given_at = at + timedelta(hours=rng.uniform(2, 120))
        is_told = state in (State.INFORMED, State.CLOSED)
        if is_told and chance < ANSWERED.get(channel, ANSWERED_ELSE) and given_at < now:
            answers.setdefault(key, _answer(rng, key, given_at, CONTENT.get(result, 0.1)))
    Satisfaction.objects.bulk_create(answers.values(), batch_size=BATCH)


def _answer(rng: Random, key: int, given_at: datetime, content: float) -> Satisfaction:
    scores = [5 if rng.random() < content else _score(rng) for _question in range(3)]
    remark = names.pick(rng, words.REMARKS) if rng.random() < 0.2 else ""
    return Satisfaction(
        petition_id=key,
        speed=scores[0],
        clarity=scores[1],
        help=scores[2],
        remark=remark,
        given_at=given_at,
    )


def _score(rng: Random) -> int:
    """Two to five, mostly four."""
    return (2, 3, 3, 4, 4, 4, 4, 5)[int(rng.random() * 8)]
