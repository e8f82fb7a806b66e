"""Putting the binder together: each part laid out or fitted by itself and laid on disk, then numbered and bound.

Only one part is in memory at a time: an item's own sheets (some ten), or one paper. The contents are laid out last,
when every page is known.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict
from itertools import count
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage

from office.book import Fault, Part, Unbindable, bind, onto_sheets
from office.paper import PaperError, render_sheets
from parliament import binder_paper
from parliament.binder_contents import Contents, Item, Paper
from parliament.binder_paper import CONTENTS, WHY, ContentsLine

logger = logging.getLogger(__name__)

LINES_A_SHEET = 22
"""How many lines of contents or agenda go on a sheet, as a rule."""
LAID_OUT = 85
"""Percent of the whole that laying out and fitting the parts takes, as the progress says."""


class BookMaker:
    """Makes one edition in a folder of its own; says how far it is after every part."""

    def __init__(self, contents: Contents, edition: str, folder: Path, tell: Callable[[int], None]) -> None:
        self.contents, self.edition, self.folder, self.tell = contents, edition, folder, tell
        self.faults: list[dict[str, Any]] = []
        self._notes: dict[Path, str] = {}
        self.pages = 0
        self._names = count(1)
        self._done = 0
        self._lines: list[ContentsLine] = []

    @property
    def title(self) -> str:
        return f"{self.contents.title} · {self.edition}"

    def lines_as_json(self) -> list[dict[str, Any]]:
        return [asdict(line) for line in self._lines]

    def make(self) -> Path:
        """The whole book as a file in the folder."""
        cover = self._laid_out(binder_paper.cover(self.contents, self.edition), mark=self.contents.mark)
        chapters = [self._chapter(item) for item in self.contents.ours]
        self.tell(LAID_OUT)
        front = self._front(cover.pages, chapters)
        self.tell(LAID_OUT + 5)
        book = self.folder / "book.pdf"
        parts = [cover, front, *(part for chapter in chapters for part in chapter)]
        self.pages = bind(parts, book, title=self.title, foot=self._foot(), language=settings.LANGUAGE_CODE)
        self.tell(LAID_OUT + 10)
        return book

    def _foot(self) -> str:
        return f"{self.contents.label} · {self.edition}"

    # ── Parts ───────────────────────────────────────────────────────────────────────────────

    def _chapter(self, item: Item) -> list[Part]:
        """An item's own sheets, then its papers."""
        chapter = [self._laid_out(binder_paper.item(self.contents, item), title=item.name, mark=item.mark)]
        self._step()
        for paper in item.papers:
            if paper.is_bound:
                chapter.append(self._bound(paper, item))
            self._step()
        return chapter

    def _bound(self, paper: Paper, item: Item) -> Part:
        """A paper on sheets; or the page that stands in its place, with the fault noted."""
        target = self._next_file()
        try:
            source = self._fetched(paper)
            if paper.is_pdf:
                pages = onto_sheets(source, target)
                source.unlink()
                return Part(target, pages, paper.name, is_below=True, mark=item.mark)
            html = binder_paper.picture(self.contents, paper, source.read_bytes())
            return self._laid_out(html, title=paper.name, mark=item.mark, is_below=True)
        except Unbindable as refused:
            why = refused.fault
        except PaperError as refused:
            logger.warning("A picture cannot be bound in: %s", refused)
            why = Fault.BROKEN
        self.faults.append({"document": paper.key, "name": paper.name, "item": item.name, "why": why.value})
        html = binder_paper.fault(self.contents, paper, why)
        stands_for = self._laid_out(html, title=paper.name, mark=item.mark, is_below=True)
        self._notes[stands_for.file] = str(WHY[why])
        return stands_for

    def _fetched(self, paper: Paper) -> Path:
        target = self._next_file()
        try:
            with default_storage.open(paper.path) as kept, target.open("wb") as copy:
                shutil.copyfileobj(kept, copy)
        except FileNotFoundError as gone:
            raise Unbindable(Fault.MISSING) from gone
        return target

    def _laid_out(self, html: str, *, title: str = "", mark: str = "", is_below: bool = False) -> Part:
        sheets = render_sheets(html, title=title or self.title)
        target = self._next_file()
        target.write_bytes(sheets.pdf)
        return Part(target, sheets.pages, title, is_below=is_below, mark=mark)

    def _next_file(self) -> Path:
        return self.folder / f"{next(self._names):05}.pdf"

    def _step(self) -> None:
        self._done += 1
        whole = sum(1 + len(item.papers) for item in self.contents.ours)
        self.tell(max(1, LAID_OUT * self._done // whole))

    # ── Contents ────────────────────────────────────────────────────────────────────────────

    def _front(self, before: int, chapters: Sequence[Sequence[Part]]) -> Part:
        """Contents and agenda, with the pages that things begin on; laid out anew only if they take another number of
        sheets than was reckoned with. The numbers stand in a column of fixed width, so they move nothing."""
        lines = sum(len(chapter) for chapter in chapters)
        reckoned = max(1, -(-lines // LINES_A_SHEET)) + max(1, -(-len(self.contents.items) // LINES_A_SHEET))
        front = self._front_with(before + reckoned, chapters)
        return front if front.pages == reckoned else self._front_with(before + front.pages, chapters)

    def _front_with(self, before: int, chapters: Sequence[Sequence[Part]]) -> Part:
        lines, first_pages, page = [], [], before + 1
        for chapter in chapters:
            first_pages.append(page)
            for part in chapter:
                note = self._notes.get(part.file, "")
                lines.append(ContentsLine(part.title, page, is_below=part.is_below, note=note))
                page += part.pages
        self._lines = lines
        html = binder_paper.front(self.contents, self.edition, lines, first_pages)
        return self._laid_out(html, title=str(CONTENTS), mark=self.contents.mark)
