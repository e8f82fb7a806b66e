"""What a petitioner may read of a petition: when, what and with whom, in plain words, and nothing internal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.models import Petition, State
from office import seals
from office.calendar import FIRST_BE_YEAR
from office.models import Event, Secrecy
from office.thai import to_arabic_digits

CENTURY: Final = 2500

STEPS: Final[dict[str, Any]] = {
    "receive": _("We received your matter"),
    "summarise": _("An officer read it and wrote a summary with an opinion"),
    "submit": _("It was put before the one in authority"),
    "order": _("The one in authority gave an order"),
    "note": _("The one in authority took note"),
    "refer": _("It was sent to the agency in charge"),
    "acknowledge": _("The agency has it in hand"),
    "answer": _("The agency answered"),
    "decline": _("The agency says that another one is in charge; we look for the right one"),
    "chase": _("We reminded the agency"),
    "inform": _("We tell you the result"),
    "close": _("The matter is closed"),
    "reopen": _("The matter was opened again"),
}
"""The steps a petitioner is told of. What is not here (drafts, who does what, sending back) stays inside."""

NOW: Final[dict[str, Any]] = {
    State.RECEIVED: _("An officer reads it and writes a summary for the one in authority."),
    State.RETURNED: _("An officer reads it and writes a summary for the one in authority."),
    State.SUMMARISED: _("The summary is checked before it goes to the one in authority."),
    State.SUBMITTED: _("The one in authority decides what is to be done."),
    State.ORDERED: _("The order is being carried out."),
    State.REFERRED: _("We wait for the agency's answer. When it comes we tell you here."),
    State.ANSWERED: _("The agency has answered. We are writing down the result for you."),
    State.INFORMED: _("You have been told the result. Next we close the matter."),
    State.CLOSED: _("Nothing more is to come. For something new, file a new petition."),
}
AGENCY_STEPS: Final = {"acknowledge", "answer", "decline", "chase"}


@dataclass(frozen=True)
class Line:
    """One line of the public history: when, what, with whom, and the text meant for the petitioner."""

    at: datetime
    title: str
    who: str = ""
    text: str = ""


@dataclass(frozen=True)
class PublicHistory:
    """A petition as its petitioner sees it."""

    label: str
    title: str
    received_at: datetime
    lines: Sequence[Line]
    now: str
    is_closed: bool
    result: str


def parse_number(typed: str) -> tuple[int, int] | None:
    """Number and year of `รท ๑๒/๒๕๕๓`, `12/2553`, `12-53` and the like; None for anything else."""
    digits = to_arabic_digits(typed)
    found = re.fullmatch(r"\D*?(\d{1,9})\s*[/\\\-–.]\s*(\d{2}|\d{4})\s*", digits.strip())
    if not found:
        return None
    number, year = int(found[1]), int(found[2])
    year += CENTURY if year < 100 else 0
    return (number, year) if number and year >= FIRST_BE_YEAR else None


def find(typed_number: str, typed_code: str) -> Petition | None:
    """The petition of this number and code. Unknown number and wrong code: the same answer for the same work."""
    number, year = parse_number(typed_number) or (0, 0)
    series = settings.SERIES_PREFIXES["petition"]
    petition = Petition.objects.filter(series=series, year=year, number=number).first()
    matches = seals.code_matches(typed_code, petition.code_fingerprint if petition else None)
    return petition if matches else None


def history(petition: Petition) -> PublicHistory:
    """What has happened and what comes next, oldest first. Two queries."""
    events = petition.events.filter(step__in=STEPS).order_by("pk")
    lines: list[Line] = []
    told = [event.pk for event in events if event.step == "inform"]
    for event in events:
        line = _line(petition, event, is_latest_told=bool(told) and event.pk == told[-1])
        # Going round inside the office (sent back, summarised again) is told once.
        if not lines or (line.title, line.who, line.text) != (lines[-1].title, lines[-1].who, lines[-1].text):
            lines.append(line)
    return PublicHistory(
        label=petition.label,
        title=petition.title,
        received_at=petition.received_at,
        lines=lines,
        now=str(NOW[petition.state]),
        is_closed=petition.state == State.CLOSED,
        result=str(petition.get_result_display()) if petition.state == State.CLOSED else "",
    )


def _line(petition: Petition, event: Event, *, is_latest_told: bool) -> Line:
    return Line(
        at=petition.received_at if event.step == "receive" else event.at,
        title=str(STEPS[event.step]),
        who=_with_whom(petition, event),
        text=petition.told_text if is_latest_told else "",
    )


def _with_whom(petition: Petition, event: Event) -> str:
    """The body that has it, never a person's name; agencies are not named for a matter with a grade of secrecy."""
    if event.step in AGENCY_STEPS or event.step == "refer":
        if petition.secrecy != Secrecy.ORDINARY:
            return gettext("The agency in charge")
        field = "agencies" if event.step == "refer" else "agency_of_step"
        return str(event.changes.get(field, ["", ""])[1])
    return str(settings.OFFICE_NAME)
