"""Fixtures that most tests share: the cast, signed-in clients, the embedded queue."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis
from django.conf import settings
from django.core.signals import setting_changed
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, sync_playwright

from complaints.models import Petition
from config.celery import app
from office import presence
from office.embedded import start_valkey
from office.models import User
from office.models.calendar import _calendar_of as calendar_of_edition
from projectplan import budget_guards
from publicrelations.public import kept
from tests import cast
from tests.emptying import empty_by_rows

# Playwright keeps a loop running in the thread of the tests; Django would refuse to be asked anything from there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session", autouse=True)
def queue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A real queue for the whole run: the one given by REDIS_URL, else an embedded Valkey of this process."""
    given = os.environ.get("REDIS_URL")
    if given:
        # Each process of the run has a numbered database of its own, emptied first.
        worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
        url = f"{given.rpartition('/')[0]}/{int(given.rpartition('/')[2]) + worker}"
        redis.Redis.from_url(url).flushdb()
        _use(url)
        yield
        return
    valkey = start_valkey(Path(tmp_path_factory.mktemp("valkey")))
    _use(valkey.url)
    yield
    valkey.stop()


def _use(url: str) -> None:
    unix = url.startswith("unix://")
    settings.REDIS_URL = settings.CACHES["default"]["LOCATION"] = url
    # Whatever looked at the cache before the run had its queue made it for another address; it is made anew.
    setting_changed.send(sender=_use, setting="CACHES", value=settings.CACHES, enter=True)
    settings.LIMITS_STORAGE_URL = url.replace("unix://", "redis+unix://", 1) if unix else url
    settings.CELERY_BROKER_URL = url.replace("unix://", "redis+socket://", 1) if unix else url
    app.conf.broker_url = settings.CELERY_BROKER_URL


@pytest.fixture(scope="session", autouse=True)
def tables_are_emptied_by_rows() -> Iterator[None]:
    """After a test with connections of its own, PostgreSQL's tables are emptied as quickly as SQLite's."""
    with pytest.MonkeyPatch.context() as patch:
        if connection.vendor == "postgresql":
            empty_by_rows(patch)
        yield


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """A test with connections of its own is cleaned up by deleting every row, which the ledger's guards would refuse;
    they are put back with the next `migrate` that the cleaning up says it was. A module that keeps one office for all
    its tests is cleaned up once, by itself (`demo_office`)."""
    if hasattr(item.module, "_django_db_helper"):
        return
    marker = item.get_closest_marker("django_db")
    fixtures = getattr(item, "fixturenames", ())
    if (marker and marker.kwargs.get("transaction")) or {"live_server", "transactional_db"} & set(fixtures):
        budget_guards.take_away(connection)


@pytest.fixture(autouse=True)
def private_places(settings: object, tmp_path: Path) -> None:
    """Files and letters of a test stay with the test; passwords are hashed quickly."""
    calendar_of_edition.cache_clear()  # editions get the same keys again when a test is rolled back
    presence.SPACE = str(tmp_path)  # and so do matters
    kept.SPACE = str(tmp_path)  # and the public site's editions
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def officer(db: None) -> User:
    return cast.make_officer()


@pytest.fixture
def colleague(db: None) -> User:
    return cast.make_colleague()


@pytest.fixture
def head(db: None) -> User:
    return cast.make_head()


@pytest.fixture
def executive(db: None) -> User:
    return cast.make_executive()


@pytest.fixture
def administrator(db: None) -> User:
    return cast.make_administrator()


@pytest.fixture
def stranger(db: None) -> User:
    return cast.make_stranger()


@pytest.fixture
def petition(db: None) -> Petition:
    return cast.make_petition()


@pytest.fixture(autouse=True)
def signed_in_just_now(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whom a test signs in has said a moment ago who they are; what asks for it is tested with its own clock."""
    force_login = Client.force_login

    def signed_in(client: Client, user: User, backend: str | None = None) -> None:
        force_login(client, user, backend)
        session = client.session
        session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
        session["account_authentication_methods_user"] = str(user.pk)
        session.save()

    monkeypatch.setattr(Client, "force_login", signed_in)


@pytest.fixture
def client_for() -> Callable[[User], Client]:
    """A browser in which somebody is signed in."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests; a context of it is a fresh browser as far as pages can tell."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
        yield chromium
        chromium.close()
