"""The table in docs/security.md: every test it names exists, and no section of the standard is left out."""

from __future__ import annotations

import ast
import re
from functools import cache
from typing import Final

from tests.security.asked import ROOT

TEXT: Final = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
CITED: Final = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
SECTIONS: Final = {1: 14, 2: 10, 3: 7, 4: 3, 5: 5, 6: 4, 7: 4, 8: 3, 9: 2, 10: 3, 11: 1, 12: 6, 13: 4, 14: 5}
"""Chapter → how many sections it has in ASVS 4.0.3."""


@cache
def functions_of(path: str) -> set[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_test_that_is_cited_exists() -> None:
    cited = CITED.findall(TEXT)
    assert len(cited) > 40
    missing = [f"{path}::{name}" for path, name in cited if name not in functions_of(path)]
    assert missing == []


def test_every_section_has_a_row_that_says_how_or_why_not() -> None:
    rows = [
        [cell.strip() for cell in line.split("|")[1:-1]]
        for line in TEXT.splitlines()
        if line.startswith("| V")
    ]
    named = {row[0].split()[0] for row in rows}
    wanted = {f"V{chapter}.{section}" for chapter, last in SECTIONS.items() for section in range(1, last + 1)}
    assert wanted - named == set()
    assert [row[0] for row in rows if len(row) != 4 or not all(row)] == []
