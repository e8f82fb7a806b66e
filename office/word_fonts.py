"""Sarabun inside a Word file, as the standard keeps fonts in one (ECMA-376 part 4, 17.8.1): nothing to install."""

from __future__ import annotations

from functools import cache
from typing import Final
from uuid import UUID

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from office.paper import static_file
from office.word_styles import FONT

# A key of ours for each file: it only makes the embedded copy useless for anything but documents.
_FACES: Final = {
    "embedRegular": ("fonts/sarabun-400.ttf", UUID("6f3c1b52-8a0e-4c4b-9f57-2d6b0c1e4a01")),
    "embedBold": ("fonts/sarabun-700.ttf", UUID("6f3c1b52-8a0e-4c4b-9f57-2d6b0c1e4a02")),
}
_OBFUSCATED: Final = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_FONT_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
_TABLE: Final = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:font w:name="{font}">\
<w:altName w:val="TH Sarabun New"/><w:charset w:val="DE"/><w:family w:val="auto"/><w:pitch w:val="variable"/>\
{faces}</w:font></w:fonts>"""


def embed_fonts(document: Document) -> None:
    """Put both weights into the file and name them in its table of fonts."""
    package = document.part.package
    table = Part(PackURI("/word/fontTable.xml"), CONTENT_TYPE.WML_FONT_TABLE, b"", package)
    faces = ""
    for number, (face, (file, key)) in enumerate(_FACES.items(), start=1):
        name = PackURI(f"/word/fonts/font{number}.odttf")
        relation = table.relate_to(Part(name, _OBFUSCATED, _obfuscated(file, key), package), _FONT_RELATION)
        faces += f'<w:{face} r:id="{relation}" w:fontKey="{{{str(key).upper()}}}"/>'
    table._blob = _TABLE.format(font=FONT, faces=faces).encode()
    for relation in document.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.FONT_TABLE:
            relation._target = table


@cache
def _obfuscated(name: str, key: UUID) -> bytes:
    """A font file with its first 32 bytes hidden by the key, read backwards."""
    font = static_file(name).read_bytes()
    mask = key.bytes[::-1] * 2
    return bytes(one ^ other for one, other in zip(font[:32], mask, strict=True)) + font[32:]
