"""What a bill has gone through: each passage of a stage, and each meeting at which it is considered there."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from office.models import Deadline
from parliament.models.agenda import AgendaItem
from parliament.models.bill_state import LINE, Outcome

STAGES = [(stage.value, stage.label) for stage in LINE]


class BillStage(models.Model):
    """One passage of a bill through a stage; a stage may be passed again when a bill is sent back."""

    Outcome = Outcome

    bill = models.ForeignKey("parliament.Bill", models.CASCADE, related_name="stages")
    position = models.PositiveSmallIntegerField()
    stage = models.CharField(_("stage"), max_length=20, choices=STAGES)
    began_on = models.DateField(_("began on"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, blank=True)
    votes_for = models.PositiveSmallIntegerField(_("for"), null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField(_("against"), null=True, blank=True)
    abstentions = models.PositiveSmallIntegerField(_("abstained"), null=True, blank=True)
    note = models.TextField(_("note"), max_length=4000, blank=True)

    class Meta:
        verbose_name = _("stage of a bill")
        verbose_name_plural = _("stages of bills")
        ordering = ["bill", "position"]
        constraints = [
            models.UniqueConstraint(fields=["bill", "position"], name="bill_stage_position_once"),
            # Two that begin in the same instant: a bill is at one stage at a time.
            models.UniqueConstraint(fields=["bill"], condition=Q(outcome=""), name="bill_stage_one_open"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("began_on")),
                name="bill_stage_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, outcome="") | (Q(ended_on__isnull=False) & ~Q(outcome="")),
                name="bill_stage_ends_with_outcome",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_stage_display())

    @property
    def is_open(self) -> bool:
        """The bill is at it now."""
        return not self.outcome


class Consideration(models.Model):
    """A meeting at which a bill is considered in one passage: the people told and the papers ready are the item's.

    Its promise is that all of that has happened before the meeting begins. There is none for what the office was told
    of only after it had begun (out of the count), nor while a postponed meeting has no new day.
    """

    stage = models.ForeignKey(BillStage, models.CASCADE, related_name="considerations")
    item = models.OneToOneField(
        AgendaItem, models.CASCADE, related_name="consideration", verbose_name=_("agenda item")
    )
    added_at = models.DateTimeField()
    known_at = models.DateTimeField(
        help_text=_("Since when the office knew that the meeting considers the bill.")
    )
    deadline = models.OneToOneField(
        Deadline,
        models.PROTECT,
        null=True,
        related_name="consideration",
        help_text=_("Everyone told and everything ready before the meeting begins."),
    )

    class Meta:
        verbose_name = _("consideration of a bill")
        verbose_name_plural = _("considerations of bills")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.stage_id} {self.item_id}"
