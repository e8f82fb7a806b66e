"""What the minister's binder for a meeting holds, as data: the agenda, and of what concerns us each question with its
approved answer and its papers. Whatever of it changes gives another fingerprint, and asks for another edition.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cached_property

from django.conf import settings
from django.db.models import Q
from django.utils.translation import override

from office.calendar import OFFICE_TZ
from office.models import Document, Matter, Secrecy
from parliament.binder_entries import Entry, entries_of
from parliament.models import AgendaItem, Interpellation, Meeting, Motion, Need

PDF = "application/pdf"
PICTURES = ("image/jpeg", "image/png", "image/webp", "image/gif")


@dataclass(frozen=True)
class Paper:
    """A file that belongs to an item: PDFs are bound in whole, pictures as a page, of others only the name stands."""

    key: int
    name: str
    sha256: str
    content_type: str
    matter_key: int

    @property
    def path(self) -> str:
        return Document(sha256=self.sha256).path

    @property
    def is_pdf(self) -> bool:
        return self.content_type == PDF

    @property
    def is_picture(self) -> bool:
        return self.content_type in PICTURES

    @property
    def is_bound(self) -> bool:
        return self.is_pdf or self.is_picture


@dataclass(frozen=True)
class Readiness:
    """A paper or a person that an item needs, and whether it is ready."""

    what: str
    is_ready: bool


@dataclass(frozen=True)
class Item:
    """One item of the agenda; of one that does not concern us only number and title stand."""

    number: str
    title: str
    concerns_us: bool
    entries: tuple[Entry, ...] = ()
    persons: tuple[Readiness, ...] = ()
    awaited: tuple[str, ...] = ()
    papers: tuple[Paper, ...] = ()
    secrecy: int = Secrecy.ORDINARY

    @property
    def mark(self) -> str:
        """What is stamped on its sheets: `ลับ`; nothing on ordinary ones."""
        return str(Secrecy(self.secrecy).label) if self.secrecy > Secrecy.ORDINARY else ""

    @property
    def name(self) -> str:
        return f"{self.number} {self.title}".strip()


@dataclass(frozen=True)
class Contents:
    """All that stands in the binder, besides its page numbers."""

    label: str
    title: str
    kind: str
    body: str
    session: str
    sitting_number: str
    place: str
    begins_at: datetime
    items: tuple[Item, ...]
    matter_keys: tuple[int, ...]
    secrecy: int

    @property
    def ours(self) -> list[Item]:
        return [item for item in self.items if item.concerns_us]

    @property
    def mark(self) -> str:
        return str(Secrecy(self.secrecy).label) if self.secrecy > Secrecy.ORDINARY else ""

    @cached_property
    def fingerprint(self) -> str:
        """Of everything above: the same contents have the same, in whatever language the page is read."""
        text = json.dumps(asdict(self), default=str, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def gather(meeting: Meeting) -> Contents:
    """The contents as they stand now. Some thirteen queries, however long the agenda is."""
    with override(settings.LANGUAGE_CODE):  # a paper of the office is written in the office's language
        rows = list(meeting.items.order_by("position"))
        about = _matters_about(rows)
        ours = [row for row in rows if row.concerns_us or about[row.pk]]
        entries = entries_of({key for keys in about.values() for key in keys})
        needs = _needs(ours)
        papers = _papers(ours, about, needs)
        items = tuple(
            _item(row, [entries[key] for key in about[row.pk]], needs[row.pk], papers[row.pk])
            if row in ours
            else Item(row.number, row.title, concerns_us=False)
            for row in rows
        )
        keys = {meeting.pk, *(entry.key for item in items for entry in item.entries)}
        keys |= {paper.matter_key for item in items for paper in item.papers}
        return Contents(
            label=meeting.label,
            title=meeting.title,
            kind=str(meeting.get_meeting_kind_display()),
            body=str(meeting.committee) if meeting.committee else "",
            session=str(meeting.session) if meeting.session else "",
            sitting_number=meeting.sitting_number,
            place=meeting.place,
            begins_at=meeting.begins_at.astimezone(OFFICE_TZ),
            items=items,
            matter_keys=tuple(sorted(keys)),
            secrecy=max([meeting.secrecy, *_secrecies(keys)]),
        )


def _secrecies(keys: Iterable[int]) -> Iterable[int]:
    return Matter.objects.filter(pk__in=keys).values_list("secrecy", flat=True)


def _item(row: AgendaItem, entries: Sequence[Entry], needs: Sequence[Need], papers: Sequence[Paper]) -> Item:
    persons = tuple(
        Readiness(need.what, need.ready_at is not None) for need in needs if need.kind == Need.Kind.PERSON
    )
    awaited = tuple(need.what for need in needs if need.kind == Need.Kind.PAPER and need.document_id is None)
    return Item(
        number=row.number,
        title=row.title,
        concerns_us=True,
        entries=tuple(entries),
        persons=persons,
        awaited=awaited,
        papers=tuple(papers),
        secrecy=max([Secrecy.ORDINARY, *(entry.secrecy for entry in entries)]),
    )


def _matters_about(items: Sequence[AgendaItem]) -> dict[int, list[int]]:
    """The matters of ours that each item is about: the one it names where it concerns us, and the questions and
    motions that were put under it."""
    found = {item.pk: [item.about_id] if item.concerns_us and item.about_id else [] for item in items}
    questions, motions = (
        rows.filter(item__in=items).order_by().values_list("item_id", "pk")
        for rows in (Interpellation.objects, Motion.objects)
    )
    for item_key, key in sorted(questions.union(motions)):
        if key not in found[item_key]:
            found[item_key].append(key)
    return found


def _needs(items: Sequence[AgendaItem]) -> dict[int, list[Need]]:
    found: defaultdict[int, list[Need]] = defaultdict(list)
    for need in Need.objects.filter(item__in=items).order_by("item", "pk"):
        found[need.item_id].append(need)
    return found


def _papers(
    items: Sequence[AgendaItem], about: dict[int, list[int]], needs: dict[int, list[Need]]
) -> dict[int, list[Paper]]:
    """The papers of each item: its own, those made ready for it, those of its matters; the same bytes once."""
    matters = {key for keys in about.values() for key in keys}
    needed = {need.document_id for found in needs.values() for need in found if need.document_id}
    linked = AgendaItem.documents.through.objects.filter(agendaitem__in=items).order_by("pk")
    own: defaultdict[int, list[int]] = defaultdict(list)
    for item_key, document_key in linked.values_list("agendaitem_id", "document_id"):
        own[item_key].append(document_key)
    wanted = needed | {key for keys in own.values() for key in keys}
    documents = Document.objects.filter(Q(pk__in=wanted) | Q(matter__in=matters)).order_by("pk")
    by_key = {document.pk: document for document in documents}
    of_matter: defaultdict[int, list[int]] = defaultdict(list)
    for document in by_key.values():
        of_matter[document.matter_id].append(document.pk)
    found = {}
    for item in items:
        keys = [
            *own[item.pk],
            *(need.document_id for need in needs[item.pk] if need.document_id),
            *(key for matter in about[item.pk] for key in of_matter[matter]),
        ]
        once: dict[str, Document] = {}
        for key in keys:
            once.setdefault(by_key[key].sha256, by_key[key])
        found[item.pk] = [_paper(document) for document in once.values()]
    return found


def _paper(document: Document) -> Paper:
    return Paper(
        document.pk, document.name, document.sha256, document.content_type, matter_key=document.matter_id
    )
