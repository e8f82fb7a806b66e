"""Matters whose time is over, and the two who agree to their end."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from complaints.models import Petition, Petitioner, State
from office.calendar import OFFICE_TZ
from office.documents import accept, attach
from office.models import Document, RetentionBatch, RetentionRow, RetentionRule, User
from projectplan import anonymising, retention
from tests.cast import MORNING, bring_to, make_petition

LATER = datetime(2020, 1, 6, 10, 0, tzinfo=OFFICE_TZ)
"""A Monday ten years and some weeks after MORNING (17 November 2009)."""
PERSON = {"name": "นางสาวมะลิวัลย์ พฤกษาชื่นบาน", "telephone": "089-765-4321", "email": "maliwan@mail.example"}
ADDRESS, THAI_ID = "บ้านเลขที่ ๗๗๗ ถนนดอกไม้", "1101700230708"
STORY = "เล่าว่าบุตรสาวถูกครูประจำชั้นลงโทษจนบาดเจ็บ"
WORDS = [
    "มะลิวัลย์",
    "089-765-4321",
    "0897654321",
    "maliwan@mail.example",
    "ดอกไม้",
    "ครูประจำชั้นลงโทษ",
    "พยานคนสำคัญ",
]
"""Of which nothing may be left anywhere."""


def make_old_petition(
    officer: User, head: User, executive: User, *, file: bytes = b"", **facts: Any
) -> Petition:
    """A petition with everything personal in it, closed in November 2009."""
    petition = make_petition(owner=officer, title="ร้องเรียนครูประจำชั้นลงโทษเด็ก", story=STORY, **facts)
    person = Petitioner(petition=petition, address=ADDRESS, **PERSON)
    person.thai_id = THAI_ID
    person.save()
    content = file or "คำให้การของพยานคนสำคัญ".encode()
    upload = accept(SimpleUploadedFile("คำให้การพยานคนสำคัญ.txt", content))
    attach(petition, [upload], source=Document.Source.PETITIONER, added_by=None, now=MORNING)
    return bring_to(petition, State.CLOSED, officer=officer, head=head, executive=executive)


def propose(subject: str = "petition", now: datetime = LATER) -> list[RetentionBatch]:
    """What the clock puts before people of one kind."""
    retention.propose_by(RetentionRule.objects.get(subject=subject), now)
    return list(RetentionBatch.objects.filter(subject=subject, state="proposed"))


def agree(batch: RetentionBatch, first: User, second: User, *, now: datetime = LATER, **kept: str) -> None:
    """Two people agree; `kept` is left empty but for tests of keeping out."""
    retention.check(fresh(batch), {}, by=first, seen=fresh(batch).version, now=now)
    retention.confirm(fresh(batch), by=second, seen=fresh(batch).version, now=now)


def fresh(batch: RetentionBatch) -> RetentionBatch:
    return RetentionBatch.objects.get(pk=batch.pk)


def end(
    matter_id: int, first: User, second: User, *, subject: str = "petition", now: datetime = LATER
) -> RetentionRow:
    """From proposal to removal."""
    batch = propose(subject, now)[0]
    agree(batch, first, second, now=now)
    row = RetentionRow.objects.get(batch=batch, key=matter_id)
    anonymising.anonymise(row.pk, now)
    row.refresh_from_db()
    return row


def what_is_left(words: list[str]) -> list[str]:
    """Every table and column in which one of these words still stands."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith("matter_search_") or table == "matter_search":
                continue
            for column in connection.introspection.get_table_description(cursor, table):
                for word in words:
                    quoted = f'CAST("{column.name}" AS text)'
                    cursor.execute(f'SELECT count(*) FROM "{table}" WHERE {quoted} LIKE %s', [f"%{word}%"])
                    if cursor.fetchone()[0]:
                        found.append(f"{table}.{column.name}: {word}")
    return found


YEAR_AFTER = date(2021, 1, 5)
