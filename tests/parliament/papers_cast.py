"""Meetings with what concerns us, questions with approved answers, and their papers, for binders, reports, measures.

Rows are written as the steps leave them, so that figures and files can be checked without walking every path.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from itertools import count
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image
from pypdf import PdfWriter

from office.calendar import OFFICE_TZ
from office.models import CalendarEdition, Deadline, Document, Matter, Subgroup, User
from office.paper import render_pdf
from parliament.models import (
    AgendaItem,
    AnswerDraft,
    Bill,
    BillStage,
    Consideration,
    Consultation,
    Interpellation,
    Meeting,
    Motion,
)
from tests.parliament.cast import make_member

_serial = count(1)


def at(year: int, month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    """A moment in Bangkok; by default in the middle of the morning."""
    return datetime(year, month, day, hour, minute, tzinfo=OFFICE_TZ)


THE_SITTING, RECEIVED, BILL_RECEIVED = at(2009, 11, 26, 9, 30), at(2009, 11, 17), at(2009, 10, 5)


def _registered(kind: Matter.Kind, received: datetime, **given: Any) -> dict[str, Any]:
    number = next(_serial)
    return {
        "kind": kind,
        "series": settings.SERIES_PREFIXES[kind.value],
        "year": 2553,
        "number": number,
        "title": f"เรื่องที่ {number} ของการประชุม",
        "subgroup": Subgroup.objects.get(code=Subgroup.Code.POLITICS),
        "received_at": received,
        "registered_at": received,
    } | given


def make_meeting(begins: datetime = THE_SITTING, **given: Any) -> Meeting:
    """The Thursday sitting of the House, told of nine days before."""
    facts = {
        "meeting_kind": Meeting.MeetingKind.HOUSE,
        "begins_at": begins,
        "place": "อาคารรัฐสภา ชั้น ๒",
        "sitting_number": "12",
        "title": "การประชุมสภาผู้แทนราษฎร ครั้งที่ ๑๒",
    } | given
    return Meeting.objects.create(
        **_registered(Matter.Kind.MEETING, facts.pop("received_at", at(2009, 11, 17)), **facts)
    )


def make_item(meeting: Meeting, *, concerns_us: bool = True, **given: Any) -> AgendaItem:
    """The next item of a meeting's agenda."""
    position = meeting.items.count() + 1
    facts = {"number": f"{position}", "title": f"กระทู้ถามเรื่องที่ {position}"} | given
    return AgendaItem.objects.create(meeting=meeting, position=position, concerns_us=concerns_us, **facts)


def make_interpellation(received: datetime = RECEIVED, **given: Any) -> Interpellation:
    """A question on small schools, answered in the sitting."""
    facts = {
        "interpellation_kind": Interpellation.InterpellationKind.SITTING,
        "chamber": "house",
        "parliament_number": 23,
        "question_number": next(_serial),
        "text": "ขอเรียนถามว่ากระทรวงศึกษาธิการมีแนวทางดูแลโรงเรียนขนาดเล็กในพื้นที่ห่างไกลอย่างไร",
        "title": "การยุบรวมโรงเรียนขนาดเล็ก",
    } | given
    facts.setdefault("asker", None)
    facts["asker"] = facts["asker"] or make_member()
    return Interpellation.objects.create(**_registered(Matter.Kind.INTERPELLATION, received, **facts))


def make_motion(received: datetime = RECEIVED, **given: Any) -> Motion:
    """A motion to study the loans for students."""
    facts = {
        "chamber": "house",
        "parliament_number": 23,
        "text": "ขอให้สภาตั้งคณะกรรมาธิการวิสามัญศึกษากองทุนเงินให้กู้ยืมเพื่อการศึกษา",
        "title": "ญัตติศึกษากองทุนเงินให้กู้ยืม",
    } | given
    facts["proposer"] = facts.get("proposer") or make_member()
    return Motion.objects.create(**_registered(Matter.Kind.MOTION, received, **facts))


def make_consultation(received: datetime = RECEIVED, **given: Any) -> Consultation:
    """A member asks the minister for a school bus."""
    facts = {
        "raised_on": received.astimezone(OFFICE_TZ).date(),
        "chamber": "house",
        "text": "ขอให้จัดรถรับส่งนักเรียนตำบลแม่สลองนอก",
        "title": "ขอรถรับส่งนักเรียน",
    } | given
    if "body" not in facts:
        facts["member"] = facts.get("member") or make_member()
    return Consultation.objects.create(**_registered(Matter.Kind.CONSULTATION, received, **facts))


