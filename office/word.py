"""Turns the HTML of an official document into a Word file, for those who finish in Word: the one door to python-docx.

It reads the very HTML that `office.paper` makes the PDF of, so no text stands in two places. What a class of
letter.css looks like in Word, `office.word_styles` says.
"""

from __future__ import annotations

from io import BytesIO
from typing import Final
from xml.etree.ElementTree import Element

import docx
import tinyhtml5

from office.word_fonts import embed_fonts
from office.word_letter import write_letter
from office.word_page import is_letter, set_up_page
from office.word_report import write_report
from office.word_settings import set_up_file
from office.word_styles import make_styles

CONTENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def render_word(html: str, *, title: str) -> bytes:
    """A whole HTML document as a DOCX file of A4 pages; the title is the one a reader's window shows.

    Sarabun comes along in the file, named for Latin and for Thai, so that Word and LibreOffice set the lines as the
    PDF does. Raises PaperError for a picture that cannot be drawn.
    """
    body = body_of(html)
    document = docx.Document()
    set_up_file(document, title)
    embed_fonts(document)
    make_styles(document)
    set_up_page(document, body)
    write_body = write_letter if is_letter(body) else write_report
    write_body(document, body)
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def body_of(html: str) -> Element:
    """The body of a document, as WeasyPrint reads it too."""
    root: Element = tinyhtml5.parse(html, namespace_html_elements=False)
    body = root.find("body")
    if body is None:  # the parser makes one for every document
        raise ValueError("A document without a body.")
    return body
