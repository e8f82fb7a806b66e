"""Of a living office: petitions whose years are over, by a rule that only this demo has; one of them held; a request
about one's own data that waits for its answer."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from complaints.models import Petitioner
from office import holding
from office.calendar import OFFICE_TZ
from office.models import Matter, PersonRequest, RetentionBatch, RetentionRule, Subgroup, User
from projectplan import person_requests, retention

SOURCE: Final = "ข้อมูลสาธิต: เก็บหนึ่งปีเพื่อให้เห็นการทบทวน (สำนักงานจริงเริ่มที่ ๑๐ ปี)"
ASKED_DAYS_AGO: Final = 12


def make_retention(now: datetime) -> None:
    """Batches that wait for their first word, one for its second, a matter held, a request; where there is enough."""
    head, officer = _account("head"), _account("officer")
    closed = Matter.objects.filter(kind=Matter.Kind.PETITION, closed_at__isnull=False)
    oldest = closed.order_by("closed_at", "pk").first()
    if head is None or officer is None or oldest is None:
        return
    holding.hold(oldest, by=head, reason="ศาลปกครองกลางขอสำนวนไว้ประกอบการพิจารณา", until=None, now=now)
    rules = RetentionRule.objects.filter(subject=Matter.Kind.PETITION)
    rules.update(years=1, source=SOURCE)
    retention.propose_by(rules.get(), now)
    first = RetentionBatch.objects.order_by("pk").first()
    if first is not None and (row := first.rows.first()) is not None:
        kept = {row.pk: "กลุ่มกฎหมายขอใช้เป็นกรณีศึกษา"}
        retention.check(first, kept, by=officer, seen=first.version, now=now)
    _ask(head, now)


def _account(username: str) -> User | None:
    """One of those who can sign in to a demo."""
    return User.objects.filter(username=username, subgroup__code=Subgroup.Code.COMPLAINTS).first()


def _ask(head: User, now: datetime) -> None:
    """Somebody who has written to the office asks what it holds on them."""
    person = Petitioner.objects.exclude(telephone="").order_by("-petition").first()
    if person is None:
        return
    asked = PersonRequest(
        name=person.name,
        telephone=person.telephone,
        identified_by="แสดงบัตรประจำตัวประชาชนที่สำนักงาน",
        asked_on=(now - timedelta(days=ASKED_DAYS_AGO)).astimezone(OFFICE_TZ).date(),
        officer=head,
        made_at=now,
    )
    asked.promise()
    asked.save()
    person_requests.search(asked, head)
