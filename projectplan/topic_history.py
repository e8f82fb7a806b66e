"""The joint history of a topic: the events of all its matters by time, as each room tells its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from office.history import Entry, entry
from office.linking import OF_TOPICS, TOPIC_MOST, bonds_of
from office.lists import Order, page_of
from office.models import Event, Matter, Topic, User
from projectplan.desks import DESKS

NEWEST_FIRST: Final = Order("at", descending=True)
OLDEST_FIRST: Final = Order("at")


class Told(NamedTuple):
    """One entry of the joint history and the matter it happened to."""

    entry: Entry
    matter: Matter


class History(NamedTuple):
    """One page of a joint history, with the cursors of its neighbours."""

    lines: list[Told]
    next_cursor: str
    back_cursor: str


def matters_of(topic: Topic, user: User) -> list[Matter]:
    """Those matters of a topic that this person may see, in the order in which they came to it."""
    rows = Matter.objects.visible_to(user).filter(topic_entries__topic=topic)
    rows = rows.select_related("owner").defer("search_text").order_by("topic_entries__pk")
    return list(rows[:TOPIC_MOST])


def history_of(
    matters: Sequence[Matter], user: User, *, oldest: bool = False, after: str = "", upto: str = ""
) -> History:
    """One page of what happened to these matters, all of which this person may see."""
    by_key = {matter.pk: matter for matter in matters}
    # By their keys, not by asking again which they are: so the index of a matter's events is used.
    # That one was put into the topic is how the topic came to be, not what happened.
    events = Event.objects.filter(matter__in=list(by_key)).exclude(step__in=OF_TOPICS)
    rows: Any = events.select_related("actor")
    page = page_of(rows, OLDEST_FIRST if oldest else NEWEST_FIRST, after=after, upto=upto)
    bonds = bonds_of(page.rows, user)
    lines = []
    for event in page.rows:
        if bonds.shows(event):
            desk = DESKS[by_key[event.matter_id].kind]
            lines.append(Told(entry(event, desk.model, desk.event_lines, bonds), by_key[event.matter_id]))
    return History(lines, page.next_cursor, page.back_cursor)
