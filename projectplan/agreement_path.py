"""The path of a performance agreement: who may do what from which state, and the one door for every act.

    draft ─propose→ proposed ─agree→ agreed ─sign→ signed ─confirm→ in force ─assessments→ result
      ↑               │ send back       │
      └── take back ──┴─────────────────┘          amend: a new edition begins, the old one stays until it is in force

It is always the turn of one of two: the signer (the person, or who signs for the group) or the superior. Nobody signs
in another's name. Should the superior have left the office, whoever could be chosen in that place stands in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum, auto
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.calendar import OFFICE_TZ, Period, fiscal_year, quarter
from office.figures import figures, plain
from office.models import Role, User
from projectplan.models import (
    Agreement,
    AgreementEvent,
    AgreementLine,
    AgreementState,
    Assessment,
    Half,
    Side,
)
from projectplan.models.agreement import HUNDREDTH, VALID, WHOLE
from projectplan.scoring import LOWEST, score

S = AgreementState


class Turn(Enum):
    """Whose act it is."""

    SIGNER = auto()
    SUPERIOR = auto()
    EITHER = auto()


class ChangedMeanwhile(Exception):
    """Somebody has done something since the page was opened."""

    def __init__(self, agreement: Agreement) -> None:
        super().__init__(agreement.version)
        self.agreement = agreement


@dataclass(frozen=True)
class Act:
    """One act: the verb of its button, what the history says, from which states to which, and whose it is."""

    words: str | Promise
    done: str | Promise
    sources: tuple[AgreementState, ...]
    target: AgreementState
    turn: Turn
    needs_reason: bool = False


ACTS: dict[str, Act] = {
    "propose": Act(gettext_lazy("Propose"), gettext_lazy("Proposed"), (S.DRAFT,), S.PROPOSED, Turn.SIGNER),
    "take_back": Act(
        gettext_lazy("Take back to the draft"),
        gettext_lazy("Taken back to the draft"),
        (S.PROPOSED, S.AGREED),
        S.DRAFT,
        Turn.SIGNER,
    ),
    "send_back": Act(
        gettext_lazy("Send back with remarks"),
        gettext_lazy("Sent back with remarks"),
        (S.PROPOSED, S.AGREED),
        S.DRAFT,
        Turn.SUPERIOR,
        needs_reason=True,
    ),
    "agree": Act(
        gettext_lazy("Agree"), gettext_lazy("Agreed, to be signed"), (S.PROPOSED,), S.AGREED, Turn.SUPERIOR
    ),
    "sign": Act(
        gettext_lazy("Sign the agreement"), gettext_lazy("Signed"), (S.AGREED,), S.SIGNED, Turn.SIGNER
    ),
    "confirm": Act(
        gettext_lazy("Sign as the one who receives it"),
        gettext_lazy("Signed by both, in force"),
        (S.SIGNED,),
        S.IN_FORCE,
        Turn.SUPERIOR,
    ),
    "amend": Act(
        gettext_lazy("Amend by a new edition"),
        gettext_lazy("Amended by a new edition"),
        (S.SIGNED, S.IN_FORCE, S.HALF_DONE),
        S.DRAFT,
        Turn.EITHER,
        needs_reason=True,
    ),
    "assess_half": Act(
        gettext_lazy("Assess the half year"),
        gettext_lazy("Half year assessed by the one who signed"),
        (S.IN_FORCE,),
        S.HALF_SELF,
        Turn.SIGNER,
    ),
    "judge_half": Act(
        gettext_lazy("Assess the half year as the one above"),
        gettext_lazy("Half year assessed by the one above"),
        (S.HALF_SELF,),
        S.HALF_DONE,
        Turn.SUPERIOR,
    ),
    "assess_year": Act(
        gettext_lazy("Assess the full year"),
        gettext_lazy("Full year assessed by the one who signed"),
        (S.IN_FORCE, S.HALF_DONE),
        S.YEAR_SELF,
        Turn.SIGNER,
    ),
    "judge_year": Act(
        gettext_lazy("Assess the full year as the one above"),
        gettext_lazy("Full year assessed by the one above: the result"),
        (S.YEAR_SELF,),
        S.DONE,
        Turn.SUPERIOR,
    ),
}
OTHER_EVENTS = {
    "begin": gettext_lazy("Begun"),
    "write": gettext_lazy("Written"),
    "replaced": gettext_lazy("Replaced by a new edition"),
}

ASSESSED: dict[str, tuple[Half, Side]] = {
    "assess_half": (Half.HALF, Side.SELF),
    "judge_half": (Half.HALF, Side.HEAD),
    "assess_year": (Half.YEAR, Side.SELF),
    "judge_year": (Half.YEAR, Side.HEAD),
}
"""The acts that give an assessment: of what, by whom."""


def event_words(event: AgreementEvent) -> str:
    """What happened, in the words of the history."""
    return str(ACTS[event.act].done if event.act in ACTS else OTHER_EVENTS[event.act])


def half_year(year: int) -> Period:
    """The first six months of a fiscal year (B.E.): October to March."""
    return Period(quarter(year, 1).first, quarter(year, 2).last)


def period_of(year: int, half: Half) -> Period:
    """What an assessment is of."""
    return half_year(year) if half == Half.HALF else fiscal_year(year)


def opens_on(year: int, half: Half) -> date:
    """From when one may assess: the first day of the period's last month, so that the rounds of April and October find
    everything ready."""
    return period_of(year, half).last.replace(day=1)


# ── Who ───────────────────────────────────────────────────────────────────────────────────────


def possible_superiors(person: User | None, signer: User) -> QuerySet[User]:
    """Who receives an agreement: an executive that of the group or of a section head, else a head of the subgroup."""
    people = User.objects.with_role(Role.EXECUTIVE)
    if person is not None and not person.has_role(Role.HEAD):
        heads = User.objects.heads_of(person.subgroup_id or 0)
        people = heads if heads.exists() else people
    return people.exclude(pk=signer.pk)


def may_begin(user: User, person: User | None) -> bool:
    """Each begins their own; heads and executives that of the group."""
    if person is None:
        return user.has_role(Role.HEAD) or user.has_role(Role.EXECUTIVE)
    return user == person and user.is_active and user.subgroup_id is not None


def is_superior(user: User, agreement: Agreement) -> bool:
    """Whether the person receives the agreement, or stands in for one who has left."""
    if agreement.superior_id == user.pk:
        return True
    if agreement.superior.is_active:
        return False
    return possible_superiors(agreement.person, agreement.signer).filter(pk=user.pk).exists()


def is_turn_of(user: User, agreement: Agreement, turn: Turn) -> bool:
    """Whether the act is this person's."""
    if turn is not Turn.SUPERIOR and agreement.signer_id == user.pk:
        return True
    return turn is not Turn.SIGNER and is_superior(user, agreement)


