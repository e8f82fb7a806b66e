"""One version of an answer or a statement on paper: the question, the facts about it, the text; by the margins of the
regulation, with its mark of secrecy, and with the word draft until it is approved."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from office.models import Matter, Secrecy
from office.paper import render_pdf
from office.paper_words import as_on_paper, thai_figures
from office.thai import format_long, to_thai_digits
from office.word import render_word
from parliament.binder_entries import entries_of
from parliament.models import AnswerDraft


def answer_pdf(matter: Matter, draft: AnswerDraft) -> bytes:
    """A page or two."""
    return render_pdf(answer_html(matter, draft), title=title_of(matter, draft))


def answer_word(matter: Matter, draft: AnswerDraft) -> bytes:
    """The same as a Word file."""
    return render_word(answer_html(matter, draft), title=title_of(matter, draft))


def answer_html(matter: Matter, draft: AnswerDraft) -> str:
    """The whole document, always in Thai."""
    with override(settings.LANGUAGE_CODE):
        return render_to_string("parliament/paper/answer.html", _context(matter, draft))


def title_of(matter: Matter, draft: AnswerDraft) -> str:
    """What a reader's window says, and the name of the file: number and version, never a name."""
    with override(settings.LANGUAGE_CODE):
        version = _("Version %(number)s") % {"number": to_thai_digits(draft.version)}
        return " ".join([_heading(matter, draft), matter.label, version])


def _context(matter: Matter, draft: AnswerDraft) -> dict[str, Any]:
    entry = entries_of([matter.pk])[matter.pk]
    return {
        "title": title_of(matter, draft),
        "draft": "" if draft.is_approved else _("Draft"),
        "secrecy": Secrecy(entry.secrecy).label if entry.secrecy else "",
        "kind": entry.kind,
        "number": thai_figures(entry.label),
        "subject": as_on_paper(entry.title),
        "facts": [(name, as_on_paper(value)) for name, value in entry.facts],
        "version": to_thai_digits(draft.version),
        "day": format_long(timezone.localtime(draft.written_at).date()),
        "sections": [(one.heading, _paragraphs(one.text)) for one in entry.sections if not one.is_answer],
        "heading": _heading(matter, draft),
        "text": _paragraphs(draft.text),
    }


def _heading(matter: Matter, draft: AnswerDraft) -> str:
    if matter.kind == Matter.Kind.MOTION:
        return _("Approved statement") if draft.is_approved else _("Draft of the statement")
    return _("Approved answer") if draft.is_approved else _("Draft of the answer")


def _paragraphs(text: str) -> list[SafeString]:
    return [as_on_paper(line.strip()) for line in text.splitlines() if line.strip()]
