"""Turns HTML into a tagged Thai PDF: the one door to WeasyPrint, its fonts, its stylesheet and its files."""

import logging
import mimetypes
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from threading import Lock, get_ident
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import SuspiciousFileOperation
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject
from weasyprint import CSS, HTML, svg
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from office.svg_text import draw_text_whole

STYLESHEET = "css/paper.css"
LANGUAGE = "th"
PDF_VARIANT = "pdf/ua-1"

draw_text_whole(svg)


class PaperError(Exception):
    """A document cannot be made whole: a file it may not have or that is not there, a chart, a missing text."""


class StaticFilesOnly(URLFetcher):
    """Serves a document the project's static files and data: URLs; anything else stops the document."""

    def __init__(self, base_url: str) -> None:
        super().__init__(fail_on_errors=True)
        self.static_url = urljoin(base_url, settings.STATIC_URL)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Answer with the bytes of a static file or a data: URL; raises PaperError for any other."""
        if url.startswith("data:"):
            return super().fetch(url, headers)
        if not url.startswith(self.static_url):
            raise PaperError(f"Paper takes nothing from outside the static files: {url}")
        file = static_file(unquote(urlsplit(url.removeprefix(self.static_url)).path))
        content_type = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, file.read_bytes(), {"Content-Type": content_type})


def static_file(name: str) -> Path:
    """Find a static file by its plain name or, as production writes it, its hashed one; raises PaperError."""
    try:
        file = Path(finders.find(name) or staticfiles_storage.path(name))
    except SuspiciousFileOperation as error:
        raise PaperError(f"Paper takes nothing from outside the static files: {name}") from error
    if not file.is_file():
        raise PaperError(f"There is no static file {name}")
    return file


@dataclass(frozen=True)
class Press:
    """What every document of a process shares: loading it costs more than laying out a page."""

    fonts: FontConfiguration
    stylesheet: CSS
    # Pango's font map, which FontConfiguration holds, is not safe for two threads at once.
    lock: Lock


def _site_url() -> str:
    return f"{settings.SITE_URL}/"


@cache
def _press(name: str) -> Press:
    fonts = FontConfiguration()
    fetcher = StaticFilesOnly(_site_url())
    stylesheet = CSS(url=f"{fetcher.static_url}{name}", font_config=fonts, url_fetcher=fetcher)
    return Press(fonts, stylesheet, Lock())


@dataclass(frozen=True)
class Sheets:
    """A document laid out: its PDF, and how many pages that has."""

    pdf: bytes
    pages: int


def render_pdf(html: str, *, title: str, base_url: str | None = None, stylesheet: str = STYLESHEET) -> bytes:
    """Lay out a whole HTML document on A4 as paper.css says; returns a PDF/UA-1 file.

    What has a look of its own (the journal, a sheet of labels) names another stylesheet. The title is the one a
    reader shows. Links resolve against `base_url`, by default the site's own address. The language is the one
    `<html lang>` names, else Thai. The same HTML gives the same bytes. Raises PaperError for a file from outside
    the static files, and for what cannot be drawn or read aloud. Takes about 0.2 s a page, and
    memory with every page: call it from a task, at most some 100 pages at once, and join them by merge_pdfs.
    """
    return _render(html, title, base_url or _site_url(), stylesheet, pdf_variant=PDF_VARIANT).pdf


def render_sheets(html: str, *, title: str) -> Sheets:
    """The same for a part of a book (`office.book`), which takes over its pages and nothing about them: without
    tags, so that it is laid out and read again in less time."""
    return _render(html, title, _site_url(), STYLESHEET)


def _render(html: str, title: str, base_url: str, stylesheet: str, **options: Any) -> Sheets:
    fetcher = StaticFilesOnly(base_url)
    with _complaints_are_errors():
        press = _press(stylesheet)
        document = HTML(string=html, base_url=base_url, url_fetcher=fetcher)
        document.etree_element.attrib.setdefault("lang", LANGUAGE)
        with press.lock:
            pages = document.render(font_config=press.fonts, stylesheets=[press.stylesheet], **options)
            pages.metadata.title = title
            return Sheets(bytes(pages.write_pdf(**options)), len(pages.pages))


@contextmanager
def _complaints_are_errors() -> Iterator[None]:
    """Raise PaperError for what WeasyPrint would log and leave out: a file, a chart, an alternative text."""
    complaints = Complaints()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(complaints)
    try:
        yield
    except FatalURLFetchingError as error:
        # It passes by every `except Exception`, and would take the worker down with the document.
        raise PaperError(str(error.__cause__ or error)) from error
    finally:
        logger.removeHandler(complaints)
    if complaints.messages:
        raise PaperError("; ".join(complaints.messages))


class Complaints(logging.Handler):
    """Keeps the errors WeasyPrint logs on this thread."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.messages: list[str] = []
        self.thread = get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the message, unless another document complains."""
        if record.thread == self.thread:
            self.messages.append(record.getMessage())


def merge_pdfs(parts: Iterable[bytes]) -> bytes:
    """Join PDFs in order into one, with title, language and conformance of the first, and the tags of all.

    Raises ValueError without a part.
    """
    documents = list(parts)
    if not documents:
        raise ValueError("Nothing to merge: there is no PDF.")
    first, *others = documents
    if not others:
        return first
    writer = PdfWriter(clone_from=BytesIO(first))
    for number, part in enumerate(others, start=2):
        reader = PdfReader(BytesIO(part))
        pages_before = len(writer.pages)
        writer.append(reader)
        _append_tags(writer, reader, pages_before=pages_before, prefix=f"{number}-")
    merged = BytesIO()
    writer.write(merged)
    return merged.getvalue()


def _append_tags(writer: PdfWriter, reader: PdfReader, *, pages_before: int, prefix: str) -> None:
    """Bring over the structure tree of a part, which pypdf leaves behind (ISO 32000-1, 14.7.4).

    A page or link finds its element by a key in the parent tree; the keys of a part follow those there already.
    """
    whole: Any = writer.root_object["/StructTreeRoot"]
    part: Any = reader.root_object["/StructTreeRoot"].clone(writer)
    entries, added = whole["/ParentTree"]["/Nums"], part["/ParentTree"]["/Nums"]
    offset = max(entries[::2], default=-1) + 1
    for key, element in zip(added[::2], added[1::2], strict=True):
        entries.extend((NumberObject(key + offset), element))
    for page, original in zip(writer.pages[pages_before:], reader.pages, strict=True):
        key = original.raw_get("/StructParents")
        page[NameObject("/StructParents")] = NumberObject(key + offset)
        for link in page.get("/Annots", ()):
            annotation = link.get_object()
            if "/StructParent" in annotation:
                annotation[NameObject("/StructParent")] = NumberObject(annotation["/StructParent"] + offset)
    document = whole["/K"][0]
    for element in part["/K"][0]["/K"]:
        _prefix_ids(element, prefix)
        element.get_object()[NameObject("/P")] = document.indirect_reference
        document["/K"].append(element)


def _prefix_ids(element: Any, prefix: str) -> None:
    """Keep the names of table heads apart: each part counts its elements anew, and cells name their heads."""
    node = element.get_object()
    if not isinstance(node, DictionaryObject):
        return
    if "/ID" in node:
        node[NameObject("/ID")] = TextStringObject(f"{prefix}{node['/ID']}")
    attributes: Any = node.get("/A", DictionaryObject())
    if "/Headers" in attributes:
        names = [TextStringObject(f"{prefix}{name}") for name in attributes["/Headers"]]
        attributes[NameObject("/Headers")] = ArrayObject(names)
    for child in node.get("/K", ()):
        _prefix_ids(child, prefix)