def acts_of(user: User, agreement: Agreement, now: datetime) -> list[str]:
    """The names of what the person may do now."""
    if agreement.is_valid and _has_newer(agreement):
        return []
    own = {turn: is_turn_of(user, agreement, turn) for turn in (Turn.SIGNER, Turn.SUPERIOR)}
    own[Turn.EITHER] = any(own.values())
    return [
        name
        for name, act in ACTS.items()
        if agreement.state in act.sources and own[act.turn] and _is_time(agreement, name, now)
    ]


def _has_newer(agreement: Agreement) -> bool:
    """Whether a later edition is on its way: this one rests, and is assessed no more."""
    editions = Agreement.objects.of(agreement.fiscal_year, agreement.person)
    return editions.filter(edition__gt=agreement.edition).exists()


def _is_time(agreement: Agreement, name: str, now: datetime) -> bool:
    if name not in ASSESSED:
        return True
    half, _side = ASSESSED[name]
    return now.astimezone(OFFICE_TZ).date() >= opens_on(agreement.fiscal_year, half)


# ── The door ──────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def begin(*, year: int, person: User | None, signer: User, superior: User, now: datetime) -> Agreement:
    """The first edition, or the one there is: a second press makes no second agreement. Raises PermissionDenied."""
    found = Agreement.objects.of(year, person).first()
    if found:
        return found
    if (
        not may_begin(signer, person)
        or not possible_superiors(person, signer).filter(pk=superior.pk).exists()
    ):
        raise PermissionDenied(_("An agreement is begun by the one who is to sign it."))
    agreement = Agreement.objects.create(fiscal_year=year, person=person, signer=signer, superior=superior)
    _note(agreement, "begin", signer, now)
    return agreement


@transaction.atomic
def write(
    agreement: Agreement, lines: Sequence[Mapping[str, Any]], *, by: User, seen: int, now: datetime
) -> Agreement:
    """Put these lines in place of those there are. Raises ChangedMeanwhile, PermissionDenied."""
    locked = _locked(agreement, seen)
    if locked.state != S.DRAFT or locked.signer_id != by.pk:
        raise PermissionDenied(_("A draft is written by the one who is to sign it."))
    locked.lines.all().delete()
    AgreementLine.objects.bulk_create(
        AgreementLine(agreement=locked, number=number, **line) for number, line in enumerate(lines, start=1)
    )
    _move(locked, "write", by, now)
    return locked


@transaction.atomic
def act(
    agreement: Agreement,
    name: str,
    *,
    by: User,
    seen: int,
    now: datetime,
    reason: str = "",
    found: Mapping[int, tuple[Decimal, str]] | None = None,
) -> Agreement:
    """Do one act; returns the agreement after it, or the new edition that `amend` begins.

    `found` gives an assessment: of each line's key the value reached and a remark. A second press of the same button
    changes nothing. Raises ChangedMeanwhile; PermissionDenied for the wrong person or time; ValidationError.
    """
    locked = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    done = locked.events.filter(version=seen + 1, act=name, actor=by).exists()
    if done:
        return _edition_after(locked) if name == "amend" else locked
    locked = _locked(agreement, seen)
    chosen = ACTS[name]
    if locked.state not in chosen.sources or not is_turn_of(by, locked, chosen.turn):
        raise PermissionDenied(_("This is not yours to do now."))
    if not _is_time(locked, name, now):
        raise PermissionDenied(_("The time of this assessment has not come yet."))
    if locked.is_valid and _has_newer(locked):
        raise ValidationError(_("A new edition has been begun already."))
    if chosen.needs_reason and not reason.strip():
        raise ValidationError({"reason": _("Write the reason: the other one reads it.")})
    if name == "amend":
        return _amend(locked, by, now, reason)
    before = locked.state
    if name in ASSESSED:
        _assess(locked, name, found or {})
    _carry_out(locked, name, by, now)
    locked.state = chosen.target
    _move(locked, name, by, now, before=before, reason=reason)
    return locked


