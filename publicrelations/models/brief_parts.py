"""What a situation brief is made of besides its text: the options put to the minister, and its sources."""

from __future__ import annotations

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from office.models import Document


class BriefOption(models.Model):
    """One way that the minister may choose, with what speaks for it and what against."""

    brief = models.ForeignKey("publicrelations.SituationBrief", models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField(_("number"))
    text = models.CharField(_("option"), max_length=500)
    reasons_for = models.TextField(_("for it"), max_length=2000, blank=True)
    reasons_against = models.TextField(_("against it"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("option of a brief")
        verbose_name_plural = _("options of briefs")
        ordering = ["brief", "position"]
        constraints = [
            models.UniqueConstraint(fields=["brief", "position"], name="brief_option_once"),
            models.CheckConstraint(condition=Q(position__gte=1), name="brief_option_from_one"),
        ]

    def __str__(self) -> str:
        return self.text


class BriefSource(models.Model):
    """Where something in a brief is from: an address, a document of the matter, or a paper named in words."""

    brief = models.ForeignKey("publicrelations.SituationBrief", models.CASCADE, related_name="sources")
    position = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("source"), max_length=300)
    link = models.URLField(
        _("address"), max_length=500, blank=True, validators=[URLValidator(schemes=["http", "https"])]
    )
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("document")
    )

    class Meta:
        verbose_name = _("source of a brief")
        verbose_name_plural = _("sources of briefs")
        ordering = ["brief", "position"]
        constraints = [
            models.UniqueConstraint(fields=["brief", "position"], name="brief_source_once"),
            models.CheckConstraint(
                condition=Q(link="") | Q(document__isnull=True), name="brief_source_link_or_document"
            ),
            models.CheckConstraint(
                condition=Q(link="") | Q(link__startswith="https://") | Q(link__startswith="http://"),
                name="brief_source_link_safe",
            ),
        ]

    def __str__(self) -> str:
        return self.title
