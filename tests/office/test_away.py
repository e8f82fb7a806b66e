"""While the database is away or the disk is full: what is said, and what is left behind."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.db.models import QuerySet
from django.http import HttpRequest

from office import documents
from office.delivery import deliver
from office.documents import accept
from office.models import Notice
from office.storage import WholeFileStorage
from office.views.trouble import server_error
from tests.cast import MORNING, make_officer

PICTURE = b"\x89PNG\r\n\x1a\n" + b"\0" * 1000


class FullAfterItsFirstBytes(ContentFile):
    """A file that meets the end of the disk half way."""

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        yield b"half"
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_that_did_not_fit_leaves_neither_name_nor_bytes(tmp_path: Path) -> None:
    storage = WholeFileStorage(location=tmp_path)
    with pytest.raises(OSError, match="space"):
        storage.save("ab/cd", FullAfterItsFirstBytes(b"x"))
    assert not storage.exists("ab/cd")
    assert files_in(tmp_path) == []


def test_a_kept_file_is_whole_private_and_alone(tmp_path: Path) -> None:
    storage = WholeFileStorage(location=tmp_path, file_permissions_mode=0o600)
    kept = tmp_path / storage.save("ab/cd", ContentFile(PICTURE))
    assert kept.read_bytes() == PICTURE
    assert kept.stat().st_mode & 0o777 == 0o600
    assert files_in(tmp_path) == [kept]


def test_bytes_reach_the_disk_before_their_name_and_the_name_before_anybody_relies_on_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, bool]] = []

    def fsync(handle: int) -> None:
        place = Path(f"/proc/self/fd/{handle}").readlink().relative_to(tmp_path)
        told.append((place.parts[0] if place.parts else ".", (tmp_path / "ab" / "cd").exists()))

    monkeypatch.setattr(os, "fsync", fsync)
    WholeFileStorage(location=tmp_path).save("ab/cd", ContentFile(PICTURE))
    assert told == [("waiting", False), ("ab", True), (".", True)]


def test_a_full_disk_is_said_beside_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class FullStorage(WholeFileStorage):
        def _save(self, name: str, content: Any) -> str:
            return super()._save(name, FullAfterItsFirstBytes(b"x"))

    monkeypatch.setattr(documents, "default_storage", FullStorage(location=tmp_path))
    with pytest.raises(ValidationError) as refused:
        accept(SimpleUploadedFile("แผนที่.png", PICTURE))
    assert refused.value.code == "no_space"
    assert "แผนที่.png" in refused.value.messages[0]
    assert files_in(tmp_path) == []


@pytest.mark.parametrize(
    "fault", [OperationalError("the server closed the connection"), OSError(errno.ENOSPC, "full")]
)
def test_what_keeps_the_office_from_working_is_503_in_thai_with_when_to_come_again(fault: Exception) -> None:
    answer = _answer_to(fault)
    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0
    assert "ระบบไม่พร้อมให้บริการชั่วคราว" in answer.content.decode()


def test_any_other_fault_is_500() -> None:
    answer = _answer_to(ValueError("ours"))
    assert answer.status_code == 500
    assert not answer.has_header("Retry-After")


def _answer_to(fault: Exception) -> Any:
    try:
        raise fault
    except type(fault):
        return server_error(HttpRequest())


@pytest.mark.django_db(transaction=True)
def test_a_letter_that_left_while_the_database_was_away_is_marked_when_it_is_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    letter = Notice.objects.create(
        way=Notice.Way.EMAIL,
        kind=Notice.Kind.YOUR_TURN,
        recipient=make_officer(),
        once_key="once",
        made_at=MORNING,
        deliver_from=MORNING,
    )
    away, update = iter([True, True]), QuerySet.update

    def while_away(rows: QuerySet[Any], **given: Any) -> int:
        if "sent_at" in given and next(away, False):
            raise OperationalError("the database system is shutting down")
        return update(rows, **given)

    monkeypatch.setattr(QuerySet, "update", while_away)
    assert deliver(lambda notice: None, clock=lambda: MORNING).sent == 1
    letter.refresh_from_db()
    assert letter.sent_at == MORNING
    assert len(mail.outbox) == 1
