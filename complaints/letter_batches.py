"""Letters for many at once: whom one is due to, and making and numbering them with a result for each."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from complaints.letter_paper import keep_paper
from complaints.letter_writing import write_draft
from complaints.models import Petition, State
from complaints.models.letter_steps import LetterChanged
from office import faults
from office.calendar import OFFICE_TZ
from office.models import Event, LetterKind, LetterTemplate, OutgoingLetter, Role, User
from office.paper import PaperError
from office.queue import start_by_name_after_commit
from office.steps import Actor, ChangedMeanwhile, StepRefused, perform

logger = logging.getLogger(__name__)

MOST: Final = 200
"""Letters of one batch: as many as one looks through before pressing."""
NUMBERED_TOGETHER: Final = 25
"""Letters numbered in one transaction: their numbers stand in a row, and nobody waits long."""
PAPERS_AT_ONCE: Final = 25
"""Papers made while the page waits, at a tenth of a second each; more are the worker's."""
PAPERS_TASK: Final = "complaints.tasks.make_letter_papers"


@dataclass(frozen=True)
class Outcome:
    """What became of one petition of a batch: its letter, or why there is none."""

    label: str
    title: str
    letter: OutgoingLetter | None = None
    fault: str = ""


def due_for(template: LetterTemplate, first: date, last: date, *, user: User) -> QuerySet[Petition]:
    """Petitions that this person carries and whose petitioner has had no letter of this kind, the oldest first.

    Acknowledgement: received on those days, and not closed. Progress: received then, and with an agency now.
    Result: told on those days, and not closed.
    """
    begin = datetime.combine(first, time(), OFFICE_TZ)
    end = datetime.combine(last + timedelta(days=1), time(), OFFICE_TZ)
    written = OutgoingLetter.objects.filter(
        matter=OuterRef("pk"), kind=template.kind, issued_at__isnull=False
    )
    rows = Petition.objects.visible_to(user).filter(~Exists(written), petitioner__isnull=False)
    if not user.has_role(Role.HEAD):
        rows = rows.filter(owner=user)
    if template.kind == LetterKind.RESULT:
        told = Event.objects.filter(matter=OuterRef("pk"), step="inform", at__gte=begin, at__lt=end)
        return rows.filter(Exists(told), state=State.INFORMED).order_by("pk")
    is_progress = template.kind == LetterKind.PROGRESS
    rows = rows.filter(state=State.REFERRED) if is_progress else rows.unclosed()
    return rows.filter(received_at__gte=begin, received_at__lt=end).order_by("received_at", "pk")


def make_letters(
    template: LetterTemplate,
    keys: Sequence[int],
    *,
    by: User,
    signer: User | None,
    batch: UUID,
    now: datetime,
) -> list[Outcome]:
    """Write and number a letter for each of these petitions, some in each transaction; one that fails leaves nothing.

    A second click with the same `batch` finds the letters of the first. Their papers are made by `make_papers`.
    """
    found = Petition.objects.visible_to(by).select_related("agency", "owner", "category", "province")
    petitions = {one.pk: one for one in found.filter(pk__in=keys)}
    outcomes = []
    for some in _chunks([petitions[key] for key in dict.fromkeys(keys) if key in petitions]):
        with transaction.atomic():
            outcomes += [_make(template, one, by=by, signer=signer, batch=batch, now=now) for one in some]
    return outcomes


def _chunks(rows: Sequence[Petition]) -> Iterator[Sequence[Petition]]:
    for start in range(0, len(rows), NUMBERED_TOGETHER):
        yield rows[start : start + NUMBERED_TOGETHER]


def _make(
    template: LetterTemplate, petition: Petition, *, by: User, signer: User | None, batch: UUID, now: datetime
) -> Outcome:
    label, title = petition.label, petition.title
    made = OutgoingLetter.objects.filter(batch=batch, matter_id=petition.pk).first()
    if made:
        return Outcome(label, title, made)
    try:
        with transaction.atomic():
            letter = write_draft(template, petition, by=by, now=now, signer=signer, batch=batch)
            perform(
                petition,
                "issue_letter",
                actor=Actor(user=by),
                seen=petition.version,
                now=now,
                letter=letter,
                drafted=letter.version,
            )
    except ValidationError as refused:
        return Outcome(label, title, fault=" ".join(refused.messages))
    except StepRefused as refused:
        return Outcome(label, title, fault=str(refused))
    except (ChangedMeanwhile, LetterChanged):
        return Outcome(label, title, fault=_("Somebody else changed it at the same moment. Try it again."))
    letter.refresh_from_db()
    return Outcome(label, title, letter)


def have_papers_made(batch: UUID, count: int, now: datetime) -> None:
    """Make a batch's papers: a few at once, more by the worker."""
    if count > PAPERS_AT_ONCE:
        start_by_name_after_commit(PAPERS_TASK, str(batch))
        return
    make_papers(OutgoingLetter.objects.filter(batch=batch), now)


def make_papers(letters: QuerySet[OutgoingLetter], now: datetime) -> int:
    """Make the papers that are missing among these letters; returns how many. One that cannot be made is left."""
    made = 0
    bare = letters.filter(issued_at__isnull=False, sent_at=None, document=None)
    for key in list(bare.order_by("issued_at", "pk").values_list("pk", flat=True)):
        try:
            made += keep_paper(key, now) is not None
        except PaperError as fault:
            logger.exception("The paper of letter %s could not be made", key)
            faults.note(faults.source_of(OutgoingLetter), key, fault, now)
    return made
