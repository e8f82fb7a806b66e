"""Putting a matter of public relations that has been lived onto the sheets, as the tables have it."""

from __future__ import annotations

from office.models import Matter
from office.models.number import number_label
from office.search_words import normalise
from projectplan.demo.publicrelations.briefs import BriefLife
from projectplan.demo.publicrelations.foreign import ForeignLife
from projectplan.demo.rows import PREFIXES, deadline_row, key_of, matter_row
from projectplan.demo.sheet import Row
from publicrelations.countries import country_both_ways

# ── Foreign documents ───────────────────────────────────────────────────────────────────────


def write_foreign_document(life: ForeignLife) -> None:
    """Put everything about a foreign document onto the sheets."""
    facts, paper, sheets = life.facts, life.facts.paper, life.room.sheets
    search_text = normalise(
        number_label(PREFIXES["foreign_document"], facts.number, facts.year),
        paper.title,
        paper.organisation,
        paper.person,
        country_both_ways(paper.country),
        facts.reference,
        paper.original,
        life.versions[-1].text if life.versions else "",
        life.summary,
        life.opinion,
        life.answer_reference,
    )
    sheets.matters.rows.append(
        matter_row(
            life,
            Matter.Kind.FOREIGN_DOCUMENT,
            year=facts.year,
            number=facts.number,
            title=paper.title,
            received=facts.received,
            registered=facts.registered,
            search_text=search_text,
        )
    )
    sheets.publicrelations.foreign_documents.rows.append(_foreign_document(life))
    sheets.publicrelations.translations.rows += [
        (one.key, life.key, one.number, one.text, one.note, one.by.pk, life.time.text(one.at))
        for one in life.versions
    ]
    sheets.deadlines.rows += [deadline_row(life, promise) for promise in life.promises]


def _foreign_document(life: ForeignLife) -> Row:
    facts, paper = life.facts, life.facts.paper
    return (
        life.key,
        life.state,
        life.screening,
        life.screening_note,
        life.needs_translation,
        life.passed_to.pk if life.passed_to else None,
        paper.kind,
        paper.language,
        paper.organisation,
        paper.person,
        paper.country,
        facts.reference,
        facts.dated_on.isoformat(),
        facts.answer_by.isoformat() if facts.answer_by else None,
        paper.original,
        life.summary,
        life.opinion,
        life.decision,
        life.order_text,
        life.text(life.decided),
        key_of(life.decider),
        life.is_to_be_answered,
        life.answered_on.isoformat() if life.answered_on else None,
        life.answer_reference,
        life.answer_text,
        life.filed_where,
        life.outcome,
    )


# ── Situation briefs ────────────────────────────────────────────────────────────────────────


def write_brief(life: BriefLife) -> None:
    """Put everything about a situation brief onto the sheets."""
    facts, said, sheets = life.facts, life.facts.words, life.room.sheets
    written = (
        said.situation,
        said.meaning,
        said.opinion,
        " ".join(text for text, _good, _bad in said.options),
        " ".join(title for title, _link in said.sources),
    )
    search_text = normalise(
        number_label(PREFIXES["brief"], facts.number, facts.year),
        said.title,
        *(written if life.is_written else [""] * len(written)),
        life.order_text,
    )
    sheets.matters.rows.append(
        matter_row(
            life,
            Matter.Kind.BRIEF,
            year=facts.year,
            number=facts.number,
            title=said.title,
            received=facts.registered,
            registered=facts.registered,
            search_text=search_text,
        )
    )
    sheets.publicrelations.briefs.rows.append(_brief(life))
    if life.is_written:
        _write_parts(life)
    sheets.deadlines.rows += [deadline_row(life, promise) for promise in life.promises]


def _brief(life: BriefLife) -> Row:
    said, is_written = life.facts.words, life.is_written
    return (
        life.key,
        life.state,
        life.facts.since_on.isoformat() if is_written else None,
        life.facts.until_on.isoformat() if is_written else None,
        said.situation if is_written else "",
        said.meaning if is_written else "",
        said.opinion if is_written else "",
        life.decision,
        life.order_text,
        life.text(life.decided),
        key_of(life.decider),
        life.chosen,
    )


def _write_parts(life: BriefLife) -> None:
    sheets = life.room.sheets.publicrelations
    for place, (key, option) in enumerate(zip(life.options, life.facts.words.options, strict=True), 1):
        sheets.options.rows.append((key, life.key, place, *option))
    for place, (title, link) in enumerate(life.facts.words.sources, 1):
        sheets.sources.rows.append((sheets.sources.next_key(), life.key, place, title, link))
