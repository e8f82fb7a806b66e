"""Files of the project's rows: put away with their row, handed out to who may read it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

from django.http import FileResponse

from office.documents import Upload
from office.documents import keep as put_away
from office.models import Document, User
from office.models.kept_file import KeptFile
from office.views.documents import handed_out


def keep(
    model: type[KeptFile], files: Iterable[Upload], *, by: User, now: datetime, **row: Any
) -> list[KeptFile]:
    """Make accepted files belong to a row; the bytes are in place before the rows are, and the same bytes once."""
    known = set(model._default_manager.filter(**row).values_list("sha256", flat=True))
    unique = {upload.sha256: upload for upload in files if upload.sha256 not in known}
    kept = []
    for upload in unique.values():
        one = model.of(upload, added_at=now, added_by=by, **row)
        put_away(upload, one.path)
        kept.append(one)
    return list(model._default_manager.bulk_create(kept))


def hand_out(file: KeptFile) -> FileResponse:
    """The file on its way out, like a document of a matter."""
    response = handed_out(cast(Document, file))
    response["Cache-Control"] = "private, no-store"
    return response
