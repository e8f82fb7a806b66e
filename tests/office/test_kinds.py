"""What the office knows of every kind as plain data: nothing is left out, and every page named is there."""

from __future__ import annotations

from django.urls import reverse

from office import menu
from office.models import Deadline
from office.promises import OWED_BY_OTHERS, PROMISES, RUNS_ON, verb_that_keeps


def test_every_kind_of_promise_is_known_and_has_a_verb() -> None:
    assert set(PROMISES) == set(Deadline.Kind)
    assert all(verb_that_keeps(kind, handed_on=False) for kind in Deadline.Kind)


def test_what_others_owe_runs_on() -> None:
    assert set(OWED_BY_OTHERS) < set(RUNS_ON)


def test_every_entry_of_the_menu_leads_somewhere_and_a_section_to_one_page() -> None:
    entries = [entry for group in menu.GROUPS for entry in group.entries]
    assert all(reverse(entry.page) for entry in entries)
    assert len({entry.section for entry in entries}) == len(
        {(entry.section, entry.page) for entry in entries}
    )
