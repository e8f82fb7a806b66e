"""The card of letters on a matter's page: those there are, and the one that the matter's state calls for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from complaints.models import Petition, State
from office.models import LetterKind, OutgoingLetter, User
from office.permissions import carries_it


@dataclass(frozen=True)
class Suggestion:
    """A letter that is due now: its kind, to whom if to one of several agencies, where it is begun."""

    words: Any
    to: str
    address: str


# What a state calls for, unless such a letter is there already.
DUE: dict[str, LetterKind] = {
    State.RECEIVED: LetterKind.ACKNOWLEDGEMENT,
    State.SUMMARISED: LetterKind.MEMO,
    State.SUBMITTED: LetterKind.MEMO,
    State.REFERRED: LetterKind.AGENCY,
    State.INFORMED: LetterKind.RESULT,
    State.CLOSED: LetterKind.RESULT,
}


def letters_card(matter: Any, user: User, now: datetime) -> dict[str, Any]:
    """The letters of a matter and what may be written; one question."""
    written = (
        OutgoingLetter.objects.filter(matter=matter.pk).select_related("agency").defer("body", "enclosures")
    )
    letters = list(written.order_by("-pk")) if getattr(matter, "has_letters", True) else []
    may_write = carries_it.test(user, matter)
    return {
        "letters": letters,
        "may_write_letters": may_write,
        "letters_due": _due(matter, letters) if may_write else [],
    }


def _due(matter: Any, letters: list[OutgoingLetter]) -> list[Suggestion]:
    kind = DUE.get(matter.state)
    there = {(letter.kind, letter.agency_id) for letter in letters}
    kinds = {letter.kind for letter in letters}
    if kind is None:
        return []
    if not isinstance(matter, Petition):
        return [_suggest(matter, kind)] if kind == LetterKind.MEMO and kind not in kinds else []
    if kind == LetterKind.AGENCY:
        asked = {one.agency for one in matter.referrals.all() if one.is_open}
        return [
            _suggest(matter, kind, agency=agency.pk, to=str(agency))
            for agency in sorted(asked, key=lambda one: one.name)
            if (kind, agency.pk) not in there
        ]
    has_petitioner = matter.has_petitioner  # type: ignore[attr-defined]  # the desk fetches it with the petition
    is_anonymous = kind != LetterKind.MEMO and not has_petitioner
    return [] if is_anonymous or kind in kinds else [_suggest(matter, kind)]


def _suggest(matter: Any, kind: LetterKind, *, agency: int | None = None, to: str = "") -> Suggestion:
    asked: dict[str, Any] = {"kind": kind.value} | ({"agency": agency} if agency else {})
    return Suggestion(
        kind.label, to, f"{reverse('complaints:letter_new', args=[matter.pk])}?{urlencode(asked)}"
    )
