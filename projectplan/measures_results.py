"""What the project's results come to: satisfaction with seminars and with public relations, training of each person.

A survey counts when it is closed, for the fiscal year of its seminar or, without one, its own. How often the least
trained of the group was trained counts from the first day of the year.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from urllib.parse import urlencode

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from office.calendar import OFFICE_TZ, fiscal_year
from office.figures import figures, thousands
from projectplan.measured import Counting, Counts, Measured, counted, counted_by
from projectplan.models import AnswerSheet, Membership, Score, Survey, Training
from projectplan.models.membership import counting_in
from projectplan.survey_results import LEVELS, Distribution, rounded


def _counts_of(kind: Survey.Kind) -> Counts:
    """All levels given in the closed surveys of a kind and year; how many answered in how many; how many are open."""

    def counts(year_be: int, now: datetime) -> list[QuerySet]:
        of_year = Survey.objects.filter(kind=kind, fiscal_year=year_be)
        closed = of_year.closed(now)
        return [
            counted_by(Score.objects.filter(sheet__survey__in=closed), "level"),
            counted(AnswerSheet.objects.filter(survey__in=closed), "answers"),
            counted_by(of_year.with_standing(now), "standing"),
        ]

    return counts


def _spread(found: Mapping[str, int]) -> Distribution:
    return Distribution.of({level: found.get(str(level), 0) for level in LEVELS})


def _words(found: Mapping[str, int]) -> str:
    """What the figure is made of."""
    spread = _spread(found)
    if spread.number:
        return _("mean %(mean)s of 5 · %(answers)s people answered in %(surveys)s surveys") % {
            "mean": figures(rounded(spread.mean)),
            "answers": thousands(found["answers"]),
            "surveys": figures(found["closed"]),
        }
    if found.get("open"):
        return _("Surveys still open: %(number)s") % {"number": figures(found["open"])}
    return _("No answers yet.")


def _surveys_page(kind: Survey.Kind, year_be: int) -> str:
    return f"{reverse('projectplan:surveys')}?{urlencode({'kind': kind.value, 'year': year_be})}"


def _mean_level(found: Mapping[str, int], year_be: int, now: datetime) -> Measured:
    page = _surveys_page(Survey.Kind.SEMINAR, year_be)
    return Measured(rounded(_spread(found).mean), _words(found), page)


def _percent(found: Mapping[str, int], year_be: int, now: datetime) -> Measured:
    page = _surveys_page(Survey.Kind.PUBLIC_RELATIONS, year_be)
    return Measured(rounded(_spread(found).percent), _words(found), page)


seminar_satisfaction = Counting(_counts_of(Survey.Kind.SEMINAR), _mean_level)
"""The mean level, 1 to 5, of all answers of the year's closed surveys of seminars."""
survey_satisfaction = Counting(_counts_of(Survey.Kind.PUBLIC_RELATIONS), _percent)
"""KPI 2.3 in percent: the executives' mean level of satisfaction with public relations ÷ 5 × 100."""


# ── Training ────────────────────────────────────────────────────────────────────────────────

COUNTS, BESIDE = "counts-", "beside-"
"""Before the key of a person: whether the year's promise holds for them (`Membership.counts_in`)."""


def _trainings(year_be: int, now: datetime) -> list[QuerySet]:
    """Of each person who belongs to the group in the year how often they were trained."""
    today = now.astimezone(OFFICE_TZ).date()
    theirs = Training.objects.of_year(year_be, today).filter(person=OuterRef("person")).order_by()
    number = Coalesce(Subquery(theirs.values("person").annotate(n=Count("pk")).values("n")), 0)
    here = Membership.objects.of_year(year_be)
    return [
        counted_by(here.filter(counting_in(year_be)), "person", number, before=COUNTS),
        counted_by(here.exclude(counting_in(year_be)), "person", number, before=BESIDE),
    ]


def _least(found: Mapping[str, int], year_be: int, now: datetime) -> Measured:
    page = f"{reverse('projectplan:training')}?{urlencode({'year': year_be})}"
    if now < fiscal_year(year_be).starts_at:
        return Measured(None, _("The year has not begun."), page)
    numbers = {name.removeprefix(COUNTS): number for name, number in found.items() if name.startswith(COUNTS)}
    if not numbers:
        return Measured(None, _("Nobody of the group is written down for this year."), page)
    # Who left and came back stands in both: once among those who count.
    others = {name.removeprefix(BESIDE): number for name, number in found.items() if name.startswith(BESIDE)}
    least = min(numbers.values())
    parts = _(
        "%(total)s trainings of %(people)s people, %(mean)s each on average; the least is %(least)s"
    ) % {
        "total": thousands(sum((others | numbers).values())),
        "people": figures(len(numbers)),
        "mean": figures(rounded(Decimal(sum(numbers.values())) / len(numbers))),
        "least": figures(least),
    }
    return Measured(Decimal(least), parts, page)


training_per_person = Counting(_trainings, _least)
"""The least number of trainings that any person of the group has had in the year."""
