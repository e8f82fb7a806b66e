"""Asking for the next edition of an issue's pages, and making it: for the printer, for the web, the cover's picture."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from office.figures import figures
from office.making import Claim, LeaseLost, keep_bytes
from office.models import Notice, User
from office.models.calendar import current_calendar
from office.notices import tell
from publicrelations import journal_paper
from publicrelations.journal_contents import Contents, gather
from publicrelations.journal_plates import Grade
from publicrelations.models import Journal, JournalEdition
from publicrelations.models.journal_edition import kept_path

logger = logging.getLogger(__name__)

Clock = Callable[[], datetime]


def make(edition_id: int, clock: Clock = timezone.now, *, is_short: bool = False) -> JournalEdition | None:
    """Claim an edition, gather, lay out twice and keep it; None when it is not there to be claimed.

    It takes some seconds, so call it from a task or a command. What goes wrong leaves the row failed, to be asked for
    again. `is_short` leaves out the articles and all pictures: for a demo that is to be made quickly.
    """
    now = clock()
    claim = Claim.take(JournalEdition, edition_id, now)
    if claim is None:
        return None
    try:
        _make(claim, now, clock, is_short=is_short)
    except LeaseLost:
        logger.warning("Edition %s of a journal was taken over by another maker", edition_id)
    except Exception as fault:
        logger.exception("Edition %s of a journal could not be made", edition_id)
        claim.fail(fault)
    return JournalEdition.objects.get(pk=edition_id)


def _make(claim: Claim, now: datetime, clock: Clock, *, is_short: bool) -> None:
    edition = JournalEdition.objects.select_related("journal__cover", "journal__owner", "asked_by").get(
        pk=claim.pk
    )
    journal = edition.journal
    with override(settings.LANGUAGE_CODE):
        contents = gather(journal)
        if is_short:
            contents = replace(contents, cover=None, editorial="", stories=())
        kept = _files(journal, contents, lambda done: claim.go_on(done, clock()))
        with transaction.atomic():
            kept |= {"fingerprint": contents.key, "issued_at": now}
            if claim.finish(state=JournalEdition.State.ISSUED, progress=100, **kept):
                _tell(edition, now)


def _files(journal: Journal, contents: Contents, progress: Callable[[int], None]) -> dict[str, Any]:
    """Both files and the cover, kept under their checksums; how the row describes them."""
    names = [str(journal.owner)] if journal.owner else []

    def filled(*notices: str) -> Callable[[Grade], str]:
        copies = journal.copies_to_share_out
        return lambda grade: journal_paper.html(
            contents, grade, print_run=copies, made_by=names, notices=notices
        )

    printed = journal_paper.print_pdf(filled(), title=journal.title)
    progress(30)
    notices = journal_paper.notices_for(journal_paper.page_count(printed))
    if notices:
        printed = journal_paper.print_pdf(filled(*notices), title=journal.title)
    progress(60)
    web = journal_paper.web_pdf(filled(*notices), title=journal.title)
    progress(90)
    cover = journal_paper.thumbnail(web)
    return {
        "pages": journal_paper.page_count(web),
        "sha256": keep_bytes(printed, lambda sha256: kept_path(sha256, "pdf")),
        "print_size": len(printed),
        "web_sha256": keep_bytes(web, lambda sha256: kept_path(sha256, "pdf")),
        "web_size": len(web),
        "cover_sha256": keep_bytes(cover.content, lambda sha256: kept_path(sha256, "webp")),
        "cover_size": len(cover.content),
        "cover_width": cover.width,
        "cover_height": cover.height,
    }


def _tell(edition: JournalEdition, now: datetime) -> None:
    """Whoever asked for the pages, and whoever carries the issue, hears that they are there."""
    people = {edition.asked_by, edition.journal.owner}
    tell(
        [person for person in people if isinstance(person, User) and person.is_active],
        Notice.Kind.REPORT_READY,
        once=f"journal-edition:{edition.pk}:ready",
        now=now,
        calendar=current_calendar(),
        matter=edition.journal,
        text=_("Pages of the journal, edition %(number)s") % {"number": figures(edition.edition)},
    )
