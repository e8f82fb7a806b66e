"""What an agency is to the ministry, for those that were there before the network had kinds; put in place once."""

from __future__ import annotations

from typing import Final

from office.models import Agency
from office.thai import name_key

CORE: Final = ("สป.", "สกศ.", "สพฐ.", "สอศ.", "สกอ.")
UNRANKED: Final = 100
SUPERVISED: Final = (
    "สำนักงาน ก.ค.ศ.", "สช.", "สำนักงาน กศน.", "สำนักงาน สกสค.", "คุรุสภา", "สสวท.", "สทศ.", "สมศ.", "กยศ.", "สลช.",
    "สคบศ.", "องค์การค้า",
)  # fmt: skip


def first_kind_of(short_name: str) -> str:
    """What the agency of a short name is, where the office has not said otherwise."""
    if short_name in CORE:
        return Agency.Kind.CORE
    return Agency.Kind.SUPERVISED if short_name in SUPERVISED else Agency.Kind.OTHER


def first_rank_of(short_name: str) -> int:
    """The five core organisations in the order in which the ministry names them, before all others."""
    return CORE.index(short_name) + 1 if short_name in CORE else UNRANKED


def load(using: str) -> None:
    """Agencies that were never sorted by name were written down before the network was: they get what it needs."""
    rows = list(Agency.objects.using(using).filter(sort_name=""))
    for row in rows:
        row.sort_name, row.kind = name_key(row.name), first_kind_of(row.short_name)
        row.rank = first_rank_of(row.short_name)
    Agency.objects.using(using).bulk_update(rows, ["sort_name", "kind", "rank"])
