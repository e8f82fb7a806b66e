"""Steps: the one door through which a matter changes state.

A step is a method of a matter's class, declared with `@step`; `perform` carries every one of them out the same way:
lock, check the version the person saw, run, write the event, queue what others must be told. Undefined is forbidden.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django_fsm import can_proceed, has_transition_perm, transition
from rules import Predicate

from office import deadlines
from office.calendar import OFFICE_TZ, WorkCalendar
from office.linking import MAKE_NO_PAGE_STALE
from office.models import Deadline, Event, Matter, NumberSeries, User
from office.models.calendar import current_calendar
from office.notices import mark_seen, tell


@dataclass(frozen=True)
class Actor:
    """Who takes a step: a person of the office, the clock, or somebody outside under a label (never a name)."""

    user: User | None = None
    label: str = ""
    agency_id: int | None = None
    is_clock: bool = False
    leaver_id: int | None = None
    """Whose work is handed over because they left; `user` is the administrator who asked for it."""

    @property
    def is_petitioner(self) -> bool:
        """Somebody outside who is no agency: the page has checked number and code."""
        return self.user is None and self.agency_id is None and not self.is_clock


Allowed = Callable[[Any, Actor], bool]


def staff(predicate: Predicate) -> Allowed:
    """Allow people of the office for whom the `rules` predicate holds."""
    return lambda matter, actor: actor.user is not None and predicate.test(actor.user, matter)


def agency_or(predicate: Predicate) -> Allowed:
    """Allow the agency that was asked (its link was checked), or the people the predicate names."""
    inside = staff(predicate)
    return lambda matter, actor: actor.agency_id is not None or inside(matter, actor)


def petitioner_or(predicate: Predicate) -> Allowed:
    """Allow the petitioner (number and code were checked), or the people the predicate names."""
    inside = staff(predicate)
    return lambda matter, actor: actor.is_petitioner or inside(matter, actor)


def clock_or(predicate: Predicate) -> Allowed:
    """Allow what the office does by itself at its time, or the people the predicate names."""
    inside = staff(predicate)
    return lambda matter, actor: actor.is_clock or inside(matter, actor)


def on_leaving(matter: Any, actor: Actor) -> bool:
    """Allow nobody by hand: only the handing over of the work of one who leaves (`projectplan.leaving`)."""
    return actor.leaver_id is not None


@dataclass
class Act:
    """One step while it is taken: who, when, why, and what must follow from it."""

    actor: Actor
    now: datetime
    reason: str = ""
    acting_for: User | None = None
    changes: dict[str, list[Any]] = field(default_factory=dict)
    notices: list[tuple[Sequence[User], str, str]] = field(default_factory=list)

    @cached_property
    def calendar(self) -> WorkCalendar:
        return current_calendar()

    def tell(self, people: Sequence[User | None], kind: str, text: str = "") -> None:
        """Tell people, except the one who acts; the rows are written with the event."""
        others = [person for person in people if person is not None and person != self.actor.user]
        self.notices.append((others, kind, text))

    def put_off(self, promise: Deadline, until: datetime) -> None:
        """The history says which promise got another moment, and which."""
        moments = [at.astimezone(OFFICE_TZ).isoformat() for at in (promise.due_at, until)]
        self.changes |= {"promise": ["", promise.kind], "due": moments}

    def pass_on(self, matter: Matter, officer: User | None) -> None:
        """What the matter owes passes from whoever carries it to an officer."""
        deadlines.pass_on([matter], officer)


class StepRefused(PermissionDenied):
    """The step exists but is not open to this person or in this state; the message says whom to ask."""


class ChangedMeanwhile(Exception):
    """The matter moved on after the page was drawn. Carries what is there now and what happened since."""

    def __init__(self, matter: Matter, seen: int) -> None:
        super().__init__(f"version {seen} was seen, {matter.version} is there")
        self.matter = matter
        since = matter.events.filter(version__gt=seen).exclude(step__in=MAKE_NO_PAGE_STALE)
        self.events = list(since.select_related("actor").order_by("pk"))


def step(
    *,
    field: Any,
    source: Any,
    target: Any,
    allowed: Allowed,
    verb: Any,
    done: Any,
    conditions: Sequence[Any] = (),
    rank: int = 50,
    together: bool = False,
    held_by_lock: bool = False,
    needs_reason: bool = False,
    reaches_far: bool = False,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare a step: from which states, to which, who may take it; its verb for buttons, its word in the history.

    `rank` orders the buttons: the lowest is the one filled button of the page; 90 and above go under "more".
    `together` says that the step writes nothing but the matter itself and what it asks of its act, so that
    `office.bulk` may take it on hundreds of matters in a handful of queries.
    `held_by_lock` says that it ends a matter or rewrites what was registered: not open while it is kept as evidence.
    `needs_reason` says that nobody takes it without writing why.
    `reaches_far` says that its page asks once more who one is, unless that was said a short while ago.
    """
    # django-fsm hands `permission` whatever stands for a user; here that is an Actor.
    permission: Any = allowed
    custom = {
        "verb": verb,
        "done": done,
        "rank": rank,
        "together": together,
        "held_by_lock": held_by_lock,
        "needs_reason": needs_reason,
        "reaches_far": reaches_far,
    }
    return transition(
        field=field,
        source=source,
        target=target,
        permission=permission,
        conditions=list(conditions),
        custom=custom,
    )


