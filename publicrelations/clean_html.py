"""An article's text as HTML: only what the office's news is written in survives, whoever typed or pasted it.

What comes from Word, a web page or an attacker is brought to a few plain elements. Nothing that runs, loads, styles or
frames anything is among them, so the text is as harmless on the public site as in the editor.
"""

from __future__ import annotations

import html
import re
from typing import Final

import nh3

TAGS: Final = {
    "p",
    "br",  # what a paragraph is made of
    "h2",
    "h3",  # the headline is the page's only h1
    "strong",
    "em",  # weight a screen reader speaks too
    "ul",
    "ol",
    "li",
    "blockquote",
    "a",  # with an address that is looked at below
}
"""Pictures, files and films are not in the text: they are rows of the article with words and rights of their own."""
ATTRIBUTES: Final = {"a": {"href"}}
"""No class, style or id: the site's own sheet says how news looks. No `target`: the reader decides where it opens."""
SCHEMES: Final = {"https", "http", "mailto", "tel"}
"""No javascript:, data: or anything else a browser may run."""
REL: Final = "noopener noreferrer"
"""The other site does not learn from which page the reader came, and gets no hand on it."""

# What other programs write for the same thing. Their tags survive the first pass without any attribute, are renamed,
# and the second pass puts the nesting right.
_OTHER_NAMES: Final = {
    "h1": "h2",
    "h4": "h3",
    "h5": "h3",
    "h6": "h3",
    "b": "strong",
    "i": "em",
    "div": "p",
    "section": "p",
    "td": "p",
    "th": "p",
}
_OTHER_TAG: Final = re.compile(rf"<(/?)({'|'.join(_OTHER_NAMES)})>")
# A run of them is looked at from its beginning only: from each of its letters would take the square of its length.
_BREAKS: Final = re.compile(r"<p>(?:\s|<br>)+|(?<!\s)(?<!<br>)(?:\s|<br>)+</p>")
_EMPTY: Final = re.compile(r"<(p|h2|h3|strong|em|a|li|ul|ol|blockquote)(?: [^>]*)?>(?:\s|<br>)*</\1>")
_NO_ADDRESS: Final = re.compile(r'<a rel="[^"]*">(.*?)</a>', re.DOTALL)
_DEEPEST: Final = 20
"""Empty elements within empty elements that are looked into; nobody writes more."""
_BETWEEN_BLOCKS: Final = re.compile(r"</?(?:p|h2|h3|ul|ol|li|blockquote)>|<br>")
_BLOCK: Final = "p|h2|h3|ul|ol|li|blockquote"
_LOOSE: Final = re.compile(
    rf"(?:^|(?<=</p>)|(?<=</h2>)|(?<=</h3>)|(?<=</ul>)|(?<=</ol>)|(?<=</blockquote>))"
    rf"((?:[^<]|<(?!/?(?:{_BLOCK})\b))+)"
)
"""Words outside any block: at the start, or after a block has ended."""


def clean_html(given: str) -> str:
    """The text in the few elements it may have; empty when nothing is left to read."""
    text = nh3.clean(
        given.replace("\x00", "").replace("\xa0", " "),
        tags=TAGS | set(_OTHER_NAMES),
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel=REL,
    )
    renamed = _OTHER_TAG.sub(lambda found: f"<{found[1]}{_OTHER_NAMES[found[2]]}>", text)
    nested = nh3.clean(renamed, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=REL)
    return _tidy(nested)


def _tidy(text: str) -> str:
    """No empty elements, no breaks at a paragraph's ends, and loose words in a paragraph of their own."""
    text = _NO_ADDRESS.sub(r"\1", text.replace("&nbsp;", " "))
    text = _BREAKS.sub(lambda found: "<p>" if found[0].startswith("<p>") else "</p>", text)
    for _depth in range(_DEEPEST):
        before, text = text, _EMPTY.sub("", text)
        if before == text:
            break
    text = _LOOSE.sub(lambda found: f"<p>{found[1].strip()}</p>" if found[1].strip() else "\n", text)
    return text.strip()


def words_of(clean: str) -> str:
    """The words of a clean text, a line for each block: for searching, comparing, counting."""
    lines = _BETWEEN_BLOCKS.sub("\n", clean.replace("<li>", "<li>• "))
    bare = html.unescape(nh3.clean(lines, tags=set()))
    return "\n".join(line.strip() for line in bare.splitlines() if line.strip(" •"))
