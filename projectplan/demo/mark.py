"""Telling a demo from real work, and clearing a demo away."""

from __future__ import annotations

from django.core.management.color import no_style
from django.db import connection

from complaints.models import (
    AgencyLink,
    CourtStep,
    Draft,
    Hearing,
    MonthTally,
    Petition,
    Petitioner,
    PetitionLink,
    Question,
    Referral,
    RelatedMatter,
    Satisfaction,
    TallyLine,
    Visit,
)
from office.models import (
    Deadline,
    Document,
    Download,
    Event,
    LetterDelivery,
    Matter,
    Notice,
    NumberSeries,
    OutgoingLetter,
    Report,
)
from projectplan.models import DemoMark

MADE = [
    TallyLine,
    MonthTally,
    AgencyLink,
    Satisfaction,
    Visit,
    Draft,
    PetitionLink,
    Question,
    Hearing,
    CourtStep,
    Referral,
    Petitioner,
    LetterDelivery,
    OutgoingLetter,
    Download,
    Document,
    Report,
    Notice,
    Event,
    Deadline,
    RelatedMatter,
    Petition,
    Matter,
    NumberSeries,
    DemoMark,
]
"""Everything a demo leaves, children first; people, plan and reference rows stay."""


def holds_real_work() -> bool:
    """Whether there is a matter, or a visit, that `demo` did not make."""
    mark = DemoMark.objects.order_by("-pk").first()
    if mark is None:
        return Matter.objects.exists() or Visit.objects.exists()
    return (
        Matter.objects.filter(pk__gt=mark.last_matter).exists()
        or Visit.objects.filter(came_at__gt=mark.made_at).exists()
    )


def move(last_matter: int) -> None:
    """The demo has registered further matters, up to this key."""
    DemoMark.objects.update(last_matter=last_matter)


def clear() -> None:
    """Remove an earlier demo with all that hangs on it; within a transaction."""
    if not DemoMark.objects.exists():
        return
    tables = [model._meta.db_table for model in MADE]
    statements = connection.ops.sql_flush(no_style(), tables, reset_sequences=True)
    connection.ops.execute_sql_flush(statements)
