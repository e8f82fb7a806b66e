"""Sessions begin with one row written, and never with another's key."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from office.sessions import SessionStore

pytestmark = pytest.mark.django_db


def test_one_whose_key_is_taken_begins_under_another(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = iter(["a" * 32, "a" * 32, "b" * 32])
    monkeypatch.setattr("office.sessions.get_random_string", lambda *_length_and_letters: next(keys))
    first, second = SessionStore(), SessionStore()
    first["whose"], second["whose"] = "first", "second"
    first.save()
    second.save()
    assert (first.session_key, second.session_key) == ("a" * 32, "b" * 32)
    assert [SessionStore(key)["whose"] for key in ("a" * 32, "b" * 32)] == ["first", "second"]


def test_nothing_is_asked_before_the_row_is_written(
    django_assert_num_queries: Callable[[int], object],
) -> None:
    with django_assert_num_queries(3):  # the savepoint, the row, the savepoint's end
        SessionStore().create()
