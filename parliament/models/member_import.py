"""MemberImport: a list of members that somebody brought as a file, and what it would change, until a head confirms."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from office.models.list_import import ListImport
from parliament.models.houses import SEATS


class MemberImport(ListImport):
    """A list of members, and what holds for all its rows."""

    chamber = models.CharField(_("chamber"), max_length=10, choices=SEATS)
    parliament_number = models.PositiveSmallIntegerField(_("parliament no."))
    since_on = models.DateField(
        _("has the seat since"), help_text=_("Of new rows that do not say it themselves.")
    )

    class Meta(ListImport.Meta):
        verbose_name = _("import of members")
        verbose_name_plural = _("imports of members")
