"""Removing the personal data of one record whose end two people agreed to: its words, files, papers, what it is found
by; number, kind, dates, places and results stay, so that no figure of the past moves.

One record is one transaction, and a second run finds nothing to do. Files are named in that transaction and removed
after it (`sweep_files`); a worker that is killed between leaves them to the next round.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime, timedelta
from typing import Final

from auditlog.models import LogEntry
from auditlog.registry import auditlog
from django.contrib.admin.models import LogEntry as AdminLogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

import complaints.personal
from complaints.models import Petition, RelatedMatter
from office import holding
from office.calendar import OFFICE_TZ
from office.models import (
    Anonymised,
    Document,
    Event,
    FileToRemove,
    IncomingFile,
    LegalHold,
    Matter,
    MatterLink,
    RetentionBatch,
    RetentionRow,
)
from office.personal import MATTERS, REMOVED
from office.search_words import normalise
from projectplan.models import BudgetFile, KpiEvidence, SeminarFile, TrainingFile
from projectplan.personal import SHELVES, declared_for

logger = logging.getLogger(__name__)

KIN: Final[dict[str, Callable[[int], set[int]]]] = {
    Matter.Kind.PETITION: complaints.personal.kin,
    Matter.Kind.RELATED: complaints.personal.kin,
}
"""The matters with which one of a kind ends together; those of other kinds end alone."""

THINNED: Final = frozenset(
    {
        "promise", "due", "until", "result", "category", "agency", "province", "petition_kind", "owner", "secrecy",
        "agencies", "agency_of_step", "hearing", "letter", "petitions", "leading_story", "court_step", "decision",
        "chamber", "language", "document_kind", "engagement_kind", "screening", "outcome_kind",
    }
)  # fmt: skip
"""What of an event's changes says nothing of the petitioner: codes, dates, numbers, bodies."""

Outcome = RetentionRow.Outcome

SHARING: Final = (Document, IncomingFile, BudgetFile, KpiEvidence, SeminarFile, TrainingFile)
"""The rows whose bytes lie at their checksum in the private storage: the same bytes once for all of them."""

AGAIN: Final = timedelta(days=365)
"""What was not removed after all is asked for again a year later."""


def anonymise(row_id: int, now: datetime) -> str:
    """Carry out one row of a confirmed batch, if nothing stands against it any more; its outcome."""
    with transaction.atomic():
        row = RetentionRow.objects.select_for_update(of=("self",)).select_related("batch").get(pk=row_id)
        if row.outcome or row.batch.state != RetentionBatch.State.CONFIRMED:
            return row.outcome
        row.outcome = _of_matter(row, now) if row.subject in MATTERS else _of_shelf(row, now)
        row.again_on = holding.today_at(now) + AGAIN if row.outcome != Outcome.ANONYMISED else None
        row.save(update_fields=["outcome", "again_on"])
    return row.outcome


def _of_matter(row: RetentionRow, now: datetime) -> str:
    relatives = KIN.get(row.subject, lambda key: set())(row.key)
    # In the order of their keys, as all who lock several do.
    keys = sorted({row.key, *relatives})
    locked = {
        matter.pk: matter for matter in Matter.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    }
    today = holding.today_at(now)
    if held_keys(keys, today):
        return Outcome.HELD
    if not all(ended_before(matter, row.batch.ended_before) for matter in locked.values()):
        return Outcome.NOT_OVER
    matter = locked[row.key]
    LegalHold.objects.filter(matter=matter).delete()  # one whose day is over
    _agree(row, now, matter)
    for declared in declared_for(row.subject):
        declared.empty(row.key)
    _empty_matter(matter)
    _thin_events(matter)
    _empty_links(matter)
    _empty_documents(matter, now)
    _drop_scans(matter, now)
    _empty_trail(row)
    holding.note(
        matter, holding.ANONYMISED, by=None, now=now, label="ระบบ", changes={"rule": ["", row.batch.source]}
    )
    return Outcome.ANONYMISED


def _of_shelf(row: RetentionRow, now: datetime) -> str:
    shelf = SHELVES[row.subject]
    record = shelf.rows.select_for_update(of=("self",)).filter(pk=row.key).first()
    if record is None or not _is_before(shelf.ended_on(record), row.batch.ended_before):
        return Outcome.NOT_OVER
    _agree(row, now, None)
    for declared in declared_for(row.subject):
        declared.empty(row.key)
    _empty_trail(row)
    return Outcome.ANONYMISED


def _agree(row: RetentionRow, now: datetime, matter: Matter | None) -> None:
    """The row that lets the guards through; the database itself asks once more whether two agreed."""
    Anonymised.objects.create(
        row=row, subject=row.subject, key=row.key, matter=matter, at=now, source=row.batch.source
    )


