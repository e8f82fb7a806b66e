"""Who reads and who keeps the project's results; and the trail of who looked at how participants are reached."""

from __future__ import annotations

from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _

from office.access import only
from office.models import User
from office.permissions import is_executive, is_head, is_officer
from projectplan.models import Participant, Seminar

may_read = is_officer | is_head | is_executive
may_keep = is_officer | is_head
sees_all = is_head | is_executive
readers_only = only(
    may_read, lambda: _("The results of the project are open to the group and the executives.")
)
keepers_only = only(may_keep, lambda: _("Officers and heads of the group keep these rows. Ask one of them."))


def record_participant_access(user: User, participant: Participant) -> LogEntry:
    """Write into the trail that somebody opens how a participant is reached; call it before showing that."""
    return LogEntry.objects.create(
        content_type=ContentType.objects.get_for_model(Participant),
        object_pk=str(participant.pk),
        object_id=participant.pk,
        object_repr=f"{participant.seminar_id} {participant.pk}",
        action=LogEntry.Action.ACCESS,
        changes={},
        actor=user,
    )


def record_sheet_access(user: User, seminar: Seminar) -> LogEntry:
    """Write into the trail that somebody takes along how all participants of a seminar are reached."""
    return LogEntry.objects.create(
        content_type=ContentType.objects.get_for_model(Seminar),
        object_pk=str(seminar.pk),
        object_id=seminar.pk,
        object_repr=str(_("The list of participants")),
        action=LogEntry.Action.ACCESS,
        changes={},
        actor=user,
    )
