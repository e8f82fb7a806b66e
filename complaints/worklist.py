"""What a list or page says of a petition at a glance: who has it, what is next, how long is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from complaints.models import Petition, Referral, State
from office.models import Deadline, Event
from office.models.people import short_name

# The one next step in each state: the verb on the button is the same in the list, on the page and in the history.
NEXT_STEP: dict[str, str] = {
    State.RECEIVED: "summarise",
    State.RETURNED: "summarise",
    State.SUMMARISED: "submit",
    State.SUBMITTED: "order",
    State.ORDERED: "refer",
    State.REFERRED: "chase",
    State.ANSWERED: "inform",
    State.INFORMED: "close",
}


def next_step(petition: Petition) -> str:
    """The step that is due; a noted petition goes straight to telling the petitioner. Empty when closed."""
    if petition.state == State.ORDERED and petition.decision == Petition.Decision.NOTE:
        return "inform"
    return NEXT_STEP.get(petition.state, "")


@dataclass
class Row:
    """One petition of a list: when its most urgent promise is due, and who has it.

    That is a person by short name, the agencies asked, or nobody ("").
    """

    petition: Petition
    due_at: datetime | None
    with_whom: str


def rows_of(keys: Sequence[int]) -> list[Row]:
    """The rows of these petitions in this order, in three queries however many; names come without their persons."""
    petitions = (
        Petition.objects.filter(pk__in=keys)
        .annotate(owner_name=F("owner__display_name"))
        .defer("story", "summary", "opinion", "order_text", "told_text", "search_text")
    )
    found = {petition.pk: petition for petition in petitions}
    nearest = _nearest_promises(keys)
    asked = _agencies_asked([petition.pk for petition in found.values() if petition.state == State.REFERRED])
    rows = []
    for key in keys:
        due_at, responsible = nearest.get(key, (None, None))
        person = responsible or found[key].owner_name
        rows.append(Row(found[key], due_at, asked.get(key) or (short_name(person) if person else "")))
    return rows


def _nearest_promises(keys: Sequence[int]) -> dict[int, tuple[datetime, str | None]]:
    """Of each petition that owes something: when the most urgent promise is due, and whose turn it is."""
    unmet = Deadline.objects.unmet().filter(matter__in=keys).order_by("-due_at")
    rows = unmet.values_list("matter", "due_at", "responsible__display_name")
    return {matter: (due_at, name) for matter, due_at, name in rows}


def _agencies_asked(keys: Sequence[int]) -> dict[int, str]:
    if not keys:
        return {}
    asked = Referral.objects.filter(petition__in=keys, answered_at=None, declined_at=None)
    names: dict[int, list[str]] = {}
    for key, name, short in asked.order_by("pk").values_list(
        "petition", "agency__name", "agency__short_name"
    ):
        names.setdefault(key, []).append(short or name)
    return {key: ", ".join(several) for key, several in names.items()}


# Events that no step of a petition leaves: its registration, and what the calendar did.
OTHER_EVENTS = {"receive": _("Received"), "calendar_moved": _("Deadline moved with the calendar")}


def event_words(event: Event) -> str:
    """What happened, in the words of the step's declaration."""
    declared = {
        one.name: one.custom["done"]
        for one in Petition._meta.get_field("state").get_all_transitions(Petition)
    }
    return str(OTHER_EVENTS.get(event.step) or declared[event.step])
