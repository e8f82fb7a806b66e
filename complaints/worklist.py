"""What a list or page says of a petition at a glance: who has it, what is next, how long is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from django.utils.translation import gettext

from complaints.models import Petition, Referral, State
from office.listed import ListedMatter, most_urgent_promises
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
    State.ASKED: "petitioner_answers",
    State.PAUSED: "resume",
}


@dataclass(frozen=True, slots=True)
class Listed(ListedMatter):
    """What a list shows of a petition itself."""

    petition_kind: str
    channel: str
    state: str
    decision: str


def next_step(petition: Petition | Listed) -> str:
    """The step that is due; a noted petition goes straight to telling the petitioner. Empty when closed."""
    if petition.state == State.ORDERED and petition.decision == Petition.Decision.NOTE:
        return "inform"
    return NEXT_STEP.get(petition.state, "")


@dataclass
class Row:
    """One petition of a list: when its most urgent promise is due, and who has it.

    That is a person by short name, the agencies asked, the petitioner, or nobody ("").
    """

    petition: Listed
    due_at: datetime | None
    with_whom: str


COLUMNS = [column.name for column in fields(Listed)]


def rows_of(keys: Sequence[int]) -> list[Row]:
    """The rows of these petitions in this order, in three queries however many; names come without their persons."""
    found = Petition.objects.filter(pk__in=keys).values_list(*COLUMNS, "owner__display_name")
    petitions = {values[0]: (Listed(*values), owner) for *values, owner in found}
    promises = most_urgent_promises(keys)
    asked = _agencies_asked([key for key, (one, _owner) in petitions.items() if one.state == State.REFERRED])
    rows = []
    for key in keys:
        petition, owner = petitions[key]
        promise = promises.get(key)
        person = (promise.responsible if promise else "") or owner
        outside = gettext("Petitioner") if petition.state == State.ASKED else asked.get(key)
        holder = outside or (short_name(person) if person else "")
        rows.append(Row(petition, promise.due_at if promise else None, holder))
    return rows


def _agencies_asked(keys: Sequence[int]) -> dict[int, str]:
    if not keys:
        return {}
    asked = Referral.objects.open().filter(petition__in=keys)
    names: dict[int, list[str]] = {}
    for key, name, short in asked.order_by("pk").values_list(
        "petition", "agency__name", "agency__short_name"
    ):
        names.setdefault(key, []).append(short or name)
    return {key: ", ".join(several) for key, several in names.items()}
