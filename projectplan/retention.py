"""What the clock proposes for review, and the acts of the two who review it.

The clock walks each kind by an index, from where it got to, so far a round and no further; what it passes is in no
batch that waits, not removed already, not held, and hangs together with nothing that goes on. It proposes, no more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

import rules
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from office import holding
from office.calendar import OFFICE_TZ
from office.models import (
    Anonymised,
    Matter,
    RetentionBatch,
    RetentionRow,
    RetentionRule,
    Role,
    Subgroup,
    User,
)
from office.permissions import is_executive, is_head, is_officer
from office.personal import MATTERS
from projectplan.anonymising import AGAIN, KIN, ended_before, held_keys
from projectplan.personal import SHELVES

SEEN_A_ROUND: Final = 5_000
"""Records of a kind that one round passes."""
BATCH_ROWS: Final = 100
BATCHES_WAITING: Final = 5
"""So many batches of a kind may wait for people; then nothing more of it is proposed."""

State = RetentionBatch.State
Outcome = RetentionRow.Outcome

may_review = is_officer | is_head | is_executive


@dataclass(frozen=True)
class Candidate:
    """A record whose time is over: its key, its number, when it ended, whose it is."""

    key: int
    label: str
    ended_at: date | datetime
    subgroup_id: int | None

    @property
    def ended_on(self) -> date:
        at = self.ended_at
        return at.astimezone(OFFICE_TZ).date() if isinstance(at, datetime) else at


# ── The clock ───────────────────────────────────────────────────────────────────────────────


def propose(now: datetime) -> int:
    """One round over every rule; returns how many records were put before people."""
    rules_ = RetentionRule.objects.filter(treatment=RetentionRule.Treatment.ANONYMISE)
    return sum(propose_by(rule, now) for rule in rules_)


def propose_by(rule: RetentionRule, now: datetime) -> int:
    """One round of one rule: the next records by its index, as batches of each subgroup."""
    waiting = RetentionBatch.objects.filter(subject=rule.subject, state__in=[State.PROPOSED, State.CHECKED])
    if waiting.count() >= BATCHES_WAITING:
        return 0
    day = last_day(rule, now)
    with transaction.atomic():
        mine = RetentionRule.objects.select_for_update().get(pk=rule.pk)
        seen = _next_seen(mine, day)
        taken, last = _take(mine.subject, seen, day, now)
        _go_on_from(mine, last)
        _write_batches(mine, taken, day, now)
    return len(taken)


def last_day(rule: RetentionRule, now: datetime) -> date:
    """What ended before this day has had its years."""
    today = holding.today_at(now)
    year = today.year - (rule.years or 0)
    # 29 February has its years a day later.
    return date(year, 3, 1) if (today.month, today.day) == (2, 29) else today.replace(year=year)


def _next_seen(rule: RetentionRule, day: date) -> list[Candidate]:
    if rule.subject in MATTERS:
        rows = Matter.objects.filter(kind=rule.subject)
        beyond = _beyond(rows, "closed_at", "id", rule, _opening(day))
        found = beyond.only("id", "series", "year", "number", "closed_at", "subgroup_id", "kind")
        return [
            Candidate(one.pk, one.label, one.closed_at, one.subgroup_id) for one in found if one.closed_at
        ]
    shelf = SHELVES[rule.subject]
    is_moment = shelf.rows.model._meta.get_field(shelf.ended).get_internal_type() == "DateTimeField"
    beyond = _beyond(shelf.rows, shelf.ended, "pk", rule, _opening(day) if is_moment else day)
    codes = dict(Subgroup.objects.values_list("code", "pk"))
    subgroup = codes.get(shelf.subgroup) if shelf.subgroup else None
    return [Candidate(one.pk, shelf.label(one)[:60], shelf.ended_on(one), subgroup) for one in beyond]


def _opening(day: date) -> datetime:
    return datetime.combine(day, time.min, OFFICE_TZ)


def _beyond(
    rows: QuerySet[Any], column: str, key: str, rule: RetentionRule, before: date | datetime
) -> QuerySet[Any]:
    """The next rows of an index of a date and a key, after where the rule got to."""
    rows = rows.filter(**{f"{column}__lt": before})
    if rule.looked_at is not None:
        since: Any = rule.looked_at if isinstance(before, datetime) else holding.today_at(rule.looked_at)
        after = Q(**{f"{column}__gt": since}) | Q(**{f"{key}__gt": rule.looked_key})
        rows = rows.filter(after, **{f"{column}__gte": since})
    return rows.order_by(column, key)[:SEEN_A_ROUND]


def _go_on_from(rule: RetentionRule, last: Candidate | None) -> None:
    """Where the next round begins; at the oldest again after the newest, for old registers are brought late."""
    at = last.ended_at if last else None
    rule.looked_at = at if at is None or isinstance(at, datetime) else _opening(at)
    rule.looked_key = last.key if last else None
    rule.save(update_fields=["looked_at", "looked_key"])


def _take(
    subject: str, seen: Sequence[Candidate], day: date, now: datetime
) -> tuple[list[Candidate], Candidate | None]:
    """Those that may be proposed, and the last one looked at; None where there is no further one."""
    free = _free(subject, {one.key for one in seen}, holding.today_at(now))
    taken: list[Candidate] = []
    for place, one in enumerate(seen):
        if len(taken) == BATCH_ROWS * BATCHES_WAITING:
            return taken, seen[place - 1]
        if one.key in free and _kin_ended(subject, one.key, day):
            taken.append(one)
    return taken, seen[-1] if len(seen) == SEEN_A_ROUND else None


def _free(subject: str, keys: set[int], today: date) -> set[int]:
    """Of these keys, those of nothing removed, under review, kept out for now, or held."""
    keys = keys - set(Anonymised.objects.filter(subject=subject, key__in=keys).values_list("key", flat=True))
    rows = RetentionRow.objects.filter(subject=subject, key__in=keys)
    keys -= set(rows.filter(Q(outcome="") | Q(again_on__gt=today)).values_list("key", flat=True))
    return keys - held_keys(keys, today) if subject in MATTERS else keys


def _kin_ended(subject: str, key: int, day: date) -> bool:
    relatives = KIN[subject](key) if subject in KIN else set()
    return all(ended_before(matter, day) for matter in Matter.objects.filter(pk__in=relatives))


def _write_batches(rule: RetentionRule, taken: Iterable[Candidate], day: date, now: datetime) -> None:
    by_subgroup: defaultdict[int | None, list[Candidate]] = defaultdict(list)
    for one in taken:
        by_subgroup[one.subgroup_id].append(one)
    for subgroup_id, own in by_subgroup.items():
        for rows in _pieces(own):
            batch = RetentionBatch.objects.create(
                subject=rule.subject,
                subgroup_id=subgroup_id,
                years=rule.years or 0,
                source=rule.source,
                ended_before=day,
                proposed_at=now,
            )
            RetentionRow.objects.bulk_create(
                RetentionRow(
                    batch=batch, subject=rule.subject, key=one.key, label=one.label, ended_on=one.ended_on
                )
                for one in rows
            )


def _pieces(rows: Sequence[Candidate]) -> Iterator[Sequence[Candidate]]:
    return (rows[at : at + BATCH_ROWS] for at in range(0, len(rows), BATCH_ROWS))


# ── Who reviews ─────────────────────────────────────────────────────────────────────────────


def batches_for(user: User) -> QuerySet[RetentionBatch]:
    """The batches a person may review: an executive all, an officer or head those of the subgroup and of the group."""
    rows = RetentionBatch.objects.select_related("subgroup", "checked_by", "confirmed_by", "returned_by")
    if user.has_role(Role.EXECUTIVE):
        return rows
    return (
        rows.filter(Q(subgroup=user.subgroup_id) | Q(subgroup=None)) if may_review.test(user) else rows.none()
    )


@rules.predicate
def may_check(user: User, batch: RetentionBatch) -> bool:
    """Officers and heads of the subgroup go through the rows."""
    is_own = batch.subgroup_id in (None, user.subgroup_id)
    return batch.state == State.PROPOSED and is_own and (is_officer | is_head).test(user)


@rules.predicate
def may_confirm(user: User, batch: RetentionBatch) -> bool:
    """The head of the subgroup, or an executive, who did not go through the rows."""
    is_own = is_head.test(user) and batch.subgroup_id in (None, user.subgroup_id)
    return (
        batch.state == State.CHECKED
        and batch.checked_by_id != user.pk
        and (is_own or bool(is_executive.test(user)))
    )


def check(batch: RetentionBatch, kept: dict[int, str], *, by: User, seen: int, now: datetime) -> None:
    """The first person's word: these rows may go, but for those `kept` (row → reason)."""
    with transaction.atomic():
        mine = _mine(batch, seen)
        _refuse_unless(may_check.test(by, mine))
        for row in mine.rows.filter(pk__in=kept, outcome=""):
            reason = kept[row.pk].strip()
            if not reason:
                raise ValidationError(_("Write for each record that is kept why."))
            row.outcome, row.kept_out_reason, row.kept_out_by = Outcome.KEPT_OUT, reason, by
            row.again_on = holding.today_at(now) + AGAIN
            row.save()
        mine.state, mine.checked_by, mine.checked_at = State.CHECKED, by, now
        mine.returned_by, mine.returned_reason = None, ""
        _save(mine)


