"""The rules of time a room begins with: put in place for each promise that has none, from then on the office's own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from office.models import DeadlineRule

RULES_FROM: Final = date(2008, 10, 1)
"""The first day of fiscal year 2552, the oldest that is registered here."""
TO_BE_CONFIRMED: Final = "ค่าตั้งต้น รอสำนักงานยืนยัน"

FirstRule = tuple[str, str, str, int, str, str]
"""Kind of matter, promise, only for (such as chamber:kind), amount, unit, source; to be confirmed by the office."""


def load_first_rules(using: str, first_rules: Iterable[FirstRule]) -> None:
    """Put in place the rules of those promises that have none at all: a later list may know of more."""
    rules = DeadlineRule.objects.using(using)
    promises = set(rules.values_list("matter_kind", "kind").distinct())
    rules.bulk_create(
        DeadlineRule(
            matter_kind=matter_kind,
            kind=kind,
            scope=scope,
            amount=amount,
            unit=unit,
            in_force_from=RULES_FROM,
            source=source,
        )
        for matter_kind, kind, scope, amount, unit, source in first_rules
        if (matter_kind, kind) not in promises
    )
