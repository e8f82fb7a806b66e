"""Warming up: what a process reads before the first who come."""

import gc

from office import thai_words
from office.warming import warm_up


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
