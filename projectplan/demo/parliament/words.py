"""What is said in a demo's parliament: topics with what is asked and answered, agendas, remarks; all invented."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from office.models import Agency, Province
from office.thai import to_thai_digits
from projectplan.demo import names
from projectplan.demo.names import pick
from projectplan.demo.words import AMOUNTS, COUNTS


@cache
def known() -> dict[str, Any]:
    """The words of the demo, table by table."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


@cache
def _thai(number: int) -> str:
    return to_thai_digits(number)


@dataclass(frozen=True, slots=True)
class Topic:
    """What members ask about, with places left open."""

    agency: Agency
    title: str
    asked: str
    parts: tuple[str, ...]
    facts: str
    answer: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Writing:
    """One question, consultation or agenda item in words, and what the ministry says to it."""

    agency: Agency
    title: str
    asked: str
    parts: tuple[str, ...]
    facts: str
    answer: tuple[str, ...]


def topics(agencies: list[Agency]) -> list[Topic]:
    """The topics, each with its agency; one that the office does not know is given to its first."""
    by_short_name = {agency.short_name: agency for agency in agencies}
    return [
        Topic(
            by_short_name.get(topic["agency"], agencies[0]),
            topic["title"],
            topic["asked"],
            tuple(topic["parts"]),
            topic["facts"],
            tuple(topic["answer"]),
        )
        for topic in known()["topic"]
    ]


def write(rng: Random, topic: Topic, *, province: Province, year: int) -> Writing:
    """A topic with its places filled in; `year` is the school year (B.E.)."""
    slots = {
        "school": names.school(rng),
        "place": names.place(rng),
        "province": province.name,
        "count": pick(rng, COUNTS),
        "amount": pick(rng, AMOUNTS),
        "year": _thai(year),
    }
    return Writing(
        topic.agency,
        topic.title.format_map(slots),
        topic.asked.format_map(slots),
        tuple(part.format_map(slots) for part in topic.parts),
        topic.facts.format_map(slots),
        tuple(part.format_map(slots) for part in topic.answer),
    )


def answer_text(title: str, parts: Sequence[str], *, revision: int) -> str:
    """What the minister answers, point by point; a later revision says a word more."""
    question = known()["question"]
    points = [f"ข้อ {_thai(number)} {part}" for number, part in enumerate(parts, 1)]
    if revision > 1:
        points[0] += f" ทั้งนี้ข้อมูล ณ วันที่จัดทำร่างครั้งที่ {_thai(revision + 1)}"
    return "\n\n".join([question["opening"].format(title=title), *points, question["closing"]])
