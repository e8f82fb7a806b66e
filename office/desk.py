"""What the pages of one kind of matter differ in from those of any other; everything else about them is the same."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from office.carrying import CarriedMatter
from office.history import LinesOf, entries
from office.holding import may_hold
from office.linking import bonds_of, links_in, topics_in
from office.models import Event, MatterQuerySet, User
from office.models.calendar import current_calendar
from office.models.matter import matters_visible_to
from office.step_form import StepForm
from office.steps import Actor, open_steps
from office.unread import with_last_look

UNDER_MORE = 90  # steps of this rank and above are rare: they stand under "more"

StageOf = tuple[Any, Collection[str], Collection[str]]
"""What is done at one place of the line, the states in which it is in hand, and the steps that lead on from there."""

ANY_STEP = "any-step"
"""Where the name of a step stands in the address of its page, which is so read once a matter, not once a step."""


class OpenStep(NamedTuple):
    """A step that is open to somebody now: its name, what its declaration says of it, and the address of its page."""

    name: str
    custom: Mapping[str, Any]
    address: str


Card = Callable[[Any, User, datetime], dict[str, Any]]
"""From the matter, who looks and when to what the card's template shows."""


@dataclass(frozen=True, kw_only=True)
class Desk:
    """One kind of matter as its pages need it: which class, which forms, which line of steps, which cards."""

    model: type[CarriedMatter]
    rows: Callable[[], MatterQuerySet]
    """What its page shows, fetched in few queries; who may see it is asked of these."""
    forms: Mapping[str, type[StepForm]]
    """The form of each step that has a page or a button; a step without one is taken elsewhere."""
    stages: Sequence[StageOf]
    stages_of: Callable[[Any], Sequence[StageOf]] | None = None
    """The line of one matter, where not all of a kind go the same way; else `stages`."""
    next_step: Callable[[Any, datetime], str]
    """The step that is due now: its form stands on the page; "" for none."""
    idle: Callable[[Any, datetime], Collection[str]] = lambda matter, now: ()
    """Steps that the state leaves open and nobody has any use for yet, or any more: they are not offered."""
    name: Any
    """What its register is called."""
    section: str
    """Which entry of the menu is lit."""
    list_page: str
    page: str
    step_page: str
    """URL names of the register, of one matter, and of a step of it."""
    kind_line: Callable[[Any], str]
    """What stands beside the number under the title: its kind, where it came from."""
    prefetched: Callable[[User], Sequence[Prefetch]] = lambda user: ()
    """What is fetched with it as far as this person may see it."""
    template: str = "matter/page.html"
    cards: Sequence[Card] = ()
    step_aside: str = ""
    """The template beside a step's form: what one reads while deciding."""
    halted: Collection[str] = ()
    """States in which a matter rests where it was, which its `came_from` says."""
    event_lines: LinesOf | None = None
    scripts: Sequence[str] = ()
    """What the forms of its steps need besides the office's own."""

    def fetch(self, user: User, pk: int) -> Any:
        """A matter with what its page shows, if this person may see it; else not found."""
        # One row needs no list's order: the plain rule, on the parent that is joined anyway.
        rows = with_last_look(self.rows().filter(matters_visible_to(user)), user)
        # Whether it is held from removal, or was emptied, comes along with its row.
        rows = rows.select_related("legal_hold", "anonymised")
        return get_object_or_404(rows.prefetch_related(*self.prefetched(user)), pk=pk)

    def form(
        self,
        name: str,
        matter: Any,
        user: User,
        data: Any = None,
        files: Any = None,
        *,
        address: Mapping[str, str] | None = None,
    ) -> StepForm:
        """The form of a step; what its page's `address` gives is a first value of the fields that allow it."""
        form_class = self.forms[name]
        given = {key: address[key] for key in form_class.from_address if key in address} if address else {}
        return form_class(data, files, matter=matter, user=user, now=timezone.now(), initial=given)

    def context(self, matter: Any, user: User) -> dict[str, Any]:
        """What the page of one matter shows to one person; also the frame of its step pages."""
        now = timezone.now()
        events = list(matter.events.select_related("actor").order_by("pk"))
        unmet = matter.owed_when_read
        bonds = bonds_of(events, user, of=matter.pk)
        context = {
            "section": self.section,
            "desk": self,
            "matter": matter,
            "kind_line": self.kind_line(matter),
            "history": entries(reversed(events), self.model, self.event_lines, bonds),
            "links": links_in(events, bonds),
            "topics": topics_in(events, bonds),
            "unmet": unmet,
            "deadline": unmet[0] if unmet else None,
            # Called where a template draws a pill, if it draws one.
            "calendar": cache(current_calendar),
            "stages": stages(matter, events, self),
            "moment": now,
            "may_hold": may_hold.test(user, matter) and not hasattr(matter, "anonymised"),
            **self._steps(matter, user, now),
        }
        for card in self.cards:
            context |= card(matter, user, now)
        return context

    def _steps(self, matter: Any, user: User, now: datetime) -> dict[str, Any]:
        """The steps open to this person: the one that is due, the usual ones, the rare ones."""
        address = reverse(self.step_page, args=[matter.pk, ANY_STEP])
        due = self.next_step(matter, now)
        # What only keeps a draft is a second button in the form of the step it belongs to.
        drafts = {form.draft_step for form in self.forms.values()}
        hidden = drafts | {name for name, form in self.forms.items() if not form.has_button}
        drawn = self.forms.keys() - set(self.idle(matter, now)) - (hidden - {due})
        open_now = [
            OpenStep(one.name, one.custom, address.replace(ANY_STEP, one.name))
            for one in open_steps(matter, Actor(user=user), among=drawn)
        ]
        primary = next((one for one in open_now if one.name == due), None)
        others = [one for one in open_now if one is not primary]
        return {
            "primary": primary,
            "steps": [one for one in others if one.custom["rank"] < UNDER_MORE],
            "more_steps": [one for one in others if one.custom["rank"] >= UNDER_MORE],
        }


@dataclass
class Stage:
    """One place on the line: done (by whom, when), in hand (with whom), or to come; `halted` says why it rests."""

    name: str
    standing: str
    event: Event | None = None
    halted: str = ""


def stages(matter: Any, events: Sequence[Event], desk: Desk) -> list[Stage]:
    """The path as a line. What was done before a matter was sent back counts as to come again.

    A matter that rests stands where it was and says so.
    """
    line = desk.stages_of(matter) if desk.stages_of else desk.stages
    halted = matter.state in desk.halted
    current = _place(matter, desk, line)
    found = []
    for place, (name, _states, steps) in enumerate(line):
        standing = "done" if place < current else "now" if place == current else "to_come"
        done = (one for one in reversed(events) if one.step in steps)
        event = next(done, None) if standing == "done" else None
        words = str(matter.get_state_display()) if halted and standing == "now" else ""
        found.append(Stage(str(name), standing, event, words))
    return found


def _place(matter: Any, desk: Desk, line: Sequence[StageOf]) -> int:
    """Where on the line a matter is; a closed one is past its end, unless it was halted for good."""
    state = matter.state
    if state in desk.halted:
        state = matter.came_from or matter._meta.get_field("state").get_default()
    elif matter.is_closed:
        return len(line)
    return next((place for place, (_name, states, _steps) in enumerate(line) if state in states), 0)
