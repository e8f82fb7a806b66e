"""Invented names: of petitioners, places, schools and political bodies. None is taken from anybody."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Final, TypeVar

T = TypeVar("T")

_WORDS: Final = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
WOMEN: Final[list[str]] = _WORDS["women"].split()
MEN: Final[list[str]] = _WORDS["men"].split()
SURNAME_FIRST: Final[list[str]] = _WORDS["surname_first"].split()
SURNAME_LAST: Final[list[str]] = _WORDS["surname_last"].split()
PLACE_FIRST: Final[list[str]] = _WORDS["place_first"].split()
PLACE_LAST: Final[list[str]] = _WORDS["place_last"].split()
SCHOOL_ENDS: Final[list[str]] = _WORDS["school_ends"].split()
ROADS: Final[list[str]] = _WORDS["roads"].split()
BODIES: Final[list[str]] = _WORDS["bodies"]


def pick(rng: Random, words: Sequence[T]) -> T:
    return words[int(rng.random() * len(words))]


def person(rng: Random) -> str:
    """A full name with its title."""
    if rng.random() < 0.55:
        title, given = ("นาง" if rng.random() < 0.5 else "นางสาว"), pick(rng, WOMEN)
    else:
        title, given = "นาย", pick(rng, MEN)
    return f"{title}{given} {pick(rng, SURNAME_FIRST)}{pick(rng, SURNAME_LAST)}"


def place(rng: Random) -> str:
    """A village or subdistrict, such as หนองประดู่."""
    return pick(rng, PLACE_FIRST) + pick(rng, PLACE_LAST)


def school(rng: Random) -> str:
    """A school's name, such as โรงเรียนบ้านโคกสูง."""
    chance = rng.random()
    if chance < 0.45:
        return f"โรงเรียนบ้าน{place(rng)}"
    if chance < 0.6:
        return f"โรงเรียนวัด{place(rng)}"
    if chance < 0.68:
        return f"โรงเรียนชุมชนบ้าน{place(rng)}"
    return f"โรงเรียน{place(rng)}{pick(rng, SCHOOL_ENDS)}"


def political_source(rng: Random, province: str) -> str:
    """Who passed a petition on: a member's office, a committee, an association."""
    if rng.random() < 0.6:
        return f"สมาชิกสภาผู้แทนราษฎรจังหวัด{province} เขต {int(rng.random() * 5) + 1}"
    body = pick(rng, BODIES)
    return body if "สภา" in body else f"{body}จังหวัด{province}"


def telephone(rng: Random) -> str:
    """A number that no exchange gives out."""
    return f"0{8 + int(rng.random() * 2)}{int(rng.random() * 10)}-000-{int(rng.random() * 10_000):04d}"


def thai_id(rng: Random) -> str:
    """A number with a right check digit whose first digit, 9, is given to nobody."""
    digits = [9, *(int(rng.random() * 10) for _place in range(11))]
    weighted = sum(weight * digit for weight, digit in zip(range(13, 1, -1), digits, strict=True))
    return "".join(map(str, digits)) + str((11 - weighted % 11) % 10)


def address(rng: Random, province: str) -> str:
    number, village = int(rng.random() * 400) + 1, int(rng.random() * 15) + 1
    return f"{number}/{village} หมู่ {village} ถนน{pick(rng, ROADS)} ตำบล{place(rng)} จังหวัด{province}"
