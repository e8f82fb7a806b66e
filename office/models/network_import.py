"""NetworkImport: a list of contacts that somebody brought as a file, and what it would change."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from office.models.list_import import ListImport


class NetworkImport(ListImport):
    """A list of contacts, with the agencies that it names for the first time. Nobody is taken off by it."""

    class Meta(ListImport.Meta):
        verbose_name = _("import of contacts")
        verbose_name_plural = _("imports of contacts")
