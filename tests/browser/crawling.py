"""Walking through the whole site as one person: every link, every filter's form, every part that a page fetches.

A page is known by its **shape** (which view, which words in its address, which questions behind it), and of each shape
a few are opened, so that a walk ends however much the office holds.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote, urlencode, urljoin, urlsplit

import lxml.html
from django.apps import apps
from django.db.models import CharField, JSONField, TextField
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, get_resolver, resolve

from office.models import User
from tests.browser.judge import english_among

OF_A_SHAPE = 2
QUESTIONS_OF_A_VIEW = 6
HERE = "http://testserver"
WORD = re.compile(r"[a-z]+([_-][a-z]+)*")
SYSTEM = "admin:"  # Django's own pages: opened, and looked at one by one in test_every_page.py
FILES = "files"
KEPT_ASIDE = ("/static/", "/media/")
UNSAID = {"script", "noscript", "style", "template", "svg", "code"}
ATTRIBUTES = ("placeholder", "aria-label", "title", "alt", "label")
LATIN = re.compile("[A-Za-z]{2}")
WRITTEN = (CharField, TextField, JSONField)
TAG = re.compile("<[^>]+>")
CODE = re.compile(r"[A-Za-z_.:-]+")
SHORTENED = 30  # letters; a title that is cut is known again by that many
UNPROCESSABLE = 422  # a part of a form that is asked for before anything is written


class Shape(NamedTuple):
    """What pages have in common: the view, the words in the address (a step's name), the questions put to it."""

    view: str
    words: tuple[str, ...]
    keys: frozenset[str]


@dataclass(frozen=True)
class Found:
    """An address, on which page it stood, and how a browser would ask for it."""

    address: str
    on: str
    is_part: bool = False


@dataclass(frozen=True)
class Opened:
    """A whole page that was opened, as its HTML is read."""

    address: str
    view: str
    document: Any


def shape_of(address: str) -> Shape:
    """Raises Resolver404 where nothing is at the address."""
    parts = urlsplit(address)
    match = resolve(parts.path)
    words = (value for value in match.kwargs.values() if isinstance(value, str) and WORD.fullmatch(value))
    keys = frozenset(key for key, _value in parse_qsl(parts.query, keep_blank_values=True))
    return Shape(match.view_name, tuple(words), keys)


@dataclass(frozen=True)
class Notebook:
    """What all who walk have written down so far, in whichever process; a line written twice harms nobody."""

    folder: Path

    def _page(self, name: str) -> Path:
        return self.folder / f"{name.replace(':', '-')}.txt"

    def lines(self, page: str) -> set[str]:
        there = self._page(page)
        return set(there.read_text(encoding="utf-8").splitlines()) if there.exists() else set()

    def write(self, page: str, lines: Iterable[str]) -> None:
        with self._page(page).open("a", encoding="utf-8") as written:
            written.write("".join(f"{line}\n" for line in lines))


class Written:
    """What people wrote in this office: names, titles, references. It stands on the pages of either language as they
    wrote it, so it is no word of ours that was left in the other."""

    def __init__(self) -> None:
        self.lines = {" ".join(line.split()) for line in self._read()}
        # A single word may be a code of ours (`received`); that would excuse too much.
        latin = (line for line in self.lines if LATIN.search(line) and not CODE.fullmatch(line))
        self._latin = sorted(latin, key=len, reverse=True)

    @staticmethod
    def _read() -> Iterator[str]:
        for model in apps.get_models():
            fields = (
                one for one in model._meta.concrete_fields if isinstance(one, WRITTEN) and not one.choices
            )
            names = [one.attname for one in fields]
            for values in model._default_manager.values_list(*names) if names else []:
                yield from TAG.sub("\n", "\n".join(_strings(values))).splitlines()

    @cache  # noqa: B019  one for each walk, and the same lines stand on many pages
    def left_of(self, text: str) -> str:
        """A text of a page without what people wrote."""
        rest = " ".join(text.split())
        start = rest.rstrip("…")
        if len(start) >= SHORTENED and any(start in line for line in self._latin):
            return ""
        for line in self._latin:
            rest = rest.replace(line, " ")
        return rest


def _strings(value: Any) -> Iterator[str]:
    """Every text in what a column holds, however deep: an edition of the plan is kept as data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)


@dataclass
class Walk:
    """One person's way through the site. `reached` are the views that answered, `faults` what was wrong on the way.
    A file (a PDF, a table) takes its time to be made, so the first who comes to it fetches it for all."""

    person: User | None
    notebook: Notebook
    written: Written
    reached: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    client: Client = field(default_factory=Client)
    fetched: int = 0
    _seen: set[tuple[str, bool]] = field(default_factory=set)
    _said: set[tuple[str, str]] = field(default_factory=set)
    _of_shape: Counter[Shape] = field(default_factory=Counter)
    _of_view: Counter[tuple[str, tuple[str, ...]]] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        if self.person:
            self.client.force_login(self.person, backend="django.contrib.auth.backends.ModelBackend")

    def pages(self, starts: Iterable[str]) -> Iterator[Opened]:
        """Every page that can be come to from these addresses."""
        ways = deque(Found(start, "the beginning") for start in starts)
        while ways:
            found = ways.popleft()
            shape = self._new(found)
            if shape is None:
                continue
            answer = self._open(found, shape)
            if answer is None:
                continue
            if answer.status_code in (301, 302):
                ways.extendleft(self._elsewhere(found, answer))
                continue
            document = lxml.html.document_fromstring(answer.content)
            ways.extend(_ways_from(document, found.address))
            self._read(document, found, shape.view)
            if not found.is_part:
                yield Opened(found.address, shape.view, document)

    def _new(self, found: Found) -> Shape | None:
        """The shape of what is to be opened; none if enough of it was, or if nothing is there."""
        if (found.address, found.is_part) in self._seen or found.address.startswith(KEPT_ASIDE):
            return None
        self._seen.add((found.address, found.is_part))
        try:
            shape = shape_of(found.address)
        except Resolver404:
            self.faults.append(f"a link to nowhere: {found.address} on {found.on}")
            return None
        if shape.view.startswith(SYSTEM) and (shape.keys or shape.view.endswith(("_history", "_delete"))):
            return None
        if self._of_shape[shape] >= OF_A_SHAPE or shape.view in self.notebook.lines(FILES):
            return None
        if not self._of_shape[shape]:
            if self._of_view[shape[:2]] >= QUESTIONS_OF_A_VIEW:
                return None
            self._of_view[shape[:2]] += 1
        self._of_shape[shape] += 1
        return shape

    def _open(self, found: Found, shape: Shape) -> HttpResponse | None:
        """What the address answers if it is a page or leads to one; its view is reached."""
        answer = self.client.get(found.address, headers={"HX-Request": "true"} if found.is_part else {})
        self.fetched += 1
        self.reached.add(shape.view)
        if answer.status_code >= 400:
            if not (found.is_part and answer.status_code == UNPROCESSABLE):
                self.faults.append(f"answer {answer.status_code}: {found.address} on {found.on}")
            return None
        if answer.status_code in (301, 302):
            return answer
        if not answer.get("Content-Type", "").startswith("text/html"):
            self._take(found, shape, answer)
            return None
        return answer if answer.content.strip() else None

    def _take(self, found: Found, shape: Shape, answer: HttpResponse) -> None:
        """A file says what it is, and something is in it."""
        self.notebook.write(FILES, [shape.view])
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        if answer.status_code == 200 and not (body and answer.get("Content-Type")):
            self.faults.append(f"an empty file: {found.address} on {found.on}")

    def _elsewhere(self, found: Found, answer: HttpResponse) -> list[Found]:
        address = _inside(found.address, answer["Location"])
        return [Found(address, f"{found.on} by {found.address}", found.is_part)] if address else []

    def _read(self, document: Any, found: Found, view: str) -> None:
        """The same words on many pages of a view are one fault."""
        if not found.is_part and document.get("lang") != "th":
            self.faults.append(f"{found.address}: the page does not say that it is Thai")
        if view.startswith(SYSTEM):
            return
        for fault in english_among(self.written.left_of(text) for text in english_in(words_of(document))):
            if (view, fault) not in self._said:
                self._said.add((view, fault))
                self.faults.append(f"{unquote(found.address)[:80]} ({view}): {fault}")


def _inside(base: str, link: str) -> str | None:
    """The address on this site that a link on a page leads to; none for one that leads elsewhere."""
    parts = urlsplit(urljoin(HERE + base, link.strip()))
    if f"{parts.scheme}://{parts.netloc}" != HERE:
        return None
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _ways_from(document: Any, base: str) -> Iterator[Found]:
    """Links, pictures, the parts a page fetches by itself, and forms that ask, sent as they stand."""
    for element in document.iter("a", "img"):
        address = _inside(base, element.get("href") or element.get("src") or "#")
        if address and not (element.get("href") or "/").startswith("#"):
            yield Found(address, base)
    for element in document.xpath("//*[@hx-get]"):
        address = _inside(base, element.get("hx-get"))
        if address:
            yield Found(address, base, is_part=True)
    for form in document.iter("form"):
        if (form.get("method") or "get").lower() == "get":
            address = _inside(base, (form.get("action") or urlsplit(base).path).partition("?")[0])
            if address:
                yield Found(f"{address}?{urlencode(form.form_values())}", base)


def english_in(texts: Iterable[str]) -> list[str]:
    return [text for text in texts if english_among([text])]


def words_of(document: Any) -> list[str]:
    """What a page says to those who see it and to those who hear it; not what is marked as another language."""
    said = [document.findtext("head/title") or ""]
    for body in document.iter("body"):
        _hear(body, said)
    return said


def _hear(element: Any, said: list[str]) -> None:
    if not isinstance(element.tag, str) or element.tag in UNSAID:
        return
    if element.get("lang") == "en" or element.get("translate") == "no":
        return
    said += [element.get(name) for name in ATTRIBUTES if element.get(name)]
    said.append(element.text or "")
    for child in element:
        _hear(child, said)
        said.append(child.tail or "")


def kinds_in(document: Any) -> set[str]:
    """The kinds of elements on a page, by name, class and type: what a page looks like, whatever it tells."""
    return {
        f"{element.tag} {' '.join(sorted((element.get('class') or '').split()))} {element.get('type') or ''}"
        for element in document.iter()
        if isinstance(element.tag, str)
    }


# ── What the project has ────────────────────────────────────────────────────────────────────


def views_that_are_read() -> set[str]:
    """Every named address that answers a GET; not those of Django's own site of the system."""
    return set(_named(get_resolver(), ""))


def _named(resolver: Any, space: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            if pattern.app_name != "admin":
                yield from _named(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        elif pattern.name and _may_be_read(pattern.callback):
            yield space + pattern.name


def _may_be_read(view: Any) -> bool:
    """False for a view, or any layer around it, that takes other methods only (`require_POST`)."""
    layers, met = [view], set()
    while layers:
        layer = layers.pop()
        if id(layer) in met or not callable(layer):
            continue
        met.add(id(layer))
        code = getattr(layer, "__code__", None)
        cells = dict(zip(code.co_freevars, layer.__closure__ or (), strict=True)) if code else {}
        methods = cells.get("request_method_list")
        if methods and "GET" not in methods.cell_contents:
            return False
        layers += [cell.cell_contents for name, cell in cells.items() if name != "request_method_list"]
    return True
