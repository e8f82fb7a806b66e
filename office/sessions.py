"""Sessions in the database, begun without asking first whether their key is taken."""

from __future__ import annotations

from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.contrib.sessions.backends.db import SessionStore as DatabaseSession
from django.utils.crypto import get_random_string

KEY_LETTERS = 32


class SessionStore(DatabaseSession):
    """As Django's: `create` writes the key as a new row and takes another one if that fails, so the question before
    only costs a query each time a citizen gets a receipt or somebody signs in."""

    def _get_new_session_key(self) -> str:
        return get_random_string(KEY_LETTERS, VALID_KEY_CHARS)
