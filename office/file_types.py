"""What a file is by its content, whatever the browser or its name says, and which kinds the office takes."""

from __future__ import annotations

import codecs
import re
import zipfile
from dataclasses import dataclass
from typing import IO, Final

import puremagic
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

HEAD_BYTES: Final = 8192
CHUNK_BYTES: Final = 64 * 1024


@dataclass(frozen=True)
class FileKind:
    """A kind of file the office takes: its content type, and the endings its name may have (the first is given)."""

    content_type: str
    endings: tuple[str, ...]
    is_shown_inline: bool = False


PDF = FileKind("application/pdf", (".pdf",), is_shown_inline=True)
TEXT = FileKind("text/plain", (".txt", ".csv", ".md"))
_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"
DOCX = FileKind(f"{_OFFICE}.wordprocessingml.document", (".docx",))
XLSX = FileKind(f"{_OFFICE}.spreadsheetml.sheet", (".xlsx",))
PPTX = FileKind(f"{_OFFICE}.presentationml.presentation", (".pptx",))
ODT = FileKind(f"{_OPEN}.text", (".odt",))
ODS = FileKind(f"{_OPEN}.spreadsheet", (".ods",))
SIGNED: Final = [
    PDF,
    FileKind("image/jpeg", (".jpg", ".jpeg"), is_shown_inline=True),
    FileKind("image/png", (".png",), is_shown_inline=True),
    FileKind("image/webp", (".webp",), is_shown_inline=True),
    FileKind("image/gif", (".gif",), is_shown_inline=True),
]
"""Kinds told by their first bytes alone."""
KINDS: Final = [*SIGNED, DOCX, XLSX, PPTX, ODT, ODS, TEXT]
BY_CONTENT_TYPE: Final = {kind.content_type: kind for kind in KINDS}
ACCEPT: Final = ",".join(ending for kind in KINDS for ending in kind.endings)
"""For the `accept` attribute of a file input: a help for the chooser, never a check."""

_PARTS: Final = {"word/": DOCX, "xl/": XLSX, "ppt/": PPTX}
_PROGRAMS: Final = (
    b"MZ",
    b"\x7fELF",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"L\x00\x00\x00\x01\x14\x02",
)
_ACTIVE: Final = {"text/html": _("a web page"), "image/svg+xml": _("an SVG drawing")}
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class NotTaken(Exception):
    """The office does not take this kind of file; `what` says in words what it is."""

    def __init__(self, what: str | Promise) -> None:
        super().__init__(str(what))
        self.what = what


def kind_of(stream: IO[bytes]) -> FileKind:
    """The kind of a file the office takes, by its content; raises NotTaken for every other."""
    stream.seek(0)
    head = stream.read(HEAD_BYTES)
    if head.startswith(_PROGRAMS) and not _is_text(stream):
        raise NotTaken(_("a program"))
    if head.startswith(_OLD_OFFICE):
        raise NotTaken(_("an old or password-protected Office document"))
    guesses = _guesses(head)
    for kind in SIGNED:
        if any(guess.mime_type == kind.content_type for guess in guesses):
            return kind
    if head.startswith(b"PK"):
        return _kind_in_archive(stream)
    active = next(
        (words for mime, words in _ACTIVE.items() if any(guess.mime_type == mime for guess in guesses)), None
    )
    if active is None and _is_text(stream):
        return TEXT
    raise NotTaken(active or _words_for(guesses))


def _guesses(head: bytes) -> list[puremagic.PureMagicWithConfidence]:
    """What the first bytes may be, only the guesses nothing surpasses."""
    try:
        found = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return []
    best = max(guess.confidence for guess in found)
    return [guess for guess in found if guess.confidence == best]


def _kind_in_archive(stream: IO[bytes]) -> FileKind:
    """Word, Excel, PowerPoint and OpenDocument files are archives; what lies in them tells which."""
    try:
        with zipfile.ZipFile(stream) as archive:
            names = archive.namelist()
            declared = (
                archive.open("mimetype").read(100).decode("ascii", "replace") if "mimetype" in names else ""
            )
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as broken:
        raise NotTaken(_("a broken archive")) from broken
    if any(name.endswith("vbaProject.bin") for name in names):
        raise NotTaken(_("a document with macros"))
    for kind in (ODT, ODS):
        if declared.strip() == kind.content_type:
            return kind
    if "[Content_Types].xml" in names:
        for start, kind in _PARTS.items():
            if any(name.startswith(start) for name in names):
                return kind
    raise NotTaken(_("an archive (.zip)"))


def _is_text(stream: IO[bytes]) -> bool:
    """Whether the whole file is UTF-8 text without control characters, and not empty."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    stream.seek(0)
    seen = False
    try:
        while chunk := stream.read(CHUNK_BYTES):
            text = decoder.decode(chunk)
            if _CONTROL.search(text):
                return False
            seen = True
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return seen


def _words_for(guesses: list[puremagic.PureMagicWithConfidence]) -> str | Promise:
    """What a file is, in words for the one who sent it."""
    families = {guess.mime_type.partition("/")[0] for guess in guesses}
    if "video" in families:
        return _("a video")
    if "audio" in families:
        return _("a sound recording")
    ending = next((guess.extension for guess in guesses if guess.extension), "")
    return (
        _("a file of the kind %(ending)s") % {"ending": ending} if ending else _("a file of an unknown kind")
    )
