"""EngagementImport: a calendar that somebody brought as a file, and what it would change in the minister's agenda."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from office.models.list_import import ListImport


class EngagementImport(ListImport):
    """The entries of one iCalendar file as read (`rows`: publicrelations.calendar_files.Incoming), until confirmed."""

    class Meta(ListImport.Meta):
        verbose_name = _("import of engagements")
        verbose_name_plural = _("imports of engagements")
