"""The register of documents in: receiving a document, and what is done with it. Every act leaves a line of practice.

The receipt number is taken within the registering transaction, so there is no gap; who enters a line by mistake strikes
it out with a reason, and the line stays.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from office.calendar import OFFICE_TZ
from office.documents import Upload
from office.kept_files import keep
from office.models import (
    IncomingDocument,
    IncomingEntry,
    IncomingFile,
    Matter,
    Notice,
    NumberSeries,
    Subgroup,
    User,
)
from office.models.calendar import current_calendar
from office.notices import tell
from office.permissions import is_head, is_officer
from office.thai import be_year

SERIES: Final = "document_in"
may_receive = is_officer | is_head
Kind = IncomingEntry.Kind


class MovedOn(Exception):
    """Somebody else changed the line after the page was drawn."""


def receive(
    facts: dict[str, Any], files: Iterable[Upload], *, ticket: uuid.UUID, by: User, now: datetime
) -> IncomingDocument:
    """Enter a document with the next receipt number of the calendar year; the same form sent twice enters one."""
    series, year = (
        settings.SERIES_PREFIXES[SERIES],
        be_year(facts["received_at"].astimezone(OFFICE_TZ).date()),
    )
    with transaction.atomic():
        NumberSeries.hold(series, year)
        twin = IncomingDocument.objects.filter(ticket=ticket).first()
        if twin:
            return twin
        number = NumberSeries.take(series, year)
        made = IncomingDocument.objects.create(
            series=series, year=year, number=number, ticket=ticket, received_by=by, **facts
        )
        _add(made, Kind.RECEIVED, _passed_words(made.subgroup, made.passed_to), by=by, now=now)
        keep(IncomingFile, files, by=by, now=now, incoming=made)
        _tell(made, by=by, now=now)
    return made


def pass_on(
    found: IncomingDocument, subgroup: Subgroup, person: User | None, *, seen: int, by: User, now: datetime
) -> None:
    """Pass it to a subgroup, and there to somebody."""
    with _locked(found, seen) as line:
        line.subgroup, line.passed_to = subgroup, person
        _add(line, Kind.PASSED, _passed_words(subgroup, person), by=by, now=now)
        line.save()
        _tell(line, by=by, now=now)


def note_practice(
    found: IncomingDocument, words: str, files: Iterable[Upload], *, seen: int, by: User, now: datetime
) -> None:
    """Write down what was done; the register shows the newest of these."""
    with _locked(found, seen) as line:
        line.practice = words
        _add(line, Kind.DONE, words, by=by, now=now)
        keep(IncomingFile, files, by=by, now=now, incoming=line)
        line.save()


def correct(found: IncomingDocument, facts: dict[str, Any], *, seen: int, by: User, now: datetime) -> None:
    """Put right what was entered; the line of practice says which fields, not what stood there."""
    with _locked(found, seen) as line:
        changed = [name for name, value in facts.items() if getattr(line, name) != value]
        if not changed:
            return
        for name in changed:
            setattr(line, name, facts[name])
        words = ", ".join(str(line._meta.get_field(name).verbose_name) for name in changed)  # type: ignore[union-attr]
        _add(line, Kind.CORRECTED, words, by=by, now=now)
        line.save()


def go_on_as(found: IncomingDocument, matter: Matter, *, by: User, now: datetime) -> None:
    """From now on it goes on as this matter; which one, the register says to whoever sees that too."""
    with transaction.atomic():
        line = IncomingDocument.objects.select_for_update(of=("self",)).get(pk=found.pk)
        if line.matter_id == matter.pk or line.voided_at:
            return
        line.matter = matter
        line.practice = _("Goes on as a matter")
        line.version += 1
        _add(line, Kind.LINKED, matter.label, by=by, now=now)
        line.save()


def strike_out(found: IncomingDocument, reason: str, *, seen: int, by: User, now: datetime) -> None:
    """It was entered by mistake: the number stays taken, the line says why."""
    with _locked(found, seen) as line:
        line.voided_at = now
        line.practice = _("struck out: %(why)s")[:300] % {"why": reason[:250]}
        _add(line, Kind.VOIDED, reason, by=by, now=now)
        line.save()


@contextmanager
def _locked(found: IncomingDocument, seen: int) -> Iterator[IncomingDocument]:
    """The line, locked and as it was seen, for one act; its version goes up. Raises MovedOn, ValidationError."""
    with transaction.atomic():
        line = IncomingDocument.objects.select_for_update(of=("self",)).get(pk=found.pk)
        if line.version != seen:
            raise MovedOn(line.label)
        if line.voided_at:
            raise ValidationError(_("This line is struck out: nothing is done with it any more."))
        line.version += 1
        yield line


def _add(line: IncomingDocument, kind: str, words: str, *, by: User, now: datetime) -> None:
    IncomingEntry.objects.create(incoming=line, kind=kind, text=words[:500], at=now, by=by)


def _tell(line: IncomingDocument, *, by: User, now: datetime) -> None:
    """Whoever it is passed to hears its number; what it is about stands in the register only."""
    if line.passed_to and line.passed_to != by:
        once = f"document-in:{line.pk}:{line.version}"
        tell(
            [line.passed_to],
            Notice.Kind.DOCUMENT_PASSED,
            once=once,
            now=now,
            calendar=current_calendar(),
            text=line.label,
        )


def _passed_words(subgroup: Subgroup, person: User | None) -> str:
    to = f"{subgroup} ({person.short_name})" if person else str(subgroup)
    return _("passed to %(to)s") % {"to": to}
