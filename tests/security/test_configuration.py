"""What an installation is built from and refuses to be: pinned parts, checked settings, no debugging, no versions."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from tests.ground.test_settings import Read, read  # noqa: F401  (a fixture)
from tests.security.asked import ROOT
from tests.security.test_every_answer import KINDS

LOCKS: Final = ["requirements.txt", "requirements-dev.txt", "requirements-extras.txt"]
VERSION: Final = re.compile(r"(?i)(django|granian|python|whitenoise|nginx|prasan)[/ ]v?\d")


@pytest.mark.parametrize("lock", LOCKS)
def test_every_part_is_of_one_version_and_one_content(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    parts = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith(("#", "-"))]
    assert len(parts) > 5
    assert [part for part in parts if "==" not in part or "--hash=sha256:" not in part] == []


def test_the_settings_of_an_office_at_work_pass_djangos_own_check(tmp_path: Path) -> None:
    said = {
        "PRODUCTION": "1",
        "SECRET_KEY": "".join(map(chr, range(33, 122))),
        "ALLOWED_HOSTS": "prasan.example.org",
    }
    said |= {"ENV_FILE": os.devnull, "DATA_DIR": str(tmp_path), "SITE_URL": "https://prasan.example.org"}
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(
        command, cwd=ROOT, env={"PATH": os.environ["PATH"]} | said, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.parametrize("wish", [{"DEBUG": "1"}, {"DEMO": "1"}, {"SECRET_KEY": "short"}])
def test_production_refuses_debugging_demo_accounts_and_a_weak_key(read: Read, wish: dict[str, str]) -> None:  # noqa: F811
    assert read(PRODUCTION="1", SECRET_KEY="k" * 60)["DEBUG"] is False
    with pytest.raises(ImproperlyConfigured):
        read(**{"PRODUCTION": "1", "SECRET_KEY": "k" * 60, **wish})


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_no_answer_tells_the_versions_of_what_runs_here(kind: str) -> None:
    answer = Client().get(KINDS[kind])
    assert not {"Server", "X-Powered-By", "X-Generator"} & set(answer.headers)
    told = "\n".join([*answer.headers.values(), b"".join(answer).decode()])
    assert not VERSION.search(told)
