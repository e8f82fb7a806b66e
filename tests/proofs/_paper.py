"""Lays out one paper of so many pages, so many of them at once, and prints what that took as JSON."""

from __future__ import annotations

import json
import resource
import sys
import time
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import django

django.setup()

from django.template import Context, Engine  # noqa: E402
from pypdf import PdfReader  # noqa: E402

from office.book import Part, bind  # noqa: E402
from office.paper import render_pdf, render_sheets  # noqa: E402
from office.thai import to_thai_digits  # noqa: E402

TITLE: Final = "รายงานเรื่องราวร้องทุกข์ กลุ่มงานประสานการเมือง"
STORY: Final = (
    "ผู้ร้องแจ้งว่าโรงเรียนในเขตพื้นที่การศึกษาขาดแคลนครูวิชาคณิตศาสตร์และวิทยาศาสตร์มาตั้งแต่ต้นปีการศึกษา "
    "ผู้ปกครองได้ทำหนังสือถึงสำนักงานเขตพื้นที่การศึกษาแล้วสองครั้งแต่ยังไม่ได้รับคำตอบ "
    "จึงขอให้รัฐมนตรีว่าการกระทรวงศึกษาธิการพิจารณาให้ความช่วยเหลือ สำนักงานรัฐมนตรีได้ส่งเรื่องให้หน่วยงานที่เกี่ยวข้อง"
    "ตรวจสอบข้อเท็จจริงและรายงานผลภายในกำหนดเวลาแล้ว"
)
PAGE: Final = """<section style="break-after: page"><h2>เรื่องที่ {{ number }}</h2>
{% for _ in "12" %}<p>{{ story }}</p>{% endfor %}
<table class="rows"><thead><tr><th>เลขรับ</th><th>เรื่อง</th><th class="n">เกิน (วัน)</th></tr></thead><tbody>
{% for row in "123456" %}<tr><th scope="row">รท {{ number }}/๒๕๕๓</th><td>ขอความช่วยเหลือเรื่องครูไม่ครบชั้น</td>
<td class="n">{{ number }}</td></tr>{% endfor %}</tbody></table></section>"""
PAPER: Final = (
    '{% extends "paper/base.html" %}{% block masthead %}{% endblock %}'
    "{% block content %}{{ pages|safe }}{% endblock %}"
)


def paper(first: int, count: int) -> str:
    """The HTML of some pages: two paragraphs and a table of six rows on each."""
    engine = Engine.get_default()
    page = engine.from_string(PAGE)
    pages = "".join(
        page.render(Context({"number": to_thai_digits(number), "story": STORY}))
        for number in range(first, first + count)
    )
    return engine.from_string(PAPER).render(Context({"title": TITLE, "pages": pages}))


def bound(pages: int, at_once: int) -> bytes:
    """A book of parts, each of so many pages, as the office binds its own."""
    with TemporaryDirectory(prefix="paper-") as place:
        parts = []
        for first in range(1, pages + 1, at_once):
            sheets = render_sheets(paper(first, min(at_once, pages + 1 - first)), title=TITLE)
            file = Path(place) / f"{first}.pdf"
            file.write_bytes(sheets.pdf)
            parts.append(Part(file, sheets.pages, TITLE))
        bind(parts, Path(place) / "book.pdf", title=TITLE, foot=TITLE, language="th")
        return (Path(place) / "book.pdf").read_bytes()


def most_memory() -> float:
    """MiB this process has held at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    pages, at_once = int(sys.argv[1]), int(sys.argv[2])
    render_pdf(paper(1, 1), title=TITLE)
    before, began = most_memory(), time.perf_counter()
    pdf = render_pdf(paper(1, pages), title=TITLE) if at_once >= pages else bound(pages, at_once)
    took, most = time.perf_counter() - began, most_memory()
    made = len(PdfReader(BytesIO(pdf)).pages)
    print(json.dumps({"pages": made, "seconds": took, "most": most, "before": before, "bytes": len(pdf)}))  # noqa: T201


if __name__ == "__main__":
    main()
