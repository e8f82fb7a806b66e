"""What ties a demo office's work together: links between matters of different rooms, topics, documents that came in."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from random import Random
from typing import Final

from office import incoming
from office.calendar import OFFICE_TZ
from office.linking import link, put_into
from office.models import IncomingDocument, Matter, MatterLink, OutgoingLetter, Secrecy, Subgroup, Topic, User
from office.models.calendar import current_calendar
from office.thai import to_thai_digits

DOCUMENTS: Final = 36
TOPICS: Final = (
    ("ค่าบำรุงการศึกษาและเงินอุดหนุน", "เรื่องร้องทุกข์ กระทู้ถาม และข่าวที่เกี่ยวกับการเก็บเงินบำรุงการศึกษา"),
    ("การสอบบรรจุครูผู้ช่วย", "ติดตามข้อร้องเรียนการสอบ พร้อมคำชี้แจงต่อสภาและสื่อมวลชน"),
)
PAIRS: Final = (
    (Matter.Kind.PETITION, Matter.Kind.INTERPELLATION, MatterLink.Kind.RAISED_IN, "ผู้ร้องอ้างถึงกระทู้ถามนี้"),
    (Matter.Kind.ARTICLE, Matter.Kind.BILL, MatterLink.Kind.NEWS_ABOUT, ""),
    (Matter.Kind.CONSULTATION, Matter.Kind.PETITION, MatterLink.Kind.FOLLOWS, ""),
    (Matter.Kind.PETITION, Matter.Kind.PETITION, MatterLink.Kind.RELATED, "โรงเรียนเดียวกัน"),
)
LETTERS_IN: Final = (
    ("สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน", "ศธ ๐๔๐๐๑", "รายงานผลการตรวจสอบข้อเท็จจริงกรณีร้องเรียน", Subgroup.Code.COMPLAINTS),
    ("สำนักงานปลัดกระทรวงศึกษาธิการ", "ศธ ๐๒๐๑", "ขอให้พิจารณาเรื่องร้องขอความเป็นธรรม", Subgroup.Code.COMPLAINTS),
    ("สำนักเลขาธิการนายกรัฐมนตรี", "นร ๐๑๐๕", "ขอส่งเรื่องร้องทุกข์ของประชาชน", Subgroup.Code.COMPLAINTS),
    ("สำนักงานเลขาธิการสภาผู้แทนราษฎร", "สผ ๐๐๑๔", "ส่งกระทู้ถามเพื่อตอบในราชกิจจานุเบกษา", Subgroup.Code.POLITICS),
    ("สำนักงานเลขาธิการวุฒิสภา", "สว ๐๐๐๗", "ขอเชิญชี้แจงต่อคณะกรรมาธิการการศึกษา", Subgroup.Code.POLITICS),
    ("กระทรวงการต่างประเทศ", "กต ๑๐๐๔", "ขอทราบท่าทีต่อร่างความร่วมมือทางการศึกษา", Subgroup.Code.PUBLIC_RELATIONS),
    ("กรมประชาสัมพันธ์", "นร ๐๒๐๙", "ขอข้อมูลประกอบการผลิตรายการ", Subgroup.Code.PUBLIC_RELATIONS),
)  # fmt: skip
PRACTICES: Final = ("สรุปเสนอหัวหน้ากลุ่มแล้ว", "ประสานหน่วยงานแล้ว รอคำตอบ", "เสนอเลขานุการรัฐมนตรีแล้ว", "เก็บเข้าแฟ้ม")
ADDRESSEES: Final = ("รัฐมนตรีว่าการกระทรวงศึกษาธิการ", "เลขานุการรัฐมนตรีว่าการกระทรวงศึกษาธิการ")


def tie(now: datetime, *, seed: int) -> None:
    """Links and topics by those in authority, who see every room; documents in by the officers of each."""
    executive = User.objects.get(username="executive")
    _link(executive, now)
    _gather(executive, now)
    _receive(now, Random(f"{seed}:documents-in"))  # nosec B311 # chances of the demo office, the same each time


def _newest(kind: str, count: int) -> list[Matter]:
    rows = Matter.objects.filter(kind=kind, secrecy=Secrecy.ORDINARY).defer("search_text").order_by("-pk")
    return list(rows[:count])


def _link(by: User, at: datetime) -> None:
    linked: set[frozenset[int]] = set()
    for one_kind, other_kind, how, note in PAIRS:
        ones, others = _newest(one_kind, 3), _newest(other_kind, 6)[::-1]
        for one, other in zip(ones, others, strict=False):
            both = frozenset((one.pk, other.pk))
            if len(both) == 2 and both not in linked:
                linked.add(both)
                link(one, other, kind=how, note=note, by=by, now=at)


def _gather(by: User, at: datetime) -> None:
    kinds = (Matter.Kind.PETITION, Matter.Kind.INTERPELLATION, Matter.Kind.ARTICLE, Matter.Kind.CONSULTATION)
    for number, (name, note) in enumerate(TOPICS):
        topic = Topic.objects.create(name=name, note=note, made_at=at, made_by=by)
        for kind in kinds:
            for matter in _newest(kind, 4)[2 * number : 2 * number + 2]:
                put_into(topic, matter, by=by, now=at)


def _receive(now: datetime, chance: Random) -> None:
    """A working month's documents, in the order in which they came."""
    people: dict[str, list[User]] = {}
    for user in (
        User.objects.filter(subgroup__isnull=False, is_active=True).select_related("subgroup").order_by("pk")
    ):
        people.setdefault(user.subgroup.code, []).append(user)  # type: ignore[union-attr]
    moments = sorted(_moment(now, chance) for _number in range(DOCUMENTS))
    for number, at in enumerate(moments):
        sender, prefix, subject, code = LETTERS_IN[chance.randrange(len(LETTERS_IN))]
        by, to = chance.choice(people[code]), chance.choice([*people[code], None])
        facts = {
            "received_at": at,
            "their_number": f"{prefix}/{to_thai_digits(chance.randrange(100, 9000))}",
            "dated_on": (at - timedelta(days=chance.randrange(1, 6))).date(),
            "sender": sender,
            "addressee": chance.choice(ADDRESSEES),
            "subject": subject,
            "speed": chance.choice(["", "", "", *OutgoingLetter.Speed.values]),
            "secrecy": Secrecy.CONFIDENTIAL if number % 11 == 5 else Secrecy.ORDINARY,
            "subgroup": by.subgroup,
            "passed_to": to,
        }
        ticket = uuid.UUID(int=chance.getrandbits(128), version=4)
        made = incoming.receive(facts, [], ticket=ticket, by=by, now=at)
        if number < DOCUMENTS * 2 // 3:
            _practise(made, chance.choice(PRACTICES), by, min(now, at + timedelta(hours=2)))


def _practise(made: IncomingDocument, words: str, by: User, at: datetime) -> None:
    incoming.note_practice(made, words, [], seen=made.version, by=by, now=at)


def _moment(now: datetime, chance: Random) -> datetime:
    """A moment of office hours within the last month."""
    calendar = current_calendar()
    day = calendar.working_day_on_or_after(
        (now - timedelta(days=chance.randrange(1, 30))).astimezone(OFFICE_TZ).date()
    )
    at = calendar.opening_of(day) + timedelta(minutes=chance.randrange(0, 420))
    return min(at, now)
