"""Which pages of parliament the benchmark visits, with what it finds in the database; nothing is seeded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import Count
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from office.calendar import OFFICE_TZ, Period, month_code, month_of, months_back
from office.models import Matter
from office.views.search import results_address
from parliament.models import (
    AnswerState,
    Bill,
    Consultation,
    FollowUp,
    Interpellation,
    Meeting,
    Member,
    Motion,
)
from parliament.models.consultation_state import ConsultationState
from parliament.models.meeting_state import MeetingState
from parliament.reports import MONTHLY, content
from projectplan.bench import Case

PAGE, SEARCH, REPORT = 3.0, 3.0, 10.0
"""How many times the floor a page of each kind may take (the brief: what must be shown)."""
BUSY_DAYS: Final = 31
BESIDE: Final = {"HX-Request": "true"}
ASKED_OF_EVERY_REGISTER: Final = {
    "list, open": "",
    "list, all": "?unclosed=",
    "most urgent first": "?unclosed=1&order=due",
    "mine": "?mine=1",
    "late": "?late=1",
}


def parliament_cases(client: Client, now: datetime) -> list[Case]:
    """The pages of parliament, as one of its subgroup sees them; none where there is no meeting."""
    newest = _newest(Meeting)
    if newest is None:
        return []
    last_month = months_back(month_of(now.astimezone(OFFICE_TZ).date()), 2)[0]
    return [
        Case("politics: today", _get(client, reverse("office:today")), PAGE),
        Case("politics: dashboard", _get(client, reverse("projectplan:dashboard")), PAGE),
        *_meetings(client, newest, now),
        *_interpellations(client),
        *_consultations(client),
        *_others(client),
        *_members(client),
        *_searches(client),
        *_reports(client, last_month, now),
    ]


def _get(client: Client, path: str, headers: dict[str, str] | None = None) -> Callable[[], HttpResponseBase]:
    return lambda: client.get(path, headers=headers or {})


def _newest(model: Any, **facts: Any) -> Any:
    return model.objects.filter(**facts).order_by("-pk").first()


def _lists(client: Client, page: str, *, deep: Matter, **asked: Any) -> list[Case]:
    """What is asked of every register, a page in its middle, and what is asked of this one, by its own filters."""
    path, name = reverse(f"parliament:{page}"), page.replace("_", "-")
    queries = ASKED_OF_EVERY_REGISTER | {"a deep page": f"?unclosed=&after={deep.pk}"}
    queries |= {
        f"by {field}": "?" + urlencode({"unclosed": "", field: given}) for field, given in asked.items()
    }
    return [Case(f"{name}: {what}", _get(client, path + query), PAGE) for what, query in queries.items()]


def _middle(model: Any, newest: Matter) -> Any:
    """The register's row in its middle, by the count of its own."""
    return model.objects.order_by("pk")[model.objects.count() // 2 :].first() or newest


def _page(name: str, client: Client, view: str, matter: Matter | None) -> list[Case]:
    return [Case(name, _get(client, reverse(f"parliament:{view}", args=[matter.pk])), PAGE)] if matter else []


# ── The registers and their pages ───────────────────────────────────────────────────────────


def _meetings(client: Client, newest: Meeting, now: datetime) -> list[Case]:
    until = now + timedelta(days=BUSY_DAYS)
    busy = Meeting.objects.filter(begins_at__lte=until).order_by("-begins_at").first() or newest
    day = busy.begins_at.astimezone(OFFICE_TZ).date()
    closed = _newest(Meeting, state=MeetingState.CLOSED) or newest
    of_committee = _newest(Meeting, committee__isnull=False)
    calendar, board = reverse("parliament:meeting_calendar"), reverse("parliament:meeting_board")
    by_committee = {"committee": of_committee.committee_id} if of_committee else {}
    return [
        *_lists(
            client,
            "meetings",
            deep=_middle(Meeting, newest),
            meeting_kind=newest.meeting_kind,
            state=MeetingState.CLOSED,
            promise="late",
            month=month_code(month_of(day)),
            **by_committee,
        ),
        Case("meetings: calendar, month", _get(client, f"{calendar}?day={day.isoformat()}"), PAGE),
        Case("meetings: calendar, week", _get(client, f"{calendar}?view=week&day={day.isoformat()}"), PAGE),
        Case("meetings: board of a day", _get(client, f"{board}?day={day.isoformat()}"), PAGE),
        *_page("meeting: newest", client, "meeting", newest),
        *_page("meeting: closed", client, "meeting", closed),
        *_page("meeting: oldest", client, "meeting", Meeting.objects.order_by("pk").first()),
        *_page("meeting: binder", client, "binder", closed),
        Case("meeting: form", _get(client, reverse("parliament:meeting_new")), PAGE),
    ]


def _interpellations(client: Client) -> list[Case]:
    newest = _newest(Interpellation)
    if newest is None:
        return []
    closed = _newest(Interpellation, state=AnswerState.CLOSED) or newest
    return [
        *_lists(
            client,
            "interpellations",
            deep=_middle(Interpellation, newest),
            interpellation_kind=newest.interpellation_kind,
            chamber=newest.chamber,
            state=AnswerState.CLOSED,
            member=newest.asker.name,
            party=newest.asker.party_id or "",
            parliament=newest.parliament_number,
            answer="late",
            result=Interpellation.Result.ANSWERED,
            month=month_code(month_of(closed.received_at.astimezone(OFFICE_TZ).date())),
        ),
        *_page("interpellation: newest", client, "interpellation", newest),
        *(
            case
            for state in (AnswerState.ASKED, AnswerState.DRAFTING, AnswerState.CHECKING, AnswerState.APPROVED)
            for case in _page(
                f"interpellation: {state.value}",
                client,
                "interpellation",
                _newest(Interpellation, state=state),
            )
        ),
        *_page("interpellation: closed", client, "interpellation", closed),
        *_page(
            "interpellation: oldest", client, "interpellation", Interpellation.objects.order_by("pk").first()
        ),
        *_similar(client, "newest", newest),
        *_similar(client, "closed", closed),
        Case("interpellation: form", _get(client, reverse("parliament:interpellation_new")), PAGE),
    ]


def _similar(client: Client, which: str, question: Interpellation) -> list[Case]:
    """The earlier ones that are alike: asked for by the page of a question once it is there."""
    path = reverse("parliament:interpellation_similar", args=[question.pk])
    return [Case(f"interpellation: similar to {which}", _get(client, path, BESIDE), PAGE)]


def _consultations(client: Client) -> list[Case]:
    newest = _newest(Consultation)
    if newest is None:
        return []
    return [
        *_lists(
            client,
            "consultations",
            deep=_middle(Consultation, newest),
            state=ConsultationState.CLOSED,
            raised_by="body",
            told="both",
            promise="late",
            month=month_code(month_of(newest.received_at.astimezone(OFFICE_TZ).date())),
        ),
        *_page("consultation: newest", client, "consultation", newest),
        *_page(
            "consultation: closed",
            client,
            "consultation",
            _newest(Consultation, state=ConsultationState.CLOSED),
        ),
        Case(
            "consultation: form", _get(client, reverse("parliament:consultation_new", args=["member"])), PAGE
        ),
    ]


def _others(client: Client) -> list[Case]:
    """The registers that stay short: motions, bills, follow-ups of meetings."""
    found = []
    for model, page, view in (
        (Motion, "motions", "motion"),
        (Bill, "bills", "bill"),
        (FollowUp, "follow_ups", "follow_up"),
    ):
        newest = _newest(model)
        if newest:
            found += [*_lists(client, page, deep=newest), *_page(f"{view}: newest", client, view, newest)]
    return found


def _members(client: Client) -> list[Case]:
    """The list, and the pages of who asked the most and of who came last."""
    asked = Member.objects.annotate(asked=Count("interpellations")).order_by("-asked", "pk").first()
    newest = _newest(Member)
    if asked is None or newest is None:
        return []
    pages = {"who asked the most": asked, "newest": newest}
    return [
        Case("members: list", _get(client, reverse("parliament:members")), PAGE),
        *(
            Case(f"member: {who}", _get(client, reverse("parliament:member", args=[one.pk])), PAGE)
            for who, one in pages.items()
        ),
    ]


# ── Over all of them ────────────────────────────────────────────────────────────────────────


def _searches(client: Client) -> list[Case]:
    """Over all that the subgroup carries: words that many, some, few and none of its matters have."""
    found = {
        "common": "โรงเรียน",
        "two common": "โรงเรียน การศึกษา",
        "of others": "ร้องเรียน",
        "rarer": "ช.พ.ค. แม่ฮ่องสอน",
        "no hit": "ฅฃซึ่งไม่มีที่ใด",
    }
    return [
        Case(f"search in parliament, {name}", _get(client, results_address(word)), SEARCH)
        for name, word in found.items()
    ]


def _reports(client: Client, month: Period, now: datetime) -> list[Case]:
    counted = urlencode({"kind": Matter.Kind.INTERPELLATION, "month": month_code(month)})
    page = reverse("reports:period", args=[MONTHLY, month_code(month)])
    return [
        Case("parliament report, content", lambda: repr(content(month, now)).encode(), REPORT),
        Case("parliament report, page", _get(client, page), REPORT),
        Case(
            "parliament report, rows of a figure",
            _get(client, f"{reverse('parliament:counted')}?{counted}"),
            PAGE,
        ),
    ]
