"""What the office reports on: which kinds of report there are, and where each is put together."""

from __future__ import annotations

from typing import Final

from complaints.reporting import PETITIONS
from office.reporting import Subject
from parliament.reporting import PARLIAMENT
from projectplan.books import BOOKS, Book
from publicrelations.reporting import PUBLIC_RELATIONS

SUBJECTS: Final[list[Subject]] = [PETITIONS, PARLIAMENT, PUBLIC_RELATIONS]


def subject_of(kind: str) -> Subject:
    """The subject of a kind of report; raises LookupError for a kind that nobody reports on."""
    for subject in SUBJECTS:
        if kind in subject.kinds:
            return subject
    raise LookupError(kind)


def document_of(kind: str) -> Subject | Book:
    """What an edition of a kind is put together by: the subject of a report, or a book of the group."""
    for book in BOOKS:
        if book.kind == kind:
            return book
    return subject_of(kind)
