"""Bodies larger than anything of ours: a page that says so, what was typed stays where it was read, and neither memory
nor disk grows with what is sent."""

from __future__ import annotations

import os
import tracemalloc
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.utils import timezone

from complaints.models import Petition
from office.list_files import MEGABYTE
from office.thai import to_thai_digits
from office.upload_limits import MOST_FILES, LimitedFile, most_megabytes
from office.wsgi import Office
from projectplan import rounds
from tests.complaints.test_public_intake import filled
from tests.security.test_fuzz_requests import BOUNDARY, part, text_part

pytestmark = pytest.mark.django_db
TOKEN: Final = "a" * 32
MULTIPART: Final = "multipart/form-data; boundary=Xq7"
FORM: Final = "/petition/"
SENT: Final = 64
"""Megabytes of a body that is far over what is read of it."""
KEPT: Final = 12
"""Megabytes that may be in memory at once: the text of a form twice, and the page."""


class Body:
    """What a browser goes on sending, made as it is read: parts, of which some are many megabytes of one letter."""

    def __init__(self, *pieces: bytes | int) -> None:
        self.length = sum(piece if isinstance(piece, int) else len(piece) for piece in pieces)
        self.pieces = self._given(pieces)
        self.left = b""

    def _given(self, pieces: tuple[bytes | int, ...]) -> Iterator[bytes]:
        for piece in pieces:
            if isinstance(piece, bytes):
                yield piece
                continue
            for start in range(0, piece, MEGABYTE):
                yield b"x" * min(MEGABYTE, piece - start)

    def read(self, size: int = -1) -> bytes:
        while len(self.left) < size and (piece := next(self.pieces, b"")):
            self.left += piece
        given, self.left = self.left[:size], self.left[size:]
        return given

    readline = read  # Django looks for it, and never asks


def head_of_file(name: bytes) -> bytes:
    return part(b'name="attachments"; filename="' + name + b'"', b"%PDF-1.4 ")[:-2]


STORY: Final = "เล่าเรื่องที่พิมพ์ไว้แล้วอย่างยาว"
END: Final = b"--" + BOUNDARY + b"--\r\n"
MANY_FILES: Final = b"".join(head_of_file(b"%d.pdf" % number) + b"\r\n" for number in range(MOST_FILES + 60))


def answers() -> bytes:
    """Everything else that the form asks."""
    given = {"csrfmiddlewaretoken": TOKEN, **filled(story=STORY)}
    return b"".join(text_part(name.encode(), value.encode()) for name, value in given.items())


