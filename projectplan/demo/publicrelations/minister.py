"""The way of a demo's matter over the head's check to the minister's order, as documents and briefs go it."""

from __future__ import annotations

from typing import Final

from office.models import Deadline, User
from projectplan.demo.course import Course
from projectplan.demo.names import pick
from projectplan.demo.publicrelations import words
from projectplan.demo.publicrelations.newsroom import Newsroom
from projectplan.demo.sheet import to_json
from publicrelations.models import Decision

Kind = Deadline.Kind
SENT_BACK: Final = 0.08
RETURNED: Final = 0.03
LATE: Final = 0.03


class ToMinister(Course):
    """What both kinds live through; a child writes (`write`), and goes on after the order."""

    room: Newsroom

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.order_text = ""
        self.decided: int | None = None
        self.decided_by: User | None = None

    def write(self) -> None:
        """The officer writes what goes to the head, once more if it came back."""
        raise NotImplementedError

    def back(self) -> str:
        """What is owed, and where it stands, when it came back to its writer."""
        raise NotImplementedError

    def reach_the_desk(self, until: float) -> None:
        """Written, checked, perhaps sent back once, and put to the minister at a place."""
        here = self.place
        self.at(here + (until - here) * 0.6)
        self.write()
        if self.room.chance(SENT_BACK):
            self.at(here + (until - here) * 0.75)
            self._send_back()
            self.at(here + (until - here) * 0.85)
            self.write()
        self.at(until)
        self._put()

    def _send_back(self) -> None:
        head, reason = self.room.pick(self.room.heads), pick(self.rng, words.known()["sent_back"])
        self.keep(Kind.CHECK)
        event = self.step("send_back", self.back(), by=head, reason=reason)
        self.tell(self.owner_ids, event, head, reason)

    def _put(self) -> None:
        head, self.decided_by = self.room.pick(self.room.heads), self.room.pick(self.room.executives)
        late = any(self.moment > promise.due for promise in self.unmet(Kind.TO_MINISTER))
        self.keep(Kind.CHECK)
        reason = pick(self.rng, words.known()["late_reasons"]) if late else ""
        self.keep(Kind.TO_MINISTER, late_reason=reason)
        self.promise(Kind.ORDER, self.decided_by)
        event = self.step("put_to_minister", "on_desk", by=head)
        self.tell([self.decided_by.pk], event, head)

    def reach_an_order(self) -> None:
        """Perhaps returned once with remarks; then ordered."""
        self.at(self.by_due(self.unmet(Kind.ORDER)[0], late=LATE))
        if self.room.chance(RETURNED):
            executive, reason = self.decided_by, pick(self.rng, words.known()["returned"])
            self.decided_by = None
            self.keep(Kind.ORDER)
            event = self.step("return_with_remarks", self.back(), by=executive, reason=reason)
            self.tell([*self.owner_ids, *self.room.head_ids], event, executive, reason)
            self.reach_the_desk(self.place + 1.5 * self.time.day_length)
            self.at(self.by_due(self.unmet(Kind.ORDER)[0], late=LATE))

    def decide(self, order_text: str, owed: str, **changes: list[str]) -> None:
        """The order, and what is owed from then on."""
        assert self.decided_by is not None
        self.order_text, self.decided = order_text, self.moment
        self.keep(Kind.ORDER)
        if not self.unmet(owed):
            self.promise(owed, self.owner)
        changed = changes | ({"order_text": ["", order_text]} if order_text else {})
        event = self.step("order", "ordered", by=self.decided_by, changes=to_json(changed))
        self.tell([*self.owner_ids, *self.room.head_ids], event, self.decided_by)

    def close(self) -> None:
        self.at(self.by_due(self.unmet(Kind.CLOSE)[0], late=LATE))
        self.closed = self.moment
        self.keep(Kind.CLOSE)
        self.step("close", "closed", by=self.owner)

    @property
    def decision(self) -> str:
        return Decision.ORDER.value if self.decided is not None else ""

    @property
    def decider(self) -> User | None:
        """Who has decided; nobody while it only lies on the desk."""
        return self.decided_by if self.decided is not None else None
