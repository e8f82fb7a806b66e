"""News, public engagements, journals and press conferences as other systems of the ministry may read them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router
from pydantic import Field

from office.api import Asked, MatterFacts, Reader, Rows, answers, asked_of, local, matter_facts, turned
from office.models import ApiScope
from publicrelations.models import Article, Engagement, Journal, JournalState, PressConference
from publicrelations.models.article_state import ArticleState, Language
from publicrelations.models.engagement_state import EngagementKind, EngagementState
from publicrelations.models.press_state import Occasion, PressState
from publicrelations.public.frame import whole_address

router = Router(tags=["public relations"])


class ArticlesAsked(Asked):
    state: ArticleState | None = None


class ArticleFacts(MatterFacts):
    """An article that readers have before them."""

    state: ArticleState
    title: str
    lead: str
    language: Language
    category: str | None
    published_at: datetime
    corrected_at: datetime | None
    address: str = Field(description="Where everybody reads it.")


@router.get("/articles", auth=Reader(ApiScope.ARTICLES), response=answers(Rows[ArticleFacts]))
def articles(request: HttpRequest, asked: Query[ArticlesAsked]) -> dict[str, Any]:
    """News that is published. One that is withdrawn is told of no more."""
    rows = Article.objects.published(timezone.now()).select_related("category").defer("body", "search_text")
    return turned(asked_of(rows, asked, state=asked.state), asked, article_facts)


def article_facts(article: Article) -> ArticleFacts:
    return ArticleFacts(
        **matter_facts(article),
        title=article.title,
        lead=article.lead,
        language=Language(article.language),
        category=article.category.name if article.category else None,
        published_at=local(article.published_at),
        corrected_at=local(article.corrected_at),
        address=whole_address(article.public_path()),
    )


class EngagementsAsked(Asked):
    state: EngagementState | None = None


class EngagementFacts(MatterFacts):
    """An engagement that anybody may be told of; without notes and without who goes along."""

    state: EngagementState
    title: str
    kind: EngagementKind
    starts_at: datetime
    ends_at: datetime
    place: str
    organiser: str


@router.get("/engagements", auth=Reader(ApiScope.ENGAGEMENTS), response=answers(Rows[EngagementFacts]))
def engagements(request: HttpRequest, asked: Query[EngagementsAsked]) -> dict[str, Any]:
    """Public engagements of the minister."""
    rows = Engagement.objects.public().select_related("agency").defer("note", "search_text")
    return turned(asked_of(rows, asked, state=asked.state), asked, engagement_facts)


def engagement_facts(engagement: Engagement) -> EngagementFacts:
    return EngagementFacts(
        **matter_facts(engagement),
        title=engagement.title,
        kind=EngagementKind(engagement.engagement_kind),
        starts_at=local(engagement.starts_at),
        ends_at=local(engagement.ends_at),
        place=engagement.place,
        organiser=engagement.organised_by,
    )


class JournalsAsked(Asked):
    state: JournalState | None = None


class JournalFacts(MatterFacts):
    """An issue of the journal, from its opening to the archive."""

    state: JournalState
    title: str
    issue: int
    month: date = Field(description="The first day of the month it is the issue of.")
    published_on: date | None = Field(description="When it left the office.")


@router.get("/journals", auth=Reader(ApiScope.JOURNALS), response=answers(Rows[JournalFacts]))
def journals(request: HttpRequest, asked: Query[JournalsAsked]) -> dict[str, Any]:
    """The issues of the journal."""
    rows = Journal.objects.defer("editorial", "search_text")
    return turned(asked_of(rows, asked, state=asked.state), asked, journal_facts)


def journal_facts(journal: Journal) -> JournalFacts:
    return JournalFacts(
        **matter_facts(journal),
        title=journal.title,
        issue=journal.issue,
        month=journal.month,
        published_on=journal.published_on,
    )


class PressConferencesAsked(Asked):
    state: PressState | None = None


class PressConferenceFacts(MatterFacts):
    """A press conference, without whom the office invited and what it prepared."""

    state: PressState
    title: str
    occasion: Occasion
    starts_at: datetime
    ends_at: datetime | None
    place: str
    is_public: bool = Field(description="Whether it is shown on the public site.")


@router.get(
    "/press-conferences",
    auth=Reader(ApiScope.PRESS_CONFERENCES),
    response=answers(Rows[PressConferenceFacts]),
)
def press_conferences(request: HttpRequest, asked: Query[PressConferencesAsked]) -> dict[str, Any]:
    """Press conferences, weekly ones and those that the minister's work called for."""
    rows = PressConference.objects.defer("spokespersons", "brief", "search_text")
    return turned(asked_of(rows, asked, state=asked.state), asked, press_conference_facts)


def press_conference_facts(conference: PressConference) -> PressConferenceFacts:
    return PressConferenceFacts(
        **matter_facts(conference),
        title=conference.title,
        occasion=Occasion(conference.occasion),
        starts_at=local(conference.starts_at),
        ends_at=local(conference.ends_at),
        place=conference.place,
        is_public=conference.is_public,
    )
