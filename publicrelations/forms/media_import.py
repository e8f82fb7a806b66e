"""The file of a list of media, read as it comes; and what travels from the preview to the word that confirms it."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.core import signing

from office.list_file_form import ListFileForm
from office.list_files import Line
from publicrelations.media_columns import HEADINGS

LASTS: Final = timedelta(hours=1)
_SALT: Final = "media-import"


class MediaImportForm(ListFileForm):
    """The list of media, read as it comes."""

    headings = HEADINGS


def seal(fields: list[str], lines: list[Line], user_pk: int) -> str:
    """What was read, for a hidden field of the same person's next request; nothing is kept meanwhile."""
    return signing.dumps([fields, lines], salt=f"{_SALT}:{user_pk}", compress=True)


def unseal(sealed: str, user_pk: int) -> tuple[list[str], list[Line]] | None:
    """What was read an hour ago at most, by this very person; else None."""
    try:
        fields, lines = signing.loads(sealed, salt=f"{_SALT}:{user_pk}", max_age=LASTS)
    except signing.BadSignature:
        return None
    return fields, [(number, cells) for number, cells in lines]
