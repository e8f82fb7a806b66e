"""What every matter that the office carries has in common: who carries it, its files, the promises it owes."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.signals import class_prepared
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin

from office import deadlines
from office.documents import Upload, attach
from office.models import Deadline, Document, Event, Matter, Notice, Role, User
from office.permissions import (
    carries_it,
    has_nobody_in_charge,
    is_head_of_it,
    may_hand_over,
    may_take_it,
)
from office.search_words import normalise
from office.steps import Act, on_leaving, staff, step

ANY_STATE = "*"


class StateField(FSMField):
    """The one state a matter is in; only steps change it. Each kind of matter declares its own, with its states.

    In migrations it is the text that its column is: there are no steps to find, and looking for them in every class
    that a migration draws took half of the time.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": 20, "protected": True, **kwargs})

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """As the column it is."""
        name, _path, args, kwargs = super().deconstruct()
        kwargs.pop("protected", None)
        return name, "django.db.models.CharField", args, kwargs

    def contribute_to_class(self, cls: Any, name: str, private_only: bool = False, **kwargs: Any) -> None:
        """The library listens to every class that is ever made; this field's steps are in its own class alone, and a
        migration draws tens of thousands."""
        super().contribute_to_class(cls, name, private_only, **kwargs)
        class_prepared.disconnect(self._collect_transitions)
        class_prepared.connect(self._collect_transitions, sender=cls)

    def _collect_transitions(self, *args: Any, **kwargs: Any) -> None:
        """The library looks for steps declared for this very field; those of `CarriedMatter` are shared by the
        classes of several fields, so they are told to be this one's by its name, which all of them bear."""
        sender = kwargs["sender"]
        if issubclass(sender, self.base_cls):
            for _name, method in inspect.getmembers(sender, inspect.isfunction):
                declared = getattr(method, "_django_fsm", None)
                if declared and getattr(declared.field, "name", "") == self.name:
                    declared.field = self.name
        super()._collect_transitions(*args, **kwargs)


def is_not_closed(matter: CarriedMatter) -> bool:
    """What most steps wait for."""
    return not matter.is_closed


