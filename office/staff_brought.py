"""The people of the office as a file: accounts with their place and role, as an administrator would make them one by
one. Nobody gets a password here, and nobody is switched off by a file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.contrib.auth.models import Group
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from office.list_columns import Column, Headings, normal
from office.models import Position, RegisterImport, Role, Subgroup, User
from office.permissions import is_administrator
from office.register_bringing import BroughtRegister, Row, What
from office.register_cells import Cells, choices, email_fault

ROLES: Final = choices(
    {
        Role.OFFICER: ("เจ้าหน้าที่",),
        Role.HEAD: ("หัวหน้ากลุ่ม", "หัวหน้า", "section head"),
        Role.EXECUTIVE: ("ผู้บริหาร", "ผู้มีอำนาจสั่งการ"),
    }
)
"""Who looks after the system is named by an administrator, by hand."""
NEED_SUBGROUP: Final = (Role.OFFICER, Role.HEAD)
USERNAME: Final = re.compile(r"[A-Za-z0-9.@+_-]{1,150}")
TEXTS: Final = {"display_name": 200, "email": 254, "position": 200, "seconded_from": 200}


class StaffKeeper:
    """People of a file beside those of the office; each is known by the name they sign in with."""

    def __init__(self, bringing: RegisterImport, now: datetime) -> None:
        self.subgroups: dict[str, str] = {}
        for one in Subgroup.objects.all():
            for name in (one.name, one.name_en, one.code, one.name.removeprefix("กลุ่ม")):
                self.subgroups[normal(name)] = one.code
        self.pks = dict(Subgroup.objects.values_list("code", "pk"))

    def read(self, line: int, cells: dict[str, str]) -> Row:
        row = Row(line)
        read = Cells(cells, row.fault)
        username = read.text("username", 150)
        if username and not USERNAME.fullmatch(username):
            row.fault(
                "username", gettext("A name to sign in with has Latin letters, digits and . @ + - _ only.")
            )
        row.key, row.values["username"] = username.lower() or None, username
        for column, longest in TEXTS.items():
            if column in cells:
                row.values[column] = read.text(column, longest)
        if row.values.get("email") and (words := email_fault(row.values["email"])):
            row.fault("email", words)
        if "subgroup" in cells:
            row.values["subgroup"] = read.choice("subgroup", self.subgroups)
        role = row.values["role"] = read.choice("role", ROLES)
        if role in NEED_SUBGROUP and not row.values.get("subgroup") and not row.faults:
            row.fault("subgroup", gettext("Officers and heads belong to a subgroup."))
        row.label = row.values.get("display_name") or username
        row.facts = [username, str(Role(role).label)] if role else [username]
        return row

    def hold(self, rows: Sequence[Row]) -> None:
        """Names and addresses are unique in the database; whoever comes second is compared anew."""

    def compare(self, rows: Sequence[Row]) -> None:
        people = User.objects.select_related("subgroup", "position").prefetch_related("groups")
        there = {one.username.lower(): one for one in people}
        addresses = {one.email.lower(): one.username.lower() for one in there.values() if one.email}
        for row in rows:
            email = row.values.get("email", "").lower()
            if email and addresses.setdefault(email, str(row.key)) != row.key:
                said = gettext("Somebody has this address already; it is also a way to sign in.")
                row.fault("email", said)
                continue
            own = row.there = there.get(str(row.key))
            if own is not None:
                row.changes = _changes(own, row.values)
                row.what = What.CHANGED if row.changes else What.SAME

    def write(self, rows: Sequence[Row]) -> None:
        # One by one: the trail keeps each person, and there are few.
        for row in rows:
            values, person = row.values, row.there or User(username=row.values["username"])
            for column in ("display_name", "email", "seconded_from"):
                if column in values:
                    setattr(person, column, values[column])
            if values.get("subgroup"):
                person.subgroup_id = self.pks[values["subgroup"]]
            if values.get("position"):
                person.position = Position.objects.get_or_create(name=values["position"])[0]
            if row.there is None:
                person.set_unusable_password()
            person.save()
            if row.there is None or "role" in row.changes:
                self._give_role(person, values["role"])

    @staticmethod
    def _give_role(person: User, role: str) -> None:
        """The one role of the file, beside the administrator's if they have it; a head is an officer too."""
        names = [Role.OFFICER, Role.HEAD] if role == Role.HEAD else [role]
        if person.has_role(Role.ADMINISTRATOR):
            names.append(Role.ADMINISTRATOR)
        person.groups.set(Group.objects.get_or_create(name=str(name))[0] for name in names)

    def finish(self, counts: dict[str, int]) -> None:
        """Each asks for a password of their own at the sign-in page."""


def _role_of(person: User) -> str:
    held = {group.name for group in person.groups.all()}
    return next((role.value for role in (Role.HEAD, Role.OFFICER, Role.EXECUTIVE) if role.value in held), "")


def _changes(person: User, values: dict[str, Any]) -> dict[str, list[str]]:
    """Column → as it is here, as the file has it; an empty cell changes nothing."""
    current = {
        "display_name": person.display_name,
        "email": person.email,
        "position": str(person.position or ""),
        "seconded_from": person.seconded_from,
        "subgroup": person.subgroup.code if person.subgroup else "",
        "role": _role_of(person),
    }
    found = {
        column: [current[column], values[column]]
        for column in current
        if values.get(column) and values[column] != current[column]
    }
    if "role" in found:
        found["role"] = [str(Role(one).label) if one else "" for one in found["role"]]
    if "subgroup" in found:
        found["subgroup"] = [str(Subgroup.Code(one).label) if one else "" for one in found["subgroup"]]
    return found


STAFF: Final = BroughtRegister(
    key="staff",
    title=_("People of the office"),
    hint=_(
        "One account for each person. No password is set: each presses “Forgot your password?” at the sign-in page. "
        "Administrators are named by hand."
    ),
    headings=Headings(
        (
            Column("username", "ชื่อผู้ใช้", ("user", "username", "ชื่อเข้าระบบ"), is_required=True),
            Column(
                "display_name", "ชื่อ-สกุล", ("ชื่อ", "ชื่อสกุล", "ชื่อ-นามสกุล", "full name", "name"), is_required=True
            ),
            Column("email", "อีเมล", ("อีเมล์", "email", "e-mail")),
            Column("subgroup", "กลุ่ม", ("กลุ่มงาน", "สังกัด", "subgroup")),
            Column("position", "ตำแหน่ง", ("position",)),
            Column("seconded_from", "ช่วยราชการจาก", ("มาช่วยราชการจาก", "seconded from")),
            Column("role", "บทบาท", ("หน้าที่", "สิทธิ", "role"), is_required=True),
        )
    ),
    sample=(
        (
            "somsri",
            "นางสมศรี ตัวอย่าง",
            "somsri@moe.example",
            "กลุ่มรับเรื่องราวร้องทุกข์",
            "นักจัดการงานทั่วไปชำนาญการ",
            "",
            "หัวหน้ากลุ่ม",
        ),
        (
            "somchai",
            "นายสมชาย ตัวอย่าง",
            "somchai@moe.example",
            "กลุ่มรับเรื่องราวร้องทุกข์",
            "นักวิชาการศึกษาปฏิบัติการ",
            "",
            "เจ้าหน้าที่",
        ),
    ),
    may_bring=is_administrator,
    page="admin:office_user_changelist",
    begin=StaffKeeper,
)
