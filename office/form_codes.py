"""Form codes: what stands at the top right of a blank form, such as `รท-๑.๑`, and opens the right page to enter it.

The register's prefix, the kind of matter as the form counts them, the version of the form. No personal data is in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from office.thai import to_arabic_digits, to_thai_digits

ENTRIES: Final = {"petition": "complaints:intake"}
"""Where what came on a form of a register is entered."""

_SHAPE: Final = re.compile(r"(?P<prefix>\D+)(?P<kind>\d)\s*[.\-–]\s*(?P<version>\d{1,2})")


@dataclass(frozen=True)
class FormCode:
    """One blank form: the register it belongs to, the kind it is for, its version."""

    register: str
    kind: int
    version: int

    def __str__(self) -> str:
        """`รท-๑.๑`, as it is printed."""
        prefix = settings.SERIES_PREFIXES[self.register]
        return f"{prefix}-{to_thai_digits(self.kind)}.{to_thai_digits(self.version)}"

    @classmethod
    def parse(cls, typed: str) -> FormCode | None:
        """The code in whatever digits and with whatever marks between it was typed; None for anything else."""
        found = _SHAPE.fullmatch(to_arabic_digits(typed).strip())
        if not found:
            return None
        named = {settings.SERIES_PREFIXES[register]: register for register in ENTRIES}
        register = named.get(found["prefix"].strip(" .-–\t"))
        return cls(register, int(found["kind"]), int(found["version"])) if register else None

    @property
    def entry_address(self) -> str:
        """The page on which what came on this form is entered."""
        return f"{reverse(ENTRIES[self.register])}?{urlencode({'form': str(self)})}"
