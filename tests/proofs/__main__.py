"""Runs one proof by name and prints its figures, or writes them into docs/proofs.md between that proof's marks."""

from __future__ import annotations

import argparse
import os
import platform
import re
import sys
from datetime import date
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

HERE = Path(__file__).parent
PROOFS = HERE.parent.parent / "docs" / "proofs.md"
GIBIBYTE = 1024**3


def names() -> list[str]:
    """The proofs there are: modules of this package that can prove something."""
    found = (module.name for module in iter_modules([str(HERE)]) if not module.name.startswith("_"))
    return sorted(name for name in found if hasattr(_module(name), "prove"))


def _module(name: str) -> Any:
    return import_module(f"tests.proofs.{name}")


def the_machine() -> str:
    """What the figures were measured on, in one line."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / GIBIBYTE
    return (
        f"{date.today().isoformat()}, {os.cpu_count()} cores, {memory:.0f} GiB, "  # noqa: DTZ011
        f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    )


def written_into(book: str, name: str, section: str) -> str:
    """The book with this proof's section in place of its older one; a new proof comes last."""
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    marked = f"{begin}\n{section.strip()}\n{end}"
    older = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    if older.search(book):
        return older.sub(lambda _found: marked, book)
    return f"{book.rstrip()}\n\n{marked}\n"


def main() -> int:
    reader = argparse.ArgumentParser(prog="script/proof", description=__doc__)
    reader.add_argument("name", nargs="?", choices=names())
    reader.add_argument("--write", action="store_true", help="into docs/proofs.md")
    chosen, rest = reader.parse_known_args()
    if chosen.name is None:
        for name in names():
            print(f"{name:12} {(_module(name).__doc__ or '').partition(chr(10))[0]}")  # noqa: T201
        return 0
    module = _module(chosen.name)
    heading = (module.__doc__ or chosen.name).partition("\n")[0].rstrip(".")
    figures = module.prove(rest)
    section = (
        f"## {heading}\n\n`script/proof {' '.join([chosen.name, *rest])}` · {the_machine()}\n\n{figures}"
    )
    print(section)  # noqa: T201
    if chosen.write:
        PROOFS.write_text(
            written_into(PROOFS.read_text(encoding="utf-8"), chosen.name, section), encoding="utf-8"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