def _carry_out(agreement: Agreement, name: str, by: User, now: datetime) -> None:
    """What an act does besides moving on."""
    if name in ("propose", "agree", "sign"):
        check_weights(agreement.weight())
    if name == "sign":
        agreement.signed_at = now
    if name == "confirm":
        agreement.superior, agreement.confirmed_at = by, now
        editions = Agreement.objects.of(agreement.fiscal_year, agreement.person)
        for older in editions.filter(edition__lt=agreement.edition, state__in=VALID):
            _replace(older, by, now)


def check_weights(total: Decimal) -> None:
    """Raises ValidationError unless the weights add up to exactly 100."""
    if total != WHOLE:
        raise ValidationError(
            _("The weights add up to %(total)s; they must be 100 exactly."),
            params={"total": figures(plain(total))},
        )


def _assess(agreement: Agreement, name: str, found: Mapping[int, tuple[Decimal, str]]) -> None:
    half, side = ASSESSED[name]
    lines = list(agreement.lines.all())
    if {line.pk for line in lines} != set(found):
        raise ValidationError(_("Every line is assessed."))
    rows = []
    for line in lines:
        value, remark = found[line.pk]
        rows.append(
            Assessment(
                line=line,
                half=half,
                side=side,
                value=value,
                remark=remark,
                score=score(value, line.levels) or LOWEST,
            )
        )
    Assessment.objects.bulk_create(rows)
    if side == Side.HEAD:
        result = result_of(rows)
        if half == Half.HALF:
            agreement.half_score = result
        else:
            agreement.score = result


def result_of(rows: Sequence[Assessment]) -> Decimal:
    """The scores by their weights, to two decimals, rounded once at the end."""
    total = sum((row.score * row.line.weight for row in rows), Decimal())
    return (total / WHOLE).quantize(HUNDREDTH, ROUND_HALF_UP)


def _amend(agreement: Agreement, by: User, now: datetime, reason: str) -> Agreement:
    """A new edition with the same lines; the signer is the same, the superior chosen anew should they have left."""
    _move(agreement, "amend", by, now, reason=reason)
    if agreement.state == S.SIGNED:
        _replace(agreement, by, now)
    superior = agreement.superior
    if not superior.is_active:
        superior = possible_superiors(agreement.person, agreement.signer).first() or superior
    new = Agreement.objects.create(
        fiscal_year=agreement.fiscal_year,
        person=agreement.person,
        edition=agreement.edition + 1,
        reason=reason,
        signer=agreement.signer,
        superior=superior,
    )
    copies = list(agreement.lines.all())
    for line in copies:
        line.pk, line.agreement = None, new
    AgreementLine.objects.bulk_create(copies)
    _note(new, "begin", by, now, reason=reason)
    return new


def _edition_after(agreement: Agreement) -> Agreement:
    return Agreement.objects.of(agreement.fiscal_year, agreement.person).get(edition=agreement.edition + 1)


def _replace(agreement: Agreement, by: User, now: datetime) -> None:
    before, agreement.state = agreement.state, S.REPLACED
    _move(agreement, "replaced", by, now, before=before)


def _locked(agreement: Agreement, seen: int) -> Agreement:
    locked = (
        Agreement.objects.select_related("person", "signer", "superior")
        .select_for_update(of=("self",))
        .get(pk=agreement.pk)
    )
    if locked.version != seen:
        raise ChangedMeanwhile(locked)
    return locked


def _move(
    agreement: Agreement, name: str, by: User, now: datetime, *, before: str = "", reason: str = ""
) -> None:
    """Save the next version, if nobody has in the meantime, and write down who did what."""
    seen, agreement.version = agreement.version, agreement.version + 1
    # SQLite locks no row: whoever wrote first has the version.
    if not Agreement.objects.filter(pk=agreement.pk, version=seen).update(version=F("version") + 1):
        raise ChangedMeanwhile(agreement)
    agreement.save()
    _note(agreement, name, by, now, before=before or agreement.state, reason=reason)


def _note(
    agreement: Agreement, name: str, by: User, now: datetime, *, before: str = "", reason: str = ""
) -> None:
    AgreementEvent.objects.create(
        agreement=agreement,
        act=name,
        at=now,
        actor=by,
        from_state=before,
        to_state=agreement.state,
        reason=reason,
        version=agreement.version,
    )
