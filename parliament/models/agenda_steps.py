"""The agenda of a meeting: written, gone through for what concerns us, its files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_fsm import RETURN_VALUE

from office.carrying import ANY_STATE, StateField
from office.documents import Upload, attach
from office.models import Document, Matter
from office.permissions import in_its_subgroup, is_head, is_officer
from office.steps import Act, staff, step
from parliament.models.counted import CountedMatter
from parliament.models.meeting_state import COMING, MeetingState

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from parliament.models.agenda import AgendaItem

AS_PREPARED = RETURN_VALUE(*COMING)
POSITIONS_APART = 10_000  # out of the way of the new positions while they are given

# On a sitting day whoever of the subgroup is in the chamber marks what has happened, not its officer alone.
prepares = (is_officer | is_head) & in_its_subgroup


@dataclass(frozen=True)
class AgendaLine:
    """One line of an agenda as it is written: a new item, or one that is there (`pk`)."""

    title: str
    number: str = ""
    concerns_us: bool = False
    about: Matter | None = None
    pk: int | None = None


class AgendaSteps(CountedMatter):
    """The part of a meeting's path that is its agenda: what it is, and what of it concerns us."""

    state = StateField(_("state"), choices=MeetingState, default=MeetingState.ANNOUNCED)
    agenda_checked_at = models.DateTimeField(
        _("agenda gone through at"), null=True, editable=False, help_text=_("What concerns us is marked.")
    )

    items: QuerySet[AgendaItem]
    begins_at: Any
    is_out_of_the_count: Any

    class Meta:
        abstract = True

    @property
    def standing(self) -> MeetingState:
        """Where a meeting to come stands: by its agenda, and by what is still to be told or made ready."""
        from parliament import readiness

        if self.agenda_checked_at is None:
            return MeetingState.ANNOUNCED
        is_ready = readiness.ready_at(self, readiness.items_concerning_us(self)) is not None
        return MeetingState.READY if is_ready else MeetingState.PREPARING

    @step(
        field="state",
        source=COMING,
        target=AS_PREPARED,
        allowed=staff(prepares),
        verb=_("Write the agenda"),
        done=_("Agenda written"),
        rank=98,
    )
    def write_agenda(self, act: Act, *, lines: Sequence[AgendaLine]) -> MeetingState:
        """The whole agenda in its order: items that are there are changed and moved, new ones added, the rest removed.

        What somebody has been told of, or is to be told of, is not removed.
        """
        there = {item.pk: item for item in self.items.all()}
        kept = {line.pk for line in lines if line.pk}
        if not kept <= set(there):
            raise ValidationError({"lines": gettext("An item is no longer there. Open the agenda anew.")})
        removed = [item for pk, item in there.items() if pk not in kept]
        unticked = {line.pk for line in lines if line.pk and not line.concerns_us}
        self._refuse_after_its_beginning(act, [*removed, *(there[pk] for pk in unticked)])
        self._remove(removed)
        self.items.update(position=F("position") + POSITIONS_APART)
        for position, line in enumerate(lines, 1):
            item = there[line.pk] if line.pk else self.items.model(meeting_id=self.pk)
            if item.pk and not line.concerns_us:
                self._refuse_dropping(item)
            item.position, item.number, item.title = position, line.number, line.title
            item.concerns_us, item.about = line.concerns_us, line.about
            item.save()
        act.changes["items"] = [str(len(there)), str(len(lines))]
        return self.standing

    def _refuse_after_its_beginning(self, act: Act, dropped: Sequence[AgendaItem]) -> None:
        """What concerned us when it began does so for good, else nothing would have been late."""
        if act.now < self.begins_at or self.is_out_of_the_count:
            return
        for item in dropped:
            if item.concerns_us:
                raise ValidationError(
                    {
                        "lines": gettext("The meeting has begun, so “%(item)s” stays and concerns us.")
                        % {"item": item}
                    }
                )

    def _remove(self, items: Sequence[AgendaItem]) -> None:
        for item in items:
            self._refuse_dropping(item)
            if hasattr(item, "consideration") or item.follow_ups.exists():
                raise ValidationError(
                    {"lines": gettext("“%(item)s” is referred to elsewhere and stays.") % {"item": item}}
                )
            item.delete()

    def _refuse_dropping(self, item: AgendaItem, field: str = "lines") -> None:
        """What somebody is told of or has something ready for is not dropped unseen."""
        if item.concerns_us and (item.tellings.exists() or item.needs.exists()):
            raise ValidationError(
                {
                    field: gettext(
                        "“%(item)s” has people to tell or things to have ready. Strike those first."
                    )
                    % {"item": item}
                }
            )

    @step(
        field="state",
        source=COMING,
        target=AS_PREPARED,
        allowed=staff(prepares),
        verb=_("Mark what concerns us"),
        done=_("Agenda gone through"),
        rank=10,
    )
    def go_through(self, act: Act, *, concerning: Sequence[AgendaItem]) -> MeetingState:
        """The agenda has been gone through and what concerns us is marked; if nothing does, all is ready."""
        keys = {item.pk for item in concerning}
        for item in self.items.all():
            if item.concerns_us != (item.pk in keys):
                self._refuse_dropping(item, "concerning")
                item.concerns_us = item.pk in keys
                item.save(update_fields=["concerns_us"])
        self.agenda_checked_at = act.now
        act.changes["concerning"] = ["", ", ".join(item.number or item.title for item in concerning)]
        return self.standing

    @step(
        field="state",
        source=ANY_STATE,
        target=None,
        allowed=staff(prepares),
        verb=_("Attach files"),
        done=_("Files attached"),
        rank=90,
    )
    def attach_files(self, act: Act, *, files: Sequence[Upload], item: AgendaItem | None = None) -> None:
        """Files of the meeting as a whole, or of one item, whose part of the binder they then are."""
        documents = attach(self, files, source=Document.Source.OFFICE, added_by=act.actor.user, now=act.now)
        if item:
            self._own_item(item).documents.add(*documents)
        act.changes["files"] = ["", ", ".join(document.name for document in documents)]

    def _own_item(self, item: AgendaItem) -> AgendaItem:
        own = self.items.filter(pk=item.pk).first()
        if own is None:
            raise ValidationError({"item": gettext("Choose an item of this agenda.")})
        return own
