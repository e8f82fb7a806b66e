"""The names by which the project asks a request for something, read from its source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
ROOMS: Final = ("config", "office", "complaints", "parliament", "publicrelations", "projectplan")


def sources() -> Iterator[tuple[Path, ast.Module]]:
    """Every module of the project, read."""
    for room in ROOMS:
        for file in sorted((ROOT / room).rglob("*.py")):
            if "migrations" not in file.parts:
                yield file, ast.parse(file.read_text(encoding="utf-8"))


@cache
def questions() -> list[str]:
    """`request.GET.get("year")`, `request.POST["seen"]`: `year`, `seen`."""
    return sorted({name for _file, tree in sources() for node in ast.walk(tree) for name in _asked(node)})


def _asked(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
        place, name = node.func.value, node.args[0]
    elif isinstance(node, ast.Subscript):
        place, name = node.value, node.slice
    else:
        return
    is_request = isinstance(place, ast.Attribute) and place.attr in ("GET", "POST")
    if is_request and isinstance(name, ast.Constant) and isinstance(name.value, str):
        yield name.value
