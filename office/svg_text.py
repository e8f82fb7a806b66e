"""Makes WeasyPrint draw a piece of SVG text in one go, as it otherwise stacks Thai marks wrongly.

WeasyPrint lays out SVG text letter by letter so that each may have a place of its own; a tone mark drawn
alone falls on top of the vowel it belongs above (WeasyPrint issue 2249). This leans on the internals of the
version pinned in pyproject.toml; tests/office/test_paper.py compares a chart's words with the same in text.
"""

from collections.abc import Iterator
from types import ModuleType
from typing import Any

LETTER_ATTRIBUTES = ("letter-spacing", "textLength", "rotate")
PLACE_ATTRIBUTES = ("x", "y", "dx", "dy")


class WholeText(str):
    """A text that iterates as a single letter: itself."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        yield str(self)


def draw_text_whole(svg: ModuleType) -> None:
    """Patch the module `weasyprint.svg`, once a process; text whose letters have their own places is left alone."""
    draw = svg.TAGS["text"]

    def draw_whole(image: Any, node: Any, font_size: float) -> None:
        if node.text and not _places_letters(node.attrib):
            node._etree_node.text = WholeText(node.text)
        draw(image, node, font_size)

    svg.TAGS.update({tag: draw_whole for tag, drawn_by in svg.TAGS.items() if drawn_by is draw})
    # The module also asks `TAGS[tag] == text` to learn whether a node is text, so the name moves along.
    vars(svg)["text"] = draw_whole


def _places_letters(attributes: dict[str, str]) -> bool:
    """Whether the letters of an SVG text node are spaced, turned or placed one by one."""
    if any(name in attributes for name in LETTER_ATTRIBUTES):
        return True
    return any(len(attributes.get(name, "").replace(",", " ").split()) > 1 for name in PLACE_ATTRIBUTES)
