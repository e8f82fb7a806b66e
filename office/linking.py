"""Linking matters and putting them into topics: the rows, and the events that both sides keep of it.

A link changes nothing that a step decides upon, so it makes no page stale (`office.steps.perform`). Its events name the
other side by key only: who may not see that one is shown neither the link nor the event.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from office.listed import ListedMatter, columns_of
from office.models import Event, Matter, MatterLink, Topic, TopicMatter, User
from office.models.link import SAID_BACK

LINKED: Final = "linked"
UNLINKED: Final = "unlinked"
INTO_TOPIC: Final = "into_topic"
OUT_OF_TOPIC: Final = "out_of_topic"
OF_LINKS: Final = frozenset({LINKED, UNLINKED})
OF_TOPICS: Final = frozenset({INTO_TOPIC, OUT_OF_TOPIC})
MAKE_NO_PAGE_STALE: Final = OF_LINKS | OF_TOPICS
TOPIC_MOST: Final = 200
"""Matters in one topic: more is a kind of matter, not a story."""


def link(one: Matter, other: Matter, *, kind: str, note: str, by: User, now: datetime) -> MatterLink:
    """Say that `one` has to do with `other`; who may see both is asked before. Raises ValidationError."""
    if one.pk == other.pk:
        raise ValidationError(_("A matter is not linked to itself."))
    with transaction.atomic():
        locked = _locked(one.pk, other.pk)
        if _between(one.pk, other.pk).exists():
            raise ValidationError(_("These two are linked already."))
        made = MatterLink.objects.create(
            from_matter=one, to_matter=other, kind=kind, note=note, made_at=now, made_by=by
        )
        for matter, side, far in ((one, "from", other), (other, "to", one)):
            changes: dict[str, list[Any]] = {
                "link_kind": ["", kind],
                "link_side": ["", side],
                "link_with": ["", far.pk],
            }
            _write(locked[matter.pk], LINKED, changes, by=by, now=now, reason=note)
    return made


def unlink(made: MatterLink, *, reason: str, by: User, now: datetime) -> None:
    """Take a link back and say why; gone already, nothing happens."""
    ends = [(made.from_matter_id, "from", made.to_matter_id), (made.to_matter_id, "to", made.from_matter_id)]
    with transaction.atomic():
        locked = _locked(made.from_matter_id, made.to_matter_id)
        gone, _rows = MatterLink.objects.filter(pk=made.pk).delete()
        if not gone:
            return
        for key, side, far in ends:
            changes: dict[str, list[Any]] = {
                "link_kind": [made.kind, ""],
                "link_side": [side, ""],
                "link_with": [far, ""],
            }
            _write(locked[key], UNLINKED, changes, by=by, now=now, reason=reason)


def put_into(topic: Topic, matter: Matter, *, by: User, now: datetime) -> None:
    """Let a matter belong to a topic; it does already: nothing happens. Raises ValidationError for a full topic."""
    with transaction.atomic():
        locked = _locked(matter.pk)
        Topic.objects.select_for_update().get(pk=topic.pk)
        held = TopicMatter.objects.filter(topic=topic)
        if held.filter(matter=matter).exists():
            return
        if held.count() >= TOPIC_MOST:
            raise ValidationError(_("This topic is full. Begin another one."))
        TopicMatter.objects.create(topic=topic, matter=matter, added_at=now, added_by=by)
        _write(locked[matter.pk], INTO_TOPIC, {"topic": ["", topic.pk]}, by=by, now=now)


def take_out(topic: Topic, matter: Matter, *, reason: str, by: User, now: datetime) -> None:
    """A matter belongs to a topic no more, and why; it does not already: nothing happens."""
    with transaction.atomic():
        locked = _locked(matter.pk)
        held = TopicMatter.objects.filter(topic=topic, matter=matter).first()
        if held is None:
            return
        held.delete()
        _write(locked[matter.pk], OUT_OF_TOPIC, {"topic": [topic.pk, ""]}, by=by, now=now, reason=reason)


def _locked(*keys: int) -> dict[int, Matter]:
    """The matters, locked in the order of their keys: two who link the same pair never wait for each other."""
    rows = (
        Matter.objects.select_for_update(of=("self",))
        .filter(pk__in=keys)
        .only("pk", "version")
        .order_by("pk")
    )
    return {matter.pk: matter for matter in rows}


def _between(one: int, other: int) -> Any:
    return MatterLink.objects.filter(
        Q(from_matter=one, to_matter=other) | Q(from_matter=other, to_matter=one)
    )


def _write(
    matter: Matter, what: str, changes: dict[str, list[Any]], *, by: User, now: datetime, reason: str = ""
) -> None:
    matter.version += 1
    matter.save(update_fields=["version"])
    Event.objects.create(
        matter_id=matter.pk,
        at=now,
        actor=by,
        step=what,
        reason=reason,
        changes=changes,
        version=matter.version,
    )


# ── What is shown of it ─────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Linked:
    """A link as one of its ends shows it: how the other side is said, which it is, what is written beside it."""

    key: int
    words: str
    matter: Matter
    note: str


class Bonds(NamedTuple):
    """What the events of some matters tie them to, as far as one person may see it."""

    matters: Mapping[int, Any]
    topics: Mapping[int, Topic]

    def shows(self, event: Event) -> bool:
        """Whether the other side of an event is one the person may see; true for events that have none."""
        if event.step in OF_LINKS:
            return far_end(event) in self.matters
        return event.step not in OF_TOPICS or topic_of(event) in self.topics

    def line(self, event: Event) -> str:
        """`is raised in: กท ๑๒/๒๕๕๓ …`, or the topic's name; nothing for events of another kind."""
        if event.step in OF_LINKS:
            return f"{how(event)} {_named(self.matters[far_end(event)])}"
        return self.topics[topic_of(event)].name if event.step in OF_TOPICS else ""


