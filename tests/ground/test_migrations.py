"""The tests stand on tables made from the models; that migrations make the same ones is asked here, from nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def empty(tmp_path: Path, django_db_blocker: Any) -> Iterator[dict[str, str]]:
    """The environment of an office whose database, of the kind that the tests run on, is there and empty."""
    env = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    env |= {"DATA_DIR": str(tmp_path), "ENV_FILE": os.devnull}
    if connection.vendor != "postgresql":
        yield env
        return
    name = f"{settings.DATABASES['default']['NAME']}_migrated"
    address = connection.settings_dict
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}"')
    yield env | {
        "DATABASE_URL": f"postgres://{address['USER']}:{address['PASSWORD']}@{address['HOST']}:{address['PORT']}/{name}"
    }
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_an_empty_database_is_migrated_to_what_the_models_say(empty: dict[str, str]) -> None:
    for command in (["migrate", "-v0"], ["migrate", "--check"], ["makemigrations", "--check", "--dry-run"]):
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=empty,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-2000:]
