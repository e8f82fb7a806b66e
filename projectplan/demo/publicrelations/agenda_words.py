"""What the minister's engagements in a demo are about, and what is written about them; all invented."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from random import Random
from typing import Any, Final

from office.thai import to_thai_digits
from projectplan.demo import names
from projectplan.demo.names import pick
from projectplan.demo.publicrelations.words import COUNTS

_FILE: Final = Path(__file__).with_name("agenda.toml")


@cache
def known() -> dict[str, Any]:
    """The words of the agenda, table by table."""
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class News:
    """One article in words: its text as the clean HTML that is kept, and which picture is drawn for it."""

    title: str
    lead: str
    body: str
    category: str
    tags: tuple[str, ...]
    picture: str
    shows: str


@dataclass(frozen=True, slots=True)
class Occasion:
    """One engagement in words, and the news of it; of one that calls for none, why."""

    title: str
    kind: str
    place: str
    news: News | None
    why_none: str = ""


def occasion(rng: Random, year: int, provinces: list[str]) -> Occasion:
    """An engagement with its news; `year` is the school year (B.E.)."""
    found = pick(rng, known()["topic"])
    slots = {
        "school": names.school(rng),
        "province": pick(rng, provinces),
        "count": to_thai_digits(pick(rng, COUNTS) * 5),
        "year": to_thai_digits(year),
    }
    words = {name: found[name].format(**slots) for name in ("engagement", "place", "title", "lead")}
    news = News(
        title=words["title"][:200],
        lead=words["lead"],
        body="".join(f"<p>{escape(part.format(**slots))}</p>" for part in found["body"]),
        category=found["category"],
        tags=tuple(found["tags"]),
        picture=found["picture"],
        shows=found["shows"],
    )
    return Occasion(words["engagement"][:200], found["kind"], words["place"][:200], news)


def quiet_occasion(rng: Random) -> Occasion:
    """An engagement of which nothing is told to the public."""
    title, kind, place, why = pick(rng, known()["no_news"])
    return Occasion(title, kind, place, None, why)
