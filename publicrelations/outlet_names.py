"""Outlets and reporters by what people call them: recognised, and found again when written down twice."""

from __future__ import annotations

from publicrelations.models import MediaOutlet, Reporter

PREFIXES = ("หนังสือพิมพ์", "นสพ.", "สถานีโทรทัศน์", "สถานีวิทยุ", "สำนักข่าว", "เว็บไซต์", "ช่อง")
"""What is written before the name of an outlet or left away."""


def one_line(text: str) -> str:
    """A name as it is kept: single spaces, none around it."""
    return " ".join(text.split())


def short_of(name: str) -> str:
    """The same for `หนังสือพิมพ์ ไทยรัฐ`, `นสพ.ไทยรัฐ` and `ไทยรัฐ`: by which doubles are found."""
    rest = one_line(name)
    prefix = next((one for one in PREFIXES if rest.startswith(one) and rest != one), "")
    return rest.removeprefix(prefix).replace(" ", "").casefold()


def outlet_called(name: str) -> MediaOutlet | None:
    """The outlet in use of this name, written out or in short; None where none or several have it."""
    whole = MediaOutlet.objects.in_use().filter(name=one_line(name)).first()
    if whole:
        return whole
    alike = [one for one in MediaOutlet.objects.in_use() if short_of(one.name) == short_of(name)]
    return alike[0] if len(alike) == 1 else None


def outlets_alike(outlet: MediaOutlet) -> list[MediaOutlet]:
    """Other outlets that may be this one, written down twice."""
    others = MediaOutlet.objects.filter(merged_into__isnull=True).exclude(pk=outlet.pk)
    return [one for one in others if short_of(one.name) == short_of(outlet.name)]


def reporters_alike(reporter: Reporter) -> list[Reporter]:
    """Other reporters of this name, wherever they work: perhaps the same person."""
    others = Reporter.objects.filter(name=reporter.name, merged_into__isnull=True).exclude(pk=reporter.pk)
    return list(others.select_related("outlet").order_by("pk"))