def confirm(batch: RetentionBatch, *, by: User, seen: int, now: datetime) -> None:
    """The second person's word, by which it is carried out."""
    with transaction.atomic():
        mine = _mine(batch, seen)
        _refuse_unless(may_confirm.test(by, mine))
        mine.state, mine.confirmed_by, mine.confirmed_at = State.CONFIRMED, by, now
        _save(mine)


def give_back(batch: RetentionBatch, reason: str, *, by: User, seen: int) -> None:
    """The second person sends the batch back to be gone through once more; what was kept out waits again."""
    if not reason.strip():
        raise ValidationError({"reason": _("Write why.")})
    with transaction.atomic():
        mine = _mine(batch, seen)
        _refuse_unless(may_confirm.test(by, mine))
        mine.rows.filter(outcome=Outcome.KEPT_OUT).update(
            outcome="", kept_out_reason="", kept_out_by=None, again_on=None
        )
        mine.state, mine.checked_by, mine.checked_at = State.PROPOSED, None, None
        mine.returned_by, mine.returned_reason = by, reason
        _save(mine)


class BatchMovedOn(Exception):
    """Somebody was quicker: the batch is not as it was seen."""


def _mine(batch: RetentionBatch, seen: int) -> RetentionBatch:
    mine = RetentionBatch.objects.select_for_update().get(pk=batch.pk)
    if mine.version != seen:
        raise BatchMovedOn
    return mine


def _save(batch: RetentionBatch) -> None:
    batch.version += 1
    batch.save()


def _refuse_unless(is_allowed: bool) -> None:
    if not is_allowed:
        raise PermissionDenied(
            _(
                "Two people agree to the removal: an officer or head of the subgroup goes through the records, "
                "and another, its head or an executive, confirms."
            )
        )
