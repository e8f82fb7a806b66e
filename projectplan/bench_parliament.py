"""Which pages of parliament the benchmark visits, with what it finds in the database; nothing is seeded."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlencode

from django.db.models import Count
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
from projectplan.bench_registers import PAGE, lists, middle_of, newest_of, page_of, visit

SEARCH, REPORT = 3.0, 10.0
"""How many times the floor a page of each kind may take (the brief: what must be shown)."""
BUSY_DAYS: Final = 31
BESIDE: Final = {"HX-Request": "true"}


def parliament_cases(client: Client, now: datetime) -> list[Case]:
    """The pages of parliament, as one of its subgroup sees them; none where there is no meeting."""
    newest = newest_of(Meeting)
    if newest is None:
        return []
    last_month = months_back(month_of(now.astimezone(OFFICE_TZ).date()), 2)[0]
    return [
        Case("politics: today", visit(client, reverse("projectplan:today")), PAGE),
        Case("politics: dashboard", visit(client, reverse("projectplan:dashboard")), PAGE),
        *_meetings(client, newest, now),
        *_interpellations(client),
        *_consultations(client),
        *_others(client),
        *_members(client),
        *_searches(client),
        *_reports(client, last_month, now),
    ]


# ── The registers and their pages ───────────────────────────────────────────────────────────


def _meetings(client: Client, newest: Meeting, now: datetime) -> list[Case]:
    until = now + timedelta(days=BUSY_DAYS)
    busy = Meeting.objects.filter(begins_at__lte=until).order_by("-begins_at").first() or newest
    day = busy.begins_at.astimezone(OFFICE_TZ).date()
    closed = newest_of(Meeting, state=MeetingState.CLOSED) or newest
    of_committee = newest_of(Meeting, committee__isnull=False)
    calendar, board = reverse("parliament:meeting_calendar"), reverse("parliament:meeting_board")
    by_committee = {"committee": of_committee.committee_id} if of_committee else {}
    return [
        *lists(
            client,
            "parliament:meetings",
            deep=middle_of(Meeting, newest),
            meeting_kind=newest.meeting_kind,
            state=MeetingState.CLOSED,
            promise="late",
            month=month_code(month_of(day)),
            **by_committee,
        ),
        Case("meetings: calendar, month", visit(client, f"{calendar}?day={day.isoformat()}"), PAGE),
        Case("meetings: calendar, week", visit(client, f"{calendar}?view=week&day={day.isoformat()}"), PAGE),
        Case("meetings: board of a day", visit(client, f"{board}?day={day.isoformat()}"), PAGE),
        *page_of("meeting: newest", client, "parliament:meeting", newest),
        *page_of("meeting: closed", client, "parliament:meeting", closed),
        *page_of("meeting: oldest", client, "parliament:meeting", Meeting.objects.order_by("pk").first()),
        *page_of("meeting: binder", client, "parliament:binder", closed),
        Case("meeting: form", visit(client, reverse("parliament:meeting_new")), PAGE),
    ]


def _interpellations(client: Client) -> list[Case]:
    newest = newest_of(Interpellation)
    if newest is None:
        return []
    closed = newest_of(Interpellation, state=AnswerState.CLOSED) or newest
    return [
        *lists(
            client,
            "parliament:interpellations",
            deep=middle_of(Interpellation, newest),
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
        *page_of("interpellation: newest", client, "parliament:interpellation", newest),
        *(
            case
            for state in (AnswerState.ASKED, AnswerState.DRAFTING, AnswerState.CHECKING, AnswerState.APPROVED)
            for case in page_of(
                f"interpellation: {state.value}",
                client,
                "parliament:interpellation",
                newest_of(Interpellation, state=state),
            )
        ),
        *page_of("interpellation: closed", client, "parliament:interpellation", closed),
        *page_of(
            "interpellation: oldest",
            client,
            "parliament:interpellation",
            Interpellation.objects.order_by("pk").first(),
        ),
        *_similar(client, "newest", newest),
        *_similar(client, "closed", closed),
        Case("interpellation: form", visit(client, reverse("parliament:interpellation_new")), PAGE),
    ]


def _similar(client: Client, which: str, question: Interpellation) -> list[Case]:
    """The earlier ones that are alike: asked for by the page of a question once it is there."""
    path = reverse("parliament:interpellation_similar", args=[question.pk])
    return [Case(f"interpellation: similar to {which}", visit(client, path, BESIDE), PAGE)]


def _consultations(client: Client) -> list[Case]:
    newest = newest_of(Consultation)
    if newest is None:
        return []
    return [
        *lists(
            client,
            "parliament:consultations",
            deep=middle_of(Consultation, newest),
            state=ConsultationState.CLOSED,
            raised_by="body",
            told="both",
            promise="late",
            month=month_code(month_of(newest.received_at.astimezone(OFFICE_TZ).date())),
        ),
        *page_of("consultation: newest", client, "parliament:consultation", newest),
        *page_of(
            "consultation: closed",
            client,
            "parliament:consultation",
            newest_of(Consultation, state=ConsultationState.CLOSED),
        ),
        Case(
            "consultation: form", visit(client, reverse("parliament:consultation_new", args=["member"])), PAGE
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
        newest = newest_of(model)
        if newest:
            found += [
                *lists(client, f"parliament:{page}", deep=newest),
                *page_of(f"{view}: newest", client, f"parliament:{view}", newest),
            ]
    return found


def _members(client: Client) -> list[Case]:
    """The list, and the pages of who asked the most and of who came last."""
    asked = Member.objects.annotate(asked=Count("interpellations")).order_by("-asked", "pk").first()
    newest = newest_of(Member)
    if asked is None or newest is None:
        return []
    pages = {"who asked the most": asked, "newest": newest}
    return [
        Case("members: list", visit(client, reverse("parliament:members")), PAGE),
        *(
            Case(f"member: {who}", visit(client, reverse("parliament:member", args=[one.pk])), PAGE)
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
        Case(f"search in parliament, {name}", visit(client, results_address(word)), SEARCH)
        for name, word in found.items()
    ]


def _reports(client: Client, month: Period, now: datetime) -> list[Case]:
    counted = urlencode({"kind": Matter.Kind.INTERPELLATION, "month": month_code(month)})
    page = reverse("reports:period", args=[MONTHLY, month_code(month)])
    return [
        Case("parliament report, content", lambda: repr(content(month, now)).encode(), REPORT),
        Case("parliament report, page", visit(client, page), REPORT),
        Case(
            "parliament report, rows of a figure",
            visit(client, f"{reverse('parliament:counted')}?{counted}"),
            PAGE,
        ),
    ]
