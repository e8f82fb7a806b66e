"""How many of the group's people have a performance agreement in force: `projectplan.individual_kpis_in_place`.

In percent of the people who work in a subgroup now. KPI 3 of the plan is in levels 1–5; it is scored from this
percentage by five thresholds: 20, 40, 60, 80 and 100.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from office.calendar import fiscal_year
from office.figures import figures
from office.models import User
from office.ratio import Ratio
from projectplan.measured import Counting, Measured, counted
from projectplan.models import Agreement

LEVELS = tuple(Decimal(level) for level in (20, 40, 60, 80, 100))
"""The percentages that score 1, 2, 3, 4 and 5."""


def staff() -> QuerySet[User]:
    """Whom the group is made of: everybody active in one of its subgroups; who has left needs no agreement."""
    return User.objects.filter(is_active=True, subgroup__isnull=False)


def _counts(year_be: int, now: datetime) -> list[QuerySet]:
    until = min(now, fiscal_year(year_be).ends_at)
    people = staff().order_by()
    signed = Agreement.objects.filter(fiscal_year=year_be, confirmed_at__lt=until, person__in=people)
    return [counted(people, "people"), counted(signed, "signed", Count("person", distinct=True))]


def _share(found: Mapping[str, int], year_be: int, now: datetime) -> Measured:
    people, signed = found.get("people", 0), found.get("signed", 0)
    parts = _("%(count)s of %(all)s people have an agreement in force") % {
        "count": figures(signed),
        "all": figures(people),
    }
    url = f"{reverse('projectplan:agreements')}?year={year_be}"
    return Measured(Ratio(in_time=signed, late=people - signed).percent, parts, url)


individual_kpis_in_place = Counting(_counts, _share)
"""The percentage of the staff whose agreement of the year was signed by both by `now`, or by the year's end.

An agreement signed after the year is over promised nothing, so it does not count. One that was amended does: it was
in force until the next edition was. None while there is nobody.
"""
