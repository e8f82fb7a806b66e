"""Routing rules (ผู้รับผิดชอบตามเรื่อง): what the office does with petitions of one kind, agency, province."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from complaints.models.category import Category
from complaints.models.petition import Petition
from office.models import Agency, Province


class RoutingRule(models.Model):
    """One row of the table. An empty condition fits everything; of the rows that fit, the one that says most wins."""

    petition_kind = models.CharField(_("kind"), max_length=20, choices=Petition.PetitionKind, blank=True)
    agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("agency concerned"),
    )
    province = models.ForeignKey(
        Province, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("province")
    )
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("category")
    )
    refer_to = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("agency to be asked"),
    )
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("officer"),
    )
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("routing rule")
        verbose_name_plural = _("routing rules")
        ordering = ["petition_kind", "agency", "province", "pk"]
        constraints = [
            models.UniqueConstraint(
                "petition_kind",
                Coalesce("agency", models.Value(0)),
                Coalesce("province", models.Value("")),
                name="routing_rule_once",
                violation_error_message=_("There is a rule for this kind, agency and province already."),
            ),
        ]

    def __str__(self) -> str:
        return " · ".join(
            str(part) for part in (self.get_petition_kind_display(), self.agency, self.province) if part
        )

    def clean(self) -> None:
        if not (self.category_id or self.refer_to_id or self.officer_id):
            raise ValidationError(_("Say at least one of category, agency to be asked and officer."))
