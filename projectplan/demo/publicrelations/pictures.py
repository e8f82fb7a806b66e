"""Drawn pictures for a demo's news: shapes in a few colours, never photographs; few files, shared by all articles."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageDraw

from office.models import Document
from publicrelations.models import Picture
from publicrelations.rendering import sizes

SIZE: Final = (1200, 800)
SKY, GROUND, PAPER, INK = "#dbe7f3", "#b9d3b0", "#fbf7ee", "#33475b"
WARM, GOLD, BLUE, GREEN = "#c9684f", "#e0b04c", "#4a78a8", "#6d9a63"
CREDIT: Final = "ภาพวาดโดยระบบสาธิต"

Draw = ImageDraw.ImageDraw


@dataclass(frozen=True, slots=True)
class Drawing:
    """One drawn picture as it is kept: the original under its hash, its web sizes under theirs."""

    sha256: str
    size: int
    rendered: str

    @property
    def name(self) -> str:
        return "ภาพวาด.jpg"


def drawings() -> dict[str, Drawing]:
    """Every motif drawn and kept, with the sizes the web gets; what is there already is not drawn anew."""
    return {name: _kept(name, draw) for name, draw in MOTIFS.items()}


def _kept(name: str, draw: Callable[[Draw], None]) -> Drawing:
    canvas = Image.new("RGB", SIZE, SKY)
    draw(ImageDraw.Draw(canvas))
    written = io.BytesIO()
    canvas.save(written, "JPEG", quality=82)
    content = written.getvalue()
    sha256 = hashlib.sha256(content).hexdigest()
    rendered = hashlib.sha256(f"drawing:{name}:{sha256}".encode()).hexdigest()
    _store(Document(sha256=sha256).path, content)
    picture = Picture(width=SIZE[0], height=SIZE[1], sha256=rendered)
    if not default_storage.exists(picture.file_path(picture.names[-1])):
        for size_name, made in sizes(picture, content).items():
            _store(picture.file_path(size_name), made)
    return Drawing(sha256, len(content), rendered)


def _store(path: str, content: bytes) -> None:
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(content))


# ── The motifs ──────────────────────────────────────────────────────────────────────────────


def _house(draw: Draw, left: int, top: int, wide: int, high: int) -> None:
    draw.rectangle((left, top, left + wide, top + high), fill=PAPER)
    roof = [(left - 40, top), (left + wide // 2, top - 120), (left + wide + 40, top)]
    draw.polygon(roof, fill=WARM)
    for place in range(left + 40, left + wide - 60, 110):
        for row in range(top + 40, top + high - 80, 110):
            draw.rectangle((place, row, place + 60, row + 60), fill=BLUE)


def _school(draw: Draw) -> None:
    draw.rectangle((0, 560, 1200, 800), fill=GROUND)
    _house(draw, 420, 300, 620, 270)
    draw.line((230, 140, 230, 600), fill=INK, width=12)
    draw.rectangle((236, 150, 380, 240), fill=GOLD)
    for place in range(120, 420, 70):
        draw.ellipse((place, 620, place + 36, 656), fill=INK)
        draw.rectangle((place - 2, 656, place + 38, 730), fill=PAPER)


def _meeting(draw: Draw) -> None:
    draw.rectangle((0, 0, 1200, 800), fill=PAPER)
    draw.rectangle((380, 80, 820, 330), fill=INK)
    for place, high in ((440, 90), (530, 150), (620, 120), (710, 190)):
        draw.rectangle((place, 310 - high, place + 50, 310), fill=GOLD)
    draw.ellipse((160, 430, 1040, 720), fill=WARM)
    for place in range(200, 1040, 160):
        draw.ellipse((place, 370, place + 70, 440), fill=BLUE)


def _workshop(draw: Draw) -> None:
    draw.rectangle((0, 560, 1200, 800), fill=WARM)
    for x, y, r, colour in ((380, 330, 170, BLUE), (660, 260, 120, GOLD), (830, 430, 95, GREEN)):
        draw.ellipse((x - r, y - r, x + r, y + r), fill=colour)
        draw.ellipse((x - r // 3, y - r // 3, x + r // 3, y + r // 3), fill=SKY)
    draw.line((120, 640, 520, 640), fill=INK, width=40)
    draw.rectangle((520, 600, 620, 680), fill=INK)


def _books(draw: Draw) -> None:
    draw.rectangle((0, 620, 1200, 800), fill=PAPER)
    for row, colour in enumerate((BLUE, WARM, GOLD, GREEN, INK)):
        left = 330 + (row % 2) * 50
        draw.rectangle((left, 560 - row * 78, left + 480, 630 - row * 78), fill=colour)
        draw.rectangle((left + 430, 568 - row * 78, left + 480, 622 - row * 78), fill=PAPER)
    draw.polygon([(900, 620), (940, 250), (980, 620)], fill=GOLD)


def _globe(draw: Draw) -> None:
    draw.ellipse((380, 140, 820, 580), fill=BLUE)
    for box in ((470, 230, 620, 360), (640, 330, 770, 470), (500, 430, 610, 540)):
        draw.ellipse(box, fill=GREEN)
    draw.arc((350, 110, 850, 610), 300, 110, fill=INK, width=14)
    draw.rectangle((585, 590, 615, 680), fill=INK)
    draw.rectangle((470, 680, 730, 710), fill=INK)
    for left, colour in ((130, WARM), (950, GOLD)):
        draw.line((left, 220, left, 700), fill=INK, width=10)
        draw.rectangle((left + 5, 230, left + 150, 330), fill=colour)


def _gate(draw: Draw) -> None:
    draw.rectangle((0, 560, 1200, 800), fill=GROUND)
    _house(draw, 430, 330, 340, 230)
    draw.polygon([(520, 800), (570, 560), (630, 560), (680, 800)], fill=PAPER)
    for left in (230, 880):
        draw.rectangle((left, 240, left + 90, 700), fill=WARM)
    draw.rectangle((200, 190, 1000, 250), fill=INK)


def _hills(draw: Draw) -> None:
    for points, colour in (
        ([(0, 620), (300, 240), (640, 620)], BLUE),
        ([(380, 620), (760, 180), (1200, 620)], GREEN),
    ):
        draw.polygon(points, fill=colour)
    draw.ellipse((930, 80, 1080, 230), fill=GOLD)
    draw.rectangle((0, 600, 1200, 800), fill=GROUND)
    _house(draw, 240, 520, 220, 130)
    draw.polygon([(500, 800), (620, 600), (660, 600), (760, 800)], fill=PAPER)


def _library(draw: Draw) -> None:
    draw.rectangle((0, 0, 1200, 800), fill=PAPER)
    colours = (BLUE, WARM, GOLD, GREEN, INK)
    for row in range(3):
        top = 90 + row * 170
        draw.rectangle((120, top + 130, 1080, top + 150), fill=INK)
        for number, left in enumerate(range(140, 1050, 46)):
            high = 80 + (number * 37 + row * 23) % 45
            draw.rectangle((left, top + 130 - high, left + 34, top + 130), fill=colours[(number + row) % 5])
    draw.rectangle((330, 660, 870, 690), fill=WARM)


MOTIFS: Final[dict[str, Callable[[Draw], None]]] = {
    "school": _school,
    "meeting": _meeting,
    "workshop": _workshop,
    "books": _books,
    "globe": _globe,
    "gate": _gate,
    "hills": _hills,
    "library": _library,
}
