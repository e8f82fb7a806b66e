"""Performance agreements (คำรับรองการปฏิบัติราชการ): what the group or one person signs for in a fiscal year, and how
it is assessed at the half and at the end of the year.

What was signed never changes (`projectplan.agreement_guards` has the database refuse it): an amendment is a new edition
with a reason, signed again. An agreement changes its state through `projectplan.agreement_path` alone.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from office.models import Role, User
from projectplan.models.plan import Kpi, Work

WHOLE = Decimal(100)
"""What the weights of an agreement add up to."""
HUNDREDTH = Decimal("0.01")


class AgreementState(models.TextChoices):
    """Where an agreement stands; whose turn it is follows from it."""

    DRAFT = "draft", _("being written")
    PROPOSED = "proposed", _("proposed")
    AGREED = "agreed", _("agreed, to be signed")
    SIGNED = "signed", _("signed by the one")
    IN_FORCE = "in_force", _("in force")
    HALF_SELF = "half_self", _("half year: self-assessed")
    HALF_DONE = "half_done", _("half year: assessed")
    YEAR_SELF = "year_self", _("full year: self-assessed")
    DONE = "done", _("result given")
    REPLACED = "replaced", _("replaced by a new edition")


UNSIGNED = (AgreementState.DRAFT, AgreementState.PROPOSED, AgreementState.AGREED, AgreementState.SIGNED)
"""Of these there is one edition at most at a time."""
VALID = (
    AgreementState.IN_FORCE,
    AgreementState.HALF_SELF,
    AgreementState.HALF_DONE,
    AgreementState.YEAR_SELF,
    AgreementState.DONE,
)
"""Signed by both, and not replaced: of these, too."""


class AgreementQuerySet(models.QuerySet["Agreement"]):
    """Finds agreements by whose they are and who may see them."""

    def visible_to(self, user: User) -> AgreementQuerySet:
        """Executives see all; a head those of the subgroup and the group's; a person their own and what they sign."""
        if user.has_role(Role.EXECUTIVE):
            return self
        seen = Q(person=user) | Q(signer=user) | Q(superior=user)
        if user.has_role(Role.HEAD):
            seen |= Q(person__isnull=True)
            if user.subgroup_id:
                seen |= Q(person__subgroup=user.subgroup_id)
        return self.filter(seen)

    def of(self, fiscal_year: int, person: User | None) -> AgreementQuerySet:
        """Every edition of one person's agreement of a fiscal year, or of the group's; the newest first."""
        owner = Q(person=person) if person else Q(person__isnull=True)
        return self.filter(owner, fiscal_year=fiscal_year).order_by("-edition")

    def waiting_for(self, user: User) -> AgreementQuerySet:
        """Those whose next act is this person's own (who stands in for somebody who left finds theirs in the list)."""
        own = [AgreementState.DRAFT, AgreementState.AGREED]
        above = [
            AgreementState.PROPOSED,
            AgreementState.SIGNED,
            AgreementState.HALF_SELF,
            AgreementState.YEAR_SELF,
        ]
        return self.filter(Q(signer=user, state__in=own) | Q(superior=user, state__in=above))


def _one_at_a_time(states: tuple[AgreementState, ...], name: str) -> list[models.UniqueConstraint]:
    """One of a person and one of the group in these states: databases take no two unknowns for the same."""
    in_states = Q(state__in=[state.value for state in states])
    return [
        models.UniqueConstraint(
            fields=["fiscal_year", "person"], condition=in_states, name=f"agreement_one_{name}"
        ),
        models.UniqueConstraint(
            fields=["fiscal_year"],
            condition=in_states & Q(person__isnull=True),
            name=f"group_agreement_one_{name}",
        ),
    ]


