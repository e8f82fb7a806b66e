"""Warming up: what a process reads before the first who come."""

import gc
import subprocess
import sys

from django.conf import settings

from office import thai_words
from office.warming import warm_up

PAGES = """
from resource import RUSAGE_SELF, getrusage
from office.warming import keep_memory

def handed_out():
    before = getrusage(RUSAGE_SELF).ru_minflt
    for _page in range(5):
        rows = [{"number": number, "words": str(number)} for number in range(20_000)]
        del rows
    return getrusage(RUSAGE_SELF).ru_minflt - before

handed_out()
before = handed_out()
keep_memory()
handed_out()
print(before, handed_out())
"""
DEPTHS = """
from resource import RUSAGE_SELF, getrusage
from office.warming import with_room

def drawn(parts):
    return drawn(parts - 1) if parts else None

def page(depth):
    if depth:
        return page(depth - 1)
    before = getrusage(RUSAGE_SELF).ru_minflt
    for _part in range(200):
        drawn(10)
    return getrusage(RUSAGE_SELF).ru_minflt - before

@with_room
def roomy(depth):
    return page(depth)

print(max(page(depth) for depth in range(150)), max(roomy(depth) for depth in range(150)))
"""


def test_the_dictionary_is_there_before_the_first_text_is_cut() -> None:
    thai_words._read.cache_clear()
    try:
        warm_up().join()
        assert thai_words._read.cache_info().currsize == 1
        assert thai_words.cut("โรงเรียนบ้านหนองบัว")[0] == "โรงเรียน"
    finally:
        gc.unfreeze()


def test_what_stays_is_passed_by_the_collector() -> None:
    try:
        warm_up().join()
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()


def test_the_memory_of_a_page_is_not_asked_for_again_with_the_next() -> None:
    """Counted by the system: how often it had to hand out a piece, in a process of its own."""
    before, after = map(int, _told(PAGES))
    assert after < 100 < before


def test_no_page_is_drawn_at_the_border_of_two_pieces_of_the_stack() -> None:
    """Counted by the system: at some depth of calls it had to hand out a piece each time; with room at none."""
    without, with_room = map(int, _told(DEPTHS))
    assert with_room < 100 < without


def _told(program: str) -> list[str]:
    """What a program printed, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=settings.BASE_DIR
    )
    return done.stdout.split()
