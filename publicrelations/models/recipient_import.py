"""RecipientImport: a list of recipients that somebody brought as a file, and what it would change."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from office.models.list_import import ListImport


class RecipientImport(ListImport):
    """A list of recipients. Whether whoever is missing in it is sent the journal no more is said when it is brought."""

    since_on = models.DateField(
        _("is sent it since"), help_text=_("Of new rows that do not say it themselves.")
    )
    is_whole = models.BooleanField(
        _("the whole list"), default=False, help_text=_("Whoever is missing in it is taken off the list.")
    )

    class Meta(ListImport.Meta):
        verbose_name = _("import of recipients")
        verbose_name_plural = _("imports of recipients")