class Agreement(models.Model):
    """One edition of a performance agreement: the group's when `person` is empty, else that person's."""

    fiscal_year = models.PositiveSmallIntegerField(_("fiscal year (B.E.)"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agreements",
        verbose_name=_("person"),
        help_text=_("Empty: the agreement of the whole group."),
    )
    edition = models.PositiveSmallIntegerField(_("edition"), default=1)
    reason = models.TextField(_("reason of the new edition"), blank=True)
    signer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who makes the agreement")
    )
    superior = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who receives it")
    )
    state = models.CharField(
        _("state"), max_length=10, choices=AgreementState, default=AgreementState.DRAFT, editable=False
    )
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    signed_at = models.DateTimeField(_("signed at"), null=True, editable=False)
    confirmed_at = models.DateTimeField(_("signed by both at"), null=True, editable=False)
    half_score = models.DecimalField(
        _("half-year result"), max_digits=3, decimal_places=2, null=True, editable=False
    )
    score = models.DecimalField(_("result"), max_digits=3, decimal_places=2, null=True, editable=False)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("performance agreement")
        verbose_name_plural = _("performance agreements")
        ordering = ["-fiscal_year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["fiscal_year", "person", "edition"], name="agreement_edition_once"
            ),
            models.UniqueConstraint(
                fields=["fiscal_year", "edition"],
                condition=Q(person__isnull=True),
                name="group_agreement_edition_once",
            ),
            *_one_at_a_time(UNSIGNED, "unsigned"),
            *_one_at_a_time(VALID, "in_force"),
            models.CheckConstraint(condition=~Q(signer=F("superior")), name="agreement_of_two"),
            models.CheckConstraint(
                condition=Q(edition=1) | ~Q(reason=""), name="agreement_edition_has_its_reason"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(signed_at__isnull=False),
                name="agreement_signed_before_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person) if self.person_id else str(_("The whole group"))

    def get_absolute_url(self) -> str:
        return reverse("projectplan:agreement", args=[self.pk])

    @property
    def is_signed(self) -> bool:
        """Whether its words are fixed: the first of the two has signed."""
        return self.signed_at is not None

    @property
    def is_valid(self) -> bool:
        """Whether it is signed by both and no later edition has replaced it."""
        return self.state in VALID

    def weight(self) -> Decimal:
        """What its weights add up to."""
        return sum((line.weight for line in self.lines.all()), Decimal())


class AgreementLine(models.Model):
    """One thing that is promised: an indicator or a work of the plan, or words of one's own. What it says is kept here,
    so that a plan that changes later changes nothing that was signed."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="lines")
    number = models.PositiveSmallIntegerField(_("number"))
    kpi = models.ForeignKey(Kpi, models.SET_NULL, null=True, blank=True, related_name="+")
    work = models.ForeignKey(Work, models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(_("Indicator"), max_length=500)
    measure = models.CharField(_("measure"), max_length=80, blank=True)
    unit = models.CharField(_("Unit"), max_length=80)
    target = models.DecimalField(_("Target"), max_digits=9, decimal_places=2)
    weight = models.DecimalField(_("Weight"), max_digits=5, decimal_places=2)
    level_1 = models.DecimalField(_("Level 1"), max_digits=9, decimal_places=2)
    level_2 = models.DecimalField(_("Level 2"), max_digits=9, decimal_places=2)
    level_3 = models.DecimalField(_("Level 3"), max_digits=9, decimal_places=2)
    level_4 = models.DecimalField(_("Level 4"), max_digits=9, decimal_places=2)
    level_5 = models.DecimalField(_("Level 5"), max_digits=9, decimal_places=2)

    class Meta:
        verbose_name = _("line of an agreement")
        verbose_name_plural = _("lines of an agreement")
        ordering = ["agreement", "number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="agreement_line_once"),
            models.CheckConstraint(
                condition=Q(weight__gt=0, weight__lte=WHOLE), name="agreement_line_weighs_something"
            ),
            models.CheckConstraint(
                condition=Q(kpi__isnull=True) | Q(work__isnull=True), name="agreement_line_of_one_thing"
            ),
            models.CheckConstraint(
                condition=Q(
                    level_1__lt=F("level_2"),
                    level_2__lt=F("level_3"),
                    level_3__lt=F("level_4"),
                    level_4__lt=F("level_5"),
                )
                | Q(
                    level_1__gt=F("level_2"),
                    level_2__gt=F("level_3"),
                    level_3__gt=F("level_4"),
                    level_4__gt=F("level_5"),
                ),
                name="agreement_levels_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def levels(self) -> tuple[Decimal, Decimal, Decimal, Decimal, Decimal]:
        """The values that score 1, 2, 3, 4 and 5."""
        return self.level_1, self.level_2, self.level_3, self.level_4, self.level_5


class Half(models.TextChoices):
    """Which assessment: after six months, or of the whole year."""

    HALF = "half", _("half year")
    YEAR = "year", _("full year")


class Side(models.TextChoices):
    """Who assesses."""

    SELF = "self", _("self-assessment")
    HEAD = "head", _("assessment by the one above")


class Assessment(models.Model):
    """What one side found of one line: the value reached, its score, a remark. Never changed once it is given."""

    line = models.ForeignKey(AgreementLine, models.CASCADE, related_name="assessments")
    half = models.CharField(_("assessment"), max_length=4, choices=Half)
    side = models.CharField(_("by"), max_length=4, choices=Side)
    value = models.DecimalField(_("value reached"), max_digits=9, decimal_places=2)
    score = models.DecimalField(_("score"), max_digits=3, decimal_places=2)
    remark = models.TextField(_("remark"), blank=True)

    class Meta:
        verbose_name = _("assessment of a line")
        verbose_name_plural = _("assessments of lines")
        ordering = ["line", "half", "-side"]
        constraints = [
            models.UniqueConstraint(fields=["line", "half", "side"], name="assessment_once"),
            models.CheckConstraint(condition=Q(score__gte=1, score__lte=5), name="assessment_from_1_to_5"),
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.score}"

    @property
    def weighted(self) -> Decimal:
        """What the line adds to the result, to two decimals as it is shown."""
        return (self.score * self.line.weight / WHOLE).quantize(HUNDREDTH, ROUND_HALF_UP)


class AgreementEvent(models.Model):
    """What happened to an agreement, by whom and when; only ever added to."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="events")
    act = models.CharField(max_length=20)
    at = models.DateTimeField(_("at"))
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    from_state = models.CharField(max_length=10, blank=True)
    to_state = models.CharField(max_length=10)
    reason = models.TextField(blank=True)
    version = models.PositiveIntegerField(help_text=_("The agreement's version after this."))

    class Meta:
        verbose_name = _("event of an agreement")
        verbose_name_plural = _("events of agreements")
        ordering = ["agreement", "pk"]
        constraints = [
            # Two acts can never have been done from the same page.
            models.UniqueConstraint(fields=["agreement", "version"], name="agreement_event_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.act}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None and not self._state.adding:
            raise TypeError("An event is never changed (the database refuses it too).")
        super().save(*args, **kwargs)
