"""A backup of a working office is put back onto an empty machine, and every row and file compared; what is broken, cut
off, foreign or newer is refused and changes nothing."""

from __future__ import annotations

import fcntl
import io
import os
import signal
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection

from office.backups import keys, taking
from office.backups.archive import BrokenArchive, written
from office.backups.keeping import Keeping, kept, moment_of, name_of
from office.backups.manifest import Manifest, fingerprints_of_keys
from office.backups.reading import read_through
from office.backups.restoring import NotRestored, restore
from office.backups.scratch import clear_left, scratch
from office.backups.taking import BackupRuns, Taken, take
from tests import cast

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 26, 19, 30, tzinfo=UTC)
TABLES = ("office_matter", "complaints_petition", "office_event", "office_deadline", "office_user")


@pytest.fixture
def places(settings: Any, tmp_path: Path) -> Path:
    settings.BACKUP_DIR = str(tmp_path / "backups")
    settings.BACKUP_KEY_FILE = str(tmp_path / "backup-key.txt")
    settings.BACKUP_RECIPIENTS = []
    return tmp_path


@pytest.fixture
def empty_machine(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a machine on which nothing of this office was: another data folder, another database."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    env = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    env |= {"DATA_DIR": str(elsewhere), "ENV_FILE": os.devnull}
    if connection.vendor != "postgresql":
        yield env
        return
    name = f"{django_settings.DATABASES['default']['NAME']}_restored"
    told = connection.settings_dict
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
    url = f"postgres://{told['USER']}:{told['PASSWORD']}@{told['HOST']}:{told['PORT']}/{name}"
    yield env | {"DATABASE_URL": url}
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def manage(env: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )


def every_row() -> dict[str, str]:
    """A digest of all rows of the tables that an office lives by."""
    with connection.cursor() as cursor:
        digests = {}
        for table in TABLES:
            cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
            digests[table] = sha256(repr(cursor.fetchall()).encode()).hexdigest()
    return digests


# The same question, asked by the restored office itself.
ASK = """
from tests.ground.test_backup import every_row
import json; print(json.dumps(every_row()))
""".strip()


@pytest.fixture
def office_at_work() -> dict[str, bytes]:
    """An office with a petition under way and files."""
    cast.make_petition(title="ขอความเป็นธรรมเรื่องการรับนักเรียน")
    files = {"aa/letter": "เรียน รัฐมนตรี".encode(), "bb/picture": os.urandom(70_000), "empty": b""}
    for path, content in files.items():
        default_storage.save(path, ContentFile(content))
    return files


@pytest.mark.django_db(transaction=True)
def test_an_office_is_put_back_onto_an_empty_machine_with_every_row_and_file(
    places: Path, empty_machine: dict[str, str], office_at_work: dict[str, bytes]
) -> None:
    before = every_row()
    taken = take(NOW)
    assert taken.is_read_back
    assert taken.path.name == "prasan-20261126T193000Z.tar.gz.age"
    assert taken.manifest.rows["complaints_petition"] == 1

    done = manage(empty_machine, "restore", str(taken.path), "--key", str(places / "backup-key.txt"))
    assert done.returncode == 0, done.stderr[-2000:]

    asked = manage(empty_machine, "shell", "-v0", "-c", ASK)
    assert asked.returncode == 0, asked.stderr[-2000:]
    assert asked.stdout.strip().splitlines()[-1] == repr(before).replace("'", '"')
    for path, content in office_at_work.items():
        assert (places / "elsewhere" / "files" / path).read_bytes() == content

    again = manage(empty_machine, "restore", str(taken.path), "--key", str(places / "backup-key.txt"))
    assert again.returncode == 1
    assert "มีฐานข้อมูลอยู่แล้ว" in again.stderr


@pytest.mark.django_db(transaction=True)
def test_nothing_of_a_backup_can_be_read_without_its_key(
    places: Path, office_at_work: dict[str, bytes]
) -> None:
    taken = take(NOW)
    sealed = taken.path.read_bytes()
    assert b"sqlite" not in sealed.lower()
    assert office_at_work["bb/picture"][:64] not in sealed
    assert (places / "backup-key.txt").stat().st_mode & 0o077 == 0
    strangers = places / "other.txt"
    strangers.write_text(str(keys.Identity.generate()))
    with pytest.raises(BrokenArchive):
        read_through(taken.path, keys.identities(strangers))


@pytest.mark.django_db(transaction=True)
def test_with_the_public_key_alone_a_backup_is_taken_but_not_read_back(places: Path, settings: Any) -> None:
    held_elsewhere = keys.Identity.generate()
    settings.BACKUP_RECIPIENTS = [str(held_elsewhere.to_public())]
    taken = take(NOW)
    assert not taken.is_read_back
    assert not (places / "backup-key.txt").exists()
    assert read_through(taken.path, [held_elsewhere]).rows == taken.manifest.rows


@pytest.mark.django_db(transaction=True)
def test_with_a_new_public_key_and_the_old_key_file_kept_a_backup_is_taken_but_not_read_back(
    places: Path, settings: Any
) -> None:
    old = take(NOW)
    new = keys.Identity.generate()
    settings.BACKUP_RECIPIENTS = [str(new.to_public())]
    taken = take(NOW + timedelta(days=1))
    assert (old.is_read_back, taken.is_read_back) == (True, False)
    assert read_through(taken.path, [new]).rows == taken.manifest.rows
    assert read_through(old.path, keys.identities()).rows == old.manifest.rows
    with (places / "backup-key.txt").open("a") as file:
        file.write(f"{new}\n")
    assert take(NOW + timedelta(days=2)).is_read_back


@pytest.mark.django_db(transaction=True)
def test_what_lies_open_while_a_backup_is_taken_lies_in_the_data_folder(
    places: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    dumped: list[Path] = []

    def dump(target: Path) -> dict[str, int]:
        dumped.append(target)
        return real(target)

    real = taking.dump
    monkeypatch.setattr(taking, "dump", dump)
    take(NOW)
    assert dumped[0].is_relative_to(settings.DATA_DIR)
    assert not dumped[0].parent.exists()


# As a backup leaves it whose process was killed.
KILLED = """
import os, signal, sys
from office.backups.scratch import scratch
with scratch(sys.argv[1]) as folder:
    (folder / "database").write_text("every petition")
    os.kill(os.getpid(), signal.SIGKILL)
""".strip()


@pytest.mark.django_db(transaction=True)
def test_what_a_killed_backup_left_goes_with_the_next_and_nothing_else(places: Path, settings: Any) -> None:
    data = settings.DATA_DIR = places / "data"
    data.mkdir()
    env = os.environ | {"DATA_DIR": str(data), "ENV_FILE": os.devnull}
    for kind in ("dump", "restoring"):
        command = f"import django; django.setup()\n{KILLED}"
        dead = subprocess.run(
            [sys.executable, "-c", command, kind],
            cwd=ROOT,
            env=env | {"DJANGO_SETTINGS_MODULE": "config.settings"},
            check=False,
        )
        assert dead.returncode == -signal.SIGKILL
    assert len([*data.glob("dump-*"), *data.glob("restoring-*")]) == 2
    beside_the_backups = places / "backups" / "dump-0a1b2c3d"
    of_somebody = places / "backups" / "dump-20261126"
    for folder, name in ((beside_the_backups, "database"), (of_somebody, "petitions.sql")):
        folder.mkdir(parents=True)
        (folder / name).write_text("every petition")
    with scratch("restoring") as at_work:
        take(NOW)
        assert at_work.exists()
    assert [*data.glob("dump-*"), *data.glob("restoring-*")] == []
    assert not beside_the_backups.exists()
    assert of_somebody.exists()
    clear_left(places / "backups", data)
    assert of_somebody.exists()


@pytest.mark.parametrize(
    ("ours", "are_those"),
    [
        (["new", "old"], True),
        (["newest", "new", "old"], True),
        (["old"], False),
        (["new"], False),
        (["old", "new"], False),
        (["other"], False),
    ],
    ids=str,
)
@pytest.mark.django_db(transaction=True)
def test_a_check_says_when_one_of_the_keys_is_missing(
    places: Path, settings: Any, capsys: Any, ours: list[str], are_those: bool
) -> None:
    settings.PERSONAL_DATA_KEYS = ["new", "old"]
    taken = take(NOW)
    settings.PERSONAL_DATA_KEYS = ours
    call_command("restore", str(taken.path), "--check")
    assert ("PERSONAL_DATA_KEYS" not in capsys.readouterr().err) is are_those


def test_a_manifest_with_one_value_for_the_keys_is_read_still(settings: Any) -> None:
    settings.PERSONAL_DATA_KEYS = ["new", "old"]
    oldest = fingerprints_of_keys()[-1]
    told = Manifest(NOW.isoformat(), "sqlite", [], {}, [oldest]).as_bytes()
    once = told.replace(f'[\n  "{oldest}"\n ]'.encode(), f'"{oldest}"'.encode())
    assert once != told
    manifest = Manifest.parse(once)
    assert manifest.has_our_keys()
    settings.PERSONAL_DATA_KEYS = ["new"]
    assert not manifest.has_our_keys()


@pytest.mark.django_db(transaction=True)
def test_a_backup_with_one_bit_changed_or_its_end_cut_off_is_no_backup(places: Path) -> None:
    taken = take(NOW)
    whole = taken.path.read_bytes()
    for broken in (
        whole[: len(whole) // 2],
        whole[:-1],
        whole[: len(whole) // 2] + bytes([whole[len(whole) // 2] ^ 1]) + whole[len(whole) // 2 + 1 :],
        b"",
        b"not a backup at all",
    ):
        taken.path.write_bytes(broken)
        with pytest.raises(BrokenArchive):
            read_through(taken.path, keys.identities())


def a_backup_that_says(**facts: Any) -> Path:
    """An archive whose manifest says something else of itself than this office would."""
    taken: Taken = take(NOW)
    manifest = taken.manifest
    told = Manifest(
        **{
            name: facts.get(name, getattr(manifest, name))
            for name in ("made_at", "vendor", "migrations", "rows", "keys", "members")
        }
    )
    path = taken.path.with_name("told.tar.gz.age")
    with written(path, keys.recipients()) as tar:
        for name, content in (("manifest.json", told.as_bytes()),):
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return path


@pytest.mark.django_db(transaction=True)
def test_what_is_of_another_database_or_of_a_newer_version_is_refused(
    places: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MIGRATION_MODULES = {}  # the tests stand on tables made without migrations
    monkeypatch.setattr("office.backups.dump.is_empty", lambda: True)
    foreign = a_backup_that_says(vendor="oracle", members={})
    with pytest.raises(NotRestored, match="oracle"):
        restore(foreign, keys.identities())
    newer = a_backup_that_says(migrations=[("office", "9999_of_tomorrow")], members={})
    with pytest.raises(NotRestored, match=r"office\.9999_of_tomorrow"):
        restore(newer, keys.identities())


@pytest.mark.django_db(transaction=True)
def test_two_backups_are_not_taken_at_once_and_a_broken_off_one_leaves_nothing(places: Path) -> None:
    first = take(NOW)
    left = first.path.with_name("prasan-20261125T193000Z.tar.gz.age.part")
    left.write_bytes(b"half of one")
    with (first.path.parent / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(BackupRuns):
            take(NOW + timedelta(days=1))
    second = take(NOW + timedelta(days=1))
    assert not left.exists()
    assert sorted(path.name for path in first.path.parent.glob("prasan-*")) == [
        first.path.name,
        second.path.name,
    ]


def test_the_newest_of_each_day_week_and_month_is_kept() -> None:
    nights = [NOW - timedelta(days=day) for day in range(100)]
    stay = kept(nights, Keeping(days=7, weeks=5, months=12))
    days = sorted((NOW - moment).days for moment in stay)
    # In Bangkok it is Friday, 27 November: seven nights; the Sundays 15, 8 and 1 November; the ends of three months.
    assert days == [0, 1, 2, 3, 4, 5, 6, 12, 19, 26, 27, 58, 88]


def test_other_files_are_never_taken_for_backups() -> None:
    assert moment_of(name_of(NOW)) == NOW
    assert moment_of("prasan-of-the-minister.tar.gz.age") is None
    assert moment_of("notes.txt") is None
