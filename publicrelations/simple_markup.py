"""An article's text as it is typed where no script runs: lines and a few signs, to clean HTML and back.

A blank line ends a paragraph; `## ` and `### ` begin headings, `- ` and `1. ` the lines of lists, `> ` a quotation;
`**strong**`, `*emphasised*`, `[words](https://address)`; a backslash takes a sign as it is. Lists within lists become
one list.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import groupby
from typing import Final

_SIGNS: Final = re.compile(r"([\\*\[\]])")
_AT_START: Final = re.compile(r"^(#{2,3} |- |> |\d+\. )")
_LINE: Final = re.compile(r"^(?:(?P<sign>#{2,3}|-|>|\d+\.) )?(?P<rest>.*)$", re.DOTALL)
_LINK: Final = re.compile(r"\[([^\[\]\n]+)\]\(((?:https?://|mailto:|tel:|/)[^\s()<>\"]*)\)")
_STRONG: Final = re.compile(r"\*\*(?!\s)(.+?)(?<!\s)\*\*")
_EMPHASISED: Final = re.compile(r"\*(?!\s)(.+?)(?<!\s)\*")
_TAKEN_AS_IT_IS: Final = re.compile(r"\\([\\*\[\]#>\-0-9])")
_HIDDEN: Final = 0xE000
"""Signs taken as they are hide in letters of the private use area while the others are read."""


def from_markup(text: str) -> str:
    """HTML of what was typed; nothing of it is read as HTML. To be cleaned like any other."""
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n").strip())
    return "".join(_block(block) for block in blocks if block.strip())


def _block(block: str) -> str:
    lines = [_LINE.fullmatch(line.strip()) for line in block.split("\n")]
    found = [
        ((line["sign"] or "").rstrip("0123456789") or "", line["rest"], line["sign"])
        for line in lines
        if line
    ]
    made = []
    for kind, group in groupby(found, key=lambda one: "1." if one[0] == "." else one[0]):
        texts = [_inline(rest) for _kind, rest, _sign in group]
        made.append(_wrapped(kind, texts))
    return "".join(made)


def _wrapped(kind: str, texts: list[str]) -> str:
    match kind:
        case "##" | "###":
            return "".join(f"<h{len(kind)}>{text}</h{len(kind)}>" for text in texts)
        case "-" | "1.":
            items = "".join(f"<li><p>{text}</p></li>" for text in texts)
            return f"<ul>{items}</ul>" if kind == "-" else f"<ol>{items}</ol>"
        case ">":
            return f"<blockquote><p>{'<br>'.join(texts)}</p></blockquote>"
        case _:
            return f"<p>{'<br>'.join(texts)}</p>"


def _inline(text: str) -> str:
    kept = _TAKEN_AS_IT_IS.sub(lambda found: chr(_HIDDEN + ord(found[1])), text)
    safe = html.escape(kept, quote=False)
    safe = _LINK.sub(r'<a href="\2">\1</a>', safe)
    safe = _EMPHASISED.sub(r"<em>\1</em>", _STRONG.sub(r"<strong>\1</strong>", safe))
    return "".join(_shown(letter) for letter in safe)


def _shown(letter: str) -> str:
    code = ord(letter) - _HIDDEN
    return html.escape(chr(code), quote=False) if 0 <= code < 128 else letter


def to_markup(clean: str) -> str:
    """What to type for a clean text."""
    writer = _Writer()
    writer.feed(clean)
    writer.close()
    return "\n\n".join(writer.written())


class _Writer(HTMLParser):
    """Reads clean HTML block by block; knows only the elements of `publicrelations.clean_html`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[tuple[str, str]] = []
        self.line = ""
        self.lists: list[str] = []
        self.quotes = 0
        self.heading = ""
        self.href = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        match tag:
            case "ul" | "ol":
                self._end()
                self.lists.append(tag)
            case "blockquote":
                self._end()
                self.quotes += 1
            case "h2" | "h3":
                self._end()
                self.heading = tag
            case "p" | "li":
                self._end()
            case "br":
                self.line += "\n"
            case "strong":
                self.line += "**"
            case "em":
                self.line += "*"
            case "a":
                self.href = dict(attrs).get("href") or ""
                self.line += "["

    def handle_endtag(self, tag: str) -> None:
        match tag:
            case "ul" | "ol":
                self._end()
                self.lists.pop() if self.lists else None
            case "blockquote":
                self._end()
                self.quotes = max(0, self.quotes - 1)
            case "h2" | "h3":
                self._end()
                self.heading = ""
            case "p" | "li":
                self._end()
            case "strong":
                self.line += "**"
            case "em":
                self.line += "*"
            case "a":
                self.line += f"]({self.href})"

    def handle_data(self, data: str) -> None:
        self.line += _SIGNS.sub(r"\\\1", re.sub(r"\s+", " ", data))

    def _end(self) -> None:
        """What was read since the last end is a block of the kind that is open."""
        text, self.line = self.line.strip(), ""
        if not text:
            return
        if self.heading:
            kind = "##" if self.heading == "h2" else "###"
        elif self.lists:
            kind = "-" if self.lists[-1] == "ul" else "1."
        else:
            kind = ">" if self.quotes else ""
        self.blocks.append((kind, text))

    def written(self) -> Iterator[str]:
        """Each block as typed; the lines of one list stand together."""
        self._end()
        for kind, group in groupby(self.blocks, key=lambda block: block[0]):
            texts = [text for _kind, text in group]
            match kind:
                case "-":
                    yield "\n".join(f"- {text.replace(chr(10), ' ')}" for text in texts)
                case "1.":
                    yield "\n".join(
                        f"{place}. {text.replace(chr(10), ' ')}" for place, text in enumerate(texts, start=1)
                    )
                case ">":
                    yield from ("\n".join(f"> {line}" for line in text.split("\n")) for text in texts)
                case "":
                    yield from ("\n".join(_as_words(line) for line in text.split("\n")) for text in texts)
                case _:
                    yield from (f"{kind} {text}" for text in texts)


def _as_words(line: str) -> str:
    """A line of a paragraph that only looks as if it began a list."""
    return f"\\{line}" if _AT_START.match(line) else line
