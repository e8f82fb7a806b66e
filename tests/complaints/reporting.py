"""A month that is reported on, and how its report is issued, for the tests of reports."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from complaints.models import Petition
from complaints.reports import ANNUAL, MONTHLY
from office.calendar import month
from office.models import Report, Secrecy
from projectplan import issuing
from tests.cast import make_category
from tests.complaints.opinions import Desk, at, make_subcategory

OCTOBER, NOVEMBER = month(2009, 10), month(2009, 11)
NOW = at(2009, 12, 1, 9)
__all__ = ["ANNUAL", "MONTHLY", "NOVEMBER", "NOW", "OCTOBER", "PERSON", "issue", "november"]
PERSON = ("สมศรี", "ใจดี", "081-234-5678", "somsri@mail.example")


def november(desk: Desk) -> None:
    """Two in time, one late with its reason, one not due yet on the last evening, one secret and late."""
    sub = make_subcategory("การเงินสถานศึกษา", "เงินบำรุงการศึกษา")
    desk.closed(at(2009, 11, 2), channel=Petition.Channel.WEB)
    desk.put(desk.receive(at(2009, 11, 3)), at(2009, 11, 4), category=sub)
    desk.put(desk.receive(at(2009, 11, 5)), at(2009, 11, 10), category=sub, why="เจ้าหน้าที่ลาป่วย")
    desk.receive(at(2009, 11, 30, 15))
    secret = desk.receive(at(2009, 11, 6), secrecy=Secrecy.SECRET)
    desk.put(secret, at(2009, 11, 12), category=make_category("ความมั่นคง"), why="รอหนังสือจากหน่วยข่าวกรอง")


def issue(period: Any = NOVEMBER, kind: str = MONTHLY, now: datetime = NOW, **asked: Any) -> Report:
    row = issuing.write_down(kind, period, by=asked.pop("by", None), now=now, **asked)
    made = issuing.make(row.pk, now)
    assert made is not None
    return made
