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
from office.calendar import Unit
from office.models import Agency, Deadline, Matter, Notice, User
from office.models.number import number_label
from office.reminders import first_rung, next_rung
from projectplan.demo.clock import DAY, datetime_of, moment_of
from projectplan.demo.facts import Person
from projectplan.demo.history import Life
from projectplan.demo.promises import Message, Promise, Question
from projectplan.demo.world import World

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


def _key(person: User | None) -> int | None:
    return person.id if person else None


def _text(life: Life, moment: int | None) -> str | None:
    return None if moment is None else life.time.text(moment)


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
        _key(life.owner),
        int(facts.secrecy),
        life.time.text(facts.arrival.received),
        life.time.text(facts.arrival.registered),
        _text(life, life.closed),
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


def deadline_row(life: Life, promise: Promise) -> tuple[object, ...]:
    """A promise as its table has it."""
    ended = promise.met or promise.dropped
    if promise.rule:
        until = ended or life.world.now
        rung, remind = life.time.rung(promise.due, promise.start, until, is_unmet=ended is None)
    else:
        rung, remind = _warning(life, promise, is_unmet=ended is None)
    rule = promise.rule
    return (
        promise.key,
        life.facts.key,
        promise.kind,
        rule.id if rule else None,
        None,
        rule.amount if rule else 0,
        rule.unit if rule else Unit.WORKING_DAYS.value,
        life.world.calendar_id,
        life.time.text(promise.start),
        life.time.text(promise.due),
        _text(life, promise.met),
        _text(life, promise.dropped),
        promise.late_reason,
        _key(promise.responsible),
        _key(promise.follower),
        rung,
        _text(life, remind),
    )


def _warning(life: Life, promise: Promise, *, is_unmet: bool) -> tuple[str, int | None]:
    """The next warning of a date that others have set; the earlier ones were given in their time."""
    since = max(promise.start, life.world.now) if is_unmet else promise.start
    warning = datetime_of(since)
    rung, at = first_rung(datetime_of(promise.due), warning, life.time.calendar, promise.kind)
    if at == warning:
        rung, at = next_rung(
            Deadline(kind=promise.kind, due_at=datetime_of(promise.due)), warning, life.time.calendar
        )
    return str(rung), moment_of(at) if is_unmet else None


def _referral(life: Life, question: Question) -> tuple[object, ...]:
    return (
        question.key,
        life.facts.key,
        question.agency.id,
        question.asked,
        life.time.text(question.promise.start),
        question.sent_by.id,
        question.promise.key,
        _text(life, question.acknowledged),
        _text(life, question.answered),
        question.answer,
        _text(life, question.declined),
        question.decline_reason,
        question.chased,
        _text(life, question.last_chased),
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


def write_notices(world: World, messages: list[Message]) -> None:
    """What people were told lately, in the order of time; of what is older than a day most has been read."""
    for message in sorted(messages, key=lambda message: message.made):
        read = message.read
        if read is None and message.made < world.now - DAY and world.chance(0.7):
            read = message.made + (world.now - message.made) // 3
        made = world.time.text(message.made)
        world.sheets.notices.rows.append(
            (
                world.sheets.notices.next_key(),
                Notice.Way.APP.value,
                Notice.Kind.YOUR_TURN.value,
                message.recipient,
                message.matter,
                None,
                None,
                message.text,
                message.once,
                made,
                made,
                None,
                made,
                0,
                None,
                None if read is None else world.time.text(read),
            )
        )
