"""What the pages and the papers of agreements show: the way so far, both assessments side by side, who has one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from office.models import Role, Subgroup, User
from projectplan.agreement_path import ACTS, event_words, result_of
from projectplan.measures_agreements import staff
from projectplan.models import Agreement, AgreementLine, AgreementState, Assessment, Half, Side

S = AgreementState
WAY = (
    (_("Draft"), (S.DRAFT,)),
    (_("Proposed"), (S.PROPOSED,)),
    (_("To be signed"), (S.AGREED, S.SIGNED)),
    (_("In force"), (S.IN_FORCE,)),
    (_("Half-year assessment"), (S.HALF_SELF, S.HALF_DONE)),
    (_("Full-year assessment"), (S.YEAR_SELF,)),
    (_("Result"), (S.DONE,)),
)
SUPERIORS_TURN = (S.PROPOSED, S.SIGNED, S.HALF_SELF, S.YEAR_SELF)
TONES = {S.DONE: "ok", S.IN_FORCE: "ok", S.HALF_DONE: "ok", S.REPLACED: ""}


@dataclass(frozen=True)
class Step:
    """One step of the way: done, now or to come."""

    words: Any
    standing: str
    who: str = ""


def way_of(agreement: Agreement) -> list[Step]:
    """The way of an agreement, with whose turn it is; nothing of one that was replaced."""
    if agreement.state == S.REPLACED:
        return []
    at = next(place for place, (_words, states) in enumerate(WAY) if agreement.state in states)
    steps = []
    for place, (words, _states) in enumerate(WAY):
        is_end = agreement.state == S.DONE
        standing = "done" if place < at or (is_end and place == at) else "now" if place == at else ""
        steps.append(Step(words, standing, turn_of(agreement) if standing == "now" else ""))
    return steps


def turn_of(agreement: Agreement) -> str:
    """Whose turn it is; nobody's when all is done."""
    if agreement.state in (S.DONE, S.REPLACED):
        return ""
    return (agreement.superior if agreement.state in SUPERIORS_TURN else agreement.signer).short_name


@dataclass(frozen=True)
class LineRow:
    """A line with what was found of it: by half and side, None where nothing was yet."""

    line: AgreementLine
    found: dict[tuple[str, str], Assessment]

    def _of(self, half: Half, side: Side) -> Assessment | None:
        return self.found.get((half.value, side.value))

    @property
    def half_self(self) -> Assessment | None:
        return self._of(Half.HALF, Side.SELF)

    @property
    def half_head(self) -> Assessment | None:
        return self._of(Half.HALF, Side.HEAD)

    @property
    def year_self(self) -> Assessment | None:
        return self._of(Half.YEAR, Side.SELF)

    @property
    def year_head(self) -> Assessment | None:
        return self._of(Half.YEAR, Side.HEAD)


def rows_of(agreement: Agreement) -> list[LineRow]:
    """The lines with their assessments, in two queries."""
    rows = []
    for line in agreement.lines.prefetch_related("assessments"):
        found = {}
        for one in line.assessments.all():
            one.line = line
            found[one.half, one.side] = one
        rows.append(LineRow(line, found))
    return rows


def history_of(agreement: Agreement) -> list[tuple[str, Any]]:
    """What happened, the newest first."""
    events = agreement.events.select_related("actor").order_by("-pk")
    return [(event_words(event), event) for event in events]


@dataclass(frozen=True)
class Verb:
    """A button of the page: the act's name, its words, and whether it is the act that moves the agreement on."""

    name: str
    words: Any
    is_next: bool


RARE = ("take_back", "send_back", "amend")


def verbs(names: Sequence[str]) -> list[Verb]:
    """The buttons for these acts, the next step first; a half-year assessment goes before the full year's."""
    rest = [name for name in names if name not in RARE]
    ordered = [*rest, *(name for name in names if name in RARE)]
    return [
        Verb(name, ACTS[name].words, is_next=bool(rest) and name == rest[0])
        for name in ordered
        if name != "propose"
    ]


# ── Who has one ───────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Row:
    """One of the staff, or the group, with the agreement that counts now, if any."""

    name: str
    agreement: Agreement | None
    waits_for_me: bool

    @property
    def turn(self) -> str:
        return turn_of(self.agreement) if self.agreement else ""

    @property
    def tone(self) -> str:
        return TONES.get(AgreementState(self.agreement.state), "soon") if self.agreement else "late"


@dataclass(frozen=True)
class Part:
    """A subgroup's people, or the group itself, in the list."""

    heading: str
    rows: list[Row]


def parts_for(user: User, year: int) -> list[Part]:
    """Who has an agreement of the year and where it stands: executives see everybody, a head the own subgroup."""
    people = staff().select_related("subgroup").order_by("subgroup", "display_name")
    if not user.has_role(Role.EXECUTIVE):
        people = people.filter(Q(subgroup=user.subgroup_id) | Q(pk=user.pk))
    newest: dict[int | None, Agreement] = {}
    agreements = Agreement.objects.visible_to(user).filter(fiscal_year=year)
    for one in agreements.select_related("signer", "superior").order_by("edition"):
        newest[one.person_id] = one
    waiting = set(Agreement.objects.waiting_for(user).filter(fiscal_year=year).values_list("pk", flat=True))

    def row(name: str, key: int | None) -> Row:
        agreement = newest.get(key)
        return Row(name, agreement, agreement is not None and agreement.pk in waiting)

    parts = [Part(str(_("The whole group")), [row(str(_("Performance agreement of the group")), None)])]
    by_subgroup: dict[Subgroup, list[Row]] = {}
    for person in people:
        assert person.subgroup
        by_subgroup.setdefault(person.subgroup, []).append(row(str(person), person.pk))
    return parts + [Part(subgroup.name, rows) for subgroup, rows in by_subgroup.items()]


def counts_of(parts: Iterable[Part]) -> tuple[int, int]:
    """How many of the people shown have one in force, of how many."""
    rows = [row for part in list(parts)[1:] for row in part.rows]
    valid = sum(row.agreement is not None and row.agreement.is_valid for row in rows)
    return valid, len(rows)


def sum_of(rows: Iterable[LineRow], half: Half, side: Side) -> Decimal | None:
    """The weighted result of one side, to two decimals; None while that side has not assessed."""
    found = [row.found[half.value, side.value] for row in rows if (half.value, side.value) in row.found]
    return result_of(found) if found else None
