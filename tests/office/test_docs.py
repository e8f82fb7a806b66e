"""What docs/ and the README name is there: files, pages of docs, commands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

ROOT = Path(settings.BASE_DIR)
PAGES = [*sorted((ROOT / "docs").glob("*.md")), ROOT / "README.md"]
FILE = re.compile(r"`((?:[a-z]+/)+[a-z_0-9.-]+\.(?:py|html|css|js|toml))`")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_page_that_is_linked_exists(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_journey_names_files_that_exist() -> None:
    named = FILE.findall((ROOT / "docs" / "journey.md").read_text(encoding="utf-8"))
    assert len(set(named)) > 40
    assert [path for path in named if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_that_is_named_exists(page: Path) -> None:
    named = set(re.findall(r"`(?:[^`]*\s)?manage\.py ([a-z_]+)", page.read_text(encoding="utf-8")))
    assert named - set(get_commands()) == set()