def sent(body: Body, content_type: str = MULTIPART) -> tuple[Any, float]:
    """The answer, and how many megabytes were in memory at the most."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies["csrftoken"] = TOKEN
    client.get(FORM)
    environ: dict[str, Any] = {"wsgi.input": body, "CONTENT_LENGTH": str(body.length)}
    tracemalloc.start()
    try:
        answer = client.generic("POST", FORM, content_type=content_type, CONTENT_TYPE=content_type, **environ)
        return answer, tracemalloc.get_traced_memory()[1] / MEGABYTE
    finally:
        tracemalloc.stop()


FORM_OF_ONE_LINE: Final = "application/x-www-form-urlencoded"
TOO_MUCH: Final[dict[str, list[bytes | int]]] = {
    "a text": [text_part(b"story", b"")[:-2], SENT * MEGABYTE, b"\r\n"],
    "texts": [text_part(b"f%d" % number, b"x" * 90_000) for number in range(900)],
    "fields": [text_part(b"f" * 400 + b"%d" % number, b"") for number in range(1500)],
}


@pytest.mark.parametrize("kind", [*TOO_MUCH, FORM_OF_ONE_LINE])
def test_too_much_text_is_said_to_be_too_much(kind: str) -> None:
    if kind == FORM_OF_ONE_LINE:
        one_line = Body(b"csrfmiddlewaretoken=" + TOKEN.encode() + b"&story=", SENT * MEGABYTE)
        answer, megabytes = sent(one_line, kind)
    else:
        answer, megabytes = sent(Body(answers(), *TOO_MUCH[kind], END))
    page = answer.content.decode()
    assert answer.status_code == 413
    assert "ส่งข้อมูลมามากเกินไปในครั้งเดียว" in page
    assert "๑๐ ไฟล์" in page
    assert megabytes < KEPT
    assert not Petition.objects.exists()


def test_a_request_that_says_it_is_larger_than_a_full_form_is_not_read_at_all() -> None:
    first = answers()
    body = Body(first, head_of_file(b"a.pdf"), (most_megabytes() + 1) * MEGABYTE, b"\r\n", END)
    answer, megabytes = sent(body)
    assert (answer.status_code, body.left) == (413, b"")
    assert next(body.pieces) == first
    assert megabytes < KEPT


def test_of_a_file_that_is_too_large_little_is_kept_and_what_was_typed_stays() -> None:
    answer, megabytes = sent(Body(head_of_file(b"a.pdf"), SENT * MEGABYTE, b"\r\n", answers(), END))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f"“a.pdf” มีขนาด {to_thai_digits(SENT + 1)} เมกะไบต์" in page
    assert STORY in page
    assert megabytes < KEPT
    assert not Petition.objects.exists()


def test_of_a_file_that_is_too_large_the_disk_holds_the_beginning() -> None:
    handler = LimitedFile()
    handler.new_file("attachments", "a.pdf", "application/pdf", None)
    for start in range(0, SENT * MEGABYTE, MEGABYTE):
        handler.receive_data_chunk(b"x" * MEGABYTE, start)
    file: Any = handler.file_complete(SENT * MEGABYTE)
    assert file.size == SENT * MEGABYTE
    assert Path(file.temporary_file_path()).stat().st_size == 21 * MEGABYTE
    file.close()


def test_a_file_comes_in_on_the_disk_of_the_data_and_goes_with_its_request(settings: Any) -> None:
    place = settings.FILE_UPLOAD_TEMP_DIR
    assert place.parent == settings.DATA_DIR
    assert place.stat().st_mode & 0o777 == 0o700
    request = RequestFactory().post(
        "/", {"files": SimpleUploadedFile("plan.pdf", b"%PDF" + b"x" * 3 * MEGABYTE)}
    )
    coming: Any = request.FILES["files"]
    path = Path(coming.temporary_file_path())
    assert path.parent == place
    assert path.exists()
    request.close()
    assert not path.exists()


def test_what_a_killed_process_left_of_a_file_goes_after_a_day(settings: Any, tmp_path: Path) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "uploading"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir()
    (settings.FILE_UPLOAD_TEMP_DIR / "of-today").touch()
    of_before = settings.FILE_UPLOAD_TEMP_DIR / "of-before"
    of_before.touch()
    now = timezone.now()
    os.utime(of_before, times=((now - timedelta(hours=25)).timestamp(),) * 2)
    rounds.sweep(lambda: now)
    assert [one.name for one in settings.FILE_UPLOAD_TEMP_DIR.iterdir()] == ["of-today"]


def test_files_beyond_number_are_passed_over_and_what_was_typed_stays() -> None:
    answer, megabytes = sent(Body(MANY_FILES, answers(), END))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f"แนบได้ไม่เกิน ๑๐ ไฟล์ “{MOST_FILES - 1}.pdf” จึงยังไม่ได้แนบ" in page
    assert f"“{MOST_FILES}.pdf”" not in page
    assert STORY in page
    assert megabytes < KEPT
    assert not Petition.objects.exists()


@pytest.mark.parametrize(
    "said", ["multipart/form-data; boundary*=nothing''x", "text/plain; a*=rot''x", "\xff*=;;'"]
)
def test_a_kind_of_body_that_cannot_be_read_is_no_error(said: str) -> None:
    environ = RequestFactory().generic("POST", FORM, b"x", content_type="text/plain").environ
    statuses: list[str] = []
    answer: Any = Office()(environ | {"CONTENT_TYPE": said}, lambda status, _headers: statuses.append(status))
    assert b"".join(answer)
    assert statuses == ["403 Forbidden"]  # it brings no token
