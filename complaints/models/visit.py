"""Visit (ผู้มาติดต่อ): somebody at the counter or on the telephone who was given advice."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MinLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from complaints.models.category import Category
from complaints.models.petition import Petition
from office.models import Province
from office.models.number import number_label


class Visit(models.Model):
    """One entry of the counter's book: who came, about what, what they were told. Name and telephone are personal."""

    class Way(models.TextChoices):
        COUNTER = "counter", _("At the counter")
        TELEPHONE = "telephone", _("By telephone")

    series = models.CharField(max_length=20, editable=False)
    year = models.PositiveSmallIntegerField(editable=False)
    number = models.PositiveIntegerField(editable=False)
    way = models.CharField(_("how they came"), max_length=20, choices=Way, default=Way.COUNTER)
    came_at = models.DateTimeField(_("came at"))
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("officer")
    )
    subject = models.CharField(_("about"), max_length=200, validators=[MinLengthValidator(5)])
    advice = models.TextField(_("what they were told"), max_length=4000)
    name = models.CharField(_("name"), max_length=200, blank=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    province = models.ForeignKey(
        Province, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("province")
    )
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("category")
    )
    petition = models.OneToOneField(
        Petition,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="visit",
        verbose_name=_("petition made of it"),
    )

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        constraints = [
            models.UniqueConstraint(fields=["series", "year", "number"], name="visit_number_once"),
        ]
        indexes = [models.Index(fields=["came_at"], name="visit_came")]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The number in the counter's book, such as `บป ๑๒/๒๕๕๓`."""
        return number_label(self.series, self.number, self.year)
