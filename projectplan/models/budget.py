"""The project's money: a ledger of entries that is only added to, and the balances that every entry moves.

An entry is written down by one person and approved by another; a wrong one is reversed by an entry of its own. The
balances are what the entries add up to (`projectplan.models.moves` says how), kept so that no page adds up the ledger
and no two writers can spend the same baht: the database refuses a balance below zero.
"""

from __future__ import annotations

import secrets
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from office.money import BahtField
from projectplan.models.project import Activity, Project

ZERO = Decimal("0.00")


def new_ticket() -> str:
    """For one opening of a form."""
    return secrets.token_hex(16)


class EntryQuerySet(models.QuerySet["BudgetEntry"]):
    """Entries in the words of the office."""

    def of(self, activity: Activity) -> EntryQuerySet:
        """What stands in the ledger of an activity; a transfer stands in both."""
        return self.filter(Q(activity=activity) | Q(to_activity=activity))

    def pending(self) -> EntryQuerySet:
        return self.filter(state=BudgetEntry.State.PENDING)

    def approved(self) -> EntryQuerySet:
        return self.filter(state=BudgetEntry.State.APPROVED)

    def with_whom(self) -> EntryQuerySet:
        """With the people and rows that a line of the ledger names."""
        return self.select_related(
            "activity", "to_activity", "entered_by", "decided_by", "against", "reverses"
        ).prefetch_related("files")


