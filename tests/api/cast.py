"""Systems of the ministry that read the API, and what they hold in their hands."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from office.models import ApiScope, ApiToken, Matter, Secrecy, User
from projectplan.models import FrozenValue, Kpi, Plan, Strategy
from tests import cast
from tests.parliament.bills_cast import make_bill
from tests.parliament.meetings_cast import make_meeting
from tests.parliament.questions_cast import make_interpellation
from tests.publicrelations.engagements_cast import make_engagement
from tests.publicrelations.journal_cast import make_journal
from tests.publicrelations.news_cast import make_category, make_published
from tests.publicrelations.press_cast import make_press_conference

RESOURCES: dict[ApiScope, str] = {
    ApiScope.PETITIONS: "/api/v1/petitions",
    ApiScope.MEETINGS: "/api/v1/meetings",
    ApiScope.INTERPELLATIONS: "/api/v1/interpellations",
    ApiScope.BILLS: "/api/v1/bills",
    ApiScope.ARTICLES: "/api/v1/articles",
    ApiScope.ENGAGEMENTS: "/api/v1/engagements",
    ApiScope.JOURNALS: "/api/v1/journals",
    ApiScope.PRESS_CONFERENCES: "/api/v1/press-conferences",
    ApiScope.INDICATORS: "/api/v1/indicators",
}


def make_token(
    *scopes: ApiScope, made_by: User, lasts: timedelta = timedelta(days=30)
) -> tuple[ApiToken, str]:
    """The data warehouse of the ministry asks once a night."""
    now = timezone.now()
    token = ApiToken(
        name="คลังข้อมูลกระทรวง",
        scopes=[scope.value for scope in scopes],
        made_by=made_by,
        made_at=now,
        expires_at=now + lasts,
    )
    secret = token.give_secret()
    token.save()
    return token, secret


def ask(client: Client, path: str, secret: str = "", **query: Any) -> Any:
    headers = {"authorization": f"Bearer {secret}"} if secret else {}
    given = {key: value.isoformat() if isinstance(value, datetime) else value for key, value in query.items()}
    return client.get(path, given, headers=headers)


def make_one_of_each(officer: User, head: User, *, grade: Secrecy = Secrecy.ORDINARY) -> dict[ApiScope, Any]:
    """One row of every register; each may be told of, but for its grade of secrecy. No issue of a journal is secret."""
    made = {
        ApiScope.PETITIONS: cast.make_petition(),
        ApiScope.MEETINGS: make_meeting(owner=officer),
        ApiScope.INTERPELLATIONS: make_interpellation(owner=officer),
        ApiScope.BILLS: make_bill(owner=officer),
        ApiScope.ARTICLES: make_published(officer, head, category=make_category()),
        ApiScope.ENGAGEMENTS: make_engagement(owner=officer, is_public=True),
        ApiScope.JOURNALS: make_journal(officer),
        ApiScope.PRESS_CONFERENCES: make_press_conference(owner=officer),
    }
    Matter.objects.filter(pk__in=[one.pk for one in made.values()]).update(secrecy=grade)
    return made


def make_value(code: str = "1.1") -> FrozenValue:
    """An indicator of the plan in November."""
    plan = Plan.objects.get_or_create(
        fiscal_year=2553, defaults={"title": "แผนปฏิบัติการ", "unit": "กลุ่มงาน", "parent_unit": "สำนักงาน"}
    )[0]
    strategy = Strategy.objects.get_or_create(plan=plan, number=1, defaults={"name": "พัฒนาการประสานงาน"})[0]
    kpi = Kpi.objects.create(
        plan=plan, strategy=strategy, code=code, name="ร้อยละของเรื่องที่ทันเวลา", unit="percent", measure="x"
    )
    month = cast.MORNING.date().replace(day=1)
    return FrozenValue.objects.create(
        kpi=kpi,
        month=month,
        in_time=9,
        late=1,
        pending=0,
        value=90,
        score=4,
        frozen_at=cast.MORNING,
        definition="x",
    )
