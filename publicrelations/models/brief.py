"""Situation brief (วิเคราะห์สถานการณ์): what is happening, what it means for education, and what the minister may do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_fsm import RETURN_VALUE

from office import deadlines
from office.calendar import OFFICE_TZ, fiscal_year_of
from office.carrying import StateField
from office.documents import Upload, attach
from office.models import Deadline, Document, Matter, Notice, RegisterQuerySet, Subgroup
from office.permissions import carries_it, is_executive, is_head_of_it, may_take_it
from office.search_words import normalise
from office.steps import Act, Actor, open_matter, staff, step
from publicrelations.models.brief_parts import BriefOption, BriefSource
from publicrelations.models.brief_state import BEFORE_ORDER, BriefState
from publicrelations.models.to_minister import Decision, ToMinisterSteps

State = BriefState


@dataclass(frozen=True)
class Option:
    """One option as it is written: its text, what speaks for it and what against."""

    text: str
    reasons_for: str = ""
    reasons_against: str = ""


@dataclass(frozen=True)
class Source:
    """One source as it is written: in words, with an address or a document of the matter, or with neither."""

    title: str
    link: str = ""
    document: Document | None = None


class SituationBriefQuerySet(RegisterQuerySet):
    """Situation briefs in the words of the office."""

    subgroup = Subgroup.Code.PUBLIC_RELATIONS
    kinds = (Matter.Kind.BRIEF,)


class SituationBrief(ToMinisterSteps):
    """A brief from its first line to the minister's order; it owes that it is put to the minister in time."""

    State = BriefState

    state = StateField(_("state"), choices=State, default=State.WRITING)
    is_unclosed = models.GeneratedField(
        expression=Case(When(state="closed", then=Value(False)), default=Value(True)),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    since_on = models.DateField(_("situation since"), null=True, blank=True)
    until_on = models.DateField(_("situation until"), null=True, blank=True)
    situation = models.TextField(_("situation"), max_length=20000, blank=True)
    meaning = models.TextField(_("what it means for education"), max_length=20000, blank=True)
    opinion = models.TextField(_("opinion"), max_length=10000, blank=True)
    chosen: models.ForeignKey[BriefOption | None, BriefOption | None] = models.ForeignKey(
        BriefOption,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("chosen option"),
    )
    withdrawn_at = models.DateTimeField(_("given up at"), null=True, editable=False)

    objects = SituationBriefQuerySet.as_manager()  # type: ignore[misc]  # the stubs take Matter's for a class variable

    class Meta:
        verbose_name = _("situation brief")
        verbose_name_plural = _("situation briefs")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=BriefState.values), name="brief_state_known"),
            models.CheckConstraint(
                condition=Q(since_on__isnull=True)
                | Q(until_on__isnull=True)
                | Q(until_on__gte=F("since_on")),
                name="brief_period_forwards",
            ),
        ]
        indexes = [
            # A register's filters, in the order of registration.
            models.Index(fields=["is_unclosed", "matter"], name="brief_unclosed"),
            models.Index(fields=["state", "matter"], name="brief_state"),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.title}"

    # ── Registration ────────────────────────────────────────────────────────────────────────

    @transaction.atomic(savepoint=False)
    def receive(self, *, actor: Actor, now: Any) -> SituationBrief:
        """Begin this brief: its number, and that it will be put to the minister."""
        begun = self.received_at.astimezone(OFFICE_TZ).date()
        self.kind = Matter.Kind.BRIEF
        self.subgroup = Subgroup.objects.get(code=Subgroup.Code.PUBLIC_RELATIONS)
        act = open_matter(
            self,
            prefix=settings.SERIES_PREFIXES["brief"],
            year=fiscal_year_of(begun),
            actor=actor,
            now=now,
        )
        deadlines.promise(
            self,
            Deadline.Kind.TO_MINISTER,
            start=self.received_at,
            calendar=act.calendar,
            responsible=self.owner,
        )
        return self

    # ── Writing ─────────────────────────────────────────────────────────────────────────────

    @step(
        field="state",
        source=State.WRITING,
        target=None,
        allowed=staff(carries_it | may_take_it),
        verb=_("Save draft"),
        done=_("Draft saved"),
        rank=15,
    )
    def save_draft(
        self,
        act: Act,
        *,
        options: Sequence[Option] = (),
        sources: Sequence[Source] = (),
        files: Sequence[Upload] = (),
        **words: Any,
    ) -> None:
        """Keep what is written so far; the clock runs on."""
        self._take_on(act)
        self._write(act, options, sources, files, words)

    @step(
        field="state",
        source=State.WRITING,
        target=State.CHECKING,
        allowed=staff(carries_it | may_take_it),
        verb=_("Put to the head"),
        done=_("Brief put to the head"),
        rank=10,
    )
    def submit(
        self,
        act: Act,
        *,
        options: Sequence[Option],
        sources: Sequence[Source] = (),
        files: Sequence[Upload] = (),
        **words: Any,
    ) -> None:
        """The officer puts the whole brief to the head; one way alone is no choice, so it has two options or none."""
        self._take_on(act)
        if len(options) == 1:
            raise ValidationError(
                {"option_2": gettext("One way alone is no choice: write a second one, or none.")}
            )
        self._write(act, options, sources, files, words)
        for name in ("situation", "meaning", "opinion"):
            if not getattr(self, name).strip():
                raise ValidationError({name: gettext("Write this before it goes to the head.")})
        self._put_to_head(act)

    WORDS = ("title", "since_on", "until_on", "situation", "meaning", "opinion")
    """What is written of a brief besides its options and sources."""

    def _write(
        self,
        act: Act,
        options: Sequence[Option],
        sources: Sequence[Source],
        files: Sequence[Upload],
        words: dict[str, Any],
    ) -> None:
        unknown = set(words) - set(self.WORDS)
        if unknown:
            raise TypeError(f"Not a part of a brief: {', '.join(sorted(unknown))}")
        for name, value in words.items():
            setattr(self, name, value)
        self._write_options(act, options)
        added = attach(self, files, source=Document.Source.OFFICE, added_by=act.actor.user, now=act.now)
        if added:
            act.changes["files"] = ["", ", ".join(document.name for document in added)]
        of_files = [Source(document.name, document=document) for document in added]
        self._write_sources(act, [*sources, *of_files])

    def _write_options(self, act: Act, options: Sequence[Option]) -> None:
        before = [one.text for one in self.options.all()]
        self.options.all().delete()
        BriefOption.objects.bulk_create(
            BriefOption(
                brief=self,
                position=place,
                text=one.text,
                reasons_for=one.reasons_for,
                reasons_against=one.reasons_against,
            )
            for place, one in enumerate(options, 1)
        )
        after = [one.text for one in options]
        if after != before:
            act.changes["options"] = ["\n".join(before), "\n".join(after)]

    def _write_sources(self, act: Act, sources: Sequence[Source]) -> None:
        before = [one.title for one in self.sources.all()]
        self.sources.all().delete()
        BriefSource.objects.bulk_create(
            BriefSource(brief=self, position=place, title=one.title, link=one.link, document=one.document)
            for place, one in enumerate(sources, 1)
        )
        after = [one.title for one in sources]
        if after != before:
            act.changes["sources"] = ["\n".join(before), "\n".join(after)]

    # ── The minister's way ──────────────────────────────────────────────────────────────────

    def back_to_writer(self, act: Act) -> str:
        """It is written anew; that it is put to the minister is owed again if it had been put."""
        owed = Deadline.objects.unmet().filter(matter_id=self.pk, kind=Deadline.Kind.TO_MINISTER)
        if not owed.exists():
            self.promise_now(act, Deadline.Kind.TO_MINISTER, self.owner)
        return State.WRITING

    def owe_after_decision(self, act: Act) -> None:
        self.promise_now(act, Deadline.Kind.CLOSE, self.owner)

    @step(
        field="state",
        source=State.ON_DESK,
        target=State.ORDERED,
        allowed=staff(is_executive),
        verb=_("Give the order"),
        done=_("Ordered"),
        rank=10,
    )
    def order(self, act: Act, *, order_text: str = "", chosen: BriefOption | None = None) -> None:
        """One in authority chooses one of the options, or orders something else in words."""
        if chosen is not None and chosen.brief_id != self.pk:
            raise ValidationError({"chosen": gettext("Choose one of this brief's options.")})
        if chosen is None and not order_text.strip():
            raise ValidationError({"order_text": gettext("Choose an option, or write the order.")})
        self.chosen = chosen
        if chosen is not None:
            act.changes["chosen"] = ["", chosen.text]
        self._decide(act, Decision.ORDER, order_text)

    # ── The end ─────────────────────────────────────────────────────────────────────────────

    @step(
        field="state",
        source=State.ORDERED,
        target=State.CLOSED,
        allowed=staff(carries_it),
        verb=_("Close"),
        done=_("Matter closed"),
        rank=10,
        held_by_lock=True,
    )
    def close(self, act: Act) -> None:
        """The order is passed on, and the file complete."""
        self.closed_at = act.now
        deadlines.keep(self, Deadline.Kind.CLOSE, now=act.now)

    @step(
        field="state",
        source=BEFORE_ORDER,
        target=State.CLOSED,
        allowed=staff(is_head_of_it),
        verb=_("Give up the brief"),
        done=_("Brief given up"),
        rank=97,
        held_by_lock=True,
        needs_reason=True,
    )
    def withdraw(self, act: Act) -> None:
        """The situation has passed, or another brief says it; its number stays used. What is late stays late."""
        deadlines.settle(self, now=act.now, late_reason=act.reason)
        self.withdrawn_at = self.closed_at = act.now
        act.tell([self.owner], Notice.Kind.STEP_TAKEN, act.reason)

    @step(
        field="state",
        source=State.CLOSED,
        target=RETURN_VALUE(State.WRITING, State.ORDERED),
        allowed=staff(carries_it),
        verb=_("Reopen"),
        done=_("Reopened"),
        rank=96,
        held_by_lock=True,
        needs_reason=True,
    )
    def reopen(self, act: Act) -> str:
        """It goes on for a reason: what was decided is closed anew, what was given up is written on."""
        self.withdrawn_at = self.closed_at = None
        act.tell([self.owner, *self._heads()], Notice.Kind.YOUR_TURN, act.reason)
        if self.decided_at is None:
            return self.back_to_writer(act)
        self.promise_now(act, Deadline.Kind.CLOSE, self.owner)
        return State.ORDERED

    # ── What `perform` asks of every matter ─────────────────────────────────────────────────

    def tracked(self) -> dict[str, Any]:
        """The fields whose change a step writes into its event: before and after."""
        return super().tracked() | {
            "since_on": self.since_on.isoformat() if self.since_on else "",
            "until_on": self.until_on.isoformat() if self.until_on else "",
            "situation": self.situation,
            "meaning": self.meaning,
            "opinion": self.opinion,
            "order_text": self.order_text,
        }

    def searchable(self) -> str:
        """The words it is found by."""
        options = " ".join(one.text for one in self.options.all()) if self.pk else ""
        sources = " ".join(one.title for one in self.sources.all()) if self.pk else ""
        return normalise(
            self.label,
            self.title,
            self.situation,
            self.meaning,
            self.opinion,
            options,
            sources,
            self.order_text,
        )
