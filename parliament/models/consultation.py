"""Consultation (ข้อหารือ): a matter raised with the minister by a member or by a constitutional organisation."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Case, Q, Value, When
from django.utils.translation import gettext_lazy as _

from office import deadlines
from office.calendar import OFFICE_TZ, fiscal_year_of
from office.models import Deadline, Matter, RegisterQuerySet, Subgroup
from office.search import normalise
from office.steps import Actor, open_matter
from parliament.models.consultation_ending import ConsultationEndingSteps
from parliament.models.consultation_state import (
    ConsultationResult,
    ConsultationState,
    Screening,
    TellingWay,
    WhoIsTold,
)
from parliament.models.houses import SEATS, ConstitutionalBody, Member


class ConsultationQuerySet(RegisterQuerySet):
    """Consultations in the words of the office."""

    subgroup = Subgroup.Code.POLITICS
    kinds = (Matter.Kind.CONSULTATION,)


class Consultation(ConsultationEndingSteps):
    """A consultation from its screening to the day on which raiser and minister have both been told the result.

    From its receipt it owes that both are told; each state owes what is next beside that.
    """

    State = ConsultationState
    Result = ConsultationResult
    Way = TellingWay
    Screening = Screening
    WhoIsTold = WhoIsTold

    CORRECTABLE = (
        "title",
        "member",
        "body",
        "chamber",
        "raised_on",
        "reference",
        "text",
        "raiser_email",
        "secrecy",
    )

    is_unclosed = models.GeneratedField(
        expression=Case(When(state="closed", then=Value(False)), default=Value(True)),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    member = models.ForeignKey(
        Member,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="consultations",
        verbose_name=_("raised by member"),
    )
    body = models.ForeignKey(
        ConstitutionalBody,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="consultations",
        verbose_name=_("raised by organisation"),
    )
    chamber = models.CharField(
        _("raised in"), max_length=10, choices=SEATS, blank=True, help_text=_("Empty: by letter.")
    )
    raised_on = models.DateField(_("raised on"))
    reference = models.CharField(_("number of their letter"), max_length=100, blank=True)
    text = models.TextField(_("what was raised"), max_length=40000)
    raiser_email = models.EmailField(_("e-mail of the raiser"), blank=True)
    who_is_told = models.GeneratedField(
        expression=Case(
            When(raiser_told_at__isnull=False, minister_told_at__isnull=False, then=Value("both")),
            When(raiser_told_at__isnull=False, then=Value("raiser")),
            When(minister_told_at__isnull=False, then=Value("minister")),
            default=Value("nobody"),
        ),
        output_field=models.CharField(max_length=10, choices=WhoIsTold),
        db_persist=True,
    )
    result = models.CharField(_("result"), max_length=20, choices=ConsultationResult, blank=True)

    objects = ConsultationQuerySet.as_manager()  # type: ignore[misc]  # the stubs take Matter's for a class variable

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        constraints = [
            models.CheckConstraint(
                condition=Q(member__isnull=False, body__isnull=True)
                | Q(member__isnull=True, body__isnull=False),
                name="consultation_raised_by_one",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ConsultationState.values), name="consultation_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | ~Q(result=""), name="consultation_closed_with_result"
            ),
            models.CheckConstraint(
                condition=Q(raiser_told_at__isnull=True) | ~Q(raiser_told_way=""),
                name="consultation_raiser_told_somehow",
            ),
            models.CheckConstraint(
                condition=Q(minister_told_at__isnull=True) | ~Q(minister_told_way=""),
                name="consultation_minister_told_somehow",
            ),
        ]
        indexes = [
            # A register's filters, in the order of registration.
            models.Index(fields=["is_unclosed", "matter"], name="consultation_unclosed"),
            models.Index(fields=["state", "matter"], name="consultation_state"),
            models.Index(fields=["member", "matter"], name="consultation_member"),
            models.Index(fields=["body", "matter"], name="consultation_body"),
            models.Index(fields=["who_is_told", "matter"], name="consultation_who_is_told"),
            # What the round of the clock asks: which letters to raisers have left meanwhile.
            models.Index(
                fields=["raiser_mail_at"],
                condition=Q(raiser_mail_at__isnull=False, raiser_told_at=None),
                name="consultation_mail_on_its_way",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.title}"

    @property
    def raiser(self) -> str:
        """Who raised it, as lists and letters name them."""
        return str(self.member or self.body)

    @property
    def raised_where(self) -> str:
        """In which chamber it was raised; of one that came by letter, nothing."""
        return str(self.get_chamber_display()) if self.chamber else ""

    # ── Registration ────────────────────────────────────────────────────────────────────────

    @transaction.atomic(savepoint=False)
    def receive(self, *, actor: Actor, now: datetime) -> Consultation:
        """Register this new consultation: its number, its screening owed, and that both will be told its result."""
        received = self.received_at.astimezone(OFFICE_TZ).date()
        self.kind = Matter.Kind.CONSULTATION
        self.subgroup = Subgroup.objects.get(code=Subgroup.Code.POLITICS)
        if self.member and not self.raiser_email:
            self.raiser_email = self.member.email
        act = open_matter(
            self,
            prefix=settings.SERIES_PREFIXES["consultation"],
            year=fiscal_year_of(received),
            actor=actor,
            now=now,
        )
        for kind in (Deadline.Kind.SCREEN, Deadline.Kind.BOTH_TOLD):
            deadlines.promise(
                self, kind, start=self.received_at, calendar=act.calendar, responsible=self.owner
            )
        return self

    # ── What `perform` asks of every matter ─────────────────────────────────────────────────

    def tracked(self) -> dict[str, Any]:
        """The fields whose change a step writes into its event: before and after."""
        return {
            "title": self.title,
            "owner": str(self.owner) if self.owner_id else "",
            "secrecy": str(self.get_secrecy_display()),
            "raiser": self.raiser,
            "chamber": self.raised_where,
            "raised_on": self.raised_on.isoformat(),
            "reference": self.reference,
            "text": self.text,
            "raiser_email": self.raiser_email,
            "screening": str(self.get_screening_display()),
            "passed_to": self.passed_to,
            "summary": self.summary,
            "opinion": self.opinion,
            "order_text": self.order_text,
            "told_text": self.told_text,
            "raiser_line": self.raiser_line,
            "minister_line": self.minister_line,
            "raiser_told": self._told_words(self.raiser_told_at, self.raiser_told_way, self.raiser_told_note),
            "minister_told": self._told_words(
                self.minister_told_at, self.minister_told_way, self.minister_told_note
            ),
            "result": str(self.get_result_display()),
        }

    def searchable(self) -> str:
        """The words it is found by: who raised it, their letter's number, what was asked and answered."""
        party = self.member.party if self.member else None
        return normalise(
            self.label,
            self.title,
            self.raiser,
            self.body.name if self.body else "",
            str(party or ""),
            self.reference,
            self.text,
            self.summary,
            self.told_text,
        )
