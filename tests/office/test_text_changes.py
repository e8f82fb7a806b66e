"""What was changed in a Thai text, word by word: every letter kept, no word torn, spaces not left as crumbs."""

from __future__ import annotations

import os
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from office.text_changes import Fate, Run, changes
from office.thai_words import cut

OLD = "กระทรวงศึกษาธิการได้จัดสรรเงินอุดหนุนแล้ว"
NEW = "กระทรวงศึกษาธิการได้จัดสรรงบประมาณแล้ว"


def old_of(runs: list[Run]) -> str:
    return "".join(run.text for run in runs if not run.is_new)


def new_of(runs: list[Run]) -> str:
    return "".join(run.text for run in runs if not run.is_gone)


def test_a_word_that_was_changed_is_shown_whole() -> None:
    assert changes(OLD, NEW) == [
        Run(Fate.SAME, "กระทรวงศึกษาธิการได้จัดสรร"),
        Run(Fate.GONE, "เงินอุดหนุน"),
        Run(Fate.NEW, "งบประมาณ"),
        Run(Fate.SAME, "แล้ว"),
    ]


def test_equal_texts_have_no_changes() -> None:
    assert changes(OLD, OLD) == [Run(Fate.SAME, OLD)]
    assert changes("", "") == []


def test_a_paragraph_that_was_put_in_leaves_the_others_alone() -> None:
    assert changes("ย่อหน้าแรก\nย่อหน้าสอง\n", "ย่อหน้าแรก\nแทรกใหม่\nย่อหน้าสอง\n") == [
        Run(Fate.SAME, "ย่อหน้าแรก\n"),
        Run(Fate.NEW, "แทรกใหม่\n"),
        Run(Fate.SAME, "ย่อหน้าสอง\n"),
    ]


def test_a_space_between_two_changes_is_part_of_them() -> None:
    runs = changes("เก็บเงิน โรงเรียน", "คืนเงิน สถานศึกษา")
    assert Run(Fate.SAME, " ") not in runs
    assert (old_of(runs), new_of(runs)) == ("เก็บเงิน โรงเรียน", "คืนเงิน สถานศึกษา")


@pytest.mark.parametrize(
    "text", ["ข้อ ๑ คนละ ๑,๕๐๐ บาท (ศธ ๐๒๐๑/๑๒๓)", "ๆ ฯลฯ", "English คำไทย 123", "\u200bก\tข\n\nค"]
)
def test_words_joined_again_are_the_text(text: str) -> None:
    assert "".join(cut(text)) == text


@settings(max_examples=150, deadline=None)
@given(
    st.text(alphabet="กขคงำเแใไาิีุู่้์ๆ ๑๒ab\n.", max_size=60), st.text(alphabet="กขคงำเแใไาิีุู่้์ๆ ๑๒ab\n.", max_size=60)
)
def test_nothing_of_either_text_is_lost(old: str, new: str) -> None:
    runs = changes(old, new)
    assert (old_of(runs), new_of(runs)) == (old, new)
    assert all(one.fate is not other.fate for one, other in pairwise(runs))


def test_long_texts_are_compared_whole() -> None:
    paragraph = OLD * 40
    old = "\n".join(f"{number} {paragraph}" for number in range(25))
    new = old.replace("เงินอุดหนุน", "งบประมาณ")
    runs = changes(old, new)
    assert (old_of(runs), new_of(runs)) == (old, new)
    assert sum(run.is_new for run in runs) == 25 * 40


def test_cutting_leaves_no_folder_in_a_home() -> None:
    cut("กระทรวงศึกษาธิการ")
    assert os.environ["PYTHAINLP_READ_ONLY"] == "1"
    assert not (Path(__file__).parent / "pythainlp-data").exists()