def open_steps(matter: Any, actor: Actor, among: Container[str] | None = None) -> list[Any]:
    """The steps open to this person now, the nearest first. Pages draw these and decide nothing.

    `among`: the only names that matter to who asks; the conditions of others, which may ask the database, rest.
    """
    if is_emptied(matter):
        return []
    names = matter._meta.get_field("state").transitions[type(matter)]
    steps = (getattr(matter, name) for name in names if among is None or name in among)
    here = (
        one._django_fsm.get_transition(matter.state)
        for one in steps
        if has_transition_perm(one, cast(Any, actor))
    )
    return sorted((one for one in here if not is_held(matter, one)), key=lambda one: one.custom["rank"])


def is_held(matter: Any, declared: Any) -> bool:
    """Whether a step waits because the matter is kept as evidence (legal hold)."""
    return declared.custom["held_by_lock"] and getattr(matter, "is_locked", False)


def is_emptied(matter: Any) -> bool:
    """Whether its personal data were removed under the rule of retention: then it is at its end for good."""
    return matter.closed_at is not None and hasattr(matter, "anonymised")


def find_step(matter_class: type[Matter], name: str) -> Any:
    """The declaration of a step by its name, or LookupError: undefined is forbidden."""
    method = getattr(matter_class, name, None)
    meta = getattr(method, "_django_fsm", None)
    if meta is None:
        raise LookupError(name)
    return next(iter(meta.transitions.values()))


def perform(
    matter: Any,
    name: str,
    *,
    actor: Actor,
    seen: int | None,
    now: datetime,
    reason: str = "",
    acting_for: User | None = None,
    **given: Any,
) -> Event:
    """Take one step on a matter and return the event it left.

    `seen` is the version the person had before them; None for someone outside, whose link is checked instead.
    Raises ChangedMeanwhile, StepRefused, ValidationError. A second click returns the first one's event; the same step
    with other words, from a second window, is none: nothing typed is taken for said.
    """
    find_step(type(matter), name)
    with transaction.atomic():
        locked = type(matter).objects.select_for_update().get(pk=matter.pk)
        if seen is not None and _moved_on(locked, seen):
            twin = _same_click(locked, name, actor, seen)
            if twin and locked.was_given(name, given):
                return twin
            raise ChangedMeanwhile(locked, seen)
        act = Act(actor=actor, now=now, reason=reason, acting_for=acting_for)
        return _write(locked, name, act, run(locked, name, act, given))


