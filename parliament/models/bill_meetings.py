"""Where a bill is considered: the items of meetings, whose preparation the bill promises in time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.calendar import OFFICE_TZ
from office.models import Notice
from office.permissions import carries_it, in_its_subgroup, is_head, is_officer
from office.steps import Act, clock_or, perform, staff, step
from parliament.models.bill_stages import BillStageSteps
from parliament.models.bill_state import BEFORE_CHAMBERS, UNENDED

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from parliament.models.agenda import AgendaItem
    from parliament.models.bill_stage import Consideration
    from parliament.models.meeting import Meeting


# Whoever prepares a meeting moves with it what the bills on its agenda promise.
prepares_its_meetings = (is_officer | is_head) & in_its_subgroup


def is_on_a_meeting(bill: BillMeetingSteps) -> bool:
    """Some meeting considers it in its present stage; its page has that fetched with it."""
    fetched = getattr(bill, "is_considered", None)
    return bill.considerations_now().exists() if fetched is None else bool(fetched)


class BillMeetingSteps(BillStageSteps):
    """Which meetings consider the bill, and the promise that everyone is told and all is ready before each."""

    class Meta:
        abstract = True

    def considerations_now(self) -> QuerySet[Consideration]:
        """The meetings at which the present passage is considered."""
        from parliament.models.bill_stage import Consideration

        return Consideration.objects.filter(stage__bill_id=self.pk, stage__outcome="")

    @step(
        field="state",
        source=BEFORE_CHAMBERS,
        target=None,
        allowed=staff(carries_it),
        verb=_("Choose the meeting"),
        done=_("Put on the agenda of a meeting"),
        rank=20,
    )
    def consider(self, act: Act, *, item: AgendaItem | None = None, meeting: Meeting | None = None) -> None:
        """The bill is considered at this item of a meeting: what the item needs is promised before the meeting begins.

        Without an item the bill is added to the meeting's agenda: the office has learnt of it only now, and of a
        meeting that has begun by then that is out of the count.
        """
        from parliament import readiness
        from parliament.models.bill_stage import Consideration

        passage, is_new = self.open_passage(), item is None
        meeting = item.meeting if item else meeting
        if passage is None:
            raise ValidationError(gettext("The bill is at no stage now."))
        if meeting is None:
            raise ValidationError({"item": gettext("Choose a meeting.")})
        self._refuse_meeting(meeting, item)
        item = self._on_the_agenda(act, meeting, item)
        one = Consideration.objects.create(
            stage=passage,
            item=item,
            added_at=act.now,
            known_at=act.now if is_new else min(meeting.received_at, act.now),
        )
        act.changes["meeting"] = ["", meeting.label]
        act.changes["meeting_at"] = ["", written(meeting.begins_at)]
        readiness.begin(self, one, meeting, act)

    @property
    def agenda_title(self) -> str:
        """What a meeting's agenda calls it; of a bill with a grade of secrecy its number only."""
        return self.label if self.secrecy else self.title

    def _on_the_agenda(self, act: Act, meeting: Meeting, item: AgendaItem | None) -> AgendaItem:
        """The item, marked as about this bill and as our concern; without one, a new one at the agenda's end.

        Of a meeting to come that is a step of the meeting; what has been held keeps its agenda, and is only completed.
        """
        from parliament.models.agenda_steps import AgendaLine
        from parliament.models.meeting_state import COMING

        items = list(meeting.items.order_by("position"))
        if meeting.state not in COMING:
            item = item or meeting.items.model(
                meeting=meeting, position=_after(items), title=self.agenda_title
            )
            item.about_id, item.concerns_us = self.pk, True
            item.save()
            return item
        lines = [
            AgendaLine(
                title=one.title,
                number=one.number,
                concerns_us=one.concerns_us or one == item,
                about=self if one == item else one.about,
                pk=one.pk,
            )
            for one in items
        ]
        if item is None:
            lines.append(AgendaLine(title=self.agenda_title, concerns_us=True, about=self))
        perform(meeting, "write_agenda", actor=act.actor, seen=None, now=act.now, lines=lines)
        return meeting.items.get(pk=item.pk) if item else meeting.items.latest("position")

    def _refuse_meeting(self, meeting: Meeting, item: AgendaItem | None) -> None:
        """A meeting considers a bill once, at an item about nothing else; one that does not take place, never."""
        from parliament import readiness

        if item and item.about_id not in (None, self.pk):
            raise ValidationError({"item": gettext("This agenda item is about another matter.")})
        if self.considerations_now().filter(item__meeting_id=meeting.pk).exists():
            raise ValidationError({"item": gettext("This meeting considers the bill already.")})
        if item and hasattr(item, "consideration"):
            raise ValidationError({"item": gettext("This agenda item is about another matter.")})
        if not readiness.takes_place(meeting):
            raise ValidationError({"item": gettext("This meeting was postponed or cancelled.")})

    @step(
        field="state",
        source=BEFORE_CHAMBERS,
        target=None,
        allowed=staff(carries_it),
        verb=_("Take off a meeting"),
        done=_("Taken off the agenda of a meeting"),
        conditions=[is_on_a_meeting],
        rank=94,
        needs_reason=True,
    )
    def take_off(self, act: Act, *, consideration: Consideration) -> None:
        """The meeting does not consider it after all, or it was chosen by mistake; only before the meeting begins."""
        from office import deadlines

        one = self._chosen(consideration)
        meeting = one.item.meeting
        if meeting.begins_at <= act.now and one.deadline_id:
            raise ValidationError(
                {"consideration": gettext("This meeting has begun: what was promised for it stays.")}
            )
        act.changes["meeting"] = [meeting.label, ""]
        promise = one.deadline
        item = one.item
        one.delete()
        if promise:
            deadlines.drop_one(promise, now=act.now)
        item.about = None
        item.save(update_fields=["about"])

    @step(
        field="state",
        source=UNENDED,
        target=None,
        allowed=clock_or(prepares_its_meetings),
        verb=_("Move with the meeting"),
        done=_("Moved with its meeting"),
        rank=99,
    )
    def follow_meeting(self, act: Act, *, consideration: Consideration, meeting: Meeting) -> None:
        """The meeting was moved, postponed or cancelled, or takes place again: the promise made for it follows.

        No button leads here: the meeting's own step carries the bill along (`readiness.settle_bills`).
        """
        from parliament import readiness

        one = self._chosen(consideration)
        was = one.deadline.due_at if one.deadline and one.deadline.dropped_at is None else None
        readiness.follow(self, one, meeting, act)
        stands = readiness.takes_place(meeting)
        act.changes["meeting"] = [meeting.label, meeting.label]
        act.changes["meeting_at"] = [
            written(was) if was else "",
            written(meeting.begins_at) if stands else "",
        ]
        act.tell([self.owner], Notice.Kind.STEP_TAKEN, act.reason)

    def _chosen(self, consideration: Consideration) -> Consideration:
        """One of this bill's, as it stands under the lock."""
        rows = self.considerations_now().select_related("item__meeting", "deadline", "stage")
        current = rows.filter(pk=consideration.pk).first()
        if current is None:
            raise ValidationError({"consideration": gettext("Choose a meeting that considers this bill.")})
        return current


def _after(items: Sequence[AgendaItem]) -> int:
    return items[-1].position + 1 if items else 1


def written(moment: datetime) -> str:
    """A moment as events keep it."""
    return moment.astimezone(OFFICE_TZ).isoformat()
