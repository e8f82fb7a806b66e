"""What makes a register alive: petitions asked about, paused, joined, split, withdrawn, written letters about.

All of it is done by the very steps that people take, on petitions that stand where each step is open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final

from complaints import letter_batches, letter_writing
from complaints.models import Petition, State
from complaints.models.joining import AT_WORK
from complaints.models.splitting import Part
from complaints.models.state import WITH_OFFICE, WITH_OFFICER
from office.calendar import WorkCalendar
from office.models import Deadline, LetterDelivery, LetterKind, LetterTemplate, Matter, OutgoingLetter, User
from office.models.calendar import current_calendar
from office.steps import Actor, open_steps, perform
from projectplan.demo import words

LOOKED_AT: Final = 400
"""So many of the newest open petitions are looked through for one on which a step is open."""
LETTERS: Final = 9
JOINED: Final = 2
AWAY_DAYS: Final = 12
Given = Callable[[Petition], dict[str, Any] | None]


class Acts:
    """Takes steps on the demo's petitions, each on another one, some minutes after what last happened to it."""

    def __init__(self, now: datetime, seed: int) -> None:
        self.now = now
        self.rng = Random(seed)  # nosec B311 # chances of the demo office, the same each time
        self.calendar: WorkCalendar = current_calendar()
        self.used: set[int] = set()

    def take(
        self,
        name: str,
        times: int,
        given: Given,
        *,
        states: Sequence[State],
        reason: str = "",
        by_head: bool = False,
    ) -> None:
        """Take a step on up to so many petitions; `given` says what it needs, or None where it does not fit."""
        for petition in self.open_ones(states):
            if times == 0:
                return
            actor = self._head(petition) if by_head else petition.owner
            needs = given(petition)
            if actor is None or needs is None or not self.may(petition, name, actor):
                continue
            self.used.add(petition.pk)
            perform(
                petition,
                name,
                actor=Actor(user=actor),
                seen=None,
                now=self.after(petition),
                reason=reason,
                **needs,
            )
            times -= 1

    def open_ones(self, states: Sequence[State]) -> Iterator[Petition]:
        rows = Petition.objects.filter(state__in=states, secrecy=0).select_related("owner", "petitioner")
        for petition in rows.order_by("-pk")[:LOOKED_AT]:
            if petition.pk not in self.used:
                yield petition

    @staticmethod
    def _head(petition: Petition) -> User | None:
        return User.objects.heads_of(petition.subgroup_id).order_by("pk").first()

    @staticmethod
    def may(petition: Petition, name: str, actor: User) -> bool:
        return bool(open_steps(petition, Actor(user=actor), among={name}))

    def after(self, petition: Petition) -> datetime:
        last = petition.events.order_by("-pk").values_list("at", flat=True)[0]
        return min(self.now, last + timedelta(minutes=5 + self.rng.random() * 40))

    def not_late(self, petition: Petition) -> bool:
        """Nothing it owes is late: only then does a pause stop the clock."""
        return not petition.deadlines.late(self.now).exists()

    def away(self) -> datetime:
        """The end of a working day two weeks ahead."""
        day = self.calendar.working_day_on_or_after((self.now + timedelta(days=AWAY_DAYS)).date())
        return self.calendar.closing_of(day)


def live(now: datetime, *, seed: int, with_letters: bool) -> None:
    """The acts of the last days; in the order in which they need free petitions."""
    acts = Acts(now, seed)
    _join_and_link(acts)
    acts.take(
        "split",
        1,
        lambda petition: {"parts": [Part(title=words.PART_TITLE, story=petition.story)]},
        states=[State.RECEIVED, State.RETURNED, State.ORDERED],
        reason=words.WHY_SPLIT,
    )
    acts.take(
        "ask_petitioner",
        4,
        lambda petition: (
            {"asked": words.ASKED} if hasattr(petition, "petitioner") and acts.not_late(petition) else None
        ),
        states=list(WITH_OFFICER),
    )
    acts.take(
        "pause",
        3,
        lambda petition: {"until": acts.away()} if acts.not_late(petition) else None,
        states=[state for state in WITH_OFFICE if state not in (State.SUBMITTED, State.RECEIVED)],
        reason=words.WHY_PAUSED,
        by_head=True,
    )
    acts.take(
        "extend",
        3,
        lambda petition: _extension(acts, petition),
        states=[State.REFERRED],
        reason=words.WHY_EXTENDED,
    )
    acts.take(
        "withdraw",
        2,
        lambda petition: {} if acts.not_late(petition) else None,
        states=[State.ORDERED],
        reason=words.WHY_WITHDRAWN,
    )
    acts.take(
        "transfer",
        2,
        lambda petition: (
            {"to": words.OTHER_MINISTRY, "told_text": words.TOLD_TRANSFER}
            if acts.not_late(petition)
            else None
        ),
        states=[State.ORDERED],
        reason=words.WHY_TRANSFERRED,
    )
    acts.take("lock", 1, lambda petition: {}, states=[State.REFERRED], reason=words.WHY_LOCKED, by_head=True)
    if with_letters:
        _write_letters(acts)


