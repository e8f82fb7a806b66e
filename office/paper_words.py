"""Words as official paper sets them: Thai figures, what no line may break within, the emblem of the letterhead."""

from __future__ import annotations

import base64
import mimetypes
import re
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString, mark_safe

from office.thai import MONTHS, to_thai_digits

_LATIN: Final = re.compile(r"[A-Za-z]")
_UNIT: Final = re.compile(r" (ๆ|น\.|บาท)")
_BETWEEN: Final = re.compile("(?<=>)[^<>]+(?=<)")
# What no line may break within: a date, a register number, and compounds that the word breaker takes for two words.
_WHOLE: Final = re.compile(
    rf"(?:(?:เมื่อ)?วันที่ )?[๐-๙]{{1,2}} (?:{'|'.join(MONTHS)}) [๐-๙]{{4}}|[ก-ฮ]{{1,4}}\.? [๐-๙.]*/?[๐-๙]+/[๐-๙]+"
    r"|ความลับ|ได้รับ|วันที่|(?:ว่าการ)?กระทรวงศึกษาธิการ|ข้อเท็จจริง|\(?สภาผู้แทนราษฎร\)?|ราชกิจจานุเบกษา|สถานศึกษา|ขั้นพื้นฐาน"
    r"|ชำนาญการพิเศษ"
)


def thai_figures(text: str) -> str:
    """Thai digits, except in words with Latin letters: an address of e-mail or web stays as it is typed."""
    return "".join(word if _LATIN.search(word) else to_thai_digits(word) for word in re.split(r"(\s+)", text))


def kept_whole(html: str) -> str:
    """A page for paper whose text, between the elements of its body, is kept together where it belongs on one line."""
    head, body, rest = html.partition("<body")
    return head + body + _BETWEEN.sub(lambda text: _in_whole(text[0]), rest)


def _in_whole(words: str) -> str:
    return _WHOLE.sub(lambda found: f'<span class="whole">{found[0]}</span>', words)


def as_on_paper(text: str) -> SafeString:
    """Escaped, with Thai digits, and with what belongs on one line kept together."""
    words = str(escape(_UNIT.sub("\u00a0\\1", thai_figures(text))))
    # Escaped just above: only our own element is added.
    return mark_safe(_in_whole(words))  # nosec B308, B703 # escaped just above


def at_spaces_only(text: str) -> SafeString:
    """A name or an address whose lines break at its spaces, never between the words that Thai writes together."""
    return format_html_join(" ", '<span class="whole">{}</span>', ((word,) for word in text.split()))


def emblem() -> str:
    """The letterhead's emblem as a data: address. Without one its place stays free, for paper that carries it."""
    if not settings.LETTERHEAD_EMBLEM:
        return ""
    file = Path(settings.LETTERHEAD_EMBLEM)
    kind = mimetypes.guess_type(file.name)[0] or "image/png"
    return f"data:{kind};base64,{base64.b64encode(file.read_bytes()).decode()}"
