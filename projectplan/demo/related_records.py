"""Putting a related matter that has been lived onto the sheets, as the tables have it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, cast

from complaints.models import RelatedMatter
from office.models import Agency, Matter
from office.models.number import number_label
from projectplan.demo.clock import datetime_of
from projectplan.demo.related import COMMITTEE, SERIES, Kind, RelatedLife
from projectplan.demo.rows import deadline_row

STORED_KIND: Final = Matter.Kind.RELATED.value


def write_down(life: RelatedLife) -> None:
    """Put everything about a related matter onto the sheets."""
    sheets = life.world.sheets
    sheets.matters.rows.append(_matter(life))
    sheets.related.rows.append(_related(life))
    sheets.deadlines.rows += [deadline_row(life, promise) for promise in life.promises]
    sheets.court_steps.rows += life.court_steps
    for sitting in life.hearings:
        is_recorded = sitting.recorded is not None
        sheets.hearings.rows.append(
            (
                sitting.key,
                life.facts.key,
                life.time.text(sitting.at),
                sitting.purpose,
                life.facts.court_name,
                "ผู้แทนคดีจากสำนักนิติการ",
                sitting.promise.key,
                sitting.outcome,
                life.time.text(sitting.recorded) if sitting.recorded is not None else None,
                life.owner_ids[0] if is_recorded else None,
                None,
            )
        )


def _matter(life: RelatedLife) -> tuple[object, ...]:
    facts = life.facts
    return (
        facts.key,
        STORED_KIND,
        SERIES,
        facts.year,
        facts.number,
        facts.title,
        life.world.cast.subgroup.id,
        life.owner.id if life.owner else None,
        int(facts.secrecy),
        life.time.text(facts.arrival.received),
        life.time.text(facts.arrival.registered),
        life.time.text(life.closed) if life.closed is not None else None,
        _searchable(life),
        life.version,
    )


@dataclass(slots=True)
class _Words:
    """Stands in for a related matter where its searchable words are put together."""

    label: str
    title: str
    story: str
    summary: str
    received_from: str
    official_position: str
    agency: Agency
    court_name: str
    case_number: str


def _searchable(life: RelatedLife) -> str:
    facts = life.facts
    found_by = _Words(
        label=number_label(SERIES, facts.number, facts.year),
        title=facts.title,
        story=facts.story,
        summary=life.texts["summary"],
        received_from=facts.received_from,
        official_position=facts.official_position,
        agency=facts.agency,
        court_name=facts.court_name,
        case_number=facts.case_number,
    )
    return RelatedMatter.searchable(cast(RelatedMatter, found_by))


def _related(life: RelatedLife) -> tuple[object, ...]:
    facts, texts = life.facts, life.texts
    return (
        facts.key,
        life.state,
        "",
        None,
        texts["summary"],
        texts["opinion"],
        life.decision,
        texts["order_text"],
        facts.kind,
        facts.story,
        facts.received_from,
        facts.agency.id,
        None,
        facts.official_position,
        facts.amount,
        COMMITTEE if facts.kind == Kind.TORT else "",
        datetime_of(facts.limitation).date().isoformat() if facts.limitation else None,
        facts.court,
        facts.court_name,
        facts.case_number,
        life.stage,
        facts.role,
        texts["result"],
    )
