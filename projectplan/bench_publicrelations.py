"""Which pages of public relations the benchmark visits, with what it finds in the database; nothing is seeded."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from django.test import Client
from django.urls import reverse

from office.calendar import OFFICE_TZ, month_code, month_of
from office.views.search import results_address
from projectplan.bench import Case
from projectplan.bench_registers import PAGE, lists, middle_of, newest_of, page_of, visit
from publicrelations.models import (
    Article,
    ArticleState,
    Engagement,
    ForeignDocument,
    Journal,
    PressConference,
    SituationBrief,
)
from publicrelations.models.brief_state import BriefState
from publicrelations.models.engagement_state import EngagementState
from publicrelations.models.foreign_state import ForeignState
from publicrelations.models.journal_state import JournalState
from publicrelations.models.press_state import PressState

SEARCH: Final = 3.0
"""How many times the floor a search may take."""


def publicrelations_cases(client: Client, now: datetime) -> list[Case]:
    """The pages of public relations, as one of the subgroup sees them."""
    return [
        Case("public relations: today", visit(client, reverse("projectplan:today")), PAGE),
        *_articles(client),
        *_journals(client, now),
        *_engagements(client, now),
        *_foreign_documents(client),
        *_press_conferences(client, now),
        *_briefs(client),
        *_searches(client),
    ]


def _month(day: datetime | date) -> str:
    return month_code(month_of(day.astimezone(OFFICE_TZ).date() if isinstance(day, datetime) else day))


def _pages(client: Client, name: str, view: str, model: Any, *states: str) -> list[Case]:
    """The newest of its kind, and the newest in each of these states."""
    page = f"publicrelations:{view}"
    found = page_of(f"{name}: newest", client, page, newest_of(model))
    for state in states:
        found += page_of(f"{name}: {state}", client, page, newest_of(model, state=state))
    return found


# ── News and journal ────────────────────────────────────────────────────────────────────────


def _articles(client: Client) -> list[Case]:
    newest = newest_of(Article, category__isnull=False)
    if newest is None:
        return []
    tagged = newest_of(Article, tags__isnull=False)
    asked = {"tag": tagged.tags.first().slug} if tagged else {}
    return [
        *lists(
            client,
            "publicrelations:articles",
            deep=middle_of(Article, newest),
            state=ArticleState.PUBLISHED,
            category=newest.category_id,
            language="en",
            correction="waits",
            engagement=newest.about_engagement_id or 1,
            **asked,
        ),
        Case("articles: board", visit(client, reverse("publicrelations:newsroom")), PAGE),
        *_pages(
            client,
            "article",
            "article",
            Article,
            ArticleState.DRAFT,
            ArticleState.CHECKING,
            ArticleState.PUBLISHED,
        ),
        Case("article: form", visit(client, reverse("publicrelations:article_new")), PAGE),
    ]


def _journals(client: Client, now: datetime) -> list[Case]:
    newest = newest_of(Journal)
    if newest is None:
        return []
    planned = newest_of(Journal, state=JournalState.PLANNED)
    board = (
        [visit(client, reverse("publicrelations:journal_step", args=[planned.pk, "arrange"]))]
        if planned
        else []
    )
    return [
        *lists(
            client,
            "publicrelations:journals",
            deep=newest,
            state=JournalState.ARCHIVED,
            month=_month(newest.month),
        ),
        *_pages(client, "journal", "journal", Journal, JournalState.PLANNED, JournalState.ARCHIVED),
        *(Case("journal: board", one, PAGE) for one in board),
    ]


# ── Engagements and the press ───────────────────────────────────────────────────────────────


def _engagements(client: Client, now: datetime) -> list[Case]:
    newest = newest_of(Engagement)
    if newest is None:
        return []
    calendar = reverse("publicrelations:engagement_calendar")
    return [
        *lists(
            client,
            "publicrelations:engagements",
            deep=middle_of(Engagement, newest),
            engagement_kind=newest.engagement_kind,
            state=EngagementState.COVERED,
            promise="late",
            month=_month(newest.starts_at),
        ),
        Case("engagements: calendar", visit(client, calendar), PAGE),
        Case("engagements: day", visit(client, reverse("publicrelations:engagement_day")), PAGE),
        *_pages(
            client,
            "engagement",
            "engagement",
            Engagement,
            EngagementState.PLANNED,
            EngagementState.COVERED,
        ),
        Case("engagement: form", visit(client, reverse("publicrelations:engagement_new")), PAGE),
    ]


def _press_conferences(client: Client, now: datetime) -> list[Case]:
    newest = newest_of(PressConference)
    if newest is None:
        return []
    return [
        *lists(
            client,
            "publicrelations:press_conferences",
            deep=middle_of(PressConference, newest),
            occasion=newest.occasion,
            state=PressState.CLOSED,
            reported="yes",
            promise="late",
            month=_month(newest.starts_at),
        ),
        *_pages(client, "press conference", "press_conference", PressConference, PressState.CLOSED),
    ]


# ── Foreign documents and briefs ────────────────────────────────────────────────────────────


def _foreign_documents(client: Client) -> list[Case]:
    newest = newest_of(ForeignDocument)
    if newest is None:
        return []
    return [
        *lists(
            client,
            "publicrelations:foreign_documents",
            deep=middle_of(ForeignDocument, newest),
            state=ForeignState.CLOSED,
            document_kind=newest.document_kind,
            country=newest.sender_country,
            language=newest.language,
            promise="late",
        ),
        *_pages(client, "foreign document", "foreign_document", ForeignDocument, ForeignState.CLOSED),
    ]


def _briefs(client: Client) -> list[Case]:
    newest = newest_of(SituationBrief)
    if newest is None:
        return []
    return [
        *lists(client, "publicrelations:briefs", deep=newest, state=BriefState.CLOSED),
        *_pages(client, "brief", "brief", SituationBrief, BriefState.CLOSED),
    ]


# ── Over all of them ────────────────────────────────────────────────────────────────────────


def _searches(client: Client) -> list[Case]:
    """Over all that the subgroup carries: words that many, some, few and none of its matters have."""
    found = {
        "common": "โรงเรียน",
        "two common": "โรงเรียน หนังสือเรียน",
        "rarer": "บรรณารักษ์ แม่ฮ่องสอน",
        "no hit": "ฅฃซึ่งไม่มีที่ใด",
    }
    return [
        Case(f"search in public relations, {name}", visit(client, results_address(word)), SEARCH)
        for name, word in found.items()
    ]