class BudgetEntry(models.Model):
    """One line of the ledger (รายการบัญชี): what a document did to the money of an activity.

    `against` is the commitment that a payment or a release uses up, or the payment that a refund gives back.
    """

    class Kind(models.TextChoices):
        ALLOCATION = "allocation", _("Allocation")
        COMMITMENT = "commitment", _("Commitment")
        PAYMENT = "payment", _("Payment")
        RELEASE = "release", _("Release of a commitment")
        REFUND = "refund", _("Refund")
        TRANSFER = "transfer", _("Transfer between activities")
        REVERSAL = "reversal", _("Reversal")

    class State(models.TextChoices):
        PENDING = "pending", _("Waits for approval")
        APPROVED = "approved", _("Approved")
        TURNED_DOWN = "turned_down", _("Turned down")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="entries", verbose_name=_("activity"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    amount = BahtField(_("amount in baht"))
    to_activity = models.ForeignKey(
        Activity,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="transfers_in",
        verbose_name=_("to the activity"),
    )
    against = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="uses", verbose_name=_("against")
    )
    reverses = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="reversals", verbose_name=_("reverses")
    )
    document_number = models.CharField(_("document number"), max_length=60)
    dated_on = models.DateField(_("date of the document"))
    payee = models.CharField(_("payee"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.PENDING)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("entered by")
    )
    entered_at = models.DateTimeField(_("entered at"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decision_note = models.TextField(_("reason of the decision"), blank=True)
    # Of the opened form that it came from: a second click finds what the first one wrote.
    once = models.CharField(max_length=32, unique=True, editable=False, default=new_ticket)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("budget entry")
        verbose_name_plural = _("budget entries")
        ordering = ["-pk"]
        indexes = [
            # The ledger of an activity, the newest first; and what waits for a head.
            models.Index(fields=["activity", "-id"], name="entry_ledger"),
            models.Index(fields=["state", "-id"], name="entry_state"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="entry_amount_positive"),
            models.CheckConstraint(
                condition=Q(state__in=["approved", "turned_down"], decided_by__isnull=False)
                & ~Q(decided_by=F("entered_by"))
                | Q(state="withdrawn", decided_by=F("entered_by"))
                | Q(state="pending", decided_by__isnull=True),
                name="entry_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_at__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="entry_decided_with_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(kind="transfer", to_activity__isnull=False) & ~Q(to_activity=F("activity"))
                | ~Q(kind="transfer") & Q(to_activity__isnull=True),
                name="entry_transfer_to_another",
            ),
            models.CheckConstraint(
                condition=Q(kind="reversal", reverses__isnull=False)
                | ~Q(kind="reversal") & Q(reverses__isnull=True),
                name="entry_reversal_of_one",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["release", "refund"], against__isnull=False)
                | Q(kind="payment")
                | Q(kind__in=["allocation", "commitment", "transfer", "reversal"], against__isnull=True),
                name="entry_against_what_it_uses",
            ),
            models.UniqueConstraint(
                fields=["reverses"],
                condition=Q(state__in=["pending", "approved"]),
                name="entry_reversed_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.document_number}"

    def get_absolute_url(self) -> str:
        return reverse("projectplan:budget_entry", args=[self.pk])

    @property
    def is_pending(self) -> bool:
        return self.state == self.State.PENDING


class Balance(models.Model):
    """What moves with the entries and is never below zero."""

    class Meta:
        abstract = True


class ProjectBalance(Balance):
    """How much of the project's budget is given to activities; its row is the lock of the whole ledger."""

    project = models.OneToOneField(Project, models.CASCADE, primary_key=True, related_name="balance")
    budget = BahtField(_("budget"))
    reserved = BahtField(_("waits for approval"), default=ZERO)
    allocated = BahtField(_("allocated"), default=ZERO)

    class Meta:
        verbose_name = _("balance of a project")
        verbose_name_plural = _("balances of projects")
        constraints = [
            models.CheckConstraint(
                condition=Q(reserved__gte=0, allocated__gte=0), name="project_balance_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(budget__gte=F("reserved") + F("allocated")), name="project_never_overallocated"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id}: {self.left}"

    @property
    def left(self) -> Decimal:
        """What may still be given to activities."""
        return self.budget - self.reserved - self.allocated


class ActivityBalance(Balance):
    """The money of an activity: given, waiting for approval, bound, paid. What is left is never below zero."""

    activity = models.OneToOneField(Activity, models.CASCADE, primary_key=True, related_name="balance")
    allocated = BahtField(_("allocated"), default=ZERO)
    reserved = BahtField(_("waits for approval"), default=ZERO)
    committed = BahtField(_("committed"), default=ZERO)
    paid = BahtField(_("paid"), default=ZERO)

    class Meta:
        verbose_name = _("balance of an activity")
        verbose_name_plural = _("balances of activities")
        constraints = [
            models.CheckConstraint(
                condition=Q(allocated__gte=0, reserved__gte=0, committed__gte=0, paid__gte=0),
                name="activity_balance_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(allocated__gte=F("reserved") + F("committed") + F("paid")),
                name="activity_never_overspent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id}: {self.left}"

    @property
    def left(self) -> Decimal:
        """What may still be committed, paid or transferred."""
        return self.allocated - self.reserved - self.committed - self.paid


class OpenEntry(Balance):
    """What of an approved commitment is not paid or released yet; what of a payment is not given back."""

    entry = models.OneToOneField(BudgetEntry, models.CASCADE, primary_key=True, related_name="open")
    amount = BahtField(_("open"))

    class Meta:
        verbose_name = _("open amount of an entry")
        verbose_name_plural = _("open amounts of entries")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="open_amount_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.amount}"


class SpentMonth(models.Model):
    """What an activity has paid in a month, less what came back then; so a chart never adds up the ledger."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="spent_months")
    first_on = models.DateField(_("first day of the month"))
    paid = BahtField(_("paid"), default=ZERO)

    class Meta:
        verbose_name = _("spending of a month")
        verbose_name_plural = _("spending of months")
        constraints = [
            models.UniqueConstraint(fields=["activity", "first_on"], name="spent_month_once"),
            models.CheckConstraint(condition=Q(first_on__day=1), name="spent_month_by_its_first_day"),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.first_on:%Y-%m}"


class BudgetFile(models.Model):
    """A document that proves an entry; its bytes lie where all documents of the office lie, under their hash."""

    entry = models.ForeignKey(BudgetEntry, models.PROTECT, related_name="files")
    name = models.CharField(_("name"), max_length=200)
    sha256 = models.CharField(max_length=64, editable=False)
    size = models.PositiveBigIntegerField(_("size in bytes"), editable=False)
    content_type = models.CharField(max_length=100, editable=False)

    class Meta:
        verbose_name = _("file of an entry")
        verbose_name_plural = _("files of entries")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        """Where the bytes lie in the private storage."""
        return f"{self.sha256[:2]}/{self.sha256}"


class Milestone(models.Model):
    """A day by which an activity must have reached something (หมุดหมาย), and when it did."""

    activity = models.ForeignKey(
        Activity, models.CASCADE, related_name="milestones", verbose_name=_("activity")
    )
    name = models.CharField(_("name"), max_length=200)
    due_on = models.DateField(_("due on"))
    done_on = models.DateField(_("done on"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("done by"),
    )

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.name

    def is_late(self, today: date) -> bool:
        """Not reached on its day, or reached after it."""
        return (self.done_on or today) > self.due_on
