"""Bill (ร่างพระราชบัญญัติ): a draft act on its way through the chambers, stage by stage."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Case, Q, Value, When
from django.utils.translation import gettext_lazy as _

from office.calendar import OFFICE_TZ, fiscal_year_of
from office.counted import months_of_moments
from office.models import Deadline, Matter, RegisterQuerySet, Subgroup
from office.search import normalise
from office.steps import Actor, open_matter
from parliament.models.bill_ending import BillEndingSteps
from parliament.models.bill_state import BillResult, BillState
from parliament.models.houses import Member


class BillQuerySet(RegisterQuerySet):
    """Bills in the words of the office."""

    subgroup = Subgroup.Code.POLITICS
    kinds = (Matter.Kind.BILL,)


class Bill(BillEndingSteps):
    """A draft act that the ministry proposes or is concerned by.

    While it waits in parliament for a day that nobody has set yet, it owes nothing: its stage is parliament's to move.
    As soon as a meeting is known to consider it, that everyone is told and all is ready before then is promised.
    """

    State = BillState
    Result = BillResult

    class Proposer(models.TextChoices):
        CABINET = "cabinet", _("The cabinet")
        MEMBERS = "members", _("Members of the House")
        BODY = "body", _("A court or constitutional organisation")
        PEOPLE = "people", _("The people by signatures")

    class Part(models.TextChoices):
        OWNER = "owner", _("The ministry's own bill")
        CONCERNED = "concerned", _("Concerns the ministry")
        WATCHED = "watched", _("Watched only")

    CORRECTABLE = (
        "title",
        "proposer_kind",
        "proposer",
        "proposer_text",
        "ministry_part",
        "parliament_number",
        "bill_number",
        "substance",
        "secrecy",
    )

    is_unclosed = models.GeneratedField(
        expression=Case(When(state="closed", then=Value(False)), default=Value(True)),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    proposer_kind = models.CharField(_("proposed by"), max_length=20, choices=Proposer)
    proposer = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="bills", verbose_name=_("first proposer")
    )
    proposer_text = models.CharField(_("proposer, if no member"), max_length=200, blank=True)
    ministry_part = models.CharField(_("the ministry's part"), max_length=20, choices=Part)
    parliament_number = models.PositiveSmallIntegerField(_("parliament no."))
    bill_number = models.CharField(_("number of the bill"), max_length=40, blank=True)
    substance = models.TextField(_("reasons and substance"), max_length=40000, blank=True)

    objects = BillQuerySet.as_manager()  # type: ignore[misc]  # the stubs take Matter's for a class variable

    class Meta:
        verbose_name = _("bill")
        verbose_name_plural = _("bills")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=BillState.values), name="bill_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=["ended", "closed"]) | ~Q(result=""), name="bill_closed_with_result"
            ),
            models.CheckConstraint(
                condition=Q(proposer__isnull=True) | Q(proposer_kind="members"),
                name="bill_proposed_by_member",
            ),
            models.UniqueConstraint(
                fields=["parliament_number", "bill_number"],
                condition=~Q(bill_number=""),
                name="bill_number_once",
                violation_error_message=_("A bill of this parliament has this number already."),
            ),
        ]
        indexes = [
            # A register's filters, in the order of registration.
            models.Index(fields=["is_unclosed", "matter"], name="bill_unclosed"),
            models.Index(fields=["state", "matter"], name="bill_state"),
            models.Index(fields=["ministry_part", "matter"], name="bill_ministry_part"),
            models.Index(fields=["parliament_number", "matter"], name="bill_parliament"),
            models.Index(fields=["proposer_kind", "matter"], name="bill_proposer_kind"),
            models.Index(fields=["proposer", "matter"], name="bill_proposer"),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.title}"

    @property
    def proposed_by(self) -> str:
        """Who proposed it, as a list shows it: the first proposer, else whoever is named, else of what kind."""
        return str(self.proposer or self.proposer_text or self.get_proposer_kind_display())

    @transaction.atomic(savepoint=False)
    def receive(self, *, actor: Actor, now: datetime) -> Bill:
        """Register this new bill with its number; its line begins with a step of its own."""
        received = self.received_at.astimezone(OFFICE_TZ).date()
        self.kind = Matter.Kind.BILL
        self.subgroup = Subgroup.objects.get(code=Subgroup.Code.POLITICS)
        open_matter(
            self,
            prefix=settings.SERIES_PREFIXES["bill"],
            year=fiscal_year_of(received),
            actor=actor,
            now=now,
        )
        return self

    def tracked(self) -> dict[str, Any]:
        """The fields whose change a step writes into its event: before and after."""
        return {
            "title": self.title,
            "owner": str(self.owner) if self.owner_id else "",
            "secrecy": str(self.get_secrecy_display()),
            "proposed_by": self.proposed_by,
            "ministry_part": str(self.get_ministry_part_display()),
            "parliament_number": str(self.parliament_number),
            "bill_number": self.bill_number,
            "substance": self.substance,
            "gazette": self.gazette,
            "result": str(self.get_result_display()),
        }

    def searchable(self) -> str:
        """The words it is found by: its title and number, who proposed it, what it is about."""
        party = self.proposer.party if self.proposer else None
        return normalise(
            self.label,
            self.title,
            self.bill_number,
            self.proposed_by,
            str(party or ""),
            self.substance,
        )

    def counted_months(self) -> set[date]:
        """A bill counts by the meetings that consider it, each in the month in which it begins."""
        ready = Deadline.objects.filter(matter_id=self.pk, kind=Deadline.Kind.READY)
        meetings = self.stages.filter(considerations__isnull=False)
        moments = [
            *ready.values_list("due_at", flat=True),
            *meetings.values_list("considerations__item__meeting__begins_at", flat=True),
        ]
        return months_of_moments(moments)
