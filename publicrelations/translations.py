"""The versions of a translation as a page lists them."""

from __future__ import annotations

from dataclasses import dataclass

from publicrelations.models import ForeignDocument, Translation


@dataclass(frozen=True)
class Version:
    """One version, and the one before it to compare with."""

    translation: Translation
    before: Translation | None


def versions_of(document: ForeignDocument) -> list[Version]:
    """The versions, the newest first; one query."""
    rows = Translation.objects.filter(document_id=document.pk).select_related("written_by")
    found = list(rows.order_by("version"))
    earlier: list[Translation | None] = [None, *found]
    return [Version(one, before) for one, before in zip(found, earlier, strict=False)][::-1]
