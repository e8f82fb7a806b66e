"""A browser without a window: cookies, forms with their hidden fields, files; it keeps what a page said."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from http.client import HTTPException
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

PATIENCE_SECONDS = 60


@dataclass(frozen=True)
class Page:
    """What came back: its status (0 when nothing did), its text, where it is, when to come again."""

    status: int
    text: str
    address: str = ""
    retry_after: str = ""

    @property
    def is_well(self) -> bool:
        return 200 <= self.status < 400

    @property
    def path(self) -> str:
        """Where it is, without what was asked of it: a page of signing in names the one it leads to."""
        return urlsplit(self.address).path

    @property
    def heading(self) -> str:
        """What a person reads first."""
        found = re.search(r"<h1[^>]*>(.*?)</h1>", self.text, re.DOTALL)
        words = re.sub(r"<[^>]+>|\s+", " ", found[1] if found else self.text[:120])
        return " ".join(unescape(words).split())

    @property
    def faults(self) -> str:
        """What the page says is wrong with the form."""
        said = re.search(
            r'class="[^"]*(?:invalid-feedback|alert)[^"]*"[^>]*>(.*?)</(?:div|ul|p|span)>',
            self.text,
            re.DOTALL,
        )
        return " ".join(unescape(re.sub(r"<[^>]+>|\s+", " ", said[1] if said else "")).split())

    @property
    def said(self) -> str:
        """Status and words, as the table of the proof has them."""
        if self.status == 0:
            return f"no answer ({self.text})"
        again = f", Retry-After {self.retry_after}" if self.retry_after else ""
        return f"{self.status} “{self.heading}”{again}"


class _Fields(HTMLParser):
    """The fields of a page's forms, each with its value as drawn."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._select = ""
        self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "input" and given.get("type") in ("hidden", "text", "email", "number"):
            self.fields.setdefault(name, given.get("value", ""))
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in given:
            self.fields[self._select] = given.get("value", "")
        elif tag == "textarea":
            self._area = name
            self.fields[name] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.fields[self._area] += data


def fields_of(page: Page) -> dict[str, str]:
    """Every field of a page's forms with its value as drawn."""
    reader = _Fields()
    reader.feed(page.text)
    reader.fields.pop("", None)
    return reader.fields


@dataclass
class Browser:
    """One person's browser at one office."""

    base: str
    _opener: OpenerDirector = field(init=False)

    def __post_init__(self) -> None:
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> Page:
        return self._ask(Request(self.base + path))

    def download(self, path: str) -> bytes:
        """The content of a file; what is no file raises HTTPError."""
        with self._opener.open(Request(self.base + path), timeout=PATIENCE_SECONDS) as answer:
            return bytes(answer.read())

    def post(
        self, path: str, fields: dict[str, str], files: dict[str, tuple[str, bytes]] | None = None
    ) -> Page:
        """Send a form as a browser does; a redirect is followed."""
        request = Request(self.base + path, method="POST", headers={"Referer": self.base + path})
        if files:
            edge = secrets.token_hex(16)
            request.data = _multipart(edge, fields, files)
            request.add_header("Content-Type", f"multipart/form-data; boundary={edge}")
        else:
            request.data = urlencode(fields).encode()
        return self._ask(request)

    def _ask(self, request: Request) -> Page:
        try:
            with self._opener.open(request, timeout=PATIENCE_SECONDS) as answer:
                return Page(answer.status, answer.read().decode(errors="replace"), answer.url)
        except HTTPError as refused:
            text = refused.read().decode(errors="replace")
            return Page(refused.code, text, refused.url or "", refused.headers.get("Retry-After", ""))
        except (OSError, HTTPException) as nothing:
            return Page(0, type(getattr(nothing, "reason", nothing)).__name__)


def _multipart(edge: str, fields: dict[str, str], files: dict[str, tuple[str, bytes]]) -> bytes:
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    for name, (file_name, content) in files.items():
        head = f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="{file_name}"\r\n\r\n'
        parts.append(head.encode() + content + b"\r\n")
    return b"".join([*parts, f"--{edge}--\r\n".encode()])
