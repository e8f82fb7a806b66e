"""Small real documents for a few petitions: the petitioner's letter as a PDF, a picture of the place."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from typing import Final

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.html import format_html

from complaints.models import Petition
from office.documents import accept, attach
from office.models import Document
from office.paper import render_pdf
from office.thai import format_long
from projectplan.demo.clock import datetime_of
from projectplan.demo.facts import Facts

DOCUMENTS: Final = 14
LETTER_EVERY: Final = 3  # the others are pictures
WIDTH, HEIGHT = 160, 100


def attach_documents(newest: list[Facts], *, with_letters: bool) -> None:
    """Every third of the newest petitions gets one: a letter or a picture."""
    for number, facts in enumerate(newest[::-3][:DOCUMENTS]):
        if with_letters and number % LETTER_EVERY == 0:
            file = SimpleUploadedFile("หนังสือร้องเรียน.pdf", _letter(facts), "application/pdf")
        else:
            file = SimpleUploadedFile("ภาพถ่ายสถานที่.png", _picture(facts.key), "image/png")
        _attach(facts, file)


def _attach(facts: Facts, file: SimpleUploadedFile) -> None:
    upload = accept(file)
    petition = Petition.objects.get(pk=facts.key)
    is_web = petition.channel == Petition.Channel.WEB
    attach(
        petition,
        [upload],
        source=Document.Source.PETITIONER,
        added_by=None if is_web else petition.owner,
        now=petition.registered_at,
    )
    default_storage.delete(upload.path)


def _letter(facts: Facts) -> bytes:
    day = format_long(datetime_of(facts.arrival.received).date())
    html = format_html(
        "<html lang='th'><body><p>{}</p><h1>{}</h1><p>เรียน รัฐมนตรีว่าการกระทรวงศึกษาธิการ</p><p>{}</p>"
        "<p>ขอแสดงความนับถือ</p></body></html>",
        day,
        facts.writing.title,
        facts.writing.story,
    )
    return render_pdf(str(html), title=facts.writing.title)


def _picture(seed: int) -> bytes:
    """A landscape of two colours under a sun, as PNG."""
    rows = []
    horizon, sun = 45 + seed % 25, 25 + seed * 37 % 110
    for y in range(HEIGHT):
        row = bytearray([0])
        for x in range(WIDTH):
            if (x - sun) ** 2 + (y - 25) ** 2 < 150:
                row += bytes((250, 214, 120))
            elif y < horizon:
                row += bytes((150 + y // 2, 190 + y // 4, 225))
            else:
                row += bytes((110 + (x * y) % 17, 140, 90))
        rows.append(bytes(row))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    parts: Iterable[tuple[bytes, bytes]] = (
        (b"IHDR", header),
        (b"IDAT", zlib.compress(b"".join(rows), 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
