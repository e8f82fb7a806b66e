"""An office changes its keys: what was sealed, signed and found before is so afterwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from complaints.models import Petitioner
from office import seals
from office.models import User
from tests.cast import make_petition
from tests.ground.test_settings import Read, read  # noqa: F401  (a fixture)

pytestmark = pytest.mark.django_db
OLD: Final = "old-key-" * 8
NEW: Final = "new-key-" * 8
THAI_ID: Final = "1101700230678"
PAGE: Final = "projectplan:today"


def keep_an_id() -> Petitioner:
    petitioner = make_petition().petitioner
    petitioner.thai_id = THAI_ID
    petitioner.save()
    return petitioner


def test_a_new_key_for_personal_data_stands_in_front_and_everything_old_is_read_and_found(
    settings: Any,
) -> None:
    settings.PERSONAL_DATA_KEYS = [OLD]
    petitioner, locked = keep_an_id(), seals.lock_with_code(b"draft", code="CODE", purpose="draft")
    code = seals.code_fingerprint("7KM4P-X2RTQ")
    settings.PERSONAL_DATA_KEYS = [NEW, OLD]
    assert Petitioner.with_thai_id(THAI_ID).get() == petitioner
    assert Petitioner.objects.get(pk=petitioner.pk).thai_id == THAI_ID
    assert seals.unlock_with_code(locked, code="CODE", purpose="draft") == b"draft"
    assert seals.code_matches("7KM4P-X2RTQ", code)
    sealed = seals.encrypt("new", purpose="x")
    settings.PERSONAL_DATA_KEYS = [NEW]
    assert seals.decrypt(sealed, purpose="x") == "new"


def test_the_secret_key_is_changed_and_nobody_is_signed_out(
    settings: Any, client_for: Callable[[User], Client], officer: User
) -> None:
    settings.SECRET_KEY = OLD
    client, token = client_for(officer), signing.dumps("a file that waits")
    assert client.get(reverse(PAGE)).status_code == 200
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD]
    assert client.get(reverse(PAGE)).status_code == 200
    assert signing.loads(token) == "a file that waits"
    # From then on the session is the new key's: the old one may go.
    settings.SECRET_KEY_FALLBACKS = []
    assert client.get(reverse(PAGE)).status_code == 200
    with pytest.raises(signing.BadSignature):
        signing.loads(token)


def test_without_keys_of_their_own_personal_data_follow_the_secret_key_and_its_fallbacks(
    settings: Any,
) -> None:
    settings.PERSONAL_DATA_KEYS, settings.SECRET_KEY = [], OLD
    petitioner = keep_an_id()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD]
    assert Petitioner.with_thai_id(THAI_ID).get() == petitioner
    settings.SECRET_KEY_FALLBACKS, settings.PERSONAL_DATA_KEYS = [], [NEW, OLD]
    assert Petitioner.with_thai_id(THAI_ID).get().thai_id == THAI_ID


def test_the_environment_names_keys_of_before(read: Read) -> None:  # noqa: F811
    said = read(SECRET_KEY=NEW, SECRET_KEY_FALLBACKS=f"{OLD},older")
    assert said["SECRET_KEY_FALLBACKS"] == [OLD, "older"]
