"""Consignment (รายการจัดส่ง): what one recipient is sent of one issue, as it stood when the list was closed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from office.figures import figures
from publicrelations.models.journal_state import ReturnReason
from publicrelations.models.recipient import Recipient


class ConsignmentQuerySet(models.QuerySet["Consignment"]):
    """Lines of a mailing list in the words of the office."""

    def copies(self) -> int:
        return self.aggregate(sum=Sum("copies"))["sum"] or 0

    def returned(self) -> ConsignmentQuerySet:
        return self.filter(returned_on__isnull=False)


class Consignment(models.Model):
    """A line of the closed mailing list. Name, address and copies stay what they were when the labels were printed."""

    Reason = ReturnReason

    journal = models.ForeignKey("publicrelations.Journal", models.CASCADE, related_name="consignments")
    recipient = models.ForeignKey(Recipient, models.PROTECT, related_name="consignments")
    line = models.PositiveSmallIntegerField(_("line of the list"))
    group_name = models.CharField(_("group"), max_length=100)
    name = models.CharField(_("name"), max_length=200)
    attention = models.CharField(_("addressed to"), max_length=200, blank=True)
    address = models.TextField(_("postal address"), max_length=500)
    postcode = models.CharField(_("postcode"), max_length=5)
    copies = models.PositiveSmallIntegerField(_("copies"))
    returned_on = models.DateField(_("came back on"), null=True, blank=True)
    return_reason = models.CharField(_("why it came back"), max_length=20, choices=ReturnReason, blank=True)
    return_note = models.CharField(_("note"), max_length=300, blank=True)

    objects = ConsignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a mailing list")
        verbose_name_plural = _("lines of a mailing list")
        ordering = ["journal", "line"]
        constraints = [
            models.UniqueConstraint(fields=["journal", "recipient"], name="consignment_once"),
            # Also the order in which labels and list are read.
            models.UniqueConstraint(fields=["journal", "line"], name="consignment_line_once"),
            models.CheckConstraint(condition=Q(copies__gte=1), name="consignment_copies_positive"),
            models.CheckConstraint(
                condition=Q(returned_on__isnull=True) | ~Q(return_reason=""), name="consignment_returned_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{figures(self.line)} {self.name}"

    @classmethod
    def of(cls, recipient: Recipient, *, journal_id: int, line: int) -> Consignment:
        """The unsaved line of a recipient as it stands on the list now."""
        return cls(
            journal_id=journal_id,
            recipient=recipient,
            line=line,
            group_name=recipient.group.name,
            name=recipient.name,
            attention=recipient.attention,
            address=recipient.address,
            postcode=recipient.postcode,
            copies=recipient.copies,
        )
