"""From the head's check to the minister's order: the way that foreign documents and situation briefs have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_fsm import RETURN_VALUE

from office import deadlines
from office.models import Deadline, Notice, Role, User
from office.permissions import is_executive, is_head_of_it
from office.steps import Act, staff, step
from publicrelations.models.counted import CountedMatter

if TYPE_CHECKING:
    from django.db.models import ForeignKey

CHECKING: Final = "checking"
ON_DESK: Final = "on_desk"
ORDERED: Final = "ordered"
"""States that every kind of matter with this way has, under these names."""


class Decision(models.TextChoices):
    """What one in authority did with what lay on the desk."""

    ORDER = "order", _("Ordered")
    NOTE = "note", _("Noted")


def goes_to_minister(matter: ToMinisterSteps) -> bool:
    """What the head checks is for the minister's desk."""
    return matter.is_for_minister


class ToMinisterSteps(CountedMatter):
    """The part of a matter's path on which what an officer wrote becomes an order.

    A child says where its writer takes it up again (`back_to_writer`) and what is owed once it is decided
    (`owe_after_decision`), and declares how an order is given (`order`, which calls `_decide`).
    """

    decision = models.CharField(_("decision"), max_length=10, choices=Decision, blank=True)
    order_text = models.TextField(_("order"), max_length=4000, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, editable=False)
    decided_by: ForeignKey[User | None, User | None] = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        abstract = True

    # ── What a child says ───────────────────────────────────────────────────────────────────

    @property
    def is_for_minister(self) -> bool:
        """Whether it is on its way to the minister's desk at all."""
        return True

    def back_to_writer(self, act: Act) -> str:
        """The state in which the officer takes it up again, and what that owes."""
        raise NotImplementedError

    def owe_after_decision(self, act: Act) -> None:
        """What is owed when one in authority has decided."""
        raise NotImplementedError

    # ── For the steps ───────────────────────────────────────────────────────────────────────

    def first_head(self) -> User | None:
        """Whose turn a check is; with no head in the subgroup, the officer's own."""
        heads = self._heads()
        return heads[0] if heads else self.owner

    def _take_on(self, act: Act) -> None:
        """Who works on what nobody carries, carries it."""
        if self.owner_id is None:
            self._give_to(act, act.actor.user)

    def _put_to_head(self, act: Act) -> None:
        self.promise_now(act, Deadline.Kind.CHECK, self.first_head())
        act.tell(self._heads(), Notice.Kind.YOUR_TURN, act.reason)

    # ── The head's ──────────────────────────────────────────────────────────────────────────

    @step(
        field="state",
        source=CHECKING,
        target=ON_DESK,
        allowed=staff(is_head_of_it),
        verb=_("Put to the minister"),
        done=_("Checked and put to the minister"),
        conditions=[goes_to_minister],
        rank=10,
    )
    def put_to_minister(self, act: Act, *, to: User, late_reason: str = "") -> None:
        """The head puts it on the desk of one in authority; too late only with the reason why."""
        if not to.has_role(Role.EXECUTIVE):
            raise ValidationError({"to": gettext("Choose one in authority.")})
        late = Deadline.objects.late(act.now).filter(matter_id=self.pk, kind=Deadline.Kind.TO_MINISTER)
        if not late_reason.strip() and late.exists():
            raise ValidationError({"late_reason": gettext("It is late: write why, the report asks for it.")})
        deadlines.keep(self, Deadline.Kind.CHECK, now=act.now)
        deadlines.keep(self, Deadline.Kind.TO_MINISTER, now=act.now, late_reason=late_reason)
        self.promise_now(act, Deadline.Kind.ORDER, to)
        act.tell([to], Notice.Kind.YOUR_TURN)

    @step(
        field="state",
        source=CHECKING,
        target=RETURN_VALUE(),
        allowed=staff(is_head_of_it),
        verb=_("Send back"),
        done=_("Sent back by the head"),
        rank=40,
        needs_reason=True,
    )
    def send_back(self, act: Act) -> str:
        """The head wants something mended, and says what."""
        deadlines.keep(self, Deadline.Kind.CHECK, now=act.now)
        act.tell([self.owner], Notice.Kind.YOUR_TURN, act.reason)
        return self.back_to_writer(act)

    # ── The minister's desk ─────────────────────────────────────────────────────────────────

    @step(
        field="state",
        source=ON_DESK,
        target=ORDERED,
        allowed=staff(is_executive),
        verb=_("Take note"),
        done=_("Noted"),
        rank=30,
    )
    def note(self, act: Act, *, order_text: str = "") -> None:
        """One in authority takes note of it as it is; nothing is to be done."""
        self._decide(act, Decision.NOTE, order_text)

    @step(
        field="state",
        source=ON_DESK,
        target=RETURN_VALUE(),
        allowed=staff(is_executive),
        verb=_("Return with remarks"),
        done=_("Returned by the executive"),
        rank=40,
        needs_reason=True,
    )
    def return_with_remarks(self, act: Act) -> str:
        """One in authority wants it written otherwise and says how; that it was put in time stays counted."""
        deadlines.keep(self, Deadline.Kind.ORDER, now=act.now)
        act.tell([self.owner, *self._heads()], Notice.Kind.YOUR_TURN, act.reason)
        return self.back_to_writer(act)

    def _decide(self, act: Act, decision: Decision, order_text: str) -> None:
        self.decision, self.order_text = decision, order_text
        self.decided_at, self.decided_by = act.now, act.actor.user
        deadlines.keep(self, Deadline.Kind.ORDER, now=act.now)
        self.owe_after_decision(act)
        act.tell([self.owner, *self._heads()], Notice.Kind.YOUR_TURN)
