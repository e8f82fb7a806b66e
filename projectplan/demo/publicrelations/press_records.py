"""Putting a press conference that has been lived onto the sheets, as the tables have it."""

from __future__ import annotations

from office.models import Matter
from office.models.number import number_label
from office.search_words import normalise
from projectplan.demo.clock import datetime_of
from projectplan.demo.publicrelations.media import Invitee
from projectplan.demo.publicrelations.press import PressLife, Reported
from projectplan.demo.rows import PREFIXES, deadline_row, key_of, matter_row
from projectplan.demo.sheet import Row


def write_press_conference(life: PressLife) -> None:
    """Put everything about a press conference onto the sheets."""
    facts, sheets = life.facts, life.room.sheets
    label = number_label(PREFIXES["press_conference"], facts.number, facts.year)
    words = normalise(label, facts.title, facts.place, facts.spokespersons, life.brief)
    sheets.matters.rows.append(
        matter_row(
            life,
            Matter.Kind.PRESS_CONFERENCE,
            year=facts.year,
            number=facts.number,
            title=facts.title,
            received=facts.registered,
            registered=facts.registered,
            search_text=words,
        )
    )
    own = sheets.publicrelations
    own.press_conferences.rows.append(_conference(life))
    own.invitations.rows += _invitations(life)
    own.attendances.rows += _attendances(life)
    own.coverage.rows += [_report(life, one) for one in life.kept.reports]
    sheets.deadlines.rows += [deadline_row(life, promise) for promise in life.promises]


def _conference(life: PressLife) -> Row:
    facts, held = life.facts, life.kept.held
    return (
        life.key,
        life.state,
        facts.occasion,
        life.time.text(facts.starts),
        life.time.text(facts.starts) if held is not None else None,
        life.time.text(facts.ends),
        facts.place,
        facts.spokespersons,
        life.brief,
        True,
        life.kept.reported,
    )


def _invitations(life: PressLife) -> list[Row]:
    return [
        (
            one.key,
            life.key,
            one.invitee.outlet.pk,
            one.invitee.reporter.pk if one.invitee.reporter else None,
            one.way,
            one.message,
            life.text(one.mailed),
            life.text(one.invited),
            key_of(life.owner) if one.way else None,
            one.answer,
            life.text(one.answered),
            one.people,
        )
        for one in life.kept.rows
    ]


def _attendances(life: PressLife) -> list[Row]:
    keys = life.room.sheets.publicrelations.attendances
    came: list[tuple[int | None, Invitee]] = [(one.key, one.invitee) for one in life.kept.rows if one.came]
    came += [(None, one) for one in life.kept.walk_ins]
    return [
        (
            keys.next_key(),
            life.key,
            invitation,
            one.outlet.pk,
            one.reporter.pk if one.reporter else None,
            life.time.text(life.facts.starts),
            key_of(life.noted_by),
        )
        for invitation, one in came
    ]


def _report(life: PressLife, one: Reported) -> Row:
    return (
        one.key,
        life.key,
        one.invitee.outlet.pk,
        datetime_of(one.on).date().isoformat(),
        one.headline,
        one.link,
        one.tone,
        one.note,
        key_of(life.owner),
        life.text(life.moment),
    )
