"""Whether a demo's matter is as its steps would have left it: they are taken once more, and the rows compared."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from office.carrying import ANY_STATE
from office.holding import HELD, LIFTED
from office.linking import MAKE_NO_PAGE_STALE
from office.models import Deadline, Event
from office.steps import Actor, find_step, perform
from parliament.models import AgencyRequest

ASIDE = {*MAKE_NO_PAGE_STALE, HELD, LIFTED}
"""What stands in a history and is no step of the path: links, topics, holds from removal."""


def events_of(matter: Any) -> list[Event]:
    return list(Event.objects.filter(matter_id=matter.pk).order_by("pk"))


def assert_an_unbroken_run(matter: Any) -> None:
    """It is found by its own words, and its events are declared steps, each from where the one before led."""
    kind = type(matter)
    assert matter.search_text == matter.searchable()
    events = events_of(matter)
    assert [event.version for event in events] == list(range(1, matter.version + 1))
    assert (events[0].step, events[0].from_state) == ("receive", "")
    assert [event.at for event in events] == sorted(event.at for event in events)
    path = [event for event in events if event.step not in ASIDE]
    assert path[-1].to_state == matter.state
    for before, event in pairwise(path):
        assert event.from_state == before.to_state
        declared = getattr(kind, event.step)._django_fsm.transitions
        assert event.from_state in declared or ANY_STATE in declared
        assert find_step(kind, event.step)


class Replay:
    """Takes on a new matter, by the real steps, what the demo says was done on another: by whom, when, with what."""

    def __init__(self, told: Any) -> None:
        self.told = told
        self.events = events_of(told)

    def run(self, new: Any, given: dict[str, Any]) -> Any:
        first = self.events[0]
        new.receive(actor=Actor(user=first.actor), now=first.at, **given.get("receive", {}))
        for event in self.events[1:]:
            wants = given.get(event.step, {})
            self.take(new, event, **(wants(new, event) if callable(wants) else wants))
        return type(new).objects.get(pk=new.pk)

    def take(self, new: Any, event: Event, **given: Any) -> None:
        """The step of an event, taken by the same at the same moment."""
        actor = self.actor(new, event)
        perform(new, event.step, actor=actor, seen=None, now=event.at, reason=event.reason, **given)

    def actor(self, new: Any, event: Event) -> Actor:
        """Who took it: a person of the office, or an agency that was asked."""
        agency = None if event.actor else AgencyRequest.objects.filter(matter_id=new.pk).first()
        return Actor(
            user=event.actor, label=event.actor_label, agency_id=agency.agency_id if agency else None
        )

    def assert_same(self, new: Any, *, but: tuple[str, ...] = ()) -> None:
        left_out = {"matter", "matter_ptr", "id", "number", "search_text", "question_number", *but}
        for field in type(new)._meta.concrete_fields:
            if field.name not in left_out:
                assert getattr(new, field.attname) == getattr(self.told, field.attname), field.name
        assert _events(new) == _events(self.told)
        assert _promises(new) == _promises(self.told)


def _events(matter: Any) -> list[Any]:
    return [
        (
            one.step,
            one.at,
            one.actor_id,
            one.actor_label,
            one.from_state,
            one.to_state,
            one.changes,
            one.version,
        )
        for one in events_of(matter)
    ]


def _promises(matter: Any) -> list[Any]:
    columns = ("kind", "rule", "amount", "unit", "start_at", "due_at", "met_at", "dropped_at", "late_reason")
    rows = Deadline.objects.filter(matter_id=matter.pk)
    return sorted(rows.values_list(*columns, "responsible", "follower"), key=str)