def make_bill(received: datetime = BILL_RECEIVED, **given: Any) -> Bill:
    """The ministry's own bill on teachers."""
    facts = {
        "proposer_kind": Bill.Proposer.CABINET,
        "ministry_part": Bill.Part.OWNER,
        "parliament_number": 23,
        "substance": "แก้ไขเพิ่มเติมบทบัญญัติว่าด้วยใบอนุญาตประกอบวิชาชีพครู",
        "title": "ร่างพระราชบัญญัติสภาครูและบุคลากรทางการศึกษา",
    } | given
    return Bill.objects.create(**_registered(Matter.Kind.BILL, received, **facts))


def make_consideration(
    bill: Bill, item: AgendaItem, stage: str = Bill.State.READING_1, *, met: datetime | None = None
) -> Consideration:
    """The passage of a bill that a meeting considers, with the promise that all is ready before it begins."""
    meeting = item.meeting
    passage = bill.stages.filter(stage=stage).first() or BillStage.objects.create(
        bill=bill,
        position=bill.stages.count() + 1,
        stage=stage,
        began_on=meeting.begins_at.astimezone(OFFICE_TZ).date(),
    )
    is_out = meeting.received_at >= meeting.begins_at
    return Consideration.objects.create(
        stage=passage,
        item=item,
        added_at=meeting.received_at,
        known_at=meeting.received_at,
        deadline=None if is_out else owe(bill, Deadline.Kind.READY, due=meeting.begins_at, met=met),
    )


def owe(
    matter: Matter,
    kind: str,
    *,
    due: datetime,
    met: datetime | None = None,
    dropped: datetime | None = None,
    why: str = "",
) -> Deadline:
    """A promise about a matter, as a step leaves it."""
    return Deadline.objects.create(
        matter_id=matter.pk,
        kind=kind,
        amount=0,
        unit="working_days",
        calendar=CalendarEdition.objects.latest("pk"),
        start_at=min(matter.received_at, due),
        due_at=due,
        met_at=met,
        dropped_at=dropped,
        late_reason=why,
    )


def approve(matter: Matter, by: User, text: str = "กระทรวงได้จัดครูเพิ่มและจัดรถรับส่งนักเรียนแล้ว") -> AnswerDraft:
    """The next version of the answer, approved at once: the one that is given."""
    version = matter.drafts.count() + 1  # type: ignore[attr-defined]
    moment = at(2009, 11, 20)
    return AnswerDraft.objects.create(
        matter_id=matter.pk,
        version=version,
        text=text,
        written_by=by,
        written_at=moment,
        approved_at=moment,
        approved_by=by,
    )


# ── Papers ──────────────────────────────────────────────────────────────────────────────────


def keep(matter: Matter, name: str, content: bytes, content_type: str = "application/pdf") -> Document:
    """A file of a matter, its bytes in the private storage."""
    import hashlib

    document = Document(
        matter_id=matter.pk,
        name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        content_type=content_type,
        source=Document.Source.OFFICE,
        added_at=at(2009, 11, 20),
    )
    if not default_storage.exists(document.path):
        default_storage.save(document.path, ContentFile(content))
    document.save()
    return document


def make_pdf(text: str = "เอกสารประกอบคำตอบ", pages: int = 1) -> bytes:
    """A PDF with some pages, each with its number."""
    body = "".join(
        f"<p{' class=new-page' if page else ''}>{text} แผ่นที่ {page + 1}</p>" for page in range(pages)
    )
    return render_pdf(f"<html><head><title>{text}</title></head><body>{body}</body></html>", title=text)


def make_locked_pdf() -> bytes:
    """A PDF that opens only with a password."""
    writer = PdfWriter(clone_from=BytesIO(make_pdf()))
    writer.encrypt("ความลับ", algorithm="AES-256")
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def make_picture() -> bytes:
    """A photograph of a school gate, as far as a test can tell."""
    target = BytesIO()
    Image.new("RGB", (640, 480), "#3b6ea5").save(target, "JPEG")
    return target.getvalue()