def run(matter: Any, name: str, act: Act, given: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Take the step on a locked matter in memory, if it is open and what it needs is said; how the matter was before.

    Raises StepRefused, ValidationError.
    """
    refuse_unless_open(matter, name, act.actor)
    if find_step(type(matter), name).custom["needs_reason"] and not act.reason.strip():
        raise ValidationError({"reason": _("Write why.")})
    before = matter.state, matter.tracked()
    getattr(matter, name)(act, **given)
    return before


def refuse_unless_open(matter: Any, name: str, actor: Actor) -> None:
    """Raise StepRefused, in words for the person, unless the step is open to them as the matter stands."""
    method = getattr(matter, name)
    if is_emptied(matter):
        raise StepRefused(
            _("The personal data of %(number)s are removed: nothing is done with it any more.")
            % {"number": matter.label}
        )
    if is_held(matter, find_step(type(matter), name)):
        raise StepRefused(
            _(
                "%(number)s is kept as evidence: nothing may end it or change what was registered. "
                "The head of the subgroup can release it."
            )
            % {"number": matter.label}
        )
    if not can_proceed(method):
        raise StepRefused(
            _("This step is not open now: the matter stands at “%(state)s”.")
            % {"state": matter.get_state_display()}
        )
    if not has_transition_perm(method, cast(Any, actor)):
        raise StepRefused(
            _("This step is not yours to take. Ask the officer in charge or the head of the subgroup.")
        )


def _write(locked: Any, name: str, act: Act, before: tuple[str, dict[str, Any]]) -> Event:
    """Save the matter, add the event, queue the notices: the same for every step."""
    event = event_of(locked, name, act, before)
    locked.save()
    event.save()
    _tell_all(locked, act, event)
    if act.actor.user is not None:
        mark_seen(locked, act.actor.user, now=act.now)
    locked.after_step(act, event)
    return event


def event_of(matter: Any, name: str, act: Act, before: tuple[str, dict[str, Any]]) -> Event:
    """The unsaved event of a step just taken; the matter has its next version and is found by its new words."""
    from_state, was = before
    for key, value in matter.tracked().items():
        if value != was[key]:
            act.changes[key] = [was[key], value]
    matter.version += 1
    matter.search_text = matter.searchable()
    return Event(
        matter_id=matter.pk,
        at=act.now,
        actor=act.actor.user,
        actor_label=act.actor.label,
        acting_for=act.acting_for,
        step=name,
        from_state=from_state,
        to_state=matter.state,
        reason=act.reason,
        changes=act.changes,
        version=matter.version,
    )


def _tell_all(matter: Any, act: Act, event: Event) -> None:
    for people, kind, text in act.notices:
        if people:
            tell(
                people,
                kind,
                once=f"event:{event.pk}:{kind}",
                now=act.now,
                calendar=act.calendar,
                matter=matter,
                text=text,
            )


def _moved_on(locked: Any, seen: int) -> bool:
    """Whether something happened since that a step may be decided by; links and topics are no such thing."""
    if locked.version == seen:
        return False
    since = list(locked.events.filter(version__gt=seen).values_list("step", flat=True))
    return seen > locked.version or not since or not MAKE_NO_PAGE_STALE.issuperset(since)


def _same_click(locked: Any, name: str, actor: Actor, seen: int) -> Event | None:
    """The event of the first click, if this is the second one on the same button of the same page."""
    if actor.user is None:
        return None
    return Event.objects.filter(matter_id=locked.pk, version=seen + 1, step=name, actor=actor.user).first()


def open_matter(matter: Any, *, prefix: str, year: int, actor: Actor, now: datetime, reason: str = "") -> Act:
    """Register a new matter: give it its number, save it, write its first event. Within the caller's transaction."""
    matter.series, matter.year = prefix, year
    matter.number = NumberSeries.take(prefix, year)
    matter.registered_at = now
    matter.search_text = matter.searchable()
    act = Act(actor=actor, now=now, reason=reason)
    matter.save()
    event = Event.objects.create(
        matter_id=matter.pk,
        at=now,
        actor=actor.user,
        actor_label=actor.label,
        step="receive",
        to_state=matter.state,
        reason=reason,
        version=matter.version,
    )
    matter.after_step(act, event)
    return act
