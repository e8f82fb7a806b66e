"""Files that come in: checked, kept privately under their content's hash, and attached to a matter.

An accepted file first waits (`Upload`), so that a form with a fault elsewhere does not lose it; `attach` makes it a
Document. What nobody sent in the end is swept after a day.
"""

from __future__ import annotations

import hashlib
import logging
import math
import unicodedata
import uuid
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from office.figures import figures
from office.file_types import KINDS, FileKind, NotTaken, kind_of
from office.models import Document, Matter, User
from office.storage import WAITING, is_full, is_kept, keep_once, put_in_place

logger = logging.getLogger(__name__)

WAITING_HOURS: Final = 24
NAME_MAX: Final = 200  # characters, as Document.name has it
MEGABYTE: Final = 1024 * 1024
_SALT: Final = "waiting-upload"


class UploadGone(Exception):
    """A token that is not ours, or older than a day."""


@dataclass(frozen=True)
class Upload:
    """An accepted file that waits to be attached: where it waits, its safe name, size in bytes, hash and type."""

    key: str
    name: str
    size: int
    sha256: str
    content_type: str

    @property
    def path(self) -> str:
        return f"{WAITING}/{self.key}"

    def token(self) -> str:
        """A signed text for a hidden field; whoever holds it may attach the file, for a day."""
        return signing.dumps(asdict(self), salt=_SALT, compress=True)

    @classmethod
    def from_token(cls, token: str) -> Upload:
        """The upload a token stands for; raises UploadGone."""
        try:
            upload = cls(**signing.loads(token, salt=_SALT, max_age=timedelta(hours=WAITING_HOURS)))
        except (signing.BadSignature, TypeError) as broken:
            raise UploadGone from broken
        if not default_storage.exists(upload.path):
            raise UploadGone
        return upload


def accept(file: UploadedFile) -> Upload:
    """Check an uploaded file and let it wait. A ValidationError says what is wrong with it, by its name."""
    name = safe_name(file.name or "")
    if (file.size or 0) > settings.FILE_MAX_MEGABYTES * MEGABYTE:
        raise ValidationError(
            _("“%(name)s” is %(size)s MB. A file may have at most %(limit)s MB."),
            code="too_large",
            params={
                "name": name,
                "size": figures(math.ceil((file.size or 0) / MEGABYTE)),
                "limit": figures(settings.FILE_MAX_MEGABYTES),
            },
        )
    if not file.size:
        raise ValidationError(_("“%(name)s” is empty."), code="empty", params={"name": name})
    try:
        kind = kind_of(file)
    except NotTaken as refused:
        raise ValidationError(
            _("“%(name)s” is %(what)s and cannot be taken. Attach one of the kinds named in the form."),
            code="kind",
            params={"name": name, "what": refused.what},
        ) from refused
    upload = Upload(uuid.uuid4().hex, safe_name(name, kind), file.size, _sha256(file), kind.content_type)
    file.seek(0)
    try:
        default_storage.save(upload.path, File(file))
    except OSError as fault:
        if not is_full(fault):
            raise
        logger.error("There is no room for files")
        raise ValidationError(
            _(
                "“%(name)s” cannot be kept now: there is no room for files. What you wrote is still here. "
                "Send it without the file, or try again in an hour."
            ),
            code="no_space",
            params={"name": name},
        ) from fault
    return upload


def wait_again(upload: Upload, content: bytes) -> Upload:
    """Let a file that was accepted before wait anew, for another day; `content` are its bytes."""
    again = replace(upload, key=uuid.uuid4().hex)
    default_storage.save(again.path, ContentFile(content))
    return again


def attach(
    matter: Matter, files: Iterable[Upload], *, source: str, added_by: User | None, now: datetime
) -> list[Document]:
    """Make waiting files documents of a matter. The bytes are in place before the rows are; the same bytes once."""
    unique = {upload.sha256: upload for upload in files}
    documents = []
    for upload in unique.values():
        document = Document(
            matter_id=matter.pk,
            name=upload.name,
            sha256=upload.sha256,
            size=upload.size,
            content_type=upload.content_type,
            source=source,
            added_at=now,
            added_by=added_by,
        )
        keep(upload, document.path)
        documents.append(document)
    return Document.objects.bulk_create(documents)


def drop_abandoned_uploads(now: datetime) -> int:
    """Delete the files that have waited for longer than a day. Returns how many."""
    # An hour more than a token lives, so that a file never goes while it is being attached.
    before = now - timedelta(hours=WAITING_HOURS + 1)
    dropped = 0
    if not default_storage.exists(WAITING):
        return dropped
    for key in default_storage.listdir(WAITING)[1]:
        path = f"{WAITING}/{key}"
        if default_storage.get_modified_time(path) < before:
            default_storage.delete(path)
            dropped += 1
    return dropped


def safe_name(given: str, kind: FileKind | None = None) -> str:
    """A name fit to be shown and saved: no folders, no invisible or reversing characters, the ending of its kind."""
    name = unicodedata.normalize("NFC", given.replace("\\", "/").rpartition("/")[2])
    visible = (letter if unicodedata.category(letter)[0] != "C" else " " for letter in name)
    name = " ".join("".join(visible).replace('"', "”").split()).lstrip(". ")
    stem, ending = Path(name).stem, Path(name).suffix
    if kind and ending.lower() not in kind.endings:
        known = {known for one in KINDS for known in one.endings}
        stem, ending = (stem if ending.lower() in known else name), kind.endings[0]
    shown = stem or _("File")
    return f"{shown[: NAME_MAX - len(ending)]}{ending}"


def keep(upload: Upload, path: str) -> None:
    """Put the bytes where they stay, whole or not at all; they may be there already."""
    if is_kept(path, upload.size):
        return
    with default_storage.open(upload.path) as waiting:
        try:
            final = Path(default_storage.path(path))
        except NotImplementedError:  # an object store, which writes only whole objects
            keep_once(path, File(waiting))
            return
        copy = Path(
            default_storage.path(default_storage.save(f"{WAITING}/{uuid.uuid4().hex}", File(waiting)))
        )
    put_in_place(copy, final)


def _sha256(file: UploadedFile) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()
