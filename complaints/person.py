"""Looking for one person among petitioners and visitors, by indexes alone: there may be millions."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet

from complaints.models import Petition, Petitioner, Visit
from office.models import Matter
from office.person import Sought, Spot

FOUND_AT_MOST = 500
"""More than any one person has written; of each way of looking."""


def find(sought: Sought, visible: QuerySet[Matter]) -> Iterator[Spot]:
    """Petitions of this person among the visible ones, and what they were told at the counter."""
    ways: dict[int, set[str]] = {}
    for way, rows in _petitioners(sought).items():
        for key in rows.values_list("petition", flat=True)[:FOUND_AT_MOST]:
            ways.setdefault(key, set()).add(way)
    seen = visible.filter(pk__in=ways).order_by("-pk")
    for matter in seen:
        yield Spot("petition", matter.pk, matter.label, tuple(sorted(ways[matter.pk])), matter.pk)
    yield from _visits(sought)


def _petitioners(sought: Sought) -> dict[str, QuerySet[Petitioner]]:
    """Each way by its own index; that the key is not empty is said for SQLite."""
    rows, ways = Petitioner.objects.all(), {}
    if sought.name_key:
        ways["name"] = rows.filter(name_key=sought.name_key).exclude(name_key="")
    if sought.telephone_key:
        ways["telephone"] = rows.filter(telephone_key=sought.telephone_key).exclude(telephone_key="")
    if sought.emails:
        ways["email"] = rows.filter(email__in=sought.emails).exclude(email="")
    if sought.thai_id_fingerprint:
        by_id = rows.filter(thai_id_fingerprint=sought.thai_id_fingerprint)
        ways["thai_id"] = by_id.exclude(thai_id_fingerprint="")
    return ways


def _visits(sought: Sought) -> Iterator[Spot]:
    ways: dict[int, set[str]] = {}
    for name in ("name", "telephone"):
        key = getattr(sought, f"{name}_key")
        if key:
            rows = Visit.objects.filter(**{f"{name}_key": key}).exclude(**{f"{name}_key": ""})
            for pk in rows.values_list("pk", flat=True)[:FOUND_AT_MOST]:
                ways.setdefault(pk, set()).add(name)
    for visit in Visit.objects.filter(pk__in=ways).order_by("-pk"):
        yield Spot("visit", visit.pk, visit.label, tuple(sorted(ways[visit.pk])))


def held_on_petition(key: int) -> dict[str, object]:
    """What a petition holds on the one who wrote it: their own words and what they were told, not what officials
    thought of it."""
    petition = Petition.objects.select_related("petitioner").get(pk=key)
    person: Petitioner | None = getattr(petition, "petitioner", None)
    own = {
        "name": person.name,
        "telephone": person.telephone,
        "email": person.email,
        "address": person.address,
        "thai_id": person.thai_id,
        "consent_at": person.consent_at,
    } if person else {}  # fmt: skip
    return {
        **own,
        "number": petition.label,
        "received_at": petition.received_at,
        "closed_at": petition.closed_at,
        "title": petition.title,
        "story": petition.story,
        "place": petition.place,
        "told": petition.told_text,
        "asked": [[one.asked, one.answer] for one in petition.questions.all()],
    }


def held_on_visit(key: int) -> dict[str, object]:
    """What the counter's book holds on a visitor."""
    visit = Visit.objects.get(pk=key)
    return {
        "number": visit.label,
        "came_at": visit.came_at,
        "name": visit.name,
        "telephone": visit.telephone,
        "title": visit.subject,
        "told": visit.advice,
    }
