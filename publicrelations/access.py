"""Who opened which reporter's telephone and addresses: one line of the trail for every look, by key and outlet."""

from __future__ import annotations

from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _

from office.models import User
from publicrelations.models import Reporter


def record_reporter_access(user: User, reporter: Reporter) -> LogEntry:
    """Write into the trail that somebody opens how a reporter is reached; call it before showing that."""
    return LogEntry.objects.create(
        content_type=ContentType.objects.get_for_model(Reporter),
        object_pk=str(reporter.pk),
        object_id=reporter.pk,
        object_repr=f"{reporter.outlet} {reporter.pk}",
        action=LogEntry.Action.ACCESS,
        changes={},
        actor=user,
    )


def record_network_access(user: User) -> LogEntry:
    """Write into the trail that somebody takes along how all of the media are reached; call it before giving that."""
    return LogEntry.objects.create(
        content_type=ContentType.objects.get_for_model(Reporter),
        object_pk="",
        object_repr=str(_("The whole list of media and reporters")),
        action=LogEntry.Action.ACCESS,
        changes={},
        actor=user,
    )
