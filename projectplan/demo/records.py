"""Putting a petition that has been lived onto the sheets, as the tables have it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, cast

from django.conf import settings

from complaints.chasers import REMIND_WORKING_DAYS_BEFORE
from complaints.likeness import name_key, telephone_key, text_key
from complaints.models import Petition
from complaints.models.petitioner import THAI_ID
from office import seals
from office.models import Agency, Matter, Notice
from office.models.number import number_label
from projectplan.demo.facts import Person
from projectplan.demo.history import Life
from projectplan.demo.promises import Question
from projectplan.demo.rows import deadline_row, key_of

SERIES: Final = settings.SERIES_PREFIXES["petition"]
STORED_KIND: Final = Matter.Kind.PETITION.value


def write_down(life: Life) -> None:
    """Put everything about a petition onto the sheets."""
    sheets = life.world.sheets
    sheets.matters.rows.append(_matter(life))
    sheets.petitions.rows.append(_petition(life))
    if life.facts.person:
        sheets.petitioners.rows.append(_petitioner(life))
    sheets.deadlines.rows += [deadline_row(life, promise) for promise in life.promises]
    for question in life.questions:
        sheets.referrals.rows.append(_referral(life, question))
        if question.is_open:
            _remind_before_due(life, question)


def _matter(life: Life) -> tuple[object, ...]:
    facts = life.facts
    return (
        facts.key,
        STORED_KIND,
        SERIES,
        facts.year,
        facts.number,
        facts.writing.title,
        life.world.cast.subgroup.id,
        key_of(life.owner),
        int(facts.secrecy),
        life.time.text(facts.arrival.received),
        life.time.text(facts.arrival.registered),
        life.text(life.closed),
        _searchable(life),
        life.version,
    )


@dataclass(slots=True)
class _Words:
    """Stands in for a petition where its searchable words are put together."""

    label: str
    title: str
    story: str
    summary: str
    place: str
    agency: Agency | None
    agency_text: str
    political_source: str
    petitioner: Person | None


def _searchable(life: Life) -> str:
    facts = life.facts
    found_by = _Words(
        label=number_label(SERIES, facts.number, facts.year),
        title=facts.writing.title,
        story=facts.writing.story,
        summary=life.texts["summary"],
        place=facts.place,
        agency=facts.agency,
        agency_text=facts.agency_text,
        political_source=facts.political_source,
        petitioner=facts.person,
    )
    return Petition.searchable(cast(Petition, found_by))


def _petition(life: Life) -> tuple[object, ...]:
    facts, texts = life.facts, life.texts
    return (
        facts.key,
        life.state,
        facts.writing.subject.kind,
        facts.arrival.channel,
        life.category.id if life.category else None,
        facts.writing.story,
        facts.province.code,
        facts.area.id if facts.area else None,
        facts.place,
        facts.agency.id if facts.agency else None,
        facts.agency_text,
        facts.political_source,
        facts.month,
        seals.code_fingerprint(facts.code),
        texts["summary"],
        texts["opinion"],
        life.decision,
        texts["order_text"],
        texts["told_text"],
        texts["result"],
        "",
        None,
        life.check_result,
        text_key(facts.writing.title, facts.writing.story),
        None,
        None,
        "",
    )


def _petitioner(life: Life) -> tuple[object, ...]:
    facts = life.facts
    person = facts.person
    if person is None:
        raise LookupError("An anonymous petition has no petitioner.")
    is_web = facts.arrival.channel == Petition.Channel.WEB
    return (
        facts.key,
        person.name,
        person.telephone,
        person.email,
        person.address,
        seals.encrypt(person.thai_id, purpose=THAI_ID) if person.thai_id else "",
        seals.fingerprint(person.thai_id, purpose=THAI_ID) if person.thai_id else "",
        name_key(person.name),
        telephone_key(person.telephone),
        life.time.text(facts.arrival.received) if is_web else None,
    )


def _referral(life: Life, question: Question) -> tuple[object, ...]:
    return (
        question.key,
        life.facts.key,
        question.agency.id,
        question.asked,
        life.time.text(question.promise.start),
        question.sent_by.id,
        question.promise.key,
        life.text(question.acknowledged),
        life.text(question.answered),
        question.answer,
        life.text(question.declined),
        question.decline_reason,
        question.chased,
        life.text(question.last_chased),
    )


def _remind_before_due(life: Life, question: Question) -> None:
    """The letter that the clock has sent to an agency whose answer is soon due."""
    world = life.world
    place = world.time.place(question.promise.due) - (REMIND_WORKING_DAYS_BEFORE + 1) * world.time.day_length
    if place >= world.now_place or place < world.time.place(question.promise.start):
        return
    sent = life.time.text(world.time.moment(place))
    world.sheets.notices.rows.append(
        (
            world.sheets.notices.next_key(),
            Notice.Way.EMAIL.value,
            Notice.Kind.AGENCY_CHASER.value,
            None,
            life.facts.key,
            None,
            question.key,
            "",
            f"referral:{question.key}:before-due",
            sent,
            sent,
            None,
            sent,
            0,
            None,
            None,
        )
    )
