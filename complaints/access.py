"""Who opened which petitioner's data: one line of the trail for every look, by number and never by name."""

from __future__ import annotations

from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType

from complaints.models import Petition, Petitioner
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
