"""What a list or page says of a consultation at a glance: who raised it, what is next, who has been told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from office.models import Secrecy
from office.models.number import number_label
from office.worklist import Owed, holder, owed_first
from parliament.models import Consultation
from parliament.models.consultation_state import ConsultationState as State
from parliament.models.consultation_state import Screening

NEXT_STEP: dict[str, str] = {
    State.RECEIVED: "accept",
    State.SCREENED: "summarise",
    State.ASKED: "chase_request",
    State.ANSWERED: "summarise",
    State.ON_DESK: "order",
    State.TOLD: "close",
}


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list shows of a consultation itself, as plain values."""

    pk: int
    series: str
    number: int
    year: int
    title: str
    state: str
    screening: str
    received_at: datetime
    secrecy: int
    has_text: bool
    email: str
    mail_at: datetime | None
    raiser_told_at: datetime | None
    minister_told_at: datetime | None
    raiser: str
    party: str

    @property
    def label(self) -> str:
        """The number as the register writes it."""
        return number_label(self.series, self.number, self.year)


@dataclass(frozen=True, slots=True)
class Row:
    """One consultation of a list: the most urgent it owes, and who has it ("": nobody)."""

    matter: Listed
    owed: Owed | None
    with_whom: str

    @property
    def due_at(self) -> datetime | None:
        return self.owed.due_at if self.owed else None


def next_step_of(matter: Listed | Consultation) -> str:
    """The step that is due where a consultation stands."""
    if matter.state == State.CHECKING:
        return "submit" if matter.screening == Screening.ACCEPTED else "confirm_screening"
    if matter.state != State.ORDERED:
        return NEXT_STEP.get(matter.state, "")
    has_text, email, mail_at = _of_telling(matter)
    if not has_text:
        return "write_result"
    if matter.raiser_told_at is None and mail_at is None:
        return "mail_raiser" if email and matter.secrecy == Secrecy.ORDINARY else "tell_raiser"
    return "tell_minister" if matter.minister_told_at is None else ""


def _of_telling(matter: Any) -> tuple[bool, str, datetime | None]:
    if isinstance(matter, Listed):
        return matter.has_text, matter.email, matter.mail_at
    return bool(matter.told_text), matter.raiser_email, matter.raiser_mail_at


def next_step(matter: Consultation, now: datetime) -> str:
    """The step that is due on the page of one consultation."""
    return next_step_of(matter)


COLUMNS: list[str] = [
    "pk", "series", "number", "year", "title", "state", "screening", "received_at", "secrecy", "told_text",
    "raiser_email", "raiser_mail_at", "raiser_told_at", "minister_told_at", "member__title", "member__name",
    "member__party__name", "body__name", "owner__display_name",
]  # fmt: skip


def rows_of(keys: Sequence[int]) -> list[Row]:
    """The rows of these consultations in this order, in two queries however many."""
    owed = owed_first(keys)
    found = {}
    rows: Iterable[Any] = Consultation.objects.filter(pk__in=keys).values_list(*COLUMNS)
    for values in rows:
        *own, text, email, mail_at, raiser_at, minister_at, title, name, party, body, owner = values
        raiser = f"{title}{name}" if name else body
        matter = Listed(*[*own, bool(text), email, mail_at, raiser_at, minister_at, raiser, party or ""])
        found[matter.pk] = Row(matter, owed.get(matter.pk), holder(owed.get(matter.pk), owner))
    return [found[key] for key in keys]
