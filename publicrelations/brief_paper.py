"""A situation brief on paper: the memo of a page or two that the minister reads."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from office.models import Secrecy, User
from office.paper import render_pdf
from office.paper_words import as_on_paper, at_spaces_only, emblem, thai_figures
from office.thai import format_long
from office.word import render_word
from publicrelations.models import SituationBrief

TO_WHOM: Final = "รัฐมนตรีว่าการกระทรวงศึกษาธิการ"


def memo_context(brief: SituationBrief, day: date) -> dict[str, Any]:
    """What stands on the memo of a day; the minister's order too, once there is one."""
    head: User | None = User.objects.heads_of(brief.subgroup_id).select_related("position").first()
    return {
        "title": title_of(brief),
        "number": thai_figures(brief.label),
        "day": format_long(day).replace(" ", "\u00a0"),
        "subject": as_on_paper(brief.title),
        "to_whom": TO_WHOM,
        "period": _period(brief),
        "situation": _paragraphs(brief.situation),
        "meaning": _paragraphs(brief.meaning),
        "opinion": _paragraphs(brief.opinion),
        "options": [
            {
                "number": thai_figures(str(one.position)),
                "text": as_on_paper(one.text),
                "reasons_for": as_on_paper(one.reasons_for),
                "reasons_against": as_on_paper(one.reasons_against),
            }
            for one in brief.options.all()
        ],
        "sources": [(as_on_paper(one.title), one.link) for one in brief.sources.all()],
        "chosen": as_on_paper(brief.chosen.text) if brief.chosen else "",
        "order": _paragraphs(brief.order_text),
        "is_decided": brief.decided_at is not None,
        "decision": brief.get_decision_display(),
        "decided_by": str(brief.decided_by or ""),
        "decided_on": format_long(timezone.localtime(brief.decided_at).date()) if brief.decided_at else "",
        "secrecy": Secrecy(brief.secrecy).label if brief.secrecy else "",
        "signer": str(head or ""),
        "position": as_on_paper(str(head.position or "")) if head else "",
        "office_name": at_spaces_only(settings.OFFICE_NAME),
        "office_parent_name": at_spaces_only(settings.OFFICE_PARENT_NAME),
        "office_telephone": thai_figures(settings.OFFICE_TELEPHONE),
        "emblem": emblem(),
    }


def memo_html(brief: SituationBrief, day: date) -> str:
    """The whole document, always in Thai."""
    with override(settings.LANGUAGE_CODE):
        return render_to_string("publicrelations/paper/brief_memo.html", memo_context(brief, day))


def memo_pdf(brief: SituationBrief, day: date) -> bytes:
    """A page or two, half a second: somebody waits for it to carry it to the minister."""
    with override(settings.LANGUAGE_CODE):
        title = title_of(brief)
    return render_pdf(memo_html(brief, day), title=title)


def memo_word(brief: SituationBrief, day: date) -> bytes:
    """The same memo as a Word file."""
    with override(settings.LANGUAGE_CODE):
        title = title_of(brief)
    return render_word(memo_html(brief, day), title=title)


def title_of(brief: SituationBrief) -> str:
    """What a reader's window says."""
    return " ".join([_("Situation brief"), brief.label])


def _period(brief: SituationBrief) -> str:
    """`๑ – ๗ พฤศจิกายน ๒๕๕๒`, or whichever of the two days is known."""
    days = [format_long(day) for day in (brief.since_on, brief.until_on) if day]
    return " – ".join(dict.fromkeys(days))


def _paragraphs(text: str) -> list[SafeString]:
    return [as_on_paper(line.strip()) for line in text.splitlines() if line.strip()]
