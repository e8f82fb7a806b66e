"""The tables that a demo's parliament leaves rows in; what a row does not say has its model's default."""

from __future__ import annotations

from typing import Final

from django.db import models

from parliament.models import (
    AgencyRequest,
    AgendaItem,
    AnswerDraft,
    Consultation,
    DraftRemark,
    FollowUp,
    Interpellation,
    Meeting,
    Need,
    SubQuestion,
    Telling,
)
from projectplan.demo.sheet import Sheet

REQUEST: Final = (
    "id",
    "matter",
    "agency",
    "round",
    "is_offer",
    "asked",
    "sent_at",
    "sent_by",
    "deadline",
    "accepted_at",
    "answered_at",
    "answer",
    "declined_at",
    "decline_reason",
    "chased_count",
    "last_chased_at",
)
CONSULTATION: Final = (
    "matter",
    "state",
    "screening",
    "member",
    "body",
    "chamber",
    "raised_on",
    "reference",
    "text",
    "summary",
    "opinion",
    "decision",
    "order_text",
    "decided_at",
    "decided_by",
    "told_text",
    "raiser_told_at",
    "raiser_told_way",
    "raiser_told_note",
    "minister_told_at",
    "minister_told_way",
    "minister_told_note",
    "result",
)


MEETING: Final = (
    "matter",
    "state",
    "meeting_kind",
    "session",
    "committee",
    "sitting_number",
    "place",
    "begins_at",
    "began_at",
    "ends_at",
    "agenda_checked_at",
    "minutes",
)
ITEM: Final = ("id", "meeting", "position", "number", "title", "concerns_us", "about", "resolution")
TELLING: Final = (
    "id",
    "item",
    "agency",
    "message",
    "due_at",
    "told_at",
    "told_by",
    "way",
    "acknowledged_at",
)
NEED: Final = ("id", "item", "kind", "what", "agency", "due_at", "ready_at", "ready_by")
FOLLOW_UP: Final = ("matter", "state", "from_meeting", "from_item", "agency", "wanted", "outcome")
INTERPELLATION: Final = (
    "matter",
    "state",
    "interpellation_kind",
    "chamber",
    "parliament_number",
    "session",
    "question_number",
    "asker",
    "text",
    "sitting_on",
    "answered_at",
    "answered_by",
    "gazette_volume",
    "gazette_part",
    "gazette_page",
    "gazette_on",
    "result",
)
SUB_QUESTION: Final = ("id", "interpellation", "position", "text")
DRAFT: Final = (
    "id",
    "matter",
    "version",
    "text",
    "note",
    "written_by",
    "written_at",
    "approved_at",
    "approved_by",
)
REMARK: Final = ("id", "draft", "by", "at", "text")


class ParliamentSheets:
    """One sheet per table; written in this order."""

    def __init__(self) -> None:
        self.meetings = _sheet(Meeting, MEETING)
        self.items = _sheet(AgendaItem, ITEM)
        self.tellings = _sheet(Telling, TELLING)
        self.needs = _sheet(Need, NEED)
        self.follow_ups = _sheet(FollowUp, FOLLOW_UP)
        self.interpellations = _sheet(Interpellation, INTERPELLATION)
        self.sub_questions = _sheet(SubQuestion, SUB_QUESTION)
        self.drafts = _sheet(AnswerDraft, DRAFT)
        self.remarks = _sheet(DraftRemark, REMARK)
        self.consultations = _sheet(Consultation, CONSULTATION)
        self.requests = _sheet(AgencyRequest, REQUEST)

    @property
    def all(self) -> list[Sheet]:
        return [
            self.meetings,
            self.items,
            self.tellings,
            self.needs,
            self.follow_ups,
            self.interpellations,
            self.sub_questions,
            self.drafts,
            self.remarks,
            self.consultations,
            self.requests,
        ]


def _sheet(model: type[models.Model], fields: tuple[str, ...]) -> Sheet:
    return Sheet(model, fields, others_by_default=True)
