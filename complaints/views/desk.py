"""What the pages of petitions and of related matters differ in; everything else about them is the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from complaints import related_worklist
from complaints.forms.related_steps import RELATED_STEP_FORMS
from complaints.forms.step_form import StepForm
from complaints.forms.steps import STEP_FORMS
from complaints.models import Petition, Referral, RelatedMatter, State
from complaints.models.opinion import OpinionSteps
from complaints.views.cards import ON_A_PETITION, PETITION_CARDS, RELATED_CARDS, Card
from complaints.worklist import event_words, next_step
from office.models import Event, MatterQuerySet, User
from office.models.calendar import current_calendar
from office.steps import Actor, open_steps

UNDER_MORE = 90  # steps of this rank and above are rare: they stand under "more"

# What is done at one place of the line, the states in which it is in hand, and the steps that lead on from there.
StageOf = tuple[Any, set[str], set[str]]


@dataclass(frozen=True)
class Desk:
    """One kind of matter as its pages need it: which class, which forms, which line of steps, which cards."""

    model: type[OpinionSteps]
    rows: Callable[[], MatterQuerySet]
    """What its page shows, fetched in few queries; who may see it is asked of these."""
    forms: Mapping[str, type[StepForm]]
    stages: Sequence[StageOf]
    next_step: Callable[[Any, datetime], str]
    cards: Sequence[Card]
    template: str
    name: Any
    """What its register is called."""
    section: str
    list_page: str
    page: str
    step_page: str

    def fetch(self, user: User, pk: int) -> Any:
        """A matter with what its page shows, if this person may see it; else not found."""
        return get_object_or_404(self.rows().visible_to(user), pk=pk)

    def form(
        self, name: str, matter: OpinionSteps, user: User, data: Any = None, files: Any = None
    ) -> StepForm:
        return self.forms[name](data, files, matter=matter, user=user, now=timezone.now())

    def context(self, matter: Any, user: User) -> dict[str, Any]:
        """What the page of one matter shows to one person; also the frame of its step pages."""
        now = timezone.now()
        events = list(matter.events.select_related("actor").order_by("pk"))
        unmet = matter.owed_when_read
        steps = [one for one in open_steps(matter, Actor(user=user)) if one.name in self.forms]
        due = self.next_step(matter, now)
        primary = next((one for one in steps if one.name == due), None)
        context = {
            "section": self.section,
            "desk": self,
            "matter": matter,
            "history": [(event_words(event, self.model), event) for event in reversed(events)],
            "unmet": unmet,
            "deadline": unmet[0] if unmet else None,
            "calendar": current_calendar(),
            "stages": stages(matter, events, self.stages),
            "steps": [one for one in steps if one.custom["rank"] < UNDER_MORE and one is not primary],
            "more_steps": [one for one in steps if one.custom["rank"] >= UNDER_MORE and one is not primary],
            "primary": primary,
            "moment": now,
        }
        for card in self.cards:
            context |= card(matter, user, now)
        return context


@dataclass
class Stage:
    """One place on the line: done (by whom, when), in hand (with whom), or to come; `halted` says why it rests."""

    name: str
    standing: str
    event: Event | None = None
    halted: str = ""


def stages(matter: Any, events: Sequence[Event], line: Sequence[StageOf]) -> list[Stage]:
    """The path as a line. What was done before a matter was sent back counts as to come again.

    A matter that is paused, or waits for its petitioner's answer, stands where it was and says so.
    """
    halted = matter.state in (State.ASKED, State.PAUSED)
    state = (matter.came_from or State.RECEIVED) if halted else matter.state
    current = _place(state, line)
    found = []
    for place, (name, _states, steps) in enumerate(line):
        standing = "done" if place < current else "now" if place == current else "to_come"
        done = (one for one in reversed(events) if one.step in steps)
        event = next(done, None) if standing == "done" else None
        words = str(matter.get_state_display()) if halted and standing == "now" else ""
        found.append(Stage(str(name), standing, event, words))
    return found


def _place(state: str, line: Sequence[StageOf]) -> int:
    """Where on the line a state is; a closed matter is past its end."""
    if state == State.CLOSED:
        return len(line)
    return next((place for place, (_name, states, _steps) in enumerate(line) if state in states), 0)


# ── Petitions ───────────────────────────────────────────────────────────────────────────────


def _petitions() -> MatterQuerySet:
    referrals = Referral.objects.select_related("agency", "deadline")
    rows = Petition.objects.annotate(**ON_A_PETITION)
    return rows.select_related(
        "owner", "category__parent", "province", "education_area", "agency", "petitioner"
    ).prefetch_related(Prefetch("referrals", queryset=referrals))


PETITION_STAGES: list[StageOf] = [
    (_("Registration"), set(), {"receive"}),
    (_("Opinion"), {State.RECEIVED, State.RETURNED}, {"summarise"}),
    (_("Head's check"), {State.SUMMARISED}, {"submit"}),
    (_("Decision"), {State.SUBMITTED}, {"order", "note"}),
    (_("Agency"), {State.ORDERED, State.REFERRED}, {"answer", "refer"}),
    (_("Telling the petitioner"), {State.ANSWERED}, {"inform"}),
    (_("Closing"), {State.INFORMED}, {"close"}),
]

PETITIONS = Desk(
    model=Petition,
    rows=_petitions,
    forms=STEP_FORMS,
    stages=PETITION_STAGES,
    next_step=lambda petition, now: next_step(petition),
    cards=PETITION_CARDS,
    template="complaints/petition.html",
    name=_("Petitions"),
    section="petitions",
    list_page="complaints:petitions",
    page="complaints:petition",
    step_page="complaints:step",
)


# ── Related matters ─────────────────────────────────────────────────────────────────────────


def _related() -> MatterQuerySet:
    return RelatedMatter.objects.select_related("owner", "agency", "arises_from").prefetch_related(
        "hearings__deadline", "court_steps__recorded_by"
    )


RELATED_STAGES: list[StageOf] = [
    (_("Registration"), set(), {"receive"}),
    (_("Opinion"), {State.RECEIVED, State.RETURNED}, {"summarise"}),
    (_("Head's check"), {State.SUMMARISED}, {"submit"}),
    (_("Decision"), {State.SUBMITTED}, {"order", "note"}),
    (_("Carrying out"), {State.ORDERED}, {"carry_out", "close"}),
    (_("Closing"), set(), {"close"}),
]

RELATED = Desk(
    model=RelatedMatter,
    rows=_related,
    forms=RELATED_STEP_FORMS,
    stages=RELATED_STAGES,
    next_step=related_worklist.next_step,
    cards=RELATED_CARDS,
    template="complaints/related.html",
    name=_("Related matters"),
    section="related",
    list_page="complaints:related_list",
    page="complaints:related",
    step_page="complaints:related_step",
)
