"""Sarabun inside a Word file, as the standard keeps fonts in one (ECMA-376 part 4, 17.8.1): nothing to install.

With it comes a face of figures alone, in which 2 is drawn as ๒: LibreOffice knows no Thai page numbers.
"""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import Final
from uuid import UUID

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from fontTools.subset import Subsetter
from fontTools.ttLib import TTFont

from office.paper import static_file
from office.word_styles import FIGURES, FONT

_REGULAR: Final = "fonts/sarabun-400.ttf"
# A key of ours for each file: it only makes the embedded copy useless for anything but documents.
_FACES: Final = (
    (FONT, "embedRegular", UUID("6f3c1b52-8a0e-4c4b-9f57-2d6b0c1e4a01")),
    (FONT, "embedBold", UUID("6f3c1b52-8a0e-4c4b-9f57-2d6b0c1e4a02")),
    (FIGURES, "embedRegular", UUID("6f3c1b52-8a0e-4c4b-9f57-2d6b0c1e4a03")),
)
_ARABIC_ZERO, _THAI_ZERO, _DIGITS = 0x30, 0xE50, 10
_NAMES_OF_FACE: Final = {1, 3, 4, 6, 16}
"""Where a font file says its name."""
_OBFUSCATED: Final = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_FONT_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
_TABLE: Final = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">{fonts}</w:fonts>"""
_FONT: Final = """<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="DE"/><w:family w:val="auto"/>\
<w:pitch w:val="variable"/>{faces}</w:font>"""
_OTHERS: Final = {FONT: "TH Sarabun New", FIGURES: FONT}
"""What stands in for a font where the file's own may not be used."""


def embed_fonts(document: Document) -> None:
    """Put both weights and the figures into the file and name them in its table of fonts."""
    package = document.part.package
    table = Part(PackURI("/word/fontTable.xml"), CONTENT_TYPE.WML_FONT_TABLE, b"", package)
    faces = dict.fromkeys(_OTHERS, "")
    for number, (name, face, key) in enumerate(_FACES, start=1):
        file = Part(
            PackURI(f"/word/fonts/font{number}.odttf"), _OBFUSCATED, _obfuscated(name, face, key), package
        )
        relation = table.relate_to(file, _FONT_RELATION)
        faces[name] += f'<w:{face} r:id="{relation}" w:fontKey="{{{str(key).upper()}}}"/>'
    fonts = "".join(
        _FONT.format(name=name, other=other, faces=faces[name]) for name, other in _OTHERS.items()
    )
    table._blob = _TABLE.format(fonts=fonts).encode()
    for relation in document.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.FONT_TABLE:
            relation._target = table


@cache
def _obfuscated(name: str, face: str, key: UUID) -> bytes:
    """A font file with its first 32 bytes hidden by the key, read backwards."""
    file = static_file("fonts/sarabun-700.ttf" if face == "embedBold" else _REGULAR)
    font = thai_figures_font() if name == FIGURES else file.read_bytes()
    mask = key.bytes[::-1] * 2
    return bytes(one ^ other for one, other in zip(font[:32], mask, strict=True)) + font[32:]


@cache
def thai_figures_font() -> bytes:
    """A font of figures alone, in which the digits of every script are the Thai ones of Sarabun."""
    font = TTFont(static_file(_REGULAR), recalcTimestamp=False)
    wanted = Subsetter()
    wanted.populate(unicodes=range(_THAI_ZERO, _THAI_ZERO + _DIGITS))
    wanted.subset(font)
    drawn = font.getBestCmap()
    for table in font["cmap"].tables:
        for digit in range(_DIGITS):
            table.cmap[_ARABIC_ZERO + digit] = drawn[_THAI_ZERO + digit]
    for said in font["name"].names:
        if said.nameID in _NAMES_OF_FACE:
            said.string = FIGURES
    kept = BytesIO()
    font.save(kept)
    return kept.getvalue()
