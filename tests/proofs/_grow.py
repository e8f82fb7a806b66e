"""Multiplies the office that DATABASE_URL names and looks whether its copies are whole: arguments are how often, and
how many copies to open."""

from __future__ import annotations

import sys
import time

import django

django.setup()

from tests.proofs._copies import check_copies  # noqa: E402
from tests.proofs._multiply import multiply  # noqa: E402


def main() -> None:
    times, sample = int(sys.argv[1]), int(sys.argv[2])
    began = time.perf_counter()
    multiply(times)
    print(f"× {times} in {time.perf_counter() - began:.0f} s; {check_copies(times, sample)}")  # noqa: T201


if __name__ == "__main__":
    main()
