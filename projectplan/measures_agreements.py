"""How many of the group's people have a performance agreement in force: `projectplan.individual_kpis_in_place`.

In percent of the people who work in a subgroup now. KPI 3 of the plan is in levels 1–5; it is scored from this
percentage by five thresholds: 20, 40, 60, 80 and 100.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from office.calendar import fiscal_year as fiscal_year_period
from office.figures import figures
from office.models import User
from office.ratio import Ratio
from projectplan.measured import Measured
from projectplan.models import Agreement

LEVELS = tuple(Decimal(level) for level in (20, 40, 60, 80, 100))
"""The percentages that score 1, 2, 3, 4 and 5."""


def staff() -> QuerySet[User]:
    """Whom the group is made of: everybody active in one of its subgroups; who has left needs no agreement."""
    return User.objects.filter(is_active=True, subgroup__isnull=False)


def individual_kpis_in_place(fiscal_year: int, now: datetime) -> Measured:
    """The percentage of the staff whose agreement of the year was signed by both by `now`, or by the year's end.

    An agreement signed after the year is over promised nothing, so it does not count. One that was amended does: it was
    in force until the next edition was. None while there is nobody.
    """
    until = min(now, fiscal_year_period(fiscal_year).ends_at)
    people = set(staff().values_list("pk", flat=True))
    signed = Agreement.objects.filter(fiscal_year=fiscal_year, confirmed_at__lt=until, person__in=people)
    count = signed.values("person").distinct().count()
    parts = _("%(count)s of %(all)s people have an agreement in force") % {
        "count": figures(count),
        "all": figures(len(people)),
    }
    url = f"{reverse('projectplan:agreements')}?year={fiscal_year}"
    return Measured(Ratio(in_time=count, late=len(people) - count).percent, parts, url)
