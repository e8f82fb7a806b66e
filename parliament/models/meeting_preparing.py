"""Preparing a meeting: whom to tell and what to have ready, and that both have happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.documents import Upload, attach
from office.models import Agency, Document, Notice, User
from office.notices import write_outside
from office.steps import Act, Actor, Allowed, staff, step
from parliament.models.agenda_steps import AS_PREPARED, AgendaSteps, prepares
from parliament.models.meeting_state import COMING, MeetingState

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from parliament.models.agenda import AgendaItem
    from parliament.models.preparation import Need, Telling


def told_or(inside: Allowed) -> Allowed:
    """Allow somebody outside who was told (their link was checked), or the people `inside` allows."""

    def allowed(matter: Any, actor: Actor) -> bool:
        return (actor.user is None and not actor.is_clock) or inside(matter, actor)

    return allowed


@dataclass(frozen=True)
class ToTell:
    """Somebody to be told of an item: one of agency, colleague and name; by when."""

    due_at: datetime
    agency: Agency | None = None
    person: User | None = None
    name: str = ""
    email: str = ""


@dataclass(frozen=True)
class Needed:
    """A paper or a person to be ready for an item: what or who, from which agency, seen to by whom, by when."""

    kind: str
    what: str
    due_at: datetime
    agency: Agency | None = None
    officer: User | None = None


class PreparingSteps(AgendaSteps):
    """The part of a meeting's path before it begins: whom to tell, what to have ready, and that both have happened."""

    begins_at: Any
    is_out_of_the_count: Any

    class Meta:
        abstract = True

    @step(
        field="state",
        source=COMING,
        target=AS_PREPARED,
        allowed=staff(prepares),
        verb=_("Add whom to tell and what is needed"),
        done=_("Whom to tell and what is needed added"),
        rank=15,
    )
    def prepare(
        self,
        act: Act,
        *,
        item: AgendaItem,
        tellings: Sequence[ToTell] = (),
        needs: Sequence[Needed] = (),
    ) -> MeetingState:
        """For one item, which concerns us by this: who is to be told, which papers and persons are to be ready."""
        from parliament.models.preparation import Need, Telling

        item = self._own_item(item)
        if not tellings and not needs:
            raise ValidationError(gettext("Choose at least one to be told, or one thing to have ready."))
        if not item.concerns_us:
            item.concerns_us = True
            item.save(update_fields=["concerns_us"])
        self._refuse_twice(item, tellings)
        Telling.objects.bulk_create(Telling(item=item, **vars(one)) for one in tellings)
        Need.objects.bulk_create(Need(item=item, **vars(one)) for one in needs)
        act.changes["to_tell"] = ["", ", ".join(_whom(one) for one in tellings)]
        act.changes["needed"] = ["", ", ".join(one.what for one in needs)]
        return self.standing

    def _refuse_twice(self, item: AgendaItem, tellings: Sequence[ToTell]) -> None:
        told = {
            (one.agency, one.person, one.name) for one in item.tellings.select_related("agency", "person")
        }
        for one in tellings:
            key = (one.agency, one.person, one.name)
            if key in told:
                raise ValidationError(
                    {
                        "tellings": gettext("%(whom)s is to be told of this item already.")
                        % {"whom": _whom(one)}
                    }
                )
            told.add(key)

    @step(
        field="state",
        source=COMING,
        target=AS_PREPARED,
        allowed=staff(prepares),
        verb=_("Tell by e-mail"),
        done=_("Told by e-mail"),
        rank=12,
    )
    def tell(self, act: Act, *, tellings: Sequence[Telling], message: str = "") -> MeetingState:
        """Write to those still to be told; the letter has a link by which they say that they know."""
        chosen = self._own_tellings(tellings)
        nowhere = [one.whom for one in chosen if not one.address]
        if nowhere:
            raise ValidationError(
                {
                    "tellings": gettext(
                        "No e-mail address of %(whom)s is known. Tell them otherwise and note it."
                    )
                    % {"whom": ", ".join(nowhere)}
                }
            )
        for one in chosen:
            one.message = message
        self._write_to(act, chosen)
        act.changes["told"] = ["", ", ".join(one.whom for one in chosen)]
        return self.standing

    def _write_to(self, act: Act, tellings: Sequence[Telling]) -> None:
        """One letter to each address, about all that is told there: once for each version of the meeting."""
        letters: dict[str, Notice] = {}
        for one in tellings:
            one.told_at, one.told_by, one.way, one.acknowledged_at = (
                act.now,
                act.actor.user,
                one.Way.EMAIL,
                None,
            )
            one.save(update_fields=["told_at", "told_by", "way", "message", "acknowledged_at"])
            once, address = f"telling:{one.pk}:{self.version}", one.address.casefold()
            write_outside(
                Notice.Kind.MEETING_TOLD,
                once=once,
                now=act.now,
                matter=self,
                subject_id=one.pk,
                goes_with=letters.get(address),
            )
            if address not in letters:
                letters[address] = Notice.objects.get(once_key=once)

    @step(
        field="state",
        source=COMING,
        target=AS_PREPARED,
        allowed=staff(prepares),
        verb=_("Note as told"),
        done=_("Noted as told"),
        rank=93,
    )
    def note_told(
        self, act: Act, *, tellings: Sequence[Telling], way: str, told_at: datetime | None = None
    ) -> MeetingState:
        """They were told by letter, by telephone or in person, at a moment that is not to come."""
        at = told_at or act.now
        _refuse_future(at, act, "told_at")
        chosen = self._own_tellings(tellings)
        for one in chosen:
            if one.told_at is None:
                one.told_at, one.told_by, one.way = at, act.actor.user, way
                one.save(update_fields=["told_at", "told_by", "way"])
        act.changes["told"] = ["", ", ".join(one.whom for one in chosen)]
        return self.standing

    @step(
        field="state",
        source=COMING,
        target=None,
        allowed=told_or(staff(prepares)),
        verb=_("Note that they know"),
        done=_("Acknowledged"),
        rank=95,
    )
    def acknowledge(self, act: Act, *, telling: Telling) -> None:
        """Who was told says by the link that they know, or the officer notes that they said so.

        Whoever reads a letter knows of all the items in it.
        """
        from parliament.models.preparation import TellingLink

        (one,) = self._own_tellings([telling])
        if one.told_at is None:
            raise ValidationError({"telling": gettext("They have not been told yet.")})
        for read in one.of_the_same_letter():
            if read.acknowledged_at is None:
                read.acknowledged_at = act.now
                read.save(update_fields=["acknowledged_at"])
            TellingLink.use_up(read, act.now)
        act.changes["acknowledged"] = ["", one.whom]

    @step(
        field="state",
        source=COMING,
        target=AS_PREPARED,
        allowed=staff(prepares),
        verb=_("Note as ready"),
        done=_("Noted as ready"),
        rank=94,
    )
    def make_ready(
        self,
        act: Act,
        *,
        needs: Sequence[Need],
        files: Sequence[Upload] = (),
        ready_at: datetime | None = None,
    ) -> MeetingState:
        """Papers are there and persons have said that they come; a file belongs to the one paper it was sent for."""
        at = ready_at or act.now
        _refuse_future(at, act, "ready_at")
        chosen = self._own_needs(needs)
        if files and len(chosen) != 1:
            raise ValidationError({"files": gettext("Attach a file for one paper at a time.")})
        documents = attach(self, files, source=Document.Source.OFFICE, added_by=act.actor.user, now=act.now)
        for one in chosen:
            one.ready_at, one.ready_by = one.ready_at or at, one.ready_by or act.actor.user
            one.document = documents[0] if documents else one.document
            one.save(update_fields=["ready_at", "ready_by", "document"])
            one.item.documents.add(*documents)
        act.changes["ready"] = ["", ", ".join(one.what for one in chosen)]
        return self.standing

    @step(
        field="state",
        source=COMING,
        target=AS_PREPARED,
        allowed=staff(prepares),
        verb=_("Take back a mark"),
        done=_("Mark taken back"),
        rank=96,
        needs_reason=True,
    )
    def unmark(
        self, act: Act, *, tellings: Sequence[Telling] = (), needs: Sequence[Need] = ()
    ) -> MeetingState:
        """Marked by mistake as told or as ready: it is still to be done. The reason stays in the history."""
        from parliament import readiness

        for one in self._own_tellings(tellings):
            one.take_back()
        for need in self._own_needs(needs):
            need.ready_at, need.ready_by = None, None
            need.save(update_fields=["ready_at", "ready_by"])
        act.changes["unmarked"] = [_names(tellings, needs), ""]
        if act.now >= self.begins_at:
            readiness.owe_what_was_unmarked(self, act)
        return self.standing

    @step(
        field="state",
        source=COMING,
        target=AS_PREPARED,
        allowed=staff(prepares),
        verb=_("Strike what is not needed"),
        done=_("Struck as not needed"),
        rank=97,
        needs_reason=True,
    )
    def strike(
        self, act: Act, *, tellings: Sequence[Telling] = (), needs: Sequence[Need] = ()
    ) -> MeetingState:
        """Nobody need be told, or nothing be ready, after all. The reason stays in the history.

        Until the meeting begins: what was still to be done then was not done in time.
        """
        if act.now >= self.begins_at and not self.is_out_of_the_count:
            raise ValidationError(
                gettext(
                    "The meeting has begun, so what was to be told or ready by then stays. Record that it was held, "
                    "and write why something was missing."
                )
            )
        struck = [*self._own_tellings(tellings), *self._own_needs(needs)]
        act.changes["struck"] = [_names(tellings, needs), ""]
        for one in struck:
            one.delete()
        return self.standing

    def take_back_unsent(self, act: Act) -> bool:
        """Who was to be told by a letter that has not left was not told; by one that left after it began, only then.

        Returns whether there was any such letter.
        """
        from parliament.models.preparation import Telling

        told = Telling.objects.filter(item__meeting_id=self.pk).told_by_late_letter()
        for one in told:
            one.told_at = one.left_at
            if one.left_at is None:
                one.told_by, one.way = None, ""
            one.save(update_fields=["told_at", "told_by", "way"])
        if told:
            act.changes["not_told"] = ["", ", ".join(one.whom for one in told)]
        return bool(told)

    def _own_tellings(self, tellings: Sequence[Telling]) -> list[Telling]:
        """As they stand under the meeting's lock."""
        from parliament.models.preparation import Telling

        rows = Telling.objects.filter(item__meeting_id=self.pk).select_related("agency", "person", "item")
        return _found(rows, [one.pk for one in tellings], "tellings")

    def _own_needs(self, needs: Sequence[Need]) -> list[Need]:
        from parliament.models.preparation import Need

        rows = Need.objects.filter(item__meeting_id=self.pk).select_related("item")
        return _found(rows, [one.pk for one in needs], "needs")


def _found(rows: QuerySet[Any], keys: Sequence[int], field: str) -> list[Any]:
    found: Mapping[int, Any] = rows.in_bulk(keys)
    if len(found) != len(set(keys)):
        raise ValidationError({field: gettext("Something chosen is no longer there. Open the page anew.")})
    return list(found.values())


def _whom(one: ToTell) -> str:
    return one.name or str(one.agency or one.person)


def _names(tellings: Sequence[Telling], needs: Sequence[Need]) -> str:
    return ", ".join([*(one.whom for one in tellings), *(one.what for one in needs)])


def _refuse_future(at: datetime, act: Act, field: str) -> None:
    if at > act.now:
        raise ValidationError({field: gettext("This time is still to come.")})
