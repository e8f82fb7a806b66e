"""The people of the tests, each with a line of life, and how matters are made for them."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.contrib.auth.hashers import MD5PasswordHasher

from complaints.models import Category, Petition, Petitioner, State
from complaints.models.agency_steps import Ask
from office.calendar import OFFICE_TZ
from office.models import Agency, Event, Position, Role, Subgroup, User
from office.steps import Actor, perform

PASSWORD = "สวัสดี-ประสาน-2553"
HASH = MD5PasswordHasher().encode(PASSWORD, "salt")
_serial = count(1)

# A working Tuesday with a plain week around it; 23 October is a holiday.
MORNING = datetime(2009, 11, 17, 9, 0, tzinfo=OFFICE_TZ)
CODE = "7KM4P-X2RTQ"


def _make_user(username: str, display_name: str, *roles: Role, subgroup: str | None) -> User:
    user = User.objects.create(
        username=username,
        display_name=display_name,
        email=f"{username}@office.example",
        password=HASH,
        toured_at=MORNING,  # all but newcomers have walked the first round
        subgroup=Subgroup.objects.get(code=subgroup) if subgroup else None,
        position=Position.objects.get_or_create(name="นักจัดการงานทั่วไปชำนาญการ")[0],
    )
    for role in roles:
        user.give_role(role)
    return user


def make_officer(username: str = "thatsanee", **kwargs: Any) -> User:
    """Thatsanee has kept the petition register for ten years."""
    kwargs.setdefault("subgroup", Subgroup.Code.COMPLAINTS)
    return _make_user(username, kwargs.pop("display_name", "นางทัศนีย์ นิมิตสมานจิตต์"), Role.OFFICER, **kwargs)


def make_colleague() -> User:
    """Narenthorn shares the room with Thatsanee and carries other petitions."""
    return make_officer("narenthorn", display_name="นายนเรนทร แก้วโท")


def make_head(username: str = "sirirat", **kwargs: Any) -> User:
    """Sirirat checks every opinion of the petitions subgroup before it goes up."""
    kwargs.setdefault("subgroup", Subgroup.Code.COMPLAINTS)
    return _make_user(
        username, kwargs.pop("display_name", "นางสาวศิริรัตน์ ทิวะศิริ"), Role.OFFICER, Role.HEAD, **kwargs
    )


def make_executive(username: str = "secretary") -> User:
    """The minister's secretary decides on a phone between two meetings."""
    return _make_user(username, "นายวิชัย เลขานุการ", Role.EXECUTIVE, subgroup=None)


def make_administrator() -> User:
    """The administrator keeps people, holidays and categories, and reads no petition."""
    return _make_user("admin", "นายสมชาย ผู้ดูแล", Role.ADMINISTRATOR, subgroup=None)


def make_stranger() -> User:
    """Somebody of the politics subgroup, who has no business with petitions."""
    return make_officer("wiriya", display_name="นางสาววิริยา ไชยคุปต์", subgroup=Subgroup.Code.POLITICS)


def make_agency(name: str = "สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน", **kwargs: Any) -> Agency:
    """The agency whose clerk answers by the link."""
    kwargs.setdefault("short_name", "สพฐ.")
    kwargs.setdefault("email", "saraban@obec.example")
    return Agency.objects.update_or_create(name=name, defaults=kwargs)[0]


def make_category(name: str = "ค่าบำรุงการศึกษา") -> Category:
    return Category.objects.get_or_create(name=name, parent=None, defaults={"name_en": name})[0]


def make_petition(
    *,
    received_at: datetime = MORNING,
    owner: User | None = None,
    petitioner: bool = True,
    code: str = CODE,
    **kwargs: Any,
) -> Petition:
    """A grievance about school fees, as it comes by letter; `petitioner=False` makes it anonymous."""
    facts: dict[str, Any] = {
        "title": f"ร้องเรียนการเก็บเงินบำรุงการศึกษา ครั้งที่ {next(_serial)}",
        "story": "โรงเรียนเรียกเก็บเงินบำรุงการศึกษาคนละ ๑,๕๐๐ บาท โดยไม่มีหนังสือแจ้งผู้ปกครอง",
        "petition_kind": Petition.PetitionKind.COMPLAINT,
        "channel": Petition.Channel.LETTER,
    } | kwargs
    person = (
        Petitioner(name="นางสมศรี ใจดี", telephone="081-234-5678", email="somsri@mail.example")
        if petitioner
        else None
    )
    petition = Petition(owner=owner, received_at=received_at, **facts)
    petition.receive(actor=Actor(label="ผู้ร้อง"), now=received_at, code=code, petitioner=person)
    return petition


def fresh(petition: Petition) -> Petition:
    """The petition as the database has it now."""
    return Petition.objects.get(pk=petition.pk)


def take_step(
    petition: Petition, name: str, by: User | Actor, *, now: datetime = MORNING, **given: Any
) -> Event:
    """Take a step as somebody who has just opened the page."""
    actor = by if isinstance(by, Actor) else Actor(user=by)
    current = fresh(petition)
    return perform(current, name, actor=actor, seen=current.version, now=now, **given)


def bring_to(
    petition: Petition, state: State, *, officer: User, head: User, executive: User, now: datetime = MORNING
) -> Petition:
    """Carry a received petition along the main path to a state, by the right people; or let it wait where it is."""
    if state == State.ASKED:
        take_step(petition, "ask_petitioner", officer, now=now, asked="ขอชื่อโรงเรียน")
        return fresh(petition)
    if state == State.PAUSED:
        take_step(petition, "pause", head, now=now, until=now + timedelta(days=10), reason="รอคำพิพากษา")
        return fresh(petition)
    agency = make_agency()
    path: list[tuple[State, str, User | Actor, dict[str, Any]]] = [
        (
            State.SUMMARISED,
            "summarise",
            officer,
            {"summary": "สรุป", "opinion": "เห็นควรส่ง สพฐ.", "category": make_category()},
        ),
        (State.SUBMITTED, "submit", head, {"to": executive}),
        (State.ORDERED, "order", executive, {"order_text": "ดำเนินการตามเสนอ"}),
        (State.REFERRED, "refer", officer, {"asks": [Ask(agency, "ขอให้ตรวจสอบข้อเท็จจริง")]}),
        (
            State.ANSWERED,
            "answer",
            Actor(label=agency.name, agency_id=agency.pk),
            {"answer": "ตรวจสอบแล้ว คืนเงินครบ"},
        ),
        (State.INFORMED, "inform", officer, {"told_text": "โรงเรียนคืนเงินแล้ว"}),
        (State.CLOSED, "close", officer, {"result": Petition.Result.GRANTED}),
    ]
    if state in (State.RECEIVED, State.RETURNED):
        raise ValueError("A petition starts as received; send it back with a step of its own.")
    for reached, name, by, given in path:
        if name == "answer":
            given = {"referral": fresh(petition).referrals.get(), **given}
        take_step(petition, name, by, now=now, **given)
        if reached == state:
            break
    return fresh(petition)
