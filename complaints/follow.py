"""What a petitioner may read of a petition: when, what and with whom, in plain words, and nothing internal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db.models import Q
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from complaints.models import Petition, State
from office import seals
from office.calendar import FIRST_BE_YEAR, OFFICE_TZ
from office.models import Deadline, Event, Secrecy
from office.thai import format_long, to_arabic_digits

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
    "ask_petitioner": _("We ask you for something that is missing"),
    "petitioner_answers": _("Your answer has come"),
    "go_on": _("We go on without your answer"),
    "extend": _("The agency was given more time"),
    "pause": _("Work on your matter rests for a while"),
    "resume": _("Work on your matter goes on"),
    "inform": _("We tell you the result"),
    "close": _("The matter is closed"),
    "withdraw": _("You took your matter back"),
    "transfer": _("Your matter was handed to another ministry, which is in charge of it"),
    "give_back": _("Your matter went back to the body that had passed it on to us"),
    "reopen": _("The matter was opened again"),
    "join_into": _("We handle it together with another matter about the same; you follow and are told here"),
    "split": _("It asked for several things: each has a number of its own now"),
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
    State.ASKED: _("Something is missing: we wait for your answer to our question."),
    State.PAUSED: _(
        "Your matter rests until something it depends on is settled. Nothing is lost and you need do nothing: "
        "we go on by ourselves and tell you here."
    ),
    State.CLOSED: _("Nothing more is to come. For something new, file a new petition."),
}
AGENCY_STEPS: Final = {"acknowledge", "answer", "decline", "chase", "extend"}
TELLING: Final = {"inform", "withdraw", "transfer", "give_back"}
"""The steps with which the petitioner is told something in words of its own."""


OF_THE_OTHER: Final = {"receive", "ask_petitioner", "petitioner_answers", "go_on", "split"}
"""What happens between the office and the petitioner of the one theirs was joined to, and is not theirs to know."""


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
    parts: Sequence[PublicHistory] = ()
    """What was split from it, followed by the same number and code."""


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
    """What has happened and what comes next, oldest first. Two queries, more for what was joined or split.

    Of a joined petition: its own way up to there, and the way of the one under which it is handled, without a word of
    what that one says or who it comes from.
    """
    carrier = petition.carried_by()
    events = _events(petition, carrier)
    lines: list[Line] = []
    told = [event.pk for event in events if event.step in TELLING]
    for event in events:
        of = petition if event.matter_id == petition.pk else carrier
        line = _line(of, event, is_latest_told=bool(told) and event.pk == told[-1])
        # Going round inside the office (sent back, summarised again) is told once.
        if not lines or (line.title, line.who, line.text) != (lines[-1].title, lines[-1].who, lines[-1].text):
            lines.append(line)
    return PublicHistory(
        label=petition.label,
        title=petition.title,
        received_at=petition.received_at,
        lines=lines,
        now=_now(petition, carrier),
        is_closed=carrier.state == State.CLOSED,
        result=str(carrier.get_result_display()) if carrier.state == State.CLOSED else "",
        parts=[history(part) for part in petition.parts.order_by("pk")],
    )


def _events(petition: Petition, carrier: Petition) -> list[Event]:
    """The events a petitioner is told of, in the order of time."""
    own = Q(matter=petition)
    theirs = Q(matter=carrier) & ~Q(step__in=OF_THE_OTHER)
    found = Event.objects.filter(own if carrier == petition else own | theirs, step__in=STEPS).order_by("pk")
    return [event for event in found if _is_told(event)]


def _now(petition: Petition, carrier: Petition) -> str:
    """What comes next; what another petitioner is asked is no question to this one."""
    state = carrier.state
    if carrier != petition and state == State.ASKED:
        state = carrier.came_from or State.RECEIVED
    return str(NOW[state])


def _is_told(event: Event) -> bool:
    """Of the dates put off only an agency's concerns the petitioner; theirs they were written about."""
    promise = event.changes.get("promise", ["", ""])[1]
    return event.step != "extend" or promise == Deadline.Kind.AGENCY_ANSWER


def _line(petition: Petition, event: Event, *, is_latest_told: bool) -> Line:
    return Line(
        at=petition.received_at if event.step == "receive" else event.at,
        title=_title(event),
        who=_with_whom(petition, event),
        text=petition.told_text if is_latest_told else "",
    )


def _title(event: Event) -> str:
    """What happened; of a date that concerns the petitioner, which one."""
    words, until = str(STEPS[event.step]), event.changes.get("until", ["", ""])[1]
    if not until or event.step not in ("pause", "ask_petitioner"):
        return words
    day = datetime.fromisoformat(until).astimezone(OFFICE_TZ).date()
    return gettext("%(words)s, until %(date)s") % {
        "words": words,
        "date": format_long(day, language=get_language() or "th"),
    }


def _with_whom(petition: Petition, event: Event) -> str:
    """The body that has it, never a person's name; agencies are not named for a matter with a grade of secrecy."""
    if event.step in AGENCY_STEPS or event.step == "refer":
        if petition.secrecy != Secrecy.ORDINARY:
            return gettext("The agency in charge")
        field = "agencies" if event.step == "refer" else "agency_of_step"
        return str(event.changes.get(field, ["", ""])[1])
    if event.step in ("petitioner_answers", "withdraw"):
        return gettext("You")
    if event.step == "transfer" and petition.secrecy == Secrecy.ORDINARY:
        return petition.transferred_to
    return str(settings.OFFICE_NAME)
