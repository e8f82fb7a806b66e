"""The tables that a demo's public relations leave rows in; what a row does not say has its model's default."""

from __future__ import annotations

from typing import Final

from django.db import models

from office.models import Document
from projectplan.demo.sheet import Sheet
from publicrelations.models import (
    Article,
    ArticleVersion,
    Attendance,
    BriefOption,
    BriefSource,
    Coverage,
    Engagement,
    ForeignDocument,
    Invitation,
    Picture,
    PressConference,
    SituationBrief,
    Tagging,
    Translation,
)

FOREIGN_DOCUMENT: Final = (
    "matter",
    "state",
    "screening",
    "screening_note",
    "needs_translation",
    "passed_to",
    "document_kind",
    "language",
    "sender_organisation",
    "sender_name",
    "sender_country",
    "reference",
    "dated_on",
    "answer_by",
    "original_text",
    "summary",
    "opinion",
    "decision",
    "order_text",
    "decided_at",
    "decided_by",
    "is_to_be_answered",
    "answered_on",
    "answer_reference",
    "answer_text",
    "filed_where",
    "outcome",
)
TRANSLATION: Final = ("id", "document", "version", "text", "note", "written_by", "written_at")
BRIEF: Final = (
    "matter",
    "state",
    "since_on",
    "until_on",
    "situation",
    "meaning",
    "opinion",
    "decision",
    "order_text",
    "decided_at",
    "decided_by",
    "chosen",
)
OPTION: Final = ("id", "brief", "position", "text", "reasons_for", "reasons_against")
SOURCE: Final = ("id", "brief", "position", "title", "link")

PRESS_CONFERENCE: Final = (
    "matter",
    "state",
    "occasion",
    "starts_at",
    "began_at",
    "ends_at",
    "place",
    "spokespersons",
    "brief",
    "is_public",
    "reported",
)
INVITATION: Final = (
    "id",
    "conference",
    "outlet",
    "reporter",
    "way",
    "message",
    "mail_at",
    "invited_at",
    "invited_by",
    "answer",
    "answered_at",
    "people",
)
ATTENDANCE: Final = ("id", "conference", "invitation", "outlet", "reporter", "came_at", "noted_by")
COVERAGE: Final = (
    "id",
    "conference",
    "outlet",
    "reported_on",
    "headline",
    "link",
    "tone",
    "note",
    "noted_by",
    "noted_at",
)

ENGAGEMENT: Final = (
    "matter",
    "state",
    "engagement_kind",
    "starts_at",
    "ends_at",
    "place",
    "is_public",
    "calls_for_news",
    "no_news_reason",
    "covered_at",
)
ARTICLE: Final = (
    "matter",
    "state",
    "lead",
    "body",
    "category",
    "about_engagement",
    "slug",
    "approved_at",
    "approved_by",
    "published_at",
    "cover",
)
VERSION: Final = (
    "id",
    "article",
    "version",
    "title",
    "lead",
    "body",
    "captions",
    "written_by",
    "written_at",
    "released_at",
    "released_by",
)
DOCUMENT: Final = (
    "id",
    "matter",
    "name",
    "sha256",
    "size",
    "content_type",
    "source",
    "added_at",
    "added_by",
)
PICTURE: Final = (
    "id",
    "article",
    "position",
    "original",
    "alternative_text",
    "caption",
    "credit",
    "width",
    "height",
    "state",
    "progress",
    "asked_at",
    "asked_by",
    "sha256",
    "issued_at",
)
TAGGING: Final = ("id", "article", "tag", "language", "published_at")


class PublicRelationsSheets:
    """One sheet per table; written in this order."""

    def __init__(self) -> None:
        self.foreign_documents = _sheet(ForeignDocument, FOREIGN_DOCUMENT)
        self.translations = _sheet(Translation, TRANSLATION)
        self.briefs = _sheet(SituationBrief, BRIEF)
        self.options = _sheet(BriefOption, OPTION)
        self.sources = _sheet(BriefSource, SOURCE)
        self.press_conferences = _sheet(PressConference, PRESS_CONFERENCE)
        self.invitations = _sheet(Invitation, INVITATION)
        self.attendances = _sheet(Attendance, ATTENDANCE)
        self.coverage = _sheet(Coverage, COVERAGE)
        self.engagements = _sheet(Engagement, ENGAGEMENT)
        self.articles = _sheet(Article, ARTICLE)
        self.versions = _sheet(ArticleVersion, VERSION)
        self.taggings = _sheet(Tagging, TAGGING)
        self.documents = _sheet(Document, DOCUMENT)
        self.pictures = _sheet(Picture, PICTURE)

    @property
    def all(self) -> list[Sheet]:
        return [
            self.foreign_documents,
            self.translations,
            self.briefs,
            self.options,
            self.sources,
            self.press_conferences,
            self.invitations,
            self.attendances,
            self.coverage,
            self.engagements,
            self.articles,
            self.versions,
            self.taggings,
            self.documents,
            self.pictures,
        ]


def _sheet(model: type[models.Model], fields: tuple[str, ...]) -> Sheet:
    return Sheet(model, fields, others_by_default=True)
