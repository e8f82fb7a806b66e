"""Telling a demo from real work, and clearing a demo away."""

from __future__ import annotations

from typing import Final

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models

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
    Anonymised,
    Contact,
    ContactCorrection,
    ContactLink,
    Deadline,
    Document,
    Download,
    Event,
    IncomingDocument,
    IncomingEntry,
    IncomingFile,
    LastLook,
    LegalHold,
    LetterDelivery,
    Matter,
    MatterLink,
    NetworkImport,
    Notice,
    NumberSeries,
    OutgoingLetter,
    PersonExport,
    PersonFinding,
    PersonRequest,
    RegisterImport,
    Report,
    RetentionBatch,
    RetentionRow,
    SavedSearch,
    SavedSearchMatch,
    Topic,
    TopicMatter,
)
from parliament.models import ConstitutionalBody
from projectplan import models as plan
from projectplan.models import (
    Agreement,
    AgreementEvent,
    AgreementLine,
    Assessment,
    DemoMark,
    FrozenValue,
    KpiEntry,
    KpiEvidence,
)
from publicrelations.models import Category, RecipientGroup

PARLIAMENT: Final[list[type[models.Model]]] = [
    model
    for model in apps.get_app_config("parliament").get_models(include_auto_created=True)
    if model is not ConstitutionalBody
]
"""All of parliament but what its reference has brought: its matters, and who sits there."""

PUBLIC_RELATIONS: Final[list[type[models.Model]]] = [
    model
    for model in apps.get_app_config("publicrelations").get_models(include_auto_created=True)
    if model not in (Category, RecipientGroup)
]
"""All of public relations but what its reference has brought."""

RESULTS: Final[list[type[models.Model]]] = [
    plan.Score,
    plan.AnswerSheet,
    plan.SurveyLink,
    plan.Invitee,
    plan.Question,
    plan.Survey,
    plan.SeminarFile,
    plan.TrainingFile,
    plan.Training,
    plan.Participant,
    plan.Seminar,
]
"""Seminars, surveys and trainings; who belongs to the group stays."""

MADE: Final[list[type[models.Model]]] = [
    *RESULTS,
    *PARLIAMENT,
    *PUBLIC_RELATIONS,
    Assessment,
    AgreementEvent,
    AgreementLine,
    Agreement,
    KpiEvidence,
    KpiEntry,
    FrozenValue,
    ContactLink,
    ContactCorrection,
    Contact,
    NetworkImport,
    PersonExport,
    PersonFinding,
    PersonRequest,
    LegalHold,
    Anonymised,
    RetentionRow,
    RetentionBatch,
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
    IncomingEntry,
    IncomingFile,
    IncomingDocument,
    LastLook,
    TopicMatter,
    Topic,
    MatterLink,
    LetterDelivery,
    OutgoingLetter,
    Download,
    Document,
    RegisterImport,
    Report,
    SavedSearchMatch,
    SavedSearch,
    Notice,
    Event,
    Deadline,
    RelatedMatter,
    Petition,
    Matter,
    NumberSeries,
    DemoMark,
]
"""Everything a demo leaves, children first; people, plan, agencies and reference rows stay."""


def holds_real_work() -> bool:
    """Whether there is a matter, or a visit, that `demo` did not make."""
    mark = DemoMark.objects.order_by("-pk").first()
    if mark is None:
        return Matter.objects.exists() or Visit.objects.exists() or IncomingDocument.objects.exists()
    return (
        Matter.objects.filter(pk__gt=mark.last_matter).exists()
        or Visit.objects.filter(came_at__gt=mark.made_at).exists()
        or IncomingDocument.objects.filter(received_at__gt=mark.made_at).exists()
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