NO_BONDS: Final = Bonds({}, {})


def bonds_of(events: Iterable[Event], user: User, *, of: int | None = None) -> Bonds:
    """What these events name, as far as this person sees it: no query where they name nothing, else one for matters
    and one for topics. Of the matter `of`, each other side says which link holds now (`link_now`)."""
    events = list(events)
    keys = {far_end(event) for event in events if event.step in OF_LINKS}
    topics = {topic_of(event) for event in events if event.step in OF_TOPICS}
    matters: dict[int, Any] = {}
    if keys:
        held = _between(of or 0, OuterRef("pk")).values("pk")[:1]  # type: ignore[arg-type]
        rows = Matter.objects.visible_to(user).filter(pk__in=keys).annotate(link_now=Subquery(held))
        matters = {matter.pk: matter for matter in rows.defer("search_text")}
    return Bonds(matters, Topic.objects.visible_to(user).in_bulk(topics) if topics else {})


def links_in(events: Sequence[Event], bonds: Bonds) -> list[Linked]:
    """The links of one matter that hold now, by its events from the oldest to the newest."""
    made: dict[int, Event] = {}
    for event in events:
        if event.step in OF_LINKS:
            made[far_end(event)] = event
    return [
        Linked(bonds.matters[key].link_now, how(event), bonds.matters[key], event.reason)
        for key, event in made.items()
        if event.step == LINKED and key in bonds.matters and bonds.matters[key].link_now
    ]


def topics_in(events: Sequence[Event], bonds: Bonds) -> list[Topic]:
    """The topics that one matter belongs to now, by its events from the oldest to the newest."""
    last = {topic_of(event): event.step for event in events if event.step in OF_TOPICS}
    return [bonds.topics[key] for key, what in last.items() if what == INTO_TOPIC and key in bonds.topics]


def linked_with(user: User, keys: Collection[int]) -> dict[int, list[ListedMatter]]:
    """For each of these matters the others it is linked with, as far as this person sees both; one query where none has
    a link, as is most often so, else two."""
    links = MatterLink.objects.of(*keys).values_list("from_matter", "to_matter")[:LINKS_READ]
    pairs = list(links) if keys else []
    if not pairs:
        return {}
    rows = Matter.objects.visible_to(user).filter(pk__in={key for pair in pairs for key in pair})
    seen = {values[0]: ListedMatter(*values) for values in rows.values_list(*columns_of())}
    found: dict[int, list[ListedMatter]] = {}
    for one, other in pairs:
        for near, far in ((one, other), (other, one)):
            if near in keys and near in seen and far in seen:
                found.setdefault(near, []).append(seen[far])
    return found


LINKS_READ: Final = 200
"""Links of the matters on one page of results; more of them would say nothing more."""


def far_end(event: Event) -> int:
    """The key of the matter at the other side of a link's event."""
    before, after = event.changes["link_with"]
    return int(after or before)


def topic_of(event: Event) -> int:
    """The key of the topic that an event is about."""
    before, after = event.changes["topic"]
    return int(after or before)


def how(event: Event) -> str:
    """What a link's event says of its matter: `is raised in`, `raises`."""
    (kind_was, kind), (side_was, side) = event.changes["link_kind"], event.changes["link_side"]
    return said(kind or kind_was, side or side_was)


def said(kind: str, side: str) -> str:
    """The words of a kind of link from one of its sides."""
    return str(MatterLink.Kind(kind).label if side == "from" else SAID_BACK[kind])


def _named(matter: Matter) -> str:
    return f"{matter.label} {matter.title}"
