"""What the project's results come to: satisfaction with seminars and with public relations, training of each person.

A survey counts when it is closed, for the fiscal year of its seminar or, without one, its own. How often the least
trained of the group was trained counts from the first day of the year.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from office.calendar import fiscal_year
from office.figures import figures, thousands
from projectplan.measured import Measured
from projectplan.models import AnswerSheet, Score, Survey
from projectplan.survey_results import Distribution, rounded
from projectplan.training_counts import training_year


def seminar_satisfaction(fiscal_year: int, now: datetime) -> Measured:
    """The mean level, 1 to 5, of all answers of the year's closed surveys of seminars."""
    spread, parts = _of_surveys(Survey.Kind.SEMINAR, fiscal_year, now)
    return Measured(rounded(spread.mean), parts, _surveys_page(Survey.Kind.SEMINAR, fiscal_year))


def survey_satisfaction(fiscal_year: int, now: datetime) -> Measured:
    """KPI 2.3 in percent: the executives' mean level of satisfaction with public relations ÷ 5 × 100."""
    spread, parts = _of_surveys(Survey.Kind.PUBLIC_RELATIONS, fiscal_year, now)
    return Measured(rounded(spread.percent), parts, _surveys_page(Survey.Kind.PUBLIC_RELATIONS, fiscal_year))


def training_per_person(fiscal_year: int, now: datetime) -> Measured:
    """The least number of trainings that any person of the group has had in the year."""
    page = f"{reverse('projectplan:training')}?{urlencode({'year': fiscal_year})}"
    if now < _begins(fiscal_year):
        return Measured(None, _("The year has not begun."), page)
    counted = training_year(fiscal_year, now)
    if counted.least is None:
        return Measured(None, _("Nobody of the group is written down for this year."), page)
    parts = _(
        "%(total)s trainings of %(people)s people, %(mean)s each on average; the least is %(least)s"
    ) % {
        "total": thousands(counted.total),
        "people": figures(len(counted.counted)),
        "mean": figures(counted.mean),
        "least": figures(counted.least),
    }
    return Measured(Decimal(counted.least), parts, page)


def _begins(year_be: int) -> datetime:
    return fiscal_year(year_be).starts_at


def _surveys_page(kind: Survey.Kind, year_be: int) -> str:
    return f"{reverse('projectplan:surveys')}?{urlencode({'kind': kind.value, 'year': year_be})}"


def _of_surveys(kind: Survey.Kind, year_be: int, now: datetime) -> tuple[Distribution, str]:
    """All levels given in the closed surveys of a kind and year, and what they are made of in words."""
    of_year = Survey.objects.filter(kind=kind, fiscal_year=year_be)
    closed = of_year.closed(now)
    levels = Score.objects.filter(sheet__survey__in=closed).order_by()
    spread = Distribution.of(dict(levels.values_list("level").annotate(Count("pk"))))
    if not spread.number:
        waiting = of_year.open(now).count()
        if waiting:
            return spread, _("Surveys still open: %(number)s") % {"number": figures(waiting)}
        return spread, _("No answers yet.")
    words = _("mean %(mean)s of 5 · %(answers)s people answered in %(surveys)s surveys") % {
        "mean": figures(rounded(spread.mean)),
        "answers": thousands(AnswerSheet.objects.filter(survey__in=closed).count()),
        "surveys": figures(closed.count()),
    }
    return spread, words
