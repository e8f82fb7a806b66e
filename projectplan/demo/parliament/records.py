"""Putting a matter of parliament that has been lived onto the sheets, as the tables have it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from office.models import Matter
from office.models.number import number_label
from office.search import normalise
from parliament.models import ConstitutionalBody, Consultation, Member
from projectplan.demo.parliament import requests
from projectplan.demo.parliament.consultations import ConsultationLife
from projectplan.demo.parliament.meetings import FollowUpLife, Item, MeetingLife
from projectplan.demo.parliament.questions import QuestionLife
from projectplan.demo.rows import PREFIXES, deadline_row, key_of, matter_row
from projectplan.demo.sheet import Row


@dataclass(slots=True)
class _ConsultationWords:
    """Stands in for a consultation where its searchable words are put together."""

    label: str
    title: str
    raiser: str
    member: Member | None
    body: ConstitutionalBody | None
    reference: str
    text: str
    summary: str
    told_text: str


def write_consultation(life: ConsultationLife) -> None:
    """Put everything about a consultation onto the sheets."""
    facts, sheets = life.facts, life.room.sheets
    found_by = _ConsultationWords(
        label=number_label(PREFIXES["consultation"], facts.number, facts.year),
        title=facts.writing.title,
        raiser=facts.raiser,
        member=facts.member,
        body=facts.body,
        reference=facts.reference,
        text=facts.text,
        summary=life.texts["summary"],
        told_text=life.texts["told_text"],
    )
    sheets.matters.rows.append(
        matter_row(
            life,
            Matter.Kind.CONSULTATION,
            year=facts.year,
            number=facts.number,
            title=facts.writing.title,
            received=facts.received,
            registered=facts.registered,
            search_text=Consultation.searchable(cast(Consultation, found_by)),
        )
    )
    sheets.parliament.consultations.rows.append(_consultation(life))
    sheets.deadlines.rows += [deadline_row(life, promise) for promise in life.promises]
    sheets.parliament.requests.rows += [requests.row(one, life.key, life.time) for one in life.requests]


def _consultation(life: ConsultationLife) -> Row:
    facts, texts = life.facts, life.texts
    told: list[object] = []
    for whom in ("raiser", "minister"):
        at, way, note = life.told.get(whom, (None, "", ""))
        told += [life.text(at), way, note]
    return (
        life.key,
        life.state,
        life.screening,
        facts.member.pk if facts.member else None,
        facts.body.pk if facts.body else None,
        facts.chamber,
        facts.raised_on.isoformat(),
        facts.reference,
        facts.text,
        texts["summary"],
        texts["opinion"],
        Consultation.Decision.ORDER.value if texts["order_text"] else "",
        texts["order_text"],
        life.text(life.decided),
        key_of(life.decided_by),
        texts["told_text"],
        *told,
        life.result,
    )


# ── Meetings ────────────────────────────────────────────────────────────────────────────────


def write_meeting(life: MeetingLife) -> None:
    """Put everything about a meeting onto the sheets."""
    facts, sheets = life.facts, life.room.sheets
    search_text = normalise(
        number_label(PREFIXES["meeting"], facts.number, facts.year),
        facts.title,
        facts.sitting_number,
        str(facts.committee or ""),
        facts.place,
        " ".join(f"{item.number} {item.title}" for item in life.items),
        life.minutes,
    )
    sheets.matters.rows.append(
        matter_row(
            life,
            Matter.Kind.MEETING,
            year=facts.year,
            number=facts.number,
            title=facts.title,
            received=facts.received,
            registered=facts.registered,
            search_text=search_text,
        )
    )
    sheets.parliament.meetings.rows.append(
        (
            life.key,
            life.state,
            facts.kind,
            facts.session.pk if facts.session else None,
            facts.committee.pk if facts.committee else None,
            facts.sitting_number,
            facts.place,
            life.time.text(facts.begins),
            None if life.held is None else life.time.text(facts.begins),
            None if life.held is None else life.time.text(facts.ends),
            life.text(life.checked),
            life.minutes,
        )
    )
    for item in life.items:
        _write_item(life, item)
    sheets.deadlines.rows += [deadline_row(life, promise) for promise in life.promises]


def _write_item(life: MeetingLife, item: Item) -> None:
    sheets, owner = life.room.sheets.parliament, key_of(life.owner)
    sheets.items.rows.append(
        (
            item.key,
            life.key,
            item.position,
            item.number,
            item.title,
            bool(item.told or item.needed) or (item.writing is not None and life.checked is not None),
            item.about,
            item.resolution,
        )
    )
    for told in item.told:
        sheets.tellings.rows.append(
            (
                told.key,
                item.key,
                told.agency.pk,
                told.message,
                life.time.text(told.due),
                life.text(told.at),
                None if told.at is None else owner,
                told.way,
                life.text(told.acknowledged),
            )
        )
    for need in item.needed:
        sheets.needs.rows.append(
            (
                need.key,
                item.key,
                need.kind,
                need.what,
                need.agency.pk,
                life.time.text(need.due),
                life.text(need.at),
                None if need.at is None else owner,
            )
        )


def write_follow_up(life: FollowUpLife) -> None:
    """Put everything about a follow-up onto the sheets."""
    facts, sheets = life.facts, life.room.sheets
    search_text = normalise(
        facts.label, facts.title, facts.wanted, life.outcome, str(facts.agency or ""), *facts.meeting_words
    )
    sheets.matters.rows.append(
        matter_row(
            life,
            Matter.Kind.FOLLOW_UP,
            year=facts.year,
            number=facts.number,
            title=facts.title,
            received=facts.registered,
            registered=facts.registered,
            search_text=search_text,
        )
    )
    sheets.parliament.follow_ups.rows.append(
        (
            life.key,
            life.state,
            facts.meeting,
            facts.item,
            facts.agency.pk if facts.agency else None,
            facts.wanted,
            life.outcome,
        )
    )
    sheets.deadlines.rows += [deadline_row(life, promise) for promise in life.promises]


# ── Interpellations ─────────────────────────────────────────────────────────────────────────


def write_question(life: QuestionLife) -> None:
    """Put everything about an interpellation onto the sheets."""
    facts, sheets = life.facts, life.room.sheets
    approved = next((version.text for version in life.versions if version.approved is not None), "")
    search_text = normalise(
        number_label(PREFIXES["interpellation"], facts.number, facts.year),
        facts.writing.title,
        facts.text,
        *facts.writing.parts,
        facts.asker.full_name,
        facts.asker.party.name if facts.asker.party else "",
        approved,
    )
    sheets.matters.rows.append(
        matter_row(
            life,
            Matter.Kind.INTERPELLATION,
            year=facts.year,
            number=facts.number,
            title=facts.writing.title,
            received=facts.received,
            registered=facts.registered,
            search_text=search_text,
        )
    )
    sheets.parliament.interpellations.rows.append(_question(life))
    _write_texts(life)
    sheets.deadlines.rows += [deadline_row(life, promise) for promise in life.promises]
    sheets.parliament.requests.rows += [requests.row(one, life.key, life.time) for one in life.requests]


def _question(life: QuestionLife) -> Row:
    facts = life.facts
    volume, part, page, printed_on = life.gazette or ("", "", "", None)
    return (
        life.key,
        life.state,
        facts.kind,
        facts.chamber,
        facts.parliament,
        facts.session.pk if facts.session else None,
        facts.question_number,
        facts.asker.pk,
        facts.text,
        facts.sitting_on.isoformat() if facts.sitting_on else None,
        life.text(life.answered),
        life.answered_by if life.answered is not None else "",
        volume,
        part,
        page,
        printed_on.isoformat() if printed_on else None,
        life.result,
    )


def _write_texts(life: QuestionLife) -> None:
    sheets = life.room.sheets.parliament
    for position, text in enumerate(life.facts.writing.parts, 1):
        sheets.sub_questions.rows.append((sheets.sub_questions.next_key(), life.key, position, text))
    for version in life.versions:
        sheets.drafts.rows.append(
            (
                version.key,
                life.key,
                version.number,
                version.text,
                version.note,
                version.by.pk,
                life.time.text(version.at),
                life.text(version.approved),
                key_of(version.approved_by),
            )
        )
    for version, by, at, text in life.remarks:
        sheets.remarks.rows.append((sheets.remarks.next_key(), version.key, by.pk, life.time.text(at), text))
