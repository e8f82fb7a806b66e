"""One step on many matters at once, with a result for each of them.

Every row is asked what `office.steps.perform` asks of one: whether the step is open to this person now, and whether
the matter still has the version the person saw. A row that may not is passed over and says why; the others go on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Model, QuerySet
from django.utils.translation import ngettext, override

from office import deadlines
from office.figures import figures
from office.linking import MAKE_NO_PAGE_STALE
from office.models import Event, Matter, User
from office.models.calendar import current_calendar
from office.notices import mark_all_seen, tell
from office.steps import (
    Act,
    Actor,
    ChangedMeanwhile,
    StepRefused,
    event_of,
    find_step,
    perform,
    refuse_unless_open,
    run,
)


class Outcome(StrEnum):
    """What became of one row."""

    DONE = "done"
    REFUSED = "refused"
    CHANGED = "changed"
    GONE = "gone"  # not there for this person: it is not said what it was


@dataclass(frozen=True)
class RowResult:
    """One row of the answer: its matter unless it is gone; why not, or what happened to it meanwhile."""

    key: int
    outcome: Outcome
    matter: Any = None
    words: str = ""
    since: Event | None = None


@dataclass
class JointAct(Act):
    """A step taken on one of many: what it asks for is gathered here and done for all of them together."""

    passed_on: list[tuple[Matter, User | None]] = field(default_factory=list)

    def pass_on(self, matter: Matter, officer: User | None) -> None:
        """Remembered; `_write_all` does it for all in two updates."""
        self.passed_on.append((matter, officer))


@dataclass
class _Taken:
    """A row on which the step was taken in memory, to be written with the others."""

    matter: Any
    was: dict[str, Any]
    act: JointAct
    event: Event


def why_not(matter: Any, name: str, actor: Actor) -> str:
    """Why the step is not open to this person as the matter stands; empty when it is."""
    try:
        refuse_unless_open(matter, name, actor)
    except StepRefused as refused:
        return str(refused)
    return ""


def perform_many(
    rows: QuerySet[Any],
    name: str,
    *,
    seen: Mapping[int, int],
    actor: Actor,
    now: datetime,
    reason: str = "",
    **given: Any,
) -> list[RowResult]:
    """Take one step that is declared `together` on many matters, in one transaction and a handful of queries.

    `rows` are the matters this person may see, with what their `tracked` and `searchable` read selected along;
    `seen` has the keys with the versions the person saw. All rows end as the single step leaves them, only that who
    is told is told once. LookupError for a step that cannot be taken together.
    """
    if not find_step(rows.model, name).custom["together"]:
        raise LookupError(name)
    with transaction.atomic():
        locked = _lock(rows, seen)
        since = _since({key: seen[key] for key, matter in locked.items() if matter.version != seen[key]})
        moved = [key for key, events in since.items() if events or seen[key] > locked[key].version]
        results, taken = [], []
        for key, version in seen.items():
            matter = locked.get(key)
            if matter is None:
                results.append(RowResult(key, Outcome.GONE))
            elif key in moved:
                results.append(_moved(matter, name, actor, version, since[key]))
            else:
                result, one = _take(matter, name, JointAct(actor, now, reason), given)
                results.append(result)
                taken += [one] if one else []
        if taken:
            _write_all(rows.model, taken, actor, now)
    return results


def perform_each(
    rows: QuerySet[Any],
    name: str,
    *,
    seen: Mapping[int, int],
    actor: Actor,
    now: datetime,
    reason: str = "",
    **given: Any,
) -> list[RowResult]:
    """Take one step on matters one after the other, each in a transaction of its own: for steps that write more
    than their matter. As for `perform_many`, `rows` are those this person may see."""
    visible = rows.in_bulk(list(seen))
    return [
        _one(visible.get(key), name, key, version, actor, now, reason, given) for key, version in seen.items()
    ]


def _one(
    matter: Any,
    name: str,
    key: int,
    version: int,
    actor: Actor,
    now: datetime,
    reason: str,
    given: dict[str, Any],
) -> RowResult:
    if matter is None:
        return RowResult(key, Outcome.GONE)
    try:
        perform(matter, name, actor=actor, seen=version, now=now, reason=reason, **given)
    except ChangedMeanwhile as changed:
        return RowResult(key, Outcome.CHANGED, matter, since=changed.events[-1] if changed.events else None)
    except StepRefused as refused:
        return RowResult(key, Outcome.REFUSED, matter, str(refused))
    except ValidationError as wrong:
        return RowResult(key, Outcome.REFUSED, matter, " ".join(wrong.messages))
    return RowResult(key, Outcome.DONE, matter)


def _lock(rows: QuerySet[Any], seen: Mapping[int, int]) -> dict[int, Any]:
    """The matters by key, locked in their order so that two who choose the same ones never wait for each other."""
    # Named, since what is selected along may be absent, and the database locks no absent row.
    tables = ("self", *(link.name for link in rows.model._meta.parents.values() if link))
    return {
        matter.pk: matter for matter in rows.filter(pk__in=seen).order_by("pk").select_for_update(of=tables)
    }


def _since(moved: Mapping[int, int]) -> dict[int, list[Event]]:
    """What happened to the matters that have other versions than those seen, oldest first; links and topics are
    nothing that a step is decided by. No query when there are none."""
    events: dict[int, list[Event]] = {key: [] for key in moved}
    if moved:
        rows = Event.objects.filter(matter_id__in=moved).exclude(step__in=MAKE_NO_PAGE_STALE)
        for event in rows.select_related("actor").order_by("pk"):
            if event.version > moved[event.matter_id]:
                events[event.matter_id].append(event)
    return events


def _moved(matter: Any, name: str, actor: Actor, version: int, events: list[Event]) -> RowResult:
    """A row that has moved on: by the first click on this very button it is done; else it is left alone."""
    for event in events:
        if event.version == version + 1 and event.step == name and event.actor == actor.user:
            return RowResult(matter.pk, Outcome.DONE, matter)
    return RowResult(matter.pk, Outcome.CHANGED, matter, since=events[-1] if events else None)


def _take(matter: Any, name: str, act: JointAct, given: dict[str, Any]) -> tuple[RowResult, _Taken | None]:
    """The step in memory, by its own method and its own declaration."""
    was = {one.attname: getattr(matter, one.attname) for one in matter._meta.concrete_fields}
    try:
        before = run(matter, name, act, given)
    except StepRefused as refused:
        return RowResult(matter.pk, Outcome.REFUSED, matter, str(refused)), None
    except ValidationError as wrong:
        return RowResult(matter.pk, Outcome.REFUSED, matter, " ".join(wrong.messages)), None
    event = event_of(matter, name, act, before)
    return RowResult(matter.pk, Outcome.DONE, matter), _Taken(matter, was, act, event)


def _write_all(model: Any, taken: list[_Taken], actor: Actor, now: datetime) -> None:
    """What `perform` writes after a step, for all of them: promises first, which look at who carried the matter."""
    passed_on: defaultdict[User | None, list[Matter]] = defaultdict(list)
    for one in taken:
        for matter, officer in one.act.passed_on:
            passed_on[officer].append(matter)
    for officer, matters in passed_on.items():
        deadlines.pass_on(matters, officer)
    _save_all(taken)
    Event.objects.bulk_create([one.event for one in taken])
    _tell_all(taken, now)
    matters = [one.matter for one in taken]
    if actor.user is not None:
        mark_all_seen(matters, actor.user, now=now)
    model.after_many(matters)


def _save_all(taken: list[_Taken]) -> None:
    """Save the matters: rows that changed alike share an update. Versions, locked as they are, count up by one."""
    alike: defaultdict[tuple[type[Model], frozenset[tuple[str, Any]]], list[int]] = defaultdict(list)
    for one in taken:
        changed: defaultdict[type[Model], list[tuple[str, Any]]] = defaultdict(list)
        changed[Matter] = []
        for column in one.matter._meta.concrete_fields:
            value = getattr(one.matter, column.attname)
            if column.name != "version" and value != one.was[column.attname]:
                changed[column.model].append((column.attname, value))
        for table, values in changed.items():
            alike[table, frozenset(values)].append(one.matter.pk)
    for (table, same), keys in alike.items():
        counted = {"version": F("version") + 1} if table is Matter else {}
        table._base_manager.filter(pk__in=keys).update(**dict(same), **counted)


def _tell_all(taken: list[_Taken], now: datetime) -> None:
    """Tell everybody once: of one matter as the single step does, of several how many they are."""
    told: defaultdict[tuple[User, str], list[tuple[_Taken, str]]] = defaultdict(list)
    for one in taken:
        for people, kind, text in one.act.notices:
            for person in people:
                told[person, kind].append((one, text))
    calendar = current_calendar() if told else None
    for (person, kind), items in told.items():
        (first, text), event = items[0], items[0][0].event
        alone = len(items) == 1
        tell(
            [person],
            kind,
            once=f"event:{event.pk}:{kind}" if alone else f"event:{event.pk}:{kind}:{len(items)}",
            now=now,
            calendar=calendar,  # type: ignore[arg-type]  # there is one where somebody is told
            matter=first.matter if alone else None,
            text=text if alone else _how_many(len(items)),
        )


def _how_many(count: int) -> str:
    """In the office's language: it is written down for somebody else."""
    with override(settings.LANGUAGE_CODE):
        said = ngettext("%(count)s matter was given to you", "%(count)s matters were given to you", count)
        return said % {"count": figures(count)}


def done(results: Iterable[RowResult]) -> list[RowResult]:
    """Those on which the step was taken."""
    return [one for one in results if one.outcome is Outcome.DONE]
