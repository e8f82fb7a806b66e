"""Measuring the minister's binder: the whole of it, and beside it its own sheets laid out and all its parts merged."""

from __future__ import annotations

import hashlib
import time
import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from io import BytesIO
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, Final, TypeVar

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import override_settings
from django.utils.translation import override
from pypdf import PdfReader, PdfWriter

from office.documents import Upload, attach
from office.models import Document, Matter, Subgroup, User
from office.paper import render_pdf, render_sheets
from parliament import binder_paper, binding
from parliament.binder_contents import gather
from parliament.models import AgendaItem, AnswerDraft, Binder, Interpellation, Meeting, Member

QUESTIONS: Final = 8
MERGED_PART: Final = 0.6
"""How much of the binder are papers that were uploaded."""
ANSWER: Final = (
    "กระทรวงศึกษาธิการได้จัดสรรงบประมาณและอัตรากำลังครูให้แก่โรงเรียนขนาดเล็กในพื้นที่ห่างไกล พร้อมจัดรถรับส่งนักเรียน "
    "และอุปกรณ์การเรียนผ่านดาวเทียม เพื่อให้นักเรียนทุกคนได้รับการศึกษาที่มีคุณภาพเท่าเทียมกัน "
)
TABLE_ROWS: Final = 14


Made = TypeVar("Made")


@dataclass(frozen=True)
class Measured:
    """A binder: its pages, how many of them were merged, seconds for the whole and for its parts alone."""

    pages: int
    merged: int
    whole: float
    alone: float

    @property
    def ratio(self) -> float:
        return self.whole / self.alone

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"ratio": round(self.ratio, 3)}


def measure(*, pages: int, rounds: int, now: datetime) -> Measured:
    """Make the binder and its parts alone in turns; the middle of each counts. Call it in a transaction."""
    with (
        TemporaryDirectory() as folder,
        override_settings(MEDIA_ROOT=folder),
        override(settings.LANGUAGE_CODE),
    ):
        merged = round(pages * MERGED_PART)
        meeting = _furnished(now, own=pages - merged - 3, merged=merged)
        uploaded = [_bytes_of(one) for one in Document.objects.filter(matter__agenda_items__meeting=meeting)]
        wholes, alones = [], []
        _make(meeting, now)
        for _round in range(rounds):
            binder, took = _timed(lambda: _make(meeting, now))
            wholes.append(took)
            alones.append(_timed(lambda: _parts_alone(meeting, uploaded))[1])
        return Measured(binder.pages, merged, median(wholes), median(alones))


def _timed(work: Callable[[], Made]) -> tuple[Made, float]:
    start = time.perf_counter()
    found = work()
    return found, time.perf_counter() - start


def _make(meeting: Meeting, now: datetime) -> Binder:
    """An edition, as the worker makes it."""
    meeting.binders.all().delete()
    binder = binding.make(binding.write_down(meeting, by=None, now=now).pk, lambda: now)
    if binder is None or binder.state != binder.State.ISSUED:
        raise RuntimeError("The binder could not be made.")
    return binder


def _parts_alone(meeting: Meeting, uploaded: list[bytes]) -> int:
    """Its own sheets, each once, and the uploaded papers, merged as they are: no fitting, no numbers, no outline."""
    contents = gather(meeting)
    own = [
        binder_paper.cover(contents, "ฉบับที่ ๑"),
        *(binder_paper.item(contents, one) for one in contents.ours),
    ]
    lines = [
        binder_paper.ContentsLine(name, 1)
        for one in contents.ours
        for name in (one.name, *(paper.name for paper in one.papers))
    ]
    own.append(binder_paper.front(contents, "ฉบับที่ ๑", lines, [1] * len(contents.ours)))
    writer = PdfWriter()
    for pdf in [*(render_sheets(html, title="แฟ้ม").pdf for html in own), *uploaded]:
        writer.append(PdfReader(BytesIO(pdf)))
    writer.write(BytesIO())
    return len(writer.pages)


def _bytes_of(document: Document) -> bytes:
    with default_storage.open(document.path) as file:
        return bytes(file.read())


# ── What is in it ───────────────────────────────────────────────────────────────────────────


def _furnished(now: datetime, *, own: int, merged: int) -> Meeting:
    """A sitting in a week with QUESTIONS questions, each with a long answer and a paper of many pages."""
    politics = Subgroup.objects.get(code=Subgroup.Code.POLITICS)
    common: dict[str, Any] = {
        "subgroup": politics,
        "received_at": now,
        "registered_at": now,
        "series": "bench",
        "year": 2500,
    }
    meeting = Meeting.objects.create(
        kind=Matter.Kind.MEETING,
        number=1,
        title="การประชุมสภาผู้แทนราษฎร",
        meeting_kind=Meeting.MeetingKind.HOUSE,
        begins_at=now + timedelta(days=7),
        **common,
    )
    asker = Member.objects.create(
        chamber="house", parliament_number=1, name="ผู้ถาม", seat="party_list", since_on=now.date()
    )
    writer = User.objects.create(username="bench-binder")
    for number in range(1, QUESTIONS + 1):
        question = Interpellation.objects.create(
            kind=Matter.Kind.INTERPELLATION,
            number=number + 1,
            title=f"การดูแลโรงเรียนขนาดเล็ก เรื่องที่ {number}",
            interpellation_kind="sitting",
            chamber="house",
            parliament_number=1,
            question_number=number,
            asker=asker,
            text=ANSWER,
            **common,
        )
        AgendaItem.objects.create(
            meeting=meeting,
            position=number,
            number=f"2.{number}",
            title=question.title,
            concerns_us=True,
            about=question,
        )
        paragraphs = "\n\n".join([ANSWER * 4] * max(1, round(own / QUESTIONS * 2)))
        AnswerDraft.objects.create(
            matter=question, version=1, text=paragraphs, written_by=writer, written_at=now, approved_at=now
        )
        share = merged * number // QUESTIONS - merged * (number - 1) // QUESTIONS
        attach(question, [_uploaded(share, number)], source=Document.Source.OFFICE, added_by=None, now=now)
    return meeting


def _uploaded(pages: int, number: int) -> Upload:
    """A paper as an agency sends it: pages of tables, some of them lying."""
    cells = "".join(f"<tr><td>โรงเรียนบ้านที่ {row}</td><td>{row * 17}</td></tr>" for row in range(TABLE_ROWS))
    table = f'<table class="rows"><thead><tr><th>โรงเรียน</th><th>นักเรียน</th></tr></thead><tbody>{cells}</tbody></table>'
    body = "".join(f'<section class="new-page">{table}</section>' for _page in range(max(1, pages)))
    lying = "<style>@page { size: A4 landscape; }</style>" if number % 4 == 0 else ""
    title = f"ข้อมูลประกอบ {number}"
    pdf = render_pdf(
        f"<html><head><title>{title}</title>{lying}</head><body>{body}</body></html>", title=title
    )
    upload = Upload(
        uuid.uuid4().hex, f"{title}.pdf", len(pdf), hashlib.sha256(pdf).hexdigest(), "application/pdf"
    )
    default_storage.save(upload.path, ContentFile(pdf))
    return upload
