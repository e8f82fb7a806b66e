"""Before the court: hearings set, moved, recorded and cancelled, what the case came to, and the day a right lapses."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from complaints.models.court import CourtStep, Hearing
from complaints.models.opinion import OpinionSteps
from complaints.models.pausing import written
from complaints.models.state import UNCLOSED, State
from office import deadlines
from office.calendar import OFFICE_TZ
from office.models import Deadline
from office.permissions import carries_it
from office.steps import Act, staff, step

if TYPE_CHECKING:
    from complaints.models.related import RelatedMatter


def goes_to_court(matter: RelatedMatter) -> bool:
    """Whether a case before a court can belong to it: everything but a report."""
    return matter.related_kind != matter.RelatedKind.REPORT


def has_open_hearing(matter: RelatedMatter) -> bool:
    return matter.open_hearings().exists()


class CourtSteps(OpinionSteps):
    """The part of a related matter's path that runs through the courts; open until the matter is closed."""

    limitation_on: Any  # a column of RelatedMatter

    class Meta:
        abstract = True

    def open_hearings(self) -> Any:
        """Those still to come, or whose outcome nobody has recorded yet; the nearest first."""
        return Hearing.objects.filter(related_matter_id=self.pk, recorded_at=None, cancelled_at=None)

    @step(
        field="state",
        source=UNCLOSED,
        target=None,
        allowed=staff(carries_it),
        verb=_("Add a hearing"),
        done=_("Hearing added"),
        conditions=[goes_to_court],
        rank=50,
    )
    def add_hearing(self, act: Act, *, at: datetime, purpose: str, room: str = "", attends: str = "") -> None:
        """The court has set a date: whoever carries the matter promises that somebody is there."""
        self.set_hearing(act, Hearing(at=at, purpose=purpose, room=room, attends=attends), start=act.now)
        self.owe_what_is_left(act)

    def set_hearing(self, act: Act, hearing: Hearing, *, start: datetime) -> None:
        """Write a hearing down with its promise, counted from `start`."""
        self._refuse_double(hearing.at)
        hearing.related_matter_id = self.pk
        hearing.deadline = self._promise_for(act, hearing, start=start)
        hearing.save()
        act.changes["hearing"] = ["", written(hearing.at)]

    def _promise_for(
        self, act: Act, hearing: Hearing, *, start: datetime, continues: Deadline | None = None
    ) -> Deadline:
        if hearing.at <= start:
            raise ValidationError(
                {"at": gettext("This time has passed. Write a time that is still to come.")}
            )
        return deadlines.promise(
            self,
            Deadline.Kind.HEARING,
            start=start,
            calendar=act.calendar,
            responsible=self.owner,
            due=hearing.at,
            continues=continues,
        )

    def _refuse_double(self, at: datetime) -> None:
        if self.pk and self.open_hearings().filter(at=at).exists():
            raise ValidationError({"at": gettext("There is a hearing at this time already.")})

    def _open(self, hearing: Hearing) -> Hearing:
        """The hearing as it stands under the matter's lock."""
        current = self.open_hearings().select_related("deadline").filter(pk=hearing.pk).first()
        if current is None:
            raise ValidationError(gettext("This hearing has been recorded or cancelled already."))
        return current

    @step(
        field="state",
        source=UNCLOSED,
        target=None,
        allowed=staff(carries_it),
        verb=_("Move a hearing"),
        done=_("Hearing moved"),
        conditions=[goes_to_court, has_open_hearing],
        rank=90,
        needs_reason=True,
    )
    def move_hearing(self, act: Act, *, hearing: Hearing, at: datetime, room: str = "") -> None:
        """The court has postponed it, or put it earlier: old and new date stand in the history, with the reason."""
        current = self._open(hearing)
        if at != current.at:
            self._refuse_double(at)
        old, was = current.deadline, current.at
        current.at, current.room = at, room or current.room
        deadlines.drop_one(old, now=act.now)
        current.deadline = self._promise_for(act, current, start=act.now, continues=old)
        current.save(update_fields=["at", "room", "deadline"])
        act.changes["hearing"] = [written(was), written(at)]

    @step(
        field="state",
        source=UNCLOSED,
        target=None,
        allowed=staff(carries_it),
        verb=_("Record the hearing"),
        done=_("Hearing recorded"),
        conditions=[goes_to_court, has_open_hearing],
        rank=14,
    )
    def record_hearing(
        self,
        act: Act,
        *,
        hearing: Hearing,
        outcome: str,
        was_attended: bool = True,
        next_at: datetime | None = None,
        next_purpose: str = "",
        room: str = "",
    ) -> None:
        """What happened before the court, and when it goes on.

        The promise was to be there: attended, it is kept at the hearing's own moment, however long afterwards that is
        written down; missed, it is late for good.
        """
        current = self._open(hearing)
        if act.now.astimezone(OFFICE_TZ).date() < current.at.astimezone(OFFICE_TZ).date():
            raise ValidationError(
                {
                    "hearing": gettext(
                        "This hearing is still to come. If it was moved or cancelled, say so there."
                    )
                }
            )
        current.outcome, current.recorded_at, current.recorded_by = outcome, act.now, act.actor.user
        current.save(update_fields=["outcome", "recorded_at", "recorded_by"])
        kept = min(act.now, current.at) if was_attended else act.now
        why = "" if was_attended else gettext("Nobody attended")
        deadlines.keep_one(current.deadline, now=kept, late_reason=why)
        if next_at:
            following = Hearing(
                at=next_at,
                purpose=next_purpose or current.purpose,
                room=room or current.room,
                attends=current.attends,
            )
            try:
                self.set_hearing(act, following, start=act.now)
            except ValidationError as refused:
                raise ValidationError({"next_on": refused.messages}) from refused
        act.changes["hearing"] = [written(current.at), written(next_at) if next_at else ""]
        act.changes["outcome"] = ["", outcome]
        self.owe_what_is_left(act)

    @step(
        field="state",
        source=UNCLOSED,
        target=None,
        allowed=staff(carries_it),
        verb=_("Cancel a hearing"),
        done=_("Hearing cancelled"),
        conditions=[goes_to_court, has_open_hearing],
        rank=93,
        needs_reason=True,
    )
    def cancel_hearing(self, act: Act, *, hearing: Hearing) -> None:
        """The court lifted the date without setting another, or it was entered by mistake; the reason says which."""
        current = self._open(hearing)
        current.cancelled_at = act.now
        current.save(update_fields=["cancelled_at"])
        deadlines.drop_one(current.deadline, now=act.now)
        act.changes["hearing"] = [written(current.at), ""]
        self.owe_what_is_left(act)

    @step(
        field="state",
        source=UNCLOSED,
        target=None,
        allowed=staff(carries_it),
        verb=_("Record a step before the court"),
        done=_("Step before the court recorded"),
        conditions=[goes_to_court],
        rank=54,
    )
    def record_court_step(
        self,
        act: Act,
        *,
        kind: str,
        on: date,
        court_name: str = "",
        note: str = "",
        stage: str = "",
        lapses_on: date | None = None,
    ) -> None:
        """A case filed, an answer, an order, a judgment, an appeal; it may bring the case to another stage.

        Filing, appealing and finality keep what had to be done before a right lapsed; an order or a judgment may set
        the day until which it can be appealed (`lapses_on`).
        """
        if on > act.now.astimezone(OFFICE_TZ).date():
            raise ValidationError({"on": gettext("This day is still to come.")})
        if act.actor.user is None:
            raise ValueError("A step before the court is recorded by a person.")
        CourtStep.objects.create(
            related_matter_id=self.pk,
            kind=kind,
            on=on,
            court_name=court_name,
            note=note,
            recorded_at=act.now,
            recorded_by=act.actor.user,
        )
        act.changes["court_step"] = ["", kind]
        if stage:
            self.stage = stage
        if kind in (CourtStep.Kind.FILED, CourtStep.Kind.APPEAL, CourtStep.Kind.FINAL):
            self._keep_limitation(act, on)
        if lapses_on:
            self._limit(act, lapses_on)
        self.owe_what_is_left(act)

    def _keep_limitation(self, act: Act, on: date) -> None:
        """What was done before the court on a day was done by its end, even if it is written down later."""
        for promise in Deadline.objects.unmet().filter(matter_id=self.pk, kind=Deadline.Kind.LIMITATION):
            in_time = on <= promise.due_at.astimezone(OFFICE_TZ).date()
            deadlines.keep_one(promise, now=min(act.now, promise.due_at) if in_time else act.now)

    @step(
        field="state",
        source=UNCLOSED,
        target=None,
        allowed=staff(carries_it),
        verb=_("Set the limitation date"),
        done=_("Limitation date set"),
        conditions=[goes_to_court],
        rank=92,
    )
    def set_limitation(self, act: Act, *, limitation_on: date) -> None:
        """The day on which a right lapses: of the ministry's claim, or of an appeal. Warned of from 90 days ahead."""
        self._limit(act, limitation_on)
        self.owe_what_is_left(act)

    def _limit(self, act: Act, on: date) -> None:
        if on < act.now.astimezone(OFFICE_TZ).date():
            raise ValidationError({"limitation_on": gettext("This day has passed.")})
        self.limitation_on = on
        self.promise_limitation(act, start=act.now)

    def promise_limitation(self, act: Act, *, start: datetime) -> None:
        """Promise that what must be done before the limitation date is done; one such promise at a time."""
        if self.limitation_on is None:
            return
        due = act.calendar.closing_of(self.limitation_on)
        unmet = Deadline.objects.unmet().filter(matter_id=self.pk, kind=Deadline.Kind.LIMITATION)
        old = unmet.first()
        if old and old.due_at == due:
            return
        deadlines.drop(self, Deadline.Kind.LIMITATION, now=act.now)
        deadlines.promise(
            self,
            Deadline.Kind.LIMITATION,
            start=min(start, due),
            calendar=act.calendar,
            responsible=self.owner,
            due=due,
            continues=old,
        )

    def start_clock(self, act: Act, wait: Deadline | None) -> State:
        """As of any matter; a case whose dates have passed during the rest is to be closed now."""
        back = super().start_clock(act, wait)
        self.owe_what_is_left(act, back)
        return back

    def owe_what_is_left(self, act: Act, state: str = "") -> None:
        """Of an ordered matter: while the case goes on its dates are what is owed; when none is left, closing is."""
        if (state or self.state) != State.ORDERED:
            return
        unmet = set(Deadline.objects.unmet().filter(matter_id=self.pk).values_list("kind", flat=True))
        if unmet & {Deadline.Kind.HEARING, Deadline.Kind.LIMITATION}:
            deadlines.drop(self, Deadline.Kind.CLOSE, now=act.now)
        elif not unmet:
            self.promise_now(act, Deadline.Kind.CLOSE, self.owner)
