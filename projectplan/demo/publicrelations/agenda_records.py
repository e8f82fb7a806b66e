"""Putting the minister's engagements and the news about them onto the sheets, as the tables have them."""

from __future__ import annotations

from html import unescape

from office.models import Matter
from office.models.number import number_label
from office.search_words import normalise
from projectplan.demo.publicrelations.agenda import ArticleLife, EngagementLife
from projectplan.demo.publicrelations.pictures import CREDIT, SIZE
from projectplan.demo.rows import PREFIXES, deadline_row, key_of, matter_row
from publicrelations.clean_html import words_of
from publicrelations.slugs import slug_of


def write_engagement(life: EngagementLife) -> None:
    """Put everything about an engagement onto the sheets."""
    facts, said, sheets = life.facts, life.facts.occasion, life.room.sheets
    label = number_label(PREFIXES["engagement"], facts.number, facts.year)
    sheets.matters.rows.append(
        matter_row(
            life,
            Matter.Kind.ENGAGEMENT,
            year=facts.year,
            number=facts.number,
            title=said.title,
            received=facts.registered,
            registered=facts.registered,
            search_text=normalise(label, said.title, said.place),
        )
    )
    sheets.publicrelations.engagements.rows.append(
        (
            life.key,
            life.state,
            said.kind,
            life.time.text(facts.begins),
            life.time.text(facts.ends),
            said.place,
            said.news is not None,
            said.news is not None,
            said.why_none,
            life.text(life.covered),
        )
    )
    sheets.deadlines.rows += [deadline_row(life, promise) for promise in life.promises]


def write_article(life: ArticleLife) -> None:
    """Put everything about an article onto the sheets."""
    news, sheets, room = life.news, life.room.sheets, life.room
    is_written, is_published = bool(life.versions), life.published is not None
    picture = _write_picture(life) if life.pictured is not None else None
    label = number_label(PREFIXES["article"], life.number, life.year)
    tags = " ".join(sorted(news.tags)) if is_written else ""
    text = (news.lead, unescape(words_of(news.body))) if is_written else ("", "")
    sheets.matters.rows.append(
        matter_row(
            life,
            Matter.Kind.ARTICLE,
            year=life.year,
            number=life.number,
            title=news.title,
            received=life.registered,
            registered=life.registered,
            search_text=normalise(label, news.title, *text, tags, life.captions),
        )
    )
    sheets.publicrelations.articles.rows.append(
        (
            life.key,
            life.state,
            news.lead if is_written else "",
            news.body if is_written else "",
            room.categories[news.category],
            life.engagement.key,
            slug_of(news.title) if is_published else "",
            life.text(life.published),
            key_of(life.head),
            life.text(life.published),
            picture,
        )
    )
    if is_written:
        _write_words(life)
    sheets.deadlines.rows += [deadline_row(life, promise) for promise in life.promises]


def _write_words(life: ArticleLife) -> None:
    """Its versions, of which readers have the last, and its tags with when readers first had it."""
    news, sheets = life.news, life.room.sheets.publicrelations
    for number, (written, captions) in enumerate(life.versions, 1):
        is_last = number == len(life.versions)
        sheets.versions.rows.append(
            (
                sheets.versions.next_key(),
                life.key,
                number,
                news.title,
                news.lead,
                news.body,
                captions,
                key_of(life.owner),
                life.time.text(written),
                life.text(life.published) if is_last else None,
                key_of(life.head) if is_last else None,
            )
        )
    for name in news.tags:
        key = sheets.taggings.next_key()
        sheets.taggings.rows.append((key, life.key, life.room.tags[name], "th", life.text(life.published)))


def _write_picture(life: ArticleLife) -> int:
    """Its one drawn picture and the file it was made from; returns the picture's key."""
    drawing, sheets, at = life.drawing, life.room.sheets.publicrelations, life.text(life.pictured)
    assert drawing is not None
    document, picture = sheets.documents.next_key(), sheets.pictures.next_key()
    owner = key_of(life.owner)
    sheets.documents.rows.append(
        (document, life.key, drawing.name, drawing.sha256, drawing.size, "image/jpeg", "office", at, owner)
    )
    words = (life.news.shows, life.news.title, CREDIT)
    made = ("issued", 100, at, owner, drawing.rendered, at)
    sheets.pictures.rows.append((picture, life.key, 1, document, *words, *SIZE, *made))
    return picture
