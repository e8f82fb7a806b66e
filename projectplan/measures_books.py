"""How many report documents of the project were published: `projectplan.reports_published` (activity 5 of the plan)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from office.calendar import fiscal_year as fiscal_year_period
from office.models import Report
from projectplan.measured import Measured

DOCUMENTS: Final = (Report.Kind.NETWORK_DIRECTORY, Report.Kind.PROJECT_REPORT, Report.Kind.GROUP_ANNUAL)
"""The plan's own three: network directory, project report, annual report of the group."""


def reports_published(fiscal_year: int, now: datetime) -> Measured:
    """How many of the three documents of a fiscal year were issued by `now`, each once, whatever its editions."""
    page = f"{reverse('reports:books')}?{urlencode({'fiscal_year': fiscal_year})}"
    period = fiscal_year_period(fiscal_year)
    if now < period.starts_at:
        return Measured(None, _("The year has not begun."), page)
    issued = Report.objects.filter(
        kind__in=DOCUMENTS, first=period.first, state=Report.State.ISSUED, issued_at__lte=now
    )
    kinds = sorted(set(issued.values_list("kind", flat=True)))
    names = [str(Report.Kind(kind).label) for kind in kinds]
    return Measured(Decimal(len(kinds)), ", ".join(names) or _("None is issued yet."), page)
