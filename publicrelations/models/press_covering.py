"""What was reported of a press conference, its close, and the next one of its series."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_fsm import RETURN_VALUE

from office import deadlines
from office.calendar import OFFICE_TZ
from office.documents import Upload, attach
from office.models import Deadline, Document, Notice
from office.permissions import carries_it, may_take_it
from office.steps import Act, Actor, perform, staff, step
from publicrelations.models.press_holding import HoldingSteps
from publicrelations.models.press_inviting import invites
from publicrelations.models.press_state import COMING, TAKEN_PLACE, PressState, Reported

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from publicrelations.models.coverage import Coverage
    from publicrelations.models.outlet import MediaOutlet

State = PressState


@dataclass(frozen=True)
class Report:
    """One report of one outlet as it is written down."""

    outlet: MediaOutlet
    reported_on: date
    tone: str
    headline: str = ""
    link: str = ""
    note: str = ""


class CoverageSteps(HoldingSteps):
    """The part of a press conference's path after it was held."""

    coverage: QuerySet[Coverage]
    reported: Any

    class Meta:
        abstract = True

    @step(
        field="state",
        source=[State.HELD, State.COVERED],
        target=State.COVERED,
        allowed=staff(invites),
        verb=_("Record the coverage"),
        done=_("Coverage recorded"),
        rank=10,
    )
    def record_coverage(self, act: Act, *, reports: Sequence[Report], files: Sequence[Upload] = ()) -> None:
        """What outlets reported, where and in which tone; a clipping belongs to the one report it was sent with."""
        from publicrelations.models.coverage import Coverage

        if not reports:
            raise ValidationError(gettext("Record at least one report, or say that nobody reported."))
        if files and len(reports) != 1:
            raise ValidationError({"files": gettext("Attach a clipping to one report at a time.")})
        self._refuse_twice(reports)
        documents = attach(self, files, source=Document.Source.OFFICE, added_by=act.actor.user, now=act.now)
        for one in reports:
            Coverage.objects.create(
                conference_id=self.pk,
                clipping=documents[0] if documents else None,
                noted_by=act.actor.user,
                noted_at=act.now,
                **vars(one),
            )
        self.reported = Reported.YES
        act.changes["covered"] = ["", ", ".join(dict.fromkeys(str(one.outlet) for one in reports))]
        self._keep_coverage(act)

    def _refuse_twice(self, reports: Sequence[Report]) -> None:
        links = [one.link for one in reports if one.link]
        known = set(self.coverage.filter(link__in=links).values_list("link", flat=True))
        if known or len(set(links)) < len(links):
            raise ValidationError({"link": gettext("This page is recorded already.")})

    @step(
        field="state",
        source=State.HELD,
        target=State.COVERED,
        allowed=staff(invites),
        verb=_("Nobody reported"),
        done=_("Nobody reported"),
        rank=20,
    )
    def note_nobody_reported(self, act: Act) -> None:
        """Somebody has looked and no outlet reported; what is found later may still be recorded."""
        self.reported = Reported.NOBODY
        self._keep_coverage(act)

    def _keep_coverage(self, act: Act) -> None:
        deadlines.keep(self, Deadline.Kind.COVERAGE, now=act.now)
        if not self.deadlines.unmet().filter(kind=Deadline.Kind.CLOSE).exists():
            self.promise_now(act, Deadline.Kind.CLOSE, self.owner)

    @step(
        field="state",
        source=State.COVERED,
        target=RETURN_VALUE(State.COVERED, State.HELD),
        allowed=staff(invites),
        verb=_("Strike a report"),
        done=_("Report struck"),
        rank=96,
        needs_reason=True,
    )
    def strike_coverage(self, act: Act, *, coverage: Coverage) -> PressState:
        """A report was recorded by mistake. With the last of them it is open again whether anybody reported."""
        row = self.coverage.select_related("outlet").filter(pk=coverage.pk).first()
        if row is None:
            raise ValidationError(gettext("Something chosen is no longer there. Open the page anew."))
        act.changes["struck"] = [str(row.outlet), ""]
        row.delete()
        if self.coverage.exists():
            return State.COVERED
        self.reported = ""
        deadlines.drop(self, Deadline.Kind.CLOSE, now=act.now)
        kept = self.deadlines.filter(kind=Deadline.Kind.COVERAGE, met_at__isnull=False).last()
        if kept:
            deadlines.owe_again(kept, calendar=act.calendar, now=act.now, even_if_due=True)
        return State.HELD

    @step(
        field="state",
        source=State.COVERED,
        target=State.CLOSED,
        allowed=staff(carries_it | may_take_it),
        verb=_("Close"),
        done=_("Press conference closed"),
        rank=21,
        held_by_lock=True,
    )
    def close(self, act: Act) -> None:
        """All that was reported is recorded."""
        self.closed_at = act.now
        deadlines.keep(self, Deadline.Kind.CLOSE, now=act.now)

    @step(
        field="state",
        source=State.CLOSED,
        target=State.COVERED,
        allowed=staff(carries_it),
        verb=_("Reopen"),
        done=_("Reopened"),
        rank=40,
        held_by_lock=True,
        needs_reason=True,
    )
    def reopen(self, act: Act) -> None:
        """A closed one's coverage is to be completed, for a reason."""
        self.closed_at = None
        self.promise_now(act, Deadline.Kind.CLOSE, self.owner)
        act.tell([self.owner], Notice.Kind.YOUR_TURN, act.reason)

    # ── The series ──────────────────────────────────────────────────────────────────────────

    @step(
        field="state",
        source=[*COMING, *TAKEN_PLACE, State.CANCELLED],
        target=None,
        allowed=staff(invites),
        verb=_("Plan the next one"),
        done=_("Next one planned"),
        rank=60,
    )
    def plan_next(
        self, act: Act, *, title: str, starts_at: datetime, ends_at: datetime | None = None
    ) -> None:
        """The next of the series from this one's settings: place, spokespersons, and the list of those invited."""
        from publicrelations.models.press_conference import PressConference

        if PressConference.objects.filter(follows_id=self.pk).exists():
            raise ValidationError(gettext("The next one has been planned already."))
        if starts_at <= act.now:
            raise ValidationError({"starts_at": gettext("Choose a time that is still to come.")})
        kept = ("occasion", "place", "spokespersons", "brief", "is_public", "secrecy", "owner")
        new = PressConference(
            **{name: getattr(self, name) for name in kept},
            title=title,
            starts_at=starts_at,
            ends_at=ends_at,
            received_at=act.now,
            follows_id=self.pk,
        )
        new.receive(actor=Actor(user=act.actor.user), now=act.now)
        self._choose_the_same(new, act)
        act.changes["next"] = ["", new.label]

    def _choose_the_same(self, new: Any, act: Act) -> None:
        """Those on this one's list who can still be invited are on the next one's."""
        rows = (
            self.invitations.standing()
            .filter(outlet__is_active=True)
            .select_related("outlet", "reporter__outlet")
        )
        day = act.now.astimezone(OFFICE_TZ).date()
        reporters = [one.reporter for one in rows if one.reporter and one.reporter.works_on(day)]
        outlets = [one.outlet for one in rows if one.reporter is None]
        if outlets or reporters:
            actor = Actor(user=act.actor.user)
            perform(new, "choose", actor=actor, seen=None, now=act.now, outlets=outlets, reporters=reporters)
