"""Keeping an unfinished public form for another day: locked with a code that only its writer has, files included.

Nothing of it is kept on the writer's own device: many share a telephone, and closing the page must take it away.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from complaints.models import Draft
from office import seals
from office.documents import Upload, wait_again

PURPOSE: Final = "draft"
FOLDER: Final = "drafts"
SEALED_CODE: Final = "draft-code"
"""Purpose of the seal under which a page carries the code of its draft."""


@dataclass
class Unfinished:
    """What somebody had typed, by field, and the files they had attached."""

    typed: dict[str, str] = field(default_factory=dict)
    files: list[Upload] = field(default_factory=list)


def fingerprint(code: str) -> str:
    """What a draft is found by; the code itself is stored nowhere."""
    return seals.fingerprint(seals.normal_code(code), purpose=PURPOSE)


def find(code: str, now: datetime) -> Draft | None:
    """The draft of a code, if its time is not over."""
    return Draft.objects.filter(fingerprint=fingerprint(code), expires_at__gt=now).first()


def file_count(draft: Draft, code: str) -> int:
    """How many files are kept with it."""
    return len(_contents(draft, code)["files"])


def save(unfinished: Unfinished, *, code: str = "", now: datetime) -> tuple[Draft, str]:
    """Keep a form under its code, a new one when it has none or its draft is no longer there.

    Returns the draft with the code to show. Every saving begins the days it is kept anew.
    """
    draft = find(code, now) if code else None
    if draft is None:
        code = seals.new_long_code()
        draft = Draft(fingerprint=fingerprint(code))
    before = _contents(draft, code) if draft.pk else {"files": []}
    kept = _keep_files(draft, unfinished.files, before["files"], code)
    _write(draft, {"typed": unfinished.typed, "files": kept}, code, now)
    _drop_files(draft, except_for={one["place"] for one in kept})
    return draft, code


def save_text(typed: dict[str, str], *, code: str, now: datetime) -> bool:
    """Keep what is typed now, the files as they were; False when the draft is no longer there."""
    draft = find(code, now)
    if draft is None:
        return False
    _write(draft, _contents(draft, code) | {"typed": typed}, code, now)
    return True


def take_up(code: str, now: datetime) -> Unfinished | None:
    """The form kept under a code, its files attached anew; None for a wrong code and for one whose time is over."""
    draft = find(code, now)
    if draft is None:
        return None
    contents = _contents(draft, code)
    return Unfinished(contents["typed"], [_file(draft, kept, code) for kept in contents["files"]])


def discard(code: str) -> None:
    """The form was sent: nothing of its draft stays."""
    for draft in Draft.objects.filter(fingerprint=fingerprint(code)):
        _remove(draft)


def drop_expired_drafts(now: datetime) -> int:
    """Delete what nobody finished in time. Returns how many."""
    dropped = 0
    for draft in Draft.objects.filter(expires_at__lte=now).iterator():
        _remove(draft)
        dropped += 1
    return dropped


def _contents(draft: Draft, code: str) -> dict[str, Any]:
    locked = base64.b64decode(draft.sealed)
    contents: dict[str, Any] = json.loads(seals.unlock_with_code(locked, code=code, purpose=PURPOSE))
    return contents


def _write(draft: Draft, contents: dict[str, Any], code: str, now: datetime) -> None:
    locked = seals.lock_with_code(
        json.dumps(contents, ensure_ascii=False).encode(), code=code, purpose=PURPOSE
    )
    draft.sealed = base64.b64encode(locked).decode()
    draft.saved_at = now
    draft.expires_at = now + timedelta(days=settings.DRAFT_DAYS)
    draft.save()


# ── Files: locked like the text, since they would be swept after a day ────────────────────────


def _folder(draft: Draft) -> str:
    return f"{FOLDER}/{draft.fingerprint}"


def _keep_files(
    draft: Draft, files: Iterable[Upload], before: list[dict[str, Any]], code: str
) -> list[dict[str, Any]]:
    """Lock the files that are new and keep those known; the same bytes once."""
    known = {one["sha256"]: one for one in before}
    kept: dict[str, dict[str, Any]] = {}
    for upload in files:
        if upload.sha256 in kept:
            continue
        kept[upload.sha256] = known.get(upload.sha256) or _lock_file(draft, upload, code)
    return list(kept.values())


def _lock_file(draft: Draft, upload: Upload, code: str) -> dict[str, Any]:
    with default_storage.open(upload.path) as waiting:
        locked = seals.lock_with_code(waiting.read(), code=code, purpose=PURPOSE)
    place = default_storage.save(f"{_folder(draft)}/{upload.key}", ContentFile(locked))
    return asdict(upload) | {"place": place}


def _file(draft: Draft, kept: dict[str, Any], code: str) -> Upload:
    """A file of a draft, waiting once more to be attached."""
    with default_storage.open(kept["place"]) as locked:
        content = seals.unlock_with_code(locked.read(), code=code, purpose=PURPOSE)
    upload = Upload(**{name: kept[name] for name in ("key", "name", "size", "sha256", "content_type")})
    return wait_again(upload, content)


def _drop_files(draft: Draft, *, except_for: set[str]) -> None:
    folder = _folder(draft)
    try:
        names = default_storage.listdir(folder)[1]
    except FileNotFoundError:
        return
    for name in names:
        if f"{folder}/{name}" not in except_for:
            default_storage.delete(f"{folder}/{name}")


def _remove(draft: Draft) -> None:
    """The row first: what is left when this is interrupted can be read by nobody."""
    draft.delete()
    _drop_files(draft, except_for=set())
    if default_storage.exists(_folder(draft)):
        default_storage.delete(_folder(draft))
