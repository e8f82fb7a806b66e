"""The category tree (หมวด) that makes the reports citable; administrators edit it."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class CategoryQuerySet(models.QuerySet["Category"]):
    """Categories in the words of the office."""

    def to_choose(self, *, kept: int | None = None) -> CategoryQuerySet:
        """What a form offers: those in use, and the one the matter stands under already, whatever became of it."""
        return self.filter(Q(is_active=True) | Q(pk=kept))


class Category(models.Model):
    """A heading of the report, or one of its subheadings. Used ones are switched off, not deleted."""

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    name = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    rank = models.PositiveSmallIntegerField(_("order"), default=0)
    is_active = models.BooleanField(_("in use"), default=True)

    objects = CategoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["rank", "pk"]
        constraints = [models.UniqueConstraint(fields=["parent", "name"], name="category_once")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.parent and (self.parent.parent_id or self.parent_id == self.pk):
            raise ValidationError({"parent": _("The tree has two levels: choose a main category.")})


class CategoryChange(models.Model):
    """That one category went on as another from a day: split (one old, several new) or joined (several old, one new).

    Petitions keep the category they were counted under, so last year's report stays as it was; comparisons over
    the years follow these rows.
    """

    old = models.ForeignKey(Category, models.PROTECT, related_name="went_on_as", verbose_name=_("old"))
    new = models.ForeignKey(Category, models.PROTECT, related_name="came_from", verbose_name=_("new"))
    on = models.DateField(_("from"))
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("change of categories")
        verbose_name_plural = _("changes of categories")
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["old", "new"], name="category_change_once"),
            models.CheckConstraint(condition=~models.Q(old=models.F("new")), name="category_change_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.old_id} → {self.new_id}"