def _join_and_link(acts: Acts) -> None:
    """Petitions in the same words: the first pairs are joined, one is only linked."""
    seen: dict[str, Petition] = {}
    pairs = 0
    for petition in sorted(acts.open_ones(AT_WORK), key=lambda one: one.pk):
        twin = seen.setdefault(petition.text_key or str(petition.pk), petition)
        is_free = not acts.used & {twin.pk, petition.pk} and petition.state != State.REFERRED
        if twin.pk == petition.pk or twin.owner is None or not is_free or not acts.not_late(petition):
            continue
        name = "join" if pairs < JOINED else "link"
        needs: dict[str, Any] = {"other_seen": None, "facts": {}} if name == "join" else {}
        if not acts.may(twin, name, twin.owner):
            continue
        actor = Actor(user=twin.owner)
        perform(
            twin, name, actor=actor, seen=None, now=acts.now, reason=words.WHY_JOINED, other=petition, **needs
        )
        acts.used |= {twin.pk, petition.pk}
        pairs += 1
        if pairs > JOINED:
            return


def _extension(acts: Acts, petition: Petition) -> dict[str, Any] | None:
    promise = petition.deadlines.unmet().filter(kind=Deadline.Kind.AGENCY_ANSWER).order_by("due_at").first()
    if promise is None:
        return None
    until = acts.calendar.closing_of(acts.calendar.add_working_days(max(promise.due_at, acts.now).date(), 10))
    return {"deadline": promise, "until": until}


def _write_letters(acts: Acts) -> None:
    """Letters to agencies and petitioners: some posted, some waiting for the mail day, one still a draft."""
    templates = {one.kind: one for one in LetterTemplate.objects.filter(matter_kind=Matter.Kind.PETITION)}
    kinds = [LetterKind.ACKNOWLEDGEMENT, LetterKind.RESULT, LetterKind.AGENCY]
    written = 0
    for petition in acts.open_ones([State.REFERRED, State.INFORMED, State.ANSWERED]):
        kind = kinds[written % len(kinds)]
        referral = petition.referrals.order_by("pk").first()
        fits = petition.owner and (hasattr(petition, "petitioner") if kind != LetterKind.AGENCY else referral)
        if not fits or (kind == LetterKind.RESULT and petition.state != State.INFORMED):
            continue
        _write(
            petition,
            templates[kind],
            acts,
            agency=referral.agency if kind == LetterKind.AGENCY and referral else None,
            number=written,
        )
        written += 1
        if written == LETTERS:
            return


def _write(petition: Petition, template: LetterTemplate, acts: Acts, *, agency: Any, number: int) -> None:
    owner = petition.owner
    if owner is None:
        raise LookupError("Nobody is in charge of the petition.")
    actor, at = Actor(user=owner), acts.after(petition)
    letter = letter_writing.write_draft(template, petition, by=owner, now=at, agency=agency)
    if number == LETTERS - 1:
        return
    perform(petition, "issue_letter", actor=actor, seen=None, now=at, letter=letter, drafted=letter.version)
    letter_batches.make_papers(OutgoingLetter.objects.filter(pk=letter.pk), at)
    if number % 2:
        perform(
            petition,
            "send_letter",
            actor=actor,
            seen=None,
            now=at,
            letter=letter,
            way=LetterDelivery.Way.POST,
            proof=f"EX {number:04d} 0000 0 TH",
        )
