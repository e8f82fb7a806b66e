"""How many report documents of the project were published: `projectplan.reports_published` (activity 5 of the plan)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Final
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from office.calendar import fiscal_year
from office.models import Report
from projectplan.measured import Counting, Measured, counted_by

DOCUMENTS: Final = (Report.Kind.NETWORK_DIRECTORY, Report.Kind.PROJECT_REPORT, Report.Kind.GROUP_ANNUAL)
"""The plan's own three: network directory, project report, annual report of the group."""


def _counts(year_be: int, now: datetime) -> list[QuerySet]:
    issued = Report.objects.filter(
        kind__in=DOCUMENTS,
        first=fiscal_year(year_be).first,
        state=Report.State.ISSUED,
        issued_at__lte=now,
    )
    return [counted_by(issued, "kind")]


def _published(found: Mapping[str, int], year_be: int, now: datetime) -> Measured:
    page = f"{reverse('reports:books')}?{urlencode({'fiscal_year': year_be})}"
    if now < fiscal_year(year_be).starts_at:
        return Measured(None, _("The year has not begun."), page)
    names = [str(Report.Kind(kind).label) for kind in sorted(found)]
    return Measured(Decimal(len(names)), ", ".join(names) or _("None is issued yet."), page)


reports_published = Counting(_counts, _published)
"""How many of the three documents of a fiscal year were issued by `now`, each once, whatever its editions."""
