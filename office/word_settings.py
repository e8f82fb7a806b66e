"""What a Word file says about itself: its title and maker, and how Word is to treat it."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from docx.document import Document
from docx.oxml import parse_xml

# Word 2013 and later without its compatibility mode, the fonts of the file kept when it is saved.
_SETTINGS: Final = """<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:embedTrueTypeFonts/><w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/>
<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>
<w:compatSetting w:name="enableOpenTypeFeatures" w:uri="http://schemas.microsoft.com/office/word" w:val="1"/>
</w:compat><w:themeFontLang w:val="en-US" w:bidi="th-TH"/></w:settings>"""
LANGUAGE: Final = "th-TH"


def set_up_file(document: Document, title: str) -> None:
    """Title and office instead of what the library says of itself; no day, which the text says."""
    kept = document.settings.element
    for one in list(kept):
        kept.remove(one)
    kept.extend(list(parse_xml(_SETTINGS)))
    said = document.core_properties
    said.title = title
    said.author = said.last_modified_by = settings.OFFICE_NAME
    said.comments = ""
    said.language = LANGUAGE
    for one in list(said._element):
        if one.tag.endswith(("}created", "}modified")):
            said._element.remove(one)
