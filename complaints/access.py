"""Who opened which petitioner's data: one line of the trail for every look, by number and never by name."""

from __future__ import annotations

from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType

from complaints.models import Petition, Petitioner, Visit
from office.models import User


def record_access(user: User, petition: Petition) -> LogEntry:
    """Write into the trail that somebody opens the data of the one behind a petition; call it before showing it."""
    return LogEntry.objects.create(
        content_type=ContentType.objects.get_for_model(Petitioner),
        object_pk=str(petition.pk),
        object_id=petition.pk,
        object_repr=petition.label,
        action=LogEntry.Action.ACCESS,
        changes={},
        actor=user,
    )


def record_visit_access(user: User, visit: Visit) -> LogEntry:
    """Write into the trail that somebody opens name and telephone of a visit; call it before showing them."""
    return LogEntry.objects.create(
        content_type=ContentType.objects.get_for_model(Visit),
        object_pk=str(visit.pk),
        object_id=visit.pk,
        object_repr=visit.label,
        action=LogEntry.Action.ACCESS,
        changes={},
        actor=user,
    )
