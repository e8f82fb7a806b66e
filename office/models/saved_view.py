"""Saved views: a list's filter that somebody wants to come back to."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SavedView(models.Model):
    """A named filter of one list, its owner's alone."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views")
    page = models.CharField(max_length=60, help_text=_("The list's URL name."))
    name = models.CharField(_("name of the view"), max_length=60)
    query = models.CharField(max_length=1000, help_text=_("The filter as the address has it."))

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["user", "page", "name"], name="saved_view_once")]

    def __str__(self) -> str:
        return self.name
