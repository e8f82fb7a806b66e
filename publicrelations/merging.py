"""Two rows of the media network that are one: what the double has goes over to the row that stays, and nothing is lost.

The double keeps its row, switched off, and says what it was merged into; what was typed about it is not deleted.
"""

from __future__ import annotations

from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from publicrelations.models import Attendance, Coverage, Invitation, MediaOutlet, Reporter, Taking

OUTLET_FACTS: Final = ("email", "telephone", "fax", "line_id", "website", "note")
REPORTER_FACTS: Final = ("beat", "telephone", "email", "line_id", "since_on", "confirmed_on")


@transaction.atomic
def merge_outlets(double: MediaOutlet, into: MediaOutlet) -> None:
    """Reporters, invitations, attendances and reports of the double go over to `into`."""
    double, into = _locked(MediaOutlet, double, into)
    for reporter in list(double.reporters.filter(merged_into__isnull=True)):
        same = into.reporters.filter(name=reporter.name, merged_into__isnull=True).first()
        if same:
            _merge_reporters(reporter, same)
        else:
            Reporter.objects.filter(pk=reporter.pk).update(outlet=into)
    Invitation.objects.filter(outlet=double, reporter__isnull=False).update(outlet=into)
    _move_invitations(Invitation.objects.filter(outlet=double, reporter=None), into, None)
    Attendance.objects.filter(outlet=double).update(outlet=into)
    Coverage.objects.filter(outlet=double).update(outlet=into)
    _fill(into, double, OUTLET_FACTS)
    double.merged_into, double.is_active = into, False
    double.save()


@transaction.atomic
def merge_reporters(double: Reporter, into: Reporter) -> None:
    """Invitations and attendances of the double go over to `into`, who may work elsewhere by now."""
    _merge_reporters(*_locked(Reporter, double, into))


def _merge_reporters(double: Reporter, into: Reporter) -> None:
    _move_invitations(Invitation.objects.filter(reporter=double), None, into)
    Attendance.objects.filter(reporter=double).update(reporter=into)
    _fill(into, double, REPORTER_FACTS)
    double.merged_into = into
    double.save()


def _locked(model: Any, double: Any, into: Any) -> tuple[Any, Any]:
    """Both under lock, in one order, as they stand now; a row is not merged into itself or into a double."""
    rows = model.objects.select_for_update().order_by("pk").in_bulk([double.pk, into.pk])
    if len(rows) != 2:
        raise ValidationError(_("Choose another row: this is the one itself."))
    double, into = rows[double.pk], rows[into.pk]
    if double.merged_into_id or into.merged_into_id:
        raise ValidationError(_("One of the two has been merged already. Open the page anew."))
    return double, into


def _move_invitations(rows: Any, outlet: MediaOutlet | None, reporter: Reporter | None) -> None:
    """Each to the row that stays; where both were on one list, the two become one."""
    for row in rows.select_related("attendance"):
        there = Invitation.objects.filter(conference=row.conference_id, reporter=reporter)
        if outlet is not None:
            there = there.filter(outlet=outlet)
        twin = there.exclude(pk=row.pk).first()
        if twin is None:
            changed = {"outlet": outlet} if outlet else {"reporter": reporter}
            Invitation.objects.filter(pk=row.pk).update(**changed)
        else:
            _join(row, twin)


def _join(row: Invitation, twin: Invitation) -> None:
    """Of two invitations to one press conference: invited at the earlier moment, the later answer, came if either."""
    if row.invited_at and (twin.invited_at is None or row.invited_at < twin.invited_at):
        twin.invited_at, twin.invited_by, twin.way = row.invited_at, row.invited_by, row.way
        twin.mail_at, twin.message = row.mail_at, row.message
    if row.answered_at and (twin.answered_at is None or row.answered_at > twin.answered_at):
        twin.answer, twin.answered_at, twin.people = row.answer, row.answered_at, row.people
    if row.withdrawn_at is None:
        twin.withdrawn_at = None
    twin.save()
    own = Attendance.objects.filter(invitation=row)
    if Attendance.objects.filter(invitation=twin).exists():
        own.delete()
    else:
        own.update(invitation=twin)
    taken = Taking.objects.filter(invitation=twin).values("document")
    Taking.objects.filter(invitation=row).exclude(document__in=taken).update(invitation=twin)
    row.delete()


def _fill(into: Any, double: Any, names: tuple[str, ...]) -> None:
    """What the row that stays lacks, it has from the double; of two texts the longer note is kept."""
    for name in names:
        ours, theirs = getattr(into, name), getattr(double, name)
        if theirs and (not ours or (name == "note" and len(theirs) > len(ours))):
            setattr(into, name, theirs)
    into.save()