class CarriedMatter(FSMModelMixin, Matter):
    """A matter on its way through the office, and the steps that are open in any state, whatever it is about.

    A child declares its `state` (StateField) and the steps by which it changes.
    """

    matter = models.OneToOneField(Matter, models.CASCADE, parent_link=True, primary_key=True)

    state: Any

    class Meta:
        abstract = True

    @property
    def is_closed(self) -> bool:
        """At its end: nothing is to be carried any more."""
        return self.closed_at is not None

    @cached_property
    def owed_when_read(self) -> list[Deadline]:
        """What was owed when this matter was read, the most urgent first: for a page, which asks once."""
        return list(self.deadlines.unmet().select_related("responsible").order_by("due_at"))

    # ── What `perform` asks of every matter ─────────────────────────────────────────────────

    def tracked(self) -> dict[str, Any]:
        """The fields whose change a step writes into its event: before and after, nothing personal. A child adds
        its own."""
        return {
            "title": self.title,
            "owner": str(self.owner) if self.owner_id else "",
            "secrecy": str(self.get_secrecy_display()),
        }

    def searchable(self) -> str:
        """The words this matter is found by; a child adds its own."""
        return normalise(self.label, self.title)

    def was_given(self, name: str, given: dict[str, Any]) -> bool:
        """Whether what a step is given is what stands here since it was taken: then it is the second of two clicks.
        A child whose steps take long texts compares them."""
        return True

    def after_step(self, act: Act, event: Event) -> None:
        """What follows every step: nothing, where a child does not say otherwise."""

    @classmethod
    def after_many(cls, matters: Iterable[Any]) -> None:
        """What follows one step on many."""

    # ── What the steps of every kind are made of ────────────────────────────────────────────

    def promise_now(self, act: Act, kind: str, responsible: User | None) -> Deadline:
        """What the state that begins owes, counted from this step."""
        return deadlines.promise(self, kind, start=act.now, calendar=act.calendar, responsible=responsible)

    def _heads(self) -> Sequence[User]:
        return list(User.objects.heads_of(self.subgroup_id))

    def _refuse_strangers(self, to: User) -> None:
        is_of_it = to.subgroup_id == self.subgroup_id and (
            to.has_role(Role.OFFICER) or to.has_role(Role.HEAD)
        )
        if not (is_of_it and to.is_active):
            raise ValidationError({"to": gettext("Choose an officer of the subgroup.")})

    def _give_to(self, act: Act, officer: User | None) -> None:
        act.pass_on(self, officer)
        self.owner = officer

    # ── The steps open in any state ─────────────────────────────────────────────────────────

    @step(
        field="state",
        source=ANY_STATE,
        target=None,
        allowed=staff(may_take_it),
        verb=_("Take"),
        done=_("Taken on"),
        conditions=[is_not_closed],
        rank=20,
        together=True,
    )
    def take(self, act: Act) -> None:
        """An officer of the subgroup takes a matter that nobody carries."""
        self._give_to(act, act.actor.user)

    @step(
        field="state",
        source=ANY_STATE,
        target=None,
        allowed=staff(is_head_of_it),
        verb=_("Assign"),
        done=_("Assigned"),
        conditions=[is_not_closed],
        rank=91,
        together=True,
    )
    def assign(self, act: Act, *, to: User) -> None:
        """The head gives the matter to an officer of the subgroup."""
        self._refuse_strangers(to)
        self._give_to(act, to)
        act.tell([to], Notice.Kind.YOUR_TURN)

    @step(
        field="state",
        source=ANY_STATE,
        target=None,
        allowed=staff(may_hand_over),
        verb=_("Hand over to a colleague"),
        done=_("Handed over to a colleague"),
        conditions=[is_not_closed],
        rank=93,
        needs_reason=True,
    )
    def hand_over(self, act: Act, *, to: User) -> None:
        """The officer in charge gives the matter to a colleague of the subgroup and says why."""
        self._refuse_strangers(to)
        if to.pk == self.owner_id:
            raise ValidationError({"to": gettext("This officer has the matter already.")})
        self._give_to(act, to)
        act.tell([to], Notice.Kind.YOUR_TURN, act.reason)
        act.tell([head for head in self._heads() if head != to], Notice.Kind.STEP_TAKEN, act.reason)

    @step(
        field="state",
        source=ANY_STATE,
        target=None,
        allowed=staff(carries_it & ~has_nobody_in_charge),
        verb=_("Give up"),
        done=_("Given up, nobody in charge"),
        conditions=[is_not_closed],
        rank=94,
        needs_reason=True,
    )
    def release(self, act: Act) -> None:
        """Whoever carries it gives it back to nobody and says why; the heads find somebody else."""
        self._give_to(act, None)
        act.tell(self._heads(), Notice.Kind.YOUR_TURN, act.reason)

    @step(
        field="state",
        source=ANY_STATE,
        target=None,
        allowed=on_leaving,
        verb=_("Hand over for one who leaves"),
        done=_("Handed over because somebody left"),
        conditions=[is_not_closed],
        rank=99,
        needs_reason=True,
    )
    def succeed(self, act: Act, *, to: User) -> None:
        """The office gives what one who leaves carries, owes or follows up here to somebody else, and says why."""
        leaver_id = act.actor.leaver_id
        if self.owner_id == leaver_id:
            self._refuse_strangers(to)
            self._give_to(act, to)
        owed = Deadline.objects.unmet().filter(matter_id=self.pk)
        owed.filter(responsible_id=leaver_id).update(responsible=to)
        owed.filter(follower_id=leaver_id).update(follower=to)

    @step(
        field="state",
        source=ANY_STATE,
        target=None,
        allowed=staff(carries_it),
        verb=_("Attach files"),
        done=_("Files attached"),
        rank=90,
    )
    def attach_files(self, act: Act, *, files: Sequence[Upload]) -> None:
        """Whoever carries it adds files that came or were made; even a closed matter's file may be completed."""
        added = attach(self, files, source=Document.Source.OFFICE, added_by=act.actor.user, now=act.now)
        act.changes["files"] = ["", ", ".join(document.name for document in added)]
