"""How much is tried of what people hand in, and what they type."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck
from hypothesis import settings as how
from hypothesis import strategies as st

from projectplan.planfile import PlanFileError

FIXTURES_ARE_SHARED: Final = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


def bounded(examples: int) -> how:
    """So many examples, the same in every run."""
    return how(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=FIXTURES_ARE_SHARED,
    )


@contextlib.contextmanager
def taken_back() -> Iterator[None]:
    """What an example wrote is gone after it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def outcome(read_in: Callable[[Any], Any], given_in: Any) -> tuple[Any, list[str]]:
    """What was made of it, or what is wrong with it in words; anything else fails the test."""
    try:
        return read_in(given_in), []
    except ValidationError as refused:
        return None, refused.messages
    except PlanFileError as refused:
        return None, list(map(str, refused.faults))


PIECES: Final = st.sampled_from(
    [
        *(
            "0",
            "9",
            "29",
            "31",
            "2553",
            "2552",
            "2400",
            "2942",
            "1900",
            "2399",
            "๒๙",
            "๒๕๕๓",
            "๐",
            "99999999999",
        ),
        *(
            "/",
            "-",
            ".",
            ",",
            ":",
            "–",
            "น.",
            "พ.ศ.",
            "ค.ศ.",
            "be",
            "ad",
            "ก.พ.",
            "กุมภาพันธ์",
            "february",
            "วันที่",
            "เดือน",
        ),
        *("¹", "²", "٣", "三", "Ⅳ", "𝟗", "+", "_", "e", "nan", "inf", "Infinity", "1e999", "-0", "0x1f"),
        *("\x00", "\u200b", "\ud800", "\ufeff", "\n", "\t"),
    ]
)
TYPED: Final = st.one_of(
    st.text(max_size=60),
    st.lists(PIECES, max_size=9).map("".join),
    st.lists(PIECES, max_size=9).map(" ".join),
    st.sampled_from(["9" * 19, "9" * 400, "9" * 5000, "๙" * 5000, "-" + "9" * 30, "9" * 20 + ".00"]),
)
