"""What few of a demo's matters of parliament go through, by the very steps that people take: bills, motions, meetings
put off, called off and told of too late; and the links that those outside hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, Final, TypeVar

from office.calendar import OFFICE_TZ
from office.models import Agency
from office.steps import Actor
from parliament.models import (
    AgencyRequest,
    Bill,
    Chamber,
    Committee,
    Meeting,
    Motion,
    RequestLink,
    Telling,
    TellingLink,
)
from parliament.models.agenda_steps import AgendaLine
from parliament.models.asking import Ask
from parliament.models.bill_stages import Votes
from parliament.models.bill_state import BillState, Outcome
from parliament.models.meeting_state import MeetingKind
from projectplan.demo.parliament import sessions, words
from projectplan.demo.parliament.pressing import ask_what_presses
from projectplan.demo.parliament.steps import HALF_HOUR, Steps, filled

Link = TypeVar("Link", RequestLink, TellingLink)
BILL: Final = "ร่างพระราชบัญญัติโรงเรียนเอกชน (ฉบับที่ ..) พ.ศ. ...."
BILL_NOW: Final = "ร่างพระราชบัญญัติการอาชีวศึกษา (ฉบับที่ ..) พ.ศ. ...."
SUBSTANCE: Final = (
    "ปรับปรุงคณะกรรมการและการอุดหนุนให้สอดคล้องกับการกระจายอำนาจทางการศึกษา "
    "กำหนดหน้าที่ของผู้รับใบอนุญาต และคุ้มครองครูและผู้เรียน"
)
WHY_BACK: Final = "ที่ประชุมขอให้คณะกรรมาธิการทบทวนมาตรา ๑๒ เรื่องกองทุน"
WHY_POSTPONED: Final = "องค์ประชุมไม่ครบ ยังไม่กำหนดวันประชุมใหม่"
WHY_CANCELLED: Final = "ประธานคณะกรรมาธิการติดราชการต่างประเทศ"
WHY_MOVED: Final = "ขอเลื่อนตามมติที่ประชุมวิป"
LINKS_MOST: Final = 300


# ── Bills ───────────────────────────────────────────────────────────────────────────────────


def pass_bill(steps: Steps, until: datetime, *, is_sent_back: bool = False) -> None:
    """A bill of the ministry before the House: passed in principle at a meeting prepared in time.

    One that is sent back has gone on to the second reading, and is in committee once more.
    """
    days = (18, 12) if is_sent_back else (7, 3)
    begins = steps.before(until, days[0] - 4) + timedelta(minutes=30)
    heard = steps.before(until, days[0] + 8)
    bill = Bill(
        title=BILL_NOW if is_sent_back else BILL,
        proposer_kind=Bill.Proposer.CABINET,
        ministry_part=Bill.Part.OWNER,
        parliament_number=sessions.parliament_on(begins.date()),
        substance=SUBSTANCE,
        received_at=heard,
        owner=steps.officer,
    )
    bill.receive(actor=Actor(user=steps.officer), now=heard)
    steps.take(bill, "begin", heard, stage=BillState.AGENDA, on=heard.date())
    told = steps.before(until, days[0])
    agency = Agency.objects.filter(is_active=True).order_by("pk")[0]
    meeting = steps.meeting(
        MeetingKind.HOUSE, f"การประชุมสภาผู้แทนราษฎร พิจารณา{bill.title}"[:200], received=told, begins=begins
    )
    steps.take(
        bill,
        "record_outcome",
        told,
        outcome=Outcome.PASSED,
        on=told.date(),
        next_stage=BillState.READING_1,
    )
    steps.prepare(meeting, told + HALF_HOUR, titles=[bill.title], agency=agency, is_whole=True)
    item = meeting.items.get(concerns_us=True)
    steps.take(bill, "consider", told + 2 * HALF_HOUR, item=item)
    meeting.refresh_from_db()
    over = begins + timedelta(hours=3)
    steps.take(meeting, "hold", over, began_at=begins, ended_at=over - HALF_HOUR)
    steps.take(
        bill,
        "record_outcome",
        over + HALF_HOUR,
        outcome=Outcome.PASSED,
        on=begins.date(),
        next_stage=BillState.COMMITTEE,
        votes=Votes(318, 21, 14),
    )
    resolutions = {item.pk: "ที่ประชุมมีมติรับหลักการ และตั้งคณะกรรมาธิการวิสามัญ"}
    steps.take(
        meeting, "keep_minutes", over + HALF_HOUR, minutes="ที่ประชุมลงมติรับหลักการ", resolutions=resolutions
    )
    steps.take(meeting, "close", over + 2 * HALF_HOUR)
    if is_sent_back:
        _send_back(steps, bill, begins, until)


def _send_back(steps: Steps, bill: Bill, begins: datetime, until: datetime) -> None:
    read = steps.before(until, 5)
    steps.take(
        bill,
        "record_outcome",
        read,
        outcome=Outcome.PASSED_AMENDED,
        on=read.date(),
        next_stage=BillState.READING_2,
    )
    back = steps.before(until, 2)
    steps.take(bill, "send_back", back, reason=WHY_BACK, to_stage=BillState.COMMITTEE, on=back.date())


# ── A living office ─────────────────────────────────────────────────────────────────────────


def live(steps: Steps, now: datetime) -> None:
    """Meetings of today and of the coming days in every standing; motions; a question put off."""
    agency = Agency.objects.filter(is_active=True).order_by("pk")[1]
    committee = Committee.objects.filter(kind=Committee.Kind.STANDING).order_by("-parliament_number", "pk")[0]
    of_committee: dict[str, Any] = {"committee": committee}
    known = words.known()["topic"]
    received = steps.before(now, 3)

    def call(title: str, begins: datetime, received: datetime = received) -> Meeting:
        return steps.meeting(
            MeetingKind.COMMITTEE,
            f"{committee} {title}"[:200],
            received=received,
            begins=begins,
            **of_committee,
        )

    def concern(place: int) -> list[str]:
        return [filled(f"พิจารณา{known[place]['title']}")]

    late = call("ประชุมด่วน", now - timedelta(hours=2), received=now - timedelta(hours=1))
    steps.take(late, "write_agenda", now - HALF_HOUR, lines=[AgendaLine("พิจารณาเรื่องร้องเรียนเร่งด่วน", "๑")])
    today = call("วันนี้", now + timedelta(hours=2))
    steps.prepare(today, received + HALF_HOUR, titles=concern(0), agency=agency, is_whole=False)
    coming = [_on(steps, now, days) for days in (2, 4, 6, 8)]
    steps.prepare(
        call("พิจารณางบประมาณ", coming[0]),
        received + HALF_HOUR,
        titles=concern(3),
        agency=agency,
        is_whole=False,
    )
    call("รอระเบียบวาระ", coming[1])
    put_off = call("ติดตามข้อสังเกต", coming[2])
    steps.prepare(put_off, received + HALF_HOUR, titles=concern(8), agency=agency, is_whole=True)
    steps.take(put_off, "postpone", now - HALF_HOUR, reason=WHY_POSTPONED)
    steps.take(call("ศึกษาดูงาน", coming[3]), "cancel", now - HALF_HOUR, reason=WHY_CANCELLED)
    moved = call("รับฟังความคิดเห็น", coming[1] + timedelta(hours=3))
    steps.take(moved, "reschedule", now - HALF_HOUR, reason=WHY_MOVED, begins_at=coming[3])
    _move_motions(steps, now)
    ask_what_presses(steps, now)


def _on(steps: Steps, now: datetime, days: int) -> datetime:
    day: date = steps.calendar.add_working_days(now.astimezone(OFFICE_TZ).date(), days)
    return datetime.combine(day, time(9, 30), OFFICE_TZ)


def _move_motions(steps: Steps, now: datetime) -> None:
    """Motions: one just come, one asked of an agency, one whose statement is written."""
    house = steps.houses.on(now.astimezone(OFFICE_TZ).date())
    members = house.members[Chamber.HOUSE.value]
    agency = Agency.objects.filter(is_active=True).order_by("pk")[1]
    for place, days in enumerate((1, 4, 7)):
        topic, at = words.known()["topic"][place * 2 + 1], steps.before(now, days)
        motion = Motion(
            title=filled(f"ขอให้สภาตั้งคณะกรรมาธิการศึกษา{topic['title']}")[:200],
            chamber=Chamber.HOUSE,
            parliament_number=house.number,
            session=steps.houses.session_on(at.date()),
            motion_number=place + 11,
            proposer=steps.rng.choice(members),
            text=filled(topic["asked"]),
            received_at=at,
            owner=steps.officer,
        )
        motion.receive(actor=Actor(user=steps.officer), now=at)
        if place == 0:
            continue
        asked = words.known()["question"]["asks"][0]
        steps.take(motion, "ask_agencies", at + HALF_HOUR, asks=[Ask(agency)], asked=asked)
        if place == 2:
            request = AgencyRequest.objects.get(matter_id=motion.pk)
            facts = filled(topic["facts"])
            steps.take(motion, "answer_request", steps.before(now, 3), request=request, answer=facts)
            text = filled("\n\n".join(topic["answer"]))
            steps.take(motion, "save_draft", steps.before(now, 1), answer_text=text, note="ร่างคำชี้แจง")


# ── Links ───────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Links:
    """One link of an agency that is asked, one of somebody told; if there is anybody."""

    asked: RequestLink | None
    told: TellingLink | None


def give_links(seed: int, now: datetime) -> Links:
    """The links of those lately asked, and of those told of a meeting to come, as if sent with their letters."""
    rng = Random(seed)  # nosec B311 # chances of the demo office, the same each time
    waiting = AgencyRequest.objects.open().with_whom().order_by("-pk")
    asked = [_link(RequestLink, one, one.sent_at, rng) for one in waiting[:LINKS_MOST]]
    telling = Telling.objects.filter(
        way=Telling.Way.EMAIL, acknowledged_at=None, item__meeting__begins_at__gt=now
    )
    told = [
        _link(TellingLink, one, one.told_at or now, rng)
        for one in telling.select_related("item__meeting").order_by("-pk")[:LINKS_MOST]
    ]
    RequestLink.objects.bulk_create(asked)
    TellingLink.objects.bulk_create(told)
    usable = [link for link in asked if link.is_usable(now)]
    return Links(usable[0] if usable else None, told[0] if told else None)


def _link(kind: type[Link], subject: Any, issued: datetime, rng: Random) -> Link:
    salt = f"{rng.getrandbits(128):032x}"
    given = {kind.SUBJECT: subject, "salt": salt, "issued_at": issued}
    link = kind(**given, expires_at=kind.expires(subject, issued))
    link.digest = kind.digest_of(link.secret)
    return link
