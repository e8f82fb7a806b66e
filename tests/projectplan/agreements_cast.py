"""How agreements are made for the tests, and brought along their path by the right people."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from office.calendar import OFFICE_TZ
from office.models import User
from projectplan.agreement_path import act, begin, write
from projectplan.models import Agreement

YEAR = 2553
NOW = datetime(2009, 11, 17, 10, 0, tzinfo=OFFICE_TZ)
HALF_OVER = datetime(2010, 4, 2, 10, 0, tzinfo=OFFICE_TZ)
YEAR_OVER = datetime(2010, 9, 28, 10, 0, tzinfo=OFFICE_TZ)


def line(
    weight: int | str = 100, name: str = "ร้อยละของเรื่องที่เสนอความเห็นทันเวลา", **given: Any
) -> dict[str, Any]:
    """A line in percent with the plan's usual levels."""
    levels = {f"level_{number}": Decimal(50 + 10 * number) for number in range(1, 6)}
    target = Decimal(100)
    return {"name": name, "unit": "ร้อยละ", "target": target, "weight": Decimal(weight)} | levels | given


def fresh(agreement: Agreement) -> Agreement:
    return Agreement.objects.get(pk=agreement.pk)


def begun(signer: User, superior: User, *lines: dict[str, Any], year: int = YEAR, **given: Any) -> Agreement:
    """A draft of the signer's own; with lines they are written."""
    person = given.get("person", signer)
    agreement = begin(year=year, person=person, signer=signer, superior=superior, now=given.get("now", NOW))
    if lines:
        write(agreement, lines, by=signer, seen=agreement.version, now=given.get("now", NOW))
    return fresh(agreement)


def do(agreement: Agreement, name: str, by: User, *, now: datetime = NOW, **given: Any) -> Agreement:
    """An act of somebody who has just opened the page."""
    return act(agreement, name, by=by, seen=fresh(agreement).version, now=now, **given)


def in_force(
    signer: User, superior: User, *lines: dict[str, Any], now: datetime = NOW, **given: Any
) -> Agreement:
    """Signed by both."""
    agreement = begun(signer, superior, *(lines or (line(),)), now=now, **given)
    for name, by in (("propose", signer), ("agree", superior), ("sign", signer), ("confirm", superior)):
        do(agreement, name, by, now=now)
    return fresh(agreement)


def found(agreement: Agreement, *values: int | str) -> dict[int, tuple[Decimal, str]]:
    """What was reached of each line, without a remark."""
    return {row.pk: (Decimal(value), "") for row, value in zip(agreement.lines.all(), values, strict=True)}
