"""Editions of a letter template: its words as data, kept each time they change, and any of them on paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from complaints.letter_fields import examples_of
from complaints.letter_paper import paper
from office.models import LetterTemplate, LetterTemplateEdition, OutgoingLetter, Secrecy, User
from office.paper import render_pdf


def content_of(template: LetterTemplate, paragraphs: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """A template's words as they are kept and drawn; `paragraphs` in their order."""
    return {
        "matter_kind": template.matter_kind,
        "kind": template.kind,
        "name": template.name,
        "to_whom": template.to_whom,
        "subject": template.subject,
        "paragraphs": [dict(one) for one in paragraphs],
    }


def saved_content(template: LetterTemplate) -> dict[str, Any]:
    """What stands in the database now."""
    rows = template.paragraphs.order_by("rank", "pk")
    return content_of(template, rows.values("label", "text", "is_optional", "is_chosen"))


def keep_edition(template: LetterTemplate, *, by: User | None, now: datetime) -> LetterTemplateEdition | None:
    """Keep the words as they are saved, unless the newest edition says the same. Within the caller's transaction."""
    content = saved_content(template)
    newest = template.editions.order_by("-number").first()
    if newest and newest.content == content:
        return None
    return LetterTemplateEdition.objects.create(
        template=template,
        number=newest.number + 1 if newest else 1,
        content=content,
        made_at=now,
        made_by=by,
    )


def edition_pdf(content: Mapping[str, Any], today: date) -> bytes:
    """An edition, or words not saved yet, on paper: every paragraph, invented values, nothing of any matter."""
    letter = OutgoingLetter(
        kind=content["kind"],
        to_whom=content["to_whom"],
        subject=content["subject"],
        body="\n".join(one["text"] for one in content["paragraphs"]),
    )
    html = paper(letter, Secrecy.ORDINARY, examples_of(content["matter_kind"]), today)
    return render_pdf(html, title=content["name"])
