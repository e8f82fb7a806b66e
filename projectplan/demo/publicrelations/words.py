"""What is written in a demo's public relations: papers from abroad, briefs, remarks; all invented."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from office.thai import to_thai_digits
from projectplan.demo.names import pick
from projectplan.demo.room import spread

COUNTS = (5, 8, 10, 12, 15, 20, 24, 30, 36, 42)


@cache
def known() -> dict[str, Any]:
    """The words of the demo, table by table."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


@cache
def _documents() -> list[dict[str, Any]]:
    """The papers, each as often as it comes."""
    return spread([(one, one["weight"]) for one in known()["document"]])


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper from abroad in words, with what the office makes of it."""

    kind: str
    organisation: str
    person: str
    country: str
    language: str
    title: str
    original: str
    translation: str
    summary: str
    opinion: str


def paper(rng: Random, year: int) -> Paper:
    """A paper of a year (B.E.), its places filled in; figures are Thai where Thai is written."""
    found = pick(rng, _documents())
    (place, thai_place), count = pick(rng, known()["places"]), pick(rng, COUNTS)
    here = {"place": thai_place, "year": to_thai_digits(year), "count": to_thai_digits(count)}
    abroad = {"place": place, "western": year - 543, "count": count}
    thai = {name: found[name].format(**here) for name in ("title", "translation", "summary", "opinion")}
    return Paper(
        kind=found["kind"],
        organisation=found["organisation"],
        person=pick(rng, known()["people"]),
        country=found["country"],
        language=found["language"],
        original=found["original"].format(**abroad),
        **thai,
    )


@dataclass(frozen=True, slots=True)
class Situation:
    """One situation in words: what it means, what may be done, where it is from, and what the minister ordered."""

    title: str
    situation: str
    meaning: str
    opinion: str
    options: list[tuple[str, str, str]]
    sources: list[tuple[str, str]]
    order: str


def situation(rng: Random, year: int) -> Situation:
    """A situation of a year (B.E.)."""
    found = pick(rng, known()["brief"])
    slots = {"year": to_thai_digits(year), "count": to_thai_digits(pick(rng, COUNTS) * 10)}
    words = {
        name: found[name].format(**slots) for name in ("title", "situation", "meaning", "opinion", "order")
    }
    options = [(text, good, bad) for text, good, bad in found["options"]]
    sources = [(title, link) for title, link in found["sources"]]
    return Situation(options=options, sources=sources, **words)