def held_keys(keys: Collection[int], today: date) -> set[int]:
    """Of these matters, those that a hold stands on, or that are kept as evidence."""
    standing = Q(until__isnull=True) | Q(until__gte=today)
    found = set(LegalHold.objects.filter(standing, matter__in=keys).values_list("matter", flat=True))
    for rows in (Petition.objects, RelatedMatter.objects):
        found |= set(rows.filter(pk__in=keys, locked_at__isnull=False).values_list("pk", flat=True))
    return found


def ended_before(matter: Matter, day: date) -> bool:
    return matter.closed_at is not None and _is_before(matter.closed_at, day)


def _is_before(moment: date | datetime | None, day: date) -> bool:
    if moment is None:
        return False
    return (moment.astimezone(OFFICE_TZ).date() if isinstance(moment, datetime) else moment) < day


# ── What is emptied by more than an update ──────────────────────────────────────────────────


def _empty_matter(matter: Matter) -> None:
    """Its subject says nothing any more, and by nothing but its number is it found."""
    matter.title, matter.search_text = REMOVED, normalise(matter.label)
    Matter.objects.filter(pk=matter.pk).update(title=matter.title, search_text=matter.search_text)


def _thin_events(matter: Matter) -> None:
    """Of its history stay who did which step when, and the codes and dates that changed."""
    events = Event.objects.filter(matter=matter)
    events.exclude(reason="").update(reason="")
    changed = []
    for event in events.exclude(changes={}):
        thin = {name: both for name, both in event.changes.items() if name in THINNED}
        if thin != event.changes:
            event.changes = thin
            changed.append(event)
    Event.objects.bulk_update(changed, ["changes"])


def _empty_links(matter: Matter) -> None:
    """With which others it was linked stays; what was noted of it goes."""
    MatterLink.objects.filter(Q(from_matter=matter) | Q(to_matter=matter)).update(note="")


def _drop_scans(matter: Matter, now: datetime) -> None:
    """The line in the register of documents in stays; what was scanned of the document goes with its row."""
    scans = IncomingFile.objects.filter(incoming__matter=matter)
    _remove_later(scans, now)
    scans.delete()


def _remove_later(files: Iterable[Document | IncomingFile], now: datetime) -> None:
    """The bytes go after this transaction."""
    gone = [FileToRemove(path=file.path, asked_at=now) for file in files]
    FileToRemove.objects.bulk_create(gone, ignore_conflicts=True)


def _empty_documents(matter: Matter, now: datetime) -> None:
    """That there was a file, of which kind and size, stays."""
    held_files = Document.objects.filter(matter=matter).exclude(sha256="")
    _remove_later(held_files, now)
    held_files.update(name=REMOVED, sha256="")


def _empty_trail(row: RetentionRow) -> None:
    """The trail keeps who looked and who changed; what was changed, and names in it, go."""
    for declared in declared_for(row.subject):
        model = declared.rows_of
        if model in (Matter, Event, Document, IncomingFile) or not auditlog.contains(model):
            continue
        keys = list(model._default_manager.filter(**{declared.of: row.key}).values_list("pk", flat=True))
        kind = ContentType.objects.get_for_model(model)
        texts = {"object_repr": row.label, "changes_text": ""}
        LogEntry.objects.filter(content_type=kind, object_id__in=keys).update(
            changes={}, serialized_data=None, additional_data=None, **texts
        )
        AdminLogEntry.objects.filter(content_type=kind, object_id__in=[str(key) for key in keys]).update(
            object_repr=row.label, change_message=""
        )


# ── Batches and files, for the clock ────────────────────────────────────────────────────────


def carry_out(now: Callable[[], datetime], *, most: int = 200) -> int:
    """Carry out what is confirmed, so many records at most; returns how many. A record that fails stops none else."""
    rows = RetentionRow.objects.filter(batch__state=RetentionBatch.State.CONFIRMED, outcome="")
    done = 0
    for row_id in list(rows.order_by("batch", "pk").values_list("pk", flat=True)[:most]):
        try:
            anonymise(row_id, now())
        except Exception:
            logger.exception(
                "Record %s of a review could not be carried out; the next round tries again.", row_id
            )
            continue
        done += 1
    _close_batches(now())
    return done


def _close_batches(now: datetime) -> None:
    """A batch of which no row waits is carried out."""
    waiting = RetentionRow.objects.filter(batch=OuterRef("pk"), outcome="")
    batches = RetentionBatch.objects.filter(~Exists(waiting), state=RetentionBatch.State.CONFIRMED)
    batches.update(state=RetentionBatch.State.DONE, done_at=now, version=F("version") + 1)


def sweep_files(*, most: int = 1000) -> int:
    """Remove the bytes that nothing needs any more; returns how many files went. The same bytes may lie under
    several rows: they stay as long as one of them needs them."""
    gone = 0
    for file in list(FileToRemove.objects.order_by("pk")[:most]):
        if not _is_needed(file.path):
            default_storage.delete(file.path)
            gone += 1
        file.delete()
    return gone


def _is_needed(path: str) -> bool:
    sha256 = path.rpartition("/")[2]
    return any(model._default_manager.filter(sha256=sha256).exists() for model in SHARING)
